"""A small office for the data tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from csr_desk.data.engine import Store, open_store
from data.office import seed


@pytest.fixture
def office(store: Store) -> Store:
    """Open a database with one office, register HPC-1, two people and an open day."""
    seed(store)
    return store


@pytest.fixture
def sqlite_office(sqlite_url: str) -> Iterator[Store]:
    """Open the same office on SQLite only, for what PostgreSQL does not have."""
    opened = open_store(sqlite_url)
    seed(opened)
    yield opened
    opened.close()


@pytest.fixture
def postgres_office(postgres_url: str) -> Iterator[Store]:
    """Open the same office on PostgreSQL only, for what SQLite does not have."""
    opened = open_store(postgres_url)
    seed(opened)
    yield opened
    opened.close()
