"""What the city signs of a permit has one form, and a code that was changed by one letter is never genuine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from csr_desk.data.permit_keys import permit_signer
from csr_desk.domain.errors import BadInput
from csr_desk.domain.permit_statement import PermitCode, PermitStatement, read_keys, write_keys
from csr_desk.services.permit_signing import check_code

SAID = PermitStatement(
    "HPC", "P26-000001-9", "Reconnection fee", "4107 Leeland St, Unit B", "2026-07-14", "2027-01-10", "K26-00001-7", ""
)
SIGNER = permit_signer(b"k" * 32, 1)
CODE = SAID.code(SIGNER.key_id, SIGNER.sign(SAID.signed))
KEYS = write_keys("HPC", {SIGNER.key_id: SIGNER.public})
DAY = date(2026, 8, 1)


def test_a_code_says_what_was_signed_and_is_genuine() -> None:
    found = check_code(CODE, KEYS, DAY)
    assert (found.genuine, found.over, found.statement) == (True, False, SAID)


def test_blanks_and_line_ends_of_a_scanner_do_not_count() -> None:
    assert check_code(f" {CODE[:40]}\n{CODE[40:]}\r\n", KEYS, DAY).genuine


def test_it_runs_out_after_its_last_day() -> None:
    assert not check_code(CODE, KEYS, date(2027, 1, 10)).over
    assert check_code(CODE, KEYS, date(2027, 1, 11)).over


@pytest.mark.parametrize("name", ["permit", "what", "site", "issued", "expires", "contractor", "project", "office"])
def test_a_changed_word_under_the_old_signature_is_not_the_citys(name: str) -> None:
    forged = replace(SAID, **{name: "2030-01-01"}).code(SIGNER.key_id, SIGNER.sign(SAID.signed))
    found = check_code(forged, KEYS, DAY)
    assert not found.genuine
    assert "not the city" in found.why


def test_every_letter_of_a_code_counts() -> None:
    for at in range(0, len(CODE), 7):
        other = "A" if CODE[at] != "A" else "B"
        try:
            assert not check_code(CODE[:at] + other + CODE[at + 1 :], KEYS, DAY).genuine
        except BadInput:
            continue


def test_another_key_of_another_office_or_generation_does_not_prove_it() -> None:
    other = permit_signer(b"k" * 32, 2)
    assert other.key_id != SIGNER.key_id
    assert not check_code(CODE, write_keys("HPC", {other.key_id: other.public}), DAY).genuine
    assert not check_code(CODE, write_keys("ARA", {SIGNER.key_id: SIGNER.public}), DAY).genuine


@pytest.mark.parametrize("text", ["", "CSRP1", "CSRP1.a.b.c", "CSRP2" + CODE[5:], CODE + ".x", "CSRP1.k.W10.AA"])
def test_what_is_no_code_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadInput):
        PermitCode.of(text)


def test_a_file_of_keys_that_was_changed_is_refused() -> None:
    assert read_keys(KEYS) == ("HPC", {SIGNER.key_id: SIGNER.public})
    for content in (
        b"",
        b"[]",
        b"{}",
        KEYS.replace(SIGNER.public[:4].encode(), b"0000"),
        KEYS.replace(b"keys 1", b"x"),
    ):
        with pytest.raises(BadInput):
            read_keys(content)
