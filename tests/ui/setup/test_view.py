"""The Setup page on the real widgets and services."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csr_desk.domain.people import Role
from csr_desk.services import staff
from csr_desk.services.setup import demo_catalogue_folder
from csr_desk.ui.pages.setup.view import SetupPage
from ui.back_office import BackOffice, in_front, press, type_in

KEY = Qt.Key


def test_a_policy_is_put_in_force_by_keys(dressed: QApplication, office: BackOffice) -> None:
    context, shell = office.context("admin1")
    page = SetupPage(context)
    with in_front(page):
        field = page.policy.fields["tolerance"]
        field.setFocus()
        field.selectAll()
        type_in(page, "2.50")
        press(page, KEY.Key_Return, ctrl=True)
    assert office.desk.policy.tolerance == 250
    assert shell.problems == []


def test_a_setting_that_cannot_be_is_marked_and_has_the_cursor(dressed: QApplication, office: BackOffice) -> None:
    context, _ = office.context("admin1")
    page = SetupPage(context)
    with in_front(page):
        field = page.policy.fields["cash_warn"]
        field.setFocus()
        field.selectAll()
        type_in(page, "9999")
        press(page, KEY.Key_Return, ctrl=True)
        assert page.focusWidget() is field
        assert field.property("state") == "fault"
    assert office.desk.policy.cash_warn == 80_000


def test_the_list_of_holidays_is_pasted_and_a_faulty_line_has_the_cursor(
    dressed: QApplication, office: BackOffice
) -> None:
    context, shell = office.context("admin1")
    page = SetupPage(context)
    with in_front(page):
        box = page.policy.holidays
        assert "No holiday of 2026 and 2027 is entered" in box.said.text()
        box.edit.setFocus()
        QApplication.clipboard().setText("9/7/2026\tLabor Day\n2026-13-25 Christmas Day\n2026-11-26 Thanksgiving Day")
        box.edit.paste()
        press(page, KEY.Key_Return, ctrl=True)
        assert str(shell.problems[-1]).startswith("Line 2: there is no day 2026-13-25.")
        assert page.focusWidget() is box.edit
        assert box.edit.property("state") == "fault"
        assert box.edit.textCursor().selectedText() == "2026-13-25 Christmas Day"
        box.edit.insertPlainText("12/26/2026 Boxing Day")
        press(page, KEY.Key_Return, ctrl=True)
        page.enter()
        assert box.edit.property("state") == ""
        lines = ["2026-09-07 Labor Day", "2026-11-26 Thanksgiving Day", "2026-12-26 Boxing Day"]
        assert box.edit.toPlainText().splitlines() == lines
        assert "No holiday of 2027 is entered" in box.said.text()
        assert "On a weekend anyway: 12/26/2026 Boxing Day." in box.said.text()
        press(page, KEY.Key_Tab)
        assert page.focusWidget() is not box.edit
    assert [one.written for one in office.desk.policy.holidays] == lines


def test_a_clerk_reads_the_policy_and_changes_nothing(dressed: QApplication, office: BackOffice) -> None:
    context, shell = office.context("clerk1")
    page = SetupPage(context)
    with in_front(page):
        assert page.policy.fields["tolerance"].text() == "1.00"
        assert all(field.isReadOnly() for field in page.policy.fields.values())
        assert page.policy.holidays.edit.isReadOnly()
        press(page, KEY.Key_Return, ctrl=True)
        press(page, KEY.Key_Down)
        press(page, KEY.Key_Down)
        assert page.stack.currentWidget() is page.people
        assert page.people.form.isHidden()
        assert not page.add_key.isEnabled()
    assert shell.problems == []


def test_somebody_new_is_added_by_keys(dressed: QApplication, office: BackOffice) -> None:
    context, _ = office.context("admin1")
    page = SetupPage(context)
    with in_front(page):
        press(page, KEY.Key_Down)
        press(page, KEY.Key_Down)
        for name, text in (
            ("user", "clerk9"),
            ("name", "Ana Flores"),
            ("title", "CSR I"),
            ("secret", "a-long-secret-9"),
        ):
            page.people.fields[name].setFocus()
            type_in(page, text)
        press(page, KEY.Key_Return)
        assert ["Ana Flores", "CSR I", "Clerk", "clerk9", "None on file"] in page.people.table.texts()
        assert page.people.fields["secret"].text() == ""
    assert staff.sign_in(office.desk, "clerk9", "a-long-secret-9").role is Role.CLERK


def test_catalogue_files_are_looked_over(dressed: QApplication, office: BackOffice) -> None:
    context, _ = office.context("admin1")
    page = SetupPage(context)
    with in_front(page):
        press(page, KEY.Key_Down)
        page.catalogue.files.setText(str(demo_catalogue_folder()))
        press(page, KEY.Key_Return, ctrl=True)
        assert page.catalogue.chip.text().endswith("0 changes, no fault")


def test_a_test_page_goes_to_the_printer(dressed: QApplication, office: BackOffice) -> None:
    context, shell = office.context("clerk1")
    page = SetupPage(context)
    with in_front(page):
        press(page, KEY.Key_End)
        press(page, KEY.Key_Return, ctrl=True)
    title, pdf = shell.papers[0]
    assert title == "test-page"
    assert pdf.startswith(b"%PDF")
