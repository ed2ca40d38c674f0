"""Adjustments from the bills of an account: computed, proved, decided within a tier, posted, taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from csr_desk.data.queries import adjustments as rows
from csr_desk.domain.cart import CartLine
from csr_desk.domain.errors import BadInput, Conflict, Ineligible, NotFound, NotPermitted, Trouble
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.people import Role
from csr_desk.domain.receivable.adjustment import Adjustment, State
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import accounts, adjustment_decisions, adjustment_records, adjustments, policies, sell
from csr_desk.services.adjustment_cases import Wanted
from csr_desk.services.documents_kept import MEGABYTE, NewDocument, media_of
from csr_desk.services.lines import BillLine
from csr_desk.services.people_changes import ChangePerson, change_person
from csr_desk.services.verification import verify_desk
from demo_city import City

ACCOUNT = "0041-2277-9"
REPAIR = (
    ("repair_date", "2026-06-20"), ("repair_address", "4107 Leeland B"), ("repair_type", "Slab leak"),
    ("repair_cost", "950.00"),
)  # fmt: skip
PDF = NewDocument("invoice.pdf", b"%PDF-1.4\n")


def account(city: City, number: str = ACCOUNT) -> None:
    clerk = city.who("clerk1")
    accounts.add_customer(city.desk, clerk, accounts.NewCustomer(f"c{number}", "María Álvarez", number=f"C{number}"))
    accounts.add_account(city.desk, clerk, accounts.NewAccount(f"a{number}", number, f"C{number}", "water"))


def bill(city: City, number: str, kgal: str, due: date, *codes: str) -> str:
    """Bill a month's use by the catalogue (WTR-SFR alone unless other codes are named)."""
    inputs = {"account": ACCOUNT, "meter_size": "3/4", "usage_kgal": kgal}
    items = tuple(accounts.BillItem(CartLine(code, inputs)) for code in codes or ("WTR-SFR",))
    command = accounts.NewBill(f"b{number}", ACCOUNT, items, due, number)
    return accounts.add_bill(city.desk, city.who("clerk1"), command).value.number


def plain_bill(city: City, number: str, cents: int) -> str:
    command = accounts.NewBill(f"b{number}", ACCOUNT, (accounts.BillItem(None, "Water", cents),), None, number)
    return accounts.add_bill(city.desk, city.who("clerk1"), command).value.number


def store(city: City, statement: str) -> None:
    with city.desk.begin() as work:
        work.conn.exec_driver_sql(statement)


def ask(city: City, wanted: Wanted, *files: NewDocument, user: str = "clerk1") -> Adjustment:
    command = adjustments.RequestAdjustment(city.key(), wanted, documents=files)
    return adjustments.request(city.desk, city.who(user), command).value


def corrected(cents: int, number: str = "") -> Wanted:
    return Wanted(ACCOUNT, "COR", bills=(number,) if number else (), amount=cents, evidence=(("finding", "Misread"),))


def decide(city: City, one: Adjustment, *, user: str = "supervisor1", yes: bool = True) -> Adjustment:
    command = adjustment_decisions.DecideAdjustment(city.key(), one.number, yes, "Looked at")
    return adjustment_decisions.decide(city.desk, city.who(user), command).value


def reverse(city: City, one: Adjustment) -> Adjustment:
    command = adjustment_decisions.ReverseAdjustment(city.key(), one.number, "Wrong meter")
    return adjustment_decisions.reverse(city.desk, city.who("accountant1"), command).value


def pay(city: City, number: str, cents: int) -> None:
    line = BillLine("bill", number, cents)
    command = sell.CompleteSale(city.key(), None, (line,), (Tender(TenderKind.CHECK, cents, number="7"),))
    sell.complete_sale(city.desk, city.who("clerk1"), command)


def owed(city: City) -> int:
    with city.desk.read() as work:
        return sum(one.amount - one.paid for one in rows.uses_of(work.conn, ACCOUNT))


def credit(city: City) -> int:
    with city.desk.read() as work:
        found = rows.one_account(work.conn, ACCOUNT)
    assert found is not None
    return found.credit


