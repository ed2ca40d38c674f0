"""The sheet of a new request: its type at the left, what they say and where at the right, whose it is beside that.

F9, a word of the type, Enter, the words, Enter: three keys and the text where it is known who stands there.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.requests import Request
from csr_desk.ui.new_request.fields import QuestionFields
from csr_desk.ui.new_request.presenter import Keyed, NewRequestPresenter, TakingPicture
from csr_desk.ui.new_request.type_edit import TypeEdit, type_pick
from csr_desk.ui.page import make_key
from csr_desk.ui.problems import Kind, explain
from csr_desk.ui.prompts import line_edit
from csr_desk.ui.request_words import (
    channel_words,
    due_brief,
    language_words,
    priority_words,
    subject_words,
    warning_words,
)
from csr_desk.ui.widgets import Chip, KeyButton, Label, Sheet, scrolled
from csr_desk.ui.widgets.key_row import KeyRow
from csr_desk.ui.widgets.pick_list import Pick, PickList
from csr_desk.ui.widgets.words_edit import WordsEdit

_WIDTH, _HIGH = 1180, 470
_LEFT, _RIGHT, _BAR = 330, 330, 14
_ALIKE = 62
"""One line and its edges; arrows show more."""


class NewRequestSheet(Sheet):
    """Enter goes on: from the type to the words, from the words to what is missing, and then it is taken."""

    def __init__(self, parent: QWidget, presenter: NewRequestPresenter) -> None:
        """State, widgets, assemble, connect."""
        super().__init__(parent, parent.tr("New request"), "new-request", width=_WIDTH)
        self.presenter = presenter
        found = presenter.found
        self.type = TypeEdit("request-type", self.tr("What it is about"), self.tr("a word of it, or its figure"))
        self.types = PickList("request-types", self.tr("What can be asked for"))
        self.types.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.promise = Label("", "strong", "request-promise")
        self.promise.setWordWrap(True)
        self.summary = WordsEdit("request-summary", self.tr("What they say"))
        self.questions = QuestionFields()
        self.site = line_edit("request-site", self.tr("Where"))
        self.site.setText(found.site)
        self.place = line_edit("request-place", self.tr("Point on the map"))
        self.place.setPlaceholderText("29.7604,-95.3698")
        self.contact = line_edit("request-contact", self.tr("Who asks"))
        self.reach = line_edit("request-reach", self.tr("How to reach them"))
        self.reach.setText(found.reach)
        self.reach.setPlaceholderText(self.tr("telephone or e-mail"))
        self.alike = PickList("request-alike", self.tr("Open already"))
        self.alike_words = Label(self.tr("Open already, the same?"), "strong")
        self._make_keys()
        self._assemble()
        self._connect()
        presenter.attach(self)

    def _make_keys(self) -> None:
        go, self.keys = self.presenter, QActionGroup(self)
        self.channel = self._key("request-channel", "", "Alt+C", go.next_channel)
        self.language = self._key("request-language", "", "Alt+L", go.next_language)
        self.priority = self._key("request-priority", "", "Alt+P", go.next_priority)
        self.anonymous = self._key("request-anonymous", "", "Alt+A", go.turn_anonymous)
        self.address = self._key("request-address", self.tr("Their own address"), "Alt+U", self._use_address)
        self.second = self._key("request-second", self.tr("Second caller there"), "Alt+S", self._second_caller)
        self.open_one = self._key("request-go", self.tr("Look at it"), "Alt+G", self._go_to)
        self.with_slip = self._key("request-slip", self.tr("Take and print slip"), "Ctrl+Return", self._take_slip)
        self.address.setVisible(bool(self.presenter.found.address))

    def _key(self, name: str, text: str, shortcut: str, do: Callable[[], None]) -> QAction:
        return make_key(self, self.keys, (name, text, shortcut), do)

    def _assemble(self) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(self._left())
        columns.addWidget(scrolled(self._middle()), 1)
        right = scrolled(self._right())
        right.setFixedWidth(_RIGHT + _BAR)
        columns.addWidget(right)
        self.body.addLayout(columns, 1)
        back = KeyButton(self.tr("Back"), "Esc", "", "request-back")
        back.clicked.connect(self.cancel)
        self.take = KeyButton(self.tr("Take the request"), "Enter", "primary", "request-take")
        self.take.clicked.connect(self._take)
        self.foot.addWidget(back)
        self.foot.addWidget(KeyButton.for_action(self.with_slip))
        self.foot.addWidget(self.take, 1)

    def _left(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(_LEFT)
        side.setMinimumHeight(_HIGH)
        column = _column(side)
        column.addWidget(_labelled(self.tr("What it is about"), self.type))
        column.addWidget(self.type)
        column.addWidget(self.types, 1)
        column.addWidget(self.alike_words)
        self.alike.setFixedHeight(_ALIKE)
        column.addWidget(self.alike)
        self.alike_row = KeyRow(self.second, self.open_one, edge=0)
        column.addWidget(self.alike_row)
        return side

    def _middle(self) -> QWidget:
        middle = QWidget()
        column = _column(middle)
        column.addWidget(self.promise)
        column.addWidget(_labelled(self.tr("What they say"), self.summary))
        column.addWidget(self.summary)
        column.addWidget(self.questions)
        column.addWidget(_labelled(self.tr("Where"), self.site))
        column.addWidget(self.site)
        column.addWidget(KeyRow(self.address, edge=0))
        column.addWidget(_labelled(self.tr("Point on the map (latitude, longitude)"), self.place))
        column.addWidget(self.place)
        column.addStretch(1)
        return middle

    def _right(self) -> QWidget:
        found = self.presenter.found
        side = QWidget()
        side.setFixedWidth(_RIGHT)
        column = _column(side)
        for at, note in enumerate(found.warnings, 1):
            column.addWidget(_warning(warning_words(note), str(note.level), at))
        if found.customer_id:
            who = Label(found.customer_name, "title", "request-customer")
            who.setWordWrap(True)
            column.addWidget(who)
        else:
            column.addWidget(_labelled(self.tr("Who asks"), self.contact))
            column.addWidget(self.contact)
        column.addWidget(_labelled(self.tr("How to reach them"), self.reach))
        column.addWidget(self.reach)
        about = Label(" · ".join(map(subject_words, found.links)), "soft", "request-about")
        about.setWordWrap(True)
        if found.links:
            column.addWidget(about)
        for action in (self.channel, self.language, self.priority, self.anonymous):
            column.addWidget(KeyButton.for_action(action))
        column.addStretch(1)
        return side

    def _connect(self) -> None:
        go = self.presenter
        self.type.textChanged.connect(go.typed)
        self.type.stepped.connect(self._step)
        self.type.digit.connect(self._by_digit)
        self.types.picked.connect(lambda code: go.choose(code, self.site.text()))
        self.types.entered.connect(self._choose)
        self.site.textChanged.connect(go.look_alike)

    # ---- keys

    def start(self) -> None:
        """Open with the cursor in the type."""
        self.open(self.type)

    def accept(self) -> None:
        """Enter: the type that is picked, or all of it."""
        if self.type.hasFocus():
            self._choose(self.types.current_key() or "")
        else:
            self._take()

    def _take(self) -> None:
        self.presenter.take(self.keyed())

    def _take_slip(self) -> None:
        self.presenter.take(self.keyed(), slip=True)

    def _choose(self, code: str) -> None:
        if code:
            self.presenter.choose(code, self.site.text())
            self.summary.setFocus(Qt.FocusReason.TabFocusReason)

    def _by_digit(self, digit: str) -> None:
        one = self.presenter.at_digit(digit)
        if one is not None:
            self._choose(one.code)

    def _step(self, by: int) -> None:
        keys = [pick.key for pick in self.types.picks]
        if keys:
            at = keys.index(self.types.current_key() or keys[0]) + by
            code = keys[max(0, min(at, len(keys) - 1))]
            self.types.pick(code)
            self.presenter.choose(code, self.site.text())

    def _use_address(self) -> None:
        self.site.setText(self.presenter.found.address)
        self.site.setFocus(Qt.FocusReason.TabFocusReason)

    def _second_caller(self) -> None:
        self.presenter.second_caller(self.alike.current_key() or "", self.keyed())

    def _go_to(self) -> None:
        self.presenter.go_to(self.alike.current_key() or "")

    def keyed(self) -> Keyed:
        """What stands in the fields."""
        return Keyed(
            self.summary.words(), self.site.text().strip(), self.place.text().strip(),
            self.contact.text().strip(), self.reach.text().strip(), self.questions.answers(),
        )  # fmt: skip

    # ---- what the presenter shows

    def show_picture(self, picture: TakingPicture) -> None:
        """Show what was found and chosen."""
        chosen = picture.type
        picks = [type_pick(at, one) for at, one in enumerate(picture.found, 1)]
        self.types.show_picks(picks, chosen.code if chosen is not None else None)
        self.promise.setText(picture.promise or self.tr("Choose at the left what it is about."))
        self.questions.ask(chosen.questions if chosen is not None else ())
        self.channel.setText(self.tr("Channel: {0}").format(channel_words(picture.channel)))
        self.language.setText(self.tr("Language: {0}").format(language_words(picture.language)))
        self.priority.setText(self.tr("Priority: {0}").format(priority_words(picture.priority)))
        self.priority.setEnabled(chosen is not None)
        named = self.tr("Named: the answer goes to them")
        self.anonymous.setText(self.tr("Not named: nobody is told") if picture.anonymous else named)
        for field in (self.contact, self.reach):
            field.setEnabled(not picture.anonymous)
        self.alike.show_picks([self._alike(one) for one in picture.alike])
        for widget in (self.alike, self.alike_words, self.alike_row):
            widget.setVisible(bool(picture.alike))
        for action in (self.second, self.open_one):
            action.setEnabled(bool(picture.alike))

    def show_lack(self, words: str, name: str) -> None:
        """Say what is missing, with the cursor in its field."""
        self.say_fault(words)
        fields = {"type": self.type, "summary": self.summary, "site": self.site, "contact": self.contact,
                  "place": self.place, "reach": self.reach}  # fmt: skip
        field = fields.get(name) or self.questions.field(name)
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_refusal(self, error: Exception) -> bool:
        """Say why it was refused; a fault of the program is the window's to tell."""
        problem = explain(error)
        if problem.kind is Kind.CRASH:
            return False
        self.show_lack(problem.text, problem.field)
        return True

    def done(self) -> None:
        """It is taken."""
        self.close_sheet()

    def _alike(self, one: Request) -> Pick:
        desk = self.presenter.context.desk
        due = due_brief(one, desk.today(), desk.policy.days_off)
        return Pick(one.number, one.number, one.summary, due, "info")


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    return column


def _labelled(words: str, widget: QWidget) -> Label:
    label = Label(words, "small")
    label.setBuddy(widget)
    return label


def _warning(words: str, level: str, at: int) -> QWidget:
    chip = Chip(words, {"stop": "bad", "warn": "warn"}.get(level, "info"), f"request-warning-{at}")
    chip.setWordWrap(True)
    return chip
