"""A live office takes no secret that everybody tries first, however long it is."""

from __future__ import annotations

import pytest

from csr_desk.domain.secret_rules import easy_to_guess

NAMES = ("clerk1", "Maria Delgado", "CSR II", "Permit and Revenue Office", "HPC")


@pytest.mark.parametrize(
    "secret",
    [
        "passwordpassword", "Password1234567!", "P@ssw0rd2026!!!!", "qwertyuiopasdfgh", "1234567890123456",
        "987654321987654321", "MariaDelgado2026!", "Houston Permit 2026", "iloveyouiloveyou", "aaaaaaaaaaaaaaaa",
        "abababababababab", "Summer2026Winter!", "correct horse battery staple", "1qaz2wsx3edc4rfv", "xyxyzxyxyzxyxyz",
        "letmeinletmein12", "................", "Welcome to Houston",
    ],
)  # fmt: skip
def test_usual_words_runs_and_names_joined_are_refused(secret: str) -> None:
    assert easy_to_guess(secret, NAMES)


@pytest.mark.parametrize(
    "secret",
    [
        "nine blue carrots sing",
        "kettle under violet roof",
        "żółta łódka na stawie",
        "vT9#kQ2!mZ7&wB4x",
        "7 ducks owe me soup",
    ],
)
def test_words_that_have_nothing_to_do_with_each_other_are_taken(secret: str) -> None:
    assert not easy_to_guess(secret, NAMES)
