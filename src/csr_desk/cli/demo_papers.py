"""The papers of a played demo day, and pictures of the real window, into one folder."""

from __future__ import annotations

from pathlib import Path

import typer

from csr_desk.cli.parts import Parts
from csr_desk.durable import write_file
from csr_desk.services.demo_days import DayPlayed, next_day, play_day
from csr_desk.services.desk import Desk, open_desk
from csr_desk.services.reports import daily_revenue, revenue_csv, tie
from csr_desk.services.setup_clock import keep
from csr_desk.services.staff import THE_PROGRAM

MOST_RECEIPTS = 12
"""Receipts to write as papers; the day has more."""


def play(url: str, seed: int, folder: Path, parts: Parts) -> None:
    """Play the next day of the demo city, write its papers, and say what was done and where."""
    desk = open_desk(url)
    try:
        day = next_day(desk)
        played = play_day(desk, day, seed)
        keep(desk)
        written = _write(desk, played, folder)
        proof = tie(desk, day)
    finally:
        desk.close()
    pictures = parts.picture_window(url, folder)
    typer.echo(
        f"Played {day:%A %d %B %Y}: {len(played.receipts)} receipts at {len(played.openings)} drawers, counted blind, "
        f"accepted, deposited, confirmed, closed."
    )
    typer.echo(proof.sentence)
    for path in [*written, *pictures]:
        typer.echo(f"  {path}")


def _write(desk: Desk, played: DayPlayed, folder: Path) -> list[Path]:
    from csr_desk.documents.daily_revenue import daily_revenue_pdf
    from csr_desk.documents.deposit_slip import deposit_slip_pdf
    from csr_desk.documents.paper import LETTER, ROLL_80
    from csr_desk.documents.receipt import receipt_pdf
    from csr_desk.documents.slips import drop_slip_pdf, opening_slip_pdf
    from csr_desk.documents.z_report import z_report_pdf

    shown = played.receipts[:MOST_RECEIPTS]
    papers = [(f"receipt-{receipt.number}.pdf", receipt_pdf(receipt, paper=LETTER)) for receipt in shown]
    first = played.receipts[0]
    papers.append((f"receipt-{first.number}-80mm.pdf", receipt_pdf(first, paper=ROLL_80)))
    papers += [(f"opening-{slip.batch.batch_id}.pdf", opening_slip_pdf(slip)) for slip in played.openings]
    papers += [(f"drop-{slip.batch.batch_id}-{slip.number}.pdf", drop_slip_pdf(slip)) for slip in played.drops]
    papers += [(f"z-report-{z.sheet.batch.batch_id}.pdf", z_report_pdf(z)) for z in played.z_reports]
    if played.deposit is not None:
        papers.append((f"deposit-{played.deposit.deposit_id}.pdf", deposit_slip_pdf(played.deposit)))
    whole = daily_revenue(desk, THE_PROGRAM, played.business_date, played.business_date)
    papers.append((f"daily-revenue-{played.business_date}.pdf", daily_revenue_pdf(whole)))
    papers.append((f"daily-revenue-{played.business_date}.csv", revenue_csv(whole)))
    return [write_file(folder / name, content) for name, content in papers]
