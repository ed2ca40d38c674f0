"""Controls 27 to 33: the blind count, over and short, acceptance."""

from __future__ import annotations

from csr_desk.data.queries import batches
from csr_desk.data.queries.batches import BatchRecord
from csr_desk.data.queries.entries import Event
from csr_desk.domain.drawer import BatchState
from csr_desk.domain.errors import NotPermitted
from csr_desk.domain.evidence import Finding, Row, Status
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.money import plain
from csr_desk.domain.people import PERMISSIONS, Act, Actor, Role
from csr_desk.domain.postings import HOUSE
from csr_desk.domain.tender import TenderKind
from csr_desk.domain.workdays import next_workday
from csr_desk.services.evidence.check import WORKING_DAYS, Check, judged, looked_at, plural
from csr_desk.services.evidence.look import Look

PLACES = frozenset(HOUSE.of_tender(kind.value) for kind in TenderKind)
"""Accounts where tenders lie: the other side of a booked difference is over and short."""


def blind(look: Look) -> Finding:
    """27: whoever may hold a drawer is refused to see what it should hold."""
    bad: list[Row] = []
    holders = [role for role in Role if Act.OPEN_DRAWER in PERMISSIONS[role]]
    for role in holders:
        try:
            Actor("tried", "Tried", role.value, role).require(Act.SEE_EXPECTED)
        except NotPermitted:
            continue
        bad.append((role.value, Act.SEE_EXPECTED.value, "the program allows it"))
    counts = look.of(EventKind.COUNT)
    for event in counts:
        told = {**event.facts.get("agrees", {}), **event.facts.get("items_agree", {})}
        if any(not isinstance(said, bool) for said in told.values()):
            bad.append((look.name(event.actor), event.batch or "", "the verdict of a count tells an amount"))
    more = f"{plural(len(counts), 'count')} looked at: each told yes or no, never an amount."
    return judged(
        len(holders) + len(counts), "case", "the amount could be seen", ("who", "what", "finding"), bad, more=more
    )


def attempts(look: Look) -> Finding:
    """28: the counts of a batch are numbered without a gap, not too many a round; above tolerance there is a reason."""
    bad: list[Row] = []
    counted = [row for row in look.batches if look.of_batch(row.batch_id, EventKind.COUNT)]
    for row in counted:
        steps = look.of_batch(
            row.batch_id, EventKind.COUNT, EventKind.BATCH_REJECTED, EventKind.BATCH_REOPENED, EventKind.BATCH_ACCEPTED
        )
        bad += _count_faults(look, row, steps)
    return judged(len(counted), "counted batch|counted batches", "not in order", ("batch", "custodian", "finding"), bad)


def _count_faults(look: Look, row: BatchRecord, steps: tuple[Event, ...]) -> list[Row]:
    found: list[Row] = []
    number = start = 0
    for event in steps:
        if event.kind is EventKind.COUNT:
            number += 1
            if int(event.facts["attempt"]) != number:
                found.append((row.batch_id, row.custodian_name, f"count {number} is numbered {event.facts['attempt']}"))
            if number - start > look.policy_at(event.recorded_at).count_attempts:
                found.append((row.batch_id, row.custodian_name, f"count {number} is one too many"))
        elif event.kind is EventKind.BATCH_ACCEPTED:
            tolerance = look.policy_at(event.recorded_at).tolerance
            over = [tie for tie in event.facts["ties"] if abs(tie["over_short"] or 0) > tolerance]
            if over and not look.note(event, "reason"):
                found.append((row.batch_id, row.custodian_name, "accepted above the tolerance without a reason"))
        else:
            start = number
    return found


def by_tender(look: Look) -> Finding:
    """29: every tender that lies in a drawer was counted, with as many items as were entered."""
    bad: list[Row] = []
    accepted = look.of(EventKind.BATCH_ACCEPTED)
    for event in accepted:
        for tie in event.facts["ties"]:
            place = (event.batch or "", str(tie["name"]))
            if tie["items_counted"] is not None and tie["items_counted"] != tie["items_expected"]:
                bad.append((*place, str(tie["items_expected"]), str(tie["items_counted"]), "another number of items"))
            elif tie["over_short"] is None and tie["tender"] in {"check", "cashiers_check", "money_order"}:
                bad.append((*place, str(tie["items_expected"]), "", "was not counted"))
    return judged(
        len(accepted),
        "acceptance",
        "tenders not counted rightly",
        ("batch", "tender", "expected", "counted", "finding"),
        bad,
    )


def over_short(look: Look) -> Finding:
    """30: each acceptance posted exactly its differences; large ones are listed for the officers."""
    bad: list[Row] = []
    large: list[Row] = []
    accepted = look.of(EventKind.BATCH_ACCEPTED)
    custodians = {row.batch_id: row.custodian_name for row in look.batches}
    for event in accepted:
        said = sum(tie["over_short"] or 0 for tie in event.facts["ties"])
        rows = look.postings.get(event.key, ())
        posted = sum(row.amount for row in rows if row.account in PLACES)
        other = -sum(row.amount for row in rows if row.account not in PLACES)
        who = custodians.get(event.batch or "", "")
        if not said == posted == other:
            bad.append((event.batch or "", who, plain(said), plain(posted), "not posted as counted"))
        elif abs(said) >= look.policy_at(event.recorded_at).report_over_short:
            large.append((event.batch or "", who, plain(said), plain(posted), "to be reported to the named officers"))
    heads = ("batch", "custodian", "over or short", "posted", "finding")
    total = sum(tie["over_short"] or 0 for event in accepted for tie in event.facts["ties"])
    base = judged(len(accepted), "acceptance", "not posted as counted", heads, bad, more=f"Together {plain(total)}.")
    return looked_at(base, f"{plural(len(large), 'batch|batches')} at or above the threshold.", heads, large)


