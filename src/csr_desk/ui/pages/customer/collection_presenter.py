"""What the panel of collection shows of an account and does for it, without Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from csr_desk.domain.errors import Refusal
from csr_desk.domain.money import parse_cents, plain, shown
from csr_desk.domain.people import Act
from csr_desk.domain.receivable.collection import Collected, Letter, PlanOf, PlanState
from csr_desk.domain.receivable.instalments import Terms, least_down, month_later
from csr_desk.domain.receivable.stages import Stage
from csr_desk.services.customer_papers import MakePapers, make_paper
from csr_desk.ui.context import Context, Field, Tone
from csr_desk.ui.dates import parse_day, us_date
from csr_desk.ui.pages.customer.collection_words import plan_words
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.plans import MakePlan


@dataclass(frozen=True, slots=True)
class CollectionPicture:
    """What the panel shows, and which of its keys are offered."""

    found: Collected | None = None
    today: date = date.min
    most_extensions: int = 0
    may_extend: bool = False
    may_plan: bool = False
    may_end: bool = False
    may_print: bool = False
    may_restore: bool = False


class CollectionView(Protocol):
    """What the presenter asks of its panel."""

    def show_picture(self, picture: CollectionPicture) -> None:
        """Show it."""


class CollectionPresenter:
    """Reads where an account stands; grants time, agrees on plans, prints letters."""

    def __init__(self, context: Context, view: CollectionView) -> None:
        self.context = context
        self.view = view
        self.account = ""
        self.picture = CollectionPicture()

    def show_account(self, account_no: str) -> None:
        """Read an account and show it."""
        self.account = account_no
        desk, actor = self.context.desk, self.context.actor

        def read() -> Collected:
            from csr_desk.services.collecting import account_collection

            return account_collection(desk, actor, account_no)

        self.context.read(read, self._show)

    def _show(self, found: Collected) -> None:
        if found.account != self.account:
            return  # another one was picked meanwhile
        actor, policy = self.context.actor, self.context.desk.policy
        running = found.plan is not None and found.plan.state is PlanState.ACTIVE
        off = found.stage in {Stage.CUT_OFF, Stage.RESTORING}
        owing = found.owed > 0 and not running
        timed = owing and not off and found.extended_until is None and found.extensions < policy.extensions_a_year
        letter = found.stage in {Stage.REMINDER, Stage.NOTICE} and actor.may(Act.COLLECT)
        agreed = found.plan is not None and found.plan.state in {PlanState.ACTIVE, PlanState.BROKEN}
        self.picture = CollectionPicture(
            found,
            self.context.desk.today(),
            policy.extensions_a_year,
            may_extend=timed and actor.may(Act.GRANT_EXTENSION),
            may_plan=owing and actor.may(Act.MAKE_PLAN),
            may_end=running and actor.may(Act.MAKE_PLAN),
            may_print=letter or (agreed and actor.may(Act.MAKE_PLAN)),
            may_restore=found.stage is Stage.CUT_OFF and actor.may(Act.COLLECT),
        )
        self.view.show_picture(self.picture)

    def _again(self, _value: object) -> None:
        self.show_account(self.account)

    # ---- what is done

    def extend(self) -> None:
        """Give more time, as long as the policy allows unless a day is keyed."""
        from csr_desk.services.extensions import GrantExtension, grant_extension

        desk, actor, account, key = self.context.desk, self.context.actor, self.account, uuid4().hex
        longest = date.fromordinal(desk.today().toordinal() + desk.policy.extension_days)
        field = Field("until", tr("Time until"), us_date(longest), tr("the last day to pay"))

        def take(values: dict[str, str]) -> str | None:
            try:
                until = parse_day(values["until"], desk.today(), field="until")
            except Refusal as refusal:
                return refusal.message
            command = GrantExtension(key, account, until)
            self.context.act(lambda: grant_extension(desk, actor, command), self._extended)
            return None

        self.context.shell.ask_fields(tr("More time for {0}").format(account), (field,), take, keep=True)

    def _extended(self, found: Collected) -> None:
        if found.extended_until is not None:
            words = tr("Account {0} has time until {1}; nobody cuts it off before.")
            said = words.format(found.account, us_date(found.extended_until))
            self.context.shell.banner(said, Tone.OK)
        self._again(found)

    def plan(self) -> None:
        """Ask for parts, down payment and first day, and agree on the plan."""
        found = self.picture.found
        if found is None:
            return
        desk, key, account = self.context.desk, uuid4().hex, self.account
        terms = Terms(desk.policy.plan_parts, desk.policy.plan_down_percent)
        least, first = least_down(found.owed, terms), month_later(desk.today(), 1)
        fields = (
            Field("down", tr("Down payment today"), plain(least), tr("{0} at least").format(shown(least)), digits=True),
            Field("parts", tr("Instalments"), "", tr("1 to {0}, one a month").format(terms.most_parts), digits=True),
            Field("first", tr("First instalment due"), us_date(first)),
        )

        def take(values: dict[str, str]) -> str | None:
            if not values["parts"].strip().isdigit():
                return tr("Key how many instalments.")
            from csr_desk.services.plans import MakePlan

            try:
                due = parse_day(values["first"], desk.today(), field="first_due")
                down = parse_cents(values["down"])
            except Refusal as refusal:
                return refusal.message
            self._agree(MakePlan(key, account, int(values["parts"]), down, due))
            return None

        title = tr("Payment plan for {0}, owed on account {1}").format(shown(found.owed), account)
        self.context.shell.ask_fields(title, fields, take, tr("Agree and print"), keep=True)

    def _agree(self, command: MakePlan) -> None:
        from csr_desk.services.plans import make_plan

        desk, actor = self.context.desk, self.context.actor
        self.context.act(lambda: make_plan(desk, actor, command), self._agreed)

    def _agreed(self, plan: PlanOf) -> None:
        self.context.shell.banner(plan_words(plan), Tone.OK)
        self._print_plan(plan.number)
        self._again(plan)

    def end(self) -> None:
        """End the plan by agreement, with a reason."""
        found = self.picture.found
        if found is None or found.plan is None:
            return
        number, key = found.plan.number, uuid4().hex

        def take(values: dict[str, str]) -> str | None:
            if not values["reason"].strip():
                return tr("Say why the plan ends.")
            from csr_desk.services.plans import CancelPlan, cancel_plan

            desk, actor, command = self.context.desk, self.context.actor, CancelPlan(key, number, values["reason"])
            self.context.act(lambda: cancel_plan(desk, actor, command), self._again)
            return None

        title = tr("End plan {0}? What is left is owed as before.").format(number)
        self.context.shell.ask_fields(title, (Field("reason", tr("Reason")),), take, tr("End the plan"), keep=True)

    def restore(self) -> None:
        """Order the service back without the whole payment, with a reason."""
        account, key = self.account, uuid4().hex

        def take(values: dict[str, str]) -> str | None:
            if not values["reason"].strip():
                return tr("Say why the service is given back before it is paid.")
            from csr_desk.services.collecting import OrderRestore, order_restore

            desk, actor, command = self.context.desk, self.context.actor, OrderRestore(key, account, values["reason"])
            self.context.act(lambda: order_restore(desk, actor, command), self._again)
            return None

        title = tr("Give service of {0} back before it is paid?").format(account)
        self.context.shell.ask_fields(title, (Field("reason", tr("Reason")),), take, tr("Order it"), keep=True)

    def print_letter(self) -> None:
        """Print the letter that belongs to where the account stands: of its stage, or of its plan."""
        found = self.picture.found
        if found is None:
            return
        if found.stage in {Stage.REMINDER, Stage.NOTICE} and self.context.actor.may(Act.COLLECT):
            desk, actor, account = self.context.desk, self.context.actor, found.account

            def read() -> Letter:
                from csr_desk.services.collection_letters import letter_of

                return letter_of(desk, actor, account)

            self.context.read(read, self._print)
        elif found.plan is not None:
            self._print_plan(found.plan.number)

    def _print_plan(self, number: str) -> None:
        desk, actor = self.context.desk, self.context.actor

        def read() -> Letter:
            from csr_desk.services.collection_letters import plan_letter

            return plan_letter(desk, actor, number)

        self.context.read(read, self._print)

    def _print(self, letter: Letter) -> None:
        desk, actor = self.context.desk, self.context.actor
        given = MakePapers(uuid4().hex, (letter,))

        def make() -> bytes:
            from csr_desk.documents.collection_letters import collection_letter_pdf

            return make_paper(desk, actor, given, collection_letter_pdf)

        self.context.shell.print_paper(f"{letter.kind.value}-{letter.account}", make)
