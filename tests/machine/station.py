"""One example of the machine: the program on a demo city of its own, the model beside it, compared after every step."""

from __future__ import annotations

import itertools
import os
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, ClassVar, TypeVar
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from csr_desk.domain.changes import Done
from csr_desk.domain.errors import Refusal
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.services import accounts, setup, staff, verification
from csr_desk.services.clock import TrainingClock
from csr_desk.services.desk import Desk, open_desk
from machine.comparison import Ledger
from machine.model import COUNTER, EVERYBODY, SUPERVISORS, Batch, Office, Paper

FIRST_DAY = date(2026, 7, 14)
LAST_DAY = date(2026, 7, 29)
ACCOUNT = "0041-2277-9"
BILLS = {
    f"W-{number}": cents
    for number, cents in enumerate(
        (6_437, 20_311, 132, 48_607, 9_277, 104, 15_482, 7_002, 3_158, 8_888, 61, 12_349, 5_553, 1_017, 30_001, 742), 1
    )
}
"""Bills (cents) with every last digit, for the nickel."""

PICK = st.integers(0, 999)
"""Chooses among what there is, so that a rule never waits for something to exist."""
SIGNERS = st.sampled_from(
    ("supervisor1",) * 8 + ("supervisor2",) * 4 + ("", "self", "accountant1", "other amount", "used", "clerk3")
)
"""Who signs as the second person: mostly a supervisor, else nobody, the actor, the accountant, a supervisor but for
another amount or a second time, or a clerk."""
WORDS = st.sampled_from(("", "Wrong amount", "Customer asked", "Counted again", "As agreed", "Błąd № 7"))

T = TypeVar("T")


def odd(pick: int) -> bool:
    """Say whether this choice is the one in ten that is out of the ordinary (7: the smallest are drawn more often)."""
    return pick % 10 == 7


@dataclass(frozen=True)
class Kept:
    """An act that was done, to be sent once more: it must give the same answer and write nothing."""

    name: str
    send: Callable[[], Done[Any]]
    told: Callable[[Any], object]
    answer: object
    key: str
    refusal: Callable[[], str]
    """What the second time is refused with; mostly nothing."""


