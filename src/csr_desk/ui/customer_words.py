"""What is said of customers on more than one page. Knows no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csr_desk.domain.customers import CONFIDENTIAL, Level
from csr_desk.ui.dates import us_date
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.customers import Note
    from csr_desk.services.customer_pages import CustomerPage


def languages() -> dict[str, str]:
    """The languages that the form offers, by their short names."""
    return {
        "en": tr("English"), "es": tr("Spanish"), "vi": tr("Vietnamese"), "zh": tr("Chinese"), "ar": tr("Arabic"),
        "fr": tr("French"), "ur": tr("Urdu"), "ko": tr("Korean"), "hi": tr("Hindi"), "tl": tr("Tagalog"),
        "pt": tr("Portuguese"), "ru": tr("Russian"),
    }  # fmt: skip


def level_words(level: Level | None) -> str:
    """How loud a note is, in a word; nothing where there is none or it only informs."""
    return {Level.STOP: tr("Stop"), Level.WARN: tr("Warning")}.get(level, "") if level is not None else ""


def alert_words(note: Note) -> str:
    """A note as a sentence: what it says, and until when."""
    if note.expires_on is None:
        return note.words
    return tr("{words} (until {day})").format(words=note.words, day=us_date(note.expires_on))


def receipt_words(page: CustomerPage) -> str:
    """Who pays, as it stands on a receipt: the name, and a telephone that may be told."""
    phone = "" if page.confidential or page.form.phone == CONFIDENTIAL else page.form.phone
    return " · ".join(part for part in (page.form.name, phone) if part)
