"""``csr-desk report``: looking without changing anything."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from csr_desk.cli import ends

if TYPE_CHECKING:
    from csr_desk.domain.people import Actor
    from csr_desk.services.desk import Desk


class Layout(StrEnum):
    """How a report is written."""

    JSON = "json"
    CSV = "csv"


def report(
    name: Annotated[
        str,
        typer.Argument(
            help="daily_revenue, tie, items, accounts, tenders, drawers, hours, exceptions, over_short_trend, journal."
        ),
    ],
    database: Annotated[str, typer.Option(help="The office’s database.")],
    business_date: Annotated[str, typer.Option(help="One business date, e.g. 2026-07-14.")] = "",
    first: Annotated[str, typer.Option("--from", help="First business date.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last business date.")] = "",
    layout: Annotated[
        Layout, typer.Option("--format", help="As JSON; as CSV the daily revenue, exceptions, journal.")
    ] = Layout.JSON,
    by: Annotated[str, typer.Option(help="User name of who takes the report away; then it is recorded.")] = "",
    secret: Annotated[str, typer.Option(envvar="CSR_DESK_SECRET", help="Asked for when --by is given.")] = "",
) -> None:
    """Print a report of some business dates."""
    from csr_desk.services.desk import open_desk
    from csr_desk.services.staff import THE_PROGRAM, sign_in

    with ends.plain_errors():
        desk = open_desk(database)
        try:
            actor = sign_in(desk, by, secret or typer.prompt("Secret", hide_input=True)) if by else THE_PROGRAM
            span = _span(business_date, first, last, desk.today())
            content, rows = _content(desk, actor, name, span, layout)
            if by:
                _record(desk, actor, (name, *span, layout), (content, rows))
            typer.echo(content.decode("utf-8"), nl=False)
        finally:
            desk.close()


def _content(desk: Desk, actor: Actor, name: str, span: tuple[date, date], layout: Layout) -> tuple[bytes, int]:
    """Write a report; return its bytes and how many rows it has."""
    from csr_desk.services import exceptions, reports, virtual_tape

    if layout is Layout.JSON:
        data = reports.report(desk, actor, name, *span)
        rows = len(data.get("rows") or data.get("cases") or data.get("by_item") or ())
        return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode(), rows
    if name == "journal":
        return virtual_tape.journal_csv(desk, actor, virtual_tape.TapeQuery(*span))
    if name in {"exceptions", "over_short_trend"}:
        found = exceptions.exception_report(desk, actor, *span)
        return exceptions.report_csv(found), len(found.cases)
    whole = reports.daily_revenue(desk, actor, *span)
    return reports.revenue_csv(whole), len(whole.by_item)


def _record(desk: Desk, actor: Actor, what: tuple[str, date, date, Layout], made: tuple[bytes, int]) -> None:
    """Leave the entry that says who took this report away (J6)."""
    import uuid

    from csr_desk.services import report_exports

    name, first, last, layout = what
    kept = name if name in report_exports.REPORTS else "revenue"
    seal = report_exports.fingerprint(made[0])
    command = report_exports.TakeReport(str(uuid.uuid4()), kept, first, last, layout.value, seal, made[1])
    report_exports.take_report(desk, actor, command)


def _span(one: str, first: str, last: str, today: date) -> tuple[date, date]:
    from csr_desk.domain.errors import BadInput
    from csr_desk.services.clock import read_date

    begin = read_date(first or one, field_name="from") if first or one else today
    end = read_date(last or one, field_name="to") if last or one else today
    if begin > end:
        raise BadInput("A report ends after it begins.")
    return begin, end
