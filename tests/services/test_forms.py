"""Forms are put on the shelf, replaced, handed out with what is known, counted, and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from csr_desk.data.queries import forms as rows
from csr_desk.documents.form_filling import fields_of, fill_form
from csr_desk.domain.customers import CustomerForm
from csr_desk.domain.errors import BadInput, Conflict, MissingInput, NotFound, WrongState
from csr_desk.domain.forms import FormCount, How
from csr_desk.services import customer_disclosure, customer_timeline, customers_entry, form_backs, forms, outbox_keeping
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
        assert rows.by_month(work.conn, DAY, DAY) == (FormCount("2026-07", "CE-1057", 1, 0),)
    blank = forms.hand_out(city.desk, clerk, replace(wish, key="two", how=How.BLANK, copies=3)).value
    assert blank.values == {}
    scan = b"%PDF-1.7 signed"
    command = form_backs.TakeBack("back", done.handout.number, scan, "signed.pdf")
    back = form_backs.take_back(city.desk, clerk, command).value
    assert (back.state, back.back_on) == ("back", city.desk.today())
    with pytest.raises(WrongState):
        form_backs.take_back(city.desk, clerk, form_backs.TakeBack("again", done.handout.number))
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


def known_as(city: City, number: str, form: CustomerForm) -> str:
    """Enter a customer."""
    command = customers_entry.EnterCustomer(f"enter {number}", form, number)
    customers_entry.enter_customer(city.desk, city.who("clerk1"), command)
    return number


def test_a_form_is_e_mailed_filled_in_in_the_words_of_its_language(city: City) -> None:
    put(city, replace(AFFIDAVIT, language="es", title="Declaración jurada del dueño"))
    clerk = city.who("clerk1")
    owner = known_as(city, "C-1", CustomerForm("ÁLVAREZ, María", email="maria@example.com", language="es"))
    wish = forms.HandOut("mail", "CE-1057", How.EMAIL, "es", customer_id=owner)
    done = forms.hand_out(city.desk, clerk, wish, fill_form).value
    assert fields_of(done.content)["owner"] == "ÁLVAREZ, María"
    (mail,) = outbox_keeping.messages(city.desk, clerk).messages
    assert mail.record.recipient == "maria@example.com"
    assert mail.record.title == "Formulario CE-1057: Declaración jurada del dueño"
    assert done.handout.number in mail.record.body
    assert [name for name, _hash in mail.record.files] == [f"{mail.record.number}/1"]
    assert forms.hand_out(city.desk, clerk, wish, fill_form).replayed
    assert len(outbox_keeping.messages(city.desk, clerk).messages) == 1
    assert verify_desk(city.desk).ok


def test_a_mail_that_nobody_can_get_is_no_handout(city: City) -> None:
    put(city)
    clerk = city.who("clerk1")
    nobody = known_as(city, "C-1", CustomerForm("Terrence Washington"))
    wish = forms.HandOut("mail", "CE-1057", How.EMAIL, customer_id=nobody)
    with pytest.raises(MissingInput):
        forms.hand_out(city.desk, clerk, wish, fill_form)
    with pytest.raises(BadInput):
        forms.hand_out(city.desk, clerk, replace(wish, send_to="terrence at home"), fill_form)
    assert form_backs.still_out(city.desk, clerk) == ()
    assert form_backs.counts(city.desk, clerk, DAY, DAY) == ()


def test_a_form_that_cannot_be_filled_is_not_counted(city: City) -> None:
    put(city, replace(AFFIDAVIT, fields={"no such field": "today"}))
    clerk = city.who("clerk1")
    with pytest.raises(BadInput, match="has no field"):
        forms.hand_out(city.desk, clerk, forms.HandOut("one", "CE-1057"), fill_form)
    assert form_backs.counts(city.desk, clerk, DAY, DAY) == ()


def test_a_form_with_a_confidential_address_is_in_the_disclosure_log_first(city: City) -> None:
    put(city)
    clerk = city.who("clerk1")
    owner = known_as(city, "C-1", CustomerForm("Layla Al-Masri", address="12 Harold St"))
    mark = customer_disclosure.SetConfidential("mark", owner, confidential=True)
    customer_disclosure.set_confidential(city.desk, clerk, mark)
    forms.hand_out(city.desk, clerk, forms.HandOut("blank", "CE-1057", How.BLANK, customer_id=owner), fill_form)
    assert papers(city, owner) == []
    forms.hand_out(city.desk, clerk, forms.HandOut("one", "CE-1057", customer_id=owner), fill_form)
    assert papers(city, owner) == ["Form CE-1057, filled in"]


def papers(city: City, number: str) -> list[str]:
    """Read what the disclosure log calls the papers with a customer's data."""
    told = customer_disclosure.disclosures(city.desk, city.who("clerk1"), number)
    return [one.reason for one in told if one.change == "paper"]


def test_what_is_still_out_is_listed_until_it_comes_back_or_is_given_up(city: City) -> None:
    put(city)
    clerk = city.who("clerk1")
    first, second = (known_as(city, f"C-{n}", CustomerForm(name)) for n, name in enumerate(("Ana Lopez", "Bo Tran")))
    out = [
        forms.hand_out(city.desk, clerk, forms.HandOut(who, "CE-1057", customer_id=who)).value.handout.number
        for who in (first, second)
    ]
    forms.hand_out(city.desk, clerk, forms.HandOut("nobody", "CE-1057", How.BLANK, copies=20))
    listed = form_backs.still_out(city.desk, clerk)
    assert [(one.handout.number, one.customer, one.title) for one in listed] == [
        (out[0], "Ana Lopez", "Affidavit of the owner"), (out[1], "Bo Tran", "Affidavit of the owner"),
    ]  # fmt: skip
    lost = form_backs.GiveUp("lost", out[0])
    assert form_backs.give_up(city.desk, clerk, lost).value.state == "missing"
    assert form_backs.give_up(city.desk, clerk, lost).replayed
    with pytest.raises(WrongState):
        form_backs.give_up(city.desk, clerk, form_backs.GiveUp("again", out[0]))
    with pytest.raises(NotFound, match="Nobody scanned"):
        form_backs.scan_of(city.desk, clerk, out[0])
    late = form_backs.TakeBack("late", out[0], b"%PDF-1.4 scan")
    assert form_backs.take_back(city.desk, clerk, late).value.state == "back"
    assert form_backs.scan_of(city.desk, clerk, out[0]) == b"%PDF-1.4 scan"
    assert [one.handout.number for one in form_backs.still_out(city.desk, clerk)] == [out[1]]
    assert form_backs.counts(city.desk, clerk, DAY, DAY) == (FormCount("2026-07", "CE-1057", 22, 1),)
    with pytest.raises(NotFound):
        form_backs.take_back(city.desk, clerk, form_backs.TakeBack("none", "H26-000099"))
    assert verify_desk(city.desk).ok
