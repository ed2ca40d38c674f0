"""Needs, who answers them and where, and who was referred; written by ``services.telling`` only."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from csr_desk.data.models import company, company_place, need, need_agency, referral
from csr_desk.domain.referrals import Agency, Area, Kind, Need, Place, Referral, ReferralCount
from csr_desk.domain.tongues import own_words

_N, _A, _R = need.c, need_agency.c, referral.c


def needs(conn: Connection) -> tuple[Need, ...]:
    """Return every need by name with who answers it, those that are not asked for any more last."""
    agencies = _agencies(conn)
    found = conn.execute(select(need).order_by(_N.active.desc(), _N.name, _N.need_code))
    return tuple(
        Need(
            row.need_code,
            own_words(row.name),
            row.keywords or "",
            bool(row.active),
            tuple(agencies.get(row.need_code, ())),
            row.name,
        )
        for row in found
    )


def next_agency(conn: Connection, code: str) -> int:
    """Return the place of the next agency of a need."""
    return int(conn.execute(select(func.count()).select_from(need_agency).where(_A.need_code == code)).scalar_one()) + 1


def next_place(conn: Connection, number: str) -> int:
    """Return the place of the next address of a company."""
    found = select(func.count()).select_from(company_place).where(company_place.c.company_id == number)
    return int(conn.execute(found).scalar_one()) + 1


def one(conn: Connection, number: str) -> Referral | None:
    """Return a referral."""
    row = conn.execute(_selected().where(_R.referral_no == number)).first()
    return None if row is None else _referral(row)


def to_follow(conn: Connection, today: date) -> tuple[Referral, ...]:
    """Return what has to be followed up by now, the oldest first."""
    due = _selected().where(_R.state == "given", _R.follow_on <= today.isoformat())
    return tuple(_referral(row) for row in conn.execute(due.order_by(_R.follow_on, _R.referral_no)))


def of_customers(conn: Connection, numbers: tuple[str, ...]) -> tuple[Referral, ...]:
    """Return the referrals of a person, the newest first."""
    found = _selected().where(_R.customer_id.in_(numbers)).order_by(_R.at.desc(), _R.referral_no.desc())
    return tuple(_referral(row) for row in conn.execute(found))


def open_ones(conn: Connection) -> tuple[Referral, ...]:
    """Return every referral that nobody followed up, those that are due first, then the newest."""
    found = _selected().where(_R.state == "given")
    return tuple(
        _referral(row) for row in conn.execute(found.order_by(_R.follow_on.is_(None), _R.follow_on, _R.at.desc()))
    )


def counted(conn: Connection, first: date, last: date) -> tuple[ReferralCount, ...]:
    """Count referrals of a period (UTC days) by need, company and state."""
    day = func.substr(_R.at, 1, 10)
    grouped = (_R.need_code, _N.name, _R.company_id, company.c.name, _R.state)
    found = (
        select(*grouped, func.count())
        .join(need, _N.need_code == _R.need_code)
        .join(company, company.c.company_id == _R.company_id)
        .where(day.between(first.isoformat(), last.isoformat()))
    )
    rows = conn.execute(found.group_by(*grouped).order_by(_R.need_code, _R.company_id, _R.state))
    return tuple(ReferralCount(row[0], own_words(row[1]), *row[2:]) for row in rows)


def _agencies(conn: Connection) -> dict[str, list[Agency]]:
    places: dict[str, list[Place]] = {}
    for row in conn.execute(select(company_place).order_by(company_place.c.company_id, company_place.c.n)):
        at = Place(row.n, row.address, row.hours or "", row.reach or "", row.map_link or "", bool(row.active))
        places.setdefault(row.company_id, []).append(at)
    joined = select(need_agency, company.c.name.label("company_name")).join(
        company, company.c.company_id == _A.company_id
    )
    found: dict[str, list[Agency]] = {}
    for row in conn.execute(joined.order_by(_A.need_code, _A.n)):
        found.setdefault(row.need_code, []).append(Agency(
            row.need_code, row.n, row.company_id, row.company_name, Area(row.area), own_words(row.advice or ""),
            bool(row.active), tuple(one for one in places.get(row.company_id, ()) if one.active), row.advice or "",
        ))  # fmt: skip
    return found


def _selected() -> Select[Any]:
    return (
        select(referral, _N.name.label("need_name"), company.c.name.label("company_name"))
        .join(need, _N.need_code == _R.need_code)
        .join(company, company.c.company_id == _R.company_id)
    )


def _referral(row: Row[Any]) -> Referral:
    return Referral(
        row.referral_no, row.need_code, own_words(row.need_name), row.company_id, row.company_name, Kind(row.kind),
        row.state, row.at, row.referred_by, row.customer_id or "", row.request_no or "", row.language or "",
        _day(row.follow_on), _day(row.followed_on), row.reason or "", row.outcome or "",
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
