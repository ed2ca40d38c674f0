"""The steps of the counter script about customers: enter, change, find, look at, join, keep confidential."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from csr_desk.domain.customers import (
    Contact,
    ContactKind,
    CustomerForm,
    CustomerKind,
    Disclosure,
    Level,
    PartyRole,
    Told,
    one_of,
)
from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import plain
from csr_desk.domain.people import Actor
from csr_desk.services import (
    customer_disclosure,
    customer_duplicates,
    customer_merging,
    customer_notes,
    customer_pages,
    customer_scans,
    customer_timeline,
    customers,
    customers_entry,
)
from csr_desk.services.desk import Desk
from csr_desk.services.replay_step import Step, actor_of

Result = Mapping[str, Any]
_FIELDS = ("name", "language", "address", "phone", "email")


def customer(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Enter a customer; who may be the same person is told beside."""
    who = actor_of(actor)
    step.needed("name")
    form = _form(step, CustomerForm(""))
    alike = customer_duplicates.alike(desk, who, form)
    command = customers_entry.EnterCustomer(step.key, form, step.text("number"), step.date("since"))
    number = customers_entry.enter_customer(desk, who, command).value
    others = [one.hit.number for one in alike if one.hit.number != number]
    return {"customer": number, "number": number, "alike": others}


