"""The table of results, for the terminal and for docs/performance.md alike (Markdown)."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.measure import Measured

HEAD = ("what", "median", "against", "median", "ratio", "at most", "", "runs", "note")


def table(results: Sequence[Measured]) -> str:
    """The results as Markdown, one line for each claim."""
    rows = [HEAD, tuple("-" * len(name) or "-" for name in HEAD), *(_cells(result) for result in results)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEAD))]
    return "\n".join("| " + " | ".join(f"{cell:<{widths[at]}}" for at, cell in enumerate(row)) + " |" for row in rows)


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
        result.note,
    )


def spoken(seconds: float) -> str:
    """A time in the unit that a person would use."""
    return f"{seconds * 1000:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"
