"""A small office for the data tests."""

from __future__ import annotations

import pytest

from csr_desk.data.engine import Store
from data.office import seed


@pytest.fixture
def office(store: Store) -> Store:
    """Open a database with one office, register HPC-1, two people and an open day."""
    seed(store)
    return store
