"""``csr-desk backup``, ``backups``, ``drill``: copies of the ledger; ``restore``, ``accept-restored``: the way back."""

from __future__ import annotations

import sys
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csr_desk.cli import ends

if TYPE_CHECKING:
    from csr_desk.services.backups import Row, Standing, Told
    from csr_desk.services.desk import Desk
    from csr_desk.services.restoring import Comparison

MOST_SHOWN = 20
"""Missing entries that are shown one by one."""


def backup(
    database: Annotated[str, typer.Option(help="The office’s database.")],
    dump: Annotated[Path | None, typer.Option(help="Folder for the dump of a PostgreSQL database (pg_dump).")] = None,
) -> None:
    """Make a verified backup while the office works, and its second copy where the policy names a second place.

    Exit 0: made and verified. Exit 1: made, and there is no good second copy of it. Exit 2: not made.
    """
    from csr_desk.services import backups, server_backups
    from csr_desk.services.desk import open_desk
    from csr_desk.services.staff import THE_PROGRAM

    with ends.plain_errors():
        desk = open_desk(database)
        try:
            if desk.store.file is None:
                told = server_backups.dump(desk, THE_PROGRAM, dump or Path())
                typer.echo(told)
                return
            made = backups.back_up(desk, THE_PROGRAM, _told("backup"))
            content = made.one.manifest.content
            typer.echo(f"{made.one.path}: {content.entries:,} entries, last receipt {content.last_receipt or 'none'}.")
            typer.echo(f"Verified: {made.one.manifest.proof}.")
            typer.echo(_standing(desk, backups.standing_of(backups.plan_of(desk))))
            if made.second_fault:
                typer.echo(made.second_fault, err=True)
                raise typer.Exit(ends.FOUND)
        finally:
            desk.close()


def _told(word: str) -> Told:
    """Say how far it is, where somebody watches."""

    def told(done: int, total: int) -> bool:
        if sys.stderr.isatty():
            typer.echo(f"\r{word} {100 * done // max(total, 1)} %", err=True, nl=False)
        return True

    return told


def _standing(desk: Desk, standing: Standing) -> str:
    from csr_desk.services.clock import read_stamp

    def when(at: str) -> str:
        return f"{desk.local(read_stamp(at)):%Y-%m-%d %H:%M}" if at else "never"

    words = {
        "two": f"Two copies: the second one of {when(standing.second_at)}.",
        "none": "No backup at all.",
        "no_second": "SINGLE COPY: the policy names no second place (second_backup).",
        "away": "SINGLE COPY: the second place cannot be reached.",
        "same_disk": "SINGLE COPY: the second place is on the disk of the database.",
        "old": f"SINGLE COPY: the newest copy at the second place is of {when(standing.second_at)}.",
    }
    return words[standing.copies.value]


def backups(database: Annotated[str, typer.Option(help="The office’s database.")]) -> None:
    """List the backups with their age, newest first; exit 1 where one disk alone holds the ledger."""
    from csr_desk.services import backups as service
    from csr_desk.services import server_backups
    from csr_desk.services.desk import open_desk
    from csr_desk.services.staff import THE_PROGRAM

    with ends.plain_errors():
        desk = open_desk(database)
        try:
            if desk.store.file is None:
                typer.echo(server_backups.standing(desk))
                return
            plan = service.plan_of(desk)
            for row in service.overview(desk, THE_PROGRAM):
                typer.echo(_line(row, service.age(plan, row.one.manifest.taken_at).total_seconds()))
            drill_told = service.last_drill(plan)
            typer.echo(f"Last restore drill: {drill_told.get('at', 'never')} {drill_told.get('said', '')}".rstrip())
            standing = service.standing_of(plan)
            typer.echo(_standing(desk, standing))
            if standing.single:
                raise typer.Exit(ends.FOUND)
        finally:
            desk.close()


