"""What may still be done with a receipt, before anybody is asked; each way that is shut says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from csr_desk.data.queries import Connection, batches
from csr_desk.data.queries.entries import Event
from csr_desk.domain.cart import LineKind
from csr_desk.domain.errors import DrawerNotOpen, Refusal
from csr_desk.domain.ledger import LineRow, TenderRole
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.receipt import Receipt
from csr_desk.services import applying
from csr_desk.services.corrections import lines_back, open_batch_of, refuse_taken_back, refuse_void
from csr_desk.services.desk import Desk
from csr_desk.services.reapply import is_closed
from csr_desk.services.receipts import event_of_number, receipt_at
from csr_desk.services.refund_lines import Before, back_lines, given_before, units_of
from csr_desk.services.standing_tenders import paid_by, standing_rows
from csr_desk.services.tender_corrections import refuse_correction


@dataclass(frozen=True, slots=True)
class LineLeft:
    """A line that can be given back in part: how many units of it are left (``unit`` says of what), paid in cents."""

    number: int
    name: str
    amount: Cents
    left: Decimal
    unit: str
    refused: str = ""
    """Why nothing of it goes back."""


@dataclass(frozen=True, slots=True)
class WaysBack:
    """What may be done with a receipt; an empty sentence says that it may."""

    receipt: Receipt
    void: str
    refund: str
    correct: str
    reapply: str
    lines: tuple[LineLeft, ...] = ()
    paid_by: tuple[str, ...] = ()
    """The kinds of tender that it stands paid with."""


def ways_back(desk: Desk, actor: Actor, number: str) -> WaysBack:
    """Look at a receipt; raise NotFound. What is offered here may still be refused when it is done."""
    actor.require(Act.VOID)
    with desk.read() as work:
        event = event_of_number(desk, work.conn, number)
        receipt = receipt_at(desk, work.conn, event)
        rows = standing_rows(work.conn, event, receipt.tenders)
        refund = _why_not(lambda: _refundable(work.conn, actor, event))
        lines = () if refund else _lines(desk, work.conn, receipt, given_before(work.conn, event))
        if not refund and not any(not line.refused for line in lines):
            refund = next((line.refused for line in lines), "No line of this receipt is an item that is refunded.")
        return WaysBack(
            receipt,
            _why_not(lambda: _voidable(work.conn, actor, event, receipt)),
            refund,
            _why_not(lambda: refuse_correction(work.conn, actor, event, desk.today())),
            _why_not(lambda: _movable(work.conn, actor, event)),
            lines,
            tuple(dict.fromkeys(one.row.kind for one in paid_by(rows) if one.row.role is TenderRole.TAKEN)),
        )


def _why_not(check: Callable[[], object]) -> str:
    try:
        check()
    except Refusal as refusal:
        return refusal.message
    return ""


def _voidable(conn: Connection, actor: Actor, event: Event, receipt: Receipt) -> None:
    refuse_void(conn, event)
    open_batch_of(conn, actor, event)
    applying.refuse_spent(conn, lines_back(receipt.lines))


def _own_drawer(conn: Connection, actor: Actor) -> None:
    if batches.unfinished_of(conn, actor.user) is None:
        raise DrawerNotOpen


def _refundable(conn: Connection, actor: Actor, event: Event) -> None:
    given_before(conn, event)
    _own_drawer(conn, actor)


def _movable(conn: Connection, actor: Actor, event: Event) -> None:
    refuse_taken_back(conn, event)
    if is_closed(conn, event):
        _own_drawer(conn, actor)
    else:
        open_batch_of(conn, actor, event)


def _lines(desk: Desk, conn: Connection, receipt: Receipt, before: Before) -> tuple[LineLeft, ...]:
    found = []
    for line in receipt.lines:
        if line.kind == LineKind.OPEN_AMOUNT.value:
            found.append(_payment(desk, conn, (receipt, line), before))
        if line.kind != LineKind.ITEM.value:
            continue
        counted = units_of(desk, receipt, line)
        left = max(counted.units - before.units.get(line.number, Decimal(0)), Decimal(0))
        rest = left if before.units.get(line.number) and left else None
        refused = _why_not(partial(back_lines, desk, receipt, ((line.number, rest),), before))
        found.append(LineLeft(line.number, line.name, line.amount, left, counted.label.lower(), refused))
    return tuple(found)


def _payment(desk: Desk, conn: Connection, what: tuple[Receipt, LineRow], before: Before) -> LineLeft:
    """Say whether the payment of a bill, or what was paid ahead, goes back: as a whole, and only what is not used."""
    receipt, line = what

    def check() -> None:
        applying.refuse_spent(conn, [back.row for back in back_lines(desk, receipt, ((line.number, None),), before)])

    refused = _why_not(check)
    return LineLeft(line.number, line.name, line.amount, Decimal(0 if refused else 1), "", refused)
