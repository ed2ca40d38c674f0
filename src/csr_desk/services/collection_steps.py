"""The steps of collection as entries: a stage with its fee, and what a payment does to it in the same transaction (F8).

A sale writes its step into the series of its drawer, right behind itself; everything else stands in the office's. The
account's row is locked first, so a step and a payment of two stations come one after the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from csr_desk.data.queries import accounts, collection, payments, plans
from csr_desk.data.queries.batches import BatchRecord
from csr_desk.data.queries.collection import AccountRecord
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.distribution import Share, distribute
from csr_desk.domain.errors import Refusal
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind, LineRow
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Actor
from csr_desk.domain.receivable.billed import shares_text
from csr_desk.domain.receivable.collection import PlanOf, PlanState
from csr_desk.domain.receivable.stages import Move, Stage, after_payment, move_to
from csr_desk.services import bills
from csr_desk.services.accounts import receivable_share
from csr_desk.services.collection_state import account_of, picture, plan_of, stage_of
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.numbers import number_from
from csr_desk.services.receipts import queue_print

FEE_ITEM = "WTR-RESTORE"
"""The catalogue's item whose account takes the fees of collection, where the city has one (Houston 47-70)."""
FEE_WORDS: Mapping[Move, str] = {
    Move.REMINDER: "Fee of the reminder",
    Move.NOTICE: "Fee of the cut-off notice",
    Move.CUT_OFF: "Fee to restore service",
}


@dataclass(frozen=True, slots=True)
class Where:
    """Where an entry goes: series, business date, and the key of the act that it belongs to."""

    series: str
    day: date
    key: str
    batch: str | None = None
    because: str = ""
    """What the office did, where no receipt did it: an adjustment, a deposit, a credit that was used."""


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step to take (cents)."""

    move: Move
    late: Cents
    fee: Cents = 0
    receipt: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    command: object = None
    """Key and command of the person whose act this step is, so that its key is never used for another one."""


ENDED_BY_PAYMENT = (Move.STOPPED, Move.RESTORING)


def office_series(desk: Desk, key: str, because: str = "") -> Where:
    """Say that an entry stands in the office's series, under today's date."""
    return Where(desk.office_series, desk.today(), key, because=because)


def add_step(work: Work, desk: Desk, actor: Actor, where: Where, step: tuple[AccountRecord, NewStep]) -> EventKey:
    """Write a step, its fee as a bill of its own, and where it leaves the account; the account is locked before."""
    record, new = step
    number = collection.last_number(work.conn, record.account) + 1
    claim = _claim(desk, (record.account, where.day, f"{where.key}/{record.account}"), new)
    facts: dict[str, object] = {
        "account": record.account, "n": number, "move": new.move.value, "was": record.stage, "late": new.late,
        "fee": new.fee, "bill": claim["bill_id"] if claim else None,
        **({"receipt": new.receipt} if new.receipt else {}), **({"because": where.because} if where.because else {}),
        **bills.told([claim] if claim else []),
    }  # fmt: skip
    key = new.key or f"{where.key}/{record.account}"
    written = work.append(
        EntryDraft(
            series=where.series,
            kind=EventKind.ACCOUNT_STAGED,
            business_date=where.day,
            actor=actor.user,
            idem_key=key,
            content_hash=content_of(desk, actor.user, new.command or (key, new.move.value)),
            batch=where.batch,
            facts=facts,
            notes=new.notes,
        ),
        desk.now_text(),
    )
    if claim:
        accounts.insert_bill(work.conn, claim)
    row = {"account_no": record.account, "n": number, "stage": new.move.value, "on_date": where.day.isoformat()}
    place = {"bill_id": facts["bill"], "series_id": written.key.series, "seq": written.key.seq}
    stage = new.move.stage
    collection.insert_step(work.conn, {**row, **place}, stage.value if stage else None)
    payments.note_about(work.conn, written.key, (about.account(record.account),))
    if new.move is Move.RESTORING:
        queue_print(work.conn, written.key, desk.now_text(), document="restore_order")
    return written.key


def _claim(desk: Desk, where: tuple[str, date, str], new: NewStep) -> dict[str, object]:
    """Lay out the bill of a fee, due on the day it is charged; nothing where there is no fee."""
    account, day, key = where
    if new.fee <= 0:
        return {}
    return {
        "bill_id": number_from("F", key),
        "account_no": account,
        "description": FEE_WORDS[new.move],
        "amount_minor": new.fee,
        "paid_minor": 0,
        "due_date": day.isoformat(),
        "shares": shares_text(_fee_parts(desk, day, new.fee)),
        "authority": "",
        "state": "due",
    }


def _fee_parts(desk: Desk, day: date, fee: Cents) -> Sequence[tuple[Share, Cents]]:
    """Say which account a fee belongs to: that of the catalogue's item, or what is owed without one."""
    try:
        return distribute(desk.catalogue.item(FEE_ITEM).version_on(day).shares, fee)
    except Refusal:
        return ((receivable_share(), fee),)


def settle_sale(
    work: Work,
    desk: Desk,
    actor: Actor,
    sold: tuple[Sequence[bills.Owed], BatchRecord],
    written: tuple[str, str | None],
) -> None:
    """Do what a sale does to the accounts it paid; ``written`` is its key and the number of its receipt."""
    owed, row = sold
    key, receipt = written
    names = {one.account for one in owed if one.bills}
    if names:
        where = Where(row.series, row.business_date, key, row.batch_id)
        settle_accounts(work, desk, actor, (sorted(names), receipt or ""), where)


