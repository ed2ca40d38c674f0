"""The command line: one module for each group of commands."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

import typer

app = typer.Typer(
    name="csr-desk",
    help="The desktop program of a city's counter: sells permits and fees, balances the drawer, proves every cent.",
    add_completion=False,
    pretty_exceptions_enable=False,
)


def show_version(wanted: bool) -> None:
    """Print the version and leave."""
    if wanted:
        typer.echo(f"csr-desk {version('csr-desk')}")
        raise typer.Exit


@app.callback()
def csr_desk(
    version: Annotated[
        bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Sell permits and fees at a city's counter."""
