"""What the accountant does with returned items: book, write, note the mail, keep the list of accounts. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol
from uuid import uuid4

from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import shown
from csr_desk.domain.people import Act
from csr_desk.domain.returned import ListedCheck, ListReason, NoticeState, Referral, ReturnedItem
from csr_desk.services import check_list, notices, returned_items
from csr_desk.services.customer_papers import MakePapers, make_paper
from csr_desk.ui.context import Context, Field, Tone
from csr_desk.ui.dates import parse_day, us_date
from csr_desk.ui.wording import tr

BY_HAND: tuple[ListReason, ...] = (
    ListReason.CLOSED_ACCOUNT,
    ListReason.STOLEN_CHECKS,
    ListReason.FORGERY,
    ListReason.COURT_ORDER,
    ListReason.OTHER,
)
"""Why an account is listed by hand, by the digits 1 to 5."""


_ORDER = {
    NoticeState.OVERDUE: 0,
    NoticeState.LETTER_DUE: 1,
    NoticeState.RUNNING: 2,
    NoticeState.MAILED: 3,
    NoticeState.OWED: 4,
    NoticeState.PAID: 5,
}
"""What wants something from the accountant stands in front."""


@dataclass(frozen=True, slots=True)
class ReturnedFacts:
    """All that the place shows, read in one go."""

    items: tuple[ReturnedItem, ...]
    listed: tuple[ListedCheck, ...]
    today: date

    def count(self, *states: NoticeState) -> int:
        """How many items stand so."""
        return sum(item.state(self.today) in states for item in self.items)


class ReturnedScreen(Protocol):
    """What the panel can show."""

    def show_returned(self, facts: ReturnedFacts) -> None:
        """Show the items with their clocks, and the list of accounts."""


class ReturnedDesk:
    """Turns keys into acts; the services decide."""

    def __init__(self, context: Context, screen: ReturnedScreen) -> None:
        self.context = context
        self._screen = screen

    def load(self) -> None:
        """Read anew."""
        desk, actor = self.context.desk, self.context.actor

        def read() -> ReturnedFacts:
            listed = check_list.checks_listed(desk, actor) if actor.may(Act.LIST_CHECKS) else ()
            today = desk.today()
            items = sorted(returned_items.returned_items(desk, actor), key=lambda item: _ORDER[item.state(today)])
            return ReturnedFacts(tuple(items), listed, today)

        self.context.read(read, self._screen.show_returned)

    def book(self) -> None:
        """Book what the bank sent back, by its receipt."""
        desk, actor, key = self.context.desk, self.context.actor, uuid4().hex
        fields = (
            Field("receipt", tr("Receipt that it paid"), hint=tr("HPC1-0000123")),
            Field("tender", tr("Which tender of it"), "1", digits=True),
            Field("reason", tr("Bank’s reason"), hint=tr("as the bank’s notice says it")),
            Field("name", tr("Name on the check"), hint=tr("where the receipt has none"), ends=True),
            Field("address", tr("Address on the check"), hint=tr("for the letter"), ends=True),
        )

        def take(values: dict[str, str]) -> str | None:
            if not values["receipt"] or not values["reason"]:
                return tr("Key the receipt and the bank’s reason.")
            if not values["tender"].isdigit():
                return tr("The tender is a number: the first of the receipt is 1.")
            command = returned_items.ReturnItem(
                key, values["receipt"], int(values["tender"]), values["reason"], values["name"], values["address"]
            )
            self.context.act(lambda: returned_items.returned_item(desk, actor, command), self._booked)
            return None

        self.context.shell.ask_fields(tr("Book a returned item"), fields, take, tr("Book it"), keep=True)

    def _booked(self, done: returned_items.Returned) -> None:
        words = tr("{amount} with a fee of {fee} are owed again on account {account}, by bill {bill}.")
        told = words.format(amount=shown(done.amount), fee=shown(done.fee), account=done.account, bill=done.bill)
        self._say(told)

    def letter(self, item: ReturnedItem) -> None:
        """Print the letter with the statement of the Penal Code."""
        desk, actor, given = self.context.desk, self.context.actor, MakePapers(uuid4().hex, (item,))
        office, today = desk.office, desk.today()

        def make() -> bytes:
            from csr_desk.documents.returned_check_letter import returned_check_letter_pdf

            return make_paper(desk, actor, given, partial(returned_check_letter_pdf, office=office, written_on=today))

        self.context.shell.print_paper(f"letter-{item.item}", make)
        self.context.shell.banner(tr("The letter to {name} goes to the printer.").format(name=item.name), Tone.INFO)

    def note_mail(self, item: ReturnedItem) -> None:
        """Note that the letter was mailed; once it is, that it was received."""
        desk, actor, key = self.context.desk, self.context.actor, uuid4().hex
        mailed = item.mailed_on is not None
        number = Field("mail_number", tr("Certified mail number"), hint=tr("20 to 22 figures"))
        day = Field("day", tr("Received on") if mailed else tr("Mailed on"), hint=tr("7/14; empty is today"))

        def take(values: dict[str, str]) -> str | None:
            try:
                when = parse_day(values["day"], desk.today())
            except BadInput as wrong:
                return wrong.message
            told = (
                notices.MailNotice(key, item.item, received_on=when)
                if mailed
                else notices.MailNotice(key, item.item, values["mail_number"], when)
            )
            self.context.act(lambda: notices.mail_notice(desk, actor, told), self._noted)
            return None

        title = tr("The letter to {name}").format(name=item.name)
        self.context.shell.ask_fields(title, (day,) if mailed else (number, day), take, tr("Note it"), keep=True)

    def _noted(self, item: ReturnedItem) -> None:
        if item.pay_by is None:
            self._say(tr("The letter to {name} is noted as mailed; its days run once it is received.").format(
                name=item.name
            ))  # fmt: skip
        else:
            self._say(tr("{name} has until {day} to pay.").format(name=item.name, day=us_date(item.pay_by)))

    def refer(self) -> None:
        """Print what goes to the county attorney: the overdue items with their evidence."""
        desk, actor = self.context.desk, self.context.actor

        def got(packet: Referral) -> None:
            given = MakePapers(uuid4().hex, (packet,))

            def make() -> bytes:
                from csr_desk.documents.referral_packet import referral_packet_pdf

                return make_paper(desk, actor, given, referral_packet_pdf)

            self.context.shell.print_paper(f"referral-{packet.made_on.isoformat()}", make)
            self._say(tr("The referral of {number} goes to the printer.").format(number=len(packet.items)))

        self.context.read(lambda: returned_items.referral(desk, actor), got)

    def list_account(self) -> None:
        """Put a bank account on the returned-check list by hand."""
        desk, actor, key = self.context.desk, self.context.actor, uuid4().hex
        fields = (
            Field("routing", tr("Routing number"), hint=tr("nine digits"), digits=True),
            Field("account", tr("Account"), hint=tr("the whole number; only its end is kept"), hidden=True),
            Field("reason", tr("Why"), hint=tr("1 closed, 2 stolen, 3 forgery, 4 court order, 5 other"), digits=True),
            Field("words", tr("In words"), hint=tr("stays in the record"), ends=True),
        )

        def take(values: dict[str, str]) -> str | None:
            place = values["reason"]
            if place not in {str(at) for at in range(1, len(BY_HAND) + 1)}:
                return tr("Key why by its digit, 1 to 5.")
            command = check_list.ListCheck(
                key, BY_HAND[int(place) - 1].value, values["words"], values["routing"], values["account"]
            )
            self.context.act(lambda: check_list.list_check(desk, actor, command), self._listed)
            return None

        self.context.shell.ask_fields(tr("List a bank account"), fields, take, tr("List it"), keep=True)

    def _listed(self, line: ListedCheck) -> None:
        self._say(tr("Checks of account {account} need a supervisor from now on.").format(account=line.account_masked))

    def clear(self, line: ListedCheck) -> None:
        """Take an account off the list, with the reason."""
        desk, actor, key = self.context.desk, self.context.actor, uuid4().hex

        def send(words: str) -> None:
            command = check_list.ClearCheck(key, line.list_id, words)
            self.context.act(lambda: check_list.clear_check(desk, actor, command), self._cleared)

        title = tr("Take account {account} off the list: why?").format(account=line.account_masked)
        self.context.shell.ask_reason(title, (), send, free_text=True)

    def _cleared(self, line: ListedCheck) -> None:
        self._say(tr("Checks of account {account} are taken again.").format(account=line.account_masked))

    def _say(self, words: str) -> None:
        self.context.shell.banner(words, Tone.OK)
        self.load()


def state_words(item: ReturnedItem, today: date) -> tuple[str, str]:
    """Where an item stands, in words, and their tone."""
    if item.pay_by is not None and item.state(today) is NoticeState.RUNNING:
        return tr("Pay by {day}").format(day=us_date(item.pay_by)), "info"
    return {
        NoticeState.LETTER_DUE: (tr("Letter due"), "warn"),
        NoticeState.MAILED: (tr("Letter in the mail"), "info"),
        NoticeState.OVERDUE: (tr("Overdue"), "bad"),
        NoticeState.OWED: (tr("Owed"), "info"),
        NoticeState.PAID: (tr("Paid"), "ok"),
    }.get(item.state(today), ("", ""))


def reason_words(reason: str) -> str:
    """Why an account is listed."""
    return {
        ListReason.RETURNED_ITEM.value: tr("Returned item"),
        ListReason.CLOSED_ACCOUNT.value: tr("Closed account"),
        ListReason.STOLEN_CHECKS.value: tr("Stolen checks"),
        ListReason.FORGERY.value: tr("Forgery"),
        ListReason.COURT_ORDER.value: tr("Court order"),
    }.get(reason, tr("Other"))
