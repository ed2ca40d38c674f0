"""Every kind of file that the program takes in, as it is taken in: a seed to spoil, and the service that reads it."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
import sqlite3
import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from openpyxl import Workbook

from csr_desk.data import keys, notebook, schema, seal_keys
from csr_desk.data.anchor import Anchor
from csr_desk.data.restore import read_sealed
from csr_desk.data.verify import verify
from csr_desk.devices.station import read_station
from csr_desk.domain.backups import BackupKind, Manifest, Snapshot, write_manifest
from csr_desk.domain.catalogue import Catalogue, Share
from csr_desk.domain.errors import Trouble
from csr_desk.domain.import_columns import ImportKind
from csr_desk.domain.micr import looks_like_micr, read_micr
from csr_desk.domain.seal import Seal, SealKey
from csr_desk.services import catalogue, imports, releases, replay, staff
from csr_desk.services.anchors import read_anchor
from csr_desk.services.catalogue_exchange import export_catalogue, load_catalogue
from csr_desk.services.desk import Desk, open_desk
from csr_desk.services.fee_schedule_files import read_schedule
from csr_desk.services.files_read import read_bounded
from csr_desk.services.import_files import read_import_file
from csr_desk.services.setup import demo_catalogue_folder, make_demo_office
from domain.test_seal import STATEMENT
from proof.mutations import NUMBERS, WORDS, spoilt, spoilt_zip

ITEMS = ("ALM-RES", "REC-COPY", "ELEC-RECON", "ADM-114", "TAX-SALES", "CARD-FEE")
SCENARIOS = Path(__file__).parents[1] / "scenarios"
MOMENT = "2026-07-14T13:05:09.000000Z"
PASSPHRASE = "twelve letters and more"  # pragma: allowlist secret
POSTING = Share("1000", "9900010001", "434505")

SCHEDULE = """row,dept_inferred,category,description,statutory_authority,amount_text,as_of
7,Health (HHD),Food,Required reinspection,20-20(g),$106.52,2023-01-01
8,Finance (FIN),Records,"Copy, certified",1 TAC 70.3,"$1,286.60",7/1/2024
9,Houston Public Works,Sign,Sign permit first 10 sq ft,46-1,$55.10 plus tax,2024-01-01
"""
STATION = """# counter 3
[printer]
kind = "network"
name = "till3:9100"
paper = "roll_80"
timeout_seconds = 15