def test_the_use_comes_from_the_bills_where_they_say_it(city: City) -> None:
    account(city)
    bill(city, "B-JUN", "15", date(2026, 7, 20), "WTR-SFR", "SWR-SFR")
    bill(city, "B-MAY", "5", date(2026, 6, 20))
    store(city, "UPDATE bill SET usage = '15 kgal', service_from = '2026-06-01', service_to = '2026-06-30' "
          "WHERE bill_id = 'B-JUN'")  # fmt: skip
    store(city, "UPDATE bill SET usage = '5,000 gallons', service_from = '2026-05-01', service_to = '2026-05-31' "
          "WHERE bill_id = 'B-MAY'")  # fmt: skip
    wanted = Wanted(ACCOUNT, "LKA", evidence=REPAIR, use=((date(2026, 6, 1), 99_000),))
    # what the bill says goes before what is keyed; the 128.65 of the scenario
    one = ask(city, wanted)
    assert (one.amount, one.parts[0].bill, one.parts[0].month) == (12_865, "B-JUN", date(2026, 6, 1))
    assert not any("keyed" in step.words for step in one.steps)
    done = decide(city, one)
    with city.desk.read() as work:
        now = {row.bill: row for row in rows.uses_of(work.conn, ACCOUNT)}["B-JUN"]
    # 157.31 - 94.91 = 62.40 of water, 189.91 - 123.66 = 66.25 of wastewater
    assert (now.amount, '"425010","internal_order":""},9491]' in now.shares) == (34_722 - 12_865, True)
    assert (done.state, done.decided.by, done.decided.words) == (State.APPROVED, "Robert Hayes", "Looked at")


def test_no_more_comes_off_than_was_billed(city: City) -> None:
    account(city)
    bill(city, "B-JUN", "3", date(2026, 6, 30))  # 12.68, though 60,000 gallons are said to have been used
    use = ((date(2026, 6, 1), 60_000), (date(2026, 5, 1), 3_000))
    one = ask(city, Wanted(ACCOUNT, "LKA", evidence=REPAIR, use=use))
    assert (one.amount, one.steps[-1].words) == (1_268, "No more than was billed")
    assert (decide(city, one).state, owed(city)) == (State.APPROVED, 0)
    # the same month again: nothing is left, whatever is keyed
    with pytest.raises(Ineligible, match="adjusted before"):
        ask(city, Wanted(ACCOUNT, "LKA", evidence=REPAIR, use=use))


def test_a_bill_of_which_nothing_is_charged_by_use_asks_for_the_amount(city: City) -> None:
    account(city)
    plain_bill(city, "B-1", 9_000)
    use = ((date(2026, 7, 1), 15_000), (date(2026, 6, 1), 5_000))
    with pytest.raises(Exception, match="Key the amount"):
        ask(city, Wanted(ACCOUNT, "LKA", evidence=REPAIR, use=use))
    one = ask(city, Wanted(ACCOUNT, "LKA", amount=4_000, evidence=REPAIR, use=use))
    assert one.amount == 4_000
    assert any(step.figure == "no use on record: look at the evidence" for step in one.steps)


def test_only_a_single_family_home_has_unusually_large_bills(city: City) -> None:
    account(city)
    bill(city, "B-JUN", "25", date(2026, 6, 30))
    wanted = Wanted(ACCOUNT, "ULB", use=((date(2026, 6, 1), 25_000), (date(2026, 5, 1), 5_000)))
    assert adjustments.try_out(city.desk, city.who("clerk1"), wanted).eligible
    store(city, "UPDATE account SET rate_class = 'commercial'")
    assert [step.words for step in adjustments.try_out(city.desk, city.who("clerk1"), wanted).failed] == [
        "Single-family home"
    ]


def test_what_was_paid_becomes_credit_in_the_proportion_in_which_it_was_booked(city: City) -> None:
    account(city)
    city.open()
    plain_bill(city, "B-1", 10_000)
    pay(city, "B-1", 8_000)
    done = decide(city, ask(city, corrected(5_000)))
    assert [(row.account, row.amount) for row in done.postings] == [
        ("1000.9900010001.121010", 3_000), ("1000.9900010001.205020", -3_000),
    ]  # fmt: skip
    assert (done.credit, owed(city), credit(city)) == (3_000, 0, 3_000)
    # of the 100.00 now 50.00 came off: no more than the other 50.00 may
    with pytest.raises(Ineligible, match="No more than"):
        ask(city, corrected(5_001))
    assert decide(city, ask(city, corrected(5_000))).credit == 5_000
    assert (credit(city), verify_desk(city.desk).first_fault) == (8_000, None)


def test_two_requests_that_were_right_when_made_do_not_take_more_than_there_is(city: City) -> None:
    account(city)
    plain_bill(city, "B-1", 10_000)
    first = ask(city, corrected(6_000, "B-1"), user="clerk1")
    store(city, "UPDATE bill SET amount_minor = 5000 WHERE bill_id = 'B-1'")
    with pytest.raises(Conflict, match=r"has only 50\.00 left"):
        decide(city, first, user="accountant1")


