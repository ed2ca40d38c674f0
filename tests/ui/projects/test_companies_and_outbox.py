"""The boards of other companies and of mail that goes out."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt

from csr_desk.domain.company import Channel, CompanyForm, CompanyKind, ContactForm, Purpose
from csr_desk.domain.outbox import Outcome, Verdict
from csr_desk.services import companies, contacts, outbox_sending, policies
from csr_desk.ui.pages.projects.companies_panel import CompaniesPanel
from csr_desk.ui.pages.projects.outbox_panel import OutboxPanel
from csr_desk.ui.panel import Panel
from ui.counter import Counter

ENTER = Qt.Key.Key_Return


@pytest.fixture
def wires(selling: Counter) -> str:
    """Two companies in the directory, one of them with a person and three messages in the outbox; its number."""
    desk, supervisor, clerk = selling.desk, selling.person("supervisor1"), selling.person("clerk3")
    admin = selling.person("admin1")
    selling.window.printing.mailing.stop()  # what goes out here, the tests say
    form = CompanyForm(
        "CenterPoint Energy", CompanyKind.ELECTRIC, Channel.EMAIL, "releases@wires.example.com", hours="Mon–Fri 7–19"
    )
    water = CompanyForm("Pasadena Water", CompanyKind.WATER, Channel.PHONE, "713-555-0142")
    kept = selling.ask(lambda: companies.keep_company(desk, supervisor, companies.KeepCompany("a", form))).value
    selling.ask(lambda: companies.keep_company(desk, supervisor, companies.KeepCompany("b", water)))
    person = ContactForm("Release desk", Channel.EMAIL, "releases@wires.example.com", Purpose.RELEASE)
    selling.ask(lambda: companies.keep_contact(desk, supervisor, companies.KeepContact("c", kept.number, person)))

    def write() -> None:
        settings = {"mail_server": "localhost:2525", "mail_from": "counter@example.gov"}
        policies.set_policy(desk, admin, policies.SetPolicy("p", settings))
        for title in ("Meter at 4107 Leeland St", "Batch of the day", "Storm list"):
            mail = contacts.LogContact(
                uuid4().hex, kept.number, "Release desk", "Please say whether the meter is set.", Channel.EMAIL,
                send_to="releases@wires.example.com", title=title,
            )  # fmt: skip
            contacts.log_contact(desk, clerk, mail)

    selling.ask(write)
    return kept.number


def shown(selling: Counter, panel: Panel) -> None:
    """Put a panel into the window."""
    panel.setParent(selling.window)
    panel.resize(1180, 720)
    panel.show()


def keep_picture(panel: Panel, name: str) -> None:
    """Keep what it looks like where somebody wants to see it."""
    folder = os.environ.get("CSR_DESK_PICTURES")
    if folder:
        panel.grab().save(str(Path(folder) / name))


@pytest.fixture
def directory(selling: Counter, wires: str) -> CompaniesPanel:
    """The board of companies."""
    made = CompaniesPanel(selling.space.context)
    shown(selling, made)
    made.load()
    selling.settle()
    assert made.presenter.picture.chosen is not None
    assert made.presenter.picture.chosen.number == wires
    return made


def test_a_company_shows_whom_to_ask_and_what_was_said(directory: CompaniesPanel, selling: Counter) -> None:
    assert [row[0] for row in directory.table.texts()] == ["CenterPoint Energy", "Pasadena Water"]
    assert directory.people.texts()[0][3] == "releases@wires.example.com"
    assert [row[1] for row in directory.log.texts()] == ["→ Release desk"] * 3
    assert not directory.edit.isEnabled()  # a clerk keeps no directory
    keep_picture(directory, "companies-panel.png")
    directory.table.go_to(1)
    selling.settle()
    assert directory.nobody.isVisible()
    assert directory.silence.isVisible()


def test_a_contact_is_written_down_with_few_keys(directory: CompaniesPanel, selling: Counter) -> None:
    directory.write.trigger()
    selling.settle()
    selling.press(ENTER)  # the release desk, as proposed
    selling.press("Set on Friday", ENTER, ENTER, ENTER, ENTER)
    selling.settle()
    assert directory.log.texts()[0][1:3] == ["→ Release desk", "Set on Friday"]


@pytest.mark.usefixtures("wires")
def test_what_hangs_stands_first_and_waits_for_a_person(selling: Counter) -> None:
    desk = selling.desk

    def tries() -> None:
        for verdict, words in ((Verdict.REFUSED, "550 No such user"), (Verdict.UNKNOWN, "The connection broke")):
            sent = outbox_sending.begin_try(desk)
            assert sent is not None
            outbox_sending.end_try(desk, sent, Outcome(verdict, words))

    selling.ask(tries)
    panel = OutboxPanel(selling.space.context)
    shown(selling, panel)
    panel.load()
    selling.settle()
    assert panel.head.text() == "3 wait, 2 need you"
    assert {row[5] for row in panel.table.texts()[:2]} == {"was not taken", "may have gone out"}
    assert panel.table.texts()[2][5] == "waits"
    keep_picture(panel, "outbox-panel.png")
    at = next(n for n, row in enumerate(panel.table.texts()) if row[5] == "may have gone out")
    panel.table.go_to(at)
    assert panel.there.isEnabled()
    panel.there.trigger()
    selling.settle()
    selling.press("1")  # asked by telephone
    selling.settle()
    assert panel.head.text() == "2 wait, 1 needs you"
    at = next(n for n, row in enumerate(panel.table.texts()) if row[5] == "was not taken")
    panel.table.go_to(at)
    panel.again.trigger()
    selling.settle()
    assert panel.head.text() == "2 wait"
    assert not panel.there.isEnabled()
