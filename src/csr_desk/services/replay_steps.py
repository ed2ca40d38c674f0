"""The steps of the counter script: each reads its words, does the act through its service, writes the result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from csr_desk.domain.count import TAPED
from csr_desk.domain.drawer import CountSheet
from csr_desk.domain.errors import MissingInput
from csr_desk.domain.money import plain
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.policy import as_text
from csr_desk.services import (
    balancing,
    corrections,
    deposits,
    drawers,
    permits,
    policies,
    replay_accounts,
    replay_adjustments,
    replay_announcements,
    replay_audit,
    replay_billing,
    replay_checks,
    replay_companies,
    replay_corrections,
    replay_custody,
    replay_customers,
    replay_differences,
    replay_exchange,
    replay_holding,
    replay_imports,
    replay_information,
    replay_payments,
    replay_people,
    replay_permits,
    replay_projects,
    replay_queue,
    replay_releases,
    replay_request_papers,
    replay_requests,
    replay_results,
    replay_shelf,
    replay_work,
    reports,
    sell,
    verification,
)
from csr_desk.services.carts_held import CartDraft, Hold, held_lines
from csr_desk.services.desk import Desk
from csr_desk.services.permit_sales import Buying
from csr_desk.services.replay_collection import COLLECTION_STEPS
from csr_desk.services.replay_payables import PAYABLES_STEPS
from csr_desk.services.replay_step import Step, actor_of, approved, approved_in_all, span_of

Result = Mapping[str, Any]
_COMMON = frozenset({"do", "id", "by", "at", "key", "drawer", "approved_by", "expect", "expect_error"})


def set_policy(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Change settings."""
    changes = {name: value for name, value in step.data.items() if name not in _COMMON}
    done = policies.set_policy(desk, actor_of(actor), policies.SetPolicy(step.key, changes))
    return as_text(done.value)


