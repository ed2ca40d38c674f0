"""The office, its series, its business days, its policies and its catalogue releases."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, insert, select, update

from csr_desk.data.models import catalogue_release, day, office, policy, series
from csr_desk.domain.receipt import Office


@dataclass(frozen=True, slots=True)
class OfficeRecord:
    """The office as stored, with what is not printed."""

    office: Office
    install_uuid: str
    currency: str
    training_clock: str | None


@dataclass(frozen=True, slots=True)
class ReleaseRecord:
    """A catalogue release as stored; ``content`` is the zipped spreadsheet folder."""

    release_id: str
    label: str
    demonstration: bool
    content_hash: str
    content: bytes


def insert_office(conn: Connection, values: Mapping[str, object]) -> None:
    """Add the office."""
    conn.execute(insert(office), [dict(values)])


def read_office(conn: Connection) -> OfficeRecord | None:
    """Return the office of this database, if it has one."""
    row = conn.execute(select(office).order_by(office.c.office_id)).mappings().first()
    if row is None:
        return None
    demonstration = conn.execute(
        select(catalogue_release.c.demonstration).order_by(catalogue_release.c.release_id.desc()).limit(1)
    ).scalar()
    return OfficeRecord(
        Office(
            office_id=row["office_id"],
            name=row["name"],
            address=tuple(row["address"].split("\n")),
            phone=row["phone"],
            time_zone=row["time_zone"],
            training=bool(row["training"]),
            demonstration=bool(demonstration),
        ),
        row["install_uuid"],
        row["currency"],
        row["training_clock"],
    )


def set_training_clock(conn: Connection, moment: str) -> None:
    """Remember where the training clock stands."""
    conn.execute(update(office).values(training_clock=moment))


def insert_series(conn: Connection, rows: list[dict[str, object]]) -> None:
    """Add series (a register's, or the office's own)."""
    conn.execute(insert(series), rows)


def office_series(conn: Connection) -> str:
    """Return the series of the office's own acts."""
    return str(conn.execute(select(series.c.series_id).where(series.c.kind == "office")).scalar_one())


def series_head(conn: Connection, series_id: str) -> tuple[int, int, bytes]:
    """Return the last Z number, the perpetual total (cents) and the head of the chain of a series."""
    row = conn.execute(
        select(series.c.last_z, series.c.perpetual_minor, series.c.head_mac).where(series.c.series_id == series_id)
    ).one()
    return row.last_z, row.perpetual_minor, row.head_mac


def last_seq(conn: Connection, series_id: str) -> int:
    """Return the place of the last entry of a series (0: none yet)."""
    return int(conn.execute(select(series.c.last_seq).where(series.c.series_id == series_id)).scalar_one())


def take_z_number(conn: Connection, series_id: str) -> int:
    """Take the next Z number of a register, gap-free because the row is locked until the end of the act."""
    conn.execute(update(series).where(series.c.series_id == series_id).values(last_z=series.c.last_z + 1))
    return int(conn.execute(select(series.c.last_z).where(series.c.series_id == series_id)).scalar_one())


def day_state(conn: Connection, business_date: date) -> str | None:
    """Return ``open``, ``closed`` or None for a date that was never opened."""
    return conn.execute(select(day.c.state).where(day.c.business_date == business_date.isoformat())).scalar()


def insert_day(conn: Connection, office_id: str, business_date: date) -> None:
    """Open a business day."""
    conn.execute(insert(day), [{"office_id": office_id, "business_date": business_date.isoformat(), "state": "open"}])


def close_day(conn: Connection, business_date: date) -> None:
    """Close a business day for ever."""
    conn.execute(update(day).where(day.c.business_date == business_date.isoformat()).values(state="closed"))


def open_days(conn: Connection) -> tuple[date, ...]:
    """Return the open business days, oldest first."""
    found = conn.execute(select(day.c.business_date).where(day.c.state == "open").order_by(day.c.business_date))
    return tuple(date.fromisoformat(text) for text in found.scalars())


def business_days(conn: Connection) -> tuple[tuple[date, str], ...]:
    """Return all business days with their state, newest first."""
    found = conn.execute(select(day.c.business_date, day.c.state).order_by(day.c.business_date.desc()))
    return tuple((date.fromisoformat(row.business_date), row.state) for row in found)


def policy_in_force(conn: Connection) -> tuple[int, dict[str, object]]:
    """Return the version and the settings of the policy in force (version 0, nothing set, when there is none)."""
    row = conn.execute(select(policy.c.version, policy.c.body).order_by(policy.c.version.desc()).limit(1)).first()
    return (0, {}) if row is None else (row.version, dict(json.loads(row.body)))


def insert_policy(conn: Connection, values: Mapping[str, object]) -> None:
    """Add the next version of the policy."""
    conn.execute(insert(policy), [dict(values)])


def insert_release(conn: Connection, values: Mapping[str, object]) -> None:
    """Add a catalogue release."""
    conn.execute(insert(catalogue_release), [dict(values)])


def current_release(conn: Connection) -> ReleaseRecord | None:
    """Return the catalogue release in force (the newest)."""
    row = conn.execute(select(catalogue_release).order_by(catalogue_release.c.release_id.desc()).limit(1)).first()
    if row is None:
        return None
    return ReleaseRecord(row.release_id, row.label, bool(row.demonstration), row.content_hash, bytes(row.content))


def count_releases(conn: Connection) -> int:
    """Return how many catalogue releases were loaded."""
    return conn.execute(select(func.count()).select_from(catalogue_release)).scalar_one()


def current_label(conn: Connection) -> str:
    """Return the label of the catalogue release in force, without reading its content."""
    return (
        conn.execute(
            select(catalogue_release.c.label).order_by(catalogue_release.c.release_id.desc()).limit(1)
        ).scalar()
        or ""
    )
