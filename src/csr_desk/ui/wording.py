"""The sentences of the modules that know no Qt, in the tongue in force; as written in English until one is spoken.

Only literals stand inside ``tr``, so that lupdate finds them; it files them under the empty context.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Translate = Callable[[str], str]


def as_written(text: str) -> str:
    """English, as it stands in the source."""
    return text


@dataclass(slots=True)
class _Tongue:
    translate: Translate = as_written


_tongue = _Tongue()


def tr(text: str) -> str:
    """``text`` in the tongue in force; figures and names are put in afterwards: ``tr("… {amount}").format(…)``."""
    return _tongue.translate(text)


def speak(translate: Translate) -> Translate:
    """Say everything through ``translate`` from now on; returns what was in force, to put it back."""
    before, _tongue.translate = _tongue.translate, translate
    return before
