"""Writes docs/evidence.md from the checklist that the program goes through: python tools/evidence_doc.py."""

from __future__ import annotations

from pathlib import Path

from csr_desk.domain.evidence import Section, Status
from csr_desk.services.evidence.pack import controls

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "evidence.md"

HEAD = """# What an auditor can prove

Written by `python tools/evidence_doc.py` from the checklist that the program goes through; a test holds it true. The
controls are those that auditors of city counters ask for; each has a story in `tests/services/evidence` in which it is
met and one in which the data break it.

    csr-desk evidence --database URL --from 2026-07-01 --to 2026-07-31 [--out FOLDER] [--by USER]

writes `evidence.pdf`, `controls.csv`, one `control-NN.csv` for each control with rows, and `manifest.json` with the
SHA-256 of every file; the command prints that of the manifest. The same data and the same clock give the same bytes.
Exit 0: made, whatever it found. Exit 1: made, and the ledger does not verify. Exit 2: not made. In the window: Reports,
Evidence, Ctrl+E.

- **Nothing is changed.** On SQLite a backup is made, opened in a folder of its own and read there, so that selling
  never waits; the changes that control 9 tries on the office's own database are rolled back. On PostgreSQL one
  REPEATABLE READ state is read.
- **Nothing is recorded** without `--by`; with it, that this person took the pack away, with the manifest's SHA-256.
- **{met}**: every case of the period was tried and none broke the control.
- **{exception}**: none broke it, but there are cases that a person must look at.
- **{not_met}**: at least one case broke it.
- **{unknown}**: the data do not say, or nothing of the kind happened; nothing of this is called met.
"""


def document() -> str:
    """Return the whole document."""
    words = {"met": Status.MET, "exception": Status.EXCEPTION, "not_met": Status.NOT_MET, "unknown": Status.UNKNOWN}
    parts = [HEAD.format(**{name: f"{status.mark} {status.value}" for name, status in words.items()})]
    for section in Section:
        parts.append(f"\n## {section.value}\n")
        for control in controls():
            if control.section is section:
                parts.append(f"\n**{control.number}. {control.asks}**\n\nTested: {control.tested}\n")
                if control.leaves_out:
                    parts.append(f"\nLeaves out: {control.leaves_out}\n")
    return "".join(parts)


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
