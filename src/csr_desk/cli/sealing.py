"""``csr-desk seal`` and ``csr-desk seal-key``: what the finance officer does at the end of a day, and their key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csr_desk.cli import ends

if TYPE_CHECKING:
    from datetime import date

    from csr_desk.services.desk import Desk

key_app = typer.Typer(help="The key of the day seals.", no_args_is_help=True, rich_markup_mode=None)

_PHRASE = "CSR_DESK_SEAL_PASSPHRASE"
_DATABASE = typer.Option(help="The office’s database.")
_SECRET = typer.Option(envvar="CSR_DESK_SECRET", help="Asked for when it is not given.")


@key_app.command()
def new(
    out: Annotated[Path, typer.Option(help="File for the private key: on the officer’s own token or disk.")],
    passphrase: Annotated[
        str,
        typer.Option(
            prompt=True, hide_input=True, confirmation_prompt=True, envvar=_PHRASE, help="Asked for, 12 characters."
        ),
    ],
    follows: Annotated[Path | None, typer.Option(help="The private key that it takes over from; it signs too.")] = None,
    old_passphrase: Annotated[
        str, typer.Option(envvar="CSR_DESK_OLD_SEAL_PASSPHRASE", help="Of --follows; asked for when it is not given.")
    ] = "",
) -> None:
    """Make a private key, encrypted, and beside it the public key for the administrator."""
    from csr_desk.services import seal_files

    with ends.plain_errors():
        old = ""
        if follows is not None:
            old = old_passphrase or typer.prompt("Passphrase of the key before", hide_input=True)
        made, public = seal_files.new_key(out, passphrase, (follows, old) if follows else None)
    typer.echo(f"Private key: {out}. Keep it away from the counter; a copy in the safe, the passphrase elsewhere.")
    typer.echo(f"Public key {made.key_id}: {public}. Write the id down, and give the file to the administrator.")


@key_app.command("set")
def set_key(
    public: Annotated[Path, typer.Option(help="The file of the public key.")],
    by: Annotated[str, typer.Option(help="User name of the administrator; it is recorded under it.")],
    database: Annotated[str, _DATABASE],
    secret: Annotated[str, _SECRET] = "",
    old_key_lost: Annotated[
        bool, typer.Option("--old-key-lost", help="The key before is lost and cannot sign; stays on record for ever.")
    ] = False,
) -> None:
    """Put a public key into the ledger: day seals are checked with it from here on."""
    import uuid

    from csr_desk.domain.seal import SealKey
    from csr_desk.services import anchors, seals, staff
    from csr_desk.services.desk import open_desk
    from csr_desk.services.files_read import LARGEST_SEAL, read_bounded

    with ends.plain_errors():
        key = SealKey.of(read_bounded(public, LARGEST_SEAL))
        desk = open_desk(database)
        try:
            anchors.require_whole(desk)
            actor = staff.sign_in(desk, by, secret or typer.prompt("Secret", hide_input=True))
            command = seals.SetSealKey(str(uuid.uuid4()), key, old_key_lost)
            seals.set_seal_key(desk, actor, command)
        finally:
            desk.close()
    typer.echo(f"Day seals are checked with key {key.key_id} from now on.")


def seal(
    database: Annotated[str, _DATABASE],
    day: Annotated[str, typer.Option(help="A closed business date; else the newest that waits.")] = "",
    key: Annotated[Path | None, typer.Option(help="The private key.")] = None,
    passphrase: Annotated[str, typer.Option(envvar=_PHRASE, help="Asked for when it is not given.")] = "",
    out: Annotated[Path, typer.Option(help="Folder for the seal file: outside the counter office.")] = Path(),
    by: Annotated[str, typer.Option(help="User name of the finance officer; it is recorded under it.")] = "",
    secret: Annotated[str, _SECRET] = "",
    listing: Annotated[bool, typer.Option("--list", help="Only say which days are sealed and which wait.")] = False,
) -> None:
    """Seal a closed day: verify the ledger, sign where it stands, write the seal file.

    A day that was sealed before gives the same file again, byte for byte.
    """
    from csr_desk.domain.errors import BadInput
    from csr_desk.services.desk import open_desk

    with ends.plain_errors():
        desk = open_desk(database)
        try:
            if listing:
                _list(desk)
                return
            if key is None or not by:
                raise BadInput("Name the private key and who seals: --key FILE --by USER. Or look with --list.")
            _seal(desk, day, (key, passphrase), (by, secret), out)
        finally:
            desk.close()


def _seal(desk: Desk, day: str, key: tuple[Path, str], who: tuple[str, str], out: Path) -> None:
    from csr_desk.services import anchors, seal_files, seals, staff
    from csr_desk.services.clock import read_date

    anchors.require_whole(desk)  # before the sign-in, which is recorded
    file, passphrase = key
    actor = staff.sign_in(desk, who[0], who[1] or typer.prompt("Secret", hide_input=True))
    business_date = read_date(day) if day else _newest_waiting(desk)
    signer = seal_files.unlock(desk, file, passphrase or typer.prompt("Passphrase of the key", hide_input=True))
    done = seals.seal_day(desk, actor, seals.new_command(business_date), signer)
    path = seal_files.write_seal(out, done.value)
    what = done.value.statement
    again = " It had been sealed before; this is the same seal." if done.replayed else ""
    typer.echo(f"{path}: seal of {what.business_date}, {what.entries:,} entries, key {what.key_id}.{again}")


def _newest_waiting(desk: Desk) -> date:
    """Return the newest closed day that waits; its seal covers all before it."""
    from csr_desk.domain.errors import NotFound
    from csr_desk.services import seals
    from csr_desk.services.staff import THE_PROGRAM

    waiting = seals.seal_book(desk, THE_PROGRAM).waiting
    if not waiting:
        raise NotFound("No closed day waits for its seal.")
    return waiting[-1]


def _list(desk: Desk) -> None:
    from csr_desk.domain.witness import SealState
    from csr_desk.services import seals
    from csr_desk.services.staff import THE_PROGRAM

    book = seals.seal_book(desk, THE_PROGRAM)
    for one in book.sealed:
        at = f"{desk.local(one.sealed_at):%Y-%m-%d %H:%M}"
        typer.echo(f"{one.business_date}  sealed {at} by {one.sealed_by}, key {one.key_id}")
    for waiting in book.waiting:
        typer.echo(f"{waiting}  closed, not sealed yet")
    if book.state is SealState.NOT_KEPT:
        typer.echo("No seal key is set in this office. See “csr-desk seal-key --help”.")
