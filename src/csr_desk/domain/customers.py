"""Who somebody is to the city: what is kept of them, what a form may hold, what warns before a sale."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from csr_desk.domain.errors import BadInput, MissingInput
from csr_desk.domain.ledger import EventKey

T = TypeVar("T")


class CustomerKind(StrEnum):
    """A person, or a firm that people speak for."""

    PERSON = "person"
    FIRM = "firm"


class ContactKind(StrEnum):
    """What a further contact is."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    FORMER_NAME = "former_name"


class Level(StrEnum):
    """How loud a note is: said on the page, said before a sale, or read and confirmed before a sale (F12)."""

    INFO = "info"
    WARN = "warn"
    STOP = "stop"


class PartyRole(StrEnum):
    """What somebody is to an account that is not in their own name (F1)."""

    OWNER = "owner"
    TENANT = "tenant"
    CONTRACTOR = "contractor"
    PAYER = "payer"
    AGENT = "agent"


class Told(StrEnum):
    """What of a confidential customer was told (Tex. Util. Code 182.052: address, telephone, usage, amounts)."""

    CONTACT = "contact"
    AMOUNTS = "amounts"
    USAGE = "usage"
    HISTORY = "history"


LOUDEST = (Level.STOP, Level.WARN, Level.INFO)
LANGUAGES = ("en", "es", "vi", "zh", "ar", "fr", "ur", "ko", "hi", "tl", "pt", "ru")
"""What an entry form offers first, the city's languages in front; any other short name is kept as well."""
LANGUAGE_NAMES = {
    "en": "English", "es": "Spanish", "vi": "Vietnamese", "zh": "Chinese", "ar": "Arabic", "fr": "French",
    "ur": "Urdu", "ko": "Korean", "hi": "Hindi", "tl": "Tagalog", "pt": "Portuguese", "ru": "Russian",
}  # fmt: skip
"""As people of the office and crews read them: not every computer has the letters of each."""
LONGEST_NAME, LONGEST_ADDRESS, LONGEST_PHONE, LONGEST_EMAIL, LONGEST_LANGUAGE = 120, 200, 40, 120, 20
MOST_CONTACTS = 40
CONFIDENTIAL = "(confidential)"
"""Stands in the place of what a confidential customer asked to keep."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A further telephone, e-mail, address or a former name, with a word for it (``work``, ``son``)."""

    kind: ContactKind
    words: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class CustomerForm:
    """What the form of a customer holds, field by field."""

    name: str
    kind: CustomerKind = CustomerKind.PERSON
    language: str = "en"
    address: str = ""
    phone: str = ""
    email: str = ""
    contacts: tuple[Contact, ...] = ()

    def check(self) -> None:
        """Raise MissingInput without a name, BadInput for an e-mail address that none can be sent to."""
        if not self.name:
            raise MissingInput("A customer has a name.", field="name")
        mails = [self.email, *(one.words for one in self.contacts if one.kind is ContactKind.EMAIL)]
        if any(mail and not looks_like_email(mail) for mail in mails):
            raise BadInput("An e-mail address is like name@example.org.", field="email")
        if len(self.contacts) > MOST_CONTACTS:
            raise BadInput(f"A customer has at most {MOST_CONTACTS} further contacts.", field="contacts")

    @property
    def is_kept_back(self) -> bool:
        """Say whether the form stands for a confidential customer's, of whom nothing was logged as told."""
        return CONFIDENTIAL in {self.address, self.phone, self.email}

    def following(self, before: CustomerForm) -> CustomerForm:
        """Return the form with the name before kept as a former one; going back to a former name takes that off."""
        if self.name == before.name or any(
            one.kind is ContactKind.FORMER_NAME and one.words == self.name for one in before.contacts
        ):
            return self
        former = Contact(ContactKind.FORMER_NAME, before.name)
        return self if former in self.contacts else replace(self, contacts=(*self.contacts, former))


def looks_like_email(text: str) -> bool:
    """Say whether text has the shape of an e-mail address; only a letter that arrives proves one."""
    name, at, place = text.rpartition("@")
    return bool(at and name and " " not in text and "." in place.strip(".") and not place.startswith("."))


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a customer and how loud it is; ``closed_by`` is who took it off."""

    note_id: str
    customer: str
    level: Level
    words: str
    expires_on: date | None
    written_by: str
    written_at: str
    closed_by: str = ""

    def speaks(self, on: date) -> bool:
        """Say whether the note still counts on a date: its last day included."""
        return not self.closed_by and (self.expires_on is None or on <= self.expires_on)


def loudest(notes: tuple[Note, ...], on: date) -> Level | None:
    """Return the loudest level of the notes that count on a date."""
    levels = {note.level for note in notes if note.speaks(on)}
    return next((level for level in LOUDEST if level in levels), None)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A line of the disclosure log: who told whom what, and how they made sure (F14)."""

    key: EventKey
    customer: str
    change: str
    """``told``, ``closed`` (made confidential) or ``opened`` (no longer)."""
    by: str
    recorded_at: str
    what: tuple[str, ...] = ()
    payee: str = ""
    """To whom; masked as the person a refund goes to is."""
    reason: str = ""


def one_of(kind: type[T], value: str, field: str) -> T:
    """Read a word of a list (an enumeration); raise BadInput naming what may stand there."""
    for member in kind:  # type: ignore[attr-defined]
        if member == value:
            return member  # type: ignore[no-any-return]
    words = ", ".join(str(member) for member in kind)  # type: ignore[attr-defined]
    raise BadInput(f"“{field}” is one of: {words}.", field=field)
