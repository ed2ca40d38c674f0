"""What the office keyed in several languages is said to a customer in theirs, and found by words of it."""

from __future__ import annotations

import pytest

from csr_desk.domain.referrals import Kind as Warmth
from csr_desk.domain.requests import Kind, Outcome, RequestType
from csr_desk.services import (
    accounts,
    demo_agencies,
    demo_people,
    referral_lists,
    referrals,
    request_closing,
    request_papers,
    request_types,
    requests,
)
from demo_city import City

BILL = "High water bill | es: Factura de agua alta | vi: Hóa đơn nước cao"


@pytest.mark.parametrize(
    ("language", "need", "advice"),
    [
        ("es", "Nombre comercial (DBA) de un negocio", "Traiga una identificación."),
        ("vi", "Tên kinh doanh (DBA)", "Mang thẻ căn cước."),
        ("fr", "Assumed name (DBA) for a business", "Bring an identity card."),
    ],
)
def test_the_slip_of_a_referral_is_in_their_language(city: City, language: str, need: str, advice: str) -> None:
    demo_people.settle(city.desk)
    demo_agencies.settle(city.desk)
    clerk = city.who("clerk1")
    (clerk_office,) = referrals.who_helps(city.desk, clerk, "nombre comercial")
    wish = referrals.Refer("one", "ASSUMED-NAME", clerk_office.company, Warmth.COLD, language=language)
    slip = referral_lists.slip_of(city.desk, clerk, referrals.refer(city.desk, clerk, wish).value.number)
    assert (slip.need, slip.advice.startswith(advice)) == (need, True)
    assert "|" not in repr(referrals.needs(city.desk, clerk)[0].name)


@pytest.mark.parametrize(("language", "said"), [("es", "Factura de agua alta"), ("", "High water bill")])
def test_the_letter_about_a_request_names_it_in_their_language(city: City, language: str, said: str) -> None:
    clerk, boss = city.who("clerk1"), city.who("supervisor1")
    kept = request_types.KeepTypes("types", (RequestType("BILL", BILL, Kind.COMPLAINT, "Accounts", 5),))
    request_types.keep_types(city.desk, boss, kept)
    (kind,) = request_types.request_types(city.desk, clerk)
    assert (kind.name, kind.written) == ("High water bill", BILL)
    who = accounts.add_customer(city.desk, clerk, accounts.NewCustomer("ana", "Ana Lopez", address="9 Oak St")).value
    opened = requests.OpenRequest("one", "BILL", "Twice as high", customer_id=who, language=language)
    number = requests.open_request(city.desk, clerk, opened).value.number
    assert request_papers.slip(city.desk, clerk, number).type_name == said
    closing = request_closing.CloseRequest("end", number, Outcome.ANSWERED, "It is right.")
    request_closing.close_request(city.desk, clerk, closing)
    (letter,) = request_papers.write_letters(city.desk, clerk, request_papers.WriteLetters("l", number)).value
    assert letter.type_name == said


def test_a_type_that_is_kept_again_keeps_what_it_is_called_in_other_languages(city: City) -> None:
    boss = city.who("supervisor1")
    first = RequestType("BILL", BILL, Kind.COMPLAINT, "Accounts", 5)
    request_types.keep_types(city.desk, boss, request_types.KeepTypes("one", (first,)))
    known = request_types.request_types(city.desk, boss)
    assert request_types.keep_types(city.desk, boss, request_types.KeepTypes("two", known)).value == ()
    renamed = RequestType("BILL", "Water bill", Kind.COMPLAINT, "Accounts", 5, written=BILL)
    request_types.keep_types(city.desk, boss, request_types.KeepTypes("three", (renamed,)))
    assert request_types.request_types(city.desk, boss)[0].name_in("es") == "Water bill"
