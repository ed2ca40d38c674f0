"""What becomes of a release that was sent: confirmed, energised, rejected and asked for again, ended, revoked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from csr_desk.data.models import company, release_batch
from csr_desk.data.models import outbox as outbox_rows
from csr_desk.data.queries import service_releases as rows
from csr_desk.data.queries import told
from csr_desk.data.queries.told import Record
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.changes import Done
from csr_desk.domain.errors import BadInput, MissingInput
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.outbox import Message
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.release import Kind
from csr_desk.domain.release_register import ReleaseView
from csr_desk.domain.steps import RELEASE
from csr_desk.services import outbox
from csr_desk.services import service_release_facts as facts
from csr_desk.services import service_release_records as records
from csr_desk.services import service_releases as releases
from csr_desk.services.desk import Desk, moment
from csr_desk.services.receipts import earlier_event
from csr_desk.services.service_release_sending import read_channel
from csr_desk.services.words import plain_words

LONGEST_CONFIRMATION, LONGEST_ANSWER = 60, 300


@dataclass(frozen=True, slots=True)
class ConfirmRelease:
    """The company confirmed it, with a number."""

    key: str
    release: str
    confirmation: str
    contact: str = ""
    """Who said so, where it was not the mail's addressee."""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class EnergiseRelease:
    """The meter is set and live since a day, today without one."""

    key: str
    release: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class RejectRelease:
    """The company does not take it; ``answer`` is why."""

    key: str
    release: str
    answer: str


@dataclass(frozen=True, slots=True)
class AskAgain:
    """Ask for a rejected release anew, corrected; None leaves a part as it is."""

    key: str
    release: str
    utility_site: str | None = None
    premise: str | None = None


@dataclass(frozen=True, slots=True)
class RevokeRelease:
    """Take a release back; a company that has it by mail is told by mail."""

    key: str
    release: str
    reason: str


@dataclass(frozen=True, slots=True)
class EndReleases:
    """End every release whose move-in order waits no longer."""

    key: str


Planned: TypeAlias = Mapping[str, Any]


def confirm_release(desk: Desk, actor: Actor, command: ConfirmRelease) -> Done[ReleaseView]:
    """Record the confirmation; raise NotFound, WrongState, MissingInput (no number: control 48 asks for one)."""
    actor.require(Act.CONFIRM_RELEASE)
    number = plain_words(command.confirmation, "confirmation", LONGEST_CONFIRMATION)
    contact = plain_words(command.contact, "contact", 120)
    channel = read_channel(command.channel)

    def plan(_work: Work, row: Record) -> Planned:
        state = RELEASE.after("confirm", row["state"])
        if not number:
            raise MissingInput("Key the confirmation number that the company gave.", field="confirmation")
        said = {"contact": contact} if contact else {}
        by = {"channel": channel} if channel else {}
        return {
            "state": state, "confirmation": number, "confirmed_at": desk.now_text(), "unmatched": 0, **said, **by,
        }  # fmt: skip

    return _answered(desk, actor, command, plan)


def energise_release(desk: Desk, actor: Actor, command: EnergiseRelease) -> Done[ReleaseView]:
    """Record that the service is live; raise NotFound, WrongState, BadInput (a day to come, or before it was sent)."""
    actor.require(Act.CONFIRM_RELEASE)

    def plan(_work: Work, row: Record) -> Planned:
        on = command.on or desk.today()
        state = RELEASE.after("energise", row["state"])
        if on > desk.today() or (row["sent_at"] and on < desk.local(moment(row["sent_at"])).date()):
            raise BadInput("A service is live today at the latest, and not before its release was sent.", field="on")
        return {"state": state, "energised_on": on.isoformat(), "ended_on": on.isoformat(), "unmatched": 0}

    return _answered(desk, actor, command, plan)


def reject_release(desk: Desk, actor: Actor, command: RejectRelease) -> Done[ReleaseView]:
    """Record that the company refused it; raise NotFound, WrongState, MissingInput (no reason)."""
    actor.require(Act.CONFIRM_RELEASE)
    answer = plain_words(command.answer, "answer", LONGEST_ANSWER)

    def plan(_work: Work, row: Record) -> Planned:
        state = RELEASE.after("reject", row["state"])
        if not answer:
            raise MissingInput("Say why the company rejects it.", field="answer")
        return {"state": state, "answer": answer, "ended_on": desk.today().isoformat(), "unmatched": 0}

    return _answered(desk, actor, command, plan)


