"""The shelf of forms and what was handed out of it; written by ``services.telling`` only."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select

from csr_desk.data.models import attachment, form_handout, office_form
from csr_desk.domain.forms import FormCount, FormSheet, Handout, How, read_fields

_F, _H = office_form.c, form_handout.c


def shelf(conn: Connection) -> tuple[FormSheet, ...]:
    """Return every form: by number, language, the newest revision first."""
    found = select(office_form).order_by(_F.form_no, _F.language, _F.effective_on.desc(), _F.revision.desc())
    return tuple(_form(row) for row in conn.execute(found))


def in_force(conn: Connection, form_no: str, language: str, today: date) -> FormSheet | None:
    """Return the newest revision of a form in a language that may be handed out."""
    found = select(office_form).where(
        _F.form_no == form_no, _F.language == language, _F.state == "current", _F.effective_on <= today.isoformat()
    )
    row = conn.execute(found.order_by(_F.effective_on.desc(), _F.revision.desc()).limit(1)).first()
    return None if row is None else _form(row)


def handout(conn: Connection, number: str) -> Handout | None:
    """Return what was handed out."""
    row = conn.execute(select(form_handout).where(_H.handout_no == number)).first()
    return None if row is None else _handout(row)


def handouts_of(conn: Connection, customers: tuple[str, ...]) -> tuple[Handout, ...]:
    """Return what was handed out to a person, the newest first."""
    found = select(form_handout).where(_H.customer_id.in_(customers)).order_by(_H.given_at.desc(), _H.handout_no.desc())
    return tuple(_handout(row) for row in conn.execute(found))


def still_out(conn: Connection) -> tuple[Handout, ...]:
    """Return what named people have and did not bring back, the oldest first."""
    out = select(form_handout).where(_H.state == "given", _H.customer_id.is_not(None))
    return tuple(_handout(row) for row in conn.execute(out.order_by(_H.given_at, _H.handout_no)))


def by_month(conn: Connection, first: date, last: date) -> tuple[FormCount, ...]:
    """Return of each month and form how many were handed out in a period (UTC days), and how many came back."""
    day, month = func.substr(_H.given_at, 1, 10), func.substr(_H.given_at, 1, 7)
    back = func.coalesce(func.sum(_H.copies).filter(_H.state == "back"), 0)
    found = select(month, _H.form_no, func.sum(_H.copies), back)
    rows = conn.execute(
        found.where(day.between(first.isoformat(), last.isoformat()))
        .group_by(month, _H.form_no)
        .order_by(month, _H.form_no)
    )
    return tuple(FormCount(row[0], row[1], int(row[2]), int(row[3])) for row in rows)


def content(conn: Connection, attachment_id: str) -> bytes | None:
    """Return the bytes of a form's file."""
    found = select(attachment.c.content).where(attachment.c.attachment_id == attachment_id)
    return conn.execute(found).scalar_one_or_none()


def _form(row: Row[Any]) -> FormSheet:
    return FormSheet(
        row.form_no, row.revision, row.language, row.title, row.state, date.fromisoformat(row.effective_on),
        read_fields(row.fields), row.attachment_id or "",
    )  # fmt: skip


def _handout(row: Row[Any]) -> Handout:
    return Handout(
        row.handout_no, row.form_no, row.revision, row.language, How(row.how), row.state, row.copies, row.given_at,
        row.given_by, row.customer_id or "", row.subject or "",
        date.fromisoformat(row.back_on) if row.back_on else None, row.attachment_id or "",
    )  # fmt: skip
