"""``csr-desk export``: files for the city's ledger and for an independent judge of the books."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from csr_desk.cli import ends

app = typer.Typer(help="Write files for other systems.", no_args_is_help=True, rich_markup_mode=None)


class LedgerFormat(StrEnum):
    """How the ledger is written."""

    BEANCOUNT = "beancount"
    CSV = "csv"


_DATABASE = typer.Option(help="The office’s database.")
_TO = typer.Option("--to", help="File to write; standard output without it.")


@app.command()
def gl(
    business_date: Annotated[str, typer.Option(help="A closed business date, e.g. 2026-07-14.")],
    by: Annotated[str, typer.Option(help="User name of the accountant; the export is recorded under it.")],
    secret: Annotated[
        str, typer.Option(prompt=True, hide_input=True, envvar="CSR_DESK_SECRET", help="Asked for when not given.")
    ],
    database: Annotated[str, _DATABASE],
    to: Annotated[Path | None, _TO] = None,
) -> None:
    """Export the GL journal of a closed day as CSV; asked for again, the same bytes come and the copy is recorded."""
    import uuid

    from csr_desk.services import anchors, exports, staff
    from csr_desk.services.clock import read_date
    from csr_desk.services.desk import open_desk

    with ends.plain_errors():
        desk = open_desk(database)
        try:
            anchors.require_whole(desk)
            actor = staff.sign_in(desk, by, secret)
            command = exports.ExportJournal(str(uuid.uuid4()), read_date(business_date))
            made = exports.gl_journal(desk, actor, command).value
        finally:
            desk.close()
        _write(made.content, to)
        again = " This day had been exported before; these are the same bytes." if made.again else ""
        typer.echo(f"{made.name}: {made.rows} rows, SHA-256 {made.sha256}.{again}", err=True)


@app.command()
def ledger(
    database: Annotated[str, _DATABASE],
    layout: Annotated[LedgerFormat, typer.Option("--format", help="beancount or csv.")] = LedgerFormat.BEANCOUNT,
    to: Annotated[Path | None, _TO] = None,
) -> None:
    """Write the whole ledger as beancount text (bean-check accepts it) or as CSV, one row a posting."""
    from csr_desk.services import exports
    from csr_desk.services.desk import open_desk
    from csr_desk.services.ledger_csv import ledger_csv
    from csr_desk.services.staff import THE_PROGRAM

    with ends.plain_errors():
        desk = open_desk(database)
        try:
            if layout is LedgerFormat.BEANCOUNT:
                content = exports.beancount(desk, THE_PROGRAM)
            else:
                content = ledger_csv(desk, THE_PROGRAM)
        finally:
            desk.close()
        _write(content, to)


def _write(content: bytes, to: Path | None) -> None:
    if to is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    from csr_desk.durable import write_file

    write_file(to, content)
