"""A panel that shows one slice of an account on the customer page."""

from __future__ import annotations

from csr_desk.ui.panel import Panel


class AccountPanel(Panel):
    """What one slice shows of the account that is picked."""

    def show_account(self, account_no: str) -> None:
        """Show another account, or the same anew: something changed while the panel was in front."""

    def show_customer(self, number: str) -> None:
        """Show another customer, where the panel is about them and not about one of their accounts."""
