"""After a storm: hundreds of services given back at once, like for like, asked for in one act (G11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from csr_desk.data.unit_of_work import Work
from csr_desk.domain.changes import Done
from csr_desk.domain.errors import BadInput, CardNumberRefused, Conflict, MissingInput, NotFound
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.release_register import LIKE_FOR_LIKE
from csr_desk.domain.telling import Change
from csr_desk.services import service_release_records as records
from csr_desk.services import service_releases as releases
from csr_desk.services.desk import Desk
from csr_desk.services.import_pace import Pace
from csr_desk.services.receipts import earlier_event
from csr_desk.services.service_releases import LONGEST_REASON, Wish
from csr_desk.services.words import plain_words

MOST_AT_ONCE = 1000
"""So many fit into one act; a larger storm takes several."""


@dataclass(frozen=True, slots=True)
class RequestMany:
    """Ask for many emergency releases at once; each is for the same service again, and on a permit."""

    key: str
    wishes: tuple[Wish, ...]
    reason: str = ""
    """Which storm, for the record."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A wish that cannot be asked for, with the sentence of its refusal."""

    permit: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ManyRequested:
    """What came of many wishes."""

    requested: tuple[str, ...]
    ready: int
    """How many of them lack nothing."""
    refused: tuple[Refused, ...]


def request_many(desk: Desk, actor: Actor, command: RequestMany, pace: Pace | None = None) -> Done[ManyRequested]:
    """Ask for every release that can be asked for, in one entry; what cannot is told and holds nothing up.

    Raises BadInput (too many, something new among them), MissingInput (none), Ineligible (none could be asked for);
    Stopped through ``pace``, until the last one is laid out: then nothing was told.
    """
    actor.require(Act.REQUEST_RELEASE)
    if not command.wishes:
        raise MissingInput("Name the permits.", field="permits")
    if len(command.wishes) > MOST_AT_ONCE:
        raise BadInput(f"At most {MOST_AT_ONCE:,} releases are asked for at once.", field="permits")
    if any(wish.kind not in LIKE_FOR_LIKE or wish.manual is not None for wish in command.wishes):
        said = "After a storm only the same service is given back, on a permit: anything new is asked for by itself."
        raise BadInput(said, field="kind")
    reason = plain_words(command.reason, "reason", LONGEST_REASON)
    how = records.writing(command, desk, actor, EventKind.RELEASE_REQUESTED)
    how = replace(how, notes={"because": reason} if reason else {})
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (before := earlier_event(work.conn, how.key, how.content)) is not None:
            told = [one for one in before.facts["sets"] if one["table"] == "service_release"]
            ready = sum(one["values"]["state"] == "eligible" for one in told)
            return Done(ManyRequested(tuple(one["key"][0] for one in told), ready, ()), replayed=True)
        planned, refused = _planned(desk, work, actor, command.wishes, pace)
        if not planned:
            raise BadInput(f"None could be asked for. {refused[0].permit}: {refused[0].sentence}", field="permits")
        changes = [change for one in planned for change in one.changes]
        subjects = {subject for one in planned for subject in records.subjects_of(one.row)}
        records.write(work, desk, how, changes, subjects)
    ready = sum(one.row["state"] == "eligible" for one in planned)
    numbers = tuple(str(one.row["release_no"]) for one in planned)
    return Done(ManyRequested(numbers, ready, tuple(refused)), records.TOPICS)


def _planned(
    desk: Desk, work: Work, actor: Actor, wishes: Sequence[Wish], pace: Pace | None
) -> tuple[list[releases.Planned], list[Refused]]:
    """Lay every wish out, one number after the other; the same service twice is asked for once."""
    planned: list[releases.Planned] = []
    refused: list[Refused] = []
    seen: set[str] = set()
    after: Change | None = None
    for wish in wishes:
        if pace is not None:
            pace.stored(1)
        try:
            one = releases.plan(desk, work.conn, actor, replace(wish, emergency=True), after)
        except (BadInput, NotFound, MissingInput, Conflict, CardNumberRefused) as error:
            refused.append(Refused(wish.permit, error.message))
            continue
        if one.row["permit_no"] in seen:
            refused.append(Refused(wish.permit, "It stands on this list twice."))
            continue
        seen.add(str(one.row["permit_no"]))
        planned.append(one)
        after = one.changes[0]
    return planned, refused
