"""Paper beside the sale: entering a paper receipt later, voiding a spoilt number, reporting a suspect note.

Knows no Qt.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Protocol

from csr_desk.domain.custody import SuspectReport
from csr_desk.domain.errors import BadInput, Refusal
from csr_desk.domain.money import parse_till
from csr_desk.domain.paper_books import ReceiptBook
from csr_desk.domain.paper_note import PaperNote
from csr_desk.domain.workdays import working_days
from csr_desk.ui.cart.cart import Cart
from csr_desk.ui.context import Context, Field, Tone
from csr_desk.ui.dates import parse_day, us_date
from csr_desk.ui.pages.sell.picture import SellView
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from datetime import date

    from csr_desk.services.suspect_notes import ReportSuspect


class SellingDesk(Protocol):
    """What the sell page's presenter gives to these acts."""

    context: Context
    view: SellView
    cart: Cart

    def show(self, *, same_line: bool = False) -> None:
        """Price and show the cart as it stands."""

    def read_date(self) -> None:
        """Price by the business date of the drawer."""

    def forget_finished(self) -> None:
        """The next customer started."""


class Papers:
    """A mode of the cart, clearly marked: the paper receipt that is entered; and two acts beside it."""

    def __init__(self, desk: SellingDesk) -> None:
        """Nothing is entered yet."""
        self._page = desk

    @property
    def _context(self) -> Context:
        return self._page.context

    # ---- entering

    def toggle(self) -> None:
        """Begin to enter a paper receipt; with an empty cart, leave it again."""
        page = self._page
        if page.cart.lines:
            page.view.show_hint(tr("Finish this cart first"), fault=True)
        elif page.cart.paper is not None:
            page.cart.paper = None
            page.cart.price_date = self._context.desk.today()
            page.show()
            page.read_date()
        else:
            self._with_books(self._ask_paper)

    def refuses_hold(self) -> bool:
        """A paper receipt is entered or given up, never held: say so."""
        if self._page.cart.paper is None:
            return False
        self._page.view.show_hint(tr("A paper receipt is not held: finish it, or remove its lines"), fault=True)
        return True

    def _with_books(self, then: BooksAsked) -> None:
        desk, actor = self._context.desk, self._context.actor

        def read() -> tuple[ReceiptBook, ...]:
            from csr_desk.services.receipt_books import my_books

            return my_books(desk, actor)

        def found(books: tuple[ReceiptBook, ...]) -> None:
            if books:
                then(books)
            else:
                self._page.view.show_hint(tr("You hold no book of paper receipts"), fault=True)

        self._context.read(read, found)

    def _ask_paper(self, books: tuple[ReceiptBook, ...]) -> None:
        today = self._context.desk.today()
        fields = (
            *_number_fields(books),
            Field("written", tr("Date written on it"), hint=tr("7/13/2026 or yesterday")),
        )

        def take(values: dict[str, str]) -> str | None:
            if not values["written"]:
                return tr("Key the date that is written on the paper.")
            try:
                written = parse_day(values["written"], today, field="written")
                note = PaperNote(values["book"], _number(values["number"]), written)
            except BadInput as wrong:
                return wrong.message
            fault = _fault_of(note, books, today)
            if fault is None:
                self._begin(note)
            return fault

        self._context.shell.ask_fields(tr("Enter a paper receipt"), fields, take, tr("Enter its lines"))

    def _begin(self, note: PaperNote) -> None:
        page, desk = self._page, self._context.desk
        page.forget_finished()
        page.cart = Cart(desk.catalogue, note.written, desk.policy.rounding, paper=note)
        page.show()
        if working_days(note.written, desk.today(), holidays=desk.policy.days_off) > desk.policy.paper_days:
            words = tr("This paper receipt comes late ({number} working days are allowed). It is entered and marked.")
            self._context.shell.banner(words.format(number=desk.policy.paper_days), Tone.WARN)
        page.view.focus_search()

    # ---- a spoilt number

    def void(self) -> None:
        """Void a spoilt number of one's own book, before a witness."""
        self._with_books(self._ask_void)

    def _ask_void(self, books: tuple[ReceiptBook, ...]) -> None:
        from csr_desk.services import receipt_books

        desk, actor, key = self._context.desk, self._context.actor, str(uuid.uuid4())
        fields = (*_number_fields(books), Field("reason", tr("Why is it void?"), hint=tr("stays in the record")))

        def take(values: dict[str, str]) -> str | None:
            try:
                number = _number(values["number"])
            except BadInput as wrong:
                return wrong.message
            if not values["reason"]:
                return tr("Say why the number is void.")
            command = receipt_books.VoidPaper(key, values["book"], number, values["reason"])
            words = tr("Number {number} of book {book} is void.").format(number=number, book=values["book"])
            self._context.act_or_ask(
                lambda approval: receipt_books.void_paper(desk, actor, command, approval),
                lambda _row: self._context.shell.banner(words, Tone.OK),
            )
            return None

        self._context.shell.ask_fields(
            tr("Void a number of a paper receipt book"), fields, take, tr("Void it"), keep=True
        )

    # ---- a suspect note

    def suspect(self) -> None:
        """Record a note that may be counterfeit; it pays nothing, and its report prints (B18)."""
        from csr_desk.services import suspect_notes

        desk, actor, key = self._context.desk, self._context.actor, str(uuid.uuid4())

        def take(values: dict[str, str]) -> str | None:
            try:
                command = _suspect_of(key, values)
            except Refusal as wrong:
                return wrong.message
            self._context.act_or_ask(
                lambda approval: suspect_notes.report_suspect(desk, actor, command, approval), self._reported
            )
            return None

        title = tr("Suspect note: do not give it back")
        self._context.shell.ask_fields(title, _suspect_fields(), take, tr("Record and print"), keep=True)

    def _reported(self, report: SuspectReport) -> None:
        words = tr(
            "The note {serial} is recorded and pays nothing. Initials and date on its border, then into the envelope "
            "with the report; call the police or the Secret Service."
        )
        self._context.shell.banner(words.format(serial=report.serial), Tone.WARN)


