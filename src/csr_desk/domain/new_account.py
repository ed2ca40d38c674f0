"""The verification of a new account as it stands: the list, what each thing came to, and what the whole comes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from csr_desk.domain.account_check import Item, Ruling, State, Terms, ruling
from csr_desk.domain.company import Channel
from csr_desk.domain.errors import BadInput, Ineligible, MissingInput
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.sites import Match, compared


class Standing(StrEnum):
    """What another utility says of somebody."""

    GOOD = "good"
    """Paid on time, for so many months."""
    LATE = "late"
    """Paid late, or was cut off."""
    OWES = "owes"
    UNKNOWN = "unknown"
    """They have no such customer, or would not say."""
    NO_ANSWER = "no_answer"
    NONE = "none"
    """There is no other utility to ask: a first home."""


MOST_MONTHS = 600


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """One thing of the list; ``at`` is UTC."""

    item: Item
    state: State
    answer: str = ""
    company: str = ""
    company_name: str = ""
    channel: Channel | None = None
    asked: str = ""
    reference: str = ""
    standing: Standing | None = None
    months: int = 0
    at: str = ""
    checked_by: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """A new account that is looked into, or was (cents)."""

    number: str
    customer: str
    customer_name: str
    account: str
    address: str
    tenure: str
    """``owner`` or ``tenant``."""
    state: str
    deposit: str
    """``waived``, ``charged``, or nothing yet."""
    deposit_amount: Cents
    rule: str
    opened_on: str
    decided_on: str
    opened_by: str
    items: tuple[ItemRecord, ...]
    paid: Cents = 0
    """What is held as a deposit of the account."""

    def item(self, item: Item) -> ItemRecord:
        """Return one thing of the list."""
        return next(one for one in self.items if one.item is item)

    @property
    def states(self) -> Mapping[Item, State]:
        """What each thing came to."""
        return {one.item: one.state for one in self.items}

    def outlook(self, terms: Terms) -> Ruling:
        """Say what it would come to if it were decided now; raise Ineligible naming what nobody looked into."""
        return ruling(self.states, self.tenure, self.item(Item.STANDING).months, terms)

    def sentence(self, terms: Terms) -> str:
        """Say what it comes to, or what is missing, to whoever looks at it."""
        if self.state == "cancelled":
            return "Called off."
        try:
            return self.outlook(self._then() if self.state == "verified" else terms).sentence
        except Ineligible as missing:
            return missing.message

    def _then(self) -> Terms:
        """Terms that say again what was decided: the city's may be others by now, and what was decided stays."""
        months = self.item(Item.STANDING).months
        return Terms(self.deposit_amount, self.deposit_amount, months if self.deposit == "waived" else MOST_MONTHS + 1)


def balance_of(owed: Cents, accounts: int) -> tuple[State, str]:
    """Say what somebody's balance here comes to."""
    if owed > 0:
        return State.NOT_MET, f"{shown(owed)} is owed on {accounts} account{'' if accounts == 1 else 's'} here."
    return State.MET, f"Nothing is owed here ({accounts} account{'' if accounts == 1 else 's'})."


def address_state(address: str, on_paper: str, met: bool | None) -> State:  # noqa: FBT001 - what a person says, if anything
    """Compare the service address with the one on the papers; a person only decides what cannot be read.

    Raises MissingInput where nobody did.
    """
    match = compared(address, on_paper).match
    if match is Match.UNREAD:
        if met is None:
            raise MissingInput(
                "The program cannot read one of the addresses. Say whether they are one place.", field="met"
            )
        return State.MET if met else State.NOT_MET
    return State.MET if match in {Match.EXACT, Match.SPELLING} else State.NOT_MET


def standing_text(standing: Standing, months: int) -> str:
    """Write an answer as the code that is kept: ``good/14``."""
    if standing is not Standing.GOOD and months:
        raise BadInput("Months are counted of good standing only.", field="months")
    if standing is Standing.GOOD and not 1 <= months <= MOST_MONTHS:
        raise BadInput("Key for how many months they were in good standing.", field="months")
    return f"{standing.value}/{months}" if months else standing.value


def read_standing(text: str) -> tuple[Standing | None, int]:
    """Read the code of an answer."""
    if not text:
        return None, 0
    code, _, months = text.partition("/")
    return Standing(code), int(months or 0)
