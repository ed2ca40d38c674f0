"""A new account looked into (F13): identity, lease or deed, what is owed here, the address, standing elsewhere.

Each thing is looked into or left out by two persons with a reason; what is owed and whether addresses agree the program
says itself. The deposit is waived or charged by the rule, never by a wish.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from csr_desk.data.models import account_verification
from csr_desk.data.queries import Connection, accounts, customers, told
from csr_desk.data.queries import verifications as rows
from csr_desk.domain import about
from csr_desk.domain.account_check import Item, State, Terms
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.company import Channel
from csr_desk.domain.errors import BadInput, Conflict, MissingInput, NotFound
from csr_desk.domain.masking import seen_by
from csr_desk.domain.new_account import Standing, Verification, address_state, standing_text
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.domain.steps import VERIFICATION
from csr_desk.domain.telling import Change, Value, first_key
from csr_desk.services import approvals, telling
from csr_desk.services import verification_rows as parts
from csr_desk.services.contacts import Said, contact_changes, read_said, refuse_untold
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words

TOPICS = frozenset({Topic.COMPANIES})
TENURES = ("owner", "tenant")


@dataclass(frozen=True, slots=True)
class OpenVerification:
    """Begin to look into a new account; without an address the one of the account."""

    key: str
    customer: str
    tenure: str
    account: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who at another utility was asked, how, and what they said."""

    company: str = ""
    asked: str = ""
    channel: Channel = Channel.PHONE
    reference: str = ""
    standing: Standing | None = None
    months: int = 0


NOBODY = Asked()


@dataclass(frozen=True, slots=True)
class LookInto:
    """Say what one thing came to.

    ``answer`` is what was shown or said; of the address it is the one on the papers. ``met`` is said of identity and
    tenure, and of addresses that cannot be read; ``asked`` of standing.
    """

    key: str
    verification: str
    item: Item
    answer: str = ""
    met: bool | None = None
    asked: Asked = NOBODY


@dataclass(frozen=True, slots=True)
class SkipItem:
    """Leave one thing out, with a reason."""

    key: str
    verification: str
    item: Item
    reason: str


@dataclass(frozen=True, slots=True)
class Decide:
    """Decide by the rule; ``account`` names the account that was opened meanwhile."""

    key: str
    verification: str
    account: str = ""


@dataclass(frozen=True, slots=True)
class CancelVerification:
    """Call it off: the customer went away."""

    key: str
    verification: str
    reason: str


def terms_of(desk: Desk) -> Terms:
    """Return the city's terms of a deposit."""
    policy = desk.policy
    return Terms(policy.deposit_owner, policy.deposit_tenant, policy.standing_months)


def verifications(desk: Desk, actor: Actor, customer: str = "", *, open_only: bool = False) -> tuple[Verification, ...]:
    """Return verifications, the newest first: of a customer, or all; raise NotFound."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        named = customers.same_person(work.conn, parts.customer_of(work.conn, customer)) if customer else ()
        return seen_by(actor.role, rows.verifications(work.conn, customers=named, open_only=open_only))


def verification_of(desk: Desk, actor: Actor, number: str) -> Verification:
    """Return a verification; raise NotFound."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        return seen_by(actor.role, parts.one(work.conn, number))


def of_account(desk: Desk, actor: Actor, account: str) -> Verification | None:
    """Return the newest verification of an account, or of its customer where none names it; raise NotFound."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        owner = _owner(work.conn, account)
        found = rows.verifications(work.conn, customers=customers.same_person(work.conn, owner))
    own = [one for one in found if one.account == account] or [one for one in found if not one.account]
    return seen_by(actor.role, own[0]) if own else None


def open_for_account(desk: Desk, actor: Actor, key: str, account: str, tenure: str) -> Done[Verification]:
    """Open the list of an account's customer at its address; raise what ``open_verification`` raises."""
    actor.require(Act.VERIFY_ACCOUNT)
    with desk.read() as work:
        owner = _owner(work.conn, account)
    return open_verification(desk, actor, OpenVerification(key, owner, tenure, account))


