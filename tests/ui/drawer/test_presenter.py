"""The custodian's acts through the real services, without Qt widgets."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

from csr_desk.domain.deposit import Deposit
from csr_desk.domain.drawer import Band, BatchState, CountSheet, CountVerdict, DropSlip, OpeningSlip, TapeCount
from csr_desk.domain.errors import Ineligible, MissingInput
from csr_desk.domain.people import Act
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import balancing, drawers
from csr_desk.services.balancing import AcceptBatch
from csr_desk.services.deposits import Part
from csr_desk.ui.context import Context
from csr_desk.ui.pages.drawer.presenter import DrawerFacts, DrawerPresenter, Stage
from ui.back_office import FLOAT, BackOffice


@dataclass
class Screen:
    """Keeps what the presenter shows."""

    facts: list[DrawerFacts] = field(default_factory=list)
    verdicts: list[CountVerdict] = field(default_factory=list)
    opened: list[OpeningSlip] = field(default_factory=list)
    dropped: list[DropSlip] = field(default_factory=list)
    weighed: list[tuple[Part, ...]] = field(default_factory=list)
    deposited: list[Deposit] = field(default_factory=list)
    again: int = 0
    focused: list[str] = field(default_factory=list)

    def show_facts(self, facts: DrawerFacts) -> None:
        self.facts.append(facts)

    def show_verdict(self, verdict: CountVerdict) -> None:
        self.verdicts.append(verdict)

    def show_opened(self, slip: OpeningSlip) -> None:
        self.opened.append(slip)

    def show_dropped(self, slip: DropSlip) -> None:
        self.dropped.append(slip)

    def show_parts(self, parts: tuple[Part, ...]) -> None:
        self.weighed.append(parts)

    def show_deposited(self, deposit: Deposit) -> None:
        self.deposited.append(deposit)

    def count_again(self) -> None:
        self.again += 1

    def focus_field(self, name: str) -> bool:
        self.focused.append(name)
        return True


def at_the_drawer(context: Context) -> tuple[DrawerPresenter, Screen]:
    screen = Screen()
    presenter = DrawerPresenter(context, screen)
    presenter.load()
    return presenter, screen


def test_without_a_drawer_all_five_are_offered(office: BackOffice) -> None:
    context, _ = office.context("clerk1")
    _, screen = at_the_drawer(context)
    facts = screen.facts[-1]
    assert facts.stage is Stage.CHOOSE
    assert [card.drawer for card in facts.cards] == ["HPC-1", "HPC-2", "HPC-3", "HPC-4", "HPC-5"]


def test_the_exact_float_opens_the_drawer_without_a_second_person(office: BackOffice) -> None:
    context, shell = office.context("clerk1")
    presenter, screen = at_the_drawer(context)
    presenter.open_drawer(screen.facts[-1].cards[2], FLOAT)
    assert screen.opened[0].counted == 20_000
    assert shell.requests == []
    assert screen.facts[-1].stage is Stage.SELLING
    assert presenter.batch is not None
    assert presenter.batch.drawer == "HPC-3"


def test_a_float_that_differs_wants_a_reason_and_a_supervisor(office: BackOffice) -> None:
    context, shell = office.context("clerk1", signer="supervisor1", reason="A quarter roll was short")
    presenter, screen = at_the_drawer(context)
    presenter.open_drawer(screen.facts[-1].cards[0], {**FLOAT, 25: 39})
    assert "0.25 less than the float" in shell.reasons_asked[0]
    request = shell.requests[0]
    assert (request.act, request.subject, request.amount) == (Act.OPEN_DRAWER, "HPC-1", 19_975)
    assert not request.witness
    assert screen.opened[0].approver == "Robert Hayes"
    assert screen.opened[0].reason == "A quarter roll was short"


def test_nothing_is_opened_when_no_reason_is_given(office: BackOffice) -> None:
    context, shell = office.context("clerk1", signer="supervisor1")
    presenter, screen = at_the_drawer(context)
    presenter.open_drawer(screen.facts[-1].cards[0], {100: 1})
    assert shell.requests == []
    assert screen.opened == []


def test_an_uncounted_float_is_refused_before_anybody_is_asked(office: BackOffice) -> None:
    context, shell = office.context("clerk1")
    presenter, screen = at_the_drawer(context)
    presenter.open_drawer(screen.facts[-1].cards[0], {})
    assert isinstance(shell.problems[0], MissingInput)
    assert screen.focused == ["pieces"]


def test_a_drop_is_signed_by_a_witness_for_exactly_its_amount(office: BackOffice) -> None:
    office.open_drawer("clerk1", "HPC-1")
    context, shell = office.context("clerk1", signer="supervisor2")
    presenter, screen = at_the_drawer(context)
    presenter.drop({2000: 3}, "B-17")
    assert presenter.batch is not None
    request = shell.requests[0]
    assert (request.act, request.subject, request.amount) == (Act.DROP, presenter.batch.batch_id, 6_000)
    assert request.witness
    assert (screen.dropped[0].amount, screen.dropped[0].bag, screen.dropped[0].witness) == (
        6_000,
        "B-17",
        "Angela Ruiz",
    )


def test_a_drop_without_a_bag_is_refused_beside_the_bag(office: BackOffice) -> None:
    office.open_drawer("clerk1", "HPC-1")
    context, shell = office.context("clerk1", signer="supervisor2")
    presenter, screen = at_the_drawer(context)
    presenter.drop({2000: 3}, "  ")
    assert shell.requests == []
    assert screen.focused == ["drop-bag"]


def test_lunch_locks_the_drawer_and_the_same_key_unlocks_it(office: BackOffice) -> None:
    office.open_drawer("clerk1", "HPC-1")
    context, _ = office.context("clerk1")
    presenter, screen = at_the_drawer(context)
    presenter.toggle_lock()
    presenter.toggle_lock()
    assert [facts.stage for facts in screen.facts] == [Stage.SELLING, Stage.LOCKED, Stage.SELLING]


def test_the_count_is_told_apart_by_tender_and_goes_to_the_supervisor(office: BackOffice) -> None:
    office.open_drawer("clerk1", "HPC-1")
    # 12 pages at 0.10 in cash, 900 pages at 0.10 by check 1042
    office.sell_copies("clerk1", 12, Tender(TenderKind.CASH, 120))
    office.sell_copies("clerk1", 900, Tender(TenderKind.CHECK, 9_000, number="1042"), customer="Leeland Electric LLC")
    context, shell = office.context("clerk1")
    presenter, screen = at_the_drawer(context)
    presenter.stop_selling()
    assert [(item.number, item.from_name) for item in screen.facts[-1].checks] == [("1042", "Leeland Electric LLC")]
    cash = {**FLOAT, 100: 11, 10: 2}  # 200.00 + 1.20
    presenter.count(CountSheet(cash, {"check": TapeCount(1, 8_100)}))
    assert screen.verdicts[-1].agrees == {"cash": True, "check": False}
    presenter.count(CountSheet(cash, {"check": TapeCount(1, 9_000)}))
    assert screen.verdicts[-1].agrees == {"cash": True, "check": True}
    presenter.submit()
    assert [facts.stage for facts in screen.facts] == [Stage.SELLING, Stage.COUNTING, Stage.SUBMITTED]
    batch = drawers.my_batch(office.desk, office.actor("clerk1"))
    assert batch is not None
    assert batch.state is BatchState.SUBMITTED
    assert shell.problems == []


def test_a_batch_that_was_never_counted_cannot_be_sent(office: BackOffice) -> None:
    office.open_drawer("clerk1", "HPC-1")
    context, shell = office.context("clerk1")
    presenter, screen = at_the_drawer(context)
    presenter.stop_selling()
    presenter.submit()
    assert isinstance(shell.problems[0], Ineligible)
    assert screen.again == 1


def test_no_fact_of_the_page_carries_an_amount_that_is_expected(office: BackOffice) -> None:
    office.open_drawer("clerk1", "HPC-1")
    # 9,000 pages: 900.00 in cash; with the float above the warning of 800.00, and above the limit of 1,000.00
    office.sell_copies("clerk1", 9_000, Tender(TenderKind.CASH, 90_000))
    context, _ = office.context("clerk1")
    presenter, screen = at_the_drawer(context)
    assert screen.facts[-1].band is Band.LOCKED
    presenter.stop_selling()
    words = repr(screen.facts)
    assert "90000" not in words
    assert "110000" not in words


def accepted_drawer(office: BackOffice) -> str:
    """HPC-1 with 1.20 in cash over its float and a check over 90.00, accepted."""
    batch = office.open_drawer("clerk1", "HPC-1")
    office.sell_copies("clerk1", 12, Tender(TenderKind.CASH, 120))
    office.sell_copies("clerk1", 900, Tender(TenderKind.CHECK, 9_000, number="1042"))
    office.count_and_send("clerk1", CountSheet({**FLOAT, 100: 11, 10: 2}, {"check": TapeCount(1, 9_000)}))
    balancing.accept_batch(office.desk, office.actor("supervisor1"), AcceptBatch(uuid4().hex, batch))
    return batch


def test_an_accepted_drawer_waits_for_its_bag_and_is_verified_for_exactly_what_it_holds(office: BackOffice) -> None:
    batch = accepted_drawer(office)
    context, shell = office.context("clerk1", signer="supervisor1")
    presenter, screen = at_the_drawer(context)
    assert screen.facts[-1].stage is Stage.CHOOSE
    assert [waiting.batch_id for waiting in screen.facts[-1].to_deposit] == [batch]
    presenter.weigh((batch,))
    presenter.prepare({100: 1, 10: 2}, "TB-771")
    request = shell.requests[0]
    assert (request.act, request.subject, request.amount) == (Act.PREPARE_DEPOSIT, batch, 9_120)
    assert request.witness
    deposit = screen.deposited[0]
    assert (deposit.cash, deposit.checks, deposit.total, deposit.verified_by) == (120, 9_000, 9_120, "Robert Hayes")
    assert screen.facts[-1].to_deposit == ()


def test_a_bag_with_other_cash_than_was_counted_is_refused(office: BackOffice) -> None:
    batch = accepted_drawer(office)
    context, shell = office.context("clerk1", signer="supervisor1")
    presenter, screen = at_the_drawer(context)
    presenter.weigh((batch,))
    presenter.prepare({100: 2}, "TB-771")
    assert "2.00" in str(shell.problems[0])
    assert screen.deposited == []


def test_another_clerk_is_not_offered_the_bag(office: BackOffice) -> None:
    accepted_drawer(office)
    other, _ = office.context("clerk2")
    _, screen = at_the_drawer(other)
    assert screen.facts[-1].to_deposit == ()