def _line(row: Row, seconds: float) -> str:
    from csr_desk.domain.money import shown

    manifest = row.one.manifest
    hours = int(seconds // 3600)
    age = f"{hours // 24} d" if hours >= 48 else f"{hours} h"  # noqa: PLR2004 - two days
    state = row.one.fault or "verified when it was made"
    where = ", second copy" if row.second else ""
    total = shown(manifest.content.perpetual)
    return (
        f"{row.at:%Y-%m-%d %H:%M} ({age})  {manifest.kind.value:<9}  {manifest.content.last_receipt or '-':<14} "
        f"{total:>14}  {manifest.size / 1e6:,.1f} MB  {state}{where}  {row.one.path}"
    )


def restore(
    source: Annotated[Path, typer.Option("--from", help="The backup; its manifest stands beside it.")],
    database: Annotated[Path, typer.Option(help="The file that it becomes, e.g. office.sqlite.")],
    by: Annotated[str, typer.Option(help="User name of an administrator; the restore is recorded.")],
    secret: Annotated[str, typer.Option(envvar="CSR_DESK_SECRET", help="Asked for when it is not given.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask for the typed word.")] = False,
) -> None:
    """Verify a backup, say what is missing since, and put it in the place of the database; nothing is overwritten.

    Exit 0: restored and verified. Exit 2: refused, and nothing was changed.
    """
    from csr_desk.services import restoring
    from csr_desk.services.clock import SystemClock

    with ends.plain_errors():
        command, clock = restoring.Restore(source, database), SystemClock()
        compared = restoring.look_at(command)
        for line in lines_of(compared):
            typer.echo(line)
        actor = restoring.prove(command, by, secret or typer.prompt("Secret", hide_input=True), clock)
        if not yes and typer.prompt("Type RESTORE to go on") != "RESTORE":
            ends.stop("Nothing was changed.")
        done = restoring.restore_backup(actor, command, clock)
        if done.aside is not None:
            typer.echo(f"The old file is {done.aside}.")
        typer.echo(f"Restored {done.database}: {done.report.checked:,} entries verified.")


def accept_restored(
    database: Annotated[str, typer.Option(help="The restored database, postgresql://…")],
    by: Annotated[str, typer.Option(help="User name of an administrator; the acceptance is recorded.")],
    why: Annotated[str, typer.Option(help="Which backup was restored, and who decided it.")],
    secret: Annotated[str, typer.Option(envvar="CSR_DESK_SECRET", help="Asked for when it is not given.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask for the typed word.")] = False,
) -> None:
    """Go on after a server was restored by its administrator: verify it, say what is missing, record that it is lost.

    Exit 0: recorded, and the stations go on. Exit 2: refused, and nothing was changed.
    """
    from csr_desk.services import server_backups, staff
    from csr_desk.services.desk import open_desk

    with ends.plain_errors():
        desk = open_desk(database)
        try:
            actor = staff.prove(desk, by, secret or typer.prompt("Secret", hide_input=True))
            for line in server_backups.missing(desk, actor):
                typer.echo(line)
            if not yes and typer.prompt("Type LOST to go on") != "LOST":
                ends.stop("Nothing was changed.")
            command = server_backups.AcceptRestored(f"accept-restored-{uuid.uuid4()}", why)
            at = server_backups.accept_restored(desk, actor, command)
        finally:
            desk.close()
        typer.echo(f"Verified and recorded as entry {at.seq} of {at.series}. The stations go on.")


def lines_of(compared: Comparison) -> list[str]:
    """Tell a verified backup against the newest that is known, in lines."""
    from csr_desk.domain.money import shown

    manifest = compared.checked.manifest
    content = manifest.content
    counted = f"{compared.checked.entries:,} entries, {compared.checked.receipts:,} receipts"
    last = f"Last receipt {content.last_receipt or 'none'}, newest entry {content.last_at}"
    lines = [f"{manifest.file}: {counted}, all verified.", f"{last}, takings {shown(content.perpetual)} in all."]
    if not compared.live:
        lines.append(f"{compared.database} is not there or cannot be read; compared with {compared.known_from}.")
    if not compared.behind:
        lines.append("Nothing newer is known.")
    for one in compared.behind:
        span = f"entries {one.from_seq} to {one.to_seq}"
        lines.append(f"MISSING in {one.series}: {span}, {one.receipts} receipts, {shown(one.perpetual)}.")
    for row in compared.missing[:MOST_SHOWN]:
        words = row.kind.replace("_", " ")
        lines.append(f"  {row.series} {row.seq} {row.recorded_at} {words} {row.receipt} {shown(row.amount)}")
    if len(compared.missing) > MOST_SHOWN:
        lines.append(f"  … and {len(compared.missing) - MOST_SHOWN} more")
    return lines


def drill(database: Annotated[str, typer.Option(help="The office’s database.")]) -> None:
    """Restore the newest backup of each place to nowhere, verify it, and say how long it took.

    Exit 0: all good. Exit 1: one is not, or there is none.
    """
    from csr_desk.services import backups as service
    from csr_desk.services.desk import open_desk
    from csr_desk.services.staff import THE_PROGRAM

    with ends.plain_errors():
        desk = open_desk(database)
        try:
            found = service.drill(desk, THE_PROGRAM)
        finally:
            desk.close()
        for one in found:
            words = "OK" if one.ok else "NOT OK"
            typer.echo(f"{words} {one.place} place, {one.file}: {one.said} ({one.seconds:.1f} s).")
        if not found:
            typer.echo("There is no backup to try.", err=True)
        if not found or not all(one.ok for one in found):
            raise typer.Exit(ends.FOUND)
