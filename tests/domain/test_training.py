"""How long a training in handling cash holds, figured on the calendar."""

from datetime import date

import pytest

from csr_desk.domain import training
from csr_desk.domain.errors import BadInput, Ineligible, TrainingExpired

TODAY = date(2026, 7, 14)


@pytest.mark.parametrize(
    ("on", "months", "until"),
    [
        ("2025-07-14", 12, "2026-07-14"),
        ("2024-02-29", 12, "2025-02-28"),  # no 29th in 2025
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-12-31", 12, "2027-12-31"),
    ],
)
def test_a_training_holds_to_the_same_day_so_many_months_later(on: str, months: int, until: str) -> None:
    assert training.last_day(date.fromisoformat(on), months).isoformat() == until


def test_the_last_day_still_counts_and_the_day_after_does_not() -> None:
    last = training.standing(TODAY, TODAY, 12)
    assert (last.holds, last.soon, last.days_left) == (True, True, 0)
    gone = training.standing(date(2026, 7, 13), TODAY, 12)
    assert (gone.holds, gone.soon, gone.days_left) == (False, False, -1)
    with pytest.raises(TrainingExpired, match="7/13/2026"):
        training.require(gone)


def test_nobody_is_warned_31_days_ahead_and_everybody_30_days_ahead() -> None:
    assert not training.standing(date(2026, 8, 14), TODAY, 12).soon
    assert training.standing(date(2026, 8, 13), TODAY, 12).soon


def test_no_training_on_file_is_refused_unless_the_policy_asks_for_none() -> None:
    with pytest.raises(TrainingExpired, match="on file"):
        training.require(training.standing(None, TODAY, 12))
    training.require(training.standing(None, TODAY, 0))


@pytest.mark.parametrize(
    ("on", "score", "months", "refused"),
    [
        ("2026-07-15", 90, 12, BadInput),
        ("2026-07-14", 101, 12, BadInput),
        ("2026-07-14", -1, 12, BadInput),
        ("2026-07-14", 69, 12, Ineligible),
        ("2025-07-13", 90, 12, Ineligible),
        ("2026-07-14", 90, 0, Ineligible),
    ],
)
def test_what_does_not_count_is_not_recorded(on: str, score: int, months: int, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        training.check_record(date.fromisoformat(on), TODAY, score, months)
    training.check_record(TODAY, TODAY, 70, 12)
