"""The facts of a drawer as the ledger has them, and who may ask for the causes of its difference, on both engines."""

from __future__ import annotations

import pytest

from csr_desk.data.queries import drawer_entries
from csr_desk.data.queries.drawer_entries import Numbered, Taken
from csr_desk.domain.cart import CartLine
from csr_desk.domain.difference import Explanation, Kind, TenderPart
from csr_desk.domain.drawer import CountSheet, TapeCount
from csr_desk.domain.errors import Counting, Ineligible, MissingInput, NotFound, NotPermitted, SelfApproval
from csr_desk.domain.ledger import EventKey, EventKind, TenderRole
from csr_desk.domain.people import Act, Actor, Role
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import (
    balancing,
    carts_held,
    corrections,
    counting,
    drawers,
    hand_overs,
    tender_corrections,
    verification,
)
from csr_desk.services.differences import explain_difference, receipt_facts
from demo_city import City

CHECK = TenderKind.CHECK


def count(city: City, user: str, sheet: CountSheet, *, times: int = 2) -> None:
    """Count a drawer so many times, the same each time."""
    for _ in range(times):
        counting.count(city.desk, city.who(user), counting.CountDrawer(city.key(), sheet))


def asked(city: City, batch: str | None = None) -> Explanation:
    """Ask as the supervisor."""
    return explain_difference(city.desk, city.who("supervisor1"), batch)


def test_a_missing_check_is_found_in_the_ledger(city: City) -> None:
    batch = city.open()
    city.sell(Tender(CHECK, 5_000, number="1"))
    lost = city.sell(Tender(CHECK, 12_756, number="2"), item="ELE-RECON")
    count(city, "clerk1", CountSheet({2000: 10}, {"check": TapeCount(1, 5_000)}))
    found = asked(city)
    assert (found.batch_id, dict(found.beyond)) == (batch, {"check": -12_756})
    assert [(one.kind, one.receipt) for one in found.candidates] == [(Kind.CHECK_MISSING, lost.number)]


def test_nobody_asks_of_their_own_drawer_and_not_without_the_right(city: City) -> None:
    batch = city.open()
    count(city, "clerk1", CountSheet({2000: 9}, {}))
    own = city.who("clerk1")
    with pytest.raises(NotPermitted):
        explain_difference(city.desk, own, batch)
    promoted = Actor(own.user, own.name, "Supervisor", Role.SUPERVISOR)
    with pytest.raises(SelfApproval):
        explain_difference(city.desk, promoted, batch)
    with pytest.raises(NotFound):  # her own does not wait for her
        explain_difference(city.desk, promoted)


def test_it_is_too_early_while_it_sells_and_after_the_first_count(city: City) -> None:
    batch = city.open()
    with pytest.raises(Ineligible):
        asked(city, batch)
    with pytest.raises(NotFound):
        asked(city)
    count(city, "clerk1", CountSheet({2000: 9}, {}), times=1)
    with pytest.raises(Counting):
        asked(city, batch)
    counting.submit_count(city.desk, city.who("clerk1"), city.key())
    assert dict(asked(city, batch).beyond) == {"cash": -2_000}


def test_the_only_drawer_that_is_off_needs_no_name(city: City) -> None:
    first, second = city.open(), city.open("clerk2", "HPC-2")
    count(city, "clerk1", CountSheet({2000: 9}, {}))
    count(city, "clerk2", CountSheet({2000: 10}, {}))
    assert asked(city).batch_id == first
    assert explain_difference(city.desk, city.who("supervisor1"), drawer="HPC-2").batch_id == second
    count(city, "clerk2", CountSheet({2000: 8}, {}), times=1)
    with pytest.raises(MissingInput):
        asked(city)
    with pytest.raises(NotFound):
        asked(city, "HPC-1-20260714-7")
    with pytest.raises(NotFound):
        explain_difference(city.desk, city.who("supervisor1"), drawer="HPC-3")


def test_a_drawer_off_within_the_tolerance_is_asked_for_when_no_other_is_off(city: City) -> None:
    batch = city.open()
    count(city, "clerk1", CountSheet({2000: 9, 1000: 1, 500: 1, 100: 4, 25: 3}, {}))  # 199.75: 0.25 short
    found = asked(city)
    assert (found.batch_id, found.candidates) == (batch, ())


def test_voids_corrected_tenders_change_and_fees_are_laid_out_as_the_drawer_has_them(city: City) -> None:
    batch = city.open()
    void = city.sell(Tender(TenderKind.CASH, 10_000))  # 50.00 of 100.00
    city.sell(Tender(TenderKind.CARD, brand="Visa", last4="1881", authorization="A"), item="ELE-RECON")
    moved = city.sell()
    command = corrections.Void(city.key(), void.number, "Wrong item")
    corrections.void(city.desk, city.who("clerk1"), command, city.yes(Act.VOID, void.number, 5_000))
    correct = tender_corrections.CorrectTender(
        city.key(), moved.number, TenderKind.CASH, Tender(CHECK, number="77"), "It was a check"
    )
    yes = city.yes(Act.CORRECT_TENDER, moved.number, 5_000)
    tender_corrections.correct_tender(city.desk, city.who("clerk1"), correct, yes)
    with city.desk.read() as work:
        facts = receipt_facts(drawer_entries.numbered_of(work.conn, batch))
    assert [(one.kind, one.total, one.parts, one.voided) for one in facts] == [
        (EventKind.SALE, 5_000, (TenderPart("cash", 5_000, 10_000, 5_000),), True),
        (EventKind.SALE, 12_756, (TenderPart("card", 12_756),), False),
        (EventKind.SALE, 5_000, (TenderPart("check", 5_000, check_number="77"),), False),
        (EventKind.VOID, -5_000, (TenderPart("cash", -5_000, -10_000, -5_000),), False),
    ]
    assert [one.number for one in facts] == ["HPC1-0000001", "HPC1-0000002", "HPC1-0000003", "HPC1-0000004"]


