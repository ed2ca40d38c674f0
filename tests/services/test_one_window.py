"""One window on a live office's own file; training and PostgreSQL are open to several."""

from dataclasses import replace

import pytest

from csr_desk.domain.errors import Trouble
from csr_desk.services.desk import open_desk
from demo_city import City


def test_a_second_window_on_a_live_file_is_refused_until_the_first_is_closed(sqlite_city: City) -> None:
    first, second = sqlite_city.desk, open_desk(sqlite_city.url)
    for desk in (first, second):
        desk.office = replace(desk.office, training=False)
    first.hold_alone()
    with pytest.raises(Trouble, match="open on this database already"):
        second.hold_alone()
    first.close()
    second.hold_alone()
    second.close()


def test_a_training_office_and_a_server_are_open_to_several(city: City) -> None:
    other = open_desk(city.url)
    if other.store.dialect == "postgresql":
        other.office = city.desk.office = replace(other.office, training=False)
    city.desk.hold_alone()
    other.hold_alone()
    assert (city.desk.alone, other.alone) == (None, None)
    other.close()
