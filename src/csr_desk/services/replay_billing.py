"""The steps of the counter script about bills: services by the catalogue, penalties, balance at a date, statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from csr_desk.domain.errors import BadInput, MissingInput
from csr_desk.domain.money import Cents, plain
from csr_desk.domain.people import Actor
from csr_desk.domain.pricing import read_number
from csr_desk.domain.receivable.ageing import Aged
from csr_desk.domain.receivable.penalty import PenaltyRule
from csr_desk.domain.receivable.statement import StatedBill
from csr_desk.services import penalties, service_bills, statements
from csr_desk.services.desk import Desk
from csr_desk.services.lines import read_amount, read_whole
from csr_desk.services.replay_step import Step, actor_of

Result = Mapping[str, Any]

_RULE = frozenset({"percent", "least", "after_days", "every_days", "most", "steps", "months"})


def read_rule(step: Step) -> PenaltyRule | None:
    """Read what lateness costs, or None where the city's own rule holds; raise BadInput."""
    data = step.data.get("penalty")
    if data is None:
        return None
    if not isinstance(data, Mapping) or not set(data) <= _RULE:
        raise BadInput(f"“penalty” is an object of: {', '.join(sorted(_RULE))}.", field="penalty")
    steps = data.get("steps", [])
    if not isinstance(steps, list):
        raise BadInput("“steps” is a list of amounts.", field="penalty")
    usual = PenaltyRule()

    def whole(name: str) -> int:
        return read_whole(data.get(name, getattr(usual, name)), "penalty")

    return PenaltyRule(
        percent=read_number(str(data.get("percent", "0")), field="penalty"),
        least=read_amount(data.get("least", "0.00"), "penalty"),
        after_days=whole("after_days"),
        every_days=whole("every_days"),
        most=whole("most"),
        steps=tuple(read_amount(amount, "penalty") for amount in steps),
        months=whole("months"),
    )


def service_bill(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Work out a service bill by the catalogue and record it."""
    first, last = step.date("from"), step.date("to")
    if first is None or last is None:
        raise MissingInput("The step needs “from” and “to”: the service period.", field="from")
    inputs = step.data.get("inputs") or {}
    if not isinstance(inputs, Mapping):
        raise BadInput("“inputs” is an object.", field="inputs")
    usage = step.text("usage")
    command = service_bills.ServiceBill(
        step.key,
        step.needed("account"),
        first,
        last,
        tuple(str(code) for code in step.list("items")),
        {str(name): str(value) for name, value in inputs.items()},
        read_number(usage, field="usage") if usage else None,
        due=step.date("due"),
        issued=step.date("issued"),
        number=step.text("number"),
        penalty=read_rule(step),
    )
    done = service_bills.bill_service(desk, actor_of(actor), command).value
    _, story = statements.story_of(desk, actor_of(actor), command.account)
    made = next(bill for bill in story.bills if bill.number == done.number)
    return {
        "bill": done.number, "number": done.number, "account": done.account, "amount": plain(done.amount),
        **_bill_data(made),
    }  # fmt: skip


def _bill_data(bill: StatedBill) -> dict[str, Any]:
    return {
        "items": [{"description": item.words, "amount": plain(item.amount)} for item in bill.items],
        "due": bill.due and bill.due.isoformat(),
        "issued": bill.issued and bill.issued.isoformat(),
        "usage": bill.usage,
    }


def charge_penalties(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Charge what lateness costs by a day."""
    named = tuple(str(number) for number in step.list("accounts"))
    command = penalties.ChargePenalties(step.key, step.date("on"), named)
    done = penalties.charge_penalties(desk, actor_of(actor), command).value
    rows = [
        {
            "bill": charge.bill, "account": charge.account, "amount": plain(charge.item.amount),
            "explain": list(charge.item.explain),
        }
        for charge in done.charges
    ]  # fmt: skip
    alone = [{"bill": one.bill, "account": one.account, "because": one.because} for one in done.left_alone]
    return {
        "on": done.on.isoformat(), "charged": len(rows), "total": plain(done.total), "charges": rows,
        "left_alone": alone,
    }  # fmt: skip


def _aged(aged: Aged) -> dict[str, str]:
    names = ("current", "over_30", "over_60", "over_90")
    return {**dict(zip(names, map(plain, aged.columns), strict=True)), "total": plain(aged.total)}


def _open(bills: Sequence[tuple[StatedBill, Cents]]) -> list[dict[str, Any]]:
    return [
        {"bill": bill.number, "open": plain(cents), "due": bill.due and bill.due.isoformat()} for bill, cents in bills
    ]


def balance(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give what an account owed at the end of a date, and how old it was."""
    found = statements.balance_at(desk, actor_of(actor), step.needed("account"), step.date("on"))
    return {
        "account": found.head.account,
        "on": found.on.isoformat(),
        "balance": plain(found.balance),
        "ageing": _aged(found.aged),
        "bills": _open(found.open_bills),
    }


def statement(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give the statement of an account as data."""
    last = step.date("to") or desk.today()
    first = step.date("from") or last.replace(day=1)
    found = statements.statement(desk, actor_of(actor), step.needed("account"), (first, last))
    return {
        "account": found.head.account,
        "opening": plain(found.opening),
        "moves": [
            {
                "on": move.on and move.on.isoformat(), "kind": move.kind.value, "amount": plain(move.amount),
                "bill": move.bill, "receipt": move.number,
            }
            for move in found.moves
        ],
        "closing": plain(found.closing),
        "past_due": plain(found.past_due),
        "pay_by": found.pay_by and found.pay_by.isoformat(),
        "late_amount": plain(found.late_amount),
        "scan_line": found.scan_line,
        "ageing": _aged(found.aged),
        "bills": _open(found.open_bills),
    }  # fmt: skip


STEPS: dict[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "service_bill": service_bill,
    "charge_penalties": charge_penalties,
    "balance": balance,
    "statement": statement,
}
"""By their names in the script."""
