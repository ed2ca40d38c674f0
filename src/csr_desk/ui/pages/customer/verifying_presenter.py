"""A new account looked into from the customer page: the list, who was asked, and what it comes to. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from csr_desk.domain.account_check import Item, State
from csr_desk.domain.company import Channel, Company, Purpose
from csr_desk.domain.errors import Refusal
from csr_desk.domain.money import shown
from csr_desk.domain.new_account import Standing, Verification
from csr_desk.domain.people import Act
from csr_desk.ui.context import Choice, Context, Field, Tone
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.changes import Done


@dataclass(frozen=True, slots=True)
class VerifyingPicture:
    """All that the panel shows."""

    account: str = ""
    found: Verification | None = None
    """The newest one of the account's customer."""
    sentence: str = ""
    may: bool = False
    sells: bool = False
    """The person takes money at the counter."""

    @property
    def is_open(self) -> bool:
        """It is still being looked into."""
        return self.found is not None and self.found.state == "open"

    @property
    def to_sell(self) -> int:
        """What of the deposit is still to be taken at the counter (cents)."""
        return max(self.found.deposit_amount - self.found.paid, 0) if self.found is not None else 0


class VerifyingView(Protocol):
    """What the presenter asks of the panel."""

    def show_picture(self, picture: VerifyingPicture) -> None:
        """Show it."""


