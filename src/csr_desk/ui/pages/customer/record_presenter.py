"""The record behind a customer's page: parts in accounts, joined records, what was told. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from csr_desk.domain.customers import PartyRole
from csr_desk.domain.errors import BadInput
from csr_desk.domain.people import Act
from csr_desk.ui.context import Choice, Context, Field, Tone
from csr_desk.ui.dates import parse_day, us_date
from csr_desk.ui.moments import moment_day
from csr_desk.ui.pages.customer.words import role_names
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.customer_merging import Merged
    from csr_desk.services.customer_pages import CustomerPage
    from csr_desk.services.customer_records import CustomerRecords, LoggedDisclosure, Part


@dataclass(frozen=True, slots=True)
class RecordPicture:
    """All that the panel shows; rows of cells from left to right."""

    number: str = ""
    name: str = ""
    parts: tuple[tuple[str, ...], ...] = ()
    ended: frozenset[int] = frozenset()
    """Rows of parts that count no more."""
    joined: tuple[tuple[str, ...], ...] = ()
    told: tuple[tuple[str, ...], ...] = ()
    confidential: bool = False


class RecordScreen(Protocol):
    """What the presenter asks of the panel."""

    def show_record(self, picture: RecordPicture) -> None:
        """Show it."""


class RecordPresenter:
    """One customer at a time."""

    def __init__(self, context: Context, screen: RecordScreen) -> None:
        """Nobody is looked at yet."""
        self.context, self.screen = context, screen
        self.page: CustomerPage | None = None
        self.found: CustomerRecords | None = None

    def show(self, page: CustomerPage) -> None:
        """Read the record of a customer."""
        if self.page is None or self.page.number != page.number:
            self.found = None
            self.screen.show_record(RecordPicture(page.number, page.form.name, confidential=page.confidential))
        self.page = page
        desk, actor = self.context.desk, self.context.actor

        def read() -> CustomerRecords:
            from csr_desk.services.customer_records import customer_records

            return customer_records(desk, actor, page.number)

        def shown(found: CustomerRecords) -> None:
            if self.page is page:  # else somebody else was opened meanwhile
                self.found = found
                self.screen.show_record(picture_of(page, found, desk.today()))

        self.context.read(read, shown)

    # ---- parts in accounts

    @property
    def may_edit(self) -> bool:
        """Somebody is looked at, and this person changes customers."""
        return self.page is not None and self.context.actor.may(Act.EDIT_ACCOUNTS)

    def part_at(self, row: int) -> Part | None:
        """Return the part of a row that still counts."""
        parts = self.found.parts if self.found is not None else ()
        part = parts[row] if 0 <= row < len(parts) else None
        return part if part is not None and part.counts(self.context.desk.today()) else None

    def add_part(self) -> None:
        """Ask which account, as what and since when."""
        page = self.page
        if page is None or not self.may_edit:
            return
        fields = (
            Field("account", tr("Account")),
            Field("role", tr("As what"), hint=_roles_hint()),
            Field("since", tr("Since"), hint=tr("empty: today")),
        )

        def take(keyed: dict[str, str]) -> str | None:
            role = _role(keyed["role"])
            if not keyed["account"]:
                return tr("Key the number of the account.")
            if role is None:
                return tr("Key a digit: {roles}.").format(roles=_roles_hint())
            try:
                since = parse_day(keyed["since"], self.context.desk.today(), field="since")
            except BadInput as wrong:
                return wrong.message
            self._add(page, keyed["account"], role, since)
            return None

        title = tr("A part in an account, for {name}").format(name=page.form.name)
        self.context.shell.ask_fields(title, fields, take, tr("Add it"), keep=True)

    def _add(self, page: CustomerPage, account: str, role: PartyRole, since: date) -> None:
        from csr_desk.services import customers_entry

        desk, actor = self.context.desk, self.context.actor
        command = customers_entry.AddParty(account, page.number, role, since)
        told = tr("{name} is {role} of account {account}.")
        words = told.format(name=page.form.name, role=role_names()[role.value].casefold(), account=account)
        self.context.act(lambda: customers_entry.add_party(desk, actor, command), self._saying(words))

    def end_part(self, row: int) -> None:
        """Ask for the last day of a part."""
        part = self.part_at(row)
        if part is None or not self.may_edit:
            return

        def take(keyed: dict[str, str]) -> str | None:
            from csr_desk.services import customers_entry

            desk, actor = self.context.desk, self.context.actor
            try:
                until = parse_day(keyed["until"], desk.today(), field="until")
            except BadInput as wrong:
                return wrong.message
            command = customers_entry.EndParty(part.account, part.holder, PartyRole(part.role), until)
            words = tr("The part ends on {day}; the record keeps it.").format(day=us_date(until))
            self.context.act(lambda: customers_entry.end_party(desk, actor, command), self._saying(words))
            return None

        title = tr("{role} of account {account}, {name}").format(
            role=role_names()[part.role], account=part.account, name=part.name
        )
        field = Field("until", tr("Last day"), hint=tr("empty: today"))
        self.context.shell.ask_fields(title, (field,), take, tr("End it"), keep=True)

    # ---- one person in two records

    @property
    def may_join(self) -> bool:
        """Somebody is looked at, and this person joins records."""
        return self.page is not None and self.context.actor.may(Act.MERGE_CUSTOMERS)

    def join(self, offered: str = "") -> None:
        """Ask for the other record; then, with both names before one's eyes, how it is known that they are one."""
        page = self.page
        if page is None or not self.may_join:
            return
        other = offered if offered != page.number else ""
        field = Field("joined", tr("Number of the record that goes into this one"), other)

        def take(keyed: dict[str, str]) -> str | None:
            if not keyed["joined"]:
                return tr("Key the number of the other record.")
            if keyed["joined"] == page.number:
                return tr("This is the record that stays. Key the other one.")
            self._look_at_other(page, keyed["joined"])
            return None

        title = tr("Join another record with {name}").format(name=page.form.name)
        self.context.shell.ask_fields(title, (field,), take, tr("Look at it"), keep=True)

    def _look_at_other(self, page: CustomerPage, number: str) -> None:
        desk, actor = self.context.desk, self.context.actor

        def read() -> CustomerPage:
            from csr_desk.services.customer_pages import customer_page

            return customer_page(desk, actor, number)

        self.context.read(read, lambda other: self._ask_join(page, other, number))

    def _ask_join(self, page: CustomerPage, other: CustomerPage, number: str) -> None:
        if other.number == page.number:
            words = tr("Record {number} is joined with this one already.").format(number=number)
            self.context.shell.banner(words, Tone.WARN)
            return
        title = tr("{other} ({number}, {place}) goes into {name} ({stays}): how do you know?").format(
            other=other.form.name, number=other.number, place=other.form.address or tr("no address"),
            name=page.form.name, stays=page.number,
        )  # fmt: skip
        reasons = (tr("Same licence shown"), tr("The customer says so"), tr("Same name, address and telephone"))

        def join(reason: str) -> None:
            from csr_desk.services import customer_merging

            desk, actor = self.context.desk, self.context.actor
            command = customer_merging.MergeCustomers(uuid4().hex, page.number, other.number, reason)
            self.context.act(lambda: customer_merging.merge_customers(desk, actor, command), self._joined)

        self.context.shell.ask_reason(title, _choices(reasons), join, free_text=True)

    def _joined(self, merged: Merged) -> None:
        words = tr("Record {joined} is joined with {keep}; both numbers find it. It can be parted again.")
        self._say(words.format(joined=merged.joined, keep=merged.keep))

    def part_again(self, row: int) -> None:
        """Take a joined record out again, with why."""
        joined = self.found.joined if self.found is not None else ()
        if not self.may_join or not 0 <= row < len(joined):
            return
        record = joined[row]
        reasons = (tr("Two persons"), tr("Joined by mistake"))

        def part(reason: str) -> None:
            from csr_desk.services import customer_merging

            desk, actor = self.context.desk, self.context.actor
            command = customer_merging.PartCustomers(uuid4().hex, record.number, reason)
            words = tr("Record {joined} stands by itself again, with the accounts it came with.")
            told = words.format(joined=record.number)
            self.context.act(lambda: customer_merging.part_customers(desk, actor, command), self._saying(told))

        title = tr("Why is {name} ({number}) parted again?").format(name=record.name, number=record.number)
        self.context.shell.ask_reason(title, _choices(reasons), part, free_text=True)

    def _saying(self, words: str) -> Callable[[object], None]:
        return lambda _done: self._say(words)

    def _say(self, words: str) -> None:
        self.context.shell.banner(words, Tone.OK)
        if self.page is not None:
            self.show(self.page)


