"""What a start owes the people at the counter: was the last act recorded, and is the ledger sound (guarantees G2, G3).

A window that was killed, or that stopped recording after an error of the disk, is answered for by the next start: the
act it had noted is looked up by its key, the whole ledger is verified, and an entry says so. Any other start verifies
what was recorded in the days that are still open. Nothing is recorded before that, and nothing after it if it fails.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from csr_desk.data.notebook import NotedAct, Page
from csr_desk.data.queries import entries, receipts_found
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.money import Cents
from csr_desk.services.clock import read_stamp
from csr_desk.services.desk import Desk
from csr_desk.services.people_journal import PROGRAM, Happening, append
from csr_desk.services.receipts import number_of

Told: TypeAlias = Callable[[int, int], None]
"""Hears how many entries of how many were checked; called on the thread that checks."""


@dataclass(frozen=True, slots=True)
class LastAct:
    """The last act that a window had noted before it ended, and what came of it."""

    key: str
    kind: EventKind
    actor: str
    at: datetime
    """In the office's own time."""
    amount: Cents | None
    recorded: bool
    receipt: str = ""
    """Its number, where it has one."""
    to_print: bool = False
    """Its receipt has not come out yet."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the database found."""

    whole: bool
    """Every entry was verified, not only those of the open days."""
    entries: int
    fault: str = ""
    """The first thing that does not agree; empty where all is well."""
    last: LastAct | None = None
    ended: bool = False
    """The program had been ended in the middle."""


def was_interrupted(desk: Desk) -> bool:
    """Say whether a window before this one ended in the middle or stopped recording, and nobody answered for it yet."""
    return desk.store.notebook is not None and bool(desk.store.notebook.left)


def check_first(desk: Desk, told: Told | None = None) -> Checked | None:
    """Do the check that the start owes and give what it found; None where it was done already. Raises Trouble."""
    first, desk.first_check = desk.first_check, None
    if first is None:
        return None
    try:
        desk.checked = check_database(desk, told) if was_interrupted(desk) else _check_open_days(desk)
    except BaseException:
        desk.first_check = first  # it could not be made (the server is away): it is still due
        raise
    return desk.checked


def check_again(desk: Desk, told: Told | None = None) -> Checked:
    """Do what “Check the database” asks for, in place of the check that the start may still owe. Raises Trouble."""
    first, desk.first_check = desk.first_check, None
    try:
        desk.checked = check_database(desk, told)
    except BaseException:
        desk.first_check = first
        raise
    return desk.checked


def _check_open_days(desk: Desk) -> Checked:
    from csr_desk.data.tail_check import verify_open_days  # noqa: PLC0415 - after the window stands, not before

    tail = verify_open_days(desk.store)
    if tail.fault:
        desk.store.latch(_sentence(tail.fault))
    return Checked(whole=False, entries=tail.checked, fault=tail.fault or "")


def check_database(desk: Desk, told: Told | None = None) -> Checked:
    """Open the database anew, verify all of it, and record again where it is sound.

    The entry RECOVERED says what was checked and what came of the act that the notebook names. Raises Trouble where
    the database cannot be reached, or fails again.
    """
    from csr_desk.data.verify import verify  # noqa: PLC0415 - a start that went well needs none of it

    store = desk.store
    store.reopen()
    pages = store.notebook.open_questions if store.notebook is not None else ()
    ended = was_interrupted(desk)
    report = verify(store, told=told)
    if report.first_fault is not None:
        store.latch(_sentence(report.first_fault))
        return Checked(whole=True, entries=report.checked, fault=report.first_fault, ended=ended)
    store.latched = None
    last = _answer(desk, pages, report.checked, ended=ended)
    if store.notebook is not None:
        store.notebook.settled()
    desk.refresh()
    return Checked(whole=True, entries=report.checked, last=last, ended=ended)


def _sentence(fault: str) -> str:
    return f"The ledger does not verify: {fault}. Nothing is recorded until that is mended. Call the administrator."


def _answer(desk: Desk, pages: tuple[Page, ...], checked: int, *, ended: bool) -> LastAct | None:
    """Look up what the notebooks name and write down what came of it; give the newest of them."""
    found: list[LastAct] = []
    with desk.begin() as work:
        # a server may still be ending the act of a window that died: whoever holds its series is waited for
        work.lock_series(desk.office_series, *(page.act.series for page in pages if page.act is not None))
        for page in pages or (Page(),):
            facts: dict[str, object] = {"ended": ended, "entries": checked}
            if page.act is not None:
                last = _look_up(desk, work, page.act)
                found.append(last)
                facts |= {"act": page.act.kind, "key": page.act.key, "recorded": last.recorded, "receipt": last.receipt}
            append(work, desk, Happening(EventKind.RECOVERED, PROGRAM, facts))
    return max(found, key=lambda last: last.at, default=None)


def _look_up(desk: Desk, work: Work, act: NotedAct) -> LastAct:
    event = entries.event_of_key(work.conn, act.key)
    receipt = "" if event is None else number_of(event)
    to_print = (
        event is not None and bool(receipt) and receipts_found.is_queued(work.conn, event.key.series, event.key.seq)
    )
    return LastAct(
        key=act.key,
        kind=EventKind(act.kind),
        actor=act.actor,
        at=desk.local(read_stamp(act.at)),
        amount=act.amount,
        recorded=event is not None,
        receipt=receipt,
        to_print=to_print,
    )