def open_verification(desk: Desk, actor: Actor, command: OpenVerification) -> Done[Verification]:
    """Open the list of a new account; what is owed here is looked into at once.

    Raises NotFound, MissingInput (no address), BadInput (somebody else's account), Conflict (one is open already).
    """
    actor.require(Act.VERIFY_ACCOUNT)
    content = content_of(desk, actor.user, command)
    if command.tenure not in TENURES:
        raise BadInput("Somebody is the owner or a tenant.", field="tenure")
    address = plain_words(command.address, "address", 200)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(
                parts.one(work.conn, str(first_key(earlier.facts, account_verification.name)[0])), replayed=True
            )
        customer = parts.customer_of(work.conn, command.customer)
        account = parts.account_of(work.conn, command.account, customer)
        address = address or accounts.site_of(work.conn, account)
        if not address:
            raise MissingInput("Key the address where service is wanted.", field="address")
        for other in rows.verifications(work.conn, customers=[customer], open_only=True):
            if other.address == address:
                raise Conflict(f"{other.number} looks into this already.")
        number, counted = telling.next_number(work.conn, desk, "verification", desk.today().year)
        values: dict[str, Value] = {
            "customer_id": customer, "account_no": account or None, "tenure": command.tenure, "state": "open",
            "opened_on": desk.today().isoformat(), "opened_by": actor.user,
        }  # fmt: skip
        changes = [counted, told.added(account_verification, (number,), values, {"address": address})]
        owed = {Item.PRIOR_BALANCE: parts.balance(work.conn, customer)}
        changes += [parts.item_added(number, item, (desk, actor), owed.get(item)) for item in Item]
        draft = parts.opened(parts.draft_of((command.key, content), desk, actor))
        parts.write(work, desk, draft, changes, (number, customer, account))
        done = parts.one(work.conn, number)
    return Done(done, TOPICS)


def look_into(desk: Desk, actor: Actor, command: LookInto) -> Done[Verification]:
    """Write down what one thing came to; who was asked about standing is logged as a contact with that company.

    Raises NotFound, WrongState (decided already), MissingInput and BadInput with the field, Ineligible (the company
    left the directory).
    """
    actor.require(Act.VERIFY_ACCOUNT)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(parts.one(work.conn, command.verification), replayed=True)
        found = parts.one(work.conn, command.verification)
        VERIFICATION.after("look", found.state)
        values, words, more = _looked(work.conn, desk, actor, (found, command))
        changes = [parts.item_changed(work.conn, desk, actor, (found, command.item), (values, words)), *more]
        draft = parts.draft_of((command.key, content), desk, actor)
        company = values.get("company_id")
        parts.write(work, desk, draft, changes, _named(found), [about.company(str(company))] if company else [])
        done = parts.one(work.conn, found.number)
    return Done(done, TOPICS)


def skip_item(desk: Desk, actor: Actor, command: SkipItem, approval: Approval | None = None) -> Done[Verification]:
    """Leave one thing of the list out; a second person signs for it.

    Raises NotFound, WrongState, MissingInput (no reason), ApprovalNeeded, SelfApproval.
    """
    actor.require(Act.SKIP_VERIFICATION)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason", 200)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(parts.one(work.conn, command.verification), replayed=True)
        found = parts.one(work.conn, command.verification)
        VERIFICATION.after("look", found.state)
        if not reason:
            raise MissingInput("Say why this is not looked into.", field="reason")
        subject = f"{found.number}/{command.item.value}"
        yes = approvals.require(desk, approval, actor, (Act.SKIP_VERIFICATION, subject, 0))
        values: dict[str, Value] = {"state": State.SKIPPED.value, "company_id": None, "channel": None, "standing": None}
        words: dict[str, str | None] = {"answer": reason, "asked": None, "reference": None}
        change = parts.item_changed(work.conn, desk, actor, (found, command.item), (values, words))
        draft = replace(parts.draft_of((command.key, content), desk, actor), approver=yes.signer)
        written = parts.write(work, desk, draft, [change], _named(found))
        approvals.use(work, yes, actor, written)
        done = parts.one(work.conn, found.number)
    return Done(done, TOPICS)


def decide(desk: Desk, actor: Actor, command: Decide) -> Done[Verification]:
    """Decide a verification by the rule: verified with the deposit waived or charged, or refused.

    Raises NotFound, WrongState, Ineligible (something was not looked into), Conflict (what is owed here changed),
    BadInput (somebody else's account).
    """
    actor.require(Act.VERIFY_ACCOUNT)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(parts.one(work.conn, command.verification), replayed=True)
        found = parts.one(work.conn, command.verification)
        VERIFICATION.after("look", found.state)
        ruled = found.outlook(terms_of(desk))
        seen = found.item(Item.PRIOR_BALANCE).state
        if seen is not State.SKIPPED and parts.balance(work.conn, found.customer)[0] is not seen:
            raise Conflict("What is owed here changed in the meantime. Look into it again.")
        account = parts.account_of(work.conn, command.account, found.customer)
        step = "verify" if ruled.verified else "refuse"
        values: dict[str, Value] = {
            "state": VERIFICATION.after(step, found.state), "rule": ruled.rule, "decided_on": desk.today().isoformat(),
        }  # fmt: skip
        if ruled.verified:
            values |= {"deposit": "waived" if ruled.waived else "charged", "deposit_minor": ruled.deposit}
        if account and account != found.account:
            values["account_no"] = account
        change = parts.changed(work.conn, found, values)
        named = (found.number, found.customer, account or found.account)
        parts.write(work, desk, parts.draft_of((command.key, content), desk, actor), [change], named)
        done = parts.one(work.conn, found.number)
    return Done(done, TOPICS)


