"""``csr-desk train``: the training office of an office, and what came of its days."""

from __future__ import annotations

from typing import Annotated

import typer

from csr_desk.cli import ends
from csr_desk.cli.parts import Parts
from csr_desk.cli.station import has_display, own_database


def train(
    context: typer.Context,
    database: Annotated[str, typer.Option(help="The office to train for; its database is only read.")] = "",
    seed: Annotated[int | None, typer.Option(min=0, help="The day of customers to begin; the same for all.")] = None,
    user: Annotated[str, typer.Option(help="Who begins the day of --seed, by user name.")] = "",
    no_window: Annotated[bool, typer.Option("--no-window", help="Only make the training office.")] = False,
    check: Annotated[str, typer.Option(help="A certificate’s code to look up.")] = "",
) -> None:
    """Open the office’s training office: a database of its own, with its own numbers and no real money."""
    from csr_desk.services import staff, training, training_certificates, training_office
    from csr_desk.services.desk import open_desk

    with ends.plain_errors():
        own = database or own_database()
        if not own:
            ends.stop("There is no office on this station yet. Start with “csr-desk demo” or “csr-desk init”.")
        live = open_desk(own)
        try:
            url = training_office.ensure(live)
        finally:
            live.close()
        typer.echo(f"Training office: {url}", err=True)
        desk = open_desk(url)
        try:
            if check:
                typer.echo(training_certificates.words_of_code(desk, check))
                return
            if seed is not None:
                if not user:
                    ends.stop("Say whose day it is: --user NAME.")
                command = training.StartDay(f"{user}-{seed}-{desk.now_text()}", seed)
                begun = training.start(desk, staff.person(desk, user), command).value
                typer.echo(f"Day {begun.seed} of {user}: {begun.customers} customers wait.", err=True)
        finally:
            desk.close()
        if not no_window:
            if not has_display():
                ends.stop("There is no display here, so no window. Add --no-window.")
            parts: Parts = context.obj
            raise typer.Exit(parts.open_window(url))
