"""What accounts owe: found by bill or account, paid in whole or in part, taken back with a void."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from csr_desk.data.queries import Connection, accounts, collection, returned
from csr_desk.data.queries.accounts import BillRecord
from csr_desk.domain.cart import CartLine, OpenAmount
from csr_desk.domain.distribution import Share
from csr_desk.domain.errors import AlreadyPaid, BadInput, Conflict, NotFound, TenderRefused
from csr_desk.domain.ledger import EventKey, LineRow
from csr_desk.domain.money import Cents, allocate, allocate_next, shown
from csr_desk.domain.postings import HOUSE
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.receivable.stages import CERTIFIED_ONLY, Stage, unfit_after_cut_off
from csr_desk.domain.returned import unfit_for_repayment
from csr_desk.domain.tender import Tender
from csr_desk.services.desk import moment
from csr_desk.services.lines import BillLine, Line

TOLD = ("account_no", "amount_minor", "description", "due_date", "shares", "authority")
"""What an entry says of a bill: all of it but how much is paid."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A keyed line and the open amounts it stands for."""

    line: BillLine
    amounts: tuple[OpenAmount, ...]
    returned: bool = False
    """It repays something that the bank sent back."""
    bills: tuple[BillRecord, ...] = ()
    """The bills that the amounts pay, as they stood."""


def resolve(
    conn: Connection, lines: Sequence[BillLine], *, lock: bool = False, but: EventKey | None = None
) -> tuple[Owed, ...]:
    """Find what lines stand for; raise NotFound, AlreadyPaid, BadInput (more than is due), Conflict (twice).

    ``but`` is a payment that the same transaction takes back: its bills have it back, the ledger not yet.
    """
    found = []
    seen: set[str] = set()
    for line in lines:
        records = _records(conn, line, lock=lock)
        if line.kind == "account" and not records and line.amount:
            found.append(Owed(line, (_credit(line),)))
            continue
        due = [record for record in records if record.amount > record.paid]
        if not due:
            raise AlreadyPaid(f"Nothing is due on {line.kind} {line.number}.", field=line.kind)
        amounts = _spread(conn, line, due, but)
        for amount in amounts:
            if amount.reference in seen:
                raise Conflict(f"Bill {amount.reference} stands in the cart twice.")
            seen.add(amount.reference)
        paid = {amount.reference for amount in amounts}
        bills = tuple(record for record in due if record.bill in paid)
        back = any(record.returned_item is not None for record in bills)
        found.append(Owed(line, amounts, back, bills))
    return tuple(found)


def refuse_tenders(owed: Sequence[Owed], tenders: Sequence[Tender]) -> None:
    """Raise TenderRefused where a returned item, or an account that is cut off, is paid by what may bounce (E11, F8).

    What is cut off is paid in cash, by card or in certified funds.
    """
    why = unfit_for_repayment(tuple(tenders)) if any(one.returned for one in owed) else ""
    why = why or _unfit_after_cut_off([bill for one in owed for bill in one.bills], tenders)
    if why:
        raise TenderRefused(why, field="tenders")


def _unfit_after_cut_off(records: Sequence[BillRecord], tenders: Sequence[Tender]) -> str:
    """Return why tenders do not pay an account that is cut off, or nothing."""
    cut = next((record.account for record in records if record.stage in CERTIFIED_ONLY), None)
    name = unfit_after_cut_off(tenders) if cut is not None else ""
    return f"{name}: account {cut} is cut off, and paid in cash, by card or in certified funds only." if name else ""


def refuse_tender_of(conn: Connection, original: Receipt, tender: Tender) -> None:
    """Raise TenderRefused where a receipt needed certified funds and another tender is said to have paid it (E11, F8).

    It repays a returned item, or an account that was cut off then.
    """
    found = (accounts.one_bill(conn, line.reference) for line in original.lines if line.reference)
    paid = [one for one in found if one is not None]
    why = unfit_for_repayment((tender,)) if any(one.returned_item is not None for one in paid) else ""
    then = [replace(one, stage=_stage_then(conn, one.account, original)) for one in paid]
    why = why or _unfit_after_cut_off(then, (tender,))
    if why:
        raise TenderRefused(f"{why} Void the receipt.", field="to")


def _stage_then(conn: Connection, account: str, original: Receipt) -> str | None:
    """Return where an account stood when a receipt was made: the receipt's own step came after it."""
    before = [
        step.stage
        for step in collection.steps_of(conn, account)
        if moment(step.at) <= original.recorded_at and step.facts.get("receipt") != original.number
    ]
    return before[-1] if before else None


def warnings(conn: Connection, owed: Sequence[Owed]) -> tuple[str, ...]:
    """Return what to know of the customers who pay: something of theirs came back and is still owed (E9)."""
    told = []
    for one in owed:
        account = one.line.number if one.line.kind == "account" else _account_of(conn, one.line.number)
        number = returned.open_items_of(conn, account)
        if number:
            told.append(
                f"The customer of account {account} owes {number} returned item{'' if number == 1 else 's'}: "
                "repaid in cash or certified funds only."
            )
        told.extend(_cut_off_warning(conn, account))
    return tuple(dict.fromkeys(told))


