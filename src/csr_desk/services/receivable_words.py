"""What entries about accounts and customers say, in words: bills, adjustments, collection, plans, deposits, holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from csr_desk.domain.ledger import EventKind
from csr_desk.domain.money import shown

Facts: TypeAlias = Mapping[str, Any]

_MOVES = {
    "reminder": "a reminder is sent",
    "notice": "the notice of cut-off is sent",
    "listed": "put on the cut-off list",
    "cut_off": "cut off",
    "restoring": "service is to be restored",
    "restored": "service is restored",
    "stopped": "collection ended",
}
_STOPS = {"new": "stops new sales", "all": "stops every sale", "release": "stops releases"}


def _money(cents: object) -> str:
    return shown(int(str(cents)))


def adjusted(facts: Facts) -> str:
    """Name an adjustment, its account and its amount, as people say it: below zero for the customer’s good."""
    if facts["change"] == "documents":
        return f"{facts['adjustment']}, {len(facts['documents'])} more files"
    said = f"{facts['adjustment']} of account {facts['account']}, {_money(facts['amount'])}"
    credit = int(facts.get("credit", 0))
    return f"{said}, {facts['change']}{f', {shown(credit)} to credit' if credit else ''}"


def _staged(facts: Facts) -> str:
    move = str(facts["move"])
    said = f"account {facts['account']}: {_MOVES.get(move, move.replace('_', ' '))}"
    late, fee = int(facts["late"]), int(facts["fee"])
    return f"{said}{f', {shown(late)} is late' if late else ''}{f', fee {shown(fee)}' if fee else ''}"


def _planned(facts: Facts) -> str:
    parts = facts["parts"]
    first = f"{len(parts)} instalment{'' if len(parts) == 1 else 's'} from {parts[0][1]}" if parts else "no instalments"
    said = f"{facts['plan']} of account {facts['account']}, {_money(facts['total'])}"
    return f"{said}: {_money(facts['down'])} down, {first}"


def _plan_ended(facts: Facts) -> str:
    left = int(facts["left"])
    how = "taken back, it runs again" if "takes_back" in facts else facts["state"]
    return f"{facts['plan']} of account {facts['account']}: {how}{f', {shown(left)} left' if left else ''}"


def _charged(facts: Facts) -> str:
    charges = facts["charges"]
    whole = sum(int(one["amount_minor"]) for one in charges)
    if len(charges) == 1:
        return f"{charges[0]['description']}, bill {charges[0]['bill']}, {shown(whole)}"
    return f"{len(charges)} bills, {shown(whole)}"


def _loaded(facts: Facts) -> str:
    rows = int(facts["rows"])
    return f"{facts['load']}, {rows} row{'' if rows == 1 else 's'}, {_money(facts['total'])}"


def _credited(facts: Facts) -> str:
    accounts = ", ".join(str(one).removeprefix("account:") for one in facts["about"])
    return f"of account {accounts}" if facts.get("bills") else f"of account {accounts}, taken back"


def _deposit(facts: Facts) -> str:
    said = f"{facts['deposit']} of account {facts['account']}, {_money(facts['amount'])}"
    applied, back = int(facts["applied_amount"]), int(facts.get("payables", 0))
    paid = f", {shown(applied)} applied to what was owed" if applied else ""
    return f"{said}{paid}{f', {shown(back)} goes back' if back else ''}"


def _held(facts: Facts) -> str:
    kind, _, number = str(facts["subject"]).partition(":")
    who = "an address" if kind == "site" else f"{kind} {number}"
    until = f" until {facts['expires_on']}" if facts["expires_on"] else ""
    return f"{facts['hold']} on {who}, {_STOPS[facts['stops']]}{until}"


def _told(facts: Facts) -> str:
    if facts["change"] != "told":
        return f"{facts['customer']}: {facts['change']}"
    return f"{facts['customer']}: {', '.join(map(str, facts['what']))}"


DETAILS: Mapping[EventKind, Callable[[Facts], str]] = {
    EventKind.ADJUSTMENT_REQUESTED: adjusted,
    EventKind.ADJUSTMENT_DECIDED: adjusted,
    EventKind.ADJUSTMENT_REVERSED: adjusted,
    EventKind.ACCOUNT_STAGED: _staged,
    EventKind.EXTENSION_GRANTED: lambda facts: f"account {facts['account']} has time until {facts['until']}",
    EventKind.PLAN_MADE: _planned,
    EventKind.PLAN_ENDED: _plan_ended,
    EventKind.BILL_CHARGED: _charged,
    EventKind.BILLS_LOADED: _loaded,
    EventKind.CREDIT_APPLIED: _credited,
    EventKind.GUARANTEE_ENDED: _deposit,
    EventKind.HOLD_PLACED: _held,
    EventKind.HOLD_LIFTED: lambda facts: str(facts["hold"]),
    EventKind.CUSTOMER_MERGED: lambda facts: f"{facts['merged']} into {facts['customer']}",
    EventKind.CUSTOMER_PARTED: lambda facts: f"{facts['merged']} from {facts['customer']}",
    EventKind.DISCLOSED: _told,
}
"""What stands behind the name of such a kind."""
