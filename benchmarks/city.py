"""A city of a million customers, each with an account, made once for each engine."""

from __future__ import annotations

import itertools
import os
import random
import sys
import time
from collections.abc import Iterator

from csr_desk.data.engine import Store, open_store
from csr_desk.data.queries import accounts, customer_search
from csr_desk.data.unit_of_work import write
from csr_desk.domain.contacts import usual_words
from csr_desk.domain.customer_words import index_words, kept_words
from csr_desk.services.setup import DEMO_OFFICE, make_demo_office

CUSTOMERS = int(os.environ.get("CSR_DESK_BENCH_CUSTOMERS", "1000000"))
"""Fewer only to try the benchmark out; the bars are for a million."""

FIRST = [
    "María",
    "José",
    "James",
    "Robert",
    "Mary",
    "John",
    "Linda",
    "William",
    "David",
    "Richard",
    "Susan",
    "Joseph",
    "Thomas",
    "Lan",
    "Priya",
    "Chidi",
    "Angela",
    "Samuel",
    "Helen",
    "Denise",
    "Brian",
    "Carlos",
    "Juan",
    "Luis",
    "Ana",
    "Rosa",
    "Miguel",
    "Kevin",
    "Laura",
    "Nancy",
    "George",
    "Paul",
    "Mark",
]
LAST = [
    "Álvarez",
    "García",
    "Smith",
    "Johnson",
    "Nguyen",
    "Martínez",
    "Williams",
    "Brown",
    "Jones",
    "Davis",
    "López",
    "González",
    "Wilson",
    "Anderson",
    "Thomas",
    "Taylor",
    "Moore",
    "Jackson",
    "Martin",
    "Lee",
]
STREETS = ["Leeland", "Main", "Washington", "Westheimer", "Kirby", "Polk", "Dallas", "Bagby", "Fannin", "Travis"]
CHUNK = 20_000


def _made_up(chance: random.Random, parts: int) -> str:
    syllables = (chance.choice("bcdfglmnprstv") + chance.choice("aeiou") for _ in range(parts))
    return "".join(syllables).capitalize()


def people(seed: int = 1) -> Iterator[tuple[str, str, str, str, str]]:
    """Give name, address, telephone, e-mail and account of one after the other: a third have one of twenty names."""
    chance = random.Random(seed)
    rare = [_made_up(chance, chance.randint(2, 4)) for _ in range(20_000)]
    streets = STREETS + [_made_up(chance, 3) for _ in range(5_000)]
    for n in itertools.count(1):
        first, last = chance.choice(FIRST), chance.choice(LAST if chance.random() < 1 / 3 else rare)
        house, unit = chance.randint(1, 9999), chance.choice("ABCDEF")
        address = f"{house} {chance.choice(streets)} St Unit {unit}, Houston, TX 770{chance.randint(10, 99)}"
        phone = f"(713) {chance.randint(200, 999)}-{chance.randint(0, 9999):04d}"
        account = f"{n // 10_000:04d}-{n % 10_000:04d}-{n % 7}"
        yield f"{last}, {first}", address, phone, f"{first}.{last}{n % 100}@example.org", account


def fill(url: str) -> None:
    """Make the demo city with its customers; the search index is filled as the program fills it."""
    make_demo_office(url)
    store = open_store(url)
    print(f"writing {CUSTOMERS:,} customers ({store.dialect}) …", file=sys.stderr, flush=True)
    began = time.perf_counter()
    usual = usual_words("\n".join(DEMO_OFFICE.address))
    made = itertools.islice(enumerate(people(), 1), CUSTOMERS)
    while chunk := list(itertools.islice(made, CHUNK)):
        _write(store, chunk, usual)
    if store.dialect == "postgresql":
        with store.write_engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in ("customer", "account", "bill", "customer_search"):
                connection.exec_driver_sql(f"VACUUM ANALYZE {table}")
    store.close()
    print(f"  {time.perf_counter() - began:.0f} s", file=sys.stderr, flush=True)


def _write(store: Store, chunk: list[tuple[int, tuple[str, str, str, str, str]]], usual: frozenset[str]) -> None:
    with write(store) as work:
        for n, (name, address, phone, email, account) in chunk:
            accounts.insert_customer(
                work.conn,
                {
                    "customer_id": f"C-{n:07d}", "name": name, "kind": "person", "language": "en", "address": address,
                    "phone": phone, "email": email, "since": "2019-01-01", "search_row": n,
                },
            )  # fmt: skip
            row = {"account_no": account, "customer_id": f"C-{n:07d}", "service": "Water", "site": address}
            accounts.insert_account(work.conn, row)
        customer_search.file(
            work.conn,
            [
                (
                    n,
                    index_words(
                        (name, kept_words(address, usual), kept_words(email, usual)), (phone,), (f"C-{n:07d}", account)
                    ),
                )
                for n, (name, address, phone, email, account) in chunk
            ],
        )
