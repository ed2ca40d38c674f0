"""The demo city for tests of services, scenarios and the command line, on each engine; made once, copied per test."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from csr_desk.domain.cart import CartLine
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import drawers, people_changes, sell, setup, staff
from csr_desk.services.clock import TrainingClock
from csr_desk.services.desk import Desk, open_desk
from postgres_cluster import Cluster

FLOAT = {2000: 10}
"""200.00, the authorized float."""

_COUNT = itertools.count(1)
_MADE: set[Path] = set()
"""The servers that have the template already."""


@dataclass
class City:
    """An open demo city with short words for what tests do all the time."""

    desk: Desk
    url: str
    _keys: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def key(self) -> str:
        """Return a fresh idempotency key."""
        return f"key-{next(self._keys)}"

    def who(self, user: str) -> Actor:
        """Return a person."""
        return staff.person(self.desk, user)

    def at(self, text: str) -> None:
        """Put the training clock to a local time."""
        assert isinstance(self.desk.clock, TrainingClock)
        self.desk.clock.set(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/Chicago")))

    def without_supervisors(self) -> None:
        """Retire whoever could sign, as in an office of one person."""
        for user in ("supervisor1", "supervisor2"):
            people_changes.deactivate(self.desk, self.who("admin1"), user)

    def open(self, user: str = "clerk1", drawer: str = "HPC-1") -> str:
        """Open a drawer with the right float; return the batch."""
        command = drawers.OpenDrawer(self.key(), drawer, FLOAT)
        return drawers.open_drawer(self.desk, self.who(user), command).value.batch.batch_id

    def sell(self, *tenders: Tender, user: str = "clerk1", item: str = "ALM-RES", **more: str) -> Receipt:
        """Sell one thing (a residential alarm permit, 50.00) for tenders, cash without any."""
        command = sell.CompleteSale(
            self.key(),
            None,
            (CartLine(item),),
            tenders or (Tender(TenderKind.CASH),),
            customer=more.get("customer", ""),
            memo=more.get("memo", ""),
            demo_inputs=True,
        )
        return sell.complete_sale(self.desk, self.who(user), command).value

    def yes(self, act: Act, subject: str, amount: int, by: str = "supervisor1") -> Approval:
        """Return a supervisor's approval."""
        return staff.approval_by(self.desk, self.who(by), act, subject, amount)


@pytest.fixture(scope="session")
def demo_sqlite(tmp_path_factory: pytest.TempPathFactory, station_home: Path) -> Path:
    """Make the demo city once on SQLite."""
    path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    setup.make_demo_office(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def demo_postgres(postgres: Cluster, station_home: Path) -> str:
    """Make the demo city once on PostgreSQL; each folder of tests asks for it, the first one makes it."""
    if postgres.folder not in _MADE:
        postgres.execute("CREATE DATABASE demo_template")
        setup.make_demo_office(postgres.url("demo_template"))
        _MADE.add(postgres.folder)
    return "demo_template"


@pytest.fixture(params=["sqlite", "postgresql"])
def demo_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give a demo city of the test's own, once on each engine."""
    if request.param == "sqlite":
        path = tmp_path / "demo.sqlite"
        shutil.copyfile(request.getfixturevalue("demo_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    server: Cluster = request.getfixturevalue("postgres")
    name = f"demo_{next(_COUNT)}"
    server.execute(f"CREATE DATABASE {name} TEMPLATE {request.getfixturevalue('demo_postgres')}")
    yield server.url(name)
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def city(demo_url: str) -> Iterator[City]:
    """Open a demo city on each engine, on the morning of its day."""
    desk = open_desk(demo_url)
    yield City(desk, demo_url)
    desk.close()


@pytest.fixture
def sqlite_city(demo_sqlite: Path, tmp_path: Path) -> Iterator[City]:
    """Open a demo city on SQLite only, for what does not depend on the engine."""
    path = tmp_path / "demo.sqlite"
    shutil.copyfile(demo_sqlite, path)
    desk = open_desk(f"sqlite:///{path}")
    yield City(desk, f"sqlite:///{path}")
    desk.close()
