"""``csr-desk open311``: requests and what can be asked for, out to other systems and in from them (GeoReport v2)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from csr_desk.cli import ends

if TYPE_CHECKING:
    from csr_desk.domain.open311 import Form
    from csr_desk.domain.people import Actor
    from csr_desk.services.desk import Desk

app = typer.Typer(
    help="Requests and services in the shape of Open311 GeoReport v2, as .json or .xml.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
out_app = typer.Typer(help="Write a file for another system.", no_args_is_help=True, rich_markup_mode=None)
in_app = typer.Typer(help="Take a file of another system in.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(out_app, name="export")
app.add_typer(in_app, name="import")

_OUT = typer.Argument(help="The file to write; .xml makes it XML, .json JSON.")
_IN = typer.Argument(help="The file to read; .xml is XML, .json JSON.")
_DATABASE = typer.Option(help="The office’s database.")
_BY = typer.Option(help="User name of the supervisor; what is taken in is recorded under it.")
_SECRET = typer.Option(prompt=True, hide_input=True, envvar="CSR_DESK_SECRET", help="Asked for when not given.")
LARGEST = 50 * 1_048_576


@out_app.command("services")
def export_services(
    file: Annotated[Path, _OUT], database: Annotated[str, _DATABASE], by: Annotated[str, _BY],
    secret: Annotated[str, _SECRET],
) -> None:  # fmt: skip
    """Write the list of what can be asked for."""
    from csr_desk.durable import write_file
    from csr_desk.services import service_exchange

    with _signed_in(database, by, secret) as (desk, actor):
        write_file(file, service_exchange.export_services(desk, actor, _form(file)))
        typer.echo(f"Wrote {file}.")


@out_app.command("definition")
def export_definition(
    code: Annotated[str, typer.Argument(help="The service’s code.")], file: Annotated[Path, _OUT],
    database: Annotated[str, _DATABASE], by: Annotated[str, _BY], secret: Annotated[str, _SECRET],
) -> None:  # fmt: skip
    """Write the questions of one service."""
    from csr_desk.durable import write_file
    from csr_desk.services import service_exchange

    with _signed_in(database, by, secret) as (desk, actor):
        write_file(file, service_exchange.export_definition(desk, actor, code, _form(file)))
        typer.echo(f"Wrote {file}.")


@out_app.command("requests")
def export_requests(
    file: Annotated[Path, _OUT], database: Annotated[str, _DATABASE], by: Annotated[str, _BY],
    secret: Annotated[str, _SECRET],
    first: Annotated[str, typer.Option("--from", help="The first day on which they were opened (YYYY-MM-DD).")],
    last: Annotated[str, typer.Option("--to", help="The last day; today without it.")] = "",
) -> None:  # fmt: skip
    """Write the requests of a period, without who asked; those about employees stay here."""
    from csr_desk.durable import write_file
    from csr_desk.services import request_exchange
    from csr_desk.services.clock import read_date

    with _signed_in(database, by, secret) as (desk, actor):
        until = read_date(last) if last else desk.today()
        done = request_exchange.export_requests(desk, actor, read_date(first), until, _form(file))
        write_file(file, done.content)
        typer.echo(f"Wrote {done.count} requests to {file}; {done.held_back} about employees stay here.")


@in_app.command("services")
def import_services(
    file: Annotated[Path, _IN], database: Annotated[str, _DATABASE], by: Annotated[str, _BY],
    secret: Annotated[str, _SECRET],
) -> None:  # fmt: skip
    """Take a list of services in: new ones are added, known ones follow it."""
    from csr_desk.services import service_exchange

    with _signed_in(database, by, secret) as (desk, actor):
        command = service_exchange.ImportServices(uuid4().hex, _read(file), _form(file))
        _say_codes(service_exchange.import_services(desk, actor, command).value)


@in_app.command("definition")
def import_definition(
    file: Annotated[Path, _IN], database: Annotated[str, _DATABASE], by: Annotated[str, _BY],
    secret: Annotated[str, _SECRET],
) -> None:  # fmt: skip
    """Take the questions of a service in that is known."""
    from csr_desk.services import service_exchange

    with _signed_in(database, by, secret) as (desk, actor):
        command = service_exchange.ImportDefinition(uuid4().hex, _read(file), _form(file))
        _say_codes(service_exchange.import_definition(desk, actor, command).value)


@in_app.command("requests")
def import_requests(
    file: Annotated[Path, _IN], database: Annotated[str, _DATABASE], by: Annotated[str, _BY],
    secret: Annotated[str, _SECRET],
) -> None:  # fmt: skip
    """Take requests in; the same file once more changes nothing. Exit 1 where some were refused."""
    from csr_desk.services import request_exchange

    with _signed_in(database, by, secret) as (desk, actor):
        command = request_exchange.ImportRequests(_read(file), _form(file))
        done = request_exchange.import_requests(desk, actor, command).value
        for foreign, ours in done.added:
            typer.echo(f"{foreign} is {ours} here.")
        counts = f"{len(done.added)} new, {len(done.changed)} changed, {len(done.same)} as they were"
        typer.echo(f"{counts}, {len(done.refused)} refused.")
        for foreign, why in done.refused:
            typer.echo(f"{foreign}: {why}", err=True)
        if done.refused:
            raise typer.Exit(ends.FOUND)


@contextmanager
def _signed_in(database: str, by: str, secret: str) -> Iterator[tuple[Desk, Actor]]:
    """Open the office for a person, and close it."""
    from csr_desk.services import staff
    from csr_desk.services.desk import open_desk

    with ends.plain_errors():
        desk = open_desk(database)
        try:
            yield desk, staff.sign_in(desk, by, secret)
        finally:
            desk.close()


def _form(file: Path) -> Form:
    from csr_desk.domain.errors import BadInput
    from csr_desk.domain.open311 import Form

    forms = {".json": Form.JSON, ".xml": Form.XML}
    if file.suffix.lower() not in forms:
        raise BadInput(f"{file.name}: the name ends in .json or .xml.", field="file")
    return forms[file.suffix.lower()]


def _read(file: Path) -> bytes:
    from csr_desk.services.files_read import read_bounded

    return read_bounded(file, LARGEST)


def _say_codes(codes: tuple[str, ...]) -> None:
    typer.echo(f"New or changed: {', '.join(codes)}." if codes else "Nothing is new.")