def test_a_reversal_takes_the_credit_that_is_unused_and_asks_for_the_rest(city: City) -> None:
    account(city)
    city.open()
    plain_bill(city, "B-1", 10_000)
    pay(city, "B-1", 10_000)
    done = decide(city, ask(city, corrected(4_000)))
    store(city, "UPDATE account SET credit_minor = 1000")  # 30.00 of it were used for something else
    back = reverse(city, done)
    assert [(row.account, row.amount) for row in back.postings] == [
        ("1000.9900010001.205020", 1_000), ("1000.9900010001.121010", -1_000),
    ]  # fmt: skip
    assert (back.state, owed(city), credit(city)) == (State.REVERSED, 3_000, 0)


def test_a_reversal_of_what_was_open_needs_no_posting(city: City) -> None:
    account(city)
    plain_bill(city, "B-1", 10_000)
    done = decide(city, ask(city, corrected(4_000)))
    assert owed(city) == 6_000
    assert (reverse(city, done).postings, owed(city)) == ((), 10_000)
    # the bill is as it was, so the same may be asked for again
    assert decide(city, ask(city, corrected(4_000))).state is State.APPROVED
    assert verify_desk(city.desk).first_fault is None


def test_a_bill_that_was_paid_in_part_before_is_still_the_one_that_was_paid(city: City) -> None:
    account(city)
    city.open()
    plain_bill(city, "B-1", 10_000)
    pay(city, "B-1", 2_000)
    decide(city, ask(city, corrected(1_000)))
    pay(city, "B-1", 3_000)
    reverse(city, decide(city, ask(city, corrected(500))))
    pay(city, "B-1", 4_000)
    assert (owed(city), verify_desk(city.desk).first_fault) == (0, None)
    store(city, "UPDATE bill SET amount_minor = 8999 WHERE bill_id = 'B-1'")
    assert "B-1" in (verify_desk(city.desk).first_fault or "")


def test_the_same_key_asks_and_decides_once(city: City) -> None:
    account(city)
    plain_bill(city, "B-1", 10_000)
    command = adjustments.RequestAdjustment("k1", corrected(1_000), documents=(PDF,))
    clerk, boss = city.who("clerk1"), city.who("supervisor1")
    one = adjustments.request(city.desk, clerk, command)
    again = adjustments.request(city.desk, clerk, command)
    assert (again.value, again.replayed) == (one.value, True)
    other = replace(command, documents=(NewDocument("invoice.pdf", b"%PDF-1.5\n"),))
    with pytest.raises(Conflict):
        adjustments.request(city.desk, clerk, other)
    acts: list[Callable[[], Any]] = [
        lambda: adjustments.attach(
            city.desk, clerk, adjustments.AttachDocuments("k2", one.value.number, (NewDocument("a", b"a"),))
        ),
        lambda: adjustment_decisions.decide(
            city.desk, boss, adjustment_decisions.DecideAdjustment("k3", one.value.number, yes=True)
        ),
        lambda: adjustment_decisions.reverse(
            city.desk, city.who("accountant1"), adjustment_decisions.ReverseAdjustment("k4", one.value.number, "No")
        ),
    ]
    for act in acts:
        assert (act().replayed, act().replayed) == (False, True)
    taken = ask(city, corrected(1_000))
    for replayed in (False, True):
        back = adjustments.withdraw(city.desk, clerk, adjustments.WithdrawAdjustment("k5", taken.number))
        assert back.replayed is replayed
    assert owed(city) == 10_000


def test_files_are_what_their_bytes_say_and_no_larger_than_allowed(city: City) -> None:
    account(city)
    plain_bill(city, "B-1", 10_000)
    admin = city.who("admin1")
    policies.set_policy(city.desk, admin, policies.SetPolicy(city.key(), {"attachment_megabytes": 1}))
    full = NewDocument("scan.png", b"\x89PNG\r\n\x1a\n" + b"x" * (MEGABYTE - 8))
    with pytest.raises(BadInput, match="larger than 1 MB"):
        ask(city, corrected(1_000), NewDocument("scan.png", full.content + b"x"))
    one = ask(city, corrected(1_000), full)
    assert [(file.name, file.media, file.size) for file in one.documents] == [("scan.png", "image/png", MEGABYTE)]
    opened = adjustment_records.document(city.desk, city.who("auditor1"), one.documents[0].number)
    assert opened.content == full.content
    many = tuple(NewDocument(f"{n}.txt", str(n).encode()) for n in range(12))
    with pytest.raises(BadInput, match="At most 12"):
        adjustments.attach(city.desk, city.who("clerk1"), adjustments.AttachDocuments(city.key(), one.number, many))
    with pytest.raises(NotFound):
        adjustment_records.document(city.desk, city.who("auditor1"), "D-none")


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (b"%PDF-1.7", "application/pdf"), (b"\xff\xd8\xff\xe0", "image/jpeg"), (b"II*\x00", "image/tiff"),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"), ("Señora".encode(), "text/plain"),
    ],
)  # fmt: skip
def test_a_file_is_known_by_its_bytes(content: bytes, media: str) -> None:
    assert media_of(content) == media


