"""What stands on a paper receipt that was written by hand when nothing worked (A25)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PaperNote:
    """What stands on a paper receipt that is entered: its book, its number, the date written on it."""

    book: str
    number: int
    written: date

    def words(self) -> str:
        """``Paper receipt 1234 of book A``."""
        return f"Paper receipt {self.number} of book {self.book}"


def paper_note_of(facts: Mapping[str, object]) -> PaperNote | None:
    """Read the paper receipt out of an entry's facts, if it has one."""
    paper = facts.get("paper")
    if not isinstance(paper, Mapping):
        return None
    return PaperNote(str(paper["book"]), int(paper["number"]), date.fromisoformat(str(paper["written"])))
