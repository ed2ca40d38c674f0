"""What becomes of permits when their receipt is voided or refunded (G5): void with it, or paid for in part.

A permit is void once all its lines were given back; a part that is given back only lowers what was paid for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from csr_desk.data.models import permit
from csr_desk.data.queries import Connection, permits, told
from csr_desk.data.queries.entries import Event
from csr_desk.data.queries.permits import PermitRecord
from csr_desk.domain import about
from csr_desk.domain.errors import Conflict, Ineligible
from csr_desk.domain.ledger import LineRow
from csr_desk.domain.money import Cents, allocate
from csr_desk.domain.steps import PERMIT
from csr_desk.domain.telling import Change
from csr_desk.services import inspections
from csr_desk.services.permit_ends import REVOKED, VOID, dropped
from csr_desk.services.permit_sales import PERMITS, Issued, subjects_of

_STOP_A_REFUND = frozenset({"transfer_in", "transfer_out"})
_STOP_A_VOID = _STOP_A_REFUND | {"amendment", "renewal"}
_SAID = {
    "transfer_in": "got money of another permit",
    "transfer_out": "gave money to another permit",
    "amendment": "was amended",
    "renewal": "was renewed",
}


@dataclass(frozen=True, slots=True)
class Gone:
    """What of a line has been given back so far, this time included, of how many units."""

    units: Decimal
    of: Decimal

    @property
    def whole(self) -> bool:
        """Say whether nothing of the line is left."""
        return self.units >= self.of


def voided(conn: Connection, event: Event, day: date) -> Issued:
    """Say what the void of a receipt does to the permits that it issued: all of them are void, or stay revoked.

    Raises WrongState where one was inspected since, Ineligible where it was amended or its money was moved since.
    """
    changes: list[Change] = []
    subjects: list[str] = []
    for one in permits.of_receipt(conn, event.key):
        # whose money was moved away as a whole is void already: its receipt is not paid back on top of that
        _refuse(conn, one, _STOP_A_VOID)
        if one.state != VOID:
            _end(conn, one, one.paid, day, (changes, subjects))
    return Issued(tuple(changes), tuple(subjects))


def refunded(conn: Connection, event: Event, lines: Sequence[LineRow], gone: Mapping[int, Gone], day: date) -> Issued:
    """Say what a refund does to the permits of its receipt; ``lines`` are given back (negative).

    Of a line that is several permits the last ones go first. Raises as ``voided`` does.
    """
    back = {line.number: -line.amount for line in lines}
    changes: list[Change] = []
    subjects: list[str] = []
    for numbers, group in _groups(conn, event).items():
        part = sum(back.get(number, 0) for number in numbers)
        if not part:
            continue
        for one in group:
            _refuse(conn, one, _STOP_A_REFUND)
        live = [one for one in group if one.state != VOID]
        if not live:
            continue
        ending = _ending(numbers, group, gone, len(live))
        if ending:
            for one, cents in zip(live[-ending:], allocate(part, [1] * ending), strict=True):
                _end(conn, one, cents, day, (changes, subjects))
        else:
            row = _row(conn, live[0])
            changes.append(told.changed(permit, row, {"paid_minor": live[0].paid - part}))
            subjects += subjects_of(live[0].number, row)
    return Issued(tuple(changes), tuple(subjects))


def _ending(numbers: Sequence[int], group: Sequence[PermitRecord], gone: Mapping[int, Gone], live: int) -> int:
    """Return how many more permits of a group end: all with the last of its lines, else as many as came back."""
    if all(number in gone and gone[number].whole for number in numbers):
        return live
    if len(group) == 1:
        return 0
    return min(max(int(gone[numbers[0]].units) - (len(group) - live), 0), live)


def _groups(conn: Connection, event: Event) -> dict[tuple[int, ...], list[PermitRecord]]:
    """Return the permits of a receipt by their lines."""
    lines: Mapping[str, Sequence[int]] = event.facts.get(PERMITS, {})
    groups: dict[tuple[int, ...], list[PermitRecord]] = {}
    for one in permits.of_receipt(conn, event.key):
        groups.setdefault(tuple(lines.get(one.number, (one.receipt_line,))), []).append(one)
    return groups


def _refuse(conn: Connection, one: PermitRecord, stops: frozenset[str]) -> None:
    """Raise Ineligible where something happened to a permit since that has to be taken back before its receipt is."""
    seen = {change.kind for change in permits.changes_of(conn, one.number) if change.state == "done"} & stops
    if seen:
        said = " and ".join(sorted(_SAID[kind] for kind in seen))
        raise Ineligible(f"Permit {one.number} {said} since its receipt: that stands against taking it back.")


def _end(conn: Connection, one: PermitRecord, back: Cents, day: date, into: tuple[list[Change], list[str]]) -> None:
    """End a permit whose money goes back (cents) as void, with what waits on it; a revoked one stays revoked."""
    changes, subjects = into
    row = _row(conn, one)
    values: dict[str, str | int | None] = {"paid_minor": one.paid - back}
    if one.state != REVOKED:
        values |= {"state": PERMIT.after("void", row["state"]), "ended_on": day.isoformat()}
    changes.append(told.changed(permit, row, values))
    off = inspections.called_off(conn, one.number, "The permit is void.")
    changes += [*off, *dropped(conn, one.number)]
    subjects += [*subjects_of(one.number, row), *(about.inspection(str(each.key[0])) for each in off)]


def _row(conn: Connection, one: PermitRecord) -> told.Record:
    row = told.record(conn, permit, one.number, lock=True)
    if row is None or row["state"] != one.state or row["paid_minor"] != one.paid:
        raise Conflict
    return row
