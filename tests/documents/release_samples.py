"""Facts of releases for the papers' tests: a batch, and what customers do next."""

from __future__ import annotations

from datetime import date

from csr_desk.domain.release import Condition, Kind
from csr_desk.domain.release_register import BatchPaper, BatchRow, NextStep
from documents.samples import OFFICE

DAY = date(2026, 7, 14)
ESI = "1008901023800009999999"


def row(number: int, site: str, **more: object) -> BatchRow:
    """A release of a batch."""
    told: dict[str, object] = {
        "number": f"R26-{number:06d}-9", "kind": Kind.RECONNECT, "site": site, "premise": ESI,
        "permit": f"P26-{number:06d}-4", "inspected_on": DAY, "manual": "", "emergency": False, **more,
    }  # fmt: skip
    return BatchRow(**told)  # type: ignore[arg-type]


def batch(kind: str = "daily", rows: int = 0) -> BatchPaper:
    """A batch of a day, or one of so many after a storm."""
    some = (
        row(1, "4107 LEELAND ST B"),
        row(2, "1200 W BELL ST", kind=Kind.TEMPORARY_POLE),
        row(3, "88 RANCH RD", kind=Kind.PERMANENT, permit="", inspected_on=None, manual="well"),
    )
    many = tuple(row(n, f"{n} ELLA BLVD", emergency=True) for n in range(1, rows + 1))
    return BatchPaper(OFFICE, "RB26-00007-3", kind, "G26-0001-7", "CenterPoint Energy", DAY, "Dana Reyes", many or some)


def next_step(language: str = "en", **more: object) -> NextStep:
    """What a customer does next."""
    told: dict[str, object] = {
        "office": OFFICE, "release": "R26-000001-9", "kind": Kind.RECONNECT, "state": "confirmed",
        "customer_name": "María Álvarez", "language": language, "site": "4107 LEELAND ST B", "premise": ESI,
        "company_name": "CenterPoint Energy", "confirmation": "CNP-88213", "on": DAY, "last_day": date(2026, 8, 11),
        "days": 20, **more,
    }  # fmt: skip
    return NextStep(**told)  # type: ignore[arg-type]


WAITING = next_step("vi", state="requested", missing=(Condition.INSPECTION, Condition.ADDRESS))
