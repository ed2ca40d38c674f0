"""Controls 13 to 18: prices, change, checks, card numbers, fees, rounding."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from csr_desk.data.queries import period
from csr_desk.data.queries.entries import Event
from csr_desk.domain.card_numbers import find_card_number
from csr_desk.domain.cart import LineKind
from csr_desk.domain.evidence import Finding, Row
from csr_desk.domain.ledger import EventKey, EventKind, TenderRole, TenderRow
from csr_desk.domain.money import Cents, plain
from csr_desk.domain.people import Act
from csr_desk.domain.settle import round_cash
from csr_desk.domain.tender import TRAITS, Rounding, TenderKind
from csr_desk.services.evidence.check import Check, judged, looked_at, plural
from csr_desk.services.evidence.look import Look
from csr_desk.services.evidence.repricing import differences

CARD_CAP = Decimal(5)
"""Percent of the amount that a city charges for a card at most (Tex. Loc. Gov't Code 132.003(b))."""


def fee_schedule(look: Look) -> Finding:
    """13: each line is what the release in force then makes of the same inputs, or an approved override."""
    bad: list[Row] = []
    overridden: list[Row] = []
    lines = 0
    sales = look.of(EventKind.SALE)
    for event in sales:
        sold = look.lines.get(event.key, ())
        lines += sum(line.kind not in {LineKind.OPEN_AMOUNT, LineKind.TENDER_FEE} for line in sold)
        purged = look.notes.get(event.key, {}).get("inputs", "") is None
        told = (look.place(event), look.name(event.actor))
        found = () if purged else differences(look, event)
        bad += [(*told, one.line, one.charged, one.priced, one.said) for one in found]
        for line in sold:
            if line.list_amount is None:
                continue
            row = (*told, line.item, plain(line.amount), plain(line.list_amount))
            if event.approver is None and not look.done_alone(event.key):
                bad.append((*row, "price changed by hand without authority"))
            elif not look.note(event, "overrides") and not look.note(event, "authority"):
                bad.append((*row, "price changed by hand without a reason"))
            else:
                overridden.append((*row, f"approved by {look.name(event.approver)}"))
    heads = ("receipt", "clerk", "item", "charged", "by schedule", "finding")
    base = judged(lines, "priced line", "other prices than the schedule's", heads, bad)
    return looked_at(base, f"{plural(len(overridden), 'override')} with authority.", heads, overridden)


def change_from_cash(look: Look) -> Finding:
    """14: no receipt gave more change than cash was handed over for it."""
    bad: list[Row] = []
    giving = {kind.value for kind, traits in TRAITS.items() if traits.gives_change}
    changed = 0
    for event in look.of(EventKind.SALE):
        rows = look.tenders.get(event.key, ())
        change = -sum(row.amount for row in rows if row.role is TenderRole.CHANGE)
        if not change:
            continue
        changed += 1
        given = sum(row.amount for row in rows if row.role is TenderRole.TAKEN and row.kind in giving)
        if change > given:
            bad.append((look.place(event), look.name(event.actor), plain(change), plain(given)))
    return judged(
        changed,
        "receipt with change|receipts with change",
        "change for something that allows none",
        ("receipt", "clerk", "change", "cash given"),
        bad,
    )


def checks(look: Look) -> Finding:
    """15: no check is dated ahead or stale; one of a listed account was approved."""
    bad: list[Row] = []
    seen = 0
    for event in look.of(EventKind.SALE, EventKind.TENDER_CORRECTED):
        if "reapplies" in event.facts:
            continue  # the same check again under other lines: it was taken, and is judged, with the first receipt
        for row in look.tenders.get(event.key, ()):
            if row.kind == TenderKind.CHECK and row.role is TenderRole.TAKEN and row.amount > 0:
                seen += 1
                if fault := _check_fault(look, event, row):
                    bad.append((look.place(event), look.name(event.actor), row.check_number, plain(row.amount), fault))
    return judged(seen, "check", "checks against the rule", ("receipt", "clerk", "check", "amount", "finding"), bad)


def _check_fault(look: Look, event: Event, row: TenderRow) -> str:
    if row.check_date:
        written = date.fromisoformat(row.check_date)
        if written > event.business_date:
            return f"dated ahead: {written}"
        if written < event.business_date - timedelta(days=look.policy_at(event.recorded_at).stale_check_days):
            return f"stale: {written}"
    if row.account_hash and _listed(look, row.account_hash, event.recorded_at) and not _allowed(look, event):
        return "the account is on the returned-check list and nobody approved"
    return ""


def _listed(look: Look, account: str, at: str) -> bool:
    for entry in look.rows("check_list"):
        if entry["account_hash"] == account and entry["listed_at"] < at:
            cleared = look.event(_cleared(entry))
            if cleared is None or cleared.recorded_at > at:
                return True
    return False


def _cleared(entry: dict[str, object]) -> EventKey | None:
    return (
        None if entry["cleared_seq"] is None else EventKey(str(entry["cleared_series"]), int(str(entry["cleared_seq"])))
    )


def _allowed(look: Look, event: Event) -> bool:
    key = (event.key.series, event.key.seq)
    return any(
        (row["used_series"], row["used_seq"]) == key and row["act"] == Act.TAKE_LISTED_CHECK.value
        for row in look.rows("approval")
    ) or any(
        (row["series_id"], row["seq"]) == key and row["act"] == Act.TAKE_LISTED_CHECK.value
        for row in look.rows("deferred_review")
    )


_OURS = re.compile(
    r"\b[0-9a-fA-F]{32,}\b"
    r"|\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b"
    r"|\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z"
    r"|\b\d{4}\.\d{10}\.\d{6}(?:\.\w+)?\b"
)
"""What the program itself writes: hashes, identifiers, instants, accounts of the general ledger."""


def card_numbers(look: Look) -> Finding:
    """16: no text of the whole database holds a number that a card could have."""
    bad: list[Row] = []
    scanned: dict[tuple[str, str], int] = {}
    for table, column, text in period.texts(look.conn):
        scanned[table, column] = scanned.get((table, column), 0) + 1
        if any(find_card_number(_OURS.sub("|", part)) is not None for part in _parts(text)):
            bad.append((table, column, f"text {scanned[table, column]} of this column"))
    more = f"Scanned: {plural(len(scanned), 'column')} of text in {len({table for table, _ in scanned})} tables."
    return judged(
        sum(scanned.values()), "text", "texts with a card number", ("table", "column", "place"), bad, more=more
    )


def _parts(text: str) -> list[str]:
    """Take a text apart where it is JSON: figures that stand side by side there are not one number."""
    if not text.startswith(("{", "[")):
        return [text]
    try:
        return list(_leaves(json.loads(text)))
    except ValueError:
        return [text]


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            yield str(name)
            yield from _leaves(part)
    elif isinstance(value, list):
        for part in value:
            yield from _leaves(part)
    else:
        yield str(value)


def card_fees(look: Look) -> Finding:
    """17: no fee for a card is above what the law allows of the amount."""
    bad: list[Row] = []
    seen = 0
    for event in look.of(EventKind.SALE):
        rows = look.tenders.get(event.key, ())
        fee = sum(row.amount for row in rows if row.role is TenderRole.FEE and row.kind == TenderKind.CARD)
        paid = sum(row.amount for row in rows if row.role is TenderRole.TAKEN and row.kind == TenderKind.CARD)
        if not fee:
            continue
        seen += 1
        if fee * 100 > CARD_CAP * paid:
            bad.append((look.place(event), plain(paid), plain(fee), f"more than {CARD_CAP} percent"))
    return judged(
        seen,
        "receipt with a card fee|receipts with a card fee",
        "fees above the cap",
        ("receipt", "by card", "fee", "finding"),
        bad,
    )


def rounding(look: Look) -> Finding:
    """18: cash is rounded as the policy of that moment says; by month receipts and the account agree."""
    bad: list[Row] = []
    months: dict[str, tuple[Cents, Cents]] = {}
    cash_sales = 0
    for event in look.of(EventKind.SALE, EventKind.VOID):
        rows = look.tenders.get(event.key, ())
        amount = sum(line.amount for line in look.lines.get(event.key, ()) if line.kind != LineKind.TENDER_FEE)
        other = sum(row.amount for row in rows if row.role is TenderRole.TAKEN and row.kind != TenderKind.CASH)
        given = sum(row.amount for row in rows if row.role is TenderRole.TAKEN and row.kind == TenderKind.CASH)
        kept = given + sum(row.amount for row in rows if row.role is TenderRole.CHANGE)
        booked = -sum(p.amount for p in look.postings.get(event.key, ()) if p.line is None and p.tender is None)
        due = amount - other
        month = event.business_date.isoformat()[:7]
        by_receipts, by_account = months.get(month, (0, 0))
        months[month] = by_receipts + (kept - due if given else 0), by_account + booked
        if event.kind is EventKind.VOID or not given:
            continue
        cash_sales += 1
        mode = look.policy_at(event.recorded_at).rounding
        right = {due} if given == due or mode is Rounding.OFF else {round_cash(due, mode), *_short_of(due, given, mode)}
        if kept not in right:
            bad.append((look.place(event), plain(due), plain(kept), mode.value, "not rounded as the policy says"))
    bad += [
        (month, plain(receipts), plain(account), "", "the month's receipts and the account differ")
        for month, (receipts, account) in sorted(months.items())
        if receipts != account
    ]
    sums = "; ".join(f"{month}: {plain(receipts)}" for month, (receipts, _) in sorted(months.items()))
    return judged(
        cash_sales,
        "cash receipt",
        "rounded otherwise than the policy says",
        ("receipt or month", "due", "kept", "policy", "finding"),
        bad,
        more=f"Rounding by month {sums or 'none'}.",
    )


def _short_of(due: Cents, given: Cents, mode: Rounding) -> set[Cents]:
    """Cash between what is due and its nickel is kept as if exact: the customer had no more."""
    return {due} if due < given < round_cash(due, mode) else set()


CHECKS = (
    Check(
        13,
        fee_schedule,
        "Every sale of the period is priced anew with the catalogue release that was loaded then (releases are kept "
        "whole), its business date and the inputs kept beside it, added fees and taxes included, and compared line by "
        "line; a price changed by hand must have an approver and a reason.",
        "Bills that another system made are taken as they came. Receipts whose inputs were purged are not priced.",
    ),
    Check(14, change_from_cash, "For every receipt with change, the change is compared with the cash handed over."),
    Check(
        15,
        checks,
        "The date on every check is compared with the business date and the days of the policy; its bank account "
        "(by its "
        "keyed hash) with the returned-check list as it stood then, and with the approval.",
        "Endorsing, two parties, foreign banks and altered paper are seen at the counter only; checks whose date "
        "was not "
        "keyed are not compared.",
    ),
    Check(
        16,
        card_numbers,
        "Every text of every table is searched for numbers of 13 to 19 digits in a card scheme's range that pass the "
        "Luhn check, however they are spaced: the ledger with its facts, notes, held and cancelled carts, accounts, "
        "settings. Hashes, identifiers made by the program and time stamps are left out.",
        "Exported files kept as bytes, files outside of the database, and pictures are not searched.",
    ),
    Check(
        17,
        card_fees,
        f"For every receipt, the fee for a card is compared with {CARD_CAP} percent of what the card paid.",
        "That the fee was told before the card was shown, and the brand's own rule of the day, leave no trace in data.",
    ),
    Check(
        18,
        rounding,
        "For every cash receipt the amount kept is compared with the cash remainder rounded by the policy of that "
        "moment; the sum of each month is compared with what was posted to the account of cash rounding.",
    ),
)
