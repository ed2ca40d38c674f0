"""Standing and offers on the supervisor's board, without Qt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from csr_desk.domain.drawer import Batch, BatchSheet, BatchState, TenderTie
from csr_desk.domain.people import Actor, Role
from csr_desk.ui.pages.balancing.board import (
    Standing,
    drawers_in,
    first_to_look_at,
    off_by,
    offers,
    standing,
    tone,
)

OKAFOR = Actor("supervisor1", "Mr. Okafor", "Supervisor", Role.SUPERVISOR)
AUDITOR = Actor("auditor1", "A. Ruiz", "Auditor", Role.AUDITOR)


def sheet(state: BatchState, *differences: int, batch_id: str = "b", deposit: str | None = None) -> BatchSheet:
    batch = Batch(
        batch_id, "HPC-3", "Counter 3", date(2026, 7, 14), "clerk3", "Dolores R.", state,
        suspended=False, attempts=1, receipts=48, deposit=deposit,
    )  # fmt: skip
    ties = tuple(
        TenderTie(f"t{at}", f"T{at}", 1, 10_000, (10_000 + difference,), difference)
        for at, difference in enumerate(differences)
    )
    return BatchSheet(batch, ties, 20_000, 0, 0, 0, 0, 0, 0, 0, 0, ())


def test_a_drawer_is_off_by_the_sum_of_its_differences_whatever_their_signs() -> None:
    assert off_by(sheet(BatchState.SUBMITTED, -25, -900)) == 925
    assert off_by(sheet(BatchState.SUBMITTED, 500, -500)) == 1000


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (sheet(BatchState.OPEN), Standing.SELLING),
        (sheet(BatchState.COUNTING), Standing.COUNTING),
        (sheet(BatchState.SUBMITTED, 0, 0), Standing.READY),
        (sheet(BatchState.SUBMITTED, -25), Standing.OFF),
        (sheet(BatchState.ACCEPTED, -25), Standing.ACCEPTED),
        (sheet(BatchState.ACCEPTED, deposit="D-1"), Standing.DEPOSITED),
    ],
)
def test_the_standing_of_a_drawer_follows_its_state_and_its_differences(of: BatchSheet, expected: Standing) -> None:
    assert standing(of) is expected


def test_a_locked_drawer_does_not_look_as_if_it_were_selling() -> None:
    of = sheet(BatchState.OPEN)
    assert standing(replace(of, batch=replace(of.batch, suspended=True))) is Standing.LOCKED


def test_a_submitted_drawer_may_be_accepted_or_sent_back_and_beyond_tolerance_wants_a_reason() -> None:
    inside, beyond = sheet(BatchState.SUBMITTED, -100), sheet(BatchState.SUBMITTED, -101)
    assert offers(inside, OKAFOR, 100).accept
    assert not offers(inside, OKAFOR, 100).needs_reason
    assert offers(beyond, OKAFOR, 100).needs_reason
    assert offers(beyond, OKAFOR, 100).send_back


def test_nobody_is_offered_the_acceptance_of_a_drawer_of_their_own() -> None:
    own = sheet(BatchState.SUBMITTED, 0)
    own = replace(own, batch=replace(own.batch, custodian=OKAFOR.user))
    assert not offers(own, OKAFOR, 100).accept
    assert not offers(own, OKAFOR, 100).send_back


def test_an_auditor_reads_and_accepts_nothing() -> None:
    submitted = offers(sheet(BatchState.SUBMITTED, 0), AUDITOR, 100)
    assert not submitted.accept
    assert not submitted.send_back
    assert offers(sheet(BatchState.ACCEPTED), AUDITOR, 100).z_report


def test_a_batch_in_a_deposit_is_not_offered_for_reopening() -> None:
    assert offers(sheet(BatchState.ACCEPTED), OKAFOR, 100).reopen
    assert not offers(sheet(BatchState.ACCEPTED, deposit="D-1"), OKAFOR, 100).reopen


def test_the_page_begins_at_the_drawer_that_is_off_by_most() -> None:
    day = (
        sheet(BatchState.ACCEPTED, batch_id="1"),
        sheet(BatchState.SUBMITTED, 0, batch_id="2"),
        sheet(BatchState.SUBMITTED, -25, batch_id="4"),
        sheet(BatchState.SUBMITTED, -900, batch_id="3"),
        sheet(BatchState.OPEN, batch_id="5"),
    )
    assert first_to_look_at(day) == "3"
    assert first_to_look_at(()) is None
    assert drawers_in(day) == 4


def test_a_difference_within_the_tolerance_warns_and_beyond_it_is_bad() -> None:
    assert tone(sheet(BatchState.SUBMITTED, -100), 100) == "warn"
    assert tone(sheet(BatchState.SUBMITTED, -101), 100) == "bad"
    assert tone(sheet(BatchState.SUBMITTED, 0), 100) == "ok"
