"""Day seals on each engine: what they hold the ledger to, whose key they trust, what of them cannot be passed off."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from csr_desk.data import seal_check
from csr_desk.data.seal_keys import new_key as make_key
from csr_desk.data.seal_keys import unlock
from csr_desk.domain.errors import BadInput, Ineligible, NotFound, NotPermitted, Trouble
from csr_desk.domain.seal import Seal, SealStatement
from csr_desk.domain.witness import SealState
from csr_desk.services import seal_files, seals, virtual_tape
from csr_desk.services.verdicts import SealFile
from csr_desk.services.verification import verify_desk
from proof.counter import CASHIER, SUPERVISOR, new_key
from sealing import ACCOUNTANT, ADMIN, PHRASE, Office, cut, office


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


def test_a_sealed_day_is_good_and_stays_good_while_the_ledger_grows(own: Office) -> None:
    own.day()
    first = own.seal()
    assert own.judge(first).ok
    own.next_day()
    own.day(5)
    assert own.judge(first).ok
    second = own.seal()
    found = own.judge(first, second)
    assert found.ok
    assert second.statement.previous == first.statement.sha256
    assert [one.seq for one in second.statement.series] == [one.seq for one in found.heads[:1]] + [
        found.heads[1].seq - 1
    ]
    assert verify_desk(own.desk).ok


def test_the_seal_needs_neither_the_chain_key_nor_the_ledger_to_be_trusted(own: Office, tmp_path: Path) -> None:
    own.day()
    seal = own.seal()
    found = own.judge(seal, key_folder=tmp_path / "no keys", public=own.public.to_bytes())
    assert found.ok
    assert any("The chain key is not here" in note for note in found.notes)
    assert any("the key that was given" in note for note in found.notes)
    with pytest.raises(Trouble, match="key of this office is missing"):
        own.judge(key_folder=tmp_path / "no keys")


@pytest.mark.parametrize("chain_key", [True, False], ids=["with chain key", "without"])
def test_a_tail_that_was_cut_off_neatly_is_named_with_its_receipts(
    own: Office, tmp_path: Path, *, chain_key: bool
) -> None:
    own.day()
    seal = own.seal()
    own.tamper(*cut("HPC-1", 4))
    found = own.judge(seal, key_folder=own.keys if chain_key else tmp_path)
    assert found.fault is not None
    assert "HPC-1 is shorter than the seal of 2026-07-14 says: 6 entries are missing" in found.fault.what
    assert "receipt HPC1-0000004, 50.00 of takings" in found.fault.what
    told = "\n".join(found.fault.lines())
    assert "entry 10" in told
    assert "entry 4" in told
    assert "Restore the newest backup" in told


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE ledger_event SET mac = prev_mac, prev_mac = mac WHERE series_id = 'HPC-1' AND seq = 10", "entry 10"),
        ("UPDATE ledger_tender SET amount_minor = 4000 WHERE series_id = 'HPC-1' AND seq = 2", "does not add up"),
        ("UPDATE ledger_event SET kind = 'count', receipt_no = NULL WHERE series_id = 'HPC-1' AND seq = 2", "add up"),
        ("DELETE FROM ledger_event WHERE series_id = 'HPC-1' AND seq = 6", "entry 7 does not follow"),
        ("UPDATE ledger_event SET prev_mac = mac WHERE series_id = 'HPC' AND seq = 1", "entry 1 does not follow"),
        ("UPDATE office SET install_uuid = 'another'", "another installation"),
        ("DELETE FROM ledger_event WHERE kind = 'day_sealed'", "no entry of the seal"),
    ],
)
def test_without_the_chain_key_heads_sums_and_links_still_tell(
    own: Office, tmp_path: Path, statement: str, said: str
) -> None:
    own.day()
    seal = own.seal()
    own.tamper(statement)
    found = own.judge(seal, key_folder=tmp_path, public=own.public.to_bytes())
    assert found.fault is not None
    assert said in found.fault.what


def test_what_the_day_brought_is_held_to_the_seal(own: Office, tmp_path: Path) -> None:
    own.day()
    seal = own.seal()
    with own.desk.read() as work:
        facts = work.conn.exec_driver_sql("SELECT facts FROM ledger_event WHERE kind = 'day_closed'").scalar_one()
    changed = json.dumps({**json.loads(facts), "total": 9999}, sort_keys=True, separators=(",", ":"))
    own.tamper(f"UPDATE ledger_event SET facts = '{changed}' WHERE kind = 'day_closed'")  # noqa: S608
    found = own.judge(seal, key_folder=tmp_path)
    assert found.fault is not None
    assert "does not say what its seal says" in found.fault.what
    assert "total 99.99" in found.fault.found


def test_the_seals_in_the_ledger_are_checked_without_any_file(own: Office) -> None:
    own.day()
    own.seal()
    own.next_day()
    own.day()
    own.seal()
    assert own.judge().ok
    own.tamper("DELETE FROM ledger_event WHERE kind = 'day_sealed' AND business_date = '2026-07-14'")
    found = own.judge()
    assert found.fault is not None


def test_a_seal_that_is_left_out_shows_in_the_one_after_it(plain: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        if number:
            plain.next_day()
        plain.day()
        plain.seal()
    every = seal_check.recorded_seals
    monkeypatch.setattr(
        seal_check, "recorded_seals", lambda conn: (one for at, one in enumerate(every(conn)) if at != 1)
    )
    with plain.desk.read() as work:
        count, fault = seal_check.ledger_fault(work.conn)
    assert count == 1
    assert fault is not None
    assert "the seal of 2026-07-16 does not follow the one before it" in fault.what


def test_a_ledger_that_does_not_verify_is_not_signed(own: Office) -> None:
    own.day()
    own.tamper("UPDATE ledger_line SET amount_minor = amount_minor - 100 WHERE series_id = 'HPC-1' AND seq = 2")
    with pytest.raises(
        Trouble, match=r"nothing was signed: Register HPC-1, entry 2|nothing was signed: register HPC-1"
    ):
        own.seal()
    with own.desk.read() as work:
        assert not work.conn.exec_driver_sql("SELECT seq FROM ledger_event WHERE kind = 'day_sealed'").all()


def test_a_day_is_sealed_once_and_comes_again_byte_for_byte(own: Office, tmp_path: Path) -> None:
    own.day()
    first = own.seal()
    entries = verify_desk(own.desk).checked
    again = seals.seal_day(own.desk, ACCOUNTANT, seals.new_command(own.counter.day), own.signer)
    assert (again.value.to_bytes(), again.replayed) == (first.to_bytes(), True)
    assert verify_desk(own.desk).checked == entries
    path = seal_files.write_seal(tmp_path / "out", first)
    assert path.name == "seal-HPC-2026-07-14.json"
    assert seal_files.write_seal(tmp_path / "out", first) == path
    path.write_bytes(b"another")
    with pytest.raises(Trouble, match="holds another seal"):
        seal_files.write_seal(tmp_path / "out", first)


def test_an_open_day_and_a_day_without_business_are_not_sealed(plain: Office) -> None:
    with pytest.raises(NotFound):
        plain.seal()
    plain.counter.open()
    with pytest.raises(Ineligible, match="still open"):
        plain.seal()


def test_only_the_officer_seals_and_only_an_administrator_sets_the_key(plain: Office) -> None:
    plain.day()
    for who in (ADMIN, SUPERVISOR, CASHIER):
        with pytest.raises(NotPermitted):
            seals.seal_day(plain.desk, who, seals.new_command(plain.counter.day), plain.signer)
    with pytest.raises(NotPermitted):
        seals.set_seal_key(plain.desk, ACCOUNTANT, seals.SetSealKey(new_key(), plain.public))


def test_a_key_that_is_not_in_force_seals_nothing(plain: Office) -> None:
    plain.day()
    make_key(plain.safe / "other.pem", PHRASE)
    other = unlock(plain.safe / "other.pem", PHRASE)
    with pytest.raises(Ineligible, match="not the one in force"):
        seals.seal_day(plain.desk, ACCOUNTANT, seals.new_command(plain.counter.day), other)


def test_a_signer_that_signs_something_else_is_found_out_before_anything_is_recorded(plain: Office) -> None:
    class Absent:
        key_id = plain.signer.key_id

        def sign(self, message: bytes) -> str:
            return plain.signer.sign(message + b" ")

    plain.day()
    with pytest.raises(Trouble, match="Nothing was recorded"):
        seals.seal_day(plain.desk, ACCOUNTANT, seals.new_command(plain.counter.day), Absent())
    assert seals.recorded_seal(plain.desk, plain.counter.day) is None


def test_days_that_wait_for_their_seal_are_listed_and_the_office_goes_on(plain: Office) -> None:
    assert seals.seal_book(plain.desk, ACCOUNTANT).state is SealState.SEALED
    plain.day()
    first = plain.counter.day
    plain.next_day()
    plain.day()
    book = seals.seal_book(plain.desk, ACCOUNTANT)
    assert (book.state, book.waiting) == (SealState.WAITING, (first, plain.counter.day))
    plain.seal()
    late = seals.seal_day(plain.desk, ACCOUNTANT, seals.new_command(first), plain.signer).value
    assert late.statement.business_date == first
    assert plain.judge(late).ok
    assert seals.seal_book(plain.desk, ACCOUNTANT).waiting == ()


# ---- files that somebody changed


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Name every value of a JSON document."""
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from leaves(value, (*path, key))
    else:
        yield path


