"""What happens on the Setup page: policy, catalogue, people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from csr_desk.domain.catalogue import Catalogue
from csr_desk.domain.errors import BadInput
from csr_desk.domain.people import Act, Role
from csr_desk.domain.policy import Policy
from csr_desk.services import catalogue, policies, staff, training_records
from csr_desk.services.catalogue import LoadedRelease, LoadRelease
from csr_desk.services.people_changes import ChangePerson, LetSignIn, Person, change_person, let_sign_in
from csr_desk.services.policies import SetPolicy
from csr_desk.services.staff import AddPerson, PersonCard
from csr_desk.services.training_records import RecordTraining, TrainedPerson
from csr_desk.ui.context import Choice, Context, Field, Tone
from csr_desk.ui.dates import parse_day, us_date
from csr_desk.ui.pages.setup.policy_form import changes, settings
from csr_desk.ui.wording import tr


@dataclass(frozen=True, slots=True)
class CheckedFiles:
    """A catalogue on disk, looked over: what it would change, and every fault or note in a sentence."""

    path: Path
    items: int
    label: str
    faults: tuple[str, ...]
    notes: tuple[str, ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetupFacts:
    """What the page shows, read in one go."""

    people: tuple[PersonCard, ...]
    trainings: Mapping[str, TrainedPerson] = field(default_factory=dict)
    """The training on file of whoever may hold a drawer, by user."""


class SetupScreen(Protocol):
    """What the view can show."""

    def show_facts(self, facts: SetupFacts) -> None:
        """Show people; policy and catalogue are facts of the desk."""

    def show_added(self) -> None:
        """The new person is in: the form is empty again."""

    def show_checked(self, files: CheckedFiles) -> None:
        """Show what is on the disk."""

    def show_taken_in(self) -> None:
        """Another catalogue is in force."""

    def focus_field(self, name: str) -> bool:
        """Put the cursor into the named field, if this page has it."""


class SetupPresenter:
    """Turns what the administrator keys into acts."""

    def __init__(self, context: Context, screen: SetupScreen) -> None:
        self._context = context
        self._screen = screen
        self._key = uuid4().hex
        self.checked: CheckedFiles | None = None
        """The files looked over last."""
        self.may_set = context.actor.may(Act.SET_POLICY)
        self.may_manage = context.actor.may(Act.MANAGE_STAFF)
        self.may_train = context.actor.may(Act.RECORD_TRAINING)
        self.may_load = context.actor.may(Act.LOAD_CATALOGUE)

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self._context.desk.policy

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue that is sold from."""
        return self._context.desk.catalogue

    def load(self) -> None:
        """Read the people."""
        desk = self._context.desk

        def read() -> SetupFacts:
            trained = {one.user: one for one in training_records.trainings(desk)}
            return SetupFacts(staff.sign_in_page(desk).people, trained)

        self._context.read(read, self._screen.show_facts, self._problem)

    def save_policy(self, keyed: Mapping[str, str]) -> None:
        """Put a changed policy in force; what was not changed is not sent."""
        wanted = changes(self.policy, keyed)
        if not wanted:
            self._context.shell.banner(tr("Nothing was changed."), Tone.INFO)
            return
        desk, actor, command = self._context.desk, self._context.actor, SetPolicy(self._key, wanted)

        def done(_policy: Policy) -> None:
            self._next_key()
            names = ", ".join(setting.label for setting in settings() if setting.name in wanted)
            words = tr("In force from now on: {names}. The ledger keeps who changed it.")
            self._context.shell.banner(words.format(names=names), Tone.OK)
            self.load()

        self._context.act(lambda: policies.set_policy(desk, actor, command), done, self._problem)

    def add_person(self, user: str, name: str, title: str, role: Role, secret: str) -> None:
        """Add a person with a first secret."""
        desk, actor = self._context.desk, self._context.actor
        command = AddPerson(self._key, user.strip(), name.strip(), title.strip() or role.value.title(), role, secret)

        def done(card: Person) -> None:
            self._next_key()
            self._screen.show_added()
            words = tr("{person} may sign in as {user}.")
            self._context.shell.banner(words.format(person=card.name, user=card.user), Tone.OK)
            self.load()

        self._context.act(lambda: staff.add_person(desk, actor, command), done, self._problem)

    def retire(self, card: PersonCard) -> None:
        """Let nobody sign in as this person any more; their name stays on what they did."""
        desk, actor = self._context.desk, self._context.actor

        def done(_user: str) -> None:
            words = tr("{person} signs in no more. What they did keeps their name.")
            self._context.shell.banner(words.format(person=card.name), Tone.OK)
            self.load()

        self._context.act(lambda: staff.deactivate(desk, actor, card.user), done, self._problem)

    def let_sign_in(self, card: PersonCard) -> None:
        """Forget the wrong secrets of a person, who may try again."""
        desk, actor = self._context.desk, self._context.actor
        command = LetSignIn(self._key, card.user)

        def done(person: Person) -> None:
            self._next_key()
            words = tr("{person} may sign in again; the wrong secrets are forgotten.")
            self._context.shell.banner(words.format(person=person.name), Tone.OK)
            self.load()

        self._context.act(lambda: let_sign_in(desk, actor, command), done, self._problem)

    def change(self, card: PersonCard) -> None:
        """Ask for another role, or who approves for this person; what stays empty stays as it is."""
        fields = (
            Field("role", tr("Role"), card.role.value, hint=", ".join(role.value for role in Role)),
            Field("supervisor", tr("Who approves for them (user name)"), hint=tr("empty: stays as it is")),
        )

        def take(keyed: dict[str, str]) -> str | None:
            if keyed["role"] not in set(Role):
                return tr("A role is one of: {roles}.").format(roles=", ".join(role.value for role in Role))
            self._change(card, Role(keyed["role"]), keyed["supervisor"] or None)
            return None

        self._context.shell.ask_fields(card.name, fields, take, keep=True)

    def _change(self, card: PersonCard, role: Role, supervisor: str | None) -> None:
        desk, actor = self._context.desk, self._context.actor
        command = ChangePerson(self._key, card.user, role, supervisor)

        def done(person: Person) -> None:
            self._next_key()
            words = tr("{person} is {role} now; the ledger keeps who changed it.")
            role_words = person.role.value.replace("_", " ")
            self._context.shell.banner(words.format(person=person.name, role=role_words), Tone.OK)
            self.load()

        self._context.act(lambda: change_person(desk, actor, command), done, self._problem)

    def record_training(self, card: PersonCard) -> None:
        """Ask for the day and the score of a training in handling cash, and put it on file (J11)."""
        fields = (
            Field("trained_on", tr("Day of the training"), hint=tr("7/14/2026; empty: today")),
            Field("score", tr("Score in percent"), hint=tr("counts from 70"), digits=True),
        )

        def take(keyed: dict[str, str]) -> str | None:
            try:
                day = parse_day(keyed["trained_on"], self._context.desk.today())
            except BadInput as problem:
                return problem.message
            if not (keyed["score"].isascii() and keyed["score"].isdigit()):
                return tr("Key the score in whole percent.")
            self._record(RecordTraining(self._key, card.user, day, int(keyed["score"])))
            return None

        self._context.shell.ask_fields(tr("Training of {person}").format(person=card.name), fields, take, keep=True)

    def _record(self, command: RecordTraining) -> None:
        desk, actor = self._context.desk, self._context.actor

        def done(person: TrainedPerson) -> None:
            self._next_key()
            words = tr("The training of {person} holds until {day}.")
            day = us_date(person.trained_until) if person.trained_until else ""
            self._context.shell.banner(words.format(person=person.name, day=day), Tone.OK)
            self.load()

        self._context.act(lambda: training_records.record_training(desk, actor, command), done, self._problem)

    def check_files(self, text: str) -> None:
        """Look over a catalogue on disk without taking it in."""
        if not text.strip():
            self._problem(BadInput(tr("Key the path of a folder of CSV files or of an XLSX workbook."), field="files"))
            return
        path, now = Path(text.strip()).expanduser(), self.catalogue
        self._context.read(lambda: look_over(path, now), self._show_checked, self._problem)

    @property
    def may_take_in(self) -> bool:
        """Say whether the files looked over may be taken in: no fault, something new, and the role for it."""
        checked = self.checked
        return self.may_load and checked is not None and not checked.faults and bool(checked.changes)

    def take_in(self) -> None:
        """Sell from the files that were looked over, after one question; sales of the past keep their prices."""
        checked = self.checked
        if checked is None or not self.may_take_in:
            return
        words = (
            tr("Sell from “{catalogue}” from now on? 1 change; past sales keep their prices.")
            if len(checked.changes) == 1
            else tr("Sell from “{catalogue}” from now on? {number} changes; past sales keep their prices.")
        )
        self._context.shell.ask_reason(
            words.format(catalogue=checked.label, number=len(checked.changes)),
            (Choice("1", tr("Take it in"), "take"),),
            lambda _yes: self._take_in(checked.path),
        )

    def _take_in(self, path: Path) -> None:
        desk, actor, command = self._context.desk, self._context.actor, LoadRelease(self._key, path)

        def done(loaded: LoadedRelease) -> None:
            self._next_key()
            self.checked = None
            self._screen.show_taken_in()
            words = tr("In force now: {catalogue}, {number} items.")
            self._context.shell.banner(words.format(catalogue=loaded.label, number=loaded.items), Tone.OK)

        self._context.act(lambda: catalogue.load_release(desk, actor, command), done, self._problem)

    def _show_checked(self, files: CheckedFiles) -> None:
        self.checked = files
        self._screen.show_checked(files)

    def _problem(self, error: Exception) -> None:
        self._context.shell.problem(error, self._screen.focus_field)

    def _next_key(self) -> None:
        self._key = uuid4().hex


def look_over(path: Path, now: Catalogue) -> CheckedFiles:
    """Read and check catalogue files; faults are told, not raised."""
    from csr_desk.services.catalogue_check import check
    from csr_desk.services.catalogue_diff import diff
    from csr_desk.services.catalogue_exchange import load_catalogue
    from csr_desk.services.catalogue_sheets import FaultyCatalogue

    try:
        found = load_catalogue(path)
    except FaultyCatalogue as faulty:
        return CheckedFiles(path, 0, "", tuple(str(fault) for fault in faulty.faults), (), ())
    findings = check(found)
    return CheckedFiles(
        path,
        len(found.items),
        found.label,
        tuple(str(finding) for finding in findings if finding.is_error),
        tuple(str(finding) for finding in findings if not finding.is_error),
        tuple(str(change) for change in diff(now, found)),
    )
