"""Selling at the service layer, on both engines."""

import dataclasses
from datetime import date, timedelta
from typing import cast

import pytest

from csr_desk.domain.cart import CartLine
from csr_desk.domain.errors import BadInput, CardNumberRefused, Conflict, DrawerNotOpen, NotFound, NotPermitted
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import drawers, printing, sell
from csr_desk.services.clock import TrainingClock
from csr_desk.services.facts import desk_facts, fiscal_year
from csr_desk.services.lines import BillLine
from csr_desk.services.papers import paper_of
from demo_city import City

CASH, CHECK = TenderKind.CASH, TenderKind.CHECK


def test_a_receipt_read_back_is_the_receipt_that_was_given(city: City) -> None:
    city.open()
    made = city.sell(Tender(CASH, 6000), customer="Alma Reyes", memo="came back for the second form")
    assert sell.receipt(city.desk, city.who("clerk1"), made.number) == made
    assert made.inputs
    assert (made.customer, made.change, made.collected) == ("Alma Reyes", 1000, 5000)
    assert sum(posting.amount for posting in made.postings) == 0


def test_the_same_key_never_sells_twice_and_a_key_for_something_else_is_a_conflict(city: City) -> None:
    city.open()
    clerk = city.who("clerk1")
    command = sell.CompleteSale("cart", None, (CartLine("ALM-RES"),), (Tender(CASH),), demo_inputs=True)
    first = sell.complete_sale(city.desk, clerk, command)
    second = sell.complete_sale(city.desk, clerk, command)
    assert (first.replayed, second.replayed) == (False, True)
    assert first.value == second.value
    with pytest.raises(Conflict):
        sell.complete_sale(city.desk, clerk, dataclasses.replace(command, memo="changed"))


def test_nobody_sells_from_another_persons_drawer(city: City) -> None:
    city.open("clerk1", "HPC-1")
    command = sell.CompleteSale("cart", "HPC-1", (CartLine("ALM-RES"),), (Tender(CASH),), demo_inputs=True)
    with pytest.raises(NotPermitted):
        sell.complete_sale(city.desk, city.who("clerk2"), command)
    with pytest.raises(DrawerNotOpen):
        sell.complete_sale(city.desk, city.who("clerk2"), dataclasses.replace(command, drawer="HPC-2"))
    with pytest.raises(NotFound):
        sell.complete_sale(city.desk, city.who("clerk2"), dataclasses.replace(command, drawer="HPC-9"))


@pytest.mark.parametrize("where", ["customer", "memo", "input", "tender", "reason"])
def test_a_card_number_is_refused_wherever_it_is_keyed(sqlite_city: City, where: str) -> None:
    sqlite_city.open()
    number = "4111 1111 1111 1111"
    line = CartLine("ALM-RES", {"permit_holder": number} if where == "input" else {})
    if where == "reason":
        line = CartLine("ALM-RES", amount=100, override_reason=number)
    command = sell.CompleteSale(
        "cart",
        None,
        (line,),
        (Tender(CASH, authorization=number if where == "tender" else ""),),
        customer=number if where == "customer" else "",
        memo=number if where == "memo" else "",
        demo_inputs=True,
    )
    with pytest.raises(CardNumberRefused):
        sell.complete_sale(sqlite_city.desk, sqlite_city.who("clerk1"), command)
    draft = sell.CartDraft("draft", (line,), command.tenders, command.customer, command.memo)
    if where != "reason":
        with pytest.raises(CardNumberRefused):
            sell.save_draft(sqlite_city.desk, sqlite_city.who("clerk1"), draft)


def test_words_too_long_or_unprintable_are_refused(sqlite_city: City) -> None:
    sqlite_city.open()
    for memo in ("x" * 501, "a\x00b"):
        with pytest.raises(BadInput):
            sqlite_city.sell(memo=memo)


