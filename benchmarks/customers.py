"""A key in the search for a customer to the rows of the list, among a million, against the engine's own bare query."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from benchmarks import city, counter
from benchmarks.measure import Measured
from csr_desk.domain.customer_words import terms_of
from csr_desk.services.customers import find_customers
from csr_desk.services.desk import Desk, open_desk

BAR = 3.0
PROMISED = 0.05
"""Seconds from a key to its rows, for 95 keys of a hundred."""
QUESTIONS = (
    "alvarez leeland", "maria garcia", "4107 leeland b", "(713) 555-0142", "0142", "smith john 77023", "nguyen lan",
    "0041-2277-1", "leeland houston maria", "martinez j", "m.alvarez", "polk st 12", "h m", "ma l", "7135",
)  # fmt: skip
TIMES = 3
BARE = {
    "sqlite": (
        "SELECT customer.* FROM customer_search JOIN customer ON customer.search_row = customer_search.rowid "
        "WHERE customer_search MATCH ? LIMIT 20"
    ),
    "postgresql": (
        "SELECT customer.* FROM customer_search JOIN customer USING (search_row) "
        "WHERE customer_search.words @@ %s::tsquery LIMIT 20"
    ),
}


def run() -> Measured:
    """Type the questions key by key at each engine; the slower engine is the one that is claimed."""
    folder = Path(os.environ["CSR_DESK_HOME"]).parent
    path = folder / "city.db"
    results = [_measured(counter.url(path), "SQLite")]
    path.unlink()
    if address := os.environ.get("CSR_DESK_BENCH_POSTGRES"):
        results.append(_measured(address, "PostgreSQL"))
    worst = max(results, key=lambda one: one.ratio)
    notes = [f"{one.against} {one.ratio:.2f} ({one.note})" for one in results]
    return Measured(worst.what, worst.against, BAR, worst.ours, worst.base, worst.rounds, "; ".join(notes))


def _measured(url: str, engine: str) -> Measured:
    city.fill(url)
    desk = open_desk(url)
    keys = [text[:end] for text in QUESTIONS for end in range(1, len(text) + 1) if terms_of(text[:end])]
    for text in keys[::5]:
        find_customers(desk, counter.CLERK, text)
        _bare(desk, text)
    ours, base = _by_turns(desk, keys)
    desk.close()
    late = sum(1 for one in ours if one > PROMISED)
    slowest = max(zip(ours, keys * TIMES, strict=True))
    note = (
        f"p95 {_p95(ours) * 1000:.1f} ms of promised {PROMISED * 1000:.0f}, bare p95 {_p95(base) * 1000:.1f}; "
        f"median {statistics.median(ours) * 1000:.1f} and {statistics.median(base) * 1000:.1f}; "
        f"{late} of {len(ours)} keys late, the slowest “{slowest[1]}” {slowest[0] * 1000:.0f} ms"
    )
    what = f"a key in the search for a customer to its rows ({city.CUSTOMERS:,} customers), p95"
    return Measured(what, f"{engine}’s own query", BAR, _p95(ours), _p95(base), len(ours), note)


def _by_turns(desk: Desk, keys: Sequence[str]) -> tuple[list[float], list[float]]:
    ours, base = [], []
    for _ in range(TIMES):
        gc.collect()
        gc.disable()
        for text in keys:
            began = time.perf_counter()
            find_customers(desk, counter.CLERK, text)
            between = time.perf_counter()
            _bare(desk, text)
            ours.append(between - began)
            base.append(time.perf_counter() - between)
        gc.enable()
    return ours, base


def _bare(desk: Desk, text: str) -> None:
    """Ask the engine itself: every term begins a word, the first twenty customers whole, nothing else."""
    with desk.store.engine.connect() as connection:
        _ask(connection, terms_of(text))


def _ask(connection: Connection, terms: Sequence[str]) -> None:
    sqlite = connection.dialect.name == "sqlite"
    parts = [f'"{term}" *' if sqlite else f"'{term}':*" for term in terms]
    question = (" AND " if sqlite else " & ").join(parts)
    connection.exec_driver_sql(BARE[connection.dialect.name], (question,)).all()


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]
