"""Exception reports by person and period (M4): the cases with drill-down, rates against peers, over/short by month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from csr_desk.data.queries import Connection, adjustments, entries, exceptions, people, period
from csr_desk.data.queries.entries import Event
from csr_desk.data.queries.exceptions import Dated
from csr_desk.domain.exception_report import (
    RATED,
    Case,
    ExceptionKind,
    ExceptionReport,
    Rate,
    Trend,
    TrendRow,
)
from csr_desk.domain.ledger import EventKey, EventKind, receipt_number
from csr_desk.domain.masking import seen_by
from csr_desk.domain.money import Cents, plain
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.receivable.adjustment import State
from csr_desk.services.desk import Desk, moment
from csr_desk.services.period_facts import Period
from csr_desk.services.spreadsheet_text import write_rows

MONTHS = 12
_TOLD = {
    EventKind.VOID: ExceptionKind.VOID,
    EventKind.REFUND: ExceptionKind.REFUND,
    EventKind.NO_SALE: ExceptionKind.NO_SALE,
    EventKind.REPRINT: ExceptionKind.REPRINT,
    EventKind.CART_CANCELLED: ExceptionKind.CANCELLED_CART,
    EventKind.TENDER_CORRECTED: ExceptionKind.TENDER_CORRECTED,
    EventKind.ITEM_RETURNED: ExceptionKind.RETURNED_ITEM,
    EventKind.BATCH_REOPENED: ExceptionKind.REOPENED,
    EventKind.ACT_REFUSED: ExceptionKind.REFUSED,
    EventKind.APPROVAL_DECIDED: ExceptionKind.REFUSED,
    EventKind.CLOCK_JUMP: ExceptionKind.CLOCK_JUMP,
}
"""Entries that are cases by themselves; of decided approvals only those that were refused."""
_ADJUSTED = (EventKind.ADJUSTMENT_REQUESTED, EventKind.ADJUSTMENT_DECIDED, EventKind.ADJUSTMENT_REVERSED)
_CHANGES = frozenset(state.value for state in State)
_PAID = (EventKind.VOID, EventKind.REFUND)
_MANY = 400
"""Entries whose texts are asked for at once."""


@dataclass
class _Reading:
    """What telling the cases of a period needs."""

    desk: Desk
    conn: Connection
    first: date
    last: date
    names: dict[str, str]


def exception_report(desk: Desk, actor: Actor, first: date, last: date) -> ExceptionReport:
    """Return what was out of the ordinary on some business dates, both included."""
    actor.require(Act.SEE_EXCEPTIONS)
    with desk.read() as work:
        reading = _Reading(desk, work.conn, first, last, people.names(work.conn))
        cases = _cases(reading)
        receipts = exceptions.receipts_by_person(work.conn, first, last)
        rates = _rates(reading, cases, receipts)
        trend = _trend(reading)
    report = ExceptionReport(desk.office, first, last, sum(receipts.values()), cases, rates, trend)
    return seen_by(actor.role, report)


def clerk_rates(look: Period) -> tuple[Rate, ...]:
    """Return the rates of a period that is open already (control 36)."""
    reading = _Reading(look.desk, look.conn, look.first, look.last, people.names(look.conn))
    return _rates(reading, _cases(reading), exceptions.receipts_by_person(look.conn, look.first, look.last))


def _rates(reading: _Reading, cases: Iterable[Case], receipts: dict[str, int]) -> tuple[Rate, ...]:
    counts: dict[tuple[ExceptionKind, str], int] = {}
    for case in cases:
        counts[case.kind, case.user] = counts.get((case.kind, case.user), 0) + 1
    office = sum(receipts.values())
    found = []
    for kind in RATED:
        everybody = sum(number for (one, user), number in counts.items() if one is kind and user in receipts)
        for user, made in receipts.items():
            count = counts.get((kind, user), 0)
            found.append(Rate(kind, user, reading.names.get(user, user), count, made, everybody, office))
    return tuple(found)


def _cases(reading: _Reading) -> tuple[Case, ...]:
    events = tuple(event for event in _events(reading) if _is_case(event))
    reasons = _reasons(reading.conn, [event.key for event in events])
    amounts = exceptions.taken(reading.conn, reading.first, reading.last, _PAID)
    found = [_case_of(reading, event, amounts.get(event.key), reasons.get(event.key, "")) for event in events]
    found += list(_adjusted(reading))
    found += list(_overrides(reading))
    found += list(_over_short(reading))
    found += list(_at_hand_overs(reading))
    found += list(_back_dated(reading))
    found += list(_gaps(reading))
    order = list(ExceptionKind)
    return tuple(sorted(found, key=lambda case: (order.index(case.kind), case.business_date, case.place)))


def _events(reading: _Reading) -> tuple[Event, ...]:
    return entries.day_events(reading.conn, reading.first, reading.last, tuple(_TOLD))


def _is_case(event: Event) -> bool:
    if event.kind is EventKind.APPROVAL_DECIDED:
        return event.facts.get("state") == "refused"
    return True


def _reasons(conn: Connection, keys: list[EventKey]) -> dict[EventKey, str]:
    found: dict[EventKey, str] = {}
    for at in range(0, len(keys), _MANY):
        found |= entries.texts_of(conn, keys[at : at + _MANY], "reason")
    return found


def _case_of(reading: _Reading, event: Event, taken: Cents | None, reason: str) -> Case:
    kind, user = _TOLD[event.kind], event.actor
    amount = taken
    if kind is ExceptionKind.CANCELLED_CART:
        amount = int(event.facts["total"])
    elif kind is ExceptionKind.RETURNED_ITEM:
        amount = int(event.facts["amount"])
        original = entries.event_at(reading.conn, event.reverses) if event.reverses else None
        user = original.actor if original else user
    elif kind is ExceptionKind.REFUSED:
        user = str(event.facts.get("for") or event.facts.get("user") or user)
    elif kind is ExceptionKind.REOPENED:
        opened = entries.batch_events(reading.conn, event.batch or "", (EventKind.BATCH_OPENED,))
        user = opened[0].actor if opened else user
    place = str(event.facts.get("receipt") or "") if kind is ExceptionKind.REPRINT else ""
    if not place:
        place = _numbered(event.key, event.receipt_no)
    other = event.actor if user != event.actor else event.approver
    names = reading.names
    return Case(
        kind, user, names.get(user, user), place, event.business_date, moment(event.recorded_at),
        names.get(other or "", other or ""), amount, reason,
    )  # fmt: skip


def _numbered(key: EventKey, number: int | None) -> str:
    return receipt_number(key.series, number) if number is not None else f"{key.series}/{key.seq}"


def _of_dated(reading: _Reading, kind: ExceptionKind, one: Dated, amount: Cents | None, reason: str) -> Case:
    names = reading.names
    return Case(
        kind, one.actor, names.get(one.actor, one.actor), _numbered(one.key, one.receipt_no), one.business_date,
        moment(one.recorded_at), names.get(one.approver or "", one.approver or ""), amount, reason,
    )  # fmt: skip


def _adjusted(reading: _Reading) -> Iterator[Case]:
    """Give what was asked for, decided and reversed on bills: each is whoever asked, with who decided beside them."""
    events = entries.day_events(reading.conn, reading.first, reading.last, _ADJUSTED)
    reasons, names = _reasons(reading.conn, [event.key for event in events]), reading.names
    for event in events:
        change, number = str(event.facts["change"]), str(event.facts["adjustment"])
        if change not in _CHANGES:
            continue  # a file was attached
        record = adjustments.one_adjustment(reading.conn, number)
        user = event.actor if record is None else record.requested_by
        said = ": ".join(part for part in (change, reasons.get(event.key, "")) if part)
        yield Case(
            ExceptionKind.ADJUSTMENT, user, names.get(user, user), number, event.business_date,
            moment(event.recorded_at), "" if event.actor == user else names.get(event.actor, event.actor),
            int(event.facts["amount"]), said,
        )  # fmt: skip


def _overrides(reading: _Reading) -> Iterator[Case]:
    for one, by in exceptions.overridden(reading.conn, reading.first, reading.last):
        yield _of_dated(reading, ExceptionKind.OVERRIDE, one, by, "charged other than the schedule")


def _over_short(reading: _Reading) -> Iterator[Case]:
    rows = exceptions.accepted(reading.conn, reading.first, reading.last)
    reasons = _reasons(reading.conn, [row.key for row in rows])
    for row in rows:
        event = entries.event_at(reading.conn, row.key)
        difference = 0 if event is None else difference_of(event)
        if event is not None and any(tie["over_short"] for tie in event.facts["ties"]):
            names = reading.names
            yield Case(
                ExceptionKind.OVER_SHORT, row.custodian, names.get(row.custodian, row.custodian), row.batch,
                row.business_date, moment(event.recorded_at), names.get(event.actor, event.actor), difference,
                reasons.get(row.key, ""),
            )  # fmt: skip


def _handed(reading: _Reading, first: date) -> tuple[Event, ...]:
    """Return the hand-overs that booked a difference: it is the giver's."""
    found = entries.day_events(reading.conn, first, reading.last, (EventKind.CUSTODY_HANDED,))
    return tuple(event for event in found if event.facts.get("booked"))


