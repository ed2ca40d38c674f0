"""What is due on permits, in a cart: a supplement is paid by a line of a receipt, and what takes it back makes it due.

A line names it ``permit:P26-000001-9/2``: the permit, and which of its changes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

from csr_desk.data.models import permit, permit_change
from csr_desk.data.queries import Connection, permits, told
from csr_desk.data.queries.permits import ChangeRecord, PermitRecord
from csr_desk.domain.cart import OpenAmount
from csr_desk.domain.errors import AlreadyPaid, Conflict, Ineligible
from csr_desk.domain.ledger import EventKey, LineRow
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.permits import due_reference, read_due
from csr_desk.domain.telling import Change, Value
from csr_desk.services.desk import Desk
from csr_desk.services.permit_ends import OVER
from csr_desk.services.permit_sales import Issued, subjects_of
from csr_desk.services.permits import one_permit


def amounts_of(conn: Connection, desk: Desk, typed: str) -> tuple[OpenAmount, ...]:
    """Return what is to be paid on a permit, by the accounts it goes to; raise NotFound, BadInput, AlreadyPaid."""
    record = one_permit(conn, typed)
    found = [part for one in permits.due_of(conn, [record.number]) for part in _parts(desk, record, one)]
    if not found:
        raise AlreadyPaid(f"Nothing is due on permit {record.number}.", field="permit")
    return tuple(found)


def amounts_of_project(conn: Connection, desk: Desk, project: str) -> tuple[OpenAmount, ...]:
    """Return what is to be paid on the permits of a project."""
    records = {one.number: one for one in permits.of_project(conn, project)}
    due = permits.due_of(conn, records) if records else ()
    return tuple(part for one in due for part in _parts(desk, records[one.permit], one))


def _parts(desk: Desk, record: PermitRecord, due: ChangeRecord) -> list[OpenAmount]:
    """Lay a supplement out: what is more of the fee, and of the administrative fee; a refund is nothing to pay."""
    if due.amount <= 0:
        return []
    sheet = json.loads(due.worksheet)
    item, admin = desk.catalogue.item(record.kind), desk.catalogue.admin_fee_item
    said = f"Supplement to permit {record.number}, {record.description}"
    wanted = [(item, said, sheet["fee"])]
    if admin is not None:
        wanted.append((admin, f"{admin.name}, supplement to permit {record.number}", sheet["admin"]))
    found = []
    for of, name, (before, after) in wanted:
        if after > before:
            version = of.version_on(record.issued_on)
            explain = (f"{shown(after)} as amended, less {shown(before)} as paid.",)
            found.append(
                OpenAmount(
                    due_reference(due.permit, due.n), name, after - before, version.shares, version.authority,
                    of.department, explain,
                )
            )  # fmt: skip
    return found


def settled(conn: Connection, key: EventKey, lines: Iterable[LineRow]) -> Issued:
    """Say what an entry tells of the supplements that its lines pay; ``key`` is where it is about to stand."""
    paid: dict[tuple[str, int], Cents] = defaultdict(int)
    first: dict[tuple[str, int], int] = {}
    for line in lines:
        if (named := read_due(line.reference)) is not None:
            paid[named] += line.amount
            first.setdefault(named, line.number)
    receipt: dict[str, Value] = {"receipt_series": key.series, "receipt_seq": key.seq}
    return _told(conn, [(named, cents, {**receipt, "receipt_line": first[named]}) for named, cents in paid.items()])


def unsettled(conn: Connection, lines: Iterable[LineRow]) -> Issued:
    """Say what an entry tells of the supplements that its lines (negative) give back: they are due again.

    On a permit that is over by now nothing is due: there they are cancelled. Raises Ineligible where money of the
    permit was moved to another one since, or where it was amended again.
    """
    back: dict[tuple[str, int], Cents] = defaultdict(int)
    for line in lines:
        if (named := read_due(line.reference)) is not None:
            back[named] += line.amount
    nothing: dict[str, Value] = {"receipt_series": None, "receipt_seq": None, "receipt_line": None}
    return _told(conn, [(named, cents, dict(nothing)) for named, cents in back.items()])


def _refuse_since(conn: Connection, number: str, n: int) -> None:
    """Raise Ineligible where what a supplement brought may have gone on, or where the next amendment builds on it."""
    since = {one.kind for one in permits.changes_of(conn, number) if one.n > n and one.state in {"due", "done"}}
    if "transfer_out" in since:
        raise Ineligible(f"Permit {number} gave money to another permit since: that stands against taking this back.")
    if "amendment" in since:
        raise Ineligible(f"Permit {number} was amended again since: take that back first.")


def _told(conn: Connection, wanted: Sequence[tuple[tuple[str, int], Cents, dict[str, Value]]]) -> Issued:
    changes: list[Change] = []
    subjects: list[str] = []
    for (number, n), cents, values in sorted(wanted, key=lambda each: each[0]):
        row = told.record(conn, permit, number, lock=True) or {}
        change = told.record(conn, permit_change, number, n, lock=True) or {}
        before, after = ("due", "done") if cents > 0 else ("done", "due")
        if cents < 0 and change["state"] == before and change["amount_minor"] != -cents:
            raise Ineligible(f"All lines of the supplement to permit {number} go back together.", field="lines")
        if change["state"] != before or change["amount_minor"] != abs(cents):
            raise Conflict(f"What is due on permit {number} changed in the meantime. Look at it again.")
        if cents < 0:
            _refuse_since(conn, number, n)
            after = "cancelled" if row["state"] in OVER else "due"
        changes += [
            told.changed(permit, row, {"paid_minor": row["paid_minor"] + cents}),
            told.changed(permit_change, change, {**values, "state": after}),
        ]
        subjects += subjects_of(number, row)
    return Issued(tuple(changes), tuple(subjects))