def open_drawer(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Open a drawer with a counted float."""
    command = drawers.OpenDrawer(step.key, step.needed("drawer"), step.pieces("float"), step.text("reason"))
    who = actor_of(actor)
    done = approved(desk, step, "approved_by", lambda yes: drawers.open_drawer(desk, who, command, yes)).value
    return {"batch": done.batch.batch_id, "float": plain(done.counted), "state": done.batch.state.value}


def quote(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Price a cart; nothing is recorded."""
    command = sell.Quote(
        step.lines(), step.tenders(), step.date("price_date"), step.flag("demo_inputs"), step.text("customer_id")
    )
    return replay_results.of_quote(sell.quote(desk, actor_of(actor), command))


def sale(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Sell, or park the cart."""
    who = actor_of(actor)
    customer, memo = step.text("customer"), step.text("memo")
    if step.flag("hold"):
        draft = CartDraft(step.key, step.lines(), step.tenders(), customer, memo)
        held = sell.hold(desk, who, Hold(draft, step.text("title"), step.flag("demo_inputs"))).value
        return {"held": held.number, "total": plain(held.total)}
    command = sell.CompleteSale(
        step.key,
        step.text("drawer") or None,
        step.lines(),
        step.tenders(),
        customer,
        memo,
        demo_inputs=step.flag("demo_inputs"),
        customer_id=step.text("customer_id"),
        buying=Buying(step.text("contractor"), step.text("contractor_reason")),
    )
    return _sell(desk, who, step, command)


def _sell(desk: Desk, who: Actor, step: Step, command: sell.CompleteSale) -> Result:
    done = approved_in_all(desk, step, "approved_by", lambda yes: sell.complete_sale(desk, who, command, yes))
    issued = permits.numbers_of(desk, done.value.key)
    return {**replay_results.of_receipt(done.value), **({"permits": list(issued)} if issued else {})}


def resume(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Finish a parked cart, on any drawer."""
    who = actor_of(actor)
    number = step.needed("held")
    draft = held_lines(desk, who, number)
    command = sell.CompleteSale(
        step.key,
        step.text("drawer") or None,
        draft.lines,
        step.tenders() or draft.tenders,
        step.text("customer") or draft.customer,
        step.text("memo") or draft.memo,
        demo_inputs=step.flag("demo_inputs"),
        held=number,
        customer_id=step.text("customer_id") or draft.customer_id,
    )
    return _sell(desk, who, step, command)


def void(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Void a receipt."""
    who = actor_of(actor)
    command = corrections.Void(step.key, step.needed("receipt"), step.text("reason"))
    done = approved(desk, step, "approved_by", lambda yes: corrections.void(desk, who, command, yes))
    return replay_results.of_receipt(done.value)


def no_sale(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Open the drawer without a sale."""
    done = corrections.no_sale(desk, actor_of(actor), corrections.NoSale(step.key, step.text("reason")))
    return {"event": done.value}


def drop(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Carry cash to the safe."""
    who = actor_of(actor)
    command = drawers.DropCash(step.key, step.pieces("cash"), step.text("bag"))
    done = approved(desk, step, "witness", lambda yes: drawers.drop(desk, who, command, yes)).value
    return {"amount": plain(done.amount), "number": done.number, "batch": done.batch.batch_id}


def suspend(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Lock the drawer."""
    done = drawers.suspend(desk, actor_of(actor), step.key).value
    return {"batch": done.batch_id, "suspended": done.suspended}


def unsuspend(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Unlock the drawer."""
    done = drawers.unsuspend(desk, actor_of(actor), step.key).value
    return {"batch": done.batch_id, "suspended": done.suspended}


def stop_selling(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Freeze the batch."""
    done = drawers.stop_selling(desk, actor_of(actor), step.key).value
    return {"batch": done.batch_id, "state": done.state.value}


def count(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Count blind."""
    tapes = {kind: step.tape(kind) for kind in TAPED}
    sheet = CountSheet(step.pieces("cash"), {kind: tape for kind, tape in tapes.items() if tape is not None})
    done = drawers.count(desk, actor_of(actor), drawers.CountDrawer(step.key, sheet)).value
    return {
        "batch": done.batch_id,
        "attempt": done.attempt,
        "attempts_left": done.attempts_left,
        "agrees": dict(done.agrees),
        "items_agree": dict(done.items_agree),
    }


def submit_count(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Hand the count in."""
    done = drawers.submit_count(desk, actor_of(actor), step.key).value
    return {"batch": done.batch_id, "state": done.state.value}


def accept_batch(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Accept a batch."""
    command = balancing.AcceptBatch(step.key, step.needed("batch"), step.text("reason"))
    return replay_results.of_z_report(balancing.accept_batch(desk, actor_of(actor), command).value)


def reject_batch(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give a count back."""
    command = balancing.ReturnBatch(step.key, step.needed("batch"), step.text("reason"))
    return replay_results.of_sheet(balancing.reject_batch(desk, actor_of(actor), command).value)


def reopen_batch(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Open a batch again."""
    command = balancing.ReturnBatch(step.key, step.needed("batch"), step.text("reason"))
    return replay_results.of_sheet(balancing.reopen_batch(desk, actor_of(actor), command).value)


def deposit(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Pack a deposit."""
    who = actor_of(actor)
    pieces = step.pieces("pieces") if step.data.get("pieces") is not None else None
    named = tuple(str(batch) for batch in step.list("batches"))
    command = deposits.PrepareDeposit(step.key, named, step.text("bag"), pieces)
    done = approved(desk, step, "verified_by", lambda yes: deposits.prepare_deposit(desk, who, command, yes))
    return replay_results.of_deposit(done.value)


def confirm_deposit(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Match a deposit with the bank."""
    bank_date = step.date("bank_date")
    if bank_date is None:
        raise MissingInput("The step needs “bank_date”.", field="bank_date")
    command = deposits.ConfirmDeposit(step.key, step.needed("deposit"), bank_date, step.cents("bank_amount"))
    return replay_results.of_deposit(deposits.confirm_deposit(desk, actor_of(actor), command).value)


def close_day(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Close a business day."""
    day = step.date("business_date") or desk.today()
    done = balancing.close_day(desk, actor_of(actor), balancing.CloseDay(step.key, day)).value
    return {
        "business_date": day.isoformat(),
        "state": "closed",
        "totals": {
            "total": plain(done.total),
            "taxes": plain(done.taxes),
            "tender_fees": plain(done.fees),
            "rounding": plain(done.rounding),
            "over_short": plain(done.over_short),
        },
        "total": plain(done.total),
        "taxes": plain(done.taxes),
        "tender_fees": plain(done.fees),
        "rounding": plain(done.rounding),
        "over_short": plain(done.over_short),
        "by_tender": {row.code: plain(row.amount) for row in done.by_tender},
        "tie": reports.tie_data(done.tie),
        "seal": balancing.day_seal(desk, day),
    }


def report(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give a report as data."""
    first, last = span_of(desk, step)
    return reports.report(desk, actor_of(actor), step.needed("name"), first, last)


def verify(desk: Desk, actor: Actor | None, _step: Step) -> Result:
    """Recompute the whole ledger."""
    if actor is not None:
        actor.require(Act.VERIFY_LEDGER)
    found = verification.verify_desk(desk)
    return {"ok": found.ok, "checked": found.checked, "receipts": found.receipts, "first_fault": found.first_fault}


STEPS: dict[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "set_policy": set_policy,
    "open_drawer": open_drawer,
    "quote": quote,
    "sale": sale,
    "resume": resume,
    "void": void,
    "no_sale": no_sale,
    "drop": drop,
    "suspend": suspend,
    "unsuspend": unsuspend,
    "stop_selling": stop_selling,
    "count": count,
    "submit_count": submit_count,
    "accept_batch": accept_batch,
    "reject_batch": reject_batch,
    "reopen_batch": reopen_batch,
    "deposit": deposit,
    "confirm_deposit": confirm_deposit,
    "close_day": close_day,
    "report": report,
    "refund": replay_corrections.refund,
    "correct_tender": replay_corrections.correct_tender,
    "reapply": replay_corrections.reapply_step,
    **replay_checks.STEPS,
    **replay_customers.STEPS,
    "account": replay_accounts.account,
    "bill": replay_accounts.bill,
    **replay_billing.STEPS,
    "verify": verify,
    **replay_audit.STEPS,
    **replay_people.STEPS,
    **replay_custody.STEPS,
    **replay_differences.STEPS,
    **PAYABLES_STEPS,
    **replay_companies.STEPS,
    **replay_holding.STEPS,
    **replay_imports.STEPS,
    **replay_payments.STEPS,
    **replay_permits.STEPS,
    **replay_releases.STEPS,
    **replay_projects.STEPS,
    **replay_adjustments.STEPS,
    **COLLECTION_STEPS,
    **replay_work.STEPS,
    **replay_requests.STEPS,
    **replay_request_papers.STEPS,
    **replay_information.STEPS,
    **replay_announcements.STEPS,
    **replay_shelf.STEPS,
    **replay_queue.STEPS,
    **replay_exchange.STEPS,
}
"""Every step that is offered, by its name."""
