"""A row in every table that entries tell whole, as services write it: each column is tampered with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import TypeAlias

from csr_desk.data.models import (
    account_verification,
    attachment,
    company,
    company_contact,
    contact_log,
    contractor,
    contractor_paper,
    inspection,
    outbox,
    permit,
    permit_change,
    project,
    release_batch,
    sales_order,
    service_release,
    verification_item,
    work_order,
)
from csr_desk.data.queries import told
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind, Written
from csr_desk.domain.telling import Change, Value
from csr_desk.services import telling
from csr_desk.services.desk import Desk
from proof.tampering import told_requests

DAY = date(2026, 7, 14)
Values: TypeAlias = dict[str, Value]
Words: TypeAlias = dict[str, str | None]

ON, AT = DAY.isoformat(), "2026-07-14T15:00:00.000000Z"
SITE = {"site": "4107 Leeland St #B", "site_key": "4107 leeland st b"}
PROJECTS = ("26-000001-9", "26-000002-4")
CONTENT = b"%PDF-1.7 a bond"


def write(desk: Desk) -> None:
    """Tell two rows of each table in entries of their kinds, and a later word on some of them."""
    with desk.read() as work:
        person = str(work.conn.exec_driver_sql("SELECT MIN(customer_id) FROM customer").scalar_one())
        sale = _a_sale(work)
    for n in (1, 2):
        for at, (kind, changes) in enumerate(_rows(n, person, sale)):
            with desk.begin() as work:
                work.lock_series(desk.office_series)
                _entry(work, desk, f"told {n} {at}", kind, changes)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        row = told.record(work.conn, project, PROJECTS[0], lock=True)
        assert row is not None
        later = told.changed(project, row, {"state": "closed", "closed_on": "2026-07-15"}, {"title": "Finished"})
        _entry(work, desk, "told later", EventKind.PROJECT_CHANGED, [later])


def _a_sale(work: Work) -> EventKey:
    series, seq = work.conn.exec_driver_sql("SELECT series_id, seq FROM ledger_event WHERE kind = 'sale'").all()[0]
    return EventKey(series, seq)


def _entry(work: Work, desk: Desk, key: str, kind: EventKind, changes: list[Change]) -> Written:
    draft = EntryDraft(desk.office_series, kind, DAY, "clerk1", key)
    subjects = [about.project(PROJECTS[0])]
    if kind is EventKind.PROJECT_OPENED:
        changes = [*changes, telling.next_number(work.conn, desk, "project", DAY.year)[1]]
    files = {str(one.key[0]): CONTENT for one in changes if one.table == "attachment"}
    return telling.tell(work, desk, draft, changes, subjects, files)


def _rows(n: int, person: str, sale: EventKey) -> Iterator[tuple[EventKind, list[Change]]]:
    """Give what each entry tells; ``n`` tells two rows of a table apart in every column."""
    day = f"2026-07-{14 + n}"
    yield EventKind.CONTRACTOR_CHANGED, [*_contractor(n, person, day)]
    yield EventKind.PROJECT_OPENED, [_project(n, person, day)]
    yield EventKind.ORDER_MADE, [_order(n, person, sale, day)]
    yield EventKind.PERMIT_CHANGED, [*_permit(n, person, sale, day)]
    yield EventKind.WORK_ORDER_OPENED, [_work_order(n, person, sale, day)]
    yield EventKind.COMPANY_CHANGED, [*_company(n)]
    yield EventKind.MESSAGE_QUEUED, [_message(n)]
    yield EventKind.RELEASE_BATCH_MADE, [*_release(n, person, day)]
    yield EventKind.VERIFICATION_OPENED, [*_verification(n, person, day)]
    yield from told_requests.rows(n, person, sale, day, f"{AT[:-1]}{n}Z")


def _contractor(n: int, person: str, day: str) -> Iterator[Change]:
    yield _file(n)
    values: Values = {"customer_id": person, "trades": f"electrical {n}", "state": "active", "since": day}
    yield told.added(contractor, (f"K26-{n}",), values)
    paper: Values = {"kind": "bond", "trade": f"electrical {n}", "starts_on": day, "expires_on": day}
    paper |= {"amount_minor": 100 + n, "state": "valid", "attachment_id": f"A-{n}"}
    yield told.added(contractor_paper, (f"K26-{n}", n), paper, {"number": f"TECL-{n}", "issuer": f"State {n}"})


def _project(n: int, person: str, day: str) -> Change:
    values: Values = {"customer_id": person, "contractor_no": f"K26-{n}", "state": "open", "opened_on": day}
    return told.added(project, (PROJECTS[n - 1],), {**values, "opened_by": "clerk1"}, {"title": f"House {n}", **SITE})


def _file(n: int) -> Change:
    values: Values = {
        "subject": f"contractor:K26-{n}",
        "media": "application/pdf",
        "sha256": sha256(CONTENT).hexdigest(),
        "size": len(CONTENT),
        "added_by": "clerk1",
        "added_at": AT,
    }
    return told.added(attachment, (f"A-{n}",), values, {"file_name": f"bond {n}.pdf"})


def _order(n: int, person: str, sale: EventKey, day: str) -> Change:
    values: Values = {
        "project_no": PROJECTS[n - 1],
        "customer_id": person,
        "contractor_no": f"K26-{n}",
        "state": "paid",
        "lines": f'[{{"item":"ELE-RECON","n":{n}}}]',
        "price_date": day,
        "issued_on": day,
        "expires_on": day,
        "total_minor": 12756 + n,
        "prepared_by": "clerk1",
        "paid_series": sale.series,
        "paid_seq": sale.seq,
    }
    words: Words = {"inputs": f'[{{"n":"{n}"}}]', "customer_name": f"Bayou {n}", "memo": f"Call {n}"}
    return told.added(sales_order, (f"SO26-{n}",), values, words)


def _permit(n: int, person: str, sale: EventKey, day: str) -> Iterator[Change]:
    values: Values = {
        "project_no": PROJECTS[n - 1],
        "kind": f"ELE-RECON{n}",
        "items": f"ELE-RECON {n}",
        "description": f"Reconnect {n}",
        "trade": f"electrical {n}",
        "customer_id": person,
        "contractor_no": f"K26-{n}",
        "order_no": f"SO26-{n}",
        "state": "issued",
        "issued_on": day,
        "expires_on": day,
        "ended_on": day,
        "renewals": n,
        "paid_minor": 12756 + n,
        "receipt_series": sale.series,
        "receipt_seq": sale.seq,
        "receipt_line": n,
        "signature": f"s{n}",
    }
    yield told.added(permit, (f"P26-{n}",), values, {"inputs": f'{{"esi_id":"{n}"}}', **SITE})
    receipt: Values = {"receipt_series": sale.series, "receipt_seq": sale.seq, "receipt_line": n}
    values = {
        "kind": "renewal",
        "state": "done",
        "on_date": day,
        "amount_minor": n,
        "worksheet": f"[{n}]",
        "other_permit": "P26-1",
        "expires_on": day,
        **receipt,
    }
    yield told.added(permit_change, (f"P26-{n}", n), values, {"reason": f"Late {n}", "inputs": f'{{"n":"{n} b"}}'})
    values = {
        "permit_no": f"P26-{n}",
        "kind": f"final {n}",
        "state": "passed",
        "requested_on": day,
        "due_on": day,
        "scheduled_on": day,
        "inspected_on": day,
        "repeats": "I26-1",
    }
    words: Words = {"inspector": f"Ray {n}", "result": f"Good {n}", "contact": f"Ana {n}"}
    yield told.added(inspection, (f"I26-{n}",), values, words)


def _work_order(n: int, person: str, sale: EventKey, day: str) -> Change:
    values: Values = {
        "kind": f"reconnect {n}",
        "priority": "normal",
        "state": "done",
        "source": "payment",
        "subject": f"permit:P26-{n}",
        "customer_id": person,
        "crew": f"meters {n}",
        "opened_on": day,
        "due_on": day,
        "closed_on": day,
        "opened_by": "clerk1",
        "receipt_series": sale.series,
        "receipt_seq": sale.seq,
    }
    return told.added(work_order, (f"W26-{n}",), values, {"work": f"Set meter {n}", "result": f"Done {n}", **SITE})


def _company(n: int) -> Iterator[Change]:
    name = f"G26-{n}"
    values: Values = {
        "kind": "electric",
        "premise_code": f"100890{n}",
        "channel": "email",
        "send_at": f"16:3{n}",
        "active": 1,
    }
    words = {
        "name": f"Wires {n}",
        "territory": f"City {n}",
        "hours": f"8-{n}",
        "memo": f"Ask {n}",
        "send_to": f"r{n}@example.com",
    }
    yield told.added(company, (name,), values, words)
    values = {"channel": "phone", "purpose": "any", "active": 1}
    words = {
        "name": f"Desk {n}",
        "title": f"Clerk {n}",
        "reach": f"713-555-010{n}",
        "hours": f"9-{n}",
    }
    yield told.added(company_contact, (name, n), values, words)
    values = {
        "company_id": name,
        "at": f"{ON}T10:0{n}",
        "channel": "phone",
        "direction": "out",
        "subject": f"release:R26-{n}",
        "written_by": "clerk1",
    }
    words = {"asked": f"Joe {n}", "words": f"Where is it {n}", "reference": f"REF {n}"}
    yield told.added(contact_log, (f"T26-{n}",), values, words)


def _message(n: int) -> Change:
    values: Values = {
        "message_id": f"<{n}@example.com>",
        "kind": f"batch {n}",
        "subject": f"release_batch:RB26-{n}",
        "company_id": f"G26-{n}",
        "attachments": f"[{n}]",
        "state": "queued",
        "attempts": n,
        "queued_at": f"{AT[:-1]}{n}Z",
        "next_try_at": f"{AT[:-1]}{n}Z",
        "sent_at": f"{AT[:-1]}{n}Z",
        "queued_by": "clerk1",
    }
    words: Words = {
        "recipient": f"r{n}@example.com",
        "title": f"Releases {n}",
        "body": f"See {n}",
        "answer": f"250 {n}",
    }
    return told.added(outbox, (f"M26-{n}",), values, words)


def _release(n: int, person: str, day: str) -> Iterator[Change]:
    values: Values = {
        "company_id": f"G26-{n}",
        "kind": "daily",
        "on_date": day,
        "releases": n,
        "file_hash": f"{n:064d}",
        "state": "made",
        "message_no": f"M26-{n}",
        "sent_at": f"{AT[:-1]}{n}Z",
        "acknowledged_at": f"{AT[:-1]}{n}Z",
        "matched": n,
        "unmatched": n + 1,
    }
    yield told.added(release_batch, (f"RB26-{n}",), values, {"acknowledged_by": f"Joe {n}"})
    values = {
        "kind": "reconnect",
        "company_id": f"G26-{n}",
        "permit_no": f"P26-{n}",
        "project_no": PROJECTS[n - 1],
        "inspection_no": f"I26-{n}",
        "customer_id": person,
        "contractor_no": f"K26-{n}",
        "manual": "other",
        "mobile_home": 0,
        "emergency": 1,
        "state": "sent",
        "conditions": f"[{n}]",
        "requested_by": "clerk1",
        "requested_on": day,
        "sent_at": f"{AT[:-1]}{n}Z",
        "confirmed_at": f"{AT[:-1]}{n}Z",
        "energised_on": day,
        "expires_on": day,
        "ended_on": day,
        "channel": "email",
        "batch_no": f"RB26-{n}",
        "unmatched": 0,
        "repeats": "R26-1",
    }
    words = {
        "reason": f"Well {n}",
        "utility_site": f"4107 Leeland St Unit {n}",
        "premise": f"100890102390012764011{n}",
        "contact": f"Joe {n}",
        "confirmation": f"C-{n}",
        "answer": f"Yes {n}",
        **SITE,
    }
    yield told.added(service_release, (f"R26-{n}",), values, words)


def _verification(n: int, person: str, day: str) -> Iterator[Change]:
    values: Values = {
        "customer_id": person,
        "tenure": "tenant",
        "state": "verified",
        "deposit": "charged",
        "deposit_minor": 15000 + n,
        "rule": f"tenant {n}",
        "opened_on": day,
        "decided_on": day,
        "opened_by": "clerk1",
    }
    yield told.added(account_verification, (f"V26-{n}",), values, {"address": f"4107 Leeland St {n}"})
    values = {
        "state": "met",
        "company_id": f"G26-{n}",
        "channel": "phone",
        "standing": f"good {n}",
        "at": f"{ON}T10:0{n}",
        "checked_by": "clerk1",
    }
    words: Words = {"asked": f"Joe {n}", "reference": f"REF {n}", "answer": f"Good {n}"}
    yield told.added(verification_item, (f"V26-{n}", f"standing {n}"), values, words)
