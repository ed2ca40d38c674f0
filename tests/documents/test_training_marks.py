"""No paper of a training office leaves the word TRAINING out, and no other office's paper has it (J7)."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from typing import Any

import pytest

from csr_desk import documents as papers_made
from csr_desk.devices.escpos import slip_bytes
from csr_desk.documents.paper import LETTER, ROLL_80
from csr_desk.documents.receipt import receipt_pdf
from csr_desk.documents.till_slip import till_rows
from csr_desk.domain.cards import CardPaper
from csr_desk.domain.estimate import Estimate
from csr_desk.domain.evidence import Evidence
from csr_desk.domain.exception_report import ExceptionReport
from csr_desk.domain.orders import OrderPaper
from csr_desk.domain.payables import PayablesList
from csr_desk.domain.permit_paper import PermitPaper
from csr_desk.domain.receipt import Office
from csr_desk.domain.receivable.collection import CrewList, Letter, LetterKind, OfficeAgeing, RestoreOrder
from csr_desk.domain.release_register import BatchPaper, NextStep
from csr_desk.domain.request_papers import ClosingLetter, RequestSlip, VisitSheet
from csr_desk.domain.returned import Referral, ReturnedItem
from csr_desk.domain.visits import TicketSlip
from csr_desk.domain.work_orders import OverdueList, WorkSlip
from documents import (
    card_samples,
    collection_samples,
    order_sample,
    permit_samples,
    queue_sample,
    reading,
    release_samples,
    request_samples,
    samples,
    work_samples,
)
from documents.samples import DAY, MOMENT, OFFICE, REAL_OFFICE, receipt
from documents.test_audit_papers import evidence, exceptions
from documents.test_check_papers import item
from documents.test_payables_request import REQUEST

TRAINING = replace(REAL_OFFICE, training=True)


def papers() -> list[tuple[str, Callable[..., bytes]]]:
    """Every function of the documents that makes a PDF."""
    found: list[tuple[str, Callable[..., bytes]]] = []
    for module in pkgutil.iter_modules(papers_made.__path__):
        part = importlib.import_module(f"csr_desk.documents.{module.name}")
        found += [
            (name, made)
            for name, made in inspect.getmembers(part, inspect.isfunction)
            if name.endswith("_pdf") and made.__module__ == part.__name__ and name != "pages_pdf"
        ]
    return found


def facts_for(paper: Callable[..., bytes], office: Office) -> list[Any]:
    """What a paper is made of, for an office, from the samples: one sample a type."""
    hints = typing.get_type_hints(paper)
    needed = [
        hints[name]
        for name, one in inspect.signature(paper).parameters.items()
        if one.default is inspect.Parameter.empty
    ]
    return [_moved(_sample(kind), office) for kind in needed]


def _sample(kind: Any) -> Any:
    simple = {
        Office: OFFICE, datetime: MOMENT, date: DAY, str: "said", int: 1, bool: False, ReturnedItem: item(),
        Referral: Referral(OFFICE, DAY, (item(),)),
        Evidence: evidence(), ExceptionReport: exceptions(), Mapping[str, str]: {"control-03.csv": "c0ffee"},
        Letter: collection_samples.letter(LetterKind.NOTICE), CrewList: collection_samples.crew_list(),
        WorkSlip: work_samples.slip(), OverdueList: work_samples.overdue(),
        RestoreOrder: collection_samples.restore_order(), OfficeAgeing: collection_samples.AGEING,
        OrderPaper: order_sample.order_for(OFFICE), PermitPaper: permit_samples.permit_paper(),
        BatchPaper: release_samples.batch(), NextStep: release_samples.next_step(),
        CardPaper: card_samples.card_paper(), Estimate: card_samples.estimate(),
        TicketSlip: queue_sample.slip(), RequestSlip: request_samples.slip(), VisitSheet: request_samples.visit(),
        ClosingLetter: request_samples.letter(),
        PayablesList: PayablesList(OFFICE, "HPC-7", MOMENT, "Samuel Park", (REQUEST,)),
    }  # fmt: skip
    if kind in simple:
        return simple[kind]
    if typing.get_origin(kind) in {Sequence, tuple}:
        return (_sample(typing.get_args(kind)[0]),)
    for _, make in inspect.getmembers(samples, inspect.isfunction):
        if typing.get_type_hints(make).get("return") is kind:
            return make()
    pytest.fail(f"tests/documents/samples.py has no sample of {kind}: the walk over all papers needs one")


def _moved(value: Any, office: Office) -> Any:
    """The same facts, of another office."""
    if isinstance(value, Office):
        return office
    if isinstance(value, tuple):
        return tuple(_moved(part, office) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        inner = {part.name: _moved(getattr(value, part.name), office) for part in fields(value)}
        return replace(value, **{name: part for name, part in inner.items() if part is not getattr(value, name)})
    return value


@pytest.mark.parametrize(("name", "paper"), papers())
def test_every_paper_of_a_training_office_says_so_on_each_page(name: str, paper: Callable[..., bytes]) -> None:
    marked = reading.pages(paper(*facts_for(paper, TRAINING)))
    # across the page, at its head and at its foot; the first page has it in a frame as well
    assert [page.count("TRAINING") >= 3 for page in marked] == [True] * len(marked)
    assert all(page.count("TRAINING – no real money") == 2 for page in marked)


@pytest.mark.parametrize(("name", "paper"), papers())
def test_no_paper_of_a_live_office_says_so(name: str, paper: Callable[..., bytes]) -> None:
    plain = reading.text(paper(*facts_for(paper, REAL_OFFICE)))
    assert "TRAINING" not in plain
    assert "DEMONSTRATION" not in plain


def test_the_walk_finds_the_papers_that_there_are() -> None:
    names = {name for name, _ in papers()}
    assert {"receipt_pdf", "z_report_pdf", "drop_slip_pdf", "opening_slip_pdf", "deposit_slip_pdf",
            "daily_revenue_pdf", "printer_test_pdf", "training_certificate_pdf"} <= names  # fmt: skip


@pytest.mark.parametrize("paper", [LETTER, ROLL_80])
@pytest.mark.parametrize("more", [{}, {"copy": 2}, {"voided_by": "T1-0000009"}, {"tenders": (), "lines": ()}])
def test_no_receipt_of_a_training_office_prints_without_the_mark(paper: Any, more: dict[str, Any]) -> None:
    for page in reading.pages(receipt_pdf(receipt(office=TRAINING, **more), paper=paper)):
        assert page.count("TRAINING – no real money") == 2


@pytest.mark.parametrize("more", [{}, {"copy": 2}, {"voided_by": "T1-0000009"}])
def test_a_till_printer_says_it_at_the_head_and_at_the_foot(more: dict[str, Any]) -> None:
    rows = till_rows(receipt(office=TRAINING, **more))
    said = [at for at, row in enumerate(rows) if "TRAINING" in row.left]
    assert said[0] <= 2
    assert said[-1] == len(rows) - 1
    assert slip_bytes(rows).count(b"TRAINING") == 2
    assert b"TRAINING" not in slip_bytes(till_rows(receipt(office=REAL_OFFICE)))
