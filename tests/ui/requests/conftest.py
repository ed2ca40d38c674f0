"""The demo office for this page."""

from __future__ import annotations

import pytest

from csr_desk.services import demo_people, demo_requests
from ui.back_office import dressed, office, office_template
from ui.counter import Counter, counter, office_url, selling

__all__ = ["counter", "dressed", "office", "office_template", "office_url", "selling"]


@pytest.fixture
def city(counter: Counter) -> Counter:
    """clerk1 at the counter of the demo city, with its customers and its requests."""
    counter.ask(lambda: demo_people.settle(counter.desk))
    counter.ask(lambda: demo_requests.settle(counter.desk))
    counter.work_as("clerk1")
    counter.keys = 0
    return counter
