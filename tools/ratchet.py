"""Holds modules that are wholly covered by tests to it: line and branch, from build/coverage.json.

The list is tests/architecture/fully_covered.txt. It only grows: a module of the domain or the services that has
reached 100% and is not listed is named, so that it can be added. Exit 1 where a listed module has slipped.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "build" / "coverage.json"
LIST = ROOT / "tests" / "architecture" / "fully_covered.txt"


def gaps(measured: dict[str, Any], listed: list[str]) -> list[str]:
    """What of the listed modules is no longer covered, in words."""
    found = []
    for name in listed:
        file = measured.get(name)
        if file is None:
            found.append(f"{name} was not run by any test (or is gone: take it off the list)")
            continue
        lines = ", ".join(map(str, file["missing_lines"]))
        branches = ", ".join(f"{a}→{b}" for a, b in file["missing_branches"])
        if lines or branches:
            found.append(f"{name}: lines not run: {lines or 'none'}; branches not taken: {branches or 'none'}")
    return found


def main() -> int:
    """Compare the last measurement with the list."""
    measured = json.loads(REPORT.read_text(encoding="utf-8"))["files"]
    listed = [line for line in LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    slipped = gaps(measured, listed)
    for sentence in slipped:
        print(f"no longer wholly covered: {sentence}")
    whole = {name for name, file in measured.items() if not file["missing_lines"] and not file["missing_branches"]}
    for name in sorted(whole - set(listed)):
        print(f"wholly covered now, may join the list: {name}")
    return 1 if slipped else 0


if __name__ == "__main__":
    sys.exit(main())
