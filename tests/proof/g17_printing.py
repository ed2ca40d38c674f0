"""G17: printing never decides money: one payment, at most one original, whatever the printer or the process does.

The window's own ``Printing`` runs in a child process with its two threads; the child is killed at each step between the
commit and the note that the paper came out, and in others the printer fails in every way that printers have.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

from PySide6.QtCore import QCoreApplication, QEventLoop

from csr_desk.data.queries import entries
from csr_desk.data.verify import verify
from csr_desk.devices.escpos import EscposPrinter
from csr_desk.devices.ports import Language, ReceiptPrinter
from csr_desk.devices.raw_ports import DevicePort, NetworkPort
from csr_desk.devices.simulated import FailingPrinter, FolderPrinter, HangingPrinter, NoDrawer
from csr_desk.devices.spooler import RawQueue
from csr_desk.domain.ledger import EventKind
from csr_desk.services import printing
from csr_desk.services.desk import Desk
from csr_desk.ui.context import Context
from csr_desk.ui.printing import Printing
from csr_desk.ui.station_printer import StationPapers
from csr_desk.ui.worker import Worker
from proof.counter import Counter, make_office, open_counter
from proof.forked import KILLED, die, forked
from proof.places import Place, places
from proof.table import Row, Tier

TIMES = {Tier.TASTE: 1, Tier.COMMIT: 2, Tier.NIGHT: 40}
DEATHS = ("sold", "handed over", "printing", "came out", "noted")
"""Where the process dies: after the sale; after the note that the paper goes; in the printer; after it; after all."""
TEXT = b"DUPLICATE"


@dataclass
class Shell:
    """Hears what the window would show."""

    told: list[str] = field(default_factory=list)

    def banner(self, text: str, *_more: object) -> None:
        """Keep the sentence."""
        self.told.append(text)

    def announce(self, _topics: object) -> None:
        """Refresh nothing."""


class Station:
    """A window's printing without the window: the database thread, the printing thread, and who sells."""

    def __init__(self, url: str, keys: Path, printer: ReceiptPrinter) -> None:
        logging.disable()  # what is broken on purpose is loud
        self.app = QCoreApplication.instance() or QCoreApplication([])
        self.worker = Worker()
        self.shell = Shell()
        self.printing = Printing(self.worker)
        self.printing.papers = StationPapers(printer, NoDrawer(), printer, "roll_80")
        self.printing.shell = cast("Any", self.shell)
        self.counter: Counter = self.ask(lambda: open_counter(url, keys))
        desk: Desk = self.counter.desk
        self.context = Context(desk, self.counter.clerk, self.worker, cast("Any", self.shell))

    def ask(self, job: Callable[[], Any]) -> Any:
        """Do something on the database thread and wait for what comes of it."""
        found: list[Any] = []
        faults: list[Exception] = []
        self.worker.run(job, found.append, faults.append)
        self.settle()
        if faults:
            raise faults[0]
        return found[0]

    def settle(self) -> None:
        """Let both threads come to rest."""
        while self.worker.pending or self.printing.pending:
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self.app.processEvents()

    def print_all(self, *, again: bool = False) -> None:
        """Print what waits, or what did not come out as well."""
        if again:
            self.printing.try_again(self.context)
        else:
            self.printing.print_waiting(self.context)
        self.settle()

    def waiting(self) -> list[printing.PrintJob]:
        """Return the receipts that are not known to have come out."""
        jobs = self.ask(lambda: printing.pending_prints(self.counter.desk, self.counter.clerk))
        return [job for job in jobs if job.document == "receipt"]

    def close(self) -> None:
        """End as a window ends."""
        self.printing.stop()
        self.worker.stop(self.counter.desk.close)


@dataclass(frozen=True)
class Dying:
    """A printer that takes the power away at one moment of the first receipt."""

    paper: ReceiptPrinter
    at: str

    @property
    def language(self) -> Language:
        """A till printer."""
        return Language.ESCPOS

    def print(self, job: bytes, title: str) -> None:
        """Die before or after the paper; other papers come out."""
        receipt = title.startswith("HPC1-")
        if receipt and self.at == "printing":
            die()
        self.paper.print(job, title)
        if receipt and self.at == "came out":
            die()


