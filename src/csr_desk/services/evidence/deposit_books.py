"""Controls 40 to 46: the bag, the bank, the journal, the three-way tie."""

from __future__ import annotations

import csv
import io
from datetime import date

from csr_desk.data.queries import deposit_items, period, revenue
from csr_desk.data.queries.deposit_items import DepositRecord
from csr_desk.domain.drawer import BatchState
from csr_desk.domain.evidence import Finding, Row
from csr_desk.domain.ledger import EventKey, EventKind, TenderRole
from csr_desk.domain.money import Cents, parse_cents, plain
from csr_desk.domain.people import PERMISSIONS, Act, Role
from csr_desk.domain.postings import HOUSE
from csr_desk.domain.workdays import next_workday
from csr_desk.services.evidence.check import WORKING_DAYS, Check, judged, looked_at, not_kept, plural
from csr_desk.services.evidence.look import Look
from csr_desk.services.exports import fiscal
from csr_desk.services.reports import revenue_in

_PARTS = {"cash": ("cash",), "checks": ("check", "cashiers_check"), "money_orders": ("money_order",)}
_BOOKED = frozenset({EventKind.BATCH_ACCEPTED, EventKind.BATCH_REOPENED, EventKind.CUSTODY_HANDED})
"""The kinds of entries that book a difference between what was counted and what should be there."""
_ACCOUNTS = {"cash": HOUSE.drawer, "checks": HOUSE.checks, "money_orders": HOUSE.money_orders}


def intact(look: Look) -> Finding:
    """40: each part of a bag is what receipts brought of it, with the difference that was booked."""
    bad: list[Row] = []
    parts = 0
    for event in look.of(EventKind.DEPOSIT_PREPARED):
        for part in event.facts["parts"]:
            came = composition(look, str(part["batch"]))
            bagged = {
                "cash": part["cash"] + part["drops"],
                "checks": part["checks"],
                "money_orders": part["money_orders"],
            }
            for name, amount in bagged.items():
                parts += 1
                if amount != came[name]:
                    row = (str(event.facts["deposit"]), str(part["batch"]), name.replace("_", " "))
                    bad.append((*row, plain(came[name]), plain(amount)))
    return judged(
        parts,
        "part of a deposit|parts of deposits",
        "other than what receipts brought",
        ("deposit", "batch", "part", "by receipts", "in the bag"),
        bad,
    )


def composition(look: Look, batch_id: str) -> dict[str, Cents]:
    """Return what a batch's receipts and booked differences make of cash, checks and money orders (cents)."""
    events = look.whole_batch(batch_id)
    found = dict.fromkeys(_PARTS, 0)
    for event in events:
        for row in look.tenders_of(event.key):
            for name, kinds in _PARTS.items():
                if row.kind in kinds and row.role is not TenderRole.FEE:
                    found[name] += row.amount
        if event.kind in _BOOKED:
            for name, account in _ACCOUNTS.items():
                found[name] += sum(p.amount for p in look.postings_of(event.key) if p.account == account)
    return found


def in_time(look: Look) -> Finding:
    """41: every accepted batch is in a bag by the next business day."""
    bad: list[Row] = []
    packed = {record.deposit: record for record in deposit_items.deposits_between(look.conn, look.first, date.max)}
    cases = [
        row
        for row in look.batches
        if row.state is BatchState.ACCEPTED and any(composition(look, row.batch_id).values())
    ]
    for row in cases:
        record = packed.get(row.deposit or "")
        event = look.event(EventKey(record.series, record.seq)) if record else None
        policy = look.policy_at(event.recorded_at) if event else look.desk.policy
        due = next_workday(row.business_date, holidays=policy.days_off)
        day = look.local(event).date() if event else None
        if (day or look.desk.today()) > due:
            said = f"packed {day}, due {due}" if day else f"not packed yet, due {due}"
            bad.append((row.batch_id, row.custodian_name, row.deposit or "", said))
    return judged(
        len(cases),
        "batch with money for the bank|batches with money for the bank",
        "late",
        ("batch", "custodian", "deposit", "finding"),
        bad,
    )


def listed(look: Look) -> Finding:
    """42: the bag lists each check, has a number and two people, and the bank validated it."""
    bad: list[Row] = []
    waiting: list[Row] = []
    for record in look.deposits:
        told = (record.deposit, record.bag, plain(record.cash + record.checks + record.other))
        fault = _slip_fault(look, record)
        if fault:
            bad.append((*told, fault))
        elif record.bank_date is None:
            waiting.append((*told, "the bank did not confirm it yet"))
    heads = ("deposit", "bag", "amount", "finding")
    base = judged(len(look.deposits), "deposit", "not in order", heads, bad)
    return looked_at(base, f"{plural(len(waiting), 'deposit')} without the bank's word.", heads, waiting)


def _slip_fault(look: Look, record: DepositRecord) -> str:
    event = look.event(EventKey(record.series, record.seq))
    if event is None:
        return "its entry is not there"
    ids = tuple(str(part["batch"]) for part in event.facts["parts"])
    items = deposit_items.live_items(look.conn, ids)
    checks = sum(item.amount for item in items if item.kind != "money_order")
    if not record.bag.strip():
        return "without the number of its bag"
    if record.prepared_by == record.verified_by and not look.done_alone(event.key):
        return "prepared and verified by the same person"
    if any(item.kind == "check" and not item.number for item in items):
        return "a check without its number"
    difference = sum(
        posting.amount
        for batch in ids
        for step in look.whole_batch(batch)
        if step.kind in _BOOKED
        for posting in look.postings_of(step.key)
        if posting.account == HOUSE.checks
    )
    return "" if checks + difference == record.checks else "the checks it lists do not make its amount"


