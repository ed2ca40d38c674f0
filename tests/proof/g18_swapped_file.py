"""G18: a second window, a foreign lock, a file that is swapped under an open desk: it stops, and no payment is lost."""

from __future__ import annotations

import contextlib
import os
import random
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from csr_desk.data.file_opened import Opened
from csr_desk.data.same_ledger import Watch
from csr_desk.data.sqlite import WAL_MENDED
from postgres_cluster import memory_folder
from proof import g18_second_instance, g18_server
from proof.swapped import (
    NOT_RECORDED,
    RECORDED,
    Bench,
    Case,
    Verdict,
    as_it_grows,
    at_moment,
    bench,
    open_case,
    sound,
    stored,
)
from proof.table import Row, Tier

MOVED, REPLACED, GONE, JOURNAL = "moved", "not the one", "verified", "verif"
UNREAD = "failed while it was read"
"""What stops a window that looks at its lists first, where SQLite itself cannot read what is there now."""
MODE = "WAL" if sqlite3.sqlite_version_info < WAL_MENDED else ""
"""A mended SQLite switches the file back when it connects anew, and rightly goes on."""


def swaps(at: Bench, live: Path) -> dict[str, tuple[tuple[object, ...], str]]:
    """Name each swap: what the other program is told, and a word of the sentence that the clerk must read."""
    return {
        "unlink": (("unlink", live), MOVED),
        "rename": (("rename", live), MOVED),
        "replace by an older copy": (("replace", live, at.older), MOVED),
        "replace by another branch": (("replace", live, at.branch), MOVED),
        "replace by the same": (("replace", live, live), MOVED),
        "replace by another office": (("replace", live, at.stranger), MOVED),
        "overwrite by an older copy": (("overwrite", live, at.older), GONE),
        "overwrite by another branch": (("overwrite", live, at.branch), GONE),
        "overwrite by another office": (("overwrite", live, at.stranger), GONE),
        "overwrite by a changed copy": (("overwrite", live, at.changed), GONE),
        "cut to nothing": (("cut", live, 0), GONE),
        "cut in half": (("cut", live, 50), GONE),
        "restore an older backup": (("restore", live, at.older), REPLACED),
        "restore another branch": (("restore", live, at.branch), REPLACED),
        "switch to WAL": (("switch", live, "WAL"), MODE),
        "switch to WAL and delete": (("switch_and_unlink", live), MOVED),
        "journal of another office": (("journal", live, at.stranger), JOURNAL),
        "journal of an older copy": (("journal", live, at.older), JOURNAL),
        "journal of another branch": (("journal", live, at.branch), JOURNAL),
    }


MEANWHILE = ("unlink", "rename", "replace by an older copy", "replace by another branch", "replace by the same")
"""What can happen in the middle of a transaction, up to its COMMIT."""
MOMENTS = ("before BEGIN", "after BEGIN", "insert")
BEFORE_COMMIT = (*MEANWHILE, "overwrite by an older copy", "overwrite by another branch", "cut to nothing")
"""What is noticed in the middle of a transaction, before its COMMIT, and when."""
SOON = (
    "unlink",
    "rename",
    "replace by an older copy",
    "overwrite by an older copy",
    "overwrite by another branch",
    "restore an older backup",
    "cut to nothing",
    "switch to WAL",
)
"""What is done at a random time."""


def between(at: Bench, verdict: Verdict, name: str, *, looking: bool = False) -> None:
    """Swap between two acts, and have the window look at its lists first if it is ``looking``."""
    case = open_case(at, "case")
    order, wanted = swaps(at, case.path)[name]
    at.other.do(*order)  # type: ignore[arg-type]
    if looking:
        with contextlib.suppress(Exception):  # what a list says when the file is gone decides nothing
            case.counter.desk.refresh()
        if UNREAD in (case.counter.desk.store.latched or ""):
            wanted = UNREAD
    _go_on(at, verdict, case, (f"{name}, between{', looking' if looking else ''}", wanted))