[drawer]
kind = "printer"
pin = 2
pulse_ms = 100
"""
LINES = ("d113000609d 0012345678c 1042", "T113000609T 12345678U 1042 A0000005000A", "c1042c d113000609d 98765432c",
         "⑆113000609⑆ 12345678⑈ 1042")  # fmt: skip


PEOPLE = (
    "Customer No,Name,Phone,Mailing Address,Customer since\n"
    'C-1,"Álvarez, María",(713) 555-0142,"4107 Leeland St, Unit B",5/1/2019\n'
    "C-2,Trần Thị Hồng,713-555-0190,200 Main St,2021-03-15\n"
)
REFUSED = ("act_refused", "sign_in_failed")
"""Entries that are written because something was refused."""


class Partial(Exception):
    """Something that was refused left something behind."""


@dataclass(frozen=True)
class Kind:
    """A kind of file: its name, how one is spoilt, and how the program takes it in."""

    name: str
    spoil: Callable[[random.Random, bytes], bytes]
    seeds: tuple[bytes, ...]
    take: Callable[[bytes], object]


class Imports:
    """An office on disk, and all the ways in."""

    def __init__(self, folder: Path) -> None:
        """Make the office in ``folder``; what is imported goes to ``folder / "in"``, results to ``out``."""
        self.folder = folder
        self.incoming, self.out = folder / "in", folder / "out"
        for place in (self.incoming, self.out, folder / "scratch"):
            place.mkdir(parents=True)
        self.file, self.keys = folder / "office" / "demo.sqlite", folder / "keys"
        self.url = f"sqlite:///{self.file}"
        make_demo_office(self.url, key_folder=self.keys)
        self.fresh = self.file.read_bytes()
        self.whole, self.small = demo_catalogue_folder(), folder / "small"
        self.install = next(self.keys.glob("*.key"))
        self._open()

    def _open(self) -> None:
        self.desk: Desk = open_desk(self.url, key_folder=self.keys)
        self.admin = staff.person(self.desk, "admin1")
        self._eye = sqlite3.connect(f"{self.file.as_uri()}?mode=ro", uri=True)
        listed = self._eye.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        # an entry that tells of a refusal has its words and its number beside it
        self._tables = [name for (name,) in listed if name not in {"ledger_event", "ledger_note", "note_text"}]

    def _kept_files(self) -> tuple[Kind, ...]:
        """The files that the program and the finance officer keep beside a ledger: each is proved before it counts."""
        key = self.install.read_bytes()
        snapshot = Snapshot("HPC", self.install.stem, schema.HEAD, (), {"staff": 11}, "", "", "")
        manifest = Manifest(
            "b.sqlite", "0" * 64, 1, BackupKind.CLOSE, "2026-07-14T13:05:09.000000Z", "0.1", "sqlite", snapshot, "p"
        )
        public = seal_keys.new_key(self.folder / "officer" / "seal.pem", PASSPHRASE)
        return (
            Kind("anchor", spoilt, (Anchor(self.install.stem, MOMENT, ()).to_bytes(key),), self.anchor),
            Kind("backup manifest", spoilt, (write_manifest(manifest, key),), self.manifest),
            Kind("day seal", spoilt, (Seal(STATEMENT, "0" * 128).to_bytes(),), Seal.of),
            Kind("public seal key", spoilt, (public.to_bytes(),), SealKey.of),
            Kind("page of a notebook", spoilt, (notebook._bytes_of(notebook.Page(stopped=True)),), self.page),
            Kind("seal key", spoilt, ((self.folder / "officer" / "seal.pem").read_bytes(),), self.seal_key),
        )

    def anchor(self, content: bytes) -> object:
        """Read a station's anchor."""
        path = self.incoming / "office.anchor"
        path.write_bytes(content)
        return read_anchor(path, self.install.read_bytes(), self.install.stem)

    def manifest(self, content: bytes) -> object:
        """Read the manifest of a backup, and prove it."""
        (self.incoming / "b.sqlite.json").write_bytes(content)
        return read_sealed(self.incoming / "b.sqlite", self.keys)

    def page(self, content: bytes) -> object:
        """Read what a window noted before it died; what cannot be read is taken for the worst."""
        path = self.incoming / "office-0.note"
        path.write_bytes(content)
        found = notebook.read_page(path)
        if found is None or found.stopped:
            return found
        raise AssertionError("a spoilt page says that all was well")

    def seal_key(self, content: bytes) -> object:
        """Unlock the officer's key."""
        path = self.incoming / "officer" / "seal.pem"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return seal_keys.unlock(path, PASSPHRASE)

    def renew(self) -> None:
        """Begin with a fresh office: in a day that went on for long, everything is refused early."""
        self.close()
        self.file.write_bytes(self.fresh)
        self._open()

    def close(self) -> None:
        """Give the office back."""
        self._eye.close()
        self.desk.close()

    def version(self) -> int:
        """Return a number that changes with each commit of somebody else to the database file."""
        return int(self._eye.execute("PRAGMA data_version").fetchone()[0])

    def sound(self) -> bool:
        """Say whether the ledger verifies."""
        return verify(self.desk.store).ok

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """Every kind of file that the program reads."""
        few = _few(load_catalogue(self.whole))
        export_catalogue(few, self.small)
        export_catalogue(few, self.folder / "small.xlsx")
        sheets = tuple(_sheet_seed(path) for path in sorted(self.small.glob("*.csv")))
        scripts = tuple(path.read_bytes() for path in sorted(SCENARIOS.glob("*.jsonl")))
        return (
            Kind("catalogue folder", _spoil_sheet, sheets, self.catalogue_folder),
            Kind("catalogue workbook", spoilt_zip, ((self.folder / "small.xlsx").read_bytes(),), self.workbook),
            Kind("kept release", spoilt_zip, (releases.pack(few),), self.release),
            Kind("fee schedule", spoilt, (SCHEDULE.encode(),), self.schedule),
            Kind("counter script", spoilt_script, scripts, self.script),
            Kind("station settings", spoilt, (STATION.encode(),), self.station),
            Kind("line of a check", spoilt, tuple(line.encode() for line in LINES), self.check_line),
            Kind("chain key", spoilt, (self.install.read_bytes(),), self.chain_key),
            Kind("file of customers", spoilt, (PEOPLE.encode(),), self.people),
            Kind("workbook of customers", spoilt_zip, (_people_workbook(),), self.people_workbook),
            *self._kept_files(),
        )

    def catalogue_folder(self, content: bytes) -> object:
        """Take a catalogue over with one of its sheets spoilt: its name, a line end, its content."""
        name, _, sheet = content.partition(b"\n")
        folder = self.incoming / "catalogue"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.small, folder)
        (folder / name.decode("ascii")).write_bytes(sheet)
        return self.load(folder)

    def workbook(self, content: bytes) -> object:
        """Take a workbook over."""
        path = self.incoming / "catalogue.xlsx"
        path.write_bytes(content)
        return self.load(path)

    def people(self, content: bytes, name: str = "people.csv") -> object:
        """Look a file of another system over, and take it in."""
        path = self.incoming / name
        path.write_bytes(content)
        file = read_import_file(path)
        who = staff.person(self.desk, "accountant1")
        command = imports.LoadFile(str(uuid.uuid4()), ImportKind.CUSTOMERS, file)
        imports.preview(self.desk, who, command)
        return imports.load_file(self.desk, who, command)

    def people_workbook(self, content: bytes) -> object:
        """Do so with a workbook."""
        return self.people(content, "people.xlsx")

    def load(self, path: Path) -> object:
        """Take the catalogue of a folder or workbook over."""
        return catalogue.load_release(self.desk, self.admin, catalogue.LoadRelease(str(uuid.uuid4()), path))

    def schedule(self, content: bytes) -> object:
        """Turn a published schedule into a catalogue, and write it out."""
        path = self.incoming / "schedule.csv"
        path.write_bytes(content)
        return self.schedule_file(path)

    def schedule_file(self, path: Path) -> object:
        """Do so with a file where it lies."""
        read = read_schedule(path, POSTING)
        export_catalogue(read.catalogue, self.out / "schedule")
        return read

    def script(self, content: bytes) -> object:
        """Play a script in the office; raise Partial where a refused step left something behind."""
        path = self.incoming / "script.jsonl"
        path.write_bytes(content)
        script = replay.read_script(read_bounded(path, replay.LARGEST_SCRIPT))
        told: list[str] = []
        played = replay.run(self.desk, script)
        while True:
            before = self.kept()
            outcome = next(played, None)
            if outcome is None:
                return told
            told.append(json.dumps(outcome.as_data(), default=str))
            if outcome.error is not None and self.kept() != before:
                raise Partial(f"{outcome.do}: {outcome.error[1]}")
            if outcome.error is not None and outcome.error[0] == "trouble":
                raise AssertionError(f"{outcome.do}: {outcome.error[1]}")

    def kept(self) -> tuple[int, ...]:
        """Return how many rows each table has, and how many entries do not merely tell of something refused."""
        counts = [self._eye.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0] for name in self._tables]  # noqa: S608
        entries = "SELECT COUNT(*) FROM ledger_event WHERE kind NOT IN (?, ?)"
        return (*counts, int(self._eye.execute(entries, REFUSED).fetchone()[0]))

    def release(self, content: bytes) -> object:
        """Read a catalogue as the database keeps it."""
        return releases.unpack(content)

    def station(self, content: bytes) -> object:
        """Read the settings of a station, and what they stand for."""
        path = self.incoming / "station.toml"
        path.write_bytes(content)
        station = read_station(path)
        return station.receipt_printer(), station.cash_drawer()

    def check_line(self, content: bytes) -> object:
        """Read the line of a check as a reader types it."""
        text = content.decode("utf-8", "replace")
        return looks_like_micr(text), read_micr(text)

    def chain_key(self, content: bytes) -> object:
        """Read a chain key; a wrong one of the right length must not verify."""
        folder = self.incoming / "keys"
        folder.mkdir(exist_ok=True)
        (folder / self.install.name).write_bytes(content)
        if keys.read_key(self.install.stem, folder) == self.install.read_bytes():
            return None
        with closing(open_desk(self.url, key_folder=folder)) as desk:
            if self.kept()[-1] and verify(desk.store).ok:
                raise AssertionError("the ledger verifies with another key")
        raise Trouble("This key is not the office's own.")


