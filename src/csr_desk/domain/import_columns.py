"""Which columns a file of customers, accounts or bills may have, what other systems call them, and what is saved of it.

A mapping says which column of a file is which of ours, and what is the same in every row (“fixed”). One title stands
for one field; a column that is not named is not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from csr_desk.domain.errors import BadInput


class ImportKind(StrEnum):
    """What the rows of a file are."""

    CUSTOMERS = "customers"
    ACCOUNTS = "accounts"
    BILLS = "bills"


class CellKind(StrEnum):
    """How a cell is read."""

    NUMBER = "number"
    """The city's own number of something: letters, figures, dots, slashes, hyphens."""
    WORDS = "words"
    DATE = "date"
    MONEY = "money"
    CHOICE = "choice"
    COUNT = "count"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class ImportColumn:
    """A field of ours: how it is read, and under which titles other systems write it (folded, without marks)."""

    name: str
    kind: CellKind = CellKind.WORDS
    needed: bool = False
    longest: int = 0
    """Characters; 0 for what its kind allows."""
    titles: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    of_item: bool = False
    """It belongs to an item of a bill, not to the bill: rows of one bill may differ in it."""


_NUMBER = CellKind.NUMBER
_CUSTOMER_TITLES = ("customerno", "customernumber", "customerid", "custno")
_ACCOUNT_TITLES = ("accountno", "accountnumber", "acct", "acctno", "acctnumber")
_BILL_TITLES = ("billno", "billnumber", "invoice", "invoiceno", "invoicenumber")
_AMOUNT_TITLES = ("charge", "amountdue", "billamount")
COLUMNS: Mapping[ImportKind, tuple[ImportColumn, ...]] = {
    ImportKind.CUSTOMERS: (
        ImportColumn("customer", _NUMBER, needed=True, titles=(*_CUSTOMER_TITLES, "id")),
        ImportColumn("name", needed=True, titles=("customername", "fullname", "billname")),
        ImportColumn("language", longest=20, titles=("preferredlanguage", "lang")),
        ImportColumn("address", longest=200, titles=("mailingaddress", "billingaddress", "street")),
        ImportColumn("phone", longest=40, titles=("telephone", "phoneno", "phonenumber", "homephone")),
        ImportColumn("email", titles=("emailaddress", "mail")),
        ImportColumn("kind", CellKind.CHOICE, longest=20, titles=("customertype",), choices=("person", "firm")),
        ImportColumn("confidential", CellKind.FLAG, longest=10, titles=("confidentialityflag",)),
        ImportColumn("since", CellKind.DATE, titles=("customersince",)),
    ),
    ImportKind.ACCOUNTS: (
        ImportColumn("account", _NUMBER, needed=True, titles=_ACCOUNT_TITLES),
        ImportColumn("customer", _NUMBER, needed=True, titles=_CUSTOMER_TITLES),
        ImportColumn("service", longest=80, titles=("servicetype", "utility")),
        ImportColumn("department", longest=80, titles=("dept",)),
        ImportColumn("site", longest=200, titles=("serviceaddress", "premise", "location")),
        ImportColumn("rate_class", longest=40, titles=("rateclass", "rate", "ratecode", "class")),
        ImportColumn("meter_size", longest=20, titles=("metersize", "meter")),
        ImportColumn("opened_on", CellKind.DATE, titles=("opened", "startdate", "connectdate")),
        ImportColumn("closed_on", CellKind.DATE, titles=("closed", "enddate", "finaldate")),
    ),
    ImportKind.BILLS: (
        ImportColumn("bill", _NUMBER, needed=True, titles=_BILL_TITLES),
        ImportColumn("account", _NUMBER, needed=True, titles=_ACCOUNT_TITLES),
        ImportColumn("description", longest=200, titles=("billdescription", "words")),
        ImportColumn("due_date", CellKind.DATE, titles=("due", "duedate", "dueon")),
        ImportColumn("issued_on", CellKind.DATE, titles=("issued", "billdate", "invoicedate", "issuedate")),
        ImportColumn("service_from", CellKind.DATE, titles=("servicefrom", "periodfrom", "fromdate", "readfrom")),
        ImportColumn("service_to", CellKind.DATE, titles=("serviceto", "periodto", "todate", "readto")),
        ImportColumn("usage", longest=80, titles=("consumption", "kgal", "gallons")),
        ImportColumn("penalty_rule", longest=40, titles=("penaltyrule", "latefee")),
        ImportColumn("amount", CellKind.MONEY, needed=True, longest=20, titles=_AMOUNT_TITLES, of_item=True),
        ImportColumn("item_description", longest=200, titles=("charge type", "chargetype", "line"), of_item=True),
        ImportColumn("item_kind", CellKind.CHOICE, choices=("charge", "penalty", "fee"), of_item=True),
        ImportColumn("priority", CellKind.COUNT, longest=4, of_item=True),
        ImportColumn("item", _NUMBER, longest=40, titles=("itemcode", "feecode"), of_item=True),
        ImportColumn("gl", _NUMBER, longest=80, titles=("glaccount", "glnumber", "postingaccount"), of_item=True),
        ImportColumn("authority", longest=200, of_item=True),
    ),
}  # fmt: skip
"""The fields of each kind of file, in the order in which they are shown."""

_MARKS = re.compile(r"[^a-z0-9]+")
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which title of a file is which field, and what stands in every row without a column."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Field to title."""
    fixed: Mapping[str, str] = field(default_factory=dict)
    """Field to text."""


def folded(title: str) -> str:
    """Write a title without case, blanks and marks: ``Bill No.`` and ``BILL_NO`` are the same."""
    return _MARKS.sub("", title.casefold())


def guess(kind: ImportKind, titles: Sequence[str]) -> ColumnMapping:
    """Find the fields of a file by what its columns are called; each title is used once."""
    free = {folded(title): title for title in reversed(titles) if title.strip()}
    found: dict[str, str] = {}
    for exact in (True, False):
        for column in COLUMNS[kind]:
            names = (folded(column.name),) if exact else tuple(folded(title) for title in column.titles)
            name = next((name for name in names if name in free), None)
            if name is not None and column.name not in found:
                found[column.name] = free.pop(name)
    return ColumnMapping(found)


def check_mapping(kind: ImportKind, mapping: ColumnMapping) -> None:
    """Raise BadInput for a mapping with a field that there is not, or that says one thing twice."""
    known = {column.name for column in COLUMNS[kind]}
    for name in (*mapping.columns, *mapping.fixed):
        if name not in known:
            raise BadInput(f"{kind.value.capitalize()} have no field “{name[:LONGEST_NAME]}”.", field="columns")
    both = mapping.columns.keys() & mapping.fixed.keys()
    if both:
        raise BadInput(f"“{min(both)}” is a column or the same in every row, not both.", field="columns")
    titles = [folded(title) for title in mapping.columns.values()]
    if len(set(titles)) < len(titles):
        raise BadInput("One column of the file is named for two fields.", field="columns")


def lacking(kind: ImportKind, mapping: ColumnMapping) -> tuple[str, ...]:
    """Return the fields that must be there and are not."""
    given = mapping.columns.keys() | mapping.fixed.keys()
    return tuple(column.name for column in COLUMNS[kind] if column.needed and column.name not in given)
