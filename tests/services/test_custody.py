"""Custody beyond what the scenarios show: who sees what, whose name stays, what prints, an office of one person."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from csr_desk.data.queries import people
from csr_desk.domain.changes import Topic
from csr_desk.domain.custody import ChangeSlip, HandOverSlip, NoSaleSlip, SuspectReport
from csr_desk.domain.drawer import CountSheet, DropSlip, OpeningSlip, TapeCount
from csr_desk.domain.errors import ApprovalNeeded, SelfApproval, TrainingExpired
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.people import Act, Actor, Role
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import (
    balancing,
    change_funds,
    change_orders,
    corrections,
    drawers,
    hand_overs,
    policies,
    receipt_books,
    replay,
    reports,
    staff,
    surprise_counts,
    suspect_notes,
    tender_corrections,
    verification,
)
from csr_desk.services.desk import open_desk
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


def test_a_batch_that_was_handed_over_is_accepted_reopened_and_still_ties(city: City) -> None:
    batch = city.open()
    city.sell()
    hand(city)  # 55.00 short, the giver's
    boss = city.who("supervisor1")
    for pieces in ({2000: 9, 1000: 1}, {2000: 9, 1000: 1, 500: 1}):  # 5.00 short of 195.00, then found
        counted = drawers.CountDrawer(city.key(), CountSheet(pieces, {}))
        drawers.count(city.desk, city.who("clerk2"), counted)
        drawers.submit_count(city.desk, city.who("clerk2"), city.key())
        done = balancing.accept_batch(city.desk, boss, balancing.AcceptBatch(city.key(), batch, "Looked at")).value
        revenue = balancing.day_board(city.desk, boss, DAY)
        assert revenue.sheets[0].over_short == done.sheet.over_short
        if done.sheet.over_short:
            assert done.sheet.over_short == -500
            balancing.reopen_batch(city.desk, boss, balancing.ReturnBatch(city.key(), batch, "A five was found"))
    assert reports.daily_revenue(city.desk, boss, DAY, DAY).over_short == -5500
    assert verification.verify_desk(city.desk).first_fault is None


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


def test_who_takes_a_drawer_over_has_a_training_that_holds(city: City) -> None:
    batch = city.open()
    with city.desk.begin() as work:
        people.update_staff(work.conn, "clerk2", {"trained_until": "2026-07-13"})
    command = hand_overs.HandOver("h", "clerk2", SHORT, SHORT)
    yes = city.yes(Act.HAND_OVER, batch, 19_500, "clerk2")
    with pytest.raises(TrainingExpired):
        hand_overs.hand_over(city.desk, city.who("clerk1"), command, yes)


def test_nobody_takes_a_drawer_over_or_is_counted_unseen_in_an_office_with_an_outside_reviewer(city: City) -> None:
    batch = city.open()
    admin = city.who("admin1")
    outsider = staff.AddPerson("r", "outsider", "Ines Vogt", "Councillor", Role.REVIEWER, "a long secret")
    staff.add_person(city.desk, admin, outsider)
    supervisor = city.who("supervisor1")
    city.without_supervisors()
    policies.set_policy(city.desk, admin, policies.SetPolicy("p", {"outside_reviewer": "outsider"}))
    with pytest.raises(ApprovalNeeded) as asked:
        hand_overs.hand_over(city.desk, city.who("clerk1"), hand_overs.HandOver("h", "clerk2", SHORT, SHORT))
    assert (asked.value.act, asked.value.subject, asked.value.amount) == ("hand_over", batch, 19_500)
    command = surprise_counts.CountUnannounced("c", CountSheet(SHORT, {}), drawer="HPC-1")
    with pytest.raises(ApprovalNeeded):
        surprise_counts.surprise_count(city.desk, supervisor, command)


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


def test_nobody_counts_unannounced_what_they_hold_themselves(city: City) -> None:
    batch = city.open()
    promoted = Actor("clerk1", "Maria Delgado", "Counter supervisor", Role.SUPERVISOR)
    command = surprise_counts.CountUnannounced(city.key(), CountSheet(SHORT, {}), drawer="HPC-1")
    yes = city.yes(Act.SURPRISE_COUNT, batch, 19_500, "clerk2")
    with pytest.raises(SelfApproval):
        surprise_counts.surprise_count(city.desk, promoted, command, yes)


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


TWICE = """
{"do":"issue_book","by":"supervisor1","at":"2026-07-14T08:00","book":"A","first":1,"last":3,"to":"clerk1"}
{"do":"set_fund","by":"accountant1","fund":"HPC-3","name":"Counter 3","amount":"150.00","authority":"Memo 7",
 "drawer":"HPC-3"}
{"do":"open_drawer","by":"clerk1","drawer":"HPC-1","float":{"20.00":10}}
{"do":"change_order","by":"clerk1","out":{"20.00":1},"in":{"5.00":4},"witness":"supervisor1"}
{"do":"suspect_note","by":"clerk1","denomination":"20.00","serial":"MB12345678A","witness":"supervisor1"}
{"do":"paper_sale","by":"clerk1","book":"A","number":1,"written":"2026-07-13","demo_inputs":true,
 "lines":[{"item":"ALM-RES"}],"tenders":[{"kind":"cash"}]}
{"do":"void_paper","by":"clerk1","book":"A","number":2,"reason":"Blot","witness":"supervisor1"}
{"do":"surprise_count","by":"supervisor1","drawer":"HPC-1","cash":{"20.00":12},"signed_by":"clerk1"}
{"do":"surprise_count","by":"supervisor1","fund":"HPC-3","cash":{"50.00":3},"signed_by":"clerk1"}
{"do":"hand_over","by":"clerk1","to":"clerk2","cash":{"20.00":12},"their_cash":{"20.00":12}}
{"do":"hand_over","by":"clerk2","to":"clerk1","cash":{"20.00":12},"their_cash":{"20.00":12}}
{"do":"return_book","by":"supervisor1","book":"A","reasons":{"3":"Blank"}}
{"do":"set_fund","by":"accountant1","fund":"HPC-3","name":"Counter 3","amount":"175.00","authority":"Memo 8",
 "drawer":"HPC-3"}
