"""Runs one proof in a process of its own; what a spawned process is to find must not stand in ``__main__``."""

from __future__ import annotations

import tempfile
import time
from importlib import import_module
from pathlib import Path

from proof.table import Row, Tier


def run(guarantee: str, module: str, tier: Tier) -> tuple[list[Row], float]:
    """Run one proof in a folder of its own; give its rows and the seconds that it took."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix=f"proof-{guarantee.lower()}-") as folder:
        try:
            found = list(import_module(module).rows(tier, Path(folder)))
        except Exception as error:  # noqa: BLE001 - a proof that broke down has proved nothing, and the others go on
            found = [Row(guarantee, "broke down", "both", 0, 0, remark=f"{type(error).__name__}: {error}"[:200])]
    return found, time.monotonic() - begun
