"""The paper of a permit says what was permitted and until when; its code is read by zbar and proves it."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from csr_desk.documents.permit import permit_pdf
from csr_desk.domain.permit_statement import write_keys
from csr_desk.services.permit_signing import check_code
from documents import reading
from documents.permit_samples import CODE, SAID, SIGNER, permit_paper

KEYS = write_keys("HPC", {SIGNER.key_id: SIGNER.public})


def test_the_paper_says_what_where_who_and_until_when() -> None:
    said = reading.text(permit_pdf(permit_paper()))
    for words in (
        "Permit P26-000001-9", "Reconnection fee", "4107 Leeland St, Unit B", "Valid to the end of Sun 10 Jan 2027",
        "Electrical", "$127.56", "HPC1-0000021", "Bayou Volt Electric LLC (K26-00001-7)", "1008901023800009999999",
        "Corrected: the deed says Unit B", "Project 26-118842-1", "verify-permit",
    ):  # fmt: skip
        assert words in said


@pytest.mark.parametrize(
    ("state", "mark"), [("expired", "EXPIRED"), ("void", "VOID"), ("revoked", "REVOKED"), ("finalled", "FINALLED")]
)
def test_a_permit_that_is_not_in_force_says_so_at_its_head(state: str, mark: str) -> None:
    assert mark in reading.text(permit_pdf(permit_paper(state=state)))
    assert mark not in reading.text(permit_pdf(permit_paper()))


def test_a_permit_without_a_signature_says_so_and_has_no_code() -> None:
    said = reading.text(permit_pdf(permit_paper(code="")))
    assert "This permit is not signed" in said
    assert "Ed25519" not in said


def test_one_without_a_last_day_says_what_the_catalogue_says() -> None:
    assert "Valid: event dates" in reading.text(permit_pdf(permit_paper(expires=None, validity="event dates")))
    assert "Valid without an end" in reading.text(permit_pdf(permit_paper(expires=None, validity="")))


@pytest.mark.skipif(shutil.which("zbarimg") is None, reason="zbarimg is not installed")
def test_the_code_is_read_from_the_paper_and_proves_it(tmp_path: Path) -> None:
    paper = tmp_path / "permit.pdf"
    paper.write_bytes(permit_pdf(permit_paper()))
    subprocess.run(["pdftoppm", "-r", "150", "-png", str(paper), str(tmp_path / "page")], check=True)
    page = next(tmp_path.glob("page*.png"))
    read = subprocess.run(["zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", str(page)], check=True,
                          capture_output=True, text=True)  # fmt: skip
    assert read.stdout.strip() == CODE
    found = check_code(read.stdout, KEYS, date(2026, 8, 1))
    assert (found.genuine, found.statement) == (True, SAID)
