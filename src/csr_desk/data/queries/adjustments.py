"""Adjustments, the bills they are about, and the files that prove them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from csr_desk.data.models import account, adjustment, attachment, bill, bill_item, customer, staff
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.money import Cents


@dataclass(frozen=True, slots=True)
class AdjustmentRecord:
    """An adjustment as stored; ``amount`` is below zero for the customer's good (cents)."""

    number: str
    account: str
    kind: str
    state: str
    amount: Cents
    requested_by: str
    requested_name: str
    decided_name: str
    entry: EventKey
    decided: EventKey | None
    reversed_: EventKey | None
    customer: str
    address: str


@dataclass(frozen=True, slots=True)
class UseRecord:
    """A bill with what it says of use and time; ``shares`` is JSON, dates are ISO texts."""

    bill: str
    amount: Cents
    paid: Cents
    shares: str
    due: str | None
    issued: str | None
    start: str | None
    end: str | None
    usage: str | None
    returned: bool


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """An account with what the rules of an adjustment look at."""

    account: str
    customer_id: str
    customer: str
    rate_class: str | None
    meter_size: str | None
    credit: Cents


@dataclass(frozen=True, slots=True)
class FileRecord:
    """An attachment without its bytes."""

    number: str
    subject: str
    name: str
    media: str
    sha256: str
    size: int
    added_by: str
    added_at: str


_T, _A, _B = adjustment.c, account.c, bill.c
_DECIDED = staff.alias("decided")
_ROWS: Select[Any] = select(
    adjustment,
    staff.c.name.label("requested_name"),
    _DECIDED.c.name.label("decided_name"),
    customer.c.name.label("customer_name"),
    customer.c.address,
).select_from(
    adjustment.join(staff, staff.c.user_id == _T.requested_by)
    .outerjoin(_DECIDED, _DECIDED.c.user_id == _T.decided_by)
    .join(account, _A.account_no == _T.account_no)
    .join(customer, customer.c.customer_id == _A.customer_id)
)
_FILES: Select[Any] = select(
    attachment.c.attachment_id, attachment.c.subject, attachment.c.file_name, attachment.c.media, attachment.c.sha256,
    attachment.c.size, staff.c.name.label("added_name"), attachment.c.added_at,
).join(staff, staff.c.user_id == attachment.c.added_by)  # fmt: skip


def _record(row: Row[Any]) -> AdjustmentRecord:
    decided = None if row.decided_seq is None else EventKey(row.decided_series, row.decided_seq)
    back = None if row.reversed_seq is None else EventKey(row.reversed_series, row.reversed_seq)
    return AdjustmentRecord(
        row.adjustment_id, row.account_no, row.kind, row.state, row.amount_minor, row.requested_by, row.requested_name,
        row.decided_name or "", EventKey(row.series_id, row.seq), decided, back, row.customer_name, row.address,
    )  # fmt: skip


def insert_adjustment(conn: Connection, values: Mapping[str, Any]) -> None:
    """Add a request."""
    conn.execute(insert(adjustment), [dict(values)])


def update_adjustment(conn: Connection, number: str, values: Mapping[str, Any]) -> None:
    """Note what became of a request (a rebuild from the entries gives the same)."""
    conn.execute(update(adjustment).where(_T.adjustment_id == number).values(**values))


def one_adjustment(conn: Connection, number: str) -> AdjustmentRecord | None:
    """Return an adjustment; the lock of the office series keeps others from deciding it meanwhile."""
    row = conn.execute(_ROWS.where(_T.adjustment_id == number)).first()
    return None if row is None else _record(row)


def adjustments_of(conn: Connection, account_no: str) -> tuple[AdjustmentRecord, ...]:
    """Return an account's adjustments, the newest first."""
    wanted = _ROWS.where(_T.account_no == account_no).order_by(_T.series_id, _T.seq.desc())
    return tuple(_record(row) for row in conn.execute(wanted))


def adjustments_in(conn: Connection, state: str) -> tuple[AdjustmentRecord, ...]:
    """Return the adjustments of all accounts that are in a state, the oldest first."""
    wanted = _ROWS.where(_T.state == state).order_by(_T.series_id, _T.seq)
    return tuple(_record(row) for row in conn.execute(wanted))


