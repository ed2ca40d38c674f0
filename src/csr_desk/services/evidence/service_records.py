"""Controls 47 to 56: service, records, continuity."""

from __future__ import annotations

from datetime import datetime, timedelta

from csr_desk.data.queries import period
from csr_desk.data.queries.entries import Event
from csr_desk.domain.evidence import Finding, Row, Status
from csr_desk.domain.ledger import EventKey, EventKind
from csr_desk.services.clock import read_stamp
from csr_desk.services.clock_watch import BACKWARD
from csr_desk.services.evidence.check import Check, cannot, judged, looked_at, not_kept, plural
from csr_desk.services.evidence.look import Look
from csr_desk.services.evidence.released import confirmed, released

_NOT_TESTED = "Not tested: nothing of it is in the data."
_ALL = "All of it."
_MASK = "\u2022"


def schedule(look: Look) -> Finding:
    """51: every price names the authority it stands on; a schedule loaded in the period was approved by another."""
    bad: list[Row] = []
    prices = 0
    for item in look.desk.catalogue.items.values():
        for version in item.versions:
            prices += 1
            if not version.authority.strip():
                bad.append((item.code, item.name, f"since {version.effective_from}", "names no authority"))
    loaded = look.of(EventKind.CATALOGUE_LOADED)
    bad += [
        (str(event.facts.get("label", "")), look.name(event.actor), look.stamp(event), "loaded without a second person")
        for event in loaded
        if event.approver is None or event.approver == event.actor
    ]
    more = f"{plural(len(loaded), 'schedule')} loaded in the period."
    return judged(
        prices + len(loaded),
        "price and schedule|prices and schedules",
        "not in order",
        ("item or schedule", "name or by", "when", "finding"),
        bad,
        more=more,
    )


def masked(look: Look) -> Finding:
    """52: bank accounts are kept masked; who looked at a customer is not recorded, which is said."""
    bad: list[Row] = []
    seen = 0
    for table, column, text in period.texts(look.conn):
        if column == "account_masked":
            seen += 1
            if sum(mark.isalnum() for mark in text) > 4 or _MASK not in text:  # noqa: PLR2004 - four marks at most
                bad.append((table, column, f"text {seen}", "shows more than its last four"))
    heads = ("table", "column", "place", "finding")
    said = "Who looked at which customer is not recorded by this program."
    if bad:
        return judged(seen, "bank account", "not masked", heads, bad, more=said)
    return cannot(f"{said} {plural(seen, 'bank account')} kept, all masked to four digits.", heads)


def purged(look: Look) -> Finding:
    """53: retention classes are not kept; what was purged is listed, and each purge has two people."""
    cases = look.of(EventKind.NOTE_REDACTED)
    heads = ("entry", "by", "approved by", "finding")
    rows = tuple(
        (
            look.place(event),
            look.name(event.actor),
            look.name(event.approver),
            "one person only" if event.approver in {None, event.actor} else "two people",
        )
        for event in cases
    )
    said = f"Retention classes and legal holds are not kept by this program. {plural(len(cases), 'text')} purged."
    if any(row[-1] == "one person only" for row in rows):
        return Finding(Status.NOT_MET, said, heads, rows)
    return cannot(said, heads, rows)


def rehearsed(look: Look) -> Finding:
    """54: the backup that all this was read from holds every entry, recomputes, and carries the same seals."""
    heads = ("series", "entry", "seal of the database", "seal of the restored copy")
    if not look.from_copy:
        return cannot(
            "The database is on a server, whose backups are the city's: this program makes and restores none."
        )
    rows = []
    for head in look.heads:
        event = look.event(EventKey(head.series, head.entries)) if head.entries else None
        sealed = event.mac.hex() if event else head.seal if not head.entries else "missing"
        rows.append((head.series, str(head.entries), head.seal, sealed))
    same = all(row[2] == row[3] for row in rows)
    if not look.verified.ok or not same:
        said = look.verified.first_fault or "its seals are others"
        return Finding(Status.NOT_MET, f"The restored copy is not good: {said}.", heads, tuple(rows))
    figure = f"A backup was made and opened apart: {look.verified.checked:,} entries recomputed, the same seals."
    return Finding(Status.MET, figure, heads, tuple(rows))


