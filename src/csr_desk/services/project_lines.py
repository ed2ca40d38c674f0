"""Permits, orders, inspections, work orders and releases laid out alike, with what wants somebody to look at it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from csr_desk.domain.money import Cents
from csr_desk.domain.validity import ALIVE, ends_within, is_over

Row: TypeAlias = Mapping[str, Any]

_WAITING = {"inspection": {"requested", "scheduled"}, "work_order": {"open", "assigned", "started"}}


class Noun(StrEnum):
    """What hangs beneath a project."""

    PERMIT = "permit"
    ORDER = "order"
    INSPECTION = "inspection"
    WORK_ORDER = "work_order"
    RELEASE = "release"


class Concern(StrEnum):
    """Why a line wants somebody to look at it."""

    ENDED = "ended"
    """Its last day is past."""
    ENDS_SOON = "ends_soon"
    OVERDUE = "overdue"
    """It should be done by now, and is not."""
    FAILED = "failed"
    REJECTED = "rejected"
    UNMATCHED = "unmatched"
    """The company acknowledged the batch without a word about it."""
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class Line:
    """A permit, order, inspection, work order or release beneath a project; what it has none of is empty."""

    noun: Noun
    number: str
    title: str
    state: str
    on: date
    """Issued, prepared, requested, opened."""
    until: date | None
    """The last day it holds, or the day it is due."""
    amount: Cents | None = None
    of: str = ""
    """The permit it belongs to."""
    who: str = ""
    """Crew, inspector, company, whom an order is for."""
    words: str = ""
    """The result, the answer, the confirmation."""
    concern: Concern | None = None


def permit_line(row: Row, today: date, warn_days: int) -> Line:
    """Lay a permit out as a line; its end is near within so many days."""
    until = day_of(row["expires_on"])
    concern = None
    if row["state"] == "expired" or is_over(row["state"], until, today):
        concern = Concern.ENDED
    elif row["state"] in ALIVE and ends_within(until, today, warn_days):
        concern = Concern.ENDS_SOON
    return Line(
        Noun.PERMIT, row["permit_no"], row["description"], row["state"], date.fromisoformat(row["issued_on"]), until,
        row["paid_minor"], concern=concern,
    )  # fmt: skip


def order_line(row: Row, today: date) -> Line:
    """Lay an order for the cashier out as a line."""
    until = date.fromisoformat(row["expires_on"])
    ended = row["state"] == "expired" or (row["state"] == "open" and until < today)
    return Line(
        Noun.ORDER, row["order_no"], row["memo"] or _items(row["lines"]), row["state"],
        date.fromisoformat(row["issued_on"]), until, row["total_minor"], who=row["customer_name"] or "",
        concern=Concern.ENDED if ended else None,
    )  # fmt: skip


def _items(lines: str) -> str:
    """Name what an order sells, where nobody said what it is for."""
    named = dict.fromkeys(str(one.get("name") or one.get("item") or "") for one in json.loads(lines))
    return ", ".join(name for name in named if name)


def inspection_line(row: Row, today: date, repeated: Iterable[str]) -> Line:
    """Lay an inspection out as a line; one that was repeated does not fail the work any more."""
    due = day_of(row["scheduled_on"]) or date.fromisoformat(row["due_on"])
    concern = None
    if row["state"] == "failed" and row["inspection_no"] not in repeated:
        concern = Concern.FAILED
    elif row["state"] in _WAITING["inspection"] and due < today:
        concern = Concern.OVERDUE
    return Line(
        Noun.INSPECTION, row["inspection_no"], _words(row["kind"]), row["state"],
        date.fromisoformat(row["requested_on"]), day_of(row["inspected_on"]) or due, None, row["permit_no"],
        row["inspector"] or "", row["result"] or "", concern,
    )  # fmt: skip


def work_order_line(row: Row, today: date) -> Line:
    """Lay a work order out as a line."""
    due = date.fromisoformat(row["due_on"])
    late = row["state"] in _WAITING["work_order"] and due < today
    concern = Concern.OVERDUE if late else Concern.FAILED if row["state"] == "not_done" else None
    return Line(
        Noun.WORK_ORDER, row["work_order_no"], row["work"], row["state"], date.fromisoformat(row["opened_on"]), due,
        None, _permit_of(row["subject"]), row["crew"] or "", row["result"] or "", concern,
    )  # fmt: skip


def release_line(row: Row, *, late: bool) -> Line:
    """Lay a release out as a line; it is late when its company should have confirmed it by now (control 48)."""
    concern = None
    if row["unmatched"]:
        concern = Concern.UNMATCHED
    elif row["state"] == "rejected":
        concern = Concern.REJECTED
    elif late:
        concern = Concern.UNCONFIRMED
    return Line(
        Noun.RELEASE, row["release_no"], _words(row["kind"]), row["state"], date.fromisoformat(row["requested_on"]),
        day_of(row["expires_on"]), None, row["permit_no"] or "", row["company"] or "",
        row["confirmation"] or row["answer"] or row["reason"] or "", concern,
    )  # fmt: skip


def _permit_of(subject: str | None) -> str:
    noun, _, number = (subject or "").partition(":")
    return number if noun == "permit" else ""


def _words(code: str) -> str:
    return code.replace("_", " ").capitalize()


def day_of(text: str | None) -> date | None:
    """Read a date that may be missing."""
    return None if text is None else date.fromisoformat(text)
