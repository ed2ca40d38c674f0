"""PostgreSQL: a dump taken while the counter sells is restored elsewhere and recomputed."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from csr_desk.data import server_dump
from csr_desk.data.engine import parse_address
from csr_desk.data.keys import read_key
from csr_desk.data.verify import verify
from csr_desk.domain.errors import Trouble
from postgres_cluster import Cluster, binaries, cluster
from proof.counter import make_office, open_counter
from proof.selling import acknowledged, clerk_at_work
from proof.table import Row

SOLD, WAIT_SECONDS = 25, 10
"""The dump begins after so many sales, and goes on while the clerk sells."""


def rows(folder: Path) -> Iterator[Row]:
    """Dump, restore, recompute; nothing where PostgreSQL or pg_dump is not installed."""
    if binaries() is None or shutil.which("pg_dump") is None:
        return
    folder.mkdir(parents=True)
    with cluster() as server:
        yield _dumped(server, folder)


def _dumped(server: Cluster, folder: Path) -> Row:
    server.execute("CREATE DATABASE office", "CREATE DATABASE copy")
    url, keys, notes = server.url("office"), folder / "keys", folder / "notes"
    make_office(url, keys)
    desk = open_counter(url, keys).desk
    key, at = read_key(desk.store.install_uuid, keys), desk.now_text()
    desk.close()
    with clerk_at_work(url, keys, notes):
        begun = time.monotonic()
        while len(acknowledged(notes)) < SOLD and time.monotonic() - begun < WAIT_SECONDS:
            os.sched_yield()
        before = {one.receipt for one in acknowledged(notes)}
        made = server_dump.dump(parse_address(url), folder / "dumps", key, at)
    after = len(acknowledged(notes))
    program = shutil.which("pg_restore") or "pg_restore"
    subprocess.run(
        [program, "--dbname", server.url("copy"), str(made.path)], check=True, capture_output=True, env=dict(os.environ)
    )
    try:
        report = verify(server.url("copy"), key)
    except Trouble:
        return Row("G14", "pg_dump, restored and recomputed", "postgresql", after, 1, 0, 0, 1)
    same = {(head.series, head.seq, head.head) for head in made.manifest.content.heads} == {
        (head.series, head.seq, head.head) for head in report.heads
    }
    lost = max(0, len(before) - report.receipts)
    return Row(
        "G14", "pg_dump, restored and recomputed", "postgresql", len(before), 1, lost, 0,
        (not report.ok) + (not same), f"{report.checked} entries; the heads of its manifest",
    )  # fmt: skip
