"""``csr-desk catalogue``: prices as spreadsheet files, checked before anything is taken over."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from csr_desk.cli import ends
from csr_desk.domain.distribution import WHOLE_PERCENT
from csr_desk.domain.errors import BadInput

app = typer.Typer(help="Import, check, compare and export the catalogue.", no_args_is_help=True, rich_markup_mode=None)

ACCOUNT_PARTS = 3

_FILES = typer.Argument(help="A folder of CSV files, or an .xlsx workbook.")
_DATABASE = typer.Option(help="The office’s database.")


@app.command()
def check(files: Annotated[Path, _FILES]) -> None:
    """Look a catalogue over; exit 1 when something in it does not hold together."""
    from csr_desk.services.catalogue_check import check as look_over
    from csr_desk.services.catalogue_exchange import load_catalogue
    from csr_desk.services.catalogue_sheets import FaultyCatalogue

    with ends.plain_errors():
        try:
            catalogue = load_catalogue(files)
        except FaultyCatalogue as faulty:
            _say_faults(faulty)
            raise typer.Exit(ends.FOUND) from None
        findings = look_over(catalogue)
        for found in findings:
            typer.echo(f"{'fault' if found.is_error else 'note'}: {found.where}, {found.item}: {found.sentence}")
        typer.echo(f"{len(catalogue.items)} items, {len(findings)} findings.")
        if any(found.is_error for found in findings):
            raise typer.Exit(ends.FOUND)


@app.command()
def diff(
    old: Annotated[Path, _FILES],
    new: Annotated[Path, _FILES],
) -> None:
    """Say in words what changes from one catalogue to another; exit 1 when something does."""
    from csr_desk.services.catalogue_diff import diff as compare
    from csr_desk.services.catalogue_exchange import load_catalogue

    with ends.plain_errors():
        changes = compare(load_catalogue(old), load_catalogue(new))
        for change in changes:
            typer.echo(str(change))
        if changes:
            raise typer.Exit(ends.FOUND)
        typer.echo("The catalogues are the same.")


@app.command()
def schedule(
    published: Annotated[Path, typer.Argument(help="The published fee schedule, as CSV.")],
    out: Annotated[Path, typer.Argument(help="The folder, or .xlsx workbook, to write the sure items to.")],
    account: Annotated[str, typer.Option(help="Fund.cost centre.GL that the items post to until a person assigns it.")],
) -> None:
    """Turn a published fee schedule into a catalogue, and list every row that a person must look at; then exit 1."""
    from csr_desk.domain.catalogue import Share
    from csr_desk.services.catalogue_exchange import export_catalogue
    from csr_desk.services.catalogue_sheets import FaultyCatalogue
    from csr_desk.services.fee_schedule_files import read_schedule

    with ends.plain_errors():
        parts = account.split(".")
        if len(parts) != ACCOUNT_PARTS or not all(part.isalnum() for part in parts):
            raise BadInput("Write the account as fund.cost centre.GL, like 1000.9900010001.434505.")
        try:
            fund, center, gl = parts
            read = read_schedule(published, Share(fund, center, gl, percent=WHOLE_PERCENT))
        except FaultyCatalogue as faulty:
            _say_faults(faulty)
            raise typer.Exit(ends.FOUND) from None
        export_catalogue(read.catalogue, out)
        for fault in read.doubtful:
            typer.echo(str(fault))
        typer.echo(f"{read.rows} rows: {len(read.catalogue.items)} items, {read.doubtful_rows} rows for a person.")
        if read.doubtful:
            raise typer.Exit(ends.FOUND)


@app.command("import")
def take_in(
    files: Annotated[Path, _FILES],
    database: Annotated[str, _DATABASE],
    by: Annotated[str, typer.Option(help="User name of the administrator; the release is recorded under it.")],
    secret: Annotated[
        str, typer.Option(prompt=True, hide_input=True, envvar="CSR_DESK_SECRET", help="Asked for when not given.")
    ],
) -> None:
    """Take a catalogue over as the next release, all or nothing."""
    import uuid

    from csr_desk.services import catalogue, staff
    from csr_desk.services.catalogue_sheets import FaultyCatalogue
    from csr_desk.services.desk import open_desk

    with ends.plain_errors():
        desk = open_desk(database)
        try:
            actor = staff.sign_in(desk, by, secret)
            command = catalogue.LoadRelease(str(uuid.uuid4()), files)
            done = catalogue.load_release(desk, actor, command).value
        except FaultyCatalogue as faulty:
            _say_faults(faulty)
            raise typer.Exit(ends.FOUND) from None
        finally:
            desk.close()
        typer.echo(f"{done.label}: {done.items} items are in force now.")


@app.command()
def export(
    files: Annotated[Path, typer.Argument(help="Folder for CSV files, or a name that ends in .xlsx.")],
    database: Annotated[str, _DATABASE],
) -> None:
    """Write the catalogue in force as spreadsheet files; taken in again they change nothing."""
    from csr_desk.services.catalogue_exchange import export_catalogue
    from csr_desk.services.desk import open_desk

    with ends.plain_errors():
        desk = open_desk(database)
        try:
            export_catalogue(desk.catalogue, files)
            typer.echo(f"{len(desk.catalogue.items)} items written to {files}.")
        finally:
            desk.close()


def _say_faults(faulty: Exception) -> None:
    for fault in getattr(faulty, "faults", ()):
        typer.echo(str(fault), err=True)
    typer.echo(f"{len(getattr(faulty, 'faults', ()))} faults; nothing was taken over.", err=True)
