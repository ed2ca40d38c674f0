"""Controls 1 to 6: people and access."""

from __future__ import annotations

import re
from datetime import timedelta

from csr_desk.data.queries import period
from csr_desk.domain.duties import Deed, Duty, duty_of, grave, held, pairs
from csr_desk.domain.errors import NotPermitted, SelfApproval
from csr_desk.domain.evidence import Finding, Row, Status
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.people import PERMISSIONS, Act, Actor, Approval, Role
from csr_desk.services.clock import stamp
from csr_desk.services.evidence.check import Check, cannot, judged, looked_at, plural
from csr_desk.services.evidence.look import Look
from csr_desk.services.people_journal import PROGRAM

IDLE = timedelta(days=90)
GENERIC = re.compile(
    r"\b(counter|drawer|till|window|station|shared|team|guest|test|temp|user|cashier|clerk|admin|office)\b",
    re.IGNORECASE,
)
POSTING = frozenset(
    {
        Act.SELL,
        Act.OPEN_DRAWER,
        Act.DROP,
        Act.COUNT,
        Act.NO_SALE,
        Act.VOID,
        Act.REFUND,
        Act.CORRECT_TENDER,
        Act.OVERRIDE_PRICE,
        Act.WAIVE_FEE,
        Act.REAPPLY,
        Act.CHANGE_ORDER,
        Act.ENTER_PAPER,
        Act.HAND_OVER,
        Act.PREPARE_DEPOSIT,
        Act.CONFIRM_DEPOSIT,
        Act.RETURN_ITEM,
        Act.ACCEPT_BATCH,
        Act.REOPEN_BATCH,
        Act.APPROVE,
        Act.LOAD_BILLS,
        Act.CHARGE_BILLS,
        Act.REQUEST_ADJUSTMENT,
        Act.DECIDE_ADJUSTMENT,
        Act.REVERSE_ADJUSTMENT,
        Act.REORDER_PAYMENT,
        Act.USE_CREDIT,
        Act.OVERRIDE_HOLD,
        Act.END_GUARANTEE,
    }
)
"""Acts that post money, let money be posted or change what is owed."""
READING = frozenset(
    {
        Act.QUOTE,
        Act.SEE_EXPECTED,
        Act.SEE_REPORTS,
        Act.VERIFY_LEDGER,
        Act.SEE_JOURNAL,
        Act.SEE_EXCEPTIONS,
        Act.MAKE_EVIDENCE,
        Act.SEE_REQUESTS,
        Act.SEE_RESTRICTED,
        Act.SEE_CARDS,
        Act.SEE_CUSTOMERS,
        Act.SEE_PROJECTS,
        Act.SEE_REQUESTS,
        Act.SEE_RESTRICTED,
        Act.SEE_CARDS,
    }
)
TRACES = frozenset(
    {
        EventKind.SIGNED_IN,
        EventKind.SIGN_IN_FAILED,
        EventKind.SIGNED_OUT,
        EventKind.ACT_REFUSED,
        EventKind.REPORT_EXPORTED,
    }
)
"""What the program notes about anybody, an auditor too: that they were there and what they took away."""


def named_people(look: Look) -> Finding:
    """1: every user is a person of their own; nobody acted after being made inactive; who did not come for 90 days."""
    people = [row for row in look.staff.values() if row["user_id"] != PROGRAM]
    names = [str(row["name"]).strip().casefold() for row in people]
    bad: list[Row] = []
    for row in people:
        name = str(row["name"]).strip()
        if names.count(name.casefold()) > 1:
            bad.append((row["user_id"], name, "two users carry this name"))
        elif GENERIC.search(name) or " " not in name:
            bad.append((row["user_id"], name, "not the name of a person"))
    heads = ("user", "name", "finding")
    base = judged(len(people), "user", "shared or nameless users", heads, bad)
    last = period.last_acts(look.conn)
    for event in period.all_events(look.conn, EventKind.SIGNED_IN):
        user = str(event.facts.get("user", event.actor))  # the program writes it, also of who may not write
        last[user] = max(last.get(user, ""), event.recorded_at)
    limit = stamp(look.desk.clock.now() - IDLE)
    idle = [
        (str(row["user_id"]), str(row["name"]), f"last act {last.get(row['user_id'], 'never')[:10]}")
        for row in people
        if row["active"] and last.get(row["user_id"], "") < limit
    ]
    return looked_at(base, f"{plural(len(idle), 'active user')} did nothing for 90 days.", heads, idle)


