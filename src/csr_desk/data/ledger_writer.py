"""The one way into the ledger: number, seal and insert an entry, its rows first and the entry itself last."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, Table

from csr_desk.data.models.ledger import (
    ledger_event,
    ledger_line,
    ledger_note,
    ledger_posting,
    ledger_tender,
    note_text,
)
from csr_desk.domain import chain
from csr_desk.domain.errors import BadInput, Conflict, NotFound
from csr_desk.domain.ledger import NUMBERED, EntryDraft, EventKey, Written, receipt_number
from csr_desk.domain.money import MAX_CENTS

Record: TypeAlias = dict[str, Any]

_TABLES = (ledger_line, ledger_tender, ledger_posting, ledger_note, note_text, ledger_event)
_MARKS = {"sqlite": ":{}", "postgresql": "%({})s"}
"""How each driver names a value. The writer hands its statements to the driver as they are: half the cost of a sale
would otherwise be building the same statements anew."""


def _for_drivers(statement: str) -> dict[str, str]:
    """Write a statement with {name} for each value in the manner of each driver."""
    names = {name for _, name, _, _ in Formatter().parse(statement) if name}
    return {
        dialect: statement.format_map({name: mark.format(name) for name in names}) for dialect, mark in _MARKS.items()
    }


def _insert(table: Table) -> dict[str, str]:
    names = [column.name for column in table.columns]
    columns, values = ", ".join(f'"{name}"' for name in names), ", ".join(f"{{{name}}}" for name in names)
    return _for_drivers(f"INSERT INTO {table.name} ({columns}) VALUES ({values})")  # noqa: S608 - names of our models


_INSERTS = tuple((table.name, _insert(table)) for table in _TABLES)

HEADS = _for_drivers("""
SELECT series.last_seq, series.last_receipt_no, series.perpetual_minor, series.head_mac, office.currency
FROM series JOIN office ON office.office_id = series.office_id WHERE series.series_id = {series}
""")
HEADS["postgresql"] += " FOR NO KEY UPDATE OF series"
"""Reads the head of a series and, on PostgreSQL, keeps every other writer of it waiting."""

_NEW_HEAD = _for_drivers("""
UPDATE series SET last_seq = {seq}, last_receipt_no = {receipt_no}, perpetual_minor = {perpetual}, head_mac = {mac}
WHERE series_id = {series}
""")
_BY_KEY = _for_drivers("""
SELECT series_id, seq, receipt_no, recorded_at_utc, mac, content_hash FROM ledger_event WHERE idem_key = {idem_key}
""")


def head(connection: Connection, series: str) -> Row[Any]:
    """Read and lock the head of a series; raise NotFound if there is none of that name."""
    row = connection.exec_driver_sql(HEADS[connection.dialect.name], {"series": series}).one_or_none()
    if row is None:
        raise NotFound(f"There is no register or office series {series}.")
    return row


def find(connection: Connection, idem_key: str) -> tuple[Written, str] | None:
    """Find what was written under a key, with the hash of its command."""
    row = connection.exec_driver_sql(_BY_KEY[connection.dialect.name], {"idem_key": idem_key}).one_or_none()
    if row is None:
        return None
    receipt = receipt_number(row.series_id, row.receipt_no) if row.receipt_no is not None else None
    key = EventKey(row.series_id, row.seq)
    return Written(key, receipt, row.recorded_at_utc, bytes(row.mac), replayed=True), row.content_hash


def append(
    connection: Connection, secret: bytes, draft: EntryDraft, recorded_at: str, top: Row[Any] | None = None
) -> Written:
    """Write one entry at the head of its series; the caller's transaction makes it final.

    ``recorded_at`` is UTC; ``top`` is the head of the series where this transaction has locked and read it already.
    The same key and content again gives the first result; the key with another content raises Conflict, and BadInput
    what is larger than a register can add up.
    """
    top = head(connection, draft.series) if top is None else top
    before = find(connection, draft.idem_key)
    if before is not None:
        written, content = before
        if content != draft.content_hash:
            raise Conflict("This key was used for something else already. Open the page again.")
        return written
    perpetual = top.perpetual_minor + sum(tender.amount for tender in draft.tenders)
    if abs(perpetual) > MAX_CENTS:
        raise BadInput("This register cannot book so much. Check the amounts.")
    receipt_no = top.last_receipt_no + 1 if draft.kind in NUMBERED else None
    rows = entry_rows(draft, top.last_seq + 1, receipt_no, recorded_at, top.currency)
    event = rows["ledger_event"][0]
    event["prev_mac"] = bytes(top.head_mac)
    event["mac"] = seal(secret, event["prev_mac"], rows)
    dialect = connection.dialect.name
    for table, insert in _INSERTS:
        if rows[table]:
            connection.exec_driver_sql(insert[dialect], rows[table])
    connection.exec_driver_sql(
        _NEW_HEAD[dialect],
        {
            "series": draft.series,
            "seq": event["seq"],
            "receipt_no": top.last_receipt_no if receipt_no is None else receipt_no,
            "perpetual": perpetual,
            "mac": event["mac"],
        },
    )
    receipt = None if receipt_no is None else receipt_number(draft.series, receipt_no)
    return Written(EventKey(draft.series, event["seq"]), receipt, recorded_at, event["mac"])


def seal(secret: bytes, prev_mac: bytes, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> bytes:
    """Compute the MAC over the rows of one entry as they are stored."""
    return chain.mac(secret, prev_mac, chain.canon(rows))


def entry_rows(
    draft: EntryDraft, seq: int, receipt_no: int | None, recorded_at: str, currency: str
) -> dict[str, list[Record]]:
    """Lay a draft out as the rows of its tables, without the two MACs."""
    at = {"series_id": draft.series, "seq": seq}
    notes = [(n, topic, text, secrets.token_bytes(16)) for n, (topic, text) in enumerate(draft.notes.items(), 1)]
    return {
        "ledger_event": [_event(draft, seq, receipt_no, recorded_at)],
        "ledger_line": _lines(draft, at),
        "ledger_tender": _tenders(draft, at),
        "ledger_posting": _postings(draft, at, currency),
        "ledger_note": [
            {**at, "n": n, "topic": topic, "digest": chain.note_digest(salt, text)} for n, topic, text, salt in notes
        ],
        "note_text": [{**at, "n": n, "salt": salt, "text": text} for n, _, text, salt in notes],
    }


def _event(draft: EntryDraft, seq: int, receipt_no: int | None, recorded_at: str) -> Record:
    return {
        "series_id": draft.series,
        "seq": seq,
        "event_uuid": str(uuid.uuid4()),
        "kind": draft.kind.value,
        "business_date": draft.business_date.isoformat(),
        "batch_id": draft.batch,
        "actor_id": draft.actor,
        "approver_id": draft.approver,
        "recorded_at_utc": recorded_at,
        "idem_key": draft.idem_key,
        "content_hash": draft.content_hash,
        "receipt_no": receipt_no,
        "reverses_series": draft.reverses.series if draft.reverses else None,
        "reverses_seq": draft.reverses.seq if draft.reverses else None,
        "facts": chain.canonical_json(draft.facts),
        "chain_version": chain.CHAIN_VERSION,
    }


def _lines(draft: EntryDraft, at: Record) -> list[Record]:
    return [
        {
            **at,
            "n": line.number,
            "kind": line.kind,
            "item": line.item,
            "name": line.name,
            "department": line.department,
            "quantity": line.quantity,
            "each_minor": line.each,
            "amount_minor": line.amount,
            "added_with": line.added_with,
            "authority": line.authority,
            "price_from": line.price_from,
            "tax_minor": line.tax,
            "explain": chain.canonical_json(line.explain),
            "reference": line.reference,
            "list_minor": line.list_amount,
        }
        for line in draft.lines
    ]


def _tenders(draft: EntryDraft, at: Record) -> list[Record]:
    return [
        {
            **at,
            "n": tender.number,
            "kind": tender.kind,
            "role": tender.role.value,
            "amount_minor": tender.amount,
            "check_number": tender.check_number,
            "routing": tender.routing,
            "account_masked": tender.account_masked,
            "brand": tender.brand,
            "last4": tender.last4,
            "authorization": tender.authorization,
            "document": tender.document,
            "department": tender.department,
            "account_hash": tender.account_hash,
            "check_date": tender.check_date,
        }
        for tender in draft.tenders
    ]


def _postings(draft: EntryDraft, at: Record, currency: str) -> list[Record]:
    return [
        {
            **at,
            "n": n,
            "account": posting.account,
            "amount_minor": posting.amount,
            "currency": currency,
            "line_n": posting.line,
            "tender_n": posting.tender,
        }
        for n, posting in enumerate(draft.postings, 1)
    ]
