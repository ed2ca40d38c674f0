"""Lines and tenders as plain data: how the counter script and a kept draft write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, TypeAlias

from csr_desk.domain.cart import CartLine, Waiver, plain_inputs
from csr_desk.domain.checks import read_flags
from csr_desk.domain.errors import BadInput
from csr_desk.domain.micr import read_micr
from csr_desk.domain.money import Cents, parse_cents, plain
from csr_desk.domain.tender import CHECK_LIKE, Tender, TenderKind
from csr_desk.services.clock import read_date


@dataclass(frozen=True, slots=True)
class PutOn:
    """What a person puts on one bill, or on one item of it (cents)."""

    bill: str
    amount: Cents
    item: int | None = None


@dataclass(frozen=True, slots=True)
class BillLine:
    """Something owed: an account or one bill; without ``amount`` (cents) all that is due."""

    kind: str
    """``account`` or ``bill``; ``deposit`` takes a refundable deposit for an account."""
    number: str
    amount: Cents | None = None
    due: Cents | None = None
    """What was due when it was put into the cart; where that has changed meanwhile, it is not sold."""
    parts: tuple[PutOn, ...] = ()
    """On which debts the payment goes, where a person says so; empty for the rule (A10)."""
    reason: str = ""
    """Why a person says so."""
    ahead: bool = False
    """Paid ahead although nothing is due: all of it stands to the account's credit."""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """What a clerk priced for the cashier: an order, or all that is due on a project or a permit; always paid whole."""

    kind: str
    """``order``, ``project`` (its orders, and what is due on its permits) or ``permit`` (what is due on it)."""
    number: str
    due: Cents | None = None
    """What it came to when it was put into the cart (cents); where that has changed meanwhile, it is not sold."""


Line: TypeAlias = CartLine | BillLine | OrderLine

_OWED = ("account", "bill", "deposit")
_ORDERED = ("order", "project", "permit")
_OWED_KEYS = frozenset({"amount", "due", "apply", "reason", "ahead"})
MOST_PARTS = 100
MOST_MAGNITUDE = 20
"""Powers of ten that a JSON number may have here; the exact limits are checked where it is used."""
_QUANTITY = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?", re.ASCII)
_ITEM_KEYS = frozenset(
    {"item", "inputs", "quantity", "amount", "override_reason", "authority", "waiver", "demo_inputs"}
)
_WAIVER_KEYS = frozenset({"authority", "reason", "amount"})
_SCRIPT_NAMES = {"auth": "authorization", "date": "check_date"}
_NOT_WORDS = frozenset({"kind", "amount", "check_date", "flags", "account_hash"})


