"""A control and the function that tests it; and the few ways in which a test may end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from csr_desk.domain.evidence import Finding, Row, Status
from csr_desk.services.evidence.look import Look

Test: TypeAlias = Callable[[Look], Finding]

WORKING_DAYS = "The table of holidays is the one of its time: a holiday that was not entered then is a working day."
"""What every test of a deadline in working days leaves out."""


@dataclass(frozen=True, slots=True)
class Check:
    """How a control of the checklist is tested here: in one sentence, and what that leaves out."""

    number: int
    test: Test
    tested: str
    leaves_out: str = ""


def plural(number: int, noun: str) -> str:
    """``1 void``, ``3 voids``; a noun that takes no s gives both forms: ``batch|batches``."""
    one, _, many = noun.partition("|")
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def judged(cases: int, noun: str, fault: str, heads: Row, broken: Iterable[Row], more: str = "") -> Finding:
    """Judge a population of which every case had to hold: ``fault`` says what is wrong with those in ``broken``.

    Without a case nothing was tested, and nothing is called met. ``noun`` as ``plural`` takes it.
    """
    rows = tuple(broken)
    extra = f" {more}" if more else ""
    if not cases:
        return cannot(f"There was no {noun.partition('|')[0]} in the period, so nothing was tested.{extra}")
    tested = f"{plural(cases, noun)} tested"
    if not rows:
        return Finding(Status.MET, f"{tested}, no fault found.{extra}", heads)
    return Finding(Status.NOT_MET, f"{tested}, {plural(len(rows), 'fault')} found: {fault}.{extra}", heads, rows)


def looked_at(base: Finding, said: str, heads: Row, rows: Iterable[Row]) -> Finding:
    """Add cases that broke nothing but want a person's eye; a finding that is worse already stays as it is."""
    found = tuple(rows)
    if not found or base.status is Status.NOT_MET:
        return base
    return Finding(Status.EXCEPTION, f"{base.figure} {said}".strip(), heads, found)


def cannot(why: str, heads: Row = (), rows: tuple[Row, ...] = ()) -> Finding:
    """Say that the data do not tell, and why."""
    return Finding(Status.UNKNOWN, why, heads, rows)


def not_kept(why: str) -> Test:
    """Stand for a control that no data of this program can show."""

    def test(_look: Look) -> Finding:
        return cannot(why)

    return test
