"""A release is sent: by mail at once, or by another channel with the person who was told.

Nothing is sent that lacks a condition at that moment; every look is anew, whatever was told before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from csr_desk.data.queries.told import Record
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import sites
from csr_desk.domain.changes import Done
from csr_desk.domain.errors import AddressMismatch, BadInput, Ineligible, MissingInput, PaperExpired, Refusal
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.release import Condition, missing
from csr_desk.domain.release_register import ReleaseView
from csr_desk.domain.steps import RELEASE
from csr_desk.domain.telling import Change
from csr_desk.services import service_release_facts as facts
from csr_desk.services import service_release_records as records
from csr_desk.services import service_releases as releases
from csr_desk.services.desk import Desk
from csr_desk.services.receipts import earlier_event
from csr_desk.services.service_release_mail import Outgoing, Render, ToSend, outgoing
from csr_desk.services.words import plain_words

CHANNELS = ("email", "portal", "phone", "fax", "letter", "person")


@dataclass(frozen=True, slots=True)
class SendRelease:
    """Send one release: by mail at once, or tell that it was sent by ``channel`` to ``contact``."""

    key: str
    release: str
    channel: str = ""
    """As the company is reached where it is empty."""
    contact: str = ""
    move_in_on: date | None = None


def send_release(desk: Desk, actor: Actor, command: SendRelease, render: Render | None = None) -> Done[ReleaseView]:
    """Send one release, if every condition holds now: by mail through the outbox, or as told by another channel.

    ``render`` draws the paper that goes with the mail. Raises NotFound, WrongState, AddressMismatch, PaperExpired or
    Ineligible (with every sentence of what is missing), MissingInput (who was told), BadInput.
    """
    actor.require(Act.REQUEST_RELEASE)
    how = records.writing(command, desk, actor, EventKind.RELEASE_CHANGED)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, how.key, how.content) is not None:
            return Done(releases.view(work.conn, desk, actor, command.release), replayed=True)
        row = facts.release_row(work.conn, command.release, lock=True)
        changes = _sent(desk, work, how, (row, command), render)
        records.write(work, desk, how, changes, records.subjects_of(row))
        shown = releases.view(work.conn, desk, actor, row["release_no"])
    return Done(shown, records.SENT)


def refuse_missing(view: ReleaseView) -> None:
    """Raise what a missing condition is refused with; every sentence is in it, so nobody asks twice."""
    lacking = missing(view.findings)
    if not lacking:
        return
    kinds: dict[Condition, type[Refusal]] = {
        Condition.ADDRESS: AddressMismatch,
        Condition.CONTRACTOR: PaperExpired,
    }
    kind = kinds.get(lacking[0].condition, Ineligible) if len(lacking) == 1 else Ineligible
    raise kind(" ".join(one.sentence for one in lacking), field=lacking[0].condition.value)


def _sent(
    desk: Desk, work: Work, how: records.Writing, what: tuple[Record, SendRelease], render: Render | None
) -> list[Change]:
    row, command = what
    RELEASE.after("send", "eligible" if row["state"] == "requested" else row["state"])
    facts.refuse_made(row)
    view = facts.view_of(desk, work.conn, row)
    refuse_missing(view)
    wires = facts.company_row(work.conn, row["company_id"])
    channel = read_channel(command.channel) or wires["channel"]
    contact = plain_words(command.contact, "contact", 120)
    went = Outgoing((), None)
    if channel == "email" and not contact:
        went = outgoing(work, desk, how.actor, ToSend(how.key, wires, "single", [view], by_mail=True), render)
        contact = wires["send_to"] or ""
    elif not contact:
        raise MissingInput(f"Say who was told at {wires['name']}.", field="contact")
    return [*went.changes, sent_change(desk, row, view, (channel, contact, went.batch), command.move_in_on)]


def read_channel(typed: str) -> str:
    """Return a channel as keyed, or nothing; raise BadInput for one that is none."""
    if typed and typed not in CHANNELS:
        raise BadInput(f"A release goes by {', '.join(CHANNELS)}.", field="channel")
    return typed


def sent_change(
    desk: Desk, row: Record, view: ReleaseView, how: tuple[str, str, str | None], move_in_on: date | None = None
) -> Change:
    """Tell that a release went out: by which channel, to whom, in which batch; the move-in order waits from then."""
    channel, contact, batch = how
    ends = row["expires_on"]
    if move_in_on is not None or ends is None:
        ends = facts.move_in_ends(desk, move_in_on or desk.today())
    planned = {
        "site": view.site,
        "site_key": sites.site_key(view.site),
        "state": "sent",
        "conditions": facts.conditions_text(view.findings),
        "inspection_no": view.inspection or None,
        "sent_at": desk.now_text(),
        "channel": channel,
        "contact": contact or None,
        "expires_on": ends,
        "batch_no": batch,
        "unmatched": 0,
    }
    return releases.change_to(row, planned)
