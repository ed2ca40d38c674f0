"""The board of notices: what changes and changed at the left, the one that is read at the right."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.announcement import Notice
from csr_desk.domain.changes import Topic
from csr_desk.ui.context import Context
from csr_desk.ui.dates import us_date
from csr_desk.ui.notice_words import kind_words
from csr_desk.ui.pages.info_desk.notices_presenter import NoticesPicture, NoticesPresenter
from csr_desk.ui.switched_page import ViewPanel
from csr_desk.ui.widgets import Card, Chip, EmptyState, Label, scrolled
from csr_desk.ui.widgets.figures_table import Column, FiguresTable
from csr_desk.ui.widgets.key_row import KeyRow
from csr_desk.ui.widgets.pick_list import Pick, PickList

_LIST = 430


class NoticesPanel(ViewPanel):
    """Enter in the list says that it is read; Enter on a price, card or form opens it."""

    topics = frozenset({Topic.NOTICES, Topic.CATALOGUE})

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.presenter = NoticesPresenter(context, self)
        self.list = PickList("notices", self.tr("Notices"))
        self.none = EmptyState(
            self.tr("Nothing changed lately"),
            self.tr("A new catalogue announces itself here; a supervisor posts what else changes (Alt+N)."),
        )
        self.title = Label("", "head", "notice-title")
        self.title.setWordWrap(True)
        self.state = Chip("", "info", "notice-state")
        self.facts = Label("", "soft", "notice-facts")
        self.words = Label("", "lead", "notice-body")
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.links = FiguresTable("notice-links", self.tr("What it is about"), (
            Column(self.tr("About"), width=90), Column(self.tr("Number"), width=130), Column(self.tr("What")),
            Column(self.tr("Today"), figures=True, width=110),
        ))  # fmt: skip
        self.missing = Label("", "", "notice-missing")
        self.missing.setWordWrap(True)
        does = self.presenter
        self.read = self.key("notice-acknowledge", self.tr("I have read it"), "Alt+A", does.acknowledge)
        self.open = self.key("notice-open", self.tr("Open what it is about"), "Alt+O", self._open)
        self.post = self.key("notice-post", self.tr("Post a notice"), "Alt+N", does.post)
        self.drop = self.key("notice-withdraw", self.tr("Withdraw it"), "Alt+D", does.withdraw)
        self._assemble()
        self.list.picked.connect(does.choose)
        self.list.entered.connect(self._entered)
        self.links.activated.connect(lambda index: does.open_link(index.row()))
        self.show_picture(NoticesPicture())

    def _assemble(self) -> None:
        board = Card(self.tr("What changed"), self.tr("the newest first; Enter acknowledges"), flush=True)
        board.body.addWidget(self.list, 1)
        board.body.addWidget(self.none, 1)
        board.body.addWidget(KeyRow(self.post))
        board.setFixedWidth(_LIST)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        self.card = Card()
        self.card.body.addLayout(head)
        self.card.body.addWidget(self.facts)
        self.card.body.addWidget(scrolled(self.words), 2)
        self.card.body.addWidget(self.links, 2)
        self.card.body.addWidget(self.missing)
        self.card.body.addWidget(KeyRow(self.read, self.open, self.drop, edge=0))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(board)
        row.addWidget(self.card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)

    def load(self) -> None:
        """Read anew what is shown."""
        self.presenter.load()

    def look_at(self, about: str) -> None:
        """Show this notice."""
        self.presenter.load(about.partition(":")[2])

    def about(self) -> tuple[str, ...]:
        """Return the notice that is looked at."""
        chosen = self.presenter.picture.chosen
        return (f"notice:{chosen.number}",) if chosen else ()

    def first_focus(self) -> QWidget:
        """The list."""
        return self.list

    def _entered(self, number: str) -> None:
        chosen = self.presenter.picture.chosen
        if chosen is not None and chosen.number == number:
            self.presenter.acknowledge()

    def _open(self) -> None:
        self.presenter.open_link(max(self.links.currentIndex().row(), 0))

    def show_picture(self, picture: NoticesPicture) -> None:
        """Show the board, and the notice that is read."""
        chosen = picture.chosen
        self.list.setVisible(bool(picture.notices))
        self.none.setVisible(not picture.notices)
        self.list.show_picks(
            [self._pick(one, picture.unread) for one in picture.notices], chosen.number if chosen else None
        )
        self.card.setVisible(chosen is not None)
        if chosen is not None:
            self._show_chosen(chosen, picture)
        for action, offered in (
            (self.read, picture.waits), (self.open, bool(picture.links)), (self.post, picture.may_post),
            (self.drop, picture.may_post and chosen is not None),
        ):  # fmt: skip
            action.setVisible(offered)
            action.setEnabled(offered)

    def _show_chosen(self, chosen: Notice, picture: NoticesPicture) -> None:
        self.title.setText(chosen.title)
        self.state.show_state(*self._state(chosen, picture.unread))
        at = self.context.desk.local(datetime.fromisoformat(chosen.posted_at))
        by_itself = self.tr("announced by the new catalogue") if chosen.release_id else ""
        must = self.tr("read before the first sale of the day") if chosen.must_read else self.tr("for information")
        said = (
            kind_words(chosen.kind), self.tr("from {0}").format(us_date(chosen.effective_on)), must, by_itself,
            self.tr("posted {0} {1}").format(us_date(at.date()), f"{at:%H:%M}"), chosen.number,
        )  # fmt: skip
        self.facts.setText(" · ".join(part for part in said if part))
        self.words.setText(chosen.body)
        self.links.setVisible(bool(picture.links))
        nouns = {"item": self.tr("Price"), "card": self.tr("Card"), "form": self.tr("Form")}
        self.links.show_rows([[nouns.get(one.noun, one.noun), one.number, one.words, one.price or "–"]
                              for one in picture.links])  # fmt: skip
        self.missing.setText(self._readers(picture))
        self.missing.setVisible(picture.readers is not None)

    def _readers(self, picture: NoticesPicture) -> str:
        if picture.readers is None:
            return ""
        missing, read = picture.readers.missing, picture.readers.read
        who = self.tr("Not read by: {0}").format(", ".join(missing)) if missing else self.tr("Read by all who sell.")
        return f"{who}\n{self.tr('Read by: {0}').format(', '.join(name for name, _at in read) or '–')}"

    def _pick(self, one: Notice, unread: frozenset[str]) -> Pick:
        below = self.tr("{0} · from {1}").format(kind_words(one.kind), us_date(one.effective_on))
        return Pick(one.number, one.title, below, *self._state(one, unread))

    def _state(self, one: Notice, unread: frozenset[str]) -> tuple[str, str]:
        """Say in a word how it stands for this person."""
        if one.number not in unread:
            return self.tr("Read"), "ok"
        return (self.tr("Not read"), "warn") if one.asks(self.context.desk.today()) else (self.tr("New"), "info")
