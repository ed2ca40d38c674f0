"""Who are you? Named people only; the same page unlocks a locked desk with the cart kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from csr_desk.ui import practice
from csr_desk.ui.icons import pixmap
from csr_desk.ui.person_row import PersonRow
from csr_desk.ui.prompts import line_edit
from csr_desk.ui.theme import say
from csr_desk.ui.widgets import Chip, KeyButton, Label

if TYPE_CHECKING:
    from csr_desk.services.staff import PersonCard, SignInPage


class SignInView(QWidget):
    """Type a part of the name, Enter, the secret, Enter."""

    wanted = Signal(str, str)
    """Somebody gave a user and a secret."""
    training_wanted = Signal()
    """Somebody wants to the training office."""

    def __init__(self, *, trains: bool = True) -> None:
        """Build the page; ``show_page`` fills it. ``trains`` offers the training office."""
        super().__init__()
        self.trains = trains
        say(self, role="ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
        self._people: tuple[PersonCard, ...] = ()
        self._locked_for = ""
        self.office = Label("", "head", "sign-in-office")
        self.demo = Chip("", "demo", "sign-in-demonstration")
        self.sentence = Label("", "soft", "sign-in-sentence")
        self.news = Label("", "strong", "sign-in-news")
        self.news.setWordWrap(True)
        self.box = line_edit("sign-in-user", self.tr("Who are you?"))
        self.box.setPlaceholderText(self.tr("part of your name or user"))
        self.people = QListWidget()
        self.people.setObjectName("sign-in-people")
        self.people.setAccessibleIdentifier("sign-in-people")
        self.people.setAccessibleName(self.tr("People of this office"))
        self.people.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.people.setItemDelegate(PersonRow(self.people))
        self.secret = line_edit("sign-in-secret", self.tr("Your secret"), secret=True)
        self.chosen = Label("", "strong", "sign-in-chosen")
        self.fault = Label("", "fault", "sign-in-fault")
        self.fault.setWordWrap(True)
        self.enter_button = KeyButton(self.tr("Sign in"), "Enter", "primary", "sign-in-enter")
        self.train_button = KeyButton(self.tr("Training day"), "Ctrl+T", "quiet", "sign-in-training")
        self.train_button.setShortcut(QKeySequence("Ctrl+T"))
        self._assemble()
        self._connect()

    def _assemble(self) -> None:
        card = QFrame()
        say(card, role="sheet")
        card.setFixedSize(760, 600)
        left = QVBoxLayout()
        left.setSpacing(8)
        who = Label(self.tr("Who are you?"), "title")
        who.setBuddy(self.box)
        left.addWidget(who)
        left.addWidget(self.box)
        left.addWidget(self.people, 1)
        right = QVBoxLayout()
        right.setSpacing(10)
        mark = Label()
        mark.setPixmap(pixmap("city", "accent", 44))
        secret_word = Label(self.tr("Your secret"), "title")
        secret_word.setBuddy(self.secret)
        self.office.setWordWrap(True)
        self.sentence.setWordWrap(True)
        above: tuple[QWidget, ...] = (mark, self.office, self.demo, self.sentence, self.news)
        below: tuple[QWidget, ...] = (
            self.chosen,
            secret_word,
            self.secret,
            self.fault,
            self.enter_button,
            self.train_button,
        )
        for widget in above:
            right.addWidget(widget)
        right.addStretch(1)
        for widget in below:
            right.addWidget(widget)
        row = QHBoxLayout(card)
        row.setContentsMargins(24, 22, 24, 22)
        row.setSpacing(24)
        row.addLayout(left, 5)
        row.addLayout(right, 4)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(1)

    def _connect(self) -> None:
        self.box.textChanged.connect(self._filter)
        self.box.returnPressed.connect(self._to_secret)
        self.box.installEventFilter(self)
        self.secret.returnPressed.connect(self._send)
        self.secret.installEventFilter(self)
        self.enter_button.clicked.connect(self._send)
        self.train_button.clicked.connect(self.training_wanted)
        self.people.itemClicked.connect(lambda _item: self._to_secret())
        self.people.currentRowChanged.connect(lambda _row: self._show_chosen())

    def show_page(self, page: SignInPage, locked_for: str = "") -> None:
        """Show the people of the office; ``locked_for`` is the user whose work waits behind the lock."""
        self._people = tuple(page.people)
        self._locked_for = locked_for
        self.office.setText(page.office.name)
        demo = page.office.demonstration or page.office.training
        self.demo.show_state(practice.words_of(page.office), "practice")
        say(self, money=practice.look_of(page.office))
        self.train_button.setVisible(self.trains and not page.office.training_day)
        waiting = next((card.name for card in self._people if card.user == locked_for), "")
        if waiting:
            text = self.tr("Locked. The cart of {0} is kept. Somebody else may sign in as well.").format(waiting)
        elif demo:
            text = self.tr("Nothing here is real money. The secret of each person stands beside the name.")
        else:
            text = self.tr("Only named people; nobody shares a secret.")
        self.sentence.setText(text)
        self.secret.clear()
        self.fault.clear()
        self.enter_button.setEnabled(True)
        self.box.setText(locked_for)
        self._filter(self.box.text())
        if waiting:
            self._to_secret()
        else:
            self.box.setFocus()

    def tell(self, text: str) -> None:
        """Say what goes on with the ledger; whoever keys their secret is not disturbed."""
        self.news.setText(text)

    def refuse(self, text: str) -> None:
        """Say why not; the secret is keyed again."""
        self.fault.setText(text)
        self.enter_button.setEnabled(True)
        self.secret.clear()
        self.secret.setFocus()

    def user(self) -> str:
        """The person picked, by user id."""
        row = self.people.currentRow()
        return str(self.people.item(row).data(Qt.ItemDataRole.UserRole)) if row >= 0 else self.box.text().strip()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows pick a person; Esc in the secret goes back to the name."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if watched is self.box and step:
                row = max(0, min(self.people.count() - 1, self.people.currentRow() + step))
                self.people.setCurrentRow(row)
                return True
            if watched is self.secret and event.key() == Qt.Key.Key_Escape:
                self.secret.clear()
                self.box.setFocus()
                self.box.selectAll()
                return True
        return super().eventFilter(watched, event)

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        self._fill([card for card in self._people if all(word in _searched(card) for word in words)])

    def _fill(self, cards: Sequence[PersonCard]) -> None:
        self.people.clear()
        for card in cards:
            item = QListWidgetItem(f"{card.name} · {card.title}")
            item.setData(Qt.ItemDataRole.UserRole, card.user)
            item.setData(PersonRow.CARD, (card.name, f"{card.title} · {card.user}", card.demo_secret))
            self.people.addItem(item)
        self.people.setCurrentRow(0)
        self._show_chosen()

    def _show_chosen(self) -> None:
        card = next((card for card in self._people if card.user == self.user()), None)
        self.chosen.setText(f"{card.name} · {card.title}" if card is not None else "")

    def _to_secret(self) -> None:
        self.secret.setFocus(Qt.FocusReason.TabFocusReason)

    def _send(self) -> None:
        if not self.secret.text():
            self._to_secret()
            return
        if self.enter_button.isEnabled():
            self.enter_button.setEnabled(False)
            self.wanted.emit(self.user(), self.secret.text())


def _searched(card: PersonCard) -> str:
    return f"{card.name} {card.title} {card.user}".casefold()
