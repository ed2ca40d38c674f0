"""Backups: what a manifest says and how it is sealed, which ones are kept, and what is missing beside them.

A backup is two files: the copy of the database, and beside it a manifest that names it (``NAME.json``). Only what a
sound manifest names is ever counted, restored or deleted.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from csr_desk.domain import chain
from csr_desk.domain.money import Cents
from csr_desk.domain.seal import SealedHead

FORMAT = 1
_SEALED = b"manifest of a backup\n"
"""Keeps a manifest's seal apart from every other use of the key: no entry and no command begins so."""

NEWEST, DAILY, MONTHLY, MIGRATIONS = 12, 30, 12, 3
"""What is kept: the newest ones whatever they are, the last of a day, of a month, and the newest before a migration;
beside them the last of every calendar year and of every fiscal year, for ever."""

MOST_MANIFEST = 1_000_000
"""Bytes; a manifest is a few thousand."""


class BackupKind(StrEnum):
    """Why a backup was made."""

    CLOSE = "close"
    EXIT = "exit"
    INTERVAL = "interval"
    MIGRATION = "migration"
    BY_HAND = "by-hand"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a copy of the database holds."""

    office: str
    install: str
    schema: str
    heads: tuple[SealedHead, ...]
    rows: Mapping[str, int]
    """Rows of each table."""
    last_receipt: str
    """The receipt that was recorded last, as printed; empty before the first one."""
    last_at: str
    """When the newest entry was recorded (UTC)."""
    closed_through: str
    """The newest business date that is closed; empty before the first."""

    @property
    def entries(self) -> int:
        """How many entries the ledger has."""
        return sum(head.seq for head in self.heads)

    @property
    def receipts(self) -> int:
        """How many receipts were numbered."""
        return sum(head.receipts for head in self.heads)

    @property
    def perpetual(self) -> Cents:
        """All takings ever, in cents."""
        return sum(head.perpetual for head in self.heads)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands beside a backup, sealed with the key of the office."""

    file: str
    sha256: str
    size: int
    kind: BackupKind
    taken_at: str
    """UTC, ``2026-07-14T13:05:09.000000Z``."""
    app_version: str
    engine: str
    """``sqlite``, or ``postgresql`` for a dump."""
    content: Snapshot
    proof: str
    """What was checked before the backup got its name, in words."""

    @property
    def day(self) -> str:
        """The date in the name (UTC)."""
        return self.taken_at[:10]


def name_of(office: str, taken_at: str, kind: BackupKind, ending: str, number: int = 1) -> str:
    """Name a backup from our own ids: ``HPC-2026-07-14T130509Z-close.sqlite``; a second one of that second gets -2."""
    at = datetime.fromisoformat(taken_at).strftime("%Y-%m-%dT%H%M%SZ")
    more = f"-{number}" if number > 1 else ""
    return f"{office}-{at}-{kind.value}{more}.{ending}"


def write_manifest(manifest: Manifest, key: bytes) -> bytes:
    """Write a manifest with its seal, as JSON for people and programs."""
    body = {"format": FORMAT, **asdict(manifest)}
    return (json.dumps({**body, "mac": _seal(body, key)}, ensure_ascii=False, indent=1) + "\n").encode()


def read_manifest(content: bytes) -> tuple[Manifest, dict[str, Any]]:
    """Read a manifest that nobody has proved yet, and its body for ``is_sealed``; raise ValueError where it is none."""
    try:
        body = json.loads(content)
        inner = dict(body["content"])
        snapshot = Snapshot(
            office=str(inner["office"]),
            install=str(inner["install"]),
            schema=str(inner["schema"]),
            heads=tuple(SealedHead(**head) for head in inner["heads"]),
            rows={str(table): int(count) for table, count in inner["rows"].items()},
            last_receipt=str(inner["last_receipt"]),
            last_at=str(inner["last_at"]),
            closed_through=str(inner["closed_through"]),
        )
        plain = {name: str(body[name]) for name in ("file", "sha256", "taken_at", "app_version", "engine", "proof")}
        datetime.fromisoformat(plain["taken_at"])
        found = Manifest(size=int(body["size"]), kind=BackupKind(body["kind"]), content=snapshot, **plain)
        ours = body["format"] == FORMAT
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise ValueError(f"not a manifest: {error}") from error
    if not ours:
        raise ValueError("not a manifest of this program")
    return found, body


def is_sealed(body: Mapping[str, Any], key: bytes) -> bool:
    """Say whether the seal of a manifest is that of this key over everything in it."""
    mac = body.get("mac")
    rest = {name: value for name, value in body.items() if name != "mac"}
    try:
        return isinstance(mac, str) and hmac.compare_digest(mac.encode(), _seal(rest, key).encode())
    except (TypeError, ValueError):
        return False


def _seal(body: Mapping[str, Any], key: bytes) -> str:
    return hmac.digest(key, _SEALED + chain.canonical_json(dict(body)).encode(), "sha256").hex()


# ---- retention


@dataclass(frozen=True, slots=True)
class Taken:
    """A sound backup as retention sees it."""

    name: str
    at: str
    """When it was made; sorts by time."""
    day: date
    """The same as a date on the office's calendar."""
    kind: BackupKind


