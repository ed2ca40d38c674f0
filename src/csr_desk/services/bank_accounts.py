"""Bank accounts as the office keeps them: the last marks to read, a keyed hash to recognize, never the number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from csr_desk.domain import chain
from csr_desk.domain.checks import masked, plain_account, recognizable
from csr_desk.domain.tender import BANK_PAID, Tender
from csr_desk.services.desk import Desk


def account_hash(desk: Desk, routing: str, account: str) -> str:
    """Return the keyed hash of a bank account; empty where routing and account do not name one for sure."""
    if not recognizable(routing, account):
        return ""
    return chain.account_hash(desk.store.key, routing, plain_account(account))


def sealed(desk: Desk, tender: Tender) -> Tender:
    """Return a tender without its account number: the last marks and the hash stand for it. Sealing twice is once."""
    if tender.kind not in BANK_PAID or not tender.account or tender.account_hash:
        return tender
    known = account_hash(desk, tender.routing, tender.account)
    return replace(tender, account=masked(tender.account), account_hash=known)


def all_sealed(desk: Desk, tenders: Iterable[Tender]) -> tuple[Tender, ...]:
    """Seal every tender of a cart, before it is written, hashed or compared."""
    return tuple(sealed(desk, tender) for tender in tenders)
