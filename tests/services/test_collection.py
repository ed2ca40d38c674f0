"""Delinquency through the services: rounds with progress, what payments end and voids bring back, plans, letters."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import create_engine, text

from csr_desk.data.engine import parse_address
from csr_desk.domain.errors import Ineligible, Refusal, TenderRefused
from csr_desk.domain.people import Act
from csr_desk.domain.receivable.collection import LetterKind, PlanState, Round
from csr_desk.domain.receivable.stages import Move, Stage
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import (
    accounts,
    collecting,
    collection_letters,
    collection_lists,
    corrections,
    extensions,
    papers,
    plans,
    policies,
    printing,
    returned_items,
    sell,
)
from csr_desk.services.desk import open_desk
from csr_desk.services.lines import BillLine
from csr_desk.services.verification import verify_url
from demo_city import City

CHECK, CASH = (Tender(TenderKind.CHECK, number="9"),), (Tender(TenderKind.CASH),)


@pytest.fixture
def quick(city: City) -> City:
    """A city that reminds on the first day after the due date, gives notice on the second, lists on the third."""
    changes: dict[str, object] = {"reminder_days": 0, "cut_off_notice_days": 1, "cut_off_days": 2}
    policies.set_policy(city.desk, city.who("admin1"), policies.SetPolicy("quick", changes))
    return city


def owing(city: City, *names: str, due: date = date(2026, 7, 1), amount: int = 6000) -> None:
    """Give a customer accounts, each with a bill that is late."""
    clerk = city.who("clerk1")
    owner = accounts.add_customer(city.desk, clerk, accounts.NewCustomer("owner", "Alma Reyes", address="1 Elm")).value
    for name in names:
        accounts.add_account(city.desk, clerk, accounts.NewAccount(name, name, owner, "water"))
        item = accounts.BillItem(None, "Water", amount)
        accounts.add_bill(city.desk, clerk, accounts.NewBill(f"B-{name}", name, (item,), due, f"B-{name}"))


def round_on(city: City, day: str) -> Round:
    """Do the round of a morning."""
    city.at(f"2026-07-{day}T07:00")
    return collecting.run_round(city.desk, city.who("supervisor1"), collecting.RunRound(city.key())).value


def listed(city: City, *names: str) -> None:
    """Bring accounts to the cut-off list by the 16th."""
    owing(city, *names)
    for day in ("14", "15", "16"):
        round_on(city, day)


def stage(city: City, account: str) -> Stage | None:
    """Where an account stands."""
    return collecting.account_collection(city.desk, city.who("clerk1"), account).stage


def pay(city: City, account: str, tenders: tuple[Tender, ...] = CASH, amount: int | None = None) -> str:
    """Take a payment on an account; return its receipt."""
    command = sell.CompleteSale(city.key(), None, (BillLine("account", account, amount),), tenders)
    return sell.complete_sale(city.desk, city.who("clerk1"), command).value.number


def cut_off(city: City, *names: str) -> None:
    """Report what the crew cut off."""
    collecting.report_cut_off(city.desk, city.who("supervisor1"), collecting.ReportCutOff(city.key(), names))


def test_a_round_tells_how_far_it_is_and_what_was_stopped_is_found_by_the_next(
    quick: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collecting, "AT_ONCE", 3)
    owing(quick, *(f"A-{at:02d}" for at in range(8)))
    quick.at("2026-07-14T07:00")
    heard: list[tuple[int, int]] = []

    def told(done: int, every: int) -> bool:
        heard.append((done, every))
        return done < 3

    actor, command = quick.who("supervisor1"), collecting.RunRound("morning")
    first = collecting.run_round(quick.desk, actor, command, told).value
    assert heard == [(0, 8), (3, 8)]
    assert (first.counts, first.left) == ({"reminder": 3}, 5)
    monkeypatch.setattr(collecting, "AT_ONCE", 4)

    def go_on(done: int, every: int) -> bool:
        heard.append((done, every))
        return True

    second = collecting.run_round(quick.desk, actor, command, go_on).value
    assert heard[2:] == [(0, 5), (4, 5), (5, 5)]
    assert (second.counts, second.left) == ({"reminder": 5}, 0)
    again = collecting.run_round(quick.desk, actor, command).value
    assert (again.lines, again.counts) == ((), {})
    assert verify_url(quick.url).first_fault is None


def test_a_payment_in_part_ends_nothing_and_the_rest_does(quick: City) -> None:
    listed(quick, "A-1")
    quick.open()
    pay(quick, "A-1", CHECK, 5999)
    assert stage(quick, "A-1") is Stage.LISTED
    pay(quick, "A-1", CHECK)
    assert stage(quick, "A-1") is None
    with pytest.raises(Ineligible):
        cut_off(quick, "A-1")


def test_the_order_to_restore_waits_for_the_printer_as_soon_as_it_is_paid(quick: City) -> None:
    listed(quick, "A-1")
    cut_off(quick, "A-1")
    quick.open()
    with pytest.raises(TenderRefused):
        pay(quick, "A-1", CHECK)
    number = pay(quick, "A-1")
    who = quick.who("clerk1")
    jobs = {job.document: job for job in printing.pending_prints(quick.desk, who)}
    order = papers.paper_of(quick.desk, who, jobs["restore_order"])
    assert getattr(order, "receipt", "") == number
    assert getattr(order, "account", "") == "A-1"
    assert [row.account for row in collection_lists.restore_list(quick.desk, quick.who("supervisor1")).rows] == ["A-1"]


def test_a_void_brings_the_account_back_only_while_its_step_is_the_last(quick: City) -> None:
    listed(quick, "A-1", "A-2")
    cut_off(quick, "A-1", "A-2")
    quick.open()
    for account, gone_on in (("A-1", False), ("A-2", True)):
        number = pay(quick, account)
        assert stage(quick, account) is Stage.RESTORING
        if gone_on:
            restored = collecting.ReportRestored(quick.key(), account)
            collecting.report_restored(quick.desk, quick.who("supervisor1"), restored)
        yes = quick.yes(Act.VOID, number, 6000 + 3759)
        corrections.void(quick.desk, quick.who("clerk1"), corrections.Void(quick.key(), number, "Wrong amount"), yes)
        assert stage(quick, account) is (None if gone_on else Stage.CUT_OFF)
    assert verify_url(quick.url).first_fault is None


def test_somebody_who_paid_since_gets_no_letter(quick: City) -> None:
    owing(quick, "A-1", "A-2")
    round_on(quick, "14")
    supervisor = quick.who("supervisor1")
    letters = collection_letters.letters(quick.desk, supervisor, LetterKind.REMINDER)
    assert [letter.account for letter in letters] == ["A-1", "A-2"]
    assert (letters[0].total, letters[0].act_on) == (6000, date(2026, 7, 15))
    quick.open()
    pay(quick, "A-1")
    assert [one.account for one in collection_letters.letters(quick.desk, supervisor, LetterKind.REMINDER)] == ["A-2"]
    with pytest.raises(Ineligible):
        collection_letters.letter_of(quick.desk, supervisor, "A-1")


def test_what_comes_after_a_plan_is_not_covered_by_it(quick: City) -> None:
    owing(quick, "A-1")
    quick.at("2026-07-14T08:00")
    clerk = quick.who("clerk1")
    plan = plans.make_plan(quick.desk, clerk, plans.MakePlan("plan", "A-1", 3)).value
    item = accounts.BillItem(None, "Water July", 2000)
    accounts.add_bill(quick.desk, clerk, accounts.NewBill("new", "A-1", (item,), date(2026, 7, 15), "B-NEW"))
    quick.open()
    pay(quick, "A-1", CASH, plan.plan.down)
    seen = collecting.account_collection(quick.desk, clerk, "A-1")
    assert (seen.owed, seen.late, seen.to_settle) == (6000 - plan.plan.down + 2000, 0, 0)
    assert round_on(quick, "15").lines == ()
    assert [(line.account, line.late) for line in round_on(quick, "16").lines] == [("A-1", 2000)]


def test_a_plan_without_its_down_payment_is_broken_after_the_days_of_grace(quick: City) -> None:
    owing(quick, "A-1")
    quick.at("2026-07-14T08:00")
    plan = plans.make_plan(quick.desk, quick.who("clerk1"), plans.MakePlan("plan", "A-1", 3)).value
    assert round_on(quick, "17").lines == ()
    (line,) = round_on(quick, "18").lines
    assert (line.plan_state, line.move) == (PlanState.BROKEN, Move.NOTICE)
    letter = collection_letters.plan_letter(quick.desk, quick.who("clerk1"), plan.number)
    assert (letter.kind, letter.total) == (LetterKind.BROKEN, 6000)


def on_plan(city: City) -> str:
    """Give an account a plan, and a clerk a drawer to take its payments; return its number."""
    owing(city, "A-1")
    city.at("2026-07-14T08:00")
    city.open()
    return plans.make_plan(city.desk, city.who("clerk1"), plans.MakePlan("plan", "A-1", 1)).value.number


def plan_state(city: City, number: str) -> tuple[PlanState, int]:
    """How a plan stands, and what is left of it; what is kept is what the entries say."""
    assert verify_url(city.url).first_fault is None
    plan = plans.payment_plan(city.desk, city.who("clerk1"), number)
    return plan.state, plan.left


def void(city: City, number: str, amount: int) -> None:
    """Void a receipt."""
    yes = city.yes(Act.VOID, number, amount)
    corrections.void(city.desk, city.who("clerk1"), corrections.Void(city.key(), number, "Wrong amount"), yes)


def test_a_plan_that_was_kept_runs_again_when_what_kept_it_is_taken_back(quick: City) -> None:
    number = on_plan(quick)
    first, last = pay(quick, "A-1", CASH, 2000), pay(quick, "A-1", CHECK)
    assert plan_state(quick, number) == (PlanState.KEPT, 0)
    void(quick, last, 4000)
    assert plan_state(quick, number) == (PlanState.ACTIVE, 4000)
    assert collecting.account_collection(quick.desk, quick.who("clerk1"), "A-1").late == 0
    pay(quick, "A-1")
    assert plan_state(quick, number) == (PlanState.KEPT, 0)
    void(quick, first, 2000)
    assert plan_state(quick, number) == (PlanState.ACTIVE, 2000)
    plans.cancel_plan(quick.desk, quick.who("clerk1"), plans.CancelPlan("off", number, "Moved away"))
    assert plan_state(quick, number) == (PlanState.CANCELLED, 2000)
    engine = create_engine(parse_address(quick.url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE payment_plan SET state = 'active', ended_series = NULL, ended_seq = NULL"))
    engine.dispose()
    assert "its state is active, but the entries say cancelled" in (verify_url(quick.url).first_fault or "")


def test_a_plan_whose_time_is_over_is_not_woken(quick: City) -> None:
    number = on_plan(quick)
    receipt = pay(quick, "A-1")
    quick.at("2026-08-20T08:00")  # its only instalment was due on the 14th, and the days of grace are over
    void(quick, receipt, 6000)
    assert plan_state(quick, number) == (PlanState.KEPT, 6000)


def test_a_check_for_two_accounts_that_comes_back_is_claimed_from_one_and_the_other_stays_settled(quick: City) -> None:
    listed(quick, "A-1", "A-2")
    quick.open()
    lines = tuple(BillLine("account", account, None) for account in ("A-1", "A-2"))
    sold = sell.complete_sale(quick.desk, quick.who("clerk1"), sell.CompleteSale(quick.key(), None, lines, CHECK)).value
    assert (stage(quick, "A-1"), stage(quick, "A-2")) == (None, None)
    item = returned_items.ReturnItem(quick.key(), sold.number, 1, "NSF")
    claimed = returned_items.returned_item(quick.desk, quick.who("accountant1"), item).value.account
    assert {name: stage(quick, name) for name in ("A-1", "A-2")} == {
        name: Stage.LISTED if name == claimed else None for name in ("A-1", "A-2")
    }
    assert verify_url(quick.url).first_fault is None


def test_a_check_that_comes_back_is_claimed_at_once_and_wakes_no_plan(quick: City) -> None:
    number = on_plan(quick)
    receipt = pay(quick, "A-1", CHECK)
    item = returned_items.ReturnItem(quick.key(), receipt, 1, "NSF")
    back = returned_items.returned_item(quick.desk, quick.who("accountant1"), item).value
    assert plan_state(quick, number) == (PlanState.KEPT, 0)
    seen = collecting.account_collection(quick.desk, quick.who("clerk1"), "A-1")
    assert (seen.owed, seen.to_settle) == (back.amount + back.fee, back.amount + back.fee)


def test_a_plan_without_a_down_payment_takes_an_account_off_the_list_at_once(quick: City) -> None:
    listed(quick, "A-1")
    policies.set_policy(quick.desk, quick.who("admin1"), policies.SetPolicy("none down", {"plan_down_percent": 0}))
    plans.make_plan(quick.desk, quick.who("clerk1"), plans.MakePlan("plan", "A-1", 3, 0))
    assert stage(quick, "A-1") is None


def test_of_a_cut_off_and_a_payment_at_the_same_moment_one_comes_after_the_other(quick: City) -> None:
    """Whatever comes first, the account never ends cut off although it is paid: it is refused, or restored."""
    listed(quick, "A-1")
    quick.open()
    other = open_desk(quick.url)
    try:
        with ThreadPoolExecutor(2) as pool:
            command = collecting.ReportCutOff("race", ("A-1",))
            crew = pool.submit(collecting.report_cut_off, other, quick.who("supervisor1"), command)
            paid = pool.submit(pay, quick, "A-1")
            refused = isinstance(crew.exception(timeout=60), Refusal)
            number = paid.result(timeout=60)
    finally:
        other.close()
    seen = collecting.account_collection(quick.desk, quick.who("clerk1"), "A-1")
    moves = [step.move.value for step in seen.steps]
    assert number
    if refused:
        assert moves[-1] == "stopped"
    else:  # the fee of the cut-off came in between, or the payment brought it as well
        assert "cut_off" in moves
        assert seen.stage is (Stage.CUT_OFF if seen.to_settle else Stage.RESTORING)
    assert verify_url(quick.url).first_fault is None


def behind_the_back(city: City, change: str) -> str:
    """Change the database as its owner would; return the first fault that verify names."""
    address = parse_address(city.url)
    city.desk.close()
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text(change))
    engine.dispose()
    return verify_url(city.url).first_fault or ""


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE account SET stage = NULL, stage_on = NULL WHERE account_no = 'A-1'", "account A-1: its stage is none"),
        ("UPDATE account SET stage_on = '2026-07-01' WHERE stage = 'listed'", "its stage is listed since 2026-07-01"),
        ("UPDATE account SET stage = 'notice' WHERE stage = 'cut_off'", "but the entries say cut_off since 2026-07-16"),
        ("UPDATE account_step SET on_date = '2026-07-01' WHERE n = 2", "step A-1/2: its on date is 2026-07-01"),
        ("UPDATE account_step SET stage = 'stopped' WHERE n = 3", "its stage is stopped, but the entries say listed"),
        ("UPDATE account_step SET bill_id = NULL WHERE bill_id IS NOT NULL", "its bill id is None"),
        ("DELETE FROM account_step WHERE n = 1 AND account_no = 'A-1'", "step A-1/1 stands in the ledger, but its row"),
        ("UPDATE bill SET amount_minor = 100 WHERE bill_id LIKE 'F-%'", "is not the fee that was charged: its amount"),
        ("UPDATE extension SET until = '2027-01-01'", "extension A-2/2026-07-16: its until is 2027-01-01"),
        ("DELETE FROM extension", "extension A-2/2026-07-16 stands in the ledger, but its row is gone"),
        ("UPDATE payment_plan SET total_minor = 1", "its total is 1, but the entries say 9759"),
        ("UPDATE payment_plan SET state = 'kept'", "its state is kept, but the entries say active"),
        ("UPDATE plan_part SET amount_minor = amount_minor - 1 WHERE n = 2", "instalment PL-"),
        ("DELETE FROM entry_about", "but is not found there"),
        (
            "INSERT INTO extension SELECT account_no, '2026-07-01', until, series_id, seq FROM extension",
            "extension A-2/2026-07-01 stands in no entry of the ledger",
        ),
    ],
)  # fmt: skip
def test_a_row_of_collection_that_was_changed_is_named(quick: City, change: str, fault: str) -> None:
    listed(quick, "A-1", "A-2")
    cut_off(quick, "A-1")
    clerk = quick.who("clerk1")
    extensions.grant_extension(quick.desk, clerk, extensions.GrantExtension("time", "A-2"))
    plans.make_plan(quick.desk, clerk, plans.MakePlan("plan", "A-1", 3))
    assert verify_url(quick.url).first_fault is None
    assert fault in behind_the_back(quick, change)
