"""The service functions about delinquency, tried as they are meant to be used (see ``role_trials``)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from csr_desk.domain.people import Act
from csr_desk.domain.receivable.collection import LetterKind
from csr_desk.services import (
    accounts,
    collecting,
    collection_letters,
    collection_lists,
    extensions,
    office_ageing,
    plans,
    policies,
)
from csr_desk.services.numbers import number_from

if TYPE_CHECKING:
    from demo_city import City
    from services.role_trials import World

LONG_LATE, LATE, NEW = date(2026, 6, 1), date(2026, 7, 12), date(2026, 7, 13)
DUES = {
    "T-OFF": LONG_LATE, "T-LISTED": LONG_LATE, "T-BACK": LONG_LATE, "T-REMINDED": LATE, "T-LATE": NEW,
    "T-PLANNED": NEW, "T-PLAN": NEW, "T-TIME": NEW,
}  # fmt: skip
"""Accounts by where they stand when the trials begin, each with a bill of 60.00 due on that day."""


def lay_out(city: City) -> None:
    """Bring accounts to every stage in the days before the trials."""
    days: dict[str, object] = {"reminder_days": 0, "cut_off_notice_days": 1, "cut_off_days": 2}
    policies.set_policy(city.desk, city.who("admin1"), policies.SetPolicy("quick", days))
    clerk, supervisor = city.who("clerk1"), city.who("supervisor1")
    owner = accounts.add_customer(city.desk, clerk, accounts.NewCustomer("owner", "Alma Reyes")).value
    for number, due in DUES.items():
        accounts.add_account(city.desk, clerk, accounts.NewAccount(number, number, owner, "water"))
        item = accounts.BillItem(None, "Water", 6000)
        accounts.add_bill(city.desk, clerk, accounts.NewBill(f"bill {number}", number, (item,), due))
    for day in ("08", "09", "10", "13"):
        city.at(f"2026-07-{day}T07:00")
        collecting.run_round(city.desk, supervisor, collecting.RunRound(f"round {day}"))
    cut = collecting.ReportCutOff("cut", ("T-OFF", "T-BACK"))
    collecting.report_cut_off(city.desk, supervisor, cut)
    collecting.order_restore(city.desk, supervisor, collecting.OrderRestore("back", "T-BACK", "Mistaken"))
    plans.make_plan(city.desk, clerk, plans.MakePlan("planned", "T-PLANNED", 3))


def _round(world: World) -> object:
    return collecting.run_round(world.city.desk, world.actor, collecting.RunRound(world.city.key()))


def _cut_off(world: World) -> object:
    command = collecting.ReportCutOff(world.city.key(), ("T-LISTED",))
    return collecting.report_cut_off(world.city.desk, world.actor, command)


def _restored(world: World) -> object:
    command = collecting.ReportRestored(world.city.key(), "T-BACK")
    return collecting.report_restored(world.city.desk, world.actor, command)


def _order(world: World) -> object:
    command = collecting.OrderRestore(world.city.key(), "T-OFF", "Ill child")
    return collecting.order_restore(world.city.desk, world.actor, command)


def _extend(world: World) -> object:
    command = extensions.GrantExtension(world.city.key(), "T-TIME")
    return extensions.grant_extension(world.city.desk, world.actor, command)


def _plan(world: World) -> object:
    return plans.make_plan(world.city.desk, world.actor, plans.MakePlan(world.city.key(), "T-PLAN", 2))


def _quote(world: World) -> object:
    return plans.quote_plan(world.city.desk, world.actor, plans.MakePlan(world.city.key(), "T-TIME", 2))


PLAN = number_from("PL", "planned")


def _cancel(world: World) -> object:
    return plans.cancel_plan(world.city.desk, world.actor, plans.CancelPlan(world.city.key(), PLAN, "Moved"))


COLLECTION_TRIALS: dict[str, tuple[Act, Callable[[World], object]]] = {
    "collecting.account_collection": (
        Act.SEE_CUSTOMERS,
        lambda w: collecting.account_collection(w.city.desk, w.actor, "T-OFF"),
    ),
    "collecting.preview_round": (Act.COLLECT, lambda w: collecting.preview_round(w.city.desk, w.actor)),
    "collection_lists.cut_off_list": (Act.COLLECT, lambda w: collection_lists.cut_off_list(w.city.desk, w.actor)),
    "collecting.report_cut_off": (Act.COLLECT, _cut_off),
    "collection_lists.accounts_cut_off": (
        Act.COLLECT,
        lambda w: collection_lists.accounts_cut_off(w.city.desk, w.actor),
    ),
    "collecting.order_restore": (Act.COLLECT, _order),
    "collection_lists.restore_list": (Act.COLLECT, lambda w: collection_lists.restore_list(w.city.desk, w.actor)),
    "collecting.report_restored": (Act.COLLECT, _restored),
    "collection_letters.letters": (
        Act.COLLECT,
        lambda w: collection_letters.letters(w.city.desk, w.actor, LetterKind.REMINDER),
    ),
    "collection_letters.letter_of": (
        Act.COLLECT,
        lambda w: collection_letters.letter_of(w.city.desk, w.actor, "T-REMINDED"),
    ),
    "extensions.grant_extension": (Act.GRANT_EXTENSION, _extend),
    "plans.quote_plan": (Act.MAKE_PLAN, _quote),
    "plans.make_plan": (Act.MAKE_PLAN, _plan),
    "plans.payment_plan": (Act.SEE_CUSTOMERS, lambda w: plans.payment_plan(w.city.desk, w.actor, PLAN)),
    "collection_letters.plan_letter": (
        Act.MAKE_PLAN,
        lambda w: collection_letters.plan_letter(w.city.desk, w.actor, PLAN),
    ),
    "plans.cancel_plan": (Act.MAKE_PLAN, _cancel),
    "collecting.run_round": (Act.COLLECT, _round),
    "office_ageing.office_ageing": (Act.SEE_REPORTS, lambda w: office_ageing.office_ageing(w.city.desk, w.actor)),
}
"""By module and function: the act, and how it is tried."""
