"""Every service function that acts for a person, tried as it is meant to be used, in the order of a day.

Each trial gets a world in which a person who may do it can do it; what is not theirs must be refused before anything
is looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from csr_desk.domain.cart import CartLine
from csr_desk.domain.drawer import CountSheet, TapeCount
from csr_desk.domain.people import Act, Actor, Approval, Role
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.domain.training_visits import Answer
from csr_desk.services import (
    accounts,
    approval_requests,
    balancing,
    carts_held,
    catalogue,
    corrections,
    counting,
    deposits,
    drawers,
    policies,
    receipts,
    refunds,
    sell,
    staff,
    tender_corrections,
    training,
    training_certificates,
    verification,
)
from csr_desk.services.setup import demo_catalogue_folder
from demo_city import City
from services import (
    adjustment_trials,
    audit_trials,
    billing_trials,
    collection_trials,
    custody_trials,
    holding_trials,
    information_trials,
    permit_trials,
    project_trials,
    queue_trials,
    request_trials,
    shelf_trials,
)
from services.balancing_trials import BALANCING_TRIALS
from services.company_trials import COMPANY_TRIALS, lay_out_companies
from services.correction_trials import CORRECTION_TRIALS, permit_of
from services.customer_trials import CUSTOMER_TRIALS
from services.page_trials import PAGE_TRIALS
from services.payment_trials import PAYMENT_TRIALS, bill_an_account
from services.people_trials import PEOPLE_TRIALS
from services.release_city import ReleaseCity
from services.release_trials import RELEASE_TRIALS
from services.release_trials import prepare as prepare_releases
from services.role_trials_checks import CHECK_TRIALS, list_an_account
from services.seal_trials import SEAL_TRIALS
from services.work_trials import WORK_TRIALS
from services.work_trials import lay_out as lay_out_work

DAY = date(2026, 7, 14)
YESTERDAY = date(2026, 7, 13)
ALARM = (CartLine("ALM-RES"),)
CASH = (Tender(TenderKind.CASH),)


@dataclass
class World:
    """A demo city in the middle of a day, and the person who tries.

    ``clerk1`` sells at HPC-1, ``clerk2`` has handed in HPC-2, HPC-3 of ``clerk3`` is accepted, HPC-4 of ``clerk4`` is
    in a bag for the bank; yesterday is closed.
    """

    city: City
    actor: Actor
    batches: dict[str, str] = field(default_factory=dict)
    receipt: str = ""
    own_receipt: str = ""
    held: str = ""
    bag: str = ""
    request: str = ""
    """What clerk1 asks: the void of a receipt."""
    releases: ReleaseCity | None = None
    """What the release register stands on."""

    @classmethod
    def of(cls, city: City, actor: Actor) -> World:
        """Lay the day out."""
        world = cls(city, actor)
        collection_trials.lay_out(city)
        city.at("2026-07-13T08:00")
        world._to_accepted("clerk4", "HPC-4")
        world._bag("clerk4", "HPC-4")
        world._close_yesterday()
        city.at("2026-07-14T08:00")
        world.batches["clerk1"] = city.open("clerk1", "HPC-1")
        world.receipt = city.sell(user="clerk1").number
        world.held = carts_held.hold(
            city.desk,
            city.who("clerk1"),
            carts_held.Hold(carts_held.CartDraft(city.key(), ALARM), "", demo_inputs=True),
        ).value.number
        world._to_submitted("clerk2", "HPC-2")
        world._to_accepted("clerk3", "HPC-3")
        world._to_accepted("clerk4", "HPC-4")
        world._bag("clerk4", "HPC-4")
        wish = approval_requests.AskApproval(city.key(), Act.VOID, world.receipt, 5000, "Void?")
        world.request = approval_requests.ask(city.desk, city.who("clerk1"), wish).value.request_id
        custody_trials.issue_books(city, actor)
        list_an_account(city)
        billing_trials.bill_late(city)
        holding_trials.place_a_hold(city)
        lay_out_companies(city)
        bill_an_account(city)
        world.releases = prepare_releases(world)
        lay_out_work(city)
        permit_trials.set_key(city)
        request_trials.lay_out(city)
        information_trials.lay_out(city)
        shelf_trials.lay_out(city)
        return world

    def _to_submitted(self, user: str, drawer: str) -> None:
        self.batches[user] = self.city.open(user, drawer)
        self.city.sell(Tender(TenderKind.CHECK, 5000, number="1"), user=user)
        sheet = CountSheet({2000: 10}, {"check": TapeCount(1, 5000)})
        who = self.city.who(user)
        counting.count(self.city.desk, who, counting.CountDrawer(self.city.key(), sheet))
        counting.submit_count(self.city.desk, who, self.city.key())

    def _to_accepted(self, user: str, drawer: str) -> None:
        self._to_submitted(user, drawer)
        command = balancing.AcceptBatch(self.city.key(), self.batches[user])
        balancing.accept_batch(self.city.desk, self.city.who("supervisor2"), command)

    def _bag(self, user: str, drawer: str) -> None:
        batch = self.batches[user]
        yes = self.city.yes(Act.PREPARE_DEPOSIT, batch, 5000, "supervisor2")
        command = deposits.PrepareDeposit(self.city.key(), (batch,), f"bag of {drawer}")
        self.bag = deposits.prepare_deposit(self.city.desk, self.city.who(user), command, yes).value.deposit_id

    def _close_yesterday(self) -> None:
        command = balancing.CloseDay(self.city.key(), YESTERDAY)
        balancing.close_day(self.city.desk, self.city.who("supervisor2"), command)

    @property
    def entries(self) -> int:
        """How many entries the ledger has."""
        return verification.verify_desk(self.city.desk).checked

    def yes(self, act: Act, subject: str, amount: int) -> Approval:
        """Return the yes of a supervisor who is not the person that tries."""
        by = "supervisor1" if self.actor.user != "supervisor1" else "supervisor2"
        return self.city.yes(act, subject, amount, by)

    @property
    def own_batch(self) -> str:
        """The batch that the person holds, or somebody's."""
        held = drawers.my_batch(self.city.desk, self.actor)
        return held.batch_id if held else self.batches["clerk1"]


