"""Rows as CSV for other people's spreadsheets: text can never become a formula, figures stay figures."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def runs_as_formula(text: str) -> bool:
    """Say whether a spreadsheet would run the text as a formula, also behind spaces (OWASP ASVS 1.2.10)."""
    return text.startswith(_FORMULA) or text.lstrip(" \u00a0").startswith(_FORMULA)


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
