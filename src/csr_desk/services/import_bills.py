"""The bills of a file: rows with the same number are the items of one bill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from csr_desk.data.queries import Connection, imports
from csr_desk.domain.distribution import Share, distribute
from csr_desk.domain.errors import Refusal
from csr_desk.domain.import_columns import COLUMNS, ImportKind
from csr_desk.domain.money import MAX_CENTS, Cents
from csr_desk.domain.receivable import billed
from csr_desk.domain.receivable.billed import BilledBill, BilledItem
from csr_desk.domain.receivable.penalty import rule_text
from csr_desk.services.accounts import city_penalty, receivable_share
from csr_desk.services.desk import Desk
from csr_desk.services.import_rows import FaultList, Fields

Parts: TypeAlias = tuple[tuple[Share, Cents], ...]
Values: TypeAlias = Mapping[str, Any]

_HEAD = tuple(column.name for column in COLUMNS[ImportKind.BILLS] if not column.of_item)
_GL_PARTS = (3, 4)
_NO_PENALTY = "none"
_COMPARED = ("account_no", "description", "due_date", "issued_on", "service_from", "service_to", "usage")


@dataclass(slots=True)
class _Draft:
    """A bill as its rows say it so far."""

    row: int
    head: tuple[Any, ...]
    items: list[BilledItem] = field(default_factory=list)
    from_catalogue: set[int] = field(default_factory=set)
    """Numbers of the items whose accounts are those of the catalogue in force, which may change between two loads."""


class Bills:
    """The bills of one file."""

    def __init__(self, desk: Desk, faults: FaultList) -> None:
        """Prepare with what the city has decided today."""
        self.faults = faults
        self.new: list[BilledBill] = []
        self.changed: tuple[()] = ()
        self.same = 0
        self.total: Cents = 0
        self._desk = desk
        self._drafts: dict[str, _Draft] = {}
        self._rule = rule_text(city_penalty(desk.policy))
        self._receivable = receivable_share()
        self._shares: dict[str, Share | None] = {}
        self._days: dict[str, date] = {}
        self._today = desk.today().isoformat()

    def take(self, row: int, fields: Fields) -> None:
        """Take a row in: the first one of a bill says what the bill is, further ones must say the same."""
        number = str(fields["bill"])
        head = tuple(fields.get(name) for name in _HEAD)
        draft = self._drafts.get(number)
        if draft is None:
            draft = self._drafts[number] = _Draft(row, head)
            self._check_days(row, fields)
        elif draft.head != head:
            other = next(name for name, a, b in zip(_HEAD, draft.head, head, strict=True) if a != b)
            self.faults.add(row, other, f"Bill {number} says otherwise in row {draft.row}.")
            return
        parts = self._parts(row, draft, fields)
        if parts:
            words = fields.get("item_description") or fields.get("description") or "Bill"
            draft.items.append(
                BilledItem(
                    str(words),
                    int(fields["amount"] or 0),
                    parts,
                    str(fields.get("item_kind") or billed.CHARGE),
                    self._priority(fields),
                    str(fields.get("authority") or ""),
                )
            )

    def _priority(self, fields: Fields) -> int:
        given = fields.get("priority")
        if given is not None:
            return int(given)
        penalty = fields.get("item_kind") == billed.PENALTY
        return billed.PENALTY_PRIORITY if penalty else billed.CHARGE_PRIORITY

    def _check_days(self, row: int, fields: Fields) -> None:
        """Note days that cannot be (ISO dates compare as text)."""
        due, issued = fields.get("due_date"), fields.get("issued_on")
        first, last = fields.get("service_from"), fields.get("service_to")
        if issued and str(issued) > self._today:
            self.faults.add(row, "issued_on", "A bill is issued today, or was before.")
        if due and issued and str(due) < str(issued):
            self.faults.add(row, "due_date", "A bill is not due before it is issued.")
        if bool(first) != bool(last):
            self.faults.add(row, "service_from", "A service period has a first and a last day.")
        elif first and str(first) > str(last):
            self.faults.add(row, "service_to", "The service period ends before it begins.")
        if fields.get("penalty_rule") not in {None, "city", _NO_PENALTY}:
            self.faults.add(row, "penalty_rule", "This is “city” (the city’s own rule) or “none”.")

    def _parts(self, row: int, draft: _Draft, fields: Fields) -> Parts:
        """Say where the cents of an item belong: a GL account, an item of the catalogue, or what is owed at large."""
        amount = int(fields["amount"] or 0)
        if fields.get("gl"):
            share = self._share(str(fields["gl"]))
            if share is None:
                self.faults.add(row, "gl", "Write the account as fund.cost centre.GL, like 1000.9900010001.434505.")
                return ()
            return ((share, amount),)
        if not fields.get("item"):
            return ((self._receivable, amount),)
        draft.from_catalogue.add(len(draft.items) + 1)
        day = self._day(fields.get("issued_on")) or self._desk.today()
        try:
            version = self._desk.catalogue.item(str(fields["item"])).version_on(day)
        except Refusal as refusal:
            self.faults.add(row, "item", refusal.message)
            return ()
        return distribute(version.shares, amount)

    def _share(self, text: str) -> Share | None:
        if text not in self._shares:
            parts = text.split(".")
            good = len(parts) in _GL_PARTS and all(part.isalnum() for part in parts)
            fund, center, gl, order = (*parts, "")[:4] if good else ("", "", "", "")
            self._shares[text] = Share(fund, center, gl, order) if good else None
        return self._shares[text]

    def _day(self, text: object) -> date | None:
        if not text:
            return None
        found = self._days.get(str(text))
        if found is None:
            found = self._days[str(text)] = date.fromisoformat(str(text))
        return found

    def compare(self, conn: Connection) -> None:
        """Find which bills are known already; one that is known otherwise is a fault, an account that is not, too."""
        self.new, self.same, self.total = [], 0, 0
        self._find_accounts(conn)
        known = imports.billed_as(conn, list(self._drafts))
        for number, draft in self._drafts.items():
            bill = self._bill(number, draft)
            if number not in known:
                self.new.append(bill)
                self.total += bill.amount
                if bill.amount > MAX_CENTS:
                    self.faults.add(draft.row, "amount", "This bill is larger than the program can book.")
            elif _told(bill.row(""), bill.item_rows(), draft) == _told(*known[number], draft):
                self.same += 1
            else:
                self.faults.add(draft.row, "bill", f"Bill {number} is known already, and is another one.")
        if self.total > MAX_CENTS:
            self.faults.add(1, "amount", "All of them together are more than the program can book.")

    def _find_accounts(self, conn: Connection) -> None:
        at = _HEAD.index("account")
        wanted = {draft.head[at] for draft in self._drafts.values()}
        missing = wanted - imports.numbers_known(conn, ImportKind.ACCOUNTS.value, sorted(wanted))
        if missing:
            for draft in self._drafts.values():
                if draft.head[at] in missing:
                    said = f"There is no account {draft.head[at]}. Load the accounts first."
                    self.faults.add(draft.row, "account", said)

    def _bill(self, number: str, draft: _Draft) -> BilledBill:
        head = dict(zip(_HEAD, draft.head, strict=True))
        due = self._day(head["due_date"])
        names = dict.fromkeys(item.description for item in draft.items)
        return BilledBill(
            number,
            head["account"],
            head["description"] or ", ".join(names)[:200] or "Bill",
            tuple(draft.items),
            due,
            self._day(head["issued_on"]),
            self._day(head["service_from"]),
            self._day(head["service_to"]),
            head["usage"],
            self._rule if due and head["penalty_rule"] != _NO_PENALTY else None,
        )


def _told(bill: Values, items: Sequence[Values], draft: _Draft) -> tuple[Any, ...]:
    """Write what a file says of a bill, to compare it with a known one; what the city's settings add is left out."""
    said = [
        (
            item["kind"], item["description"], item["amount_minor"], item["priority"],
            "" if item["n"] in draft.from_catalogue else item["shares"],
        )
        for item in items
    ]  # fmt: skip
    return (*(bill[name] for name in _COMPARED), said)
