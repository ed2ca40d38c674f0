"""The demo city's forms and agencies are made by the services that the window calls, and can be used."""

from __future__ import annotations

from csr_desk.documents.demo_forms import draw_form
from csr_desk.documents.form_filling import fields_of, fill_form
from csr_desk.domain.demo_forms import demo_forms as every_form
from csr_desk.services import demo_agencies, demo_forms, demo_people, form_backs, forms, referral_lists, referrals
from csr_desk.services.verification import verify_desk
from demo_city import City


def test_the_demo_has_forms_that_are_filled_in_and_one_that_nobody_gets(city: City) -> None:
    demo_people.settle(city.desk)
    count = demo_forms.settle(city.desk, draw_form)
    clerk = city.who("clerk1")
    shelf = forms.shelf(city.desk, clerk)
    assert len(shelf) == count
    assert {one.form_no for one in shelf if one.state == "obsolete"} == {"DW-099", "DW-110"}
    assert [one.customer for one in form_backs.still_out(city.desk, clerk)] == [
        demo_people.NEIGHBOURS[2].form.name,
        demo_people.NEIGHBOURS[3].form.name,
    ]
    done = forms.hand_out(city.desk, clerk, forms.HandOut("one", "DW-110", customer_id="C-101"), fill_form).value
    filled = fields_of(done.content)
    assert filled["name"] == demo_people.NEIGHBOURS[0].form.name
    assert (filled["customer"], filled["today"], filled["start"]) == ("C-101", "7/14/2026", "")
    assert filled["handout"] == done.handout.number
    assert verify_desk(city.desk).ok


def test_every_demo_form_has_the_fields_that_are_filled_and_is_drawn_the_same_twice() -> None:
    for one in every_form():
        made = draw_form(one)
        assert one.fields.keys() <= fields_of(made).keys()
        assert made == draw_form(one)


def test_the_demo_knows_who_helps_inside_and_outside_of_the_city(city: City) -> None:
    demo_people.settle(city.desk)
    assert demo_agencies.settle(city.desk) == len(demo_agencies.OFFICES)
    clerk = city.who("clerk1")
    outside = referrals.who_helps(city.desk, clerk, "fence", inside=False)
    assert [one.name for one in outside] == ["Harris County Engineering, Permits"]
    assert [one.name for one in referrals.who_helps(city.desk, clerk, "light bill")] == [
        "Power to Choose (retail electric providers)"
    ]
    waiting = referral_lists.open_referrals(city.desk, clerk)
    assert [one.need for one in waiting] == ["HELP", "APPRAISAL"]
    assert referral_lists.slip_of(city.desk, clerk, waiting[1].number).places[0].map_link.startswith("https://")
    assert verify_desk(city.desk).ok
