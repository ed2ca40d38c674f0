"""Controls 19 to 26: who holds which cash, and how it is watched over."""

from __future__ import annotations

from csr_desk.data.queries.batches import BatchRecord
from csr_desk.data.queries.entries import Event
from csr_desk.domain.evidence import Finding, Row, Status
from csr_desk.domain.ledger import EventKind, TenderRole
from csr_desk.domain.money import Cents, plain
from csr_desk.domain.postings import HOUSE
from csr_desk.domain.tender import TenderKind
from csr_desk.domain.workdays import quarters
from csr_desk.services.evidence.check import Check, cannot, judged, looked_at, not_kept, plural
from csr_desk.services.evidence.look import Look

_HOLDS = frozenset({
    EventKind.SALE, EventKind.VOID, EventKind.REFUND, EventKind.NO_SALE, EventKind.DROP, EventKind.CHANGE_ORDER,
    EventKind.COUNT,
})  # fmt: skip
_ENDS = (EventKind.COUNT_SUBMITTED, EventKind.BATCH_ACCEPTED)
_BEGINS = (EventKind.BATCH_OPENED, EventKind.BATCH_REOPENED, EventKind.BATCH_REJECTED)


def one_holder(look: Look) -> Finding:
    """19: sessions of one drawer never overlap, and only the holder acts in one."""
    bad: list[Row] = []
    holders = {row.batch_id: row.custodian for row in look.batches}
    holder: dict[str, str] = {}
    running: dict[str, str] = {}
    for event in look.events:
        if event.batch is None or event.key.series == look.desk.office_series:
            continue
        at = event.key.series
        if event.kind in _BEGINS:
            if running.get(at, event.batch) != event.batch:
                bad.append((at, look.stamp(event), look.name(event.actor), f"begins while {running[at]} is open"))
            running[at] = event.batch
            if event.kind is EventKind.BATCH_OPENED:
                holder[event.batch] = event.actor
        elif event.kind in _ENDS:
            running.pop(at, None)
        elif event.kind is EventKind.CUSTODY_HANDED:
            holder[event.batch] = event.approver or event.actor
        elif event.kind in _HOLDS and event.actor != holder.get(event.batch, holders.get(event.batch)):
            bad.append((at, look.stamp(event), look.name(event.actor), f"acts in {event.batch} of somebody else"))
    return judged(
        len(look.batches),
        "session",
        "sessions that overlap, or another's hand in them",
        ("drawer", "when", "who", "finding"),
        bad,
    )


def floats(look: Look) -> Finding:
    """20: every opening float is the authorized one; the register of change funds is whole."""
    bad: list[Row] = []
    signed: list[Row] = []
    opened = look.of(EventKind.BATCH_OPENED)
    for event in opened:
        counted, authorized = int(event.facts["counted"]), int(event.facts["authorized"])
        if counted != authorized:
            row = (event.batch or "", look.name(event.actor), plain(counted), plain(authorized))
            excused = event.approver is not None and look.note(event, "reason")
            (signed if excused else bad).append((*row, "differs, signed with a reason" if excused else "differs"))
    funds = [row for row in look.rows("change_fund") if row["active"]]
    counted_at = {str(event.facts.get("fund") or "") for event in look.of(EventKind.SURPRISE_COUNT)}
    for drawer in look.rows("drawer"):
        mine = [fund for fund in funds if fund["drawer_id"] == drawer["drawer_id"]]
        if drawer["active"] and sum(int(fund["amount_minor"]) for fund in mine) != int(
            drawer["authorized_float_minor"]
        ):
            held = plain(sum(int(fund["amount_minor"]) for fund in mine))
            bad.append(
                (
                    str(drawer["drawer_id"]),
                    "",
                    held,
                    plain(int(drawer["authorized_float_minor"])),
                    "not in the register of change funds with its amount",
                )
            )
    for fund in funds:
        lacking = [
            word
            for word, there in (
                ("custodian", fund["custodian_id"] or fund["drawer_id"]),
                ("authority", str(fund["authority"]).strip()),
            )
            if not there
        ]
        if lacking:
            bad.append((str(fund["fund_id"]), str(fund["name"]), "", "", f"without {' and '.join(lacking)}"))
    heads = ("batch or fund", "who", "counted", "authorized", "finding")
    more = f"{plural(len(funds), 'fund')} in the register, {len(counted_at - {''})} of them counted in the period."
    base = judged(
        len(opened) + len(look.rows("drawer")),
        "float and drawer|floats and drawers",
        "not in order",
        heads,
        bad,
        more=more,
    )
    return looked_at(base, f"{plural(len(signed), 'float')} differed with a signature.", heads, signed)