def _few(whole: Catalogue) -> Catalogue:
    """Return a catalogue of a few items, so that what is spoilt is seldom beside the point."""
    wanted = {code: item for code, item in whole.items.items() if code in ITEMS or item.use.value != "counter"}
    return Catalogue(whole.name, whole.label, wanted, demonstration=whole.demonstration)


def _sheet_seed(path: Path) -> bytes:
    return path.name.encode("ascii") + b"\n" + path.read_bytes()


def _spoil_sheet(luck: random.Random, content: bytes) -> bytes:
    name, _, sheet = content.partition(b"\n")
    return name + b"\n" + spoilt(luck, sheet)


def spoilt_script(luck: random.Random, content: bytes) -> bytes:
    """Take some lines of a scenario and spoil one: its bytes, or one of the words in it."""
    lines = [line for line in content.split(b"\n") if line.startswith(b"{")]
    start = luck.randrange(len(lines))
    taken = lines[:2] + lines[start : start + 4]
    at = luck.randrange(len(taken))
    taken[at] = spoilt(luck, taken[at]) if luck.random() < 0.4 else _spoilt_step(luck, taken[at])
    return b"\n".join(taken)


def _spoilt_step(luck: random.Random, line: bytes) -> bytes:
    step = json.loads(line)
    holder, key = luck.choice(list(_leaves(step)))
    holder[key] = luck.choice((
        luck.choice(NUMBERS + WORDS).decode("utf-8", "replace"), None, True, [], {}, [[]], -1, 10**30, 1.5, {"a": {}},
        ["x"] * 50, {"": ""}, "x" * 600, {"kind": "cash"}, 0,
    ))  # fmt: skip
    return json.dumps(step, ensure_ascii=luck.random() < 0.5).encode("utf-8", "replace")


def _leaves(value: object) -> list[tuple[dict[str, object], str]]:
    found: list[tuple[dict[str, object], str]] = []
    if isinstance(value, dict):
        for key, part in value.items():
            found += [(value, key), *_leaves(part)]
    if isinstance(value, list):
        for part in value:
            found += _leaves(part)
    return found


def _people_workbook() -> bytes:
    """Write the customers as a workbook."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in csv.reader(io.StringIO(PEOPLE)):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
