"""Who came, who failed, what was refused, what changed about people: on the tape, chained, on any day."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from csr_desk.data.queries import entries
from csr_desk.domain.drawer import CountSheet
from csr_desk.domain.errors import NotPermitted, SelfApproval, WrongSecret
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.people import Act, Role
from csr_desk.services import (
    balancing,
    corrections,
    deferred,
    drawers,
    people_changes,
    people_journal,
    policies,
    refused_acts,
    staff,
    virtual_tape,
)
from csr_desk.services.clock import TrainingClock
from csr_desk.services.receipts import receipt
from csr_desk.services.setup import demo_secret
from csr_desk.services.verification import verify_desk, verify_url
from csr_desk.services.virtual_tape import TapeQuery, TapeRow
from demo_city import City

DAY = date(2026, 7, 14)


def tape(city: City, *kinds: EventKind, day: date = DAY, people: tuple[str, ...] = ()) -> list[TapeRow]:
    """Read the tape as the auditor does, in the order it happened."""
    query = TapeQuery(day, day, people, kinds)
    rows = virtual_tape.page(city.desk, city.who("auditor1"), query).rows
    return [row for row in reversed(rows) if row.entry != "HPC/1"]  # the office's first entry founds it


def test_a_wrong_name_leaves_a_trace_and_nothing_of_what_was_keyed(city: City) -> None:
    keyed = "hunter2 in the wrong field"
    with pytest.raises(WrongSecret):
        staff.sign_in(city.desk, keyed, "whatever")
    with pytest.raises(WrongSecret):
        staff.sign_in(city.desk, "clerk1", "wrong secret")
    rows = tape(city, EventKind.SIGN_IN_FAILED)
    assert [(row.user, row.told) for row in rows] == [
        ("csr-desk", "Sign-in failed: a name that nobody has"),
        ("clerk1", "Sign-in failed: a wrong secret"),
    ]
    with city.desk.read() as work:
        kept = [json.dumps(event.facts) for event in entries.day_events(work.conn, DAY, DAY)]
    assert not [facts for facts in kept if "hunter2" in facts or "wrong secret" in facts]


def test_signing_in_works_and_is_recorded_when_the_day_is_closed(city: City) -> None:
    city.open()
    city.sell()
    drawers.count(city.desk, city.who("clerk1"), drawers.CountDrawer(city.key(), _sheet()))
    drawers.submit_count(city.desk, city.who("clerk1"), city.key())
    supervisor = city.who("supervisor1")
    balancing.accept_batch(city.desk, supervisor, balancing.AcceptBatch(city.key(), "HPC-1-20260714-1"))
    balancing.close_day(city.desk, supervisor, balancing.CloseDay(city.key(), DAY))
    city.at("2026-07-14T18:00")
    assert staff.sign_in(city.desk, "clerk1", demo_secret("clerk1")).user == "clerk1"
    people_journal.sign_out(city.desk, city.who("clerk1"))
    with pytest.raises(WrongSecret):
        staff.sign_in(city.desk, "clerk1", "wrong secret")
    assert [row.kind for row in tape(city)][-3:] == ["signed_in", "signed_out", "sign_in_failed"]
    assert verify_desk(city.desk).ok


def _sheet() -> CountSheet:
    return CountSheet({2000: 12, 1000: 1}, {})


def test_an_auditor_writes_nothing_the_program_writes_that_they_were_there(city: City) -> None:
    staff.sign_in(city.desk, "auditor1", demo_secret("auditor1"))
    people_journal.sign_out(city.desk, city.who("auditor1"))
    refused_acts.report(city.desk, city.who("auditor1"), NotPermitted("no", act="sell"))
    with city.desk.read() as work:
        events = entries.day_events(work.conn, DAY, DAY)
    assert {event.actor for event in events if event.key.seq > 1} == {"csr-desk"}
    assert {(row.user, row.name) for row in tape(city)} == {("auditor1", "Helen Brandt")}
    # looked for by their own name they are found, although the program wrote it; nobody else is
    assert len(tape(city, people=("auditor1",))) == 3
    assert tape(city, people=("auditor", "clerk1")) == []


def test_a_supervisors_secret_for_an_approval_signs_nobody_in(city: City) -> None:
    wish = staff.Grant("supervisor1", demo_secret("supervisor1"), Act.VOID, "HPC1-0000001", 5000)
    staff.grant(city.desk, city.who("clerk1"), wish)
    assert tape(city) == []
    auditor = staff.Grant("auditor1", demo_secret("auditor1"), Act.VOID, "HPC1-0000001", 5000)
    with pytest.raises(NotPermitted) as refused:
        staff.grant(city.desk, city.who("clerk1"), auditor)
    assert refused.value.act == "approve"


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        (timedelta(seconds=-60), None),
        (timedelta(seconds=-61), -61),
        (timedelta(hours=24), None),
        (timedelta(hours=24, seconds=1), 86_401),
        (timedelta(days=3650), 315_360_000),
    ],
)
def test_a_clock_that_jumped_is_told_at_the_next_sign_in_and_refuses_nobody(
    city: City, gone: timedelta, told: int | None
) -> None:
    staff.sign_in(city.desk, "clerk1", demo_secret("clerk1"))
    clock = city.desk.clock
    assert isinstance(clock, TrainingClock)
    clock.set(clock.now() + gone)
    done = staff.enter(city.desk, "clerk2", demo_secret("clerk2"))
    assert (None if done.jump is None else done.jump.seconds) == told
    jumps = tape(city, EventKind.CLOCK_JUMP, day=city.desk.today())
    assert len(jumps) == (told is not None)


def test_a_try_to_approve_for_oneself_stands_on_the_tape_with_act_and_amount(city: City) -> None:
    clerk = city.who("clerk1")
    wish = staff.Grant("clerk1", demo_secret("clerk1"), Act.VOID, "HPC1-0000001", 5000)
    with pytest.raises(SelfApproval) as refused:
        staff.grant(city.desk, clerk, wish)
    assert refused_acts.report(city.desk, clerk, refused.value, "once")
    assert refused_acts.report(city.desk, clerk, refused.value, "once")
    (row,) = tape(city, EventKind.ACT_REFUSED)
    assert (row.told, row.amount, row.user) == ("Act refused: void (self_approval)", 5000, "clerk1")


def test_only_refusals_of_a_person_are_reported(city: City) -> None:
    clerk = city.who("clerk1")
    for error in (WrongSecret("x"), ValueError("x")):
        assert not refused_acts.is_reported(error)
        assert not refused_acts.report(city.desk, clerk, error)
    assert tape(city) == []


def test_a_changed_person_stands_there_with_before_and_after(city: City) -> None:
    admin = city.who("admin1")
    new = people_changes.AddPerson(
        city.key(), "clerk6", "Zoë Marsh", "CSR I", Role.CLERK, "a long secret", "supervisor1"
    )
    people_changes.add_person(city.desk, admin, new)
    people_changes.change_person(city.desk, admin, people_changes.ChangePerson(city.key(), "clerk6", Role.HEAD_CASHIER))
    staff.deactivate(city.desk, admin, "clerk6")
    with city.desk.read() as work:
        events = entries.day_events(work.conn, DAY, DAY, (EventKind.STAFF_CHANGED,))
    clerk = {"role": "clerk", "supervisor": "supervisor1", "active": True}
    head = {**clerk, "role": "head_cashier"}
    told = [(event.facts["change"], event.facts["before"], event.facts["after"]) for event in events]
    assert told == [("added", None, clerk), ("changed", clerk, head), ("retired", head, {**head, "active": False})]
    assert not [event for event in events if "Zoë" in json.dumps(event.facts, ensure_ascii=False)]
    assert verify_desk(city.desk).ok


def test_the_fingerprint_of_a_new_person_is_the_same_whatever_their_secret(city: City) -> None:
    admin = city.who("admin1")
    new = people_changes.AddPerson("key", "clerk6", "Zoë", "CSR I", Role.CLERK, "a long secret")
    people_changes.add_person(city.desk, admin, new)
    # the same key with another secret is the same command: nobody can try secrets against the ledger's fingerprint
    assert people_changes.add_person(city.desk, admin, replace(new, secret="another long one")).replayed
    assert staff.sign_in(city.desk, "clerk6", "a long secret").user == "clerk6"


def test_the_tape_is_in_the_order_of_time_over_all_registers_and_a_file_says_what_the_clock_at_the_wall_said(
    city: City,
) -> None:
    city.open()
    city.open("clerk2", "HPC-2")
    city.sell()
    number = city.sell(user="clerk2").number
    clerk = city.who("clerk2")
    corrections.void(city.desk, clerk, corrections.Void(city.key(), number, "why"), city.yes(Act.VOID, number, 5000))
    rows = tape(city)
    assert [row.at for row in rows] == sorted(row.at for row in rows)
    assert {row.entry.split("/")[0] for row in rows} >= {"HPC-1", "HPC-2"}
    sale = next(row for row in rows if row.receipt == "HPC1-0000001")
    assert (sale.told, sale.amount, sale.name) == ("Sale", 5000, "Maria Delgado")
    sold = next(row for row in rows if row.receipt == number)
    (void,) = tape(city, EventKind.VOID)
    assert void.points_at == sold.entry
    content, _ = virtual_tape.journal_csv(city.desk, city.who("auditor1"), TapeQuery(DAY, DAY))
    told = next(row for row in csv.DictReader(io.StringIO(content.decode())) if row["entry"] == void.entry)
    assert (told["user"], told["amount"], told["points_at"]) == ("clerk2", "-50.00", sold.entry)
    utc, local = datetime.fromisoformat(told["utc"]), datetime.fromisoformat(told["local"])
    assert utc == local
    assert local.utcoffset() == timedelta(hours=-5)  # Central daylight time is five hours behind


def one_person_office(city: City) -> None:
    """Name an outsider who looks later."""
    admin = city.who("admin1")
    new = people_changes.AddPerson(city.key(), "treasurer", "Vera Lang", "Treasurer", Role.REVIEWER, "a long secret")
    people_changes.add_person(city.desk, admin, new)
    city.without_supervisors()
    policies.set_policy(city.desk, admin, policies.SetPolicy(city.key(), {"outside_reviewer": "treasurer"}))


def test_papers_say_who_looks_later_at_what_had_no_second_person(city: City) -> None:
    one_person_office(city)
    city.open()
    clerk, number = city.who("clerk1"), city.sell().number
    void = corrections.void(city.desk, clerk, corrections.Void(city.key(), number, "why")).value
    words = "nobody yet; second person: reviewed later by Vera Lang"
    assert void.approver == receipt(city.desk, clerk, void.number).approver == words
    slip = drawers.drop(city.desk, clerk, drawers.DropCash(city.key(), {2000: 1}, "B1")).value
    assert slip.witness == words
    (first, _drop) = deferred.deferred(city.desk, city.who("treasurer"))
    assert (first.act, first.receipt, first.amount) == (Act.VOID, void.number, 5000)


def test_nobody_reviews_their_own_act_after_changing_sides(city: City) -> None:
    one_person_office(city)
    city.open()
    number = city.sell().number
    corrections.void(city.desk, city.who("clerk1"), corrections.Void(city.key(), number, "why"))
    drawers.count(city.desk, city.who("clerk1"), drawers.CountDrawer(city.key(), CountSheet({2000: 10}, {})))
    drawers.submit_count(city.desk, city.who("clerk1"), city.key())
    accept = balancing.AcceptBatch(city.key(), "HPC-1-20260714-1")
    balancing.accept_batch(city.desk, city.who("treasurer"), accept)
    admin = city.who("admin1")
    people_changes.change_person(city.desk, admin, people_changes.ChangePerson(city.key(), "clerk1", Role.REVIEWER))
    policies.set_policy(city.desk, admin, policies.SetPolicy(city.key(), {"outside_reviewer": "clerk1"}))
    (own,) = deferred.deferred(city.desk, city.who("clerk1"))
    with pytest.raises(SelfApproval):
        deferred.review(city.desk, city.who("clerk1"), deferred.Review(city.key(), own.entry, ok=True))


def test_an_office_of_before_gets_the_program_as_a_name_when_it_is_needed(sqlite_city: City) -> None:
    from sqlalchemy import text  # noqa: PLC0415 - only this test goes behind the back

    with sqlite_city.desk.begin() as work:
        work.conn.execute(text("DELETE FROM staff WHERE user_id = 'csr-desk'"))
    with pytest.raises(WrongSecret):
        staff.sign_in(sqlite_city.desk, "nobody", "whatever")
    sqlite_city.desk.close()
    assert verify_url(sqlite_city.url).first_fault is None