def hand_overs(look: Look) -> Finding:
    """21: every hand-over is signed by whoever took over, and carries what both counted alike."""
    bad: list[Row] = []
    handed = look.of(EventKind.CUSTODY_HANDED)
    for event in handed:
        faults = [
            said
            for said, wrong in (
                ("one name only", event.approver in {None, event.actor}),
                ("signed by somebody else", event.facts.get("to") not in {None, event.approver}),
                ("without a count", "cash" not in event.facts),
            )
            if wrong
        ]
        if faults:
            told = (event.batch or "", look.stamp(event), look.name(event.actor), look.name(event.approver))
            bad.append((*told, "; ".join(faults)))
    return judged(
        len(handed), "hand-over", "without two counts or two names", ("batch", "when", "from", "to", "finding"), bad
    )


def cash_limit(look: Look) -> Finding:
    """22: no cash was taken over the limit of that moment; every drop has pieces and two people."""
    bad: list[Row] = []
    for row in look.batches:
        bad += _over_limit(look, row)
    drops = look.of(EventKind.DROP)
    for event in drops:
        pieces = sum(int(value) * int(number) for value, number in dict(event.facts["pieces"]).items())
        alone = event.approver is None or event.approver == event.actor
        if alone or pieces != int(event.facts["amount"]):
            said = "without a second person" if alone else "its pieces do not make its amount"
            bad.append(
                (event.batch or "", look.stamp(event), look.name(event.actor), plain(int(event.facts["amount"])), said)
            )
    return judged(
        len(look.batches),
        "session",
        "cash over the limit, or drops not in order",
        ("batch", "when", "who", "amount", "finding"),
        bad,
        more=f"{plural(len(drops), 'drop')} looked at.",
    )


def _over_limit(look: Look, row: BatchRecord) -> list[Row]:
    held = 0
    found: list[Row] = []
    for event in look.of_batch(row.batch_id):
        if event.kind in {EventKind.BATCH_ACCEPTED, EventKind.BATCH_REOPENED}:
            continue
        if event.kind is EventKind.SALE and _takes_cash(look, event):
            limit = look.policy_at(event.recorded_at).cash_lock
            if held >= limit:
                found.append(
                    (row.batch_id, look.stamp(event), look.name(event.actor), plain(held), "cash over the limit")
                )
        held += sum(p.amount for p in look.postings.get(event.key, ()) if p.account == HOUSE.drawer)
    return found


def _takes_cash(look: Look, event: Event) -> bool:
    return any(row.kind == TenderKind.CASH and row.role is TenderRole.TAKEN for row in look.tenders.get(event.key, ()))


def surprise_counts(look: Look) -> Finding:
    """23: every drawer that was used in a quarter was counted unannounced as often as the policy says."""
    bad: list[Row] = []
    early: list[Row] = []
    cases = 0
    drawers = {row.batch_id: row.drawer for row in look.batches}
    wanted = look.policy_at(look.desk.now_text()).surprise_counts
    for first, last in quarters(look.first, look.last):
        used = {row.drawer for row in look.batches if first <= row.business_date <= last}
        counted: dict[str, int] = {}
        for event in look.of(EventKind.SURPRISE_COUNT):
            if first <= event.business_date <= last:
                at = str(event.facts.get("drawer") or drawers.get(event.batch or "", ""))
                counted[at] = counted.get(at, 0) + 1
        for drawer in sorted(used):
            cases += 1
            if counted.get(drawer, 0) < wanted:
                over = last <= look.last and first >= look.first
                row = (drawer, f"{first} to {last}", f"{counted.get(drawer, 0)} of {wanted}")
                (bad if over else early).append(row)
    heads = ("drawer", "quarter", "counts")
    differ = [event for event in look.of(EventKind.SURPRISE_COUNT) if any(event.facts.get("difference", {}).values())]
    more = f"Asked for: {wanted} a quarter. {plural(len(differ), 'count')} found a difference."
    base = judged(cases, "drawer and quarter|drawers and quarters", "counted too seldom", heads, bad, more=more)
    if early and base.status is Status.MET:
        return cannot(
            f"{more} The period does not cover the whole quarter: {plural(len(early), 'count')} may still come "
            "or came before.",
            heads,
            tuple(early),
        )
    return base