def cancel_verification(desk: Desk, actor: Actor, command: CancelVerification) -> Done[Verification]:
    """Call a verification off; raise NotFound, WrongState, MissingInput (no reason)."""
    actor.require(Act.VERIFY_ACCOUNT)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason", 200)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(parts.one(work.conn, command.verification), replayed=True)
        found = parts.one(work.conn, command.verification)
        state = VERIFICATION.after("cancel", found.state)
        if not reason:
            raise MissingInput("Say why it is called off.", field="reason")
        change = parts.changed(work.conn, found, {"state": state, "decided_on": desk.today().isoformat()})
        draft = replace(parts.draft_of((command.key, content), desk, actor), notes={"reason": reason})
        parts.write(work, desk, draft, [change], _named(found))
        done = parts.one(work.conn, found.number)
    return Done(done, TOPICS)


def _owner(conn: Connection, account: str) -> str:
    owner = accounts.owner_of(conn, account)
    if owner is None:
        raise NotFound(f"There is no account “{account[:40]}”.", field="account")
    return customers.root_of(conn, owner)


def _named(found: Verification) -> tuple[str, str, str]:
    return found.number, found.customer, found.account


def _looked(
    conn: Connection, desk: Desk, actor: Actor, what: tuple[Verification, LookInto]
) -> tuple[dict[str, Value], dict[str, str | None], list[Change]]:
    """Say what one thing comes to: its columns, its words, and the contact that goes with it."""
    found, command = what
    answer = plain_words(command.answer, "answer", 300)
    if command.item is Item.PRIOR_BALANCE:
        state, said = parts.balance(conn, found.customer)
        return {"state": state.value}, {"answer": said}, []
    if not answer:
        raise MissingInput(_ASK[command.item], field="answer")
    if command.item is Item.STANDING:
        return _standing(conn, desk, actor, (found, command.asked, answer))
    if command.item is Item.ADDRESS:
        state = address_state(found.address, answer, command.met)
    elif command.met is None:
        raise MissingInput("Say whether what was shown is enough.", field="met")
    else:
        state = State.MET if command.met else State.NOT_MET
    return {"state": state.value}, {"answer": answer}, []


_ASK = {
    Item.IDENTITY: "Key what was shown, like “Texas driver license”. Never key its number.",
    Item.TENURE: "Key what was shown: the lease and its last day, the deed, or the closing paper.",
    Item.ADDRESS: "Key the address as it stands on the papers.",
    Item.STANDING: "Key what the other utility said.",
}


def _standing(
    conn: Connection, desk: Desk, actor: Actor, what: tuple[Verification, Asked, str]
) -> tuple[dict[str, Value], dict[str, str | None], list[Change]]:
    """Say what another utility's answer comes to, and log who was asked."""
    found, asked, answer = what
    if asked.standing is None:
        raise MissingInput(
            "Say what standing they are in: good, late, owes, unknown, no_answer, none.", field="standing"
        )
    state = State.MET if asked.standing is Standing.GOOD else State.NOT_MET
    code = standing_text(asked.standing, asked.months)
    if asked.standing is Standing.NONE:
        empty: dict[str, Value] = {"state": state.value, "standing": code, "company_id": None, "channel": None}
        return empty, {"answer": answer, "asked": None, "reference": None}, []
    if not asked.company:
        raise MissingInput("Choose the utility that was asked.", field="company")
    refuse_untold(conn, desk, actor, found.customer)
    said = read_said(Said(asked.company, asked.asked, asked.channel, answer, asked.reference))
    _, contact = contact_changes(conn, desk, actor, said, about.verification(found.number))
    company = str(contact[-1].values["company_id"])
    values: dict[str, Value] = {
        "state": state.value, "standing": code, "company_id": company, "channel": said.channel.value,
    }  # fmt: skip
    return values, {"answer": answer, "asked": said.asked, "reference": said.reference or None}, contact
