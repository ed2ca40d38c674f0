"""A customer as a contractor: registered, suspended, papers filed and withdrawn. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from csr_desk.domain.contractor import PaperKind
from csr_desk.domain.errors import Refusal
from csr_desk.domain.money import Cents, parse_cents, plain
from csr_desk.domain.people import Act
from csr_desk.ui.context import Choice, Context, Field, Tone
from csr_desk.ui.dates import parse_day, us_date
from csr_desk.ui.pages.customer.contractor_words import kind_words, read_trades, trade_words, trades_hint
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.contractor_pages import ContractorPage, ContractorRecord, InOrder, PaperRecord, PermitRecord


@dataclass(frozen=True, slots=True)
class ContractorPicture:
    """All that the panel shows."""

    customer: str = ""
    page: ContractorPage | None = None
    may: bool = False
    """This person keeps the register; who does not reads it."""

    @property
    def contractor(self) -> ContractorRecord | None:
        """The contractor, where the customer is one."""
        return self.page.contractor if self.page is not None else None

    @property
    def trades(self) -> tuple[InOrder, ...]:
        """Each trade with what is missing for it."""
        return self.page.trades if self.page is not None else ()

    @property
    def papers(self) -> tuple[PaperRecord, ...]:
        """Their papers: those on file first, the one that ends soonest before the others."""
        found = self.contractor.papers if self.contractor is not None else ()
        return tuple(sorted(found, key=lambda one: (one.state != "valid", one.paper.expires_on or date.max, one.n)))

    @property
    def permits(self) -> tuple[PermitRecord, ...]:
        """The newest permits that they bought."""
        return self.page.permits if self.page is not None else ()


class ContractorScreen(Protocol):
    """What the presenter asks of the panel."""

    def show_picture(self, picture: ContractorPicture) -> None:
        """Show it."""


class ContractorPresenter:
    """One customer at a time."""

    def __init__(self, context: Context, screen: ContractorScreen) -> None:
        """Nobody is shown yet."""
        self.context, self.screen = context, screen
        self.picture = ContractorPicture()

    def show_customer(self, customer: str) -> None:
        """Read what the register has of a customer."""
        desk, actor = self.context.desk, self.context.actor
        self.picture = ContractorPicture(customer)

        def read() -> ContractorPicture:
            from csr_desk.services.contractor_pages import contractor_page

            return ContractorPicture(customer, contractor_page(desk, actor, customer), actor.may(Act.KEEP_CONTRACTORS))

        def show(found: ContractorPicture) -> None:
            if self.picture.customer == customer:  # else another was asked for meanwhile
                self.picture = found
                self.screen.show_picture(found)

        self.context.read(read, show)

    def _again(self) -> None:
        self.show_customer(self.picture.customer)

    # ---- the contractor

    def set_trades(self) -> None:
        """Ask for the trades: who is not registered yet is registered with them."""
        known = self.picture.contractor
        named = ", ".join(trade_words(trade) for trade in known.trades) if known is not None else ""
        trades = Field("trades", tr("Trades, by their first letters, with commas"), named, hint=trades_hint())
        title, fields = tr("Register as a contractor"), [trades]
        if known is not None:
            title = tr("Trades of {0}").format(known.number)
            fields.append(Field("reason", tr("Why they change")))
        self.context.shell.ask_fields(title, fields, self._set_trades, tr("Write it down"), keep=True)

    def _set_trades(self, keyed: dict[str, str]) -> str | None:
        from csr_desk.services import contractors

        trades, unread = read_trades(keyed["trades"])
        if unread or not trades:
            return tr("A trade is one of: {0}.").format(trades_hint())
        desk, actor, known = self.context.desk, self.context.actor, self.picture.contractor
        if known is None:
            new = contractors.RegisterContractor(uuid4().hex, self.picture.customer, trades)
            self.context.act(lambda: contractors.register_contractor(desk, actor, new), self._registered)
            return None
        if not keyed["reason"].strip():
            return tr("Say why the contractor is changed.")
        command = contractors.ChangeContractor(uuid4().hex, known.number, keyed["reason"], trades)
        self.context.act(lambda: contractors.change_contractor(desk, actor, command), lambda _done: self._again())
        return None

    def _registered(self, number: str) -> None:
        self.context.shell.banner(tr("Registered as {0}. Now file their papers.").format(number), Tone.OK)
        self._again()

    def turn(self) -> None:
        """Ask why, then suspend the contractor, or let one who is suspended work again."""
        known = self.picture.contractor
        if known is None:
            return
        reasons: tuple[str, ...]
        if known.state == "active":
            reasons = (tr("Work without a permit"), tr("Owes the city"), tr("Complaint under review"))
            self._turn("suspended", tr("Why is {0} suspended?").format(known.number), reasons)
        else:
            reasons = (tr("Settled with the city"), tr("Suspended by mistake"))
            self._turn("active", tr("Why may {0} work again?").format(known.number), reasons)

    def close(self) -> None:
        """Ask why, then close the contractor: they gave up, and buy no permit any more."""
        known = self.picture.contractor
        if known is not None:
            reasons = (tr("Gave up the business"), tr("Registered twice"), tr("The owner died"))
            said = tr("{0} is closed: no permit is sold to them. Back, they are registered anew.").format(known.number)
            self._turn("closed", tr("Why is {0} closed?").format(known.number), reasons, said)

    def _turn(self, state: str, title: str, reasons: tuple[str, ...], said: str = "") -> None:
        choices = [Choice(str(n), text, text) for n, text in enumerate(reasons, 1)]

        def turn(reason: str) -> None:
            from csr_desk.services import contractors

            desk, actor = self.context.desk, self.context.actor
            command = contractors.ChangeContractor(uuid4().hex, self._number, reason, None, state)
            self.context.act(lambda: contractors.change_contractor(desk, actor, command), lambda _done: turned())

        def turned() -> None:
            if said:
                self.context.shell.banner(said, Tone.OK)
            self._again()

        self.context.shell.ask_reason(title, choices, turn, free_text=True)

    # ---- papers

    def file(self) -> None:
        """Ask which kind of paper it is, then what stands on it."""
        choices = [Choice(str(n), kind_words(kind), kind.value) for n, kind in enumerate(PaperKind, 1)]
        self.context.shell.ask_reason(tr("What did they bring?"), choices, lambda kind: self._ask(PaperKind(kind)))

    def replace(self, at: int) -> None:
        """Ask for the paper that follows the one of a row; it takes its place."""
        if 0 <= at < len(self.picture.papers) and self.picture.papers[at].state == "valid":
            old = self.picture.papers[at]
            self._ask(old.paper.kind, old)

    def _ask(self, kind: PaperKind, old: PaperRecord | None = None) -> None:
        trade = trade_words(old.paper.trade) if old is not None and old.paper.trade else ""
        amount = plain(old.paper.amount) if old is not None and old.paper.amount is not None else ""
        fields = [
            Field("number", tr("Number on the paper"), old.number if old is not None else ""),
            Field("expires_on", tr("Last day"), hint=tr("7/31/2027; empty: no end")),
            Field("issuer", tr("Who issued it"), old.issuer if old is not None else ""),
            Field("trade", tr("Trade"), trade, hint=tr("empty: every trade; {0}").format(trades_hint())),
            Field("starts_on", tr("First day"), hint=tr("empty: in force already")),
        ]
        if kind in {PaperKind.INSURANCE, PaperKind.BOND}:
            fields.append(Field("amount", tr("Amount that it covers, in dollars"), amount, tr("500000"), digits=True))
        title = tr("{0} of {1}").format(kind_words(kind), self._number)
        place = old.n if old is not None else None
        self.context.shell.ask_fields(
            title, fields, lambda keyed: self._file(kind, place, keyed), tr("File it"), keep=True
        )

    def _file(self, kind: PaperKind, place: int | None, keyed: dict[str, str]) -> str | None:
        from csr_desk.services import contractors

        trades, unread = read_trades(keyed["trade"])
        if unread or len(trades) > 1:
            return tr("Name one trade, or none for every trade: {0}.").format(trades_hint())
        if not keyed["number"].strip():
            return tr("Key the number that stands on the paper.")
        try:
            starts, ends = self._day(keyed["starts_on"], "starts_on"), self._day(keyed["expires_on"], "expires_on")
            amount = _amount(keyed.get("amount", ""))
        except Refusal as wrong:
            return wrong.message
        command = contractors.FilePaper(
            uuid4().hex, self._number, kind, keyed["number"], trades[0] if trades else "", keyed["issuer"], starts,
            ends, amount, place,
        )  # fmt: skip
        desk, actor = self.context.desk, self.context.actor
        self.context.act(lambda: contractors.file_paper(desk, actor, command), lambda _done: self._again())
        return None

    def withdraw(self, at: int) -> None:
        """Ask why, then take the paper of a row off the register."""
        if not 0 <= at < len(self.picture.papers):
            return
        paper = self.picture.papers[at]
        reasons = (tr("Cancelled by who issued it"), tr("Filed by mistake"))
        choices = [Choice(str(n), text, text) for n, text in enumerate(reasons, 1)]

        def withdraw(reason: str) -> None:
            from csr_desk.services import contractors

            desk, actor = self.context.desk, self.context.actor
            command = contractors.WithdrawPaper(uuid4().hex, self._number, paper.n, reason)
            self.context.act(lambda: contractors.withdraw_paper(desk, actor, command), lambda _done: self._again())

        title = tr("Why does {0} {1} not count any more?").format(kind_words(paper.paper.kind), paper.number)
        self.context.shell.ask_reason(title, choices, withdraw, free_text=True)

    # ---- permits

    def open_permit(self, at: int) -> None:
        """Enter on a permit: the project that it stands in."""
        if 0 <= at < len(self.picture.permits):
            self.context.shell.go("projects", f"permit:{self.picture.permits[at].number}")

    @property
    def _number(self) -> str:
        return self.picture.contractor.number if self.picture.contractor is not None else ""

    def _day(self, text: str, field: str) -> date | None:
        return parse_day(text, self.context.desk.today(), field=field) if text.strip() else None


def _amount(text: str) -> Cents | None:
    return parse_cents(text) if text.strip() else None


def ends_words(day: date | None) -> str:
    """Say the last day of a paper."""
    return us_date(day) if day is not None else tr("no end")
