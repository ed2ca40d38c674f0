"""The program ``csr-desk`` and its commands."""

from __future__ import annotations

from typing import Annotated

import typer

from csr_desk.cli import (
    auditing,
    billing,
    catalogues,
    ends,
    exchanging,
    exporting,
    importing,
    mailing,
    offices,
    permitting,
    reporting,
    saving,
    scripts,
    sealing,
    training,
    verifying,
)
from csr_desk.cli.parts import Parts
from csr_desk.cli.station import has_display, own_database

app = typer.Typer(
    name="csr-desk",
    help="The desktop program of a city’s counter: sells permits and fees, balances the drawer, proves every cent.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.command()(offices.demo)
app.command("init")(offices.init)
app.command()(training.train)
app.command()(scripts.replay)
app.command()(reporting.report)
app.command()(verifying.verify)
app.command()(permitting.verify_permit)
app.command()(permitting.permit)
app.command()(sealing.seal)
app.command()(auditing.evidence)
app.command()(billing.statements)
app.command()(billing.penalties)
app.command()(saving.backup)
app.command()(saving.backups)
app.command()(saving.restore)
app.command()(saving.accept_restored)
app.command()(saving.drill)
app.add_typer(catalogues.app, name="catalogue")
app.add_typer(exporting.app, name="export")
app.add_typer(importing.app, name="import")
app.add_typer(permitting.key_app, name="permit-key")
app.add_typer(sealing.key_app, name="seal-key")
app.add_typer(mailing.mail_app, name="mail")
app.add_typer(exchanging.app, name="open311")


@app.callback(invoke_without_command=True)
def window(
    context: typer.Context,
    database: Annotated[str, typer.Option(help="Database to open, as sqlite:///PATH or postgresql://HOST/NAME.")] = "",
) -> None:
    """Open the window on the office’s database; with a command, do that instead."""
    if context.invoked_subcommand is not None:
        return
    with ends.plain_errors():
        url = database or own_database()
        if not url:
            ends.stop("There is no office on this station yet. Start with “csr-desk demo” or “csr-desk init”.")
        if not has_display():
            ends.stop(
                "There is no display here, so no window. “csr-desk demo --no-window --play-day” works without one."
            )
        parts: Parts = context.obj
        raise typer.Exit(parts.open_window(url))
