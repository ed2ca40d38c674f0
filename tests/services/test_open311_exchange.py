"""Open311 GeoReport v2: what comes in goes out again as it came, twice changes nothing, nobody's name goes out."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from csr_desk.data.models import ledger_event
from csr_desk.data.queries import requests as rows
from csr_desk.domain.errors import BadInput, MissingInput, NotFound
from csr_desk.domain.open311 import Form, read_requests, request_rows
from csr_desk.domain.requests import Kind, Outcome, Request, RequestType
from csr_desk.services import request_closing, request_exchange, request_types, requests, service_exchange
from csr_desk.services.request_exchange import Imported
from csr_desk.services.verification import verify_desk
from demo_city import City

SHARED = Path(os.environ.get("CSR_DESK_SHARED") or Path(__file__).resolve().parents[3] / "shared")
EXAMPLES = SHARED / "data" / "open311"
"""The published examples, where somebody keeps them beside the repository."""
FIRST, LAST = date(2010, 1, 1), date(2026, 12, 31)
SERVICES: list[dict[str, Any]] = [
    {
        "service_code": "006", "service_name": "Sidewalk and curb", "description": "Broken or lifted", "metadata": True,
        "type": "blackbox", "keywords": "sidewalk, curb", "group": "Streets", "city_extra": {"colour": ["red", 1]},
    },
    {
        "service_code": "007", "service_name": "Street light", "description": None, "metadata": "false",
        "type": "realtime", "keywords": None, "group": None,
    },
]  # fmt: skip
DEFINITION: dict[str, Any] = {
    "service_code": "006",
    "attributes": [
        {
            "variable": True, "code": "HOW", "datatype": "singlevaluelist", "required": True,
            "datatype_description": None, "order": 1, "description": "How bad is it?",
            "values": [{"key": 1, "name": "Cracked"}, {"key": 2, "name": "Gone"}], "icon": "bad.png",
        }
    ],
}  # fmt: skip
REQUESTS: list[dict[str, Any]] = [
    {
        "service_request_id": "638344", "status": "open", "status_notes": None, "service_name": "Sidewalk and curb",
        "service_code": "006", "description": "The slab lifted", "agency_responsible": "Streets",
        "service_notice": None,
        "requested_datetime": "2026-07-13T09:37:38-05:00", "updated_datetime": "2026-07-13T09:37:38-05:00",
        "expected_datetime": "2026-07-20T00:00:00-05:00", "address": "4107 Leeland St", "address_id": 545483,
        "zipcode": "77003", "lat": 29.7400, "long": -95.3300, "media_url": "https://city.example/638344.jpg",
        "attribute[HOW]": "1", "attribute[ELSE]": ["a", "b"], "extended_attributes": {"channel": "app", "x": [1, None]},
    },
    {
        "service_request_id": 638349, "status": "closed", "status_notes": "Lamp replaced", "service_name": None,
        "service_code": "007", "description": None, "requested_datetime": "2026-07-01T10:00:00Z",
        "updated_datetime": "2026-07-03T10:00:00Z", "address": "", "lat": None, "long": None,
    },
]  # fmt: skip


def written(rows_: object) -> bytes:
    """As JSON."""
    return json.dumps(rows_).encode()


def take_services(city: City) -> None:
    """Take the services and the questions of one in."""
    who = city.who("supervisor1")
    services = service_exchange.ImportServices("services", written(SERVICES), Form.JSON)
    assert service_exchange.import_services(city.desk, who, services).value == ("006", "007")
    definition = service_exchange.ImportDefinition("definition", written(DEFINITION), Form.JSON)
    assert service_exchange.import_definition(city.desk, who, definition).value == ("006",)


def take(city: City, given: object = REQUESTS) -> Imported:
    """Take requests in."""
    command = request_exchange.ImportRequests(written(given), Form.JSON)
    return request_exchange.import_requests(city.desk, city.who("supervisor1"), command).value


def sent(city: City, form: Form = Form.JSON) -> bytes:
    """What goes out."""
    return request_exchange.export_requests(city.desk, city.who("supervisor1"), FIRST, LAST, form).content


def entries(city: City) -> int:
    """How many entries the ledger has."""
    with city.desk.read() as work:
        return int(work.conn.execute(select(func.count()).select_from(ledger_event)).scalar_one())


def ours(city: City, number: str) -> Request:
    """A request as it stands here."""
    with city.desk.read() as work:
        found = rows.one(work.conn, number)
    assert found is not None
    return found


def test_services_and_questions_go_out_as_they_came_and_twice_changes_nothing(city: City) -> None:
    take_services(city)
    who = city.who("supervisor1")
    assert json.loads(service_exchange.export_services(city.desk, who, Form.JSON)) == SERVICES
    assert json.loads(service_exchange.export_definition(city.desk, who, "006", Form.JSON)) == DEFINITION
    before = entries(city)
    again = service_exchange.ImportServices("again", written(SERVICES), Form.JSON)
    assert service_exchange.import_services(city.desk, who, again).value == ()
    more = service_exchange.ImportDefinition("more", written(DEFINITION), Form.JSON)
    assert service_exchange.import_definition(city.desk, who, more).value == ()
    assert entries(city) == before
    by = {one.code: one for one in request_types.request_types(city.desk, who)}
    assert (by["006"].department, by["006"].days, by["006"].questions[0].values) == (
        "Streets", 5, (("1", "Cracked"), ("2", "Gone")),
    )  # fmt: skip
    assert verify_desk(city.desk).ok


def test_what_we_changed_of_a_service_goes_out_with_what_only_they_know(city: City) -> None:
    take_services(city)
    who = city.who("supervisor1")
    one = next(one for one in request_types.request_types(city.desk, who) if one.code == "006")
    changed = RequestType(**{**{name: getattr(one, name) for name in one.__slots__}, "name": "Sidewalks"})
    request_types.keep_types(city.desk, who, request_types.KeepTypes("rename", (changed,)))
    row = json.loads(service_exchange.export_services(city.desk, who, Form.JSON))[0]
    assert (row["service_name"], row["type"], row["city_extra"]) == ("Sidewalks", "blackbox", {"colour": ["red", 1]})


@pytest.mark.parametrize("form", list(Form))
def test_requests_come_in_under_their_own_numbers_and_go_out_as_they_came(city: City, form: Form) -> None:
    take_services(city)
    done = take(city)
    assert [foreign for foreign, _ours in done.added] == ["638344", "638349"]
    assert (done.changed, done.same, done.refused) == ((), (), ())
    first = ours(city, done.added[0][1])
    assert (first.summary, first.site, first.place, first.state) == (
        "The slab lifted", "4107 Leeland St", "29.74,-95.33", "open",
    )  # fmt: skip
    assert (first.answers, first.opened_on, first.due_on) == ({"HOW": "1"}, date(2026, 7, 13), date(2026, 7, 20))
    second = ours(city, done.added[1][1])
    assert (second.state, second.outcome, second.answer) == ("closed", Outcome.RESOLVED, "Lamp replaced")
    if form is Form.JSON:
        assert json.loads(sent(city)) == REQUESTS
    else:
        back = read_requests(sent(city, form), form)
        assert back == read_requests(written(REQUESTS), Form.JSON)
        extended = request_rows(sent(city, form), form)[0]["extended_attributes"]
        assert extended["channel"] == "app"
    assert verify_desk(city.desk).ok


def test_the_same_file_and_our_own_file_change_nothing(city: City) -> None:
    take_services(city)
    take(city)
    clerk = city.who("clerk1")
    requests.open_request(city.desk, clerk, requests.OpenRequest("own", "007", "Dark at night", contact="Ann"))
    before = entries(city)
    assert take(city).same == ("638344", "638349")
    out = json.loads(sent(city))
    assert len(out) == 3
    assert set(take(city, out).same) == {str(one["service_request_id"]) for one in out}
    assert entries(city) == before


def test_the_same_requests_in_the_other_form_change_nothing(city: City) -> None:
    take_services(city)
    take(city)
    before = entries(city)
    command = request_exchange.ImportRequests(sent(city, Form.XML), Form.XML)
    done = request_exchange.import_requests(city.desk, city.who("supervisor1"), command)
    assert (done.value.same, done.topics) == (("638344", "638349"), frozenset())
    services = service_exchange.export_services(city.desk, city.who("supervisor1"), Form.XML)
    again = service_exchange.ImportServices("xml", services, Form.XML)
    assert service_exchange.import_services(city.desk, city.who("supervisor1"), again).value == ()
    assert entries(city) == before


def test_what_they_closed_closes_here_and_what_we_closed_goes_out(city: City) -> None:
    take_services(city)
    first = take(city).added[0][1]
    closed = [{**REQUESTS[0], "status": "closed", "status_notes": "Slab replaced"}]
    done = take(city, closed)
    assert done.changed == ("638344",)
    assert (ours(city, first).state, ours(city, first).answer) == ("closed", "Slab replaced")
    assert take(city, closed).same == ("638344",)
    assert take(city, [REQUESTS[0]]).changed == ("638344",)  # they say again what they said first: kept, not reopened
    assert ours(city, first).state == "closed"
    third = take(city, [{**REQUESTS[0], "service_request_id": "9"}]).added[0][1]
    clerk = city.who("clerk1")
    request_closing.close_request(
        city.desk, clerk, request_closing.CloseRequest("end", third, Outcome.RESOLVED, "We mended it.")
    )
    row = next(one for one in json.loads(sent(city)) if one["service_request_id"] == "9")
    assert (row["status"], row["status_notes"]) == ("closed", "We mended it.")
    assert (row["media_url"], row["extended_attributes"]) == (
        REQUESTS[0]["media_url"],
        {"channel": "app", "x": [1, None]},
    )
    assert verify_desk(city.desk).ok


def test_nobody_who_asked_goes_out_and_nothing_about_an_employee(city: City) -> None:
    take_services(city)
    who = city.who("supervisor1")
    staff_kind = RequestType("STAFF", "About an employee", Kind.COMPLAINT, "Director", 3, restricted=True)
    request_types.keep_types(city.desk, who, request_types.KeepTypes("staff kind", (staff_kind,)))
    for at, wish in enumerate((
        requests.OpenRequest("named", "007", "Dark", contact="Wanda Wisznewski", reach="713-555-0177"),
        requests.OpenRequest("hidden", "007", "Dark too", contact="Wanda Wisznewski", anonymous=True),
        requests.OpenRequest("staff", "STAFF", "Rude at counter four", contact="Wanda Wisznewski"),
    )):  # fmt: skip
        assert requests.open_request(city.desk, city.who("clerk1"), wish).value.number, at
    done = request_exchange.export_requests(city.desk, who, FIRST, LAST, Form.JSON)
    assert (done.count, done.held_back) == (2, 1)
    for word in (b"Wisznewski", b"0177", b"Rude", b"STAFF"):
        assert word not in done.content
    assert b"STAFF" not in service_exchange.export_services(city.desk, who, Form.JSON)
    with pytest.raises(NotFound):
        service_exchange.export_definition(city.desk, who, "STAFF", Form.JSON)


def test_who_asked_elsewhere_is_kept_and_goes_back_only_to_where_it_came_from(city: City) -> None:
    take_services(city)
    named = {**REQUESTS[1], "first_name": "Bao", "last_name": "Tran", "email": "bao@example.com"}
    number = take(city, [named]).added[0][1]
    assert (ours(city, number).contact, ours(city, number).reach) == ("Bao Tran", "bao@example.com")
    assert not ours(city, number).anonymous
    assert json.loads(sent(city)) == [named]
    silent = {**REQUESTS[1], "service_request_id": "8", "device_id": "tt222111"}
    take(city, [silent])
    assert all("device_id" not in one for one in json.loads(sent(city)))


def test_one_bad_request_is_told_and_the_others_are_taken(city: City) -> None:
    take_services(city)
    bad = [
        {**REQUESTS[0], "service_request_id": "1", "service_code": "nothing"},
        {**REQUESTS[0], "service_request_id": "2", "status": "somewhere"},
        {**REQUESTS[0], "service_request_id": "3", "requested_datetime": "yesterday"},
        REQUESTS[1],
    ]
    done = take(city, bad)
    assert [number for number, _why in done.refused] == ["1", "2", "3"]
    assert [number for number, _ours in done.added] == ["638349"]
    with pytest.raises(BadInput):
        take(city, {"not": "a list"})
    with pytest.raises(BadInput):
        take(city, [REQUESTS[1]] * (request_exchange.MOST + 1))


def test_a_list_without_a_service_and_questions_of_nothing_are_refused(city: City) -> None:
    who = city.who("supervisor1")
    with pytest.raises(BadInput):
        service_exchange.import_services(city.desk, who, service_exchange.ImportServices("none", b"[]", Form.JSON))
    with pytest.raises(NotFound):
        service_exchange.import_definition(
            city.desk, who, service_exchange.ImportDefinition("first", written(DEFINITION), Form.JSON)
        )
    take_services(city)
    wordless = {"service_code": "006", "attributes": [{"code": "A", "description": ""}]}
    with pytest.raises(MissingInput):
        service_exchange.import_definition(
            city.desk, who, service_exchange.ImportDefinition("wordless", written(wordless), Form.JSON)
        )


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the published examples are not on this computer")
def test_every_published_example_of_requests_goes_round(city: City) -> None:
    found = [path for path in sorted(EXAMPLES.rglob("*")) if path.suffix in {".json", ".xml"}]
    tried = 0
    for path in found:
        form = Form.JSON if path.suffix == ".json" else Form.XML
        try:
            given = read_requests(path.read_bytes(), form)
        except BadInput:
            continue
        codes = {one.service_code or "none" for one in given}
        types = tuple(RequestType(code, code, Kind.REQUEST, "Any", 5) for code in sorted(codes))
        request_types.keep_types(city.desk, city.who("supervisor1"), request_types.KeepTypes(path.name, types))
        command = request_exchange.ImportRequests(path.read_bytes(), form)
        done = request_exchange.import_requests(city.desk, city.who("supervisor1"), command).value
        assert not done.refused, path
        back = {one.service_request_id: one for one in read_requests(sent(city, form), form)}
        assert all(back[one.service_request_id] == one for one in given), path
        tried += 1
    assert tried