def meanwhile(at: Bench, verdict: Verdict, name: str, moment: str) -> None:
    """Swap in the middle of a transaction."""
    case = open_case(at, "case")
    order, wanted = swaps(at, case.path)[name]
    swap = lambda: at.other.do(*order)  # type: ignore[arg-type]  # noqa: E731 - a name would say no more
    at_moment(case.counter.desk.store.write_engine, moment, swap)
    wrote_over = moment == "insert" and ("overwrite" in name or "cut" in name)
    _go_on(at, verdict, case, (f"{name}, {moment}", "wrote over" if wrote_over else wanted))


def in_commit(at: Bench, verdict: Verdict, name: str) -> None:
    """Write over the file in the very COMMIT of a payment: it may be told either way, the next may not follow."""
    case = open_case(at, "case")
    order, _ = swaps(at, case.path)[name]
    as_it_grows(case, lambda: at.other.do(*order))  # type: ignore[arg-type]
    case.said.clear()
    _go_on(at, verdict, case, (f"{name}, in COMMIT", GONE))


def after_commit(at: Bench, verdict: Verdict, name: str) -> None:
    """Write over the file when a payment's COMMIT is done, before the desk looks at the file again."""
    case = open_case(at, "case")
    order, _ = swaps(at, case.path)[name]
    look = Watch.committed

    def late(*facts: Any) -> None:
        at.other.do(*order)  # type: ignore[arg-type]
        look(*facts)

    with patch.object(Watch, "committed", late):
        case.act()
    case.said.clear()
    _go_on(at, verdict, case, (f"{name}, after COMMIT", REPLACED))


def _go_on(at: Bench, verdict: Verdict, case: Case, what: tuple[str, str]) -> None:
    for _ in range(3):
        case.act()
    at.other.do("let_go")
    verdict.judge(at, case, *what)


def at_random(at: Bench, verdict: Verdict, rounds: int, dice: random.Random) -> int:
    """Swap at a random time while the desk sells on; give how many acts were under way just then."""
    under_way = 0
    for number in range(rounds):
        case = open_case(at, "case")
        name = SOON[number % len(SOON)]
        order, wanted = swaps(at, case.path)[name]
        act, *words = order
        at.other.order(str(act), *words, wait=dice.uniform(0.0, 0.02))
        while case.act().outcome == RECORDED and len(case.said) < 200:
            pass
        try:
            begun, ended = at.other.done()
        except RuntimeError:  # it found the file locked by a sale: nothing was swapped
            case.counter.desk.close()
            continue
        case.act()
        under_way += sum(said.begun < ended and said.ended > begun for said in case.said)
        at.other.do("let_go")
        acknowledged = case.before + [said.key for said in case.said if said.outcome == RECORDED]
        if sound(case.path, at) and all(stored(case.path, key) for key in acknowledged):
            wanted = ""  # our own COMMIT wrote all of it anew, over what was written over it: it may well go on
        # what was acknowledged before the swap is in the file that was taken away
        case.before = []
        case.said = [said for said in case.said if said.begun >= ended or said.outcome == NOT_RECORDED]
        verdict.judge(at, case, f"{name}, at random", wanted)
    return under_way


def careless_about_heads(at: Bench) -> Row:
    """Show that a payment goes into an older copy where nobody compares the heads."""
    verdict = Verdict()
    with without("check_head", "committed"):
        between(at, verdict, "restore an older backup")
    return _row("heads not compared", verdict, broken=True)


def careless_about_openers(at: Bench) -> Row:
    """Show that a desk goes on in a file that was written over in its own COMMIT where nobody notices who opened it."""
    verdict = Verdict()
    with patch.object(Opened, "since_last_asked", lambda _: False):
        in_commit(at, verdict, "overwrite by another office")
    return _row("opening of the file not noticed", verdict, broken=True)


