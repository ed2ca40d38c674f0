"""Acceptance, rejection, deposits and the close of the day through the real services, without widgets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

from csr_desk.domain.deposit import DailyRevenue, Deposit, DepositState
from csr_desk.domain.drawer import BatchState, CountSheet, TapeCount, ZReport
from csr_desk.domain.errors import BadInput, Refusal
from csr_desk.domain.people import Act
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import deposits, drawers, staff
from csr_desk.services.deposits import PrepareDeposit
from csr_desk.ui.context import Context, Tone
from csr_desk.ui.pages.balancing.presenter import DAY, BalancingPresenter, DayFacts
from ui.back_office import FLOAT, BackOffice

DAY_ONE = date(2026, 7, 14)


@dataclass
class Screen:
    """Keeps what the presenter shows."""

    days: list[DayFacts] = field(default_factory=list)
    accepted: list[ZReport] = field(default_factory=list)
    papers: list[ZReport] = field(default_factory=list)
    closed: list[DailyRevenue] = field(default_factory=list)
    focused: list[str] = field(default_factory=list)

    def show_day(self, day: DayFacts) -> None:
        self.days.append(day)

    def show_accepted(self, z_report: ZReport) -> None:
        self.accepted.append(z_report)

    def show_paper(self, z_report: ZReport) -> None:
        self.papers.append(z_report)

    def show_closed(self, revenue: DailyRevenue) -> None:
        self.closed.append(revenue)

    def focus_field(self, name: str) -> bool:
        self.focused.append(name)
        return True


def at_the_board(context: Context) -> tuple[BalancingPresenter, Screen]:
    screen = Screen()
    presenter = BalancingPresenter(context, screen)
    presenter.load()
    return presenter, screen


def counted_drawer(office: BackOffice, *, check: int) -> str:
    """HPC-1 took 1.20 in cash and a check over 90.00; its checks are counted as ``check`` (cents)."""
    batch = office.open_drawer("clerk1", "HPC-1")
    office.sell_copies("clerk1", 12, Tender(TenderKind.CASH, 120))
    office.sell_copies("clerk1", 900, Tender(TenderKind.CHECK, 9_000, number="1042"))
    office.count_and_send("clerk1", CountSheet({**FLOAT, 100: 11, 10: 2}, {"check": TapeCount(1, check)}))
    return batch


def bag(office: BackOffice, batch: str) -> Deposit:
    """Prepare the deposit of a batch, verified by the other supervisor."""
    clerk = office.actor("clerk1")
    total = sum(part.total for part in deposits.contents(office.desk, clerk, (batch,)))
    verifier = office.actor("supervisor2")
    approval = staff.approval_by(office.desk, verifier, Act.PREPARE_DEPOSIT, batch, total)
    command = PrepareDeposit(uuid4().hex, (batch,), "TB-1")
    return deposits.prepare_deposit(office.desk, clerk, command, approval).value


def test_an_empty_day_shows_the_day_itself(office: BackOffice) -> None:
    context, _ = office.context("supervisor1")
    presenter, screen = at_the_board(context)
    assert screen.days[-1].board.business_date == DAY_ONE
    assert presenter.chosen == DAY
    assert presenter.sheet is None
    assert presenter.offered is None


def test_a_count_that_agrees_is_accepted_with_one_key(office: BackOffice) -> None:
    batch = counted_drawer(office, check=9_000)
    context, shell = office.context("supervisor1")
    presenter, screen = at_the_board(context)
    assert presenter.chosen == batch
    presenter.accept()
    assert shell.reasons_asked == []
    assert screen.accepted[0].z_number == 1
    assert screen.days[-1].board.sheets[0].batch.state is BatchState.ACCEPTED


def test_a_difference_beyond_tolerance_asks_for_the_reason_before_it_is_accepted(office: BackOffice) -> None:
    counted_drawer(office, check=8_100)
    context, shell = office.context("supervisor1", reason="Check of 90.00 keyed as 81.00 by the customer")
    presenter, screen = at_the_board(context)
    presenter.accept()
    assert "9.00 short" in shell.reasons_asked[0]
    assert screen.accepted[0].reason == "Check of 90.00 keyed as 81.00 by the customer"


def test_no_reason_means_no_acceptance(office: BackOffice) -> None:
    counted_drawer(office, check=8_100)
    context, _ = office.context("supervisor1")
    presenter, screen = at_the_board(context)
    presenter.accept()
    assert screen.accepted == []


def test_a_count_sent_back_is_counted_again_by_its_custodian(office: BackOffice) -> None:
    counted_drawer(office, check=8_100)
    context, shell = office.context("supervisor1", reason="Look at the checks")
    presenter, screen = at_the_board(context)
    presenter.send_back()
    assert shell.banners[-1][1] is Tone.OK
    assert screen.days[-1].board.sheets[0].batch.state is BatchState.COUNTING
    mine = drawers.my_batch(office.desk, office.actor("clerk1"))
    assert mine is not None
    assert mine.state is BatchState.COUNTING
    assert any("Look at the checks" in words for words in screen.days[-1].board.sheets[0].history)


def test_an_accepted_batch_may_be_reopened_until_it_is_in_a_bag(office: BackOffice) -> None:
    batch = counted_drawer(office, check=9_000)
    context, _ = office.context("supervisor1", reason="A check was found under the tray")
    presenter, screen = at_the_board(context)
    presenter.accept()
    presenter.choose(batch)
    presenter.reopen()
    assert screen.days[-1].board.sheets[0].batch.state is not BatchState.ACCEPTED


def test_an_auditor_sees_the_board_and_changes_nothing(office: BackOffice) -> None:
    counted_drawer(office, check=9_000)
    context, _ = office.context("auditor1")
    presenter, screen = at_the_board(context)
    presenter.accept()
    presenter.send_back()
    assert screen.accepted == []
    assert screen.days[-1].board.sheets[0].batch.state is BatchState.SUBMITTED


def test_the_z_report_is_printed_again_when_asked(office: BackOffice) -> None:
    batch = counted_drawer(office, check=9_000)
    context, _ = office.context("supervisor1")
    presenter, screen = at_the_board(context)
    presenter.z_report()
    assert screen.papers == []
    presenter.accept()
    presenter.choose(batch)
    presenter.z_report()
    assert [paper.z_number for paper in screen.papers] == [1]


def test_the_accountant_confirms_what_the_bank_received(office: BackOffice) -> None:
    batch = counted_drawer(office, check=9_000)
    supervisor, _ = office.context("supervisor1")
    at_the_board(supervisor)[0].accept()
    deposit = bag(office, batch)
    assert deposit.total == 9_120  # 1.20 in cash and the check over 90.00
    context, shell = office.context("accountant1")
    presenter, screen = at_the_board(context)
    presenter.confirm(deposit, date(2026, 7, 15), "91.00")
    assert shell.banners[-1] == (f"The bank has deposit {deposit.deposit_id} with a difference of −0.20.", Tone.WARN)
    assert screen.days[-1].deposits[0].state is DepositState.CONFIRMED


def test_an_amount_of_the_bank_that_cannot_be_read_is_refused_in_its_field(office: BackOffice) -> None:
    batch = counted_drawer(office, check=9_000)
    supervisor, _ = office.context("supervisor1")
    at_the_board(supervisor)[0].accept()
    deposit = bag(office, batch)
    context, shell = office.context("accountant1")
    presenter, screen = at_the_board(context)
    presenter.confirm(deposit, date(2026, 7, 15), "91,0.0")
    assert isinstance(shell.problems[0], BadInput)
    assert screen.focused == ["bank-amount"]


def test_the_day_closes_only_when_every_drawer_is_accepted_and_then_ties(office: BackOffice) -> None:
    batch = counted_drawer(office, check=9_000)
    context, shell = office.context("supervisor1")
    presenter, screen = at_the_board(context)
    presenter.close_day()
    assert isinstance(shell.problems[0], Refusal)
    presenter.accept()
    bag(office, batch)
    presenter.close_day()
    assert screen.closed[0].total == 9_120
    assert screen.days[-1].board.closed
    revenue = screen.days[-1].revenue
    assert revenue is not None
    assert revenue.tie.ties
    assert (revenue.tie.receipts, revenue.tie.deposited, revenue.tie.journal) == (9_120, 9_120, 9_120)


def test_another_day_can_be_looked_at(office: BackOffice) -> None:
    context, _ = office.context("supervisor1")
    presenter, screen = at_the_board(context)
    presenter.step_day(-1)
    assert screen.days[-1].board.business_date == date(2026, 7, 13)
    presenter.step_day(1)
    assert screen.days[-1].board.business_date == DAY_ONE
