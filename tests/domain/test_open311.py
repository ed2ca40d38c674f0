"""Open311 GeoReport v2: the examples of the standard are read, and whatever is written is read back the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.domain.errors import BadInput
from csr_desk.domain.open311 import (
    STATUSES,
    TYPES,
    Definition,
    Form,
    Service,
    ServiceRequest,
    read_definition,
    read_definition_row,
    read_requests,
    read_services,
    request_rows,
    write_definition,
    write_definition_row,
    write_request_rows,
    write_requests,
    write_services,
)
from csr_desk.domain.request_questions import Question, QuestionKind

SERVICES_JSON = b"""[
  {"service_code": "001", "service_name": "Cans left out 24x7", "description": "Garbage or recycling cans",
   "metadata": true, "type": "realtime", "keywords": "lorem, ipsum, dolor", "group": "sanitation"},
  {"service_code": "002", "metadata": "false", "type": "realtime", "keywords": null, "group": "street",
   "service_name": "Construction plate shifted", "description": null}
]"""
SERVICES_XML = b"""<?xml version="1.0" encoding="utf-8"?>
<services><service><service_code>001</service_code><service_name>Cans left out 24x7</service_name>
<description>Garbage or recycling cans</description><metadata>true</metadata><type>realtime</type>
<keywords>lorem, ipsum, dolor</keywords><group>sanitation</group></service>
<service><service_code>002</service_code><service_name>Construction plate shifted</service_name><description/>
<metadata>false</metadata><type>realtime</type><keywords/><group>street</group></service></services>"""
DEFINITION_XML = b"""<?xml version="1.0" encoding="utf-8"?>
<service_definition><service_code>DMV66</service_code><attributes><attribute><variable>true</variable>
<code>WHISHETN</code><datatype>singlevaluelist</datatype><required>true</required><datatype_description/>
<order>1</order><description>What is the ticket/tag/DL number?</description>
<values><value><key>123</key><name>Ford</name></value><value><key>124</key><name>Chrysler</name></value></values>
</attribute></attributes></service_definition>"""
DEFINITION_JSON = b"""{"service_code": "DMV66", "attributes": [{"variable": true, "code": "WHISHETN",
"datatype": "singlevaluelist", "required": true, "datatype_description": null, "order": 1,
"description": "What is the ticket/tag/DL number?",
"values": [{"key": 123, "name": "Ford"}, {"key": 124, "name": "Chrysler"}]}]}"""
REQUESTS_JSON = b"""[{"service_request_id": 638344, "status": "closed", "status_notes": "Duplicate request.",
"service_name": "Sidewalk and Curb Issues", "service_code": "006", "description": null, "agency_responsible": null,
"service_notice": null, "requested_datetime": "2010-04-14T06:37:38-08:00",
"updated_datetime": "2010-04-14T06:37:38-08:00", "expected_datetime": "2010-04-15T06:37:38-08:00",
"address": "8TH AVE and JUDAH ST", "address_id": 545483, "zipcode": 94122, "lat": 37.762221815, "long": -122.4651145,
"media_url": "http://city.example/media/638344.jpg"}]"""
BOTH = pytest.mark.parametrize("form", list(Form))
words = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), max_size=30).map(
    str.strip
)
named = words.filter(bool)
questions = st.builds(
    Question, named, named, st.sampled_from(QuestionKind), st.booleans(), st.integers(1, 99), words,
    st.lists(st.tuples(named, named), max_size=3).map(tuple), st.booleans(),
)  # fmt: skip
codes = st.text("abcdefgXYZ0123456789_-", min_size=1, max_size=12)
requests = st.builds(
    ServiceRequest, named, st.sampled_from(STATUSES), *[words] * 15,
    attributes=st.dictionaries(codes, st.lists(named, min_size=1, max_size=3).map(tuple), max_size=3).map(
        lambda found: tuple(found.items())
    ),
)  # fmt: skip
services = st.builds(Service, named, named, words, st.booleans(), st.sampled_from(TYPES), words, words)


def test_the_list_of_the_standard_is_the_same_in_both_forms() -> None:
    found = read_services(SERVICES_JSON, Form.JSON)
    assert found == read_services(SERVICES_XML, Form.XML)
    assert found[0].keywords == "lorem, ipsum, dolor"
    assert [one.metadata for one in found] == [True, False]


def test_the_definition_of_the_standard_is_the_same_in_both_forms() -> None:
    found = read_definition(DEFINITION_JSON, Form.JSON)
    assert found == read_definition(DEFINITION_XML, Form.XML)
    assert found.questions[0].values == (("123", "Ford"), ("124", "Chrysler"))
    assert found.questions[0].required


def test_a_request_of_the_standard_keeps_every_field() -> None:
    (found,) = read_requests(REQUESTS_JSON, Form.JSON)
    assert (found.service_request_id, found.lat, found.long) == ("638344", "37.762221815", "-122.4651145")
    assert read_requests(write_requests([found], Form.XML), Form.XML) == (found,)


@BOTH
@given(st.lists(services, max_size=4))
def test_services_come_back_as_they_were(form: Form, listed: list[Service]) -> None:
    assert read_services(write_services(listed, form), form) == tuple(listed)


@BOTH
@given(codes, st.lists(questions, max_size=4))
def test_questions_come_back_as_they_were(form: Form, code: str, asked: list[Question]) -> None:
    whole = Definition(code, tuple(asked))
    assert read_definition(write_definition(whole, form), form) == whole


@BOTH
@given(st.lists(requests, max_size=4))
def test_requests_come_back_as_they_were(form: Form, taken: list[ServiceRequest]) -> None:
    assert read_requests(write_requests(taken, form), form) == tuple(taken)


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b"", Form.JSON), (b"{}", Form.JSON), (b"[1]", Form.JSON), (b"\xff\xfe", Form.JSON),
        (b"[" * 100_000, Form.JSON),
        (b"", Form.XML), (b"<a>", Form.XML), (b"<services/>", Form.XML),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><service_requests/>', Form.XML),
        (b'[{"service_request_id": "", "status": "open"}]', Form.JSON),
        (b'[{"service_request_id": "1", "status": "new"}]', Form.JSON),
    ],
)  # fmt: skip
def test_what_is_no_file_of_requests_is_refused_in_a_sentence(content: bytes, form: Form) -> None:
    with pytest.raises(BadInput) as refused:
        read_requests(content, form)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    "content",
    [
        b"[]", b'{"service_code": ""}', b'{"service_code": "1", "attributes": {}}',
        b'{"service_code": "1", "attributes": [1]}',
        b'{"service_code": "1", "attributes": [{"code": "", "datatype": "string"}]}',
        b'{"service_code": "1", "attributes": [{"code": "a", "datatype": "money"}]}',
        b'{"service_code": "1", "attributes": [{"code": "a", "order": "first"}]}',
        b'{"service_code": "1", "attributes": [{"code": "a", "values": [1]}]}',
    ],
)  # fmt: skip
def test_what_is_no_definition_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput):
        read_definition(content, Form.JSON)


@pytest.mark.parametrize(
    "content",
    [
        b'[{"service_code": "1"}]', b'[{"service_name": "a"}]',
        b'[{"service_code": "1", "service_name": "a", "metadata": "perhaps"}]',
        b'[{"service_code": "1", "service_name": "a", "type": "slow"}]',
    ],
)  # fmt: skip
def test_what_is_no_service_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput):
        read_services(content, Form.JSON)


def test_a_definition_in_xml_begins_as_one() -> None:
    with pytest.raises(BadInput):
        read_definition(SERVICES_XML, Form.XML)


def test_what_the_standard_does_not_know_goes_round_in_xml_with_its_parts() -> None:
    row = {
        "service_request_id": "1", "status": "open", "attribute[A]": ["x", "y"], "media_url": ["a", "b"],
        "notes": {"note": [{"text": "first"}, {"text": "second"}]}, "@id": "odd name", "sp ace": "<b>&",
    }  # fmt: skip
    written = write_request_rows([row], Form.XML)
    assert list(request_rows(written, Form.XML)) == [row]
    (read,) = read_requests(written, Form.XML)
    assert (read.media_url, read.attributes) == ("a", (("A", ("x", "y")),))


def test_a_definition_keeps_what_only_the_other_system_knows() -> None:
    row = {
        "service_code": "1",
        "group": "x",
        "attributes": [{"code": "A", "description": "B", "icon": "c", "values": []}],
    }
    back = read_definition_row(write_definition_row(row, Form.XML), Form.XML)
    assert back == row
    assert read_definition_row(write_definition_row(row, Form.JSON), Form.JSON) == row
