"""``csr-desk verify``: the whole ledger recomputed and held to seals, papers and this station's anchor."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from csr_desk.cli import ends

if TYPE_CHECKING:
    from csr_desk.services.verdicts import Verdict


def verify(
    database: Annotated[str, typer.Option(help="The database to verify.")],
    seal: Annotated[list[Path] | None, typer.Option(help="A seal file to hold it to; may be given again.")] = None,
    public: Annotated[
        Path | None, typer.Option(help="The finance officer’s public key; else the keys in the ledger are used.")
    ] = None,
    head: Annotated[
        list[str] | None, typer.Option(help="A head from a paper, HPC-1:57:ABCD-EFGH-IJKL-MNOP; may be given again.")
    ] = None,
    heads: Annotated[bool, typer.Option("--heads", help="Print the heads in full, to compare with papers.")] = False,
    backup: Annotated[
        bool, typer.Option("--backup", help="A backup: it may be older than what this station saw.")
    ] = False,
) -> None:
    """Recompute the ledger, read-only, and hold it to seals, papers and this station’s anchor.

    Exit 0 when everything agrees, 1 with the first fault in words when not, 2 when it could not be looked at.
    """
    from csr_desk.services import verdicts
    from csr_desk.services.files_read import LARGEST_SEAL, read_bounded

    with ends.plain_errors():
        against = verdicts.Against(
            seals=tuple(verdicts.SealFile(one.name, read_bounded(one, LARGEST_SEAL)) for one in seal or ()),
            public=read_bounded(public, LARGEST_SEAL) if public else None,
            printed=tuple(verdicts.PrintedHead.of(one) for one in head or ()),
            backup=backup,
        )
        found = verdicts.verdict(database, against)
    _tell(found, full=heads)
    if found.fault is not None:
        typer.echo("NOT OK: " + "\n  ".join(found.fault.lines()), err=True)
        raise typer.Exit(ends.FOUND)
    typer.echo("OK")


def _tell(found: Verdict, *, full: bool) -> None:
    from csr_desk.domain.money import shown

    typer.echo(f"{found.entries:,} entries, {found.receipts:,} receipts checked.")
    for one in found.heads:
        receipt = f", last receipt {one.last_receipt}, perpetual total {shown(one.perpetual)}" if one.receipts else ""
        typer.echo(f"{one.series}: entry {one.seq}{receipt}, head {one.code}")
        if full:
            typer.echo(f"  {one.short}  {one.head}")
    for note in found.notes:
        typer.echo(note)
