"""Service releases are asked for and corrected (G8, G9); whoever asks is told all that is met or missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from csr_desk.data.models import customer, project, service_release
from csr_desk.data.queries import Connection, told
from csr_desk.data.queries import service_releases as rows
from csr_desk.data.queries.told import Record
from csr_desk.domain import sites
from csr_desk.domain.changes import Done
from csr_desk.domain.errors import BadInput, Conflict, MissingInput, NotFound
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.domain.premise import figures_of
from csr_desk.domain.release import ELECTRIC, Kind, eligible
from csr_desk.domain.release_register import COMPANY_KIND, OPEN, TRADE, Manual, ReleaseView
from csr_desk.domain.steps import RELEASE
from csr_desk.domain.telling import Change
from csr_desk.services import approvals, telling
from csr_desk.services import service_release_facts as facts
from csr_desk.services import service_release_records as records
from csr_desk.services.desk import Desk
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words

WORDS = ("site", "utility_site", "premise", "reason", "contact", "confirmation", "answer")
"""What of a release is keyed; such columns are notes that may be purged."""
LONGEST_SITE, LONGEST_PREMISE, LONGEST_REASON = 200, 40, 300


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be released: on a permit, or by hand (``manual`` and ``reason``) at an address."""

    kind: Kind
    company: str
    permit: str = ""
    utility_site: str = ""
    """The address as the utility has it; empty where nobody looked it up."""
    premise: str = ""
    """The ESI ID, or the premise of a gas or water meter."""
    mobile_home: bool = False
    emergency: bool = False
    move_in_on: date | None = None
    """When the customer's retail provider placed the move-in order, where that is known."""
    manual: Manual | None = None
    reason: str = ""
    site: str = ""
    customer: str = ""
    project: str = ""
    repeats: str = ""
    """The release that ended, where it is asked for anew."""


@dataclass(frozen=True, slots=True)
class RequestRelease:
    """Ask for a release."""

    key: str
    wish: Wish


@dataclass(frozen=True, slots=True)
class CorrectRelease:
    """Correct what was keyed before it is sent, and look at it anew; None leaves a part as it is."""

    key: str
    release: str
    utility_site: str | None = None
    premise: str | None = None
    mobile_home: bool | None = None
    company: str | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A release about to be told: its columns and their change."""

    row: dict[str, Any]
    changes: tuple[Change, ...] = field(default_factory=tuple)


def request_release(
    desk: Desk, actor: Actor, command: RequestRelease, approval: Approval | None = None
) -> Done[ReleaseView]:
    """Ask for a release; one without a permit needs a reason and a second person (G9).

    Raises NotFound, BadInput (the permit or the company does not fit), MissingInput, Conflict (one is open already),
    ApprovalNeeded, SelfApproval.
    """
    actor.require(Act.REQUEST_RELEASE)
    if command.wish.manual is not None:
        actor.require(Act.MANUAL_RELEASE)
    how = records.writing(command, desk, actor, EventKind.RELEASE_REQUESTED)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (before := earlier_event(work.conn, how.key, how.content)) is not None:
            return Done(view(work.conn, desk, actor, _told_of(before.facts)), replayed=True)
        planned = plan(desk, work.conn, actor, command.wish)
        if command.wish.manual is not None:
            yes = approvals.require(desk, approval, actor, (Act.MANUAL_RELEASE, command.key, 0))
            how = replace(how, approved=yes)
        records.write(work, desk, how, planned.changes, records.subjects_of(planned.row))
        shown = view(work.conn, desk, actor, planned.row["release_no"])
    return Done(shown, records.TOPICS)


def correct_release(desk: Desk, actor: Actor, command: CorrectRelease) -> Done[ReleaseView]:
    """Correct a release that was not sent, and record what its conditions come to now.

    Raises NotFound, WrongState (it was sent), BadInput.
    """
    actor.require(Act.REQUEST_RELEASE)
    how = records.writing(command, desk, actor, EventKind.RELEASE_CHANGED)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, how.key, how.content) is not None:
            return Done(view(work.conn, desk, actor, command.release), replayed=True)
        row = facts.release_row(work.conn, command.release, lock=True)
        RELEASE.after("clear", row["state"])
        facts.refuse_made(row)
        changed = relook(desk, work.conn, row, _corrections(work.conn, row, command))
        records.write(work, desk, how, [changed], records.subjects_of(row))
        shown = view(work.conn, desk, actor, row["release_no"])
    return Done(shown, records.TOPICS)


def release_of(desk: Desk, actor: Actor, number: str) -> ReleaseView:
    """Return a release with its conditions as they stand now; raise NotFound."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        return view(work.conn, desk, actor, number)