@pytest.mark.parametrize("content", [b"MZ\x90\x00", b"MZ text", b"PK\x03\x04\xff", b"\x7fELF\x00", b"\xff\xfe\x00"])
def test_what_proves_nothing_is_not_kept(content: bytes) -> None:
    with pytest.raises(BadInput, match="Attach PDF"):
        media_of(content)


def test_a_file_that_was_changed_in_the_database_is_not_shown(city: City) -> None:
    account(city)
    plain_bill(city, "B-1", 10_000)
    one = ask(city, corrected(1_000), PDF)
    change = "UPDATE attachment SET content = X'00'" if city.url.startswith("sqlite") else (
        "UPDATE attachment SET content = '\\x00'::bytea"
    )  # fmt: skip
    store(city, change)
    with pytest.raises(Trouble, match="not the file that was attached"):
        adjustment_records.document(city.desk, city.who("auditor1"), one.documents[0].number)
    assert "not the one that was handed in" in (verify_desk(city.desk).first_fault or "")


def test_where_the_policy_asks_for_the_own_supervisor_another_does_not_decide(city: City) -> None:
    account(city)
    plain_bill(city, "B-1", 10_000)
    admin = city.who("admin1")
    change_person(city.desk, admin, ChangePerson(city.key(), "clerk1", supervisor="supervisor2"))
    policies.set_policy(city.desk, admin, policies.SetPolicy(city.key(), {"approvers": "subordinates"}))
    one = ask(city, corrected(1_000))
    with pytest.raises(NotPermitted, match="approves for"):
        decide(city, one)
    assert decide(city, one, user="supervisor2").state is State.APPROVED
    assert decide(city, ask(city, corrected(1_000)), user="accountant1").state is State.APPROVED


def test_each_entry_stands_in_the_time_line_of_the_account(city: City) -> None:
    account(city)
    plain_bill(city, "B-1", 10_000)
    reverse(city, decide(city, ask(city, corrected(1_000))))
    statement = (
        "SELECT entry.kind FROM entry_about AS about JOIN ledger_event AS entry ON entry.series_id = about.series_id "
        "AND entry.seq = about.seq WHERE about.subject = 'account:0041-2277-9' ORDER BY entry.seq"
    )
    with city.desk.read() as work:
        found = work.conn.exec_driver_sql(statement).scalars().all()
    assert found == [EventKind.ADJUSTMENT_REQUESTED, EventKind.ADJUSTMENT_DECIDED, EventKind.ADJUSTMENT_REVERSED]


def test_words_that_were_purged_are_said_to_be_deleted_and_the_ledger_verifies(city: City) -> None:
    account(city)
    plain_bill(city, "B-1", 10_000)
    one = ask(city, corrected(1_000), PDF)
    store(city, "DELETE FROM note_text WHERE n IN (SELECT n FROM ledger_note WHERE topic IN ('evidence', 'documents') "
          "AND series_id = note_text.series_id AND seq = note_text.seq)")  # fmt: skip
    seen = adjustment_records.one_adjustment(city.desk, city.who("auditor1"), one.number)
    assert dict(seen.evidence) == {"(deleted)": ""}


def test_waiting_ones_are_those_of_the_own_tier_the_oldest_first(city: City) -> None:
    account(city)
    for number in ("B-1", "B-2", "B-3"):
        plain_bill(city, number, 100_000)
    small, large, own = (
        ask(city, corrected(1_000, "B-1")),
        ask(city, corrected(60_000, "B-2")),
        ask(city, corrected(2_000, "B-3"), user="clerk5"),
    )
    change_person(city.desk, city.who("admin1"), ChangePerson(city.key(), "clerk5", role=Role.SUPERVISOR))
    waits = {
        user: [one.number for one in adjustment_records.waiting(city.desk, city.who(user))]
        for user in ("supervisor1", "accountant1", "clerk5")
    }
    assert waits == {
        "supervisor1": [small.number, own.number],
        "accountant1": [small.number, large.number, own.number],
        "clerk5": [small.number],
    }
