"""The people of the office: who may sign in, as what; adding one, retiring one (J1, J3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from csr_desk.domain.people import Role
from csr_desk.services.staff import PersonCard
from csr_desk.services.training_records import TrainedPerson
from csr_desk.ui.dates import us_date
from csr_desk.ui.widgets import Card, KeyButton, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable


class PeoplePanel(QWidget):
    """A table of names; below it the form of a new person."""

    add_wanted = Signal()

    def __init__(self, add: QAction, others: Sequence[QAction], *, may_manage: bool) -> None:
        """``others`` act on the person who is picked."""
        super().__init__()
        self._people: tuple[PersonCard, ...] = ()
        self.table = FiguresTable("people", self.tr("People"), (
            Column(self.tr("Name")), Column(self.tr("Title"), width=190),
            Column(self.tr("Role"), width=150), Column(self.tr("Signs in as"), width=130),
            Column(self.tr("Cash training until"), width=170),
        ))  # fmt: skip
        self.fields = {name: QLineEdit() for name in ("user", "name", "title", "secret")}
        self.fields["secret"].setEchoMode(QLineEdit.EchoMode.Password)
        self.role = QComboBox()
        for role in Role:
            self.role.addItem(role.value.replace("_", " ").capitalize(), role.value)
        card = Card(self.tr("People"), self.tr("one role each: nobody both takes money and approves it"), flush=True)
        card.body.addWidget(self.table, 1)
        self.form = Card(self.tr("Somebody new"))
        self.form.body.addLayout(self._form())
        self.form.setVisible(may_manage)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for action in others:
            foot.addWidget(KeyButton.for_action(action))
        foot.addWidget(KeyButton.for_action(add, "primary"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(card, 1)
        box.addWidget(self.form)
        box.addLayout(foot)
        self.fields["secret"].returnPressed.connect(self.add_wanted)

    def _form(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        parts: tuple[tuple[str, str, QWidget], ...] = (
            ("user", self.tr("Signs in as"), self.fields["user"]),
            ("name", self.tr("Name"), self.fields["name"]),
            ("title", self.tr("Title"), self.fields["title"]),
            ("role", self.tr("Role"), self.role),
            ("secret", self.tr("First secret"), self.fields["secret"]),
        )
        for at, (name, words, field) in enumerate(parts):
            field.setObjectName(f"person-{name}")
            field.setAccessibleIdentifier(f"person-{name}")
            label = Label(words, "small")
            label.setBuddy(field)
            grid.addWidget(label, 0, at)
            grid.addWidget(field, 1, at)
            grid.setColumnStretch(at, 2 if name == "name" else 1)
        return grid

    def show_people(self, people: Sequence[PersonCard], trainings: Mapping[str, TrainedPerson]) -> None:
        """Show who may sign in, and until when whoever may hold a drawer is trained for it."""
        self._people = tuple(people)
        self.table.show_rows([
            [card.name, card.title, card.role.value.replace("_", " ").capitalize(),
             Cell(self.tr("{0}, shut").format(card.user), "bad") if card.shut else Cell(card.user),
             training_cell(trainings.get(card.user))] for card in people
        ])  # fmt: skip

    def chosen(self) -> PersonCard | None:
        """The person that is picked."""
        row = self.table.currentIndex().row()
        return self._people[row] if 0 <= row < len(self._people) else None

    def new_role(self) -> Role:
        """The role in the form."""
        return Role(str(self.role.currentData()))

    def clear_form(self) -> None:
        """Ready for the next person."""
        for field in self.fields.values():
            field.clear()
        next(iter(self.fields.values())).setFocus()


def training_cell(trained: TrainedPerson | None) -> Cell:
    """Until when a training holds; what ran out, is missing or ends soon says so in words."""
    if trained is None or not trained.standing.asked:
        return Cell("")
    stands = trained.standing
    if stands.until is None:
        return Cell(QCoreApplication.translate("PeoplePanel", "None on file"), "bad")
    day = us_date(stands.until)
    if not stands.holds:
        return Cell(QCoreApplication.translate("PeoplePanel", "Ran out {0}").format(day), "bad")
    if stands.soon:
        return Cell(QCoreApplication.translate("PeoplePanel", "{0}, soon").format(day), "warn")
    return Cell(day)
