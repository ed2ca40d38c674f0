"""What an adjustment is decided by: the bills of its months, the use before them, and what the catalogue charges."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from csr_desk.data.queries import Connection, adjustments, entries
from csr_desk.data.queries.adjustments import AccountRecord, UseRecord
from csr_desk.domain.cart import CartLine, price_cart
from csr_desk.domain.catalogue import Item
from csr_desk.domain.distribution import Share
from csr_desk.domain.errors import BadInput, MissingInput, NotFound, NotInForce
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.receivable import adjusting
from csr_desk.domain.receivable.adjusting import Case, MonthUse, Step, Worksheet
from csr_desk.domain.receivable.adjustment import State, kind_named
from csr_desk.domain.receivable.used import Billed, gallons_of, last_day, months_of
from csr_desk.services.desk import Desk

USE, METER = "usage_kgal", "meter_size"
"""The inputs by which an item of the catalogue charges a use."""
_FAMILY = frozenset({"single-family", "single family", "single_family", "sfr", "residential", "residential single"})
_DEFAULT_METER = "3/4"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for; without bills or months it is the account's newest bill.

    ``amount`` (cents) may be less than what the rules give; where no use is on record it is what was computed
    elsewhere. ``use`` are gallons by month that no bill of this program says.
    """

    account: str
    kind: str
    months: tuple[date, ...] = ()
    bills: tuple[str, ...] = ()
    amount: Cents | None = None
    evidence: tuple[tuple[str, str], ...] = ()
    use: tuple[tuple[date, int], ...] = ()
    meter_size: str = ""


@dataclass(frozen=True, slots=True)
class BilledMonth:
    """A bill of the case, its month, and what comes off, by posting account where it was computed (cents)."""

    bill: str
    month: date
    amount: Cents
    by_account: Mapping[str, Cents] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A case with its worksheet and its bills."""

    account: AccountRecord
    case: Case
    worksheet: Worksheet
    parts: tuple[BilledMonth, ...]


def prepare(desk: Desk, conn: Connection, wanted: Wanted, *, but: str = "") -> Prepared:
    """Work a case out; ``but`` is an adjustment that is left out of those before it.

    Raises NotFound (account, bill), BadInput (kind), MissingInput (an amount that cannot be computed here).
    """
    account = adjustments.one_account(conn, wanted.account)
    if account is None:
        raise NotFound(f"There is no account “{wanted.account[:40]}”.", field="account")
    kind = kind_named(wanted.kind)
    if kind is None:
        raise BadInput("A leak (LKA), a large bill (ULB), exceptional circumstances (ECA) or COR.", field="kind")
    credited = credited_before(conn, wanted.account)
    bills = [
        replace(one, amount=one.amount - credited.get(one.bill, 0))
        for one in adjustments.uses_of(conn, wanted.account)
        if not one.returned
    ]
    of = months_of([_billed(one) for one in bills], desk.today())
    chosen = _chosen(wanted, bills, of)
    case = Case(
        kind,
        tuple(sorted(of[one.bill] for one in chosen)),
        desk.today(),
        dict(wanted.evidence),
        adjusted_before(conn, wanted.account, but=but),
        single_family=account.rate_class is None or account.rate_class.strip().lower() in _FAMILY,
    )
    meter = wanted.meter_size or account.meter_size or _DEFAULT_METER
    sheet, parts = _work_out(_Tariff(desk, meter), case, (wanted, bills, chosen, of))
    return Prepared(account, case, sheet, parts)


def adjusted_before(conn: Connection, account: str, *, but: str = "") -> tuple[date, ...]:
    """Return the months of an account that were adjusted and still are; corrections do not count."""
    found: list[date] = []
    for record in adjustments.adjustments_of(conn, account):
        kind = kind_named(record.kind)
        if record.number == but or record.state != State.APPROVED.value or kind is None or not kind.by_use:
            continue
        found += [month for _, month in asked_bills(conn, record)]
    return tuple(sorted(found))


def credited_before(conn: Connection, account: str) -> dict[str, Cents]:
    """Return by bill what adjustments that still are gave to the account's credit, because it was paid (cents)."""
    found: dict[str, Cents] = {}
    for record in adjustments.adjustments_of(conn, account):
        event = entries.event_at(conn, record.decided) if record.decided is not None else None
        if record.state != State.APPROVED.value or event is None:
            continue
        for one in event.facts["taken"]:
            found[str(one["bill"])] = found.get(str(one["bill"]), 0) + int(one["credit"])
    return found


