"""What a closed day commits to: the heads of every register in its entry, told on paper, also of the first releases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from csr_desk.data.queries import entries, heads
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.witness import SealState
from csr_desk.services import balancing, reports, witnesses
from proof.counter import SUPERVISOR
from sealing import Office, office


@pytest.fixture
def own(database_url: str, tmp_path: Path) -> Iterator[Office]:
    """Give an office on each engine."""
    with office(database_url, tmp_path) as made:
        yield made


def test_the_entry_of_the_close_commits_to_every_register_and_the_paper_tells_it(own: Office) -> None:
    own.day()
    day = own.counter.day
    with own.desk.read() as work:
        (closed,) = entries.day_events(work.conn, day, day, (EventKind.DAY_CLOSED,))
        register = heads.head_now(work.conn, "HPC-1")
    assert register is not None
    said = {"seq": register.seq, "receipts": 4, "perpetual": 10_000, "head": register.head}
    assert closed.facts["heads"] == {"HPC-1": said}
    witness = reports.revenue_of(own.desk, day, day).witness
    assert witness is not None
    assert (witness.registers, witness.state) == ((register,), SealState.WAITING)
    assert (witness.closed.seq, witness.closed.head) == (closed.key.seq, closed.mac.hex())
    own.seal()
    sealed = reports.revenue_of(own.desk, day, day).witness
    assert sealed is not None
    assert (sealed.state, sealed.sealed_by, sealed.key_id) == (SealState.SEALED, "Samuel Park", own.public.key_id)
    board = balancing.day_board(own.desk, SUPERVISOR, day)
    assert board.seals.state_of(day) is SealState.SEALED


def test_an_open_day_and_a_period_have_no_witness(own: Office) -> None:
    own.counter.open()
    day = own.counter.day
    assert reports.revenue_of(own.desk, day, day).witness is None
    assert reports.revenue_of(own.desk, day.replace(day=1), day).witness is None


def test_an_office_without_a_key_keeps_no_seals_and_old_closes_still_tell_their_heads() -> None:
    old = {"heads": {"HPC-1": {"perpetual": 5000, "head": "ab" * 32}}}
    (head,) = witnesses._registers(old)
    assert (head.seq, head.receipts, head.perpetual, head.last_receipt) == (0, 0, 5000, "")
    assert witnesses._registers({}) == ()
