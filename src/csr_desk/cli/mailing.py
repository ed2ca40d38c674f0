"""``csr-desk mail``: who this station is to the mail server, and the outbox sent once without a window."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from csr_desk.cli import ends

mail_app = typer.Typer(help="Mail of the outbox.", no_args_is_help=True, rich_markup_mode=None)


@mail_app.command()
def secret(
    user: Annotated[str, typer.Option(help="The station’s user name at the mail server.")],
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, envvar="CSR_DESK_MAIL_PASSWORD", help="Asked for.")
    ],
) -> None:
    """Keep the station’s password for the mail server with its keys; it is never in the database nor in a backup."""
    from csr_desk.devices.mail import MailSecret, keep_secret
    from csr_desk.locations import key_folder

    with ends.plain_errors():
        path = keep_secret(key_folder(), MailSecret(user, password))
    typer.echo(f"Kept in {path}.")


@mail_app.command()
def send(database: Annotated[str, typer.Option(help="The office’s database.")]) -> None:
    """Send what is due now, and say what hangs. Exit 0: all that was due went out. Exit 1: something was not taken."""
    from csr_desk.devices.mail import read_secret, server_of
    from csr_desk.domain.errors import Ineligible
    from csr_desk.locations import key_folder
    from csr_desk.services import outbox_sending
    from csr_desk.services.desk import open_desk

    with ends.plain_errors():
        desk = open_desk(database)
        try:
            if said := outbox_sending.why_not(desk):
                raise Ineligible(said)
            server = server_of(desk.policy.mail_server, desk.policy.mail_security, read_secret(key_folder()))
            states = Counter(state.value for state in outbox_sending.send_due(desk, server))
            hanging = outbox_sending.hanging(desk)
        finally:
            desk.close()
    typer.echo(", ".join(f"{number} {state}" for state, number in sorted(states.items())) or "Nothing was due.")
    if hanging:
        typer.echo(f"{hanging} hang: look at the outbox.", err=True)
    if hanging or set(states) - {"sent"}:
        raise typer.Exit(ends.FOUND)
