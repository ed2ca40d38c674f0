"""What people typed, made safe to print: no control characters, no direction tricks, no endless lines."""

from __future__ import annotations

import unicodedata

NAME = 200
"""Characters kept of a name, a label or a reference."""
PROSE = 1000
"""Characters kept of a memo, a reason or a sentence."""

_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKS = frozenset("\t\n\v\f\r\x85\u2028\u2029")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0e\ufe0f")


def clean(text: str, limit: int = NAME) -> str:
    """Strip controls, direction marks and invisible characters, join lines, compose letters, cap the length.

    A cut text ends in “…”, so that nobody takes it for the whole (reliability rule for papers).
    """
    if len(text) <= limit and text.isprintable() and (text.isascii() or _already_clean(text)):
        return text
    kept = unicodedata.normalize("NFC", text[: limit * 8])
    kept = "".join(map(_printed, kept))
    kept = " ".join(kept.split())
    return kept if len(kept) <= limit else f"{kept[: limit - 1].rstrip()}…"


def _already_clean(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text) and _INVISIBLE.isdisjoint(text)


def _printed(char: str) -> str:
    if char in _BREAKS:
        return " "
    if char in _DIRECTION or char in _INVISIBLE:
        return ""
    kind = unicodedata.category(char)
    if kind == "Cs":  # half of a pair from a damaged file: no encoding takes it, not even in a PDF's title
        return f"‹U+{ord(char):04X}›"
    return "" if kind == "Cc" else char


def grouped(code: str, size: int = 4) -> str:
    """Long codes in groups, as people read them aloud: ``3f9a 01bc …``."""
    return " ".join(code[at : at + size] for at in range(0, len(code), size))
