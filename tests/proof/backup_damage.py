"""Backups that are damaged, forged, exchanged, of another office, of another key: each must be refused."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

from csr_desk.data import backup_folder
from csr_desk.domain.backups import BackupKind, read_manifest, write_manifest
from csr_desk.services import backups
from proof.backup_office import copied, in_memory, office_in, refused, sealed_anew
from proof.table import Row

Damage: TypeAlias = Callable[[Path, random.Random], None]


def alter(path: Path, luck: random.Random) -> None:
    """Change money in a database as its administrator could: guards taken away, changed, put back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as link:
        guards = link.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            link.execute(f"DROP TRIGGER {name}")
        rows = link.execute("SELECT series_id, seq, n FROM ledger_tender ORDER BY seq").fetchall()
        link.execute(
            "UPDATE ledger_tender SET amount_minor = amount_minor + 100 WHERE series_id = ? AND seq = ? AND n = ?",
            luck.choice(rows),
        )
        for _, sql in guards:
            link.execute(sql)


def flip(path: Path, luck: random.Random) -> None:
    """Turn one bit over."""
    content = bytearray(path.read_bytes())
    content[luck.randrange(len(content))] ^= 1 << luck.randrange(8)
    path.write_bytes(content)


def cut(path: Path, luck: random.Random) -> None:
    """Cut the file off."""
    with path.open("r+b") as file:
        file.truncate(luck.randrange(path.stat().st_size - 1))  # a manifest less its line end says the same


def grow(path: Path, luck: random.Random) -> None:
    """Append something."""
    with path.open("ab") as file:
        file.write(luck.randbytes(luck.randrange(1, 5_000)))


def on_manifest(damage: Damage, path: Path, luck: random.Random) -> None:
    """Do to the manifest what is done to a file."""
    damage(backup_folder.manifest_path(path), luck)


def lie(path: Path, luck: random.Random) -> None:
    """Change one word or figure of the manifest and leave it good JSON."""
    place = backup_folder.manifest_path(path)
    body = json.loads(place.read_bytes())
    inner = luck.choice([body, body["content"], body["content"]["heads"][-1], body["content"]["rows"]])
    name = luck.choice(sorted(name for name, value in inner.items() if isinstance(value, str | int)))
    value = inner[name]
    inner[name] = value + luck.choice([-1, 1]) if isinstance(value, int) else f"{value}x"
    place.write_text(json.dumps(body), encoding="utf-8")


def without_manifest(path: Path, _luck: random.Random) -> None:
    """Take the manifest away."""
    backup_folder.manifest_path(path).unlink()


def altered_and_sealed(key: bytes, path: Path, luck: random.Random) -> None:
    """Change money in the backup and seal the manifest anew with the very key: only the chain can tell."""
    manifest, _ = read_manifest(backup_folder.manifest_path(path).read_bytes())
    alter(path, luck)
    sealed_anew(path, manifest, key)


def newer(key: bytes, path: Path, luck: random.Random) -> None:
    """Say that a newer program made it."""
    manifest, _ = read_manifest(backup_folder.manifest_path(path).read_bytes())
    schema = f"9{luck.randrange(1_000):03}"
    changed = replace(manifest, content=replace(manifest.content, schema=schema))
    backup_folder.manifest_path(path).write_bytes(write_manifest(changed, key))


def exchanged(other: Path, path: Path, _luck: random.Random) -> None:
    """Put an older backup's file or manifest in the place of this one's."""
    path.write_bytes(other.read_bytes())


def older_manifest(other: Path, path: Path, _luck: random.Random) -> None:
    """Put an older backup's manifest beside this file, under its name."""
    backup_folder.manifest_path(path).write_bytes(backup_folder.manifest_path(other).read_bytes())


def sealed_elsewhere(path: Path, luck: random.Random) -> None:
    """Seal the manifest with another key."""
    manifest, _ = read_manifest(backup_folder.manifest_path(path).read_bytes())
    backup_folder.manifest_path(path).write_bytes(write_manifest(manifest, luck.randbytes(32)))


def rows(number: int, folder: Path) -> Iterator[Row]:
    """Damage backups in every way and try to restore each; a good one must be accepted all the while."""
    with in_memory(folder) as place:
        yield _tried(number, place)


def _tried(number: int, folder: Path) -> Row:
    database, plan = office_in(folder / "office", acts=4)
    older = backups.make(plan, BackupKind.CLOSE).one.path
    _work_on(folder / "office")
    good = backups.make(plan, BackupKind.EXIT).one.path
    _, other_plan = office_in(folder / "other", acts=2)
    stranger = backups.make(other_plan, BackupKind.CLOSE).one.path
    for key in (folder / "other" / "keys").iterdir():
        (folder / "office" / "keys" / key.name).write_bytes(key.read_bytes())
    luck = random.Random(14)  # noqa: S311 - no secret
    ways: dict[str, Damage] = {
        "bit": flip, "cut": cut, "grown": grow, "manifest bit": partial(on_manifest, flip),
        "manifest cut": partial(on_manifest, cut), "lie": lie, "no manifest": without_manifest,
        "altered and sealed": partial(altered_and_sealed, plan.key), "newer": partial(newer, plan.key),
        "older file": partial(exchanged, older), "older manifest": partial(older_manifest, older),
        "another key": sealed_elsewhere,
    }  # fmt: skip
    keys = folder / "office" / "keys"
    taken = [name for n in range(number) for name in [list(ways)[n % len(ways)]]]
    accepted = []
    for name in taken:
        path = copied(good, folder / "try")
        ways[name](path, luck)
        if not refused(path, database, keys):
            accepted.append(name)
    strange = not refused(stranger, database, keys)
    wrongly = refused(good, database, keys) + refused(older, database, keys)
    remark = f"{len(ways)} ways, and another office's" + (f"; accepted: {sorted(set(accepted))}" if accepted else "")
    remark += "; a good one was refused" if wrongly else ""
    return Row("G14", "bad backups refused", "sqlite", len(taken) + 1, len(taken) + 1, 0, 0,
              len(accepted) + strange + wrongly, remark)  # fmt: skip


def _work_on(folder: Path) -> None:
    from proof.counter import open_counter  # noqa: PLC0415 - used here only

    counter = open_counter(f"sqlite:///{folder / 'office.sqlite'}", folder / "keys")
    counter.desk.clock.set(counter.desk.clock.now().replace(day=15))  # type: ignore[attr-defined]
    counter.open()
    counter.sell()
    counter.desk.close()
