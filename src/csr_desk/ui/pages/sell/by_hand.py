"""Another price than the catalogue's for the picked line: keyed by hand, or waived by authority (J9). Knows no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csr_desk.ui.context import Field
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.ui.pages.sell.presenter import SellPresenter


class ByHand:
    """The price keys of one sell page; a supervisor signs when the sale is finished."""

    def __init__(self, sale: SellPresenter) -> None:
        """Set prices in the cart of ``sale``."""
        self.sale = sale

    def override(self) -> None:
        """Key another price for the picked line, with a reason."""
        at = self.sale.picked
        if at is None:
            return
        if self.sale.debts.other_amount(at):
            return
        fields = (
            Field("amount", tr("Amount of the line"), digits=True),
            Field("authority", tr("Authority"), hint=tr("order, section or memo; may stay empty")),
            Field("reason", tr("Reason"), hint=tr("stays in the record")),
        )

        def take(values: dict[str, str]) -> str | None:
            return self._kept(self.sale.cart.override(at, values["amount"], values["reason"], values["authority"]))

        self.sale.context.shell.ask_fields(tr("Key another price"), fields, take)

    def waive(self) -> None:
        """Waive the fee of the picked line, wholly or down to an amount."""
        at = self.sale.picked
        if at is None:
            return
        who = self.sale.cart.waivable(at)
        if not who:
            self.sale.view.show_hint(tr("This fee is never waived"), fault=True)
            return
        fields = (
            Field("amount", tr("What is still charged"), "0.00", digits=True),
            Field("authority", tr("Authority"), hint=tr("order, resolution or affidavit")),
            Field("reason", tr("Reason"), hint=tr("stands on the receipt")),
        )

        def take(values: dict[str, str]) -> str | None:
            return self._kept(self.sale.cart.waive(at, values["amount"], values["authority"], values["reason"]))

        title = tr("Waive the fee of this line (waivable: {who})").format(who=who)
        self.sale.context.shell.ask_fields(title, fields, take)

    def _kept(self, fault: str | None) -> str | None:
        if fault is None:
            self.sale.changed()
        return fault
