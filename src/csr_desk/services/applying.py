"""What an entry does to bills and accounts: one way for payments, voids, refunds and credit that is used.

A line that names a bill changes what is paid on it; a line that names an account changes what stands to its credit; a
tender on account takes from that credit. All are signed, so what takes an entry back undoes it by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from csr_desk.data.queries import Connection, accounts, payments
from csr_desk.domain import about
from csr_desk.domain.errors import Ineligible, NotFound, TenderRefused
from csr_desk.domain.ledger import EntryDraft, EventKey, LineRow, TenderRow
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.permits import read_due
from csr_desk.domain.receivable.application import credited
from csr_desk.domain.receivable.guarantee import guaranteed
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import bills, guarantee_lines
from csr_desk.services.bills import Owed
from csr_desk.services.line_notes import order_notes

AFTER = "after"
"""The fact that says how accounts stand after a payment: what is owed and what is to their credit (cents)."""
_USED = TenderKind.ON_ACCOUNT.value


def told_about(conn: Connection, draft: EntryDraft) -> EntryDraft:
    """Add to an entry which accounts it is about, where its lines or tenders concern any, beside its customer."""
    before = draft.facts.get(about.ABOUT, [])
    named = [about.account(account) for account in accounts_of(conn, draft.lines, draft.tenders)]
    subjects = sorted({*(before if isinstance(before, list) else ()), *named})
    return replace(draft, facts={**draft.facts, about.ABOUT: subjects}) if subjects else draft


def facts_about(customer: str) -> dict[str, object]:
    """Say as a fact whose sale it is, where the city knows them: it is found on their time line."""
    return {about.ABOUT: [about.customer(customer)]} if customer else {}


def about_customer_of(facts: Mapping[str, Any]) -> dict[str, object]:
    """Say as a fact whose sale an entry takes back, as that sale said it."""
    whose = [subject for subject in facts.get(about.ABOUT, ()) if subject.startswith(about.customer(""))]
    return {about.ABOUT: whose} if whose else {}


def post(conn: Connection, key: EventKey, draft: EntryDraft) -> None:
    """Change what is paid and what is to credit as a written entry says, and note the entry by its accounts.

    Raises Ineligible where it would take more credit than there is.
    """
    keep(conn, draft.lines, draft.tenders)
    note(conn, key, draft)


def keep(conn: Connection, lines: Sequence[LineRow], tenders: Sequence[TenderRow] = ()) -> None:
    """Change what is paid and what is to credit; ``note`` follows when the entry is written.

    Money is put to credit before any is taken from there, so that one entry may do both.
    """
    moves: Counter[str] = Counter()
    for line in lines:
        if account := credited(line.reference):
            moves[account] += line.amount
        elif line.reference and not guaranteed(line.reference) and read_due(line.reference) is None:
            accounts.add_paid(conn, line.reference, line.amount)
    for row in tenders:
        if row.kind == _USED and row.document:
            moves[row.document] -= row.amount
    for account, cents in sorted(moves.items()):
        left = payments.add_credit(conn, account, cents)
        if left < 0:
            raise Ineligible(_spent(account, left - cents))


def note(conn: Connection, key: EventKey, draft: EntryDraft) -> None:
    """Note an entry as one that says something about its accounts."""
    told = draft.facts.get(about.ABOUT)
    payments.note_about(conn, key, told if isinstance(told, list) else ())
    guarantee_lines.follow(conn, key, draft)


def accounts_of(conn: Connection, lines: Iterable[LineRow], tenders: Iterable[TenderRow] = ()) -> frozenset[str]:
    """Return the accounts whose bills lines pay, or whose credit lines or tenders change."""
    found = {
        credited(line.reference) or guaranteed(line.reference) or payments.account_of_bill(conn, line.reference)
        for line in lines
        if line.reference
    }
    found |= {row.document for row in tenders if row.kind == _USED}
    return frozenset(account for account in found if account)


def refuse_spent(conn: Connection, lines: Iterable[LineRow]) -> None:
    """Raise Ineligible where lines (as they take something back) want more credit than an account still has."""
    wanted: Counter[str] = Counter()
    for line in lines:
        if account := credited(line.reference):
            wanted[account] -= line.amount
    for account, cents in sorted(wanted.items()):
        there = payments.credit_of(conn, account) or 0
        if cents > there:
            raise Ineligible(_spent(account, there))


def _spent(account: str, there: Cents) -> str:
    return (
        f"Only {shown(there)} stands to the credit of account {account}: the rest of what was paid ahead has been "
        "used since. Take back first what used it."
    )


def credit_accounts(tenders: Iterable[Tender]) -> frozenset[str]:
    """Return the accounts from whose credit tenders say that they pay."""
    named = (tender.account or tender.document for tender in tenders if tender.kind is TenderKind.ON_ACCOUNT)
    return frozenset(name for name in named if name)


def pays_by_credit(tenders: Iterable[Tender]) -> bool:
    """Say whether something is paid on account, from whatever account's credit."""
    return any(tender.kind is TenderKind.ON_ACCOUNT for tender in tenders)