@dataclass
class Found:
    """What came of it."""

    attempts: int = 0
    faults: int = 0
    lost: int = 0
    doubled: int = 0
    altered: int = 0
    copies: int = 0


def rows(tier: Tier, folder: Path) -> Iterator[Row]:
    """Kill at each step, and fail in each way, on each engine; then break it twice."""
    with places(folder) as engines:
        for place in engines:
            copy = place.copies(lambda url, keys=place.keys: make_office(url, keys))  # type: ignore[misc]
            yield deaths(place, copy, TIMES[tier])
            yield failures(place, copy, TIMES[tier])
        place = engines[0]
        copy = place.copies(lambda url: make_office(url, place.keys))
        with patch.object(printing, "hand_over", marked_too_early):
            yield deaths(place, copy, 1, "marked before the printer answered", broken=True)
        with patch.object(printing, "hand_over", counted_by_nobody):
            yield deaths(place, copy, 1, "no note before the paper goes", broken=True)


def marked_too_early(desk: Desk, actor: Any, job_id: str) -> printing.PrintJob:
    """Say that a paper came out before it did."""
    job = next(job for job in printing.pending_prints(desk, actor) if job.job_id == job_id)
    printing.printed(desk, actor, job_id)
    return job


def counted_by_nobody(desk: Desk, actor: Any, job_id: str) -> printing.PrintJob:
    """Hand a paper over without a note of it."""
    return next(job for job in printing.pending_prints(desk, actor) if job.job_id == job_id)


def deaths(place: Place, copy: Callable[[], str], times: int, what: str = "killed", *, broken: bool = False) -> Row:
    """Die at each step, start again, print again, and look at papers and ledger."""
    found = Found()
    for at in DEATHS:
        for number in range(times):
            url, papers = copy(), place.folder / f"papers-{place.engine}-{what}-{at}-{number}"
            found.attempts += 1
            found.faults += forked(lambda: sell_and_die(url, place.keys, papers, at)) == KILLED  # noqa: B023
            said = place.folder / "said"
            ended = forked(lambda: start_again(url, place.keys, papers, said, at))  # noqa: B023
            judge(found, said.read_text() if ended == 0 else "broke", at)
            place.drop(url)
    return row(place, what, found, broken=broken)


def sell_and_die(url: str, keys: Path, papers: Path, at: str) -> None:
    """Open, sell, print, and die somewhere on the way."""
    station = Station(url, keys, Dying(FolderPrinter(papers, Language.ESCPOS), at))
    station.ask(station.counter.open)
    station.print_all()
    station.ask(station.counter.sell)
    if at == "sold":
        die()
    if at == "handed over":
        real = printing.hand_over

        def last(desk: Desk, actor: Any, job_id: str) -> Any:
            real(desk, actor, job_id)
            die()

        printing.hand_over = last
    station.print_all()
    die()


def start_again(url: str, keys: Path, papers: Path, said: Path, at: str) -> None:
    """Start anew: what waits is shown and printed on demand; write what is there then."""
    station = Station(url, keys, FolderPrinter(papers, Language.ESCPOS))
    shown = [job for job in station.waiting() if job.job_id]
    station.print_all()
    station.print_all(again=True)
    said.write_text(f"{len(shown)} {outcome(station, papers)} {at != 'noted'}")
    station.close()


def outcome(station: Station, papers: Path) -> str:
    """Count sales, originals, copies, copies in the ledger, and say whether it verifies and nothing waits."""
    desk = station.counter.desk
    with desk.read() as work:
        events = entries.day_events(work.conn, station.counter.day, station.counter.day)
    sales = sum(event.kind is EventKind.SALE for event in events)
    logged = sum(event.kind is EventKind.REPRINT for event in events)
    out = [path.read_bytes() for path in papers.glob("HPC1-*.bin")]
    copies = sum(TEXT in one for one in out)
    return f"{sales} {len(out) - copies} {copies} {logged} {verify(desk.store).ok} {not station.waiting()}"


