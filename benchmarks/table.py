"""The table of results, for the terminal and for docs/performance.md alike (Markdown)."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.measure import Measured

HEAD = ("what", "median", "against", "median", "ratio", "at most", "", "runs")


def table(results: Sequence[Measured]) -> str:
    """The results as Markdown, one line for each claim, and below what must be known to read it."""
    rows = [HEAD, tuple("-" * max(len(name), 3) for name in HEAD), *(_cells(result) for result in results)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEAD))]
    lines = ["| " + " | ".join(f"{cell:<{widths[at]}}" for at, cell in enumerate(row)) + " |" for row in rows]
    notes = [f"- {result.what}: {result.note}." for result in results if result.note]
    return "\n".join([*lines, "", *notes])


def _cells(result: Measured) -> tuple[str, ...]:
    return (
        result.what,
        spoken(result.ours),
        result.against,
        spoken(result.base),
        f"{result.ratio:.2f}",
        f"{result.bar:.1f}",
        "kept" if result.met else f"MISSED by {result.ratio / result.bar - 1:.0%}",
        str(result.rounds),
    )


def spoken(seconds: float) -> str:
    """A time in the unit that a person would use."""
    return f"{seconds * 1000:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"