def ask_again(desk: Desk, actor: Actor, command: AskAgain) -> Done[ReleaseView]:
    """Ask for a rejected release anew, and look at it anew.

    Raises NotFound, WrongState, BadInput, Conflict (another one is open for the same service by now).
    """
    actor.require(Act.REQUEST_RELEASE)
    how = records.writing(command, desk, actor, EventKind.RELEASE_CHANGED)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, how.key, how.content) is not None:
            return Done(releases.view(work.conn, desk, actor, command.release), replayed=True)
        row = facts.release_row(work.conn, command.release, lock=True)
        state = RELEASE.after("ask_again", row["state"])
        releases.refuse_open(work.conn, row)
        new: dict[str, Any] = {
            "state": state,
            **dict.fromkeys(("sent_at", "confirmed_at", "confirmation", "ended_on", "batch_no", "expires_on")),
            **releases.keyed_anew(Kind(row["kind"]), command.utility_site, command.premise),
        }
        records.write(work, desk, how, [releases.relook(desk, work.conn, row, new)], records.subjects_of(row))
        shown = releases.view(work.conn, desk, actor, row["release_no"])
    return Done(shown, records.TOPICS)


def revoke_release(desk: Desk, actor: Actor, command: RevokeRelease) -> Done[ReleaseView]:
    """Take a release back; raise NotFound, WrongState (it is live, or over), MissingInput (no reason)."""
    actor.require(Act.REVOKE_RELEASE)
    reason = plain_words(command.reason, "reason", LONGEST_ANSWER)

    def plan(work: Work, row: Record) -> Planned:
        state = RELEASE.after("revoke", row["state"])
        if not reason:
            raise MissingInput("Say why the release is taken back.", field="reason")
        facts.refuse_made(row)
        if row["sent_at"] and row["channel"] == "email":
            _tell_company(desk, work, actor, (command, reason), row)
        return {"state": state, "reason": reason, "ended_on": desk.today().isoformat(), "unmatched": 0}

    return _answered(desk, actor, command, plan)


def end_releases(desk: Desk, actor: Actor, command: EndReleases) -> Done[tuple[str, ...]]:
    """End every release whose move-in order was cancelled by time; return their numbers (none: nothing is written)."""
    actor.require(Act.CONFIRM_RELEASE)
    how = records.writing(command, desk, actor, EventKind.RELEASE_CHANGED)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (before := earlier_event(work.conn, how.key, how.content)) is not None:
            return Done(tuple(one["key"][0] for one in before.facts["sets"]), replayed=True)
        over = rows.run_out(work.conn, desk.today())
        if not over:
            return Done(())
        ended = {"ended_on": desk.today().isoformat(), "unmatched": 0}
        changes = [
            releases.change_to(row, {"state": RELEASE.after("expire", row["state"]), **ended}) for row in over
        ]  # fmt: skip
        subjects = {subject for row in over for subject in records.subjects_of(row)}
        records.write(work, desk, how, changes, subjects)
    return Done(tuple(row["release_no"] for row in over), records.TOPICS)


def _answered(desk: Desk, actor: Actor, command: Any, plan: Callable[[Work, Record], Planned]) -> Done[ReleaseView]:
    """Record one step of one release."""
    how = records.writing(command, desk, actor, EventKind.RELEASE_CHANGED)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, how.key, how.content) is not None:
            return Done(releases.view(work.conn, desk, actor, command.release), replayed=True)
        row = facts.release_row(work.conn, command.release, lock=True)
        change = releases.change_to(row, plan(work, row))
        records.write(work, desk, how, [change], records.subjects_of(row))
        shown = releases.view(work.conn, desk, actor, row["release_no"])
    return Done(shown, records.SENT)


def _tell_company(desk: Desk, work: Work, actor: Actor, what: tuple[RevokeRelease, str], row: Record) -> None:
    """Queue the mail that takes a release back, to where the release went; no state of the company stops that."""
    command, reason = what
    wires = told.record(work.conn, company, row["company_id"]) or {}
    sent_to = _addressee(work, row) or wires["send_to"]
    if not sent_to:
        said = f"{wires['name']} has no e-mail address any more: key it in the directory, then take the release back."
        raise MissingInput(said, field="company")
    number = row["release_no"]
    body = (
        f"{desk.office.name} takes release {number} back: {reason}\n\nAddress as permitted: {row['site']}\n"
        "Please set no meter on it, and tell us at once where one was set already.\n"
    )
    message = Message(
        key=f"{command.key}-mail", kind="release_revoked", recipient=sent_to,
        title=f"REVOKED: {desk.office.name}, release {number}", body=body, subject=about.release(number),
        company=wires["company_id"],
    )  # fmt: skip
    outbox.queue(work, desk, actor, message)


def _addressee(work: Work, row: Record) -> str:
    """Return whom the mail of a release went to, or nothing where it was not this program's mail."""
    batch = told.record(work.conn, release_batch, row["batch_no"]) if row["batch_no"] else None
    mail = told.record(work.conn, outbox_rows, batch["message_no"]) if batch and batch["message_no"] else None
    return str(mail["recipient"] or "") if mail else ""
