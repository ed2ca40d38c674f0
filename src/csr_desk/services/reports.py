"""What a day or a period brought, by every key that people ask for, and whether three books agree (M2, control 46)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from csr_desk.data.queries import Connection, revenue
from csr_desk.domain.deposit import DailyRevenue, DayTie
from csr_desk.domain.drawer import RevenueRow
from csr_desk.domain.errors import NotFound
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.money import Cents, plain, shown
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.postings import HOUSE
from csr_desk.domain.tender import TRAITS, TenderKind
from csr_desk.services import audit_reports, role_conflicts
from csr_desk.services.desk import Desk
from csr_desk.services.spreadsheet_text import write_rows
from csr_desk.services.witnesses import witness_of

_DIFFERENCES = (EventKind.BATCH_ACCEPTED, EventKind.BATCH_REOPENED, EventKind.CUSTODY_HANDED)
_BY = ("by_item", "by_account", "by_tender", "by_drawer", "by_hour")


def daily_revenue(desk: Desk, actor: Actor, first: date, last: date) -> DailyRevenue:
    """Return the daily revenue report of business dates, both included."""
    actor.require(Act.SEE_REPORTS)
    return revenue_of(desk, first, last)


def tie(desk: Desk, business_date: date) -> DayTie:
    """Return the three-way tie of a business date."""
    return revenue_of(desk, business_date, business_date).tie


def revenue_of(desk: Desk, first: date, last: date) -> DailyRevenue:
    """Add up a period as one consistent state of the ledger."""
    with desk.read() as work:
        return revenue_in(desk, work.conn, first, last)


def revenue_in(desk: Desk, conn: Connection, first: date, last: date) -> DailyRevenue:
    """Add up a period inside a transaction that is open already."""
    items = _rows(revenue.by_item(conn, first, last), _as_sold)
    accounts = _rows(revenue.by_account(conn, first, last), lambda code, _name: _account_name(code))
    tenders = _rows(revenue.by_tender(conn, first, last), lambda code, _name: tender_name(code))
    fees = revenue.fees(conn, first, last)
    receipts = sum(row.amount for row in items)
    rounding = sum(row.amount for row in tenders) - receipts
    booked = _booked(conn, first, last)
    return DailyRevenue(
        office=desk.office,
        first=first,
        last=last,
        by_item=items,
        by_account=accounts,
        by_tender=tenders,
        by_drawer=_rows(revenue.by_drawer(conn, first, last), _as_sold),
        by_hour=_hours(desk, revenue.by_utc_hour(conn, first, last)),
        total=receipts,
        taxes=revenue.taxes(conn, first, last),
        fees=fees,
        rounding=rounding,
        over_short=sum(booked["over_short"].values()),
        tie=_tie(receipts, sum(row.amount for row in accounts), rounding, tenders, booked),
        witness=witness_of(conn, first) if first == last else None,
    )


def report(desk: Desk, actor: Actor, name: str, first: date, last: date) -> dict[str, Any]:
    """Return a report as plain data, money as dollars in strings; raise NotFound for a name that is none.

    Names: ``daily_revenue`` (all of it), ``tie``, ``items``, ``accounts``, ``tenders``, ``drawers``, ``hours``,
    ``role_conflicts``, and those of ``audit_reports``.
    """
    head = {"report": name, "from": first.isoformat(), "to": last.isoformat()}
    if name in audit_reports.BY_NAME:
        return {**head, **audit_reports.BY_NAME[name](desk, actor, first, last)}
    whole = daily_revenue(desk, actor, first, last)
    parts: dict[str, Callable[[], dict[str, Any]]] = {
        "daily_revenue": lambda: revenue_data(whole),
        "tie": lambda: tie_data(whole.tie),
        **{by.removeprefix("by_") + "s": _one_part(whole, by) for by in _BY},
        "role_conflicts": lambda: role_conflicts.as_data(role_conflicts.role_conflicts(desk, actor, first, last)),
    }
    if name not in parts:
        known = ", ".join([*parts, *audit_reports.BY_NAME])
        raise NotFound(f"There is no report “{name[:40]}”. There are: {known}.", field="name")
    return {**head, **parts[name]()}


def _one_part(whole: DailyRevenue, by: str) -> Callable[[], dict[str, Any]]:
    return lambda: {"rows": _plain_rows(getattr(whole, by)), "total": plain(whole.total)}


def revenue_data(whole: DailyRevenue) -> dict[str, Any]:
    """Return a daily revenue report as plain data."""
    return {
        "total": plain(whole.total),
        "taxes": plain(whole.taxes),
        "tender_fees": plain(whole.fees),
        "rounding": plain(whole.rounding),
        "over_short": plain(whole.over_short),
        **{by: _plain_rows(getattr(whole, by)) for by in _BY},
        "tie": tie_data(whole.tie),
    }


def tie_data(day: DayTie) -> dict[str, Any]:
    """Return a three-way tie as plain data."""
    names = ("receipts", "over_short", "rounding", "deposited", "card", "transfers", "other", "journal")
    return {
        **{name: plain(getattr(day, name)) for name in names},
        "counted": {kind: plain(amount) for kind, amount in day.counted.items()},
        "ties": day.ties,
        "sentence": day.sentence,
    }


def revenue_csv(whole: DailyRevenue) -> bytes:
    """Return a daily revenue report as a CSV file (UTF-8, RFC 4180), one section a key."""
    rows: list[tuple[str | int, ...]] = [("section", "code", "name", "count", "amount")]
    for by in _BY:
        rows += [(by, row.code, row.name, row.count, plain(row.amount)) for row in getattr(whole, by)]
    for name in ("total", "taxes", "fees", "rounding", "over_short"):
        rows.append(("summary", name, "", "", plain(getattr(whole, name))))
    return write_rows(rows, numbers=frozenset({3, 4}))


def tender_name(kind: str) -> str:
    """Return the name of a tender for people."""
    return TRAITS[TenderKind(kind)].name if kind in set(TenderKind) else kind.replace("_", " ").capitalize()


def _plain_rows(rows: tuple[RevenueRow, ...]) -> list[dict[str, Any]]:
    return [{"code": r.code, "name": r.name, "count": r.count, "amount": plain(r.amount)} for r in rows]


def _rows(sums: tuple[revenue.Sum, ...], name: Callable[[str, str], str]) -> tuple[RevenueRow, ...]:
    return tuple(RevenueRow(row.code, name(row.code, row.name), row.count, row.amount) for row in sums)


def _as_sold(_code: str, name: str) -> str:
    """Name a thing as it was sold: names in the catalogue may have changed since."""
    return name


def _account_name(account: str) -> str:
    fund, _, rest = account.partition(".")
    return f"Fund {fund}, {rest}"


def _hours(desk: Desk, hours: tuple[revenue.Sum, ...]) -> tuple[RevenueRow, ...]:
    found: dict[str, RevenueRow] = {}
    for row in hours:
        moment = datetime.fromisoformat(row.code + ":00:00").replace(tzinfo=UTC)
        hour = f"{desk.local(moment).hour:02d}"
        known = found.get(hour, RevenueRow(hour, f"{hour}:00", 0, 0))
        found[hour] = replace(known, count=known.count + row.count, amount=known.amount + row.amount)
    return tuple(found[hour] for hour in sorted(found))


def _booked(conn: Connection, first: date, last: date) -> dict[str, dict[str, Cents]]:
    places = tuple({HOUSE.of_tender(kind.value) for kind in TenderKind})
    return {
        "over_short": revenue.booked(conn, first, last, _DIFFERENCES, places),
        "deposited": {HOUSE.transit: revenue.deposited(conn, first, last, HOUSE.transit)},
    }


def _tie(
    receipts: Cents,
    journal: Cents,
    rounding: Cents,
    tenders: tuple[RevenueRow, ...],
    booked: dict[str, dict[str, Cents]],
) -> DayTie:
    taken = {row.code: row.amount for row in tenders}
    over = sum(booked["over_short"].values())
    deposited = sum(booked["deposited"].values())
    card, transfers = taken.get("card", 0), taken.get("transfer", 0)
    bagged = {kind.value for kind, traits in TRAITS.items() if traits.deposited}
    other = sum(amount for kind, amount in taken.items() if kind not in {*bagged, "card", "transfer"})
    to_bag = sum(amount for kind, amount in taken.items() if kind in bagged)
    over_card = booked["over_short"].get(HOUSE.cards, 0)
    counted = {kind: amount + booked["over_short"].get(HOUSE.of_tender(kind), 0) for kind, amount in _tills(taken)}
    missing = to_bag + over - over_card - deposited
    ties = receipts == journal and missing == 0
    return DayTie(
        receipts=receipts,
        counted=counted,
        over_short=over,
        rounding=rounding,
        deposited=deposited,
        card=card + over_card,
        transfers=transfers,
        other=other,
        journal=journal,
        ties=ties,
        sentence=_sentence(receipts, journal, missing),
    )


def _tills(taken: dict[str, Cents]) -> list[tuple[str, Cents]]:
    """Return what is counted; cashier’s checks lie with the checks, so their difference is booked with them."""
    known = {kind.value for kind, traits in TRAITS.items() if traits.counted}
    return [(kind, amount) for kind, amount in taken.items() if kind in known]


def _sentence(receipts: Cents, journal: Cents, missing: Cents) -> str:
    if receipts != journal:
        return f"Receipts say {shown(receipts)} but the journal {shown(journal)}: call the accountant."
    if missing:
        return f"{shown(missing)} taken is not in a deposit yet."
    return "Receipts, what was counted and deposited, and the journal agree to the cent."
