"""What the projects page does: find, open, read what is shown, and hand acts on. Knows no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csr_desk.domain.changes import Topic
from csr_desk.domain.people import Act
from csr_desk.services.project_lines import Noun
from csr_desk.ui.asking import Newest
from csr_desk.ui.context import Context, Tone
from csr_desk.ui.leads import follow
from csr_desk.ui.moments import moment_rows
from csr_desk.ui.pages.projects.opening import Opening
from csr_desk.ui.pages.projects.picture import FoundRow, ProjectsScreen
from csr_desk.ui.pages.projects.words import found_hint, found_rows, head_picture, hit_row, lanes, overview_rows
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.customer_timeline import Moment
    from csr_desk.services.project_boards import Board
    from csr_desk.services.project_pages import ProjectPage
    from csr_desk.services.project_search import Found, FoundThings

SHOWS = frozenset({Topic.PROJECTS, Topic.PERMITS, Topic.WORK_ORDERS, Topic.RELEASES, Topic.RECEIPTS, Topic.ACCOUNTS})
PROJECT, WORK, RELEASES = "project", "work", "releases"
"""The views that this presenter reads: one project, and the boards of the office."""
BOARDS = frozenset({WORK, RELEASES})


class ProjectsPresenter:
    """One project is looked at; the list at the left may already show others."""

    def __init__(self, context: Context, screen: ProjectsScreen) -> None:
        """No project is looked at yet."""
        self.context = context
        self.screen = screen
        self.page: ProjectPage | None = None
        self.view = PROJECT
        self.opening = Opening(context, self.open)
        self._finding = Newest(context, self._read_found, self._show_found)
        self._typed = ""
        self._enter = False
        self._wanted = ""
        self._then = ""
        """What is to be brought to the front once its project was read."""

    # ---- finding

    def start(self) -> None:
        """Show the newest projects while nothing is typed."""
        if not self._typed:
            self._list_newest()

    def typed(self, text: str) -> None:
        """The text of the search box changed."""
        self._enter, self._typed = False, text.strip()
        if self._typed:
            self._finding.ask(self._typed)
        else:
            self._finding.forget()
            self._list_newest()

    def entered(self, picked: str | None) -> None:
        """Enter in the search box: open the one that is picked, or the only one that the answer brings."""
        if self._finding.pending is not None:
            self._enter = True
        elif picked is not None:
            self.look_at(picked)

    def _read_found(self, text: str) -> FoundThings:
        from csr_desk.services.project_search import find_things

        return find_things(self.context.desk, self.context.actor, text)

    def _show_found(self, _text: str, found: FoundThings) -> None:
        rows = found_rows(found)
        enter, self._enter = self._enter, False
        self.screen.show_found(rows, found_hint(found))
        if enter and len(rows) == 1:
            self.look_at(rows[0].key)

    def _list_newest(self) -> None:
        desk, actor = self.context.desk, self.context.actor

        def read() -> tuple[Found, ...]:
            from csr_desk.services.project_search import newest_projects

            return newest_projects(desk, actor)

        def show(found: tuple[Found, ...]) -> None:
            if not self._typed:
                rows: tuple[FoundRow, ...] = tuple(hit_row(one) for one in found)
                self.screen.show_found(rows, tr("The newest that are open.") if rows else "")

        self.context.read(read, show)

    # ---- opening and correcting

    def correct(self) -> None:
        """Correct what is known of the project that is looked at."""
        if self.page is not None:
            self.opening.correct(self.page)

    # ---- looking

    def look_at(self, about: str) -> None:
        """Open ``project:NO``, or the project of ``permit:NO`` and the like with that one picked."""
        noun, _, number = about.partition(":")
        if noun == "project":
            self.open(number)
            return
        desk, actor = self.context.desk, self.context.actor

        def read() -> str:
            from csr_desk.services.project_pages import project_of

            return project_of(desk, actor, about)

        self.context.read(read, lambda project: self._open_with(about, project))

    def _open_with(self, about: str, project: str) -> None:
        if not project:
            words = tr("{number} belongs to no project.").format(number=about.partition(":")[2])
            self.context.shell.banner(words, Tone.INFO)
            return
        self.open(project)
        self._then = about

    def open(self, number: str) -> None:
        """Show a project."""
        self._then = ""
        if self.view != PROJECT:
            self.show_view(PROJECT)
        desk, actor = self.context.desk, self.context.actor

        def read() -> ProjectPage:
            from csr_desk.services.project_pages import project_page

            return project_page(desk, actor, number)

        self._wanted = number
        self.context.read(read, lambda page: self._show_page(number, page))

    def _show_page(self, wanted: str, page: ProjectPage) -> None:
        if wanted != self._wanted:
            return  # another one was opened meanwhile
        self.page = page
        today = self.context.desk.today()
        counts = {noun.value: len(page.of(noun)) for noun in Noun}
        sells = self.context.actor.may(Act.SELL)
        self.screen.show_project(head_picture(page, today, sells=sells), overview_rows(page.lines, today), counts)
        self.screen.let_acts()
        if self._then:
            then, self._then = self._then, ""
            self.screen.bring_line(then)
        desk, actor = self.context.desk, self.context.actor

        def moments() -> tuple[Moment, ...]:
            from csr_desk.services.project_pages import project_moments

            return project_moments(desk, actor, page.number)

        def show(found: tuple[Moment, ...]) -> None:
            if self.page is page:
                self.screen.show_moments(moment_rows(found, today))

        self.context.read(moments, show)

    # ---- boards

    def show_view(self, view: str) -> None:
        """Bring a project or a board to the front."""
        self.view = view
        if view in BOARDS:
            self._read_board(view)
        self.screen.let_acts()

    def _read_board(self, view: str) -> None:
        desk, actor = self.context.desk, self.context.actor
        noun = Noun.WORK_ORDER if view == WORK else Noun.RELEASE

        def read() -> Board:
            from csr_desk.services import project_boards

            return project_boards.work_board(desk, actor) if view == WORK else project_boards.release_board(desk, actor)

        self.context.read(read, lambda board: self.screen.show_board(view, lanes(board, noun, desk.today())))

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Something changed: read what is shown again."""
        if topics and not topics & SHOWS:
            return
        self.start()
        if self.view in BOARDS:
            self._read_board(self.view)
        if self.page is not None:
            self.open_again(self.page.number)

    def open_again(self, number: str) -> None:
        """Read the project that is looked at once more, whatever view is in front."""
        view = self.view
        self.view = PROJECT
        self.open(number)
        self.view = view

    # ---- acts

    @property
    def may_pay(self) -> bool:
        """Something is due on the project, and this person sells."""
        return self.page is not None and self.page.due > 0 and self.context.actor.may(Act.SELL)

    def pay(self) -> None:
        """F5: all that is due on the project onto a sale."""
        if self.page is not None and self.may_pay:
            self.context.shell.go("sell", f"project:{self.page.number}")

    @property
    def may_see_owner(self) -> bool:
        """The owner is known, and this person sees customers."""
        return self.page is not None and bool(self.page.owner_no) and self.context.actor.may(Act.SEE_CUSTOMERS)

    def see_owner(self) -> None:
        """Open the owner's page."""
        if self.page is not None and self.may_see_owner:
            self.context.shell.go("customer", f"customer:{self.page.owner_no}")

    def open_moment(self, opens: str) -> None:
        """Enter on a line of the time line: look at its receipt, its request or its permit."""
        follow(self.context, opens)
