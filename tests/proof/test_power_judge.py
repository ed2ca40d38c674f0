"""After a power cut each kind of wrong is seen; whole transactions of an act that was under way are none."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from proof.power_acts import fingerprint
from proof.power_disk import Image
from proof.power_judge import Acknowledged, Entry, Found, Verdict, compare
from proof.power_strace import Call, Player, watch, why_not

FIRST: Entry = ("HPC-1", 1, None, "open", "AA", 0)
SECOND: Entry = ("HPC-1", 2, 1, "sale", "BB", 5_000)
THIRD: Entry = ("HPC-1", 3, 2, "void", "CC", -5_000)
FOURTH: Entry = ("HPC-1", 4, 3, "next", "DD", 5_000)
TOLD = Acknowledged(
    office=True,
    revision="0003",
    entries={"open": FIRST, "sale": SECOND},
    files={"gl.csv": fingerprint(b"old")},
    under_way=(frozenset({THIRD}), frozenset({FOURTH})),
    files_under_way={"gl.csv": fingerprint(b"new")},
    names=frozenset({"gl.csv"}),
)


def judged(*entries: Entry, file: bytes | None = b"old", **more: Any) -> tuple[int, int, int]:
    """Judge what came out: lost, doubled, altered."""
    found = replace(Found(office=True, revision="0003", entries=entries), **more)
    verdict = Verdict()
    compare(found, Image({} if file is None else {"gl.csv": file}, frozenset()), TOLD, verdict, "here")
    assert bool(verdict.first) is (verdict.lost + verdict.doubled + verdict.altered > 0)
    return verdict.lost, verdict.doubled, verdict.altered


def test_what_was_acknowledged_is_enough_and_whole_transactions_under_way_may_be_there() -> None:
    assert judged(FIRST, SECOND) == (0, 0, 0)
    assert judged(FIRST, SECOND, THIRD, file=b"new") == (0, 0, 0)
    assert judged(FIRST, SECOND, THIRD, FOURTH) == (0, 0, 0)


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        pytest.param(lambda: judged(FIRST), (1, 0, 0), id="an entry is gone"),
        pytest.param(lambda: judged(FIRST, SECOND, file=None), (1, 0, 0), id="a file is gone"),
        pytest.param(lambda: judged(office=False), (3, 0, 0), id="the office is gone"),
        pytest.param(lambda: judged(FIRST, SECOND, file=b"ol"), (0, 0, 1), id="a file is there in part"),
        pytest.param(lambda: judged(FIRST, SECOND, fault="chain"), (0, 0, 1), id="the verifier does not agree"),
        pytest.param(lambda: judged(FIRST, SECOND, revision="0002"), (0, 0, 1), id="between two revisions"),
        pytest.param(lambda: judged(FIRST, SECOND, FOURTH), (0, 0, 2), id="a later transaction without the earlier"),
        pytest.param(lambda: judged(FIRST, (*SECOND[:5], 5_001)), (0, 0, 2), id="another amount"),
        pytest.param(lambda: judged(FIRST, SECOND, (*THIRD[:2], 1, *THIRD[3:])), (0, 1, 1), id="a number twice"),
    ],
)
def test_each_kind_of_wrong_is_seen(look: Callable[[], tuple[int, int, int]], expected: tuple[int, int, int]) -> None:
    assert look() == expected


def test_a_station_without_strace_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "strace is not here" in why_not.__wrapped__()


def test_a_call_that_the_model_does_not_know_is_an_error(tmp_path: Path) -> None:
    if why_not():
        pytest.skip(why_not())
    root = tmp_path / "case"
    root.mkdir()
    program = (
        f"import os; open({str(root / 'a')!r}, 'wb').write(b'x'); os.link({str(root / 'a')!r}, {str(root / 'b')!r})"
    )
    (recording,) = watch([sys.executable, "-c", program], [root], tmp_path / "calls")
    player = Player(root)
    calls = [step for step in recording.steps if isinstance(step, Call)]
    with pytest.raises(NotImplementedError, match="link"):
        deque(map(player.play, calls))
    assert player.disk.now().files == {"a": b"x"}
