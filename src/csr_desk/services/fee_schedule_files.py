"""The published city-wide fee schedule (one row a fee, text amounts) read into flat items.

Columns: category, description, statutory_authority, amount_text, as_of; a department and a row number where there
are any. Every row ends up either as an item or in the list for a person, with the reasons; none is guessed at and
none is dropped. The schedule says nothing of accounts, administrative fees, tax or fields: these need a person too.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path

from csr_desk.domain.catalogue import Catalogue, Item, ItemVersion, Share
from csr_desk.domain.errors import BadInput
from csr_desk.domain.pricing import Flat, PriceRule, Step, read_day
from csr_desk.domain.search import words_of
from csr_desk.services.catalogue_sheets import Fault, FaultyCatalogue, cell_faults
from csr_desk.services.files_read import LARGEST_TABLE, decoded, read_bounded, table_rows

NEEDED = ("category", "description", "statutory_authority", "amount_text", "as_of")
DEPARTMENT = ("department", "dept_inferred")
_BEYOND = "beyond the last column"
CODE_LETTERS = 6
WORD_LETTERS = 8

_PRICE = re.compile(r"\$?(\d{1,3}(?:,\d{3})+|\d{1,9})(\.\d{2})?", re.ASCII)
_RATE = re.compile(r"\$?\d+\.(\d|\d{3,})", re.ASCII)
_DEPARTMENT = re.compile(r"\(([A-Z]{2,5})\)")
_HARD_WORDS: Mapping[str, re.Pattern[str]] = {
    "tax": re.compile(r"\btax(es)?\b", re.IGNORECASE),
    "a minimum or maximum": re.compile(r"\b(min|max)(imum)?\b|whichever", re.IGNORECASE),
    "a percentage": re.compile(r"%|\bpercent", re.IGNORECASE),
    "amounts of its own": re.compile(r"\$\s*\d"),
    "a part that comes on top": re.compile(r"\b(additional|plus|in addition|base (charge|fee)|above)\b", re.IGNORECASE),
    "a doubled fee": re.compile(r"\bdouble fee\b", re.IGNORECASE),
    "instalments or proration": re.compile(r"\b(instal(l)?ments?|prorated?|half[- ]year)\b", re.IGNORECASE),
    "tiers or the first units": re.compile(r"\b(first|next|each thereafter|over|greater than)\s+\d", re.IGNORECASE),
}
"""Words in a description that make a plain amount something other than a flat price."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """What was read: items that need no thought, and the rows that a person must look at."""

    catalogue: Catalogue
    doubtful: tuple[Fault, ...]
    rows: int

    @property
    def doubtful_rows(self) -> int:
        """How many rows are listed for a person (a row may be listed for several reasons)."""
        return len({fault.row for fault in self.doubtful})


def read_schedule(path: Path, posting: Share) -> Schedule:
    """Read a published schedule; every item posts to ``posting`` until a person assigns accounts.

    Raise FaultyCatalogue when the file itself cannot be read or lacks a column.
    """
    rows = _rows(path)
    same = Counter(_identity(cells) for cells in rows)
    items: dict[str, Item] = {}
    doubtful: list[Fault] = []
    for number, cells in enumerate(rows, start=2):
        doubts = _doubts(path.name, number, cells)
        if same[_identity(cells)] > 1:
            sentence = "The same fee stands there more than once. Decide which row holds, or name them apart."
            doubts.append(Fault(path.name, number, "description", sentence))
        if doubts:
            doubtful.extend(doubts)
            continue
        code = _code(cells, items)
        items[code] = _item(code, cells, posting)
    catalogue = Catalogue(f"Fee schedule {path.stem}", path.stem, items)
    return Schedule(catalogue, tuple(doubtful), len(rows))


def _rows(path: Path) -> Sequence[Mapping[str, str]]:
    try:
        lines = [cells for _, cells in table_rows(decoded(read_bounded(path, LARGEST_TABLE))) if cells]
    except BadInput as refusal:
        raise FaultyCatalogue([Fault(path.name, 0, "", refusal.message)]) from None
    head, rows = (lines[0], lines[1:]) if lines else ([], [])
    faults = [Fault(path.name, 1, column, "This column is missing.") for column in NEEDED if column not in head]
    faults += [
        Fault(path.name, 1, column, "This column stands there twice.") for column in NEEDED if head.count(column) > 1
    ]
    if faults:
        raise FaultyCatalogue(faults)
    return [_by_column(head, cells) for cells in rows]


def _by_column(head: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
    found = {column: text.strip() for column, text in zip_longest(head, cells[: len(head)], fillvalue="")}
    return {**found, _BEYOND: "; ".join(cells[len(head) :])}


def _identity(cells: Mapping[str, str]) -> tuple[str, ...]:
    return (_department(cells), cells["category"], cells["description"], cells["statutory_authority"])


def _department(cells: Mapping[str, str]) -> str:
    return next((cells[column] for column in DEPARTMENT if cells.get(column)), "Citywide")


def _doubts(file: str, number: int, cells: Mapping[str, str]) -> list[Fault]:
    """Say what keeps a row from being a flat price in force from a known day."""
    found = list(cell_faults(file, number, cells))
    amount = amount_doubt(cells["amount_text"])
    if amount:
        found.append(Fault(file, number, "amount_text", amount))
    since = _date_doubt(cells["as_of"])
    if since:
        found.append(Fault(file, number, "as_of", since))
    if not cells["description"]:
        found.append(Fault(file, number, "description", "The fee has no description."))
    told = f"{cells['category']}: {cells['description']}"
    for what, words in _HARD_WORDS.items():
        if words.search(told):
            sentence = f"The description speaks of {what}, so the amount alone may not be the price."
            found.append(Fault(file, number, "description", sentence))
    if cells.get(_BEYOND):
        found.append(Fault(file, number, "", "The row has more cells than there are columns."))
    return found


def amount_doubt(text: str) -> str:
    """Say why an amount as printed is not a plain price; nothing when it is one (``$1,286.60``)."""
    if _PRICE.fullmatch(text):
        return ""
    if not text:
        return "There is no amount."
    if _RATE.fullmatch(text):
        said = "is a rate finer or coarser than cents. Say what it is multiplied by."
    elif "tax" in text.casefold():
        said = "holds tax. Enter the price, how the tax is treated and its rate."
    elif "%" in text:
        said = "is a percentage. Say what of."
    elif any(sign.isdigit() for sign in text):
        said = "is more than one amount or an amount with conditions. Enter each as a step of the price."
    else:
        said = "is not an amount. Enter a price, a rule, or an amount that the clerk keys."
    return f"“{text}” {said}"


def _date_doubt(text: str) -> str:
    if not text:
        return "No date says since when this holds."
    try:
        read_day(text)
    except BadInput:
        return f"“{text}” is not a date. Say since when this holds."
    return ""


def _code(cells: Mapping[str, str], taken: Mapping[str, Item]) -> str:
    """Make a code from what the row says, so that the same fee keeps its code in every later schedule."""
    department = _department(cells)
    short = _DEPARTMENT.search(department)
    head = short[1] if short else "".join(words_of(department))[:3].upper()
    word = next((one for one in words_of(cells["category"]) if one.isascii()), "fee")[:WORD_LETTERS].upper()
    digest = hashlib.sha256("\n".join(_identity(cells)).encode()).digest()
    tail = b32encode(digest).decode()
    length = CODE_LETTERS
    while f"{head}-{word}-{tail[:length]}" in taken:
        length += 1
    return f"{head}-{word}-{tail[:length]}"


def _item(code: str, cells: Mapping[str, str], posting: Share) -> Item:
    since: date = read_day(cells["as_of"])
    amount = Decimal(cells["amount_text"].removeprefix("$").replace(",", ""))
    version = ItemVersion(
        effective_from=since,
        effective_to=None,
        price=PriceRule((Step(Flat(amount)),)),
        shares=(posting,),
        authority=cells["statutory_authority"],
        source="published schedule",
        note=f"Row {cells['row']} of the schedule." if cells.get("row") else "",
    )
    return Item(code, cells["description"], _department(cells), category=cells["category"], versions=(version,))
