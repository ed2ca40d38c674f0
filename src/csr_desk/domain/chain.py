"""The chain that binds each entry of a series to the one before it.

``mac = HMAC-SHA256(key, prev_mac ‖ canon)``. The canon is type-tagged and length-prefixed, so that no two different
entries have the same bytes. Each row is written as its tag (4 letters), the number of columns (16 bits), one type
letter per column, each whole number (I) in 64 bits, the length of each text (T, UTF-8) and of each value of bytes (B)
in 32 bits, then those texts and bytes; all numbers big-endian, whole numbers before texts, each in the order of
``LAYOUTS``. Where the letter is small the column may be NULL: a number is then −2^63, a text the byte FF, which no
column and no UTF-8 text holds. Rows stand in this order: the event, its lines, tenders, postings and notes, each by
number. A later version gets a new entry in ``LAYOUTS``; an old one is never changed, so old entries verify for ever.
"""

from __future__ import annotations

import hmac
import json
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TypeAlias

from csr_desk.domain.errors import BadInput

Value: TypeAlias = str | int | bytes | None

NO_TEXT = b"\xff"
"""How the canon writes a text that is NULL."""
NO_NUMBER = -(2**63)
"""How the canon writes a whole number that is NULL."""

CHAIN_VERSION = 2
"""The layout that new entries are sealed with."""


@dataclass(frozen=True, slots=True)
class RowLayout:
    """Which columns of a table are in the canon, whole numbers first, with their type letters."""

    tag: str
    numbers: tuple[str, ...]
    texts: tuple[str, ...]
    letters: str
    head: bytes = field(init=False)
    fixed: struct.Struct = field(init=False)

    def __post_init__(self) -> None:
        """Work out the constant bytes once."""
        count = len(self.columns)
        if count != len(self.letters):
            raise ValueError(f"{self.tag}: {count} columns, {len(self.letters)} letters")
        object.__setattr__(self, "head", self.tag.encode() + struct.pack(">H", count) + self.letters.encode())
        object.__setattr__(self, "fixed", struct.Struct(f">{len(self.numbers)}q{len(self.texts)}I"))

    @property
    def columns(self) -> tuple[str, ...]:
        """Return all columns in the order of the canon."""
        return self.numbers + self.texts

    def row(self, numbers: Sequence[int], texts: Sequence[bytes]) -> bytes:
        """Write one row from its whole numbers and its texts, both in the order of the columns."""
        return b"".join([self.head, self.fixed.pack(*numbers, *map(len, texts)), *texts])

    def of(self, record: Mapping[str, Value]) -> bytes:
        """Write one row from a record by column; raise BadInput for what the ledger cannot keep."""
        return self.row(
            [as_number(record[name]) for name in self.numbers], [as_bytes(record[name]) for name in self.texts]
        )


def _layout(tag: str, columns: str) -> RowLayout:
    pairs = [column.split(":") for column in columns.split()]
    numbers = tuple(name for name, letter in pairs if letter in "Ii")
    texts = tuple(name for name, letter in pairs if letter not in "Ii")
    letters = dict(pairs)
    return RowLayout(tag, numbers, texts, "".join(letters[name] for name in numbers + texts))


_FIRST: Mapping[str, RowLayout] = {
    "ledger_event": _layout(
        "EVNT",
        "series_id:T seq:I event_uuid:T kind:T business_date:T batch_id:t actor_id:T approver_id:t "
        "recorded_at_utc:T idem_key:T content_hash:T receipt_no:i reverses_series:t reverses_seq:i facts:T "
        "chain_version:I",
    ),
    "ledger_line": _layout(
        "LINE",
        "n:I kind:T item:T name:T department:T quantity:T each_minor:i amount_minor:I added_with:i authority:T "
        "price_from:T tax_minor:I explain:T reference:T list_minor:i",
    ),
    "ledger_tender": _layout(
        "TEND",
        "n:I kind:T role:T amount_minor:I check_number:T routing:T account_masked:T brand:T last4:T "
        "authorization:T document:T department:T",
    ),
    "ledger_posting": _layout("POST", "n:I account:T amount_minor:I currency:T line_n:i tender_n:i"),
    "ledger_note": _layout("NOTE", "n:I topic:T digest:B"),
}

