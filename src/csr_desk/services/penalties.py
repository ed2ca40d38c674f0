"""Penalties on bills that are late, by the rule that each bill was issued under (F8); by date and by count.

The run asks each late bill how many penalties it has earned and charges those that it has not: doing it again charges
nothing twice. While an account has time by an extension, and on what a running plan covers, nothing is charged; the run
says which bills it left alone. Once the time is over or the plan broken they are as late as they are. Some
hundred bills are one transaction with one entry, so that no counter waits for the whole run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from csr_desk.data.queries import Connection, bill_rows, collection, payments, plans
from csr_desk.data.queries.bill_rows import LateBill
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.distribution import Share, distribute
from csr_desk.domain.errors import BadInput, NotInForce
from csr_desk.domain.ledger import EntryDraft, EventKind, Written
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.receivable import billed
from csr_desk.domain.receivable.billed import ITEM_FIELDS, PENALTY, PENALTY_PRIORITY, BilledItem
from csr_desk.domain.receivable.penalty import (
    PenaltyRule,
    counted_since,
    due_penalties,
    penalty,
    penalty_words,
)
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event

PENALTY_ITEM = "WTR-PENALTY"
"""The catalogue's item whose accounts and authority a penalty has, where the city has one."""
AT_ONCE = 200
"""Bills in one transaction."""

Told = Callable[[int, int], bool]
"""Hears how many bills of how many were looked at; False stops the run, and what is charged stays charged."""


@dataclass(frozen=True, slots=True)
class ChargePenalties:
    """Charge what lateness costs by a day (today without); ``accounts`` narrows it down."""

    key: str
    on: date | None = None
    accounts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Charge:
    """An item that is added to a bill that is out."""

    bill: str
    account: str
    n: int
    item: BilledItem


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A bill that has earned a penalty and gets none for now, and why."""

    bill: str
    account: str
    because: str


@dataclass(frozen=True, slots=True)
class Charged:
    """What a run added (cents)."""

    on: date
    charges: tuple[Charge, ...]
    looked_at: int
    stopped: bool = False
    left_alone: tuple[LeftAlone, ...] = ()

    @property
    def total(self) -> Cents:
        """All of it."""
        return sum(charge.item.amount for charge in self.charges)


def charge_penalties(desk: Desk, actor: Actor, command: ChargePenalties, tell: Told | None = None) -> Done[Charged]:
    """Charge every late bill the penalties that it has earned and not got; raise BadInput for a day to come."""
    actor.require(Act.CHARGE_BILLS)
    on = command.on or desk.today()
    if on > desk.today():
        raise BadInput("A penalty is charged when it is due, not before.", field="on")
    with desk.read() as work:
        late = bill_rows.late_bills(work.conn, on, command.accounts)
        earned = [one for one in late if _earned(one, on) > one.penalties]
        held = _held(work.conn, earned, on)
    waiting = [one.bill for one in earned if one.bill not in held]
    alone = tuple(LeftAlone(one.bill, one.account, held[one.bill]) for one in earned if one.bill in held)
    charges: list[Charge] = []
    for at in range(0, len(waiting), AT_ONCE):
        if tell is not None and not tell(at, len(waiting)):
            return Done(Charged(on, tuple(charges), at, stopped=True, left_alone=alone), _TOPICS)
        charges += _charge_some(desk, actor, command, (on, waiting[at : at + AT_ONCE]))
    if tell is not None:
        tell(len(waiting), len(waiting))
    return Done(Charged(on, tuple(charges), len(waiting), left_alone=alone), _TOPICS, replayed=not charges)


_TOPICS = frozenset({Topic.ACCOUNTS})


def _earned(late: LateBill, on: date) -> int:
    return 0 if late.rule is None else due_penalties(late.rule, late.due, on)


def _held(conn: Connection, late: Sequence[LateBill], on: date) -> dict[str, str]:
    """Say which of some late bills get no penalty on a day, and why."""
    numbers = sorted({one.account for one in late})
    time = collection.given_time(conn, numbers, on.isoformat())
    covered = plans.covered_bills(conn, numbers)
    held = {one.bill: f"The account has time until {time[one.account]}." for one in late if one.account in time}
    return held | {one.bill: f"Payment plan {covered[one.bill]} covers it." for one in late if one.bill in covered}


def _charge_some(
    desk: Desk, actor: Actor, command: ChargePenalties, what: tuple[date, Sequence[str]]
) -> tuple[Charge, ...]:
    """Look at some bills again, nobody paying them meanwhile, and charge them in one entry."""
    on, numbers = what
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        late = bill_rows.late_bills(work.conn, on, bills=numbers, lock=True)
        before = bill_rows.late_before(work.conn, sorted({one.account for one in late}))
        held = _held(work.conn, late, on)
        charges: list[Charge] = []
        for one in (one for one in late if one.bill not in held):
            charges += _charges_of(desk, one, on, before)
        if charges:
            first = charges[0]
            key = f"{command.key}:{first.bill}:{first.n}"
            content = content_of(desk, actor.user, (command, key))
            add_charges(work, desk, actor, (key, content, on), charges)
    return tuple(charges)


def _charges_of(desk: Desk, late: LateBill, on: date, before: dict[str, list[tuple[date, str]]]) -> Iterable[Charge]:
    """Work out what a bill has earned and not got; an account's later bills count those before them."""
    rule = late.rule
    if rule is None:
        return
    known = before.setdefault(late.account, [])
    since = counted_since(rule, on)
    others = sum(1 for day, bill in known if bill != late.bill and since < day <= on)
    base = max(0, min(late.amount - late.paid, late.amount - late.penalty_sum))
    n = late.last_item
    for _ in range(late.penalties, due_penalties(rule, late.due, on)):
        n += 1
        yield Charge(late.bill, late.account, n, _item(desk, late, (rule, others + 1), base))
    if n > late.last_item and not late.penalties:
        known.append((on, late.bill))