def accepted_by_another(look: Look) -> Finding:
    """31: whoever accepts never touched the drawer, and does it the same or the next business day."""
    bad: list[Row] = []
    custodians = {row.batch_id: row.custodian for row in look.batches}
    accepted = look.of(EventKind.BATCH_ACCEPTED)
    for event in accepted:
        held = look.of_batch(event.batch or "", EventKind.SALE, EventKind.BATCH_OPENED, EventKind.CUSTODY_HANDED)
        hands = {one.actor for one in held} | {one.approver for one in held if one.kind is EventKind.CUSTODY_HANDED}
        due = next_workday(event.business_date, holidays=look.policy_at(event.recorded_at).days_off)
        day = look.local(event).date()
        if event.actor in hands | {custodians.get(event.batch or "", "")}:
            bad.append((event.batch or "", look.name(event.actor), look.stamp(event), "handled this drawer"))
        if day > due:
            bad.append((event.batch or "", look.name(event.actor), look.stamp(event), f"accepted {day}, due {due}"))
    return judged(len(accepted), "acceptance", "by the wrong hand, or late", ("batch", "by", "when", "finding"), bad)


def open_batches(look: Look) -> Finding:
    """32: no batch stays open longer than the next business day."""
    today, days_off = look.desk.today(), look.desk.policy.days_off
    unfinished = [row for row in batches.unfinished(look.conn) if row.business_date <= look.last]
    bad = [
        (row.batch_id, row.custodian_name, row.state.value, f"since {row.business_date}")
        for row in unfinished
        if next_workday(row.business_date, holidays=days_off) < today
    ]
    more = f"{plural(len(unfinished), 'batch|batches')} not accepted yet, as of {today}."
    return judged(
        len(look.batches), "batch|batches", "open too long", ("batch", "custodian", "state", "finding"), bad, more=more
    )


def reopened(look: Look) -> Finding:
    """33: each reopened batch has a reason and another person's name, and was counted anew before it was accepted."""
    bad: list[Row] = []
    good: list[Row] = []
    cases = look.of(EventKind.BATCH_REOPENED)
    records = {row.batch_id: row for row in look.batches}
    for event in cases:
        row = records.get(event.batch or "")
        after = [one for one in look.of_batch(event.batch or "") if one.key.seq > event.key.seq]
        counted = any(one.kind is EventKind.COUNT for one in after)
        told = (event.batch or "", look.name(event.actor), look.stamp(event))
        if not look.note(event, "reason"):
            bad.append((*told, "without a reason"))
        elif row is not None and event.actor == row.custodian:
            bad.append((*told, "by its own holder"))
        elif row is not None and row.state is BatchState.ACCEPTED and not counted:
            bad.append((*told, "accepted again without a new count"))
        else:
            good.append((*told, look.note(event, "reason")))
    heads = ("batch", "by", "when", "finding")
    if not cases:
        return Finding(Status.MET, "No batch was reopened in the period.", heads)
    return looked_at(judged(len(cases), "reopening", "not in order", heads, bad), "Each is listed.", heads, good)


CHECKS = (
    Check(
        27,
        blind,
        "For every role that may hold a drawer, seeing what it should hold is asked for and must be refused; every "
        "verdict that a count gave is looked at for anything but yes and no.",
        "Screens and papers are tried by the program's own tests, which look for the amount in everything shown.",
    ),
    Check(
        28,
        attempts,
        "The counts of every batch are followed in order: numbered without a gap, not more in a round than the "
        "setting of "
        "that moment, and a reason at an acceptance above the tolerance.",
    ),
    Check(
        29,
        by_tender,
        "The frozen figures of every acceptance are looked at: checks and money orders counted by number of items and "
        "tape, as many as were entered.",
        "Cards against the processor's own batch: no file of the processor is read by this program.",
    ),
    Check(
        30,
        over_short,
        "The differences that every acceptance froze are compared with what the same entry posted to over and short; "
        "those at or above the threshold are listed.",
        "That somebody looks at the twelve months of each clerk; the exception report has them.",
    ),
    Check(
        31,
        accepted_by_another,
        "Whoever accepted is compared with everybody who opened or sold in that batch, and the day with the next "
        "working day after its business date.",
        WORKING_DAYS,
    ),
    Check(
        32,
        open_batches,
        "Every batch that is not accepted is compared with today's date, by working days.",
        WORKING_DAYS,
    ),
    Check(
        33,
        reopened,
        "Every reopening of the period is looked at for its reason, who did it, and a new count before the acceptance.",
    ),
)