def judge(found: Found, said: str, at: str) -> None:
    """Say what is wrong with what a case came to."""
    if said == "broke":
        found.altered += 1
        return
    shown, sales, originals, copies, logged, sound, quiet, must_show = said.split()
    found.lost += int(sales) < 1 or int(originals) + int(copies) < 1
    found.doubled += int(sales) > 1 or int(originals) > 1
    found.altered += sound != "True" or quiet != "True" or int(logged) < int(copies)
    found.altered += must_show == "True" and int(shown) != 1
    found.copies += int(copies)
    found.altered += at == "sold" and int(originals) != 1  # it was never handed over: the original


def failures(place: Place, copy: Callable[[], str], times: int) -> Row:
    """Fail in each way; the payment stays, the window says so, and the next try gives what it must."""
    found = Found()
    for name, printer, maybe in printers(place.folder):
        for number in range(times):
            url, papers, said = copy(), place.folder / f"paper-{place.engine}-{name}-{number}", place.folder / "said"
            found.attempts += 1
            found.faults += 1
            ended = forked(lambda: fail_and_print(url, place.keys, printer, papers, said))  # noqa: B023
            told = said.read_text() if ended == 0 else "broke"
            judge(found, told, name)
            if told != "broke":
                originals, copies = told.split()[2:4]
                found.altered += (originals, copies) != (("0", "1") if maybe else ("1", "0"))
            place.drop(url)
    return row(place, "the printer fails", found)


def printers(folder: Path) -> Iterator[tuple[str, Callable[[], ReceiptPrinter], bool]]:
    """Yield printers that fail: how, what makes one (in the child), and whether the paper may have come out."""
    bad = folder / "lp"
    bad.mkdir(exist_ok=True)
    for name, does in (("refuses", "exit 1"), ("hangs", "exec sleep 30")):
        (bad / name).mkdir(exist_ok=True)
        (bad / name / "lp").write_text(f"#!/bin/sh\n{does}\n")
        (bad / name / "lp").chmod(0o755)
    yield "paper out", lambda: FailingPrinter(language=Language.ESCPOS), False
    yield "silent", _silent, True
    yield "nobody listens", lambda: EscposPrinter(NetworkPort("127.0.0.1", 1, 1)), False
    yield "cut off", lambda: EscposPrinter(NetworkPort("127.0.0.1", _cuts_off(), 1)), True
    yield "no device", lambda: EscposPrinter(DevicePort(str(folder / "nothing" / "lp0"))), False
    yield "device full", lambda: EscposPrinter(DevicePort("/dev/full")), False
    yield "print system refuses", lambda: _with_lp(bad / "refuses"), False
    yield "print system hangs", lambda: _with_lp(bad / "hangs"), True


def _silent() -> ReceiptPrinter:
    printer = HangingPrinter(language=Language.ESCPOS)
    printer.released.set()
    return printer


def _with_lp(folder: Path) -> ReceiptPrinter:
    os.environ["PATH"] = f"{folder}:{os.environ['PATH']}"
    return EscposPrinter(RawQueue("till", 1))


def _cuts_off() -> int:
    """Listen as a printer that takes a little and hangs up in the middle."""
    server = socket.create_server(("127.0.0.1", 0))

    def take() -> None:
        while True:
            line, _ = server.accept()
            line.recv(1)
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            line.close()

    threading.Thread(target=take, daemon=True).start()
    return int(server.getsockname()[1])


def fail_and_print(url: str, keys: Path, make: Callable[[], ReceiptPrinter], papers: Path, said: Path) -> None:
    """Sell with a printer that fails; then with one that works."""
    station = Station(url, keys, make())
    station.ask(station.counter.open)
    station.ask(station.counter.sell)
    station.print_all()
    shown = station.waiting()
    told = sum(text.startswith("HPC1-") and "is recorded" in text for text in station.shell.told)
    good = FolderPrinter(papers, Language.ESCPOS)
    station.printing.papers = StationPapers(good, NoDrawer(), good, "roll_80")
    station.print_all(again=True)
    said.write_text(f"{min(told, len(shown))} {outcome(station, papers)} True")
    station.close()


def row(place: Place, what: str, found: Found, *, broken: bool = False) -> Row:
    """Lay out what was found."""
    return Row(
        "G17", what, place.engine, found.attempts, found.faults, found.lost, found.doubled, found.altered,
        f"{found.copies} printed again as DUPLICATE", broken_on_purpose=broken,
    )  # fmt: skip
