"""Which document a paper of the outbox is; reportlab is loaded when the first one is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csr_desk.domain.deposit import DailyRevenue, Deposit
from csr_desk.domain.drawer import DropSlip, OpeningSlip, ZReport

if TYPE_CHECKING:
    from csr_desk.services.outbox_papers import Paper


def paper_title(paper: Paper | DailyRevenue) -> str:
    """The name of a paper, as the printer's queue and the papers' folder have it."""
    if isinstance(paper, OpeningSlip):
        return f"opening-{paper.batch.batch_id}"
    if isinstance(paper, DropSlip):
        return f"drop-{paper.batch.batch_id}-{paper.number}"
    if isinstance(paper, ZReport):
        return f"z-report-{paper.sheet.batch.drawer}-{paper.z_number}"
    if isinstance(paper, Deposit):
        return f"deposit-{paper.deposit_id}"
    if isinstance(paper, DailyRevenue):
        return f"revenue-{paper.first.isoformat()}-{paper.last.isoformat()}"
    return paper.number


def paper_pdf(paper: Paper | DailyRevenue) -> bytes:
    """The paper as PDF bytes."""
    if isinstance(paper, OpeningSlip | DropSlip):
        from csr_desk.documents import slips

        return slips.opening_slip_pdf(paper) if isinstance(paper, OpeningSlip) else slips.drop_slip_pdf(paper)
    if isinstance(paper, ZReport):
        from csr_desk.documents.z_report import z_report_pdf

        return z_report_pdf(paper)
    if isinstance(paper, Deposit):
        from csr_desk.documents.deposit_slip import deposit_slip_pdf

        return deposit_slip_pdf(paper)
    if isinstance(paper, DailyRevenue):
        from csr_desk.documents.daily_revenue import daily_revenue_pdf

        return daily_revenue_pdf(paper)
    from csr_desk.documents.receipt import receipt_pdf

    return receipt_pdf(paper)
