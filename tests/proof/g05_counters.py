"""G5: several counters on one PostgreSQL: nothing lost, doubled or gapped, whatever is killed, crashed or cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from csr_desk.data import postgres
from postgres_cluster import binaries, cluster
from proof import g05_cuts, g05_races
from proof.storm import Storm, Weather
from proof.table import Row, Tier

WEATHER = {
    Tier.TASTE: Weather(sales=6, calm=2, kills=3, crashes=1, one_in=400, counters=3),
    Tier.COMMIT: Weather(sales=100, calm=15, kills=25, crashes=3, one_in=900),
    Tier.NIGHT: Weather(sales=450, calm=25, kills=100, crashes=10, one_in=900),
}

FORGETFUL = "-c synchronous_commit=off -c wal_writer_delay=10s -c wal_writer_flush_after=1GB"


def rows(tier: Tier, folder: Path) -> Iterator[Row]:
    """Prove it."""
    if binaries() is None:
        yield Row("G5", "counters in a storm", "postgresql", 0, 0, remark="PostgreSQL is not installed")
        return
    with cluster(on_disk=tier is not Tier.TASTE) as server:
        yield storm(Storm(server, "storm", _place(folder, "storm"), WEATHER[tier]))
        yield from g05_cuts.rows(tier, server, folder)
        yield from g05_races.rows(tier, server, folder)
    yield forgetful(tier, folder)


def forgetful(tier: Tier, folder: Path) -> Row:
    """Show that a server which acknowledges before it has written loses payments in a crash, and that it is noticed.

    The program refuses such a server for a live office; here it is made to take it.
    """
    weather = Weather(sales=8, calm=2, kills=0, crashes=2, one_in=0, counters=3)
    with (
        cluster(on_disk=tier is not Tier.TASTE, settings=FORGETFUL) as server,
        patch.object(postgres, "durability_faults", lambda _connection: ()),
    ):
        return storm(Storm(server, "forgetful", _place(folder, "forgetful"), weather), broken=True)


def _place(folder: Path, name: str) -> Path:
    place = folder / name
    place.mkdir()
    return place


def storm(one: Storm, *, broken: bool = False) -> Row:
    """Run a storm and judge it."""
    log = one.run()
    lost, doubled, altered, first = one.judge()
    calm = sorted(log.calm_seconds)
    p99 = calm[int(len(calm) * 0.99)] * 1000 if calm else 0.0
    said = f"{log.kills} kills, {log.crashes} crashes, {log.cuts} cuts; calm p99 {p99:.0f} ms; {dict(log.outcomes)}"
    return Row(
        "G5",
        "server acknowledges before writing" if broken else f"{one.weather.counters} counters in a storm",
        "postgresql",
        len(log.carts),
        log.kills + log.crashes + log.cuts,
        lost=lost,
        doubled=doubled,
        altered=altered,
        remark=f"{said} {first}"[:220].strip(),
        broken_on_purpose=broken,
    )