"""


def test_the_same_acts_again_give_every_first_result_and_record_nothing(city: City) -> None:
    script = TWICE.replace("\n ", " ").encode()
    first = list(replay.run(city.desk, replay.read_script(script)))
    assert [one.surprise for one in first if one.surprise] == []
    entries = verification.verify_desk(city.desk).checked
    assert list(replay.run(city.desk, replay.read_script(script))) == first
    report = verification.verify_desk(city.desk)
    assert (report.first_fault, report.checked) == (None, entries)


def test_who_holds_a_book_sees_it_until_it_comes_back(city: City) -> None:
    boss, clerk = city.who("supervisor1"), city.who("clerk1")
    receipt_books.issue_book(city.desk, boss, receipt_books.IssueBook("a", "A", 1, 2, "clerk1"))
    (book,) = receipt_books.my_books(city.desk, clerk)
    assert (book.open_numbers, book.gaps, book.returned) == ((1, 2), (), False)
    assert receipt_books.my_books(city.desk, city.who("clerk2")) == ()
    back = receipt_books.TakeBack("b", "A", {1: "Blank", 2: "Blank"})
    assert receipt_books.return_book(city.desk, boss, back).value.explained == {1: "Blank", 2: "Blank"}
    assert receipt_books.my_books(city.desk, clerk) == ()


def test_a_float_that_changed_at_another_station_counts_when_the_drawer_opens(city: City) -> None:
    other = open_desk(city.url)
    fund = change_funds.SetFund("f", "HPC-1", "Counter 1", 15_000, "Memo 7", drawer="HPC-1")
    change_funds.set_fund(other, city.who("accountant1"), fund)
    other.close()
    command = drawers.OpenDrawer("o", "HPC-1", {5000: 3})
    slip = drawers.open_drawer(city.desk, city.who("clerk1"), command).value
    assert (slip.counted, slip.authorized) == (15_000, 15_000)


def test_the_register_of_funds_as_a_file(city: City) -> None:
    register = change_funds.fund_register(city.desk, city.who("accountant1"))
    assert [row.counted_enough for row in register.rows] == [False] * 6
    rows = change_funds.register_csv(register).decode().splitlines()
    assert rows[1] == "HPC-1,Float of HPC-1,HPC-1,,200.00,Set-up of the office,2026-07-14,yes,,,0,1"
    assert rows[6].startswith("HPC-SAFE,Safe change fund,,Denise Carter,2000.00,")
    assert len(rows) == 7
