"""Write the measured figures into docs/difference-finder.md: what the difference finder finds on seeded days.

``python tools/difference_figures.py`` measures and writes; a test fails while the document says something else.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from difference_measure import DAYS, FIRST, FIRST_THREE, Beyond, Measured, Row, beyond, measured_days

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "difference-finder.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def table(found: Measured, other: Beyond) -> str:
    """Lay the figures out: all days, each kind, and what happens where there is nothing to find."""
    rows = [_row("**all**", _all(found)), *(_row(f"`{kind}`", row) for kind, row in found.kinds.items())]
    strong, unknown = _share(found.strong_right, found.strong), _share(other.unknown_said, other.unknown)
    no_cause = (
        f"- {other.unknown:,} days off by an amount that no error of the list made: it says that no single cause "
        f"explains it on {unknown}, and calls one strong on {_share(other.unknown_strong, other.unknown)}."
    )
    return "\n".join(
        (
            f"Bar over {DAYS:,} days: first on {FIRST}%, among the first three on {FIRST_THREE}%.",
            "",
            "| planted error | days | first | in the first three | first, its receipt named first | receipts named |",
            "|---|---:|---:|---:|---:|---:|",
            *rows,
            "",
            f"- A first cause called strong ({found.strong:,} days) is the true one on {strong}.",
            f"- {other.quiet:,} days that agree within the tolerance: a cause is claimed on {other.quiet_claimed}.",
            no_cause,
        )
    )


def _all(found: Measured) -> Row:
    rows = found.kinds.values()
    return Row(found.days, found.first, found.in_three, sum(row.alone for row in rows), sum(row.named for row in rows))


def _row(name: str, row: Row) -> str:
    named = f"{row.named * 10 // max(row.first, 1) / 10:.1f}" if row.named else "–"
    shares = (_share(number, row.days) for number in (row.first, row.in_three, row.alone))
    return f"| {name} | {row.days} | {' | '.join(shares)} | {named} |"


def _share(number: int, of: int) -> str:
    return f"{100 * number / of:.1f}%"


def document(text: str) -> str:
    """Put the measured figures into the document."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table(measured_days(), beyond())}\n{END}{after}"


def main() -> None:
    """Measure and write."""
    DOCUMENT.write_text(document(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
