"""Projects and what hangs beneath them, found by numbers, slips of numbers, addresses, titles and people."""

from __future__ import annotations

import pytest

from building_sites import LEELAND, MILAM, SCOTT, build
from csr_desk.services.project_pages import project_page
from csr_desk.services.project_search import find_things, newest_projects
from demo_city import City


@pytest.fixture
def projects(city: City) -> tuple[str, ...]:
    """The demo's sites, built by clerk1."""
    city.open("clerk1")
    return build(city.desk, "clerk1")


def found(city: City, text: str) -> list[str]:
    """What a text finds, in order."""
    return [hit.about for hit in find_things(city.desk, city.who("clerk1"), text).hits]


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("26-000001-9", "project:26-000001-9"),
        ("26000001", "project:26-000001-9"),
        ("p26-000001-9", "permit:P26-000001-9"),
        ("SO26-000002-4", "order:SO26-000002-4"),
        ("so260000024", "order:SO26-000002-4"),
        ("R26-000003-5", "release:R26-000003-5"),
        ("I26-000002-4", "inspection:I26-000002-4"),
        ("W26-000001-9", "work_order:W26-000001-9"),
    ],
)
def test_a_number_is_found_as_it_is_typed(city: City, projects: tuple[str, ...], typed: str, what: str) -> None:
    assert found(city, typed) == [what]


@pytest.mark.parametrize("typed", ["26-000010-9", "26-000001-8", "260000018"])
def test_a_wrong_figure_is_told_and_what_it_may_have_meant_is_offered(
    city: City, projects: tuple[str, ...], typed: str
) -> None:
    answer = find_things(city.desk, city.who("clerk1"), typed)
    assert answer.hits == ()
    assert "a figure is wrong" in answer.slip
    assert projects[LEELAND] in [one.number for one in answer.meant]


def test_the_beginning_of_a_number_lists_the_newest_that_begin_so(city: City, projects: tuple[str, ...]) -> None:
    assert found(city, "26-0000") == [f"project:{number}" for number in reversed(projects)]
    assert found(city, "P26-00000") == [f"permit:P26-00000{n}" for n in ("6-2", "5-6", "4-3", "3-5", "2-4", "1-9")]


@pytest.mark.parametrize("typed", ["4107 leeland", "4107 Leeland St Unit B", "4107 LEELAND STREET #B", "4107 leel"])
def test_an_address_finds_the_project_its_permits_and_its_releases(
    city: City, projects: tuple[str, ...], typed: str
) -> None:
    hits = found(city, typed)
    assert hits[0] == f"project:{projects[LEELAND]}"
    assert {hit.partition(":")[0] for hit in hits} == {"project", "permit", "release", "work_order"}


def test_another_unit_or_another_house_is_not_found(city: City, projects: tuple[str, ...]) -> None:
    assert found(city, "4107 leeland unit c") == []
    assert found(city, "4108 leeland") == []


def test_a_title_an_owner_or_a_contractor_finds_projects(city: City, projects: tuple[str, ...]) -> None:
    assert found(city, "shed") == [f"project:{projects[SCOTT]}"]
    assert found(city, "tran minh") == [f"project:{projects[MILAM]}"]
    assert found(city, "alvarez electric") == [
        f"project:{number}" for number in (projects[4], projects[1], projects[0])
    ]


def test_a_project_says_what_is_due_and_whose_it_is(city: City, projects: tuple[str, ...]) -> None:
    hit = find_things(city.desk, city.who("clerk1"), projects[MILAM]).hits[0]
    due = project_page(city.desk, city.who("clerk1"), projects[MILAM]).due
    assert (hit.amount, hit.owner, hit.site) == (due, "Tran, Minh", "2208 Milam St")


def test_two_letters_and_strange_marks_ask_nothing_and_find_nothing(city: City, projects: tuple[str, ...]) -> None:
    assert found(city, "ab") == []
    assert found(city, "100%_") == []
    assert found(city, "zzz") == []


def test_more_than_asked_for_is_said(city: City, projects: tuple[str, ...]) -> None:
    answer = find_things(city.desk, city.who("clerk1"), "4107 leeland", 2)
    assert (len(answer.hits), answer.more) == (2, True)


def test_the_newest_open_projects_stand_in_the_list_while_nothing_is_typed(
    city: City, projects: tuple[str, ...]
) -> None:
    newest = newest_projects(city.desk, city.who("auditor1"), 3)
    assert [one.number for one in newest] == [*reversed(projects)][:3]
