"""The catalogue that is sold from, and a look at files before anybody takes them in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from csr_desk.domain.catalogue import Catalogue
from csr_desk.ui.context import Tone
from csr_desk.ui.pages.setup.presenter import CheckedFiles
from csr_desk.ui.widgets import Card, Chip, KeyButton, KeyValues, Label


class CataloguePanel(QWidget):
    """What is in force above, what was found on the disk below."""

    check_wanted = Signal()

    def __init__(self, check: QAction, take: QAction) -> None:
        super().__init__()
        self.facts = KeyValues("catalogue-fact")
        self.files = QLineEdit()
        self.files.setObjectName("files")
        self.files.setAccessibleIdentifier("catalogue-files")
        self.files.setPlaceholderText(self.tr("folder of CSV files, or an XLSX workbook"))
        self.chip = Chip("", Tone.INFO, "catalogue-verdict")
        self.found = QPlainTextEdit()
        self.found.setReadOnly(True)
        self.found.setAccessibleIdentifier("catalogue-findings")
        self.found.setAccessibleName(self.tr("What was found"))
        self.found.setTabChangesFocus(True)
        now = Card(self.tr("In force"))
        now.body.addWidget(self.facts)
        disk = Card(self.tr("Look over files"), self.tr("looking takes nothing in"))
        row = QHBoxLayout()
        label = Label(self.tr("Files"), "small")
        label.setBuddy(self.files)
        row.addWidget(label)
        row.addWidget(self.files, 1)
        row.addWidget(KeyButton.for_action(check, "primary"))
        disk.body.addLayout(row)
        verdict = QHBoxLayout()
        verdict.addWidget(self.chip)
        verdict.addStretch(1)
        verdict.addWidget(KeyButton.for_action(take))
        disk.body.addLayout(verdict)
        disk.body.addWidget(self.found, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(now)
        box.addWidget(disk, 1)
        self.files.returnPressed.connect(self.check_wanted)

    def show_catalogue(self, catalogue: Catalogue) -> None:
        """Show what is sold from."""
        versions = sum(len(item.versions) for item in catalogue.items.values())
        kind = self.tr("demonstration, not for real business") if catalogue.demonstration else self.tr("of the city")
        self.facts.show_facts([
            (self.tr("Catalogue"), catalogue.name),
            (self.tr("Release"), catalogue.label),
            (self.tr("Kind"), kind),
            (self.tr("Items"), f"{len(catalogue.items):,}"),
            (self.tr("Dated prices"), f"{versions:,}"),
            (self.tr("Fingerprint"), catalogue.content_hash[:16]),
        ])  # fmt: skip

    def show_checked(self, files: CheckedFiles) -> None:
        """Show what was found on the disk: faults first, then what would change, then notes."""
        if files.faults:
            self.chip.show_state(self.tr("{0} faults: cannot be taken in").format(len(files.faults)), Tone.BAD)
        else:
            words = self.tr("{0} items, {1} changes, no fault").format(f"{files.items:,}", len(files.changes))
            self.chip.show_state(words, Tone.OK)
        parts: list[str] = []
        for title, lines in (
            (self.tr("Faults"), files.faults),
            (self.tr("Changes"), files.changes),
            (self.tr("Notes"), files.notes),
        ):
            if lines:
                parts += [f"{title} ({len(lines)})", *(f"  {line}" for line in lines), ""]
        self.found.setPlainText("\n".join(parts) or self.tr("The same as what is in force."))

    def clear_found(self) -> None:
        """Ready for the next files."""
        self.chip.show_state("", Tone.INFO)
        self.found.clear()
