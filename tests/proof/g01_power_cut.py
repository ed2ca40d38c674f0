"""G1: no acknowledged payment is lost or altered when the power fails.

A real run of the program is recorded call by call (``proof.power_strace``), and after every call that wrote or settled
something the power fails on a model of the disk (``proof.power_disk``), in every way that is tried there. The program
opens what is left, verifies it in full, and it is compared with what had been acknowledged (``proof.power_judge``).
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from postgres_cluster import memory_folder
from proof.power_acts import SETTINGS, set_durability
from proof.power_judge import Judge, Verdict, compare, stages
from proof.power_strace import Mark, Player, Recording, watch, why_not
from proof.table import Row, Tier

GUARANTEE = "G1"


@dataclass(frozen=True, slots=True)
class Trial:
    """A case as ``proof.power_acts`` takes it, and how it stands in the table."""

    case: str
    what: str
    shuffled: int
    """Random images at each boundary, beside the fixed ones."""
    size: int = 4
    """Sales of a day."""
    broken: bool = False
    every: int = 1
    """At which boundaries the power fails: at each, or at each second one …"""

    @property
    def word(self) -> str:
        """The case with its size."""
        return f"{self.case}={self.size}"


def trials(tier: Tier) -> list[Trial]:
    """Say what is tried."""
    if tier is Tier.TASTE:
        return [
            Trial("day", "power cut in a day at the counter", 1, size=1, every=25),
            Trial("station", "power cut while an office is set up", 0, every=15),
            Trial("files", "power cut while files are written", 1),
            Trial("day:DELETE+FULL", "DELETE + FULL", 0, size=1, broken=True, every=12),
        ]
    night = tier is Tier.NIGHT
    more = 12 if night else 1
    return [
        Trial("day", "power cut in a day at the counter", more, size=24 if night else 4),
        Trial("station", "power cut while an office is set up", more),
        Trial("files", "power cut while files are written", more * 4),
        Trial("backup", "power cut while a backup is made", more),
        Trial("from-0001", "power cut in the migration from 0001", more),
        Trial("from-0002", "power cut in the migration from 0002", more),
        Trial("day:DELETE+FULL", "DELETE + FULL", 0, size=2, broken=True),
        Trial("day:WAL+NORMAL", "WAL + NORMAL", 0, size=2, broken=True, every=4),
        Trial("day:OFF", "synchronous OFF", 0, size=2, broken=True, every=8),
        Trial("files:no-sync", "files without a sync", 1, broken=True),
        Trial("files:own-name", "files written under their name", 1, broken=True),
    ]


def rows(tier: Tier, folder: Path) -> Iterator[Row]:
    """Record everything in one process, then cut the power; one row that says so where nothing can be recorded."""
    missing = why_not()
    if missing:
        yield Row(GUARANTEE, "power cut", "sqlite", 0, 0, remark=missing)
        return
    wanted = trials(tier)
    with tempfile.TemporaryDirectory(prefix="power-", dir=memory_folder() or folder) as place:
        for trial, recording in zip(wanted, record(wanted, Path(place)), strict=True):
            begun = time.monotonic()
            verdict = cut(recording, trial, Path(place))
            yield row(trial, verdict, time.monotonic() - begun)
    set_durability("")


def record(wanted: Sequence[Trial], folder: Path) -> list[Recording]:
    """Let the program work through the cases while strace watches."""
    command = [sys.executable, "-m", "proof.power_acts", str(folder), *(trial.word for trial in wanted)]
    return watch(command, [folder / trial.case for trial in wanted], folder / "calls")


def cut(recording: Recording, trial: Trial, folder: Path) -> Verdict:
    """Let the power fail at every boundary of a recording and judge what is left."""
    settings = trial.case.partition(":")[2]
    set_durability(settings if settings in SETTINGS else "")  # the same program opens it that wrote it
    told = stages([step for step in recording.steps if isinstance(step, Mark)])
    player, judge, verdict = Player(recording.root), Judge(folder), Verdict()
    dice = Random(trial.case)  # noqa: S311 - the same images every time
    seen: set[tuple[bytes, int]] = set()
    images: set[bytes] = set()
    stage = -1
    boundary = 0
    for step in recording.steps:
        if isinstance(step, Mark):
            stage += 1
            if stage == 0:
                player.disk.settle()
        elif not player.play(step) or stage < 0:
            continue
        boundary += 1
        if boundary % trial.every and not isinstance(step, Mark):
            continue
        verdict.cuts += 1
        for image in player.disk.images(dice, trial.shuffled):
            fingerprint = image.fingerprint()
            if (fingerprint, stage) not in seen:
                seen.add((fingerprint, stage))
                images.add(fingerprint)
                where = f"after {boundary} calls, act {stage}"
                compare(judge.look(image), image, told[stage], verdict, where)
    refuse_gaps(player)
    verdict.images, verdict.databases, verdict.sold = len(images), judge.databases, judge.sold
    return verdict


def refuse_gaps(player: Player) -> None:
    """Raise RuntimeError unless the model of the disk ended up with the very files that the program left."""
    expected = {name: text for name, text in player.disk.now().files.items() if not name.endswith("-shm")}
    there = [path for path in player.root.rglob("*") if path.is_file() and not path.name.endswith("-shm")]
    real = {str(path.relative_to(player.root)): path.read_bytes() for path in there}
    if real != expected:
        other = sorted(name for name in {*real, *expected} if real.get(name) != expected.get(name))
        raise RuntimeError(f"the recording is not whole: {', '.join(other)}")


def row(trial: Trial, verdict: Verdict, seconds: float) -> Row:
    """Lay a verdict out: images tried, power cuts done, acts lost."""
    remark = f"{verdict.databases} outcomes verified, {verdict.sold} sold on, {seconds:.0f} s"
    return Row(
        GUARANTEE, trial.what, "sqlite", verdict.images, verdict.cuts, verdict.lost, verdict.doubled, verdict.altered,
        remark if trial.broken or not verdict.first else f"{remark}; {verdict.first}"[:160],
        trial.broken,
    )  # fmt: skip
