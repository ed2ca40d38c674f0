"""A release goes out when every condition holds, and what is missing is said whole."""

from __future__ import annotations

import pytest

from csr_desk.services.verification import verify_desk
from demo_city import City
from services.release_city import ReleaseCity, lay_out


@pytest.fixture
def place(city: City) -> ReleaseCity:
    """A city with what the register stands on."""
    return lay_out(city)


def test_a_release_is_asked_for_sent_by_mail_and_rebuilt_by_verify(place: ReleaseCity) -> None:
    asked = place.ask(place.permit())
    assert (asked.state, asked.missing) == ("eligible", ())
    sent = place.send(asked.number)
    assert (sent.state, sent.channel, sent.message) == ("sent", "email", "queued")
    assert verify_desk(place.city.desk).first_fault is None
