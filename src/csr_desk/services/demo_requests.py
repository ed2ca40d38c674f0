"""The demo city's requests and complaints, as they came in over two weeks: some late, some closed, one that came back.

Everybody in them is made up. They were taken on earlier days than the demo's own, so the training clock goes back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from csr_desk.domain.requests import Channel, Escalation, Outcome
from csr_desk.domain.work_orders import WorkKind
from csr_desk.services import (
    request_closing,
    request_types,
    request_work,
    requests,
    setup,
    setup_clock,
    staff,
    work_orders,
)
from csr_desk.services.clock import TrainingClock
from csr_desk.services.demo_request_types import TYPES
from csr_desk.services.demo_tongues import in_tongues
from csr_desk.services.desk import Desk, open_desk

_C = Channel


@dataclass(frozen=True, slots=True)
class Told:
    """A request: how many days before the demo's own, by whom, what of whom; then what became of it."""

    ago: int
    by: str
    type: str
    summary: str
    customer: str = ""
    contact: str = ""
    site: str = ""
    channel: Channel = Channel.COUNTER
    answers: Mapping[str, str | list[str]] = field(default_factory=dict)
    anonymous: bool = False
    language: str = ""
    links: tuple[str, ...] = ()
    owner: str = ""
    note: str = ""
    task: tuple[str, str] = ("", "")
    """A department and what it is asked."""
    callers: tuple[tuple[str, str], ...] = ()
    """Names of second callers, each with how to reach them."""
    closed: tuple[int, Outcome, str] | None = None
    """How many days before the demo's own, how, and what they were told."""


TOLD = (
    Told(13, "clerk1", "WTR-BILL", "The bill of June is twice that of May; nobody moved in", "C-101", answers={
        "month": "June 2026"}, channel=_C.PHONE, language="es", links=("account:0041-2277-9",), owner="clerk1",
        note="Usage 9,000 gallons in June, 4,000 in May; no leak credit so far",
        task=("Meter shop", "Was the June reading estimated?")),
    Told(12, "clerk2", "SWM-MISSED", "Recycling was left two weeks in a row", "C-103", site="2208 Milam St",
         channel=_C.PHONE, answers={"container": ["green"]}, language="vi", owner="clerk2"),
    Told(12, "clerk1", "STR-POTHOLE", "Deep hole in the right lane before the light", contact="Caller, 713-555-0110",
         site="5500 Almeda Rd", channel=_C.PHONE,
         closed=(8, Outcome.RESOLVED, "The hole was filled on July 6.")),
    Told(8, "clerk3", "WTR-LEAK", "Water comes up between curb and street, more each hour", anonymous=True,
         site="4107 Leeland St", channel=_C.PHONE, answers={"runs": "steady"},
         callers=(("Mario Alvarez", "713-555-0199"), ("Rosa Núñez", "rosa.nunez@example.org"))),
    Told(8, "clerk1", "PER-RELEASE", "Power was promised for Friday, the wires company has no release", "C-104",
         site="5514 Almeda Rd", owner="clerk1", note="The release went out on July 2; asked for the confirmation"),
    Told(7, "clerk2", "NBH-WEEDS", "Weeds to the window, an old car on blocks", anonymous=True, site="3406 Scott St"),
    Told(7, "clerk3", "GEN-ASK", "What does a garage sale cost?", contact="Walk-in", owner="clerk3",
         closed=(7, Outcome.ANSWERED, "A garage sale at a home needs no permit from this counter.")),
    Told(6, "clerk1", "PER-STATUS", "Plans were handed in six weeks ago", "C-103", channel=_C.EMAIL, language="vi",
         task=("Plan review", "Where does the plan stand, and who has it?")),
    Told(6, "clerk2", "WTR-READ", "The dial shows less than the bill", "C-107", site="3402 Scott St",
         closed=(1, Outcome.RESOLVED, "The meter was read again on July 10. A corrected bill is in the mail.")),
    Told(5, "clerk1", "SWM-CART", "The lid is torn off", "C-110", site="715 Heights Blvd",
         answers={"container": ["black"]}),
    Told(5, "clerk3", "STR-SIGNAL", "All sides blink red since the storm", contact="Metro driver",
         site="Main St at Elgin St", channel=_C.PHONE,
         closed=(5, Outcome.RESOLVED, "The signal works again since July 9, 4 PM.")),
    Told(5, "supervisor1", "GEN-EMP", "Says that an inspector asked for money to come sooner", "C-106",
         language="es", channel=_C.COUNTER),
    Told(4, "clerk2", "WTR-PAID", "Paid at the counter on July 6; the account shows it as owed", "C-105",
         language="vi", channel=_C.PHONE, owner="clerk2"),
    Told(4, "clerk1", "ANI-LOOSE", "Two dogs follow children on their way to the bus", contact="Ms. Carter",
         site="1811 Polk St", channel=_C.PHONE, callers=(("School crossing guard", "713-555-0122"),)),
    Told(4, "clerk3", "PER-WORK", "A second floor goes up, nobody saw a permit", anonymous=True,
         site="6165 Savoy Dr", channel=_C.LETTER),
    Told(1, "clerk1", "SWM-MISSED", "The street was left out on Friday", "C-109", site="1501 Gessner Rd",
         answers={"container": ["black", "green"]}, language="ko"),
    Told(1, "clerk2", "PER-REFUND", "Paid the driveway fee twice", "C-104"),
    Told(1, "clerk1", "STR-FLOOD", "After an hour of rain the crossing is under water", contact="Walk-in",
         site="Scott St at Elgin St"),
    Told(0, "clerk1", "GEN-ASK", "Does a fence need a permit?", "C-108", language="hi"),
    Told(0, "clerk1", "WTR-NONE", "Nothing comes out since last night", "C-102", site="4170 Leeland St",
         channel=_C.PHONE),
)  # fmt: skip


