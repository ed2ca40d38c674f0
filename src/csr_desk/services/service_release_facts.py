"""What the conditions of a service release are read from, and a release as it is shown."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from csr_desk.data.models import company, contractor, permit, service_release
from csr_desk.data.queries import Connection, project_rows, told
from csr_desk.data.queries import holds as hold_rows
from csr_desk.data.queries import service_releases as rows
from csr_desk.data.queries.sent_back import owed_of_returned
from csr_desk.data.queries.told import Record
from csr_desk.domain import about, numbering
from csr_desk.domain.chain import canonical_json
from csr_desk.domain.contractor import Standing, lacks
from csr_desk.domain.errors import BadInput, NotFound, WrongState
from csr_desk.domain.holds import Hold, against_release
from csr_desk.domain.money import Cents
from csr_desk.domain.release import (
    Condition,
    Countdown,
    Finding,
    Kind,
    PermitLook,
    ReleaseLook,
    findings,
    unconfirmed_since,
)
from csr_desk.domain.release_register import INSPECTIONS, ReleaseView
from csr_desk.domain.sites import compared
from csr_desk.domain.steps import RELEASE
from csr_desk.domain.workdays import after_workdays, workdays_left
from csr_desk.services.desk import Desk, moment

LONGEST_NUMBER = 40
BEFORE_SENDING = frozenset({"requested", "eligible"})


@dataclass(frozen=True, slots=True)
class Looked:
    """What looking at a release came to."""

    findings: tuple[Finding, ...]
    site: str
    """As permitted now, while it was not sent."""
    inspection: str
    """The passed inspection that counts, or nothing."""


def read_series(series: str, typed: str, noun: str, field: str) -> str:
    """Return a number as keyed or scanned, written as it was issued; raise NotFound or BadInput."""
    read = numbering.read_number(numbering.FIXED[series], typed)
    if read is None:
        raise NotFound(f"There is no {noun} “{typed.strip()[:LONGEST_NUMBER]}”.", field=field)
    return read.number


def release_row(conn: Connection, typed: str, *, lock: bool = False) -> Record:
    """Return a release; raise NotFound."""
    number = read_series("release", typed, "release", "release")
    row = told.record(conn, service_release, number, lock=lock)
    if row is None:
        raise NotFound(f"There is no release {number}.", field="release")
    return row


def refuse_made(row: Mapping[str, Any]) -> None:
    """Raise WrongState for a release whose batch was made and not sent: its file and paper are out of the house."""
    if row["batch_no"] and row["state"] in BEFORE_SENDING:
        raise WrongState(
            f"Release {row['release_no']} stands in batch {row['batch_no']}, which was made and not sent: say who took "
            "the batch, or call it off first.",
            field="release",
        )


def company_row(conn: Connection, number: str) -> Record:
    """Return a company of the directory; raise NotFound, or BadInput for one that is not dealt with any more."""
    row = told.record(conn, company, number.strip())
    if row is None and (read := numbering.read_number(numbering.FIXED["company"], number)) is not None:
        row = told.record(conn, company, read.number)
    if row is None:
        raise NotFound(f"There is no company “{number.strip()[:LONGEST_NUMBER]}”.", field="company")
    if not row["active"]:
        raise BadInput(f"{row['name']} is not dealt with any more.", field="company")
    return row


def permit_row(conn: Connection, typed: str) -> Record:
    """Return a permit; raise NotFound."""
    number = read_series("permit", typed, "permit", "permit")
    row = told.record(conn, permit, number)
    if row is None:
        raise NotFound(f"There is no permit {number}.", field="permit")
    return row


def look(desk: Desk, conn: Connection, row: Mapping[str, Any]) -> Looked:
    """Look at every condition of a release as it stands now; ``row`` is its columns, told already or about to be."""
    today = desk.today()
    kind = Kind(row["kind"])
    of_permit = told.record(conn, permit, row["permit_no"]) if row["permit_no"] else None
    site = str(of_permit["site"] if of_permit and row["state"] in BEFORE_SENDING else row["site"])
    passed, seen = ("", None) if of_permit is None else _permit_look(conn, of_permit, kind, today)
    violations, holds = against_release(_holds(conn, row, of_permit), today)
    wires = told.record(conn, company, row["company_id"])
    found = findings(
        ReleaseLook(
            kind=kind,
            site=site,
            utility_site=row["utility_site"] or "",
            premise=row["premise"] or "",
            premise_code=(wires or {}).get("premise_code") or "",
            permit=seen,
            manual=row["manual"] or "",
            violations=tuple(hold.words for hold in violations),
            holds=tuple(hold.words for hold in holds),
            mobile_home=bool(row["mobile_home"]),
        ),
        today,
    )
    return Looked(found, site, passed)


def conditions_text(found: Sequence[Finding]) -> str:
    """Write what was met and what was not as the column keeps it: codes only, no words."""
    met = [one.condition.value for one in found if one.met]
    return canonical_json({"met": met, "missing": [one.condition.value for one in found if not one.met]})


def stood(text: str) -> tuple[Condition, ...] | None:
    """Return what was missing as the column keeps it (``conditions_text``); None where it says nothing."""
    kept = json.loads(text or "{}")
    return tuple(map(Condition, kept["missing"])) if isinstance(kept, dict) and "missing" in kept else None


def _permit_look(conn: Connection, of_permit: Record, kind: Kind, today: date) -> tuple[str, PermitLook]:
    counted = [one for one in rows.inspections_of(conn, of_permit["permit_no"]) if one["kind"] in INSPECTIONS[kind]]
    done = sorted(
        (one for one in counted if one["state"] in {"passed", "failed"}),
        key=lambda one: (one["inspected_on"] or "", one["inspection_no"]),
    )
    passed = done[-1] if done and done[-1]["state"] == "passed" else None
    waits = any(one["state"] in {"requested", "scheduled"} for one in counted)
    last = "requested" if waits else ("failed" if done else "")
    seen = PermitLook(
        number=of_permit["permit_no"],
        state=of_permit["state"],
        last_day=_day(of_permit["expires_on"]),
        passed_on=_day(passed["inspected_on"]) if passed else None,
        last_result=last,
        owed=_owed(conn, of_permit, today),
        contractor_lacks=_lacks(conn, of_permit, today),
    )
    return (passed["inspection_no"] if passed else ""), seen


def _owed(conn: Connection, of_permit: Record, today: date) -> Cents:
    """Return what is due on a permit: all that is due on its project, or where it has none its own supplements.

    What the bank sent back of the receipts that paid them was not paid either.
    """
    number, project = of_permit["permit_no"], of_permit["project_no"]
    returned = owed_of_returned(conn, number, project)
    if project:
        return returned + project_rows.due_on(conn, [project], today)[project]
    return returned + sum(int(row["amount_minor"]) for row in project_rows.supplements_due(conn, [number]))


def _lacks(conn: Connection, of_permit: Record, today: date) -> tuple[str, ...]:
    number = of_permit["contractor_no"]
    if not number:
        return ()
    row = told.record(conn, contractor, number) or {"state": "closed", "trades": ""}
    standing = Standing(row["state"], frozenset(row["trades"].split()), rows.papers_of(conn, number))
    return lacks(standing, of_permit["trade"] or "", today)


def _holds(conn: Connection, row: Mapping[str, Any], of_permit: Record | None) -> tuple[Hold, ...]:
    """Return what stands against a release: on its place, its papers and its people."""
    subjects = {about.site(str((of_permit or row)["site_key"]))}
    for column, subject in (("permit_no", about.permit), ("project_no", about.project)):
        subjects |= {subject(str(row[column]))} if row[column] else set()
    if row["contractor_no"]:
        subjects.add(about.contractor(str(row["contractor_no"])))
    people = [str(row["customer_id"])] if row["customer_id"] else ()
    return hold_rows.holds_about(conn, people, (), subjects)


def view_of(desk: Desk, conn: Connection, row: Record) -> ReleaseView:
    """Return a release as it is shown, its conditions as they stand now."""
    seen = look(desk, conn, row)
    state = str(row["state"])
    wires = told.record(conn, company, row["company_id"]) or {}
    sent_at = moment(row["sent_at"]) if row["sent_at"] else None
    ends = _day(row["expires_on"])
    waits = ends is not None and state in {"eligible", "sent", "confirmed"}
    batch = rows.batch_row(conn, row["batch_no"]) if row["batch_no"] else None
    return ReleaseView(
        number=row["release_no"],
        kind=Kind(row["kind"]),
        state=state,
        company=row["company_id"],
        company_name=str(wires.get("name", "")),
        permit=row["permit_no"] or "",
        project=row["project_no"] or "",
        customer=row["customer_id"] or "",
        contractor=row["contractor_no"] or "",
        manual=row["manual"] or "",
        reason=row["reason"] or "",
        site=seen.site,
        utility_site=row["utility_site"] or "",
        premise=row["premise"] or "",
        mobile_home=bool(row["mobile_home"]),
        emergency=bool(row["emergency"]),
        findings=seen.findings,
        compared=compared(seen.site, row["utility_site"]) if row["utility_site"] else None,
        steps=RELEASE.open_steps(state),
        requested_on=date.fromisoformat(row["requested_on"]),
        requested_by=row["requested_by"],
        company_channel=str(wires.get("channel", "")),
        inspection=seen.inspection,
        sent_at=sent_at,
        channel=row["channel"] or "",
        contact=row["contact"] or "",
        confirmed_at=moment(row["confirmed_at"]) if row["confirmed_at"] else None,
        confirmation=row["confirmation"] or "",
        energised_on=_day(row["energised_on"]),
        ended_on=_day(row["ended_on"]),
        answer=row["answer"] or "",
        countdown=countdown_to(desk, ends) if waits and ends else None,
        batch=row["batch_no"] or "",
        message=(batch["message_state"] or "") if batch else "",
        late=is_late(desk, row),
        unmatched=bool(row["unmatched"]),
        repeats=row["repeats"] or "",
        stood=stood(row["conditions"]) if sent_at else None,
    )


def countdown_to(desk: Desk, ends: date) -> Countdown:
    """Count down to a last day that was told already: it stays that day, be it a holiday by now."""
    return Countdown(ends, workdays_left(desk.today(), ends, holidays=desk.policy.days_off))


def move_in_ends(desk: Desk, begins: date) -> str:
    """Return the last day, as columns keep it, that a move-in order waits for its release (G10)."""
    return after_workdays(begins, desk.policy.move_in_days, holidays=desk.policy.days_off).isoformat()


def is_late(desk: Desk, row: Mapping[str, Any]) -> bool:
    """Say whether a release was sent and should have been confirmed by now; the day is the office's own."""
    if row["state"] != "sent" or not row["sent_at"]:
        return False
    return unconfirmed(desk, desk.local(moment(row["sent_at"])).date())


def unconfirmed(desk: Desk, sent_on: date) -> bool:
    """Say whether what went out on a day should have been confirmed by now (control 48)."""
    policy = desk.policy
    return unconfirmed_since(sent_on, desk.today(), policy.release_days, holidays=policy.days_off)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
