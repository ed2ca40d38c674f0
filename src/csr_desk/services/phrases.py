"""The phrases that ship with the program; a city puts its own file in their place."""

from __future__ import annotations

from functools import cache

from csr_desk import locations
from csr_desk.domain.phrases import PhraseBook, read_book


@cache
def phrase_book() -> PhraseBook:
    """Return the book; it is read once."""
    return read_book((locations.resources() / "phrases" / "phrases.json").read_bytes())
