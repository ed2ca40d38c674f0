"""After a storm 500 services are asked for and sent in two acts; one that lacks something holds nothing up."""

from __future__ import annotations

import pytest

from csr_desk.domain.errors import BadInput
from csr_desk.domain.release import Kind
from csr_desk.services import service_release_batches as batches
from csr_desk.services import service_release_list as listed
from csr_desk.services import service_release_storm as storm
from csr_desk.services.service_releases import Wish
from csr_desk.services.verification import verify_desk
from demo_city import City
from services.release_city import ELECTRIC, ESI, lay_out

STORM = 500


def test_a_storm_of_500_goes_out_in_one_batch_and_is_rebuilt_by_verify(city: City) -> None:
    place = lay_out(city)
    who = city.who("clerk1")
    permits = place.permits(STORM)
    bad = place.permit("9999 LAST ST", inspected="failed")
    lines = [listed.ListLine(f"{n} Ella Blvd", ESI) for n in range(1, STORM + 1)]
    looked = listed.look_over(city.desk, who, ELECTRIC, lines)
    assert [(one.permit, one.goes) for one in looked] == [(permit, True) for permit in permits]
    wishes = tuple(
        Wish(Kind.RECONNECT, ELECTRIC, permit, premise=ESI) for permit in (*permits, bad, permits[0], "P26-999999-9")
    )
    done = storm.request_many(city.desk, who, storm.RequestMany(city.key(), wishes)).value
    assert (len(done.requested), done.ready) == (STORM + 1, STORM)
    assert [one.permit for one in done.refused] == [permits[0], "P26-999999-9"]
    made = batches.make_batch(city.desk, who, batches.MakeBatch(city.key(), ELECTRIC, "emergency")).value
    assert (made.kind, made.state, made.releases, len(made.held_back)) == ("emergency", "sent", STORM, 1)
    paper, content = batches.batch_files(city.desk, who, made.number)
    assert (len(paper.rows), content.count(b"\r\n")) == (STORM, STORM + 1)
    assert verify_desk(city.desk).first_fault is None


def test_only_the_same_service_is_given_back_after_a_storm(sqlite_city: City) -> None:
    wishes = (Wish(Kind.PERMANENT, ELECTRIC, "P26-000001-9"),)
    with pytest.raises(BadInput, match="same service"):
        storm.request_many(sqlite_city.desk, sqlite_city.who("clerk1"), storm.RequestMany("k", wishes))
