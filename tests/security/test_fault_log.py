"""The log tells of a fault without what people typed, in one line that nothing typed can end."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from csr_desk.data.engine import open_store
from csr_desk.services.fault_log import FaultLines, blotted, fault_log


def logged(fault: Exception) -> str:
    try:
        raise fault
    except type(fault) as caught:
        return FaultLines().format(
            logging.LogRecord("csr_desk", logging.ERROR, "", 0, "fault A1", (), (type(caught), caught, None))
        )


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("invalid literal for int() with base 10: '4111 1111'", "invalid literal for int“…” with base #: “…”"),
        ("no account 0041-2277-9012 of “Ana”", "no account # of “…”"),
        ("⁴¹¹¹ and ４１１１", "# and #"),
        ("database is locked", "database is locked"),
        ("Key (name)=(María) is there", "Key “…”=“…” is there"),
    ],
)
def test_figures_and_quoted_words_are_blotted_out_of_a_message(said: str, kept: str) -> None:
    assert blotted(said) == kept


def test_a_fault_is_one_line_whatever_it_says() -> None:
    line = logged(RuntimeError("x\n2026-07-14 09:00:00 CRITICAL all is void\x1b[2J\u202e"))
    assert line.isprintable()
    assert "RuntimeError" in line
    assert "test_fault_log.py" in line


def test_what_caused_a_fault_is_told_with_it() -> None:
    fault = ValueError("no such person")
    fault.__cause__ = KeyError("Ana")
    line = logged(fault)
    assert "ValueError: no such person" in line
    assert " because of KeyError: “…”" in line


def test_the_log_of_a_station_takes_lines(tmp_path: Path) -> None:
    log = fault_log(tmp_path / "data")
    log.emit(logging.LogRecord("csr_desk", logging.ERROR, "", 0, "fault %s", ("A1",), None))
    log.close()
    assert (tmp_path / "data" / "csr-desk.log").read_text(encoding="utf-8").endswith("ERROR fault A1\n")


def test_an_error_of_the_database_carries_no_words_of_people(database_url: str) -> None:
    store = open_store(database_url)
    mark = "?" if store.dialect == "sqlite" else "%s"
    with store.write_engine.begin() as connection, pytest.raises(DBAPIError) as refused:
        connection.exec_driver_sql(f"INSERT INTO nowhere VALUES ({mark})", ("Ana’s words",))  # noqa: S608 - a mark
    store.close()
    assert "Ana" not in str(refused.value)
