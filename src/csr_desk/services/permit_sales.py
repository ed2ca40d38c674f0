"""What a sale does to permits: it issues them, or renews them; what takes the sale back takes them back (G2, G3).

A permit is told by the very entry of its receipt, so that there is never one without the other. The words that were
keyed for it stand once, with the receipt; the permit only tells what was corrected since, and its address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from csr_desk.data.models import permit
from csr_desk.data.queries import Connection, contractors, permits, told
from csr_desk.data.queries.contractors import ContractorRecord
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about, numbering
from csr_desk.domain.cart import PricedLine
from csr_desk.domain.contractor import lacks
from csr_desk.domain.errors import BadInput, Ineligible, NotFound, PaperExpired
from csr_desk.domain.ledger import EntryDraft, EventKey
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.permits import SoldPermit, last_day, permits_sold, write_items
from csr_desk.domain.telling import Change
from csr_desk.services import permit_signing, telling
from csr_desk.services.approvals import Needed
from csr_desk.services.desk import Desk

PERMITS = "permits"
"""The fact of a receipt that names the lines of each of its permits."""
REASON = "contractor_reason"
"""The note that says why a permit was sold although a paper had run out."""
LATE = "late_papers"
"""The fact that names the contractors whose papers had run out."""
_WORDS = ("site", "site_key")


@dataclass(frozen=True, slots=True)
class Buying:
    """Who buys the permits of a sale, where the lines do not say it; ``reason``: why although a paper ran out."""

    contractor: str = ""
    reason: str = ""


NOBODY = Buying()


@dataclass(frozen=True, slots=True)
class Planned:
    """A permit that a sale is about to issue, and what its contractor lacks (each a sentence)."""

    sold: SoldPermit
    contractor: ContractorRecord | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The permits of a sale, and who buys them."""

    permits: tuple[Planned, ...] = ()
    renewals: tuple[Planned, ...] = ()
    buying: Buying = NOBODY
    customer_id: str = ""
    order: str = ""
    """The order that all of them stood on, if it was one."""
    project: str = ""
    """The project of that order, for lines that name none."""

    @property
    def late(self) -> tuple[Planned, ...]:
        """The permits, issued or renewed, whose contractor lacks a paper."""
        return tuple(one for one in (*self.permits, *self.renewals) if one.missing)

    @property
    def lacking(self) -> tuple[str, ...]:
        """Which papers of which contractor have run out, each in a sentence that names the contractor."""
        named = [(one.contractor, said) for one in self.late for said in one.missing]
        return tuple(dict.fromkeys(f"{who.name} ({who.number}): {said}" for who, said in named if who is not None))


NO_PERMITS = Plan()


@dataclass(frozen=True, slots=True)
class Issued:
    """What the entry of a sale tells of permits, beside what it says anyway."""

    changes: tuple[Change, ...] = ()
    about: tuple[str, ...] = ()
    lines: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """By permit: the lines of the receipt that are its items; a fact of the entry (``PERMITS``)."""


def planned(conn: Connection, desk: Desk, lines: Sequence[PricedLine], whose: Plan, day: date) -> Plan:
    """Return the permits that lines issue, with what their contractors lack on a day; ``whose`` says who buys them.

    Raises NotFound (no such contractor), Ineligible (not registered for the trade, suspended, none where the city's
    policy asks for one).
    """
    found = []
    for sold in permits_sold(desk.catalogue, lines):
        if sold.renews:
            continue
        who = _contractor(conn, whose.buying.contractor.strip(), sold)
        if who is None and sold.trade in desk.policy.registered_trades:
            trade = sold.trade.replace("_", " ")
            raise Ineligible(
                f"Only a registered contractor buys {trade} permits. Key the contractor’s number or the number of the "
                "licence.",
                field="contractor",
            )
        found.append(Planned(sold, who, missing_of(who, sold.trade, day)))
    return replace(whose, permits=tuple(found))


def _contractor(conn: Connection, named: str, sold: SoldPermit) -> ContractorRecord | None:
    """Find the contractor of a permit: by the register's number, or by the number of a licence that was keyed.

    What the sale itself names has to be one of the register; what a line's form says need not be.
    """
    for typed, binding in ((sold.contractor, False), (named, True)):
        number = _number(typed, binding=binding)
        if number is None and typed:
            shown = contractors.by_paper(conn, typed)
            number = shown[0] if len(shown) == 1 else None
        found = contractors.one_contractor(conn, number) if number else None
        if found is not None:
            return found
        if typed and binding:
            raise NotFound(f"There is no contractor “{typed[:40]}”.", field="contractor")
    return None


def _number(typed: str, *, binding: bool) -> str | None:
    try:
        read = numbering.read_number(numbering.FIXED["contractor"], typed)
    except BadInput:
        if binding:
            raise
        return None
    return None if read is None else read.number


