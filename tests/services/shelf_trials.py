"""The trials of the shelf of forms and of referrals (see ``role_trials``)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from csr_desk.domain.company import Channel, CompanyForm, CompanyKind
from csr_desk.domain.people import Act
from csr_desk.domain.referrals import Kind, Place
from csr_desk.services import accounts, companies, form_backs, forms, referral_lists, referrals
from demo_city import City
from documents.test_form_filling import form

if TYPE_CHECKING:
    from services.role_trials import World

DAY = date(2026, 7, 14)
NUMBER, NEED, CODE = "CE-1057", "PERMIT-OUT", "Building permit outside the city limits"
OWNER = "C-shelf"


def lay_out(city: City) -> None:
    """Leave a form, somebody who gets it, and a need that an agency answers."""
    supervisor, clerk = city.who("supervisor1"), city.who("clerk1")
    accounts.add_customer(city.desk, clerk, accounts.NewCustomer("laid out owner", "Ana Lopez", number=OWNER))
    forms.keep_form(city.desk, supervisor, _form("laid out form", "2026-01"))
    referrals.keep_need(city.desk, supervisor, referrals.KeepNeed("laid out need", NEED, CODE))
    office = CompanyForm("Harris County Engineering", CompanyKind.AGENCY, Channel.PHONE)
    kept = companies.keep_company(city.desk, supervisor, companies.KeepCompany("laid out agency", office)).value
    referrals.keep_agency(city.desk, supervisor, referrals.KeepAgency("laid out answer", NEED, kept.number))


def _form(key: str, revision: str) -> forms.KeepForm:
    return forms.KeepForm(key, NUMBER, revision, "Affidavit of the owner", form("owner"), DAY, fields={"owner": "name"})


def _agency(world: World) -> str:
    """Return the number of the agency of the world."""
    clerk = world.city.who("clerk1")  # whoever tries may not even see it
    return referrals.needs(world.city.desk, clerk)[0].agencies[0].company


def _handed(world: World, act: Act = Act.HAND_FORM) -> str:
    """Let a clerk hand a form out for whoever may do something with it, and return its number."""
    if not world.actor.may(act):
        return "H26-000001"
    command = forms.HandOut(world.city.key(), NUMBER, customer_id=OWNER)
    return forms.hand_out(world.city.desk, world.city.who("clerk1"), command).value.handout.number


def _scanned(world: World) -> str:
    """Let a form come back with its scan."""
    number = _handed(world, Act.SEE_CUSTOMERS)
    if not world.actor.may(Act.SEE_CUSTOMERS):
        return number
    command = form_backs.TakeBack(world.city.key(), number, b"%PDF-1.7 signed")
    form_backs.take_back(world.city.desk, world.city.who("clerk1"), command)
    return number


def _referred(world: World) -> str:
    """Let a clerk refer somebody for whoever may do something with it, and return the number."""
    if not world.actor.may(Act.REFER):
        return "RF26-000001"
    command = referrals.Refer(world.city.key(), NEED, _agency(world), Kind.WARM)
    return referrals.refer(world.city.desk, world.city.who("clerk1"), command).value.number


def _ended(world: World) -> object:
    """End a revision that was just put on the shelf."""
    if world.actor.may(Act.KEEP_FORMS):
        forms.keep_form(world.city.desk, world.city.who("supervisor1"), _form(world.city.key(), "2026-06"))
    command = forms.EndForm(world.city.key(), NUMBER, "2026-06")
    return forms.end_form(world.city.desk, world.actor, command)


TRIALS: dict[str, tuple[Act, Callable[[World], object]]] = {
    "forms.shelf": (Act.SEE_CARDS, lambda w: forms.shelf(w.city.desk, w.actor)),
    "forms.hand_out": (
        Act.HAND_FORM,
        lambda w: forms.hand_out(w.city.desk, w.actor, forms.HandOut(w.city.key(), NUMBER, customer_id=OWNER)),
    ),
    "form_backs.take_back": (
        Act.HAND_FORM,
        lambda w: form_backs.take_back(w.city.desk, w.actor, form_backs.TakeBack(w.city.key(), _handed(w))),
    ),
    "form_backs.give_up": (
        Act.HAND_FORM,
        lambda w: form_backs.give_up(w.city.desk, w.actor, form_backs.GiveUp(w.city.key(), _handed(w))),
    ),
    "form_backs.still_out": (Act.SEE_CARDS, lambda w: form_backs.still_out(w.city.desk, w.actor)),
    "form_backs.counts": (Act.SEE_CARDS, lambda w: form_backs.counts(w.city.desk, w.actor, DAY, DAY)),
    "form_backs.scan_of": (
        Act.SEE_CUSTOMERS, lambda w: form_backs.scan_of(w.city.desk, w.actor, _scanned(w)),
    ),
    "forms.keep_form": (
        Act.KEEP_FORMS, lambda w: forms.keep_form(w.city.desk, w.actor, _form(w.city.key(), "2026-05")),
    ),
    "forms.end_form": (Act.KEEP_FORMS, _ended),
    "referrals.needs": (Act.SEE_REQUESTS, lambda w: referrals.needs(w.city.desk, w.actor)),
    "referrals.who_helps": (Act.SEE_REQUESTS, lambda w: referrals.who_helps(w.city.desk, w.actor, "permit")),
    "referrals.refer": (
        Act.REFER,
        lambda w: referrals.refer(w.city.desk, w.actor, referrals.Refer(w.city.key(), NEED, _agency(w))),
    ),
    "referrals.follow_up": (
        Act.REFER,
        lambda w: referrals.follow_up(
            w.city.desk, w.actor, referrals.FollowUp(w.city.key(), _referred(w), "reach", "They helped")
        ),
    ),
    "referrals.to_follow": (Act.SEE_REQUESTS, lambda w: referrals.to_follow(w.city.desk, w.actor)),
    "referral_lists.open_referrals": (
        Act.SEE_REQUESTS, lambda w: referral_lists.open_referrals(w.city.desk, w.actor),
    ),
    "referral_lists.referrals_of": (
        Act.SEE_REQUESTS, lambda w: referral_lists.referrals_of(w.city.desk, w.actor, (OWNER,)),
    ),
    "referral_lists.statistics": (
        Act.SEE_REQUESTS, lambda w: referral_lists.statistics(w.city.desk, w.actor, DAY, DAY),
    ),
    "referral_lists.slip_of": (
        Act.REFER, lambda w: referral_lists.slip_of(w.city.desk, w.actor, _referred(w)),
    ),
    "referrals.keep_need": (
        Act.KEEP_AGENCIES,
        lambda w: referrals.keep_need(w.city.desk, w.actor, referrals.KeepNeed(w.city.key(), "FOOD", "Food")),
    ),
    "referrals.keep_agency": (
        Act.KEEP_AGENCIES,
        lambda w: referrals.keep_agency(w.city.desk, w.actor, referrals.KeepAgency(w.city.key(), NEED, _agency(w))),
    ),
    "referrals.keep_place": (
        Act.KEEP_AGENCIES,
        lambda w: referrals.keep_place(
            w.city.desk, w.actor, referrals.KeepPlace(w.city.key(), _agency(w), Place(0, "1 Main St"))
        ),
    ),
}  # fmt: skip
"""By module and function: the act, and how it is tried."""
