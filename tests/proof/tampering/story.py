"""A finished office to tamper with: two days through the program's own services, with rows in every table."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

from csr_desk.data.models import metadata
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind
from csr_desk.services import catalogue, exports, replay, report_exports, setup, staff, training
from csr_desk.services.desk import Desk, open_desk
from csr_desk.services.receipts import Reprint, reprint
from proof.tampering import told_rows

DAY = date(2026, 7, 14)
STORY = Path(__file__).with_name("two_days.jsonl")
TAKEN = EventKey("HPC-1", 4)
"""The suspect note, whose description was deleted by two persons later."""


def make_rich_office(url: str, key_folder: Path) -> None:
    """Make the demo city and let it work for two days; raise AssertionError where a step is refused."""
    setup.make_demo_office(url, key_folder=key_folder)
    desk = open_desk(url, key_folder=key_folder)
    try:
        done = list(replay.run(desk, replay.read_script(STORY.read_bytes())))
        refused = [f"line {one.line} ({one.do}): {one.error or one.surprise}" for one in done if one.surprise]
        assert not refused, refused
        _afterwards(desk)
        _assert_full(desk)
    finally:
        desk.close()


def _afterwards(desk: Desk) -> None:
    """Do what no script does: exports, a report, a reprint, a catalogue, a redaction, two training days."""
    accountant, admin = staff.person(desk, "accountant1"), staff.person(desk, "admin1")
    for key in ("journal", "journal again"):
        exports.gl_journal(desk, accountant, exports.ExportJournal(key, DAY))
    taken = report_exports.TakeReport("report", "revenue", DAY, DAY, "csv", "ab" * 32, 12)
    report_exports.take_report(desk, accountant, taken)
    reprint(desk, staff.person(desk, "clerk3"), Reprint("copy", "HPC1-0000001"))
    with tempfile.TemporaryDirectory(prefix="proof-catalogue-") as folder:
        later = Path(folder) / "later"
        shutil.copytree(setup.demo_catalogue_folder(), later)
        label = later / "catalogue.csv"
        label.write_bytes(label.read_bytes().replace(b"Demo", b"Second demo", 1))
        catalogue.load_release(desk, admin, catalogue.LoadRelease("second release", later))
    _redact(desk)
    told_rows.write(desk)
    for user, seed in (("clerk1", 7), ("clerk2", 8), ("clerk3", 9)):
        training.start(desk, staff.person(desk, user), training.StartDay(f"T-{seed}", seed))
    training.leave(desk, staff.person(desk, "clerk3"), "T-9")
    staff.sign_in(desk, "clerk1", setup.demo_secret("clerk1"), "last")


def _redact(desk: Desk) -> None:
    """Delete a personal text as two persons may: the text goes, an entry says so."""
    facts = {"series": TAKEN.series, "seq": TAKEN.seq, "topics": ["description"]}
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        assert work.redact(TAKEN, "description") == 1
        draft = EntryDraft(
            desk.office_series,
            EventKind.NOTE_REDACTED,
            DAY,
            "auditor1",
            "redaction",
            approver="accountant1",
            facts=facts,
        )
        work.append(draft, desk.now_text())


def _assert_full(desk: Desk) -> None:
    """Raise AssertionError for a table without rows: nothing in it would be tampered with.

    Into those that nothing writes yet a row can only be put in, and that is tried as well (``entries``).
    """
    with desk.read() as work:
        empty = [
            name
            for name in metadata.tables
            if not work.conn.exec_driver_sql(f"SELECT COUNT(*) FROM {name}").scalar_one()  # noqa: S608 - our tables
        ]
    assert not empty, f"nothing to tamper with in {empty}"
