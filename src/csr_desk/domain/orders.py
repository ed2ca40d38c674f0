"""Orders for the cashier: what a clerk priced, to be paid at another counter at the prices of that day (A14, G2).

An order is no receipt: it never carries a receipt's number and books nothing. Its lines are kept as they were priced,
so that paying it asks no catalogue again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from csr_desk.domain.cart_lines import LineKind, PricedBefore, PricedLine, Waiver
from csr_desk.domain.catalogue import PriceBasis, number_text
from csr_desk.domain.distribution import Share
from csr_desk.domain.errors import AlreadyPaid, OrderExpired, Refusal, WrongState
from csr_desk.domain.money import Cents
from csr_desk.domain.receipt import Office

MOST_LINES = 100
"""Lines of an order, with what the program adds to them."""


class OrderState(StrEnum):
    """What became of an order."""

    OPEN = "open"
    PAID = "paid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Order:
    """An order as it stands (cents); what people keyed is empty where it was not said."""

    number: str
    project: str
    customer_id: str
    contractor: str
    state: OrderState
    lines: tuple[PricedLine, ...]
    customer_name: str
    memo: str
    price_date: date
    issued_on: date
    expires_on: date
    total: Cents
    prepared_by: str
    receipt: str = ""
    """The receipt that paid it."""

    def standing(self, day: date) -> OrderState:
        """Say what it is worth on a day: open only to the end of its last day."""
        if self.state is OrderState.OPEN and day > self.expires_on:
            return OrderState.EXPIRED
        return self.state

    def why_not_paid(self, day: date) -> Refusal | None:
        """Return why nobody pays it on a day, or nothing where it may be paid."""
        match self.standing(day):
            case OrderState.OPEN:
                return None
            case OrderState.PAID:
                return AlreadyPaid(f"Order {self.number} was paid already, by receipt {self.receipt}.", field="order")
            case OrderState.EXPIRED:
                return OrderExpired(
                    f"Order {self.number} held its prices until {self.expires_on}. Prepare it anew: its prices are "
                    "those of today then.",
                    field="order",
                )
            case OrderState.CANCELLED:
                return WrongState(f"Order {self.number} was called off. Prepare another one.", field="order")

    def sold(self) -> PricedBefore:
        """Return its lines as the cart takes them; each says on which order it stood."""
        said = f"Order {self.number}, prices of {self.price_date}."
        lines = (
            replace(line, explain=(*line.explain, said), order=self.number, ordered_on=self.price_date)
            for line in self.lines
        )
        return PricedBefore(self.number, tuple(lines))


@dataclass(frozen=True, slots=True)
class OrderPaper:
    """What the paper of an order says beside the order itself; what is not known is empty."""

    office: Office
    order: Order
    customer: str
    title: str
    """What the project is called."""
    site: str
    prepared_by: str
    """The name of who priced it."""
    printed_on: date


def last_day(issued: date, days: int) -> date:
    """Return the last day on which an order of a day may be paid."""
    return issued + timedelta(days=days)


# ---- lines as they are kept


def write_lines(lines: Sequence[PricedLine]) -> tuple[str, str]:
    """Write priced lines as two texts: facts without personal words, and what was keyed for each line."""
    facts = [_facts(line) for line in lines]
    words = [written for line in lines if len(written := _words(line)) > 1]
    return _json(facts), _json(words)


def read_lines(facts: str, words: str) -> tuple[PricedLine, ...]:
    """Read back what ``write_lines`` wrote; keyed words that were purged are empty."""
    keyed = {one["n"]: one for one in json.loads(words or "[]")}
    return tuple(_line(one, keyed.get(one["n"], {})) for one in json.loads(facts))


def _json(rows: object) -> str:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _facts(line: PricedLine) -> dict[str, object]:
    """Write what is impersonal of a line; what is empty is left out."""
    all_of_it: dict[str, object] = {
        "n": line.number,
        "kind": line.kind.value,
        "item": line.item,
        "name": line.name,
        "quantity": number_text(line.quantity),
        "amount": line.amount,
        "each": line.each_cents,
        "with": line.added_with,
        "department": line.department,
        "authority": line.authority,
        "explain": list(line.explain),
        "from": line.effective_from.isoformat() if line.effective_from else None,
        "basis": line.price_basis.value,
        "on": line.price_date.isoformat() if line.price_date else None,
        "shares": [_share(share) for share in line.shares],
        "tax": line.tax_cents,
        "tax_shares": [_share(share) for share in line.tax_shares],
        "document": line.document,
        "validity": line.validity,
        "by_hand": line.overridden,
        "waived_to": line.waiver.amount if line.waiver else None,
        "list": line.catalogue_amount,
        "tenders": sorted(line.tenders) if line.tenders is not None else None,
        "group": line.multi_group,
    }
    return {name: value for name, value in all_of_it.items() if value is not None and value not in ("", [])}


def _share(share: Share) -> dict[str, object]:
    written: dict[str, object] = {"fund": share.fund, "center": share.cost_center, "gl": share.gl}
    if share.internal_order:
        written["order"] = share.internal_order
    if share.percent is not None:
        written["percent"] = str(share.percent)
    if share.fixed_cents is not None:
        written["fixed"] = share.fixed_cents
    return written


def _words(line: PricedLine) -> dict[str, object]:
    """Write what people keyed for a line."""
    written: dict[str, object] = {"n": line.number}
    if line.inputs:
        written["inputs"] = dict(line.inputs)
    if line.override_reason:
        written["reason"] = line.override_reason
    if line.override_authority:
        written["authority"] = line.override_authority
    if line.waiver is not None:
        written["waiver"] = [line.waiver.authority, line.waiver.reason]
    return written


def _line(facts: Mapping[str, Any], words: Mapping[str, Any]) -> PricedLine:
    authority, reason = words.get("waiver", ("", ""))
    waived = facts.get("waived_to")
    return PricedLine(
        number=facts["n"],
        kind=LineKind(facts["kind"]),
        item=facts.get("item", ""),
        name=facts.get("name", ""),
        quantity=Decimal(facts["quantity"]),
        amount=facts["amount"],
        shares=_shares(facts.get("shares", ())),
        added_with=facts.get("with"),
        each_cents=facts.get("each"),
        department=facts.get("department", ""),
        authority=facts.get("authority", ""),
        explain=tuple(facts.get("explain", ())),
        effective_from=_day(facts.get("from")),
        price_basis=PriceBasis(facts["basis"]),
        price_date=_day(facts.get("on")),
        tax_cents=facts.get("tax", 0),
        tax_shares=_shares(facts.get("tax_shares", ())),
        inputs=dict(words.get("inputs", {})),
        document=facts.get("document", ""),
        validity=facts.get("validity", ""),
        overridden=facts.get("by_hand", False),
        override_reason=words.get("reason", ""),
        override_authority=words.get("authority", ""),
        waiver=None if waived is None else Waiver(authority, reason, waived),
        catalogue_amount=facts.get("list"),
        tenders=frozenset(facts["tenders"]) if "tenders" in facts else None,
        multi_group=facts.get("group", ""),
    )


def _shares(rows: Sequence[Mapping[str, Any]]) -> tuple[Share, ...]:
    return tuple(
        Share(
            row["fund"],
            row["center"],
            row["gl"],
            row.get("order", ""),
            Decimal(row["percent"]) if "percent" in row else None,
            row.get("fixed"),
        )
        for row in rows
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
