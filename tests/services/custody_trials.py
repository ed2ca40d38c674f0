"""The trials of custody: swaps, hand-overs, unannounced counts, suspect notes, paper books, change funds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from csr_desk.domain.cart import CartLine
from csr_desk.domain.drawer import CountSheet
from csr_desk.domain.paper_note import PaperNote
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import (
    change_funds,
    change_orders,
    drawers,
    hand_overs,
    receipt_books,
    sell,
    staff,
    surprise_counts,
    suspect_notes,
)
from demo_city import City

if TYPE_CHECKING:
    from services.role_trials import World

DAY = date(2026, 7, 14)


def issue_books(city: City, actor: Actor) -> None:
    """Issue two books to the person who tries, or to clerk1 where they write no receipts."""
    to = actor.user if actor.may(Act.ENTER_PAPER) else "clerk1"
    for book, last in (("P", 2), ("R", 1)):
        command = receipt_books.IssueBook(city.key(), book, 1, last, to)
        receipt_books.issue_book(city.desk, city.who("supervisor2"), command)


def _surprise(world: World) -> object:
    """Count clerk1's drawer, who signs."""
    yes = staff.approval_by(world.city.desk, world.city.who("clerk1"), Act.SURPRISE_COUNT, world.batches["clerk1"], 0)
    command = surprise_counts.CountUnannounced(world.city.key(), CountSheet({}, {}), drawer="HPC-1")
    return surprise_counts.surprise_count(world.city.desk, world.actor, command, yes)


def _suspect(world: World) -> object:
    command = suspect_notes.ReportSuspect(world.city.key(), 2000, "MB12345678A")
    return suspect_notes.report_suspect(world.city.desk, world.actor, command)


def _swap(world: World) -> object:
    command = change_orders.SwapCash(world.city.key(), {2000: 1}, {500: 4})
    yes = world.yes(Act.CHANGE_ORDER, world.own_batch, 2000)
    return change_orders.change_order(world.city.desk, world.actor, command, yes)


def _hand_over(world: World) -> object:
    """Hand the person's drawer to clerk3, who holds none any more, and give it back."""
    done = _hand(world, world.actor, world.city.who("clerk3"))
    _hand(world, world.city.who("clerk3"), world.actor)
    return done


def _hand(world: World, giver: Actor, receiver: Actor) -> object:
    desk, pieces = world.city.desk, {2000: 10}
    yes = staff.approval_by(desk, receiver, Act.HAND_OVER, world.own_batch, 20_000)
    if giver.may(Act.HAND_OVER) and (held := drawers.my_batch(desk, giver)) is not None:
        yes = staff.approval_by(desk, receiver, Act.HAND_OVER, held.batch_id, 20_000)
    return hand_overs.hand_over(desk, giver, hand_overs.HandOver(world.city.key(), receiver.user, pieces, pieces), yes)


def _issue(world: World) -> object:
    """Issue a book to clerk1, and one for each further try."""
    command = receipt_books.IssueBook(world.city.key(), f"BOOK-{world.city.key()}", 1, 1, "clerk1")
    return receipt_books.issue_book(world.city.desk, world.actor, command)


def _enter_paper(world: World) -> object:
    paper = PaperNote("P", 1, DAY)
    command = sell.CompleteSale(
        world.city.key(), None, (CartLine("ALM-RES"),), (Tender(TenderKind.CASH),), demo_inputs=True, paper=paper
    )
    return sell.complete_sale(world.city.desk, world.actor, command)


def _void_paper(world: World) -> object:
    command = receipt_books.VoidPaper(world.city.key(), "P", 2, "Blot")
    return receipt_books.void_paper(world.city.desk, world.actor, command, world.yes(Act.ENTER_PAPER, "P/2", 0))


def _take_back(world: World) -> object:
    command = receipt_books.TakeBack(world.city.key(), "R", {1: "Blank"})
    return receipt_books.return_book(world.city.desk, world.actor, command)


def _set_fund(world: World) -> object:
    command = change_funds.SetFund(world.city.key(), "FIELD", "Inspectors", 5000, "Finance memo 7")
    return change_funds.set_fund(world.city.desk, world.actor, command)


TRIALS: dict[str, tuple[Act, Callable[[World], object]]] = {
    "suspect_notes.report_suspect": (Act.REPORT_SUSPECT, _suspect),
    "suspect_notes.suspect_notes": (
        Act.SEE_REPORTS,
        lambda w: suspect_notes.suspect_notes(w.city.desk, w.actor, DAY, DAY),
    ),
    "change_orders.change_order": (Act.CHANGE_ORDER, _swap),
    "hand_overs.hand_over": (Act.HAND_OVER, _hand_over),
    "hand_overs.receivers": (Act.HAND_OVER, lambda w: hand_overs.receivers(w.city.desk, w.actor)),
    "surprise_counts.surprise_count": (Act.SURPRISE_COUNT, _surprise),
    "surprise_counts.surprise_counts": (
        Act.SEE_EXPECTED,
        lambda w: surprise_counts.surprise_counts(w.city.desk, w.actor, DAY, DAY),
    ),
    "receipt_books.issue_book": (Act.MANAGE_BOOKS, _issue),
    "sell.complete_sale, a paper receipt": (Act.ENTER_PAPER, _enter_paper),
    "receipt_books.void_paper": (Act.ENTER_PAPER, _void_paper),
    "receipt_books.return_book": (Act.MANAGE_BOOKS, _take_back),
    "receipt_books.books": (Act.SEE_REPORTS, lambda w: receipt_books.books(w.city.desk, w.actor)),
    "change_funds.set_fund": (Act.MANAGE_FUNDS, _set_fund),
    "change_funds.fund_register": (Act.SEE_EXPECTED, lambda w: change_funds.fund_register(w.city.desk, w.actor)),
}
"""As in ``role_trials``: by module and function, the act, and how it is tried."""
