"""One office with a register, a drawer, an office series, two people and an open day; and drafts to write."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from csr_desk.data import models
from csr_desk.data.engine import Store
from csr_desk.data.unit_of_work import write
from csr_desk.domain.chain import genesis
from csr_desk.domain.ledger import EntryDraft, EventKind, LineRow, Posting, TenderRole, TenderRow

OFFICE = "HPC"
DAY = date(2026, 7, 14)
AT = "2026-07-14T13:05:09.000000Z"


def seed(store: Store, *, training: bool = True, registers: int = 1) -> None:
    """Write the office; its key is made beside."""
    install = str(uuid.uuid4())
    store.install(install)
    names = [(f"{OFFICE}-{number}", "register") for number in range(1, registers + 1)] + [(OFFICE, "office")]
    with write(store) as work:
        work.conn.execute(models.office.insert(), office_row(install, training=training))
        for user, role in (("clerk1", "csr"), ("supervisor1", "supervisor")):
            work.conn.execute(models.staff.insert(), staff_row(user, role))
        for name, kind in names:
            work.conn.execute(models.series.insert(), series_row(name, kind, install))
        for name, kind in names:
            if kind == "register":
                drawer = {"drawer_id": name, "office_id": OFFICE, "name": name, "series_id": name}
                work.conn.execute(models.drawer.insert(), {**drawer, "authorized_float_minor": 20000, "active": 1})
        work.conn.execute(models.day.insert(), {"business_date": DAY.isoformat(), "office_id": OFFICE, "state": "open"})


def office_row(install: str, *, training: bool = True) -> dict[str, Any]:
    """Lay out the office."""
    return {
        "office_id": OFFICE,
        "name": "Permit Counter",
        "address": "1002 Washington Avenue\nHouston, TX 77002",
        "phone": "832-394-8800",
        "time_zone": "America/Chicago",
        "install_uuid": install,
        "training": int(training),
        "training_clock": None,
        "currency": "USD",
        "created_at": AT,
    }


def staff_row(user: str, role: str) -> dict[str, Any]:
    """Lay out a person."""
    words = {"user_id": user, "name": user.title(), "title": role, "role": role, "secret_hash": "-"}
    return {**words, "active": 1, "failures": 0, "delay_until": None, "demo_secret": None}


def series_row(name: str, kind: str, install: str) -> dict[str, Any]:
    """Lay out a series at its beginning."""
    start = genesis(OFFICE, name, install)
    heads = {"last_seq": 0, "last_receipt_no": 0, "perpetual_minor": 0, "last_z": 0, "head_mac": start}
    return {"series_id": name, "office_id": OFFICE, "kind": kind, "genesis": start, **heads}


def sale(key: str, amount: int = 6437, *, series: str = "HPC-1", **more: Any) -> EntryDraft:
    """Draft a cash sale of one line."""
    line = LineRow(
        number=1,
        kind="item",
        item="BLD-STRUCT",
        name="Building permit",
        department="PWE",
        quantity="1",
        each=amount,
        amount=amount,
        added_with=None,
        authority="City Code 117",
        price_from="2026-01-01",
        tax=0,
        explain=("flat",),
    )
    wanted: dict[str, Any] = {
        "series": series,
        "kind": EventKind.SALE,
        "business_date": DAY,
        "actor": "clerk1",
        "idem_key": key,
        "content_hash": f"hash of {key} {amount}",
        "facts": {"customer": "walk-in"},
        "notes": {"payer": "Nguyễn Văn A"},
        "lines": (line,),
        "tenders": (TenderRow(1, "cash", TenderRole.TAKEN, amount),),
        "postings": (Posting("1000", amount, tender=1), Posting("4000", -amount, line=1)),
    }
    return EntryDraft(**(wanted | more))
