"""What changes between two catalogues, in sentences, for the person who approves the new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from csr_desk.domain.catalogue import Catalogue
from csr_desk.services.catalogue_export import sheet_rows

ORDERS = ("step", "row", "order")
NOUNS: Mapping[str, str] = {
    "price_steps": "price step",
    "price_table": "table row",
    "inputs": "input",
    "shares": "share",
    "companions": "companion",
}

Place = tuple[str, ...]
Cells = Mapping[str, str]


class ChangeKind(StrEnum):
    """What happened to an item."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: of which item, and what in words."""

    kind: ChangeKind
    item: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.item}: {self.sentence}" if self.item else self.sentence


def diff(old: Catalogue, new: Catalogue) -> tuple[Change, ...]:
    """Return the changes from ``old`` to ``new``, by item; none when both are the same."""
    return tuple(_changes(old, new))


def _changes(old: Catalogue, new: Catalogue) -> Iterator[Change]:
    for name in ("name", "label", "demonstration"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Change(ChangeKind.CHANGED, "", f"The catalogue's {name}: “{before}” becomes “{after}”.")
    was, now = _by_item(old), _by_item(new)
    for code in sorted(was.keys() | now.keys()):
        if code not in was:
            item = new.items[code]
            yield Change(ChangeKind.ADDED, code, f"{item.name} is added with {len(item.versions)} price(s).")
        elif code not in now:
            yield Change(ChangeKind.REMOVED, code, f"{old.items[code].name} is removed.")
        else:
            yield from _item_changes(code, was[code], now[code])


def _by_item(catalogue: Catalogue) -> dict[str, dict[Place, Cells]]:
    """Place every row of every item: sheet, version, and the numbers of its order."""
    found: dict[str, dict[Place, Cells]] = {}
    for name, rows in sheet_rows(catalogue).items():
        for cells in rows:
            if name == "catalogue":
                continue
            numbers = tuple(cells.get(column, "") for column in ORDERS)
            place = (cells.get("effective_from", ""), name, *numbers)
            found.setdefault(cells["item"], {})[place] = cells
    return found


def _item_changes(code: str, was: Mapping[Place, Cells], now: Mapping[Place, Cells]) -> Iterator[Change]:
    gone = {place[0] for place in was if place[1] == "versions" and place not in now}
    come = {place[0] for place in now if place[1] == "versions" and place not in was}
    for start in sorted(come):
        yield Change(ChangeKind.CHANGED, code, f"A price from {start} is added.")
    for start in sorted(gone):
        yield Change(ChangeKind.CHANGED, code, f"The price from {start} is removed.")
    for place in sorted(was.keys() | now.keys()):
        if place[0] not in gone | come:
            for sentence in _row_changes(place, was.get(place), now.get(place)):
                yield Change(ChangeKind.CHANGED, code, sentence)


def _row_changes(place: Place, was: Cells | None, now: Cells | None) -> Iterator[str]:
    title = _title(place, now or was or {})
    if was is None:
        yield f"{title} is added."
        return
    if now is None:
        yield f"{title} is removed."
        return
    for column in was.keys() | now.keys():
        before, after = was.get(column, ""), now.get(column, "")
        if before != after:
            what = column.replace("_", " ")
            yield f"{title}, {what}: {_said(before)} becomes {_said(after)}."


def _said(text: str) -> str:
    return f"“{text}”" if text else "nothing"


def _title(place: Place, cells: Cells) -> str:
    start, sheet, *numbers = place
    parts = [f"From {start}" if start else "Item"]
    if sheet in NOUNS:
        parts.append(f"{NOUNS[sheet]} {'.'.join(number for number in numbers if number)}")
    name = cells.get("input") or cells.get("companion")
    if name:
        parts.append(f"“{name}”")
    return " ".join([", ".join(parts[:2]), *parts[2:]])