def named_tenders(conn: Connection, tenders: Sequence[Tender], owed: Sequence[Owed]) -> tuple[Tender, ...]:
    """Say from which account's credit a tender on account pays: the one it names, else the one account of the cart.

    Raises NotFound, TenderRefused (there is not so much, or nothing says whose credit pays).
    """
    on_account = [tender for tender in tenders if tender.kind is TenderKind.ON_ACCOUNT]
    if not on_account:
        return tuple(tenders)
    mine = {one.account for one in owed}
    alone = next(iter(mine)) if len(mine) == 1 else ""
    named = [replace(tender, document=tender.account or tender.document or alone, account="") for tender in on_account]
    if any(not tender.document for tender in named):
        raise TenderRefused("Say from which account’s credit it is paid.", field="tenders")
    for account in sorted({tender.document for tender in named}):
        there = payments.credit_of(conn, account)
        if there is None:
            raise NotFound(f"There is no account “{account[:40]}”.", field="tenders")
        asked = sum(tender.amount or 0 for tender in named if tender.document == account)
        if not there or asked > there:
            said = f"{shown(there)} stands" if there else "Nothing stands"
            raise TenderRefused(f"{said} to the credit of account {account}. Take another tender.", field="tenders")
    waiting = iter(named)
    return tuple(next(waiting) if tender.kind is TenderKind.ON_ACCOUNT else tender for tender in tenders)


def refuse_overdrawn(conn: Connection, tenders: Sequence[TenderRow]) -> None:
    """Raise TenderRefused where settled tenders on account take more than stands to an account's credit."""
    used: Counter[str] = Counter()
    for row in tenders:
        if row.kind == _USED and row.document:
            used[row.document] += row.amount
    for account, cents in sorted(used.items()):
        there = payments.credit_of(conn, account) or 0
        if cents > there:
            raise TenderRefused(
                f"{shown(there)} stands to the credit of account {account}, {shown(cents)} would be taken from it.",
                field="tenders",
            )


def with_accounts(conn: Connection, draft: EntryDraft, owed: Sequence[Owed]) -> EntryDraft:
    """Add to an entry what it pays: the bills as they are, their items, how the accounts stand after it.

    Why a person put a payment on other debts than the rule would is a text beside it.
    """
    numbers = bills.numbers_of(draft.lines)
    after = standing(conn, owed, draft.lines, draft.tenders)
    facts = {**draft.facts, **bills.facts_of(owed, numbers), **after}
    notes = {**draft.notes, **order_notes(bills.by_hand_of(owed, numbers))}
    return told_about(conn, replace(draft, facts=facts, notes=notes))


def standing(
    conn: Connection, owed: Sequence[Owed], lines: Iterable[LineRow], tenders: Iterable[TenderRow] = ()
) -> dict[str, object]:
    """Say as a fact how the accounts of an entry stand after it: ``{account: [owed, credit]}``."""
    after = {one.account: [payments.open_of(conn, one.account), 0] for one in owed}
    home = {record.bill: record.account for one in owed for record in one.bills}
    credit: Counter[str] = Counter()
    for line in lines:
        if account := credited(line.reference):
            credit[account] += line.amount
        elif line.reference in home:
            after[home[line.reference]][0] -= line.amount
    for row in tenders:
        if row.kind == _USED and row.document:
            credit[row.document] -= row.amount
    for account, figures in after.items():
        figures[1] = (payments.credit_of(conn, account) or 0) + credit[account]
    return {AFTER: after} if after else {}
