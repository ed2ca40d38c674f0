"""Which offices are dressed as what, in words and in colour."""

from __future__ import annotations

from dataclasses import replace

import pytest

from csr_desk.domain.receipt import Office
from csr_desk.ui import practice

LIVE = Office("HPC", "Permit Office", (), "", "America/Chicago", training=False, demonstration=False)


@pytest.mark.parametrize(
    ("office", "look", "title"),
    [
        (LIVE, practice.LIVE, "CSR Desk"),
        (replace(LIVE, training=True, demonstration=True), practice.DEMONSTRATION,
         "DEMONSTRATION – no real money · CSR Desk"),
        (replace(LIVE, demonstration=True), practice.DEMONSTRATION, "DEMONSTRATION – no real money · CSR Desk"),
        (replace(LIVE, training=True), practice.TRAINING, "TRAINING – no real money · CSR Desk"),
        (replace(LIVE, office_id="TRAINHPC", training=True, demonstration=True), practice.TRAINING,
         "TRAINING – no real money · CSR Desk"),
        # a live office that happens to be called so takes real money
        (replace(LIVE, office_id="TRAIN"), practice.LIVE, "CSR Desk"),
    ],
)  # fmt: skip
def test_an_office_without_real_money_says_so_in_its_title(office: Office, look: str, title: str) -> None:
    assert practice.look_of(office) == look
    assert practice.title_of(office) == title
