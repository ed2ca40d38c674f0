"""What an act of a verification tells: its rows, what each thing comes to, and the entry they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from csr_desk.data.models import account_verification, verification_item
from csr_desk.data.queries import Connection, accounts, customers, owing, told
from csr_desk.data.queries import verifications as rows
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about, numbering
from csr_desk.domain.account_check import Item, State
from csr_desk.domain.errors import BadInput, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKind, Written
from csr_desk.domain.new_account import Verification, balance_of
from csr_desk.domain.people import Actor
from csr_desk.domain.telling import Change, Value
from csr_desk.services import telling
from csr_desk.services.desk import Desk


def one(conn: Connection, typed: str) -> Verification:
    """Return a verification by its number as keyed; raise NotFound, or BadInput (a wrong figure)."""
    read = numbering.read_number(numbering.FIXED["verification"], typed)
    found = rows.one_verification(conn, typed.strip() if read is None else read.number)
    if found is None:
        raise NotFound(f"There is no verification “{typed[:40]}”.", field="verification")
    return found


def customer_of(conn: Connection, number: str) -> str:
    """Return the record that stands for a customer; raise NotFound."""
    if not accounts.has_customer(conn, number):
        raise NotFound(f"There is no customer “{number[:40]}”.", field="customer")
    return customers.root_of(conn, number)


def account_of(conn: Connection, number: str, customer: str) -> str:
    """Return an account of just this customer, or nothing for nothing; raise NotFound, BadInput (somebody else's)."""
    if not number:
        return ""
    owner = accounts.owner_of(conn, number)
    if owner is None:
        raise NotFound(f"There is no account “{number[:40]}”.", field="account")
    if customers.root_of(conn, owner) != customer:
        raise BadInput(f"Account {number} is in somebody else's name.", field="account")
    return number


def balance(conn: Connection, customer: str) -> tuple[State, str]:
    """Say what somebody's balance here comes to, over all records that were joined."""
    owed = owing.owed_by(conn, customers.same_person(conn, customer)).values()
    return balance_of(sum(one.owed for one in owed), sum(one.accounts for one in owed))


def item_added(number: str, item: Item, who: tuple[Desk, Actor], looked: tuple[State, str] | None = None) -> Change:
    """Tell a thing of a new list; what is owed here is looked into at once."""
    desk, actor = who
    values: dict[str, Value] = {"state": State.OPEN.value}
    words: dict[str, str | None] = {}
    if looked is not None:
        values = {"state": looked[0].value, "at": desk.now_text(), "checked_by": actor.user}
        words = {"answer": looked[1]}
    return told.added(verification_item, (number, item.value), values, words)


def item_changed(
    conn: Connection, desk: Desk, actor: Actor, which: tuple[Verification, Item],
    new: tuple[dict[str, Value], dict[str, str | None]],
) -> Change:  # fmt: skip
    """Tell what one thing came to, by whom and when."""
    found, item = which
    row = told.record(conn, verification_item, found.number, item.value, lock=True)
    if row is None:
        raise AssertionError(found.number)
    values = {**new[0], "at": desk.now_text(), "checked_by": actor.user}
    return told.changed(verification_item, row, values, new[1])


def changed(conn: Connection, found: Verification, values: dict[str, Value]) -> Change:
    """Tell what is new of the verification itself."""
    row = told.record(conn, account_verification, found.number, lock=True)
    if row is None:
        raise AssertionError(found.number)
    return told.changed(account_verification, row, values)


def draft_of(command: tuple[str, str], desk: Desk, actor: Actor) -> EntryDraft:
    """Lay out the entry of an act; ``command`` is its key and its fingerprint."""
    key, content = command
    return EntryDraft(
        series=desk.office_series, kind=EventKind.VERIFICATION_CHANGED, business_date=desk.today(), actor=actor.user,
        idem_key=key, content_hash=content,
    )  # fmt: skip


def write(
    work: Work, desk: Desk, draft: EntryDraft, changes: Sequence[Change], found: tuple[str, str, str],
    more: Sequence[str] = (),
) -> Written:  # fmt: skip
    """Write the entry; ``found`` is the verification, its customer and its account, all of which it is about."""
    number, customer, account = found
    subjects = [about.verification(number), about.customer(customer), *more]
    if account:
        subjects.append(about.account(account))
    return telling.tell(work, desk, draft, changes, subjects)


def opened(draft: EntryDraft) -> EntryDraft:
    """Make an entry the one that opens a verification."""
    return replace(draft, kind=EventKind.VERIFICATION_OPENED)
