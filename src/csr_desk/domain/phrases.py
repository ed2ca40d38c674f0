"""Standard phrases for hard moments, in several languages, and how a clerk keeps a conversation calm (I8)."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from csr_desk.domain.errors import BadInput

FIRST = "en"
"""Every phrase is there in this language; where another is missing it stands in, and says so."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence for a moment; ``when`` and the keywords are what a clerk looks for."""

    code: str
    when: str
    keywords: str
    texts: Mapping[str, str] = field(default_factory=dict)
    """By language."""

    def text_in(self, language: str) -> str:
        """Return it in a language, or in the first one."""
        return self.texts.get(language, self.texts[FIRST])


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """All of them, with the rule that comes before them."""

    safety: str
    guide: tuple[str, ...]
    phrases: tuple[Phrase, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language of some phrase, the first one in front."""
        found = {language for one in self.phrases for language in one.texts}
        return (FIRST, *sorted(found - {FIRST}))

    def find(self, words: str) -> tuple[Phrase, ...]:
        """Return the phrases with every word, in any language, accents aside; all of them without words."""
        wanted = _plain(words).split()
        return tuple(one for one in self.phrases if all(word in _said(one) for word in wanted))


def read_book(content: bytes) -> PhraseBook:
    """Read a book of phrases; raise BadInput where a phrase has no words in the first language, or its code twice."""
    try:
        data: Any = json.loads(content.decode("utf-8"))
        phrases = tuple(_phrase(one) for one in data["phrases"])
        book = PhraseBook(str(data["safety"]), tuple(map(str, data["guide"])), phrases)
    except (UnicodeDecodeError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise BadInput("The phrases cannot be read.", field="file") from fault
    _refuse_twice(one.code for one in phrases)
    return book


def _phrase(row: Mapping[str, Any]) -> Phrase:
    texts = {name: str(text) for name, text in row.items() if name not in {"code", "when", "keywords"}}
    if not texts.get(FIRST):
        raise KeyError(FIRST)
    return Phrase(str(row["code"]), str(row["when"]), str(row.get("keywords", "")), texts)


def _refuse_twice(codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise BadInput(f"The phrase “{code[:40]}” is there twice.", field="file")
        seen.add(code)


def _said(one: Phrase) -> str:
    return _plain(" ".join((one.when, one.keywords, *one.texts.values())))


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in apart if not unicodedata.combining(mark))
