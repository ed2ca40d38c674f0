"""A list of requests and the one that is picked. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from csr_desk.ui.asking import Newest
from csr_desk.ui.context import Context
from csr_desk.ui.pages.requests.acts import RequestActs

if TYPE_CHECKING:
    from csr_desk.services.request_lists import RequestView
    from csr_desk.services.request_views import Listed

Departments = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ListPicture:
    """All that the panel shows."""

    listed: tuple[Listed, ...] = ()
    chosen: RequestView | None = None
    departments: Departments = ()
    """With how many are open, where the list goes by department."""
    department: str = ""
    closed: bool = False
    """What is over is listed as well."""
    text: str = ""


class ListView(Protocol):
    """What the presenter asks of the panel."""

    def show_picture(self, picture: ListPicture) -> None:
        """Show it."""


class ListPresenter:
    """One list; the one picked in it stays picked when it is read anew."""

    def __init__(self, context: Context, view: ListView, which: str) -> None:
        """``which`` is a ``request_views.View``; nothing is read yet."""
        self.context, self.view, self.which = context, view, which
        self.picture = ListPicture()
        self.acts = RequestActs(context, self.load)
        self._text = self._department = self._wanted = ""
        self._closed = False
        self._looks = Newest(context, self._read, self._show)

    def load(self, number: str = "") -> None:
        """Read the list, and the one picked of it: ``number``, the one before, or the first."""
        chosen = self.picture.chosen
        self._wanted = number or (chosen.request.number if chosen else "")
        self._looks.ask("\n".join((self._wanted, self._text, self._department, str(int(self._closed)))))

    def typed(self, text: str) -> None:
        """What is looked for changed."""
        self._text = text.strip()
        self.load()

    def go_to(self, number: str) -> None:
        """Show one that another page sent somebody to, whether it stands in the list or not."""
        self._text = ""
        self.load(number)

    def choose(self, number: str) -> None:
        """Show the one of a line."""
        chosen = self.picture.chosen
        if number and (chosen is None or chosen.request.number != number):
            self.load(number)

    def choose_department(self, name: str) -> None:
        """List what one department has to answer."""
        if name != self._department:
            self._department = name
            self.load()

    def turn_closed(self) -> None:
        """List what is over as well, or no more."""
        self._closed = not self._closed
        self.load()

    def _read(self, question: str) -> ListPicture:
        from csr_desk.services import request_lists, request_views

        desk, actor = self.context.desk, self.context.actor
        number, text, department, closed = question.split("\n")
        view = request_views.View(self.which)
        names = request_views.departments(desk, actor) if view is request_views.View.DEPARTMENT else ()
        if names and department not in dict(names):
            department = names[0][0]
        look = request_views.Look(view, text, department, closed == "1")
        found = request_views.listed(desk, actor, look)
        known = [one.request.number for one in found]
        wanted = number if number in known or self._is_sent(number) else next(iter(known), "")
        chosen = request_lists.request_of(desk, actor, wanted) if wanted else None
        return ListPicture(found, chosen, names, department, look.closed, text)

    def _is_sent(self, number: str) -> bool:
        """Say whether it is the one that somebody asked for by number: it is shown although the list has it not."""
        return bool(number) and number == self._wanted and not self._text

    def _show(self, _question: str, found: ListPicture) -> None:
        self.picture = found
        self._department = found.department
        self.view.show_picture(found)
