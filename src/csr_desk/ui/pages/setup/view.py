"""The Setup page: policy, catalogue, people, this station, backups."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.people import Act
from csr_desk.ui.context import Context
from csr_desk.ui.page import Page
from csr_desk.ui.pages.setup.backup_panel import BackupPanel
from csr_desk.ui.pages.setup.catalogue_panel import CataloguePanel
from csr_desk.ui.pages.setup.people_panel import PeoplePanel
from csr_desk.ui.pages.setup.policy_panel import PolicyPanel
from csr_desk.ui.pages.setup.presenter import CheckedFiles, SetupFacts, SetupPresenter
from csr_desk.ui.pages.setup.station_panel import StationPanel
from csr_desk.ui.widgets import Card
from csr_desk.ui.widgets.pick_list import Pick, PickList

_SHOWS = frozenset({Topic.POLICY, Topic.CATALOGUE, Topic.STAFF})


class SetupPage(Page):
    """Five sections; what a role may not change it may read."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = SetupPresenter(context, self)
        self.save_key = self.key("policy-save", self.tr("Put in force"), "Ctrl+Return", self._save)
        self.check_key = self.key("catalogue-check", self.tr("Look over"), "Ctrl+Return", self._check)
        self.take_key = self.key("catalogue-take", self.tr("Take it in…"), "Ctrl+T", self.presenter.take_in)
        self.add_key = self.key("person-add", self.tr("Add the person"), "Ctrl+Return", self._add)
        self.retire_key = self.key("person-retire", self.tr("Retire the person picked"), "Ctrl+Delete", self._retire)
        self.role_key = self.key("person-role", self.tr("Role, supervisor…"), "Ctrl+R", self._change)
        self.let_key = self.key("person-let-in", self.tr("Let sign in again"), "Ctrl+I", self._let_in)
        self.train_key = self.key("person-training", self.tr("Record a training…"), "Ctrl+E", self._train)
        self.test_key = self.key("station-test", self.tr("Print a test page"), "Ctrl+Return", self._test)
        self.save_copy_key = self.key("backup-now", self.tr("Back up now"), "Ctrl+Return", self._back_up)
        self.drill_key = self.key("backup-drill", self.tr("Restore drill"), "Ctrl+T", self._drill)
        self.restore_key = self.key("backup-restore", self.tr("Restore…"), "Ctrl+R", self._restore)
        self.stop_key = self.key("backup-stop", self.tr("Stop"), "Ctrl+.", self._stop)
        self.sections = PickList("setup-sections", self.tr("Sections"))
        self.policy = PolicyPanel(self.save_key, may_set=self.presenter.may_set)
        self.catalogue = CataloguePanel(self.check_key, self.take_key)
        self.people = PeoplePanel(
            self.add_key,
            (self.train_key, self.let_key, self.role_key, self.retire_key),
            may_manage=self.presenter.may_manage,
        )
        self.station = StationPanel(self.test_key)
        self.backups = BackupPanel(context, self.save_copy_key, (self.stop_key, self.restore_key, self.drill_key))
        self.stack = QStackedWidget()
        self._panels: dict[str, QWidget] = {
            "policy": self.policy,
            "catalogue": self.catalogue,
            "people": self.people,
            "station": self.station,
            "backups": self.backups,
        }
        self._assemble()
        self.sections.picked.connect(self._show_section)
        self.sections.entered.connect(lambda _key: self._panels[self._section()].focusNextChild())
        self.catalogue.check_wanted.connect(self._check)
        self.people.add_wanted.connect(self._add)
        self.backups.busy_changed.connect(lambda: self._let_keys(self._section()))
        self._show_section("policy")

    def _assemble(self) -> None:
        for panel in self._panels.values():
            self.stack.addWidget(panel)
        card = Card(self.tr("Setup"), self.tr("↑ ↓"), flush=True)
        card.body.addWidget(self.sections, 1)
        card.setFixedWidth(260)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(card)
        row.addWidget(self.stack, 1)
        self.sections.show_picks([
            Pick("policy", self.tr("Policy"), self.tr("limits, rounding, tolerance")),
            Pick("catalogue", self.tr("Catalogue"), self.tr("release, check of files")),
            Pick("people", self.tr("People"), self.tr("names and roles")),
            Pick("backups", self.tr("Backups"), self.tr("copies, restore, drill")),
            Pick("station", self.tr("This station"), self.tr("printer, folders, test page")),
        ], "policy")  # fmt: skip

    # what the window asks of a page
    def refresh(self, topics: frozenset[Topic]) -> None:
        """Read again when policy, catalogue or people changed."""
        if not topics or topics & _SHOWS:
            self.enter()

    def enter(self) -> None:
        """Show what is in force and read the people."""
        desk = self.context.desk
        self.policy.show_policy(self.presenter.policy, desk.today(), demonstration=desk.office.demonstration)
        self.catalogue.show_catalogue(self.presenter.catalogue)
        self.station.show_station()
        self.presenter.load()
        if self._section() == "backups":
            self.backups.load()

    def leave(self) -> None:
        """Nobody waits for a backup by hand any more."""
        self.backups.leave()

    def first_focus(self) -> QWidget:
        """The list of sections."""
        return self.sections

    # what the presenter shows
    def show_facts(self, facts: SetupFacts) -> None:
        """Show the people."""
        self.people.show_people(facts.people, facts.trainings)

    def show_added(self) -> None:
        """The form is for the next person."""
        self.people.clear_form()

    def show_checked(self, files: CheckedFiles) -> None:
        """Show what is on the disk."""
        self.catalogue.show_checked(files)
        self._show_section(self._section())

    def show_taken_in(self) -> None:
        """Show what is in force now."""
        self.catalogue.show_catalogue(self.presenter.catalogue)
        self.catalogue.clear_found()
        self._show_section(self._section())

    def focus_field(self, name: str) -> bool:
        """Put the cursor into the named field of the section in front."""
        if name == "files":
            self.catalogue.files.setFocus()
            return True
        if self._section() == "people" and name in self.people.fields:
            self.people.fields[name].setFocus()
            return True
        return self._section() == "policy" and self.policy.focus_field(name)

    # keys
    def _section(self) -> str:
        return self.sections.current_key() or "policy"

    def _show_section(self, key: str) -> None:
        self.stack.setCurrentWidget(self._panels[key])
        self._let_keys(key)
        if key == "backups":
            self.backups.load()

    def _let_keys(self, key: str) -> None:
        may_save = key == "backups" and self.context.actor.may(Act.BACK_UP)
        manage = key == "people" and self.presenter.may_manage
        for action, allowed in (
            (self.save_key, key == "policy" and self.presenter.may_set),
            (self.check_key, key == "catalogue"),
            (self.take_key, key == "catalogue" and self.presenter.may_take_in),
            (self.add_key, manage),
            (self.retire_key, manage),
            (self.role_key, manage),
            (self.let_key, manage),
            (self.train_key, key == "people" and self.presenter.may_train),
            (self.test_key, key == "station"),
            (self.save_copy_key, may_save),
            (self.drill_key, may_save),
            (self.restore_key, may_save and self.context.actor.may(Act.RESTORE_BACKUP)),
            (self.stop_key, may_save),
        ):
            action.setEnabled(allowed)
            action.setVisible(allowed)
        if self.backups.busy:
            for action in (self.save_copy_key, self.drill_key, self.restore_key):
                action.setEnabled(False)
        else:
            self.stop_key.setEnabled(False)

    def _back_up(self) -> None:
        self.backups.back_up()

    def _drill(self) -> None:
        self.backups.drill()

    def _restore(self) -> None:
        self.backups.restore()

    def _stop(self) -> None:
        self.backups.stop()

    def _save(self) -> None:
        self.presenter.save_policy(self.policy.keyed())

    def _check(self) -> None:
        self.presenter.check_files(self.catalogue.files.text())

    def _add(self) -> None:
        fields = {name: field.text() for name, field in self.people.fields.items()}
        self.presenter.add_person(
            fields["user"], fields["name"], fields["title"], self.people.new_role(), fields["secret"]
        )

    def _retire(self) -> None:
        card = self.people.chosen()
        if card is not None:
            self.presenter.retire(card)

    def _let_in(self) -> None:
        card = self.people.chosen()
        if card is not None:
            self.presenter.let_sign_in(card)

    def _change(self) -> None:
        card = self.people.chosen()
        if card is not None:
            self.presenter.change(card)

    def _train(self) -> None:
        card = self.people.chosen()
        if card is not None:
            self.presenter.record_training(card)

    def _test(self) -> None:
        office, at = self.context.desk.office, self.context.desk.local(self.context.desk.clock.now())

        def make() -> bytes:
            from csr_desk.documents.printer_test import printer_test_pdf

            return printer_test_pdf(office, at)

        self.context.shell.print_paper("test-page", make)
