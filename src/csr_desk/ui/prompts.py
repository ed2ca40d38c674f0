"""Sheets that ask: a second person's yes, a reason by its digit, a few fields, and the end of a fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from csr_desk.ui.context import ApprovalRequest, Choice, Field
from csr_desk.ui.problems import Problem
from csr_desk.ui.widgets import KeyButton, Label, Sheet
from csr_desk.ui.widgets.search_box import now_ms

ECHO_MS = 120
"""A line end so soon after the first one is the reader's second."""

WAITING_KEY = "Ctrl+F11"
"""Sends a request to another screen, and later looks at what waits and does it."""


def line_edit(name: str, label: str, *, secret: bool = False) -> QLineEdit:
    """A field with an identifier and an accessible name."""
    field = QLineEdit()
    field.setObjectName(name)
    field.setAccessibleIdentifier(name)
    field.setAccessibleName(label)
    if secret:
        field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


@dataclass(frozen=True, slots=True)
class Signer:
    """A person who may sign, as the prompt shows them."""

    user: str
    name: str
    title: str
    demo_secret: str = ""


class ApprovalSheet(Sheet):
    """The second person picks themselves by digit and keys their own secret, in the same window."""

    def __init__(
        self,
        parent: QWidget,
        request: ApprovalRequest,
        signers: Sequence[Signer],
        send: Callable[[str, str], None],
        elsewhere: Callable[[], None] | None = None,
    ) -> None:
        """``send`` gets user and secret, the owner closes; ``elsewhere`` asks at the supervisors' own screens."""
        title = "Witness" if request.witness else "Approval"
        super().__init__(parent, title, "approval")
        self._signers = list(signers)
        self._send = send
        self._chosen = ""
        self._elsewhere = elsewhere
        self.granted = False
        sentence = Label(request.sentence, "", "approval-sentence")
        sentence.setWordWrap(True)
        self.body.addWidget(sentence)
        word = self.tr("Who witnesses?") if request.witness else self.tr("Who approves?")
        self.body.addWidget(Label(word, "small"))
        self._rows: list[KeyButton] = []
        for at, signer in enumerate(self._signers[:9], start=1):
            words = f"{signer.name} · {signer.title}"
            row = KeyButton(words, str(at), "", f"approver-{signer.user}")
            row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.clicked.connect(lambda _checked=False, user=signer.user: self._choose(user))
            self._rows.append(row)
            self.body.addWidget(row)
        if not signers:
            self.body.addWidget(Label(self.tr("Nobody else of this office may sign this."), "fault"))
        self.secret = line_edit("approver-secret", self.tr("Secret of the person who signs"), secret=True)
        self.secret.setPlaceholderText(self.tr("own secret"))
        self.body.addWidget(self.secret)
        self.demo = Label("", "small", "approval-demo-secret")
        self.body.addWidget(self.demo)
        self.sign = KeyButton(self.tr("Sign"), "Enter", "primary", "approval-sign")
        self.sign.clicked.connect(self.accept)
        back = KeyButton(self.tr("Back"), "Esc", "", "approval-back")
        back.clicked.connect(self.cancel)
        self.foot.addWidget(back)
        self.foot.addWidget(self.sign, 1)
        self._offer_elsewhere()
        if len(self._signers) == 1:
            self._choose(self._signers[0].user)
        else:
            self.secret.setEnabled(False)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _offer_elsewhere(self) -> None:
        if self._elsewhere is not None:
            away = KeyButton(self.tr("Ask at their own screen"), WAITING_KEY, "", "approval-elsewhere")
            away.clicked.connect(self.ask_elsewhere)
            self.body.addWidget(away)

    def start(self) -> None:
        """Open with the cursor where the next key belongs."""
        self.open(self.secret if self._chosen else self)

    def accept(self) -> None:
        """Send user and secret, once."""
        if self._chosen and self.secret.text() and self.sign.isEnabled():
            self.sign.setEnabled(False)
            self._send(self._chosen, self.secret.text())

    def ask_elsewhere(self) -> None:
        """Send the request to another screen and go on."""
        if self._elsewhere is not None:
            self.close_sheet()
            self._elsewhere()

    def refuse(self, text: str) -> None:
        """The secret was wrong or the person may not: say so and ask again."""
        self.sign.setEnabled(True)
        self.secret.clear()
        self.secret.setFocus()
        self.say_fault(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit or an arrow picks the person; the key of what waits sends the request away."""
        if event.key() == Qt.Key.Key_F11 and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.ask_elsewhere()
            event.accept()
            return
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self._rows:
            self._choose(self._signers[self._next(step)].user)
            event.accept()
            return
        place = event.key() - Qt.Key.Key_1
        if not self.secret.hasFocus() and 0 <= place < len(self._rows):
            self._choose(self._signers[place].user)
            event.accept()
            return
        super().keyPressEvent(event)

    def _next(self, step: int) -> int:
        """The person above or below the one that is picked; in the secret a digit is a letter of it."""
        at = next((at for at, signer in enumerate(self._signers) if signer.user == self._chosen), None)
        if at is None:
            return 0 if step > 0 else len(self._rows) - 1
        return max(0, min(at + step, len(self._rows) - 1))

    def _choose(self, user: str) -> None:
        if user != self._chosen:
            self.secret.clear()  # what was keyed is another person's secret
        self._chosen = user
        for row, signer in zip(self._rows, self._signers, strict=False):
            chosen = signer.user == user
            row.say_text(f"{'✓ ' if chosen else ''}{signer.name} · {signer.title}")
            if chosen:
                self.demo.setText(
                    self.tr("Demonstration: the secret is {0}").format(signer.demo_secret) if signer.demo_secret else ""
                )
        self.secret.setEnabled(True)
        self.secret.setFocus(Qt.FocusReason.TabFocusReason)


_ONE_COLUMN = 9
"""With more choices than these the digits stand two abreast, so that the sheet fits the lowest screen."""


class ReasonSheet(Sheet):
    """Reasons by digit; one key and it goes on. Free words where the city allows them."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        choices: Sequence[Choice],
        then: Callable[[str], None],
        *,
        free_text: bool = False,
    ) -> None:
        """``then`` gets the value of the reason (or the words)."""
        many = len(choices) > _ONE_COLUMN
        super().__init__(parent, title, "reason", width=620 if many else 460)
        self._choices = list(choices)
        self._then = then
        self.words = line_edit("reason-words", self.tr("Reason in words"))
        pairs = QGridLayout()
        pairs.setSpacing(8)
        self.body.addLayout(pairs)
        for at, choice in enumerate(self._choices):
            row = self._row(choice)
            if many and choice.digit.isdigit():
                pairs.addWidget(row, at // 2, at % 2)
            else:
                self.body.addWidget(row)
            if choice.refused:
                row.setEnabled(False)
                why = Label(choice.refused, "small", f"reason-{choice.digit}-refused")
                why.setWordWrap(True)
                self.body.addWidget(why)
        if free_text:
            self.words.setPlaceholderText(self.tr("in words, then Enter"))
            self.body.addWidget(self.words)
        back = KeyButton(self.tr("Back"), "Esc", "", "reason-back")
        back.clicked.connect(self.cancel)
        self.foot.addWidget(back)
        self.foot.addStretch(1)
        self._free = free_text
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _row(self, choice: Choice) -> KeyButton:
        row = KeyButton(choice.text, choice.digit, "", f"reason-{choice.digit}")
        row.clicked.connect(lambda _checked=False: self._take(choice.value))
        row.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return row

    def start(self) -> None:
        """Open; digits work at once."""
        self.open(self.words if self._free and not self._choices else self)

    def accept(self) -> None:
        """Enter takes the words."""
        if self._free and self.words.text().strip():
            self._take(self.words.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit takes its reason."""
        if not self.words.hasFocus():
            for choice in self._choices:
                if event.text() and event.text().casefold() == choice.digit.casefold():
                    if choice.refused:
                        self.say_fault(choice.refused)
                    else:
                        self._take(choice.value)
                    event.accept()
                    return
        super().keyPressEvent(event)

    def _take(self, value: str) -> None:
        self.close_sheet()
        self._then(value)


class FieldsSheet(Sheet):
    """A few fields, Enter from one to the next, Enter on the last accepts; a fault is said beside them."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        fields: Sequence[Field],
        then: Callable[[dict[str, str]], str | None],
        accept: str = "",
        clock_ms: Callable[[], int] = now_ms,
    ) -> None:
        """``then`` returns a fault (the sheet stays) or None (it goes); ``clock_ms`` tells a reader's line ends."""
        super().__init__(parent, title, "fields")
        self._then = then
        self._edits: dict[str, QLineEdit] = {}
        self._fields = tuple(fields)
        self._clock_ms = clock_ms
        self._filled_ms = -ECHO_MS - 1
        for field in fields:
            edit = line_edit(f"field-{field.name}", field.label)
            edit.setText(field.value)
            edit.setPlaceholderText(field.hint)
            if field.hidden:
                edit.setEchoMode(QLineEdit.EchoMode.PasswordEchoOnEdit)
            label = Label(field.label, "small")
            label.setBuddy(edit)
            self.body.addWidget(label)
            self.body.addWidget(edit)
            self._edits[field.name] = edit
        back = KeyButton(self.tr("Back"), "Esc", "", "fields-back")
        back.clicked.connect(self.cancel)
        take = KeyButton(accept or self.tr("Take"), "Enter", "primary", "fields-take")
        take.clicked.connect(self._take)
        self.foot.addWidget(back)
        self.foot.addWidget(take, 1)

    def accept(self) -> None:
        """Enter: the next field, and after the last one on."""
        edits = list(self._edits.values())
        now = self.focusWidget()
        at = next((index for index, edit in enumerate(edits) if edit is now), len(edits) - 1)
        field, text = self._fields[at], edits[at].text().strip()
        if self._clock_ms() - self._filled_ms <= ECHO_MS:
            return  # the second line end of a reader that sends CR and LF
        read = field.fills(text) if field.fills is not None and text else None
        if read is not None:
            self._fill(read, at)
        elif field.ends and not text:
            self._take()
        elif at + 1 < len(edits):
            edits[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
            edits[at + 1].selectAll()
        else:
            self._take()

    def _fill(self, read: Mapping[str, str], at: int) -> None:
        """Put what a reader read into its fields, and the cursor into the first one that it left open."""
        for name, value in read.items():
            self._edits[name].setText(value)
        self.say_fault("")
        self._filled_ms = self._clock_ms()
        names = list(self._edits)
        still = [name for name in names[at + 1 :] if name not in read]
        self._edits[still[0] if still else names[-1]].setFocus(Qt.FocusReason.TabFocusReason)

    def show_refusal(self, text: str, field: str) -> None:
        """Say why what was keyed was refused, with the cursor in the field that it is about."""
        self.say_fault(text)
        if field in self._edits:
            self._edits[field].setFocus(Qt.FocusReason.OtherFocusReason)
            self._edits[field].selectAll()

    def _take(self) -> None:
        fault = self._then({name: edit.text().strip() for name, edit in self._edits.items()})
        if fault is None:
            self.close_sheet()
        else:
            self.say_fault(fault)


class FaultSheet(Sheet):
    """The program made a mistake: a sentence, a reference, and the way on."""

    def __init__(self, parent: QWidget, problem: Problem) -> None:
        """Show the reference that the log carries."""
        super().__init__(parent, "Something went wrong", "fault")
        text = Label(problem.text, "", "fault-text")
        text.setWordWrap(True)
        self.body.addWidget(text)
        reference = Label(self.tr("Reference {0}").format(problem.reference), "strong", "fault-reference")
        reference.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(reference)
        go_on = KeyButton(self.tr("Go on"), "Enter", "primary", "fault-go-on")
        go_on.clicked.connect(self.close_sheet)
        self.foot.addWidget(go_on, 1)

    def accept(self) -> None:
        """Enter goes on."""
        self.close_sheet()
