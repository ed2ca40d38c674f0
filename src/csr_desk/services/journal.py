"""The virtual tape: everything that was done, failed or cancelled, as rows in words; never a gap (J6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from csr_desk.data.queries import journal as queries
from csr_desk.data.queries import people
from csr_desk.data.queries.journal import JournalRecord
from csr_desk.domain.errors import BadInput
from csr_desk.domain.ledger import EventKind, receipt_number
from csr_desk.domain.money import Cents, plain, shown
from csr_desk.domain.people import Act, Actor
from csr_desk.services.desk import Desk, moment
from csr_desk.services.spreadsheet_text import write_rows

PAGE = 200
"""Rows of a page."""
_EVERYTHING = 1_000_000

KIND_WORDS: Mapping[EventKind, str] = {
    EventKind.BATCH_OPENED: "Drawer opened",
    EventKind.BATCH_LOCKED: "Drawer locked",
    EventKind.BATCH_UNLOCKED: "Drawer unlocked",
    EventKind.SALE: "Sale",
    EventKind.VOID: "Void",
    EventKind.REFUND: "Refund",
    EventKind.TENDER_CORRECTED: "Tender corrected",
    EventKind.ITEM_RETURNED: "Item returned by the bank",
    EventKind.NO_SALE: "Drawer opened without a sale",
    EventKind.DROP: "Drop to the safe",
    EventKind.SELLING_STOPPED: "Selling stopped for the count",
    EventKind.COUNT: "Blind count",
    EventKind.COUNT_SUBMITTED: "Count handed in",
    EventKind.BATCH_ACCEPTED: "Batch accepted",
    EventKind.BATCH_REJECTED: "Count given back",
    EventKind.BATCH_REOPENED: "Batch reopened",
    EventKind.DEPOSIT_PREPARED: "Deposit packed",
    EventKind.DEPOSIT_CONFIRMED: "Deposit confirmed by the bank",
    EventKind.DAY_OPENED: "Business day opened",
    EventKind.DAY_CLOSED: "Business day closed",
    EventKind.REPRINT: "Paper printed again",
    EventKind.EXPORT: "Journal exported",
    EventKind.CART_CANCELLED: "Cart cancelled",
    EventKind.POLICY_SET: "Policy changed",
    EventKind.CATALOGUE_LOADED: "Catalogue taken in",
    EventKind.CLOCK_JUMP: "Clock jumped",
    EventKind.NOTE_REDACTED: "Personal text deleted",
    EventKind.SIGNED_IN: "Signed in",
    EventKind.SIGN_IN_FAILED: "Sign-in failed",
    EventKind.SIGNED_OUT: "Signed out",
    EventKind.STAFF_CHANGED: "Person changed",
    EventKind.TRAINING_RECORDED: "Training recorded",
    EventKind.APPROVAL_ASKED: "Approval asked",
    EventKind.APPROVAL_DECIDED: "Approval decided",
    EventKind.ACT_REFUSED: "Act refused",
    EventKind.DEFERRED_REVIEWED: "Reviewed by the outsider",
    EventKind.CHANGE_ORDER: "Change order with the safe",
    EventKind.SUSPECT_NOTE: "Suspect note recorded",
    EventKind.SURPRISE_COUNT: "Surprise count",
    EventKind.CUSTODY_HANDED: "Drawer handed over",
    EventKind.FUND_CHANGED: "Change fund changed",
    EventKind.BOOK_ISSUED: "Receipt book issued",
    EventKind.BOOK_RETURNED: "Receipt book returned",
    EventKind.PAPER_VOIDED: "Paper receipt voided",
    EventKind.CHECK_LISTED: "Bank account put on the returned-check list",
    EventKind.CHECK_CLEARED: "Bank account taken off the returned-check list",
    EventKind.NOTICE_MAILED: "Notice mailed",
    EventKind.PAYABLES_CHANGED: "Payables request changed",
    EventKind.REPORT_EXPORTED: "Report exported",
}
"""What each kind of entry is called."""


@dataclass(frozen=True, slots=True)
class JournalRow:
    """A row of the tape (cents); texts that people keyed are not in it."""

    entry: str
    """Series and place, like ``HPC-1/17``."""
    kind: str
    words: str
    business_date: date
    recorded_at: datetime
    """UTC."""
    local_time: datetime
    user: str
    name: str
    second_person: str
    batch: str
    receipt: str
    amount: Cents | None
    points_at: str
    """The entry that it corrects, answers or reprints."""


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Some rows, and how many there are in all."""

    rows: tuple[JournalRow, ...]
    total: int
    offset: int


