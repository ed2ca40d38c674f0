"""Rows as CSV for other people's spreadsheets: text can never become a formula, figures stay figures."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
"""What begins a formula, the full-width signs of a Japanese keyboard among them."""
_BLANK = "".join(map(chr, (*range(1, 33), 0x7F, 0x85, 0xA0, 0x1680, *range(0x2000, 0x2010), *range(0x2028, 0x2030),
                           0x205F, 0x2060, *range(0x2066, 0x206A), 0x3000, 0xFEFF)))  # fmt: skip
"""Blanks and marks without a width that may stand before it."""


def runs_as_formula(text: str) -> bool:
    """Say whether a spreadsheet would run the text as a formula, also behind blanks (OWASP ASVS 1.2.10)."""
    return text.startswith(_FORMULA) or text.lstrip(_BLANK).startswith(_FORMULA)


def guarded(text: str) -> str:
    """Put ``'`` before text that a spreadsheet would run as a formula."""
    return f"'{text}" if runs_as_formula(text) else text


def write_rows(rows: Iterable[Sequence[str | int]], *, numbers: frozenset[int] = frozenset()) -> bytes:
    """Write rows as UTF-8 CSV (RFC 4180); columns in ``numbers`` hold figures of ours and are never guarded."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([cell if at in numbers else guarded(str(cell)) for at, cell in enumerate(row)])
    return out.getvalue().encode("utf-8")
