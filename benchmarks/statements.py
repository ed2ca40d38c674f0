"""A run of 10,000 statements, from the database to files on the disk, against the same text on bare canvases.

The accounts are loaded as a city's are: four monthly bills of three items each, a penalty where the oldest is late, and
a hundred that paid something through the service. The bare side reads no database and adds nothing up: it draws the
strings of the first statements, in their places, as often as makes the same number of pages, and settles its files.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from benchmarks import counter
from benchmarks.long_history import folder
from benchmarks.measure import Measured, seconds
from benchmarks.receipt_pdf import Placed, register_bare, strings_of
from csr_desk.data.queries import accounts as rows
from csr_desk.documents.paper import LETTER
from csr_desk.documents.statement import statements_bound
from csr_desk.domain.distribution import Share
from csr_desk.domain.receivable.billed import BilledBill, BilledItem
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.durable import settle
from csr_desk.services import bill_loads, penalties
from csr_desk.services.desk import Desk
from csr_desk.services.sell import BillLine, CompleteSale, complete_sale
from csr_desk.services.statement_runs import RunStatements, run_statements
from csr_desk.services.statements import StatementSpan

BAR = 3.0
ACCOUNTS = int(os.environ.get("CSR_DESK_BENCH_STATEMENTS", "10000"))
PAYING = 100
"""One account of so many paid something."""
TODAY = date(2026, 7, 14)
SPAN = StatementSpan(date(2026, 7, 1), TODAY)
ACCOUNTANT = counter.person("accountant1")
ITEMS = (
    ("Single-family water charge, 5 thousand gallons", 4556, Share("8300", "2000070001", "425010")),
    ("Single-family wastewater charge, 5 thousand gallons", 5741, Share("8300", "2000070002", "425020")),
    ("Drainage charge - curb and gutter", 667, Share("2310", "2000070009", "425090")),
)


def run() -> Measured:
    """Make the city, run the statements once, draw their text once."""
    path = folder() / "statements.db"
    counter.new_counter(path)
    desk = counter.ready(path)
    print(f"billing {ACCOUNTS:,} accounts …", file=sys.stderr, flush=True)
    _fill(desk)
    with tempfile.TemporaryDirectory(dir=folder()) as home:
        target = Path(home)
        command = RunStatements(counter.key(), SPAN, target / "run")
        ours = seconds(lambda: run_statements(desk, ACCOUNTANT, command, statements_bound))
        desk.close()
        files = sorted((target / "run").glob("*.pdf"))
        pages = _pages(files[0])
        register_bare(target)
        base = seconds(lambda: _bare(pages, len(files), target))
        megabytes = sum(one.stat().st_size for one in files) >> 20
    return Measured(
        f"{ACCOUNTS:,} statements, from the database to files", "the same text on bare reportlab canvases", BAR,
        ours, base, 1,
        note=f"{ACCOUNTS / ours:.0f} a second; {len(files)} files, {megabytes} MB; the bare side reads no database, "
        "adds nothing up and draws no bars, rules or barcodes",
    )  # fmt: skip


def _fill(desk: Desk) -> None:
    """Open the accounts and load their bills; a month is a load."""
    numbers = [f"{n:07d}" for n in range(ACCOUNTS)]
    with desk.begin() as work:
        for number in numbers:
            address = f"{number} Leeland St, Houston, TX 77023"
            told = {"customer_id": number, "name": f"Customer {number}", "address": address}
            rows.insert_customer(work.conn, {**told, "language": "en", "phone": "", "email": ""})
            rows.insert_account(work.conn, {"account_no": number, "customer_id": number, "service": "Water and sewer"})
    for month in (4, 5, 6, 7):
        bills = [_bill(number, month) for number in numbers]
        with desk.begin() as work:
            load = bill_loads.Load(counter.key(), "bench", bill_loads.FROM_FILE, f"2026-{month:02d}.csv")
            bill_loads.load_bills(work, desk, ACCOUNTANT, load, bills)
    late = tuple(numbers[1::3])[:500]
    penalties.charge_penalties(desk, ACCOUNTANT, penalties.ChargePenalties(counter.key(), accounts=late))
    for number in numbers[::PAYING]:
        command = CompleteSale(
            counter.key(),
            counter.DRAWER,
            (BillLine("account", number, 20_000),),
            (Tender(TenderKind.CHECK, number="1"),),
        )
        complete_sale(desk, counter.CLERK, command)


def _bill(number: str, month: int) -> BilledBill:
    items = tuple(BilledItem(name, cents, ((share, cents),)) for name, cents, share in ITEMS)
    first, last = date(2026, month - 1, 1), date(2026, month - 1, 28)
    return BilledBill(
        f"B-{number}-{month}", number, "Water and sewer", items, date(2026, month, 18), date(2026, month, 2), first,
        last, "5 thousand gallons", '{"percent":"10"}',
    )  # fmt: skip


def _pages(file: Path) -> list[list[Placed]]:
    """The strings of every page of a file, in their places."""
    return [strings_of(page) for page in PdfReader(io.BytesIO(file.read_bytes())).pages]


def _bare(pages: Sequence[Sequence[Placed]], files: int, target: Path) -> None:
    """What somebody writes who only has reportlab's manual, as many files of as many pages."""
    for number in range(files):
        path = target / f"bare-{number}.pdf"
        canvas = Canvas(str(path), pagesize=(LETTER.width, LETTER.height or 792.0), pageCompression=1)
        for page in pages:
            for piece in page:
                canvas.setFont(piece.font, piece.size)
                canvas.drawString(piece.x, piece.y, piece.text)
            canvas.showPage()
        canvas.save()
        settle(path)
