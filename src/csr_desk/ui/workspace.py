"""What a signed-in person works in: rail, top bar, banner, pages. It is the shell that pages call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QActionGroup, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.errors import NoticesUnread
from csr_desk.domain.people import SIGNED_BY, Act, Actor, Approval
from csr_desk.ui import practice
from csr_desk.ui.anywhere import ANYWHERE, AnywhereSpec
from csr_desk.ui.banner import Banner
from csr_desk.ui.catalogue import pages_for
from csr_desk.ui.context import ApprovalRequest, BannerAction, Choice, Context, Field, Runner, Tone
from csr_desk.ui.page import Page, make_key
from csr_desk.ui.palette import Command
from csr_desk.ui.printing import Printing
from csr_desk.ui.problems import Kind, Problem, explain
from csr_desk.ui.prompts import WAITING_KEY, ApprovalSheet, FaultSheet, FieldsSheet, ReasonSheet, Signer
from csr_desk.ui.rail import Rail
from csr_desk.ui.theme import say
from csr_desk.ui.top_bar import TopBar
from csr_desk.ui.unread_notices import UnreadNotices
from csr_desk.ui.waiting import Waiting
from csr_desk.ui.waiting_approvals import may_ask_elsewhere
from csr_desk.ui.widgets import Label, Sheet
from csr_desk.ui.widgets.key_button import key_words

if TYPE_CHECKING:
    from csr_desk.services.desk import Desk
    from csr_desk.services.facts import DeskFacts
    from csr_desk.ui.training.strip import TrainingStrip


FRAME = {practice.LIVE: (0, 0, 0, 0), practice.TRAINING: (4, 4, 4, 4), practice.DEMONSTRATION: (0, 4, 0, 0)}
"""Room for the coloured frame of an office without real money (left, top, right, bottom)."""


class Workspace(QWidget):
    """Lives as long as one person's sign-in; locking only hides it, the cart stays."""

    restore_wanted = Signal(object)
    """The path of a verified backup that shall take the place of the database."""

    def __init__(self, desk: Desk, actor: Actor, runner: Runner, printing: Printing) -> None:
        """Build the frame; the first page of the person's role comes to the front."""
        super().__init__()
        say(self, role="ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self.context = Context(desk, actor, runner, self)
        self.specs = pages_for(actor)
        self.rail = Rail(self.specs)
        self.keys = QActionGroup(self, exclusionPolicy=QActionGroup.ExclusionPolicy.None_)
        self.bar = TopBar(actor)
        self.notice = Banner()
        self.stack = QStackedWidget()
        self.printing = printing
        self.sheet: Sheet | None = None
        self.strip: TrainingStrip | None = None
        self._pages: dict[str, Page] = {}
        self._again: Callable[[Problem], None] | None = None
        self.unread = UnreadNotices(self.context, lambda: self.sheet is None)
        self.waiting = Waiting(self.context, self.bar, self, lambda topic: self._refresh(frozenset({topic})))
        self.mend: BannerAction | None = None
        """What the window offers where nothing is recorded any more."""
        self._assemble()
        self._connect()
        self.announce(frozenset())
        if self.specs:
            self.go(next((spec for spec in self.specs if spec.begins), self.specs[0]).key)
        self.unread.look()

    def _assemble(self) -> None:
        desk_office = self.context.desk.office
        look = practice.look_of(desk_office)
        say(self, money=look)
        right = QVBoxLayout()
        right.setSpacing(0)
        if look == practice.TRAINING:
            line = Label(practice.words_of(desk_office), "money", "training-words")
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            right.addWidget(line)
        right.addWidget(self.bar)
        if desk_office.training_day and self.context.actor.may(Act.SELL):
            from csr_desk.ui.training.strip import TrainingStrip

            self.strip = TrainingStrip(self.context, self.open_sheet, self)
            right.addWidget(self.strip)
        inner = QVBoxLayout()
        inner.setContentsMargins(14, 12, 14, 12)
        inner.setSpacing(10)
        inner.addWidget(self.notice)
        inner.addWidget(self.stack, 1)
        right.addLayout(inner, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(*FRAME[look])
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go)
        for spec in ANYWHERE:
            if self.context.actor.may(spec.act):
                make_key(self, self.keys, (spec.key, spec.words, spec.shortcut), partial(self._start, spec))
        self.notice.dismissed.connect(self.focus_page)
        self.printing.shell = self
        self.waiting.looks.triggered.connect(lambda _checked=False: self.look_at_waiting())

    # ---- pages

    @property
    def page(self) -> Page | None:
        """The page in front."""
        widget = self.stack.currentWidget()
        return widget if isinstance(widget, Page) else None

    def go(self, page: str, about: str = "") -> None:
        """Bring a page to the front; it is made when it is first shown. ``about`` is what it is to look at."""
        spec = next((one for one in self.specs if one.key == page), None)
        if spec is None or self.sheet is not None:
            return
        before, self._again = self.page, None
        if page not in self._pages:
            self._pages[page] = spec.factory(self.context)
            self.stack.addWidget(self._pages[page])
        if before is not None and before is not self._pages[page]:
            before.leave()
            self.notice.clear()
        self.stack.setCurrentWidget(self._pages[page])
        self.rail.show_page(page)
        self._pages[page].enter()
        self.focus_page()
        if about:
            self._pages[page].look_at(about)

    def _start(self, spec: AnywhereSpec) -> None:
        """Start what a key starts beside every page, about what the page in front looks at."""
        spec.start(self.context, self.page.about() if self.page is not None else ())

    def focus_page(self) -> None:
        """Put the cursor where the page wants it."""
        if self.page is not None and self.sheet is None:
            self.page.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Every page keeps what is half done (sign-out, closing, another person)."""
        self.waiting.leave()
        for page in self._pages.values():
            page.leave()

    def commands(self) -> list[Command]:
        """Everything that can be done now, for the palette."""
        found = [
            Command(QCoreApplication.translate("pages", spec.title), f"Ctrl {at}", partial(self.go, spec.key))
            for at, spec in enumerate(self.specs, start=1)
        ]
        again = self.tr("Print what did not come out")
        found.append(Command(again, "", partial(self.printing.try_again, self.context)))
        if self.waiting.pending:
            found.append(Command(self.waiting.looks.text(), key_words(WAITING_KEY), self.look_at_waiting))
        groups = [one.keys for one in (self.page, self, self.strip) if one is not None]
        found += [
            Command(action.text(), key_words(action.shortcut()), action.trigger)
            for group in groups
            for action in group.actions()
            if action.isEnabled()
        ]
        return found

    # ---- the shell that pages call

    def announce(self, topics: frozenset[Topic]) -> None:
        """Refresh the bar and every page that exists."""
        self._again = None  # what was keyed last is done
        self._refresh(topics)
        self.waiting.refresh(topics)
        if self.strip is not None:
            self.strip.presenter.refresh(topics)
        desk, actor = self.context.desk, self.context.actor

        def facts() -> DeskFacts:
            from csr_desk.services.facts import desk_facts

            return desk_facts(desk, actor)

        self.context.read(facts, self.bar.show_facts)

    def _refresh(self, topics: frozenset[Topic]) -> None:
        for page in self._pages.values():
            page.refresh(topics)

    def banner(self, text: str, tone: Tone, action: BannerAction | None = None) -> None:
        """Show a sentence above the page."""
        self.notice.show_sentence(text, tone, action)

    def clear_banner(self) -> None:
        """Take the sentence away."""
        self.notice.clear()

    def problem(self, error: Exception, focus: Callable[[str], bool] | None = None) -> None:
        """Show an error as its kind wants it."""
        problem = explain(error)
        if problem.kind is Kind.CRASH:
            self.open_sheet(FaultSheet(self, problem))
            return
        if self._again is not None:
            again, self._again = self._again, None
            again(problem)
            return
        if isinstance(error, NoticesUnread):
            self.unread.look()
        tone = Tone.BAD if problem.kind is Kind.TROUBLE else Tone.WARN
        self.notice.show_sentence(problem.text, tone, self.mend if problem.latched else None)
        if focus is not None and problem.field:
            focus(problem.field)

    def ask_approval(
        self, request: ApprovalRequest, then: Callable[[Approval], None], cancelled: Callable[[], None] | None = None
    ) -> None:
        """Find who may sign, ask them, have the service grant it."""
        desk, actor = self.context.desk, self.context.actor
        needed = SIGNED_BY.get(request.act, Act.APPROVE)

        def signers() -> list[Signer]:
            from csr_desk.services.staff import sign_in_page

            return [
                Signer(card.user, card.name, card.title, card.demo_secret)
                for card in sign_in_page(desk).people
                if card.user in ({request.signer} if request.signer else {card.user} - {actor.user})
                and Actor(card.user, card.name, card.title, card.role).may(needed)
            ]

        def ask(found: list[Signer]) -> None:
            def send(user: str, secret: str) -> None:
                def grant() -> Approval:
                    from csr_desk.services import staff

                    wish = staff.Grant(user, secret, request.act, request.subject, request.amount)
                    return staff.grant(desk, actor, wish)

                def granted(approval: Approval) -> None:
                    sheet.granted = True
                    sheet.close_sheet()
                    then(approval)

                self.context.read(grant, granted, lambda error: sheet.refuse(explain(error).text))

            away = may_ask_elsewhere(request, outside_reviewer=desk.policy.outside_reviewer)
            sheet = ApprovalSheet(
                self, request, found, send, (lambda: self.waiting.approvals.ask(request, then)) if away else None
            )
            if cancelled is not None:
                sheet.closed.connect(lambda: None if sheet.granted else cancelled())
            self.open_sheet(sheet)

        self.context.read(signers, ask)

    # ---- what waits for an answer at another screen

    def look_at_waiting(self) -> None:
        """Do what was approved, at once where only that waits; else show how everything stands."""
        if self.sheet is None and (sheet := self.waiting.sheet(self)) is not None:
            self.open_sheet(sheet)

    def ask_reason(
        self, title: str, choices: Sequence[Choice], then: Callable[[str], None], *, free_text: bool = False
    ) -> None:
        """Ask for a reason by its digit."""
        self.open_sheet(ReasonSheet(self, title, choices, then, free_text=free_text))

    def ask_fields(
        self,
        title: str,
        fields: Sequence[Field],
        then: Callable[[dict[str, str]], str | None],
        accept: str = "",
        *,
        keep: bool = False,
    ) -> None:
        """Ask for a few fields; with ``keep`` a refusal of what they led to brings them back as they were keyed."""

        def take(values: dict[str, str]) -> str | None:
            fault = then(values)
            if fault is None and keep:
                kept = [replace(field, value=values[field.name]) for field in fields]
                self._again = lambda problem: ask(kept, problem)
            return fault

        def ask(fields: Sequence[Field], problem: Problem | None = None) -> None:
            sheet = FieldsSheet(self, title, fields, take, accept)
            self.open_sheet(sheet)
            if problem is not None:
                sheet.show_refusal(problem.text, problem.field)

        self._again = None
        ask(fields)

    def open_over(self, make: Callable[[object], object]) -> None:
        """Lay a sheet of a page's own over the window."""
        sheet = make(self)
        if isinstance(sheet, Sheet):
            self.open_sheet(sheet)

    def restore(self, path: Path) -> None:
        """Ask the window, which outlives this sign-in, to restore."""
        self.restore_wanted.emit(path)

    def print_waiting(self) -> None:
        """Print what stands in the outbox."""
        self.printing.print_waiting(self.context)

    def print_paper(self, title: str, make: Callable[[], bytes]) -> None:
        """Print a paper that is no receipt (slip, report)."""
        self.printing.print_paper(title, make)

    # ---- sheets

    def open_sheet(self, sheet: Sheet) -> None:
        """Lay a sheet over the workspace; the keys below are silent until it is gone."""
        if self.sheet is not None:
            self.sheet.close_sheet()
        self.sheet = sheet
        self._let_keys(on=False)
        sheet.closed.connect(lambda: self._sheet_gone(sheet))
        sheet.start()

    def _sheet_gone(self, sheet: Sheet) -> None:
        if self.sheet is sheet:
            self.sheet = None
            self._let_keys(on=True)
            self.focus_page()

    def _let_keys(self, *, on: bool) -> None:
        self.waiting.looks.setEnabled(on)
        self.keys.setEnabled(on)
        for page in self._pages.values():
            page.keys.setEnabled(on)
        if self.strip is not None:
            self.strip.keys.setEnabled(on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody wanted takes the banner away."""
        if event.key() == Qt.Key.Key_Escape and not self.notice.isHidden():
            self.notice.clear()
            return
        super().keyPressEvent(event)
