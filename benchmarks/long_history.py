"""One counter with 1,000,000 receipts behind it, made once for a run of the benchmarks."""

from __future__ import annotations

import os
import sys
import time
from datetime import date
from functools import cache
from pathlib import Path

from benchmarks import counter
from benchmarks.history import write_history
from csr_desk.data.engine import open_store
from csr_desk.services.setup import make_demo_office

RECEIPTS = int(os.environ.get("CSR_DESK_BENCH_RECEIPTS", "1000000"))
"""Fewer only to try the benchmarks out; the bars are for a million."""

UNTIL = date(2026, 7, 14)


def folder() -> Path:
    """Where a run of the benchmarks keeps its databases."""
    return Path(os.environ["CSR_DESK_HOME"]).parent


@cache
def long_counter() -> Path:
    """The database of a demo city whose first register has sold for years (a few minutes the first time)."""
    path = folder() / "long.db"
    make_demo_office(counter.url(path))
    store = open_store(counter.url(path))
    key = store.key
    store.close()
    print(f"writing {RECEIPTS:,} receipts of history …", file=sys.stderr, flush=True)
    began = time.perf_counter()
    write_history(path, key, receipts=RECEIPTS, series=counter.DRAWER, clerk=counter.CLERK.user, until=UNTIL)
    os.sync()  # a history of years is on the disk, not on its way there
    print(f"  {time.perf_counter() - began:.0f} s, {path.stat().st_size >> 20} MB", file=sys.stderr, flush=True)
    return path
