"""Projects: what may become of one, in sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from csr_desk.domain.projects import Project, ProjectState

DAY = date(2026, 7, 14)
OPEN = Project("26-000001-0", "Garage", "900 Bagby St", "900 bagby", "", "", "", ProjectState.OPEN, DAY, None, "clerk1")
CLOSED = replace(OPEN, state=ProjectState.CLOSED, closed_on=DAY)


def test_an_open_project_is_changed_and_ended_while_nothing_waits() -> None:
    assert OPEN.why_not_changed() is None
    assert OPEN.why_not_ended((), ()) is None
    assert CLOSED.why_not_reopened() is None


def test_what_waits_is_named() -> None:
    orders = tuple(f"SO26-00000{n}" for n in range(1, 6))
    assert str(OPEN.why_not_ended(orders, ())) == (
        "Order SO26-000001, SO26-000002, SO26-000003 and 2 more on it can still be paid. Call it off first."
    )
    assert str(OPEN.why_not_ended((), ("P26-000001-7",))) == (
        "Permit P26-000001-7 on it is still in force. End it first."
    )


def test_a_project_that_is_over_is_opened_again_first() -> None:
    assert str(CLOSED.why_not_changed()) == "Project 26-000001-0 is closed. Open it again first."
    assert str(CLOSED.why_not_ended((), ())) == "Project 26-000001-0 is closed already."
    assert str(OPEN.why_not_reopened()) == "Project 26-000001-0 is open."
