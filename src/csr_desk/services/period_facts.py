"""Everything that happened on some business dates, read once from one consistent state and asked from many sides."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from csr_desk.data.queries import Connection, batches, deposit_items, entries, office, period
from csr_desk.data.queries.batches import BatchRecord
from csr_desk.data.queries.deposit_items import DepositRecord
from csr_desk.data.queries.entries import Event
from csr_desk.domain.catalogue import Catalogue
from csr_desk.domain.ledger import NUMBERED, EventKey, EventKind, LineRow, Posting, TenderRow, receipt_number
from csr_desk.domain.policy import Policy, changed
from csr_desk.services import releases
from csr_desk.services.desk import Desk, moment

PURGED = "(purged)"
"""Stands for a text that was there and was purged since: its digest says that it was keyed."""


@dataclass
class Period:
    """Business dates from ``first`` to ``last``, both included, through one open reading transaction.

    Each part is read when it is first asked for.
    """

    desk: Desk
    conn: Connection
    first: date
    last: date

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Every entry of the period, by date, series and place."""
        return entries.day_events(self.conn, self.first, self.last)

    @cached_property
    def lines(self) -> dict[EventKey, tuple[LineRow, ...]]:
        """Their lines."""
        return period.lines(self.conn, self.first, self.last)

    @cached_property
    def tenders(self) -> dict[EventKey, tuple[TenderRow, ...]]:
        """Their tender rows."""
        return period.tenders(self.conn, self.first, self.last)

    @cached_property
    def postings(self) -> dict[EventKey, tuple[Posting, ...]]:
        """Their postings."""
        return period.postings(self.conn, self.first, self.last)

    @cached_property
    def notes(self) -> dict[EventKey, dict[str, str | None]]:
        """Their texts by topic; None where one was purged."""
        return period.notes(self.conn, self.first, self.last)

    @cached_property
    def batches(self) -> tuple[BatchRecord, ...]:
        """The batches of these dates."""
        return batches.batches_between(self.conn, self.first, self.last)

    @cached_property
    def deposits(self) -> tuple[DepositRecord, ...]:
        """The deposits prepared on these dates."""
        return deposit_items.deposits_between(self.conn, self.first, self.last)

    @cached_property
    def days(self) -> dict[date, str]:
        """The business days of the period with their state."""
        return {day: state for day, state in office.business_days(self.conn) if self.first <= day <= self.last}

    @cached_property
    def staff(self) -> dict[str, dict[str, Any]]:
        """Everybody by user, without their secrets."""
        return {str(row["user_id"]): row for row in self.rows("staff")}

    def rows(self, table: str) -> tuple[dict[str, Any], ...]:
        """Return all rows of a small table."""
        return period.table_rows(self.conn, table)

    @cached_property
    def _by_kind(self) -> dict[EventKind, list[Event]]:
        found: dict[EventKind, list[Event]] = {}
        for event in self.events:
            found.setdefault(event.kind, []).append(event)
        return found

    @cached_property
    def _by_batch(self) -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = {}
        for event in self.events:
            if event.batch is not None:
                found.setdefault(event.batch, []).append(event)
        return found

    @cached_property
    def _by_key(self) -> dict[EventKey, Event]:
        return {event.key: event for event in self.events}

    def of(self, *kinds: EventKind) -> tuple[Event, ...]:
        """Return the entries of some kinds."""
        return tuple(event for kind in kinds for event in self._by_kind.get(kind, ()))

    def of_batch(self, batch_id: str, *kinds: EventKind) -> tuple[Event, ...]:
        """Return the entries of a batch (of some kinds), in the order they happened."""
        return tuple(event for event in self._by_batch.get(batch_id, ()) if not kinds or event.kind in kinds)

    def whole_batch(self, batch_id: str) -> tuple[Event, ...]:
        """Return the entries of a batch, also of one of before the period (a bag of today holds yesterday's)."""
        return self.of_batch(batch_id) or entries.batch_events(self.conn, batch_id)

    def tenders_of(self, key: EventKey) -> tuple[TenderRow, ...]:
        """Return the tender rows of an entry of any date."""
        return self.tenders.get(key, ()) if key in self._by_key else entries.tenders_of(self.conn, key)

    def postings_of(self, key: EventKey) -> tuple[Posting, ...]:
        """Return the postings of an entry of any date."""
        return self.postings.get(key, ()) if key in self._by_key else entries.postings_of(self.conn, key)

    @cached_property
    def _alone(self) -> frozenset[tuple[str, int]]:
        return frozenset((str(row["series_id"]), int(row["seq"])) for row in self.rows("deferred_review"))

    def done_alone(self, key: EventKey) -> bool:
        """Say whether an act stands on the list that a named outsider reviews, because there was nobody else (J13)."""
        return (key.series, key.seq) in self._alone

    def numbered(self) -> tuple[Event, ...]:
        """Return the entries with a receipt number."""
        return tuple(event for event in self.events if event.kind in NUMBERED)

    def event(self, key: EventKey | None) -> Event | None:
        """Return an entry by its place, also one of before the period."""
        if key is None:
            return None
        return self._by_key.get(key) or entries.event_at(self.conn, key)

    def note(self, event: Event, topic: str) -> str:
        """Return a text of an entry, a mark where it was purged, nothing where none was keyed."""
        topics = self.notes.get(event.key, {})
        if topic not in topics:
            return ""
        return topics[topic] or PURGED

    def name(self, user: str | None) -> str:
        """Return a person's name."""
        return "" if not user else str(self.staff[user]["name"]) if user in self.staff else user

    def local(self, event: Event) -> datetime:
        """Return when an entry was recorded, in the office's time."""
        return self.desk.local(moment(event.recorded_at))

    def stamp(self, event: Event) -> str:
        """Write that for people: ``2026-07-14 09:12``."""
        return f"{self.local(event):%Y-%m-%d %H:%M}"

    def day_of(self, recorded_at: str) -> date:
        """Return the date of an instant (UTC) on the office's calendar."""
        return self.desk.local(moment(recorded_at)).date()

    def place(self, event: Event) -> str:
        """Name an entry: its receipt number, or its series and place in it."""
        if event.receipt_no is not None:
            return receipt_number(event.key.series, event.receipt_no)
        return f"{event.key.series}/{event.key.seq}"

    @cached_property
    def _policies(self) -> tuple[tuple[str, Policy], ...]:
        return tuple(
            (str(row["effective_at"]), changed(Policy(), json.loads(row["body"]))) for row in self.rows("policy")
        )

    def policy_at(self, recorded_at: str) -> Policy:
        """Return the policy in force at an instant (UTC)."""
        in_force = [settings for since, settings in self._policies if since <= recorded_at]
        return in_force[-1] if in_force else Policy()

    @cached_property
    def _releases(self) -> tuple[tuple[str, Catalogue], ...]:
        return tuple((since, releases.catalogue_of(kept)) for since, kept in period.releases(self.conn))

    def catalogue_at(self, recorded_at: str) -> Catalogue | None:
        """Return the catalogue release that was loaded last at an instant (UTC); each is kept whole.

        What was recorded before the first was loaded (a demo city's past days) goes by the first.
        """
        in_force = [catalogue for since, catalogue in self._releases if since <= recorded_at]
        known = in_force or [catalogue for _, catalogue in self._releases[:1]]
        return known[-1] if known else None
