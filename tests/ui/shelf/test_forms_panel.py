"""The shelf of forms in the window: found, handed out in the customer's language, taken back, kept by a supervisor."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from csr_desk.documents.demo_forms import draw_form
from csr_desk.documents.form_filling import fields_of
from csr_desk.domain.customers import CustomerForm
from csr_desk.domain.demo_forms import demo_forms as every_form
from csr_desk.services import customers_entry, demo_forms, form_backs, forms, outbox_keeping, staff
from csr_desk.services.desk import open_desk
from csr_desk.ui.pages.info_desk.forms_panel import FormsPanel
from csr_desk.ui.pages.info_desk.view import InfoDeskPage
from documents.test_form_filling import form
from ui.counter import Counter
from ui.shelf.paper_tray import PaperTray

PEOPLE = {
    "C-101": CustomerForm("SMITH, John", address="808 Waugh Dr"), "C-103": CustomerForm("Tran, Minh", language="vi"),
    "C-104": CustomerForm("Smith, John", address="12 Harold St"),
    "C-900": CustomerForm(
        "Lucía Hernández", language="es", email="lucia@example.com", address="7007 Navigation Blvd"
    ),
}  # fmt: skip
"""Those whom the demo hands forms to, and somebody who comes now."""
ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


def opened(counter: Counter) -> FormsPanel:
    """Go to the shelf."""
    counter.space.go("info_desk")
    counter.settle()
    page = counter.space.page
    assert isinstance(page, InfoDeskPage)
    page.choose_view("form")
    counter.settle()
    panel = page.panels["form"]
    assert isinstance(panel, FormsPanel)
    return panel


@pytest.fixture
def demo(office_url: str) -> None:
    """The demo city's forms, before anybody opens the window: a busy machine takes its time for them."""
    desk = open_desk(office_url)
    clerk = staff.person(desk, "clerk3")
    for number, known in PEOPLE.items():
        command = customers_entry.EnterCustomer(f"enter {number}", known, number)
        customers_entry.enter_customer(desk, clerk, command)
    demo_forms.settle(desk, draw_form)
    desk.close()


@pytest.fixture
def shelf(demo: None, selling: Counter) -> FormsPanel:
    """The shelf of the demo city, as a clerk sees it."""
    selling.window.printing.papers = PaperTray()
    return opened(selling)


def papers(counter: Counter) -> list[tuple[str, bytes]]:
    """What came out of the printer."""
    assert isinstance(counter.window.printing.papers, PaperTray)
    return counter.window.printing.papers.kept


def test_the_shelf_shows_what_is_handed_out_and_marks_what_nobody_gets(shelf: FormsPanel) -> None:
    picks = {pick.key: pick for pick in shelf.list.picks}
    assert list(picks)[-1] == "DW-099"
    assert (picks["DW-099"].chip, picks["DC-030"].chip, picks["DC-030"].right) == ("obsolete", "", "5")
    assert picks["DW-110"].below == "DW-110 · 2026-01 · English, Spanish"
    assert not shelf.new.isVisible()


def test_a_clerk_types_finds_and_prints_filled_in_in_the_customers_language(
    shelf: FormsPanel, selling: Counter
) -> None:
    shelf.look_at("customer:C-900")
    selling.settle()
    selling.press("driveway")
    selling.settle()
    assert [pick.key for pick in shelf.list.picks] == ["DP-204"]
    assert shelf.title.text() == "Solicitud de permiso para entrada de autos"
    assert (shelf.language.text(), shelf.person.text()) == ("Spanish", "Lucía Hernández")
    shelf.print.trigger()
    selling.settle()
    selling.press(ENTER, ENTER)  # the address as proposed, no permit
    selling.settle()
    ((title, pdf),) = papers(selling)
    assert title.startswith("form-DP-204-H26-")
    filled = fields_of(pdf)
    assert (filled["name"], filled["site"], filled["width"]) == ("Lucía Hernández", "7007 Navigation Blvd", "")
    assert shelf.out.texts()[-1][2] == "Lucía Hernández"
    shelf.next.trigger()
    assert shelf.language.text() == "English"
    shelf.forget.trigger()
    assert shelf.about() == ("form:DP-204",)


def test_who_it_is_for_is_asked_by_what_they_say_of_themselves(shelf: FormsPanel, selling: Counter) -> None:
    shelf.who.trigger()
    selling.settle()
    selling.press("lucia", ENTER)
    selling.settle()
    assert shelf.person.text() == "Lucía Hernández"
    assert shelf.about() == ("form:DC-030", "customer:C-900")
    shelf.who.trigger()
    selling.settle()
    selling.press("smith", ENTER)
    selling.settle()
    selling.press("1")
    selling.settle()
    assert "SMITH" in shelf.person.text().upper()
    shelf.who.trigger()
    selling.settle()
    selling.press("zebra crossing", ENTER)
    selling.settle()
    assert "Nobody has this name" in selling.text("banner-text")


