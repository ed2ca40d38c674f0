"""Measure what docs/performance.md claims: ``python -m benchmarks [name …]``; exit 1 when a bar is missed."""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import Measured
from benchmarks.table import table

NAMES = (
    "sale", "cold_start", "receipt_pdf", "acceptance", "search_box", "customers", "cards", "verify", "statements",
    "bill_import", "bill_import_server",
)  # fmt: skip
"""One module per claim, in the order of the table."""


def measure(names: Sequence[str]) -> list[Measured]:
    """Run the named benchmarks one after the other, telling the terminal which one is at work."""
    results = []
    for name in names:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        results.append(importlib.import_module(f"benchmarks.{name}").run())
    return results


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 0 when every bar is kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(NAMES)}; all without")
    names = parser.parse_args(arguments).names or NAMES
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        parser.error(f"there is no benchmark named {', '.join(unknown)}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="csr-desk-bench-") as home:
        os.environ["CSR_DESK_HOME"] = str(Path(home) / "home")
        results = measure(names)
    print(
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores, "
        f"{platform.system()} {platform.machine()}"
    )
    print(table(results))
    return 0 if all(result.met for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
