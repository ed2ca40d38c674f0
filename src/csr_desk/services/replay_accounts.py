"""The steps of the counter script that make what is owed: accounts and bills."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from csr_desk.domain.cart import CartLine
from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import plain
from csr_desk.domain.people import Actor
from csr_desk.services import accounts, replay_billing
from csr_desk.services.desk import Desk
from csr_desk.services.lines import read_amount, read_line
from csr_desk.services.replay_step import Step, actor_of

Result = Mapping[str, Any]


def account(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Add an account."""
    command = accounts.NewAccount(
        step.key,
        step.text("number"),
        step.needed("customer"),
        step.text("service"),
        step.text("department"),
        step.text("site"),
        step.text("rate_class"),
        step.text("meter_size"),
        step.date("opened_on"),
    )
    number = accounts.add_account(desk, actor_of(actor), command).value
    return {"account": number, "number": number}


def bill(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Bill an account."""
    items = tuple(_item(item) for item in step.list("items"))
    if not items and step.data.get("amount") is not None:
        items = (accounts.BillItem(None, step.text("description"), step.cents("amount")),)
    command = accounts.NewBill(
        step.key,
        step.needed("account"),
        items,
        step.date("due"),
        step.text("number"),
        step.date("issued"),
        step.date("from"),
        step.date("to"),
        step.text("usage"),
        replay_billing.read_rule(step),
    )
    billed = accounts.add_bill(desk, actor_of(actor), command).value
    return {"bill": billed.number, "number": billed.number, "account": billed.account, "amount": plain(billed.amount)}


def _item(data: object) -> accounts.BillItem:
    """Read an item of a bill: a line of the catalogue (at its price, or at an amount), or words and an amount."""
    if not isinstance(data, Mapping):
        raise BadInput("An item of a bill is an object.", field="items")
    amount = data.get("amount")
    cents = None if amount is None else read_amount(amount)
    words = str(data.get("description") or data.get("name") or "")
    if "item" not in data:
        return accounts.BillItem(None, words, cents)
    line = read_line({key: value for key, value in data.items() if key in {"item", "inputs", "quantity"}})
    if not isinstance(line, CartLine):
        raise BadInput("An item of a bill is an item of the catalogue.", field="items")
    return accounts.BillItem(line, words, cents)
