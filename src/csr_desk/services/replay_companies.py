"""The steps of the counter script for other companies: the directory, contacts, new accounts, and the outbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from csr_desk.domain.account_check import Item
from csr_desk.domain.company import (
    Channel,
    Company,
    CompanyForm,
    CompanyKind,
    Contact,
    ContactForm,
    Direction,
    Purpose,
    one_of,
)
from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import plain
from csr_desk.domain.new_account import Standing, Verification
from csr_desk.domain.outbox import Outcome, Verdict
from csr_desk.domain.people import Act, Actor
from csr_desk.services import companies, contacts, outbox_keeping, outbox_sending
from csr_desk.services import verification_of_accounts as new_accounts
from csr_desk.services.desk import Desk
from csr_desk.services.lines import read_whole
from csr_desk.services.outbox_keeping import Mail, Wish
from csr_desk.services.replay_step import Step, actor_of, approved

Result = Mapping[str, Any]


def company(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Add a company."""
    form = CompanyForm(
        step.text("name"),
        one_of(CompanyKind, step.text("kind") or "other", "kind"),
        one_of(Channel, step.text("channel") or "phone", "channel"),
        step.text("send_to"),
        step.text("send_at"),
        step.text("territory"),
        step.text("hours"),
        step.text("memo"),
        step.text("premise_code"),
    )
    done = companies.keep_company(desk, actor_of(actor), companies.KeepCompany(step.key, form))
    return _of_company(done.value)


