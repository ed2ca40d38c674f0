"""This station: where its papers go, where its settings stand, and a page to try it."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.devices.station import PrinterKind, read_station
from csr_desk.domain.errors import BadInput
from csr_desk.locations import data_folder
from csr_desk.ui.saved_files import exports_folder
from csr_desk.ui.station_printer import papers_folder, station_file
from csr_desk.ui.widgets import Card, KeyButton, KeyValues, Label


class StationPanel(QWidget):
    """Facts of the station and a test page; the settings themselves are a text file."""

    def __init__(self, test: QAction) -> None:
        super().__init__()
        self.facts = KeyValues("station-fact")
        card = Card(self.tr("This station"))
        card.body.addWidget(self.facts)
        note = Label(
            self.tr("Printer, paper and drawer stand in the settings file; the program reads it when it starts."),
            "soft",
        )
        note.setWordWrap(True)
        card.body.addSpacing(8)
        card.body.addWidget(note)
        card.body.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(KeyButton.for_action(test, "primary"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(card, 1)
        box.addLayout(foot)

    def show_station(self) -> None:
        """Show where things are; a settings file that cannot be read says so itself."""
        try:
            station = read_station(station_file())
            named = " ".join(part for part in (station.printer.value, station.name) if part)
            printer = (
                named if station.printer is not PrinterKind.NONE else self.tr("none: PDFs go into the papers folder")
            )
        except BadInput as fault:
            printer = fault.message
        self.facts.show_facts([
            (self.tr("Printer"), printer),
            (self.tr("Settings file"), str(station_file())),
            (self.tr("Papers"), str(papers_folder())),
            (self.tr("Saved reports"), str(exports_folder())),
            (self.tr("Data and log"), str(data_folder())),
        ])  # fmt: skip