def edit_customer(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Change what the step names of a customer's form; the result holds the form before and after."""
    who, number = actor_of(actor), step.needed("customer")
    was = customer_pages.customer_page(desk, who, number).form
    command = customers_entry.EditCustomer(number, was, _form(step, was))
    done = customers_entry.edit_customer(desk, who, command).value
    return {"customer": done.number, "was": _form_data(done.was), "now": _form_data(done.now)}


def alike(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Say who may be the customer that the step describes, and why."""
    found = customer_duplicates.alike(desk, actor_of(actor), _form(step, CustomerForm("")))
    return {"alike": [{"customer": one.hit.number, "why": list(one.why)} for one in found]}


def scan_licence(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Fill a form from a scanned card."""
    form = _form(step, CustomerForm(""))
    done = customer_scans.fill_from_licence(desk, actor_of(actor), form, step.needed("text"))
    return {"form": _form_data(done.form), "filled": list(done.filled), "warning": done.warning}


def find_customers(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Find customers by any scrap."""
    found = customers.find_customers(desk, actor_of(actor), step.text("text"))
    hits = [
        {
            "customer": hit.number,
            "name": hit.name,
            "address": hit.address,
            "phone": hit.phone,
            "owed": plain(hit.owed),
            "level": hit.level.value if hit.level else "",
            "confidential": hit.confidential,
            "why": hit.why,
        }
        for hit in found.hits
    ]
    slips = [{"account": slip.account, "name": slip.name} for slip in found.slips]
    return {"hits": hits, "more": found.more, "slips": slips}


def customer_page(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Show a customer's page, by their number or by an account."""
    who = actor_of(actor)
    if step.text("account"):
        page = customer_pages.customer_of_account(desk, who, step.text("account"))
    else:
        page = customer_pages.customer_page(desk, who, step.needed("customer"))
    return {
        "customer": page.number,
        **_form_data(page.form),
        "owed": plain(page.owed),
        "aged": [plain(cents) for cents in page.aged.columns],
        "credit": plain(page.credit),
        "confidential": page.confidential,
        "hidden": page.hidden,
        "level": page.level.value if page.level else "",
        "notes": [{"level": note.level.value, "words": note.words} for note in page.notes],
        "accounts": [
            {"account": line.number, "role": line.role, "service": line.service, "balance": plain(line.balance)}
            for line in page.accounts
        ],
        "joined": list(page.joined),
    }


def timeline(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Show what happened with a customer, newest first."""
    told = customer_timeline.timeline(desk, actor_of(actor), step.needed("customer"))
    return {
        "moments": [
            {
                "kind": one.kind,
                "title": one.title,
                "words": f"{one.words}, due {one.due}" if one.due else one.words,
                "amount": None if one.amount is None else plain(one.amount),
                "account": one.account,
                "number": one.number,
            }
            for one in told
        ]
    }


def note(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Put a note on a customer."""
    level = one_of(Level, step.text("level") or Level.INFO.value, "level")
    command = customer_notes.AddNote(
        step.key, step.needed("customer"), level, step.text("words"), step.date("expires_on")
    )
    done = customer_notes.add_note(desk, actor_of(actor), command).value
    return {"note": done.note_id, "level": done.level.value}


def close_note(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Take a note off."""
    return {"note": customer_notes.close_note(desk, actor_of(actor), step.needed("note")).value}


def party(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give somebody a part in an account."""
    role = one_of(PartyRole, step.needed("role"), "role")
    command = customers_entry.AddParty(step.needed("account"), step.needed("customer"), role, step.date("since"))
    return {"account": customers_entry.add_party(desk, actor_of(actor), command).value, "role": role.value}


def end_party(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """End somebody's part in an account."""
    role = one_of(PartyRole, step.needed("role"), "role")
    until = step.date("until") or desk.today()
    command = customers_entry.EndParty(step.needed("account"), step.needed("customer"), role, until)
    return {"account": customers_entry.end_party(desk, actor_of(actor), command).value, "until": until.isoformat()}


def merge_customers(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Join two records of one person."""
    command = customer_merging.MergeCustomers(step.key, step.needed("keep"), step.needed("joined"), step.text("reason"))
    return _merged(customer_merging.merge_customers(desk, actor_of(actor), command).value)


def part_customers(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Take a joined record out again."""
    command = customer_merging.PartCustomers(step.key, step.needed("joined"), step.text("reason"))
    return _merged(customer_merging.part_customers(desk, actor_of(actor), command).value)


def confidential(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Make a customer confidential, or (``lift``) no longer."""
    command = customer_disclosure.SetConfidential(
        step.key, step.needed("customer"), not step.flag("lift"), step.text("reason")
    )
    return _disclosure(customer_disclosure.set_confidential(desk, actor_of(actor), command).value)


def disclose(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Log that something of a confidential customer is told."""
    what = tuple(one_of(Told, str(one), "what") for one in step.list("what") or [Told.CONTACT.value])
    command = customer_disclosure.Disclose(
        step.key, step.needed("customer"), step.text("to"), step.text("reason"), what
    )
    return _disclosure(customer_disclosure.disclose(desk, actor_of(actor), command).value)


def disclosures(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Show the disclosure log of a customer, newest first."""
    found = customer_disclosure.disclosures(desk, actor_of(actor), step.needed("customer"))
    return {"log": [_disclosure(one) for one in found]}


def _form(step: Step, before: CustomerForm) -> CustomerForm:
    """Return a form with what the step names changed."""
    values: dict[str, Any] = {name: step.text(name) for name in _FIELDS if name in step.data}
    if "kind" in step.data:
        values["kind"] = one_of(CustomerKind, step.text("kind"), "kind")
    if "contacts" in step.data:
        values["contacts"] = tuple(_contact(one) for one in step.list("contacts"))
    return replace(before, **values)


def _contact(data: object) -> Contact:
    if not isinstance(data, Mapping):
        raise BadInput("A contact is an object.", field="contacts")
    kind = one_of(ContactKind, str(data.get("kind", "")), "contacts")
    return Contact(kind, str(data.get("words", "")), str(data.get("label", "")))


def _form_data(form: CustomerForm) -> dict[str, Any]:
    contacts = [{"kind": one.kind.value, "words": one.words, "label": one.label} for one in form.contacts]
    return {"kind": form.kind.value, **{name: getattr(form, name) for name in _FIELDS}, "contacts": contacts}


def _merged(done: customer_merging.Merged) -> Result:
    return {"customer": done.keep, "joined": done.joined, "accounts": list(done.accounts)}


def _disclosure(one: Disclosure) -> Result:
    return {
        "customer": one.customer,
        "change": one.change,
        "what": list(one.what),
        "to": one.payee,
        "reason": one.reason,
    }


STEPS: dict[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "customer": customer,
    "edit_customer": edit_customer,
    "alike": alike,
    "scan_licence": scan_licence,
    "find_customers": find_customers,
    "customer_page": customer_page,
    "timeline": timeline,
    "note": note,
    "close_note": close_note,
    "party": party,
    "end_party": end_party,
    "merge_customers": merge_customers,
    "part_customers": part_customers,
    "confidential": confidential,
    "disclose": disclose,
    "disclosures": disclosures,
}