def _fall(event: Event) -> tuple[datetime, datetime]:
    """Return where the clock came down to, and from where; the jump stands in the office's series for all of them."""
    now, seconds = read_stamp(event.recorded_at), int(str(event.facts.get("seconds", 0)))
    return now, now - timedelta(seconds=seconds)


def _explained(falls: list[tuple[datetime, datetime]], before: str, at: str) -> bool:
    """Say whether a recorded jump came between two instants; one of up to a minute is none and needs no record."""
    high, low = read_stamp(before), read_stamp(at)
    return high - low <= BACKWARD or any(now <= low + BACKWARD and high <= then + BACKWARD for now, then in falls)


def clocks(look: Look) -> Finding:
    """56: every instant is UTC, none runs back in its series without a recorded jump of the clock."""
    bad: list[Row] = []
    seen = 0
    falls = [_fall(event) for event in look.of(EventKind.CLOCK_JUMP)]
    for series in look.rows("series"):
        before = ""
        for seq, kind, at in period.instants(look.conn, str(series["series_id"])):
            seen += 1
            if not at.endswith("Z"):
                bad.append((str(series["series_id"]), str(seq), at, "not in UTC"))
            elif at < before and kind != EventKind.CLOCK_JUMP.value and not _explained(falls, before, at):
                bad.append((str(series["series_id"]), str(seq), at, f"before {before} without a recorded jump"))
            before = at
    jumps = [
        (event.key.series, str(event.key.seq), event.recorded_at, "a jump of the clock, recorded")
        for event in look.of(EventKind.CLOCK_JUMP)
    ]
    heads = ("series", "entry", "recorded", "finding")
    more = f"The office's time zone is {look.desk.office.time_zone}; nothing in the program changes it."
    base = judged(seen, "instant", "not in order", heads, bad, more=more)
    return looked_at(base, f"{plural(len(jumps), 'jump')} of the clock.", heads, jumps)


CHECKS = (
    Check(
        47,
        released,
        "Every release that was sent in the period is looked at for what it lacked then, its passed inspection, and, "
        "without a permit, its reason and its second signature.",
        "Whether the inspector saw the right house is seen by a person.",
    ),
    Check(
        48,
        confirmed,
        "Every release of the period that was confirmed or is live is looked at for its confirmation number; what "
        "waits longer than the policy allows is listed.",
    ),
    Check(49, not_kept("Complaints are not kept by this program yet."), _NOT_TESTED, _ALL),
    Check(50, not_kept("Knowledge cards, forms and notices are not kept by this program yet."), _NOT_TESTED, _ALL),
    Check(
        51,
        schedule,
        "Every price of the catalogue in force is looked at for the authority that it names; every schedule "
        "loaded in the "
        "period for a second person.",
        "Whether the ordinance really says that amount is read by a person.",
    ),
    Check(
        52,
        masked,
        "Every bank account in the database is looked at for its mask.",
        "The log of who looked at a customer: the program keeps none.",
    ),
    Check(
        53,
        purged,
        "Every recorded purge of the period is listed with its two people.",
        "Retention classes and legal holds: the program keeps none.",
    ),
    Check(
        54,
        rehearsed,
        "A backup of the database is made by the database's own means, opened in another folder, its pages "
        "checked, every "
        "entry recomputed, and its seals compared with those here; then the copy is deleted.",
        "Where the city keeps its own backups, and how old they are.",
    ),
    Check(
        55,
        not_kept(
            "There are no offline sales: every counter writes to the one database, which gives the numbers; "
            "control 7 looks for doubles."
        ),
        _NOT_TESTED,
        _ALL,
    ),
    Check(
        56,
        clocks,
        "Every instant of the whole ledger is read in its order: in UTC, and not before the one it follows "
        "unless a jump "
        "of the clock was recorded.",
    ),
)