PAST: tuple[tuple[str, str, str, str, tuple[int, ...]], ...] = (
    ("STR-POTHOLE", "Hole in the lane", "2400 Scott St", "The hole was filled.", (1, 1, 2, 1, 4)),
    ("SWM-MISSED", "The truck did not come", "5100 Almeda Rd", "It was picked up.", (2, 3, 3, 5, 9)),
    ("STR-SIGNAL", "The light stays red", "1600 Polk St", "The signal works again.", (0, 1, 1)),
    ("ANI-DEAD", "A dog lies at the curb", "3100 Leeland St", "It was taken away.", (1, 2, 2)),
    ("NBH-WEEDS", "Weeds over the fence", "6200 Savoy Dr", "The owner cut the weeds.", (14, 19, 24)),
    ("WTR-NONE", "No pressure upstairs", "2210 Milam St", "The valve is open again.", (1, 1, 2)),
    ("GEN-ASK", "What does a copy of a plan cost?", "", "It stands in the schedule of fees.", (0, 0, 1, 2)),
    ("PER-WORK", "Hammering at night, no sign of a permit", "900 Heights Blvd", "A permit was taken out.", (8, 12)),
)
"""What was closed in the months before: type, words, where, the answer, and the days that each one took."""
_FIRST_AGO = 62
"""So many days before the demo's own the first of them was taken; one more every day and a half."""


def fill(url: str) -> int:
    """Put types and requests into a demo city whose people were just made; return how many requests there are."""
    desk = open_desk(url)
    try:
        number = settle_past(desk) + settle(desk)
        setup_clock.keep(desk)
        return number
    finally:
        desk.close()


def settle(desk: Desk) -> int:
    """Take the requests of the last two weeks; the clock stands at the demo's morning again when it is done."""
    numbers = _play(desk, TOLD, "demo-request")
    _send_crew(desk, numbers[4])
    _come_back(desk, numbers[9])
    return len(numbers)


def settle_past(desk: Desk) -> int:
    """Take and close what the charts of the months before are drawn from; return how many there are."""
    past: list[Told] = []
    for code, summary, site, answer, took in PAST:
        for days in took:
            ago = _FIRST_AGO - len(past) * 3 // 2
            closed = (ago - days, Outcome.RESOLVED if site else Outcome.ANSWERED, answer)
            past.append(
                Told(ago, f"clerk{1 + len(past) % 3}", code, summary, contact="A caller", site=site,
                     channel=Channel.PHONE, closed=closed)
            )  # fmt: skip
    return len(_play(desk, past, "demo-past"))


