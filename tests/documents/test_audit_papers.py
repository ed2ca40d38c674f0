"""The evidence and the exceptions on paper: every control is there, marks show without colour, bytes are the same."""

from __future__ import annotations

from datetime import UTC, date, datetime

from csr_desk.documents.evidence import MOST_ROWS, cut, evidence_pdf
from csr_desk.documents.exceptions import exceptions_pdf
from csr_desk.domain.evidence import Control, Evidence, Finding, Result, Section, SeriesHead, Status
from csr_desk.domain.exception_report import Case, ExceptionKind, ExceptionReport, Rate, Trend, TrendRow
from documents.reading import text
from documents.samples import OFFICE

FIRST, LAST = date(2026, 7, 1), date(2026, 7, 31)


def evidence(rows: int = 30) -> Evidence:
    """Four controls, one of each status; one with more rows than go on paper."""
    sections = (Section.PEOPLE, Section.RECEIPTING, Section.CUSTODY, Section.RECORDS)
    results = tuple(
        Result(
            Control(at, section, f"Asks {at}; and more", f"Tested {at}.", "Leaves things out." if at == 4 else ""),
            Finding(
                status,
                f"Found {at}",
                ("entry", "finding"),
                tuple((f"R-{n}", "x") for n in range(rows if at == 3 else 0)),
            ),
        )
        for at, (section, status) in enumerate(zip(sections, Status, strict=True), start=1)
    )
    return Evidence(
        OFFICE, FIRST, LAST, datetime(2026, 8, 1, 14, tzinfo=UTC), "Helen Brandt",
        (SeriesHead("HPC", 9, 0, "ab" * 32),), "9 entries and 0 receipts were recomputed: all agree.",
        sound=True, results=results,
    )  # fmt: skip


def test_every_control_stands_on_paper_with_its_mark_and_what_was_tested() -> None:
    words = text(evidence_pdf(evidence(), {"control-03.csv": "c0ffee"}))
    for status in Status:
        assert f"{status.mark} {status.value}" in words
    for at in range(1, 5):
        assert f"Tested {at}." in words
        assert f"Found {at}" in words
    assert "Leaves things out." in words
    assert f"{30 - MOST_ROWS} more rows in control-03.csv." in words
    assert "c0ffee" in words
    assert "ab" * 16 in words


def test_the_same_evidence_is_the_same_paper() -> None:
    assert evidence_pdf(evidence(), {}) == evidence_pdf(evidence(), {})


def test_a_long_cell_is_cut_on_paper() -> None:
    assert len(cut("x" * 1000)) < 200
    assert cut("short") == "short"


def exceptions(number: int = 3) -> ExceptionReport:
    """Some voids of one person among two, and a short month."""
    cases = tuple(
        Case(ExceptionKind.VOID, "a", "Alma Reyes", f"HPC1-{at:07d}", FIRST, None, "Robert Hayes", -100, "Wrong item")
        for at in range(number)
    )
    rates = tuple(
        Rate(ExceptionKind.VOID, user, name, count, 100, 21, 200)
        for user, name, count in (("a", "Alma Reyes", 20), ("b", "Bao Tran", 1))
    )
    months = tuple(f"2026-{at:02d}" for at in range(1, 13))
    trend = Trend(months, (TrendRow("a", "Alma Reyes", (0,) * 11 + (-25,), 3),))
    return ExceptionReport(OFFICE, FIRST, LAST, 200, cases, rates, trend)


def test_who_stands_out_is_marked_on_paper_and_the_cases_follow() -> None:
    words = text(exceptions_pdf(exceptions()))
    assert "3 (200.0) !" in words
    assert "HPC1-0000002" in words
    assert "\u22120.25" in words
    assert "fault" in words


def test_a_quiet_month_says_so_on_paper() -> None:
    quiet = ExceptionReport(OFFICE, FIRST, LAST, 0, (), (), Trend(("2026-07",), ()))
    words = text(exceptions_pdf(quiet))
    assert "No exceptions." in words
    assert "No differences." in words


def test_many_cases_end_with_how_many_more_there_are() -> None:
    assert "100 more cases in the CSV file." in text(exceptions_pdf(exceptions(500)))
