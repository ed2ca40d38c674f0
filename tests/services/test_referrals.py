"""People are referred to who helps them where they live; a warm referral is followed up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from csr_desk.domain.company import Channel, CompanyForm, CompanyKind
from csr_desk.domain.errors import BadInput, MissingInput, NotFound, WrongState
from csr_desk.domain.referrals import Area, Kind, Place, ReferralCount, asks_for_limits
from csr_desk.services import accounts, companies, customer_timeline, referral_lists, referrals
from csr_desk.services.verification import verify_desk
from demo_city import City


def agency(city: City, name: str, area: Area) -> str:
    """Enter an agency that issues permits for an area."""
    supervisor = city.who("supervisor1")
    form = CompanyForm(name, CompanyKind.AGENCY, Channel.PHONE)
    number = companies.keep_company(city.desk, supervisor, companies.KeepCompany(f"enter {name}", form)).value.number
    place = Place(0, "10555 Northwest Fwy", "Mon–Fri 8–16", "713-274-3900", "https://maps.example/nw")
    referrals.keep_place(city.desk, supervisor, referrals.KeepPlace(f"place {name}", number, place))
    referrals.keep_agency(
        city.desk, supervisor,
        referrals.KeepAgency(f"agency {name}", "PERMIT-OUT", number, area, "Bring the deed with the subdivision."),
    )  # fmt: skip
    return number


@pytest.fixture
def county(city: City) -> str:
    """An office outside of the city, and a need that it answers."""
    need = referrals.KeepNeed("need", "PERMIT-OUT", "Building permit outside the city limits", "county fence house")
    referrals.keep_need(city.desk, city.who("supervisor1"), need)
    return agency(city, "Harris County Engineering", Area.OUTSIDE)


def test_who_lives_outside_the_city_limits_is_sent_to_the_county(city: City, county: str) -> None:
    clerk = city.who("clerk1")
    found = referrals.who_helps(city.desk, clerk, "fence permit", inside=False)
    assert [(one.company, one.advice) for one in found] == [(county, "Bring the deed with the subdivision.")]
    assert [place.hours for place in found[0].places] == ["Mon–Fri 8–16"]
    assert referrals.who_helps(city.desk, clerk, "fence permit", inside=True) == ()
    assert referrals.who_helps(city.desk, clerk, "zebra") == ()
    assert referrals.who_helps(city.desk, clerk, "") == ()


def test_a_warm_referral_is_followed_up_in_ten_working_days(city: City, county: str) -> None:
    clerk = city.who("clerk1")
    who = accounts.add_customer(city.desk, clerk, accounts.NewCustomer("ana", "Ana Lopez")).value
    wish = referrals.Refer("warm", "PERMIT-OUT", county, Kind.WARM, who, reason="Fence on FM 529", inside=False)
    done = referrals.refer(city.desk, clerk, wish).value
    assert (done.state, str(done.follow_on)) == ("given", "2026-07-28")
    assert referrals.to_follow(city.desk, clerk) == ()
    city.at("2026-07-28T09:00")
    assert [one.number for one in referrals.to_follow(city.desk, clerk)] == [done.number]
    with pytest.raises(MissingInput):
        referrals.follow_up(city.desk, clerk, referrals.FollowUp("empty", done.number, "reach"))
    helped = referrals.FollowUp("helped", done.number, "reach", "They gave her the permit")
    assert referrals.follow_up(city.desk, clerk, helped).value.state == "reached"
    with pytest.raises(WrongState):
        referrals.follow_up(city.desk, clerk, referrals.FollowUp("late", done.number, "forget"))
    words = [moment.words for moment in customer_timeline.timeline(city.desk, clerk, who)]
    assert sum(done.number in said for said in words) == 2
    assert verify_desk(city.desk).ok


def test_nobody_is_sent_where_nobody_helps_them(city: City, county: str) -> None:
    clerk = city.who("clerk1")
    other = agency(city, "Fort Bend County", Area.OUTSIDE)
    referrals.keep_agency(
        city.desk, city.who("supervisor1"), referrals.KeepAgency("off", "PERMIT-OUT", other, n=2, active=False)
    )
    with pytest.raises(BadInput):
        referrals.refer(city.desk, clerk, referrals.Refer("one", "PERMIT-OUT", other))
    with pytest.raises(NotFound):
        referrals.refer(city.desk, clerk, referrals.Refer("two", "FOOD", county))
    with pytest.raises(NotFound):
        referrals.refer(
            city.desk, clerk, referrals.Refer("three", "PERMIT-OUT", county, customer_id="C-9", inside=False)
        )
    assert verify_desk(city.desk).ok


def test_a_houston_mailing_address_says_nothing_so_the_limits_are_asked_for(city: City, county: str) -> None:
    clerk = city.who("clerk1")
    wish = referrals.Refer("one", "PERMIT-OUT", county)
    with pytest.raises(MissingInput, match="mailing address need not"):
        referrals.refer(city.desk, clerk, wish)
    with pytest.raises(BadInput, match="outside the city limits only"):
        referrals.refer(city.desk, clerk, replace(wish, inside=True))
    assert referrals.refer(city.desk, clerk, replace(wish, inside=False)).value.state == "given"
    assert asks_for_limits(referrals.who_helps(city.desk, clerk, "permit"))
    everybody = agency(city, "Texas 211", Area.ANYWHERE)
    assert referrals.refer(city.desk, clerk, replace(wish, key="two", company=everybody)).value.company == everybody
    assert not asks_for_limits(
        one for one in referrals.who_helps(city.desk, clerk, "permit") if one.company == everybody
    )


def test_the_slip_has_what_the_directory_knows_and_no_name_of_the_customer(city: City, county: str) -> None:
    clerk = city.who("clerk1")
    who = accounts.add_customer(city.desk, clerk, accounts.NewCustomer("ana", "Ana Lopez")).value
    wish = referrals.Refer("one", "PERMIT-OUT", county, Kind.WARM, who, language="es", inside=False)
    number = referrals.refer(city.desk, clerk, wish).value.number
    slip = referral_lists.slip_of(city.desk, clerk, number)
    assert (slip.agency, slip.area, slip.language) == ("Harris County Engineering", Area.OUTSIDE, "es")
    assert (slip.places[0].reach, slip.given_on) == ("713-274-3900", date(2026, 7, 14))
    assert slip.given_by == clerk.name
    assert "Lopez" not in repr(slip)
    with pytest.raises(NotFound):
        referral_lists.slip_of(city.desk, clerk, "RF26-000009")
    assert [one.number for one in referral_lists.referrals_of(city.desk, clerk, (who,))] == [number]


def test_what_waits_and_what_came_of_it_is_counted(city: City, county: str) -> None:
    clerk = city.who("clerk1")
    made = [
        referrals.refer(city.desk, clerk, referrals.Refer(f"r{n}", "PERMIT-OUT", county, kind, inside=False)).value
        for n, kind in enumerate((Kind.COLD, Kind.WARM, Kind.WARM))
    ]
    waiting = [one.number for one in referral_lists.open_referrals(city.desk, clerk)]
    assert waiting == [made[1].number, made[2].number, made[0].number]  # what has a day first
    referrals.follow_up(city.desk, clerk, referrals.FollowUp("no", made[1].number, "fail", "The office was closed"))
    counts = referral_lists.statistics(city.desk, clerk, date(2026, 7, 1), date(2026, 7, 31))
    name = "Building permit outside the city limits"
    assert counts == (
        ReferralCount("PERMIT-OUT", name, county, "Harris County Engineering", "given", 2),
        ReferralCount("PERMIT-OUT", name, county, "Harris County Engineering", "not_reached", 1),
    )
    assert referral_lists.statistics(city.desk, clerk, date(2026, 8, 1), date(2026, 8, 31)) == ()


def test_a_link_to_a_map_is_one_that_people_can_open(city: City, county: str) -> None:
    place = Place(0, "1 Main St", map_link="javascript:alert(1)")
    with pytest.raises(BadInput, match="https"):
        referrals.keep_place(city.desk, city.who("supervisor1"), referrals.KeepPlace("bad", county, place))
