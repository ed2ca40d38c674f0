"""``csr-desk evidence``: the auditor's controls gone through by the program, as a folder of files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csr_desk.cli import ends

if TYPE_CHECKING:
    from datetime import date

    from csr_desk.domain.evidence import Evidence
    from csr_desk.domain.people import Actor
    from csr_desk.services.desk import Desk


def evidence(
    database: Annotated[str, typer.Option(help="The office’s database.")],
    first: Annotated[str, typer.Option("--from", help="First business date, e.g. 2026-07-01.")],
    last: Annotated[str, typer.Option("--to", help="Last business date.")],
    out: Annotated[Path | None, typer.Option(help="Folder for the files; made if it is not there.")] = None,
    by: Annotated[str, typer.Option(help="User name of an auditor or accountant; the export is recorded.")] = "",
    secret: Annotated[str, typer.Option(envvar="CSR_DESK_SECRET", help="Asked for when --by is given.")] = "",
) -> None:
    """Go through the 56 controls of the auditor’s checklist, read-only, and write PDF, CSV and a manifest of hashes.

    Exit 0: the pack was made, whatever it found. Exit 1: it was made, and the ledger does not verify. Exit 2: it could
    not be made. Without --by nothing at all is recorded.
    """
    from csr_desk.domain.errors import BadInput
    from csr_desk.services.clock import read_date
    from csr_desk.services.desk import open_desk
    from csr_desk.services.evidence import pack
    from csr_desk.services.staff import THE_PROGRAM, sign_in

    with ends.plain_errors():
        span = read_date(first, field_name="from"), read_date(last, field_name="to")
        if span[0] > span[1]:
            raise BadInput("The period ends before it begins.")
        desk = open_desk(database)
        try:
            actor = THE_PROGRAM
            if by:
                actor = sign_in(desk, by, secret or typer.prompt("Secret", hide_input=True))
            found = pack.gather(desk, actor, *span, _told)
            if found is None:
                raise typer.Abort
            folder = out or Path(f"evidence-{desk.office.office_id}-{span[0]}-{span[1]}")
            _write(desk, actor if by else None, found, (span, folder))
        finally:
            desk.close()
    if not found.sound:
        typer.echo(f"NOT OK: {found.verified}", err=True)
        raise typer.Exit(ends.FOUND)


def _told(done: int) -> bool:
    """Say how far it is, where somebody watches."""
    if sys.stderr.isatty():
        typer.echo(f"\r{done} of 56 controls", err=True, nl=False)
    return True


def _write(desk: Desk, actor: Actor | None, found: Evidence, where: tuple[tuple[date, date], Path]) -> None:
    import uuid

    from csr_desk.documents.evidence import evidence_pdf
    from csr_desk.domain.evidence import Status
    from csr_desk.services import report_exports
    from csr_desk.services.evidence import files

    (first, last), folder = where
    tables = files.csv_files(found)
    made = {**tables, files.PDF: evidence_pdf(found, files.fingerprints(tables))}
    manifest = files.manifest(found, made)
    seal = report_exports.fingerprint(manifest)
    if actor is not None:
        command = report_exports.TakeReport(
            str(uuid.uuid4()), "evidence", first, last, "pack", seal, files.rows_of(found)
        )
        report_exports.take_report(desk, actor, command)
    files.write_pack(folder, {**made, files.MANIFEST: manifest})
    for result in found.results:
        finding = result.finding
        typer.echo(f"{result.control.number:>2} {finding.status.mark} {finding.status.value:<19} {finding.figure}")
    typer.echo(", ".join(f"{found.count(status)} {status.value}" for status in Status) + ".")
    typer.echo(f"{folder}: {len(made) + 1} files; SHA-256 of {files.MANIFEST}: {seal}")
