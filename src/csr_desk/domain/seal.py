"""The day seal: where every series stands at the end of a day, as a finance officer signs it outside the counter.

The chain key proves the ledger to whoever holds it, and so to nobody against its own administrator. A seal is signed
with a key that never was on the counter; with the officer's public key and the file anybody can hold the database to
it (reliability 3, 4.2).
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar

from csr_desk.domain.chain import canonical_json
from csr_desk.domain.errors import BadInput
from csr_desk.domain.ledger import receipt_number
from csr_desk.domain.money import Cents

VERSION = 1
"""Of the statement; another layout gets another number, and old seals are read for ever."""

_SEAL = "csr-desk day seal"
_KEY = "csr-desk seal key"
_LARGEST = 1_000_000
_CODE = 16
_SHORTEST_HEX = 10
_HEX = re.compile(r"[0-9a-f]+")
_T = TypeVar("_T")


def group_code(mac: bytes) -> str:
    """Give sixteen characters of a head (A–Z, 2–7; 80 bits) in groups of four, for paper and for keying back."""
    code = base64.b32encode(mac)[:_CODE].decode("ascii")
    return "-".join(code[at : at + 4] for at in range(0, _CODE, 4))


def head_matches(mac: bytes, keyed: str) -> bool:
    """Say whether what was keyed from a paper is this head: ten hexadecimal digits or more, or the sixteen characters.

    Raise BadInput for what is neither.
    """
    plain = re.sub(r"[\s-]", "", keyed)
    digits, code = plain.lower(), plain.upper()
    as_hex = len(digits) >= _SHORTEST_HEX and _HEX.fullmatch(digits) is not None
    as_code = re.fullmatch(f"[A-Z2-7]{{{_CODE}}}", code) is not None
    if not as_hex and not as_code:
        raise BadInput(
            "Key a head as it is printed: sixteen characters in groups of four, or ten digits of it or more."
        )
    return (as_hex and mac.hex().startswith(digits)) or (as_code and group_code(mac).replace("-", "") == code)


@dataclass(frozen=True, slots=True)
class SealedHead:
    """Where a series stands: its last entry, its receipts so far, all it ever took (cents), the head of its chain."""

    series: str
    seq: int
    receipts: int
    perpetual: Cents
    head: str
    """The MAC of the last entry, 64 hexadecimal digits."""

    @property
    def code(self) -> str:
        """The head in sixteen characters."""
        return group_code(bytes.fromhex(self.head))

    @property
    def short(self) -> str:
        """Series, entry and head as they are keyed back: ``HPC-1:57:ABCD-EFGH-IJKL-MNOP``."""
        return f"{self.series}:{self.seq}:{self.code}"

    @property
    def last_receipt(self) -> str:
        """The last receipt number; nothing before the first."""
        return receipt_number(self.series, self.receipts) if self.receipts else ""

    def as_data(self) -> dict[str, object]:
        """Give it as JSON has it."""
        return {
            "series": self.series, "seq": self.seq, "receipts": self.receipts, "perpetual": self.perpetual,
            "head": self.head,
        }  # fmt: skip

    @classmethod
    def of(cls, data: Any) -> SealedHead:
        """Read it from JSON; raise BadInput."""
        read = _Reader(data, ("series", "seq", "receipts", "perpetual", "head"))
        return cls(
            read.text("series"), read.whole("seq"), read.whole("receipts"), read.whole("perpetual"),
            read.digits("head", 64),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DayTotals:
    """What the day brought, as its close froze it (cents)."""

    total: Cents
    taxes: Cents
    fees: Cents
    rounding: Cents
    over_short: Cents

    def as_data(self) -> dict[str, object]:
        """Give it as JSON has it."""
        return {name: getattr(self, name) for name in _TOTALS}

    @classmethod
    def of(cls, data: Any) -> DayTotals:
        """Read it from JSON; raise BadInput."""
        read = _Reader(data, _TOTALS)
        return cls(*(read.whole(name) for name in _TOTALS))


_TOTALS = ("total", "taxes", "fees", "rounding", "over_short")


@dataclass(frozen=True, slots=True)
class SealStatement:
    """What a seal says; it has one form in bytes and no other."""

    office: str
    install: str
    """The installation, so that no other office of the same name can be passed off as this one."""
    business_date: date
    closed: int
    """The entry of the office's own series that closed the day."""
    series: tuple[SealedHead, ...]
    entries: int
    """Entries of all series together."""
    totals: DayTotals
    sealed_at: str
    """UTC, ``2026-07-14T22:05:09.000000Z``."""
    chain_version: int
    key_id: str
    """Which key signs (``key_id``)."""
    previous: str
    """Fingerprint of the statement sealed before this one; nothing in the first. A seal that was left out shows."""

    def as_data(self) -> dict[str, object]:
        """Give it as JSON has it."""
        return {
            "version": VERSION, "office": self.office, "install": self.install,
            "business_date": self.business_date.isoformat(), "closed": self.closed,
            "series": [one.as_data() for one in self.series], "entries": self.entries,
            "totals": self.totals.as_data(), "sealed_at": self.sealed_at, "chain_version": self.chain_version,
            "key_id": self.key_id, "previous": self.previous,
        }  # fmt: skip

    @property
    def signed(self) -> bytes:
        """The bytes that are signed; the first line keeps them apart from anything else that a key may sign."""
        return f"{_SEAL}\n{canonical_json(self.as_data())}".encode()

    @property
    def sha256(self) -> str:
        """The fingerprint of what is signed (hexadecimal)."""
        return sha256(self.signed).hexdigest()

    @property
    def file_name(self) -> str:
        """``seal-HPC-2026-07-14.json``."""
        return f"seal-{self.office}-{self.business_date.isoformat()}.json"

    @classmethod
    def of(cls, data: Any) -> SealStatement:
        """Read it from JSON; raise BadInput for anything that is not exactly a statement."""
        read = _Reader(data, (
            "version", "office", "install", "business_date", "closed", "series", "entries", "totals", "sealed_at",
            "chain_version", "key_id", "previous",
        ))  # fmt: skip
        if read.whole("version") != VERSION:
            raise BadInput("This seal was made by another version of CSR Desk. Use that one or a newer one.")
        return cls(
            office=read.text("office"),
            install=read.text("install"),
            business_date=read.made("business_date", date.fromisoformat),
            closed=read.whole("closed"),
            series=tuple(SealedHead.of(one) for one in read.made("series", list)),
            entries=read.whole("entries"),
            totals=DayTotals.of(read.value("totals")),
            sealed_at=read.text("sealed_at"),
            chain_version=read.whole("chain_version"),
            key_id=read.digits("key_id", 16),
            previous=read.digits("previous", 64) if read.text("previous") else "",
        )


