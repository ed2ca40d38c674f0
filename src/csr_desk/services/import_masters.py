"""Customers and accounts of a file: what is new, what is known, what is known otherwise."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from csr_desk.data.queries import Connection, imports
from csr_desk.domain.addresses import address_words
from csr_desk.domain.contacts import email_words
from csr_desk.domain.customers import CustomerKind, looks_like_email
from csr_desk.domain.import_columns import ImportKind
from csr_desk.domain.telephones import phone_words
from csr_desk.services.customers_entry import refile
from csr_desk.services.desk import Desk
from csr_desk.services.import_pace import EVERY, Pace
from csr_desk.services.import_rows import FaultList, Fields

Row: TypeAlias = dict[str, Any]

_KEYS = {ImportKind.CUSTOMERS: ("customer", "customer_id"), ImportKind.ACCOUNTS: ("account", "account_no")}
_COLUMNS = {"customer": "customer_id", "account": "account_no"}
"""Fields whose column has another name."""
_EMPTY: Mapping[str, str] = {
    "kind": CustomerKind.PERSON.value,
    "language": "en",
    "address": "",
    "phone": "",
    "email": "",
    "service": "",
}
"""What stands in a column that must hold something where the file says nothing."""
_TIDY: Mapping[str, Callable[[str], str]] = {
    "name": lambda text: " ".join(text.split()),
    "address": address_words,
    "site": address_words,
    "phone": phone_words,
    "email": email_words,
}
"""How words are written one way, as where they are keyed; what cannot be read stays as it is."""
_ALL = {
    ImportKind.CUSTOMERS: (
        "customer_id", "name", "language", "address", "phone", "email", "kind", "confidential", "since",
    ),
    ImportKind.ACCOUNTS: (
        "account_no", "customer_id", "service", "department", "site", "rate_class", "meter_size", "opened_on",
        "closed_on",
    ),
}  # fmt: skip


@dataclass
class Masters:
    """The customers or accounts of one file."""

    kind: ImportKind
    faults: FaultList
    update: bool
    """Take over what is known otherwise; without it that is a fault."""
    rows: dict[str, tuple[int, Row]] = field(default_factory=dict)
    new: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    same: int = 0
    total: int = 0

    def take(self, row: int, fields: Fields) -> None:
        """Take a row in; the same number twice is a fault."""
        name, key = _KEYS[self.kind]
        values: Row = {_COLUMNS.get(field_name, field_name): value for field_name, value in fields.items()}
        for column, empty in _EMPTY.items():
            if column in values and values[column] is None:
                values[column] = empty
        for column, tidy in _TIDY.items():
            if values.get(column):
                values[column] = tidy(str(values[column]))
        if values.get("email") and not looks_like_email(values["email"]):
            self.faults.add(row, "email", "An e-mail address is like name@example.org.")
        earlier = self.rows.setdefault(values[key], (row, values))
        if earlier[0] != row:
            self.faults.add(row, name, f"{values[key]} stands in row {earlier[0]} already.")

    def compare(self, conn: Connection) -> None:
        """Find what is known already, and note what cannot be taken over."""
        self.new, self.changed, self.same = [], [], 0
        if self.kind is ImportKind.ACCOUNTS:
            self._find_customers(conn)
        known = imports.known(conn, self.kind.value, list(self.rows))
        for number, (row, values) in self.rows.items():
            before = known.get(number)
            if before is None:
                self.new.append(values)
            elif other := [name for name, value in values.items() if (before[name] or "") != (value or "")]:
                self._differs(row, (number, before.get("merged_into")), values, other)
            else:
                self.same += 1

    def _differs(self, row: int, known: tuple[str, str | None], values: Row, other: Sequence[str]) -> None:
        name = _KEYS[self.kind][0]
        number, joined = known
        if "customer_id" in other:
            self.faults.add(row, name, f"Account {number} is another customer’s.")
        elif "confidential" in other and not values["confidential"]:
            said = f"{number} asked to be kept confidential. That is taken back by hand, with its reason."
            self.faults.add(row, "confidential", said)
        elif "confidential" in other and joined is not None:
            said = f"{number} was joined with {joined}. Say of that record that it is confidential."
            self.faults.add(row, "confidential", said)
        elif self.update:
            self.changed.append(values)
        else:
            what = ", ".join(column.replace("_", " ") for column in other)
            self.faults.add(row, name, f"{number} is known with another {what}. Allow changes to take it over.")

    def _find_customers(self, conn: Connection) -> None:
        """Let each account belong to a customer that there is: one whose record was joined stands for the other."""
        wanted = sorted({values["customer_id"] for _, values in self.rows.values()})
        known = imports.known(conn, ImportKind.CUSTOMERS.value, wanted)
        joined = {number: row["merged_into"] for number, row in known.items()}
        while missing := [name for name in joined.values() if name is not None and name not in joined]:
            more = imports.known(conn, ImportKind.CUSTOMERS.value, missing)
            joined |= {number: row["merged_into"] for number, row in more.items()}
        for row, values in self.rows.values():
            number = values["customer_id"]
            if number not in joined:
                self.faults.add(row, "customer", f"There is no customer {number}. Load the customers first.")
                continue
            while joined[number] is not None:
                number = joined[number]
            values["customer_id"] = number

    def leaves(self) -> Iterator[bytes]:
        """Hash each row that is taken over."""
        for values in (*self.new, *self.changed):
            yield hashlib.sha256(json.dumps(values, ensure_ascii=False, sort_keys=True).encode()).digest()

    def facts(self) -> dict[str, object]:
        """Say in the entry whom the file makes confidential: that is no mere word about somebody."""
        closed = [values["customer_id"] for values in (*self.new, *self.changed) if values.get("confidential")]
        return {"confidential": closed} if closed else {}

    def store(self, desk: Desk, conn: Connection, pace: Pace) -> None:
        """Write what is new or changed, and file whom it concerns anew; the office series is locked before."""
        columns = _ALL[self.kind]
        table = imports.MASTERS[self.kind.value][0]
        whole = [{name: values.get(name, _EMPTY.get(name)) for name in columns} for values in self.new]
        for part in imports.pieces(whole):
            imports.insert_many(conn, table, part)
            pace.stored(len(part))
        for part in imports.pieces(self.changed):
            imports.update_many(conn, self.kind.value, part)
            pace.stored(len(part))
        touched = [values["customer_id"] for values in (*self.new, *self.changed)]
        for some in imports.pieces(list(dict.fromkeys(touched)), EVERY):
            refile(desk, conn, some)
            pace.stored(0)
