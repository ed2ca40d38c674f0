"""Sheets around backups: the last one at the exit, what a restore came to, and the steps of a restore."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit, QProgressBar, QWidget

from csr_desk.domain.money import shown
from csr_desk.ui.prompts import line_edit
from csr_desk.ui.widgets import KeyButton, KeyValues, Label, Sheet

if TYPE_CHECKING:
    from csr_desk.services.restoring import Comparison, Missing

WORD = "RESTORE"
"""What is keyed to go on."""


class ExitSheet(Sheet):
    """The program ends as soon as the backup is made, or at once when somebody skips it."""

    def __init__(self, parent: QWidget, skip: Callable[[], None]) -> None:
        """``skip`` ends the program without the backup."""
        super().__init__(parent, parent.tr("Saving a backup …"), "exit-backup")
        self._skip = skip
        words = Label(self.tr("The program ends when it is done. Everything recorded is safe in the database."), "")
        words.setWordWrap(True)
        self.body.addWidget(words)
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.bar.setAccessibleIdentifier("exit-backup-percent")
        self.bar.setAccessibleName(self.tr("How far the backup is"))
        self.body.addWidget(self.bar)
        button = KeyButton(self.tr("End without it"), "Esc", "", "exit-backup-skip")
        button.clicked.connect(self.cancel)
        self.foot.addWidget(button)
        self.foot.addStretch(1)

    def show_percent(self, percent: int) -> None:
        """Show how far it is."""
        self.bar.setValue(percent)

    def cancel(self) -> None:
        """Esc ends the program without this backup."""
        self._skip()


class ToldSheet(Sheet):
    """A sentence that must be read before anything else is done."""

    def __init__(self, parent: QWidget, title: str, words: str) -> None:
        super().__init__(parent, title, "told", width=560)
        text = Label(words, "", "told-words")
        text.setWordWrap(True)
        self.body.addWidget(text)
        button = KeyButton(self.tr("Go on"), "Enter", "primary", "told-go-on")
        button.clicked.connect(self.close_sheet)
        self.foot.addWidget(button, 1)

    def accept(self) -> None:
        """Enter goes on."""
        self.close_sheet()


class RestoreSheet(Sheet):
    """Verify, look at what is missing, key the word: three steps, Enter forward, Esc back out of it."""

    def __init__(self, parent: QWidget, file: str, go: Callable[[], None]) -> None:
        """``go`` puts the backup in place once the word was keyed."""
        super().__init__(parent, parent.tr("Restore from a backup"), "restore", width=720)
        self._go = go
        self._step = 0
        self.said = Label(self.tr("1 of 3 · Verifying {0}: every page, seal, number and sum …").format(file), "")
        self.said.setWordWrap(True)
        self.said.setAccessibleIdentifier("restore-step")
        self.facts = KeyValues("restore-fact")
        self.missing = QPlainTextEdit()
        self.missing.setReadOnly(True)
        self.missing.setTabChangesFocus(True)
        self.missing.setAccessibleIdentifier("restore-missing")
        self.missing.setAccessibleName(self.tr("What is missing since the backup"))
        self.missing.setFixedHeight(190)
        self.word = line_edit("restore-word", self.tr("The word {0}").format(WORD))
        self.word.setPlaceholderText(self.tr("key {0}, then Enter").format(WORD))
        for widget in (self.said, self.facts, self.missing, self.word):
            self.body.addWidget(widget)
        for widget in (self.facts, self.missing, self.word):
            widget.hide()
        back = KeyButton(self.tr("Back"), "Esc", "", "restore-back")
        back.clicked.connect(self.cancel)
        self.next = KeyButton(self.tr("Go on"), "Enter", "primary", "restore-next")
        self.next.setEnabled(False)
        self.next.clicked.connect(self.accept)
        self.foot.addWidget(back)
        self.foot.addWidget(self.next, 1)

    def show_compared(self, compared: Comparison, when: Callable[[str], str]) -> None:
        """Show a verified backup against the newest that is known; ``when`` tells a moment in the office's time."""
        manifest = compared.checked.manifest
        content = manifest.content
        self._step = 1
        self.said.setText(
            self.tr("2 of 3 · The backup is good: all {0} entries verify.").format(f"{content.entries:,}")
        )
        receipts = sum(one.receipts for one in compared.behind)
        takings = sum(one.perpetual for one in compared.behind)
        entries = sum(one.to_seq - one.from_seq + 1 for one in compared.behind)
        lost = self.tr("nothing that is known")
        if compared.behind:
            lost = self.tr("{0} entries, {1} receipts, {2}").format(f"{entries:,}", f"{receipts:,}", shown(takings))
        database = self.tr("can be read") if compared.live else self.tr("is not there or cannot be read")
        self.facts.show_facts([
            (self.tr("Made"), when(manifest.taken_at)),
            (self.tr("Last receipt"), content.last_receipt or self.tr("none")),
            (self.tr("Newest entry"), when(content.last_at)),
            (self.tr("Takings in all"), shown(content.perpetual)),
            (self.tr("Missing since"), lost),
            (self.tr("The database now"), database),
        ])  # fmt: skip
        lines = [self._line(row, when(row.recorded_at)) for row in compared.missing]
        self.missing.setPlainText("\n".join(lines))
        self.facts.show()
        self.missing.setVisible(bool(lines))
        self.next.setEnabled(True)
        self.next.setFocus()

    @staticmethod
    def _line(row: Missing, at: str) -> str:
        amount = shown(row.amount) if row.receipt else ""
        parts = (f"{row.series} {row.seq}", at, row.kind.replace("_", " "), row.receipt, amount)
        return "  ".join(part for part in parts if part)

    def refuse(self, text: str) -> None:
        """The backup is not good: say why; there is no way on."""
        self.said.setText(self.tr("This backup is refused. Nothing was changed."))
        self.say_fault(text)

    def accept(self) -> None:
        """Enter: to the word, then on."""
        if self._step == 1:
            self._step = 2
            takes = self.tr("3 of 3 · The backup takes the place of the database; the old file stays beside it.")
            notes = self.tr("What was restored is recorded. Everybody is signed out.")
            self.said.setText(f"{takes} {notes}")
            self.word.show()
            self.word.setFocus()
        elif self._step == 2:  # noqa: PLR2004 - the last step
            if self.word.text().strip() != WORD:
                self.say_fault(self.tr("Key the word {0} to go on.").format(WORD))
                return
            self.close_sheet()
            self._go()