def _cut_off_warning(conn: Connection, number: str) -> list[str]:
    """Say what an account that is cut off, or about to be, still needs."""
    record = collection.one_account(conn, number)
    if record is None or record.stage not in {Stage.CUT_OFF, Stage.LISTED}:
        return []
    if record.stage == Stage.LISTED:
        return [f"Account {number} is on the cut-off list: all that is late, paid now, stops the cut-off."]
    return [f"Account {number} is cut off: cash, card or certified funds only; paid whole, service is restored."]


def _account_of(conn: Connection, bill: str) -> str:
    record = accounts.one_bill(conn, bill)
    return "" if record is None else record.account


def _records(conn: Connection, line: BillLine, *, lock: bool) -> tuple[BillRecord, ...]:
    if line.kind == "bill":
        record = accounts.one_bill(conn, line.number, lock=lock)
        if record is not None:
            return (record,)
    if line.kind == "account" and accounts.has_account(conn, line.number):
        return accounts.bills_of(conn, line.number, lock=lock)
    raise NotFound(f"There is no {line.kind} “{line.number[:40]}”.", field=line.kind)


def _credit(line: BillLine) -> OpenAmount:
    """Take a payment ahead on an account that has no bill yet; it is owed to the customer until one comes."""
    fund, center, gl = HOUSE.on_account.split(".")
    if (line.amount or 0) <= 0:
        raise BadInput("A payment is above zero.", field="amount")
    return OpenAmount("", f"Payment on account {line.number}", line.amount or 0, (Share(fund, center, gl),))


def _spread(
    conn: Connection, line: BillLine, due: Sequence[BillRecord], but: EventKey | None
) -> tuple[OpenAmount, ...]:
    """Spread a payment over bills, the oldest first (A10)."""
    whole = sum(record.amount - record.paid for record in due)
    left = whole if line.amount is None else line.amount
    if left <= 0:
        raise BadInput("A payment is above zero.", field="amount")
    if left > whole:
        raise BadInput(f"Only {shown(whole)} is due. Key that amount or less.", field="amount")
    amounts = []
    for record in due:
        part = min(left, record.amount - record.paid)
        if part:
            amounts.append(_open_amount(conn, record, part, but))
            left -= part
    return tuple(amounts)


def _open_amount(conn: Connection, record: BillRecord, part: Cents, but: EventKey | None) -> OpenAmount:
    targets = [(Share(**words), int(cents)) for words, cents in json.loads(record.shares)]
    booked = accounts.booked_for(conn, record.bill, but) if record.paid else {}
    parts = _parts(record, targets, part, booked)
    shares = tuple(
        Share(share.fund, share.cost_center, share.gl, share.internal_order, fixed_cents=cents)
        for (share, _), cents in zip(targets, parts, strict=True)
        if cents
    )
    return OpenAmount(record.bill, f"{record.description} {record.account}", part, shares, record.authority)


def _parts(
    record: BillRecord, targets: Sequence[tuple[Share, Cents]], part: Cents, booked: Mapping[str, Cents]
) -> tuple[Cents, ...]:
    """Spread a payment over the accounts of a bill, so that the last one closes each of them exactly.

    Where an earlier payment was taken back from under a later one, what is booked is not what the payments so far
    would have made; then the payment goes to what each account still lacks.
    """
    cents = [amount for _, amount in targets]
    if record.paid:
        names = [share.account for share, _ in targets]
        made = allocate(record.paid, cents)
        lacking = [amount - booked.get(name, 0) for name, amount in zip(names, cents, strict=True)]
        usual = [amount - had for amount, had in zip(cents, made, strict=True)]
        if len(set(names)) == len(names) and lacking != usual and min(lacking) >= 0:
            return allocate(part, lacking)
    return allocate_next(cents, record.paid, part)


def opened(lines: Sequence[Line], owed: Sequence[Owed]) -> tuple[CartLine | OpenAmount, ...]:
    """Put the open amounts in the place of the lines that name them."""
    waiting = iter(owed)
    flat: list[CartLine | OpenAmount] = []
    for line in lines:
        if isinstance(line, BillLine):
            flat.extend(next(waiting).amounts)
        else:
            flat.append(line)
    return tuple(flat)


def facts_of(owed: Sequence[Owed]) -> dict[str, object]:
    """Say what the bills of a sale are (amount in cents): a bill that was paid is not another one afterwards."""
    rows = [
        {
            "bill_id": record.bill, "account_no": record.account, "amount_minor": record.amount,
            "description": record.description, "due_date": record.due, "shares": record.shares,
            "authority": record.authority,
        }
        for one in owed
        for record in one.bills
    ]  # fmt: skip
    return told(rows)


def told(rows: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Write bills (rows as stored) as the facts of an entry."""
    return {"bills": {str(row["bill_id"]): {name: row[name] for name in TOLD} for row in rows}} if rows else {}


def pay(conn: Connection, owed: Sequence[Owed]) -> None:
    """Note the payments on their bills."""
    for one in owed:
        for amount in one.amounts:
            if not amount.reference:
                continue
            accounts.add_paid(conn, amount.reference, amount.amount)


def take_back(conn: Connection, lines: Sequence[LineRow]) -> None:
    """Note on their bills that payments were taken back."""
    for line in lines:
        if line.reference:
            accounts.add_paid(conn, line.reference, -line.amount)