Trial = Callable[[World], object]


def _approve(world: World) -> object:
    """Give the person's yes to a void of clerk1's."""
    yes = staff.approval_by(world.city.desk, world.actor, Act.VOID, world.receipt, 5000)
    command = corrections.Void(world.city.key(), world.receipt, "Wrong item")
    return corrections.void(world.city.desk, world.city.who("clerk1"), command, yes)


def _witness(world: World) -> object:
    """Let the person witness a drop of clerk1's."""
    yes = staff.approval_by(world.city.desk, world.actor, Act.DROP, world.batches["clerk1"], 2000)
    command = drawers.DropCash(world.city.key(), {2000: 1}, "D-1")
    return drawers.drop(world.city.desk, world.city.who("clerk1"), command, yes)


def _sale(world: World, line: CartLine, tenders: tuple[Tender, ...] = CASH) -> sell.CompleteSale:
    return sell.CompleteSale(world.city.key(), None, (line,), tenders, demo_inputs=True)


def _sell(world: World) -> object:
    """Sell, and remember the receipt for a void."""
    done = sell.complete_sale(world.city.desk, world.actor, _sale(world, CartLine("ALM-RES")))
    world.own_receipt = done.value.number
    return done


def _override(world: World) -> object:
    command = _sale(world, CartLine("ALM-RES", amount=1200, override_reason="Court order"))
    return sell.complete_sale(world.city.desk, world.actor, command, world.yes(Act.OVERRIDE_PRICE, command.key, 1200))


def _add_account(world: World) -> object:
    accounts.add_customer(world.city.desk, world.actor, accounts.NewCustomer("c", "Rosa Villarreal", number="C-1"))
    return accounts.add_account(world.city.desk, world.actor, accounts.NewAccount("a", "0001", "C-1", "water"))


def _void(world: World) -> object:
    number = world.own_receipt or world.receipt
    command = corrections.Void(world.city.key(), number, "Wrong item")
    return corrections.void(world.city.desk, world.actor, command, world.yes(Act.VOID, number, 5000))


def _refund(world: World) -> object:
    """Refund 90 % of what a structural permit of 150,000 cost above its minimum: 813.48 - 91.06 = 722.42, 650.17."""
    number = permit_of(world, world.actor) if world.own_receipt else world.receipt
    command = refunds.Refund(world.city.key(), number, ((1, None),), "Work not begun", "payables")
    return refunds.refund(world.city.desk, world.actor, command, world.yes(Act.REFUND, number, 65017))