LAYOUTS: Mapping[int, Mapping[str, RowLayout]] = {
    1: _FIRST,
    2: {
        **_FIRST,
        "ledger_tender": _layout(
            "TEND",
            "n:I kind:T role:T amount_minor:I check_number:T routing:T account_masked:T brand:T last4:T "
            "authorization:T document:T department:T account_hash:t check_date:t",
        ),
    },
}
"""Every table of the ledger with its chained columns, by chain version; the order is the order of the canon."""

NOT_CHAINED: Mapping[str, str] = {
    "ledger_event.mac": "it is the result",
    "ledger_event.prev_mac": "it is hashed before the canon and must equal the entry before",
    "ledger_line.series_id": "the event's own, which is chained; a row moved to another entry breaks both",
    "ledger_line.seq": "the event's own",
    "ledger_tender.series_id": "the event's own",
    "ledger_tender.seq": "the event's own",
    "ledger_posting.series_id": "the event's own",
    "ledger_posting.seq": "the event's own",
    "ledger_note.series_id": "the event's own",
    "ledger_note.seq": "the event's own",
}
"""The columns that the canon leaves out, each with its reason."""


def as_number(value: Value) -> int:
    """Give a whole number as the canon writes it; raise BadInput for one that 64 bits do not hold."""
    if value is None:
        return NO_NUMBER
    if not isinstance(value, int) or not NO_NUMBER < value < -NO_NUMBER:
        raise BadInput("A number is too large to be recorded. Check it.")
    return value


def as_bytes(value: Value) -> bytes:
    """Give a text or bytes as the canon writes them; raise BadInput for text that not both databases can keep."""
    if value is None:
        return NO_TEXT
    if isinstance(value, bytes):
        return value
    if not isinstance(value, str) or "\x00" in value:
        raise BadInput("A text holds a character that cannot be recorded. Key it again.")
    try:
        return value.encode()
    except UnicodeEncodeError:
        raise BadInput("A text holds half a character that cannot be recorded. Key it again.") from None


def canon(rows: Mapping[str, Iterable[Mapping[str, Value]]], version: int = CHAIN_VERSION) -> bytes:
    """Write the rows of one entry, by table, in the order of the version's layout."""
    layouts = LAYOUTS[version]
    return b"".join([layout.of(row) for table, layout in layouts.items() for row in rows.get(table, ())])


def mac(key: bytes, prev_mac: bytes, canonical: bytes) -> bytes:
    """Seal one entry: 32 bytes that nobody without the key can make."""
    return hmac.digest(key, prev_mac + canonical, "sha256")


def genesis(office: str, series: str, install_uuid: str) -> bytes:
    """Give the 32 bytes that a series starts from; no other office or register starts there, so none can be spliced."""
    parts = [part.encode() for part in (office, series, install_uuid)]
    return sha256(b"".join(struct.pack(">I", len(part)) + part for part in parts)).digest()


def note_digest(salt: bytes, text: str) -> bytes:
    """Commit to a text that may be purged later; the salt keeps a short text from being guessed from its digest."""
    return sha256(salt + text.encode()).digest()


def canonical_json(value: object) -> str:
    """Write facts as JSON with sorted keys and no spaces; raise TypeError for a float or anything JSON lacks."""
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def content_hash(key: bytes, command: str) -> str:
    """Give the keyed fingerprint of a command in words (hexadecimal); the same key with another is another command.

    The first words keep it apart from every seal: a seal is made over a seal or a genesis, which never starts so.
    """
    return hmac.digest(key, b"content of a command\n" + command.encode(), "sha256").hex()


def account_hash(key: bytes, routing: str, account: str) -> str:
    """Give the keyed fingerprint of a bank account (hexadecimal), so that it is recognized and never read back."""
    return hmac.digest(key, b"bank account of a check\n" + f"{routing}|{account}".encode(), "sha256").hex()


APPROVAL_COLUMNS = (
    "approver_id", "act", "subject", "amount_minor", "for_actor", "granted_at", "expires_at", "used_series", "used_seq",
)  # fmt: skip
"""What the seal of an approval covers."""


def approval_seal(key: bytes, approval: str, row: Mapping[str, Value]) -> str:
    """Give the keyed seal of an approval that was used up (hexadecimal): what was signed, for whom, for which entry."""
    told = canonical_json([approval, *(row[column] for column in APPROVAL_COLUMNS)])
    return hmac.digest(key, b"approval that was used\n" + told.encode(), "sha256").hex()


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError("A float never enters the ledger; give cents or text.")
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError("The keys of facts are text.")
            _refuse_floats(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _refuse_floats(inner)
