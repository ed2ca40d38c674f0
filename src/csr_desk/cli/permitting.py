"""``csr-desk verify-permit``, ``permit`` and ``permit-key``: permits on paper, and whether a paper is the city's."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from csr_desk.cli import ends

key_app = typer.Typer(help="The key that permits are signed with.", no_args_is_help=True, rich_markup_mode=None)

_DATABASE = typer.Option(help="The office’s database.")
_SECRET = typer.Option(envvar="CSR_DESK_SECRET", help="Asked for when it is not given.")
_BY = typer.Option(help="User name of who asks.")


def verify_permit(
    keys: Annotated[Path, typer.Option(help="The file of the city’s public keys.")],
    code: Annotated[str, typer.Argument(help="The text of the code as it was scanned; “-” reads it from input.")],
    on: Annotated[str, typer.Option(help="The day to go by; today if it is left out.")] = "",
) -> None:
    """Say whether a permit’s paper is the city’s: without a database, without a network.

    Exit 0 for a genuine permit that has not run out, 1 for one that is not or has, 2 when it could not be looked at.
    """
    from csr_desk.services.clock import SystemClock, read_date
    from csr_desk.services.files_read import LARGEST_SEAL, read_bounded
    from csr_desk.services.permit_signing import check_code

    with ends.plain_errors():
        text = sys.stdin.read() if code == "-" else code
        day = read_date(on) if on else SystemClock().now().astimezone().date()
        found = check_code(text, read_bounded(keys, LARGEST_SEAL), day)
    said = found.statement
    for label, value in (
        ("Permit", said.permit), ("For", said.what), ("At", said.site), ("Office", said.office),
        ("Issued", said.issued), ("Valid to", said.expires or "no last day"), ("Contractor", said.contractor),
        ("Project", said.project),
    ):  # fmt: skip
        if value:
            typer.echo(f"{label}: {value}")
    if not found.genuine or found.over:
        typer.echo(f"NOT OK: {found.why}", err=True)
        raise typer.Exit(ends.FOUND)
    typer.echo(f"OK: {found.why}")


def permit(
    number: Annotated[str, typer.Argument(help="The permit’s number.")],
    database: Annotated[str, _DATABASE],
    by: Annotated[str, _BY],
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    secret: Annotated[str, _SECRET] = "",
) -> None:
    """Write the paper of a permit."""
    from csr_desk.documents.permit import permit_pdf
    from csr_desk.durable import write_file
    from csr_desk.services import permit_papers, staff
    from csr_desk.services.desk import open_desk

    with ends.plain_errors():
        desk = open_desk(database)
        try:
            actor = staff.sign_in(desk, by, secret or typer.prompt("Secret", hide_input=True))
            paper = permit_papers.permit_paper(desk, actor, number)
        finally:
            desk.close()
        write_file(out, permit_pdf(paper))
    typer.echo(f"{out}: permit {paper.number}, {paper.state}.")


@key_app.command("set")
def set_key(database: Annotated[str, _DATABASE], by: Annotated[str, _BY], secret: Annotated[str, _SECRET] = "") -> None:
    """Sign permits with a new key from here on; papers of the keys before it stay genuine."""
    import uuid

    from csr_desk.services import anchors, permit_signing, staff
    from csr_desk.services.desk import open_desk

    with ends.plain_errors():
        desk = open_desk(database)
        try:
            anchors.require_whole(desk)
            actor = staff.sign_in(desk, by, secret or typer.prompt("Secret", hide_input=True))
            key = permit_signing.set_permit_key(desk, actor, permit_signing.SetPermitKey(str(uuid.uuid4()))).value
        finally:
            desk.close()
    typer.echo(f"Permits are signed with key {key} from now on. Publish the keys anew: “csr-desk permit-key export”.")


@key_app.command()
def export(
    database: Annotated[str, _DATABASE],
    by: Annotated[str, _BY],
    out: Annotated[Path, typer.Option(help="File for the public keys.")],
    secret: Annotated[str, _SECRET] = "",
) -> None:
    """Write the city’s public keys, for inspectors, owners and the city’s site."""
    from csr_desk.durable import write_file
    from csr_desk.services import permit_signing, staff
    from csr_desk.services.desk import open_desk

    with ends.plain_errors():
        desk = open_desk(database)
        try:
            actor = staff.sign_in(desk, by, secret or typer.prompt("Secret", hide_input=True))
            content = permit_signing.public_keys(desk, actor)
        finally:
            desk.close()
        write_file(out, content)
    typer.echo(f"{out}: the city’s public keys of permits.")
