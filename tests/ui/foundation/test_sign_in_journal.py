"""The window tells the journal who came and went, and the person when the clock is odd."""

from __future__ import annotations

import pytest

from csr_desk.services import virtual_tape
from csr_desk.services.clock import TrainingClock
from csr_desk.services.people_journal import ClockJump
from csr_desk.services.setup import demo_secret
from csr_desk.services.virtual_tape import TapeQuery
from csr_desk.ui.sign_out import clock_words
from ui.counter import Counter


def kinds(counter: Counter) -> list[tuple[str, str]]:
    """What the tape of the day has, with the persons."""
    auditor = counter.person("auditor1")
    day = counter.ask(counter.desk.today)
    rows = counter.ask(lambda: virtual_tape.page(counter.desk, auditor, TapeQuery(day, day))).rows
    return [(row.kind.value, row.user) for row in reversed(rows)]


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


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-3660, "The clock is 0 d 1 h 1 min behind the newest entry. Is it right?"),
        (90_060, "The newest entry is 1 d 1 h 1 min old. If that cannot be, set the clock."),
    ],
)
def test_a_jump_is_told_in_days_hours_and_minutes(seconds: int, words: str) -> None:
    assert clock_words(ClockJump("", "", seconds)) == words
