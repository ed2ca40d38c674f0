"""The station's notebook: one page that a death leaves whole, and that the next window reads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from csr_desk.data import notebook
from csr_desk.data.engine import Store
from csr_desk.data.notebook import SIZE, Page, has_stopped, open_notebook, read_page
from csr_desk.data.unit_of_work import write
from csr_desk.domain.errors import Latched, Trouble
from csr_desk.domain.ledger import EventKind
from data.office import AT, sale

KILLED = """
import os, signal, sys
from pathlib import Path
from csr_desk.data.notebook import open_notebook
from data.office import AT, sale
book = open_notebook(Path(sys.argv[1]), "x")
book.note(sale("mine"), AT)
os.kill(os.getpid(), signal.SIGKILL)
"""


def die(folder: Path) -> None:
    """Let another process note an act and be killed."""
    program = f"import sys\nsys.path.insert(0, {str(Path(__file__).parents[1])!r})\n{KILLED}"
    subprocess.run([sys.executable, "-c", program, str(folder)], check=False)


def test_what_a_killed_window_had_noted_is_found_by_the_next_one(tmp_path: Path) -> None:
    die(tmp_path)
    book = open_notebook(tmp_path, "x")
    (page,) = book.left
    assert page.act is not None
    assert (page.act.key, page.act.kind, page.act.at, page.act.amount) == ("mine", "sale", AT, 6437)
    book.close()
    assert open_notebook(tmp_path, "x").left == (page,), "it stays until it is answered"


def test_an_answered_page_does_not_come_again_and_a_clean_end_leaves_none(tmp_path: Path) -> None:
    die(tmp_path)
    book = open_notebook(tmp_path, "x")
    book.settled()
    book.note(sale("next"), AT)
    assert os.stat(book.path).st_size == SIZE  # noqa: PTH116 - the file itself
    book.close()
    assert not book.path.exists()
    assert open_notebook(tmp_path, "x").left == ()


def test_two_windows_at_once_have_a_page_each_and_a_third_finds_what_both_left(tmp_path: Path) -> None:
    first, second = open_notebook(tmp_path, "x"), open_notebook(tmp_path, "x")
    assert first.path != second.path
    first.note(sale("a"), AT)
    second.note(sale("b"), AT)
    first.stop()
    second.stop()
    first.close()
    second.close()
    third = open_notebook(tmp_path, "x")
    assert {page.act.key for page in third.left if page.act} == {"a", "b"}
    third.settled()
    third.close()
    assert not list(tmp_path.glob("*.note"))


def test_a_window_that_stops_before_it_answered_for_another_has_both_questions(tmp_path: Path) -> None:
    die(tmp_path)
    book = open_notebook(tmp_path, "x")
    book.note(sale("own"), AT)
    book.stop()
    assert [page.act.key for page in book.open_questions if page.act] == ["mine", "own"]


def test_a_torn_page_is_taken_for_the_worst_and_an_empty_one_for_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x-0.note"
    path.write_bytes(b"")
    assert read_page(path) is None
    die(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content.replace(b"mine", b"main"))
    assert read_page(path) == Page(stopped=True)
    assert has_stopped(tmp_path, "x")
    path.write_bytes(content)
    assert not has_stopped(tmp_path, "x")


def test_money_is_noted_before_it_is_final_and_a_sign_in_is_not(office: Store, tmp_path: Path) -> None:
    book = office.notebook = open_notebook(tmp_path, "x")
    seen: list[str] = []
    with write(office) as work:
        work.append(sale("a"), AT)
        page = read_page(book.path)
        seen.append(page.act.key if page and page.act else "")
    assert seen == ["a"]
    assert EventKind.SIGNED_IN not in notebook.NOTED
    assert {EventKind.SALE, EventKind.DROP, EventKind.DAY_CLOSED, EventKind.EXPORT} <= notebook.NOTED
    with write(office) as work:
        work.append(sale("a"), AT)
    assert book.page.act is not None
    assert book.page.act.key == "a"


def test_a_station_that_cannot_note_an_act_does_not_record_it(office: Store, tmp_path: Path) -> None:
    book = office.notebook = open_notebook(tmp_path, "x")
    writable, book._handle = book._handle, os.open(book.path, os.O_RDONLY)
    with pytest.raises(Latched, match="not recorded"), write(office) as work:
        work.append(sale("a"), AT)
    with pytest.raises(Latched), write(office) as work:
        work.append(sale("b"), AT)
    office.latched = None
    os.close(book._handle)
    book._handle = writable
    with write(office) as work:
        assert work.find_by_key("a") is None


def test_a_folder_that_cannot_be_written_is_said_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Trouble, match="This station cannot write"):
        open_notebook(tmp_path / "file", "x")


def test_a_folder_that_cannot_be_read_is_a_sentence_and_not_taken_for_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_path: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", refused)
    with pytest.raises(Trouble, match=r"cannot read .*Permission denied"):
        has_stopped(tmp_path, "x")
