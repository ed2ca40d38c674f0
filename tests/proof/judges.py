"""Judges of what came out, by programs that had no part in making it: pypdf, csv, beancount, a till printer."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator

from beancount.core.data import Transaction
from beancount.parser import parser

from devices.escpos_reader import printed
from documents import reading

ACTIVE = reading.ACTIVE | {"/Launch", "/RichMedia", "/XFA", "/GoToR", "/SubmitForm", "/ImportData", "/Movie", "/Sound"}
_DRAWN = frozenset({"/Image", "/Form", "/Link", "/Widget", "/FileAttachment"})
_FIGURE = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_STARTS = frozenset("=+-@\t\r\n\0＝＋－＠")


def pdf_faults(pdf: bytes) -> Iterator[str]:
    """Yield what in a PDF acts, leads elsewhere, or is a picture."""
    for thing in reading.dictionaries(pdf):
        yield from sorted(ACTIVE & {str(key) for key in thing})
        for key in ("/Subtype", "/S"):
            if str(thing.get(key)) in _DRAWN | ACTIVE:
                yield f"{key} {thing[key]}"


def csv_faults(content: bytes) -> Iterator[str]:
    """Yield cells that a spreadsheet would run, and rows that are wider or narrower than the head."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    for row in rows:
        if len(row) != len(rows[0]):
            yield f"a row of {len(row)} cells under a head of {len(rows[0])}"
        for cell in row:
            first = next((mark for mark in cell if not _blank(mark)), "")
            if first in _STARTS and first and not _FIGURE.fullmatch(cell):
                yield f"a cell that runs: {cell[:30]!r}"


def _blank(mark: str) -> bool:
    return mark not in "\t\r\n\0" and (mark.isspace() or unicodedata.category(mark) in {"Cf", "Cc", "Zs"})


def till_faults(job: bytes) -> Iterator[str]:
    """Yield commands that a receipt has no business with."""
    try:
        slip = printed(job)
    except (AssertionError, KeyError, IndexError, UnicodeDecodeError) as fault:
        yield f"the printer stumbled: {type(fault).__name__} {fault}"
        return
    if slip.kicks:
        yield "the drawer was opened"
    if slip.cuts != 1:
        yield f"cut {slip.cuts} times"


def line_faults(line: str) -> Iterator[str]:
    """Yield marks of a line (of a log, of a slip) that end it or drive what shows it."""
    for mark in sorted({mark for mark in line if unicodedata.category(mark) in {"Cc", "Cf", "Zl", "Zp", "Cs"}}):
        yield f"U+{ord(mark):04X}"


def beancount_faults(content: bytes, entries: int) -> Iterator[str]:
    """Yield what beancount's own parser stumbles over, and transactions that nobody wrote."""
    found, errors, _options = parser.parse_string(content.decode("utf-8"))
    yield from (str(error.message) for error in errors)
    booked = sum(isinstance(one, Transaction) for one in found)
    if booked != entries:
        yield f"{booked} transactions for {entries} entries"
    if any(type(one).__name__ not in {"Transaction", "Open"} for one in found):
        yield "a directive that nobody wrote"


def json_faults(content: bytes, keys: frozenset[str]) -> Iterator[str]:
    """Yield what in a JSON object stands there twice or has no business there."""
    seen: list[str] = []

    def pairs(found: list[tuple[str, object]]) -> dict[str, object]:
        names = [name for name, _ in found]
        if len(set(names)) < len(names):
            seen.append("a key that stands there twice")
        return dict(found)

    data = json.loads(content, object_pairs_hook=pairs)
    yield from seen
    if set(data) != keys:
        yield f"keys {sorted(set(data) ^ keys)}"
