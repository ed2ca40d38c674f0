"""Who is called next, what a ticket is called, how long people waited."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from csr_desk.domain.errors import BadInput
from csr_desk.domain.visits import Reason, Visit, next_up, read_reasons, ticket, volumes

NINE = datetime(2026, 7, 14, 9, tzinfo=UTC)


def visit(number: str, after: int, **more: object) -> Visit:
    """Give somebody who came so many minutes after nine."""
    said: dict[str, object] = {"kind": "ticket", "reason": "permits", "state": "waiting"}
    return Visit(number, came_at=NINE + timedelta(minutes=after), **{**said, **more})  # type: ignore[arg-type]


def test_whoever_came_first_is_called_first_unless_somebody_has_priority() -> None:
    waiting = [visit("Q2", 5), visit("Q1", 3), visit("Q3", 9)]
    assert next_up(waiting) == waiting[1]
    assert next_up([*waiting, visit("Q4", 20, priority=True)]) == visit("Q4", 20, priority=True)
    assert next_up([]) is None


def test_tickets_have_three_figures_and_begin_anew() -> None:
    assert [ticket("A", serial) for serial in (1, 17, 999, 1000)] == ["A001", "A017", "A999", "A001"]


def test_reasons_are_read_with_their_letters() -> None:
    assert read_reasons(["A permits Permits and fees", "b water"]) == (
        Reason("permits", "A", "Permits and fees"), Reason("water", "B", "water"),
    )  # fmt: skip


@pytest.mark.parametrize("lines", [["permits"], ["1 permits Permits"], ["AB x y"], ["A x y", "A z y"], ["A x", "B x"]])
def test_a_line_that_is_no_reason_is_refused(lines: list[str]) -> None:
    with pytest.raises(BadInput):
        read_reasons(lines)


@pytest.mark.parametrize(
    ("state", "days", "counted"),
    [
        ("waiting", 1, "left"),
        ("called", 1, "left"),
        ("waiting", 0, "waiting"),
        ("serving", 1, "serving"),
        ("done", 9, "done"),
    ],
)
def test_who_still_waited_when_the_day_ended_left(state: str, days: int, counted: str) -> None:
    came = NINE.replace(hour=4)
    one = visit("Q1", 0, state=state).counted_on(came, NINE.date() + timedelta(days=days))
    assert (one.state, one.came_at) == (counted, came)


def test_times_are_counted_in_whole_seconds() -> None:
    served = visit(
        "Q1",
        0,
        state="done",
        served_at=NINE + timedelta(minutes=4),
        ended_at=NINE + timedelta(minutes=10),
        served_by="a",
    )
    gone = visit("Q2", 70, state="left", ended_at=NINE + timedelta(minutes=80))
    talked = visit("Q3", 75, kind="contact", state="done", minutes=3, reason="question")
    by_hour = volumes([served, gone, talked], "hour")
    assert [(one.key, one.came, one.served, one.left) for one in by_hour] == [("09", 1, 1, 0), ("10", 2, 1, 1)]
    assert [(one.waited_seconds, one.served_seconds) for one in by_hour] == [(240, 360), (0, 180)]
    assert [one.key for one in volumes([served, talked], "reason")] == ["permits", "question"]
    assert gone.waited(NINE) == timedelta(minutes=10)
    assert gone.served_for is None
