"""The search index over customers: no table of the models, so each engine's own statements change it."""

# ruff: noqa: S608 - the statements are written here, with our own name

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from proof.tampering.bench import SEARCH, Bench, Case, Run

CHANGES = {
    "sqlite": (
        ("somebody hidden", f"DELETE FROM {SEARCH} WHERE rowid = 1"),
        ("everybody hidden", f"DELETE FROM {SEARCH}"),
        ("words that are nobody's", f"INSERT INTO {SEARCH} (words) VALUES ('houston')"),
        ("other words", f"UPDATE {SEARCH} SET words = 'houston' WHERE rowid = 1"),
        ("a word more", f"UPDATE {SEARCH} SET words = words || ' alvarez' WHERE rowid = 2"),
        ("moved to another row", f"UPDATE {SEARCH} SET rowid = 9000 WHERE rowid = 1"),
    ),
    "postgresql": (
        ("somebody hidden", f"DELETE FROM {SEARCH} WHERE search_row = 1"),
        ("everybody hidden", f"DELETE FROM {SEARCH}"),
        ("words that are nobody's", f"INSERT INTO {SEARCH} VALUES (9000, array_to_tsvector(ARRAY['houston']))"),
        ("other words", f"UPDATE {SEARCH} SET words = array_to_tsvector(ARRAY['houston']) WHERE search_row = 1"),
        ("a word more", f"UPDATE {SEARCH} SET words = words || array_to_tsvector(ARRAY['zz']) WHERE search_row = 2"),
        ("moved to another row", f"UPDATE {SEARCH} SET search_row = 9000 WHERE search_row = 1"),
    ),
}


def cases(bench: Bench) -> Iterator[Case]:
    """Hide somebody from whoever looks for them, or have them found under what is not theirs."""
    touched = (SEARCH,) if bench.engine == "postgresql" else ()
    for name, statement in CHANGES[bench.engine]:
        yield Case(f"search index: {name}", partial(_change, statement), touched)


def _change(statement: str, run: Run) -> None:
    run(statement)
