"""Putting into a ledger what the program itself would refuse: forbidden entries, rows changed from outside."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from datetime import date
from typing import Any

from csr_desk.domain.evidence import Finding
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind, LineRow, Posting, TenderRole, TenderRow
from csr_desk.domain.postings import HOUSE
from csr_desk.services.evidence import pack
from csr_desk.services.evidence.look import Look, look_at
from demo_city import City
from services.known_day import DAY

FIRST, LAST = date(2026, 7, 1), date(2026, 7, 31)
REVENUE = "1000.6500010020.422050"
BATCH = "HPC-1-20260714-1"


def finding(city: City, number: int, change: Callable[[Look], None] | None = None, last: date = LAST) -> Finding:
    """Test one control on July."""
    (check,) = (check for check in pack.CHECKS if check.number == number)
    with look_at(city.desk, FIRST, last) as look:
        if change is not None:
            change(look)
        return check.test(look)


def plant(city: City, kind: EventKind, **parts: Any) -> EventKey:
    """Write an entry past every service, rightly sealed; of HPC-1 and clerk1 on the day unless told otherwise."""
    draft: dict[str, Any] = {"series": "HPC-1", "actor": "clerk1", "business_date": DAY, "batch": BATCH, **parts}
    at = draft.pop("at", city.desk.now_text())
    with city.desk.begin() as work:
        work.lock_series(draft["series"])
        return work.append(EntryDraft(kind=kind, idem_key=f"planted-{city.key()}", **draft), at).key


def plant_sale(city: City, amount: int, *tenders: TenderRow, **parts: Any) -> EventKey:
    """Write a sale of one line; postings follow the tenders, and what is left over is rounding."""
    taken = [Posting(HOUSE.of_tender(row.kind, row.role), row.amount, tender=row.number) for row in tenders]
    fees = [Posting(HOUSE.card_fees, -row.amount) for row in tenders if row.role is TenderRole.FEE]
    line = parts.pop("line", sold(amount))
    booked = [*taken, *fees, Posting(REVENUE, -amount, line=1)]
    rest = -sum(row.amount for row in booked)
    booked += [Posting("1000.9900010001.434505", rest)] if rest else []
    notes = {"customer": "Alma Reyes", **parts.pop("notes", {})}
    return plant(city, EventKind.SALE, lines=(line,), tenders=tenders, postings=tuple(booked), notes=notes, **parts)


def sold(amount: int, list_amount: int | None = None) -> LineRow:
    """A residential alarm permit for whatever amount (its price is 50.00)."""
    return LineRow(
        1, "item", "ALM-RES", "Alarm", "ARA", "1", amount, amount, None, "Sec. 11-62", "2026-01-01", 0, (),
        list_amount=list_amount,
    )  # fmt: skip


def cash(amount: int, number: int = 1) -> TenderRow:
    """Cash handed over, or given back as change where it is negative."""
    return TenderRow(number, "cash", TenderRole.TAKEN if amount > 0 else TenderRole.CHANGE, amount)


def check(amount: int, **more: Any) -> TenderRow:
    """A check."""
    return TenderRow(1, "check", TenderRole.TAKEN, amount, **{"check_number": "7", **more})


def outside(city: City, *changes: str) -> None:
    """Change the file of a city as its owner would."""
    outside_file(str(city.desk.store.file), *changes)


def outside_file(path: str, *changes: str) -> None:
    """Change a file as its owner would: the guards taken off, and put back as if nothing had been."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as file:
        guards = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        file.execute("PRAGMA foreign_keys=OFF")
        for name, _ in guards:
            file.execute(f'DROP TRIGGER "{name}"')
        for change in changes:
            done = file.execute(change)
            assert done.rowcount != 0, change
        for _, sql in guards:
            file.execute(sql)
