"""The receipt as a PDF: on Letter with columns, on an 80 mm roll stacked. Drawn straight on a canvas, it is quick."""

from __future__ import annotations

from csr_desk.documents import typeface
from csr_desk.documents.columns import GREY, facts
from csr_desk.documents.paper import CENTRE, LEFT, LETTER, MM, RIGHT, ROLL_80, Cell, Paper, Style
from csr_desk.documents.plain_text import PROSE, clean
from csr_desk.documents.receipt_words import Entry, Figure, ReceiptWords, receipt_words
from csr_desk.documents.sheet import Sheet
from csr_desk.domain.receipt import Receipt

__all__ = ["LETTER", "ROLL_80", "Paper", "receipt_pdf", "receipt_unprintable"]

_LETTER_MODULE = 1.0
_ROLL_MODULE = 0.375 * MM
_LONGEST_CODE = 24
"""Characters of Code 128 that fit the roll; a receipt number has 12."""


def receipt_pdf(receipt: Receipt, *, paper: Paper = LETTER) -> bytes:
    """The receipt as PDF bytes, the same for the same facts (``copy`` > 0 says DUPLICATE)."""
    words = receipt_words(receipt)
    sheet = Sheet(paper, receipt.office, running=_running(words), across="VOIDED" if receipt.voided_by else "")
    if paper.height is None:
        _write_roll(sheet, words)
    else:
        _write_letter(sheet, words)
    _write_missing(sheet, receipt)
    return sheet.pdf(f"{words.title} {words.number}", words.office)


def receipt_unprintable(receipt: Receipt) -> tuple[str, ...]:
    """Characters of the receipt that no font of this computer has; the window reports them, the paper shows ‹U+…›."""
    texts = [receipt.customer, receipt.memo, receipt.reason, *(value for _, _, value in receipt.inputs)]
    return typeface.unprintable(clean(" ".join(clean(text, PROSE) for text in texts), PROSE * 50))


def _running(words: ReceiptWords) -> str:
    return " · ".join(part for part in (*words.marks, words.demo, f"{words.title} {words.number}") if part)


def _write_missing(sheet: Sheet, receipt: Receipt) -> None:
    if receipt_unprintable(receipt):
        sheet.gap(4)
        sheet.text("‹U+…› stands for a letter that this computer has no font for.", Style(7.0, shade=GREY))


# ---------------------------------------------------------------- Letter

_NO, _ITEM, _NAME, _EACH, _AMOUNT = 0.0, 22.0, 116.0, 376.0, 440.0
_NAME_ROOM = 214.0
_QUANTITY, _QUANTITY_ROOM = 334.0, 40.0
_SUMS = 262.0


def _write_letter(sheet: Sheet, words: ReceiptWords) -> None:
    _letter_head(sheet, words)
    _letter_facts(sheet, words)
    _letter_lines(sheet, words.entries)
    _letter_sums(sheet, words)
    sheet.gap(16, keep=True)
    sheet.barcode(words.number, module=_LETTER_MODULE, height=34, align=LEFT)
    sheet.row(
        [
            Cell(words.number, 0, 200, Style(9, strong=True)),
            Cell(f"Receipt code {words.code}", 200, sheet.paper.inner - 200, Style(9, strong=True), RIGHT),
        ],
        keep=True,
    )
    sheet.text(
        "The code proves this paper against the ledger. Ask at any counter to have it looked up.",
        Style(7.5, shade=GREY), align=RIGHT,
    )  # fmt: skip


def _letter_head(sheet: Sheet, words: ReceiptWords) -> None:
    if words.marks:
        sheet.banner(" · ".join(words.marks), Style(15, strong=True), dark=True)
    if words.demo:
        sheet.banner(words.demo, Style(10, strong=True), dark=False)
    sheet.gap(4)
    inner = sheet.paper.inner
    sheet.row(
        [
            Cell(words.office, 0, 320, Style(16, strong=True)),
            Cell(f"{words.title} {words.number}", 322, inner - 322, Style(12, strong=True), RIGHT),
        ]
    )
    for line in words.address:
        sheet.row([Cell(line, 0, inner, Style(9, shade=GREY))])
    sheet.rule(before=8, after=8)


def _letter_facts(sheet: Sheet, words: ReceiptWords) -> None:
    facts(sheet, words.facts, whole={"Customer", "Memo"})
    if words.notes:
        sheet.gap(5)
    for note in words.notes:
        sheet.text(note, Style(9.5, strong=True))


