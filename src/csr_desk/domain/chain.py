"""The chain that binds each entry of a series to the one before it.

``mac = HMAC-SHA256(key, prev_mac ‖ canon)``. The canon is type-tagged and length-prefixed, so that no two different
entries have the same bytes. Each row is written as its tag, the number of columns (16 bits, big-endian), one type
letter per column, one length per column (32 bits, big-endian), then the values: text (T) as UTF-8, whole numbers (I)
as ASCII decimals, bytes (B) as they are. Where the letter is small the column may be NULL; NULL is the byte FF, which
stands in no UTF-8 text and in no number. Rows stand in this order: the event, its lines, tenders, postings and notes,
each by number. A later version gets a new entry in ``LAYOUTS``; an old one is never changed, so old entries verify
for ever.
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

NULL = b"\xff"
"""How the canon writes that a column is empty."""

CHAIN_VERSION = 1
"""The layout that new entries are sealed with."""


@dataclass(frozen=True, slots=True)
class RowLayout:
    """Which columns of a table are in the canon, in which order, with their type letters."""

    tag: str
    columns: tuple[str, ...]
    letters: str
    head: bytes = field(init=False)
    lengths: struct.Struct = field(init=False)

    def __post_init__(self) -> None:
        """Work out the constant bytes once."""
        count = len(self.columns)
        if count != len(self.letters):
            raise ValueError(f"{self.tag}: {count} columns, {len(self.letters)} letters")
        object.__setattr__(self, "head", self.tag.encode() + struct.pack(">H", count) + self.letters.encode())
        object.__setattr__(self, "lengths", struct.Struct(f">{count}I"))

    def row(self, values: Sequence[bytes]) -> bytes:
        """Write one row, its values given as bytes in the order of the columns."""
        return b"".join([self.head, self.lengths.pack(*map(len, values)), *values])


def _layout(tag: str, columns: str) -> RowLayout:
    pairs = [column.split(":") for column in columns.split()]
    return RowLayout(tag, tuple(name for name, _ in pairs), "".join(letter for _, letter in pairs))


LAYOUTS: Mapping[int, Mapping[str, RowLayout]] = {
    1: {
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


def as_bytes(value: Value) -> bytes:
    """Give a value as the canon writes it; raise BadInput for text that the two databases cannot both keep."""
    if value is None:
        return NULL
    if isinstance(value, bytes):
        return value
    if isinstance(value, int):
        return b"%d" % value
    if "\x00" in value:
        raise BadInput("A text holds a character that cannot be recorded. Key it again.")
    try:
        return value.encode()
    except UnicodeEncodeError:
        raise BadInput("A text holds half a character that cannot be recorded. Key it again.") from None


def canon(rows: Mapping[str, Iterable[Sequence[bytes]]], version: int = CHAIN_VERSION) -> bytes:
    """Write the rows of one entry, by table, in the order of the version's layout."""
    layouts = LAYOUTS[version]
    return b"".join([layout.row(row) for table, layout in layouts.items() for row in rows.get(table, ())])


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


def content_hash(command: object) -> str:
    """Give the SHA-256 of a command as JSON values; the same key with another hash is another command."""
    return sha256(canonical_json(command).encode()).hexdigest()


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