def test_a_cart_that_was_open_when_the_program_died_comes_back(city: City) -> None:
    city.open()
    clerk = city.who("clerk1")
    draft = sell.CartDraft(
        "cart-9",
        (CartLine("ALM-RES", {"permit_holder": "Alma Reyes"}), BillLine("account", "0041", 6437)),
        (Tender(CHECK, 2000, number="12"),),
        "Alma Reyes",
        "memo",
    )
    sell.save_draft(city.desk, clerk, draft)
    sell.save_draft(city.desk, clerk, dataclasses.replace(draft, memo="second"))
    assert sell.load_draft(city.desk, clerk) == dataclasses.replace(draft, memo="second")
    assert sell.load_draft(city.desk, city.who("clerk2")) is None
    with pytest.raises(NotPermitted):
        sell.discard_draft(city.desk, city.who("clerk2"), "cart-9")
    sell.discard_draft(city.desk, clerk, "cart-9")
    assert sell.load_draft(city.desk, clerk) is None
    assert sell.discard_draft(city.desk, clerk, "cart-9").replayed


def test_a_sold_cart_does_not_come_back(city: City) -> None:
    city.open()
    clerk = city.who("clerk1")
    draft = sell.CartDraft("cart-9", (CartLine("LIB-NOTARY"),), (Tender(CASH),))
    sell.save_draft(city.desk, clerk, draft)
    command = sell.CompleteSale("cart-9", None, draft.lines, draft.tenders, demo_inputs=True)
    sell.complete_sale(city.desk, clerk, command)
    assert sell.load_draft(city.desk, clerk) is None
    sell.save_draft(city.desk, clerk, draft)
    assert sell.load_draft(city.desk, clerk) is None


def test_held_sales_are_listed_aged_and_taken_up_once(city: City) -> None:
    city.open("clerk1", "HPC-1")
    city.open("clerk2", "HPC-2")
    clerk, other = city.who("clerk1"), city.who("clerk2")
    draft = sell.CartDraft("cart-1", (CartLine("LIB-NOTARY"),), (), "Alma Reyes")
    held = sell.hold(city.desk, clerk, sell.Hold(draft)).value
    assert (held.number, held.title, held.owner_name, held.lines) == ("H-0001", "Alma Reyes", "Maria Delgado", 1)
    assert sell.hold(city.desk, clerk, sell.Hold(draft)).replayed
    city.at("2026-07-25T09:00")
    listed = sell.held_sales(city.desk, other)
    assert [(one.number, one.age_days, one.stale) for one in listed] == [("H-0001", 11, True)]
    taken = sell.resume(city.desk, other, "H-0001").value
    assert taken.lines == draft.lines
    assert sell.resume(city.desk, other, "h-1").replayed
    with pytest.raises(Conflict):
        sell.resume(city.desk, clerk, "H-0001")
    with pytest.raises(NotFound):
        sell.resume(city.desk, clerk, "seven")
    assert desk_facts(city.desk, other).held_count == 0


def test_receipts_are_found_by_number_and_by_name(city: City) -> None:
    city.open()
    clerk = city.who("clerk1")
    first = city.sell(customer="Nguyễn Thị Lan")
    city.sell(customer="Brian Kowalski")
    assert [hit.number for hit in sell.find_receipts(city.desk, clerk, "1")] == [first.number]
    (hit,) = sell.find_receipts(city.desk, clerk, "1")
    assert (type(hit.total), hit.total) == (int, first.total)  # what shows it wants whole cents, on both engines
    assert [hit.customer for hit in sell.find_receipts(city.desk, clerk, "HPC1-0000002")] == ["Brian Kowalski"]
    assert [hit.number for hit in sell.find_receipts(city.desk, clerk, "kowal")] == ["HPC1-0000002"]
    assert sell.find_receipts(city.desk, clerk, " ") == ()
    assert sell.find_receipts(city.desk, clerk, "100%") == ()
    latest = sell.last_receipt(city.desk, clerk)
    assert latest is not None
    assert latest.number == "HPC1-0000002"
    with pytest.raises(NotFound):
        sell.receipt(city.desk, clerk, "HPC1-0000077")


def test_the_last_receipt_is_the_one_with_the_highest_number_also_after_the_clock_was_put_back(city: City) -> None:
    city.open()
    city.sell()
    clock = city.desk.clock
    assert isinstance(clock, TrainingClock)
    clock.set(clock.now() - timedelta(minutes=17))
    newest = city.sell()
    last = sell.last_receipt(city.desk, city.who("clerk1"))
    assert last is not None
    assert last.number == newest.number


