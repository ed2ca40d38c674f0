"""Looks for numbers in files as they lie on the disk: whatever the script, the spacing, the encoding or the packing."""

from __future__ import annotations

import io
import sqlite3
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from pypdf import PdfReader
from pypdf.generic import StreamObject

_GAP = 5
"""Bytes or marks between two digits of one number (two of UTF-16 with a blank between them need three)."""
_DIGITS = {chr(code): str(value) for code in range(0x110000) if (value := unicodedata.digit(chr(code), -1)) >= 0}


def files_with(folder: Path, numbers: frozenset[str]) -> list[str]:
    """Return which files under a folder hold one of the numbers, and which number."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found += [f"{path.name}: {number}" for number in sorted(numbers_in(path.read_bytes(), numbers))]
            if path.read_bytes()[:16] == b"SQLite format 3\0":
                found += [f"{path.name} ({where}): {number}" for where, number in _in_cells(path, numbers)]
    return found


def numbers_in(content: bytes, numbers: frozenset[str]) -> set[str]:
    """Return which numbers stand in some bytes, read in every way that text is written."""
    found: set[str] = set()
    for text in _readings(content):
        found |= _in_text(text, numbers)
    for part in _unpacked(content):
        found |= numbers_in(part, numbers)
    return found


def _readings(content: bytes) -> Iterator[str]:
    yield content.decode("latin-1")
    if not content.isascii():
        yield content.decode("utf-8", "ignore")
        for encoding in ("utf-16-le", "utf-16-be"):
            if b"\0" in content[:4096]:
                yield content.decode(encoding, "ignore")
                yield content[1:].decode(encoding, "ignore")


def _unpacked(content: bytes) -> list[bytes]:
    """Give what is packed in some bytes; a seal that begins like a zip by chance holds nothing."""
    try:
        return list(_parts(content))
    except (zipfile.BadZipFile, zlib.error):
        return []


def _parts(content: bytes) -> Iterator[bytes]:
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    elif content[:2] == b"\x1f\x8b":
        yield zlib.decompress(content, wbits=31)
    elif content[:5] == b"%PDF-":
        yield from _of_pdf(content)


def _of_pdf(content: bytes) -> Iterator[bytes]:
    reader = PdfReader(io.BytesIO(content))
    yield "\n".join(page.extract_text() for page in reader.pages).encode()
    for number in sorted(reader.xref[0]):
        thing = reader.get_object(number)
        if isinstance(thing, StreamObject):
            yield thing.get_data()


def _in_text(text: str, numbers: frozenset[str]) -> set[str]:
    found: set[str] = set()
    sizes = sorted({len(number) for number in numbers})
    for stretch in _stretches(text):
        if len(stretch) < sizes[0]:
            continue
        for size in sizes:
            found |= {part for at in range(len(stretch) - size + 1) if (part := stretch[at : at + size]) in numbers}
    return found


def _stretches(text: str) -> Iterator[str]:
    digits: list[str] = []
    gap = 0
    for mark in text:
        if mark in _DIGITS:
            digits.append(_DIGITS[mark])
            gap = 0
        elif digits:
            gap += 1
            if gap > _GAP:
                yield "".join(digits)
                digits, gap = [], 0
    yield "".join(digits)


def _in_cells(path: Path, numbers: frozenset[str]) -> Iterator[tuple[str, str]]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            for row in database.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - the database's own name
                for number in _in_row(row, numbers):
                    yield name, number


def _in_row(row: Iterable[object], numbers: frozenset[str]) -> set[str]:
    found: set[str] = set()
    for cell in row:
        if isinstance(cell, str | bytes | int):
            found |= numbers_in(cell if isinstance(cell, bytes) else str(cell).encode("utf-8", "replace"), numbers)
    return found
