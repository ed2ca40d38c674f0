"""What accounts owe: found by bill or account, paid in whole or in part by the order of application, taken back.

One line of a cart may stand for several bills, and for what is left over when all of them are paid: that goes to the
account's credit. Every payment locks its accounts first, so that two counters never pay the same bill.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from csr_desk.data.queries import Connection, accounts, collection, payments, returned
from csr_desk.data.queries.accounts import BillRecord
from csr_desk.domain.cart import CartLine, OpenAmount, PricedBefore, PricedLine
from csr_desk.domain.distribution import Share
from csr_desk.domain.errors import AlreadyPaid, BadInput, Conflict, MissingInput, NotFound, TenderRefused
from csr_desk.domain.ledger import EventKey, LineRow, receipt_number
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.postings import HOUSE
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.receivable.application import Applied, apply, apply_by_hand, to_credit_of
from csr_desk.domain.receivable.items import OpenItem, Spread, expanded
from csr_desk.domain.receivable.stages import CERTIFIED_ONLY, Stage, unfit_after_cut_off
from csr_desk.domain.returned import unfit_for_repayment
from csr_desk.domain.tender import Tender
from csr_desk.services import guarantee_lines
from csr_desk.services.bill_items import applied_facts, by_bill, open_items, spread_over
from csr_desk.services.desk import moment
from csr_desk.services.lines import BillLine

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
    account: str = ""
    due: Cents = 0
    """All that was due on what the line names."""
    credit: Cents = 0
    """What is left over and goes to the account's credit."""
    spreads: Mapping[str, Spread] = field(default_factory=dict)
    """By bill that has items: what the payment brings each."""


def resolve(
    conn: Connection,
    lines: Sequence[BillLine],
    day: date,
    *,
    lock: bool = False,
    but: EventKey | None = None,
    also: Iterable[str] = (),
) -> tuple[Owed, ...]:
    """Find what lines stand for on a business date, and spread them over debts by the rule or as a person says.

    Raises NotFound, AlreadyPaid, Conflict (twice in a cart, or not what was due when it was put there), BadInput (more
    than one bill has, or a spread that cannot be), MissingInput (a spread by hand without a reason). ``but`` is a
    payment that the same transaction takes back: its bills have it back, the ledger not yet. ``also`` names accounts
    whose credit pays; they are locked with the others, all in one order.
    """
    named = [_account_of(conn, line) for line in lines]
    if lock and (wanted := {*named, *also}):
        payments.lock_accounts(conn, wanted)
    found = []
    seen: set[str] = set()
    for line, account in zip(lines, named, strict=True):
        owed = _one(conn, (line, account), day, (lock, but))
        for amount in owed.amounts:
            if amount.reference in seen:
                raise Conflict(f"{amount.description} stands in the cart twice.")
            seen.add(amount.reference)
        found.append(owed)
    return tuple(found)


def _account_of(conn: Connection, line: BillLine) -> str:
    """Return the account of a line; raise NotFound."""
    if line.kind == "bill" and (account := payments.account_of_bill(conn, line.number)):
        return account
    if line.kind in {"account", "deposit"} and accounts.has_account(conn, line.number):
        return line.number
    noun = "account" if line.kind == "deposit" else line.kind
    raise NotFound(f"There is no {noun} “{line.number[:40]}”.", field=line.kind)


