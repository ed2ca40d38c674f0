"""``csr-desk statements`` and ``csr-desk penalties``: what is done for many accounts at once."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csr_desk.cli import ends

if TYPE_CHECKING:
    from types import FrameType

_DATABASE = Annotated[str, typer.Option(help="The office’s database.")]
_BY = Annotated[str, typer.Option(help="User name of a supervisor or accountant.")]
_SECRET = Annotated[str, typer.Option(envvar="CSR_DESK_SECRET", help="Asked for where it is not given.")]


def statements(
    database: _DATABASE,
    last: Annotated[str, typer.Option("--to", help="Last day, e.g. 2026-07-31; what is owed at its end.")],
    first: Annotated[str, typer.Option("--from", help="First day; the first of that month without.")] = "",
    out: Annotated[Path | None, typer.Option(help="Folder to make; it must not be there yet.")] = None,
    account: Annotated[list[str] | None, typer.Option(help="Only this account; may be given again.")] = None,
    every: Annotated[bool, typer.Option("--every", help="Those that owe nothing but were billed as well.")] = False,
    by: _BY = "",
    secret: _SECRET = "",
) -> None:
    """Print the statements of accounts into PDF files, a few hundred each, with an index of who stands where.

    Ctrl+C stops the run, and nothing of it is left. Who took the statements is recorded.
    """
    import uuid

    from csr_desk.documents.statement import statements_bound
    from csr_desk.domain.money import shown
    from csr_desk.services.clock import read_date
    from csr_desk.services.desk import open_desk
    from csr_desk.services.staff import sign_in
    from csr_desk.services.statement_runs import RunStatements, run_statements
    from csr_desk.services.statements import StatementSpan

    with ends.plain_errors():
        end = read_date(last, field_name="to")
        begin = read_date(first, field_name="from") if first else end.replace(day=1)
        desk = open_desk(database)
        try:
            actor = sign_in(desk, by, secret or typer.prompt("Secret", hide_input=True))
            folder = out or Path(f"statements-{desk.office.office_id}-{begin}-{end}")
            span = StatementSpan(begin, end, tuple(account or ()), every=every)
            command = RunStatements(str(uuid.uuid4()), span, folder)
            with _interruptible("statements") as tell:
                made = run_statements(desk, actor, command, statements_bound, tell)
        finally:
            desk.close()
    if made is None:
        typer.echo("Stopped; no statement was left behind.", err=True)
        raise typer.Exit(ends.FOUND)
    typer.echo(f"{made.statements} statements on {made.pages} pages in {made.folder}; owed together {shown(made.owed)}")


def penalties(
    database: _DATABASE,
    on: Annotated[str, typer.Option(help="The day by which lateness counts; today without.")] = "",
    by: Annotated[str, typer.Option(help="User name of an accountant.")] = "",
    secret: _SECRET = "",
) -> None:
    """Charge late bills what lateness costs; doing it again charges nothing twice. Ctrl+C stops after some bills."""
    import uuid

    from csr_desk.domain.money import shown
    from csr_desk.services.clock import read_date
    from csr_desk.services.desk import open_desk
    from csr_desk.services.penalties import ChargePenalties, charge_penalties
    from csr_desk.services.staff import sign_in

    with ends.plain_errors():
        day = read_date(on, field_name="on") if on else None
        desk = open_desk(database)
        try:
            actor = sign_in(desk, by, secret or typer.prompt("Secret", hide_input=True))
            with _interruptible("bills") as tell:
                done = charge_penalties(desk, actor, ChargePenalties(str(uuid.uuid4()), day), tell).value
        finally:
            desk.close()
    typer.echo(f"{len(done.charges)} penalties charged by {done.on}, together {shown(done.total)}")
    for one in done.left_alone:
        typer.echo(f"Not charged: bill {one.bill} of account {one.account}. {one.because}")
    if done.stopped:
        typer.echo("Stopped; run it again to charge the rest.", err=True)
        raise typer.Exit(ends.FOUND)


@contextmanager
def _interruptible(noun: str) -> Iterator[Callable[[int, int], bool]]:
    """Give what tells how far a run is, and stops it between two steps once Ctrl+C was pressed."""
    asked = False

    def ask(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked
        asked = True

    def tell(done: int, every: int) -> bool:
        if sys.stderr.isatty():
            typer.echo(f"\r{done} of {every} {noun}", err=True, nl=done == every)
        return not asked

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield tell
    finally:
        signal.signal(signal.SIGINT, before)
