"""What a new catalogue changes, in the words of a notice: which items, from which day, what they cost then (I2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from csr_desk.domain.cart import CartLine, price_cart
from csr_desk.domain.catalogue import Catalogue, ItemVersion
from csr_desk.domain.errors import Refusal
from csr_desk.domain.money import Cents, shown
from csr_desk.services.catalogue_diff import Change, ChangeKind, diff

MOST_SENTENCES = 12


@dataclass(frozen=True, slots=True)
class Changed:
    """The items that a catalogue changes, the day on which the first of it takes effect, and the sentences."""

    items: tuple[str, ...]
    effective_on: date
    words: str


def changed_by(old: Catalogue, new: Catalogue, today: date) -> Changed | None:
    """Return what a catalogue changes for whoever sells from today on; None where no item is another one."""
    by_item: dict[str, list[Change]] = {}
    for change in diff(old, new):
        if change.item:
            by_item.setdefault(change.item, []).append(change)
    if not by_item:
        return None
    days = {code: _first_day(old, new, code, today) for code in by_item}
    sentences = [words for code in by_item for words in _said((old, new), code, days[code], by_item[code])]
    told, more = sentences[:MOST_SENTENCES], len(sentences) - MOST_SENTENCES
    return Changed(
        tuple(by_item), min(days.values()), "\n".join([*told, f"… and {more:,} more."] if more > 0 else told)
    )


def _first_day(old: Catalogue, new: Catalogue, code: str, today: date) -> date:
    """Return when an item is first another one: where a price of its own begins later, then; else today."""
    was, now = _by_start(old, code), _by_start(new, code)
    other = {start for start in was.keys() | now.keys() if was.get(start) != now.get(start)}
    return min((max(start, today) for start in other), default=today)


def _by_start(catalogue: Catalogue, code: str) -> dict[date, ItemVersion]:
    """Return the prices of an item by the day they begin; that one ends when the next begins changes nothing before."""
    item = catalogue.items.get(code)
    return {one.effective_from: replace(one, effective_to=None) for one in item.versions} if item else {}


def _said(two: tuple[Catalogue, Catalogue], code: str, day: date, changes: list[Change]) -> Iterator[str]:
    """Say what an item costs from then on, where it costs the same for everybody; else each change as it is kept."""
    old, new = two
    before, after = _price(old, code, day), _price(new, code, day)
    if before is not None and after is not None and before != after:
        name = new.items[code].name
        yield f"{name} ({code}): {shown(before)} becomes {shown(after)} with its fees from {day:%m/%d/%Y}."
    else:
        yield from (change.sentence if change.kind is not ChangeKind.CHANGED else str(change) for change in changes)


def _price(catalogue: Catalogue, code: str, day: date) -> Cents | None:
    """Return what one of an item costs on a day; None where that depends on what is asked, or it is not sold."""
    try:
        return price_cart(catalogue, (CartLine(code),), price_date=day, demo_inputs=True).total
    except Refusal:
        return None