def _exercised(look: Look) -> dict[str, set[Duty]]:
    """Return what each person did in the period, by user."""
    found: dict[str, set[Duty]] = {}
    for event in look.events:
        for user, signed in ((event.actor, False), (event.approver, True)):
            if user is not None:
                duty = duty_of(Deed(user, event.kind, signed, event.batch or "", 1, look.place(event)))
                if duty is not None:
                    found.setdefault(user, set()).add(duty)
    return found


def duties_apart(look: Look) -> Finding:
    """2: nobody holds a grave pair of duties; pairs that one desk commonly holds are shown for a person to judge."""
    heads = ("whom", "first duty", "second duty", "finding")
    reviewed = {str(row["for_actor"]) for row in look.rows("deferred_review")}
    did = _exercised(look)
    bad: list[Row] = []
    mild: list[Row] = []
    for whom, duties, said in [
        *((role.value, held(PERMISSIONS[role]), "the role may do both") for role in Role),
        *((user, duties, "did both in the period") for user, duties in sorted(did.items())),
    ]:
        for one, other in pairs(duties):
            row = (look.name(whom), one.words, other.words, said)
            (bad if grave(one, other) and whom not in reviewed else mild).append(row)
    base = judged(
        len(Role) + len(did), "role or person|roles and people", "duties in one hand that must be apart", heads, bad
    )
    return looked_at(base, f"{plural(len(mild), 'pair')} of other duties in one hand.", heads, mild)


def never_oneself(look: Look) -> Finding:
    """3: an approval of one's own is refused for every act; none stands in the ledger."""
    now = look.desk.clock.now()
    tried = 0
    bad: list[Row] = []
    for role in Role:
        for act in Act:
            who = Actor("tried", "Tried", role.value, role)
            tried += 1
            try:
                Approval("tried", who, act, "tried", 1, now, now).check(who, act, "tried", 1, now)
            except SelfApproval:
                continue
            bad.append((role.value, act.value, "", "the program accepts one's own approval"))
    signed = [event for event in look.events if event.approver is not None]
    bad += [
        (look.name(event.actor), event.kind.value, look.place(event), "approved by the person who did it")
        for event in signed
        if event.approver == event.actor
    ]
    custodians = {row.batch_id: row.custodian for row in look.batches}
    decided = look.of(EventKind.BATCH_ACCEPTED, EventKind.BATCH_REJECTED, EventKind.BATCH_REOPENED)
    bad += [
        (look.name(event.actor), event.kind.value, event.batch or "", "decided on their own drawer")
        for event in decided
        if custodians.get(event.batch or "") == event.actor
    ]
    more = (
        f"Tried {tried} pairs of role and act; looked at {len(signed)} approvals, {len(decided)} decisions on drawers."
    )
    return judged(
        tried + len(signed) + len(decided),
        "case",
        "approvals or decisions of one's own",
        ("who", "act", "entry", "finding"),
        bad,
        more=more,
    )


def without_money(look: Look) -> Finding:
    """4: administrator and auditor are refused every act with money, and left no such entry."""
    bad: list[Row] = []
    tried = 0
    for role, allowed in ((Role.ADMINISTRATOR, frozenset(Act) - POSTING), (Role.AUDITOR, READING)):
        who = Actor("tried", "Tried", role.value, role)
        for act in Act:
            if act in allowed:
                continue
            tried += 1
            try:
                who.require(act)
            except NotPermitted:
                continue
            bad.append((role.value, act.value, "", "the program allows it"))
    roles = {user: str(row["role"]) for user, row in look.staff.items() if user != PROGRAM}
    seen = 0
    for event in look.events:
        role_name = roles.get(event.actor, "")
        if role_name not in {Role.ADMINISTRATOR.value, Role.AUDITOR.value}:
            continue
        seen += 1
        money = event.key in look.postings or event.receipt_no is not None
        if money or (role_name == Role.AUDITOR.value and event.kind not in TRACES):
            bad.append((look.name(event.actor), event.kind.value, look.place(event), "stands in the ledger"))
    heads = ("role or person", "act or kind", "entry", "finding")
    more = f"Tried {plural(tried, 'act')}; looked at {seen} of their entries."
    return judged(tried + seen, "case", "acts that went through", heads, bad, more=more)


