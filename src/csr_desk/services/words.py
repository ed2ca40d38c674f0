"""Words that people key beside the money: bounded, trimmed, and never a card number."""

from __future__ import annotations

from csr_desk.domain.card_numbers import find_card_number
from csr_desk.domain.errors import BadInput, CardNumberRefused, MissingInput

LONGEST = 500


def plain_words(text: str, field: str, longest: int = LONGEST) -> str:
    """Return the text without blanks around it; raise CardNumberRefused or BadInput (too long, unprintable)."""
    trimmed = text.strip()
    if len(trimmed) > longest:
        raise BadInput(f"“{field}” has at most {longest} characters.", field=field)
    if "\x00" in trimmed or any("\ud800" <= mark <= "\udfff" for mark in trimmed):
        raise BadInput(f"“{field}” has characters that cannot be kept.", field=field)
    if find_card_number(trimmed):
        raise CardNumberRefused(field=field)
    return trimmed


def needed_words(text: str, name: str, asked: str, longest: int) -> str:
    """Return what has to be keyed; raise MissingInput with the sentence that asks, and what ``plain_words`` raises."""
    words = plain_words(text, name, longest)
    if not words:
        raise MissingInput(asked, field=name)
    return words
