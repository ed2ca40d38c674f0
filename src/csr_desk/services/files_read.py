"""Files that other people made, read with a limit: nothing that is brought to the counter fills the memory or the day.

The limits are far above any city's catalogue (129 items need 0.1 MB) and far below what would be felt.
"""

from __future__ import annotations

import csv
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from csr_desk.domain.card_numbers import find_card_number
from csr_desk.domain.errors import BadInput

LARGEST_TABLE = 8_000_000
"""Bytes of one CSV file."""
LARGEST_SEAL = 1_000_000
"""Bytes of a seal or a public key that somebody brings."""
MOST_ROWS = 50_000
"""Rows of one table."""
LARGEST_IMPORT = 128_000_000
"""Bytes of a file of customers, accounts or bills: a million bills of a line each."""
MOST_IMPORTED = 1_000_000
"""Rows of such a file."""
MOST_COLUMNS = 100
LONGEST_CELL = 4_000
"""Characters of one cell."""
CSV_LIMIT = 131_072
"""Characters of a cell that Python's own reader takes."""
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
"""What Python raises over a zip that is none, is cut, encrypted, or packed in a way that it does not know."""


def read_bounded(path: Path, most: int) -> bytes:
    """Return what is in a file of at most ``most`` bytes; raise BadInput for any other, and for what is no file."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise BadInput(f"{path.name} is not a file.")
        if found.st_size <= most:
            with path.open("rb") as file:
                content = file.read(most + 1)
            if len(content) <= most:
                return content
    except (OSError, ValueError) as fault:  # ValueError: a name that no file can have
        reason = fault.strerror if isinstance(fault, OSError) else "it has no possible name"
        raise BadInput(f"{path.name} cannot be read: {reason}.") from None
    raise BadInput(f"{path.name} is larger than {most // 1_000_000 or 1} MB. That is more than any city needs.")


def decoded(content: bytes) -> str:
    """Return UTF-8 text, with or without a mark in front; raise BadInput for any other encoding and for NUL."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput("This file is not UTF-8. Save it as “CSV UTF-8” and try again.") from None
    if "\x00" in text:
        raise BadInput("This file holds characters that no table has. Save it as “CSV UTF-8” and try again.")
    return text


def table_rows(
    text: str, longest: int = LONGEST_CELL, *, most: int = MOST_ROWS, between: str = ","
) -> Iterator[tuple[int, list[str]]]:
    """Yield the line number and the cells of each row of a CSV text, the head first; ``between`` parts the cells.

    Raises BadInput where quotes do not close, and beyond the limits of rows (``most``), columns and cells.
    """
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True)
    number = 0
    try:
        for number, cells in enumerate(lines, start=1):
            if number > most:
                raise BadInput(f"There are more than {most:,} rows.")
            if len(cells) > MOST_COLUMNS:
                raise BadInput(f"Row {number} has more than {MOST_COLUMNS} cells.")
            if cells and len(max(cells, key=len)) > longest:
                raise BadInput(f"Row {number} has a cell of more than {longest:,} characters.")
            yield number, cells
    except csv.Error as fault:
        raise BadInput(f"This is no CSV table from row {number + 1} on: {fault}.") from None


def cell_fault(text: str) -> str:
    """Say why the text of a cell may not be taken in, or nothing: marks that cannot be kept, a card number."""
    if not text.isprintable() and any(mark < " " and mark not in "\t\r\n" for mark in text):
        return "This cell holds characters that cannot be kept."
    if find_card_number(text):
        return "This looks like a card number. Never keep one; take it out."
    return ""
