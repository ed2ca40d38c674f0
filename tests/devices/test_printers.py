"""Printers that work, refuse, hang or are missing: always a sentence, never an endless wait."""

from __future__ import annotations

import os
import socket
import stat
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from csr_desk.devices.ports import Language, ReceiptPrinter
from csr_desk.devices.raw_ports import DevicePort, NetworkPort
from csr_desk.devices.simulated import CountingDrawer, FailingPrinter, FolderPrinter, HangingPrinter, NoDrawer
from csr_desk.devices.spooler import RawQueue, SystemPrinter, plain_title
from csr_desk.domain.errors import Trouble

POSIX = pytest.mark.skipif(os.name != "posix", reason="lp is the print command of POSIX computers")
JOB = b"%PDF-1.4 \x00 job"


@pytest.fixture
def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program called lp that writes down its arguments and its input."""
    _program(tmp_path, f'printf "%s\\n" "$@" > {tmp_path}/arguments\ncat > {tmp_path}/job\n')
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return tmp_path


def _program(folder: Path, script: str) -> None:
    path = folder / "lp"
    path.write_text(f"#!/bin/sh\n{script}")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@POSIX
def test_a_paper_goes_to_the_named_printer_untouched(lp: Path) -> None:
    SystemPrinter("Counter3").print(JOB, "Receipt HPC3-0000021; rm -rf /")
    assert (lp / "job").read_bytes() == JOB
    assert (lp / "arguments").read_text().split("\n")[:4] == ["-t", "Receipt-HPC3-0000021--rm--rf", "-d", "Counter3"]


@POSIX
def test_without_a_name_the_default_printer_is_used(lp: Path) -> None:
    SystemPrinter().print(JOB, "x")
    assert (lp / "arguments").read_text().split() == ["-t", "x"]
    assert SystemPrinter().language is Language.PDF


@POSIX
def test_a_till_printer_on_a_queue_gets_its_bytes_raw(lp: Path) -> None:
    RawQueue("Till").send(b"\x1b@\x00")
    assert (lp / "job").read_bytes() == b"\x1b@\x00"
    assert (lp / "arguments").read_text().split() == ["-t", "till", "-d", "Till", "-o", "raw"]


@POSIX
def test_a_refused_job_is_told_with_the_spoolers_own_words(lp: Path) -> None:
    _program(lp, "echo 'lp: The printer or class does not exist.' >&2\nexit 1\n")
    with pytest.raises(Trouble, match=r"refused the job: lp: The printer or class does not exist\.\. Check"):
        SystemPrinter("Nowhere").print(JOB, "x")


@POSIX
def test_a_spooler_that_hangs_is_given_up(lp: Path) -> None:
    _program(lp, "exec tail -f /dev/null\n")
    with pytest.raises(Trouble, match="did not answer within 1 seconds"):
        SystemPrinter(timeout_seconds=1).print(JOB, "x")


@POSIX
def test_a_spooler_that_cannot_be_started_is_told(lp: Path) -> None:
    (lp / "lp").write_bytes(b"\x7fELF broken")
    with pytest.raises(Trouble, match="cannot be started"):
        SystemPrinter().print(JOB, "x")


@POSIX
def test_a_computer_without_a_print_system_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Trouble, match="no print system"):
        SystemPrinter().print(JOB, "x")


def test_windows_is_asked_to_print_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "startfile", lambda *words: asked.append(words), raising=False)
    SystemPrinter("Counter 3").print(JOB, "Receipt 1")
    SystemPrinter().print(JOB, "Receipt 2")
    (first, second) = asked
    assert Path(first[0]).read_bytes() == JOB
    assert first[1:] == ("printto", '"Counter 3"')
    assert second[1:] == ("print",)


def test_windows_without_a_pdf_program_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_words: str) -> None:
        raise OSError(1155, "No application is associated")

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "startfile", refuse, raising=False)
    with pytest.raises(Trouble, match="No application is associated"):
        SystemPrinter().print(JOB, "x")
    monkeypatch.setattr(os, "startfile", None)
    with pytest.raises(Trouble, match="cannot print PDFs by itself"):
        SystemPrinter().print(JOB, "x")


@pytest.mark.parametrize(("title", "plain"), [("../../etc", "etc"), ("", "job"), ("Ré 1/2", "R--1-2"), ("-x", "x")])
def test_titles_are_safe_on_a_command_line_and_as_file_names(title: str, plain: str) -> None:
    assert plain_title(title) == plain


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A printer on the network that keeps one job."""
    got: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _ = server.accept()
            with line:
                job = b""
                while part := line.recv(4096):
                    job += part
                got.append(job)

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1], got
        thread.join(5)


def test_a_network_printer_gets_every_byte(listener: tuple[int, list[bytes]]) -> None:
    port, got = listener
    job = bytes(range(256)) * 400
    NetworkPort("127.0.0.1", port).send(job)
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join(5)
    assert got == [job]


def test_a_network_printer_that_is_off_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Trouble, match=r"127\.0\.0\.1 cannot be reached"):
        NetworkPort("127.0.0.1", port).send(b"x")


def test_a_network_printer_that_takes_nothing_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=1) as server:
        port = server.getsockname()[1]
        with pytest.raises(Trouble, match="did not answer within 1 seconds"):
            NetworkPort("127.0.0.1", port, timeout_seconds=1).send(b"x" * 50_000_000)


@POSIX
def test_a_device_gets_every_byte_and_a_missing_one_is_told(tmp_path: Path) -> None:
    device = tmp_path / "lp0"
    device.write_bytes(b"")
    DevicePort(str(device)).send(b"abc")
    assert device.read_bytes() == b"abc"
    with pytest.raises(Trouble, match="does not take the job"):
        DevicePort(str(tmp_path / "none")).send(b"x")
    with pytest.raises(Trouble, match="No space left"):
        DevicePort("/dev/full").send(b"x")


def test_a_folder_keeps_every_job_under_its_title(tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path / "papers")
    printer.print(b"one", "HPC1-0000001")
    printer.print(b"two", "HPC1-0000001")
    FolderPrinter(tmp_path / "papers", Language.ESCPOS).print(b"three", "../up")
    told = {path.name: path.read_bytes() for path in (tmp_path / "papers").iterdir()}
    assert told == {"HPC1-0000001.pdf": b"one", "HPC1-0000001-2.pdf": b"two", "up.bin": b"three"}


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "papers").write_bytes(b"a file")
    with pytest.raises(Trouble, match="cannot be written"):
        FolderPrinter(tmp_path / "papers").print(b"one", "x")


def test_the_stand_ins_fail_and_hang_as_real_ones_do() -> None:
    released = HangingPrinter(timeout_seconds=30)
    released.released.set()
    printers: list[tuple[ReceiptPrinter, str]] = [
        (FailingPrinter(), "out of paper"), (released, "did not answer within 30 seconds"),
    ]  # fmt: skip
    for printer, sentence in printers:
        with pytest.raises(Trouble, match=sentence):
            printer.print(b"x", "x")
        assert printer.language is Language.PDF


def test_a_simulated_drawer_counts_its_kicks() -> None:
    drawer = CountingDrawer()
    drawer.kick()
    drawer.kick()
    NoDrawer().kick()
    assert drawer.kicks == 2
