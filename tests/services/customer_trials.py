"""The service functions about customers, tried as they are meant to be used (see ``role_trials``)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from csr_desk.domain.customers import CustomerForm, Level, PartyRole
from csr_desk.domain.people import Act
from csr_desk.services import (
    accounts,
    customer_disclosure,
    customer_duplicates,
    customer_merging,
    customer_notes,
    customer_pages,
    customer_papers,
    customer_records,
    customer_scans,
    customer_timeline,
    customers,
    customers_entry,
    statements,
)

if TYPE_CHECKING:
    from csr_desk.domain.receivable.collection import Letter
    from services.role_trials import World

DAY = date(2026, 7, 14)
ROSA = CustomerForm("Villarreal, Rosa", phone="(713) 555-0142")
CARD = "ANSI 636015090002DL\nDCSRUIZ\nDACROSA\nDAG12 MAIN ST\nDAIHOUSTON\nDAJTX\nDAK770230000\n"


def _customer(world: World, number: str = "C-ROSA", form: CustomerForm = ROSA) -> str:
    """Have a clerk enter somebody, once."""
    command = customers_entry.EnterCustomer(f"enter-{number}", form, number)
    return customers_entry.enter_customer(world.city.desk, world.city.who("clerk1"), command).value


def _account(world: World) -> str:
    command = accounts.NewAccount("account-trial", "9001-1", _customer(world, "C-RUIZ", CustomerForm("Ruiz, Ana")))
    return accounts.add_account(world.city.desk, world.city.who("clerk1"), command).value


def _edit(world: World) -> object:
    stands = customer_pages.customer_page(world.city.desk, world.city.who("clerk1"), _customer(world)).form
    other = CustomerForm(stands.name, language="vi" if stands.language == "en" else "en", phone=stands.phone)
    command = customers_entry.EditCustomer("C-ROSA", stands, other)
    return customers_entry.edit_customer(world.city.desk, world.actor, command)


def _party(world: World) -> object:
    command = customers_entry.AddParty(_account(world), _customer(world), PartyRole.OWNER)
    return customers_entry.add_party(world.city.desk, world.actor, command)


def _end_party(world: World) -> object:
    begun = customers_entry.AddParty(_account(world), _customer(world), PartyRole.AGENT, DAY)
    customers_entry.add_party(world.city.desk, world.city.who("clerk1"), begun)
    command = customers_entry.EndParty(begun.account, begun.customer, begun.role, DAY)
    return customers_entry.end_party(world.city.desk, world.actor, command)


def _note(world: World) -> object:
    command = customer_notes.AddNote(world.city.key(), _customer(world), Level.WARN, "Call first")
    return customer_notes.add_note(world.city.desk, world.actor, command)


def _close_note(world: World) -> object:
    command = customer_notes.AddNote(world.city.key(), _customer(world), Level.INFO, "Prefers mail")
    note = customer_notes.add_note(world.city.desk, world.city.who("clerk1"), command).value
    return customer_notes.close_note(world.city.desk, world.actor, note.note_id)


def _close(world: World) -> object:
    number = _customer(world, f"C-{world.city.key()}", CustomerForm("Secret, Ana"))
    command = customer_disclosure.SetConfidential(world.city.key(), number, confidential=True)
    return customer_disclosure.set_confidential(world.city.desk, world.actor, command)


def _open(world: World) -> object:
    command = customer_disclosure.SetConfidential(world.city.key(), _secret(world), confidential=False, reason="Asked")
    return customer_disclosure.set_confidential(world.city.desk, world.actor, command)


def _disclose(world: World) -> object:
    command = customer_disclosure.Disclose(world.city.key(), _secret(world), "The customer", "Licence shown")
    return customer_disclosure.disclose(world.city.desk, world.actor, command)


def _paper(world: World) -> object:
    given = customer_papers.GivePaper(world.city.key(), ("A-none",), "Statement")
    return customer_papers.log_paper(world.city.desk, world.actor, given)


def _papers(world: World) -> object:
    no_facts: customer_papers.MakePapers[Letter] = customer_papers.MakePapers(world.city.key(), ())
    return customer_papers.make_papers(world.city.desk, world.actor, no_facts, len)


def _one_paper(world: World) -> object:
    desk, clerk = world.city.desk, world.city.who("clerk1")
    facts = statements.statement(desk, clerk, _account(world), (desk.today(), desk.today()))
    given = customer_papers.MakePapers(world.city.key(), (facts,))
    return customer_papers.make_paper(desk, world.actor, given, lambda _facts: b"paper")


def _secret(world: World) -> str:
    """Have a clerk make somebody confidential; whoever may not disclose needs nobody for being refused."""
    if not world.actor.may(Act.DISCLOSE):
        return "C-none"
    number = _customer(world, f"C-{world.city.key()}", CustomerForm("Secret, Eva"))
    command = customer_disclosure.SetConfidential(world.city.key(), number, confidential=True)
    customer_disclosure.set_confidential(world.city.desk, world.city.who("clerk1"), command)
    return number


def _merge(world: World) -> object:
    keep, joined = (_customer(world, f"C-{world.city.key()}", CustomerForm("Double, Ana")) for _ in range(2))
    command = customer_merging.MergeCustomers(world.city.key(), keep, joined, "Same licence")
    return customer_merging.merge_customers(world.city.desk, world.actor, command)


def _part(world: World) -> object:
    keep, joined = (_customer(world, f"C-{world.city.key()}", CustomerForm("Double, Eva")) for _ in range(2))
    if world.actor.may(Act.MERGE_CUSTOMERS):
        command = customer_merging.MergeCustomers(world.city.key(), keep, joined, "Same licence")
        customer_merging.merge_customers(world.city.desk, world.city.who("supervisor1"), command)
    back = customer_merging.PartCustomers(world.city.key(), joined, "Two sisters")
    return customer_merging.part_customers(world.city.desk, world.actor, back)


CUSTOMER_TRIALS: dict[str, tuple[Act, Callable[[World], object]]] = {
    "customers_entry.enter_customer": (
        Act.EDIT_ACCOUNTS,
        lambda w: customers_entry.enter_customer(
            w.city.desk, w.actor, customers_entry.EnterCustomer(w.city.key(), CustomerForm("Trial, Eva"))
        ),
    ),
    "customers_entry.edit_customer": (Act.EDIT_ACCOUNTS, _edit),
    "customers_entry.add_party": (Act.EDIT_ACCOUNTS, _party),
    "customers_entry.end_party": (Act.EDIT_ACCOUNTS, _end_party),
    "customers.find_customers": (
        Act.SEE_CUSTOMERS,
        lambda w: customers.find_customers(w.city.desk, w.actor, "villarreal rosa"),
    ),
    "customer_pages.customer_page": (
        Act.SEE_CUSTOMERS,
        lambda w: customer_pages.customer_page(w.city.desk, w.actor, _customer(w)),
    ),
    "customer_pages.customer_of_account": (
        Act.SEE_CUSTOMERS,
        lambda w: customer_pages.customer_of_account(w.city.desk, w.actor, _account(w)),
    ),
    "customer_timeline.timeline": (
        Act.SEE_CUSTOMERS,
        lambda w: customer_timeline.timeline(w.city.desk, w.actor, _customer(w)),
    ),
    "customer_timeline.account_timeline": (
        Act.SEE_CUSTOMERS,
        lambda w: customer_timeline.account_timeline(w.city.desk, w.actor, _account(w)),
    ),
    "customer_duplicates.alike": (
        Act.SEE_CUSTOMERS,
        lambda w: customer_duplicates.alike(w.city.desk, w.actor, ROSA),
    ),
    "customer_scans.fill_from_licence": (
        Act.EDIT_ACCOUNTS,
        lambda w: customer_scans.fill_from_licence(w.city.desk, w.actor, ROSA, CARD),
    ),
    "customer_notes.add_note": (Act.EDIT_ACCOUNTS, _note),
    "customer_notes.close_note": (Act.EDIT_ACCOUNTS, _close_note),
    "customer_notes.notes": (Act.SEE_CUSTOMERS, lambda w: customer_notes.notes(w.city.desk, w.actor, _customer(w))),
    "customer_disclosure.set_confidential": (Act.EDIT_ACCOUNTS, _close),
    "customer_disclosure.set_confidential, lifted": (Act.DISCLOSE, _open),
    "customer_disclosure.disclose": (Act.DISCLOSE, _disclose),
    "customer_records.customer_records": (
        Act.SEE_CUSTOMERS,
        lambda w: customer_records.customer_records(w.city.desk, w.actor, _customer(w)),
    ),
    "customer_papers.log_paper": (Act.SEE_CUSTOMERS, _paper),
    "customer_papers.make_paper": (Act.SEE_CUSTOMERS, _one_paper),
    "customer_papers.make_papers": (Act.SEE_CUSTOMERS, _papers),
    "customer_disclosure.disclosures": (
        Act.SEE_CUSTOMERS,
        lambda w: customer_disclosure.disclosures(w.city.desk, w.actor, _customer(w)),
    ),
    "customer_merging.merge_customers": (Act.MERGE_CUSTOMERS, _merge),
    "customer_merging.part_customers": (Act.MERGE_CUSTOMERS, _part),
}
"""By module and function: the act, and how it is tried."""
