"""The file of a batch comes back from other people's spreadsheets: read as it is, or refused with what to do."""

from __future__ import annotations

import pytest

from csr_desk.domain.errors import BadInput
from csr_desk.services.service_release_acknowledging import MOST_LINES, Answer, read_answers

HEAD = "release,address,confirmation,rejected because"
LINE = "R26-000001-9,9 Peña Blvd,,Dirección distinta"
READ = (Answer("R26-000001-9", "", "Dirección distinta"),)


@pytest.mark.parametrize(
    "content",
    [
        f"{HEAD}\r\n{LINE}\r\n".encode(),
        f"\ufeff{HEAD}\n{LINE}\n".encode(),
        f"{HEAD}\r\n{LINE}\r\n".encode("cp1252"),
        f"{HEAD}\r\n{LINE}\r\n".replace(",", ";").encode("cp1252"),
        f"{HEAD}\n{LINE}\n".replace(",", "\t").encode(),
        f"sep=;\r\n{HEAD}\r\n{LINE}\r\n".replace(",", ";").encode(),
        f"\n{HEAD.upper()} \n,,,\n , ,,\n{LINE}\n".encode(),
        f"{HEAD}\r{LINE}\r".encode(),
    ],
    ids=["commas", "mark in front", "letters of Windows", "semicolons", "tabs", "sep line", "empty lines", "old Mac"],
)
def test_whatever_a_spreadsheet_makes_of_the_file_is_read(content: bytes) -> None:
    assert read_answers(content) == READ


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"R26-000001-9,CNP-1\n",
        f"{HEAD}\n{LINE}\n".encode("utf-16"),
        b"PK\x03\x04 a workbook",
        b"%PDF-1.4 a paper",
        f'{HEAD}\nR26-000001-9,"9 A ST\n'.encode(),
        f"{HEAD}\nR26-000001-9,9 A ST,C\x00NP,\n".encode(),
    ],
    ids=["empty", "blank", "no head", "UTF-16", "workbook", "paper", "open quotation mark", "nothing of a letter"],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(BadInput, match="Save it as “CSV UTF-8” and try again"):
        read_answers(content)


def test_a_file_of_more_lines_than_any_batch_is_refused() -> None:
    lines = "R26-000001-9,9 A ST,CNP-1,\n"
    assert len(read_answers(f"{HEAD}\n{lines * MOST_LINES}".encode())) == MOST_LINES
    with pytest.raises(BadInput, match="at most 20,000 lines"):
        read_answers(f"{HEAD}\n{lines * (MOST_LINES + 1)}".encode())
