"""The board of other companies: the directory, whom to ask at the one that is picked, and every contact with it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.company import Company, Contact, Direction, Person
from csr_desk.ui.context import Context
from csr_desk.ui.dates import us_date
from csr_desk.ui.pages.projects.companies_presenter import CompaniesPicture, CompaniesPresenter
from csr_desk.ui.panel import Panel
from csr_desk.ui.widgets import Card, EmptyState, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row
from csr_desk.ui.widgets.key_row import KeyRow


class CompaniesPanel(Panel):
    """The directory at left; people and contacts of the company that is picked at right."""

    shows: ClassVar[frozenset[Topic]] = frozenset({Topic.COMPANIES})

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.presenter = CompaniesPresenter(context, self)
        self.table = FiguresTable("companies", self.tr("Companies"), (
            Column(self.tr("Name")), Column(self.tr("Kind"), width=90), Column(self.tr("Hours"), width=130),
        ))  # fmt: skip
        self.people = FiguresTable("company-people", self.tr("Whom to ask"), (
            Column(self.tr("Name"), width=200), Column(self.tr("About"), width=120), Column(self.tr("How"), width=80),
            Column(self.tr("Number, address or page")),
        ))  # fmt: skip
        self.log = FiguresTable("company-contacts", self.tr("Contacts"), (
            Column(self.tr("When"), width=150), Column(self.tr("Who"), width=170), Column(self.tr("What was said")),
            Column(self.tr("Reference"), width=110),
        ))  # fmt: skip
        self.nobody = EmptyState(self.tr("Nobody named yet"), self.tr("A supervisor adds whom to ask there."))
        self.silence = EmptyState(self.tr("No contact yet"), self.tr("Write down each call with who was asked."))
        self.words = Label("", "", "contact-words")
        self.words.setWordWrap(True)
        self.words.setContentsMargins(12, 8, 12, 0)
        presenter = self.presenter
        self.write = self.key("contact-log", self.tr("Write a contact down"), "Alt+L", presenter.log)
        self.add = self.key("company-add", self.tr("New company"), "Alt+N", presenter.add)
        self.edit = self.key("company-edit", self.tr("Correct it"), "Alt+E", presenter.edit)
        self.person = self.key("company-person", self.tr("Add whom to ask"), "Alt+P", presenter.add_person)
        self._assemble()
        self.table.chosen.connect(presenter.choose)
        self.log.chosen.connect(self._show_words)
        self.show_picture(CompaniesPicture())

    def _assemble(self) -> None:
        directory = Card(self.tr("Other companies"), self.tr("↑ ↓"), flush=True)
        directory.body.addWidget(self.table, 1)
        directory.body.addWidget(KeyRow(self.add, self.edit))
        directory.setFixedWidth(540)
        self.ask = Card(self.tr("Whom to ask"), flush=True)
        self.ask.body.addWidget(self.people, 1)
        self.ask.body.addWidget(self.nobody, 1)
        self.ask.body.addWidget(KeyRow(self.person))
        said = Card(self.tr("Contacts"), self.tr("as they were written, the newest first"), flush=True)
        said.body.addWidget(self.log, 1)
        said.body.addWidget(self.silence, 1)
        said.body.addWidget(self.words)
        said.body.addWidget(KeyRow(self.write))
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.ask, 2)
        right.addWidget(said, 3)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(directory)
        row.addLayout(right, 1)

    def load(self) -> None:
        """Read anew what is shown."""
        self.presenter.load()

    def first_focus(self) -> QWidget:
        """The directory."""
        return self.table

    def show_picture(self, picture: CompaniesPicture) -> None:
        """Show what the presenter read."""
        chosen = picture.chosen
        with QSignalBlocker(self.table):  # the cursor follows what is picked here, it picks nothing
            self.table.show_rows([self._company(one) for one in picture.companies])
            if chosen is not None:
                self.table.go_to(picture.companies.index(chosen))
        people = chosen.people if chosen else ()
        self.people.setVisible(bool(people))
        self.nobody.setVisible(not people)
        self.log.setVisible(bool(picture.contacts))
        self.silence.setVisible(not picture.contacts)
        self.people.show_rows([self._person(one) for one in people])
        self.log.show_rows([self._contact(one) for one in picture.contacts])
        self._show_words(self.log.currentIndex().row())
        self.add.setEnabled(picture.may_keep)
        for action in (self.edit, self.person):
            action.setEnabled(picture.may_keep and chosen is not None)
        self.write.setEnabled(picture.may_contact and chosen is not None and chosen.form.active)

    def _show_words(self, at: int) -> None:
        """Show the whole of what was said in the contact that is picked."""
        said = self.presenter.picture.contacts
        self.words.setText(said[at].words if 0 <= at < len(said) else "")
        self.words.setVisible(bool(said))

    def _company(self, one: Company) -> Row:
        tone = "" if one.form.active else "text_soft"
        return [Cell(one.form.name, strong=one.form.active, tone=tone), one.form.kind.value, one.form.hours or "–"]

    def _person(self, one: Person) -> Row:
        tone = "" if one.form.active else "text_soft"
        about = one.form.purpose.value.replace("_", " ")
        return [Cell(one.form.name, tone=tone), about, one.form.channel.value, one.form.reach]

    def _contact(self, one: Contact) -> Row:
        at = self.context.desk.local(datetime.fromisoformat(one.at))
        arrow = "←" if one.direction is Direction.IN else "→"
        return [f"{us_date(at.date())} {at:%H:%M}", f"{arrow} {one.asked}", one.words, one.reference or "–"]