class BooksAsked(Protocol):
    """What is done with the books that a person holds."""

    def __call__(self, books: tuple[ReceiptBook, ...], /) -> None:
        """Go on with them."""


def paper_words(paper: PaperNote | None) -> str:
    """The mark above the cart."""
    if paper is None:
        return ""
    words = tr("Paper receipt {number} of book {book}, written {day}: prices of that day. Ctrl+B leaves it.")
    return words.format(number=paper.number, book=paper.book, day=us_date(paper.written))


def _number_fields(books: tuple[ReceiptBook, ...]) -> tuple[Field, ...]:
    """Book and number, filled with the next one that is open."""
    first = books[0]
    number = str(first.open_numbers[0]) if first.open_numbers else ""
    return (
        Field("book", tr("Book"), first.book, hint=", ".join(book.book for book in books)),
        Field("number", tr("Number on the paper"), number, digits=True),
    )


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise BadInput(tr("Key the number as it is printed on the paper."), field="number")
    return int(text)


def _fault_of(note: PaperNote, books: tuple[ReceiptBook, ...], today: date) -> str | None:
    """Say at once what the service would refuse at the end, before the lines are keyed."""
    book = next((one for one in books if one.book == note.book), None)
    if book is None:
        return tr("You do not hold a book of that name.")
    if note.number not in book.open_numbers:
        known = any(row.number == note.number for row in book.rows)
        return tr("This number is entered or void already.") if known else tr("This number is not in the book.")
    if note.written > today:
        return tr("A paper receipt cannot be written after today.")
    return None


def _suspect_fields() -> tuple[Field, ...]:
    return (
        Field("denomination", tr("Denomination"), hint="20", digits=True),
        Field("serial", tr("Serial number"), hint="MB12345678A"),
        Field("series", tr("Series year"), hint="2017A"),
        Field("letters", tr("Plate letters and numbers"), hint="B2 45"),
        Field("description", tr("Who passed it: looks, clothes"), hint=tr("can be purged later")),
        Field("vehicle", tr("Vehicle, licence plate")),
        Field("words", tr("What was said, anything else")),
        Field("witness", tr("Does a second person sign? y or n"), "n"),
    )


def _suspect_of(key: str, values: dict[str, str]) -> ReportSuspect:
    from csr_desk.domain.custody import check_note, note_letters, note_serial, note_year
    from csr_desk.services.suspect_notes import ReportSuspect

    text = values["denomination"].removeprefix("$")
    cents = parse_till(f"{text}.00" if text.isascii() and text.isdigit() else text)
    check_note(cents)
    return ReportSuspect(
        key,
        cents,
        note_serial(values["serial"]),
        note_year(values["series"]),
        note_letters(values["letters"]),
        values["description"],
        values["vehicle"],
        values["words"],
        witnessed=values["witness"].lower().startswith("y"),
    )
