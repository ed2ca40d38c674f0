"""Custody beyond what the scenarios show: who sees what, whose name stays, what prints, an office of one person."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from csr_desk.domain.changes import Topic
from csr_desk.domain.custody import ChangeSlip, HandOverSlip, NoSaleSlip, SuspectReport
from csr_desk.domain.drawer import CountSheet, DropSlip, OpeningSlip, TapeCount
from csr_desk.domain.errors import ApprovalNeeded
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.people import Act
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import (
    balancing,
    change_funds,
    change_orders,
    corrections,
    drawers,
    hand_overs,
    policies,
    surprise_counts,
    suspect_notes,
    tender_corrections,
    verification,
)
from csr_desk.services.papers import paper_of
from csr_desk.services.printing import pending_prints
from demo_city import City

DAY = date(2026, 7, 14)
SHORT = {2000: 9, 1000: 1, 500: 1}
"""195.00 of 200.00 + 50.00: 55.00 short."""


def hand(city: City, to: str = "clerk2", pieces: dict[int, int] | None = None, by: str = "clerk1") -> HandOverSlip:
    """Hand the drawer of ``by`` over; both count the same."""
    held = drawers.my_batch(city.desk, city.who(by))
    assert held is not None
    cash = SHORT if pieces is None else pieces
    command = hand_overs.HandOver(city.key(), to, cash, cash)
    amount = sum(value * number for value, number in cash.items())
    yes = city.yes(Act.HAND_OVER, held.batch_id, amount, to)
    return hand_overs.hand_over(city.desk, city.who(by), command, yes).value


def swap(city: City, user: str = "clerk1") -> ChangeSlip:
    """Swap a twenty for four fives."""
    held = drawers.my_batch(city.desk, city.who(user))
    assert held is not None
    command = change_orders.SwapCash(city.key(), {2000: 1}, {500: 4})
    yes = city.yes(Act.CHANGE_ORDER, held.batch_id, 2000)
    return change_orders.change_order(city.desk, city.who(user), command, yes).value


def test_a_change_order_leaves_what_the_drawer_should_hold(city: City) -> None:
    batch = city.open()
    city.sell()
    boss = city.who("supervisor1")
    before = balancing.batch_sheet(city.desk, boss, batch).ties
    swap(city)
    assert balancing.batch_sheet(city.desk, boss, batch).ties == before
    with city.desk.read() as work:
        from csr_desk.data.queries import entries  # noqa: PLC0415 - only this look needs the entries

        (event,) = entries.batch_events(work.conn, batch, (EventKind.CHANGE_ORDER,))
        assert entries.postings_of(work.conn, event.key) == ()


def test_the_giver_of_a_drawer_answers_for_its_difference_and_the_receiver_starts_clean(city: City) -> None:
    batch = city.open()
    city.sell()
    slip = hand(city)  # 195.00 counted, 250.00 should be there
    assert (slip.counted, slip.receiver) == (19_500, "clerk2")
    assert not {"expected", "difference", "over_short"} & {part.name for part in fields(slip)}
    sheet = balancing.batch_sheet(city.desk, city.who("supervisor1"), batch)
    assert sheet.batch.custodian == "clerk2"
    assert [(tie.tender, tie.expected) for tie in sheet.ties] == [("cash", 19_500)]
    (told,) = sheet.history
    assert told.endswith("Handed over by clerk1 to clerk2; over/short of clerk1: cash -55.00")
    assert verification.verify_desk(city.desk).ok


def test_a_missing_check_is_the_givers_and_is_not_asked_of_the_receiver_again(city: City) -> None:
    batch = city.open()
    city.sell(Tender(TenderKind.CHECK, 5000, number="1"))
    city.sell(Tender(TenderKind.CHECK, 5000, number="2"))
    command = hand_overs.HandOver(city.key(), "clerk2", {2000: 10}, {2000: 10}, {"check": TapeCount(1, 5000)})
    hand_overs.hand_over(city.desk, city.who("clerk1"), command, city.yes(Act.HAND_OVER, batch, 20_000, "clerk2"))
    city.sell(Tender(TenderKind.CHECK, 5000, number="3"), user="clerk2")
    # two checks lie there: one that was handed over, one taken since
    counted = CountSheet({2000: 10}, {"check": TapeCount(2, 10_000)})
    verdict = drawers.count(city.desk, city.who("clerk2"), drawers.CountDrawer(city.key(), counted)).value
    assert verdict.agrees == {"cash": True, "check": True}
    assert verdict.items_agree == {"check": True}


def test_slips_keep_the_name_of_who_held_the_drawer_then(city: City) -> None:
    city.open()
    swap(city)
    hand(city, pieces={2000: 9, 500: 4})
    swap(city, "clerk2")
    told = {
        (type(facts), facts.batch.custodian)
        for user in ("clerk1", "clerk2")
        for job in pending_prints(city.desk, city.who(user))
        if isinstance(
            facts := paper_of(city.desk, city.who(user), job), OpeningSlip | DropSlip | ChangeSlip | HandOverSlip
        )
    }
    assert told == {
        (OpeningSlip, "clerk1"),
        (ChangeSlip, "clerk1"),
        (HandOverSlip, "clerk1"),
        (ChangeSlip, "clerk2"),
    }


def test_a_drawer_goes_on_and_back_and_each_keeps_what_is_theirs(city: City) -> None:
    batch = city.open()
    first = city.sell()
    hand(city, pieces={2000: 12, 1000: 1})
    second = city.sell(user="clerk2")
    hand(city, "clerk1", {2000: 15}, "clerk2")
    third = city.sell()
    assert [one.clerk for one in (first, second, third)] == ["Maria Delgado", "James Okafor", "Maria Delgado"]
    assert {one.batch for one in (first, second, third)} == {batch}
    report = verification.verify_desk(city.desk)
    assert (report.ok, report.first_fault) == (True, None)


def test_the_new_holder_corrects_the_tender_of_a_receipt_of_the_giver(city: City) -> None:
    city.open()
    receipt = city.sell()
    hand(city, pieces={2000: 12, 1000: 1})
    check = Tender(TenderKind.CHECK, number="77")
    command = tender_corrections.CorrectTender(city.key(), receipt.number, TenderKind.CASH, check, "It was a check")
    yes = city.yes(Act.CORRECT_TENDER, receipt.number, 5000)
    done = tender_corrections.correct_tender(city.desk, city.who("clerk2"), command, yes).value
    assert done.clerk == "James Okafor"


def test_nobody_takes_a_drawer_over_or_is_counted_unseen_in_an_office_with_an_outside_reviewer(city: City) -> None:
    batch = city.open()
    policies.set_policy(city.desk, city.who("admin1"), policies.SetPolicy("p", {"outside_reviewer": "auditor1"}))
    with pytest.raises(ApprovalNeeded) as asked:
        hand_overs.hand_over(city.desk, city.who("clerk1"), hand_overs.HandOver("h", "clerk2", SHORT, SHORT))
    assert (asked.value.act, asked.value.subject, asked.value.amount) == ("hand_over", batch, 19_500)
    command = surprise_counts.CountUnannounced("c", CountSheet(SHORT, {}), drawer="HPC-1")
    with pytest.raises(ApprovalNeeded):
        surprise_counts.surprise_count(city.desk, city.who("supervisor1"), command)


def test_an_unannounced_count_changes_nothing_of_the_batch(city: City) -> None:
    batch = city.open()
    city.sell()
    mine = drawers.my_batch(city.desk, city.who("clerk1"))
    band = drawers.cash_band(city.desk, city.who("clerk1"))
    command = surprise_counts.CountUnannounced(city.key(), CountSheet({2000: 1}, {}), drawer="HPC-1")
    yes = city.yes(Act.SURPRISE_COUNT, batch, 2000, "clerk1")
    done = surprise_counts.surprise_count(city.desk, city.who("supervisor1"), command, yes)
    assert done.topics == {Topic.FUNDS}
    assert done.value.difference == 2000 - 25_000
    assert drawers.my_batch(city.desk, city.who("clerk1")) == mine
    assert drawers.cash_band(city.desk, city.who("clerk1")) == band
    assert pending_prints(city.desk, city.who("supervisor1")) == ()  # the sheet says what was expected: nobody is near
    (kept,) = surprise_counts.surprise_counts(city.desk, city.who("auditor1"), DAY, DAY)
    assert kept == done.value


def test_a_suspect_note_pays_nothing_and_its_words_can_be_purged(city: City) -> None:
    batch = city.open()
    command = suspect_notes.ReportSuspect(city.key(), 2000, "MB12345678A", description="Grey cap", words="Garage sale")
    report = suspect_notes.report_suspect(city.desk, city.who("clerk1"), command).value
    assert (report.number, report.description, report.witness) == (1, "Grey cap", "")
    assert balancing.batch_sheet(city.desk, city.who("supervisor1"), batch).ties[0].expected == 20_000
    assert suspect_notes.suspect_notes(city.desk, city.who("supervisor1"), DAY, DAY) == (report,)
    with city.desk.begin() as work:
        from csr_desk.data.queries import entries  # noqa: PLC0415 - only this look needs the entries

        (event,) = entries.batch_events(work.conn, batch, (EventKind.SUSPECT_NOTE,))
        assert "Grey cap" not in repr(event.facts)
        assert sorted(entries.notes_of(work.conn, event.key)) == ["description", "words"]


def test_no_sales_are_numbered_in_the_shift_and_each_prints_a_slip(city: City) -> None:
    city.open()
    for reason in ("Roll of quarters", "Wrong button"):
        corrections.no_sale(city.desk, city.who("clerk1"), corrections.NoSale(city.key(), reason))
    jobs = pending_prints(city.desk, city.who("clerk1"))
    slips = [paper_of(city.desk, city.who("clerk1"), job) for job in jobs if job.document == "no_sale_slip"]
    assert [(one.number, one.reason) for one in slips if isinstance(one, NoSaleSlip)] == [
        (1, "Roll of quarters"),
        (2, "Wrong button"),
    ]


def test_every_slip_of_custody_stands_in_the_outbox_once(city: City) -> None:
    city.open()
    swap(city)
    command = suspect_notes.ReportSuspect("s", 2000, "MB12345678A")
    suspect_notes.report_suspect(city.desk, city.who("clerk1"), command)
    assert suspect_notes.report_suspect(city.desk, city.who("clerk1"), command).replayed
    hand(city, pieces={2000: 9, 500: 4})
    jobs = pending_prints(city.desk, city.who("clerk1"))
    assert [job.document for job in jobs] == ["opening_slip", "change_slip", "suspect_report", "hand_over_slip"]
    facts = [paper_of(city.desk, city.who("clerk1"), job) for job in jobs]
    assert [type(one) for one in facts] == [OpeningSlip, ChangeSlip, SuspectReport, HandOverSlip]


def test_the_register_of_funds_as_a_file(city: City) -> None:
    register = change_funds.fund_register(city.desk, city.who("accountant1"))
    rows = change_funds.register_csv(register).decode().splitlines()
    assert rows[1] == "HPC-1,Float of HPC-1,HPC-1,,200.00,Set-up of the office,2026-07-14,yes,,,0,1"
    assert rows[6].startswith("HPC-SAFE,Safe change fund,,Denise Carter,2000.00,")
    assert len(rows) == 7
