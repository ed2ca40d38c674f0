"""Joins papers and devices of this station: makes what its printer reads, opens the drawer, spools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from csr_desk.devices.ports import CashDrawer, Language, ReceiptPrinter
from csr_desk.devices.simulated import FolderPrinter
from csr_desk.devices.station import Station, read_station
from csr_desk.domain.custody import ChangeSlip, HandOverSlip, NoSaleSlip, SuspectReport
from csr_desk.domain.drawer import DropSlip, OpeningSlip, ZReport
from csr_desk.domain.endorsement import Endorsement
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.receivable.collection import RestoreOrder
from csr_desk.domain.tender import PAYABLES, TRAITS, TenderKind
from csr_desk.locations import data_folder, settings_folder

if TYPE_CHECKING:
    from csr_desk.domain.deposit import Deposit
    from csr_desk.services.papers import PaperFacts


CustodyPaper: TypeAlias = NoSaleSlip | ChangeSlip | SuspectReport | HandOverSlip


class Papers(Protocol):
    """Where finished papers go; raises Trouble."""

    def facts(self, facts: PaperFacts, *, first_try: bool) -> None:
        """Print a paper of the outbox; the drawer opens on the first try of an original receipt or no-sale."""

    def paper(self, title: str, pdf: bytes) -> None:
        """Print any other paper."""


class StationPapers:
    """The printer and the drawer of this station; without a printer, PDFs in a folder."""

    def __init__(self, printer: ReceiptPrinter, drawer: CashDrawer, office_printer: ReceiptPrinter, paper: str) -> None:
        """``office_printer`` takes PDFs that a till printer cannot print; ``paper`` is ``letter`` or ``roll_80``."""
        self._printer = printer
        self._drawer = drawer
        self._office_printer = office_printer
        self._paper = paper

    def facts(self, facts: PaperFacts, *, first_try: bool) -> None:
        """Print a receipt, a slip or a report from its facts."""
        if isinstance(facts, Receipt):
            self.receipt(facts, first_try=first_try)
        elif isinstance(facts, Endorsement):
            self.endorsement(facts)
        else:
            if first_try and isinstance(facts, NoSaleSlip | ChangeSlip):
                self._drawer.kick()
            title, pdf = _office_paper(facts)
            self.paper(title, pdf)

    def receipt(self, receipt: Receipt, *, first_try: bool) -> None:
        """Open the drawer if money goes in or out, then print; real money's drawer stays shut on a training day."""
        if first_try and _opens_drawer(receipt) and not receipt.office.training_day:
            self._drawer.kick()
        if self._printer.language is Language.ESCPOS:
            from csr_desk.devices.escpos import slip_bytes
            from csr_desk.documents.till_slip import till_rows

            self._printer.print(slip_bytes(till_rows(receipt)), receipt.number)
            return
        from csr_desk.documents.receipt import LETTER, ROLL_80, receipt_pdf

        pdf = receipt_pdf(receipt, paper=ROLL_80 if self._paper == "roll_80" else LETTER)
        self._printer.print(pdf, receipt.number)

    def endorsement(self, paper: Endorsement) -> None:
        """Print the backs of checks on a till printer; without one the receipt says what to stamp on them (K2)."""
        if paper.checks and self._printer.language is Language.ESCPOS:
            from csr_desk.devices.escpos import slip_bytes
            from csr_desk.documents.till_slip import endorsement_rows

            self._printer.print(slip_bytes(endorsement_rows(paper)), f"endorsement-{paper.receipt}")

    def paper(self, title: str, pdf: bytes) -> None:
        """Print a paper on Letter."""
        self._office_printer.print(pdf, title)


def station_file() -> Path:
    """Where this station's settings stand."""
    return settings_folder() / "station.toml"


def papers_folder() -> Path:
    """Where papers go when the station has no printer."""
    return data_folder() / "papers"


def station_papers(station: Station | None = None) -> StationPapers:
    """The papers of this station as its file says; raises BadInput where the file cannot be read."""
    known = station or read_station(station_file())
    folder = FolderPrinter(papers_folder())
    printer = known.receipt_printer() or folder
    office = printer if printer.language is Language.PDF else folder
    return StationPapers(printer, known.cash_drawer(), office, known.paper)


def _custody_paper(facts: CustodyPaper) -> tuple[str, bytes]:
    """The title and the PDF of a slip of custody."""
    batch = facts.batch.batch_id
    if isinstance(facts, SuspectReport):
        from csr_desk.documents.suspect_report import suspect_report_pdf

        return f"suspect-note-{batch}-{facts.number}", suspect_report_pdf(facts)
    from csr_desk.documents.custody_slips import change_slip_pdf, hand_over_slip_pdf, no_sale_slip_pdf

    if isinstance(facts, NoSaleSlip):
        return f"no-sale-{batch}-{facts.number}", no_sale_slip_pdf(facts)
    if isinstance(facts, ChangeSlip):
        return f"change-order-{batch}-{facts.number}", change_slip_pdf(facts)
    return f"hand-over-{batch}-{facts.receiver}", hand_over_slip_pdf(facts)


def _office_paper(facts: OpeningSlip | DropSlip | ZReport | Deposit | CustodyPaper | RestoreOrder) -> tuple[str, bytes]:
    """The title and the PDF of a paper that is no receipt."""
    if isinstance(facts, RestoreOrder):
        from csr_desk.documents.crew_papers import restore_order_pdf

        return f"restore-{facts.number.replace('/', '-')}", restore_order_pdf(facts)
    if isinstance(facts, NoSaleSlip | ChangeSlip | SuspectReport | HandOverSlip):
        return _custody_paper(facts)
    if isinstance(facts, OpeningSlip):
        from csr_desk.documents.slips import opening_slip_pdf

        return f"opening-{facts.batch.batch_id}", opening_slip_pdf(facts)
    if isinstance(facts, DropSlip):
        from csr_desk.documents.slips import drop_slip_pdf

        return f"drop-{facts.batch.batch_id}-{facts.number}", drop_slip_pdf(facts)
    if isinstance(facts, ZReport):
        from csr_desk.documents.z_report import z_report_pdf

        return f"Z-{facts.sheet.batch.drawer}-{facts.z_number}", z_report_pdf(facts)
    from csr_desk.documents.deposit_slip import deposit_slip_pdf

    return f"deposit-{facts.deposit_id}", deposit_slip_pdf(facts)


def _opens_drawer(receipt: Receipt) -> bool:
    if receipt.copy or receipt.kind is EventKind.TENDER_CORRECTED:
        return False
    kinds = {tender.kind for tender in receipt.tenders} - {PAYABLES}
    return any(TRAITS[TenderKind(kind)].opens_drawer for kind in kinds)