def test_an_e_mail_goes_by_the_outbox_and_blank_ones_are_counted(shelf: FormsPanel, selling: Counter) -> None:
    shelf.look_at("customer:C-900")
    selling.settle()
    shelf.mail.trigger()
    selling.settle()
    selling.press(ENTER, ENTER)
    selling.settle()
    clerk = selling.person("clerk3")
    (mail,) = selling.ask(lambda: outbox_keeping.messages(selling.desk, clerk)).messages
    assert mail.record.recipient == "lucia@example.com"
    shelf.blank.trigger()
    selling.settle()
    selling.press(Qt.Key.Key_Delete, ENTER)
    assert selling.shown("fields-fault")
    selling.press("3", ENTER)
    selling.settle()
    ((_, pdf),) = papers(selling)
    assert pdf.count(b"/Type /Page\n") == 3
    assert next(pick.right for pick in shelf.list.picks if pick.key == "DC-030") == "9"


def test_what_is_obsolete_is_not_handed_out_by_any_key(shelf: FormsPanel, selling: Counter) -> None:
    shelf.look_at("form:DW-099")
    selling.settle()
    assert shelf.state.text() == "obsolete"
    assert not any(action.isEnabled() for action in (shelf.print, shelf.mail, shelf.blank, shelf.next))
    shelf.presenter.print_filled()
    selling.settle()
    assert "obsolete" in selling.text("banner-text")
    assert papers(selling) == []


def test_a_form_that_comes_back_is_scanned_and_noted_with_its_scan(
    shelf: FormsPanel, selling: Counter, tmp_path: Path
) -> None:
    number = shelf.out.texts()[1][0]
    selling.scan(number)
    selling.settle()
    assert shelf.out.currentIndex().row() == 1
    scan = tmp_path / "signed.pdf"
    scan.write_bytes(b"%PDF-1.7 signed")
    shelf.choose = lambda: scan
    shelf.scan.trigger()
    selling.settle()
    clerk = selling.person("clerk3")
    assert selling.ask(lambda: form_backs.scan_of(selling.desk, clerk, number)) == b"%PDF-1.7 signed"
    assert number not in [row[0] for row in shelf.out.texts()]
    shelf.lost.trigger()
    selling.settle()
    assert shelf.all_back.isVisible()
    assert not shelf.back.isEnabled()


@pytest.fixture
def kept(shelf: FormsPanel, selling: Counter) -> FormsPanel:
    """The same shelf, as a supervisor sees it."""
    assert shelf.isVisible()
    selling.work_as("supervisor1")
    return opened(selling)


def test_a_supervisor_puts_a_new_revision_there_and_the_old_one_is_obsolete(
    kept: FormsPanel, selling: Counter, tmp_path: Path
) -> None:
    kept.look_at("form:DC-030")
    selling.settle()
    file = tmp_path / "complaint.pdf"
    file.write_bytes(draw_form(next(one for one in every_form() if one.form_no == "DC-030")))
    kept.choose = lambda: file
    kept.revise.trigger()
    selling.settle()
    selling.press(ENTER)  # the number stays
    selling.press("2026-07", ENTER, ENTER, ENTER, ENTER, ENTER)
    selling.settle()
    supervisor = selling.person("supervisor1")
    states = {
        (one.revision, one.language): one.state
        for one in selling.ask(lambda: forms.shelf(selling.desk, supervisor))
        if one.form_no == "DC-030"
    }
    assert states == {
        ("2026-07", "en"): "current", ("2026-01", "en"): "obsolete", ("2026-01", "es"): "current"
    }  # fmt: skip
    kept.end.trigger()
    selling.settle()
    selling.press("1")
    selling.settle()
    assert kept.language.text() == "Spanish"


def test_a_new_form_says_which_of_its_fields_are_filled(kept: FormsPanel, selling: Counter, tmp_path: Path) -> None:
    file = tmp_path / "new.pdf"
    file.write_bytes(form("name", "shoes"))
    kept.choose = lambda: file
    kept.new.trigger()
    selling.settle()
    selling.press("DX-1", ENTER, "2026-07", ENTER, "Shoe size", ENTER, ENTER, ENTER)
    selling.press("hat=name", ENTER)
    assert "no field of this file" in selling.text("fields-fault")
    selling.press(ENTER)
    supervisor = selling.person("supervisor1")
    found = selling.ask(lambda: forms.shelf(selling.desk, supervisor))
    assert "DX-1" not in {one.form_no for one in found}
    selling.press(ESCAPE)
    choosing: Callable[[], Path | None] = lambda: None  # noqa: E731
    kept.choose = choosing
    kept.new.trigger()
    selling.settle()
    assert selling.space.sheet is None
