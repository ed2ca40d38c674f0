"""How long requests take: the middle, nine tenths, the share in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.domain.request_times import nearest_rank, times_of
from csr_desk.domain.requests import Channel, Kind, Outcome, Request, RequestType
from csr_desk.domain.work_orders import Priority

MONDAY = date(2026, 9, 7)
KIND = RequestType("X", "Something", Kind.REQUEST, "Streets", 2)
ONE = Request(
    "SR26-000001-9", KIND, Channel.PHONE, Priority.NORMAL, "closed", "Streets", "It is broken", "2026-09-07T12:00:00Z",
    MONDAY, MONDAY + timedelta(days=2), "clerk1", outcome=Outcome.RESOLVED,
)  # fmt: skip


def closed(days: int, **more: object) -> Request:
    """One that was closed so many days after a Monday."""
    return replace(ONE, closed_on=MONDAY + timedelta(days=days), **more)  # type: ignore[arg-type]


def by_department(one: Request) -> str:
    """Its department."""
    return one.department


def test_days_of_rest_do_not_count_and_what_is_open_is_no_time() -> None:
    found = times_of([closed(0), closed(7), ONE], by_department, holidays=frozenset({date(2026, 9, 9)}))
    assert [(one.name, one.closed, one.middle, one.tail, one.in_time, one.share) for one in found] == [
        ("Streets", 2, 0, 4, 1, 50)
    ]


def test_what_was_opened_again_was_not_answered_in_time() -> None:
    (found,) = times_of([closed(1), closed(1, reopened=1), closed(1)], by_department, holidays=frozenset())
    assert (found.in_time, found.share) == (2, 66)


def test_the_slowest_department_stands_first() -> None:
    found = times_of([closed(1), closed(4, department="Water")], by_department, holidays=frozenset())
    assert [one.name for one in found] == ["Water", "Streets"]


@pytest.mark.parametrize(
    ("values", "middle", "tail"), [([3], 3, 3), ([1, 9], 1, 9), ([5, 1, 3], 3, 5), (list(range(1, 11)), 5, 9)]
)
def test_a_percentile_is_a_time_that_somebody_waited(values: list[int], middle: int, tail: int) -> None:
    assert (nearest_rank(values, 50), nearest_rank(values, 90)) == (middle, tail)


@given(st.lists(st.integers(0, 400), min_size=1), st.integers(1, 100))
def test_at_least_so_many_of_a_hundred_do_not_exceed_a_percentile(values: list[int], percent: int) -> None:
    found = nearest_rank(values, percent)
    assert found in values
    assert sum(one <= found for one in values) * 100 >= percent * len(values)
    assert sum(one < found for one in values) * 100 < percent * len(values)