def read_amount(value: object, field_name: str = "amount") -> Cents:
    """Read dollars from text or a JSON number (cents); raise BadInput."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise BadInput("Write an amount in dollars, like “64.37”.", field=field_name)
    try:
        return parse_cents(_written_out(value, field_name) if isinstance(value, Decimal) else str(value))
    except BadInput as wrong:
        raise BadInput(wrong.message, field=field_name) from None


def _written_out(number: Decimal, field_name: str) -> str:
    """Write a JSON number without an exponent; raise BadInput for one that would fill the memory."""
    if not number.is_finite() or abs(number.adjusted()) > MOST_MAGNITUDE:
        raise BadInput(f"“{str(number)[:40]}” is out of all bounds.", field=field_name)
    return f"{number:f}"


def read_line(data: object) -> Line:
    """Read a line of a cart; raise BadInput."""
    if not isinstance(data, Mapping):
        raise BadInput("A line is an object with an item, an account, a bill, an order or a project.", field="lines")
    for kind in _OWED:
        if kind in data:
            return _read_owed(kind, data)
    for kind in _ORDERED:
        if kind in data:
            return _read_ordered(kind, data)
    if "item" not in data:
        raise BadInput("A line names an item, an account, a bill, an order or a project.", field="lines")
    _only(data, _ITEM_KEYS)
    inputs = data.get("inputs") or {}
    if not isinstance(inputs, Mapping):
        raise BadInput("The inputs of a line are an object of names and values.", field="inputs")
    amount = data.get("amount")
    return CartLine(
        item=_text(data["item"], "item"),
        inputs=plain_inputs(inputs),
        quantity=_read_quantity(data.get("quantity")),
        amount=None if amount is None else read_amount(amount),
        override_reason=_text(data.get("override_reason"), "override_reason"),
        override_authority=_text(data.get("authority"), "authority"),
        waiver=_read_waiver(data.get("waiver")),
        demo_inputs=data.get("demo_inputs") is True,
    )


def _read_owed(kind: str, data: Mapping[Any, object]) -> BillLine:
    _only(data, _OWED_KEYS | {kind})
    amount, due, parts = data.get("amount"), data.get("due"), data.get("apply") or []
    if not isinstance(parts, list) or len(parts) > MOST_PARTS:
        raise BadInput(f"“apply” is a list of at most {MOST_PARTS} bills with their amounts.", field="apply")
    return BillLine(
        kind,
        _text(data[kind], kind),
        None if amount is None else read_amount(amount),
        None if due is None else read_amount(due, "due"),
        tuple(_read_part(part) for part in parts),
        _text(data.get("reason"), "reason"),
        data.get("ahead") is True,
    )


def _read_ordered(kind: str, data: Mapping[Any, object]) -> OrderLine:
    _only(data, frozenset({kind, "due"}))
    due = data.get("due")
    return OrderLine(kind, _text(data[kind], kind), None if due is None else read_amount(due, "due"))


def _read_part(data: object) -> PutOn:
    if not isinstance(data, Mapping) or not {"bill", "amount"} <= set(data):
        raise BadInput("A part of a payment names its bill and its amount.", field="apply")
    _only(data, frozenset({"bill", "item", "amount"}))
    item = data.get("item")
    number = None if item is None else read_whole(item, "apply")
    return PutOn(_text(data["bill"], "bill"), read_amount(data["amount"], "apply"), number)


def _write_owed(line: BillLine) -> dict[str, Any]:
    written: dict[str, Any] = {line.kind: line.number}
    if line.amount is not None:
        written["amount"] = plain(line.amount)
    if line.due is not None:
        written["due"] = plain(line.due)
    if line.parts:
        written["apply"] = [
            {"bill": part.bill, "amount": plain(part.amount), **({} if part.item is None else {"item": part.item})}
            for part in line.parts
        ]
    if line.reason:
        written["reason"] = line.reason
    if line.ahead:
        written["ahead"] = True
    return written


def _read_waiver(data: object) -> Waiver | None:
    if data is None:
        return None
    if not isinstance(data, Mapping):
        raise BadInput("A waiver is an object with an authority, a reason and, mostly, an amount.", field="waiver")
    _only(data, _WAIVER_KEYS)
    amount = data.get("amount")
    return Waiver(
        _text(data.get("authority"), "waiver_authority"),
        _text(data.get("reason"), "waiver_reason"),
        0 if amount is None else read_amount(amount, "waiver_amount"),
    )


def _text(value: object, field_name: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise BadInput(f"“{field_name}” is a text.", field=field_name)
    return str(value)


def _only(data: Mapping[str, object], known: frozenset[str]) -> None:
    for name in data:
        if name not in known:
            raise BadInput(f"A line has no field “{str(name)[:40]}”.", field=str(name))


def _read_quantity(value: object) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise BadInput("A quantity is a number.", field="quantity")
    if isinstance(value, str) and not _QUANTITY.fullmatch(value.strip()):
        raise BadInput(f"“{value[:40]}” is not a quantity.", field="quantity")
    return Decimal(_written_out(value, "quantity") if isinstance(value, Decimal) else value)


def write_line(line: Line) -> dict[str, Any]:
    """Write a line so that ``read_line`` gives it back."""
    if isinstance(line, BillLine):
        return _write_owed(line)
    if isinstance(line, OrderLine):
        return {line.kind: line.number, **({} if line.due is None else {"due": plain(line.due)})}
    written: dict[str, Any] = {"item": line.item}
    if line.inputs:
        written["inputs"] = dict(line.inputs)
    if line.quantity is not None:
        written["quantity"] = f"{line.quantity:f}"
    if line.amount is not None:
        written["amount"] = plain(line.amount)
    if line.override_reason:
        written["override_reason"] = line.override_reason
    if line.override_authority:
        written["authority"] = line.override_authority
    if line.waiver is not None:
        waiver = line.waiver
        written["waiver"] = {
            "authority": waiver.authority,
            "reason": waiver.reason,
            "amount": plain(waiver.amount),
        }
    if line.demo_inputs:
        written["demo_inputs"] = True
    return written


def read_tender(data: object, *, kept: bool = False) -> Tender:
    """Read a tender; raise BadInput for a kind or field that does not exist.

    ``micr`` is the line of a check as a reader types it: it fills number, routing and account and is not kept. Only a
    ``kept`` tender (of a draft) names an account by its hash.
    """
    if not isinstance(data, Mapping) or "kind" not in data:
        raise BadInput("A tender is an object with a kind and, mostly, an amount.", field="tenders")
    try:
        kind = TenderKind(str(data["kind"]))
    except ValueError:
        known = ", ".join(kind.value for kind in TenderKind)
        raise BadInput(f"There is no tender “{str(data['kind'])[:40]}”. There are: {known}.", field="tenders") from None
    told = _named(data, kept=kept)
    words = {name: _text(value, name) for name, value in told.items() if name not in _NOT_WORDS}
    if "micr" in words:
        words = _with_micr(words, kind)
    amount, written, flags = data.get("amount"), told.get("check_date"), told.get("flags", [])
    if not isinstance(flags, list):
        raise BadInput("“flags” is a list.", field="flags")
    return Tender(
        kind,
        None if amount is None else read_amount(amount),
        check_date=None if written is None else read_date(_text(written, "date"), field_name="date"),
        flags=read_flags(tuple(_text(flag, "flags") for flag in flags)),
        account_hash=_text(told.get("account_hash"), "account_hash"),
        **words,
    )


def _named(data: Mapping[Any, object], *, kept: bool) -> dict[str, object]:
    """Return the fields that say something, by the names of a tender."""
    known = {part.name for part in fields(Tender)} | {"micr"}
    known -= set() if kept else {"account_hash"}
    told: dict[str, object] = {}
    for key, value in data.items():
        name = _SCRIPT_NAMES.get(str(key), str(key))
        if name not in known:
            raise BadInput(f"A tender has no field “{str(key)[:40]}”.", field=str(key))
        if value is not None and name not in {"kind", "amount"}:
            told[name] = value
    return told


def _with_micr(words: Mapping[str, str], kind: TenderKind) -> dict[str, str]:
    """Put the fields of a check's line in its place; raise BadInput where something else was keyed beside it."""
    if kind not in CHECK_LIKE:
        raise BadInput("Only a check has a line that a reader reads.", field="micr")
    line = read_micr(words["micr"])
    read = {"number": line.check_number, "routing": line.routing, "account": line.account}
    told = {name: value for name, value in words.items() if name != "micr"}
    for name, value in read.items():
        if value and told.get(name, value) != value:
            raise BadInput(f"The {name} that was keyed is not the one on the check.", field=name)
    return {**{name: value for name, value in read.items() if value}, **told}