def edit_company(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Correct what is known of a company; only what the step names changes."""
    who = actor_of(actor)
    was = companies.company_of(desk, who, step.needed("company"))
    texts: dict[str, Any] = {name: step.text(name) for name in ("name", *_TEXTS) if name in step.data}
    becomes = replace(was.form, **texts)
    if "channel" in step.data:
        becomes = replace(becomes, channel=one_of(Channel, step.text("channel"), "channel"))
    if "active" in step.data:
        becomes = replace(becomes, active=step.flag("active"))
    command = companies.KeepCompany(step.key, becomes, was.number, was.version)
    return _of_company(companies.keep_company(desk, who, command).value)


def company_contact(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Add or correct a person or desk at a company."""
    who = actor_of(actor)
    n = read_whole(step.data.get("n", 0), "n")
    form = ContactForm(
        step.text("name"),
        one_of(Channel, step.text("channel") or "phone", "channel"),
        step.text("reach"),
        one_of(Purpose, step.text("purpose") or "any", "purpose"),
        step.text("title"),
        step.text("hours"),
        step.flag("active") if "active" in step.data else True,
    )
    version = 0
    if n:
        people = companies.company_of(desk, who, step.needed("company")).people
        version = next((one.version for one in people if one.n == n), 0)
    command = companies.KeepContact(step.key, step.needed("company"), form, n, version)
    return _of_company(companies.keep_contact(desk, who, command).value)


def list_companies(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """List the directory, or show one company."""
    who = actor_of(actor)
    if step.text("company"):
        return _of_company(companies.company_of(desk, who, step.text("company")))
    return {"companies": [_of_company(one) for one in companies.companies(desk, who)]}


def contact(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Write a contact down; with ``send_to`` the words go by mail."""
    command = contacts.LogContact(
        step.key,
        step.needed("company"),
        step.text("asked"),
        step.text("words"),
        one_of(Channel, step.text("channel") or "phone", "channel"),
        one_of(Direction, step.text("direction") or "out", "direction"),
        _about(step),
        step.text("reference"),
        step.text("send_to"),
        step.text("title"),
    )
    return _of_contact(contacts.log_contact(desk, actor_of(actor), command).value)


def list_contacts(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """List contacts."""
    who = actor_of(actor)
    found = contacts.contacts(desk, who, company=step.text("company"), about_what=_about(step))
    return {"contacts": [_of_contact(one) for one in found]}


def verify_account(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Open the list of a new account."""
    command = new_accounts.OpenVerification(
        step.key, step.needed("customer"), step.text("tenure"), step.text("account"), step.text("address")
    )
    return _of_verification(desk, new_accounts.open_verification(desk, actor_of(actor), command).value)


def look_into(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Say what one thing of the list came to."""
    standing = step.text("standing")
    asked = new_accounts.Asked(
        step.text("company"),
        step.text("asked"),
        one_of(Channel, step.text("channel") or "phone", "channel"),
        step.text("reference"),
        one_of(Standing, standing, "standing") if standing else None,
        read_whole(step.data.get("months", 0), "months"),
    )
    met = step.flag("met") if "met" in step.data else None
    item = one_of(Item, step.needed("item"), "item")
    command = new_accounts.LookInto(step.key, step.needed("verification"), item, step.text("answer"), met, asked)
    return _of_verification(desk, new_accounts.look_into(desk, actor_of(actor), command).value)


def skip_item(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Leave one thing of the list out."""
    who, item = actor_of(actor), one_of(Item, step.needed("item"), "item")
    command = new_accounts.SkipItem(step.key, step.needed("verification"), item, step.text("reason"))
    done = approved(desk, step, "approved_by", lambda yes: new_accounts.skip_item(desk, who, command, yes))
    return _of_verification(desk, done.value)


def decide_account(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Decide a verification by the rule."""
    command = new_accounts.Decide(step.key, step.needed("verification"), step.text("account"))
    return _of_verification(desk, new_accounts.decide(desk, actor_of(actor), command).value)


def cancel_verification(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Call a verification off."""
    command = new_accounts.CancelVerification(step.key, step.needed("verification"), step.text("reason"))
    return _of_verification(desk, new_accounts.cancel_verification(desk, actor_of(actor), command).value)


def list_verifications(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """List verifications: of a customer, or all."""
    who = actor_of(actor)
    found = new_accounts.verifications(desk, who, step.text("customer"), open_only=step.flag("open"))
    return {"verifications": [_of_verification(desk, one) for one in found]}


def outbox(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Show what waits and hangs in the outbox; with ``all`` also what is done."""
    found = outbox_keeping.messages(desk, actor_of(actor), open_only=not step.flag("all"))
    return {
        "messages": [_of_mail(one) for one in found.messages],
        "waiting": found.waiting,
        "hanging": found.hanging,
        "why_not": found.why_not,
    }


def send_outbox(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Send what is due to a pretended mail server that says in turn what ``server`` lists; ``dies`` ends the program.

    A line is ``250 …`` (taken), ``4…`` (later), ``5…`` (refused), ``lost`` (the connection broke after the text).
    """
    who = actor_of(actor)
    who.require(Act.KEEP_OUTBOX)
    states: list[str] = []
    for outcome in [_pretended(str(one)) for one in step.list("server")]:
        sent = outbox_sending.begin_try(desk)
        if sent is None:
            break
        states.append("sending" if outcome is None else outbox_sending.end_try(desk, sent, outcome).value)
    return {"states": states}


def settle_message(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Send a message again, give it up, or write down that it arrived."""
    wish = one_of(Wish, step.needed("wish"), "wish")
    command = outbox_keeping.SettleMessage(step.key, step.needed("message"), wish, step.text("reason"))
    return _of_mail(outbox_keeping.settle_message(desk, actor_of(actor), command).value)


_TEXTS = ("send_to", "send_at", "territory", "hours", "memo", "premise_code")
_VERDICTS = {"2": Verdict.TAKEN, "4": Verdict.LATER, "5": Verdict.REFUSED}


def _pretended(answer: str) -> Outcome | None:
    if answer == "dies":
        return None
    if answer == "lost":
        return Outcome(Verdict.UNKNOWN, "The connection broke after the text was handed over.")
    verdict = _VERDICTS.get(answer[:1])
    if verdict is None:
        raise BadInput("A mail server says 250 …, 4…, 5…, lost, or dies.", field="server")
    return Outcome(verdict, answer)


def _about(step: Step) -> contacts.Subject:
    for kind in contacts.SUBJECTS:
        if step.text(kind):
            return kind, step.text(kind)
    return contacts.NOTHING


def _of_company(one: Company) -> dict[str, Any]:
    shown = {part.name: str(getattr(one.form, part.name)) for part in fields(one.form) if part.name != "active"}
    people = [
        {
            "n": person.n, "name": person.form.name, "channel": person.form.channel.value, "reach": person.form.reach,
            "purpose": person.form.purpose.value, "active": person.form.active,
        }
        for person in one.people
    ]  # fmt: skip
    return {"company": one.number, **shown, "active": one.form.active, "contacts": people}


def _of_contact(one: Contact) -> dict[str, Any]:
    return {
        "contact": one.number,
        "company": one.company,
        "asked": one.asked,
        "channel": one.channel.value,
        "direction": one.direction.value,
        "about": one.subject or None,
        "words": one.words,
        "reference": one.reference or None,
        "written_by": one.written_by,
    }


def _of_verification(desk: Desk, one: Verification) -> dict[str, Any]:
    return {
        "verification": one.number,
        "customer": one.customer,
        "account": one.account or None,
        "address": one.address,
        "state": one.state,
        "deposit": one.deposit or None,
        "amount": plain(one.deposit_amount),
        "rule": one.rule or None,
        "paid": plain(one.paid),
        "sentence": one.sentence(new_accounts.terms_of(desk)),
        "items": {item.item.value: item.state.value for item in one.items},
        "answers": {item.item.value: item.answer for item in one.items if item.answer},
    }


def _of_mail(one: Mail) -> dict[str, Any]:
    record = one.record
    return {
        "message": record.number,
        "message_id": record.message_id,
        "to": record.recipient,
        "title": record.title,
        "body": record.body,
        "about": record.subject or None,
        "state": record.state.value,
        "attempts": record.attempts,
        "hangs": one.hangs,
        "busy": one.busy,
        "wishes": [wish.value for wish in one.wishes],
        "answer": record.answer or None,
    }


STEPS: dict[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "company": company,
    "edit_company": edit_company,
    "company_contact": company_contact,
    "companies": list_companies,
    "contact": contact,
    "contacts": list_contacts,
    "verify_account": verify_account,
    "look_into": look_into,
    "skip_item": skip_item,
    "decide_account": decide_account,
    "cancel_verification": cancel_verification,
    "verifications": list_verifications,
    "outbox": outbox,
    "send_outbox": send_outbox,
    "settle_message": settle_message,
}
"""The steps of this module, by name."""
