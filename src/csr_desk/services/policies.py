"""The policy in force, and changing it; each change is a version, recorded (N1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from csr_desk.data.queries import office
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.policy import Policy, as_text, changed
from csr_desk.services import deferred
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event


@dataclass(frozen=True, slots=True)
class SetPolicy:
    """Settings to change, as keyed (money in dollars)."""

    key: str
    changes: Mapping[str, object]


def policy(desk: Desk) -> Policy:
    """Return the policy in force."""
    return desk.policy


def set_policy(desk: Desk, actor: Actor, command: SetPolicy) -> Done[Policy]:
    """Change settings from now on; raise BadInput with the setting that cannot be."""
    actor.require(Act.SET_POLICY)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        version, settings = office.policy_in_force(work.conn)
        before = changed(Policy(), settings) if settings else Policy()
        earlier = earlier_event(work.conn, command.key, content)
        if earlier is not None:
            return Done(changed(Policy(), earlier.facts["settings"]), replayed=True)
        after = changed(before, command.changes)
        deferred.check_reviewer(work.conn, after.outside_reviewer)
        written = work.append(
            EntryDraft(
                series=desk.office_series,
                kind=EventKind.POLICY_SET,
                business_date=desk.today(),
                actor=actor.user,
                idem_key=command.key,
                content_hash=content,
                facts={"version": version + 1, "settings": as_text(after)},
            ),
            desk.now_text(),
        )
        office.insert_policy(
            work.conn,
            {
                "office_id": desk.office.office_id,
                "version": version + 1,
                "effective_at": written.recorded_at,
                "body": json.dumps(as_text(after), ensure_ascii=False, sort_keys=True),
                "seq": written.key.seq,
            },
        )
    desk.take_policy(version + 1, after)
    return Done(after, frozenset({Topic.POLICY}))