def missing_of(who: ContractorRecord | None, trade: str, day: date) -> tuple[str, ...]:
    """Return which papers a contractor lacks; raise Ineligible where they may not buy at all."""
    if who is None:
        return ()
    found = lacks(who.standing, trade, day)
    at_all = lacks(replace(who.standing, trades=who.standing.trades | {trade}, state="active"), trade, day)
    if never := [said for said in found if said not in at_all]:
        raise Ineligible(f"{who.name} ({who.number}): {' '.join(never)}", field="contractor")
    return at_all


def asked_of(actor: Actor, key: str, plan: Plan) -> tuple[Needed, ...]:
    """Say what a second person must approve of a sale (cents): permits whose contractor's paper has run out.

    Raises PaperExpired where nobody says why, NotPermitted where the actor may not even ask for it.
    """
    if not plan.late:
        return ()
    if not plan.buying.reason.strip():
        raise PaperExpired(
            f"{' '.join(plan.lacking)} Ask for the new paper, or say why it is sold all the same and have a "
            "supervisor approve.",
            field="contractor",
        )
    actor.require(Act.OVERRIDE_CONTRACTOR)
    return ((Act.OVERRIDE_CONTRACTOR, key, sum(one.sold.paid for one in plan.late)),)


def with_reason(draft: EntryDraft, plan: Plan) -> EntryDraft:
    """Say in the entry of a sale whose papers had run out, and why it was made all the same."""
    late = sorted({one.contractor.number for one in plan.late if one.contractor is not None})
    if not late:
        return draft
    notes = {**draft.notes, REASON: plan.buying.reason.strip()}
    return replace(draft, facts={**draft.facts, LATE: late}, notes=notes)


def issued(work: Work, desk: Desk, key: EventKey, plan: Plan, day: date) -> Issued:
    """Give each permit of a sale its number and say what the sale's entry tells of it.

    ``key`` is where that entry is about to stand; ``day`` is the day of issue.
    """
    signer = permit_signing.signer_of(work.conn, desk) if plan.permits else None
    changes: list[Change] = []
    subjects: list[str] = []
    lines: dict[str, tuple[int, ...]] = {}
    counted: Change | None = None
    for one in plan.permits:
        number, counted = telling.next_number(work.conn, desk, "permit", day.year, after=counted)
        row = _row(work.conn, desk, one, plan, (key, day))
        if signer is not None:
            row["signature"] = signer.sign(permit_signing.statement(desk, number, row).signed)
        words = {name: str(row.pop(name)) for name in _WORDS if row[name]}
        changes += [counted, told.added(permit, (number,), row, words)]
        subjects += subjects_of(number, {**row, **words})
        lines[number] = one.sold.lines
    return Issued(tuple(changes), tuple(subjects), lines)


def _row(
    conn: Connection, desk: Desk, one: Planned, plan: Plan, when: tuple[EventKey, date]
) -> dict[str, str | int | None]:
    from csr_desk.domain.sites import site_key  # noqa: PLC0415 - it loads the reader of addresses

    key, day = when
    sold = one.sold
    expires = last_day(sold.validity, day, desk.policy.permit_days)
    return {
        "project_no": _project(conn, desk, sold.project) or plan.project or None,
        "kind": sold.kind,
        "items": write_items(sold.items),
        "description": sold.description,
        "trade": sold.trade or None,
        "inputs": "{}",
        "site": sold.site,
        "site_key": site_key(sold.site) if sold.site else "",
        "customer_id": plan.customer_id or None,
        "contractor_no": one.contractor.number if one.contractor else None,
        "order_no": plan.order or None,
        "state": "issued",
        "issued_on": day.isoformat(),
        "expires_on": expires.isoformat() if expires else None,
        "renewals": 0,
        "paid_minor": sold.paid,
        "receipt_series": key.series,
        "receipt_seq": key.seq,
        "receipt_line": sold.lines[0],
    }


def _project(conn: Connection, desk: Desk, typed: str) -> str | None:
    """Return the project that was keyed where it is one of ours; another system's number stays with the receipt."""
    try:
        read = numbering.read_number(desk.policy.project_pattern, typed)
    except BadInput:
        return None
    return read.number if read is not None and permits.has_project(conn, read.number) else None


def subjects_of(number: str, row: Mapping[str, object]) -> list[str]:
    """Return what an entry about a permit is about: the permit, its project, its contractor, its place."""
    found = [about.permit(number)]
    if row.get("project_no"):
        found.append(about.project(str(row["project_no"])))
    if row.get("contractor_no"):
        found.append(about.contractor(str(row["contractor_no"])))
    if row.get("site_key"):
        found.append(about.site(str(row["site_key"])))
    return found
