"""Exceptions by person, over and short by month, the journal, and the trace of a report that is taken away."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import date, timedelta

import pytest

from csr_desk.data.queries import entries
from csr_desk.domain.cart import CartLine
from csr_desk.domain.errors import BadInput, Conflict, NotFound, NotPermitted
from csr_desk.domain.exception_report import ExceptionKind, ExceptionReport
from csr_desk.domain.ledger import EventKind
from csr_desk.services import (
    accounts,
    adjustment_decisions,
    adjustments,
    carts_held,
    exceptions,
    receipts,
    report_exports,
    reports,
    tape_words,
    virtual_tape,
)
from csr_desk.services.adjustment_cases import Wanted
from csr_desk.services.report_exports import TakeReport
from csr_desk.services.verification import verify_desk
from csr_desk.services.virtual_tape import TapeQuery
from demo_city import City
from services.evidence.planting import outside, plant
from services.evidence.stories import corrected, handed, override, refunded, reopened, returned
from services.known_day import DAY, whole_day

JULY = (date(2026, 7, 1), date(2026, 7, 31))


def report(city: City) -> ExceptionReport:
    return exceptions.exception_report(city.desk, city.who("auditor1"), *JULY)


def cases(city: City, kind: ExceptionKind) -> list[tuple[str, str, str, int | None, str]]:
    found = [case for case in report(city).cases if case.kind is kind]
    return [(case.place, case.user, case.approver, case.amount, case.reason) for case in found]


def test_the_known_day_has_one_void_and_one_short_drawer(city: City) -> None:
    whole_day(city)
    told = report(city)
    assert cases(city, ExceptionKind.VOID) == [("HPC2-0000003", "clerk2", "Robert Hayes", -5000, "Keyed twice")]
    assert cases(city, ExceptionKind.OVER_SHORT) == [("HPC-2-20260714-1", "clerk2", "Robert Hayes", -25, "")]
    assert len(told.cases) == 2
    # clerk1 made two sales, clerk2 three; one void of 5 receipts is 200.0 per 1,000, of clerk2's three 333.3
    rate = told.rate(ExceptionKind.VOID, "clerk2")
    assert rate is not None
    assert (rate.count, rate.receipts, str(rate.rate), str(rate.office_rate)) == (1, 3, "333.3", "200.0")
    assert not rate.stands_out
    assert told.trend.months[-1] == "2026-07"
    assert len(told.trend.months) == 12
    assert {row.user: row.total for row in told.trend.rows} == {"clerk1": 0, "clerk2": -25}
    assert told.trend.totals[-1] == -25


def test_an_adjustment_is_told_with_who_asked_who_decided_and_how_much(sqlite_city: City) -> None:
    desk, clerk, boss = sqlite_city.desk, sqlite_city.who("clerk1"), sqlite_city.who("supervisor1")
    accounts.add_customer(desk, clerk, accounts.NewCustomer("c", "Rosa Alvarez", number="C-1"))
    accounts.add_account(desk, clerk, accounts.NewAccount("a", "A-1", "C-1", "water"))
    item = accounts.BillItem(None, "Water", 9000)
    accounts.add_bill(desk, clerk, accounts.NewBill("b", "A-1", (item,), desk.today() + timedelta(days=9), "W-1"))
    wanted = Wanted("A-1", "COR", amount=1250, evidence=(("finding", "Read as 14, was 15"),))
    asked = adjustments.request(desk, clerk, adjustments.RequestAdjustment("r", wanted)).value
    decision = adjustment_decisions.DecideAdjustment("d", asked.number, yes=True, reason="Seen")
    adjustment_decisions.decide(desk, boss, decision)
    assert cases(sqlite_city, ExceptionKind.ADJUSTMENT) == [
        (asked.number, "clerk1", "", -1250, "requested"),
        (asked.number, "clerk1", "Robert Hayes", -1250, "approved: Seen"),
    ]
    assert exceptions.report_data(report(sqlite_city))["counts"]["adjustment"] == 2


def test_each_kind_of_case_is_told_of_the_person_who_did_it(sqlite_city: City) -> None:
    override(sqlite_city)
    assert cases(sqlite_city, ExceptionKind.OVERRIDE) == [
        ("HPC1-0000001", "clerk1", "Robert Hayes", -3800, "charged other than the schedule")
    ]


def test_a_tender_correction_and_a_reprint_are_cases(sqlite_city: City) -> None:
    corrected(sqlite_city)
    receipts.reprint(sqlite_city.desk, sqlite_city.who("supervisor1"), receipts.Reprint("again", "HPC1-0000001"))
    assert cases(sqlite_city, ExceptionKind.TENDER_CORRECTED) == [
        ("HPC1-0000002", "clerk1", "Robert Hayes", None, "It was a check")
    ]
    assert cases(sqlite_city, ExceptionKind.REPRINT) == [("HPC1-0000001", "supervisor1", "", None, "")]


def test_a_refund_tells_its_amount_and_reason(sqlite_city: City) -> None:
    refunded(sqlite_city)
    ((place, user, approver, amount, reason),) = cases(sqlite_city, ExceptionKind.REFUND)
    assert (place, user, approver, reason) == ("HPC1-0000002", "clerk1", "Robert Hayes", "Hall closed")
    assert amount is not None
    assert amount < 0


def test_a_reopened_batch_is_its_custodians_case(sqlite_city: City) -> None:
    reopened(sqlite_city)
    ((_, user, by, _, reason),) = cases(sqlite_city, ExceptionKind.REOPENED)
    assert (user, by, reason) == ("clerk1", "Robert Hayes", "Receipt 2 keyed twice")


def test_a_returned_check_is_told_of_who_took_it(sqlite_city: City) -> None:
    returned(sqlite_city)
    ((_, _, _, amount, reason),) = cases(sqlite_city, ExceptionKind.RETURNED_ITEM)
    assert (amount, reason) == (5000, "NSF")


def test_a_difference_at_a_hand_over_is_the_givers(sqlite_city: City) -> None:
    sqlite_city.open()
    facts = {"cash": {"2000": 9}, "others": {}, "to": "clerk2", "booked": {"cash": [-2000, 0]}}
    plant(sqlite_city, EventKind.CUSTODY_HANDED, approver="clerk2", facts=facts)
    ((_, user, _, amount, _),) = cases(sqlite_city, ExceptionKind.OVER_SHORT)
    assert (user, amount) == ("clerk1", -2000)
    assert [(row.user, row.total) for row in report(sqlite_city).trend.rows] == [("clerk1", -2000)]


def test_a_hand_over_without_a_difference_is_no_case(sqlite_city: City) -> None:
    handed(sqlite_city, "clerk2")
    assert cases(sqlite_city, ExceptionKind.OVER_SHORT) == []


def test_refused_approvals_are_cases_and_granted_ones_are_not(sqlite_city: City) -> None:
    sqlite_city.open()
    for granted in (True, False):
        facts = {"act": "void", "state": "granted" if granted else "refused", "for": "clerk1"}
        plant(sqlite_city, EventKind.APPROVAL_DECIDED, series="HPC", batch=None, actor="supervisor1", facts=facts)
    plant(sqlite_city, EventKind.ACT_REFUSED, series="HPC", batch=None)
    told = cases(sqlite_city, ExceptionKind.REFUSED)
    assert sorted((user, by) for _, user, by, _, _ in told) == [("clerk1", ""), ("clerk1", "Robert Hayes")]


def test_what_was_recorded_on_another_day_is_back_dated(sqlite_city: City) -> None:
    whole_day(sqlite_city)
    outside(
        sqlite_city,
        "UPDATE ledger_event SET recorded_at_utc = '2026-07-16T14:00:00.000000Z' WHERE series_id = 'HPC-1' AND "
        "receipt_no = 2",
    )
    assert cases(sqlite_city, ExceptionKind.BACK_DATED) == [
        ("HPC1-0000002", "clerk1", "", None, "recorded on 2026-07-16")
    ]


def test_a_gap_in_the_numbers_is_a_case_without_a_person(sqlite_city: City) -> None:
    whole_day(sqlite_city)
    outside(sqlite_city, "DELETE FROM ledger_event WHERE series_id = 'HPC-2' AND receipt_no = 2")
    gaps = cases(sqlite_city, ExceptionKind.SEQUENCE_GAP)
    assert ("HPC-2 HPC2-0000002", "", "", None, "receipt is missing") in gaps


def test_the_report_as_data_carries_money_as_text(city: City) -> None:
    whole_day(city)
    told = reports.report(city.desk, city.who("auditor1"), "exceptions", *JULY)
    assert told["counts"]["void"] == 1
    assert told["cases"][0]["amount"] == "-50.00"
    assert told["rates"] == [
        {
            "kind": "void", "user": "clerk2", "count": 1, "receipts": 3, "per_thousand": "333.3",
            "office_per_thousand": "200.0", "stands_out": False,
        }
    ]  # fmt: skip
    trend = reports.report(city.desk, city.who("auditor1"), "over_short_trend", *JULY)
    assert trend["totals"] == ["0.00"] * 11 + ["-0.25"]


def test_the_cases_go_into_a_spreadsheet(sqlite_city: City) -> None:
    whole_day(sqlite_city)
    rows = list(csv.DictReader(io.StringIO(exceptions.report_csv(report(sqlite_city)).decode())))
    assert [(row["kind"], row["amount"]) for row in rows] == [("void", "-50.00"), ("over_short", "-0.25")]


@pytest.mark.parametrize("name", ["exceptions", "over_short_trend", "journal"])
def test_a_clerk_reads_neither_exceptions_nor_the_journal(sqlite_city: City, name: str) -> None:
    with pytest.raises(NotPermitted):
        reports.report(sqlite_city.desk, sqlite_city.who("clerk1"), name, *JULY)


# ---- the journal


def test_every_kind_of_entry_has_its_words_and_no_two_the_same() -> None:
    assert set(tape_words.WORDS) == set(EventKind)
    assert len(set(tape_words.WORDS.values())) == len(EventKind)
    assert set(tape_words.DETAILS) <= set(EventKind)


def test_the_journal_tells_the_known_day_newest_first(city: City) -> None:
    whole_day(city)
    found = virtual_tape.page(city.desk, city.who("auditor1"), TapeQuery(*JULY))
    assert found.below is None
    assert len(found.rows) == verify_desk(city.desk).checked
    told = [(row.words, row.name, row.details, row.amount) for row in found.rows]
    assert [row.at for row in found.rows] == sorted((row.at for row in found.rows), reverse=True)
    assert ("Business day closed", "Robert Hayes", "287.80", None) in told
    assert ("Deposit packed", "Maria Delgado", "HPC-20260714-1, bag 0714-1, 66.00", None) in told
    assert ("Void", "James Okafor", "of HPC2-0000002", -5000) in told
    void = next(row for row in found.rows if row.kind is EventKind.VOID)
    assert (void.reason, void.approver, void.place) == ("Keyed twice", "Robert Hayes", "HPC2-0000003")


def test_pages_join_without_a_gap_whatever_comes_meanwhile(city: City) -> None:
    whole_day(city)
    who = city.who("auditor1")
    query = TapeQuery(*JULY)
    whole = [row.place for row in virtual_tape.page(city.desk, who, query).rows]
    found: list[str] = []
    while True:
        part = virtual_tape.page(city.desk, who, query, limit=3)
        found += [row.place for row in part.rows]
        city.at("2026-07-15T08:00")
        plant(city, EventKind.SIGNED_IN, series="HPC", batch=None, business_date=date(2026, 7, 15))
        if part.below is None:
            break
        query = TapeQuery(*JULY, below=part.below)
    assert found == whole


def test_the_journal_is_cut_by_person_and_kind(sqlite_city: City) -> None:
    whole_day(sqlite_city)
    who = sqlite_city.who("auditor1")
    kinds = (EventKind.VOID, EventKind.BATCH_ACCEPTED)
    rows = virtual_tape.page(sqlite_city.desk, who, TapeQuery(*JULY, people=("supervisor1",), kinds=kinds)).rows
    assert [row.kind for row in rows] == [EventKind.BATCH_ACCEPTED, EventKind.BATCH_ACCEPTED, EventKind.VOID]
    assert ("supervisor1", "Robert Hayes") in virtual_tape.everybody(sqlite_city.desk, who)


def test_a_journal_that_ends_before_it_begins_is_refused(sqlite_city: City) -> None:
    with pytest.raises(BadInput):
        virtual_tape.page(sqlite_city.desk, sqlite_city.who("auditor1"), TapeQuery(JULY[1], JULY[0]))


def test_facts_that_nobody_can_tell_are_shown_as_they_are() -> None:
    assert tape_words.details(EventKind.DROP, {"bag": "D-1", "later": 3}) == "bag D-1, later 3"
    assert tape_words.details(EventKind.FUND_CHANGED, {"fund": "F-1", "amount": 20000}) == "fund F-1, amount 200.00"


REQUEST = {"act": "correct_tender", "subject": "HPC1-0000001", "amount": 5000}


@pytest.mark.parametrize(
    ("kind", "facts", "told"),
    [
        (EventKind.APPROVAL_ASKED, {**REQUEST, "state": "asked"}, "correct tender of HPC1-0000001 (50.00), asked"),
        (EventKind.APPROVAL_DECIDED, {**REQUEST, "state": "no"}, "correct tender of HPC1-0000001 (50.00), no"),
        (EventKind.DEFERRED_REVIEWED, {**REQUEST, "ok": True}, "correct tender of HPC1-0000001 (50.00), in order"),
        (EventKind.DEFERRED_REVIEWED, {**REQUEST, "ok": False}, "correct tender of HPC1-0000001 (50.00), not in order"),
        (EventKind.ACT_REFUSED, {"act": "see_journal", "code": "not_permitted"}, "see journal (not_permitted)"),
        (EventKind.ACT_REFUSED, {"act": "", "code": "not_permitted"}, "act (not_permitted)"),
        (EventKind.STAFF_CHANGED, {"user": "clerk1", "change": "retired"}, "Maria Delgado retired"),
        (
            EventKind.TRAINING_RECORDED,
            {"user": "clerk1", "score": 92, "trained_until": "2029-07-14"},
            "Maria Delgado, 92 percent, until 2029-07-14",
        ),
        (EventKind.CLOCK_JUMP, {"seconds": -61, "now": "x"}, "-61 seconds against the newest entry"),
        (EventKind.SIGNED_IN, {"user": "clerk1", "role": "clerk"}, ""),
        (EventKind.SIGN_IN_FAILED, {"why": "delay", "user": "clerk1"}, "while waiting"),
        (EventKind.SALE, {"rounding": 2}, ""),
        (
            EventKind.REPORT_EXPORTED,
            {"report": "revenue", "from": "2026-07-14", "to": "2026-07-15", "format": "csv", "rows": 7},
            "revenue 2026-07-14 to 2026-07-15 as csv, 7 rows",
        ),
        (EventKind.DEPOSIT_CONFIRMED, {"deposit": "D", "bank_amount": 5000, "difference": 0}, "D, 50.00"),
        (
            EventKind.DEPOSIT_CONFIRMED,
            {"deposit": "D", "bank_amount": 4900, "difference": -100},
            "D, 49.00, the bank differs by \u22121.00",
        ),
    ],
)
def test_what_happened_to_people_is_told_by_their_names(kind: EventKind, facts: dict[str, object], told: str) -> None:
    assert tape_words.details(kind, facts, {"clerk1": "Maria Delgado"}) == told


def test_an_unannounced_count_tells_its_difference() -> None:
    facts = {"drawer": "HPC-1", "fund": "F-1", "difference": {"cash": -25, "check": 0}}
    assert tape_words.details(EventKind.SURPRISE_COUNT, facts) == "HPC-1: cash \u22120.25"
    assert tape_words.details(EventKind.SURPRISE_COUNT, {**facts, "difference": {}}) == "HPC-1: no difference"


def test_the_journal_as_a_file_has_every_entry_oldest_first(sqlite_city: City) -> None:
    whole_day(sqlite_city)
    content, rows = virtual_tape.journal_csv(sqlite_city.desk, sqlite_city.who("auditor1"), TapeQuery(*JULY))
    table = list(csv.DictReader(io.StringIO(content.decode())))
    assert len(table) == rows == verify_desk(sqlite_city.desk).checked
    assert table[0]["kind"] == "policy_set"
    assert all(len(row["seal"]) == 64 for row in table)


def test_a_long_journal_adds_its_amounts_up_at_once(sqlite_city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    whole_day(sqlite_city)
    query = TapeQuery(*JULY)
    one_by_one, _ = virtual_tape.journal_csv(sqlite_city.desk, sqlite_city.who("auditor1"), query)
    monkeypatch.setattr(virtual_tape, "PAGE", 4)
    assert virtual_tape.journal_csv(sqlite_city.desk, sqlite_city.who("auditor1"), query)[0] == one_by_one


# ---- what is taken away leaves a trace


def taking(city: City, name: str = "revenue", key: str = "k") -> TakeReport:
    return TakeReport(key, name, DAY, DAY, "csv", report_exports.fingerprint(b"bytes"), 7)


def last_entry(city: City) -> entries.Event:
    with city.desk.read() as work:
        found = entries.day_events(work.conn, date(2020, 1, 1), date(2030, 1, 1), (EventKind.REPORT_EXPORTED,))
    return found[-1]


def test_whoever_takes_a_report_away_leaves_an_entry_with_its_fingerprint(city: City) -> None:
    done = report_exports.take_report(city.desk, city.who("auditor1"), taking(city))
    event = last_entry(city)
    assert done.value == hashlib.sha256(b"bytes").hexdigest()
    assert (event.actor, event.batch) == ("auditor1", None)
    assert event.facts == {
        "report": "revenue", "from": "2026-07-14", "to": "2026-07-14", "format": "csv", "sha256": done.value, "rows": 7,
    }  # fmt: skip
    assert report_exports.take_report(city.desk, city.who("auditor1"), taking(city)).replayed
    assert verify_desk(city.desk).first_fault is None


def test_the_same_key_for_another_report_is_a_conflict(sqlite_city: City) -> None:
    report_exports.take_report(sqlite_city.desk, sqlite_city.who("auditor1"), taking(sqlite_city))
    with pytest.raises(Conflict):
        report_exports.take_report(sqlite_city.desk, sqlite_city.who("auditor1"), taking(sqlite_city, "journal"))


def test_nobody_takes_away_what_they_may_not_see(sqlite_city: City) -> None:
    with pytest.raises(NotPermitted):
        report_exports.take_report(sqlite_city.desk, sqlite_city.who("clerk1"), taking(sqlite_city))
    with pytest.raises(NotPermitted):
        report_exports.take_report(sqlite_city.desk, sqlite_city.who("supervisor1"), taking(sqlite_city, "evidence"))
    with pytest.raises(NotFound):
        report_exports.take_report(sqlite_city.desk, sqlite_city.who("auditor1"), taking(sqlite_city, "gossip"))


def test_a_thrown_away_cart_leaves_its_trace_with_and_without_a_drawer(city: City) -> None:
    who = city.who("clerk1")
    for key in ("without", "with"):
        draft = carts_held.CartDraft(key, (CartLine("ALM-RES"),))
        carts_held.save_draft(city.desk, who, draft)
        carts_held.discard_draft(city.desk, who, key)
        if key == "without":
            city.open()
    with city.desk.read() as work:
        found = entries.day_events(work.conn, DAY, DAY, (EventKind.CART_CANCELLED,))
    told = [(event.key.series, event.batch, event.actor, event.facts["lines"]) for event in found]
    assert sorted(told, key=str) == [("HPC", None, "clerk1", 1), ("HPC-1", "HPC-1-20260714-1", "clerk1", 1)]
    assert verify_desk(city.desk).first_fault is None


def test_an_empty_cart_that_is_thrown_away_leaves_nothing(sqlite_city: City) -> None:
    who = sqlite_city.who("clerk1")
    carts_held.save_draft(sqlite_city.desk, who, carts_held.CartDraft("empty"))
    carts_held.discard_draft(sqlite_city.desk, who, "empty")
    assert verify_desk(sqlite_city.desk).checked == 1, "the office's founding entry alone"
