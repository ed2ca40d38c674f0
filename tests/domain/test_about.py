"""Each subject has a name of its own, and an address is known by its hash only."""

from __future__ import annotations

from csr_desk.domain import about


def test_subjects_of_one_number_are_told_apart() -> None:
    nouns = (
        about.account, about.customer, about.project, about.permit, about.order, about.contractor, about.inspection,
        about.work_order, about.release, about.release_batch, about.company, about.verification, about.message,
    )  # fmt: skip
    assert len({noun("1") for noun in nouns}) == len(nouns)
    assert all(noun("1") == f"{noun.__name__}:1" for noun in nouns)


def test_an_address_is_named_without_its_words() -> None:
    named = about.site("4107 leeland st b")
    assert named.startswith("site:")
    assert "leeland" not in named
    assert named == about.site("4107 leeland st b") != about.site("4107 leeland st c")
