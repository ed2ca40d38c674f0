"""Which secrets a live office takes (NIST 800-63B-4): long, and not made of what everybody tries first. Pure.

A list of the hundred thousand most used passwords has hardly one of fifteen characters; what people do with such a rule
is to join the usual words. So the usual words, runs of keys and the names of the office are taken out, and enough must
be left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

SHORTEST_LIVE = 15
"""Characters where the secret is all there is (NIST 800-63B-4, 3.1.1)."""
LEAST_LEFT, LEAST_VARIETY = 6, 4

_WORDS = """
    password passwort passwd passcode secret admin administrator root user guest login signin welcome letmein changeme
    default temp test testing demo training office counter cashier clerk supervisor drawer permit receipt revenue city
    town county state houston texas america usa qwerty qwertz azerty asdf zxcv abc iloveyou love monkey dragon sunshine
    princess football baseball basketball soccer hockey superman batman starwars trustno master shadow michael jordan
    jessica charlie jesus god bless computer internet freedom whatever flower summer winter spring autumn fall monday
    tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december correct horse battery staple quick brown fox jumps over lazy dog money dollar cash
    hello please enter open access private company work desk csr
"""
COMMON = frozenset(_WORDS.split())
"""The words that lists of broken passwords begin with, and those that lie at hand at a city's counter."""

_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb")
_RUN = 3
_LOOKS_LIKE = str.maketrans("@4301!5$7", "aaeoiisst")


def easy_to_guess(secret: str, names: Iterable[str]) -> bool:
    """Say whether little is left of a secret without usual words, runs of keys, and the names of person and office."""
    known = {word for name in names for word in re.findall(r"[^\W\d_]{3,}", name.casefold())} | COMMON
    text = secret.casefold()
    plain = min((_without(variant, known) for variant in (text, text.translate(_LOOKS_LIKE))), key=len)
    return len(plain) < LEAST_LEFT or len(set(plain)) < LEAST_VARIETY


def _without(text: str, known: set[str] | frozenset[str]) -> str:
    """Take the known words and the runs out, and of what is repeated leave one."""
    for word in sorted(known, key=lambda word: (-len(word), word)):
        text = text.replace(word, " ")
    for row in _ROWS:
        for line in (row, row[::-1]):
            for length in range(len(line), _RUN - 1, -1):
                for start in range(len(line) - length + 1):
                    text = text.replace(line[start : start + length], " ")
    text = re.sub(r"(19|20)\d\d", " ", text)
    text = "".join(char for char in text if char.isalnum())
    return re.sub(r"(.+?)\1+", r"\1", text)