def bank_agrees(look: Look) -> Finding:
    """43: the bank received what was packed, and whoever says so has no hand on cash."""
    bad: list[Row] = []
    differ: list[Row] = []
    confirmed = look.of(EventKind.DEPOSIT_CONFIRMED)
    records = {row["deposit_id"]: row for row in look.rows("deposit")}
    cash_roles = {role.value for role in Role if {Act.SELL, Act.WITNESS} & PERMISSIONS[role]}
    for event in confirmed:
        record = records.get(event.facts["deposit"], {})
        told = (str(event.facts["deposit"]), look.name(event.actor), plain(int(event.facts["bank_amount"])))
        hands = {record.get("prepared_by"), record.get("verified_by")}
        role = str(look.staff.get(event.actor, {}).get("role", ""))
        if event.actor in hands or role in cash_roles:
            bad.append((*told, "confirmed by somebody with a hand on the cash"))
        elif int(event.facts["difference"]):
            differ.append((*told, f"the bank differs by {plain(int(event.facts['difference']))}"))
    heads = ("deposit", "confirmed by", "bank", "finding")
    base = judged(len(confirmed), "confirmed deposit", "confirmed by the wrong hand", heads, bad)
    return looked_at(base, f"{plural(len(differ), 'difference')} with the bank.", heads, differ)


def journals(look: Look) -> Finding:
    """44: each closed day is in exactly one journal, which balances, is what the ledger says, and is rightly dated."""
    bad: list[Row] = []
    missing: list[Row] = []
    closed = sorted(day for day, state in look.days.items() if state == "closed")
    kept: dict[str, list[dict[str, object]]] = {}
    for row in period.export_contents(look.conn):
        if row["kind"] == "gl":
            kept.setdefault(str(row["business_date"]), []).append(row)
    for day in closed:
        files = kept.get(day.isoformat(), [])
        rows = revenue.journal(look.conn, day)
        debit, credit = sum(row.debit for row in rows), sum(row.credit for row in rows)
        told = (day.isoformat(), plain(debit), plain(credit))
        if debit != credit:
            bad.append((*told, "debits and credits of the ledger differ"))
        elif len(files) > 1:
            bad.append((*told, f"{len(files)} journals of one day"))
        elif not files:
            missing.append((*told, "its journal was not exported yet"))
        elif fault := _file_fault(look, files[0], day, debit):
            bad.append((*told, fault))
    heads = ("day", "debits", "credits", "finding")
    again = sum(bool(event.facts.get("again")) for event in look.of(EventKind.EXPORT))
    more = f"{plural(again, 'copy|copies')} given again, each with the same bytes and an entry of its own."
    base = judged(len(closed), "closed day", "not in order", heads, bad, more=more)
    return looked_at(base, f"{plural(len(missing), 'day')} without a journal.", heads, missing)


def _file_fault(look: Look, kept: dict[str, object], day: date, debit: Cents) -> str:
    content = kept["content"]
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8") if isinstance(content, bytes) else "")))
    year, month = fiscal(day, look.desk.office.fiscal_year_start)
    debits = sum(parse_cents(row["debit"]) for row in rows)
    credits_ = sum(parse_cents(row["credit"]) for row in rows)
    if debits != credits_ or debits != debit:
        return f"the file says {plain(debits)} and {plain(credits_)}"
    if any((row["fiscal_year"], row["period"]) != (f"FY{year}", f"{month:02d}") for row in rows):
        return f"another period than FY{year} {month:02d}"
    return ""


def ties(look: Look) -> Finding:
    """46: receipts, what was counted and deposited, and the books agree on every day."""
    heads = ("day", "receipts", "deposited", "over or short", "finding")
    bad: list[Row] = []
    waiting: list[Row] = []
    days = sorted(look.days)
    for day in days:
        tie = revenue_in(look.desk, look.conn, day, day).tie
        if not tie.ties:
            row = (day.isoformat(), plain(tie.receipts), plain(tie.deposited), plain(tie.over_short), tie.sentence)
            (bad if look.days[day] == "closed" else waiting).append(row)
    base = judged(len(days), "business day", "days that do not tie", heads, bad)
    return looked_at(base, f"{plural(len(waiting), 'open day')} not yet.", heads, waiting)


CHECKS = (
    Check(
        40,
        intact,
        "For every batch of every deposit, cash, checks and money orders are added up from the receipts (change, "
        "voids, "
        "refunds and tender corrections among them) with the difference that its acceptance booked, and compared with "
        "the bag, each apart.",
    ),
    Check(
        41,
        in_time,
        "For every accepted batch with money for the bank, the day its bag was packed is compared with the next "
        "working day.",
        f"{WORKING_DAYS} When the courier came leaves no trace but the bank's date.",
    ),
    Check(
        42,
        listed,
        "Every deposit is looked at: bag number, two people, a number for every check, and that the checks "
        "listed make the "
        "amount of checks, with the difference booked; the bank's confirmation.",
    ),
    Check(
        43,
        bank_agrees,
        "Every confirmation is looked at: who gave it, whether that person prepared, verified or may take cash, "
        "and the "
        "difference.",
        "How long a difference stays open: the program books it to over and short at once.",
    ),
    Check(
        44,
        journals,
        "For every closed day the postings are added up, the kept journal file is read again and compared with "
        "them and "
        "with the fiscal year and period of its date; one file a day.",
    ),
    Check(
        45,
        not_kept(
            "This program sends nothing to host systems by itself yet; the journal is a file that a person hands "
            "over, and its acknowledgement is not kept."
        ),
        "Not tested: nothing of it is in the data.",
        "All of it.",
    ),
    Check(
        46,
        ties,
        "The three-way tie of every business day is worked out anew from receipts, counts, deposits and postings.",
    ),
)