def _booked(event: Event) -> Cents:
    return sum(int(amount) for amount, _items in dict(event.facts["booked"]).values())


def difference_of(event: Event) -> Cents:
    """Return the difference that an acceptance froze, all tenders together (cents)."""
    return sum(int(tie["over_short"] or 0) for tie in event.facts["ties"])


def _at_hand_overs(reading: _Reading) -> Iterator[Case]:
    names = reading.names
    for event in _handed(reading, reading.first):
        yield Case(
            ExceptionKind.OVER_SHORT, event.actor, names.get(event.actor, event.actor), event.batch or "",
            event.business_date, moment(event.recorded_at), names.get(event.approver or "", ""), _booked(event),
            "at a hand-over",
        )  # fmt: skip


def _back_dated(reading: _Reading) -> Iterator[Case]:
    """Receipts recorded on another calendar day than their business date, and paper ones entered on a later one."""
    for one in exceptions.numbered(reading.conn, reading.first, reading.last):
        day = reading.desk.local(moment(one.recorded_at)).date()
        if day != one.business_date:
            yield _of_dated(reading, ExceptionKind.BACK_DATED, one, None, f"recorded on {day}")
    for one, written in exceptions.late_papers(reading.conn, reading.first, reading.last):
        yield _of_dated(reading, ExceptionKind.BACK_DATED, one, None, f"paper receipt of {written}")