def kept(backups: Iterable[Taken], fiscal_start: int = 1) -> frozenset[str]:
    """Name the backups to keep; of anything there is, the newest is always among them.

    ``fiscal_start`` is the month in which the fiscal year begins.
    """
    newest_first = sorted(backups, key=lambda one: (one.at, one.name), reverse=True)
    keep = {one.name for one in newest_first[:NEWEST]}
    keep |= {one.name for one in newest_first if one.kind is BackupKind.MIGRATION and _among_last(one, newest_first)}
    keep |= _last_of_each(newest_first, lambda day: day.isoformat(), DAILY)
    keep |= _last_of_each(newest_first, lambda day: day.isoformat()[:7], MONTHLY)
    keep |= _last_of_each(newest_first, lambda day: str(day.year), None)
    keep |= _last_of_each(newest_first, lambda day: str(fiscal_year(day, fiscal_start)), None)
    return frozenset(keep)


def fiscal_year(day: date, first_month: int) -> int:
    """Return the calendar year in which the fiscal year of a date ends."""
    return day.year + (1 if first_month > 1 and day.month >= first_month else 0)


def _among_last(one: Taken, newest_first: Sequence[Taken]) -> bool:
    same = [other.name for other in newest_first if other.kind is BackupKind.MIGRATION]
    return one.name in same[:MIGRATIONS]


def _last_of_each(newest_first: Sequence[Taken], period: Any, most: int | None) -> set[str]:
    """Name the newest backup of each period, of so many periods (None: of all)."""
    found: dict[str, str] = {}
    for one in newest_first:
        found.setdefault(period(one.day), one.name)
    return set(list(found.values())[:most])


# ---- how the office stands


class Copies(StrEnum):
    """How many copies of the ledger there are outside of the database."""

    TWO = "two"
    NONE = "none"
    """No backup at all."""
    NO_SECOND = "no_second"
    """No second place is named."""
    AWAY = "away"
    """The second place is named and cannot be reached."""
    SAME_DISK = "same_disk"
    """The second place is on the disk of the database."""
    OLD = "old"
    """The newest copy at the second place is too old, or there is none yet."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the backups of an office stand."""

    copies: Copies
    newest_at: str = ""
    """When the newest backup was made (UTC); empty for none."""
    second_at: str = ""
    """When the newest copy at the second place was made (UTC); empty for none."""

    @property
    def single(self) -> bool:
        """Say whether one disk alone holds the ledger."""
        return self.copies is not Copies.TWO


@dataclass(frozen=True, slots=True)
class SecondPlace:
    """What was found at the second place that the policy names."""

    named: bool = False
    reached: bool = False
    same_disk: bool = False
    newest_at: str = ""


def standing(newest_at: str, second: SecondPlace, now: datetime, days: int) -> Standing:
    """Judge the copies of an office: the newest backup here (UTC), and what lies at the second place."""
    if not newest_at:
        return Standing(Copies.NONE)
    fresh = second.newest_at and now - datetime.fromisoformat(second.newest_at) <= timedelta(days=days)
    for holds, copies in (
        (not second.named, Copies.NO_SECOND),
        (not second.reached, Copies.AWAY),
        (second.same_disk, Copies.SAME_DISK),
        (not fresh, Copies.OLD),
    ):
        if holds:
            return Standing(copies, newest_at, second.newest_at)
    return Standing(Copies.TWO, newest_at, second.newest_at)


def due(
    live: Sequence[SealedHead], closed_through: str, last: Manifest | None, now: datetime, minutes: int
) -> BackupKind | None:
    """Say which backup is due: after a day's close at once, else every so many minutes when something was recorded.

    ``last`` is the newest sound backup; ``minutes`` 0 makes none in between.
    """
    if last is None:
        return BackupKind.INTERVAL if any(head.seq for head in live) else None
    if closed_through > last.content.closed_through:
        return BackupKind.CLOSE
    if tuple(live) == last.content.heads or not minutes:
        return None
    gone = now - datetime.fromisoformat(last.taken_at)
    return BackupKind.INTERVAL if gone >= timedelta(minutes=minutes) or gone < timedelta(0) else None


# ---- what a restore leaves behind


@dataclass(frozen=True, slots=True)
class Behind:
    """A series of which more is known than the backup holds."""

    series: str
    from_seq: int
    to_seq: int
    receipts: int
    """How many numbered receipts are missing."""
    perpetual: Cents
    """The takings that are missing (cents)."""


def behind(backup: Sequence[SealedHead], known: Iterable[SealedHead]) -> tuple[Behind, ...]:
    """Compare a backup with the newest that is known of each series; name what the backup does not hold."""
    newest: dict[str, SealedHead] = {}
    for head in known:
        if head.series not in newest or head.seq > newest[head.series].seq:
            newest[head.series] = head
    mine = {head.series: head for head in backup}
    found = []
    for series in sorted(newest):
        theirs, ours = newest[series], mine.get(series, SealedHead(series, 0, 0, 0, ""))
        if theirs.seq > ours.seq:
            lost = theirs.receipts - ours.receipts, theirs.perpetual - ours.perpetual
            found.append(Behind(series, ours.seq + 1, theirs.seq, *lost))
    return tuple(found)
