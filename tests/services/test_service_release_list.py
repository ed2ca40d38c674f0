"""The list of a storm: read as typed or from a file, matched with permits, looked at without telling anything."""

from __future__ import annotations

import pytest

from csr_desk.domain.errors import BadInput, MissingInput, NotFound
from csr_desk.domain.numbering import FIXED, numbered
from csr_desk.services import service_release_list as listed
from csr_desk.services import service_release_lists as lists
from csr_desk.services import service_release_storm as storm
from csr_desk.services.import_pace import Pace, Stopped
from csr_desk.services.service_release_list import ListLine
from csr_desk.services.verification import verify_desk
from demo_city import City
from services.release_city import ELECTRIC, ESI, GAS, ReleaseCity, lay_out


@pytest.fixture
def place(city: City) -> ReleaseCity:
    """A city whose releases stand on something."""
    return lay_out(city)


def said(place: ReleaseCity, *lines: str) -> list[tuple[bool, str]]:
    """What becomes of lines: whether each goes, and why not."""
    desk = place.city.desk
    found = listed.look_over(desk, place.city.who("clerk1"), ELECTRIC, listed.typed_lines("\n".join(lines)))
    return [(one.goes, " ".join(one.sentences)) for one in found]


def test_lines_are_read_as_typed_and_an_esi_id_may_end_them() -> None:
    text = f"4107 Leeland St, Unit B\n\n  12 Ella Blvd,{ESI}\n12 Ella Blvd; {ESI}\nP26-000001-9\n"
    assert listed.typed_lines(text) == (
        ListLine("4107 Leeland St, Unit B"), ListLine(f"12 Ella Blvd,{ESI}"), ListLine("12 Ella Blvd", ESI),
        ListLine("P26-000001-9"),
    )  # fmt: skip


def test_a_file_is_read_by_its_heads_or_line_by_line() -> None:
    headed = f'No,Service Address,ESI ID\n1,"4107 Leeland St, Unit B",{ESI}\n2,,\n3,1 Main St\n'
    assert listed.read_list(headed.encode()) == (ListLine("4107 Leeland St, Unit B", ESI), ListLine("1 Main St"))
    plain = f"4107 Leeland St, Unit B\n1 Main St,{ESI}\n"
    assert listed.read_list(b"\xef\xbb\xbf" + plain.encode()) == (
        ListLine("4107 Leeland St, Unit B"), ListLine("1 Main St", ESI),
    )  # fmt: skip
    assert listed.read_list(b"") == ()
    for content, words in ((b"\xff", "UTF-8"), (b'a,"b', "no CSV"), (b"x" * 1_000_001, "larger")):
        with pytest.raises(BadInput, match=words):
            listed.read_list(content)


def test_each_line_is_matched_with_the_permit_that_was_inspected(place: ReleaseCity) -> None:
    place.permit("12 ELLA BLVD")
    newer = place.permit("12 ELLA BLVD", inspected=None)
    place.permit("14 ELLA BLVD", trade="plumbing")
    place.ask(place.permit("16 ELLA BLVD"))
    found = said(place, f"12 Ella Boulevard {ESI}", "14 Ella Blvd", "16 Ella Blvd", newer, "P26-000001-1")
    assert found[0] == (True, "")
    assert found[1] == (False, "There is a permit for another trade only at “14 Ella Blvd”.")
    assert found[2][1] == "Release R26-000001-9 was asked for already: it goes with the batch of the day."
    assert found[3][1].startswith("No inspection was asked for yet.")
    assert "a figure is wrong" in found[4][1]


def test_a_line_that_was_asked_for_before_says_what_becomes_of_it(place: ReleaseCity) -> None:
    place.ask(place.permit("12 ELLA BLVD"), emergency=True)
    place.send(place.ask(place.permit("14 ELLA BLVD")).number)
    assert said(place, "12 Ella Blvd", "14 Ella Blvd") == [
        (False, "Release R26-000001-9 was asked for already: it goes along if nothing is missing."),
        (False, "Release R26-000002-4 went out already."),
    ]


def test_looking_tells_nothing_and_a_stop_ends_it(place: ReleaseCity) -> None:
    city, who = place.city, place.city.who("clerk1")
    place.permits(3)
    lines = listed.typed_lines("1 Ella Blvd\n2 Ella Blvd\n3 Ella Blvd")
    heard: list[tuple[int, int]] = []
    told = Pace(lambda done, every: heard.append((done, every)), lambda: len(heard) > 1, about=3, times=1)
    with pytest.raises(Stopped):
        listed.look_over(city.desk, who, ELECTRIC, lines, told)
    assert heard == [(1, 3), (2, 3)]
    assert lists.list_releases(city.desk, who, lists.Wanted()) == ()


def test_asking_for_many_is_stopped_whole(place: ReleaseCity) -> None:
    city, who = place.city, place.city.who("clerk1")
    place.permits(2)
    found = listed.look_over(city.desk, who, ELECTRIC, [ListLine(f"{n} Ella Blvd", ESI) for n in (1, 2)])
    wishes = tuple(one.wish for one in found if one.wish)
    command = storm.RequestMany(city.key(), wishes, "Hurricane of July 8")
    heard: list[int] = []
    with pytest.raises(Stopped):
        storm.request_many(
            city.desk,
            who,
            command,
            Pace(lambda done, _every: heard.append(done), lambda: bool(heard), about=2, times=1),
        )
    assert lists.list_releases(city.desk, who, lists.Wanted()) == ()
    assert storm.request_many(city.desk, who, command).value.ready == 2
    assert verify_desk(city.desk).first_fault is None


def test_an_empty_list_one_too_long_and_a_company_without_electric_meters_are_refused(place: ReleaseCity) -> None:
    desk, who = place.city.desk, place.city.who("clerk1")
    with pytest.raises(MissingInput):
        listed.look_over(desk, who, ELECTRIC, ())
    with pytest.raises(BadInput, match="At most"):
        listed.look_over(desk, who, ELECTRIC, [ListLine("1 Main St")] * 1001)
    with pytest.raises(BadInput, match="no electric company"):
        listed.look_over(desk, who, GAS, [ListLine("1 Main St")])
    with pytest.raises(NotFound):
        listed.look_over(desk, who, numbered(FIXED["company"], 2026, 9003), [ListLine("1 Main St")])
    assert listed.wires_companies(desk, who) == ((ELECTRIC, "CenterPoint Energy"),)
