"""Rebuilds change funds, receipt books and paper receipts from the entries, and names the rows that differ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeAlias

from sqlalchemy import Connection, text

from csr_desk.data.state_founding import Founded
from csr_desk.data.state_rows import Values, by_key, differing, rows_of
from csr_desk.domain.custody import SET_UP

_EVENTS = """
SELECT series_id, seq, kind, facts FROM ledger_event
WHERE kind IN ('fund_changed', 'book_issued', 'book_returned', 'paper_voided')
   OR (kind = 'sale' AND facts LIKE :paper)
ORDER BY series_id, seq
"""
_FUND = {
    "name": "name", "drawer": "drawer_id", "custodian": "custodian_id", "amount": "amount_minor",
    "authority": "authority", "since": "since", "active": "active",
}  # fmt: skip
"""What an entry says of a fund, and the column that remembers it."""

Told: TypeAlias = dict[Any, Values]


def custody_faults(connection: Connection, founded: Founded | None) -> Iterator[str]:
    """Compare funds, the floats that follow them, books and paper numbers with the entries; faults in words."""
    funds: Told = dict(founded["change_fund"]) if founded is not None else {}
    drawers = founded["drawer"] if founded is not None else {}
    floats: dict[str, int] = {name: row["authorized_float_minor"] for name, row in drawers.items()}
    books: Told = {}
    papers: Told = {}
    for event in connection.execute(text(_EVENTS), {"paper": '%"paper":%'}):
        facts = json.loads(event.facts)
        if event.kind == "fund_changed":
            before = funds.get(facts["fund"], {})
            funds[facts["fund"]] = {**before, **{column: facts[name] for name, column in _FUND.items()}}
            floats |= facts["floats"]
        elif event.kind == "book_issued":
            books[facts["book"]] = {
                "first_no": facts["first"], "last_no": facts["last"], "issued_to": facts["to"], "state": "issued",
                "series_id": event.series_id, "seq": event.seq, "returned_series": None, "returned_seq": None,
            }  # fmt: skip
        elif event.kind == "book_returned":
            back = {"state": "returned", "returned_series": event.series_id, "returned_seq": event.seq}
            books.setdefault(facts["book"], {}).update(back)
        else:
            paper = facts if event.kind == "paper_voided" else facts["paper"]
            papers[paper["book"], paper["number"]] = {
                "state": "void" if event.kind == "paper_voided" else "entered", "written_on": paper.get("written"),
                "series_id": event.series_id, "seq": event.seq,
            }  # fmt: skip
    yield from _fund_faults(connection, funds, founded=founded is not None)
    yield from _float_faults(connection, floats)
    yield from differing("receipt book {}", by_key(_rows(connection, "receipt_book"), "book_id"), books)
    yield from differing("paper receipt {}", by_key(_rows(connection, "paper_receipt"), "book_id", "number"), papers)


def _rows(connection: Connection, table: str) -> list[Values]:
    return rows_of(connection, f"SELECT * FROM {table}")  # noqa: S608 - fixed names


def _fund_faults(connection: Connection, told: Told, *, founded: bool) -> Iterator[str]:
    """A fund is what its last entry says; without any it is one that an office of before its founding entry had."""
    rows = _rows(connection, "change_fund")
    known = [row for row in rows if row["fund_id"] in told]
    yield from differing("change fund {}", by_key(known, "fund_id"), told)
    for row in rows:
        if row["fund_id"] not in told and (founded or (row["authority"], row["active"]) != (SET_UP, 1)):
            yield f"change fund {row['fund_id']} stands in no entry of the ledger"


def _float_faults(connection: Connection, told: dict[str, int]) -> Iterator[str]:
    """The float that a drawer is authorized for is what its fund says (control 20)."""
    amounts: dict[str, list[int]] = {}
    for fund in _rows(connection, "change_fund"):
        if fund["drawer_id"] and fund["active"]:
            amounts.setdefault(fund["drawer_id"], []).append(fund["amount_minor"])
    for row in _rows(connection, "drawer"):
        name, has = row["drawer_id"], row["authorized_float_minor"]
        said = amounts.get(name, [told[name]] if name in told else [has])
        if said != [has]:
            yield f"drawer {name}: its float is {has}, but its change fund says {', '.join(map(str, said))}"
