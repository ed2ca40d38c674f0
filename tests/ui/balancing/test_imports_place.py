"""The place of imports: a file is looked over with every fault, columns are set and kept, then all of it or none."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csr_desk.domain.changes import Topic
from csr_desk.domain.errors import BadInput
from csr_desk.domain.import_columns import ImportKind
from csr_desk.services import import_mappings, import_pace, imports
from csr_desk.services.customers import find_customers
from csr_desk.services.import_files import read_import_file
from csr_desk.services.verification import verify_desk
from csr_desk.ui.context import Tone
from csr_desk.ui.pages.balancing.imports_place import ImportsPlace
from csr_desk.ui.pages.balancing.view import BalancingPage
from ui.back_office import BackOffice, RecordingShell, in_front, press

KEY = Qt.Key
CUSTOMERS = "No,Name,Street,Day phone,Rank\nC-91,Álvarez María,4107 leeland b,713.555.0142 x12,a\nC-92,Chen Wei,,,b\n"


@dataclass
class Front:
    """The place in front of the accountant, and a folder with files."""

    office: BackOffice
    page: BalancingPage
    panel: ImportsPlace
    shell: RecordingShell
    folder: Path
    bot: QtBot

    def rest(self) -> None:
        """Wait for the panel's own thread."""
        self.bot.waitUntil(lambda: not self.panel.presenter.busy, timeout=20_000)

    def choose(self, text: str, kind: ImportKind = ImportKind.CUSTOMERS, name: str = "rows.csv") -> None:
        """Say what the rows are and choose a file."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        at = self.panel.kind.findData(kind)
        self.panel.kind.setCurrentIndex(at)
        self.panel.kind.activated.emit(at)
        self.rest()
        self.panel.choose = lambda: path
        press(self.page, KEY.Key_O, ctrl=True)
        self.rest()

    def set_column(self, field: str, title: str) -> None:
        """Pick a field and the column that it is read from."""
        names = [row[0] for row in self.panel.columns.texts()]
        self.panel.columns.go_to(names.index(field))
        at = self.panel.column.findData(title)
        self.panel.column.setCurrentIndex(at)
        self.panel.column.activated.emit(at)
        self.rest()

    def facts(self) -> list[str]:
        """What is said of the file: the words and the figures in turn."""
        self.bot.wait(1)  # a layout shows what is new in it when the loop comes round
        return [label.text() for label in self.panel.facts.findChildren(type(self.panel.said)) if not label.isHidden()]


@pytest.fixture
def front(dressed: QApplication, office: BackOffice, tmp_path: Path, qtbot: QtBot) -> Iterator[Front]:
    context, shell = office.context("accountant1")
    page = BalancingPage(context)
    with in_front(page):
        while page.list.current_key() != "imports":
            press(page, KEY.Key_Up)
        panel = page.places["imports"]
        assert isinstance(panel, ImportsPlace)
        yield Front(office, page, panel, shell, tmp_path, qtbot)


def test_a_file_is_looked_over_its_columns_are_set_and_it_is_taken_in(front: Front) -> None:
    panel = front.panel
    assert not panel.go.isEnabled()
    assert not panel.again.isEnabled()
    front.choose(CUSTOMERS)
    assert panel.chip.text() == "1 fault: cannot be taken in"
    assert panel.columns.texts()[0] == ["customer", "missing", ""]
    assert not panel.go.isEnabled()
    front.set_column("customer", "No")
    front.set_column("phone", "Day phone")
    assert panel.columns.texts()[4] == ["phone", "Day phone", "713.555.0142 x12"]
    assert panel.chip.text() == "No fault"
    assert front.facts()[1::2] == ["2", "2", "0", "0", "Rank"]
    panel.go.trigger()
    front.rest()
    said, tone = front.shell.banners[-1]
    assert said.startswith("2 rows are taken in: 2 new, 0 changed, 0 known already. Load ")
    assert tone is Tone.OK
    assert Topic.ACCOUNTS in front.shell.topics
    assert not panel.go.isEnabled()
    found = find_customers(front.office.desk, front.office.actor("supervisor1"), "5550142 leeland b")
    assert [hit.number for hit in found.hits] == ["C-91"]
    assert verify_desk(front.office.desk).first_fault is None


def test_the_same_file_again_changes_nothing_and_says_so(front: Front) -> None:
    rows = "Customer,Name\nC-91,Chen Wei\n"
    front.choose(rows)
    front.panel.go.trigger()
    front.rest()
    front.choose(rows)
    assert front.panel.chip.text() == "All of it is known already"
    assert not front.panel.go.isEnabled()


def test_every_fault_is_shown_by_its_row_and_gone_when_it_is_mended(front: Front) -> None:
    front.choose("Customer,Name,Since\nC-91,,yesterday\nC-91,Chen Wei,\n")
    rows = front.panel.faults.texts()
    assert [row[0] for row in rows] == ["2", "2"]
    assert {row[1] for row in rows} == {"name", "since"}
    front.choose("Customer,Name\nC-91,Chen Wei\n")
    assert front.panel.faults.isHidden()
    assert front.panel.go.isEnabled()


def test_columns_are_kept_under_a_name_and_used_again(front: Front) -> None:
    front.choose(CUSTOMERS)
    front.set_column("customer", "No")
    front.shell.answers = {"name": " "}
    press(front.page, KEY.Key_L, ctrl=True)
    assert front.shell.faults == ["Key a name."]
    front.shell.answers = {"name": "Water billing"}
    press(front.page, KEY.Key_L, ctrl=True)
    assert front.shell.banners[-1] == ("The columns are kept as “Water billing”.", Tone.OK)
    assert front.panel.mapping.currentText() == "Water billing"
    front.choose(CUSTOMERS)
    assert front.panel.chip.text() == "1 fault: cannot be taken in"
    at = front.panel.mapping.findData("Water billing")
    front.panel.mapping.activated.emit(at)
    front.rest()
    assert front.panel.chip.text() == "No fault"
    front.choose(CUSTOMERS, ImportKind.BILLS)
    assert front.panel.mapping.count() == 1


def test_what_stands_in_every_row_is_keyed_kept_and_taken_away_again(front: Front) -> None:
    front.choose("Customer,Name\nC-91,Chen Wei\n")
    names = [row[0] for row in front.panel.columns.texts()]
    front.panel.columns.go_to(names.index("language"))
    front.shell.answers = {"text": "vi"}
    press(front.page, KEY.Key_G, ctrl=True)
    front.rest()
    assert front.panel.columns.texts()[names.index("language")][1] == "“vi” in every row"
    front.shell.answers = {"name": "Housing"}
    press(front.page, KEY.Key_L, ctrl=True)
    (saved,) = import_mappings.saved_mappings(front.office.desk, front.office.actor("accountant1"))
    assert dict(saved.mapping.fixed) == {"language": "vi"}
    front.panel.columns.go_to(names.index("name"))
    front.shell.answers = {"text": "Nobody"}
    press(front.page, KEY.Key_G, ctrl=True)
    front.rest()
    assert front.panel.columns.texts()[names.index("name")][1] == "“Nobody” in every row"
    front.shell.answers = {"text": ""}
    press(front.page, KEY.Key_G, ctrl=True)
    front.rest()
    assert front.panel.columns.texts()[names.index("name")][1] == "missing"
    assert not front.panel.go.isEnabled()


def test_what_is_known_otherwise_is_a_fault_until_it_may_be_taken_over(front: Front) -> None:
    front.choose("Customer,Name\nC-91,Chen Wei\n")
    front.panel.go.trigger()
    front.rest()
    front.choose("Customer,Name\nC-91,Chen Mei\n")
    assert front.panel.chip.text() == "1 fault: cannot be taken in"
    front.panel.update_known.setChecked(True)
    front.rest()
    assert front.facts()[1::2][1:4] == ["0", "1", "0"]
    assert front.panel.go.isEnabled()


def test_taking_in_is_told_as_it_goes_and_stopped_it_takes_nothing_over(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_pace, "EVERY", 1)
    front.choose("Customer,Name\n" + "".join(f"C-{n},Chen Wei\n" for n in range(900, 950)))
    assert front.panel.go.isEnabled()
    stop_when(front, monkeypatch, 30)
    told: list[tuple[int, int]] = []
    front.panel.told.connect(lambda done, every: told.append((done, every)))
    front.panel.go.trigger()
    assert front.panel.halt.isEnabled()
    assert not front.panel.go.isEnabled()
    assert front.panel.bar.isVisible()
    front.rest()
    assert front.shell.banners[-1] == ("Stopped; nothing was taken over.", Tone.WARN)
    assert told[0][1] == 102
    assert front.panel.bar.isHidden()
    found = find_customers(front.office.desk, front.office.actor("supervisor1"), "chen wei")
    assert found.hits == ()
    assert front.panel.go.isEnabled()


def stop_when(front: Front, monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    """Stop, as the key does, when so many rows are done."""
    told = front.panel.tell

    def tell(done: int, every: int) -> None:
        told(done, every)
        if done >= rows:
            front.panel.presenter.stop()

    monkeypatch.setattr(front.panel, "tell", tell)


def test_a_file_that_is_faulty_by_now_is_refused_with_its_faults(front: Front) -> None:
    front.choose("Customer,Name\nC-91,Chen Wei\n")
    other = front.folder / "other.csv"
    other.write_text("Customer,Name\nC-91,Somebody Else\n", encoding="utf-8")
    command = imports.LoadFile("another", ImportKind.CUSTOMERS, read_import_file(other))
    imports.load_file(front.office.desk, front.office.actor("accountant1"), command)
    front.panel.go.trigger()
    front.rest()
    assert front.shell.banners[-1] == ("Nothing was taken over: the file has faults.", Tone.BAD)
    assert [row[0] for row in front.panel.faults.texts()] == ["2"]
    assert not front.panel.go.isEnabled()


def test_what_is_no_table_is_a_problem_and_another_file_may_be_chosen(front: Front) -> None:
    front.choose("", name="empty.csv")
    assert isinstance(front.shell.problems[-1], BadInput)
    assert front.panel.open.isEnabled()
    assert not front.panel.again.isEnabled()
    front.panel.choose = lambda: None
    press(front.page, KEY.Key_O, ctrl=True)
    assert not front.panel.presenter.busy


def test_a_file_is_worked_on_by_a_thread_of_its_own(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    look, threads = imports.preview, list[str]()

    def noted(*given: object) -> object:
        threads.append(threading.current_thread().name)
        return look(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(imports, "preview", noted)
    front.choose("Bill,Account,Amount\nB-901,0041-2277-9,64.37\n", ImportKind.BILLS)
    assert threads == ["import"]
    assert front.panel.columns.texts()[0] == ["bill", "Bill", "B-901"]


def test_only_who_may_load_bills_has_the_place(dressed: QApplication, office: BackOffice) -> None:
    context, _ = office.context("supervisor1")
    assert "imports" not in BalancingPage(context).places
