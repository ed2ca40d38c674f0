"""The receipt as rows of plain text for a till printer that sets its own type (the devices turn rows into bytes)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from csr_desk.documents.plain_text import clean
from csr_desk.documents.receipt_words import ReceiptWords, receipt_words
from csr_desk.domain.endorsement import Endorsement
from csr_desk.domain.money import shown
from csr_desk.domain.receipt import Receipt


class TillRow(NamedTuple):
    """A line: text, its figure at the right edge, and how it looks."""

    left: str
    right: str = ""
    look: str = "plain"


def till_rows(receipt: Receipt) -> tuple[TillRow, ...]:
    """The same words as on the 80 mm PDF, line by line."""
    return tuple(_rows(receipt_words(receipt)))


def endorsement_rows(paper: Endorsement) -> tuple[TillRow, ...]:
    """What a slip printer prints on the back of the checks of a receipt, one below the other."""
    rows: list[TillRow] = []
    for check in paper.checks:
        first, *others = check.lines
        rows.append(TillRow(clean(first), "", "strong"))
        rows.extend(TillRow(clean(line)) for line in others)
        rows.append(TillRow(clean(check.number), shown(check.amount)))
        rows.append(_RULE)
    return tuple(rows)


_RULE = TillRow("", "", "rule")


def _rows(words: ReceiptWords) -> Iterator[TillRow]:
    for mark in words.marks:
        yield TillRow(mark, "", "mark")
    if words.demo:
        yield TillRow(words.demo, "", "centre")
    yield TillRow(words.office, "", "title")
    for line in words.address:
        yield TillRow(line, "", "centre")
    yield TillRow(f"{words.title} {words.number}", "", "title")
    yield _RULE
    for label, value in words.facts:
        yield TillRow(f"{label}: {value}")
    for note in words.notes:
        yield TillRow(note, "", "strong")
    yield _RULE
    for entry in words.entries:
        yield TillRow(entry.name, entry.amount, "strong")
        counted = f" · {entry.quantity} × {entry.each}" if entry.each and entry.quantity != "1" else ""
        yield TillRow(f"  {entry.code}{counted}")
        for detail in entry.details:
            yield TillRow(f"  {detail}")
    yield _RULE
    for figure in (*words.sums, *words.paid, *words.outcome):
        yield TillRow(figure.label, figure.amount, "strong" if figure.strong else "plain")
    yield TillRow(words.number, "", "code")
    yield TillRow(words.number, "", "centre")
    yield TillRow(f"Receipt code {words.code}", "", "centre")
    if words.demo:
        yield TillRow(words.demo, "", "centre")
