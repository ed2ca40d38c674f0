"""Fixtures for both engines: each test that asks for ``database_url`` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import gc
import itertools
import os
import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from coverage import Coverage

from csr_desk.data.engine import Store, open_store
from postgres_cluster import Cluster, binaries, cluster, memory_folder

HERE = Path(__file__).parent
MEASURED = frozenset({"domain", "services", "scenarios", "examination", "cli"})
"""Folders of tests whose coverage counts."""
_COUNT = itertools.count(1)


def pytest_configure() -> None:
    """Keep the tests' databases in memory where there is room: every act syncs the disk several times."""
    place = memory_folder()
    if place:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", place)
    # a tenth of a run went into looking again and again at what a session keeps anyway
    gc.set_threshold(20_000, 20, 50)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure coverage where the rules of the house are tested: it makes whatever is measured take half as long again.

    Windows, papers and proofs run everything, and would count lines as tested that nobody looked at; the second engine
    runs the same rules again.
    """
    measured = Coverage.current()
    counts = item.path.relative_to(HERE).parts[0] in MEASURED and "postgresql" not in item.name
    if measured is None or counts:
        return (yield)
    measured.stop()
    try:
        return (yield)
    finally:
        measured.start()


@pytest.fixture(scope="session", autouse=True)
def station_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep keys, settings and databases of the tests out of the user's home."""
    home = tmp_path_factory.mktemp("home")
    before = os.environ.get("CSR_DESK_HOME")
    os.environ["CSR_DESK_HOME"] = str(home)
    os.environ.pop("CSR_DESK_KEYS", None)
    yield home
    if before is None:
        del os.environ["CSR_DESK_HOME"]
    else:
        os.environ["CSR_DESK_HOME"] = before


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """Run a private PostgreSQL for this process; skipped, loudly, where it is not installed."""
    if binaries() is None:
        message = "PostgreSQL is not installed: half of the data tests did not run (apt-get install postgresql)"
        if os.environ.get("CSR_DESK_REQUIRE_POSTGRES") == "1":
            pytest.fail(message)
        pytest.skip(message)
    with cluster() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: Cluster) -> str:
    """Make the database that every test's own one is copied from: migrated, empty."""
    postgres.execute("CREATE DATABASE csr_template")
    open_store(postgres.url("csr_template")).close()
    return "csr_template"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the file that every test's own one is copied from: migrated, empty."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    open_store(f"sqlite:///{path}", create=True).close()
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Give a migrated, empty SQLite database of the test's own."""
    path = tmp_path / "csr.db"
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres: Cluster, postgres_template: str) -> Iterator[str]:
    """Give a migrated, empty PostgreSQL database of the test's own."""
    name = f"csr_{next(_COUNT)}"
    postgres.execute(f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    yield postgres.url(name)
    postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Give a migrated, empty database, once on each engine."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(name))


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """Open the test's own database on each engine."""
    opened = open_store(database_url)
    yield opened
    opened.close()
