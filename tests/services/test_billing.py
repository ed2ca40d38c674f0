"""Bills, penalties and balances in the books: what happened is known for any day, and nobody changes it unseen."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import create_engine, text

from csr_desk.data.engine import parse_address
from csr_desk.data.queries import entries
from csr_desk.domain.errors import BadInput, Conflict, NotInForce
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.receivable.ageing import Aged
from csr_desk.domain.receivable.penalty import PenaltyRule
from csr_desk.services import accounts, extensions, penalties, plans, replay, statements
from csr_desk.services.penalties import ChargePenalties, charge_penalties
from csr_desk.services.verification import verify_url
from demo_city import City
from services.test_state_tampering import behind_the_back

TODAY = date(2026, 7, 14)


def account(city: City, number: str = "0001") -> None:
    """Open an account for somebody."""
    who = city.who("clerk1")
    accounts.add_customer(city.desk, who, accounts.NewCustomer(f"c{number}", "Rosa Villarreal", number=f"C-{number}"))
    accounts.add_account(city.desk, who, accounts.NewAccount(f"a{number}", number, f"C-{number}", "water"))


def bill(city: City, cents: int, days_late: int, number: str = "0001", rule: PenaltyRule | None = None) -> str:
    """Bill an account; it is so many days late today."""
    water = (accounts.BillItem(None, "Water", cents),)
    command = accounts.NewBill(city.key(), number, water, TODAY - timedelta(days=days_late), penalty=rule)
    return accounts.add_bill(city.desk, city.who("clerk1"), command).value.number


def charge(city: City, key: str = "run", **more: object) -> penalties.Charged:
    """Charge what lateness costs today."""
    command = ChargePenalties(key, **more)  # type: ignore[arg-type]
    return charge_penalties(city.desk, city.who("accountant1"), command).value


def owed(city: City, number: str = "0001", on: date | None = None) -> int:
    """What an account owes."""
    return statements.balance_at(city.desk, city.who("clerk1"), number, on).balance


def test_a_bill_has_its_items_and_the_load_that_brought_it(city: City) -> None:
    account(city)
    number = bill(city, 6_437, -10)
    with city.desk.read() as work:
        rows = work.conn.execute(text("SELECT kind, rows, total_minor, loaded_by FROM bill_load")).all()
        items = work.conn.execute(text("SELECT kind, amount_minor, priority, series_id FROM bill_item")).all()
        event = entries.day_events(work.conn, TODAY, TODAY, (EventKind.BILLS_LOADED,))[0]
    assert [tuple(row) for row in rows] == [("hand", 1, 6_437, "clerk1")]
    assert [tuple(row) for row in items] == [("charge", 6_437, 100, None)]
    assert (event.facts["rows"], event.facts["total"], len(event.facts["rows_hash"])) == (1, 6_437, 64)
    assert number in {one.number for one, _ in statements.balance_at(city.desk, city.who("clerk1"), "0001").open_bills}


def test_a_bill_twice_is_one_and_another_under_its_number_is_refused(city: City) -> None:
    account(city)
    who, water = city.who("clerk1"), (accounts.BillItem(None, "Water", 5_000),)
    command = accounts.NewBill("one", "0001", water, TODAY, "B-1")
    assert not accounts.add_bill(city.desk, who, command).replayed
    assert accounts.add_bill(city.desk, who, command).replayed
    for other in (
        accounts.NewBill("two", "0001", (accounts.BillItem(None, "Water", 5_001),), TODAY, "B-1"),
        accounts.NewBill("two", "0001", water, TODAY + timedelta(days=1), "B-1"),
    ):
        with pytest.raises(Conflict):
            accounts.add_bill(city.desk, who, other)
    assert owed(city) == 5_000


def test_a_bill_that_was_charged_since_is_still_the_same_one(city: City) -> None:
    account(city)
    who, water = city.who("clerk1"), (accounts.BillItem(None, "Water", 5_000),)
    command = accounts.NewBill("one", "0001", water, TODAY - timedelta(days=2), "B-1")
    accounts.add_bill(city.desk, who, command)
    assert charge(city).total == 500
    assert accounts.add_bill(city.desk, who, command).replayed
    assert owed(city) == 5_500


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"service_from": TODAY}, "service_from"),
        ({"service_from": TODAY, "service_to": TODAY - timedelta(days=1)}, "service_to"),
        ({"issued": TODAY + timedelta(days=1)}, "issued"),
        ({"issued": TODAY, "due": TODAY - timedelta(days=1)}, "due"),
        ({"penalty": PenaltyRule(Decimal(101))}, ""),
    ],
)
def test_days_that_cannot_be_are_refused(sqlite_city: City, more: dict[str, object], field: str) -> None:
    account(sqlite_city)
    water = (accounts.BillItem(None, "Water", 5_000),)
    command = accounts.NewBill("one", "0001", water, **more)  # type: ignore[arg-type]
    with pytest.raises(BadInput) as refused:
        accounts.add_bill(sqlite_city.desk, sqlite_city.who("clerk1"), command)
    assert refused.value.field == field


def test_a_penalty_is_taken_of_what_is_open_and_never_of_a_penalty(city: City) -> None:
    account(city)
    again = PenaltyRule(Decimal(10), every_days=30, most=3)
    number = bill(city, 10_000, 70, rule=again)
    city.open()
    done = list(
        replay.run(
            city.desk,
            replay.read_script(
                json.dumps({
                    "do": "sale", "by": "clerk1", "lines": [{"bill": number, "amount": "40.00"}],
                    "tenders": [{"kind": "check", "number": "1"}],
                }).encode()
            ),
        )
    )  # fmt: skip
    assert done[0].error is None
    # three are due (days 1, 31, 61): each 10 % of the 60.00 that is open
    assert [one.item.amount for one in charge(city).charges] == [600, 600, 600]
    assert charge(city, "again").charges == ()
    assert owed(city) == 7_800
    assert verify_url(city.url).first_fault is None


def test_the_late_amount_of_a_statement_is_what_the_run_charges_the_day_after(city: City) -> None:
    clerk, late = city.who("clerk1"), PenaltyRule(Decimal(10))
    for number in ("0001", "0002", "0003"):
        account(city, number)
        bill(city, 10_000, -2, number, late)

    def asked() -> list[int]:
        numbers = ("0001", "0002", "0003")
        return [statements.statement(city.desk, clerk, number, (TODAY, TODAY)).late_amount for number in numbers]

    assert asked() == [11_000, 11_000, 11_000]
    extensions.grant_extension(city.desk, clerk, extensions.GrantExtension("time", "0002"))
    plans.make_plan(city.desk, clerk, plans.MakePlan("plan", "0003", 2))
    assert asked() == [11_000, 10_000, 10_000]
    city.at("2026-07-17T08:00")
    assert [one.account for one in charge(city).charges] == ["0001"]


def test_a_run_that_was_stopped_goes_on_later_and_charges_nothing_twice(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(penalties, "AT_ONCE", 2)
    for n in range(5):
        account(city, f"000{n}")
        bill(city, 10_000, 5, f"000{n}")
    heard: list[tuple[int, int]] = []

    def two_and_stop(done: int, every: int) -> bool:
        heard.append((done, every))
        return done < 2

    actor = city.who("accountant1")
    first = charge_penalties(city.desk, actor, ChargePenalties("run"), two_and_stop).value
    assert (len(first.charges), first.stopped, heard) == (2, True, [(0, 5), (2, 5)])
    rest = charge_penalties(city.desk, actor, ChargePenalties("run")).value
    assert (len(rest.charges), rest.total, rest.stopped) == (3, 3_000, False)
    assert charge_penalties(city.desk, actor, ChargePenalties("run")).replayed
    assert sum(owed(city, f"000{n}") for n in range(5)) == 55_000
    assert verify_url(city.url).first_fault is None


def test_late_bills_of_an_account_are_counted_within_their_months_only(city: City) -> None:
    account(city)
    rule = PenaltyRule(steps=(0, 7_700, 23_612), months=1)
    amounts = []
    for day, days_late in (("2026-07-14", 1), ("2026-07-20", 0), ("2026-09-01", -10)):
        bill(city, 1_000, days_late, rule=rule)
        city.at(f"{day}T09:00")
        amounts += [one.item.amount for one in charge(city, f"run {day}").charges]
    assert amounts == [0, 7_700, 0]  # in September nothing of the month before was late
    assert verify_url(city.url).first_fault is None


def test_a_penalty_is_booked_where_the_catalogue_says_or_else_with_the_bill(
    sqlite_city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    account(sqlite_city)
    bill(sqlite_city, 1_000, 1)
    (first,) = charge(sqlite_city).charges
    assert [share.account for share, _ in first.item.parts] == ["8300.2000070001.425010"]
    bill(sqlite_city, 2_000, 1)

    def none_then(_item: object, _day: date) -> None:
        raise NotInForce

    monkeypatch.setattr("csr_desk.domain.catalogue.Item.version_on", none_then)
    (second,) = charge(sqlite_city, "second").charges
    assert [share for share, _ in second.item.parts] == [accounts.receivable_share()]
    monkeypatch.setattr(penalties, "PENALTY_ITEM", "NO-SUCH")
    bill(sqlite_city, 3_000, 1)
    (third,) = charge(sqlite_city, "third").charges
    assert [share for share, _ in third.item.parts] == [accounts.receivable_share()]


def test_what_was_owed_is_known_for_any_day_before(city: City) -> None:
    account(city)
    water = (accounts.BillItem(None, "Water", 5_000),)
    for issued, due in (("2026-03-01", "2026-03-20"), ("2026-06-01", "2026-06-20")):
        command = accounts.NewBill(
            city.key(), "0001", water, date.fromisoformat(due), issued=date.fromisoformat(issued)
        )
        accounts.add_bill(city.desk, city.who("clerk1"), command)
    days = {"2026-02-28": 0, "2026-03-01": 5_000, "2026-05-31": 5_000, "2026-06-01": 10_000, "2026-07-14": 10_000}
    assert {day: owed(city, on=date.fromisoformat(day)) for day in days} == days
    aged = statements.balance_at(city.desk, city.who("clerk1"), "0001").aged
    assert aged == Aged(5_000, 0, 0, 5_000)


TAMPERED = [
    ("UPDATE bill SET due_date = '2027-01-01'", "they are not those that were loaded"),
    ("UPDATE bill SET usage = '1 gallon'", "they are not those that were loaded"),
    ("UPDATE bill SET penalty_rule = NULL", "they are not those that were loaded"),
    ("UPDATE bill SET amount_minor = 1", "comes to 0.01, but its items to 55.00"),
    ("UPDATE bill SET load_id = NULL", "came in by no load of the ledger"),
    ("UPDATE bill_item SET amount_minor = 400 WHERE n = 2", "is not the one that its entry says"),
    ("UPDATE bill_item SET explain = '[]' WHERE n = 2", "item 2 of bill"),
    ("UPDATE bill_item SET kind = 'fee' WHERE n = 2", "is not the one that its entry says"),
    ("DELETE FROM bill_item WHERE n = 2", "comes to 55.00, but its items to 50.00"),
    ("UPDATE bill_item SET series_id = NULL, seq = NULL WHERE n = 2", "stands in the ledger, but its row is gone"),
    ("UPDATE bill_load SET total_minor = 1", "its total minor is 1, not 5000"),
    ("DELETE FROM bill_load", "stands in the ledger, but its row is gone"),
    ("UPDATE bill_load SET load_id = 'L-1'", "stands in no entry of the ledger"),
    ("DELETE FROM entry_about", "is about account:0001, but is not found there"),
    ("UPDATE entry_about SET subject = 'account:0002'", "does not say that it is about account:0002"),
]


@pytest.mark.parametrize(("change", "fault"), TAMPERED, ids=[change for change, _ in TAMPERED])
def test_a_changed_bill_item_or_load_is_found(sqlite_city: City, change: str, fault: str) -> None:
    account(sqlite_city)
    bill(sqlite_city, 5_000, 2)
    assert charge(sqlite_city).total == 500
    assert fault in (behind_the_back(sqlite_city, change) or "")


PUT_IN = text(
    "INSERT INTO bill (bill_id, account_no, description, amount_minor, paid_minor, shares, authority, state) "
    "VALUES ('B-X', '0001', 'Old', 700, 0, :shares, '', 'due')"
)
SHARES = json.dumps([[{"fund": "1", "cost_center": "2", "gl": "3", "internal_order": ""}, 700]])


def put_in(city: City) -> None:
    """Put a bill beside those that were loaded, as an older version of the program had them."""
    engine = create_engine(parse_address(city.url))
    with engine.begin() as connection:
        connection.execute(PUT_IN, {"shares": SHARES})
    engine.dispose()


def test_a_bill_that_somebody_put_in_is_found_and_no_later_load_covers_it_up(city: City) -> None:
    account(city)
    bill(city, 5_000, 2)
    put_in(city)
    bill(city, 6_000, 2)
    assert "bill B-X came in by no load of the ledger" in (verify_url(city.url).first_fault or "")


def test_bills_from_before_loads_were_recorded_are_adopted_by_the_first_load(city: City) -> None:
    account(city)
    put_in(city)
    assert verify_url(city.url).first_fault is None
    bill(city, 5_000, 2)
    assert verify_url(city.url).first_fault is None
    with city.desk.read() as work:
        kinds = work.conn.execute(text("SELECT kind, rows, total_minor FROM bill_load ORDER BY kind")).all()
    assert [tuple(row) for row in kinds] == [("before", 1, 700), ("hand", 1, 5_000)]
    assert owed(city) == 5_700 == owed(city, on=TODAY)
    changed = "UPDATE bill SET description = 'New' WHERE bill_id = 'B-X'"
    assert "they are not those that were loaded" in (behind_the_back(city, changed) or "")
