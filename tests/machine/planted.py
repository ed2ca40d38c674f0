"""Mistakes that somebody could make in the program; the machine must notice each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from csr_desk.data.queries import accounts, office
from csr_desk.domain import money, settle
from csr_desk.domain.ledger import Posting, TenderRole
from csr_desk.domain.people import Approval
from csr_desk.domain.postings import HOUSE, move
from csr_desk.domain.tender import Rounding
from csr_desk.services import balancing, corrections, deposits, drawers, hand_overs, refund_lines, refunds, sell

Plant = Callable[[pytest.MonkeyPatch], None]


def void_keeps_the_change(patch: pytest.MonkeyPatch) -> None:
    """A void takes back what was handed over, but not the change; the books balance all the same."""
    draft_of = corrections.void_draft

    def draft(*arguments: Any) -> Any:
        draft = draft_of(*arguments)
        kept = tuple(row for row in draft.tenders if row.role is not TenderRole.CHANGE)
        change = sum(row.amount for row in draft.tenders) - sum(row.amount for row in kept)
        postings = (*draft.postings, Posting(HOUSE.drawer, -change), Posting(HOUSE.on_account, change))
        return replace(draft, tenders=kept, postings=postings) if change else draft

    patch.setattr(corrections, "void_draft", draft)


def refund_forgets_the_remainder(patch: pytest.MonkeyPatch) -> None:
    """Each refund splits its amount for itself, so the cents of several do not add up to the line's accounts."""
    patch.setattr(refund_lines, "allocate_next", lambda targets, _before, now: money.allocate(now, targets))


def refund_forgets_the_first(patch: pytest.MonkeyPatch) -> None:
    """What was given back before does not count."""
    patch.setattr(refunds, "given_before", lambda _conn, _event: refund_lines.Before({}, {}))


def drop_loses_a_cent(patch: pytest.MonkeyPatch) -> None:
    """A drop books one cent less than was carried."""
    patch.setattr(drawers, "move", lambda source, to, cents: move(source, to, cents - (source == HOUSE.drawer)))


def nickel_goes_up_at_two(patch: pytest.MonkeyPatch) -> None:
    """Two cents are rounded up to five where they go down to nothing."""
    rounded = settle.round_cash
    patch.setattr(
        settle,
        "round_cash",
        lambda due, how: due + 3 if how is Rounding.NEAREST and due % 5 == 2 else rounded(due, how),
    )


def reopened_keeps_its_difference(patch: pytest.MonkeyPatch) -> None:
    """A batch that is opened again keeps the over and short that its acceptance booked."""
    patch.setattr(balancing, "reverse", lambda _postings: ())


def void_leaves_the_bill_paid(patch: pytest.MonkeyPatch) -> None:
    """What is taken back does not give the debt back."""
    add = accounts.add_paid
    patch.setattr(accounts, "add_paid", lambda conn, bill, cents: add(conn, bill, max(cents, 0)))


def second_click_pays_twice(patch: pytest.MonkeyPatch) -> None:
    """The key of a sale is not looked up before the bill is paid."""
    patch.setattr(sell, "_sold_before", lambda *_arguments: None)


def anybody_approves_for_themselves(patch: pytest.MonkeyPatch) -> None:
    """An approval is not looked at."""
    patch.setattr(Approval, "check", lambda *_arguments: None)


def bank_difference_vanishes(patch: pytest.MonkeyPatch) -> None:
    """What the bank has less stays on its way for ever."""
    patch.setattr(
        deposits, "_bank_postings", lambda _desk, _total, received, _day: move(HOUSE.transit, HOUSE.bank, received)
    )


def limit_forgets_the_sales(patch: pytest.MonkeyPatch) -> None:
    """The cash limit looks at the float alone."""
    patch.setattr(sell, "held_cash", lambda _desk, _conn, row: row.authorized)


def z_number_is_used_again(patch: pytest.MonkeyPatch) -> None:
    """An acceptance gives a number that the drawer had before."""
    patch.setattr(office, "take_z_number", lambda _conn, _series: 1)


def hand_over_forgives(patch: pytest.MonkeyPatch) -> None:
    """What was missing when a drawer was handed over is booked to nobody."""
    patch.setattr(hand_overs, "_postings", lambda _desk, _found, _day: ())


PLANTS: tuple[Plant, ...] = (
    void_keeps_the_change,
    refund_forgets_the_remainder,
    refund_forgets_the_first,
    drop_loses_a_cent,
    nickel_goes_up_at_two,
    reopened_keeps_its_difference,
    void_leaves_the_bill_paid,
    second_click_pays_twice,
    anybody_approves_for_themselves,
    bank_difference_vanishes,
    limit_forgets_the_sales,
    z_number_is_used_again,
    hand_over_forgives,
)
