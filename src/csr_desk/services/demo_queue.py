"""A morning at the counter of the demo city: tickets, who was served, who left, contacts without money (I6, I7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from csr_desk.domain.workdays import is_workday
from csr_desk.services import setup_clock, staff, visits
from csr_desk.services.clock import TrainingClock
from csr_desk.services.desk import Desk, open_desk


@dataclass(frozen=True, slots=True)
class Comes:
    """Somebody who comes: minutes after eight, what for, minutes until they are served, minutes served."""

    at: int
    reason: str
    waits: int
    takes: int
    clerk: str
    language: str = ""
    priority: bool = False


MORNING = (
    Comes(0, "permits", 2, 11, "clerk1"), Comes(1, "water", 3, 6, "clerk2", "es"), Comes(4, "permits", 10, 9, "clerk1"),
    Comes(9, "question", 2, 3, "clerk2"), Comes(15, "water", 4, 12, "clerk2", "vi"),
    Comes(22, "permits", 3, 14, "clerk1", "es"), Comes(24, "water", 1, 8, "clerk3", priority=True),
    Comes(31, "question", 5, 4, "clerk2"), Comes(38, "permits", 6, 10, "clerk1"),
    Comes(40, "permits", 16, 12, "clerk1"), Comes(44, "water", 2, 7, "clerk2"), Comes(52, "question", 3, 2, "clerk3"),
    Comes(61, "water", 4, 9, "clerk2", "es"), Comes(63, "permits", 12, 13, "clerk1", "zh"),
    Comes(75, "permits", 21, 8, "clerk3"), Comes(80, "water", 11, 6, "clerk2"),
    Comes(86, "question", 0, 0, ""),
)  # fmt: skip
"""Made up, in the order in which they come; the last one leaves before anybody calls."""

CONTACTS = ((12, "clerk3", "question", 3), (35, "clerk3", "water", 6), (70, "clerk1", "question", 2))
"""Minutes after eight, who, what for, how long: people who only asked."""

STILL = (
    Comes(93, "permits", 0, 0, "", "es"), Comes(95, "water", 0, 0, ""), Comes(96, "permits", 0, 0, "", priority=True),
    Comes(97, "question", 0, 0, "", "vi"), Comes(97, "permits", 0, 0, "", "es"), Comes(98, "water", 0, 0, ""),
    Comes(99, "permits", 0, 0, "", "zh"), Comes(99, "question", 0, 0, ""),
)  # fmt: skip
"""Who waits when the window opens."""


def fill(url: str) -> int:
    """Let a morning pass on the working day before the demo's own, and people wait on that one; return how many came.

    Nothing happens where somebody came already.
    """
    desk = open_desk(url)
    try:
        clock = desk.clock
        if not isinstance(clock, TrainingClock) or visits.queue(desk, staff.person(desk, "clerk1")).waiting:
            return 0
        now = clock.now()
        clock.set(now - timedelta(days=1))
        while not is_workday(desk.today(), holidays=desk.policy.days_off):
            clock.set(clock.now() - timedelta(days=1))
        came = play(desk, still=False)
        clock.set(now)
        for at, one in enumerate(STILL, len(MORNING)):
            _step(desk, ("come", at), one, {})
        setup_clock.keep(desk)
        return came + len(STILL)
    finally:
        desk.close()


def play(desk: Desk, *, still: bool = True) -> int:
    """Let the morning of the office's day pass with its training clock; with ``still`` some wait at its end."""
    if not isinstance(desk.clock, TrainingClock):
        return 0
    came = (*MORNING, *(STILL if still else ()))
    began = datetime.combine(desk.today(), datetime.min.time(), ZoneInfo(desk.office.time_zone)) + timedelta(hours=8)
    numbers: dict[int, str] = {}
    for minute, do in _moments(desk, came, numbers):
        desk.clock.set(began + timedelta(minutes=minute))
        do()
    left = visits.MoveVisit("demo-queue-left", numbers[len(MORNING) - 1], "leave")
    visits.move_visit(desk, staff.person(desk, "clerk1"), left)
    return len(numbers) + len(CONTACTS)


def _moments(desk: Desk, came: tuple[Comes, ...], numbers: dict[int, str]) -> list[tuple[int, Callable[[], None]]]:
    """What happens when; at the same minute whoever was there before goes on first."""
    found: list[tuple[int, int, Callable[[], None]]] = []
    for at, one in enumerate(came):
        found.append((one.at, 1, partial(_step, desk, ("come", at), one, numbers)))
        if one.clerk:
            served = one.at + one.waits
            found.append((served, 2, partial(_step, desk, ("serve", at), one, numbers)))
            found.append((served + one.takes, 0, partial(_step, desk, ("finish", at), one, numbers)))
    for at, (minute, user, reason, took) in enumerate(CONTACTS):
        contact = visits.LogContact(f"demo-queue-contact-{at}", reason, took)
        found.append((minute, 3, partial(_contact, desk, user, contact)))
    found.sort(key=lambda moment: moment[:2])
    return [(minute, do) for minute, _order, do in found]


def _contact(desk: Desk, user: str, contact: visits.LogContact) -> None:
    visits.log_contact(desk, staff.person(desk, user), contact)


def _step(desk: Desk, step: tuple[str, int], one: Comes, numbers: dict[int, str]) -> None:
    """Let somebody come, be called and served, or go."""
    name, at = step
    key = f"demo-queue-{name}-{at}"
    if name == "come":
        wish = visits.GiveTicket(key, one.reason, priority=one.priority, language=one.language)
        numbers[at] = visits.give_ticket(desk, staff.person(desk, "clerk4"), wish).value.number
        return
    who = staff.person(desk, one.clerk)
    if name == "serve":
        visits.call_next(desk, who, visits.CallNext(f"{key}-call", visit=numbers[at]))
    visits.move_visit(desk, who, visits.MoveVisit(key, numbers[at], name))
