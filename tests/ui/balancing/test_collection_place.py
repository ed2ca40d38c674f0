"""The place of collection: chart, round with a stop, letters in bulk, lists, what the crew reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csr_desk.documents.wording import kept
from csr_desk.domain.errors import Ineligible
from csr_desk.services import collecting
from csr_desk.ui.context import Tone
from csr_desk.ui.dates import day_words
from csr_desk.ui.pages.balancing import collection_place
from csr_desk.ui.pages.balancing.collection_place import CollectionPlace
from csr_desk.ui.pages.balancing.collection_words import (
    cut_words,
    drawing_words,
    left_words,
    round_words,
    saved_words,
    short_money,
    statements_words,
)
from csr_desk.ui.pages.balancing.view import BalancingPage
from csr_desk.ui.pages.balancing.words import on_accounts
from papers_logged import keep_secret, papers_logged
from ui import collection_office
from ui.back_office import BackOffice, RecordingShell, in_front, press

KEY = Qt.Key


@pytest.fixture
def place(dressed: QApplication, office: BackOffice) -> Iterator[tuple[CollectionPlace, RecordingShell]]:
    """The place of the supervisor, in front."""
    collection_office.lay_out(office)
    context, shell = office.context("supervisor1")
    page = BalancingPage(context)
    with in_front(page):
        while page.list.current_key() != "collection":
            press(page, KEY.Key_Down)
        panel = page.places["collection"]
        assert isinstance(panel, CollectionPlace)
        yield panel, shell


def wait_for_worker(panel: CollectionPlace, bot: QtBot) -> None:
    """Let the letters be drawn."""
    bot.waitUntil(lambda: panel._worker is None, timeout=60_000)


def test_the_chart_shows_what_is_owed_by_age_and_the_table_what_a_round_does(
    place: tuple[CollectionPlace, RecordingShell],
) -> None:
    panel, _ = place
    assert panel.pick().words == "Collection, 3 for the round, 1 to restore"
    assert [(bar.label, bar.shown) for bar in panel.chart.bars] == [
        ("Current", "$433"), ("31–60", "$135"), ("61–90", "$0"), ("Over 90", "$4,860"),
    ]  # fmt: skip
    assert panel.table.texts()[0] == ["0041-2280-1", "Alma Reyes", "Reminder", "64.37", ""]


def test_the_round_is_done_by_a_key_and_says_what_it_did(place: tuple[CollectionPlace, RecordingShell]) -> None:
    panel, shell = place
    panel.go.trigger()
    assert shell.banners[-1] == ("The round is done: 3 reminded.", Tone.OK)
    assert not panel.go.isEnabled()
    assert not panel.halt.isEnabled()
    assert not panel.none.isHidden()


def test_a_round_that_is_stopped_says_what_is_left(
    place: tuple[CollectionPlace, RecordingShell], monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, shell = place
    monkeypatch.setattr(collecting, "AT_ONCE", 1)
    monkeypatch.setattr(collection_place, "AT_ONCE", 1)
    run = collecting.run_round

    def and_stop(*args: object) -> object:
        panel.halt.trigger()
        return run(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(collecting, "run_round", and_stop)
    panel.go.trigger()
    words = "The round is done: 1 reminded. Stopped: 2 accounts are left for the next round."
    assert shell.banners[-1] == (words, Tone.WARN)
    assert len(panel.table.texts()) == 2


def test_letters_are_drawn_away_from_the_window_and_saved_in_files(
    place: tuple[CollectionPlace, RecordingShell], office: BackOffice, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    panel, shell = place
    keep_secret(office.desk, office.actor("clerk1"), "0041-2280-1")
    saved: dict[str, bytes] = {}

    def keep(name: str, content: bytes) -> Path:
        saved[name] = content
        return Path("/saved") / name

    monkeypatch.setattr(collection_place, "save_file", keep)
    shell.reason = "reminder"
    panel.letters.trigger()
    assert shell.banners[-1] == ("No letter of this kind is due today.", Tone.INFO)
    panel.go.trigger()
    panel.letters.trigger()
    wait_for_worker(panel, qtbot)
    assert list(saved) == ["letters-reminder-2026-07-29-001.pdf"]
    assert papers_logged(office.desk, office.actor("supervisor1"), "0041-2280-1") == ["Letter: reminder"]
    assert shell.banners[-1] == (f"3 letters, saved as 1 file in {Path('/saved')}.", Tone.OK)
    monkeypatch.setattr(panel, "_tell", lambda _done, _every: False)  # as the key that stops
    panel.letters.trigger()
    wait_for_worker(panel, qtbot)
    assert shell.banners[-1] == ("Stopped; no file of letters was saved.", Tone.WARN)
    assert len(saved) == 1


def test_statements_of_all_that_owe_are_made_away_from_the_window_or_none_at_all(
    place: tuple[CollectionPlace, RecordingShell], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path
) -> None:
    panel, shell = place
    monkeypatch.setenv("CSR_DESK_HOME", str(tmp_path))
    shell.answers = {"first": "someday"}
    panel.statements.trigger()
    assert len(shell.faults) == 1
    shell.answers = {"first": "7/1/2026", "last": "7/29/2026"}
    panel.statements.trigger()
    assert panel.halt.isEnabled()
    wait_for_worker(panel, qtbot)
    said, tone = shell.banners[-1]
    assert tone is Tone.OK
    (folder,) = (tmp_path / "exports").iterdir()
    assert f"saved in {folder}; owed together" in said
    assert (folder / "statements-0001.pdf").is_file()
    monkeypatch.setattr(panel._statements, "_tell", lambda _done, _every: False)  # as the key that stops
    panel.statements.trigger()
    wait_for_worker(panel, qtbot)
    assert shell.banners[-1] == ("Stopped; no statement was left behind.", Tone.WARN)
    assert list((tmp_path / "exports").iterdir()) == [folder]


def test_a_disk_that_is_full_is_told(
    place: tuple[CollectionPlace, RecordingShell], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    panel, shell = place

    def full(_name: str, _content: bytes) -> Path:
        raise OSError("disk full")

    monkeypatch.setattr(collection_place, "save_file", full)
    shell.reason = "plan"
    panel.letters.trigger()
    wait_for_worker(panel, qtbot)
    assert "disk full" in str(shell.problems[-1])
    assert panel.allowed(panel.letters)


@pytest.mark.parametrize(
    ("which", "title"), [("cut", "cut-2026-07-29"), ("restore", "restore-2026-07-29"), ("ageing", "ageing-2026-07-29")]
)
def test_a_list_is_printed(place: tuple[CollectionPlace, RecordingShell], which: str, title: str) -> None:
    panel, shell = place
    shell.reason = which
    panel.papers.trigger()
    assert [(name, pdf[:4]) for name, pdf in shell.papers] == [(title, b"%PDF")]


def test_what_the_crew_reports_is_keyed_by_number(place: tuple[CollectionPlace, RecordingShell]) -> None:
    panel, shell = place
    shell.answers = {"off": "", "on": ""}
    panel.report.trigger()
    assert shell.faults == ["Key the accounts that were cut off, or the one that was restored."]
    shell.answers = {"off": "0041-2278-7", "on": ""}
    panel.report.trigger()
    assert isinstance(shell.problems[-1], Ineligible)  # it has more time
    shell.answers = {"off": "", "on": "0041-2277-9"}
    panel.report.trigger()
    assert shell.banners[-1] == ("Account 0041-2277-9 has its service back.", Tone.OK)
    panel.load()
    assert panel.pick().chip == ""
    collection_office.at(BackOffice(panel.context.desk), "2026-08-13T08:00")
    shell.answers = {"off": "0041-2278-7", "on": ""}
    panel.report.trigger()
    assert shell.banners[-1] == ("1 account is recorded as cut off.", Tone.OK)


def test_a_clerk_and_an_auditor_have_no_place_of_collection(dressed: QApplication, office: BackOffice) -> None:
    context, _ = office.context("auditor1")
    assert "collection" not in BalancingPage(context).places


def test_words_of_a_round_and_of_large_sums() -> None:
    assert round_words({}) == "Nobody came to another stage."
    assert round_words({"listed": 1200, "plan_broken": 2, "plan_kept": 1}) == (
        "The round is done: 1,200 put on the cut-off list, 2 plans broken, 1 plan paid whole."
    )
    assert [short_money(cents) for cents in (0, 99_999, 1_234_567, 123_456_789_00)] == ["$0", "$999", "$12k", "$123.4M"]


def test_one_and_many_are_said_as_people_say_them() -> None:
    assert [drawing_words(number) for number in (1, 2)] == ["1 letter is drawn …", "2 letters are drawn …"]
    assert saved_words(1, 1, 2, "here") == "1 letter, saved as 1 file in here. Stopped: 1 letter is missing."
    assert saved_words(600, 2, 1600, "here") == (
        "600 letters, saved as 2 files in here. Stopped: 1,000 letters are missing."
    )
    assert left_words("Done.", 1) == "Done. Stopped: 1 account is left for the next round."
    assert cut_words(2) == "2 accounts are recorded as cut off."
    assert [statements_words(1, 1), statements_words(2, 3)] == ["1 statement on 1 page", "2 statements on 3 pages"]
    assert [on_accounts(3000, number) for number in (0, 1, 2)] == ["", "30.00 on 1 account", "30.00 on 2 accounts"]
    assert [day_words("2026-06-20"), day_words("Slab leak")] == ["6/20/2026", "Slab leak"]
    assert [kept("2026-06-20"), kept("2026-06-99"), kept("950.00")] == ["Sat 20 Jun 2026", "2026-06-99", "950.00"]
