"""The books of paper receipts: who holds which, what became of every number, gaps (A25, control 12)."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.paper_books import PaperRow, ReceiptBook, number_words
from csr_desk.domain.people import Act
from csr_desk.services import receipt_books
from csr_desk.services.receipt_books import IssueBook, TakeBack
from csr_desk.ui.context import Field, Tone
from csr_desk.ui.dates import us_date
from csr_desk.ui.page import Page
from csr_desk.ui.pages.balancing.places import PlacePanel
from csr_desk.ui.widgets import Card, EmptyState, KeyButton
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row
from csr_desk.ui.widgets.pick_list import Pick

_MOST_REASONS = 8
"""Runs of missing numbers that a sheet can ask about at once."""


class BooksPlace(PlacePanel):
    """Books above, the numbers of the one that is picked below."""

    shows: ClassVar[frozenset[Topic]] = frozenset({Topic.BOOKS})

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.books: tuple[ReceiptBook, ...] = ()
        self.table = FiguresTable("books", self.tr("Books of paper receipts"), (
            Column(self.tr("Book"), width=100), Column(self.tr("Numbers"), width=120), Column(self.tr("Holder")),
            Column(self.tr("Issued"), width=110), Column(self.tr("Entered"), figures=True, width=85),
            Column(self.tr("Void"), figures=True, width=70), Column(self.tr("Late"), figures=True, width=70),
            Column(self.tr("State"), width=200),
        ))  # fmt: skip
        self.numbers = FiguresTable("book-numbers", self.tr("Numbers of the book"), (
            Column(self.tr("Number"), figures=True, width=100), Column(self.tr("State"), width=150),
            Column(self.tr("Written"), width=110), Column(self.tr("Entered"), width=110),
            Column(self.tr("Receipt"), width=170), Column(self.tr("Remark")),
        ))  # fmt: skip
        self.none = EmptyState(
            self.tr("No book was issued"),
            self.tr("A book of numbered paper receipts is for the day when nothing works. A supervisor issues it."),
        )
        self.issue_key = self.key("book-issue", self.tr("Issue a book…"), "Ctrl+Shift+N", self._issue)
        self.back_key = self.key("book-back", self.tr("Take the book back…"), "Ctrl+R", self._take_back)
        self.paper_key = self.key("book-paper", self.tr("Print books and gaps"), "Ctrl+P", self._paper)
        self._assemble()
        self.table.chosen.connect(lambda _row: self._show_chosen())

    def _assemble(self) -> None:
        books = Card(self.tr("Books of paper receipts"), self.tr("↑ ↓"), flush=True)
        books.body.addWidget(self.table, 1)
        books.body.addWidget(self.none, 1)
        self.numbers_card = Card(self.tr("Numbers"), " ", flush=True)
        self.numbers_card.body.addWidget(self.numbers, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(KeyButton.for_action(self.paper_key))
        buttons.addWidget(KeyButton.for_action(self.issue_key))
        buttons.addWidget(KeyButton.for_action(self.back_key, "primary"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(books, 2)
        box.addWidget(self.numbers_card, 3)
        box.addLayout(buttons)

    # what the page asks of a place
    def load(self) -> None:
        """Read the books."""
        desk, actor = self.context.desk, self.context.actor
        self.context.read(lambda: receipt_books.books(desk, actor), self._show)

    def pick(self) -> Pick:
        """Whether numbers are missing."""
        gaps = sum(len(book.gaps) for book in self.books if not book.returned)
        out = sum(not book.returned for book in self.books)
        below = self.tr("{0} out").format(out) if self.books else self.tr("for the day when nothing works")
        chip = self.tr("{0} missing").format(gaps) if gaps else ""
        return Pick("books", self.tr("Paper receipts"), below, chip, "warn")

    def allowed(self, action: object) -> bool:
        """What may be done with the picked book."""
        book, may = self.chosen(), self.context.actor.may(Act.MANAGE_BOOKS)
        if action is self.issue_key:
            return may
        if action is self.back_key:
            return may and book is not None and not book.returned
        return bool(self.books)

    def first_focus(self) -> QWidget:
        """The table of books."""
        return self.table

    def chosen(self) -> ReceiptBook | None:
        """The book that is picked."""
        at = self.table.currentIndex().row()
        return self.books[at] if 0 <= at < len(self.books) else None

    def _show(self, books: tuple[ReceiptBook, ...]) -> None:
        self.books = books
        self.table.setVisible(bool(books))
        self.numbers_card.setVisible(bool(books))
        self.none.setVisible(not books)
        self.table.show_rows([self._cells(book) for book in books])
        self._show_chosen()
        self.changed.emit()

    def _show_chosen(self) -> None:
        book = self.chosen()
        self.numbers.show_rows(self._numbers(book) if book else [])
        if book is not None:
            self.numbers_card.title.setText(self.tr("Numbers of book {0}").format(book.book))
        self.let_keys(front=self.isVisible())

    def _cells(self, book: ReceiptBook) -> Row:
        entered = sum(row.state == "entered" for row in book.rows)
        if book.returned_on is not None:
            state = Cell(self.tr("Back since {0}").format(us_date(book.returned_on)), "ok")
        elif book.gaps:
            state = Cell(self.tr("Out, {0} missing").format(len(book.gaps)), "warn")
        else:
            state = Cell(self.tr("Out"))
        return [
            Cell(book.book, strong=True), f"{book.first}–{book.last}", book.holder_name, us_date(book.issued_on),
            str(entered), str(len(book.rows) - entered), Cell(str(book.late), "warn" if book.late else ""), state,
        ]  # fmt: skip

    def _numbers(self, book: ReceiptBook) -> list[Row]:
        """Every number: what was entered or spoilt, what is missing, what is still blank, in runs."""
        known = {row.number: row for row in book.rows}
        gaps = set(book.gaps)
        rows: list[Row] = [
            self._number(known[number]) if number in known else self._missing(book, number)
            for number in sorted({*known, *gaps, *book.explained})
        ]
        blank = [number for number in book.open_numbers if number not in gaps and number not in book.explained]
        if blank:
            rows.append(["", Cell(self.tr("still blank")), "", "", "", number_words(blank)])
        return rows

    def _number(self, row: PaperRow) -> Row:
        written = us_date(row.written) if row.written else ""
        state = Cell(self.tr("entered"), "ok") if row.state == "entered" else Cell(self.tr("void"))
        note = Cell(self.tr("late"), "warn") if row.late else Cell(row.reason)
        return [str(row.number), state, written, us_date(row.entered), row.receipt, note]

    def _missing(self, book: ReceiptBook, number: int) -> Row:
        reason = book.explained.get(number, "")
        return [str(number), Cell(self.tr("missing"), "warn", strong=True), "", "", "", reason]

    # acts
    def _issue(self) -> None:
        desk, actor, key = self.context.desk, self.context.actor, uuid4().hex
        fields = (
            Field("book", self.tr("Name of the book"), hint=self.tr("as on its cover")),
            Field("first", self.tr("First number"), digits=True),
            Field("last", self.tr("Last number"), digits=True),
            Field("to", self.tr("User name of who gets it")),
        )

        def take(values: dict[str, str]) -> str | None:
            first, last = values["first"], values["last"]
            if not (first.isascii() and first.isdigit() and last.isascii() and last.isdigit()):
                return self.tr("Numbers are figures only.")
            command = IssueBook(key, values["book"], int(first), int(last), values["to"])
            self.context.act(lambda: receipt_books.issue_book(desk, actor, command), self._issued)
            return None

        self.context.shell.ask_fields(
            self.tr("Issue a book of paper receipts"), fields, take, self.tr("Issue"), keep=True
        )

    def _issued(self, book: ReceiptBook) -> None:
        words = self.tr("Book {0} is issued to {1}.")
        self.context.shell.banner(words.format(book.book, book.holder_name), Tone.OK)

    def _take_back(self) -> None:
        book = self.chosen()
        if book is None:
            return
        runs = _runs(book.open_numbers)
        if not runs:
            self._send_back(book, {})
            return
        if len(runs) > _MOST_REASONS:
            words = self.tr("{0} numbers are neither entered nor void: {1}. Enter or void them first.")
            said = words.format(len(book.open_numbers), number_words(book.open_numbers))
            self.context.shell.banner(said, Tone.WARN)
            return
        fields = [
            Field(f"run-{at}", self.tr("Neither entered nor void: {0}. Why?").format(number_words(run)))
            for at, run in enumerate(runs)
        ]

        def take(values: dict[str, str]) -> str | None:
            reasons = {number: values[f"run-{at}"] for at, run in enumerate(runs) for number in run}
            if not all(reasons.values()):
                return self.tr("Give a reason for each.")
            self._send_back(book, reasons)
            return None

        title = self.tr("Take book {0} back from {1}").format(book.book, book.holder_name)
        self.context.shell.ask_fields(title, fields, take, self.tr("Take it back"), keep=True)

    def _send_back(self, book: ReceiptBook, reasons: dict[int, str]) -> None:
        desk, actor, command = self.context.desk, self.context.actor, TakeBack(uuid4().hex, book.book, reasons)

        def done(back: ReceiptBook) -> None:
            self.context.shell.banner(self.tr("Book {0} is back.").format(back.book), Tone.OK)

        self.context.act(lambda: receipt_books.return_book(desk, actor, command), done)

    def _paper(self) -> None:
        office, books = self.context.desk.office, self.books

        def make() -> bytes:
            from csr_desk.documents.fund_papers import books_pdf

            return books_pdf(office, books)

        self.context.shell.print_paper("paper-receipt-books", make)
        self.context.shell.banner(self.tr("Books and gaps go to the printer."), Tone.INFO)


def _runs(numbers: tuple[int, ...]) -> list[list[int]]:
    """Numbers that follow each other, together."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
