"""How entries of the release register are written: one way for every act, and what each is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.changes import Topic
from csr_desk.domain.ledger import EntryDraft, EventKind, Written
from csr_desk.domain.people import Actor, Approval
from csr_desk.domain.telling import Change
from csr_desk.services import approvals, telling
from csr_desk.services.desk import Desk, content_of

TOPICS = frozenset({Topic.RELEASES})
SENT = frozenset({Topic.RELEASES, Topic.OUTBOX})


@dataclass(frozen=True, slots=True)
class Writing:
    """Who writes which entry: the kind, the key of the command and its fingerprint."""

    actor: Actor
    kind: EventKind
    key: str
    content: str
    approved: Approval | None = None
    notes: Mapping[str, str] = field(default_factory=dict)


def writing(command: Any, desk: Desk, actor: Actor, kind: EventKind) -> Writing:
    """Return who writes what for a command; its ``key`` makes it once only."""
    return Writing(actor, kind, command.key, content_of(desk, actor.user, command))


def write(work: Work, desk: Desk, how: Writing, changes: Sequence[Change], subjects: Iterable[str]) -> Written:
    """Record an entry of the register with the rows that it tells, and the approval that allowed it."""
    draft = EntryDraft(
        series=desk.office_series,
        kind=how.kind,
        business_date=desk.today(),
        actor=how.actor.user,
        approver=how.approved.signer if how.approved else None,
        idem_key=how.key,
        content_hash=how.content,
        notes=how.notes,
    )
    written = telling.tell(work, desk, draft, changes, subjects)
    if how.approved is not None and not written.replayed:
        approvals.use(work, how.approved, how.actor, written)
    return written


def subjects_of(row: Mapping[str, Any]) -> set[str]:
    """Return what an entry about a release is about: itself, its permit, project, customer, company and place."""
    found = {about.release(str(row["release_no"])), about.company(str(row["company_id"]))}
    found.add(about.site(str(row["site_key"])))
    for column, subject in (
        ("permit_no", about.permit), ("project_no", about.project), ("customer_id", about.customer),
    ):  # fmt: skip
        if row[column]:
            found.add(subject(str(row[column])))
    return found
