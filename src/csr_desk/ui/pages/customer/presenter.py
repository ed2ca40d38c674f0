"""What the customer page does: find, open, read what is shown, and hand acts on. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from csr_desk.domain.changes import Topic
from csr_desk.domain.customers import Level
from csr_desk.domain.errors import BadInput
from csr_desk.domain.people import Act
from csr_desk.ui.asking import Newest
from csr_desk.ui.context import Context, Field, Tone
from csr_desk.ui.dates import parse_day
from csr_desk.ui.leads import follow
from csr_desk.ui.moments import moment_rows, month_word
from csr_desk.ui.pages.customer.entry import Entry
from csr_desk.ui.pages.customer.picture import CustomerScreen, FoundRow, Months
from csr_desk.ui.pages.customer.words import (
    found_hint,
    found_rows,
    month_ends,
    note_rows,
    page_picture,
)
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.customers import Note
    from csr_desk.services.customer_pages import CustomerPage
    from csr_desk.services.customer_timeline import Moment
    from csr_desk.services.customers import FoundCustomers

SHOWS = frozenset({Topic.ACCOUNTS, Topic.RECEIPTS, Topic.PERMITS})
MOST_RECENT = 8
MOST_CHARTED = 12
"""The chart reads so many accounts of a customer; somebody with more is a portfolio, not a person."""


class CustomerPresenter:
    """One customer is looked at; the list at the left may already show others."""

    def __init__(self, context: Context, screen: CustomerScreen) -> None:
        """Nobody is looked at yet."""
        self.context = context
        self.screen = screen
        self.page: CustomerPage | None = None
        self.account = ""
        self.entry = Entry(context, screen, self.open)
        self._finding = Newest(context, self._read_found, self._show_found)
        self._recent: dict[str, FoundRow] = {}
        self._rows: tuple[FoundRow, ...] = ()
        self._enter = False
        self._wanted = ""

    # ---- finding

    def typed(self, text: str) -> None:
        """The text of the search box changed."""
        self._enter = False
        if text.strip():
            self._finding.ask(text.strip())
        else:
            self._finding.forget()
            self._show_rows(tuple(self._recent.values()), "")

    def entered(self, picked: str | None) -> None:
        """Enter in the search box: open the one that is picked, or the first that the answer brings."""
        if self._finding.pending is not None:
            self._enter = True
        elif picked is not None:
            self.look_at(picked)

    def _read_found(self, text: str) -> FoundCustomers:
        from csr_desk.services.customers import find_customers

        return find_customers(self.context.desk, self.context.actor, text)

    def _show_found(self, _text: str, found: FoundCustomers) -> None:
        hint, fault = found_hint(found)
        rows = found_rows(found)
        enter, self._enter = self._enter, False
        self._show_rows(rows, hint, fault=fault)
        if enter and len(rows) == 1:
            self.look_at(rows[0].key)

    def _show_rows(self, rows: tuple[FoundRow, ...], hint: str, *, fault: bool = False) -> None:
        self._rows = rows
        self.screen.show_found(rows, hint, fault=fault)

    # ---- looking

    def look_at(self, about: str) -> None:
        """Open ``customer:NO``, or the customer of ``account:NO`` with that account picked."""
        kind, _, number = about.partition(":")
        if kind == "customer":
            self.open(number)
        elif kind == "account":
            self._open_account(number)

    def open(self, number: str) -> None:
        """Show a customer; a record that was joined with another shows that one."""
        if self.entry.draft is not None:
            self.entry.leave()
        if self.page is None or self.page.number != number:
            self.account = ""
        self._read_page(number)

    def _open_account(self, account: str) -> None:
        desk, actor = self.context.desk, self.context.actor

        def read() -> CustomerPage:
            from csr_desk.services.customer_pages import customer_of_account

            return customer_of_account(desk, actor, account)

        self._wanted = account
        self.account = account
        self.context.read(read, lambda page: self._show_page(account, page))

    def _read_page(self, number: str) -> None:
        desk, actor = self.context.desk, self.context.actor

        def read() -> CustomerPage:
            from csr_desk.services.customer_pages import customer_page

            return customer_page(desk, actor, number)

        self._wanted = number
        self.context.read(read, lambda page: self._show_page(number, page))

    def _show_page(self, wanted: str, page: CustomerPage) -> None:
        if wanted != self._wanted:
            return  # somebody else was opened meanwhile
        self.page = page
        picture = page_picture(page)
        if self.account not in [row.number for row in picture.accounts]:
            self.account = picture.accounts[0].number if picture.accounts else ""
        self.screen.show_page(picture, self.account)
        self.screen.let_acts()
        self._remember(page)
        self._read_more(page)

    def _remember(self, page: CustomerPage) -> None:
        key = f"customer:{page.number}"
        self._recent.pop(key, None)
        below = " · ".join(part for part in (page.form.address, page.form.phone) if part) or page.number
        self._recent = {key: FoundRow(key, page.form.name, below), **self._recent}
        while len(self._recent) > MOST_RECENT:
            self._recent.pop(next(reversed(self._recent)))

    def _read_more(self, page: CustomerPage) -> None:
        desk, actor, number = self.context.desk, self.context.actor, page.number

        def moments() -> tuple[Moment, ...]:
            from csr_desk.services.customer_timeline import timeline

            return timeline(desk, actor, number)

        def notes() -> tuple[Note, ...]:
            from csr_desk.services.customer_notes import notes

            return notes(desk, actor, number)

        today = desk.today()
        self._if_still(page, moments, lambda found: self.screen.show_moments(moment_rows(found, today)))
        self._if_still(page, notes, lambda found: self.screen.show_notes(note_rows(found, today)))
        self._if_still(page, lambda: self._months(page), self.screen.show_months)

    def _if_still(self, page: CustomerPage, read: Callable[[], object], show: Callable[..., None]) -> None:
        self.context.read(read, lambda found: show(found) if self.page is page else None)

    def _months(self, page: CustomerPage) -> Months:
        """Read what was owed at the end of each month on their own accounts."""
        from csr_desk.services.statements import story_of

        days = month_ends(self.context.desk.today())
        own = [line.number for line in page.accounts if not line.role][:MOST_CHARTED]
        stories = [story_of(self.context.desk, self.context.actor, number)[1] for number in own]
        values = tuple(sum(story.balance(day) for story in stories) for day in days)
        return Months(tuple(month_word(day) for day in days), values)

    def pick_account(self, number: str) -> None:
        """Another account of the customer is picked."""
        self.account = number

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Money moved, or somebody changed a customer: read who is looked at again."""
        if self.page is not None and (not topics or topics & SHOWS):
            self._read_page(self.page.number)

    # ---- acts

    @property
    def may_tell(self) -> bool:
        """Something of this customer is kept back, and this person may log that they tell it."""
        return self.page is not None and self.page.hidden and self.context.actor.may(Act.DISCLOSE)

    @property
    def may_sell(self) -> bool:
        """Somebody is looked at, and this person sells."""
        return self.page is not None and self.context.actor.may(Act.SELL)

    def pay(self) -> None:
        """F5: the customer onto a sale, with all that is due on their own accounts."""
        if self.page is not None and self.may_sell:
            self.context.shell.go("sell", f"payer:{self.page.number}")

    def open_moment(self, opens: str) -> None:
        """Enter on a line of the time line: look at its receipt, its request or its permit."""
        follow(self.context, opens)

    def ask_note(self) -> None:
        """Ask for a note: what it says, how loud it is, until when."""
        page = self.page
        if page is None or not self.entry.may_edit:
            return
        fields = (
            Field("words", tr("Note")),
            Field("level", tr("How loud"), "i", hint=tr("i information, w warning, s read before a sale")),
            Field("expires_on", tr("Last day"), hint=tr("empty: until it is taken off")),
        )

        def take(values: dict[str, str]) -> str | None:
            level = {"i": Level.INFO, "w": Level.WARN, "s": Level.STOP}.get(values["level"][:1].casefold())
            if level is None:
                return tr("Key i, w or s for how loud it is.")
            try:
                day = parse_day(values["expires_on"], self.context.desk.today()) if values["expires_on"] else None
            except BadInput as bad:
                return bad.message
            from csr_desk.services import customer_notes

            desk, actor = self.context.desk, self.context.actor
            command = customer_notes.AddNote(uuid4().hex, page.number, level, values["words"], day)
            self.context.act(lambda: customer_notes.add_note(desk, actor, command), lambda _note: None)
            return None

        self.context.shell.ask_fields(tr("Note on {name}").format(name=page.form.name), fields, take, keep=True)

    def take_off(self, note_id: str) -> None:
        """Take a note off; it stays on the time line with who did it."""
        if not note_id or not self.entry.may_edit:
            return
        from csr_desk.services import customer_notes

        desk, actor = self.context.desk, self.context.actor
        told = tr("The note is taken off; the time line keeps it.")
        self.context.act(
            lambda: customer_notes.close_note(desk, actor, note_id),
            lambda _id: self.context.shell.banner(told, Tone.OK),
        )

    def tell(self) -> None:
        """Log to whom what is confidential is told, and show it for today (F14)."""
        page = self.page
        if page is None or not self.may_tell:
            return
        fields = (
            Field("to", tr("To whom")),
            Field("reason", tr("How they proved who they are, or why they may know")),
        )

        def take(values: dict[str, str]) -> str | None:
            from csr_desk.services import customer_disclosure

            desk, actor = self.context.desk, self.context.actor
            command = customer_disclosure.Disclose(uuid4().hex, page.number, values["to"], values["reason"])
            self.context.act(lambda: customer_disclosure.disclose(desk, actor, command), lambda _told: None)
            return None

        self.context.shell.ask_fields(
            tr("Tell what {name} asked to keep").format(name=page.form.name), fields, take, keep=True
        )

    def turn_confidential(self) -> None:
        """Make the customer confidential, or lift it with how they asked for it."""
        page = self.page
        if page is None or not self.may_turn:
            return
        title = tr("{name} is no longer confidential") if page.confidential else tr("{name} asks to be confidential")
        field = Field("reason", tr("How they asked for it"), hint=tr("a form, a call"))

        def take(values: dict[str, str]) -> str | None:
            from csr_desk.services import customer_disclosure

            desk, actor = self.context.desk, self.context.actor
            command = customer_disclosure.SetConfidential(
                uuid4().hex, page.number, not page.confidential, values["reason"]
            )
            self.context.act(lambda: customer_disclosure.set_confidential(desk, actor, command), lambda _done: None)
            return None

        self.context.shell.ask_fields(title.format(name=page.form.name), (field,), take, keep=True)

    @property
    def may_turn(self) -> bool:
        """This person may make the customer confidential, or lift it."""
        if self.page is None:
            return False
        return self.context.actor.may(Act.DISCLOSE if self.page.confidential else Act.EDIT_ACCOUNTS)
