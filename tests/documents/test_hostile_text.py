"""What somebody typed is printed as text on every paper: no markup, no links, no pictures, no tricks of direction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from csr_desk.documents.daily_revenue import daily_revenue_pdf
from csr_desk.documents.deposit_slip import deposit_slip_pdf
from csr_desk.documents.layout import office_paper, prose
from csr_desk.documents.receipt import ROLL_80, receipt_pdf
from csr_desk.documents.request_papers import closing_letter_pdf, request_slip_pdf, visit_sheet_pdf
from csr_desk.documents.slips import drop_slip_pdf, opening_slip_pdf
from csr_desk.documents.z_report import z_report_pdf
from csr_desk.domain.deposit import DepositItem
from csr_desk.domain.drawer import RevenueRow
from csr_desk.domain.ledger import TenderRole, TenderRow
from csr_desk.domain.receipt import Receipt
from documents import reading, request_samples, samples

CORPUS = {
    "markup": ("<b>bold</b> & <i>", "<b>bold</b> & <i>"),
    "picture": ('<img src="file:///etc/passwd"/>', '<img src="file:///etc/passwd"/>'),
    "remote": ("<img src='http://x.test/a.png'>", "<img src='http://x.test/a.png'>"),
    "link": ('<a href="javascript:alert(1)">x</a>', '<a href="javascript:alert(1)">x</a>'),
    "font": ('<font color="__import__(1)">x</font>', '<font color="__import__(1)">x</font>'),
    "operators": ("(a\\) Tj ET Q /JS (app.alert)", "(a\\) Tj ET Q /JS (app.alert)"),
    "bidi": ("pay \u202e00.1\u202c now \u2066x\u2069", "pay 00.1 now x"),
    "controls": ("a\x00b\x1b[2Jc\x07d\r\ne\u2028f", "ab[2Jcd e f"),
    "entity": ("&lt;&#60;&amp;", "&lt;&#60;&amp;"),
    "lone": ("half \ud800 pair", "half ‹U+D800› pair"),
}
ALL = pytest.mark.parametrize(("typed", "printed"), CORPUS.values(), ids=CORPUS.keys())


def _hostile_receipt(typed: str) -> bytes:
    return receipt_pdf(_receipt(typed))


def _hostile_roll(typed: str) -> bytes:
    return receipt_pdf(_receipt(typed), paper=ROLL_80)


def _receipt(typed: str) -> Receipt:
    return samples.receipt(
        customer=typed, memo=typed, reason=typed, approver=typed, clerk=typed, reverses=typed,
        office=replace(samples.OFFICE, name=typed, address=(typed,), phone=typed),
        lines=(samples.line(1, "X", typed, 100, authority=typed, reference=typed, quantity="1"),),
        tenders=(TenderRow(1, "check", TenderRole.TAKEN, 100, check_number=typed, brand=typed, authorization=typed,
                           department=typed, document=typed),),
        inputs=((1, typed, typed),),
    )  # fmt: skip


def _hostile_z(typed: str) -> bytes:
    row = RevenueRow(typed, typed, 1, 100)
    batch = samples.batch(custodian_name=typed, drawer_name=typed)
    return z_report_pdf(
        samples.z_report(
            sheet=samples.batch_sheet(batch=batch, history=(typed,)), items=(row,), accounts=(row,), reason=typed,
            accepted_by=typed,
        )
    )  # fmt: skip


def _hostile_deposit(typed: str) -> bytes:
    item = DepositItem("check", typed, typed, typed, 100)
    return deposit_slip_pdf(samples.deposit(bag=typed, items=(item,), prepared_by=typed, verified_by=typed))


def _hostile_day(typed: str) -> bytes:
    rows = (RevenueRow(typed, typed, 1, 100),)
    tie = replace(samples.daily_revenue().tie, sentence=typed, ties=False)
    return daily_revenue_pdf(
        samples.daily_revenue(by_item=rows, by_account=rows, by_drawer=rows, by_hour=rows, tie=tie)
    )


def _hostile_slips(typed: str) -> bytes:
    return opening_slip_pdf(samples.opening_slip(reason=typed, approver=typed))


def _hostile_drop(typed: str) -> bytes:
    return drop_slip_pdf(samples.drop_slip(bag=typed, witness=typed))


def _hostile_request_slip(typed: str) -> bytes:
    return request_slip_pdf(request_samples.slip(type_name=typed, department=typed, site=typed, number=typed))


def _hostile_visit(typed: str) -> bytes:
    pair = ((typed, typed),)
    return visit_sheet_pdf(
        request_samples.visit(
            summary=typed, contact=typed, notes=pair, asked=pair, warnings=(typed,), site=typed, language=typed
        )
    )


def _hostile_answer(typed: str) -> bytes:
    return closing_letter_pdf(request_samples.letter(answer=typed, name=typed, site=typed, type_name=typed))


MAKERS = (
    _hostile_receipt, _hostile_roll, _hostile_z, _hostile_deposit, _hostile_day, _hostile_slips, _hostile_drop,
    _hostile_request_slip, _hostile_visit, _hostile_answer,
)  # fmt: skip


@pytest.mark.parametrize("make", MAKERS)
@ALL
def test_hostile_text_is_printed_as_text_and_nothing_in_the_file_is_active(
    make: Callable[[str], bytes], typed: str, printed: str
) -> None:
    pdf = make(typed)
    things = list(reading.dictionaries(pdf))
    assert not reading.ACTIVE & {str(key) for thing in things for key in thing}
    assert not any(str(thing.get("/Subtype")) in {"/Image", "/Form", "/Link"} for thing in things)
    assert printed.replace(" ", "") in reading.text(pdf).replace(" ", "")


@pytest.mark.parametrize("make", MAKERS)
def test_ten_thousand_characters_are_cut_and_say_so(make: Callable[[str], bytes]) -> None:
    pdf = make("A" * 10_000)
    assert "…" in reading.text(pdf)
    assert len(reading.pages(pdf)) < 12


def test_prose_is_escaped_before_reportlab_reads_it() -> None:
    sheet = office_paper(samples.REAL_OFFICE, "Test", "", noun="test")
    prose(sheet, '<img src="/etc/passwd"/><b>x</b> & <a href="http://x.test">y</a>')
    assert '<img src="/etc/passwd"/><b>x</b> & <a href="http://x.test">y</a>' in reading.text(sheet.pdf("t", "a"))
