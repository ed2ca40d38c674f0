"""The tables as rows without rules; one module a noun. ``migrations/`` makes them, a test compares the two."""

from csr_desk.data.models.account import account, bill, customer
from csr_desk.data.models.columns import metadata
from csr_desk.data.models.drawer import batch, deposit, draft_cart, drawer, export_run, print_outbox
from csr_desk.data.models.ledger import (
    LEDGER,
    ledger_event,
    ledger_line,
    ledger_note,
    ledger_posting,
    ledger_tender,
    note_text,
)
from csr_desk.data.models.office import catalogue_release, day, office, policy, series
from csr_desk.data.models.staff import approval, staff

__all__ = [
    "LEDGER",
    "account",
    "approval",
    "batch",
    "bill",
    "catalogue_release",
    "customer",
    "day",
    "deposit",
    "draft_cart",
    "drawer",
    "export_run",
    "ledger_event",
    "ledger_line",
    "ledger_note",
    "ledger_posting",
    "ledger_tender",
    "metadata",
    "note_text",
    "office",
    "policy",
    "print_outbox",
    "series",
    "staff",
]
