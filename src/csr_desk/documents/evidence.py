"""The evidence of the auditor's controls on paper: a cover, the table of all, a section for each, the fingerprints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from csr_desk.documents.columns import GREY
from csr_desk.documents.layout import NARROW, Column, facts, office_paper, prose, section, table
from csr_desk.documents.paper import LEFT, RIGHT, Cell, Style
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import day, moment
from csr_desk.domain.evidence import Evidence, Result, Section, Status

MOST_ROWS = 25
"""Rows of a control on paper; its file has all of them."""
LONGEST = 150
"""Characters of a cell on paper; longer ones are cut there and whole in the file."""
_WIDEST, _NARROWEST = 34, 6
_SOFT = Style(8.5, shade=GREY)
_SEAL = 32


def evidence_pdf(evidence: Evidence, fingerprints: Mapping[str, str]) -> bytes:
    """The evidence as PDF bytes, the same for the same facts; ``fingerprints`` are those of the files beside it."""
    period = f"{day(evidence.first)} – {day(evidence.last)}"
    sheet = office_paper(evidence.office, "Evidence of controls", period, noun="audit")
    _cover(sheet, evidence)
    _summary(sheet, evidence)
    for part in Section:
        results = [result for result in evidence.results if result.control.section is part]
        for at, result in enumerate(results):
            _control(sheet, result, part.value if at == 0 else "")
    _files(sheet, fingerprints)
    return sheet.pdf(f"Evidence of controls {period}", evidence.office.name)


def _cover(sheet: Sheet, evidence: Evidence) -> None:
    sheet.row([
        Cell(f"{evidence.count(status)}", at * 128.0, 120, Style(20, strong=True))
        for at, status in enumerate(Status)
    ], keep=True)  # fmt: skip
    sheet.row([
        Cell(f"{status.mark} {status.value}", at * 128.0, 126, Style(9.0, strong=status is Status.NOT_MET))
        for at, status in enumerate(Status)
    ], after=8)  # fmt: skip
    facts(
        sheet,
        (
            ("Controls", f"{len(evidence.results)}, each tried by itself"), ("By", evidence.made_by),
            ("Made", moment(evidence.made_at, evidence.office)), ("Ledger", evidence.verified),
        ),
        whole=("Ledger",),
    )  # fmt: skip
    sheet.gap(4)
    prose(
        sheet,
        "“Met” means that every case of the period was tried and none broke the control. “Exception”: none broke it, "
        "but there are cases that a person must look at. “Not met”: at least one case broke it. “Cannot be evaluated”: "
        "the data do not say, or nothing of the kind happened; nothing of this is called met.",
        _SOFT,
    )
    section(sheet, "Where the ledger stood")
    columns = (
        Column("Series", 3),
        Column("Entries", 3, figures=True),
        Column("Receipts", 3, figures=True),
        Column("Seal", 14),
    )
    table(
        sheet, columns,
        [(head.series, f"{head.entries:,}", f"{head.receipts:,}", head.seal[:_SEAL]) for head in evidence.heads],
    )  # fmt: skip


def _summary(sheet: Sheet, evidence: Evidence) -> None:
    section(sheet, "All controls")
    columns = (
        Column("No.", 2, figures=True),
        Column("Control", 24),
        Column("Stands", 9),
        Column("Rows", 3, figures=True),
    )
    table(
        sheet, columns,
        [
            (
                str(result.control.number), result.control.title, marked(result.finding.status),
                f"{len(result.finding.rows):,}" if result.finding.rows else "",
            )
            for result in evidence.results
        ],
    )  # fmt: skip


def marked(status: Status) -> str:
    """The status with its mark: it shows without any colour."""
    return f"{status.mark} {status.value}"


def _control(sheet: Sheet, result: Result, part: str) -> None:
    control, finding = result.control, result.finding
    if part:
        sheet.gap(16, keep=True)
        sheet.row([Cell(part, 0, sheet.paper.inner, Style(13, strong=True))], keep=True, after=2)
    sheet.gap(9, keep=True)
    strong = Style(10, strong=True)
    inner = sheet.paper.inner
    sheet.row(
        [Cell(f"{control.number}", 0, 24, strong), Cell(control.title, 26, inner - 166, strong),
         Cell(marked(finding.status), inner - 136, 136, strong, RIGHT)], keep=True, after=2,
    )  # fmt: skip
    told = (
        ("Asks", "" if control.asks.rstrip(".") == control.title else control.asks),
        ("Tested", control.tested),
        ("Leaves out", control.leaves_out),
        ("Found", finding.figure),
    )
    for label, text in told:
        if text:
            style = Style(9, strong=label == "Found")
            sheet.row([Cell(label, 26, 62, _SOFT), Cell(text, 88, inner - 88, style, LEFT)], keep=label != "Found")
    if finding.rows:
        _rows(sheet, finding.heads, finding.rows, f"control-{control.number:02d}.csv")


def _rows(sheet: Sheet, heads: Sequence[str], rows: Sequence[Sequence[str]], name: str) -> None:
    sheet.gap(3, keep=True)
    shown_rows = [tuple(cut(cell) for cell in row) for row in rows[:MOST_ROWS]]
    widths = [max(len(head), *(_width(row[at]) for row in shown_rows)) for at, head in enumerate(heads)]
    columns = tuple(
        Column(head.capitalize(), min(max(width, _NARROWEST), _WIDEST))
        for head, width in zip(heads, widths, strict=True)
    )
    room = None if sum(column.share for column in columns) > 50 else NARROW  # noqa: PLR2004 - few narrow columns
    table(sheet, columns, shown_rows, room=room)
    if len(rows) > MOST_ROWS:
        sheet.text(f"{len(rows) - MOST_ROWS:,} more rows in {name}.", _SOFT)


def _width(text: str) -> int:
    """About how many small letters wide a text is; capitals are wider."""
    return len(text) + sum(mark.isupper() for mark in text) // 2


def cut(text: str) -> str:
    """A cell as it goes on paper."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _files(sheet: Sheet, fingerprints: Mapping[str, str]) -> None:
    section(sheet, "Files beside this paper")
    prose(
        sheet,
        "The SHA-256 of each file with rows. That of this paper itself stands in the manifest, which lies beside it.",
        _SOFT,
    )
    table(sheet, (Column("File", 5), Column("SHA-256", 18)), list(fingerprints.items()))