def _item(desk: Desk, late: LateBill, by: tuple[PenaltyRule, int], base: Cents) -> BilledItem:
    rule, occurrence = by
    amount = penalty(rule, base, occurrence)
    shares, authority = _accounts_of(desk, late)
    return BilledItem(
        f"Late payment penalty, due {late.due.isoformat()}", amount, distribute(shares, amount), PENALTY,
        PENALTY_PRIORITY, authority, (penalty_words(rule, base, occurrence),),
    )  # fmt: skip


def _accounts_of(desk: Desk, late: LateBill) -> tuple[tuple[Share, ...], str]:
    """Say where a penalty is booked when it is paid: as the catalogue's item says, else where most of the bill goes."""
    item = desk.catalogue.items.get(PENALTY_ITEM)
    if item is not None:
        try:
            version = item.version_on(desk.today())
        except NotInForce:
            pass
        else:
            return version.shares, version.authority
    share, _ = max(billed.parts_of(late.shares), key=lambda part: part[1])
    return (share,), ""


def add_charges(
    work: Work, desk: Desk, actor: Actor, by: tuple[str, str, date], charges: Sequence[Charge]
) -> Written | None:
    """Add items to bills that are out: one entry that says all of each; None where this key did it before.

    ``by`` is the key, the fingerprint of the command and the day for which it is charged. The caller holds the office's
    series and the bills.
    """
    key, content, on = by
    if earlier_event(work.conn, key, content) is not None:
        return None
    rows = [(charge, charge.item.row(charge.bill, charge.n)) for charge in charges]
    told = [
        {"bill": charge.bill, "account": charge.account, **{name: row[name] for name in ITEM_FIELDS}}
        for charge, row in rows
    ]
    written = work.append(
        EntryDraft(
            series=desk.office_series,
            kind=EventKind.BILL_CHARGED,
            business_date=desk.today(),
            actor=actor.user,
            idem_key=key,
            content_hash=content,
            facts={"on": on.isoformat(), "charges": told},
        ),
        desk.now_text(),
    )
    place: dict[str, Any] = {"series_id": written.key.series, "seq": written.key.seq}
    items = [{**row, **place} for _, row in rows]
    bill_rows.add_items(work.conn, items, _shares_after(work, charges))
    payments.note_about(work.conn, written.key, (f"account:{charge.account}" for charge in charges))
    return written


def _shares_after(work: Work, charges: Sequence[Charge]) -> dict[str, str]:
    """Return what each bill is spread over once it is charged: the shares of its items, added up by account."""
    numbers = sorted({charge.bill for charge in charges})
    parts = {
        number: [part for row in rows for part in billed.parts_of(row["shares"])]
        for number, rows in bill_rows.items_of(work.conn, numbers).items()
    }
    for charge in charges:
        parts.setdefault(charge.bill, []).extend(charge.item.parts)
    return {number: billed.shares_text(billed.merged(found)) for number, found in parts.items()}
