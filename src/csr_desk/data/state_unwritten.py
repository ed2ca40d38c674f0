"""Finds what stands where nothing writes yet: tables and columns that were made ahead of the services that fill them.

Whatever is there was put in by somebody else. A service that begins to write one of them takes it off the list and has
it compared with its entries instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import Connection

TABLES = (
    "account_party", "adjustment", "attachment", "bill_item", "bill_load", "column_mapping", "contact_point",
    "customer_note", "guarantee_deposit", "hold_flag", "customer_search",
)  # fmt: skip
"""Tables without a row, the search index among them."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "customer": ("customer_id", "kind", "confidential", "since", "merged_into", "search_row"),
    "account": (
        "account_no", "department", "site", "rate_class", "meter_size", "opened_on", "closed_on", "credit_minor",
    ),
    "bill": ("bill_id", "issued_on", "service_from", "service_to", "usage", "penalty_rule", "load_id"),
}  # fmt: skip
"""Of tables that are written: the key, then the columns that are empty in every row."""


def unwritten_faults(connection: Connection) -> Iterator[str]:
    """Name the first row of each table, and the first value in each column, that nothing in this program wrote."""
    for table in TABLES:
        if connection.exec_driver_sql(f"SELECT 1 FROM {table} LIMIT 1").first():  # noqa: S608 - fixed names
            yield f"table {table} holds a row, but nothing in this version of the program writes one"
    for table, (key, *columns) in COLUMNS.items():
        filled = " OR ".join(f"{column} IS NOT NULL" for column in columns)
        query = f"SELECT {key}, {', '.join(columns)} FROM {table} WHERE {filled} ORDER BY {key} LIMIT 1"  # noqa: S608
        row = connection.exec_driver_sql(query).first()
        if row is not None:
            at = next(n for n, value in enumerate(row[1:]) if value is not None)
            words = columns[at].removesuffix("_minor").replace("_", " ")
            found = f"{table} {row[0]}: its {words} is {row[at + 1]}"
            yield f"{found}, but nothing in this version of the program writes it"
