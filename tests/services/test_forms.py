"""Forms are put on the shelf, replaced, handed out with what is known, counted, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from csr_desk.data.queries import forms as rows
from csr_desk.documents.form_filling import fields_of, fill_form
from csr_desk.domain.customers import CustomerForm
from csr_desk.domain.errors import BadInput, Conflict, NotFound, WrongState
from csr_desk.domain.forms import How
from csr_desk.services import customer_timeline, customers_entry, forms
from csr_desk.services.verification import verify_desk
from demo_city import City
from documents.test_form_filling import form

DAY = date(2026, 7, 14)
AFFIDAVIT = forms.KeepForm(
    "affidavit", "CE-1057", "2026-01", "Affidavit of the owner", form("owner", "site", "phone", "signature"), DAY,
    fields={"owner": "name", "site": "site", "phone": "phone"},
)  # fmt: skip


def put(city: City, command: forms.KeepForm = AFFIDAVIT) -> None:
    """Put a form on the shelf."""
    forms.keep_form(city.desk, city.who("supervisor1"), command)


def test_a_form_is_handed_out_with_what_is_known_and_stands_on_the_time_line(city: City) -> None:
    put(city)
    clerk = city.who("clerk1")
    owner = "C-101"
    known = CustomerForm("ÁLVAREZ, María", phone="713-555-0142")
    customers_entry.enter_customer(city.desk, clerk, customers_entry.EnterCustomer("owner", known, owner))
    wish = forms.HandOut("one", "CE-1057", customer_id=owner, site="4107 Leeland St")
    done = forms.hand_out(city.desk, clerk, wish).value
    assert done.values == {"owner": "ÁLVAREZ, María", "site": "4107 Leeland St", "phone": "(713) 555-0142"}
    assert fields_of(fill_form(done.content, done.values))["owner"] == "ÁLVAREZ, María"
    assert forms.hand_out(city.desk, clerk, wish).replayed
    assert any("form CE-1057" in moment.words for moment in customer_timeline.timeline(city.desk, clerk, owner))
    with city.desk.read() as work:
        assert rows.counted(work.conn, DAY, DAY) == (("CE-1057", 1, 0),)
    blank = forms.hand_out(city.desk, clerk, replace(wish, key="two", how=How.BLANK, copies=3)).value
    assert blank.values == {}
    scan = b"%PDF-1.7 signed"
    back = forms.take_back(city.desk, clerk, forms.TakeBack("back", done.handout.number, scan, "signed.pdf")).value
    assert (back.state, back.back_on) == ("back", city.desk.today())
    with pytest.raises(WrongState):
        forms.take_back(city.desk, clerk, forms.TakeBack("again", done.handout.number))
    assert verify_desk(city.desk).ok


def test_a_new_revision_blocks_the_old_one_from_its_day_on(city: City) -> None:
    put(city)
    newer = replace(AFFIDAVIT, key="newer", revision="2026-07")
    put(city, newer)
    states = {one.revision: one.state for one in forms.shelf(city.desk, city.who("clerk1"))}
    assert states == {"2026-07": "current", "2026-01": "obsolete"}
    done = forms.hand_out(city.desk, city.who("clerk1"), forms.HandOut("one", "CE-1057")).value
    assert done.form.revision == "2026-07"
    forms.end_form(city.desk, city.who("supervisor1"), forms.EndForm("end", "CE-1057", "2026-07"))
    with pytest.raises(WrongState, match="obsolete"):
        forms.hand_out(city.desk, city.who("clerk1"), forms.HandOut("two", "CE-1057"))
    assert verify_desk(city.desk).ok


def test_what_is_not_on_the_shelf_or_no_form_is_refused(city: City) -> None:
    put(city)
    clerk = city.who("clerk1")
    with pytest.raises(NotFound, match="in en only"):
        forms.hand_out(city.desk, clerk, forms.HandOut("one", "CE-1057", language="vi"))
    with pytest.raises(NotFound, match="no form"):
        forms.hand_out(city.desk, clerk, forms.HandOut("two", "CE-9"))
    with pytest.raises(BadInput):
        forms.hand_out(city.desk, clerk, forms.HandOut("three", "CE-1057", copies=0))
    with pytest.raises(Conflict):
        put(city, replace(AFFIDAVIT, key="again"))
    with pytest.raises(BadInput):
        put(city, replace(AFFIDAVIT, key="no pdf", revision="2", content=b"PK"))
    with pytest.raises(BadInput):
        put(city, replace(AFFIDAVIT, key="no source", revision="3", fields={"owner": "shoe size"}))
