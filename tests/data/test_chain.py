"""The canon is fixed for ever: committed vectors, every column accounted for, no two entries with the same bytes."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.data.ledger_writer import entry_rows, seal
from csr_desk.data.models import LEDGER
from csr_desk.domain import chain
from csr_desk.domain.errors import BadInput
from data.office import AT, sale

VECTORS = json.loads((Path(__file__).parent / "chain_vectors.json").read_text(encoding="utf-8"))


VERSIONS: dict[int, dict[str, Any]] = {1: VECTORS} | {int(name): part for name, part in VECTORS["later"].items()}
"""Layout and entries of each version of the chain; those of a version are never changed."""

ENTRIES = [
    pytest.param(version, vector, id=f"{version}: {vector['name']}")
    for version, part in VERSIONS.items()
    for vector in part["entries"]
]


def independent_canon(rows: dict[str, list[dict[str, Any]]], version: int) -> bytes:
    """Write the canon again from its description alone, without the program's code."""
    written = b""
    for table, columns in VERSIONS[version]["layout"].items():
        for row in rows.get(table, []):
            numbers, texts = b"", []
            for column, letter in zip(columns["columns"], columns["letters"], strict=True):
                value = row[column]
                if letter in "Ii":
                    numbers += (-(1 << 63) if value is None else value).to_bytes(8, "big", signed=True)
                elif isinstance(value, dict):
                    texts.append(bytes.fromhex(value["hex"]))
                else:
                    texts.append(b"\xff" if value is None else value.encode())
            written += columns["tag"].encode() + len(columns["letters"]).to_bytes(2, "big")
            written += columns["letters"].encode() + numbers
            written += b"".join(len(text).to_bytes(4, "big") for text in texts) + b"".join(texts)
    return written


@pytest.mark.parametrize(("version", "vector"), ENTRIES)
def test_the_committed_vectors_still_give_their_seals(version: int, vector: dict[str, Any]) -> None:
    rows = {
        table: [
            {name: bytes.fromhex(value["hex"]) if isinstance(value, dict) else value for name, value in row.items()}
            for row in records
        ]
        for table, records in vector["rows"].items()
    }
    canonical = chain.canon(rows, version=version)
    key, prev_mac = bytes.fromhex(vector["key"]), bytes.fromhex(vector["prev_mac"])
    assert canonical.hex() == vector["canon"]
    assert chain.mac(key, prev_mac, canonical).hex() == vector["mac"]


@pytest.mark.parametrize(("version", "vector"), ENTRIES)
def test_somebody_else_s_code_gives_the_same_seals(version: int, vector: dict[str, Any]) -> None:
    canonical = independent_canon(vector["rows"], version)
    message = bytes.fromhex(vector["prev_mac"]) + canonical
    assert canonical.hex() == vector["canon"]
    assert hmac.new(bytes.fromhex(vector["key"]), message, hashlib.sha256).hexdigest() == vector["mac"]


def test_every_version_of_the_chain_has_its_vectors() -> None:
    assert set(VERSIONS) == set(chain.LAYOUTS)
    for version, part in VERSIONS.items():
        layouts = {
            table: {"tag": layout.tag, "letters": layout.letters, "columns": list(layout.columns)}
            for table, layout in chain.LAYOUTS[version].items()
        }
        assert part["layout"] == layouts
        assert {row["chain_version"] for vector in part["entries"] for row in vector["rows"]["ledger_event"]} == {
            version
        }


def test_what_a_later_version_adds_changes_the_seal() -> None:
    vector = next(one for one in VERSIONS[2]["entries"] if one["name"].startswith("check"))
    for column in ("account_hash", "check_date"):
        without = {**vector["rows"], "ledger_tender": [{**vector["rows"]["ledger_tender"][0], column: None}]}
        assert independent_canon(without, 2).hex() != vector["canon"]


def test_a_series_begins_where_its_office_register_and_installation_say() -> None:
    start = VECTORS["genesis"]
    assert chain.genesis(start["office"], start["series"], start["install_uuid"]).hex() == start["bytes"]
    assert chain.genesis("A", "BC", "D") != chain.genesis("AB", "C", "D")


