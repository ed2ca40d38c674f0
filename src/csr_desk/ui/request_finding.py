"""A type of request is found by the first letters of its words. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence

from csr_desk.domain.customer_words import fold
from csr_desk.domain.requests import RequestType


def found_types(types: Sequence[RequestType], text: str) -> tuple[RequestType, ...]:
    """Return the types that have every word of the text somewhere: those that begin with it first."""
    terms = fold(text).split()
    if not terms:
        return tuple(types)
    hits = [one for one in types if all(term in _words(one) for term in terms)]
    return tuple(sorted(hits, key=lambda one: _rank(one, terms)))


def _words(one: RequestType) -> str:
    return fold(f"{one.written or one.name} {one.keywords} {one.category} {one.department} {one.code}")


def _rank(one: RequestType, terms: Sequence[str]) -> tuple[int, str]:
    """What begins with the first word stands before what only has it somewhere."""
    name = fold(one.name)
    inside = any(part.startswith(terms[0]) for part in name.split())
    return (0 if name.startswith(terms[0]) else 1 if inside else 2, name)
