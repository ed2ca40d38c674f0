"""How each act is tried at a drawer in some state (see ``role_states``); a new act is a line in ``TRIALS``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from csr_desk.domain.cart import CartLine, Waiver
from csr_desk.domain.drawer import CountSheet, TapeCount
from csr_desk.domain.errors import Refusal
from csr_desk.domain.paper_note import PaperNote
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import (
    accounts,
    balancing,
    catalogue,
    change_funds,
    change_orders,
    check_list,
    corrections,
    counting,
    deferred,
    deposits,
    drawers,
    exports,
    hand_overs,
    payables,
    people_changes,
    policies,
    reapply,
    receipt_books,
    receipts,
    refunds,
    replay_steps,
    reports,
    returned_items,
    sell,
    staff,
    surprise_counts,
    suspect_notes,
    tender_corrections,
    training_records,
    virtual_tape,
)
from csr_desk.services.desk import Desk
from csr_desk.services.replay_step import Step
from csr_desk.services.setup import demo_catalogue_folder
from services import seal_trials

DAY = date(2026, 7, 14)
_CASH, _CHECK = (Tender(TenderKind.CASH),), (Tender(TenderKind.CHECK, number="1"),)


@dataclass(frozen=True)
class Drawer:
    """A drawer of the day: who holds it, its batch, an alarm permit for 50.00 cash, a building permit by check."""

    name: str
    holder: str
    batch: str
    cash: str
    check: str
    total: int
    """What the bag holds: both receipts (cents)."""


@dataclass(frozen=True)
class Case:
    """One cell: who tries it, at which drawer."""

    desk: Desk
    actor: Actor
    drawer: Drawer
    entry: str = ""

    @property
    def key(self) -> str:
        """The key of the act; nothing stays, so it is always new."""
        return "cell"

    def yes(self, act: Act, subject: str, amount: int) -> Approval:
        """The yes of a supervisor who is not the person that tries."""
        by = "supervisor2" if self.actor.user == "supervisor1" else "supervisor1"
        return staff.approval_by(self.desk, staff.person(self.desk, by), act, subject, amount)

    @property
    def holder(self) -> Actor:
        """Who holds the drawer."""
        return staff.person(self.desk, self.drawer.holder)


def _sale(c: Case, line: CartLine) -> sell.CompleteSale:
    return sell.CompleteSale(c.key, c.drawer.name, (line,), _CHECK, demo_inputs=True)


def _override(c: Case) -> object:
    line = CartLine("ALM-RES", amount=5000, override_reason="Court order")
    return sell.complete_sale(c.desk, c.actor, _sale(c, line), c.yes(Act.OVERRIDE_PRICE, c.key, 5000))


def _void(c: Case) -> object:
    command = corrections.Void(c.key, c.drawer.cash, "Wrong item")
    return corrections.void(c.desk, c.actor, command, c.yes(Act.VOID, c.drawer.cash, 5000))


def _refund(c: Case) -> object:
    command = refunds.Refund(c.key, c.drawer.check, ((1, None),), "Paid twice", "payables")
    try:
        return refunds.refund(c.desk, c.actor, command)
    except Refusal as asked:
        if asked.code != "approval_required":
            raise
        amount = int(getattr(asked, "amount", 0))
    return refunds.refund(c.desk, c.actor, command, c.yes(Act.REFUND, c.drawer.check, amount))


def _correct_tender(c: Case) -> object:
    right = Tender(TenderKind.CHECK, number="77")
    command = tender_corrections.CorrectTender(c.key, c.drawer.cash, TenderKind.CASH, right, "It was a check")
    yes = c.yes(Act.CORRECT_TENDER, c.drawer.cash, 5000)
    return tender_corrections.correct_tender(c.desk, c.actor, command, yes)


def _drop(c: Case) -> object:
    command = drawers.DropCash(c.key, {2000: 1}, "D-1")
    return drawers.drop(c.desk, c.actor, command, c.yes(Act.DROP, c.drawer.batch, 2000))


def _approve(c: Case) -> object:
    c.actor.require(Act.APPROVE)  # as the secret at the station and the queue do, before the act is looked at
    yes = staff.approval_by(c.desk, c.actor, Act.VOID, c.drawer.cash, 5000)
    return corrections.void(c.desk, c.holder, corrections.Void(c.key, c.drawer.cash, "Wrong item"), yes)


def _witness(c: Case) -> object:
    c.actor.require(Act.WITNESS)
    yes = staff.approval_by(c.desk, c.actor, Act.DROP, c.drawer.batch, 2000)
    return drawers.drop(c.desk, c.holder, drawers.DropCash(c.key, {2000: 1}, "D-1"), yes)


def _deposit(c: Case) -> object:
    command = deposits.PrepareDeposit(c.key, (c.drawer.batch,), "bag")
    yes = c.yes(Act.PREPARE_DEPOSIT, c.drawer.batch, c.drawer.total)
    return deposits.prepare_deposit(c.desk, c.actor, command, yes)


def _confirm(c: Case) -> object:
    command = deposits.ConfirmDeposit(c.key, "HPC-20260714-1", DAY, c.drawer.total)
    return deposits.confirm_deposit(c.desk, c.actor, command)


def _train(c: Case) -> object:
    command = training_records.RecordTraining(c.key, "clerk4", DAY, 80)
    return training_records.record_training(c.desk, c.actor, command)


def _change_person(c: Case) -> object:
    command = people_changes.ChangePerson(c.key, "clerk4", supervisor="supervisor1")
    return people_changes.change_person(c.desk, c.actor, command)


def _hand_over(c: Case) -> object:
    """Hand the own drawer to clerk4, who holds none: 200.00 float and 50.00 sold."""
    pieces = {2000: 12, 1000: 1}
    yes = staff.approval_by(c.desk, staff.person(c.desk, "clerk4"), Act.HAND_OVER, c.drawer.batch, 25_000)
    others = {"check": TapeCount(1, c.drawer.total - 5000)}
    return hand_overs.hand_over(c.desk, c.actor, hand_overs.HandOver(c.key, "clerk4", pieces, pieces, others), yes)


def _swap(c: Case) -> object:
    command = change_orders.SwapCash(c.key, {2000: 1}, {500: 4})
    return change_orders.change_order(c.desk, c.actor, command, c.yes(Act.CHANGE_ORDER, c.drawer.batch, 2000))


def _surprise(c: Case) -> object:
    yes = staff.approval_by(c.desk, c.holder, Act.SURPRISE_COUNT, c.drawer.batch, 0)
    command = surprise_counts.CountUnannounced(c.key, CountSheet({}, {}), drawer=c.drawer.name)
    return surprise_counts.surprise_count(c.desk, c.actor, command, yes)


def _paper(c: Case) -> object:
    note = PaperNote(f"P{c.actor.user}", 1, DAY)
    command = sell.CompleteSale(c.key, c.drawer.name, (CartLine("ALM-RES"),), _CASH, demo_inputs=True, paper=note)
    return sell.complete_sale(c.desk, c.actor, command)


def _waive(c: Case) -> object:
    line = CartLine("ALM-RES", waiver=Waiver("Council resolution 26-114", "Flood victims", 2000))
    return sell.complete_sale(c.desk, c.actor, _sale(c, line), c.yes(Act.WAIVE_FEE, c.key, 3000))


def _listed_check(c: Case) -> object:
    """Sell to a check of an account that the accountant lists just before."""
    listed = check_list.ListCheck("listed", "stolen_checks", routing="113000023", account="4471900253")
    check_list.list_check(c.desk, staff.person(c.desk, "accountant1"), listed)
    check = Tender(TenderKind.CHECK, number="9", routing="113000023", account="4471900253")
    command = sell.CompleteSale(c.key, c.drawer.name, (CartLine("ALM-RES"),), (check,), demo_inputs=True)
    return sell.complete_sale(c.desk, c.actor, command, c.yes(Act.TAKE_LISTED_CHECK, c.key, 5000))


def _reapply(c: Case) -> object:
    command = reapply.Reapply(c.key, c.drawer.cash, (CartLine("ALM-RES"),), "Wrong account", demo_inputs=True)
    return reapply.reapply(c.desk, c.actor, command, c.yes(Act.REAPPLY, c.drawer.cash, 5000))


TRIALS: dict[Act, Callable[[Case], object]] = {
    Act.QUOTE: lambda c: receipts.receipt(c.desk, c.actor, c.drawer.cash),
    Act.SELL: lambda c: sell.complete_sale(c.desk, c.actor, _sale(c, CartLine("ALM-RES"))),
    Act.OPEN_DRAWER: lambda c: drawers.open_drawer(
        c.desk, c.actor, drawers.OpenDrawer(c.key, c.drawer.name, {2000: 10})
    ),
    Act.DROP: _drop,
    Act.COUNT: lambda c: counting.count(c.desk, c.actor, counting.CountDrawer(c.key, CountSheet({2000: 10}, {}))),
    Act.NO_SALE: lambda c: corrections.no_sale(c.desk, c.actor, corrections.NoSale(c.key, "Coin roll")),
    Act.REPRINT: lambda c: receipts.reprint(c.desk, c.actor, receipts.Reprint(c.key, c.drawer.cash)),
    Act.VOID: _void,
    Act.REFUND: _refund,
    Act.CORRECT_TENDER: _correct_tender,
    Act.OVERRIDE_PRICE: _override,
    Act.APPROVE: _approve,
    Act.WITNESS: _witness,
    Act.ACCEPT_BATCH: lambda c: balancing.accept_batch(
        c.desk, c.actor, balancing.AcceptBatch(c.key, c.drawer.batch, "Looked at")
    ),
    Act.REJECT_BATCH: lambda c: balancing.reject_batch(
        c.desk, c.actor, balancing.ReturnBatch(c.key, c.drawer.batch, "Again")
    ),
    Act.REOPEN_BATCH: lambda c: balancing.reopen_batch(
        c.desk, c.actor, balancing.ReturnBatch(c.key, c.drawer.batch, "Again")
    ),
    Act.SEE_EXPECTED: lambda c: balancing.batch_sheet(c.desk, c.actor, c.drawer.batch),
    Act.PREPARE_DEPOSIT: _deposit,
    Act.CONFIRM_DEPOSIT: _confirm,
    Act.CLOSE_DAY: lambda c: balancing.close_day(c.desk, c.actor, balancing.CloseDay(c.key, DAY)),
    Act.RETURN_ITEM: lambda c: returned_items.returned_item(
        c.desk, c.actor, returned_items.ReturnItem(c.key, c.drawer.check, 1, "Insufficient funds")
    ),
    Act.SEE_REPORTS: lambda c: reports.report(c.desk, c.actor, "tie", DAY, DAY),
    Act.EXPORT_JOURNAL: lambda c: exports.gl_journal(c.desk, c.actor, exports.ExportJournal(c.key, DAY)),
    Act.VERIFY_LEDGER: lambda c: replay_steps.verify(c.desk, c.actor, Step({}, c.key)),
    Act.SET_POLICY: lambda c: policies.set_policy(c.desk, c.actor, policies.SetPolicy(c.key, {"tolerance": "2.00"})),
    Act.LOAD_CATALOGUE: lambda c: catalogue.load_release(
        c.desk, c.actor, catalogue.LoadRelease(c.key, demo_catalogue_folder())
    ),
    Act.MANAGE_STAFF: _change_person,
    Act.EDIT_ACCOUNTS: lambda c: accounts.add_customer(c.desk, c.actor, accounts.NewCustomer(c.key, "Rosa Villarreal")),
    Act.CHANGE_ORDER: _swap,
    Act.REPORT_SUSPECT: lambda c: suspect_notes.report_suspect(
        c.desk, c.actor, suspect_notes.ReportSuspect(c.key, 2000, "MB12345678A")
    ),
    Act.HAND_OVER: _hand_over,
    Act.ENTER_PAPER: _paper,
    Act.SURPRISE_COUNT: _surprise,
    Act.MANAGE_BOOKS: lambda c: receipt_books.issue_book(
        c.desk, c.actor, receipt_books.IssueBook(c.key, "NEW", 1, 2, "clerk1")
    ),
    Act.MANAGE_FUNDS: lambda c: change_funds.set_fund(
        c.desk, c.actor, change_funds.SetFund(c.key, "FIELD", "Inspectors", 5000, "Finance memo 7")
    ),
    Act.WAIVE_FEE: _waive,
    Act.TAKE_LISTED_CHECK: _listed_check,
    Act.REAPPLY: _reapply,
    Act.LIST_CHECKS: lambda c: check_list.list_check(
        c.desk, c.actor, check_list.ListCheck("by hand", "forgery", "Police report", "113000023", "998877665")
    ),
    Act.SEND_PAYABLES: lambda c: payables.open_requests(c.desk, c.actor),
    Act.RECORD_TRAINING: _train,
    Act.REVIEW_DEFERRED: lambda c: deferred.review(c.desk, c.actor, deferred.Review(c.key, c.entry, ok=True)),
    Act.SEE_JOURNAL: lambda c: virtual_tape.everybody(c.desk, c.actor),
    Act.SEE_EXCEPTIONS: lambda c: deferred.deferred(c.desk, c.actor),
    Act.SET_SEAL_KEY: lambda c: seal_trials.set_the_key(c.desk, c.actor, c.key),
}
"""How each act is tried at a drawer."""
