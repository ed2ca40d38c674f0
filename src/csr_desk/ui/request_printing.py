"""Papers of a request come out of the printer, from whichever page they are asked for. Knows no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.request_papers import RequestSlip, VisitSheet
    from csr_desk.ui.context import Context


def print_slip(context: Context, number: str) -> None:
    """Print the slip that the customer takes along: the number, who answers, until when."""
    desk, actor = context.desk, context.actor

    def read() -> RequestSlip:
        from csr_desk.services.request_papers import slip

        return slip(desk, actor, number)

    def show(found: RequestSlip) -> None:
        def draw() -> bytes:
            from csr_desk.documents.request_papers import request_slip_pdf

            return request_slip_pdf(found)

        context.shell.print_paper(tr("Slip {0}").format(found.number), draw)

    context.read(read, show)


def print_visit(context: Context, number: str) -> None:
    """Print the sheet that somebody takes along to the place."""
    desk, actor = context.desk, context.actor

    def read() -> VisitSheet:
        from csr_desk.services.request_papers import visit_sheet

        return visit_sheet(desk, actor, number)

    def show(found: VisitSheet) -> None:
        def draw() -> bytes:
            from csr_desk.documents.request_papers import visit_sheet_pdf

            return visit_sheet_pdf(found)

        context.shell.print_paper(tr("Site visit {0}").format(found.number), draw)

    context.read(read, show)