def plan(desk: Desk, conn: Connection, actor: Actor, wish: Wish, after: Change | None = None) -> Planned:
    """Lay a new release out, number and all; ``after`` is the number's change before it in the same entry."""
    row = asked_for(desk, conn, actor, wish)
    number, counted = telling.next_number(conn, desk, "release", desk.today().year, after)
    seen = facts.look(desk, conn, row)
    state = "eligible" if eligible(seen.findings) else "requested"
    row |= {
        "release_no": number,
        "state": state,
        "conditions": facts.conditions_text(seen.findings),
        "inspection_no": seen.inspection or None,
    }
    words = {name: row[name] for name in WORDS if name in row}
    values = {name: value for name, value in row.items() if name not in WORDS and name != "release_no"}
    return Planned(row, (counted, told.added(service_release, (number,), values, words)))


def asked_for(desk: Desk, conn: Connection, actor: Actor, wish: Wish) -> dict[str, Any]:
    """Return the columns that a wish comes to, without a number; raise what ``request_release`` refuses."""
    row = _columns(desk, conn, actor, wish)
    refuse_open(conn, row)
    return row


def refuse_open(conn: Connection, row: Mapping[str, Any]) -> None:
    """Raise Conflict where a release is open for the same service already: nobody gives it back twice."""
    taken = rows.open_for(conn, row["kind"], row["permit_no"], row["site_key"], OPEN)
    if taken:
        raise Conflict(f"Release {taken} is open for this already.")


def relook(desk: Desk, conn: Connection, row: Record, new: Mapping[str, Any] | None = None) -> Change:
    """Tell what is new of a release that was not sent, and what its conditions come to with it."""
    planned = {**row, **(new or {})}
    seen = facts.look(desk, conn, planned)
    planned |= {
        "site": seen.site,
        "site_key": sites.site_key(seen.site),
        "state": RELEASE.after("clear" if eligible(seen.findings) else "block", planned["state"]),
        "conditions": facts.conditions_text(seen.findings),
        "inspection_no": seen.inspection or None,
    }
    return change_to(row, planned)


def change_to(row: Record, planned: Mapping[str, Any]) -> Change:
    """Tell what is new of a release: of ``planned`` only what differs from its row."""
    fresh = {name: value for name, value in planned.items() if value != row[name]}
    values = {name: value for name, value in fresh.items() if name not in WORDS}
    return told.changed(service_release, row, values, {name: fresh[name] for name in WORDS if name in fresh})


def _columns(desk: Desk, conn: Connection, actor: Actor, wish: Wish) -> dict[str, Any]:
    """Return the columns of a release that is asked for; what it is for is looked up, never keyed."""
    wires = company_for(conn, wish.kind, wish.company)
    place = _of_permit(conn, wish) if wish.permit else _by_hand(conn, wish)
    started = wish.move_in_on
    ends = facts.move_in_ends(desk, started) if started else None
    return {
        "release_no": "",
        "kind": wish.kind.value,
        "company_id": wires["company_id"],
        **place,
        "utility_site": plain_words(wish.utility_site, "utility_site", LONGEST_SITE) or None,
        "premise": _premise(wish.kind, wish.premise),
        "mobile_home": int(wish.mobile_home),
        "emergency": int(wish.emergency),
        "state": "requested",
        "conditions": "{}",
        "requested_by": actor.user,
        "requested_on": desk.today().isoformat(),
        "expires_on": ends,
        "unmatched": 0,
        "repeats": _repeated(conn, wish.repeats),
    }