def test_a_reprint_is_recorded_and_counted(city: City) -> None:
    city.open()
    clerk = city.who("clerk1")
    number = city.sell().number
    copies = [sell.reprint(city.desk, clerk, sell.Reprint(f"again-{at}", number)).value.copy for at in (1, 2)]
    assert copies == [1, 2]
    assert sell.reprint(city.desk, clerk, sell.Reprint("again-2", number)).value.copy == 2
    jobs = printing.pending_prints(city.desk, clerk)
    assert [(job.document, job.copy) for job in jobs] == [
        ("opening_slip", 0),
        ("receipt", 0),
        ("receipt", 1),
        ("receipt", 2),
    ]
    printing.printed(city.desk, clerk, jobs[1].job_id)
    printing.print_failed(city.desk, clerk, jobs[2].job_id, "paper jam")
    left = printing.pending_prints(city.desk, clerk)
    assert [(job.copy, job.state, job.message) for job in left][1:] == [(1, "failed", "paper jam"), (2, "queued", "")]
    assert sell.receipt(city.desk, clerk, number).printed
    with pytest.raises(NotFound):
        printing.printed(city.desk, clerk, "no such paper")


def test_a_receipt_that_may_have_come_out_goes_again_as_a_duplicate_with_its_entry(city: City) -> None:
    city.open()
    clerk = city.who("clerk1")
    number = city.sell().number
    (job,) = (job for job in printing.pending_prints(city.desk, clerk) if job.document == "receipt")
    first = printing.hand_over(city.desk, clerk, job.job_id)
    assert first is not None
    assert (first.copy, first.tries) == (0, 1)
    # it certainly did not come out: the next one is the original still
    printing.print_failed(city.desk, clerk, job.job_id, "no paper")
    original = printing.hand_over(city.desk, clerk, job.job_id)
    assert original is not None
    assert original.copy == 0
    # nobody knows: from now on every paper of it is a duplicate
    printing.print_failed(city.desk, clerk, job.job_id, "silence", maybe=True)
    copies = [printing.hand_over(city.desk, clerk, job.job_id) for _ in range(2)]
    assert [copy and copy.copy for copy in copies] == [1, 2]
    assert paper_of(city.desk, clerk, cast("printing.PrintJob", copies[1])).copy == 2  # type: ignore[union-attr]
    printing.printed(city.desk, clerk, job.job_id)
    assert printing.hand_over(city.desk, clerk, job.job_id) is None
    assert sell.reprint(city.desk, clerk, sell.Reprint("by hand", number)).value.copy == 3
    with pytest.raises(NotFound):
        printing.hand_over(city.desk, clerk, "no such paper")
    with pytest.raises(NotFound):
        printing.print_failed(city.desk, clerk, "no such paper", "jam")


def test_the_frame_knows_drawer_day_and_fiscal_year(city: City) -> None:
    before = desk_facts(city.desk, city.who("clerk1"))
    assert (before.batch, before.drawer_name, before.open_days) == (None, "", ())
    city.open()
    facts = desk_facts(city.desk, city.who("clerk1"))
    assert (facts.drawer_name, facts.fiscal_year, facts.band.value) == ("HPC-1", "FY2027", "normal")
    assert facts.training
    assert facts.demonstration
    assert [str(day) for day in facts.open_days] == ["2026-07-14"]
    assert [card.drawer for card in drawers.drawers(city.desk, city.who("clerk2")) if card.batch] == ["HPC-1"]


def test_the_fiscal_year_begins_in_its_month() -> None:

    assert fiscal_year(date(2026, 6, 30), 7) == "FY2026"
    assert fiscal_year(date(2026, 7, 1), 7) == "FY2027"
    assert fiscal_year(date(2026, 7, 1), 1) == "FY2026"


def test_a_free_item_is_receipted_without_a_tender(city: City) -> None:
    city.open()
    command = sell.CompleteSale("free", None, (CartLine("ANI-SERVICE"),), (), demo_inputs=True)
    done = sell.complete_sale(city.desk, city.who("clerk1"), command).value
    assert (done.kind, done.total, done.collected, done.postings) == (EventKind.SALE, 0, 0, ())