@lru_cache(maxsize=1)
def template() -> Path:
    """Make the demo city with an account and its bills, once for each process."""
    place = Path(mkdtemp(prefix="machine-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    path = place / "template.sqlite"
    furnish(f"sqlite:///{path}")
    return path


class Files:
    """Makes an office for each example: a file of its own."""

    def fresh(self) -> str:
        """Give the address of an office that nobody worked in."""
        path = Path(mkdtemp(prefix="example-", dir=template().parent)) / "office.sqlite"
        shutil.copyfile(template(), path)
        return f"sqlite:///{path}"

    def gone(self, url: str) -> None:
        """Take it away again."""
        shutil.rmtree(Path(url.removeprefix("sqlite:///")).parent, ignore_errors=True)


def furnish(url: str) -> None:
    """Make the demo city with an account and its bills in a database with nothing in it."""
    setup.make_demo_office(url)
    desk = open_desk(url)
    clerk = staff.person(desk, "clerk1")
    who = accounts.add_customer(desk, clerk, accounts.NewCustomer("customer", "Phạm Văn Đức", "vi")).value
    accounts.add_account(desk, clerk, accounts.NewAccount("account", ACCOUNT, who, "water"))
    for number, amount in BILLS.items():
        items = (accounts.BillItem(None, "Water", amount),)
        accounts.add_bill(desk, clerk, accounts.NewBill(f"bill {number}", ACCOUNT, items, number=number))
    desk.close()


def act(weight: int, **words: st.SearchStrategy[Any]) -> Callable[[T], T]:
    """Mark a method as something that may be done at any time: how often (among all weights) and with which words.

    Hypothesis' own rules would each be left out of half of the examples, which starves an office: without a count no
    acceptance, without an acceptance no bag, without a bag nothing to confirm.
    """

    def mark(method: T) -> T:
        method.__dict__["act"] = (weight, words)
        return method

    return mark


def acts_of(machine: type) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    """Return the acts of a machine's class with their words, each as often as it weighs."""
    found = {
        name: method.act
        for name in dir(machine)
        if hasattr(method := getattr(machine, name), "act") and callable(method)
    }
    usual_first = sorted(found, key=lambda name: -found[name][0])
    names = [name for name in usual_first for _ in range(found[name][0])]
    words = {name: st.fixed_dictionaries(strategies) for name, (_, strategies) in found.items()}
    return st.sampled_from(names).flatmap(lambda name: st.tuples(st.just(name), words[name]))


class Station(RuleBasedStateMachine):
    """What every rule uses: people, keys, approvals, and the one way to do an act and compare."""

    outcomes: ClassVar[Counter[tuple[str, str]]] = Counter()
    """How often which act ended how (its refusal, or nothing), over all examples of the class."""
    offices: ClassVar[Files] = Files()
    """Where each example gets its office from."""

    def __init__(self) -> None:
        super().__init__()
        self.url = self.offices.fresh()
        self.desk: Desk = open_desk(self.url)
        self.office = Office(FIRST_DAY, dict(BILLS))
        self.ledger = Ledger(self.url)
        self.people = {user: staff.person(self.desk, user) for user in EVERYBODY}
        self.keys = itertools.count(1)
        self.last_key = ""
        self.past: list[Kept] = []
        self.given: Approval | None = None
        self.used: Approval | None = None
        self.at(FIRST_DAY)

    # ---- people and time

    def who(self, user: str) -> Actor:
        """Return a person."""
        return self.people[user]

    def key(self) -> str:
        """Return a fresh idempotency key."""
        self.last_key = f"key-{next(self.keys)}"
        return self.last_key

    def at(self, day: date) -> None:
        """Go to the morning of a day."""
        assert isinstance(self.desk.clock, TrainingClock)
        self.desk.clock.set(datetime(day.year, day.month, day.day, 8, 0, tzinfo=ZoneInfo("America/Chicago")))
        self.office.today = day

    def someone(self, pick: int, likely: Sequence[str]) -> str:
        """Return one of those who would do it, or, one time in ten, anybody."""
        return self.one(likely, pick) if likely and not odd(pick) else EVERYBODY[pick // 10 % len(EVERYBODY)]

    def one(self, things: Sequence[T], pick: int) -> T:
        """Return one of some things, the late ones as often as the early."""
        return things[pick // 10 % len(things)]

    def holders(self) -> list[str]:
        """Return who holds a drawer now."""
        return [batch.holder for batch in self.office.batches.values() if batch.state != "accepted"]

    def sellers(self) -> list[str]:
        """Return who can sell now."""
        return [user for user in self.holders() if not self.office.cannot_sell(user, None)]

    def batch_numbers(self, *states: str) -> list[str]:
        """Return the batches that stand so."""
        return [number for number, batch in self.office.batches.items() if batch.state in states]

    def some_batch(self, pick: int, *states: str) -> str:
        """Return a batch that stands so, or, one time in ten and where there is none, any or an unknown one."""
        likely = self.batch_numbers(*states)
        return self.one(likely if likely and not odd(pick) else [*self.office.batches, "HPC-9-20260714-1"], pick)

    def some_paper(self, pick: int, *, open_only: bool = True) -> tuple[str, Paper | None]:
        """Return a receipt that can still be corrected, or, one time in ten, any or an unknown one."""
        office = self.office
        likely = [
            number
            for number, paper in office.papers.items()
            if paper.kind == "sale"
            and not paper.backs
            and (office.batches[paper.batch].state == "open" or not open_only)
        ]
        number = self.one(likely if likely and not odd(pick) else [*office.papers, "HPC1-0009999"], pick)
        return number, office.papers.get(number)

    # ---- approvals

    def approval(self, signer: str, actor: str, asked: tuple[Act, str, int]) -> Approval | None:
        """Return what the signer gives for an act on a subject for an amount (cents)."""
        act, subject, amount = asked
        if not signer:
            return None
        if signer == "used":
            return self.used
        if signer == "other amount":
            return staff.approval_by(self.desk, self.who("supervisor2"), act, subject, amount + 1)
        self.given = staff.approval_by(self.desk, self.who(actor if signer == "self" else signer), act, subject, amount)
        return self.given

    def unsigned(self, signer: str, actor: str) -> str:
        """Say which refusal a signature deserves."""
        if signer in {"", "other amount", "used"}:
            # one that was used is for another act or amount, or was used for this one already
            return "approval_required"
        if signer in {"self", actor}:
            return "self_approval"
        return "" if signer in SUPERVISORS else "not_permitted"

    # ---- doing

    def do(
        self,
        name: str,
        refusal: str | set[str],
        send: Callable[[], Done[Any]],
        effect: Callable[[Any], object],
        told: Callable[[Any], object] | None = None,
        again: Callable[[], str] = lambda: "",
    ) -> None:
        """Do an act, compare the outcome with what the model says, and then everything else.

        ``told`` names what the same command must answer when it is sent again, ``again`` what that is refused with.
        """
        wanted = {refusal} if isinstance(refusal, str) else refusal
        outcome, sentence, done = "", "", None
        try:
            done = send()
        except Refusal as refused:
            outcome, sentence = refused.code, refused.message
        self.outcomes[name.split(maxsplit=1)[0], outcome] += 1
        assert outcome in wanted, f"{name}: {outcome or 'done'} ({sentence}), the model says {wanted}"
        if done is not None:
            effect(done.value)
            self.used = self.given or self.used
            if told is not None:
                self.past.append(Kept(name, send, told, told(done.value), self.last_key, again))
        self.given = None
        self.ledger.compare(self.office, self.desk)

    def permitted(self, user: str, allowed: frozenset[str] | set[str] = COUNTER) -> str:
        """Say whether the role refuses."""
        return "" if user in allowed else "not_permitted"

    @staticmethod
    def first(*refusals: str) -> str:
        """Return the first refusal that applies, in the order in which the program looks."""
        return next((one for one in refusals if one), "")

    def pieces(self, amount: int) -> dict[int, int]:
        """Lay an amount (cents) out in notes and coins."""
        laid = {}
        for piece in (10_000, 2_000, 500, 100, 25, 5, 1):
            laid[piece], amount = divmod(amount, piece)
        return {piece: number for piece, number in laid.items() if number}

    def held(self, user: str) -> Batch | None:
        """Return the drawer that a person holds."""
        return self.office.batch_of(user)

    def teardown(self) -> None:
        """Look at everything once more at the end: all batches, and the program's own verification."""
        try:
            self.ledger.compare(self.office, self.desk, whole=True)
            found = verification.verify_desk(self.desk)
            assert found.first_fault is None, found.first_fault
        finally:
            self.ledger.close()
            self.desk.close()
            self.offices.gone(self.url)
