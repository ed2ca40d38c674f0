"""The lines of a receipt that take a deposit of a customer, or take such a receipt back."""

from __future__ import annotations

from csr_desk.data.queries import Connection, guarantees
from csr_desk.domain.cart import OpenAmount
from csr_desk.domain.distribution import Share
from csr_desk.domain.errors import BadInput, Ineligible
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind
from csr_desk.domain.money import Cents
from csr_desk.domain.postings import HOUSE
from csr_desk.domain.receivable.guarantee import GuaranteeState, deposit_for, guaranteed, number_of


def liability() -> Share:
    """Return the account of refundable deposits."""
    fund, center, gl = HOUSE.guarantees.split(".")
    return Share(fund, center, gl)


def taken(conn: Connection, account: str, amount: Cents | None) -> OpenAmount:
    """Take a deposit for an account: it stays the customer's. Raises BadInput (no amount), Ineligible (closed)."""
    if amount is None or amount <= 0:
        raise BadInput("Key how much is deposited.", field="amount")
    holder = guarantees.holder(conn, account)
    if holder is not None and holder.closed_on is not None:
        raise Ineligible(f"Account {account} was closed on {holder.closed_on}: it needs no deposit any more.")
    return OpenAmount(deposit_for(account), f"Refundable deposit of account {account}", amount, (liability(),))


def follow(conn: Connection, key: EventKey, draft: EntryDraft) -> None:
    """Keep the deposits that a receipt took, and end those whose receipt is taken back; raise Ineligible (not held)."""
    for line in draft.lines:
        account = guaranteed(line.reference)
        if account and draft.kind is EventKind.SALE:
            guarantees.insert_guarantee(
                conn,
                {
                    "deposit_no": number_of(key, line.number), "account_no": account,
                    "state": GuaranteeState.HELD.value, "amount_minor": line.amount, "series_id": key.series,
                    "seq": key.seq, "ended_series": None, "ended_seq": None,
                },
            )  # fmt: skip
        elif account and draft.reverses is not None:
            _take_back(conn, number_of(draft.reverses, line.number), key)


def _take_back(conn: Connection, number: str, key: EventKey) -> None:
    found = guarantees.one_guarantee(conn, number, lock=True)
    if found is None or found.state is not GuaranteeState.HELD:
        raise Ineligible(f"Deposit {number} was settled already: its receipt is not taken back any more.")
    guarantees.end(conn, number, GuaranteeState.REFUNDED, key)