def journal(
    desk: Desk, actor: Actor, first: date, last: date, *, kinds: Sequence[str] = (), page: tuple[int, int] = (PAGE, 0)
) -> JournalPage:
    """Return entries of business dates (of some kinds) in the order they happened; ``page`` is limit and offset.

    Raises NotPermitted, BadInput (a period that ends before it begins, a kind that there is not).
    """
    actor.require(Act.SEE_JOURNAL)
    if first > last:
        raise BadInput("A period ends after it begins.", field="to")
    unknown = [kind for kind in kinds if kind not in set(EventKind)]
    if unknown:
        raise BadInput(f"There is no kind of entry “{unknown[0][:40]}”.", field="kinds")
    with desk.read() as work:
        names = people.names(work.conn)
        found = queries.tape(work.conn, first, last, kinds, page)
        total = queries.count(work.conn, first, last, kinds)
    return JournalPage(tuple(_row(desk, one, names) for one in found), total, page[1])


def journal_csv(desk: Desk, actor: Actor, first: date, last: date, *, kinds: Sequence[str] = ()) -> bytes:
    """Return the tape of a period as a CSV file (UTF-8, RFC 4180; nothing in it is taken for a formula)."""
    rows: list[tuple[str | int, ...]] = [
        ("entry", "utc", "local", "business_date", "user", "name", "kind", "words", "receipt", "amount", "batch",
         "second_person", "points_at"),
    ]  # fmt: skip
    for row in journal(desk, actor, first, last, kinds=kinds, page=(_EVERYTHING, 0)).rows:
        amount = "" if row.amount is None else plain(row.amount)
        times = (row.recorded_at.isoformat(), row.local_time.isoformat(), row.business_date.isoformat())
        told = (row.user, row.name, row.kind, row.words, row.receipt, amount, row.batch)
        rows.append((row.entry, *times, *told, row.second_person, row.points_at))
    return write_rows(rows, numbers=frozenset({9}))


def _row(desk: Desk, one: JournalRecord, names: Mapping[str, str]) -> JournalRow:
    at = moment(one.recorded_at)
    user = str(one.facts.get("user", one.actor)) if one.kind in _ABOUT_ONESELF else one.actor
    amount = one.amount
    if amount is None and isinstance(one.facts.get("amount"), int):
        amount = one.facts["amount"]
    return JournalRow(
        entry=f"{one.key.series}/{one.key.seq}",
        kind=one.kind,
        words=words_of(EventKind(one.kind), one.facts, names),
        business_date=date.fromisoformat(one.business_date),
        recorded_at=at,
        local_time=desk.local(at),
        user=user,
        name=names.get(user, one.actor_name),
        second_person=one.approver_name,
        batch=one.batch,
        receipt="" if one.receipt_no is None else receipt_number(one.key.series, one.receipt_no),
        amount=amount,
        points_at="" if one.reverses is None else f"{one.reverses.series}/{one.reverses.seq}",
    )


_ABOUT_ONESELF = frozenset({EventKind.SIGNED_IN.value, EventKind.SIGNED_OUT.value, EventKind.ACT_REFUSED.value})
"""Entries that the program writes where the person may not write, and that are about that person."""


def words_of(kind: EventKind, facts: Mapping[str, object], names: Mapping[str, str]) -> str:
    """Say what an entry is, with what its impersonal facts add."""
    more = _more(kind, facts, names)
    return f"{KIND_WORDS[kind]}: {more}" if more else KIND_WORDS[kind]


def _more(kind: EventKind, facts: Mapping[str, object], names: Mapping[str, str]) -> str:
    told = {name: str(value) for name, value in facts.items() if value is not None}
    act = told.get("act", "").replace("_", " ")
    user = told.get("user", "")
    person = names.get(user, user)
    amount = facts.get("amount")
    money = shown(amount) if isinstance(amount, int) else ""
    asked = f"{act} of {told.get('subject')} ({money})"
    words = {
        EventKind.APPROVAL_ASKED: f"{asked}, {told.get('state')}",
        EventKind.APPROVAL_DECIDED: f"{asked}, {told.get('state')}",
        EventKind.ACT_REFUSED: f"{act or 'act'} ({told.get('code')})",
        EventKind.DEFERRED_REVIEWED: f"{asked}, {'in order' if facts.get('ok') else 'not in order'}",
        EventKind.STAFF_CHANGED: f"{person} {told.get('change')}",
        EventKind.TRAINING_RECORDED: f"{person}, {told.get('score')} percent, until {told.get('trained_until')}",
        EventKind.SIGN_IN_FAILED: _WHY.get(told.get("why", ""), ""),
        EventKind.CLOCK_JUMP: f"{told.get('seconds')} seconds against the newest entry",
    }
    return words.get(kind, "")


_WHY = {
    "unknown": "a name that nobody has",
    "retired": "a retired person",
    "delay": "while waiting",
    "secret": "a wrong secret",
}
"""Why a sign-in failed."""