def test_a_refund_stands_for_itself_beside_the_sale_that_it_pays_back() -> None:
    sold, back = EventKey("HPC-1", 2), EventKey("HPC-1", 3)
    at = "2026-07-14T13:05:09.000000Z"
    taken = (Taken("cash", TenderRole.TAKEN, 5_000, ""),)
    given = (Taken("cash", TenderRole.TAKEN, -5_000, ""),)
    facts = receipt_facts(
        (
            Numbered(sold, "HPC1-0000001", EventKind.SALE, at, None, 5_000, taken),
            Numbered(back, "HPC1-0000002", EventKind.REFUND, at, sold, -5_000, given),
        )
    )
    assert [(one.kind, one.voided) for one in facts] == [(EventKind.SALE, False), (EventKind.REFUND, False)]


def test_a_cart_that_was_held_and_one_that_was_cancelled_explain_money_without_a_receipt(city: City) -> None:
    city.open()
    who = city.who("clerk1")
    draft = carts_held.CartDraft(city.key(), (CartLine("ELE-RECON"),))
    carts_held.hold(city.desk, who, carts_held.Hold(draft, "", demo_inputs=True))
    # 127.56 more than the float of 200.00
    count(city, "clerk1", CountSheet({2000: 16, 500: 1, 100: 2, 25: 2, 5: 1, 1: 1}, {}))
    one = asked(city).candidates[0]
    assert (one.kind, one.amount) == (Kind.MISSED_RECEIPT, 12_756)
    assert "cart that was held or cancelled" in one.sentence


def test_a_cancelled_cart_counts_as_well(city: City) -> None:
    city.open()
    who, key = city.who("clerk1"), city.key()
    filled = carts_held.Hold(carts_held.CartDraft(key, (CartLine("ALM-RES"),)), "", demo_inputs=True)
    held = carts_held.hold(city.desk, who, filled).value
    carts_held.discard_draft(city.desk, who, carts_held.resume(city.desk, who, held.number).value.key)
    count(city, "clerk1", CountSheet({2000: 10, 5000: 1}, {}))
    found = {one.kind: one for one in asked(city).candidates}
    assert "cart that was held or cancelled" in found[Kind.MISSED_RECEIPT].sentence


def test_a_drop_that_never_left_the_drawer_is_found(city: City) -> None:
    batch = city.open()
    city.sell(Tender(TenderKind.CASH, 10_000))
    drop = drawers.DropCash(city.key(), {2000: 4}, "D-1")
    drawers.drop(city.desk, city.who("clerk1"), drop, city.yes(Act.DROP, batch, 8_000))
    count(city, "clerk1", CountSheet({2000: 10, 5000: 1}, {}))  # 250.00 where 170.00 should be
    one = asked(city).candidates[0]
    assert (one.kind, one.amount) == (Kind.DROP_NOT_RECORDED, 8_000)


def test_after_a_hand_over_the_drawer_starts_from_what_was_counted_then(city: City) -> None:
    """The giver's cash is settled and names no receipt; their checks still lie in the drawer."""
    batch = city.open()
    city.sell()  # 50.00 cash of the giver
    lost = city.sell(Tender(CHECK, 12_756, number="9"), item="ELE-RECON")
    both = {2000: 12, 1000: 1}
    handed = hand_overs.HandOver(city.key(), "clerk2", both, both, {"check": TapeCount(1, 12_756)})
    hand_overs.hand_over(city.desk, city.who("clerk1"), handed, city.yes(Act.HAND_OVER, batch, 25_000, "clerk2"))
    city.sell(user="clerk2", item="REC-MAP")
    with city.desk.read() as work:
        taken = drawer_entries.numbered_of(work.conn, batch)
    facts = receipt_facts(taken, settled=taken[1].key.seq)
    assert [[part.kind for part in one.parts] for one in facts] == [[], ["check"], ["cash"]]
    counted = {2000: 12, 1000: 1, 1: taken[2].total}
    count(city, "clerk2", CountSheet(counted, {"check": TapeCount(0, 0)}))
    assert [(one.kind, one.receipt) for one in asked(city).candidates] == [(Kind.CHECK_MISSING, lost.number)]
    giver = Actor("clerk1", "Maria Delgado", "Supervisor", Role.SUPERVISOR)
    with pytest.raises(SelfApproval):
        explain_difference(city.desk, giver, batch)


def test_after_it_was_given_back_only_the_new_counts_matter(city: City) -> None:
    batch = city.open()
    count(city, "clerk1", CountSheet({2000: 9}, {}))
    counting.submit_count(city.desk, city.who("clerk1"), city.key())
    back = balancing.ReturnBatch(city.key(), batch, "Again")
    balancing.reject_batch(city.desk, city.who("supervisor1"), back)
    with pytest.raises(Counting):
        asked(city, batch)
    count(city, "clerk1", CountSheet({2000: 10}, {}))
    assert dict(asked(city, batch).beyond) == {}


def test_looking_for_causes_writes_nothing(city: City) -> None:
    city.open()
    count(city, "clerk1", CountSheet({2000: 9}, {}))
    before = verification.verify_desk(city.desk).checked
    asked(city)
    assert verification.verify_desk(city.desk).checked == before
