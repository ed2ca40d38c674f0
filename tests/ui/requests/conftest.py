"""The demo city with its customers and requests, made once; each test works in a copy of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from csr_desk.services import demo_people, demo_requests
from csr_desk.services.desk import open_desk
from ui.back_office import dressed, office, office_template
from ui.counter import Counter, counter, selling

__all__ = ["counter", "dressed", "office", "office_template", "selling"]


@pytest.fixture(scope="session")
def city_template(office_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office with everybody in it and what they asked for."""
    path = tmp_path_factory.mktemp("requests") / "city.db"
    shutil.copyfile(office_template, path)
    desk = open_desk(f"sqlite:///{path}")
    try:
        demo_people.settle(desk)
        demo_requests.settle(desk)
    finally:
        desk.close()
    return path


@pytest.fixture
def office_url(city_template: Path, tmp_path: Path) -> str:
    """A city of the test's own."""
    path = tmp_path / "city.db"
    shutil.copyfile(city_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def city(counter: Counter) -> Counter:
    """clerk1 at the counter."""
    counter.work_as("clerk1")
    counter.keys = 0
    return counter
