"""A taste of G9: spoilt files, files made to do harm, hostile words; and that the harness sees what is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from csr_desk.domain.errors import BadInput
from csr_desk.services.files_read import read_bounded
from csr_desk.services.spreadsheet_text import guarded
from proof import g09_hostile_input, hostile_papers
from proof.bombs import bombs
from proof.g09_hostile_input import Findings, office, try_one
from proof.hostile_words import WORDS
from proof.table import Tier


def test_spoilt_files_of_every_kind_are_taken_or_refused_in_words(tmp_path: Path) -> None:
    with office(tmp_path) as (ways, watch):
        for kind in ways.kinds:
            found = g09_hostile_input.spoilt_imports(ways, kind, 6)
            assert (found.wrong, watch.outside, watch.calls) == (0, [], []), f"{kind.name}: {found}"


def test_files_made_to_do_harm_do_none(tmp_path: Path) -> None:
    found = Findings()
    with office(tmp_path) as (ways, watch):
        for name, take in bombs(ways, Tier.TASTE):
            if "million" not in name and "thousand" not in name:
                try_one(ways, found, name, take, 10)
        assert (found.wrong, watch.outside, watch.calls) == (0, [], []), found
    assert found.refused > 40


def test_what_is_broken_on_the_way_in_is_found(tmp_path: Path) -> None:
    rows = list(g09_hostile_input.self_tests(tmp_path))
    assert [row.what for row in rows if not row.passed] == []
    assert len(rows) == 5


def test_words_go_out_as_words_and_walls_that_are_taken_away_are_missed(tmp_path: Path) -> None:
    some = {name: WORDS[name] for name in ("picture", "lines", "formula")}
    assert hostile_papers.on_papers(some).wrong == {}
    assert hostile_papers.on_the_till(WORDS).wrong == {}
    rows = list(hostile_papers.self_tests(tmp_path))
    assert [row.what for row in rows if not row.passed] == []


@pytest.mark.parametrize("text", ["=1", " =1", "\u3000@x", "\ufeff\u200b+1", "＝1", "-1", "\t=1", "\x1c=1"])
def test_a_cell_that_would_run_is_marked_as_text(text: str) -> None:
    assert guarded(text) == f"'{text}"


def test_a_file_is_read_up_to_its_limit_and_nothing_but_files_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_bounded(tmp_path / "a", 5) == b"12345"
    for path, most, said in (("a", 4, "larger than"), ("", 4, "not a file"), ("b", 4, "No such file")):
        with pytest.raises(BadInput, match=said):
            read_bounded(tmp_path / path, most)
