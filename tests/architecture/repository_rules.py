"""What may stand in the repository: the project alone, no registry, no machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from architecture.source_rules import ROOT

# Written in two parts, so that this file does not break its own rules.
REGISTRIES = (
    "py" + "pi.org",
    "python" + "hosted.org",
    "registry." + "npmjs",
    "extra-" + "index-url",
    "find-" + "links =",
)
MACHINE_PATH = re.compile(
    r"(?<![\w.$}>/-])/(?:" + "|".join(("wo" + "rk", "ro" + "ot", "ho" + r"me/\w+", "t" + "mp")) + r")(?:/|\b(?![\w-]))"
)
ANOTHER_STORY = re.compile(
    "|".join(
        (
            "clau" + "de",
            "anthro" + "pic",
            "sub-?" + "agent",
            "language " + "model",
            r"\bch" + "atgpt",
            "co-" + "authored-by",
        )
    ),
    re.IGNORECASE,
)
BINARY = frozenset({".ttf", ".png", ".xlsx", ".pdf", ".zip", ".qm", ".ico", ".db"})


def tracked_files() -> list[Path]:
    """Files that are part of the repository; outside a checkout, all files that a checkout would hold."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return sorted(ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


def foreign_words(text: str) -> list[tuple[int, str]]:
    """Line and word of each registry's host, machine path and word about how the text was made."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        found += [(number, host) for host in REGISTRIES if host in line.lower()]
        found += [(number, match.group()) for match in MACHINE_PATH.finditer(line)]
        found += [(number, match.group()) for match in ANOTHER_STORY.finditer(line)]
    return found
