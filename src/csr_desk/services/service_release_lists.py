"""The register as lists: what is open, what nobody confirmed, and what a company's answer did not match (G12)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from csr_desk.data.models import company
from csr_desk.data.queries import Connection, entries, told
from csr_desk.data.queries import about as about_rows
from csr_desk.data.queries import service_releases as rows
from csr_desk.data.queries.service_releases import Wanted
from csr_desk.data.queries.told import Record
from csr_desk.domain import about
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.release_register import CompanyLine, ReleaseView, Unmatched, Why
from csr_desk.domain.workdays import working_days
from csr_desk.services import service_release_facts as facts
from csr_desk.services.desk import Desk, moment

_HANGS = frozenset({"queued", "sending", "failed", "given_up"})
_SENT = "sent"


def list_releases(desk: Desk, actor: Actor, wanted: Wanted) -> tuple[ReleaseView, ...]:
    """Return releases with their conditions as they stand now, the newest first."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        found = rows.release_rows(work.conn, wanted)
        views = tuple(facts.view_of(desk, work.conn, row) for row in found)
    return seen_by(actor.role, views)


def unmatched(desk: Desk, actor: Actor, company_id: str = "") -> tuple[Unmatched, ...]:
    """Return what does not match between what was sent and what was confirmed, the oldest first."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        found = [*_releases(desk, work.conn), *_batches(desk, work.conn)]
    mine = (one for one in found if not company_id or one.company == company_id)
    return seen_by(actor.role, tuple(sorted(mine, key=lambda one: (one.since, one.number))))


def by_company(desk: Desk, actor: Actor) -> tuple[CompanyLine, ...]:
    """Return what waits for each company that sets meters, by name."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        counted = rows.counts(work.conn)
        return tuple(_line(desk, work.conn, one, counted) for one in rows.active_companies(work.conn))


def _line(desk: Desk, conn: Connection, wires: Record, counted: Mapping[tuple[str, str, int], int]) -> CompanyLine:
    number = wires["company_id"]

    def many(state: str) -> int:
        return counted.get((number, state, 0), 0) + counted.get((number, state, 1), 0)

    last = next((row for row in rows.batch_rows(conn, company=number, limit=10) if row["kind"] != "single"), None)
    last_on = date.fromisoformat(last["on_date"]) if last else None
    now = f"{desk.local(desk.clock.now()):%H:%M}"
    passed = bool(wires["send_at"]) and wires["send_at"] <= now and last_on != desk.today()
    return CompanyLine(
        company=number,
        name=wires["name"],
        channel=wires["channel"],
        send_at=wires["send_at"] or "",
        held_back=many("requested"),
        ready=many("eligible"),
        emergency=counted.get((number, "eligible", 1), 0),
        sent=many("sent"),
        last_batch=last["batch_no"] if last else "",
        last_on=last_on,
        due=passed and many("eligible") > 0,
    )


def _releases(desk: Desk, conn: Connection) -> Iterator[Unmatched]:
    names = _Names(conn)
    for row in rows.waiting_since(conn, desk.now_text()):
        sent_on = desk.local(moment(row["sent_at"])).date()
        late = facts.unconfirmed(desk, sent_on)
        if not row["unmatched"] and not late:
            continue
        why = Why.UNMATCHED if row["unmatched"] else Why.UNCONFIRMED
        words = f"{row['channel'] or ''} {row['batch_no'] or ''}".strip()
        yield Unmatched(
            why, row["release_no"], row["company_id"], names.of(row["company_id"]), row["site"], sent_on,
            _since(desk, sent_on), words,
        )  # fmt: skip


def _batches(desk: Desk, conn: Connection) -> Iterator[Unmatched]:
    names = _Names(conn)
    for row in rows.batch_rows(conn, states=("sent", "acknowledged")):
        on = date.fromisoformat(row["on_date"])
        for why, words in _faults(desk, conn, row):
            yield Unmatched(
                why, row["batch_no"], row["company_id"], names.of(row["company_id"]), "", on, _since(desk, on), words,
            )  # fmt: skip


def _faults(desk: Desk, conn: Connection, row: Record) -> Iterator[tuple[Why, str]]:
    """Say what is wrong with a batch: its mail hangs, nobody answered, or the answer names what was not in it."""
    late = facts.unconfirmed(desk, date.fromisoformat(row["on_date"]))
    if row["state"] == _SENT:
        if not any(one["state"] == _SENT for one in rows.release_rows(conn, Wanted(batch=row["batch_no"]))):
            return  # each was answered by itself, by telephone
        if row["message_state"] in _HANGS and (late or row["message_state"] in {"failed", "given_up"}):
            yield Why.NOT_SENT, f"{row['message_no']}: {row['message_state'].replace('_', ' ')}"
        elif late and row["kind"] != "single":
            yield Why.NO_ANSWER, f"{row['releases']:,} releases"
        return
    for words in unknown_lines(conn, row["batch_no"]):
        yield Why.UNKNOWN, words


def unknown_lines(conn: Connection, batch_no: str) -> Sequence[str]:
    """Return the lines of a batch's acknowledgement that name no release of it; none once they were purged."""
    subject = about.release_batch(batch_no)
    for event in about_rows.entries_about(conn, [subject], (EventKind.RELEASE_BATCH_ANSWERED,)):
        if any(one["table"] == "release_batch" and one["key"] == [batch_no] for one in event.facts["sets"]):
            return tuple(json.loads(entries.entry(conn, event).notes.get("unknown", "[]")))
    return ()


def _since(desk: Desk, day: date) -> int:
    """Return how many working days have passed since a day."""
    return working_days(day, desk.today(), holidays=desk.policy.days_off)


class _Names:
    """The names of companies, each read once."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._names: dict[str, str] = {}

    def of(self, number: str) -> str:
        """Return a company's name."""
        if number not in self._names:
            self._names[number] = str((told.record(self._conn, company, number) or {}).get("name", ""))
        return self._names[number]


__all__ = ["Wanted", "by_company", "list_releases", "unknown_lines", "unmatched"]
