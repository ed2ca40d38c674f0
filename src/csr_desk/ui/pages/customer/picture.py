"""What the customer page shows, as frozen values that a test can read without a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from csr_desk.domain.money import Cents
from csr_desk.ui.moments import MomentRow


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A person in the list at the left; ``key`` is ``customer:NO``, or ``account:NO`` for a slip."""

    key: str
    name: str
    below: str
    right: str = ""
    chip: str = ""
    tone: str = "info"


@dataclass(frozen=True, slots=True)
class Said:
    """A word on a tinted ground, and what stands beside it."""

    chip: str
    tone: str
    words: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account: its cells from left to right, and whether it counts for what they owe."""

    number: str
    service: str
    ages: tuple[str, str, str, str]
    balance: str
    own: bool
    words: str
    """Everything that has no room in the table: department, stage, where the service is."""


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note, live or not."""

    note_id: str
    level: Said
    until: str
    written: str
    live: bool


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A customer as the page shows them (cents)."""

    number: str
    name: str
    chips: tuple[Said, ...]
    who: str
    alerts: tuple[Said, ...]
    more_alerts: str
    owed: Cents
    owed_words: str
    accounts: tuple[AccountRow, ...]
    hidden: bool
    confidential: bool


@dataclass(frozen=True, slots=True)
class Months:
    """What was owed at the end of each of the last months (cents), the oldest first."""

    labels: tuple[str, ...]
    values: tuple[Cents, ...]


@dataclass(frozen=True, slots=True)
class FormPicture:
    """The entry form: its values by field, and what to say above them."""

    title: str
    values: dict[str, str]
    hint: str = ""


class CustomerScreen(Protocol):
    """What the presenters ask of the page."""

    def show_found(self, rows: Sequence[FoundRow], hint: str, *, fault: bool = False) -> None:
        """Show who was found; ``hint`` stands in the search box."""

    def show_page(self, picture: PagePicture, account: str) -> None:
        """Show a customer, with an account picked."""

    def show_moments(self, rows: Sequence[MomentRow]) -> None:
        """Show the time line."""

    def show_notes(self, rows: Sequence[NoteRow]) -> None:
        """Show every note."""

    def show_months(self, months: Months) -> None:
        """Show how the balance went."""

    def show_form(self, picture: FormPicture) -> None:
        """Bring the form to the front."""

    def fill_form(self, values: dict[str, str]) -> None:
        """Put values into the fields."""

    def hide_form(self) -> None:
        """Back to what was shown before the form."""

    def show_alike(self, rows: Sequence[FoundRow], words: str) -> None:
        """Show beside the form who may be here already."""

    def show_form_fault(self, text: str) -> None:
        """Say in the form what is wrong; nothing takes it away."""

    def focus_field(self, name: str) -> bool:
        """Put the cursor into a field of the form; False when there is none."""

    def focus_search(self) -> None:
        """Put the cursor into the search box."""

    def let_acts(self) -> None:
        """Offer what can be done now, and nothing else."""
