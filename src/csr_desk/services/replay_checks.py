"""The steps of the counter script about checks: what the bank sent back, its notice, and the list of accounts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from csr_desk.domain.money import plain
from csr_desk.domain.people import Actor
from csr_desk.domain.returned import ListedCheck, ReturnedItem
from csr_desk.services import check_list, notices, replay_results, returned_items
from csr_desk.services.desk import Desk
from csr_desk.services.lines import read_whole
from csr_desk.services.replay_step import Step, actor_of

Result = Mapping[str, Any]


def returned_item(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Book what the bank sent back."""
    number = read_whole(step.data.get("tender", 1), "tender")
    command = returned_items.ReturnItem(
        step.key,
        step.needed("receipt"),
        number,
        step.text("bank_reason"),
        step.text("name"),
        step.text("address"),
    )
    done = returned_items.returned_item(desk, actor_of(actor), command).value
    return {
        "receipt": done.receipt,
        "receivable": plain(done.amount + done.fee),
        "returned": plain(done.amount),
        "fee": plain(done.fee),
        "item": done.item or None,
        "bill": done.bill or None,
        "account": done.account or None,
        "listed": done.listed or None,
        "letter_due": done.letter_due,
        "postings": replay_results.of_postings(done.postings),
    }


def mail_notice(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Note that the letter of a returned check was mailed or received."""
    command = notices.MailNotice(
        step.key,
        step.needed("item"),
        step.text("mail_number"),
        step.date("mailed_on"),
        step.date("received_on"),
    )
    return _of_item(notices.mail_notice(desk, actor_of(actor), command).value, desk.today())


def returned_list(desk: Desk, actor: Actor | None, _step: Step) -> Result:
    """List what came back, with its clock."""
    items = returned_items.returned_items(desk, actor_of(actor))
    return {"items": [_of_item(item, desk.today()) for item in items]}


def referral(desk: Desk, actor: Actor | None, _step: Step) -> Result:
    """List what goes to the county attorney."""
    packet = returned_items.referral(desk, actor_of(actor))
    items = [_of_item(item, packet.made_on) for item in packet.items]
    return {"made_on": packet.made_on.isoformat(), "items": items, "total": plain(packet.total)}


def list_check(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Put a bank account on the returned-check list."""
    command = check_list.ListCheck(
        step.key,
        step.text("reason"),
        step.text("words"),
        step.text("routing"),
        step.text("account"),
        step.text("receipt"),
        read_whole(step.data.get("tender", 1), "tender"),
    )
    return _of_listed(check_list.list_check(desk, actor_of(actor), command).value)


def clear_check(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Take a bank account off the list."""
    command = check_list.ClearCheck(step.key, step.needed("list"), step.text("words"))
    return _of_listed(check_list.clear_check(desk, actor_of(actor), command).value)


def checks_listed(desk: Desk, actor: Actor | None, _step: Step) -> Result:
    """Give the returned-check list."""
    return {"listed": [_of_listed(line) for line in check_list.checks_listed(desk, actor_of(actor))]}


def _of_item(item: ReturnedItem, today: date) -> dict[str, Any]:
    return {
        "item": item.item,
        "receipt": item.receipt,
        "kind": item.kind,
        "number": item.number or None,
        "name": item.name,
        "amount": plain(item.amount),
        "fee": plain(item.fee),
        "owed": plain(item.owed),
        "bill": item.bill,
        "account": item.account,
        "state": item.state(today).value,
        "mail_number": item.mail_number or None,
        "mailed_on": _text(item.mailed_on),
        "received_on": _text(item.received_on),
        "pay_by": _text(item.pay_by),
    }


def _of_listed(line: ListedCheck) -> dict[str, Any]:
    return {
        "list": line.list_id,
        "account": line.account_masked,
        "reason": line.reason,
        "listed_on": line.listed_on.isoformat(),
        "cleared_on": _text(line.cleared_on),
    }


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


STEPS: dict[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "returned_item": returned_item,
    "mail_notice": mail_notice,
    "returned_items": returned_list,
    "referral": referral,
    "list_check": list_check,
    "clear_check": clear_check,
    "check_list": checks_listed,
}
"""The steps of this module, by name."""