def write_tender(tender: Tender) -> dict[str, Any]:
    """Write a tender so that ``read_tender`` gives it back."""
    written: dict[str, Any] = {"kind": tender.kind.value}
    if tender.amount is not None:
        written["amount"] = plain(tender.amount)
    for part in fields(Tender):
        value = getattr(tender, part.name)
        if part.name not in _NOT_WORDS and value:
            written[part.name] = str(value)
    if tender.check_date is not None:
        written["date"] = tender.check_date.isoformat()
    if tender.flags:
        written["flags"] = list(tender.flags)
    if tender.account_hash:
        written["account_hash"] = tender.account_hash
    return written


MOST_DIGITS = 7
"""Digits of a number of pieces or items that a person counts."""


def read_whole(value: object, field_name: str) -> int:
    """Read a counted number, not below zero; raise BadInput."""
    text = "" if isinstance(value, bool) else str(value)
    if not (text.isascii() and text.isdigit()) or len(text) > MOST_DIGITS:
        raise BadInput("A counted number is a whole number, not below zero.", field=field_name)
    return int(text)


def read_pieces(data: object, field_name: str = "cash") -> dict[Cents, int]:
    """Read notes and coins, value of a piece to number of pieces: ``{"20.00": 2}``; raise BadInput."""
    if not isinstance(data, Mapping):
        raise BadInput("Write cash as the value of a piece and the number of pieces.", field=field_name)
    pieces: dict[Cents, int] = {}
    for value, said in data.items():
        number = read_whole(said, field_name)
        cents = read_amount(value, field_name)
        pieces[cents] = pieces.get(cents, 0) + number
    return pieces
