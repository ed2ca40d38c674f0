"""Times of the queue, and its languages, in words. Knows no Qt."""

from __future__ import annotations

from datetime import timedelta

from csr_desk.ui.wording import tr

LANGUAGES = ("en", "es", "vi", "zh")
"""What a ticket is given in; the first letters of their names in English are the keys."""
_HOUR = 60


def span_words(span: timedelta) -> str:
    """Say how long: ``under a minute``, ``1 minute``, ``12 minutes``, ``1 h 05 min``."""
    minutes = int(span.total_seconds()) // 60
    if minutes < 1:
        return tr("under a minute")
    if minutes == 1:
        return tr("1 minute")
    if minutes < _HOUR:
        return tr("{0} minutes").format(minutes)
    return tr("{0} h {1} min").format(minutes // _HOUR, f"{minutes % _HOUR:02d}")


def language_words(code: str) -> str:
    """Name a language for the clerk; its short name where we have none."""
    names = {"en": tr("English"), "es": tr("Spanish"), "vi": tr("Vietnamese"), "zh": tr("Chinese")}
    return names.get(code, code.upper())
