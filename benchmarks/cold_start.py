"""Cold start to a sell page that takes keys, against a bare PySide6 window plus ``import sqlalchemy``.

Both are new processes; the clock runs from before the process is started until it says that a key has arrived in a
line edit of the shown window. Ours opens the demo city's database, checks its schema, reads the catalogue, builds the
page and paints the items that the key finds. The secret is not checked: argon2id is slow on purpose (and a person keys
it). Both find their bytecode as an installed program does; the first, unmeasured starts write it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import counter
from benchmarks.measure import Measured

BAR = 2.0
ROUNDS = 11
WARM_UP = 2
PATIENCE = 30
HERE = Path(__file__).resolve().parents[1]


def run() -> Measured:
    """Start both by turns."""
    with tempfile.TemporaryDirectory(prefix="csr-desk-start-") as folder:
        path = Path(folder) / "counter.db"
        counter.new_counter(path)
        environment = _environment(Path(folder) / "bytecode")
        pairs = [
            (_seconds(environment, "window", counter.url(path)), _seconds(environment, "bare"))
            for _ in range(ROUNDS + WARM_UP)
        ]
    kept = pairs[WARM_UP:]
    return Measured(
        "cold start to a sell page that takes keys", "a bare PySide6 window plus import sqlalchemy", BAR,
        statistics.median(ours for ours, _ in kept), statistics.median(base for _, base in kept), ROUNDS,
        note="new processes, files in the cache of the system; without a display",
    )  # fmt: skip


def _environment(bytecode: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": f"{HERE / 'src'}{os.pathsep}{HERE}",
        "PYTHONPYCACHEPREFIX": str(bytecode),
    }


def _seconds(environment: dict[str, str], which: str, *arguments: str) -> float:
    """From before the process is made until it says that the key arrived."""
    start = time.monotonic()
    done = subprocess.run(  # noqa: S603 - this very interpreter
        [sys.executable, "-m", f"benchmarks.cold_start_{which}", *arguments],
        check=True, capture_output=True, text=True, env=environment, timeout=PATIENCE, cwd=HERE,
    )  # fmt: skip
    return float(done.stdout.split()[-1]) - start
