"""More time to pay: so many times a calendar year, never one on top of another (F7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from csr_desk.data.queries import Connection, collection, payments
from csr_desk.data.queries.collection import AccountRecord
from csr_desk.domain import about
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, Ineligible
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.receivable.collection import Collected
from csr_desk.domain.receivable.stages import Stage, may_extend
from csr_desk.services.collection_state import account_of, collected, picture, running_extension, stage_of
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event


@dataclass(frozen=True, slots=True)
class GrantExtension:
    """Give an account time until a day; without one as long as the policy allows."""

    key: str
    account: str
    until: date | None = None


def grant_extension(desk: Desk, actor: Actor, command: GrantExtension) -> Done[Collected]:
    """Give more time; no stage of collection is taken, and nobody is cut off, while it runs.

    Raises NotFound, BadInput (a day that is past, or later than the policy allows), Ineligible (none left this year,
    one runs, a plan runs, nothing owed, cut off already).
    """
    actor.require(Act.GRANT_EXTENSION)
    content = content_of(desk, actor.user, command)
    today = desk.today()
    until = command.until or today + timedelta(days=desk.policy.extension_days)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(collected(desk, work.conn, command.account), replayed=True)
        record = account_of(work.conn, command.account, lock=True)
        if not today < until <= today + timedelta(days=desk.policy.extension_days):
            said = f"An extension ends after today and within {desk.policy.extension_days} days."
            raise BadInput(said, field="until")
        _refuse(desk, work.conn, record, today)
        written = work.append(
            EntryDraft(
                series=desk.office_series,
                kind=EventKind.EXTENSION_GRANTED,
                business_date=today,
                actor=actor.user,
                idem_key=command.key,
                content_hash=content,
                facts={"account": record.account, "until": until.isoformat()},
            ),
            desk.now_text(),
        )
        place = {"series_id": written.key.series, "seq": written.key.seq}
        row = {"account_no": record.account, "granted_on": today.isoformat(), "until": until.isoformat()}
        collection.insert_extension(work.conn, {**row, **place})
        payments.note_about(work.conn, written.key, (about.account(record.account),))
        value = collected(desk, work.conn, record.account)
    return Done(value, frozenset({Topic.ACCOUNTS}))


def _refuse(desk: Desk, conn: Connection, record: AccountRecord, today: date) -> None:
    number = record.account
    if stage_of(record) in {Stage.CUT_OFF, Stage.RESTORING}:
        raise Ineligible(f"Account {number} is cut off: what is late is paid, or a plan is made.", field="account")
    seen = picture(conn, number, today)
    if not seen.owed:
        raise Ineligible(f"Account {number} owes nothing.", field="account")
    if seen.plan is not None:
        raise Ineligible(f"Account {number} is on plan {seen.plan.number}.", field="account")
    granted = [day for day, _ in collection.extensions_of(conn, number)]
    this_year = [day for day in granted if day.startswith(f"{today.year}-")]
    running = running_extension(conn, number, today)
    if today.isoformat() in granted or not may_extend(len(this_year), desk.policy.extensions_a_year, running, today):
        said = f"it runs until {running}" if running else f"it had {len(this_year)} in {today.year}"
        raise Ineligible(f"Account {number} gets no further extension: {said}.", field="account")