def settle_accounts(
    work: Work, desk: Desk, actor: Actor, paid: tuple[Sequence[str], str], where: Where
) -> tuple[str, ...]:
    """Do what a payment (or a credit, a deposit, an adjustment) does to accounts; returns those that it freed.

    What is listed comes off the list, what is cut off gets its restore order, a plan that is paid whole is kept.
    ``paid`` is the accounts in the order of their numbers, and the number of the receipt, if any.
    """
    names, receipt = paid
    ended = []
    for account in names:
        record = account_of(work.conn, account, lock=True)
        plan = plans.active_plan(work.conn, account)
        if record.stage is None and plan is None:
            continue
        if _settle(work, desk, actor, (record, receipt), where):
            ended.append(account)
    return tuple(ended)


def _settle(work: Work, desk: Desk, actor: Actor, what: tuple[AccountRecord, str], where: Where) -> bool:
    record, receipt = what
    seen = picture(work.conn, record.account, desk.today())
    if seen.plan is not None and seen.plan.left <= 0:
        end_plan(work, desk, actor, where, Ending(seen.plan, PlanState.KEPT))
    stage = stage_of(record)
    now = after_payment(stage, seen.to_settle)
    if now is stage or stage is Stage.RESTORING:
        return False
    add_step(work, desk, actor, where, (record, NewStep(move_to(now), seen.late, receipt=receipt)))
    return True


def put_back(work: Work, desk: Desk, actor: Actor, taken: tuple[Sequence[LineRow], str], where: Where) -> None:
    """Bring accounts back to where they stood before a payment that is taken back now.

    Only where that payment's step is still their last one; ``taken`` is the lines and the number of their receipt.
    """
    lines, receipt = taken
    numbers = [line.reference for line in lines if line.reference]
    put_back_accounts(work, desk, actor, (collection.accounts_of_bills(work.conn, numbers), receipt), where)


def put_back_accounts(work: Work, desk: Desk, actor: Actor, taken: tuple[Sequence[str], str], where: Where) -> None:
    """Bring accounts back to where they stood before something that is taken back now, and their plans with them.

    ``taken`` is the accounts in the order of their numbers, and the number of the receipt, if one settled them; else
    ``where`` says what the office did.
    """
    names, receipt = taken
    for account in names:
        record = account_of(work.conn, account, lock=True)
        _wake_plan(work, desk, actor, account, where)
        steps = collection.steps_of(work.conn, account)
        last = steps[-1] if steps else None
        if last is None or last.stage not in ENDED_BY_PAYMENT:
            continue
        if (last.facts.get("receipt", ""), last.facts.get("because", "")) != (receipt, where.because):
            continue
        seen = picture(work.conn, account, desk.today())
        if not seen.to_settle:  # nothing is late: the bank's claim is on another account, or other money came since
            continue
        back = NewStep(Move(last.facts["was"]), seen.late, receipt=receipt)
        add_step(work, desk, actor, where, (record, back))


def _wake_plan(work: Work, desk: Desk, actor: Actor, account: str, where: Where) -> None:
    """Let an account's last plan run again if it was kept by what is taken back now and its time is not over.

    What the bank sent back wakes none: the bills stay paid, and it is claimed at once by a bill of its own.
    """
    last = next(iter(plans.plans_of(work.conn, account)), None)
    if last is None or last.state != PlanState.KEPT.value or last.ended is None:
        return
    plan = plan_of(last, picture(work.conn, account, desk.today()).bills)
    over = plan.plan.parts[-1].due + timedelta(days=desk.policy.plan_grace_days)
    if plan.left > 0 and desk.today() <= over:
        end_plan(work, desk, actor, where, Ending(plan, PlanState.ACTIVE, takes_back=last.ended))


@dataclass(frozen=True, slots=True)
class Ending:
    """How a plan ended; ``key`` and ``command`` are those of the person who ended it, if one did."""

    plan: PlanOf
    state: PlanState
    """Active: the end that ``takes_back`` names is taken back."""
    notes: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    command: object = None
    takes_back: EventKey | None = None


def end_plan(work: Work, desk: Desk, actor: Actor, where: Where, ending: Ending) -> EventKey:
    """Write how a plan ended, or that its end is taken back; its account is locked before."""
    plan, state, back = ending.plan, ending.state.value, ending.takes_back
    undone = {"takes_back": [back.series, back.seq]} if back else {}
    key = ending.key or f"{where.key}/{plan.number}"
    written = work.append(
        EntryDraft(
            series=where.series,
            kind=EventKind.PLAN_ENDED,
            business_date=where.day,
            actor=actor.user,
            idem_key=key,
            content_hash=content_of(desk, actor.user, ending.command or (key, state)),
            batch=where.batch,
            facts={"plan": plan.number, "account": plan.account, "state": state, "left": plan.left, **undone},
            notes=ending.notes,
        ),
        desk.now_text(),
    )
    plans.set_state(work.conn, plan.number, state, None if back else written.key)
    payments.note_about(work.conn, written.key, (about.account(plan.account),))
    return written.key