def _letter_lines(sheet: Sheet, entries: tuple[Entry, ...]) -> None:
    if not entries:
        return
    label = Style(8.0, strong=True, shade=GREY)
    inner = sheet.paper.inner
    sheet.gap(10)
    sheet.head = sheet.row(
        [
            Cell("#", _NO, 20, label), Cell("Item", _ITEM, 90, label), Cell("Description", _NAME, 200, label),
            Cell("Qty", _QUANTITY, _QUANTITY_ROOM, label, RIGHT), Cell("Each", _EACH, 60, label, RIGHT),
            Cell("Amount", _AMOUNT, inner - _AMOUNT, label, RIGHT),
        ],
        keep=True, after=2,
    )  # fmt: skip
    sheet.head.head = None
    for entry in entries:
        sheet.rule(before=1, after=3)
        last = len(entry.details) - 1
        figure = Style(9.5)
        sheet.row(
            [
                Cell(entry.number, _NO, 20, Style(9, shade=GREY)),
                Cell(entry.code, _ITEM, 90, Style(9, strong=True)),
                Cell(entry.name, _NAME, _NAME_ROOM, figure),
                Cell(entry.quantity, _QUANTITY, _QUANTITY_ROOM, figure, RIGHT),
                Cell(entry.each, _EACH, 60, figure, RIGHT),
                Cell(entry.amount, _AMOUNT, inner - _AMOUNT, Style(9.5, strong=True), RIGHT),
            ],
            keep=bool(entry.details),
        )  # fmt: skip
        for at, detail in enumerate(entry.details):
            cell = Cell(detail, _NAME, inner - _NAME - 90, Style(8.0, shade=GREY))
            sheet.row([cell], keep=at < last)
    sheet.head = None


def _letter_sums(sheet: Sheet, words: ReceiptWords) -> None:
    sheet.rule(before=4, after=5)
    for figure in words.sums:
        size = 14.0 if figure.strong else 9.5
        sheet.pair(figure.label, figure.amount, Style(size, strong=figure.strong), at=_SUMS, keep=True)
    sheet.gap(6, keep=True)
    for figure in words.paid:
        sheet.pair(figure.label, figure.amount, Style(9.5), at=_SUMS, keep=True)
    for figure in words.outcome:
        sheet.pair(figure.label, figure.amount, Style(10.5, strong=figure.strong), at=_SUMS, keep=True)
    if words.endorse:
        sheet.gap(6, keep=True)
        sheet.text(words.endorse, Style(8.0, shade=GREY), align=RIGHT, keep=True)
    sheet.gap(1)


# ---------------------------------------------------------------- roll


def _write_roll(sheet: Sheet, words: ReceiptWords) -> None:
    _roll_head(sheet, words)
    if words.entries:
        sheet.rule()
    for entry in words.entries:
        _roll_entry(sheet, entry)
    sheet.rule()
    _roll_figures(sheet, words.sums, big=13.0)
    sheet.gap(3)
    _roll_figures(sheet, words.paid, big=9.5)
    _roll_figures(sheet, words.outcome, big=11.0)
    if words.endorse:
        sheet.gap(3)
        sheet.text(words.endorse, Style(8.0))
    sheet.gap(8)
    if len(words.number) <= _LONGEST_CODE:
        sheet.barcode(words.number, module=_ROLL_MODULE, height=13 * MM)
    sheet.text(words.number, Style(9), align=CENTRE)
    sheet.text(f"Receipt code {words.code}", Style(9, strong=True), align=CENTRE)
    if words.demo:
        sheet.gap(3)
        sheet.text(words.demo, Style(8.5, strong=True), align=CENTRE)


def _roll_head(sheet: Sheet, words: ReceiptWords) -> None:
    if words.marks:
        sheet.banner(" · ".join(words.marks), Style(15, strong=True), dark=True)
    if words.demo:
        sheet.banner(words.demo, Style(8.2, strong=True), dark=False)
    sheet.text(words.office, Style(13, strong=True), align=CENTRE)
    for line in words.address:
        sheet.text(line, Style(8.5), align=CENTRE)
    sheet.gap(3)
    sheet.text(f"{words.title} {words.number}", Style(11.5, strong=True), align=CENTRE)
    sheet.rule()
    for label, value in words.facts:
        told = Style(8.5, strong=label != "Memo")
        sheet.row([Cell(label, 0, 62, Style(8.5)), Cell(value, 64, sheet.paper.inner - 64, told)])
    if words.notes:
        sheet.gap(3)
    for note in words.notes:
        sheet.text(note, Style(9, strong=True))


def _roll_entry(sheet: Sheet, entry: Entry) -> None:
    sheet.pair(entry.name, entry.amount, Style(9.5, strong=True))
    counted = f"{entry.quantity} × {entry.each}" if entry.each and entry.quantity != "1" else ""
    head = " · ".join(part for part in (entry.code, counted) if part)
    for detail in (head, *entry.details):
        sheet.row([Cell(detail, 8, sheet.paper.inner - 8, Style(8.0))])
    sheet.gap(3)


def _roll_figures(sheet: Sheet, figures: tuple[Figure, ...], *, big: float) -> None:
    for figure in figures:
        sheet.pair(figure.label, figure.amount, Style(big if figure.strong else 9.0, strong=figure.strong))
