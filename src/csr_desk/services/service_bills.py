"""Bills of metered and yearly services, worked out by the catalogue's own rules: water, sewer, drainage.

A bill names its service period, and the last day of it picks the price where the item goes by the date of the service.
What the catalogue has no price for is refused; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from csr_desk.data.queries import accounts
from csr_desk.domain.cart import CartLine
from csr_desk.domain.catalogue import BASIS_INPUTS, Item, ItemVersion, PriceBasis
from csr_desk.domain.changes import Done
from csr_desk.domain.errors import BadInput, MissingInput, NotFound
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.pricing.words import number_words
from csr_desk.domain.receivable.billed import CHARGE_PRIORITY
from csr_desk.domain.receivable.penalty import PenaltyRule
from csr_desk.services.accounts import Billed, BillItem, NewBill, add_bill
from csr_desk.services.desk import Desk

PRIORITY_STEP = 10
"""The services of a bill are paid in the order in which they stand on it."""
DUE_DAYS = 16
"""Days to pay where nothing is said: the least of 16 TAC 24.165 for water utilities; a city sets its own."""
PERIOD_LIMIT = 370
"""Days of the longest period that one bill is for."""


@dataclass(frozen=True, slots=True)
class ServiceBill:
    """A service period of an account, what was used in it, and the items of the catalogue it is billed by.

    ``inputs`` are the fields that the items ask for beside those that are known (``usage_kgal``, ``impervious_sqft``
    …); without ``items`` and ``meter_size`` the account's rate class and meter size say them. ``use`` is what the meter
    counted, named as ``usage_input`` and shown as ``unit``.
    """

    key: str
    account: str
    service_from: date
    service_to: date
    items: tuple[str, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    usage: Decimal | None = None
    usage_input: str = "usage_kgal"
    unit: str = "thousand gallons"
    due: date | None = None
    issued: date | None = None
    number: str = ""
    penalty: PenaltyRule | None = None


def bill_service(desk: Desk, actor: Actor, command: ServiceBill) -> Done[Billed]:
    """Work out a service bill and record it; raise NotFound, MissingInput, BadInput, NotInForce, UnknownItem."""
    actor.require(Act.EDIT_ACCOUNTS)
    return add_bill(desk, actor, computed(desk, command))


def computed(desk: Desk, command: ServiceBill) -> NewBill:
    """Lay a service bill out as a bill of catalogue items; raises as ``bill_service`` does. Nothing is recorded."""
    days = (command.service_to - command.service_from).days + 1
    if days > PERIOD_LIMIT:
        raise BadInput(f"A service period of {days} days is no billing period.", field="service_to")
    with desk.read() as work:
        rate = accounts.rate_of(work.conn, command.account)
    if rate is None:
        raise NotFound(f"There is no account “{command.account[:40]}”.", field="account")
    codes = command.items or _codes(rate[0])
    if not codes:
        raise MissingInput("Say by which items of the catalogue the account is billed (its rate class).", field="items")
    given = _given(command, rate[1])
    issued = command.issued or desk.today()
    lines = []
    for at, code in enumerate(codes):
        item = desk.catalogue.item(code)
        version = _version(item, command.service_to, issued)
        line = CartLine(item.code, _inputs_of(version, command, given))
        words = _words(version.name or item.name, version, command)
        lines.append(BillItem(line, words, priority=CHARGE_PRIORITY + PRIORITY_STEP * at))
    usage = "" if command.usage is None else f"{number_words(command.usage)} {command.unit}"
    return NewBill(
        command.key, command.account, tuple(lines), command.due or issued + timedelta(days=DUE_DAYS), command.number,
        issued, command.service_from, command.service_to, usage, command.penalty,
        f"{rate[2] or 'Service'} {_period(command.service_from, command.service_to)}",
    )  # fmt: skip


def _period(first: date, last: date) -> str:
    """Write a service period as bills do: ``6/3–7/2/2026``."""
    return f"{first.month}/{first.day}\N{EN DASH}{last.month}/{last.day}/{last.year}"


def _codes(rate_class: str | None) -> tuple[str, ...]:
    """Read a rate class: codes of the catalogue, separated by semicolons."""
    return tuple(code.strip() for code in (rate_class or "").split(";") if code.strip())


def _given(command: ServiceBill, meter_size: str | None) -> dict[str, str]:
    """Put together what is known of the account and the period, under the names that items ask for it by."""
    known = {
        "account": command.account,
        "month": str(command.service_to.month),
        **({"meter_size": meter_size} if meter_size else {}),
        **({} if command.usage is None else {command.usage_input: f"{command.usage:f}"}),
    }
    return {**known, **{name: str(value) for name, value in command.inputs.items()}}


def _version(item: Item, service_to: date, issued: date) -> ItemVersion:
    """Return the price of an item: that of the service's last day, or of the bill; raise NotInForce."""
    by_service = item.latest is not None and item.latest.price_basis is PriceBasis.SERVICE
    return item.version_on(service_to if by_service else issued)


def _inputs_of(version: ItemVersion, command: ServiceBill, given: Mapping[str, str]) -> dict[str, str]:
    """Choose what an item asks for; the date of the service is the last day of the period."""
    dates = {name for names in BASIS_INPUTS.values() for name in names}
    chosen = {}
    for asked in version.inputs:
        if asked.name in given:
            chosen[asked.name] = given[asked.name]
        elif asked.name in dates:
            chosen[asked.name] = command.service_to.isoformat()
    return chosen


def _words(name: str, version: ItemVersion, command: ServiceBill) -> str:
    if command.usage is not None and command.usage_input in {asked.name for asked in version.inputs}:
        return f"{name}, {number_words(command.usage)} {command.unit}"
    return name
