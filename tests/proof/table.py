"""What a proof found, and the table that ``make prove`` prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    """How much is tried: a taste for the test suite, for every commit, for a night."""

    TASTE = "taste"
    COMMIT = "commit"
    NIGHT = "night"


@dataclass(frozen=True, slots=True)
class Row:
    """One guarantee on one engine: what was tried, what was done to it, what came of it."""

    guarantee: str
    """``G1`` to ``G18`` of the reliability promises in ``docs/reliability.md``."""
    what: str
    engine: str
    """``sqlite``, ``postgresql`` or ``both``."""
    attempts: int
    """What was tried: acts, disk images, imports, tampered copies …"""
    faults: int
    """How many faults were done to the program on the way: kills, errors, cuts, changed bits."""
    lost: int = 0
    """Acknowledged acts that were not there afterwards."""
    doubled: int = 0
    """Acts that were there twice, or numbers that were given twice."""
    altered: int = 0
    """Acts that were there but not as they were acknowledged; half-written or unnoticed changes as well."""
    remark: str = ""
    broken_on_purpose: bool = False
    """A self-test: the promise was broken first, so the harness must find something."""

    @property
    def found(self) -> int:
        """How much was wrong."""
        return self.lost + self.doubled + self.altered

    @property
    def passed(self) -> bool:
        """Say whether it is as it must be: nothing wrong, or for a self-test something found; and something tried."""
        return self.attempts > 0 and (self.found > 0) is self.broken_on_purpose


HEAD = ("", "guarantee", "engine", "attempts", "faults", "lost", "doubled", "altered", "remark")


def lines(rows: Iterable[Row]) -> list[str]:
    """Lay the rows out under each other; self-tests stand below what they test, marked ``!``."""
    cells = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(row[n]) for row in cells) for n in range(len(HEAD))]
    return [_line(row, widths).rstrip() for row in cells]


def _cells(row: Row) -> tuple[str, ...]:
    mark = "ok" if row.passed else "FAILED"
    name = f"{row.guarantee} {'! ' if row.broken_on_purpose else ''}{row.what}"
    figures = (row.attempts, row.faults, row.lost, row.doubled, row.altered)
    return (mark, name, row.engine, *(f"{figure:,}" for figure in figures), row.remark)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    figures = range(3, 8)
    return "  ".join(
        cell.rjust(width) if n in figures else cell.ljust(width)
        for n, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