class VerifyingPresenter:
    """One account at a time."""

    def __init__(self, context: Context, view: VerifyingView) -> None:
        """Nothing is shown yet."""
        self.context, self.view = context, view
        self.picture = VerifyingPicture()

    def show_account(self, account: str) -> None:
        """Read what was looked into of an account's customer."""
        desk, actor = self.context.desk, self.context.actor
        self.picture = VerifyingPicture(account)

        def read() -> VerifyingPicture:
            from csr_desk.services import verification_of_accounts as checks

            may, sells = actor.may(Act.VERIFY_ACCOUNT), actor.may(Act.SELL)
            found = checks.of_account(desk, actor, account)
            if found is None:
                return VerifyingPicture(account, may=may, sells=sells)
            return VerifyingPicture(account, found, found.sentence(checks.terms_of(desk)), may, sells)

        def show(found: VerifyingPicture) -> None:
            if self.picture.account == account:  # else another was asked for meanwhile
                self.picture = found
                self.view.show_picture(found)

        self.context.read(read, show)

    def start(self) -> None:
        """Ask whether the customer owns the place or rents it, then open the list."""
        choices = (Choice("1", tr("A tenant"), "tenant"), Choice("2", tr("The owner"), "owner"))

        def begin(tenure: str) -> None:
            from csr_desk.services import verification_of_accounts as checks

            desk, actor, account = self.context.desk, self.context.actor, self.picture.account
            key = uuid4().hex
            self._do(lambda: checks.open_for_account(desk, actor, key, account, tenure))

        self.context.shell.ask_reason(tr("Who is the customer at this address?"), choices, begin)

    def look_into(self, at: int) -> None:
        """Look into the thing in a row: what was shown, or who was asked."""
        found = self.picture.found
        if found is None or not self.picture.is_open or not 0 <= at < len(found.items):
            return
        item = found.items[at].item
        if item is Item.PRIOR_BALANCE:
            self._look(item, "")
        elif item is Item.ADDRESS:
            fields = (
                Field("answer", tr("The address as it stands on the papers"), found.address),
                Field("met", tr("The same place (yes or no), where the program cannot read it"), hint=tr("empty")),
            )
            self._ask(tr("The service address is {0}").format(found.address), fields, item)
        elif item is Item.STANDING:
            self._standing()
        else:
            what = tr("License or passport; never its number") if item is Item.IDENTITY else tr("Lease to …, deed of …")
            fields = (Field("answer", tr("What was shown"), hint=what), Field("met", tr("Is it enough?"), tr("yes")))
            self._ask(item_words(item), fields, item)

    def skip(self, at: int) -> None:
        """Leave the thing in a row out: a reason, and a second person."""
        found = self.picture.found
        if found is None or not self.picture.is_open or not 0 <= at < len(found.items):
            return
        item = found.items[at].item
        reasons = (tr("Nobody answers there"), tr("The papers come later"), tr("Known to the office"))
        choices = [Choice(str(n), text, text) for n, text in enumerate(reasons, 1)]

        def skip(reason: str) -> None:
            from csr_desk.services import verification_of_accounts as checks

            desk, actor = self.context.desk, self.context.actor
            command = checks.SkipItem(uuid4().hex, found.number, item, reason)
            self.context.act_or_ask(lambda yes: checks.skip_item(desk, actor, command, yes), self._told)

        self.context.shell.ask_reason(tr("Why is this not looked into?"), choices, skip, free_text=True)

    def decide(self) -> None:
        """Decide by the rule."""
        found = self.picture.found
        if found is None or not self.picture.is_open:
            return
        from csr_desk.services import verification_of_accounts as checks

        desk, actor = self.context.desk, self.context.actor
        command = checks.Decide(uuid4().hex, found.number, self.picture.account)
        self._do(lambda: checks.decide(desk, actor, command))

    def sell(self) -> None:
        """Put what is left of the deposit onto the sale that is open."""
        if self.picture.to_sell and self.picture.sells:
            self.context.shell.go("sell", f"deposit:{self.picture.account}")

    def cancel(self) -> None:
        """Call it off."""
        found = self.picture.found
        if found is None or not self.picture.is_open:
            return
        choices = (Choice("1", tr("The customer left"), tr("The customer left")),)

        def cancel(reason: str) -> None:
            from csr_desk.services import verification_of_accounts as checks

            desk, actor = self.context.desk, self.context.actor
            command = checks.CancelVerification(uuid4().hex, found.number, reason)
            self._do(lambda: checks.cancel_verification(desk, actor, command))

        self.context.shell.ask_reason(tr("Why is it called off?"), choices, cancel, free_text=True)

    def _ask(self, title: str, fields: tuple[Field, ...], item: Item) -> None:
        def look(keyed: dict[str, str]) -> str | None:
            self._look(item, keyed["answer"], said(keyed["met"]))
            return None

        self.context.shell.ask_fields(title, fields, look, tr("Write it down"), keep=True)

    def _standing(self) -> None:
        """Choose the company, then what it said."""
        desk, actor = self.context.desk, self.context.actor

        def read() -> tuple[Company, ...]:
            from csr_desk.services import companies

            return tuple(one for one in companies.companies(desk, actor) if one.form.active)

        def choose(found: tuple[Company, ...]) -> None:
            choices = [Choice(str(n), one.form.name, one.number) for n, one in enumerate(found[:8], 1)]
            choices.append(Choice("9", tr("No other utility: a first home"), ""))
            known = {one.number: one for one in found}
            self.context.shell.ask_reason(
                tr("Which utility was asked?"), choices, lambda number: self._asked(known.get(number), number)
            )

        self.context.read(read, choose)

    def _asked(self, company: Company | None, number: str) -> None:
        if not number:
            self._look(Item.STANDING, tr("No other utility: a first home"), standing=Standing.NONE)
            return
        person = next(iter(company.ask_for(Purpose.VERIFICATION)), None) if company else None
        fields = (
            Field("asked", tr("Whom you spoke to"), person.form.name if person else ""),
            Field("standing", tr("Standing: good, late, owes, unknown, no answer"), tr("good")),
            Field("months", tr("Months in good standing"), digits=True),
            Field("answer", tr("What they said")),
            Field("reference", tr("Their reference")),
            Field("channel", tr("How: phone, email, portal, fax, letter, person"), tr("phone")),
        )
        reach = f"{company.form.name}, {person.form.reach}" if company and person else number

        def look(keyed: dict[str, str]) -> str | None:
            standing, channel = keyed["standing"].strip().replace(" ", "_"), keyed["channel"].strip()
            months = keyed["months"].strip() or "0"
            if standing not in set(Standing) or channel not in set(Channel) or not months.isdecimal():
                return tr("Key the standing and the way as they are named there, and the months in figures.")
            who = (number, keyed["asked"], Channel(channel), keyed["reference"])
            self._look(
                Item.STANDING, keyed["answer"] or keyed["standing"], standing=Standing(standing), months=int(months),
                who=who,
            )  # fmt: skip
            return None

        self.context.shell.ask_fields(reach, fields, look, tr("Write it down"), keep=True)

    def _look(
        self, item: Item, answer: str, met: bool | None = None, *, standing: Standing | None = None, months: int = 0,
        who: tuple[str, str, Channel, str] = ("", "", Channel.PHONE, ""),
    ) -> None:  # fmt: skip
        found = self.picture.found
        if found is None:
            return
        from csr_desk.services import verification_of_accounts as checks

        desk, actor = self.context.desk, self.context.actor
        asked = checks.Asked(*who, standing=standing, months=months)
        command = checks.LookInto(uuid4().hex, found.number, item, answer, met, asked)
        self._do(lambda: checks.look_into(desk, actor, command))

    def _do(self, job: Callable[[], Done[Verification]]) -> None:
        self.context.act(job, self._told, self._refused)

    def _told(self, found: Verification) -> None:
        if found.state == "verified":
            words = tr("{0}: the deposit is waived.").format(found.number)
            if found.deposit == "charged":
                words = tr("{0}: a deposit of {1} is charged. Alt+D sells it.").format(
                    found.number, shown(found.deposit_amount)
                )
            self.context.shell.banner(words, Tone.OK)
        self.show_account(self.picture.account)

    def _refused(self, error: Exception) -> None:
        self.context.shell.problem(error)
        if isinstance(error, Refusal):
            self.show_account(self.picture.account)


def said(text: str) -> bool | None:
    """Read a yes or a no; None for anything else."""
    word = text.strip().casefold()
    if word in {tr("yes"), "y", "yes"}:
        return True
    return False if word in {tr("no"), "n", "no"} else None


def rule_words(rule: str) -> str:
    """Name the rule by which a verification was decided."""
    return {
        "good_standing": tr("good standing with another utility"),
        "owner": tr("an owner without good standing elsewhere"),
        "tenant": tr("a tenant without good standing elsewhere"),
        "owes_here": tr("something is owed here, or that is not known"),
        "not_verified": tr("identity, lease or address is not in order"),
    }.get(rule, rule.replace("_", " "))


def item_words(item: Item) -> str:
    """Name a thing of the list."""
    return {
        Item.IDENTITY: tr("Identity"),
        Item.TENURE: tr("Lease or deed"),
        Item.PRIOR_BALANCE: tr("What is owed here"),
        Item.ADDRESS: tr("Service address"),
        Item.STANDING: tr("Standing with another utility"),
    }[item]


def state_words(state: State) -> str:
    """Name what a thing came to."""
    return {
        State.OPEN: tr("open"),
        State.MET: tr("in order"),
        State.NOT_MET: tr("not in order"),
        State.SKIPPED: tr("left out"),
    }[state]