def _play(desk: Desk, told: Sequence[Told], key: str) -> dict[int, str]:
    """Take and close requests day by day; return their numbers by their place, the first is 1."""
    clock = desk.clock if isinstance(desk.clock, TrainingClock) else TrainingClock(setup.DEMO_MORNING)
    command = request_types.KeepTypes(
        "demo-request-types", tuple(replace(one, name=in_tongues(one.name)) for one in TYPES)
    )
    request_types.keep_types(desk, staff.person(desk, "supervisor1"), command)
    work = [(one.ago, 0, at, one) for at, one in enumerate(told, 1)]
    work += [(one.closed[0], 1, at, one) for at, one in enumerate(told, 1) if one.closed is not None]
    numbers: dict[int, str] = {}
    for ago, closing, at, one in sorted(work, key=lambda part: (-part[0], part[1], part[2])):
        _to_day(desk, clock, ago, at)
        if closing:
            _close(desk, one, numbers[at])
        else:
            numbers[at] = _take(desk, one, f"{key}-{at}")
    clock.set(setup.DEMO_MORNING)
    return numbers


def _to_day(desk: Desk, clock: TrainingClock, ago: int, minute: int) -> None:
    if ago:
        day = (setup.DEMO_MORNING - timedelta(days=ago)).date()
        clock.set(datetime.combine(day, time(9, minute), ZoneInfo(desk.office.time_zone)))
    else:
        clock.set(setup.DEMO_MORNING - timedelta(minutes=30 - minute))


def _take(desk: Desk, told: Told, key: str) -> str:
    who = staff.person(desk, told.by)
    command = requests.OpenRequest(
        key, told.type, told.summary, told.channel, told.answers, told.site, customer_id=told.customer,
        contact=told.contact, anonymous=told.anonymous, language=told.language, links=told.links,
    )  # fmt: skip
    number = requests.open_request(desk, who, command).value.number
    if told.owner:
        requests.assign_request(desk, who, requests.AssignRequest(f"{key}-owner", number, told.owner))
    if told.note:
        request_work.add_note(desk, who, request_work.AddNote(f"{key}-note", number, told.note))
    if told.task[0]:
        request_work.ask_department(desk, who, request_work.AskDepartment(f"{key}-task", number, *told.task))
    for at, (name, reach) in enumerate(told.callers, 1):
        caller = request_work.AddCaller(f"{key}-caller-{at}", number, name=name, reach=reach)
        request_work.add_caller(desk, who, caller)
    return number


def _close(desk: Desk, told: Told, number: str) -> None:
    if told.closed is not None:
        _ago, outcome, answer = told.closed
        command = request_closing.CloseRequest(f"close {number}", number, outcome, answer)
        request_closing.close_request(desk, staff.person(desk, told.by), command)


def _send_crew(desk: Desk, number: str) -> None:
    """The leak is looked at by a crew, and the supervisor has somebody call the people there."""
    clerk, supervisor = staff.person(desk, "clerk3"), staff.person(desk, "supervisor1")
    wanted = work_orders.OpenWorkOrder(
        f"crew {number}", WorkKind.LEAK, "Find and stop the leak at the curb", subject=f"request:{number}"
    )
    work_orders.open_work_order(desk, clerk, replace(wanted, crew="Crew 7"))
    escalation = requests.EscalateRequest(
        f"escalate {number}", number, Escalation.BY_HAND, "The third caller; the street washes out"
    )
    requests.escalate_request(desk, supervisor, escalation)


def _come_back(desk: Desk, number: str) -> None:
    """What was closed was not settled: it counts as a recurrence."""
    command = request_closing.ReopenRequest(f"reopen {number}", number, "The corrected bill is as high as the first")
    request_closing.reopen_request(desk, staff.person(desk, "clerk2"), command)
