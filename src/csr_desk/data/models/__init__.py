"""The tables as rows without rules; one module a noun. ``migrations/`` makes them, a test compares the two."""

from csr_desk.data.models.account import (
    account,
    account_party,
    attachment,
    bill,
    bill_item,
    bill_load,
    column_mapping,
    contact_point,
    customer,
    customer_note,
    entry_about,
)
from csr_desk.data.models.columns import metadata
from csr_desk.data.models.custody import change_fund, paper_receipt, receipt_book
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
from csr_desk.data.models.receivable import (
    account_step,
    adjustment,
    extension,
    guarantee_deposit,
    hold_flag,
    payment_plan,
    plan_part,
)
from csr_desk.data.models.returned import check_list, payables_request, returned_item
from csr_desk.data.models.staff import approval, approval_request, deferred_review, staff
from csr_desk.data.models.training import training_run

__all__ = [
    "LEDGER",
    "account",
    "account_party",
    "account_step",
    "adjustment",
    "approval",
    "approval_request",
    "attachment",
    "batch",
    "bill",
    "bill_item",
    "bill_load",
    "catalogue_release",
    "change_fund",
    "check_list",
    "column_mapping",
    "contact_point",
    "customer",
    "customer_note",
    "day",
    "deferred_review",
    "deposit",
    "draft_cart",
    "drawer",
    "entry_about",
    "export_run",
    "extension",
    "guarantee_deposit",
    "hold_flag",
    "ledger_event",
    "ledger_line",
    "ledger_note",
    "ledger_posting",
    "ledger_tender",
    "metadata",
    "note_text",
    "office",
    "paper_receipt",
    "payables_request",
    "payment_plan",
    "plan_part",
    "policy",
    "print_outbox",
    "receipt_book",
    "returned_item",
    "series",
    "staff",
    "training_run",
]