def _one(conn: Connection, what: tuple[BillLine, str], day: date, how: tuple[bool, EventKey | None]) -> Owed:
    (line, account), (lock, but) = what, how
    if line.kind == "deposit":
        return Owed(line, (guarantee_lines.taken(conn, account, line.amount),), account=account)
    records = _records(conn, line, account, lock=lock)
    due = [record for record in records if record.state == "due" and record.amount > record.paid]
    whole = sum(record.amount - record.paid for record in due)
    _refuse_changed(conn, line, account, whole)
    if not due:
        if line.kind == "account" and line.amount and not line.parts and (line.ahead or not records):
            return Owed(line, (_credit(account, line.amount),), account=account, credit=line.amount)
        raise AlreadyPaid(_paid_words(conn, line, account), field=line.kind)
    items = open_items(conn, due, but)
    applied = _applied(line, (due, whole), items, day)
    spreads, amounts = {}, []
    for record in due:
        parts = by_bill(applied).get(record.bill)
        if parts:
            spreads[record.bill] = spread_over(items[record.bill], parts)
            amounts.append(_open_amount(record, items[record.bill], spreads[record.bill]))
    order = list(by_bill(applied))
    amounts.sort(key=lambda amount: order.index(amount.reference))
    if applied.credit:
        amounts.append(_credit(account, applied.credit))
    paid = tuple(record for record in due if record.bill in spreads)
    return Owed(
        line,
        tuple(amounts),
        any(record.returned_item is not None for record in paid),
        paid,
        account,
        whole,
        applied.credit,
        {bill: spread for bill, spread in spreads.items() if _has_items(items[bill])},
    )


def _records(conn: Connection, line: BillLine, account: str, *, lock: bool) -> tuple[BillRecord, ...]:
    if line.kind == "account":
        return accounts.bills_of(conn, account, lock=lock)
    record = accounts.one_bill(conn, line.number, lock=lock)
    return () if record is None else (record,)


def _has_items(items: Sequence[OpenItem]) -> bool:
    return [item.n for item in items] != [0]


def _refuse_changed(conn: Connection, line: BillLine, account: str, whole: Cents) -> None:
    """Raise AlreadyPaid or Conflict where somebody else changed what is due since it was put into the cart."""
    if line.due is None or line.due == whole:
        return
    if not whole:
        raise AlreadyPaid(_paid_words(conn, line, account), field=line.kind)
    words = f"{_named(line)} owed {shown(line.due)} when it was put here, and owes {shown(whole)} now."
    raise Conflict(f"{words}{_last_words(conn, account)} Look at it again.", field=line.kind)


def _paid_words(conn: Connection, line: BillLine, account: str) -> str:
    return f"Nothing is due on {_named(line)[0].lower()}{_named(line)[1:]}.{_last_words(conn, account)}"


def _last_words(conn: Connection, account: str) -> str:
    """Say what paid last, so that the second of two counters knows who was first."""
    last = payments.last_paid(conn, account)
    if last is None:
        return ""
    series, number = last
    by = f"receipt {receipt_number(series, number)}" if number is not None else "a credit that was applied"
    return f" The last payment was {by}."


def _named(line: BillLine) -> str:
    return f"{line.kind.capitalize()} {line.number[:40]}"


def _applied(
    line: BillLine, due: tuple[Sequence[BillRecord], Cents], items: Mapping[str, Sequence[OpenItem]], day: date
) -> Applied:
    """Spread the line's amount: by the rule, or as a person says."""
    records, whole = due
    debts = [item.debt(_date(record.due)) for record in records for item in items[record.bill] if item.open]
    amount = whole if line.amount is None else line.amount
    if line.parts:
        if not line.reason.strip():
            raise MissingInput("Say why the payment is not applied by the rule.", field="reason")
        wanted = [
            part
            for put in line.parts
            for part in expanded(
                [item for item in items.get(put.bill, ()) if put.item in {None, item.n}], put.bill, put.amount
            )
        ]
        applied = apply_by_hand(line.amount or sum(part.amount for part in wanted), debts, wanted)
    elif amount <= 0:
        raise BadInput("A payment is above zero.", field="amount")
    else:
        applied = apply(amount, debts, day)
    if applied.credit and line.kind == "bill":
        more = "Pay the account to leave the rest to its credit."
        raise BadInput(f"Only {shown(whole)} is due. Key that amount or less. {more}", field="amount")
    return applied


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _credit(account: str, amount: Cents) -> OpenAmount:
    """Take money ahead; it is owed to the customer until a bill takes it."""
    if amount <= 0:
        raise BadInput("A payment is above zero.", field="amount")
    return OpenAmount(to_credit_of(account), f"Paid ahead on account {account}", amount, (credit_share(),))


def credit_share() -> Share:
    """Return the account of what customers paid ahead: a liability."""
    fund, center, gl = HOUSE.on_account.split(".")
    return Share(fund, center, gl)


