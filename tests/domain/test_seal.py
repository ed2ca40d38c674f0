"""The statement of a seal and its keys as plain values: one form in bytes, and nothing else is read."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from csr_desk.domain.errors import BadInput
from csr_desk.domain.first_fault import FirstFault, Place
from csr_desk.domain.seal import DayTotals, Seal, SealedHead, SealKey, SealStatement, group_code, head_matches, key_id

MAC = bytes(range(32))
HEAD = SealedHead("HPC-1", 57, 21, 105_000, MAC.hex())
STATEMENT = SealStatement(
    "HPC", "3f0c", date(2026, 7, 14), 123, (HEAD,), 57, DayTotals(5000, 0, 0, 0, -25), "2026-07-14T22:05:09.000000Z",
    2, "0123456789abcdef", "",
)  # fmt: skip
SEAL = Seal(STATEMENT, "ab" * 64)
KEY = SealKey("cd" * 32, "", "ef" * 64, "")


def test_a_seal_and_a_key_are_read_back_as_they_were_written() -> None:
    assert Seal.of(SEAL.to_bytes()) == SEAL
    assert SealKey.of(KEY.to_bytes()) == KEY
    assert STATEMENT.file_name == "seal-HPC-2026-07-14.json"
    assert KEY.key_id == key_id("cd" * 32)


def test_the_signed_bytes_are_known_for_ever() -> None:
    assert STATEMENT.signed.decode() == (
        'csr-desk day seal\n{"business_date":"2026-07-14","chain_version":2,"closed":123,"entries":57,"install":"3f0c",'
        '"key_id":"0123456789abcdef","office":"HPC","previous":"","sealed_at":"2026-07-14T22:05:09.000000Z","series":'
        '[{"head":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f","perpetual":105000,"receipts":21,'
        '"seq":57,"series":"HPC-1"}],"totals":{"fees":0,"over_short":-25,"rounding":0,"taxes":0,"total":5000},'
        '"version":1}'
    )


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{}", b"\xff", b"[" * 100_000, b"1" * 2_000_000, SEAL.to_bytes().replace(b"57", b"57.0"),
        SEAL.to_bytes().replace(b'"entries": 57', b'"entries": true'), SEAL.to_bytes().replace(b"  ", b" "),
        SEAL.to_bytes().replace(b"abab", b"ABAB", 1), SEAL.to_bytes().replace(b'"version": 1', b'"version": 2'),
        SEAL.to_bytes().replace(b"2026-07-14", b"20260714"), SEAL.to_bytes().replace(b'"HPC"', b'"\\ud800"'),
        SEAL.to_bytes().replace(b'"office"', b'"office": "HPC", "office"'),
    ],
    ids=range(14),
)  # fmt: skip
def test_what_is_no_seal_byte_for_byte_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput):
        Seal.of(content)


def test_a_field_more_less_or_of_another_kind_is_refused() -> None:
    data: dict[str, Any] = STATEMENT.as_data()
    for name in data:
        for other in ({**data, name: None}, {key: value for key, value in data.items() if key != name}):
            with pytest.raises(BadInput):
                SealStatement.of(other)
    with pytest.raises(BadInput):
        SealStatement.of({**data, "more": 1})
    for content in (b"{}", SEAL.to_bytes(), KEY.to_bytes() + b" ", b'{"format": 1}'):
        with pytest.raises(BadInput):
            SealKey.of(content)
    assert json.loads(KEY.to_bytes())["format"] == "csr-desk seal key 1"


def test_a_head_is_keyed_back_as_code_or_digits_in_any_case_and_spacing() -> None:
    code = group_code(MAC)
    assert code == "AAAQ-EAYE-AUDA-OCAJ"
    assert HEAD.short == "HPC-1:57:AAAQ-EAYE-AUDA-OCAJ"
    for keyed in (code, code.lower(), code.replace("-", " "), MAC.hex(), MAC.hex()[:10], "0001 0203 04"):
        assert head_matches(MAC, keyed), keyed
    for keyed in ("AAAQ-EAYE-AUDA-OCAK", "0001020305", MAC.hex() + "00", "abcdefabcdefabcd"):
        assert not head_matches(MAC, keyed), keyed
    for keyed in ("", "000102030", "AAAQ-EAYE", "AAAQ-EAYE-AUDA-OCA1", "0001020304xx"):
        with pytest.raises(BadInput):
            head_matches(MAC, keyed)


def test_a_fault_is_told_line_by_line_and_leaves_out_what_is_not_known() -> None:
    place = Place("HPC-1", 57, "HPC1-0000021", "tender_corrected", date(2026, 7, 14), "2026-07-14T15:00:00Z", "Denise")
    what, where, *rest = FirstFault("it differs", place, "5", "4", "Call.").lines()
    assert what == "It differs."
    assert where == (
        "Where:    HPC-1, entry 57, receipt HPC1-0000021, tender corrected, of 2026-07-14, recorded "
        "2026-07-14T15:00:00Z by Denise"
    )
    assert rest == ["Expected: 5", "Found:    4", "Next:     Call."]
    assert FirstFault("it differs").lines() == ("It differs.",)