_WAYS = frozenset({
    EventKind.SALE, EventKind.VOID, EventKind.REFUND, EventKind.TENDER_CORRECTED, EventKind.DROP,
    EventKind.CHANGE_ORDER, EventKind.BATCH_OPENED, EventKind.BATCH_ACCEPTED, EventKind.BATCH_REOPENED,
    EventKind.CUSTODY_HANDED, EventKind.DEPOSIT_PREPARED,
})  # fmt: skip
"""The kinds of entries that may move the cash of a drawer."""


def _cash(look: Look, event: Event) -> Cents:
    return sum(posting.amount for posting in look.postings.get(event.key, ()) if posting.account == HOUSE.drawer)


def no_cash_out(look: Look) -> Finding:
    """25: cash left a drawer only as change, void, refund, drop or exchange; every float went back whole."""

    def told(event: Event, finding: str) -> Row:
        net = plain(_cash(look, event))
        return look.place(event), look.name(event.actor), event.kind.value, net, finding

    moved = [
        event
        for event in look.events
        if any(posting.account == HOUSE.drawer for posting in look.postings.get(event.key, ()))
    ]
    bad = [told(event, "no such way out") for event in moved if event.kind not in _WAYS]
    bad += [told(event, "a sale that paid out") for event in look.of(EventKind.SALE) if _cash(look, event) < 0]
    opened = {event.batch: int(event.facts["counted"]) for event in look.of(EventKind.BATCH_OPENED)}
    for event in look.of(EventKind.DEPOSIT_PREPARED):
        bad += [
            (str(part["batch"]), *told(event, "")[1:3], plain(int(part["float"])), "the float did not go back whole")
            for part in event.facts["parts"]
            if part["batch"] in opened and int(part["float"]) != opened[part["batch"]]
        ]
    swapped = [
        told(event, "a cash receipt became another tender")
        for event in look.of(EventKind.TENDER_CORRECTED)
        if _cash(look, event) < 0
    ]
    heads = ("entry", "who", "kind", "cash", "finding")
    noun = "entry that moved cash|entries that moved cash"
    base = judged(len(moved), noun, "cash that left in no right way", heads, bad)
    return looked_at(base, f"{plural(len(swapped), 'correction')} took cash out on paper.", heads, swapped)


CHECKS = (
    Check(
        19,
        one_holder,
        "The entries of every drawer are followed in their order: a session may begin only when the one before "
        "was handed "
        "in, and whoever sells, voids, drops or counts must be its holder at that moment.",
    ),
    Check(
        20,
        floats,
        "Every opening count is compared with the authorized amount; every drawer and every fund is looked up in the "
        "register with amount, custodian and authority.",
    ),
    Check(
        21,
        hand_overs,
        "Every hand-over of the period is looked at for two names, the signature of whoever took over, and the count: "
        "an entry is made only when both keyed the same.",
    ),
    Check(
        22,
        cash_limit,
        "The cash of every session is added up entry by entry and compared with the limit of that moment at every cash "
        "sale; every drop is looked at for its pieces and two people.",
    ),
    Check(
        23,
        surprise_counts,
        "The unannounced counts of every drawer that was used are counted by calendar quarter and compared with the "
        "setting.",
        "A period that does not cover a whole quarter cannot show that counts are missing in it.",
    ),
    Check(
        24,
        not_kept(
            "The program keeps no list of who may open the safe and no dates of its combination. What goes into "
            "the safe stands in the drops and deposits."
        ),
        "Not tested: nothing of it is in the data.",
        "All of it.",
    ),
    Check(
        25,
        no_cash_out,
        "Every entry that moved cash of a drawer must be of a kind that may; no sale may pay out; the float that a "
        "deposit put back is compared with the opening count; corrections from cash to another tender are listed.",
        "What is lent from a drawer and put back before the count leaves no trace; unannounced counts are for that.",
    ),
    Check(
        26,
        not_kept("The program keeps no inventory of card terminals and no inspections (PCI DSS 9.5.1)."),
        "Not tested: nothing of it is in the data.",
        "All of it.",
    ),
)
