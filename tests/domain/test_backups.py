"""Which backups are kept, how copies are judged, and what a sealed manifest says."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.domain.backups import (
    DAILY,
    MONTHLY,
    NEWEST,
    BackupKind,
    Copies,
    Manifest,
    SecondPlace,
    Snapshot,
    Taken,
    behind,
    due,
    fiscal_year,
    is_sealed,
    kept,
    name_of,
    read_manifest,
    standing,
    write_manifest,
)
from csr_desk.domain.seal import SealedHead

KEY = bytes(range(32))
NOW = datetime(2026, 7, 14, 13, 0, tzinfo=UTC)
HEADS = (SealedHead("HPC", 4, 0, 0, "aa"), SealedHead("HPC-1", 14, 8, 20_000, "bb"))
CONTENT = Snapshot("HPC", "an-id", "0003", HEADS, {"series": 2}, "HPC1-0000008", "x", "2026-07-13")
MANIFEST = Manifest("a.sqlite", "00", 1, BackupKind.CLOSE, "2026-07-14T12:30:00.000000Z", "1", "sqlite", CONTENT, "all")


def taken(days: int, kind: BackupKind = BackupKind.EXIT, number: int = 0) -> Taken:
    """A backup so many days before 14 July 2026."""
    day = date(2026, 7, 14) - timedelta(days=days)
    return Taken(f"{day}-{kind}-{number}", f"{day}T12:00:{number:02}Z", day, kind)


some = st.lists(
    st.builds(taken, st.integers(0, 1200), st.sampled_from(list(BackupKind)), st.integers(0, 40)), unique=True
)


@given(some, st.integers(1, 12))
def test_retention_keeps_the_newest_the_last_of_thirty_days_of_twelve_months_and_of_every_year(
    backups: list[Taken], first_month: int
) -> None:
    keep = kept(backups, first_month)
    assert keep <= {one.name for one in backups}
    newest = sorted(backups, key=lambda one: (one.at, one.name), reverse=True)
    assert {one.name for one in newest[:NEWEST]} <= keep
    for period, most in (
        (lambda one: one.day.isoformat(), DAILY),
        (lambda one: one.day.isoformat()[:7], MONTHLY),
        (lambda one: one.day.year, 10_000),
        (lambda one: fiscal_year(one.day, first_month), 10_000),
    ):
        last: dict[object, str] = {}
        for one in newest:
            last.setdefault(period(one), one.name)
        assert set(list(last.values())[:most]) <= keep


@given(some, st.integers(1, 12))
def test_what_was_kept_once_is_kept_when_asked_again(backups: list[Taken], first_month: int) -> None:
    keep = kept(backups, first_month)
    assert kept([one for one in backups if one.name in keep], first_month) == keep


def test_a_year_of_days_is_thinned_to_days_months_and_year_ends() -> None:
    keep = kept([taken(days) for days in range(800)], 7)
    assert len(keep) == 30 + 11 + 2  # the month of today is among the days; Dec 2024 and Jun 2025 are older than both
    assert taken(0).name in keep


def test_the_backups_before_the_last_three_updates_are_kept() -> None:
    updates = [taken(300 + n, BackupKind.MIGRATION) for n in range(5)]
    keep = kept([*(taken(days) for days in range(400)), *updates])
    assert {one.name for one in updates[:3]} <= keep


def test_a_manifest_is_read_back_as_it_was_written_and_carries_its_seal() -> None:
    read, body = read_manifest(write_manifest(MANIFEST, KEY))
    assert read == MANIFEST
    assert is_sealed(body, KEY)
    assert not is_sealed(body, KEY[::-1])
    assert (read.content.entries, read.content.receipts, read.content.perpetual, read.day) == (
        18,
        8,
        20_000,
        "2026-07-14",
    )


@pytest.mark.parametrize("name", ["file", "sha256", "size", "kind", "taken_at", "engine", "proof", "format", "extra"])
def test_a_manifest_with_anything_changed_is_not_sealed(name: str) -> None:
    body = json.loads(write_manifest(MANIFEST, KEY))
    body[name] = "other"
    assert not is_sealed(body, KEY)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"null", b'{"format": 1}', b"[" * 5_000, b"\xff"])
def test_what_is_no_manifest_is_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError, match="not a manifest"):
        read_manifest(body)


def test_another_format_is_refused() -> None:
    body = json.loads(write_manifest(MANIFEST, KEY))
    with pytest.raises(ValueError, match="not a manifest"):
        read_manifest(json.dumps({**body, "format": 2}).encode())


@pytest.mark.parametrize("mac", [None, 7, "é", ""])
def test_a_seal_that_is_none_seals_nothing(mac: object) -> None:
    assert not is_sealed({"format": 1, "mac": mac}, KEY)
    assert not is_sealed({"format": 1.5, "mac": "x"}, KEY)


def test_a_backup_is_named_by_office_moment_and_kind() -> None:
    at = "2026-07-14T13:05:09.123456Z"
    assert name_of("HPC", at, BackupKind.CLOSE, "sqlite") == "HPC-2026-07-14T130509Z-close.sqlite"
    assert name_of("HPC", at, BackupKind.BY_HAND, "dump", 2) == "HPC-2026-07-14T130509Z-by-hand-2.dump"


FRESH, OLD = "2026-07-12T13:00:00.000000Z", "2026-07-11T12:59:59.000000Z"


@pytest.mark.parametrize(
    ("newest", "second", "copies"),
    [
        ("", SecondPlace(), Copies.NONE),
        (FRESH, SecondPlace(), Copies.NO_SECOND),
        (FRESH, SecondPlace(named=True), Copies.AWAY),
        (FRESH, SecondPlace(named=True, reached=True, same_disk=True, newest_at=FRESH), Copies.SAME_DISK),
        (FRESH, SecondPlace(named=True, reached=True), Copies.OLD),
        (FRESH, SecondPlace(named=True, reached=True, newest_at=OLD), Copies.OLD),
        (FRESH, SecondPlace(named=True, reached=True, newest_at=FRESH), Copies.TWO),
    ],
)
def test_the_copies_are_judged_by_where_the_second_one_is_and_how_old(
    newest: str, second: SecondPlace, copies: Copies
) -> None:
    stands = standing(newest, second, NOW, 3)
    assert stands.copies is copies
    assert stands.single is (copies is not Copies.TWO)


MORE = (HEADS[0], replace(HEADS[1], seq=15, head="cc"))


@pytest.mark.parametrize(
    ("live", "closed", "last", "minutes", "kind"),
    [
        (HEADS, "", None, 15, BackupKind.INTERVAL),
        ((replace(HEADS[0], seq=0),), "", None, 15, None),
        (HEADS, "2026-07-13", MANIFEST, 15, None),
        (MORE, "2026-07-13", MANIFEST, 15, BackupKind.INTERVAL),
        (MORE, "2026-07-13", MANIFEST, 31, None),
        (MORE, "2026-07-13", MANIFEST, 0, None),
        (MORE, "2026-07-14", MANIFEST, 0, BackupKind.CLOSE),
        (MORE, "2026-07-13", replace(MANIFEST, taken_at="2026-07-15T00:00:00.000000Z"), 60, BackupKind.INTERVAL),
    ],
)
def test_a_backup_is_due_after_a_close_and_after_a_while_when_something_was_recorded(
    live: tuple[SealedHead, ...], closed: str, last: Manifest | None, minutes: int, kind: BackupKind | None
) -> None:
    assert due(live, closed, last, NOW, minutes) is kind


def test_what_is_missing_is_told_against_the_newest_of_each_series() -> None:
    known = [
        HEADS[0],
        SealedHead("HPC-1", 16, 9, 25_000, "dd"),
        SealedHead("HPC-1", 15, 8, 20_000, "cc"),
        SealedHead("HPC-2", 1, 1, 5, "e"),
    ]
    found = {one.series: (one.from_seq, one.to_seq, one.receipts, one.perpetual) for one in behind(HEADS, known)}
    assert found == {"HPC-1": (15, 16, 1, 5_000), "HPC-2": (1, 1, 1, 5)}
    assert behind(HEADS, HEADS) == ()