def asked_bills(conn: Connection, record: adjustments.AdjustmentRecord) -> tuple[tuple[str, date], ...]:
    """Return the bills of a request with their months."""
    event = entries.event_at(conn, record.entry)
    if event is None:
        raise AssertionError(record.entry)
    return tuple((str(part["bill"]), date.fromisoformat(part["month"])) for part in event.facts["parts"])


def _billed(one: UseRecord) -> Billed:
    days = [None if text is None else date.fromisoformat(text) for text in (one.start, one.end, one.issued, one.due)]
    return Billed(one.bill, *days)


def _chosen(wanted: Wanted, bills: Sequence[UseRecord], of: Mapping[str, date]) -> list[UseRecord]:
    by_number = {one.bill: one for one in bills}
    by_month = {of[one.bill]: one for one in bills}
    if wanted.bills:
        missing = next((name for name in wanted.bills if name not in by_number), None)
        found = [by_number[name] for name in dict.fromkeys(wanted.bills) if name in by_number]
    elif wanted.months:
        months = dict.fromkeys(month.replace(day=1) for month in wanted.months)
        missing = next((f"{month:%B %Y}" for month in months if month not in by_month), None)
        found = [by_month[month] for month in months if month in by_month]
    else:
        missing = None if bills else wanted.account
        found = [by_month[max(by_month)]] if bills else []
    if missing is not None:
        raise NotFound(f"Account {wanted.account} has no bill “{missing[:40]}”.", field="bills")
    return sorted(found, key=lambda one: of[one.bill])


class _Tariff:
    """What the catalogue charges for a use: its items by meter and use, those that the bill carries."""

    def __init__(self, desk: Desk, meter: str) -> None:
        self._catalogue, self._meter, self._today = desk.catalogue, meter, desk.today()

    def items_of(self, bill: UseRecord, month: date) -> tuple[Item, ...]:
        """Return the items that charge by use and whose accounts stand on the bill; none where two would be one's."""
        on_bill = {Share(**words).account for words, _ in json.loads(bill.shares)}
        found: dict[frozenset[str], list[Item]] = {}
        for item in self._catalogue.items.values():
            try:
                version = item.version_on(last_day(month))
            except NotInForce:
                continue
            names = {one.name for one in version.inputs}
            booked = frozenset(share.account for share in version.shares)
            if {USE, METER} <= names and booked <= on_bill:
                found.setdefault(booked, []).append(item)
        if any(len(alike) > 1 for alike in found.values()):
            return ()
        return tuple(item for alike in found.values() for item in alike)

    def charge(self, items: Sequence[Item], month: date, gallons: int) -> dict[str, Cents]:
        """Price a month's use, by posting account (cents); whole thousands are charged, in the customer's favour."""
        used = str((Decimal(gallons) / 1000).quantize(Decimal(1), ROUND_FLOOR))
        day = last_day(month)
        inputs = {METER: self._meter, USE: used, "account": "-", "service_date": day.isoformat()}
        lines = [CartLine(item.code, self._known(item, day, inputs)) for item in items]
        sums: dict[str, Cents] = {}
        for line in price_cart(self._catalogue, lines, price_date=day).lines:
            for share, cents in line.distribution():
                sums[share.account] = sums.get(share.account, 0) + cents
        return sums

    @staticmethod
    def _known(item: Item, day: date, inputs: Mapping[str, str]) -> dict[str, str]:
        names = {one.name for one in item.version_on(day).inputs}
        return {name: value for name, value in inputs.items() if name in names}


