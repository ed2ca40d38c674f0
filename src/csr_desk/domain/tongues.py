"""One text in several languages, as people key it on one line: ``High water bill | es: Factura de agua alta``.

The office's own language stands first; each other one behind a bar and its code (ISO 639-1). What papers say to a
customer is taken in their language where somebody wrote it.
"""

from __future__ import annotations

import re

_MARKED = re.compile(r"\s*\|\s*(?=[a-z]{2}:)")
_CODE = 3
"""A code and its colon."""


def own_words(text: str) -> str:
    """Return a text in the office's own language."""
    return _MARKED.split(text, maxsplit=1)[0].strip()


def said_in(text: str, language: str) -> str:
    """Return a text in a language; in the office's own one where nobody wrote it in that."""
    own, *others = _MARKED.split(text)
    found = (one[_CODE:].strip() for one in others if one[: _CODE - 1] == language)
    return next((said for said in found if said), own.strip())
