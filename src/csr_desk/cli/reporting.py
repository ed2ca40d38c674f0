"""``csr-desk report`` and ``csr-desk verify``: looking without changing anything."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from csr_desk.cli import ends


class Layout(StrEnum):
    """How a report is written."""

    JSON = "json"
    CSV = "csv"


def report(
    name: Annotated[str, typer.Argument(help="daily_revenue, tie, items, accounts, tenders, drawers or hours.")],
    database: Annotated[str, typer.Option(help="The office’s database.")],
    business_date: Annotated[str, typer.Option(help="One business date, e.g. 2026-07-14.")] = "",
    first: Annotated[str, typer.Option("--from", help="First business date.")] = "",
    last: Annotated[str, typer.Option("--to", help="Last business date.")] = "",
    layout: Annotated[Layout, typer.Option("--format", help="As JSON, or the daily revenue as CSV.")] = Layout.JSON,
) -> None:
    """Print a report of some business dates."""
    from csr_desk.services import reports
    from csr_desk.services.desk import open_desk
    from csr_desk.services.staff import THE_PROGRAM

    with ends.plain_errors():
        desk = open_desk(database)
        try:
            begin, end = _span(business_date, first, last, desk.today())
            if layout is Layout.CSV:
                whole = reports.daily_revenue(desk, THE_PROGRAM, begin, end)
                typer.echo(reports.revenue_csv(whole).decode("utf-8"), nl=False)
            else:
                found = reports.report(desk, THE_PROGRAM, name, begin, end)
                typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        finally:
            desk.close()


def _span(one: str, first: str, last: str, today: date) -> tuple[date, date]:
    from csr_desk.domain.errors import BadInput
    from csr_desk.services.clock import read_date

    begin = read_date(first or one, field_name="from") if first or one else today
    end = read_date(last or one, field_name="to") if last or one else today
    if begin > end:
        raise BadInput("A report ends after it begins.")
    return begin, end


def verify(
    database: Annotated[str, typer.Option(help="The database to verify.")],
) -> None:
    """Recompute the whole ledger, read-only; exit 0 when it agrees, 1 with the first fault in words when not."""
    from csr_desk.services.verification import verify_url

    with ends.plain_errors():
        found = verify_url(database)
        typer.echo(f"{found.checked:,} entries, {found.receipts:,} receipts checked.")
        for head in found.heads:
            typer.echo(f"{head.series}: entry {head.seq}, receipts {head.receipts}, head {head.mac.hex()}")
        if not found.ok:
            typer.echo(f"NOT OK: {found.first_fault}", err=True)
            raise typer.Exit(ends.FOUND)
        typer.echo("OK")
