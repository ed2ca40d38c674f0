"""Change funds and books of paper receipts among the places of the Balancing page."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csr_desk.domain.cart import CartLine
from csr_desk.domain.changes import Topic
from csr_desk.domain.errors import Refusal
from csr_desk.domain.paper_note import PaperNote
from csr_desk.domain.people import Act
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import change_funds, receipt_books, sell, suspect_notes
from csr_desk.services.receipt_books import IssueBook
from csr_desk.services.suspect_notes import ReportSuspect
from csr_desk.ui.pages.balancing.books_place import BooksPlace
from csr_desk.ui.pages.balancing.funds_place import FundsPlace
from csr_desk.ui.pages.balancing.suspects_place import SuspectsPlace
from csr_desk.ui.pages.balancing.view import BalancingPage
from csr_desk.ui.saved_files import exports_folder
from ui.back_office import FLOAT, BackOffice, RecordingShell, focus_of, in_front, press

KEY = Qt.Key


def choose(page: BalancingPage, key: str) -> None:
    """Pick a place."""
    page.list.pick(key)
    page.presenter.choose(key)
    page.show_chosen()


def told(page: BalancingPage, shell: RecordingShell) -> None:
    """Let the page hear what changed, as the window does after an act."""
    page.refresh(frozenset(shell.topics))
    shell.topics.clear()


def funds_of(page: BalancingPage) -> FundsPlace:
    """Go to the change funds."""
    choose(page, "funds")
    place = page.places["funds"]
    assert isinstance(place, FundsPlace)
    place.table.setFocus()
    return place


def books_of(page: BalancingPage) -> BooksPlace:
    """Go to the books."""
    choose(page, "books")
    place = page.places["books"]
    assert isinstance(place, BooksPlace)
    place.table.setFocus()
    return place


def test_a_drawer_is_counted_unannounced_by_keys_and_its_holder_signs(
    dressed: QApplication, office: BackOffice
) -> None:
    batch = office.open_drawer("clerk1", "HPC-1")
    office.sell_copies("clerk1", 12, Tender(TenderKind.CASH, 120))
    context, shell = office.context("supervisor1", signer="clerk1")
    page = BalancingPage(context)
    with in_front(page):
        place = funds_of(page)
        assert place.pick().chip == "6 to count"
        press(page, KEY.Key_U, ctrl=True)
        assert place.form.card.title.text() == "Unannounced count: HPC-1"
        assert place.form.card.hint.text() == "in the presence of Maria Delgado"
        place.form.grid.set_pieces(FLOAT)  # 200.00 of 201.20
        place.form.tapes.row("surprise-check").total.setText("x")
        press(page, KEY.Key_Return, ctrl=True)
        assert shell.requests == []
        assert focus_of(page).objectName() == "surprise-check-total"
        place.form.tapes.clear()
        press(page, KEY.Key_Return, ctrl=True)
        (request,) = shell.requests
        assert (request.act, request.subject, request.amount) == (Act.SURPRISE_COUNT, batch, 20_000)
        assert request.signer == "clerk1"
        assert not any(mark in shell.banners[-1][0] for mark in ("1.20", "short"))  # the holder stands here
        told(page, shell)
        assert place.table.texts()[0][5:] == ["1.20 short", "1 of 1"]
        assert place.pick().chip == "5 to count"
        press(page, KEY.Key_P, ctrl=True)
        assert shell.papers[-1][0] == "audit-sheet-HPC-1"


def test_a_fund_is_cash_only_and_esc_leaves_its_count(dressed: QApplication, office: BackOffice) -> None:
    context, shell = office.context("supervisor1", signer="cashier1")
    page = BalancingPage(context)
    with in_front(page):
        place = funds_of(page)
        press(page, KEY.Key_End)
        place.table.go_to(5)
        press(page, KEY.Key_U, ctrl=True)
        assert not place.form.tapes.isVisible()
        press(page, KEY.Key_Escape)
        assert place.stack.currentWidget() is place.list_view
        press(page, KEY.Key_U, ctrl=True)
        place.form.grid.set_pieces({10_000: 20})
        place.form.send_wanted.emit()
        assert shell.requests[-1].signer == "cashier1"
        told(page, shell)
        assert place.table.texts()[5][5:] == ["agrees", "1 of 1"]


def test_the_register_prints_and_is_saved(dressed: QApplication, office: BackOffice) -> None:
    context, shell = office.context("auditor1")
    page = BalancingPage(context)
    with in_front(page):
        place = funds_of(page)
        assert not place.count_key.isVisible()
        assert not place.change_key.isVisible()
        place.register_key.trigger()
        assert shell.papers[-1][0] == "change-funds"
        press(page, KEY.Key_S, ctrl=True)
        assert (exports_folder() / "change-funds-2026-07-14.csv").read_bytes().startswith(b"fund,name,drawer")


def test_the_accountant_changes_a_fund_and_adds_one(dressed: QApplication, office: BackOffice) -> None:
    context, shell = office.context("accountant1")
    page = BalancingPage(context)
    with in_front(page):
        place = funds_of(page)
        place.table.go_to(1)
        shell.answers = {"amount": "x"}
        press(page, KEY.Key_R, ctrl=True)
        assert shell.faults.pop()
        shell.answers = {"amount": "150.00", "authority": "Memo 7", "custodian": "clerk2"}
        press(page, KEY.Key_R, ctrl=True)
        told(page, shell)
        assert place.table.texts()[1][:4] == ["Float of HPC-2", "HPC-2", "James Okafor", "150.00"]
        shell.answers = {"fund": "FIELD", "name": "Inspectors", "amount": "75.00", "authority": "Memo 8"}
        place.new_key.trigger()
        told(page, shell)
        assert place.table.texts()[0][:4] == ["Inspectors", "none", "–", "75.00"]
        shell.answers = {"active": "n"}
        place.table.go_to(0)
        press(page, KEY.Key_R, ctrl=True)
        told(page, shell)
        assert place.table.texts()[0][0] == "Inspectors (closed)"
    register = change_funds.fund_register(office.desk, office.actor("accountant1"))
    assert register.total == 295_000  # 4 x 200.00 + 150.00 + 2,000.00


def test_a_book_is_issued_looked_through_and_taken_back_with_reasons(dressed: QApplication, office: BackOffice) -> None:
    context, shell = office.context("supervisor1")
    page = BalancingPage(context)
    with in_front(page):
        place = books_of(page)
        assert place.none.isVisible()
        shell.answers = {"book": "A", "first": "one", "last": "6", "to": "clerk1"}
        place.issue_key.trigger()
        assert shell.faults.pop() == "Numbers are figures only."
        shell.answers = {"book": "A", "first": "1", "last": "6", "to": "clerk1"}
        place.issue_key.trigger()
        told(page, shell)
        assert place.table.texts() == [["A", "1–6", "Maria Delgado", "7/14/2026", "0", "0", "0", "Out"]]
        assert place.numbers.texts() == [["", "still blank", "", "", "", "1–6"]]
        office.open_drawer("clerk1", "HPC-1")
        for number, written in ((1, "2026-07-14"), (3, "2026-07-02")):
            note = PaperNote("A", number, office.desk.today().fromisoformat(written))
            line, check = CartLine("REC-COPY", {"pages": "12"}), Tender(TenderKind.CHECK, 120, number="1")
            command = sell.CompleteSale(uuid4().hex, None, (line,), (check,), paper=note)
            sell.complete_sale(office.desk, office.actor("clerk1"), command)
        place.load()
        assert place.table.texts()[0][4:] == ["2", "0", "1", "Out, 1 missing"]
        assert [row[1] for row in place.numbers.texts()] == ["entered", "missing", "entered", "still blank"]
        assert place.pick().chip == "1 missing"
        shell.answers = {"run-0": "Torn out"}
        press(page, KEY.Key_R, ctrl=True)
        assert shell.faults.pop() == "Give a reason for each."
        shell.answers = {"run-0": "Torn out", "run-1": "Blank, cut through"}
        press(page, KEY.Key_R, ctrl=True)
        told(page, shell)
        assert place.table.texts()[0][7] == "Back since 7/14/2026"
        assert place.numbers.texts()[1] == ["2", "missing", "", "", "", "Torn out"]
        assert not place.back_key.isEnabled()
        press(page, KEY.Key_P, ctrl=True)
        assert shell.papers[-1][0] == "paper-receipt-books"


def test_suspect_notes_are_listed_newest_first_and_print_again(dressed: QApplication, office: BackOffice) -> None:
    context, shell = office.context("supervisor1")
    page = BalancingPage(context)
    with in_front(page):
        choose(page, "suspects")
        place = page.places["suspects"]
        assert isinstance(place, SuspectsPlace)
        assert place.none.isVisible()
        assert not place.paper_key.isVisible()
        office.open_drawer("clerk1", "HPC-1")
        for serial in ("MB12345678A", "LB00000001Q"):
            command = ReportSuspect(uuid4().hex, 2000, serial, "2013", description="Grey cap")
            suspect_notes.report_suspect(office.desk, office.actor("clerk1"), command)
        page.refresh(frozenset({Topic.SUSPECTS}))
        assert [row[1:5] for row in place.table.texts()] == [
            ["20.00", "LB00000001Q", "2013", "HPC-1"],
            ["20.00", "MB12345678A", "2013", "HPC-1"],
        ]
        assert place.pick().below == "2 within a year"
        place.table.setFocus()
        press(page, KEY.Key_P, ctrl=True)
        assert shell.papers[-1][0] == "suspect-note-LB00000001Q"


def test_a_whole_book_comes_back_without_a_question_and_a_ragged_one_not_at_all(
    dressed: QApplication, office: BackOffice
) -> None:
    boss, clerk = office.actor("supervisor1"), office.actor("clerk1")
    office.open_drawer("clerk1", "HPC-1")
    receipt_books.issue_book(office.desk, boss, IssueBook("a", "A", 1, 1, "clerk1"))
    receipt_books.issue_book(office.desk, boss, IssueBook("b", "B", 1, 21, "clerk1"))
    line, check = CartLine("REC-COPY", {"pages": "12"}), Tender(TenderKind.CHECK, 120, number="1")
    for book, number in (("A", 1), *(("B", number) for number in range(1, 22, 2))):
        note = PaperNote(book, number, office.desk.today())
        sell.complete_sale(office.desk, clerk, sell.CompleteSale(uuid4().hex, None, (line,), (check,), paper=note))
    context, shell = office.context("supervisor1")
    page = BalancingPage(context)
    with in_front(page):
        place = books_of(page)
        place.table.go_to(1)
        press(page, KEY.Key_R, ctrl=True)  # ten numbers apart from each other are missing
        assert shell.banners[-1][0].startswith("10 numbers are neither entered nor void: 2, 4, 6")
        place.table.go_to(0)
        press(page, KEY.Key_R, ctrl=True)
        assert shell.banners[-1][0] == "Book A is back."
        assert not [error for error in shell.problems if isinstance(error, Refusal)]
