"""What an entry tells of rows is read back whole, and what was purged is only named."""

from __future__ import annotations

from csr_desk.domain.telling import SETS, Change, laid_out, read_back

ONE = Change("permit", ("P26-1",), 1, {"state": "issued", "ended_on": None}, {"site": "12 Elm St", "reason": None})
OTHER = Change("permit_change", ("P26-1", 2), 3, {"state": "due"}, {"site": "12 Elm St #B", "inputs": "{}"})


def test_words_of_one_row_are_a_note_as_they_are() -> None:
    sets, notes = laid_out([ONE])
    assert notes == {"site": "12 Elm St"}
    assert "Elm" not in str(sets)
    (told,) = read_back({SETS: sets}, notes)
    assert (told.table, told.key, told.version) == ("permit", ("P26-1",), 1)
    assert told.values == {"state": "issued", "ended_on": None, "site": "12 Elm St", "reason": None}
    assert told.purged == frozenset()


def test_words_of_several_rows_share_a_note_and_each_finds_its_own() -> None:
    sets, notes = laid_out([ONE, OTHER])
    assert notes == {"site": '["12 Elm St","12 Elm St #B"]', "inputs": "{}"}
    first, second = read_back({SETS: sets}, notes)
    assert (first.values["site"], second.values["site"]) == ("12 Elm St", "12 Elm St #B")
    assert second.key == ("P26-1", 2)


def test_purged_words_are_named_and_nothing_else_is_lost() -> None:
    sets, notes = laid_out([ONE, OTHER])
    del notes["site"]
    first, second = read_back({SETS: sets}, notes)
    assert first.purged == second.purged == {"site"}
    assert second.values == {"state": "due", "inputs": "{}"}


def test_an_entry_that_tells_nothing_tells_nothing() -> None:
    assert list(read_back({}, {})) == []
