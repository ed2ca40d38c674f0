"""Training on file, roles and supervisors on the Setup page."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from csr_desk.domain import training
from csr_desk.domain.people import Role
from csr_desk.services import people_changes, staff, training_records
from csr_desk.services.training_records import TrainedPerson
from csr_desk.ui.context import Tone
from csr_desk.ui.pages.setup.people_panel import training_cell
from csr_desk.ui.pages.setup.view import SetupPage
from ui.back_office import BackOffice, RecordingShell, in_front

TODAY = date(2026, 7, 14)


def trained(until: date | None, months: int = 12) -> TrainedPerson:
    """A person trained until a day."""
    standing = training.standing(until, TODAY, months)
    return TrainedPerson("clerk1", "Maria Delgado", Role.CLERK, None, until, 80, standing)


@pytest.mark.parametrize(
    ("person", "text", "tone"),
    [
        (None, "", ""),
        (trained(None), "None on file", "bad"),
        (trained(None, months=0), "", ""),
        (trained(date(2026, 7, 13)), "Ran out 7/13/2026", "bad"),
        (trained(date(2026, 8, 13)), "8/13/2026, soon", "warn"),
        (trained(date(2026, 8, 14)), "8/14/2026", ""),
    ],
)
def test_a_training_says_in_words_how_it_stands(person: TrainedPerson | None, text: str, tone: str) -> None:
    cell = training_cell(person)
    assert (cell.text, cell.tone) == (text, tone)


class Keyed(RecordingShell):
    """Fills every sheet of fields with the same words."""

    words: dict[str, str]
    fault: str | None = ""

    def ask_fields(self, title, fields, then, accept="", *, keep=False) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        """Key the words and remember the fault."""
        self.fault = then({field.name: self.words.get(field.name, field.value) for field in fields})


def page_of(office: BackOffice, user: str, **words: str) -> tuple[SetupPage, Keyed]:
    """The page of a person whose sheets are filled with these words."""
    context, _ = office.context(user)
    shell = Keyed(office.desk)
    shell.words = words
    context.shell = shell
    page = SetupPage(context)
    return page, shell


def pick(page: SetupPage, user: str) -> None:
    """Put the cursor on a person."""
    texts = page.people.table.texts()
    page.people.table.go_to(next(at for at, row in enumerate(texts) if row[3] == user))


def test_a_supervisor_records_a_training_and_an_administrator_does_not(
    dressed: QApplication, office: BackOffice
) -> None:
    admin = office.actor("admin1")
    new = people_changes.AddPerson("k", "clerk6", "Zoë Marsh", "CSR I", Role.CLERK, "a long secret")
    people_changes.add_person(office.desk, admin, new)
    page, shell = page_of(office, "supervisor1", trained_on="7/13/2026", score="80")
    with in_front(page):
        page._show_section("people")
        pick(page, "clerk6")
        page.train_key.trigger()
        assert (shell.fault, shell.banners[-1]) == (None, ("The training of Zoë Marsh holds until 7/13/2027.", Tone.OK))
        shell.words = {"trained_on": "soon", "score": "80"}
        page.train_key.trigger()
        assert "not a date" in str(shell.fault)
        shell.words = {"trained_on": "", "score": "much"}
        page.train_key.trigger()
        assert shell.fault == "Key the score in whole percent."
    assert training_records.my_training(office.desk, staff.person(office.desk, "clerk6")).until == date(2027, 7, 13)
    page, _ = page_of(office, "admin1")
    with in_front(page):
        page._show_section("people")
        assert not page.train_key.isEnabled()


def test_an_administrator_changes_a_role_and_who_approves(dressed: QApplication, office: BackOffice) -> None:
    page, shell = page_of(office, "admin1", role="cashier", supervisor="supervisor2")
    with in_front(page):
        page._show_section("people")
        pick(page, "clerk1")
        page.role_key.trigger()
        assert shell.banners[-1][0].startswith("Maria Delgado is cashier now")
        shell.words = {"role": "wizard"}
        page.role_key.trigger()
        assert str(shell.fault).startswith("A role is one of")
    assert staff.person(office.desk, "clerk1").role is Role.CASHIER
