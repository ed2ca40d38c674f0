"""The reports of the auditor and the supervisor by name, as plain data: exceptions, over and short, the journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeAlias

from csr_desk.domain.people import Actor
from csr_desk.services import exceptions, virtual_tape
from csr_desk.services.desk import Desk

Data: TypeAlias = Callable[[Desk, Actor, date, date], dict[str, Any]]


def _exceptions(desk: Desk, actor: Actor, first: date, last: date) -> dict[str, Any]:
    return exceptions.report_data(exceptions.exception_report(desk, actor, first, last))


def _trend(desk: Desk, actor: Actor, first: date, last: date) -> dict[str, Any]:
    return exceptions.trend_data(exceptions.exception_report(desk, actor, first, last).trend)


BY_NAME: Mapping[str, Data] = {
    "exceptions": _exceptions,
    "over_short_trend": _trend,
    "journal": virtual_tape.journal_data,
}
"""Each asks for its own permission."""
