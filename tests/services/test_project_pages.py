"""A project read whole: what is due, what warns, what hangs beneath it; and the boards of the office."""

from __future__ import annotations

import pytest

from building_sites import ALMEDA, BELLAIRE, LEELAND, MILAM, POLK, SCOTT, build
from csr_desk.domain.errors import NotFound
from csr_desk.domain.holds import Stops
from csr_desk.services import holds, project_boards, verification
from csr_desk.services.holds import PlaceHold
from csr_desk.services.project_lines import Concern, Noun
from csr_desk.services.project_pages import ProjectPage, project_moments, project_of, project_page
from demo_city import City


@pytest.fixture
def projects(city: City) -> tuple[str, ...]:
    """The demo's sites, built by clerk1."""
    city.open("clerk1")
    return build(city.desk, "clerk1")


def look(city: City, number: str, user: str = "clerk1") -> ProjectPage:
    """Read a project as somebody sees it."""
    return project_page(city.desk, city.who(user), number)


def concerns(page: ProjectPage) -> dict[str, str]:
    """What wants somebody to look at it, by noun."""
    return {line.noun.value: line.concern.value for line in page.lines if line.concern is not None}


def test_a_project_is_read_with_its_people_and_everything_beneath_it(city: City, projects: tuple[str, ...]) -> None:
    page = look(city, projects[LEELAND])
    assert (page.title, page.site, page.state) == ("Kitchen and service upgrade", "4107 Leeland St Unit B", "open")
    assert (page.owner, page.contractor) == ("ÁLVAREZ, María", "ALVAREZ ELECTRIC LLC")
    assert {noun.value: len(page.of(noun)) for noun in Noun} == {
        "permit": 2, "order": 1, "inspection": 2, "work_order": 2, "release": 1,
    }  # fmt: skip
    release = page.of(Noun.RELEASE)[0]
    assert (release.who, release.of, release.state) == ("CenterPoint Energy", page.of(Noun.PERMIT)[0].number, "sent")


def test_what_is_due_is_every_open_order_that_still_holds_its_prices(city: City, projects: tuple[str, ...]) -> None:
    both = look(city, projects[MILAM])
    assert [due.amount for due in both.dues] == [line.amount for line in both.of(Noun.ORDER)]
    assert both.due == sum(due.amount for due in both.dues) > 0
    assert look(city, projects[ALMEDA]).due == 11_854
    assert look(city, projects[SCOTT]).dues == ()
    city.at("2026-07-20T09:00")
    page = look(city, projects[ALMEDA])
    assert (page.due, concerns(page)) == (0, {"order": "ended"})
    assert look(city, projects[MILAM]).due == both.due


def test_what_wants_somebody_to_look_at_it_says_why(city: City, projects: tuple[str, ...]) -> None:
    assert concerns(look(city, projects[LEELAND])) == {"inspection": "failed", "work_order": "overdue"}
    assert concerns(look(city, projects[BELLAIRE])) == {"permit": "ended"}
    assert concerns(look(city, projects[POLK])) == {"release": "rejected"}
    assert concerns(look(city, projects[MILAM])) == {}
    city.at("2026-12-20T09:00")
    page = look(city, projects[LEELAND])
    assert {line.concern for line in page.of(Noun.PERMIT)} == {Concern.ENDS_SOON}
    assert page.of(Noun.RELEASE)[0].concern is Concern.UNCONFIRMED


def test_the_contractor_is_looked_at_for_the_trades_that_are_worked_on(city: City, projects: tuple[str, ...]) -> None:
    assert look(city, projects[LEELAND]).lacks == ("The insurance ran out on 2026-07-08.",)
    assert look(city, projects[BELLAIRE]).lacks == ()


@pytest.mark.parametrize("subject", ["project", "customer", "site"])
def test_a_hold_on_the_project_its_owner_or_its_place_is_seen(
    city: City, projects: tuple[str, ...], subject: str
) -> None:
    number = projects[LEELAND]
    command = {
        "project": PlaceHold("hold", "Work without a permit", stops=Stops.RELEASE, project=number),
        "customer": PlaceHold("hold", "Bankrupt", customer="C-101"),
        "site": PlaceHold("hold", "Work without a permit", stops=Stops.RELEASE, site="4107 LEELAND STREET #B"),
    }[subject]
    holds.place_hold(city.desk, city.who("supervisor1"), command)
    assert [hold.subject.partition(":")[0] for hold in look(city, number).holds] == [subject]
    assert look(city, projects[MILAM]).holds == ()


def test_the_time_line_of_a_project_has_what_happened_beneath_it(city: City, projects: tuple[str, ...]) -> None:
    moments = project_moments(city.desk, city.who("clerk1"), projects[LEELAND])
    kinds = [moment.kind for moment in moments]
    assert kinds.count("inspection_requested") == 2
    assert {"project_opened", "order_made", "release_requested", "work_order_opened"} <= set(kinds)
    assert len(project_moments(city.desk, city.who("clerk1"), projects[SCOTT])) == 1


def test_a_thing_leads_to_its_project(city: City, projects: tuple[str, ...]) -> None:
    clerk = city.who("clerk1")
    for line in look(city, projects[LEELAND]).lines:
        assert project_of(city.desk, clerk, f"{line.noun}:{line.number}") == projects[LEELAND]
    assert project_of(city.desk, clerk, "permit:P26-999999-9") == ""


def test_a_number_that_is_no_project_is_not_found(city: City) -> None:
    with pytest.raises(NotFound):
        look(city, "26-000001-9")
    with pytest.raises(NotFound):
        project_moments(city.desk, city.who("clerk1"), "26-000001-9")


def test_the_boards_show_the_whole_office_by_state_what_is_late_first(city: City, projects: tuple[str, ...]) -> None:
    clerk = city.who("clerk1")
    work = dict(project_boards.work_board(city.desk, clerk).lanes)
    assert {state: len(cards) for state, cards in work.items()} == {
        "open": 1, "assigned": 1, "started": 1, "done": 0, "not_done": 0,
    }  # fmt: skip
    assert work["open"][0].line.concern is Concern.OVERDUE
    assert (work["started"][0].urgent, work["started"][0].project) == (True, projects[POLK])
    lanes = dict(project_boards.release_board(city.desk, clerk).lanes)
    assert {state: len(cards) for state, cards in lanes.items()} == {
        "requested": 0, "eligible": 0, "sent": 1, "confirmed": 0, "energised": 1, "rejected": 1,
    }  # fmt: skip
    assert [card.line.words for card in lanes["energised"]] == ["88214"]


def test_what_the_demo_builds_is_what_its_entries_say(city: City, projects: tuple[str, ...]) -> None:
    assert projects == tuple(sorted(projects))
    assert verification.verify_desk(city.desk).ok
