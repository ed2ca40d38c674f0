"""A row in every table of requests and of the information desk, as services write it: each column is tampered with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from csr_desk.data.models import (
    card,
    card_showing,
    card_text,
    company_place,
    form_handout,
    help_call,
    need,
    need_agency,
    notice,
    notice_read,
    office_form,
    referral,
    request,
    request_caller,
    request_link,
    request_note,
    request_type,
    visit,
)
from csr_desk.data.queries import told
from csr_desk.domain.ledger import EventKey, EventKind
from csr_desk.domain.telling import Change, Value

Values: TypeAlias = dict[str, Value]


def rows(n: int, person: str, sale: EventKey, day: str, at: str) -> Iterator[tuple[EventKind, list[Change]]]:
    """Give what each entry tells; ``n`` tells two rows of a table apart in every column."""
    yield EventKind.REQUEST_TYPES_SET, [_type(n)]
    yield EventKind.REQUEST_OPENED, [*_request(n, person, day, at)]
    yield EventKind.VISIT_CHANGED, [_visit(n, person, sale, (day, at))]
    yield EventKind.HELP_CALLED, [_call(n, person, at)]
    yield EventKind.FORM_CHANGED, [*_form(n, person, day, at)]
    yield EventKind.CARD_CHANGED, [*_card(n, person, day, at)]
    yield EventKind.NOTICE_POSTED, [*_notice(n, day, at)]
    yield EventKind.AGENCY_CHANGED, [*_need(n)]
    yield EventKind.REFERRED, [_referral(n, person, day, at)]


def _type(n: int) -> Change:
    values: Values = {
        "category": f"water {n}", "department": f"PWE {n}", "kind": "complaint", "priority": "urgent", "days": n,
        "safety": 1, "restricted": 0, "anonymous": 1, "needs_site": 1, "active": 1,
    }  # fmt: skip
    words = {"name": f"Leak {n}", "description": f"In the street {n}", "keywords": f"leak {n}", "questions": f"[{n}]"}
    return told.added(request_type, (f"WTR-{n}",), values, words)


def _request(n: int, person: str, day: str, at: str) -> Iterator[Change]:
    values: Values = {
        "type_code": f"WTR-{n}", "channel": "phone", "priority": "urgent", "state": "closed", "outcome": "resolved",
        "department": f"PWE {n}", "owner": "clerk1", "escalated": "safety", "contact_by": day, "restricted": 0,
        "anonymous": 0, "language": f"e{n}", "customer_id": person, "reopened": n, "opened_at": at, "opened_on": day,
        "due_on": day, "closed_on": day, "opened_by": "clerk1", "recurs": "SR26-1" if n > 1 else None,
    }  # fmt: skip
    words = {
        "summary": f"Water runs {n}", "answers": f'{{"how": {n}}}', "site": f"{n} Leeland St",
        "site_key": f"{n} leeland st", "place": f"29.7{n},-95.3", "contact": f"Ana {n}", "reach": f"713-555-010{n}",
        "answer": f"Mended {n}",
    }  # fmt: skip
    yield told.added(request, (f"SR26-{n}",), values, words)
    values = {"customer_id": person, "at": at, "told_on": day, "language": f"e{n}"}
    yield told.added(request_caller, (f"SR26-{n}", n), values, {"name": f"Joe {n}", "reach": f"713-555-020{n}"})
    values = {
        "kind": "task", "state": "done", "department": f"FIN {n}", "at": at, "noted_by": "clerk1", "due_on": day,
        "done_on": day,
    }  # fmt: skip
    yield told.added(request_note, (f"SR26-{n}", n), values, {"said": f"Is it paid {n}?", "answer": f"Yes {n}"})
    yield told.added(request_link, (f"SR26-{n}", f"permit:P26-{n}"), {"added_on": day})


def _visit(n: int, person: str, sale: EventKey, when: tuple[str, str]) -> Change:
    day, at = when
    values: Values = {
        "kind": "ticket", "ticket": f"A{n:03d}", "day": day, "reason": f"permit {n}", "state": "done", "priority": 0,
        "came_at": at, "called_at": at, "served_at": at, "ended_at": at, "counter": f"HPC-{n}",
        "served_by": "clerk1", "customer_id": person, "request_no": f"SR26-{n}", "language": f"e{n}", "minutes": n,
        "receipt_series": sale.series, "receipt_seq": sale.seq,
    }  # fmt: skip
    return told.added(visit, (f"Q26-{n}",), values, {"memo": f"Came early {n}"})


def _call(n: int, person: str, at: str) -> Change:
    values: Values = {
        "station": f"HPC-{n}", "state": "answered", "called_by": "clerk1", "called_at": at,
        "answered_by": "supervisor1", "answered_at": at, "customer_id": person,
    }  # fmt: skip
    return told.added(help_call, (f"call-{n}",), values, {"words": f"Please come {n}"})


def _form(n: int, person: str, day: str, at: str) -> Iterator[Change]:
    values: Values = {
        "state": "current", "effective_on": day, "fields": f'{{"owner": "name {n}"}}', "attachment_id": f"A-{n}",
    }  # fmt: skip
    yield told.added(office_form, ("CE-1057", f"2026-0{n}", "en"), values, {"title": f"Affidavit {n}"})
    values = {
        "form_no": f"CE-{n}", "revision": f"2026-0{n}", "language": f"e{n}", "how": "print", "state": "back",
        "copies": n, "customer_id": person, "subject": f"permit:P26-{n}", "given_at": at, "given_by": "clerk1",
        "back_on": day, "attachment_id": f"A-{n}",
    }  # fmt: skip
    yield told.added(form_handout, (f"H26-{n}",), values)


def _card(n: int, person: str, day: str, at: str) -> Iterator[Change]:
    values: Values = {
        "topic": f"water {n}", "state": "current", "item": f"WTR-{n}", "form_no": f"CE-{n}", "need_code": f"need {n}",
        "owner": "supervisor1", "review_on": day, "changed_on": day,
    }  # fmt: skip
    yield told.added(card, (f"KA26-{n}",), values)
    words = {
        "question": f"How much {n}?", "short_answer": f"So much {n}", "steps": f"Ask {n}", "papers": f"Deed {n}",
        "hours": f"8-{n}", "link": f"https://example.com/{n}",
    }  # fmt: skip
    yield told.added(card_text, (f"KA26-{n}", "en"), {}, words)
    values = {"card_no": f"KA26-{n}", "language": f"e{n}", "at": at, "shown_by": "clerk1", "customer_id": person}
    yield told.added(card_showing, (f"showing-{n}",), values)


def _notice(n: int, day: str, at: str) -> Iterator[Change]:
    values: Values = {
        "kind": "price", "state": "posted", "effective_on": day, "must_read": 1, "posted_at": at,
        "posted_by": "supervisor1", "release_id": f"release {n}", "items": f"[{n}]", "cards": f"[{n}]",
        "forms": f"[{n}]",
    }  # fmt: skip
    yield told.added(notice, (f"N26-{n}",), values, {"title": f"Fees {n}", "body": f"They rise {n}"})
    yield told.added(notice_read, (f"N26-{n}", "clerk1"), {"at": at})


def _need(n: int) -> Iterator[Change]:
    yield told.added(need, (f"need-{n}",), {"active": 1}, {"name": f"Food {n}", "keywords": f"eat {n}"})
    values: Values = {"company_id": f"G26-{n}", "area": "outside", "active": 1}
    yield told.added(need_agency, (f"need-{n}", n), values, {"advice": f"Bring this {n}"})
    words = {
        "address": f"{n} Main St", "hours": f"8-{n}", "reach": f"713-555-030{n}", "map_link": f"geo:29.{n},-95",
    }  # fmt: skip
    yield told.added(company_place, (f"G26-{n}", n), {"active": 1}, words)


def _referral(n: int, person: str, day: str, at: str) -> Change:
    values: Values = {
        "need_code": f"need-{n}", "company_id": f"G26-{n}", "kind": "warm", "state": "reached", "customer_id": person,
        "request_no": f"SR26-{n}", "language": f"e{n}", "at": at, "referred_by": "clerk1", "follow_on": day,
        "followed_on": day,
    }  # fmt: skip
    return told.added(referral, (f"RF26-{n}",), values, {"reason": f"Rent {n}", "outcome": f"Helped {n}"})