def one_account(conn: Connection, account_no: str) -> AccountRecord | None:
    """Return an account with its customer."""
    row = conn.execute(
        select(_A.account_no, _A.customer_id, customer.c.name, _A.rate_class, _A.meter_size, _A.credit_minor)
        .join(customer, customer.c.customer_id == _A.customer_id)
        .where(_A.account_no == account_no)
    ).first()
    if row is None:
        return None
    return AccountRecord(
        row.account_no, row.customer_id, row.name, row.rate_class, row.meter_size, row.credit_minor or 0
    )


def uses_of(conn: Connection, account_no: str, *, lock: Sequence[str] = ()) -> tuple[UseRecord, ...]:
    """Return an account's bills by number; those named in ``lock`` are paid by nobody until the transaction ends."""
    columns = (
        _B.bill_id, _B.amount_minor, _B.paid_minor, _B.shares, _B.due_date, _B.issued_on, _B.service_from,
        _B.service_to, _B.usage, _B.returned_item,
    )  # fmt: skip
    wanted = select(*columns).where(_B.account_no == account_no).order_by(_B.bill_id)
    if lock:
        conn.execute(select(_B.bill_id).where(_B.bill_id.in_(list(lock))).order_by(_B.bill_id).with_for_update())
    return tuple(
        UseRecord(
            row.bill_id, row.amount_minor, row.paid_minor, row.shares, row.due_date, row.issued_on, row.service_from,
            row.service_to, row.usage, row.returned_item is not None,
        )
        for row in conn.execute(wanted)
    )  # fmt: skip


def next_item(conn: Connection, bill_id: str) -> int:
    """Return the number that the next item of a bill gets."""
    last = conn.execute(select(func.max(bill_item.c.n)).where(bill_item.c.bill_id == bill_id)).scalar()
    return (last or 0) + 1


def add_item(conn: Connection, values: Mapping[str, Any], shares: str) -> None:
    """Add an item to a bill and say where its cents belong now; its state follows from what was paid."""
    conn.execute(insert(bill_item), [dict(values)])
    one = _B.bill_id == values["bill_id"]
    amount = _B.amount_minor + values["amount_minor"]
    conn.execute(update(bill).where(one).values(amount_minor=amount, shares=shares))
    for state, rule in (("paid", _B.paid_minor >= _B.amount_minor), ("due", _B.paid_minor < _B.amount_minor)):
        conn.execute(update(bill).where(one, rule).values(state=state))


def add_credit(conn: Connection, account_no: str, cents: Cents) -> None:
    """Note that an account has more (or less) paid ahead."""
    more = func.coalesce(_A.credit_minor, 0) + cents
    conn.execute(update(account).where(_A.account_no == account_no).values(credit_minor=more))


def keep_file(conn: Connection, values: Mapping[str, Any]) -> None:
    """Keep a file with its bytes."""
    conn.execute(insert(attachment), [dict(values)])


def _file(row: Row[Any]) -> FileRecord:
    return FileRecord(
        row.attachment_id, row.subject, row.file_name, row.media, row.sha256, row.size, row.added_name, row.added_at
    )


def files_of(conn: Connection, subject: str) -> tuple[FileRecord, ...]:
    """Return the files of a subject in the order in which they came."""
    wanted = _FILES.where(attachment.c.subject == subject).order_by(attachment.c.added_at, attachment.c.attachment_id)
    return tuple(_file(row) for row in conn.execute(wanted))


def same_files(conn: Connection, hashes: Iterable[str], but: str) -> tuple[FileRecord, ...]:
    """Return files of other subjects with the very same bytes."""
    wanted = _FILES.where(attachment.c.sha256.in_(list(hashes)), attachment.c.subject != but)
    return tuple(_file(row) for row in conn.execute(wanted.order_by(attachment.c.subject)))


def bytes_of(conn: Connection, number: str) -> tuple[FileRecord, bytes] | None:
    """Return a file with its bytes."""
    row = conn.execute(_FILES.add_columns(attachment.c.content).where(attachment.c.attachment_id == number)).first()
    return None if row is None else (_file(row), bytes(row.content))


def last_begun_with(conn: Connection, begin: str) -> tuple[FileRecord, bytes] | None:
    """Return the last file, by its key, whose key begins so, with its bytes."""
    wanted = _FILES.add_columns(attachment.c.content).where(
        attachment.c.attachment_id.startswith(begin, autoescape=True)
    )
    row = conn.execute(wanted.order_by(attachment.c.attachment_id.desc()).limit(1)).first()
    return None if row is None else (_file(row), bytes(row.content))