def _open_amount(record: BillRecord, items: Sequence[OpenItem], spread: Spread) -> OpenAmount:
    """Give what a bill is paid, with what goes to each account and what stays open."""
    shares, named = [], []
    for item in items:
        cents = spread.get(item.n, ())
        shares += [
            Share(share.fund, share.cost_center, share.gl, share.internal_order, fixed_cents=part)
            for (share, _), part in zip(item.targets, cents, strict=False)
            if part
        ]
        if cents:
            named.append(f"{item.name} {shown(sum(cents))}")
    amount = sum(sum(cents) for cents in spread.values())
    explain = [", ".join(named)] if len(items) > 1 else []
    left = record.amount - record.paid - amount
    if left > 0:
        explain.append(f"{shown(left)} of {shown(record.amount)} stays due on this bill.")
    return OpenAmount(
        record.bill,
        f"{record.description} {record.account}",
        amount,
        tuple(shares),
        record.authority,
        explain=tuple(explain),
    )


# ---- what may pay, what to know


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
    for account in dict.fromkeys(one.account for one in owed):
        number = returned.open_items_of(conn, account)
        if number:
            told.append(
                f"The customer of account {account} owes {number} returned item{'' if number == 1 else 's'}: "
                "repaid in cash or certified funds only."
            )
        told.extend(_cut_off_warning(conn, account))
    return tuple(told)


def _cut_off_warning(conn: Connection, number: str) -> list[str]:
    """Say what an account that is cut off, or about to be, still needs."""
    record = collection.one_account(conn, number)
    if record is None or record.stage not in {Stage.CUT_OFF, Stage.LISTED}:
        return []
    if record.stage == Stage.LISTED:
        return [f"Account {number} is on the cut-off list: all that is late, paid now, stops the cut-off."]
    return [f"Account {number} is cut off: cash, card or certified funds only; paid whole, service is restored."]


def opened(
    lines: Sequence[CartLine | BillLine | PricedBefore | OpenAmount], owed: Sequence[Owed]
) -> tuple[CartLine | OpenAmount | PricedBefore, ...]:
    """Put the open amounts in the place of the lines that name them."""
    waiting = iter(owed)
    flat: list[CartLine | OpenAmount | PricedBefore] = []
    for line in lines:
        if isinstance(line, BillLine):
            flat.extend(next(waiting).amounts)
        else:
            flat.append(line)
    return tuple(flat)


# ---- what an entry says


def facts_of(owed: Sequence[Owed], numbers: Mapping[str, int]) -> dict[str, object]:
    """Say what the bills of a sale are (amounts in cents): a bill that was paid is not another one afterwards.

    ``numbers`` are the lines by their reference; which items each paid, and which were put by hand, is said by them.
    """
    rows = [
        {
            "bill_id": record.bill, "account_no": record.account, "amount_minor": record.amount,
            "description": record.description, "due_date": record.due, "shares": record.shares,
            "authority": record.authority,
        }
        for one in owed
        for record in one.bills
    ]  # fmt: skip
    spreads = {numbers[bill]: spread for one in owed for bill, spread in one.spreads.items()}
    by_hand = [number for number, _ in by_hand_of(owed, numbers)]
    return {**told(rows), **applied_facts(spreads), **({"by_hand": by_hand} if by_hand else {})}


def told(rows: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """Write bills (rows as stored) as the facts of an entry."""
    return {"bills": {str(row["bill_id"]): {name: row[name] for name in TOLD} for row in rows}} if rows else {}


def by_hand_of(owed: Sequence[Owed], numbers: Mapping[str, int]) -> list[tuple[int, str]]:
    """Return the lines whose payment a person put where the rule would not, each with the reason."""
    return [
        (numbers[amount.reference], one.line.reason.strip()) for one in owed if one.line.parts for amount in one.amounts
    ]


def numbers_of(lines: Iterable[LineRow | PricedLine]) -> dict[str, int]:
    """Return the numbers of the lines of a receipt that pay something, by what they pay."""
    return {line.reference: line.number for line in lines if line.reference}
