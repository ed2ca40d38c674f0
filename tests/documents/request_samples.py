"""Facts of requests for the papers' tests."""

from __future__ import annotations

from datetime import date

from csr_desk.domain.request_papers import ClosingLetter, RequestSlip, VisitSheet
from csr_desk.domain.requests import Kind, Outcome
from csr_desk.domain.work_orders import Priority
from documents.samples import OFFICE

DAY = date(2026, 9, 4)
NUMBER = "SR26-000001-9"


def slip(language: str = "en", **more: object) -> RequestSlip:
    """What a customer takes along."""
    told: dict[str, object] = {
        "office": OFFICE, "number": NUMBER, "type_name": "High water bill", "department": "Customer Account Services",
        "opened_on": DAY, "due_on": date(2026, 9, 10), "language": language, "site": "4107 Leeland St", **more,
    }  # fmt: skip
    return RequestSlip(**told)  # type: ignore[arg-type]


def visit(**more: object) -> VisitSheet:
    """What somebody takes along to the place."""
    told: dict[str, object] = {
        "office": OFFICE, "number": NUMBER, "type_name": "Water leak in the street", "kind": Kind.REQUEST,
        "priority": Priority.URGENT, "department": "Public Works", "site": "4107 Leeland St Unit B",
        "place": "29.7604,-95.3698", "summary": "Water comes up between curb and street, more each hour.",
        "asked": (("How much water runs?", "A steady flow"),), "contact": "ÁLVAREZ, María · 713-555-0142",
        "language": "es", "opened_on": DAY, "due_on": date(2026, 9, 9), "about": ("account 0041-2277-9",),
        "notes": (("2026-09-04", "The valve at the corner is open"),), "warnings": ("Dog at the gate",), **more,
    }  # fmt: skip
    return VisitSheet(**told)  # type: ignore[arg-type]


def letter(language: str = "en", **more: object) -> ClosingLetter:
    """What somebody is told at the end."""
    told: dict[str, object] = {
        "office": OFFICE, "number": NUMBER, "language": language, "name": "María Álvarez",
        "address": "4107 Leeland St Unit B, Houston, TX 77023", "type_name": "High water bill",
        "site": "4107 Leeland St", "opened_on": DAY, "closed_on": date(2026, 9, 10), "outcome": Outcome.RESOLVED,
        "answer": "The reading was estimated too high.\nYour next bill takes 4,800 gallons off.", **more,
    }  # fmt: skip
    return ClosingLetter(**told)  # type: ignore[arg-type]
