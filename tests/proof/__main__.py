"""``python -m proof [commit|night] [G1 …]``: runs the proofs, prints their table; 1 where a promise broke."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

from proof import table
from proof.table import Row, Tier

PROOFS: dict[str, str] = {
    "G1": "proof.g01_power_cut",
    "G13": "proof.g13_migrations",
    "G6": "proof.g06_books",
    "G16": "proof.g16_acts",
    "G17": "proof.g17_printing",
    "G15": "proof.g15_sign_in",
    "G12": "proof.g12_time",
    "G14": "proof.g14_restore",
    "G9": "proof.g09_hostile_input",
    "G10": "proof.g10_card_numbers",
    "G5": "proof.g05_counters",
    "G11": "proof.g11_money",
    "G7": "proof.g07_tampering",
    "G8": "proof.g08_cheap",
    "G18": "proof.g18_swapped_file",
    "G2": "proof.g02_death",
    "G3": "proof.g03_disk_errors",
    "G4": "proof.g04_once",
}
"""Guarantee and the module that proves it: a module has ``rows(tier, folder)``. The long ones stand first."""


def run(guarantee: str, tier: Tier) -> tuple[list[Row], float]:
    """Run one proof in a folder of its own; give its rows and the seconds that it took."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix=f"proof-{guarantee.lower()}-") as folder:
        try:
            found = list(import_module(PROOFS[guarantee]).rows(tier, Path(folder)))
        except Exception as error:  # noqa: BLE001 - a proof that broke down has proved nothing, and the others go on
            found = [Row(guarantee, "broke down", "both", 0, 0, remark=f"{type(error).__name__}: {error}"[:200])]
    return found, time.monotonic() - begun


def run_all(wanted: Sequence[str], tier: Tier, at_once: int) -> Iterator[tuple[list[Row], float]]:
    """Run the proofs, some at once, and give their rows as each is done."""
    by_name = import_module("proof.__main__").run  # a started process knows this module by its name, not as __main__
    with ProcessPoolExecutor(at_once, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        for done in as_completed([pool.submit(by_name, name, tier) for name in wanted]):
            yield done.result()


def main(words: Sequence[str]) -> int:
    """Run what was asked for."""
    tier = Tier(next((word for word in words if word in set(Tier)), Tier.COMMIT))
    wanted = [name for name in PROOFS if name in words] or list(PROOFS)
    begun = time.monotonic()
    rows: list[Row] = []
    for found, seconds in run_all(wanted, tier, at_once=2):
        rows += found
        print(f"{found[0].guarantee if found else '?'}: {seconds:.0f} s", file=sys.stderr, flush=True)
    rows.sort(key=lambda row: int(row.guarantee[1:]))
    print("\n".join(table.lines(rows)))
    print(f"{tier.value}: {sum(row.attempts for row in rows):,} attempts in {time.monotonic() - begun:.0f} s")
    out = Path("build") / f"proof-{tier.value}.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    return 0 if rows and all(row.passed for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
