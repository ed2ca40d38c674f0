"""``csr-desk import``: customers, accounts and bills of another system, all or nothing; the names of its columns."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csr_desk.cli import ends
from csr_desk.domain.errors import BadInput
from csr_desk.domain.import_columns import COLUMNS, ColumnMapping, ImportKind

if TYPE_CHECKING:
    from csr_desk.services.import_pace import Pace
    from csr_desk.services.imports import Preview, Taken

app = typer.Typer(
    help="Take in customers, accounts and bills from CSV or XLSX.", no_args_is_help=True, rich_markup_mode=None
)

_FILE = typer.Argument(help="A CSV file (UTF-8) or an .xlsx workbook; the first row names the columns.")
_DATABASE = typer.Option(help="The office’s database.")
_BY = typer.Option(help="User name of the accountant; what is taken in is recorded under it.")
_SECRET = typer.Option(prompt=True, hide_input=True, envvar="CSR_DESK_SECRET", help="Asked for when not given.")
_MAPPING = typer.Option(help="Name of a saved mapping; without it the columns are found by their titles.")
_CHECK = typer.Option("--check", help="Only look the file over; exit 1 when there are faults.")
_UPDATE = typer.Option("--update", help="Take over what is known otherwise.")
_SHOWN_FAULTS = 200
"""Faults that are written out; a terminal is no place for ten thousand."""


@app.command()
def customers(
    file: Annotated[Path, _FILE],
    database: Annotated[str, _DATABASE],
    by: Annotated[str, _BY],
    secret: Annotated[str, _SECRET],
    mapping: Annotated[str, _MAPPING] = "",
    *,
    check: Annotated[bool, _CHECK] = False,
    update: Annotated[bool, _UPDATE] = False,
) -> None:
    """Take in customers; those who are known and say the same are passed over."""
    _run(ImportKind.CUSTOMERS, file, (database, by, secret), (mapping, check, update))


@app.command()
def accounts(
    file: Annotated[Path, _FILE],
    database: Annotated[str, _DATABASE],
    by: Annotated[str, _BY],
    secret: Annotated[str, _SECRET],
    mapping: Annotated[str, _MAPPING] = "",
    *,
    check: Annotated[bool, _CHECK] = False,
    update: Annotated[bool, _UPDATE] = False,
) -> None:
    """Take in accounts of customers that are known."""
    _run(ImportKind.ACCOUNTS, file, (database, by, secret), (mapping, check, update))


@app.command()
def bills(
    file: Annotated[Path, _FILE],
    database: Annotated[str, _DATABASE],
    by: Annotated[str, _BY],
    secret: Annotated[str, _SECRET],
    mapping: Annotated[str, _MAPPING] = "",
    *,
    check: Annotated[bool, _CHECK] = False,
) -> None:
    """Take in bills on accounts that are known; rows with the same number are the items of one bill."""
    _run(ImportKind.BILLS, file, (database, by, secret), (mapping, check, False))


@app.command()
def mapping(
    name: Annotated[str, typer.Argument(help="The name to keep it under.")],
    kind: Annotated[ImportKind, typer.Argument(help="What the files hold.")],
    database: Annotated[str, _DATABASE],
    by: Annotated[str, _BY],
    secret: Annotated[str, _SECRET],
    column: Annotated[
        list[str] | None, typer.Option(help="FIELD=TITLE: this column of the file is that field.")
    ] = None,
    fixed: Annotated[list[str] | None, typer.Option(help="FIELD=TEXT: the same in every row.")] = None,
) -> None:
    """Keep under a name which column of a file is which; ``csr-desk import fields`` lists what there may be."""
    import uuid

    from csr_desk.services import import_mappings, staff
    from csr_desk.services.desk import open_desk

    with ends.plain_errors():
        wanted = ColumnMapping(_pairs(column or ()), _pairs(fixed or ()))
        desk = open_desk(database)
        try:
            actor = staff.sign_in(desk, by, secret)
            command = import_mappings.SaveMapping(str(uuid.uuid4()), name, kind, wanted)
            saved = import_mappings.save_mapping(desk, actor, command).value
        finally:
            desk.close()
        typer.echo(f"“{saved.name}” is kept: {len(saved.mapping.columns)} columns of {saved.kind.value}.")


@app.command()
def mappings(database: Annotated[str, _DATABASE], by: Annotated[str, _BY], secret: Annotated[str, _SECRET]) -> None:
    """List the saved mappings."""
    from csr_desk.services import import_mappings, staff
    from csr_desk.services.desk import open_desk

    with ends.plain_errors():
        desk = open_desk(database)
        try:
            found = import_mappings.saved_mappings(desk, staff.sign_in(desk, by, secret))
        finally:
            desk.close()
        for saved in found:
            typer.echo(f"{saved.name} ({saved.kind.value}):")
            for name, title in saved.mapping.columns.items():
                typer.echo(f"    {name} = {title}")
            for name, text in saved.mapping.fixed.items():
                typer.echo(f"    {name} is “{text}” in every row")


@app.command()
def fields(kind: Annotated[ImportKind, typer.Argument(help="What the files hold.")]) -> None:
    """List the fields that a file may have."""
    for column in COLUMNS[kind]:
        needed = ", needed" if column.needed else ""
        choices = f" of {', '.join(column.choices)}" if column.choices else ""
        typer.echo(f"{column.name}: {column.kind.value}{choices}{needed}")


def _run(kind: ImportKind, path: Path, who: tuple[str, str, str], how: tuple[str, bool, bool]) -> None:
    """Look a file over or take it in; exit 1 with every fault on stderr where there are any."""
    import uuid

    from csr_desk.services import imports, staff
    from csr_desk.services.desk import open_desk
    from csr_desk.services.import_files import read_import_file

    database, by, secret = who
    name, check, update = how
    with ends.plain_errors():
        file = read_import_file(path)
        desk = open_desk(database)
        try:
            actor = staff.sign_in(desk, by, secret)
            command = imports.LoadFile(str(uuid.uuid4()), kind, file, name or None, update)
            if check:
                _say_preview(imports.preview(desk, actor, command, _pace()))
                return
            _say_taken(imports.load_file(desk, actor, command, _pace()).value)
        except imports.FaultyFile as faulty:
            _say_faults(faulty.faults, faulty.in_all)
            raise typer.Exit(ends.FOUND) from None
        except KeyboardInterrupt:
            ends.stop("Stopped; nothing was taken over.")
        finally:
            desk.close()


def _say_taken(taken: Taken) -> None:
    said = f"{taken.rows:,} rows: {taken.new:,} new, {taken.changed:,} changed, {taken.same:,} known already."
    typer.echo(f"{said} {f'Load {taken.load} is in the ledger.' if taken.load else 'Nothing changed.'}")


def _say_preview(seen: Preview) -> None:
    for name, title in seen.mapping.columns.items():
        typer.echo(f"{name} = {title}")
    for title in seen.unused:
        typer.echo(f"not read: {title}")
    typer.echo(
        f"{seen.rows:,} rows: {seen.new:,} new, {seen.changed:,} changed, {seen.same:,} known already. "
        "Nothing was taken over yet."
    )
    if seen.faults_in_all:
        _say_faults(seen.faults, seen.faults_in_all)
        raise typer.Exit(ends.FOUND)


def _say_faults(faults: tuple[object, ...], in_all: int) -> None:
    for fault in faults[:_SHOWN_FAULTS]:
        typer.echo(str(fault), err=True)
    more = in_all - len(faults[:_SHOWN_FAULTS])
    if more > 0:
        typer.echo(f"and {more:,} more", err=True)
    typer.echo(f"{in_all:,} fault{'' if in_all == 1 else 's'}; nothing was taken over.", err=True)


def _pace() -> Pace:
    """Tell a terminal how far it is; a file or a pipe is told nothing."""
    from csr_desk.services.import_pace import Pace

    def told(done: int, every: int) -> None:
        typer.echo(f"\r{done * 100 // max(every, 1):3d} %", nl=False, err=True)

    return Pace(told if sys.stderr.isatty() else None)


def _pairs(words: list[str] | tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals or not name.strip() or not text.strip():
            raise BadInput(f"“{word[:60]}” is not FIELD=TITLE.")
        found[name.strip()] = text.strip()
    return found
