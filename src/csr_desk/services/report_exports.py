"""Whoever takes a report away leaves an entry: which one, of which dates, and the fingerprint of its bytes (J6).

The entry is written before the file leaves: a file that could not be saved after all was asked for, and a file that was
saved never lacks its entry.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import NotFound
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act, Actor
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event

REPORTS: dict[str, Act] = {
    "revenue": Act.SEE_REPORTS,
    "z_report": Act.SEE_EXPECTED,
    "deposit_slip": Act.SEE_EXPECTED,
    "exceptions": Act.SEE_EXCEPTIONS,
    "over_short_trend": Act.SEE_EXCEPTIONS,
    "journal": Act.SEE_JOURNAL,
    "evidence": Act.MAKE_EVIDENCE,
    "statements": Act.COLLECT,
    "unclaimed": Act.SEE_REPORTS,
    "visits": Act.SEE_REPORTS,
}
"""What is taken away, and what a person must be allowed to see for it."""


@dataclass(frozen=True, slots=True)
class TakeReport:
    """A report that leaves the program: as a file (csv, pdf, json) or on paper (print)."""

    key: str
    report: str
    first: date
    last: date
    layout: str
    sha256: str
    rows: int


def fingerprint(content: bytes) -> str:
    """Return the SHA-256 of a file (hexadecimal)."""
    return hashlib.sha256(content).hexdigest()


def take_report(desk: Desk, actor: Actor, command: TakeReport) -> Done[str]:
    """Record that a report was taken away; raise NotFound for one that is none, NotPermitted for one not theirs."""
    act = REPORTS.get(command.report)
    if act is None:
        raise NotFound(f"There is no report “{command.report[:40]}”.", field="report")
    actor.require(act)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(command.sha256, replayed=True)
        work.append(
            EntryDraft(
                series=desk.office_series,
                kind=EventKind.REPORT_EXPORTED,
                business_date=desk.today(),
                actor=actor.user,
                idem_key=command.key,
                content_hash=content,
                facts={
                    "report": command.report, "from": command.first.isoformat(), "to": command.last.isoformat(),
                    "format": command.layout, "sha256": command.sha256, "rows": command.rows,
                },
            ),
            desk.now_text(),
        )  # fmt: skip
    return Done(command.sha256, frozenset({Topic.DAY}))
