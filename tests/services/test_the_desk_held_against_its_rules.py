"""What random days found of forms, referrals, the queue, cards and notices: each test failed before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from csr_desk.domain.cards import CardText
from csr_desk.domain.company import Channel, CompanyForm, CompanyKind
from csr_desk.domain.errors import BadInput, CardNumberRefused, Conflict, NotFound, WrongState
from csr_desk.services import announcements, cards, companies, forms, policies, referrals, visits
from csr_desk.services.verification import verify_desk
from demo_city import City
from services.test_forms import AFFIDAVIT, DAY, put

CARD_NUMBER = "4111 1111 1111 1111"


def test_a_form_is_for_something_that_there_is_and_never_for_free_text(city: City) -> None:
    put(city)
    clerk = city.who("clerk1")
    for subject, wrong in (
        ("John Smith, 4 Elm St", BadInput), ("customer:C-1", BadInput), ("permit:P26-000001-9", NotFound),
        ("request:SR26-000001-9", NotFound),
    ):  # fmt: skip
        with pytest.raises(wrong):
            forms.hand_out(city.desk, clerk, forms.HandOut(city.key(), "CE-1057", subject=subject))


def test_an_older_revision_does_not_come_back_when_the_newer_one_is_ended(city: City) -> None:
    put(city)
    put(city, replace(AFFIDAVIT, key="later", revision="2026-08", effective_on=DAY + timedelta(days=7)))
    city.at("2026-07-21T09:00")
    forms.end_form(city.desk, city.who("supervisor1"), forms.EndForm("end", "CE-1057", "2026-08"))
    with pytest.raises(WrongState, match="obsolete"):
        forms.hand_out(city.desk, city.who("clerk1"), forms.HandOut("one", "CE-1057"))
    assert verify_desk(city.desk).ok


def test_a_revision_put_on_the_shelf_late_ends_no_newer_one(city: City) -> None:
    put(city)
    put(city, replace(AFFIDAVIT, key="old", revision="2019-01", effective_on=date(2019, 1, 1)))
    put(city, replace(AFFIDAVIT, key="next", revision="2026-09", effective_on=date(2026, 9, 1)))
    put(city, replace(AFFIDAVIT, key="now", revision="2026-06", effective_on=DAY - timedelta(days=14)))
    states = {one.revision: one.state for one in forms.shelf(city.desk, city.who("clerk1"))}
    assert (states["2026-01"], states["2026-09"]) == ("current", "current")
    done = forms.hand_out(city.desk, city.who("clerk1"), forms.HandOut("one", "CE-1057")).value
    assert done.form.revision == "2026-01"


def test_numbers_with_a_stroke_name_a_file_of_their_own(city: City) -> None:
    put(city, replace(AFFIDAVIT, form_no="CE", revision="1/2026"))
    put(city, replace(AFFIDAVIT, key="other", form_no="CE/1", revision="2026"))
    assert len(forms.shelf(city.desk, city.who("clerk1"))) == 2
    assert verify_desk(city.desk).ok


def test_a_language_is_no_place_for_a_card_number_nor_for_a_story(city: City) -> None:
    clerk, boss = city.who("clerk1"), city.who("supervisor1")
    reason = visits.reasons(city.desk)[0].code
    county = CompanyForm("Harris County", CompanyKind.AGENCY, Channel.PHONE, "713-555-0100")
    agency = companies.keep_company(city.desk, boss, companies.KeepCompany("county", county)).value.number
    referrals.keep_need(city.desk, boss, referrals.KeepNeed("need", "RENT", "Help with rent"))
    referrals.keep_agency(city.desk, boss, referrals.KeepAgency("agency", "RENT", agency))
    for said in (CARD_NUMBER, "He speaks Spanish and is angry"):
        with pytest.raises(BadInput):
            visits.give_ticket(city.desk, clerk, visits.GiveTicket(city.key(), reason, language=said))
        with pytest.raises(BadInput):
            referrals.refer(city.desk, clerk, referrals.Refer(city.key(), "RENT", agency, language=said))


def test_a_card_and_a_notice_name_forms_and_cards_and_keep_nothing_else(city: City) -> None:
    boss = city.who("supervisor1")
    text = CardText("en", "How do I start service?", "Bring a lease.")
    with pytest.raises(CardNumberRefused):
        cards.keep_card(city.desk, boss, cards.KeepCard("one", "Water", (text,), form_no=CARD_NUMBER))
    card = cards.keep_card(city.desk, boss, cards.KeepCard("two", "Water", (text,))).value.number
    notice = announcements.PostNotice("n", "New hours", "We close at five.", DAY, cards=("KA26-00099-1",))
    with pytest.raises((NotFound, BadInput)):
        announcements.post_notice(city.desk, boss, notice)
    with pytest.raises(CardNumberRefused):
        announcements.post_notice(city.desk, boss, replace(notice, cards=(), forms=(CARD_NUMBER,)))
    typed = card.lower().replace("-", "")
    done = announcements.post_notice(city.desk, boss, replace(notice, cards=(typed, card), forms=("CE-1057",))).value
    assert (done.cards, done.forms) == ((card,), ("CE-1057",))
    assert announcements.post_notice(city.desk, boss, replace(notice, cards=(typed, card), forms=("CE-1057",))).replayed


def test_a_card_is_reviewed_by_a_step_that_there_is(city: City) -> None:
    boss, text = city.who("supervisor1"), CardText("en", "How?", "So.")
    card = cards.keep_card(city.desk, boss, cards.KeepCard("one", "Water", (text,))).value.number
    with pytest.raises(BadInput, match="one of"):
        cards.review_card(city.desk, boss, cards.ReviewCard("two", card, "burn"))


def test_two_counters_do_not_wait_for_one_person(city: City) -> None:
    one, two, reason = city.who("clerk1"), city.who("clerk2"), visits.reasons(city.desk)[0].code
    ticket = visits.give_ticket(city.desk, one, visits.GiveTicket("t", reason)).value.number
    visits.call_next(city.desk, one, visits.CallNext("a", "1", ticket))
    with pytest.raises(Conflict, match="called to counter 1"):
        visits.call_next(city.desk, two, visits.CallNext("b", "2", ticket))
    assert visits.call_next(city.desk, one, visits.CallNext("c", "1", ticket)).value.counter == "1"
    visits.move_visit(city.desk, two, visits.MoveVisit("back", ticket, "put_back"))
    assert visits.call_next(city.desk, two, visits.CallNext("d", "2", ticket)).value.counter == "2"


def test_a_ticket_is_given_out_once_a_day_even_where_the_letters_of_the_reasons_change(city: City) -> None:
    clerk, known = city.who("clerk1"), visits.reasons(city.desk)
    first = visits.give_ticket(city.desk, clerk, visits.GiveTicket("one", known[0].code)).value.ticket
    letters = [known[1].letter, known[0].letter, *(one.letter for one in known[2:])]
    lines = [f"{letter} {one.code} {one.words}" for letter, one in zip(letters, known, strict=True)]
    policies.set_policy(city.desk, city.who("admin1"), policies.SetPolicy("swap", {"visit_reasons": lines}))
    city.desk.refresh()
    second = visits.give_ticket(city.desk, clerk, visits.GiveTicket("two", known[1].code)).value.ticket
    assert (first, second) == ("A001", "A002")