def _gaps(reading: _Reading) -> Iterator[Case]:
    for series, number, said in number_gaps(reading.conn):
        yield Case(ExceptionKind.SEQUENCE_GAP, "", "", f"{series} {number}", reading.last, None, "", None, said)


def number_gaps(conn: Connection) -> list[tuple[str, str, str]]:
    """Return missing, double and surplus receipt, entry and Z numbers of every series, of all times."""
    found: list[tuple[str, str, str]] = []
    accepted: dict[str, list[int]] = {}
    for event in period.all_events(conn, EventKind.BATCH_ACCEPTED):
        accepted.setdefault(event.key.series, []).append(int(event.facts["z_number"]))
    for series in period.table_rows(conn, "series"):
        name = str(series["series_id"])
        found += _holes(name, list(period.numbers(conn, name)), int(series["last_receipt_no"]), "receipt")
        found += _holes(name, list(period.places(conn, name)), int(series["last_seq"]), "entry")
        found += _holes(name, sorted(accepted.get(name, [])), int(series["last_z"]), "Z report")
    return found


def _holes(series: str, numbers: list[int], last: int, noun: str) -> list[tuple[str, str, str]]:
    if numbers == list(range(1, last + 1)):
        return []
    there = set(numbers)

    def named(number: int) -> str:
        return receipt_number(series, number) if noun == "receipt" else str(number)

    rows = [(series, named(number), f"{noun} is missing") for number in range(1, last + 1) if number not in there]
    twice = [one for one, other in pairwise(numbers) if one == other]
    rows += [(series, named(number), f"{noun} is there twice") for number in twice]
    return rows + [(series, named(number), f"{noun} is past the end") for number in sorted(there) if number > last]


