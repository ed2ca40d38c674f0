"""G9: nothing that is brought to the counter crashes the program, hangs it, fills it, or leaves half behind."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from csr_desk.domain.errors import Refusal, Trouble
from csr_desk.services import catalogue, catalogue_files, fee_schedule_files
from csr_desk.services.catalogue_exchange import import_catalogue
from proof import hostile_papers
from proof.bombs import bombs
from proof.imports import Imports, Kind, Partial
from proof.table import Row, Tier
from proof.watching import Hangs, Watch, forget_peak, memory, watched, within

EACH = {Tier.TASTE: 12, Tier.COMMIT: 80, Tier.NIGHT: 10_000}
"""Spoilt files of each kind."""
LONGEST_SECONDS = 10.0
MOST_MEMORY = 500_000_000
_RENEWED = 60
"""Files after which a fresh office is taken."""
FEWEST_WORDS = 3


@dataclass
class Findings:
    """What came of a series of files."""

    tried: int = 0
    taken: int = 0
    refused: int = 0
    crashes: Counter[str] = field(default_factory=Counter)
    hangs: list[str] = field(default_factory=list)
    partial: list[str] = field(default_factory=list)
    most: int = MOST_MEMORY
    """How much memory one file may take (bytes)."""
    grown: int = 0
    """The most memory that one file took (bytes)."""

    @property
    def wrong(self) -> int:
        """How much was not as it must be."""
        return self.crashes.total() + len(self.hangs) + len(self.partial) + (self.grown > self.most)

    def said(self, watch: Watch) -> str:
        """Say it in a few words."""
        told = f"{self.taken:,} taken, {self.refused:,} refused, at most {self.grown // 1_000_000} MB"
        bad = [*(f"{times}× {name}" for name, times in self.crashes.most_common(3)), *self.hangs[:2], *self.partial[:2]]
        return "; ".join([told, *bad, *watch.outside[:1], *watch.calls[:1]])[:200]


def try_one(ways: Imports, found: Findings, name: str, take: Callable[[], object], limit: float) -> None:
    """Take one file in, and write down what came of it."""
    found.tried += 1
    forget_peak()
    before, version = memory("VmRSS"), ways.version()
    try:
        within(limit, take)
        found.taken += 1
    except (Refusal, Trouble) as told:
        found.refused += 1
        if len(str(told).split()) < FEWEST_WORDS or "Traceback" in str(told):
            found.crashes[f"{name}: no sentence: {told}"] += 1
        if ways.version() != version and name != "counter script":  # its steps are looked at one by one
            found.partial.append(name)
    except Partial as left:
        found.partial.append(f"{name}: {left}")
    except Hangs:
        found.hangs.append(name)
    except Exception as fault:  # noqa: BLE001 - this is what is looked for
        found.crashes[f"{name}: {type(fault).__name__}: {str(fault)[:80]}"] += 1
    found.grown = max(found.grown, memory("VmHWM") - before)


@contextmanager
def office(folder: Path) -> Iterator[tuple[Imports, Watch]]:
    """Make an office whose ways in are watched."""
    scratch = tempfile.mkdtemp(prefix="scratch-", dir=folder)
    with mock.patch.object(tempfile, "tempdir", scratch):
        ways = Imports(folder / "place")
        try:
            with watched(folder) as watch:
                yield ways, watch
        finally:
            ways.close()


def spoilt_imports(ways: Imports, kind: Kind, times: int, limit: float = LONGEST_SECONDS) -> Findings:
    """Take spoilt files of one kind in."""
    luck = random.Random(f"G9 {kind.name}")  # noqa: S311 - the same files each time
    found = Findings()
    for number in range(times):
        if number % _RENEWED == 0:
            if number and not ways.sound():
                found.partial.append(f"{kind.name}: the ledger does not verify")
            ways.renew()
        content = kind.spoil(luck, luck.choice(kind.seeds))
        try_one(ways, found, kind.name, lambda content=content: kind.take(content), limit)  # type: ignore[misc]
    return found


def import_rows(tier: Tier, folder: Path) -> Iterator[Row]:
    """Yield a row for each kind of file, and one for the files made to do harm."""
    with office(folder) as (ways, watch):
        for kind in ways.kinds:
            ways.renew()
            kind.take(kind.seeds[0])  # as it is, it is taken in: what is refused below is refused for its harm
            found = spoilt_imports(ways, kind, EACH[tier])
            yield _row(f"spoilt: {kind.name}", found, watch)
        harm = Findings()
        for name, take in bombs(ways, tier):
            try_one(ways, harm, name, take, LONGEST_SECONDS)
        ways.renew()
        yield _row("files made to do harm", harm, watch)


def _row(what: str, found: Findings, watch: Watch) -> Row:
    outside = len(watch.outside) + len(watch.calls)
    remark = found.said(watch)
    watch.outside.clear()
    watch.calls.clear()
    return Row("G9", what, "sqlite", found.tried, found.tried, altered=found.wrong + outside, remark=remark)


def _crashing(ways: Imports) -> Findings:
    with mock.patch.object(catalogue_files, "decoded", lambda content: content.decode("utf-8-sig")):
        return spoilt_imports(ways, ways.kinds[0], 40)


def _half_done(ways: Imports) -> Findings:
    whole = import_catalogue

    def kept_first(path: Path) -> object:
        with ways.desk.begin() as work:
            work.conn.exec_driver_sql("UPDATE office SET phone = phone || '1'")
        return whole(path)

    with mock.patch.object(catalogue, "import_catalogue", kept_first):
        return spoilt_imports(ways, ways.kinds[0], 20)


def _hanging(ways: Imports) -> Findings:
    def for_ever(_text: str) -> object:
        while True:
            pass

    with mock.patch.object(fee_schedule_files, "table_rows", for_ever):
        return spoilt_imports(ways, ways.kinds[3], 10, limit=0.2)


def _swollen(ways: Imports) -> Findings:
    found = Findings(most=50_000_000)
    with mock.patch.object(fee_schedule_files, "read_bounded", return_value=b"x" * 20_000_000):
        try_one(ways, found, "a table of 20 MB", lambda: ways.schedule(b""), 60)
    return found


def _outside(ways: Imports) -> Findings:
    strange = Path(tempfile.gettempdir()).parent.parent / "escaped.txt"
    found = Findings()

    def escaped(_content: bytes) -> object:
        strange.write_text("x", encoding="ascii")
        strange.unlink()
        return None

    try_one(ways, found, "a file elsewhere", lambda: escaped(b""), 1)
    return found


def self_tests(folder: Path) -> Iterator[Row]:
    """Break the way in on purpose, each time otherwise; the harness must see it."""
    broken: list[tuple[str, Callable[[Imports], Findings]]] = [
        ("an importer that crashes", _crashing),
        ("an importer that keeps half", _half_done),
        ("an importer that hangs", _hanging),
        ("a file written elsewhere", _outside),
        ("an importer without a limit", _swollen),
    ]
    with office(folder) as (ways, watch):
        assert ways.kinds  # seeds are made before anything is broken
        for name, breaks in broken:
            found = breaks(ways)
            seen = found.wrong + len(watch.outside) + len(watch.calls)
            row = Row(
                "G9", name, "sqlite", found.tried, 1, altered=seen, remark=found.said(watch), broken_on_purpose=True
            )
            watch.outside.clear()
            watch.calls.clear()
            yield row


def rows(tier: Tier, folder: Path) -> Iterator[Row]:
    """Yield what came of hostile files and of hostile words, each with the self-tests."""
    places = [folder / name for name in ("files", "broken", "words")]
    for place in places:
        place.mkdir()
    yield from import_rows(tier, places[0])
    yield from self_tests(places[1])
    yield from hostile_papers.rows(tier, places[2])