def _correct_tender(world: World) -> object:
    number = world.own_receipt or world.receipt
    check = Tender(TenderKind.CHECK, number="77")
    command = tender_corrections.CorrectTender(world.city.key(), number, TenderKind.CASH, check, "It was a check")
    yes = world.yes(Act.CORRECT_TENDER, number, 5000)
    return tender_corrections.correct_tender(world.city.desk, world.actor, command, yes)


def _drop(world: World) -> object:
    command = drawers.DropCash(world.city.key(), {2000: 1}, "D-2")
    return drawers.drop(world.city.desk, world.actor, command, world.yes(Act.DROP, world.own_batch, 2000))


def _add_person(world: World) -> object:
    new = staff.AddPerson(world.city.key(), "newcomer", "New Comer", "CSR I", Role.CLERK, "a long secret")
    return staff.add_person(world.city.desk, world.actor, new)


TRIALS: dict[str, tuple[Act, Trial]] = {
    "sell.quote": (
        Act.QUOTE,
        lambda w: sell.quote(w.city.desk, w.actor, sell.Quote(ALARM, CASH, demo_inputs=True)),
    ),
    "drawers.drawers": (Act.QUOTE, lambda w: drawers.drawers(w.city.desk, w.actor)),
    "drawers.open_drawer": (
        Act.OPEN_DRAWER,
        lambda w: drawers.open_drawer(w.city.desk, w.actor, drawers.OpenDrawer(w.city.key(), "HPC-5", {2000: 10})),
    ),
    "drawers.suspend": (Act.OPEN_DRAWER, lambda w: drawers.suspend(w.city.desk, w.actor, w.city.key())),
    "drawers.unsuspend": (Act.OPEN_DRAWER, lambda w: drawers.unsuspend(w.city.desk, w.actor, w.city.key())),
    "sell.complete_sale": (Act.SELL, _sell),
    "sell.complete_sale, price by hand": (Act.OVERRIDE_PRICE, _override),
    "carts_held.save_draft": (
        Act.SELL,
        lambda w: carts_held.save_draft(w.city.desk, w.actor, carts_held.CartDraft("draft", ALARM)),
    ),
    "carts_held.discard_draft": (Act.SELL, lambda w: carts_held.discard_draft(w.city.desk, w.actor, "draft")),
    "carts_held.hold": (
        Act.SELL,
        lambda w: carts_held.hold(
            w.city.desk, w.actor, carts_held.Hold(carts_held.CartDraft(w.city.key(), ALARM), "", demo_inputs=True)
        ),
    ),
    "carts_held.held_sales": (Act.QUOTE, lambda w: carts_held.held_sales(w.city.desk, w.actor)),
    "carts_held.held_lines": (Act.SELL, lambda w: carts_held.held_lines(w.city.desk, w.actor, w.held)),
    "carts_held.resume": (Act.SELL, lambda w: carts_held.resume(w.city.desk, w.actor, w.held)),
    "receipts.find_receipts": (Act.QUOTE, lambda w: receipts.find_receipts(w.city.desk, w.actor, w.receipt)),
    "receipts.last_receipt": (Act.QUOTE, lambda w: receipts.last_receipt(w.city.desk, w.actor)),
    "receipts.receipt": (Act.QUOTE, lambda w: receipts.receipt(w.city.desk, w.actor, w.receipt)),
    "receipts.reprint": (
        Act.REPRINT,
        lambda w: receipts.reprint(w.city.desk, w.actor, receipts.Reprint(w.city.key(), w.receipt)),
    ),
    "corrections.no_sale": (
        Act.NO_SALE,
        lambda w: corrections.no_sale(w.city.desk, w.actor, corrections.NoSale(w.city.key(), "Coin roll")),
    ),
    "drawers.drop": (Act.DROP, _drop),
    "drawers.drop, as witness": (Act.WITNESS, _witness),
    **audit_trials.TRIALS,
    **custody_trials.TRIALS,
    **billing_trials.TRIALS,
    **holding_trials.TRIALS,
    **COMPANY_TRIALS,
    **permit_trials.TRIALS,
    **request_trials.TRIALS,
    **information_trials.TRIALS,
    **queue_trials.TRIALS,
    "corrections.void": (Act.VOID, _void),
    "refunds.refund": (Act.REFUND, _refund),
    **CORRECTION_TRIALS,
    "sell.complete_sale, another": (Act.SELL, _sell),
    "tender_corrections.correct_tender": (Act.CORRECT_TENDER, _correct_tender),
    **CHECK_TRIALS,
    "corrections.void, as approver": (Act.APPROVE, _approve),
    "accounts.add_customer": (
        Act.EDIT_ACCOUNTS,
        lambda w: accounts.add_customer(w.city.desk, w.actor, accounts.NewCustomer(w.city.key(), "Rosa Villarreal")),
    ),
    "accounts.add_account": (Act.EDIT_ACCOUNTS, _add_account),
    "accounts.add_bill": (
        Act.EDIT_ACCOUNTS,
        lambda w: accounts.add_bill(
            w.city.desk, w.actor, accounts.NewBill(w.city.key(), "0001", (accounts.BillItem(None, "Water", 6437),))
        ),
    ),
    **PAYMENT_TRIALS,
    **project_trials.TRIALS,
    **shelf_trials.TRIALS,
    **adjustment_trials.TRIALS,
    "training.start": (
        Act.SELL,
        lambda w: training.start(w.city.desk, w.actor, training.StartDay("trial", 7)),
    ),
    "training.progress": (Act.SELL, lambda w: training.progress(w.city.desk, w.actor)),
    "training.call_next": (
        Act.SELL,
        lambda w: training.call_next(w.city.desk, w.actor, training.CallNext("trial", 0)),
    ),
    "training.answer": (
        Act.SELL,
        lambda w: training.answer(w.city.desk, w.actor, training.AnswerVisit("trial", 1, Answer.CASE)),
    ),
    "counting.stop_selling": (Act.COUNT, lambda w: counting.stop_selling(w.city.desk, w.actor, w.city.key())),
    "counting.count": (
        Act.COUNT,
        lambda w: counting.count(w.city.desk, w.actor, counting.CountDrawer(w.city.key(), CountSheet({2000: 10}, {}))),
    ),
    "counting.submit_count": (Act.COUNT, lambda w: counting.submit_count(w.city.desk, w.actor, w.city.key())),
    "training.finish": (Act.SELL, lambda w: training.finish(w.city.desk, w.actor, "trial")),
    "training.leave": (Act.SELL, lambda w: training.leave(w.city.desk, w.actor, "trial")),
    "training_certificates.certificate": (
        Act.SELL,
        lambda w: training_certificates.certificate(w.city.desk, w.actor, "trial"),
    ),
    **BALANCING_TRIALS,
    "policies.set_policy": (
        Act.SET_POLICY,
        lambda w: policies.set_policy(w.city.desk, w.actor, policies.SetPolicy(w.city.key(), {"tolerance": "2.00"})),
    ),
    "catalogue.load_release": (
        Act.LOAD_CATALOGUE,
        lambda w: catalogue.load_release(
            w.city.desk, w.actor, catalogue.LoadRelease(w.city.key(), demo_catalogue_folder())
        ),
    ),
    "people_changes.add_person": (Act.MANAGE_STAFF, _add_person),
    "people_changes.deactivate": (Act.MANAGE_STAFF, lambda w: staff.deactivate(w.city.desk, w.actor, "clerk4")),
    **CUSTOMER_TRIALS,
    **SEAL_TRIALS,
    **PEOPLE_TRIALS,
    **collection_trials.COLLECTION_TRIALS,
    **RELEASE_TRIALS,
    **PAGE_TRIALS,
    **WORK_TRIALS,
}
"""By module and function (and in what part, where a function has several): the act, and how it is tried."""

FOR_ONESELF = frozenset({
    "carts_held.load_draft", "counting.items_to_tick", "drawers.cash_band", "drawers.my_batch", "facts.desk_facts",
    "papers.paper_of", "printing.pending_prints", "receipt_books.my_books", "printing.print_failed", "printing.printed",
    "staff.approval_by", "staff.grant", "approval_requests.withdraw", "approval_requests.answer_of",
    "printing.hand_over",
    "approvals.check_own_supervisor", "people_journal.sign_out", "refused_acts.report", "training_records.my_training",
    "anchors.accept_restored",
})  # fmt: skip
"""What anybody may ask who is signed in: about themselves, or on the way to an act that asks by itself."""