def _trend(reading: _Reading) -> Trend:
    """Add up over and short of the twelve calendar months that end with the period, by custodian."""
    year, month = reading.last.year, reading.last.month
    months = [divmod(year * MONTHS + month - 1 - back, MONTHS) for back in reversed(range(MONTHS))]
    names = tuple(f"{one_year:04d}-{at + 1:02d}" for one_year, at in months)
    first = date.fromisoformat(f"{names[0]}-01")
    sums: dict[str, list[Cents]] = {}
    batches: dict[str, int] = {}
    for row in exceptions.accepted(reading.conn, first, reading.last):
        event = entries.event_at(reading.conn, row.key)
        amounts = sums.setdefault(row.custodian, [0] * MONTHS)
        batches[row.custodian] = batches.get(row.custodian, 0) + 1
        if event is not None:
            amounts[names.index(row.business_date.isoformat()[:7])] += difference_of(event)
    for event in _handed(reading, first):
        amounts = sums.setdefault(event.actor, [0] * MONTHS)
        amounts[names.index(event.business_date.isoformat()[:7])] += _booked(event)
    rows = (TrendRow(user, reading.names.get(user, user), tuple(sums[user]), batches.get(user, 0)) for user in sums)
    return Trend(names, tuple(sorted(rows, key=lambda row: (row.name, row.user))))


def report_data(whole: ExceptionReport) -> dict[str, Any]:
    """Return an exception report as plain data, money as dollars in strings."""
    return {
        "receipts": whole.receipts,
        "counts": {kind.value: whole.count(kind) for kind in ExceptionKind},
        "by_person": [
            {
                "user": user,
                "name": name,
                "receipts": next((rate.receipts for rate in whole.rates if rate.user == user), 0),
                "counts": {kind.value: whole.count(kind, user) for kind in ExceptionKind if whole.count(kind, user)},
                "outliers": [rate.kind.value for rate in whole.rates if rate.user == user and rate.stands_out],
            }
            for user, name in whole.people
        ],
        "rates": [_rate_data(rate) for rate in whole.rates if rate.count],
        "cases": [_case_data(case) for case in whole.cases],
    }


def _rate_data(rate: Rate) -> dict[str, Any]:
    return {
        "kind": rate.kind.value, "user": rate.user, "count": rate.count, "receipts": rate.receipts,
        "per_thousand": str(rate.rate), "office_per_thousand": str(rate.office_rate), "stands_out": rate.stands_out,
    }  # fmt: skip


def _case_data(case: Case) -> dict[str, Any]:
    return {
        "kind": case.kind.value, "user": case.user, "place": case.place, "date": case.business_date.isoformat(),
        "approver": case.approver, "amount": None if case.amount is None else plain(case.amount), "reason": case.reason,
    }  # fmt: skip


def trend_data(trend: Trend) -> dict[str, Any]:
    """Return the twelve months of over and short as plain data."""
    return {
        "months": list(trend.months),
        "rows": [
            {
                "user": row.user, "name": row.name, "batches": row.batches,
                "amounts": [plain(cents) for cents in row.amounts], "total": plain(row.total),
            }
            for row in trend.rows
        ],
        "totals": [plain(cents) for cents in trend.totals],
    }  # fmt: skip


def report_csv(whole: ExceptionReport) -> bytes:
    """Return the cases of an exception report as a CSV file (UTF-8, RFC 4180)."""
    rows: list[tuple[str | int, ...]] = [
        ("kind", "user", "name", "entry", "business_date", "recorded_at_utc", "second_person", "amount", "reason")
    ]
    for case in whole.cases:
        at = case.recorded_at.isoformat() if case.recorded_at else ""
        amount = "" if case.amount is None else plain(case.amount)
        rows.append((
            case.kind.value, case.user, case.name, case.place, case.business_date.isoformat(), at, case.approver,
            amount, case.reason,
        ))  # fmt: skip
    return write_rows(rows, numbers=frozenset({7}))
