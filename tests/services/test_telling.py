"""Rows that entries tell: written once, numbered without a gap, never by two at once, and rebuilt on both engines."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from csr_desk.data.models import number_counter, project
from csr_desk.data.queries import told
from csr_desk.domain import about
from csr_desk.domain.errors import BadInput, Conflict, NotFound
from csr_desk.domain.holds import Stops, against_release
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act
from csr_desk.domain.telling import Change
from csr_desk.services import accounts, holds, telling, told_words
from csr_desk.services.verification import verify_url
from demo_city import City
from proof.tampering import told_rows
from services.test_state_tampering import behind_the_back

DAY = date(2026, 7, 14)
WORDS = {"title": "House", "site": "4107 Leeland St #B", "site_key": "4107 leeland st b"}
OPEN: dict[str, str | int | None] = {"state": "open", "opened_on": "2026-07-14", "opened_by": "clerk1"}


@pytest.fixture(autouse=True)
def a_day(city: City) -> None:
    """Begin a day with a customer and a sale."""
    city.at("2026-07-14T08:00")
    accounts.add_customer(city.desk, city.who("clerk1"), accounts.NewCustomer("c", "Maria Alvarez", number="C-1"))
    city.open()
    city.sell()


def draft(city: City, kind: EventKind = EventKind.PROJECT_OPENED) -> EntryDraft:
    return EntryDraft(city.desk.office_series, kind, DAY, "clerk1", city.key())


def opened(city: City) -> str:
    """Open a project as the service will."""
    with city.desk.begin() as work:
        work.lock_series(city.desk.office_series)
        number, counted = telling.next_number(work.conn, city.desk, "project", 2026)
        changes = [counted, told.added(project, (number,), OPEN, dict(WORDS))]
        telling.tell(work, city.desk, draft(city), changes, [about.project(number)])
    return number


def faults(city: City) -> str | None:
    return verify_url(city.url).first_fault


def test_every_table_is_rebuilt_from_its_entries(city: City) -> None:
    told_rows.write(city.desk)
    assert faults(city) is None


def test_numbers_are_given_out_once_and_without_a_gap(city: City) -> None:
    assert [opened(city) for _ in range(3)] == ["26-000001-9", "26-000002-4", "26-000003-5"]
    with city.desk.begin() as work:
        work.lock_series(city.desk.office_series)
        first, counted = telling.next_number(work.conn, city.desk, "release", 2026)
        second, more = telling.next_number(work.conn, city.desk, "release", 2026, after=counted)
        telling.tell(work, city.desk, draft(city), [counted, more])
    assert (first[:10], second[:10]) == ("R26-000001", "R26-000002")
    assert faults(city) is None


def test_a_number_that_no_entry_tells_is_not_given_out(city: City) -> None:
    def forget() -> None:
        with city.desk.begin() as work:
            work.lock_series(city.desk.office_series)
            telling.next_number(work.conn, city.desk, "project", 2026)

    with pytest.raises(IntegrityError):
        forget()
    assert opened(city) == "26-000001-9"


def test_of_two_who_change_one_row_at_once_the_second_is_told(city: City) -> None:
    number = opened(city)
    with city.desk.read() as work:
        row = told.record(work.conn, project, number)
    assert row is not None

    def close(key: str) -> None:
        with city.desk.begin() as work:
            change = told.changed(project, row, {"state": "closed", "closed_on": "2026-07-15"})
            telling.tell(work, city.desk, draft(city, EventKind.PROJECT_CHANGED), [change], [about.project(key)])

    close(number)
    with pytest.raises(Conflict):
        close(number)
    assert faults(city) is None


def test_the_same_entry_again_writes_no_row_twice(city: City) -> None:
    once = draft(city)
    for _ in range(2):
        with city.desk.begin() as work:
            telling.tell(work, city.desk, once, [told.added(project, ("26-1",), OPEN, dict(WORDS))])
    with city.desk.read() as work:
        row = told.record(work.conn, project, "26-1")
        assert row is not None
        assert (row["version"], row["title"]) == (1, "House")
        assert told.record(work.conn, project, "26-2") is None


def test_a_text_cannot_have_two_meanings_in_one_entry() -> None:
    once = EntryDraft("HPC", EventKind.PROJECT_OPENED, DAY, "clerk1", "k", notes={"title": "Mine"})
    with pytest.raises(ValueError, match="title"):
        telling.told_draft(once, [Change("project", ("1",), 1, {}, {"title": "Yours"})])


def test_what_a_draft_is_about_stays() -> None:
    once = EntryDraft("HPC", EventKind.SALE, DAY, "clerk1", "k", facts={"about": ["customer:C-1"]})
    assert telling.told_draft(once, [], ["permit:P"]).facts["about"] == ["customer:C-1", "permit:P"]
    assert "about" not in telling.told_draft(EntryDraft("HPC", EventKind.SALE, DAY, "clerk1", "k"), []).facts


@pytest.mark.parametrize(("statement", "words"), [
    ("UPDATE project SET title = 'Barn'", "project 26-000001-9: its title is Barn, but the entries say House"),
    ("UPDATE project SET version = 2", "its version is 2"),
    ("DELETE FROM project", "project 26-000001-9 stands in the ledger, but its row is gone"),
    ("UPDATE project SET project_no = '26-9'", "project 26-9 stands in no entry"),
    ("UPDATE number_counter SET version = 9", "series of numbers project 2026: its version is 9"),
])  # fmt: skip
def test_a_row_changed_behind_the_back_is_named_in_words(sqlite_city: City, statement: str, words: str) -> None:
    opened(sqlite_city)
    said = behind_the_back(sqlite_city, statement)
    assert said is not None
    assert words in said


def test_the_tape_tells_what_became_of_rows() -> None:
    sets = [
        {"table": "number_counter", "key": ["permit", 2026], "values": {}},
        {"table": "permit", "key": ["P26-1"], "values": {"state": "issued", "paid_minor": 1, "total_minor": 12756}},
        *({"table": "service_release", "key": [f"R{n}"], "values": {}} for n in range(4)),
    ]
    said = told_words.told({"sets": sets})
    assert said == "permit P26-1: issued, 127.56; service release R0; service release R1; 2 more"


def test_a_violation_on_a_permitted_thing_stops_releases_and_no_sale(city: City) -> None:
    number = opened(city)
    who = city.who("supervisor1")
    found_here = holds.PlaceHold("h1", "Work without permit", stops=Stops.RELEASE, project=number)
    found_there = holds.PlaceHold("h2", "No meter", stops=Stops.RELEASE, site="4107 LEELAND ST UNIT B")
    for command in (found_here, found_there):
        assert holds.place_hold(city.desk, who, command).value.stops is Stops.RELEASE
    found = holds.holds_of(city.desk, who)
    assert {hold.subject for hold in found} == {about.project(number), about.site("4107 leeland st b")}
    violations, others = against_release(found, DAY)
    assert (len(violations), others) == (2, ())
    assert who.may(Act.PLACE_HOLD)
    with pytest.raises(NotFound, match="permit"):
        holds.place_hold(city.desk, who, holds.PlaceHold("h3", "x", permit="P-1"))
    with pytest.raises(BadInput):
        holds.place_hold(city.desk, who, holds.PlaceHold("h4", "x", permit="P-1", project=number))
    assert faults(city) is None


def test_the_counter_row_is_its_last_number(city: City) -> None:
    opened(city)
    with city.desk.read() as work:
        row = told.record(work.conn, number_counter, "project", 2026)
    assert row is not None
    assert row["version"] == 1
