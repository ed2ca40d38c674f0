"""Names in other alphabets: right where a font has the letters, visible and reported where none has."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from csr_desk.documents import typeface
from csr_desk.documents.receipt import LETTER, ROLL_80, Paper, receipt_pdf, receipt_unprintable
from documents import reading
from documents.samples import receipt

PAPERS = pytest.mark.parametrize("paper", [LETTER, ROLL_80], ids=lambda paper: paper.name)
HAN, HEBREW = "中文", "שלום"
OTHERS = Path(__file__).with_name("fonts") / "Others.ttf"
"""A font made for this test: a triangle for each letter of HAN and HEBREW, and nothing else."""


@pytest.fixture
def no_system_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer that has no other fonts than the program's own."""
    yield from _system_fonts(monkeypatch, ())


@pytest.fixture
def other_alphabets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A computer with a damaged font, and one that has Han and Hebrew letters."""
    broken = tmp_path / "Broken.ttf"
    broken.write_bytes(b"no font")
    yield from _system_fonts(monkeypatch, (broken, OTHERS))


def _system_fonts(monkeypatch: pytest.MonkeyPatch, files: tuple[Path, ...]) -> Iterator[None]:
    monkeypatch.setattr(typeface, "fallback_files", lambda: files)
    typeface.fallback_faces.cache_clear()
    yield
    typeface.fallback_faces.cache_clear()


@PAPERS
@pytest.mark.parametrize(
    "name", ["Nguyễn Thị Hoa", "Đặng Quốc Ấn", "Peña Núñez, José ¿¡", "Łukasz Šťastný", "Ελένη", "Борис"]
)
def test_names_of_the_city_print_right(paper: Paper, name: str) -> None:
    for typed in (name, unicodedata.normalize("NFD", name)):
        facts = receipt(customer=typed)
        assert name in reading.text(receipt_pdf(facts, paper=paper))
        assert receipt_unprintable(facts) == ()


@PAPERS
@pytest.mark.usefixtures("no_system_fonts")
def test_letters_without_a_font_are_visible_and_reported(paper: Paper) -> None:
    facts = receipt(customer="王 Wang", memo="سلام")
    shown = reading.text(receipt_pdf(facts, paper=paper))
    assert "‹U+738B› Wang" in shown
    assert "‹U+0633›‹U+0644›‹U+0627›‹U+0645›" in shown.replace(" ", "")
    assert "stands for a letter that this computer has no font for" in shown
    assert receipt_unprintable(facts) == ("王", "س", "ل", "ا", "م")


@PAPERS
@pytest.mark.usefixtures("other_alphabets")
def test_letters_are_borrowed_from_a_system_font_and_embedded(paper: Paper) -> None:
    facts = receipt(customer=f"{HAN} Wang")
    pdf = receipt_pdf(facts, paper=paper)
    assert f"{HAN} Wang" in reading.text(pdf)
    assert "‹U+" not in reading.text(pdf)
    assert receipt_unprintable(facts) == ()
    fonts = reading.fonts(pdf)
    assert any("Others" in name and embedded for name, embedded in fonts)


@pytest.mark.usefixtures("other_alphabets")
def test_hebrew_is_set_from_right_to_left_and_leaves_figures_alone() -> None:
    assert typeface.printable(f"{HEBREW} {HEBREW} 12.50 x") == f"{HEBREW[::-1]} {HEBREW[::-1]} 12.50 x"


@pytest.mark.usefixtures("other_alphabets")
def test_arabic_is_never_printed_unjoined() -> None:
    assert typeface.printable("م") == "‹U+0645›"


@pytest.mark.usefixtures("no_system_fonts")
def test_an_emoji_is_a_code_point_on_paper() -> None:
    assert typeface.printable("ok 😀") == "ok ‹U+1F600›"


def test_figures_are_equally_wide_in_both_weights() -> None:
    for name in (typeface.REGULAR, typeface.STRONG):
        assert len({typeface.width(figure, name, 10) for figure in "0123456789"}) == 1


def test_fonts_of_the_computer_are_found_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("malgun.ttf", "deep/DroidSansFallbackFull.ttf", "Other.ttf"):
        (tmp_path / name).write_bytes(b"")
    monkeypatch.setattr(typeface, "_SYSTEM_FOLDERS", (str(tmp_path), str(tmp_path / "missing")))
    assert [path.name for path in typeface.fallback_files()] == ["DroidSansFallbackFull.ttf", "malgun.ttf"]
