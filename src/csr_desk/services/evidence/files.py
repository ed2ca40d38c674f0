"""The evidence as files: one CSV a control with rows, and a manifest of the fingerprints of all. The same each time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from csr_desk.domain.evidence import Evidence, Result
from csr_desk.durable import write_file
from csr_desk.services.clock import stamp
from csr_desk.services.report_exports import fingerprint
from csr_desk.services.spreadsheet_text import write_rows

PDF, MANIFEST, SUMMARY = "evidence.pdf", "manifest.json", "controls.csv"


def csv_files(evidence: Evidence) -> dict[str, bytes]:
    """Return the table of all controls, and one file for each control that has rows behind it, by name."""
    heads = ("number", "section", "control", "status", "figure", "rows", "tested", "leaves_out")
    table: list[tuple[str | int, ...]] = [heads]
    for result in evidence.results:
        control, finding = result.control, result.finding
        table.append((
            control.number, control.section.value, control.asks, finding.status.value, finding.figure,
            len(finding.rows), control.tested, control.leaves_out,
        ))  # fmt: skip
    files = {SUMMARY: write_rows(table, numbers=frozenset({0, 5}))}
    for result in evidence.results:
        if result.finding.rows:
            files[csv_name(result)] = write_rows([result.finding.heads, *result.finding.rows])
    return files


def csv_name(result: Result) -> str:
    """Name the file of a control's rows: ``control-07.csv``."""
    return f"control-{result.control.number:02d}.csv"


def fingerprints(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of each file, by name."""
    return {name: fingerprint(content) for name, content in sorted(files.items())}


def manifest(evidence: Evidence, files: Mapping[str, bytes]) -> bytes:
    """Return the manifest as JSON: what was looked at, how the controls stand, and the fingerprint of every file."""
    data: dict[str, Any] = {
        "office": evidence.office.office_id,
        "name": evidence.office.name,
        "from": evidence.first.isoformat(),
        "to": evidence.last.isoformat(),
        "made_at": stamp(evidence.made_at),
        "made_by": evidence.made_by,
        "verified": evidence.verified,
        "sound": evidence.sound,
        "series": [
            {"series": head.series, "entries": head.entries, "receipts": head.receipts, "seal": head.seal}
            for head in evidence.heads
        ],
        "controls": {str(result.control.number): result.finding.status.value for result in evidence.results},
        "files": [
            {"name": name, "bytes": len(content), "sha256": fingerprint(content)}
            for name, content in sorted(files.items())
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def write_pack(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all files of a pack into a folder, each whole or not at all; raise OSError."""
    for name, content in sorted(files.items()):
        write_file(folder / name, content)


def rows_of(evidence: Evidence) -> int:
    """Count the rows behind all controls."""
    return sum(len(result.finding.rows) for result in evidence.results)
