"""What the projects page shows, as frozen values that a test can read without a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from csr_desk.domain.money import Cents
from csr_desk.ui.moments import MomentRow


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A line of the list at the left; ``key`` is what it opens (``project:26-000001-9``)."""

    key: str
    title: str
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
class LineRow:
    """A line of the overview or of a list; ``opens`` names it (``permit:P26-000001-9``)."""

    opens: str
    number: str
    title: str
    state: str
    tone: str
    when: str
    about: str
    amount: str = ""
    concern: str = ""
    """What is wrong with it, in words."""


@dataclass(frozen=True, slots=True)
class HeadPicture:
    """A project as the head of the page shows it (cents)."""

    number: str
    title: str
    chips: tuple[Said, ...]
    where: str
    who: str
    alerts: tuple[Said, ...]
    more_alerts: str
    due: Cents
    due_words: str
    pays: bool
    """Something is due and the person sells."""


@dataclass(frozen=True, slots=True)
class CardPicture:
    """A card of a board; ``opens`` names it."""

    opens: str
    title: str
    site: str
    below: str
    chip: str = ""
    tone: str = "info"

    @property
    def spoken(self) -> str:
        """Everything it says, for a screen reader."""
        return ", ".join(part for part in (self.title, self.site, self.below, self.chip) if part)


@dataclass(frozen=True, slots=True)
class LanePicture:
    """A lane of a board."""

    key: str
    title: str
    cards: tuple[CardPicture, ...]


class ProjectsScreen(Protocol):
    """What the presenter asks of the page."""

    def show_found(self, rows: Sequence[FoundRow], hint: str) -> None:
        """Show what was found; ``hint`` stands below the list."""

    def show_project(self, picture: HeadPicture, lines: Sequence[LineRow], counts: dict[str, int]) -> None:
        """Show a project; ``counts`` says how many lines each tab has."""

    def show_moments(self, rows: Sequence[MomentRow]) -> None:
        """Show the time line."""

    def show_board(self, view: str, lanes: Sequence[LanePicture]) -> None:
        """Show a board."""

    def bring_line(self, about: str) -> None:
        """Bring the tab of a permit, an order and the like to the front, with the cursor on it."""

    def let_acts(self) -> None:
        """Offer what can be done now, and nothing else."""
