"""The strip of a training day above every page: who is at the counter, what they say and hold out; and the result."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csr_desk.ui.context import Context
from csr_desk.ui.page import make_key
from csr_desk.ui.theme import say
from csr_desk.ui.training.presenter import ResultPicture, StripPicture, TrainingPresenter
from csr_desk.ui.widgets import KeyButton, KeyValues, Label, Sheet
from csr_desk.ui.widgets.card import rule

HEIGHT = 112


class TrainingStrip(QFrame):
    """Shows what the presenter says; its keys work on every page while no sheet lies above."""

    def __init__(self, context: Context, open_sheet: Callable[[Sheet], None], parent: QWidget) -> None:
        """Ask at once where the person's day stands."""
        super().__init__(parent)
        self._open_sheet = open_sheet
        self.presenter = TrainingPresenter(context, self)
        say(self, role="practice")
        self.setFixedHeight(HEIGHT)
        self.setAccessibleIdentifier("training-strip")
        self.setAccessibleName(self.tr("Training day"))
        self.keys = QActionGroup(self)
        self.keys.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        self.go_on = self._key("training-next", self.tr("Next customer"), "Ctrl+N", self.presenter.go_on)
        self.no_money = self._key("training-answer", self.tr("No money"), "Ctrl+M", self.presenter.ask_answer)
        self.give_up = self._key("training-leave", self.tr("Give this training day up"), "", self.presenter.ask_leave)
        self.result = self._key(
            "training-result", self.tr("Result of the training day"), "", self.presenter.read_result
        )
        self.place = Label("", "head", "training-place")
        self.score = Label("", "soft", "training-score")
        self.customer = Label("", "strong", "training-customer")
        self.said = self._wrapped("said", "training-said")
        self.meaning = self._wrapped("soft", "training-meaning")
        self.hands = self._wrapped("", "training-hands")
        self.last = self._wrapped("small", "training-last")
        self.listed = Label("", "small", "training-listed")
        self._assemble()
        self.presenter.read()

    def _key(self, name: str, text: str, shortcut: str, do: Callable[[], None]) -> QAction:
        return make_key(self, self.keys, (name, text, shortcut), do)

    @staticmethod
    def _wrapped(role: str, name: str) -> Label:
        label = Label("", role, name)
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        return label

    def _assemble(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(self.place)
        left.addWidget(self.score)
        left.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.customer)
        words.addWidget(self.said, 2)
        words.addWidget(self.meaning, 1)
        hands = QVBoxLayout()
        hands.setSpacing(2)
        hands.addWidget(self.hands, 1)
        hands.addWidget(self.listed)
        keys = QVBoxLayout()
        keys.setSpacing(6)
        keys.addWidget(KeyButton.for_action(self.go_on))
        keys.addWidget(KeyButton.for_action(self.no_money))
        keys.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(18)
        for column, stretch in ((left, 0), (words, 5), (hands, 4), (keys, 0)):
            top.addLayout(column, stretch)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 8, 16, 6)
        outer.setSpacing(2)
        outer.addLayout(top, 1)
        self.last.setFixedHeight(16)
        self.last.setWordWrap(False)
        outer.addWidget(self.last)

    def show_picture(self, picture: StripPicture) -> None:
        """Show where the day stands."""
        self.place.setText(picture.place)
        self.score.setText(picture.score)
        self.customer.setText(picture.name)
        self.customer.setVisible(bool(picture.name))
        self.said.setText(picture.said)
        self.meaning.setText(picture.meaning)
        self.meaning.setVisible(bool(picture.meaning))
        self.hands.setText("\n".join(picture.hands))
        self.last.setText(picture.last)
        self.listed.setText(picture.listed)
        self.go_on.setText(picture.next_words)
        self.no_money.setEnabled(picture.may_answer)
        self.give_up.setEnabled(picture.may_leave)

    def show_result(self, result: ResultPicture, print_it: Callable[[], None]) -> None:
        """Lay the result over the window."""
        over = self.parentWidget()
        if over is not None:
            self._open_sheet(ResultSheet(over, result, print_it))


class ResultSheet(Sheet):
    """The result of a day; Enter prints the certificate, Esc goes back."""

    def __init__(self, parent: QWidget, result: ResultPicture, print_it: Callable[[], None]) -> None:
        """Show points, mistakes and the code."""
        super().__init__(parent, result.headline, "training-outcome", width=560)
        self._print = print_it
        points = KeyValues("training-points")
        points.show_facts(result.points, figures=True)
        self.body.addWidget(points)
        self.body.addWidget(rule())
        self.body.addWidget(Label(self.tr("Mistakes"), "title"))
        if result.mistakes:
            mistakes = KeyValues("training-mistakes")
            mistakes.show_facts(result.mistakes, figures=True)
            self.body.addWidget(mistakes)
        else:
            self.body.addWidget(Label(self.tr("None."), "soft"))
        self.body.addWidget(rule())
        closing = Label(result.closing, "soft", "training-closing")
        closing.setWordWrap(True)
        self.body.addWidget(closing)
        back = KeyButton(self.tr("Back"), "Esc", "", "training-back")
        back.clicked.connect(self.cancel)
        self.printing = KeyButton(self.tr("Print the certificate"), "Enter", "primary", "training-print")
        self.printing.clicked.connect(self.accept)
        self.foot.addWidget(back)
        self.foot.addWidget(self.printing, 1)

    def start(self) -> None:
        """Open with the certificate one key away."""
        self.open(self.printing)

    def accept(self) -> None:
        """Print the certificate."""
        self.close_sheet()
        self._print()
