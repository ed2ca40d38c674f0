"""The window tells the journal who came and went, and the person when the clock is odd."""

from __future__ import annotations

from datetime import timedelta

import pytest

from csr_desk.services import drawers, virtual_tape
from csr_desk.services.clock import TrainingClock
from csr_desk.services.clock_watch import ClockJump
from csr_desk.services.setup import demo_secret
from csr_desk.services.virtual_tape import TapeQuery
from csr_desk.ui.sign_out import clock_words
from proof.moved_clock import MovedClock
from ui.counter import Counter


def kinds(counter: Counter) -> list[tuple[str, str]]:
    """What the tape of the day has, with the persons."""
    auditor = counter.person("auditor1")
    day = counter.ask(counter.desk.today)
    rows = counter.ask(lambda: virtual_tape.page(counter.desk, auditor, TapeQuery(day, day))).rows
    return [(row.kind.value, row.user) for row in reversed(rows) if row.entry != "HPC/1"]  # that founds the office


def test_who_signs_in_and_out_at_the_window_stands_on_the_tape(counter: Counter) -> None:
    counter.window._sign_in("clerk1", "wrong secret")
    counter.settle()
    counter.window._sign_in("clerk1", demo_secret("clerk1"))
    counter.settle()
    counter.window.sign_out()
    counter.settle()
    assert kinds(counter) == [("sign_in_failed", "clerk1"), ("signed_in", "clerk1"), ("signed_out", "clerk1")]


def test_a_clock_that_went_back_is_told_above_the_page_and_hinders_nobody(counter: Counter) -> None:
    counter.window._sign_in("clerk1", demo_secret("clerk1"))
    counter.settle()
    clock = counter.desk.clock
    assert isinstance(clock, TrainingClock)
    clock.set(clock.now().replace(hour=9))
    counter.window._sign_in("clerk2", demo_secret("clerk2"))
    counter.settle()
    assert counter.space.context.actor.user == "clerk2"
    assert counter.text("banner-text").endswith("behind the newest entry. Is it right?")


def test_a_clock_that_is_moved_while_somebody_works_is_told_above_the_page(counter: Counter) -> None:
    counter.window._sign_in("clerk1", demo_secret("clerk1"))
    counter.settle()
    desk, clock = counter.desk, MovedClock(counter.desk.clock.now())
    desk.clock = clock
    desk.watch.trust(clock)
    clerk = counter.person("clerk1")
    counter.open_drawer(clerk, "HPC-1")
    assert not counter.shown("banner-text")
    clock.move(timedelta(hours=-1))
    counter.ask(lambda: drawers.suspend(desk, clerk, "away"))
    told = "The clock went back by 0 d 1 h 0 min. Is it right? "
    assert counter.text("banner-text") == f"{told}The business date stays until somebody signs in again."
    counter.space.clear_banner()
    counter.ask(lambda: drawers.unsuspend(desk, clerk, "back"))
    assert not counter.shown("banner-text")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-3660, "The clock is 0 d 1 h 1 min behind the newest entry. Is it right?"),
        (90_060, "The newest entry is 1 d 1 h 1 min old. If that cannot be, set the clock."),
    ],
)
def test_a_jump_is_told_in_days_hours_and_minutes(seconds: int, words: str) -> None:
    assert clock_words(ClockJump("", "", seconds)) == words


def test_a_clock_that_was_moved_on_is_told_so() -> None:
    words = clock_words(ClockJump("", "", 90_060, running=True))
    assert words.startswith("The clock went on by 1 d 1 h 1 min. Is it right?")