@dataclass(frozen=True, slots=True)
class Seal:
    """A statement with its signature (Ed25519, 128 hexadecimal digits)."""

    statement: SealStatement
    signature: str

    def to_bytes(self) -> bytes:
        """Give the file, the same bytes for the same seal: JSON that a person can read as well."""
        return _file(
            {"format": f"{_SEAL} {VERSION}", "statement": self.statement.as_data(), "signature": self.signature}
        )

    @classmethod
    def of(cls, content: bytes) -> Seal:
        """Read a seal file; raise BadInput unless it is one, byte for byte as it was written."""
        read = _Reader(_loaded(content), ("format", "statement", "signature"))
        found = cls(SealStatement.of(read.value("statement")), read.digits("signature", 128))
        return _same(found, content, found.to_bytes)


def key_id(public: str) -> str:
    """Give the sixteen digits that a public key is known by."""
    return sha256(bytes.fromhex(public)).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class SealKey:
    """A public key of the finance officer, and that whoever made it held it, and held the key before it."""

    public: str
    """32 bytes, hexadecimal."""
    previous: str
    """The id of the key that this one takes over from; nothing for the first, or where the one before is lost."""
    signature: str
    """By the key itself over ``signed``."""
    previous_signature: str
    """By the key before over ``signed``; nothing where there is none."""

    @property
    def key_id(self) -> str:
        """What the key is known by."""
        return key_id(self.public)

    @property
    def signed(self) -> bytes:
        """The bytes that both keys sign."""
        return f"{_KEY}\n{canonical_json({'public': self.public, 'previous': self.previous})}".encode()

    def as_data(self) -> dict[str, object]:
        """Give it as JSON has it."""
        return {
            "public": self.public, "previous": self.previous, "signature": self.signature,
            "previous_signature": self.previous_signature,
        }  # fmt: skip

    def to_bytes(self) -> bytes:
        """Give the file of the public key."""
        return _file({"format": f"{_KEY} {VERSION}", **self.as_data()})

    @classmethod
    def of_data(cls, data: Any) -> SealKey:
        """Read it from the facts of an entry; raise BadInput."""
        read = _Reader(data, ("public", "previous", "signature", "previous_signature"))
        return cls(
            read.digits("public", 64),
            read.digits("previous", 16) if read.text("previous") else "",
            read.digits("signature", 128),
            read.digits("previous_signature", 128) if read.text("previous_signature") else "",
        )

    @classmethod
    def of(cls, content: bytes) -> SealKey:
        """Read the file of a public key; raise BadInput unless it is one."""
        data = _loaded(content)
        if not isinstance(data, dict) or data.pop("format", "") != f"{_KEY} {VERSION}":
            raise BadInput("This is no public key of a day seal. Give the .public.json file that came with the key.")
        found = cls.of_data(data)
        return _same(found, content, found.to_bytes)


def _file(data: Mapping[str, object]) -> bytes:
    return (json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def _loaded(content: bytes) -> Any:
    if len(content) > _LARGEST:
        raise BadInput("This file is too large for a seal.")
    try:
        return json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        raise BadInput("This file is no seal, or it was damaged or changed.") from None


def _same(found: _T, content: bytes, to_bytes: Callable[[], bytes]) -> _T:
    """Refuse another spelling of the same: whoever changed one byte of a file must not get away with it."""
    try:
        same = to_bytes() == content
    except ValueError:
        same = False
    if not same:
        raise BadInput("This file is not as it was written: it was damaged or changed.")
    return found


class _Reader:
    """Takes a JSON object apart: exactly these names, each of the right kind."""

    def __init__(self, data: Any, names: tuple[str, ...]) -> None:
        if not isinstance(data, dict) or set(data) != set(names):
            raise BadInput("This file is no seal, or something in it is missing or was added.")
        self.data = data

    def value(self, name: str) -> Any:
        return self.data[name]

    def text(self, name: str) -> str:
        value = self.data[name]
        if not isinstance(value, str):
            raise BadInput(f"In this file “{name}” is not as it was written.")
        return value

    def whole(self, name: str) -> int:
        value = self.data[name]
        if type(value) is not int:
            raise BadInput(f"In this file “{name}” is not as it was written.")
        return value

    def digits(self, name: str, count: int) -> str:
        value = self.text(name)
        if len(value) != count or not _HEX.fullmatch(value):
            raise BadInput(f"In this file “{name}” is not as it was written.")
        return value

    def made(self, name: str, make: Callable[[Any], _T]) -> _T:
        try:
            return make(self.data[name])
        except (ValueError, TypeError):
            raise BadInput(f"In this file “{name}” is not as it was written.") from None