def _choices(reasons: tuple[str, ...]) -> list[Choice]:
    return [Choice(str(at), text, text) for at, text in enumerate(reasons, start=1)]


def _roles_hint() -> str:
    return ", ".join(f"{at} {role_names()[role.value].casefold()}" for at, role in enumerate(PartyRole, start=1))


def _role(text: str) -> PartyRole | None:
    """Read a digit of the hint, or the word itself."""
    roles = dict(enumerate(PartyRole, start=1))
    if text.isascii() and text.isdigit():
        return roles.get(int(text))
    return next((role for role in PartyRole if text and text.casefold() in (role, role_names()[role].casefold())), None)


def picture_of(page: CustomerPage, found: CustomerRecords, today: date) -> RecordPicture:
    """Say it all in cells."""
    return RecordPicture(
        page.number,
        page.form.name,
        tuple(_part_cells(part) for part in found.parts),
        frozenset(at for at, part in enumerate(found.parts) if not part.counts(today)),
        tuple((one.number, one.name, one.into) for one in found.joined),
        tuple(_told_cells(one, today) for one in found.told),
        page.confidential,
    )


def _part_cells(part: Part) -> tuple[str, ...]:
    who = tr("this customer") if part.own else f"{part.name} · {part.holder}"
    since = us_date(part.since) if part.since is not None else ""
    until = us_date(part.until) if part.until is not None else tr("no end")
    return part.account, part.service, role_names().get(part.role, part.role), who, since, until


def _told_cells(one: LoggedDisclosure, today: date) -> tuple[str, ...]:
    done = {
        "told": tr("Told"), "paper": tr("Paper given"), "closed": tr("Made confidential"),
        "opened": tr("No longer confidential"),
    }.get(one.line.change, one.line.change)  # fmt: skip
    whats = {
        "contact": tr("address, telephone"), "amounts": tr("amounts"), "usage": tr("usage"), "history": tr("history"),
    }  # fmt: skip
    what = ", ".join(whats.get(word, word) for word in one.line.what)
    return moment_day(one.at, today), done, what, one.line.payee, one.line.reason, one.by