def test_every_column_of_the_ledger_is_in_the_canon_or_is_left_out_for_a_reason() -> None:
    layouts = chain.LAYOUTS[chain.CHAIN_VERSION]
    assert list(layouts) == [table.name for table in LEDGER]
    for table in LEDGER:
        chained = set(layouts[table.name].columns)
        for column in table.columns:
            left_out = chain.NOT_CHAINED.get(f"{table.name}.{column.name}")
            assert (column.name in chained) != bool(left_out), f"{table.name}.{column.name}"
        assert chained <= {column.name for column in table.columns}


def test_the_letters_of_the_canon_are_those_of_the_columns() -> None:
    for table in LEDGER:
        layout = chain.LAYOUTS[chain.CHAIN_VERSION][table.name]
        for name, letter in zip(layout.columns, layout.letters, strict=True):
            column = table.columns[name]
            kind = {str: "T", int: "I", bytes: "B"}[column.type.python_type]
            assert letter == (kind.lower() if column.nullable else kind), f"{table.name}.{name}"


def test_each_chained_column_changes_the_seal() -> None:
    rows = entry_rows(sale("a"), 1, 1, AT, "USD")
    before = seal(b"k" * 32, b"p" * 32, rows)
    for table, layout in chain.LAYOUTS[chain.CHAIN_VERSION].items():
        for column in layout.columns:
            row = rows[table][0]
            kept = row[column]
            letter = layout.letters[layout.columns.index(column)].upper()
            row[column] = {"B": b"other", "T": "8", "I": 8}[letter]
            assert seal(b"k" * 32, b"p" * 32, rows) != before, f"{table}.{column}"
            row[column] = kept
    assert seal(b"k" * 32, b"p" * 32, rows) == before
    assert seal(b"j" * 32, b"p" * 32, rows) != before
    assert seal(b"k" * 32, b"q" * 32, rows) != before


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=4)
ROWS = st.tuples(st.integers(-3, 3), TEXT, TEXT)


@given(ROWS, ROWS)
def test_two_rows_have_the_same_bytes_only_if_they_are_the_same(
    one: tuple[int, str, str], other: tuple[int, str, str]
) -> None:
    layout = chain.RowLayout("TEST", ("n",), ("a", "b"), "ITT")

    def written(row: tuple[int, str, str]) -> bytes:
        return layout.of(dict(zip(("n", "a", "b"), row, strict=True)))

    assert (written(one) == written(other)) == (one == other)


def test_an_empty_text_is_not_the_same_as_no_text() -> None:
    layout = chain.RowLayout("TEST", ("n",), ("a",), "it")
    assert layout.of({"n": 1, "a": ""}) != layout.of({"n": 1, "a": None})
    assert layout.of({"n": 0, "a": ""}) != layout.of({"n": None, "a": ""})


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_a_text_that_not_both_databases_can_keep_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        chain.as_bytes(text)


@pytest.mark.parametrize("number", [2**63, -(2**63), 1.5, "1"])
def test_a_number_that_64_bits_do_not_hold_is_refused(number: Any) -> None:
    with pytest.raises(BadInput):
        chain.as_number(number)


@pytest.mark.parametrize("value", [1.5, {"a": [0.1]}, {1: "a"}, {"a": b"x"}])
def test_facts_hold_no_floats_and_nothing_that_json_lacks(value: object) -> None:
    with pytest.raises(TypeError):
        chain.canonical_json(value)


def test_facts_are_written_in_one_way_only() -> None:
    assert chain.canonical_json({"b": [1, None], "a": "é"}) == '{"a":"é","b":[1,null]}'


def test_the_fingerprint_of_a_command_tells_nothing_without_the_key() -> None:
    command = "clerk1|Void(reason='Rosa Villarreal asked')"
    key, other = bytes([1] * 32), bytes([2] * 32)
    fingerprint = chain.content_hash(key, command)
    assert fingerprint == chain.content_hash(key, command)
    assert fingerprint not in {chain.content_hash(other, command), chain.content_hash(key, f"{command} ")}
    assert fingerprint != hashlib.sha256(command.encode()).hexdigest()
