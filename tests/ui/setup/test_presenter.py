"""Policy, people and the look at catalogue files, without widgets."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from pathlib import Path

import pytest

from csr_desk.data.queries import people
from csr_desk.domain.errors import BadInput, NotPermitted
from csr_desk.domain.people import Role
from csr_desk.domain.policy import Policy, changed
from csr_desk.domain.tender import Rounding
from csr_desk.services import staff
from csr_desk.services.catalogue_files import save_folder
from csr_desk.services.setup import demo_catalogue_folder
from csr_desk.ui.context import Context, Tone
from csr_desk.ui.pages.setup.policy_form import as_keyed, changes, settings
from csr_desk.ui.pages.setup.presenter import CheckedFiles, SetupFacts, SetupPresenter, look_over
from csr_desk.ui.wording import speak
from ui.back_office import BackOffice


@dataclass
class Screen:
    """Keeps what the presenter shows."""

    facts: list[SetupFacts] = field(default_factory=list)
    checked: list[CheckedFiles] = field(default_factory=list)
    focused: list[str] = field(default_factory=list)
    added: int = 0
    taken_in: int = 0

    def show_facts(self, facts: SetupFacts) -> None:
        self.facts.append(facts)

    def show_added(self) -> None:
        self.added += 1

    def show_checked(self, files: CheckedFiles) -> None:
        self.checked.append(files)

    def show_taken_in(self) -> None:
        self.taken_in += 1

    def focus_field(self, name: str) -> bool:
        self.focused.append(name)
        return True


def at_the_setup(context: Context) -> tuple[SetupPresenter, Screen]:
    screen = Screen()
    presenter = SetupPresenter(context, screen)
    presenter.load()
    return presenter, screen


def test_the_form_shows_every_setting_of_the_policy() -> None:
    assert {setting.name for setting in settings()} == {part.name for part in fields(Policy)}


def test_only_what_was_changed_is_sent() -> None:
    keyed = as_keyed(Policy())
    assert changes(Policy(), keyed) == {}
    assert changes(Policy(), {**keyed, "tolerance": " $2.50 "}) == {"tolerance": "2.50"}
    assert changes(Policy(), {**keyed, "void_reasons": "Wrong item; Other"}) == {
        "void_reasons": ["Wrong item", "Other"]
    }


def test_what_is_shown_is_read_back_unchanged() -> None:
    other = replace(Policy(), tolerance=250, rounding=Rounding.NEAREST, void_reasons=("A", "B"))
    assert changed(Policy(), changes(Policy(), as_keyed(other))) == other


def test_what_the_presenter_says_is_said_in_the_tongue_in_force(office: BackOffice) -> None:
    context, shell = office.context("admin1")
    presenter, _ = at_the_setup(context)
    before = speak({"Nothing was changed.": "No se cambió nada."}.__getitem__)
    try:
        presenter.save_policy({})
    finally:
        speak(before)
    assert shell.banners == [("No se cambió nada.", Tone.INFO)]


def test_the_administrator_puts_a_policy_in_force(office: BackOffice) -> None:
    context, shell = office.context("admin1")
    presenter, _ = at_the_setup(context)
    presenter.save_policy({**as_keyed(presenter.policy), "rounding": "nearest", "cash_warn": "500"})
    assert (office.desk.policy.rounding, office.desk.policy.cash_warn) == (Rounding.NEAREST, 50_000)
    words = "In force from now on: Cash rounding, Cash drop due at. The ledger keeps who changed it."
    assert shell.banners[-1] == (words, Tone.OK)


def test_a_setting_that_cannot_be_puts_the_cursor_into_it(office: BackOffice) -> None:
    context, shell = office.context("admin1")
    presenter, screen = at_the_setup(context)
    presenter.save_policy({**as_keyed(presenter.policy), "count_attempts": "0"})
    assert isinstance(shell.problems[0], BadInput)
    assert screen.focused == ["count_attempts"]
    assert office.desk.policy.count_attempts == 3


def test_a_supervisor_may_not_change_the_policy_even_past_the_page(office: BackOffice) -> None:
    context, shell = office.context("supervisor1")
    presenter, _ = at_the_setup(context)
    assert not presenter.may_set
    presenter.save_policy({**as_keyed(presenter.policy), "tolerance": "99"})
    assert isinstance(shell.problems[0], NotPermitted)


def test_whose_sign_in_was_shut_is_let_in_again(office: BackOffice) -> None:
    with office.desk.begin() as work:
        people.update_staff(work.conn, "clerk2", {"failures": staff.MOST_GUESSES})
    context, shell = office.context("admin1")
    presenter, screen = at_the_setup(context)
    (card,) = (card for card in screen.facts[-1].people if card.shut)
    presenter.let_sign_in(card)
    assert not [card for card in screen.facts[-1].people if card.shut]
    assert shell.problems == []


def test_somebody_new_may_sign_in_and_a_retired_person_may_not(office: BackOffice) -> None:
    context, shell = office.context("admin1")
    presenter, screen = at_the_setup(context)
    presenter.add_person("clerk9", "Ana Flores", "", Role.CLERK, "a-long-secret-9")
    assert staff.sign_in(office.desk, "clerk9", "a-long-secret-9").name == "Ana Flores"
    card = next(card for card in screen.facts[-1].people if card.user == "clerk9")
    presenter.retire(card)
    assert "clerk9" not in {card.user for card in screen.facts[-1].people}
    assert shell.problems == []


def test_a_secret_too_short_is_refused(office: BackOffice) -> None:
    context, shell = office.context("admin1")
    presenter, screen = at_the_setup(context)
    presenter.add_person("clerk9", "Ana Flores", "", Role.CLERK, "short")
    assert isinstance(shell.problems[0], BadInput)
    assert screen.focused == ["secret"]


def test_the_catalogue_in_force_looked_over_has_no_change_and_no_fault(office: BackOffice) -> None:
    context, _ = office.context("admin1")
    presenter, screen = at_the_setup(context)
    presenter.check_files(str(demo_catalogue_folder()))
    checked = screen.checked[0]
    assert (checked.faults, checked.changes) == ((), ())
    assert checked.items == len(office.desk.catalogue.items)


@pytest.mark.parametrize("keyed", ["", "   "])
def test_no_path_is_refused_in_its_field(office: BackOffice, keyed: str) -> None:
    context, _ = office.context("admin1")
    presenter, screen = at_the_setup(context)
    presenter.check_files(keyed)
    assert screen.focused == ["files"]


def test_files_that_are_no_catalogue_are_told_fault_by_fault(office: BackOffice, tmp_path: Path) -> None:
    found = look_over(tmp_path / "nothing", office.desk.catalogue)
    assert len(found.faults) == 1
    assert found.items == 0


def other_release(office: BackOffice, folder: Path) -> Path:
    """The catalogue in force under another label, as files."""
    save_folder(replace(office.desk.catalogue, label="Demonstration catalogue 2026-08"), folder)
    return folder


def test_a_new_release_is_taken_in_after_it_was_looked_over(office: BackOffice, tmp_path: Path) -> None:
    folder = tmp_path / "next"
    folder.mkdir()
    context, shell = office.context("admin1")
    presenter, screen = at_the_setup(context)
    presenter.take_in()
    assert screen.taken_in == 0
    presenter.check_files(str(other_release(office, folder)))
    assert presenter.may_take_in
    presenter.take_in()
    assert screen.taken_in == 1
    assert office.desk.catalogue.label == "Demonstration catalogue 2026-08"
    assert shell.problems == []


def test_who_may_not_load_a_catalogue_only_looks(office: BackOffice, tmp_path: Path) -> None:
    folder = tmp_path / "next"
    folder.mkdir()
    context, _ = office.context("supervisor1")
    presenter, _ = at_the_setup(context)
    presenter.check_files(str(other_release(office, folder)))
    assert not presenter.may_take_in
    presenter.take_in()
    assert office.desk.catalogue.label != "Demonstration catalogue 2026-08"
