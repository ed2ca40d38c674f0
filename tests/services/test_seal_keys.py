"""The keys of day seals: handed on by signature, encrypted, private, never beside what they seal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from csr_desk.data.seal_keys import new_key as make_key
from csr_desk.data.seal_keys import unlock
from csr_desk.domain.errors import BadInput, Conflict, Ineligible, Trouble
from csr_desk.domain.seal import SealKey
from csr_desk.services import seal_files, seals
from proof.counter import new_key
from sealing import ADMIN, PHRASE, Office, office


@pytest.fixture
def own(database_url: str, tmp_path: Path) -> Iterator[Office]:
    """Give an office on each engine with one sealed day behind it."""
    with office(database_url, tmp_path) as made:
        yield made


@pytest.fixture
def plain(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    """Give the same on SQLite only, for what does not depend on the engine."""
    with office(sqlite_url, tmp_path) as made:
        yield made


def test_a_new_key_is_signed_by_the_one_before_and_old_seals_stay_provable(own: Office) -> None:
    own.day()
    first = own.seal()
    own.next_day()
    second, _ = seal_files.new_key(own.safe / "next.pem", PHRASE, (own.safe / "officer.pem", PHRASE))
    assert second.previous == own.public.key_id
    seals.set_seal_key(own.desk, ADMIN, seals.SetSealKey(new_key(), second))
    own.day()
    with pytest.raises(Ineligible):
        own.seal()
    own.signer = unlock(own.safe / "next.pem", PHRASE)
    later = own.seal()
    assert own.judge(first, later).ok
    assert own.judge(later, public=second.to_bytes()).ok


def test_a_key_that_nobody_signed_over_to_is_taken_only_where_the_old_one_is_lost(plain: Office) -> None:
    second, _ = seal_files.new_key(plain.safe / "next.pem", PHRASE)
    with pytest.raises(Ineligible, match="has to sign its successor"):
        seals.set_seal_key(plain.desk, ADMIN, seals.SetSealKey(new_key(), second))
    seals.set_seal_key(plain.desk, ADMIN, seals.SetSealKey(new_key(), second, lost=True))
    plain.signer = unlock(plain.safe / "next.pem", PHRASE)
    plain.day()
    found = plain.judge(plain.seal())
    assert found.ok
    assert any("was said to be lost" in note for note in found.notes)


def test_forged_successors_and_the_same_key_twice_are_refused(plain: Office) -> None:
    second, _ = seal_files.new_key(plain.safe / "next.pem", PHRASE, (plain.safe / "officer.pem", PHRASE))
    for wrong, said in (
        (replace(second, previous_signature=second.signature), "not signed by the key before"),
        (replace(second, signature=second.previous_signature), "not signed by itself"),
        (replace(second, previous="0" * 16), "not signed by itself"),
    ):
        with pytest.raises(BadInput, match=said):
            seals.set_seal_key(plain.desk, ADMIN, seals.SetSealKey(new_key(), wrong))
    with pytest.raises(Conflict):
        seals.set_seal_key(plain.desk, ADMIN, seals.SetSealKey(new_key(), plain.public))
    with pytest.raises(Ineligible, match="leave out"):
        seals.set_seal_key(plain.desk, ADMIN, seals.SetSealKey(new_key(), second, lost=True))


def test_a_key_file_is_encrypted_private_and_never_replaced_or_beside_a_database(tmp_path: Path) -> None:
    path = tmp_path / "token" / "officer.pem"
    public, beside = seal_files.new_key(path, PHRASE)
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"ENCRYPTED PRIVATE KEY" in path.read_bytes()
    assert SealKey.of(beside.read_bytes()) == public
    with pytest.raises(Trouble, match="never replaced"):
        seal_files.new_key(path, PHRASE)
    with pytest.raises(BadInput, match="passphrase does not open"):
        unlock(path, "another passphrase")
    with pytest.raises(BadInput, match="at least 12"):
        make_key(tmp_path / "short.pem", "short")
    for name in ("office.sqlite", "some.key"):
        folder = tmp_path / name.replace(".", "-")
        folder.mkdir()
        (folder / name).write_bytes(b"x")
        with pytest.raises(Trouble, match="never kept beside"):
            make_key(folder / "officer.pem", PHRASE)
