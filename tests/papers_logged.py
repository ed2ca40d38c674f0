"""Papers about confidential customers: keep somebody secret, and read which papers the disclosure log has of them."""

from __future__ import annotations

from csr_desk.domain.people import Actor
from csr_desk.services import customer_disclosure, customer_pages
from csr_desk.services.customer_disclosure import SetConfidential
from csr_desk.services.desk import Desk


def keep_secret(desk: Desk, clerk: Actor, account: str) -> None:
    """Make the customer of an account confidential."""
    number = customer_pages.customer_of_account(desk, clerk, account).number
    customer_disclosure.set_confidential(desk, clerk, SetConfidential(f"secret-{account}", number, confidential=True))


def papers_logged(desk: Desk, actor: Actor, account: str) -> list[str]:
    """Return what the log calls the papers about the customer of an account, the oldest first."""
    number = customer_pages.customer_of_account(desk, actor, account).number
    told = customer_disclosure.disclosures(desk, actor, number)
    return [one.reason for one in reversed(told) if one.change == "paper"]
