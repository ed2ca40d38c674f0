"""The trials of contractors and permits (see ``role_trials``)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from csr_desk.domain.cart import CartLine
from csr_desk.domain.contractor import PaperKind
from csr_desk.domain.people import Act
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import (
    accounts,
    contractor_pages,
    contractors,
    permit_amendments,
    permit_papers,
    permit_reminders,
    permit_renewals,
    permit_signing,
    permit_transfers,
    permits,
    sell,
)
from csr_desk.services.permit_sales import Buying

if TYPE_CHECKING:
    from demo_city import City
    from services.role_trials import World

BUYER = "C-P"
NOWHERE = "P26-000001-9"


def _customer(world: World) -> str:
    """Let there be a customer of its own for each trial."""
    key = world.city.key()
    number = f"{BUYER}-{key}"
    new = accounts.NewCustomer(key, "Bayou Volt Electric", number=number)
    accounts.add_customer(world.city.desk, world.city.who("clerk1"), new)
    return number


def _known(world: World) -> str:
    """Give a customer who may be looked at."""
    return _customer(world) if world.actor.may(Act.SEE_PROJECTS) else "C-0"


def _registered(world: World, act: Act, *, ended: bool = False) -> str:
    """Let clerk1 register a contractor with a licence, for those who may go on with it."""
    if not world.actor.may(act):
        return "K26-00001-0"
    desk, clerk = world.city.desk, world.city.who("clerk1")
    command = contractors.RegisterContractor(world.city.key(), _customer(world), ("electrical",))
    number = contractors.register_contractor(desk, clerk, command).value
    ends = date(2026, 7, 13) if ended else date(2027, 7, 13)
    paper = contractors.FilePaper(world.city.key(), number, PaperKind.LICENCE, "TECL 1", expires_on=ends)
    contractors.file_paper(desk, clerk, paper)
    return number


def _sold(world: World, act: Act, item: str = "BLD-STRUCT", customer: str = "") -> str:
    """Let clerk1 sell a permit by check, for those who may go on with it."""
    if not world.actor.may(act):
        return NOWHERE
    lines = (CartLine(item, {"valuation": "21300", "service_address": "40 Elm St"}),)
    check = (Tender(TenderKind.CHECK, number="41"),)
    command = sell.CompleteSale(world.city.key(), None, lines, check, demo_inputs=True, customer_id=customer)
    done = sell.complete_sale(world.city.desk, world.city.who("clerk1"), command).value
    return permits.numbers_of(world.city.desk, done.key)[0]


def _register(world: World) -> object:
    whose = _customer(world) if world.actor.may(Act.KEEP_CONTRACTORS) else "C-0"
    command = contractors.RegisterContractor(world.city.key(), whose, ("electrical",))
    return contractors.register_contractor(world.city.desk, world.actor, command)


def _change(world: World) -> object:
    number = _registered(world, Act.KEEP_CONTRACTORS)
    command = contractors.ChangeContractor(world.city.key(), number, "Asked for it", ("plumbing",))
    return contractors.change_contractor(world.city.desk, world.actor, command)


def _file(world: World) -> object:
    number = _registered(world, Act.KEEP_CONTRACTORS)
    command = contractors.FilePaper(world.city.key(), number, PaperKind.BOND, "B-1")
    return contractors.file_paper(world.city.desk, world.actor, command)


def _withdraw(world: World) -> object:
    number = _registered(world, Act.KEEP_CONTRACTORS)
    command = contractors.WithdrawPaper(world.city.key(), number, 1, "Cancelled")
    return contractors.withdraw_paper(world.city.desk, world.actor, command)


def _late(world: World) -> object:
    """Sell a reconnect permit of 94.00 and 33.56 although the licence has run out."""
    number = _registered(world, Act.OVERRIDE_CONTRACTOR, ended=True)
    command = sell.CompleteSale(
        world.city.key(), None, (CartLine("ELE-RECON"),), (Tender(TenderKind.CASH),), demo_inputs=True,
        buying=Buying(number, "The new one is in the mail"),
    )  # fmt: skip
    yes = world.yes(Act.OVERRIDE_CONTRACTOR, command.key, 12756)
    return sell.complete_sale(world.city.desk, world.actor, command, yes)


def _correct(world: World) -> object:
    command = permits.CorrectPermit(world.city.key(), _sold(world, Act.AMEND_PERMIT), "40 Elm Ave", "The deed says so")
    return permits.correct_permit(world.city.desk, world.actor, command)


def _end(world: World) -> object:
    command = permits.EndPermit(world.city.key(), _sold(world, Act.END_PERMIT), "final", "All passed")
    return permits.end_permit(world.city.desk, world.actor, command)


def _amendment(world: World, number: str) -> permit_amendments.AmendPermit:
    return permit_amendments.AmendPermit(world.city.key(), number, (("valuation", "30000"),), "A garage")


def _amend(world: World) -> object:
    command = _amendment(world, _sold(world, Act.AMEND_PERMIT))
    return permit_amendments.amend_permit(world.city.desk, world.actor, command)


def _amended(world: World, act: Act, customer: str = "") -> str:
    number = _sold(world, act, customer=customer)
    if world.actor.may(act):
        permit_amendments.amend_permit(world.city.desk, world.city.who("clerk1"), _amendment(world, number))
    return number


def _cancel(world: World) -> object:
    number = _amended(world, Act.AMEND_PERMIT)
    command = permit_amendments.CancelAmendment(world.city.key(), number, "Wrong house")
    return permit_amendments.cancel_amendment(world.city.desk, world.actor, command)


def _move(world: World) -> object:
    """Pay the supplement of 42.88 from another permit of the same customer."""
    whose = _customer(world) if world.actor.may(Act.MOVE_PERMIT_MONEY) else ""
    wrong = _sold(world, Act.MOVE_PERMIT_MONEY, customer=whose)
    right = _amended(world, Act.MOVE_PERMIT_MONEY, customer=whose)
    command = permit_transfers.MovePermitMoney(world.city.key(), wrong, right, "Paid for the wrong house")
    yes = world.yes(Act.MOVE_PERMIT_MONEY, wrong, 4288)
    return permit_transfers.move_permit_money(world.city.desk, world.actor, command, yes)


TRIALS: dict[str, tuple[Act, Callable[[World], object]]] = {
    "contractors.register_contractor": (Act.KEEP_CONTRACTORS, _register),
    "contractors.change_contractor": (Act.KEEP_CONTRACTORS, _change),
    "contractors.file_paper": (Act.KEEP_CONTRACTORS, _file),
    "contractors.withdraw_paper": (Act.KEEP_CONTRACTORS, _withdraw),
    "contractors.contractor_of": (
        Act.SEE_PROJECTS,
        lambda w: contractors.contractor_of(w.city.desk, w.actor, _registered(w, Act.SEE_PROJECTS)),
    ),
    "contractors.find_contractors": (
        Act.SEE_PROJECTS,
        lambda w: contractors.find_contractors(w.city.desk, w.actor, "volt"),
    ),
    "contractors.in_order": (
        Act.SEE_PROJECTS,
        lambda w: contractors.in_order(w.city.desk, w.actor, _registered(w, Act.SEE_PROJECTS), "electrical"),
    ),
    "contractors.papers_ending": (Act.SEE_PROJECTS, lambda w: contractors.papers_ending(w.city.desk, w.actor)),
    "contractor_pages.contractor_page": (
        Act.SEE_PROJECTS,
        lambda w: contractor_pages.contractor_page(w.city.desk, w.actor, _known(w)),
    ),
    "sell.complete_sale, late paper": (Act.OVERRIDE_CONTRACTOR, _late),
    "permits.permit_of": (
        Act.SEE_PROJECTS,
        lambda w: permits.permit_of(w.city.desk, w.actor, _sold(w, Act.SEE_PROJECTS)),
    ),
    "permits.find_permits": (Act.SEE_PROJECTS, lambda w: permits.find_permits(w.city.desk, w.actor, "elm")),
    "permits.permits_of_project": (
        Act.SEE_PROJECTS,
        lambda w: permits.permits_of_project(w.city.desk, w.actor, "26-000001-9"),
    ),
    "permits.permits_ending": (Act.SEE_PROJECTS, lambda w: permits.permits_ending(w.city.desk, w.actor, 400)),
    "permits.correct_permit": (Act.AMEND_PERMIT, _correct),
    "permits.end_permit": (Act.END_PERMIT, _end),
    "permits.expire_permits": (
        Act.AMEND_PERMIT,
        lambda w: permits.expire_permits(w.city.desk, w.actor, permits.ExpirePermits(w.city.key())),
    ),
    "permit_reminders.endings": (Act.SEE_PROJECTS, lambda w: permit_reminders.endings(w.city.desk, w.actor, 400)),
    "permit_reminders.remind_of_ends": (
        Act.AMEND_PERMIT,
        lambda w: permit_reminders.remind_of_ends(
            w.city.desk, w.actor, permit_reminders.RemindOfEnds(w.city.key(), 400)
        ),
    ),
    "permit_papers.permit_paper": (
        Act.SEE_PROJECTS,
        lambda w: permit_papers.permit_paper(w.city.desk, w.actor, _sold(w, Act.SEE_PROJECTS)),
    ),
    "permit_amendments.try_amendment": (
        Act.AMEND_PERMIT,
        lambda w: permit_amendments.try_amendment(w.city.desk, w.actor, _amendment(w, _sold(w, Act.AMEND_PERMIT))),
    ),
    "permit_amendments.amend_permit": (Act.AMEND_PERMIT, _amend),
    "permit_amendments.cancel_amendment": (Act.AMEND_PERMIT, _cancel),
    "permit_renewals.renewal_of": (
        Act.AMEND_PERMIT,
        lambda w: permit_renewals.renewal_of(w.city.desk, w.actor, _sold(w, Act.AMEND_PERMIT)),
    ),
    "permit_transfers.move_permit_money": (Act.MOVE_PERMIT_MONEY, _move),
    "permit_signing.set_permit_key": (
        Act.SET_PERMIT_KEY,
        lambda w: permit_signing.set_permit_key(w.city.desk, w.actor, permit_signing.SetPermitKey(w.city.key())),
    ),
    "permit_signing.public_keys": (
        Act.VERIFY_LEDGER,
        lambda w: permit_signing.public_keys(w.city.desk, w.actor),
    ),
    "permit_signing.sign_permits": (
        Act.AMEND_PERMIT,
        lambda w: permit_signing.sign_permits(w.city.desk, w.actor, permit_signing.SignPermits(w.city.key())),
    ),
}
"""By module and function: the act, and how it is tried."""


def set_key(city: City) -> None:
    """Let the administrator set a key of permits."""
    permit_signing.set_permit_key(city.desk, city.who("admin1"), permit_signing.SetPermitKey("trial key"))
