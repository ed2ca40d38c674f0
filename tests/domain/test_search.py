from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest

from csr_desk import locations
from csr_desk.domain.catalogue import Catalogue
from csr_desk.domain.pricing import PerUnit, PriceRule, Step
from csr_desk.domain.search import Hit, ItemIndex, SearchRow, spans
from csr_desk.services.catalogue_files import load_folder

DEMO = load_folder(locations.resources() / "demo" / "catalogue")
INDEX = ItemIndex.of(DEMO)


def codes(text: str, limit: int = 8) -> list[str]:
    return [hit.code for hit in INDEX.find(text, limit)]


def marked(hit: Hit) -> tuple[list[str], list[str]]:
    return (
        [hit.code[start:end] for start, end in hit.code_spans],
        [hit.name[start:end] for start, end in hit.name_spans],
    )


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("cop", "REC-COPY"),
        ("blds", "BLD-STRUCT"),
        ("BLD-STRUCT", "BLD-STRUCT"),
        ("permit structural", "BLD-STRUCT"),
        ("STRUCTURAL PERM", "BLD-STRUCT"),
        ("alárm résid", "ALM-RES"),
        ("gymn", "PRK-GYM"),
        ("11-62 panic", "ALM-PANIC"),
        ("health pool", "HHD-POOL"),
    ],
)
def test_half_words_accents_letter_case_and_order_are_forgiven(typed: str, first: str) -> None:
    found = codes(typed)
    assert first in found[:2], found


def test_copies_come_first_for_the_three_letters_that_every_clerk_types() -> None:
    assert codes("cop")[0] == "REC-COPY"


def test_every_word_that_was_typed_must_be_found() -> None:
    assert codes("alarm zebra") == []
    assert codes("") == []
    assert codes("--- ///") == []


def test_what_the_program_adds_itself_is_not_offered() -> None:
    assert "ADM-114" not in codes("administrative fee", 50)
    assert "CONV-CARD" not in codes("card", 50)
    assert "WTR-LKA" not in codes("leak", 50)


def test_an_item_that_is_no_longer_sold_is_not_offered() -> None:
    closed = Catalogue("C", "", {"ALM-RES": replace(DEMO.items["ALM-RES"], active=False)})
    assert ItemIndex.of(closed).find("alarm") == ()


def test_no_more_hits_than_asked_for_and_none_twice() -> None:
    found = codes("p", 5)
    assert len(found) == len(set(found)) == 5
    everything = codes("p", 500)
    assert len(everything) == len(set(everything))
    assert everything[:5] == found


@pytest.mark.parametrize(
    ("typed", "code", "in_code", "in_name"),
    [
        ("blds", "BLD-STRUCT", ["BLD-S"], []),
        ("perm struct", "BLD-STRUCT", ["STRUCT"], ["Struct", "perm"]),
        ("ALM-RES", "ALM-RES", ["ALM-RES"], ["Res"]),
        ("alarm", "ALM-RES", [], ["alarm"]),
    ],
)
def test_what_matches_is_marked(typed: str, code: str, in_code: list[str], in_name: list[str]) -> None:
    hit = next(hit for hit in INDEX.find(typed, 50) if hit.code == code)
    assert marked(hit) == (in_code, in_name)


def test_marks_keep_their_places_beside_accents_and_ligatures() -> None:
    name = "Straße, œuvre & Café İstanbul"
    assert [name[a:b] for a, b in spans(name, ["cafe", "ist"])] == ["Café", "İst"]
    rows = ItemIndex([SearchRow("X-1", "Bánh mì cart"), SearchRow("", "…")])
    assert [hit.name_spans for hit in rows.find("banh mi")] == [((0, 4), (5, 7))]


def test_each_word_is_marked_by_itself_and_nothing_where_nothing_matches() -> None:
    assert spans("a_b c", ["a", "b", "c"]) == ((0, 1), (2, 3), (4, 5))
    assert spans("nothing here", ["zebra"]) == ()


def test_a_hint_shows_one_amount_where_one_amount_tells_the_price() -> None:
    hints = {
        hit.code: (hit.amount_hint, hit.unit) for word in ("rec", "alm", "drn", "bld") for hit in INDEX.find(word, 99)
    }
    assert hints["REC-COPY"] == (10, "page")
    assert hints["ALM-RES"] == (5000, "")
    assert hints["DRN-CURB"] == (None, "")
    assert hints["BLD-STRUCT"] == (None, "")
    fine = PriceRule((Step(PerUnit(Decimal("0.0042"), ("feet",))),))
    version = replace(DEMO.items["REC-COPY"].versions[-1], price=fine, unit="cubic foot")
    thousandths = Catalogue("C", "", {"F": replace(DEMO.items["REC-COPY"], code="F", versions=(version,))})
    assert (ItemIndex.of(thousandths).find("f")[0].amount_hint, ItemIndex.of(thousandths).find("f")[0].unit) == (
        None,
        "cubic foot",
    )
    bare = Catalogue("C", "", {"E": replace(DEMO.items["ALM-RES"], code="E", versions=())})
    assert ItemIndex.of(bare).find("e")[0].amount_hint is None


def test_a_key_finds_its_hits_well_within_a_frame_among_thousands_of_items() -> None:
    words = [row.name for row in (SearchRow("", item.name) for item in DEMO.items.values())]
    pairs = list(product(words, words))[:2400]
    rows = (SearchRow(f"Z-{at}", f"{left} {right}", "Department", "Permit") for at, (left, right) in enumerate(pairs))
    index = ItemIndex(rows)
    took = []
    for typed in ("p", "pe", "per", "permit", "permit a", "permit al", "fee", "b", "building d", "c", "s") * 9:
        begun = time.process_time()
        index.find(typed)
        took.append(time.process_time() - begun)
    # some 0.3 ms, and a frame is 16.7 ms; the bar leaves room for a run under coverage
    assert sorted(took)[int(len(took) * 0.9)] < 8 / 1000