def careless_about_cuts(at: Bench) -> Row:
    """Show that a desk goes on in a file that was cut in its own COMMIT where nobody measures it."""
    verdict = Verdict()
    with patch.object(Watch, "_was_cut", lambda *_: False):
        in_commit(at, verdict, "cut to nothing")
    return _row("file not measured", verdict, broken=True)


def careless_about_memory(at: Bench) -> Row:
    """Show that a desk reads what it remembers of a file that was cut just as it began to write."""
    verdict = Verdict()
    with patch.object(Watch, "is_stale", lambda *_: False):
        meanwhile(at, verdict, "cut to nothing", "after BEGIN")
    return _row("memory taken for the file", verdict, broken=True)


def careless_about_mode(at: Bench) -> Row:
    """Show that SQLite alone acknowledges into a deleted file in WAL mode."""
    verdict = Verdict()
    with without("look", "begun", "before_commit", "check_head", "committed"):
        case = open_case(at, "case")
        at.other.do("switch", case.path, "WAL")
        case.act()
        at.other.do("unlink", case.path)
        _go_on(at, verdict, case, ("deleted in WAL mode", MOVED))
    return _row("WAL mode not noticed", verdict, broken=True)


@contextlib.contextmanager
def without(*checks: str) -> Iterator[None]:
    """Take checks out of the program."""
    with contextlib.ExitStack() as stack:
        for check in checks:
            stack.enter_context(patch.object(Watch, check, lambda *_: None))
        yield


def _row(what: str, verdict: Verdict, *, remark: str = "", broken: bool = False) -> Row:
    return Row(
        "G18",
        what,
        "sqlite",
        verdict.attempts,
        verdict.faults,
        lost=verdict.lost,
        altered=verdict.altered,
        remark=remark if broken or not verdict.first else verdict.first[:160],
        broken_on_purpose=broken,
    )


def rows(tier: Tier, folder: Path) -> Iterator[Row]:
    """Prove it."""
    yield from on_sqlite(tier, folder)
    yield from g18_server.rows(tier, folder)


def on_sqlite(tier: Tier, folder: Path) -> Iterator[Row]:
    """Prove it where the database is a file; in memory, what comes at random on the disk: COMMIT is longer there."""
    with tempfile.TemporaryDirectory(prefix="proof-g18-", dir=memory_folder()) as place, bench(Path(place)) as at:
        yield from _chosen_moments(tier, at)
        yield from g18_second_instance.rows(tier, at)
        yield careless_about_heads(at)
        yield careless_about_mode(at)
        yield careless_about_memory(at)
        if os.name == "posix":
            yield careless_about_cuts(at)
        if sys.platform == "linux":
            yield careless_about_openers(at)
    with bench(folder) as at:
        verdict = Verdict()
        rounds = {Tier.TASTE: 8, Tier.COMMIT: 48, Tier.NIGHT: 1_500}[tier]
        dice = random.Random(18)  # noqa: S311 - a seed, so that a night can be run again
        under_way = at_random(at, verdict, rounds, dice)
        yield _row("file swapped at a random time", verdict, remark=f"{under_way} payments under way just then")


def _chosen_moments(tier: Tier, at: Bench) -> Iterator[Row]:
    verdict = Verdict()
    for name in swaps(at, at.base):
        between(at, verdict, name)
        if tier is not Tier.TASTE:
            between(at, verdict, name, looking=True)
    yield _row("file swapped between two payments", verdict)
    verdict = Verdict()
    for moment, names in (*((moment, BEFORE_COMMIT) for moment in MOMENTS), ("commit", MEANWHILE)):
        for name in names:
            meanwhile(at, verdict, name, moment)
    if os.name == "posix":
        in_commit(at, verdict, "cut to nothing")
    if sys.platform == "linux":  # elsewhere nobody tells who opens a file
        in_commit(at, verdict, "overwrite by another office")
        in_commit(at, verdict, "overwrite by a changed copy")
        after_commit(at, verdict, "overwrite by an older copy")
        after_commit(at, verdict, "overwrite by another branch")
    yield _row("file swapped within a payment", verdict)