def _work_out(
    tariff: _Tariff, case: Case, what: tuple[Wanted, Sequence[UseRecord], Sequence[UseRecord], Mapping[str, date]]
) -> tuple[Worksheet, tuple[BilledMonth, ...]]:
    wanted, bills, chosen, of = what
    history = _history(wanted, bills, of)
    used = {one.month: one.gallons for one in history}
    items = {of[one.bill]: tariff.items_of(one, of[one.bill]) for one in chosen}
    average = adjusting.average_before(used, min(case.months))
    measured = average is not None and used.keys() >= set(case.months)
    if not case.kind.by_use or (wanted.amount is not None and not (measured and all(items.values()))):
        return _keyed(case, wanted.amount, chosen, of)
    if measured and not all(items.values()):
        raise MissingInput(
            "The catalogue has no charge by use that stands on this bill. Key the amount.", field="amount"
        )

    def charge(month: date, gallons: int) -> Cents:
        return sum(tariff.charge(items[month], month, gallons).values())

    sheet = adjusting.work_out(case, history, charge, wanted.amount)
    sheet = _with_keyed_use(sheet, wanted, bills, of)
    if not sheet.eligible or average is None:
        return sheet, ()
    parts = []
    for one, (month, amount) in zip(chosen, sheet.by_month, strict=True):
        was = tariff.charge(items[month], month, used[month])
        now = tariff.charge(items[month], month, adjusting.charged_as(case.kind, used[month], average))
        less = {name: cents - now.get(name, 0) for name, cents in was.items() if cents > now.get(name, 0)}
        parts.append(BilledMonth(one.bill, month, amount, less))
    return _within_bills(sheet, parts, chosen), tuple(_capped(parts, chosen))


def _keyed(
    case: Case, amount: Cents | None, chosen: Sequence[UseRecord], of: Mapping[str, date]
) -> tuple[Worksheet, tuple[BilledMonth, ...]]:
    if amount is None:
        raise MissingInput("Key the amount that comes off.", field="amount")
    sheet = adjusting.taken_over(case, amount, [one.amount for one in chosen])
    amounts = dict(sheet.by_month)
    return sheet, tuple(
        BilledMonth(one.bill, of[one.bill], amounts[of[one.bill]]) for one in chosen if of[one.bill] in amounts
    )


def _history(wanted: Wanted, bills: Sequence[UseRecord], of: Mapping[str, date]) -> list[MonthUse]:
    """Gather the use of each month: what the bills say, then what was keyed for months without."""
    found = {month.replace(day=1): gallons for month, gallons in wanted.use}
    for one in bills:
        gallons = None if one.usage is None else gallons_of(one.usage)
        if gallons is not None:
            found[of[one.bill]] = gallons
    return [MonthUse(month, gallons) for month, gallons in sorted(found.items())]


def _with_keyed_use(sheet: Worksheet, wanted: Wanted, bills: Sequence[UseRecord], of: Mapping[str, date]) -> Worksheet:
    """Say openly which months' use was keyed by hand."""
    billed = {of[one.bill] for one in bills if one.usage is not None and gallons_of(one.usage) is not None}
    keyed = sorted({month.replace(day=1) for month, _ in wanted.use} - billed)
    if not keyed:
        return sheet
    step = Step("Months whose use was keyed by hand", f"{len(keyed)}, {keyed[0]:%B %Y} to {keyed[-1]:%B %Y}")
    return replace(sheet, steps=(step, *sheet.steps))


def _capped(parts: Sequence[BilledMonth], chosen: Sequence[UseRecord]) -> list[BilledMonth]:
    most = {one.bill: one.amount for one in chosen}
    return [replace(part, amount=min(part.amount, most[part.bill])) for part in parts]


def _within_bills(sheet: Worksheet, parts: Sequence[BilledMonth], chosen: Sequence[UseRecord]) -> Worksheet:
    """Take no more off than was billed, and say so where that is less."""
    amount = sum(part.amount for part in _capped(parts, chosen))
    if amount == sheet.amount:
        return sheet
    return replace(sheet, steps=(*sheet.steps, Step("No more than was billed", shown(amount))), amount=amount)
