"""What the shelf of forms shows: frozen values, worked out without Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from csr_desk.domain.customer_words import fold
from csr_desk.domain.forms import FormCount, FormSheet, Source
from csr_desk.ui.customer_words import languages
from csr_desk.ui.pages.info_desk.for_whom import NOBODY, Person
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.form_backs import StillOut

MONTHS = 12


@dataclass(frozen=True, slots=True)
class ShelfForm:
    """A form with all its revisions and languages."""

    form_no: str
    sheets: tuple[FormSheet, ...]
    today: date

    @property
    def in_force(self) -> dict[str, FormSheet]:
        """The sheet that is handed out in each language."""
        found: dict[str, FormSheet] = {}
        for sheet in self.sheets:  # the newest revision stands first
            if sheet.may_be_handed_out(self.today):
                found.setdefault(sheet.language, sheet)
        return found

    @property
    def blocked(self) -> bool:
        """Nobody gets it: every revision is obsolete, or none is in force yet."""
        return not self.in_force

    def sheet(self, language: str) -> FormSheet:
        """The sheet that is handed out in a language, else in English, else the first there is."""
        there = self.in_force
        return there.get(language) or there.get("en") or next(iter(there.values()), self.sheets[0])

    def earlier(self, now: FormSheet) -> tuple[FormSheet, ...]:
        """The other revisions in the language of a sheet."""
        return tuple(one for one in self.sheets if one.language == now.language and one.revision != now.revision)


@dataclass(frozen=True, slots=True)
class FormsPicture:
    """All that the panel shows."""

    question: str = ""
    every: tuple[ShelfForm, ...] = ()
    chosen_no: str = ""
    language: str = ""
    """Chosen by the clerk; empty follows the customer."""
    person: Person = NOBODY
    out: tuple[StillOut, ...] = ()
    counts: tuple[FormCount, ...] = ()
    """Of the last twelve months."""
    month: str = ""
    may_hand: bool = False
    may_keep: bool = False

    @property
    def forms(self) -> tuple[ShelfForm, ...]:
        """Those that have the words that were keyed."""
        said = fold(self.question).split()
        return tuple(
            one for one in self.every
            if all(any(word.startswith(part) for word in _words(one)) for part in said)
        )  # fmt: skip

    @property
    def chosen(self) -> ShelfForm | None:
        """The form that is looked at: the one that was picked, else the first."""
        there = self.forms
        return next((one for one in there if one.form_no == self.chosen_no), next(iter(there), None))

    @property
    def sheet(self) -> FormSheet | None:
        """The revision that is handed out, in the language wanted as far as there is one."""
        return self.chosen.sheet(self.language or self.person.language) if self.chosen else None

    def given(self, form_no: str) -> int:
        """How many were handed out this month."""
        return sum(one.given for one in self.counts if (one.form_no, one.month) == (form_no, self.month))

    def by_month(self, form_no: str) -> tuple[tuple[str, int], ...]:
        """Month and copies handed out, the oldest of twelve first."""
        year, month = (int(part) for part in self.month.split("-")) if self.month else (1, 12)
        months = []
        for back in range(MONTHS - 1, -1, -1):
            of, at = divmod(year * 12 + month - 1 - back, 12)
            months.append(f"{of:04d}-{at + 1:02d}")
        said = {one.month: one.given for one in self.counts if one.form_no == form_no}
        return tuple((one, said.get(one, 0)) for one in months)


def shelf_forms(sheets: Iterable[FormSheet], today: date) -> tuple[ShelfForm, ...]:
    """Put the sheets of each form together; what nobody gets stands last."""
    found: dict[str, list[FormSheet]] = {}
    for one in sheets:
        found.setdefault(one.form_no, []).append(one)
    forms = [ShelfForm(number, tuple(those), today) for number, those in found.items()]
    return tuple(sorted(forms, key=lambda one: (one.blocked, one.form_no)))


def language_name(short: str) -> str:
    """The name of a language, or the short name where we have no other."""
    return languages().get(short, short)


def source_name(source: Source) -> str:
    """What fills a field, in words."""
    return {
        Source.NAME: tr("name"), Source.ADDRESS: tr("address"), Source.PHONE: tr("telephone"),
        Source.EMAIL: tr("e-mail"), Source.CUSTOMER: tr("customer number"), Source.SITE: tr("address of the work"),
        Source.PERMIT: tr("permit"), Source.PROJECT: tr("project"), Source.TODAY: tr("today’s date"),
        Source.OFFICE: tr("our name"), Source.HANDOUT: tr("our number"),
    }[source]  # fmt: skip


def _words(form: ShelfForm) -> list[str]:
    return fold(" ".join([form.form_no, *(one.title for one in form.sheets)])).split()
