"""The trials of what is done with checks: returned items, their notices, the list of accounts (see ``role_trials``)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from csr_desk.domain.cart import CartLine
from csr_desk.domain.people import Act
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import check_list, notices, returned_items, sell
from csr_desk.services.numbers import number_from

if TYPE_CHECKING:
    from demo_city import City
    from services.role_trials import World

DAY = date(2026, 7, 14)
BANK, ACCOUNT = "113000023", "4471900253"


def list_an_account(city: City) -> None:
    """Put the account of a check on the list, for the world that the trials find."""
    listed = check_list.ListCheck("listed", "stolen_checks", routing=BANK, account=ACCOUNT)
    check_list.list_check(city.desk, city.who("accountant1"), listed)


def _returned_item(world: World) -> object:
    """Book the check of HPC-4's first receipt as returned."""
    command = returned_items.ReturnItem("returned", "HPC4-0000001", 1, "Insufficient funds")
    return returned_items.returned_item(world.city.desk, world.actor, command)


def _listed_check(world: World) -> object:
    """Sell to a check whose account the accountant listed."""
    check = Tender(TenderKind.CHECK, number="5512", routing=BANK, account=ACCOUNT)
    command = sell.CompleteSale(world.city.key(), None, (CartLine("ALM-RES"),), (check,), demo_inputs=True)
    yes = world.yes(Act.TAKE_LISTED_CHECK, command.key, 5000)
    return sell.complete_sale(world.city.desk, world.actor, command, yes)


def _list_check(world: World) -> object:
    command = check_list.ListCheck("by hand", "forgery", "Police report", BANK, "998877665")
    return check_list.list_check(world.city.desk, world.actor, command)


def _clear_check(world: World) -> object:
    """Clear the account that was listed by hand."""
    command = check_list.ClearCheck(world.city.key(), number_from("L", "by hand"), "Mistaken")
    return check_list.clear_check(world.city.desk, world.actor, command)


def _mail_notice(world: World) -> object:
    """Note the letter of the check that came back."""
    item = number_from("R", "returned")
    command = notices.MailNotice(world.city.key(), item, "9407110200881234567890", DAY)
    return notices.mail_notice(world.city.desk, world.actor, command)


def _referral(world: World) -> object:
    """Let the notice's days pass, and refer; the clock goes back to the day for the trials after this one."""
    received = notices.MailNotice(world.city.key(), number_from("R", "returned"), received_on=DAY)
    if world.actor.may(Act.LIST_CHECKS):
        notices.mail_notice(world.city.desk, world.actor, received)
    world.city.at("2026-07-25T08:00")
    try:
        return returned_items.referral(world.city.desk, world.actor)
    finally:
        world.city.at("2026-07-14T08:00")


CHECK_TRIALS: dict[str, tuple[Act, Callable[[World], object]]] = {
    "returned_items.returned_item": (Act.RETURN_ITEM, _returned_item),
    "returned_items.returned_items": (
        Act.SEE_REPORTS,
        lambda w: returned_items.returned_items(w.city.desk, w.actor),
    ),
    "notices.mail_notice": (Act.LIST_CHECKS, _mail_notice),
    "returned_items.referral": (Act.RETURN_ITEM, _referral),
    "check_list.list_check": (Act.LIST_CHECKS, _list_check),
    "check_list.checks_listed": (Act.LIST_CHECKS, lambda w: check_list.checks_listed(w.city.desk, w.actor)),
    "check_list.clear_check": (Act.LIST_CHECKS, _clear_check),
    "check_list.warning_of": (Act.QUOTE, lambda w: check_list.warning_of(w.city.desk, w.actor, ())),
    "sell.complete_sale, listed check": (Act.TAKE_LISTED_CHECK, _listed_check),
}
"""By module and function: the act, and how it is tried."""