def changed(value: object) -> object:
    """Return another value of the same kind and length."""
    if isinstance(value, int):
        return value + 1
    text = str(value)
    return ("0" if text[-1:] != "0" else "1").join([text[:-1], ""]) if text else "00"


def test_no_field_of_a_seal_file_can_be_changed(own: Office) -> None:
    own.day()
    data = json.loads(own.seal().to_bytes())
    for path in leaves(data):
        other = json.loads(json.dumps(data))
        place = other
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = changed(place[path[-1]])
        content = (json.dumps(other, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()
        found = own.judge(SealFile("some.json", content))
        assert found.fault is not None, path


def test_no_byte_of_a_seal_file_can_be_changed(plain: Office) -> None:
    plain.day()
    seal = plain.seal()
    good = seal.to_bytes()
    fine = 0
    for at in range(len(good)):
        for bit in (0x01, 0x20):
            content = good[:at] + bytes([good[at] ^ bit]) + good[at + 1 :]
            fine += passes(plain, content)
    assert fine == 0
    assert not passes(plain, good + b"\n")
    assert not passes(plain, good[:-1])
    assert passes(plain, good)


def passes(own: Office, content: bytes) -> bool:
    """Whether a file is read as a seal and its signature holds."""
    from csr_desk.data.seal_keys import signed_by  # noqa: PLC0415 - beside its one use

    try:
        seal = Seal.of(content)
    except BadInput:
        return False
    return signed_by(own.public.public, seal.statement.signed, seal.signature)


def test_another_key_another_office_and_an_older_seal_are_told_apart(
    own: Office, sqlite_template: Path, tmp_path: Path
) -> None:
    own.day()
    first = own.seal()
    own.next_day()
    own.day()
    second = own.seal()
    make_key(own.safe / "other.pem", PHRASE)
    other = unlock(own.safe / "other.pem", PHRASE)
    forged = Seal(first.statement, other.sign(first.statement.signed))
    fault = own.judge(forged).fault
    assert fault is not None
    assert "not signed by the key" in fault.what
    named = replace(first.statement, key_id=other.key_id)
    fault = own.judge(Seal(named, other.sign(named.signed))).fault
    assert fault is not None
    assert "is not in this ledger" in fault.what
    replay = SealFile(second.statement.file_name, first.to_bytes())
    fault = own.judge(replay).fault
    assert fault is not None
    assert "holds the seal of another day" in fault.what
    (tmp_path / "copy.db").write_bytes(sqlite_template.read_bytes())
    with office(f"sqlite:///{tmp_path}/copy.db", tmp_path / "elsewhere") as elsewhere:
        elsewhere.day()
        theirs = elsewhere.seal()
    fault = own.judge(theirs, public=elsewhere.public.to_bytes()).fault
    assert fault is not None
    assert "of another office or of another installation" in fault.what


def test_a_ledger_rewritten_with_the_chain_key_is_betrayed_by_its_seal(plain: Office) -> None:
    """Whoever holds the chain key makes the chain agree with anything; the officer's signature they cannot make."""
    from csr_desk.data.ledger_writer import seal as mac_of  # noqa: PLC0415 - what only the attacker uses
    from data.rewriting import rewrite  # noqa: PLC0415

    plain.day()
    seal = plain.seal()
    rewrite(plain.desk.store, "HPC-1", mac_of)
    own_fault = verify_desk(plain.desk).first_fault or ""
    assert "is not the one on which 2026-07-14 was closed" in own_fault, "each seal of the chain itself agrees"
    found = plain.judge(seal)
    assert found.fault is not None
    assert "is another than the one that the seal of 2026-07-14 knows" in found.fault.what


# ---- keys


def test_seals_and_keys_stand_on_the_tape_in_words(plain: Office) -> None:
    plain.day()
    plain.seal()
    second, _ = seal_files.new_key(plain.safe / "next.pem", PHRASE)
    seals.set_seal_key(plain.desk, ADMIN, seals.SetSealKey(new_key(), second, lost=True))
    day = plain.counter.day
    rows = virtual_tape.journal_data(plain.desk, SUPERVISOR, day, day)["rows"]
    told = {row["details"] for row in rows if row["kind"] in {"day_sealed", "seal_key_set"}}
    assert told == {
        f"key {plain.public.key_id}, the first", f"2026-07-14, key {plain.public.key_id}",
        f"key {second.key_id}, the key before is lost and did not sign it",
    }  # fmt: skip


def test_a_statement_has_one_form_in_bytes(plain: Office) -> None:
    plain.day()
    statement = plain.seal().statement
    assert SealStatement.of(json.loads(json.dumps(statement.as_data()))) == statement
    assert statement.signed.startswith(b"csr-desk day seal\n{")
