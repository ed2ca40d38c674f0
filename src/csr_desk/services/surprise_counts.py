"""Counting a drawer or a change fund unannounced, in the presence of who holds it; the session goes on (C10, M7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from csr_desk.data.queries import Connection, batches, custody, entries, people
from csr_desk.data.queries.batches import BatchRecord
from csr_desk.data.queries.entries import Event
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.count import Expected, check_sheet, sheet_as_facts, sheet_from_facts, ties
from csr_desk.domain.custody import AuditSheet, ChangeFund, CountedTender
from csr_desk.domain.drawer import CountSheet, cash_total
from csr_desk.domain.errors import (
    ApprovalNeeded,
    BadInput,
    DrawerInUse,
    DrawerNotOpen,
    NotFound,
    NotPermitted,
    SelfApproval,
)
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.services import approvals, days
from csr_desk.services.counting import expected_of
from csr_desk.services.custody import written_event
from csr_desk.services.desk import Desk, content_of, moment
from csr_desk.services.receipts import earlier_event

TOPICS = frozenset({Topic.FUNDS})


@dataclass(frozen=True, slots=True)
class CountUnannounced:
    """A count of an open drawer, or of a change fund; one of the two is named."""

    key: str
    sheet: CountSheet
    drawer: str = ""
    fund: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    """What is counted: where its entry is written, whose it is, and what should be there."""

    series: str
    day: date
    batch: str | None
    subject: str
    custodian: str | None
    expected: Mapping[str, Expected]
    authorized: Cents
    facts: Mapping[str, object]


def surprise_count(
    desk: Desk, actor: Actor, command: CountUnannounced, approval: Approval | None = None
) -> Done[AuditSheet]:
    """Count a drawer at any time, or a fund: the holder signs the count with their own secret, nothing else changes.

    Raises BadInput, NotFound, DrawerNotOpen, DrawerInUse (a float in a drawer that sells), SelfApproval,
    ApprovalNeeded, NotPermitted (not the holder's signature).
    """
    actor.require(Act.SURPRISE_COUNT)
    content = content_of(desk, actor.user, command)
    check_sheet(command.sheet)
    if bool(command.drawer) == bool(command.fund):
        raise BadInput("Name the drawer or the change fund that is counted.", field="drawer")
    if command.fund and command.sheet.others:
        raise BadInput("A change fund is cash only.", field="others")
    with desk.begin() as work:
        work.lock_series(desk.drawer(command.drawer).series if command.drawer else desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(audit_sheet_of(desk, work.conn, earlier), replayed=True)
        place = _drawer(work.conn, desk, command.drawer) if command.drawer else _fund(work, desk, actor, command.fund)
        signed = _signature(desk, actor, place, cash_total(command.sheet.cash), approval)
        written = work.append(
            EntryDraft(
                series=place.series,
                kind=EventKind.SURPRISE_COUNT,
                business_date=place.day,
                actor=actor.user,
                approver=signed.signer,
                idem_key=command.key,
                content_hash=content,
                batch=place.batch,
                facts={**sheet_as_facts(command.sheet), **_facts(place, command.sheet)},
            ),
            desk.now_text(),
        )
        approvals.use(work, signed, actor, written)
        sheet = audit_sheet_of(desk, work.conn, written_event(work.conn, written.key))
    return Done(sheet, TOPICS)


def _drawer(conn: Connection, desk: Desk, name: str) -> _Place:
    row = batches.unfinished_at(conn, name)
    if row is None:
        raise DrawerNotOpen("Nobody holds this drawer now. Count its change fund instead.")
    fund = custody.fund_of_drawer(conn, desk.drawer(name).drawer)
    return _Place(
        row.series,
        row.business_date,
        row.batch_id,
        row.batch_id,
        row.custodian,
        expected_of(conn, row),
        _float_of(row, fund),
        {"drawer": name, "fund": fund.fund if fund else "", "authority": fund.authority if fund else ""},
    )


def _float_of(row: BatchRecord, fund: ChangeFund | None) -> Cents:
    return fund.amount if fund else row.authorized


def _fund(work: Work, desk: Desk, actor: Actor, name: str) -> _Place:
    fund = custody.one_fund(work.conn, name)
    if fund is None or not fund.active:
        raise NotFound(f"There is no change fund “{name[:40]}”.", field="fund")
    if fund.drawer is not None and (row := batches.unfinished_at(work.conn, fund.drawer)) is not None:
        raise DrawerInUse(f"{row.custodian_name} holds drawer {row.drawer_name}. Count the drawer.")
    day = days.day_for_office(work, desk, actor, desk.today())
    return _Place(
        desk.office_series,
        day,
        None,
        fund.fund,
        fund.custodian,
        {"cash": Expected("cash", fund.amount, 0)},
        fund.amount,
        {"drawer": fund.drawer or "", "fund": fund.fund, "authority": fund.authority},
    )


def _signature(desk: Desk, actor: Actor, place: _Place, counted: Cents, approval: Approval | None) -> Approval:
    """Return the holder's signature on what was counted; nobody stands in for them, and nobody counts themselves."""
    if place.custodian == actor.user:
        raise SelfApproval("Nobody counts their own drawer unannounced. Ask another supervisor.")
    asked = (Act.SURPRISE_COUNT, place.subject, counted)
    signed = approvals.require(desk, approval, actor, asked)
    if signed.deferred:
        raise ApprovalNeeded("The holder must sign the count.", act=asked[0].value, subject=asked[1], amount=asked[2])
    if place.custodian is not None and signed.approver.user != place.custodian:
        raise NotPermitted("Who holds the money signs its count, and nobody else.")
    return signed


def _facts(place: _Place, sheet: CountSheet) -> dict[str, object]:
    rows = ties(place.expected, (sheet,))
    return {
        **place.facts,
        "custodian": place.custodian or "",
        "authorized": place.authorized,
        "expected": {row.tender: [row.expected, row.items_expected or 0] for row in rows if row.over_short is not None},
        "difference": {row.tender: row.over_short for row in rows if row.over_short is not None},
    }


def audit_sheet_of(desk: Desk, conn: Connection, event: Event) -> AuditSheet:
    """Read an unannounced count back."""
    entry, facts = entries.entry(conn, event), event.facts
    fund = custody.one_fund(conn, facts["fund"]) if facts["fund"] else None
    holder = people.one_staff(conn, facts["custodian"]) if facts["custodian"] else None
    drawer = desk.drawers[facts["drawer"]].name if facts["drawer"] else ""
    sheet = sheet_from_facts(facts)
    return AuditSheet(
        desk.office,
        event.key,
        facts["fund"],
        drawer if event.batch else (fund.name if fund else facts["fund"]),
        facts["drawer"],
        event.batch or "",
        event.business_date,
        holder.actor.name if holder else "",
        facts["authority"],
        facts["authorized"],
        sheet,
        _tenders(facts, sheet),
        entry.actor_name,
        entry.approver_name,
        moment(event.recorded_at),
    )


def _tenders(facts: Mapping[str, Any], sheet: CountSheet) -> tuple[CountedTender, ...]:
    should = {kind: Expected(kind, amount, items) for kind, (amount, items) in facts["expected"].items()}
    return tuple(
        CountedTender(
            row.tender,
            row.name,
            row.expected,
            row.expected + (row.over_short or 0),
            row.items_expected,
            row.items_counted,
        )
        for row in ties(should, (sheet,))
    )


def surprise_counts(desk: Desk, actor: Actor, first: date, last: date) -> tuple[AuditSheet, ...]:
    """Return the unannounced counts of some business dates, oldest first."""
    actor.require(Act.SEE_EXPECTED)
    with desk.read() as work:
        return counts_between(desk, work.conn, first, last)


def counts_between(desk: Desk, conn: Connection, first: date, last: date) -> tuple[AuditSheet, ...]:
    """Read the unannounced counts of some business dates, oldest first."""
    events = entries.day_events(conn, first, last, (EventKind.SURPRISE_COUNT,))
    by_time = sorted(events, key=lambda event: (event.recorded_at, event.key.series, event.key.seq))
    return tuple(audit_sheet_of(desk, conn, event) for event in by_time)
