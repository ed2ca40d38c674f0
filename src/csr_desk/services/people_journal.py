"""What people do with their own access, as entries of the office series: signing in and out, changed people (J1, J6).

All of it may be written on any day, also when the day is closed: nobody is kept out of the building by the books.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from csr_desk.data.queries import people, tape
from csr_desk.data.unit_of_work import Work, write
from csr_desk.domain.errors import Trouble
from csr_desk.domain.founding import secret_mark
from csr_desk.domain.ledger import EntryDraft, EventKind, Written
from csr_desk.domain.people import Actor, Role
from csr_desk.services.clock import read_stamp, stamp
from csr_desk.services.clock_watch import ClockJump, is_jump
from csr_desk.services.desk import Desk
from csr_desk.services.people_changes import staff_row, state_of

PROGRAM = "csr-desk"
"""Stands in the ledger where nobody of the office acted: a sign-in under a name that nobody has. It cannot sign in."""


def program_row() -> dict[str, object]:
    """Lay out the program itself as a person: nobody signs in as it."""
    return {**staff_row(Actor(PROGRAM, "CSR Desk", "The program itself", Role.AUDITOR), "-"), "active": 0}


def writer_of(actor: Actor) -> str:
    """Return under whom a sign-in is written: an auditor writes nothing, so theirs is the program's entry."""
    return PROGRAM if actor.role is Role.AUDITOR else actor.user


@dataclass(frozen=True, slots=True)
class Happening:
    """Something about a person that is written down; without ``key`` it cannot come twice."""

    kind: EventKind
    by: str
    facts: Mapping[str, object]
    key: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)


def know_program(work: Work) -> None:
    """Give the program its name in an office of before it had one in the ledger."""
    if people.one_staff(work.conn, PROGRAM) is None:
        people.insert_staff(work.conn, [program_row()])


def append(work: Work, desk: Desk, what: Happening) -> Written:
    """Write one entry about people into the office series."""
    if what.by == PROGRAM:
        know_program(work)
    return work.append(
        EntryDraft(
            series=desk.office_series,
            kind=what.kind,
            business_date=desk.today(),
            actor=what.by,
            idem_key=what.key or f"{what.kind.value}-{uuid.uuid4()}",
            facts=dict(what.facts),
            notes=dict(what.notes),
        ),
        desk.now_text(),
    )


def clock_jump(work: Work, desk: Desk) -> ClockJump | None:
    """Compare the clock with the newest entry of the whole ledger; None while nothing is odd about it."""
    newest = tape.newest(work.conn)
    now = desk.clock.now()
    gone = now - read_stamp(newest)
    return ClockJump(newest, stamp(now), round(gone.total_seconds())) if is_jump(gone) else None


def note_jump(desk: Desk, gone: timedelta) -> None:
    """Write that the clock was moved while the program ran; where that cannot be written now, the next act tries."""
    try:
        with write(desk.store) as work:
            work.lock_series(desk.office_series)
            newest = tape.newest(work.conn)
            jump = ClockJump(newest, desk.now_text(), round(gone.total_seconds()), running=True)
            _append_jump(work, desk, jump)
    except Trouble:
        return  # no payment waits for this entry; the act that comes now tells the same trouble itself, if it lasts
    desk.watch.told(desk.clock, jump)


def _append_jump(work: Work, desk: Desk, jump: ClockJump, key: str = "") -> None:
    told: dict[str, object] = {"newest": jump.newest, "now": jump.now, "seconds": jump.seconds}
    if jump.running:
        told["running"] = True
    append(work, desk, Happening(EventKind.CLOCK_JUMP, PROGRAM, told, key))


def note_sign_in(work: Work, desk: Desk, actor: Actor, key: str) -> ClockJump | None:
    """Write that somebody signed in, and before it that the clock jumped, if it did."""
    desk.watch.trust(desk.clock)  # whoever signs in is told how it stands, and from now on it is gone by
    jump, desk.watch.news = desk.watch.news, None
    work.lock_series(desk.office_series)
    if jump is None and (jump := clock_jump(work, desk)) is not None:
        _append_jump(work, desk, jump, f"{key}-clock" if key else "")
        work.lock_series(desk.office_series)
    facts = {"user": actor.user, "role": actor.role.value}
    append(work, desk, Happening(EventKind.SIGNED_IN, writer_of(actor), facts, key))
    return jump


def note_stronger_hash(work: Work, desk: Desk, user: str) -> None:
    """Write that a person's secret is stored in a stronger form now: no other change of it goes without notice."""
    record = people.one_staff(work.conn, user)
    if record is None:
        return
    state = state_of(record)
    mark = secret_mark(record.secret_hash)
    facts = {"user": user, "change": "stored more safely", "before": state, "after": state, "secret": mark}
    append(work, desk, Happening(EventKind.STAFF_CHANGED, writer_of(record.actor), facts))


def note_failure(work: Work, desk: Desk, user: str | None, why: str) -> None:
    """Write that a sign-in failed; under an unknown name nothing of what was keyed is kept."""
    work.lock_series(desk.office_series)
    facts = {"why": why} if user is None else {"why": why, "user": user}
    append(work, desk, Happening(EventKind.SIGN_IN_FAILED, user or PROGRAM, facts))


def sign_out(desk: Desk, actor: Actor, key: str = "") -> None:
    """Write that somebody put their work away and left."""
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        append(work, desk, Happening(EventKind.SIGNED_OUT, writer_of(actor), {"user": actor.user}, key))