def locked_out(look: Look) -> Finding:
    """5: failures lead to a delay, idle stations lock, and changes of rights stand in the ledger."""
    heads = ("user", "name", "finding")
    delayed = [row for row in look.staff.values() if int(row["failures"]) >= 5]  # noqa: PLR2004 - the control's own five
    bad = [
        (str(row["user_id"]), str(row["name"]), f"{row['failures']} failures and no delay")
        for row in delayed
        if not row["delay_until"]
    ]
    failed = len(look.of(EventKind.SIGN_IN_FAILED))
    moved = look.of(EventKind.STAFF_CHANGED)
    settings = look.policy_at(stamp(look.desk.clock.now()))
    figure = (
        f"Stations lock after {plural(settings.idle_lock_minutes, 'idle minute')}. {plural(failed, 'failed sign-in')} "
        f"and {plural(len(moved), 'change')} of rights stand in the journal of the period."
    )
    if bad:
        return Finding(Status.NOT_MET, f"{figure} {plural(len(bad), 'user')} without the delay.", heads, tuple(bad))
    if not look.of(EventKind.SIGNED_IN, EventKind.SIGN_IN_FAILED, EventKind.STAFF_CHANGED):
        return cannot(f"{figure} No sign-in of the period was recorded, so nothing of this was seen at work.")
    return Finding(Status.MET, figure, heads)


def trained(look: Look) -> Finding:
    """6: whoever had a drawer had a valid training on that date."""
    had: dict[tuple[str, str], None] = {}
    for event in look.of(EventKind.BATCH_OPENED):
        had[event.actor, event.business_date.isoformat()] = None
    for event in look.of(EventKind.CUSTODY_HANDED):
        had[event.approver or event.actor, event.business_date.isoformat()] = None
    bad: list[Row] = []
    for user, day in had:
        until = look.staff.get(user, {}).get("trained_until") or ""
        if until < day:
            bad.append((look.name(user), day, f"trained until {until}" if until else "no training on file"))
    return judged(len(had), "drawer held|drawers held", "no valid training", ("who", "date", "finding"), bad)


CHECKS = (
    Check(
        1,
        named_people,
        "Every user's name is compared with all others and with words that no person is called by; the last entry of "
        "each active user is looked up in the whole ledger.",
        "A name is not proof of a person; who shares a secret leaves no trace in data.",
    ),
    Check(
        2,
        duties_apart,
        "The table of permissions is searched for roles that hold two of the six duties, and the period's entries for "
        "people who exercised two of them. Any two in one hand break the control, but for the pairs of one desk "
        "(a supervisor approves voids and batches and decides adjustments, an accountant adjusts receivables and "
        "reconciles the bank): these "
        "are listed for a person to judge, as is an office of one person whose acts an outsider reviews.",
        "Duties done outside this program (bank statements, payroll) are not seen.",
    ),
    Check(
        3,
        never_oneself,
        "An approval of one's own is offered to the program's own check for every role and act, and must be refused; "
        "then every approver and every decision on a drawer of the period is compared with who did it.",
    ),
    Check(
        4,
        without_money,
        "Every act with money is asked for as administrator, every writing act as auditor, and must be refused; then "
        "their entries of the period are looked through. What the program itself notes about an auditor (signing in, "
        "taking a report away) is no writing.",
    ),
    Check(
        5,
        locked_out,
        "The stored failures and delays, the setting of the idle lock, and the entries of sign-ins and changes of "
        "rights are read.",
        "That the screen really locks is tried by the program's own tests, not here.",
    ),
    Check(
        6,
        trained,
        "For every drawer opened or taken over, the training on file of that person is compared with the date.",
        "The register keeps the latest training only: one that was renewed since covers the time before as well.",
    ),
)
