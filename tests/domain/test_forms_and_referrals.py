"""What a form is filled with and in which words it is sent; whom an agency serves."""

from __future__ import annotations

from datetime import date

import pytest

from csr_desk.domain.demo_forms import ENDED, demo_forms
from csr_desk.domain.errors import BadInput
from csr_desk.domain.form_mail import letter
from csr_desk.domain.forms import MOST_FIELDS, FormSheet, Source, filled, read_fields, write_fields
from csr_desk.domain.receipt import Office
from csr_desk.domain.referrals import Agency, Area, asks_for_limits

OFFICE = Office("HPC", "Permit and Revenue Office", (), "832-394-9000", "America/Chicago", training=False,
                demonstration=False)  # fmt: skip
TODAY = date(2026, 7, 14)


def sheet(language: str = "en", state: str = "current", since: date = TODAY) -> FormSheet:
    """A form of the shelf."""
    return FormSheet("CE-1057", "2026-01", language, "Affidavit", state, since, {"owner": Source.NAME})


def test_a_form_is_handed_out_from_its_day_on_and_not_when_it_is_obsolete() -> None:
    assert sheet().may_be_handed_out(TODAY)
    assert not sheet(since=date(2026, 7, 15)).may_be_handed_out(TODAY)
    assert not sheet(state="obsolete").may_be_handed_out(TODAY)


def test_what_fills_a_form_is_kept_and_read_back() -> None:
    kept = write_fields({"owner": "name", "site": "site"})
    assert read_fields(kept) == {"owner": Source.NAME, "site": Source.SITE}
    assert filled(read_fields(kept), {Source.NAME: "Ana", Source.SITE: ""}) == {"owner": "Ana"}


@pytest.mark.parametrize(
    "fields", [{"": "name"}, {"owner": "shoe size"}, {f"f{n}": "name" for n in range(MOST_FIELDS + 1)}]
)
def test_a_field_that_nothing_fills_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        write_fields(fields)


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Form CE-1057: Affidavit"), ("es", "Formulario CE-1057: Affidavit"), ("vi", "Mẫu đơn CE-1057: Affidavit"),
     ("ur", "Form CE-1057: Affidavit")],
)  # fmt: skip
def test_the_mail_is_written_in_the_language_of_the_form(language: str, title: str) -> None:
    subject, body = letter(sheet(language), "H26-000001-9", OFFICE)
    assert subject == title
    assert all(said in body for said in ("H26-000001-9", "2026-01", "Permit and Revenue Office", "832-394-9000"))
    assert "{" not in body


@pytest.mark.parametrize(
    ("area", "inside", "outside"),
    [(Area.INSIDE, True, False), (Area.OUTSIDE, False, True), (Area.ANYWHERE, True, True)],
)
def test_an_agency_serves_its_side_of_the_city_limits(area: Area, *, inside: bool, outside: bool) -> None:
    agency = Agency("PERMIT", 1, "G26-0001-7", "Harris County", area)
    assert (agency.serves(inside=True), agency.serves(inside=False)) == (inside, outside)
    assert agency.serves(inside=None)
    assert asks_for_limits([agency]) is (area is not Area.ANYWHERE)


def test_the_demo_has_each_form_once_in_a_revision_and_language() -> None:
    keys = [(one.form_no, one.revision, one.language) for one in demo_forms()]
    assert len(keys) == len(set(keys)) >= 10
    assert ENDED in keys
    assert {language for _number, _revision, language in keys} == {"en", "es"}
