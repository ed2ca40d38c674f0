"""What the ticket of the queue says, by language. A city has its own translator look at each line before use.

A language without a text, or one whose letters no font here prints, gets English: a wrong word helps nobody.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TicketWords:
    """One language; ``{ahead}`` is filled in."""

    title: str
    ahead: str
    nobody: str
    """Nobody is called before."""
    look: str


_WORDS = {
    "en": TicketWords(
        "Your number",
        "Called before you: {ahead}",
        "You are next.",
        "Please watch the screen. Tell us if you need help or cannot wait standing.",
    ),
    "es": TicketWords(
        "Su número",
        "Antes de usted: {ahead}",
        "Usted es el siguiente.",
        "Mire la pantalla, por favor. Avísenos si necesita ayuda o no puede esperar de pie.",
    ),
    "vi": TicketWords(
        "Số của quý vị",
        "Số người trước quý vị: {ahead}",
        "Quý vị là người kế tiếp.",
        "Xin theo dõi màn hình. Hãy cho chúng tôi biết nếu quý vị cần giúp đỡ hoặc không thể đứng chờ.",
    ),
}


def ticket_words(language: str) -> TicketWords:
    """Return the words of a language; English where there are none."""
    return _WORDS.get(language.lower()[:2], _WORDS["en"])
