"""G14: a backup taken while the counter sells can be restored; a bad one is refused; nothing is lost on the way."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from csr_desk.data import backup, backup_folder
from csr_desk.data.verify import Report
from csr_desk.domain import backups as domain
from csr_desk.domain.backups import BackupKind
from csr_desk.domain.errors import Trouble
from csr_desk.services import backups, restoring
from proof import backup_damage, backup_kills, backup_server
from proof.backup_office import is_good, is_prefix, keys_of, office_in
from proof.counter import ADMIN
from proof.selling import Acknowledged, acknowledged, clerk_at_work
from proof.table import Row, Tier

SECONDS = {Tier.TASTE: 1.5, Tier.COMMIT: 8.0, Tier.NIGHT: 600.0}
KILLS = {Tier.TASTE: 3, Tier.COMMIT: 20, Tier.NIGHT: 2_000}
DAMAGES = {Tier.TASTE: 10, Tier.COMMIT: 96, Tier.NIGHT: 5_000}

RESTORES = 12
"""Of the backups taken while a clerk sells, so many are restored."""


def rows(tier: Tier, folder: Path) -> Iterator[Row]:
    """Prove that backups can be relied upon."""
    with _at_home_in(folder / "home"), _all_kept():
        yield from _while_selling(tier, folder / "selling")
        yield _plain_copies(tier, folder / "plain")
        yield _without_verification(folder / "unverified")
        yield from backup_kills.rows(KILLS[tier], folder / "kills", every=tier is not Tier.TASTE)
        yield from backup_damage.rows(DAMAGES[tier], folder / "damage")
        yield from backup_server.rows(folder / "server")


@contextmanager
def _all_kept() -> Iterator[None]:
    """Let retention delete nothing, so that each backup can be looked at."""
    most, domain.NEWEST = domain.NEWEST, 1_000_000
    try:
        yield
    finally:
        domain.NEWEST = most


@contextmanager
def _at_home_in(home: Path) -> Iterator[None]:
    before = os.environ.get("CSR_DESK_HOME")
    os.environ["CSR_DESK_HOME"] = str(home)
    try:
        yield
    finally:
        os.environ.pop("CSR_DESK_HOME")
        if before is not None:
            os.environ["CSR_DESK_HOME"] = before


def _while_selling(tier: Tier, folder: Path) -> Iterator[Row]:
    """Take backups one after the other while a clerk sells, then restore each to a bare path."""
    database, plan = office_in(folder, acts=0)
    notes = folder / "notes"
    taken: list[tuple[backup_folder.Listed, set[str]]] = []
    with clerk_at_work(f"sqlite:///{database}", folder / "keys", notes):
        alone = _at_rest(notes)
        begun = time.monotonic()
        while time.monotonic() - begun < SECONDS[tier]:
            before = {one.key for one in acknowledged(notes)}
            taken.append((backups.make(plan, BackupKind.INTERVAL).one, before))
    every = acknowledged(notes)
    kept = [(one, before) for one, before in taken if one.path.exists()]
    gone = len(taken) - len(kept)
    lost = sum(len(before - keys_of(one.path)) for one, before in kept)
    altered = gone + sum(not is_good(one.path, plan.key) or not is_prefix(one.path, database) for one, _ in kept)
    waits = f"a sale {_middle(alone)} ms alone, {_middle(every)} ms meanwhile, longest {_longest(every)} ms"
    yield Row(
        "G14", "backups while a clerk sells", "sqlite", len(every), len(taken), lost, 0, altered,
        f"{len(taken)} backups; {waits}",
    )  # fmt: skip
    yield _restored(folder, kept[:: max(len(kept) // RESTORES, 1)], plan)


def _at_rest(notes: Path) -> list[Acknowledged]:
    """Let the clerk sell alone for a second."""
    before = acknowledged(notes)
    begun = time.monotonic()
    while time.monotonic() - begun < 1.0:
        before = acknowledged(notes)
    return before


def _middle(sales: list[Acknowledged]) -> int:
    return round(1000 * sorted(one.took for one in sales)[len(sales) // 2])


def _longest(sales: list[Acknowledged]) -> int:
    return round(1000 * max(one.took for one in sales[1:]))


def _restored(folder: Path, kept: list[tuple[backup_folder.Listed, set[str]]], plan: backups.Plan) -> Row:
    lost = altered = 0
    slowest = 0.0
    for number, (one, before) in enumerate(kept):
        bare = folder / "bare" / f"{number}.sqlite"
        begun = time.monotonic()
        done = restoring.restore_backup(ADMIN, restoring.Restore(one.path, bare, plan.key_folder), plan.clock)
        slowest = max(slowest, time.monotonic() - begun)
        lost += len(before - keys_of(bare))
        altered += not done.report.ok or not is_good(bare, plan.key)
    acts = sum(len(before) for _, before in kept)
    return Row(
        "G14", "restored to a bare path", "sqlite", acts, len(kept), lost, 0, altered,
        f"{len(kept)} restores, the slowest {slowest:.1f} s",
    )  # fmt: skip


def _plain_copies(tier: Tier, folder: Path) -> Row:
    """Copy the file as a file manager does, to a slow disk, while the clerk sells: some copy must be bad."""
    database, plan = office_in(folder, acts=0)
    tries, bad = (6 if tier is Tier.TASTE else 10), 0
    with clerk_at_work(f"sqlite:///{database}", folder / "keys", folder / "notes"):
        for number in range(tries):
            copy = folder / f"copy{number}.sqlite"
            _copy_slowly(database, copy)
            bad += not is_good(copy, plan.key)
    return Row("G14", "copies by a file manager", "sqlite", tries, tries, 0, 0, bad, broken_on_purpose=True)


def _copy_slowly(source: Path, target: Path) -> None:
    with source.open("rb") as taken, target.open("wb") as file:
        while chunk := taken.read(16_384):
            file.write(chunk)
            until = time.perf_counter() + 0.002
            while time.perf_counter() < until:
                pass


def _believe(path: Path, key: bytes, entries: int) -> Report:
    return Report(ok=True, checked=entries, receipts=0, first_fault=None)


def _without_verification(folder: Path) -> Row:
    """Back up a ledger that somebody altered: without the check of the copy a bad backup gets a good name."""
    database, plan = office_in(folder)
    backup_damage.alter(database, random.Random(1))  # noqa: S311 - no secret
    try:
        backups.make(plan, BackupKind.BY_HAND)
        told = 0
    except Trouble:
        told = 1
    real = backup.recompute
    backup.recompute = _believe
    try:
        made = backups.make(replace(plan, folder=folder / "blind"), BackupKind.BY_HAND)
    finally:
        backup.recompute = real
    bad = int(not is_good(made.one.path, plan.key))
    remark = "with the check it was refused" if told else "the check did not refuse it"
    return Row("G14", "a backup without verification", "sqlite", 1, 1, 0, 0, bad * told, remark, broken_on_purpose=True)
