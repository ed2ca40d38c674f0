"""The steps of the counter script about payments on account: coupons, credit, what an account still owes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from csr_desk.domain.cart import OpenAmount, PricedBefore
from csr_desk.domain.money import plain
from csr_desk.domain.people import Actor
from csr_desk.services import account_credit, owing, replay_results
from csr_desk.services.desk import Desk
from csr_desk.services.replay_step import Step, actor_of

Result = Mapping[str, Any]


def scan(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Look up what a scanned coupon, an account or a bill asks for; nothing is recorded."""
    found = owing.look_up(desk, actor_of(actor), step.needed("line"))
    return {
        found.line.kind: found.line.number,
        "account": found.account,
        "customer": found.customer,
        "due": plain(found.due),
        "amount": plain(found.amount),
        "credit": plain(found.credit),
        "bills": [
            {"bill": one.reference, "amount": plain(one.amount)} for one in found.amounts if isinstance(one, OpenAmount)
        ],
        "orders": [
            {"order": one.order, "amount": plain(one.total)} for one in found.amounts if isinstance(one, PricedBefore)
        ],
        "warnings": list(found.warnings),
    }


def open_debts(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """List what an account owes in the order in which a payment covers it."""
    found = owing.open_debts(desk, actor_of(actor), step.needed("account"))
    return {
        "account": step.needed("account"),
        "debts": [
            {
                "bill": one.bill,
                "item": one.item,
                "name": one.name,
                "due": one.due.isoformat() if one.due else None,
                "late": one.late,
                "amount": plain(one.amount),
                "open": plain(one.open),
            }
            for one in found
        ],
        "total": plain(sum(one.open for one in found)),
    }


def use_credit(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Use an account's credit for its bills."""
    amount = None if step.data.get("amount") is None else step.cents("amount")
    command = account_credit.UseCredit(step.key, step.needed("account"), amount, step.text("bill"))
    return _of_moved(account_credit.use_credit(desk, actor_of(actor), command).value)


def undo_credit(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Take an application of credit back."""
    command = account_credit.UndoCredit(step.key, step.needed("entry"), step.text("reason"))
    return _of_moved(account_credit.undo_credit(desk, actor_of(actor), command).value)


def free_overpaid(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Put what a bill was paid too much to its account's credit."""
    command = account_credit.FreeOverpaid(step.key, step.needed("bill"))
    return _of_moved(account_credit.free_overpaid(desk, actor_of(actor), command).value)


def unapplied(desk: Desk, actor: Actor | None, _step: Step) -> Result:
    """List the money that no bill has taken yet."""
    found = account_credit.unapplied(desk, actor_of(actor))
    return {
        "rows": [
            {
                "account": one.account,
                "customer": one.customer,
                "amount": plain(one.amount),
                "since": one.since.isoformat() if one.since else None,
                "receipts": list(one.sources),
                **({"bill": one.bill} if one.bill else {}),
            }
            for one in found
        ],
        "total": plain(sum(one.amount for one in found)),
    }


def _of_moved(done: account_credit.CreditMoved) -> dict[str, Any]:
    return {
        "entry": done.entry,
        "account": done.account,
        "amount": plain(done.amount),
        "lines": replay_results.of_lines(done.lines),
        "postings": replay_results.of_postings(done.postings),
        "owed": plain(done.owed),
        "credit": plain(done.left),
    }


STEPS = {
    "scan": scan,
    "open_debts": open_debts,
    "use_credit": use_credit,
    "undo_credit": undo_credit,
    "free_overpaid": free_overpaid,
    "unapplied": unapplied,
}