def _of_permit(conn: Connection, wish: Wish) -> dict[str, Any]:
    if wish.manual is not None:
        raise BadInput("With a permit no reason by hand is needed.", field="manual")
    row = facts.permit_row(conn, wish.permit)
    trade = TRADE.get(wish.kind)
    if trade and row["trade"] and row["trade"] != trade:
        said = f"Permit {row['permit_no']} is one of the {row['trade']} trade; this service needs {trade}."
        raise BadInput(said.replace("_", " "), field="permit")
    return {
        "permit_no": row["permit_no"], "project_no": row["project_no"], "customer_id": row["customer_id"],
        "contractor_no": row["contractor_no"], "manual": None, "reason": None, "site": row["site"],
        "site_key": row["site_key"],
    }  # fmt: skip


def _by_hand(conn: Connection, wish: Wish) -> dict[str, Any]:
    """Lay out a release without a permit; its address and its reason are keyed."""
    site = plain_words(wish.site, "site", LONGEST_SITE)
    reason = plain_words(wish.reason, "reason", LONGEST_REASON)
    if wish.manual is None:
        raise MissingInput("Key the permit, or say why none is needed.", field="permit")
    if not site:
        raise MissingInput("Key the address.", field="site")
    if not reason:
        raise MissingInput("Say why no permit is needed.", field="reason")
    for table, number, name in ((customer, wish.customer, "customer"), (project, wish.project, "project")):
        if number and told.record(conn, table, number) is None:
            raise NotFound(f"There is no {name} “{number[: facts.LONGEST_NUMBER]}”.", field=name)
    return {
        "permit_no": None, "project_no": wish.project or None, "customer_id": wish.customer or None,
        "contractor_no": None, "manual": wish.manual.value, "reason": reason, "site": site,
        "site_key": sites.site_key(site),
    }  # fmt: skip


def _premise(kind: Kind, typed: str) -> str | None:
    words = plain_words(typed, "premise", LONGEST_PREMISE)
    return (figures_of(words) if kind in ELECTRIC else words) or None


def _repeated(conn: Connection, number: str) -> str | None:
    if not number:
        return None
    row = facts.release_row(conn, number)
    if row["state"] in OPEN:
        raise Conflict(f"Release {row['release_no']} is open still.")
    return str(row["release_no"])


def keyed_anew(kind: Kind, utility_site: str | None, premise: str | None) -> dict[str, Any]:
    """Return what of a release was keyed anew; None leaves a part as it is."""
    new: dict[str, Any] = {}
    if utility_site is not None:
        new["utility_site"] = plain_words(utility_site, "utility_site", LONGEST_SITE) or None
    if premise is not None:
        new["premise"] = _premise(kind, premise)
    return new


def _corrections(conn: Connection, row: Record, command: CorrectRelease) -> dict[str, Any]:
    kind = Kind(row["kind"])
    new = keyed_anew(kind, command.utility_site, command.premise)
    if command.mobile_home is not None:
        new["mobile_home"] = int(command.mobile_home)
    if command.company is not None:
        new["company_id"] = company_for(conn, kind, command.company)["company_id"]
    return new


def company_for(conn: Connection, kind: Kind, number: str) -> Record:
    """Return the company that sets the meter; raise BadInput for one that sets none of this kind."""
    wires = facts.company_row(conn, number)
    if wires["kind"] != COMPANY_KIND[kind]:
        said = f"{wires['name']} sets no meter for this: it is no {COMPANY_KIND[kind]} company."
        raise BadInput(said, field="company")
    return wires


def view(conn: Connection, desk: Desk, actor: Actor, number: str) -> ReleaseView:
    """Return a release as a person may see it; raise NotFound."""
    return seen_by(actor.role, facts.view_of(desk, conn, facts.release_row(conn, number)))


def _told_of(told_facts: Any) -> str:
    """Return the release that an entry added."""
    return str(next(one["key"][0] for one in told_facts["sets"] if one["table"] == "service_release"))
