"""Refunds that the city's payables pay: asked for with the refund, completed, and handed over once (E8, control 35)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from csr_desk.data.queries import Connection, entries
from csr_desk.data.queries import payables as requests
from csr_desk.data.queries.entries import Event
from csr_desk.data.queries.payables import RequestRecord
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import Conflict, Ineligible, MissingInput, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKind, Written
from csr_desk.domain.money import Cents, plain
from csr_desk.domain.payables import PayablesList, PayablesRequest, RequestState, same_person, state_of
from csr_desk.domain.people import Act, Actor
from csr_desk.services.desk import Desk, content_of, moment
from csr_desk.services.receipts import earlier_event, number_of
from csr_desk.services.spreadsheet_text import write_rows
from csr_desk.services.words import plain_words

TOPICS = frozenset({Topic.PAYABLES})
COLUMNS = (
    "list", "request", "payee", "address", "amount", "currency", "receipt", "refund", "business_date", "prepared_by",
    "approved_by", "reason", "payee_reason",
)  # fmt: skip
_FIGURES = frozenset({4})


@dataclass(frozen=True, slots=True)
class Payee:
    """Who is paid, where, and why it is not the one who paid."""

    name: str = ""
    address: str = ""
    reason: str = ""


THE_PAYOR = Payee()
"""Nobody was named: the customer of the receipt is paid."""


@dataclass(frozen=True, slots=True)
class CompletePayables:
    """Say who is paid and where; before a request is handed over it may be said again."""

    key: str
    request: str
    payee: str
    address: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SendPayables:
    """Hand requests over to payables; without any named, all that are ready."""

    key: str
    requests: tuple[str, ...] = ()


def payee_of(keyed: Payee, payor: str) -> Payee:
    """Return who is paid: the payor unless somebody else was keyed; raise MissingInput if that one has no reason."""
    name = plain_words(keyed.name, "payee", 120) or payor.partition(" · ")[0].strip()
    address = plain_words(keyed.address, "address", 200)
    reason = plain_words(keyed.reason, "payee_reason", 200)
    if payor and not same_person(name, payor) and not reason:
        raise MissingInput(f"The receipt names {payor}. Say why somebody else is paid.", field="payee_reason")
    return Payee(name, address, reason)


def request_payment(work: Work, written: Written, receipt: str, what: tuple[Cents, Payee, Actor, str | None]) -> None:
    """Ask payables to pay a refund, in its own transaction; a request without payee or address waits for them."""
    amount, payee, actor, approver = what
    requests.insert_request(
        work.conn,
        {
            "request_id": request_name(written.receipt or ""),
            "receipt": receipt,
            "amount_minor": amount,
            "payee": payee.name,
            "address": payee.address,
            "state": state_of(payee.name, payee.address).value,
            "prepared_by": actor.user,
            "approved_by": approver,
            "series_id": written.key.series,
            "seq": written.key.seq,
            "sent_series": None,
            "sent_seq": None,
        },
    )


def request_name(refund: str) -> str:
    """``HPC1-0000021``, the receipt of a refund, gives ``P-HPC1-0000021``."""
    return f"P-{refund}"


def payee_notes(payee: Payee) -> dict[str, str]:
    """Return the words of a payee as purgeable texts."""
    words = {"payee": payee.name, "address": payee.address, "payee_reason": payee.reason}
    return {topic: text for topic, text in words.items() if text}


def open_requests(desk: Desk, actor: Actor) -> tuple[PayablesRequest, ...]:
    """Return the requests that were not handed over yet, by number."""
    actor.require(Act.SEND_PAYABLES)
    with desk.read() as work:
        found = requests.requests_in(work.conn, [RequestState.INCOMPLETE.value, RequestState.READY.value])
        return tuple(_request(work.conn, record) for record in found)


def request_of(desk: Desk, actor: Actor, refund: str) -> PayablesRequest | None:
    """Return the request that came with a refund, if payables pay it."""
    actor.require(Act.QUOTE)
    with desk.read() as work:
        record = requests.one_request(work.conn, request_name(refund))
        return None if record is None else _request(work.conn, record)


def complete_payables(desk: Desk, actor: Actor, command: CompletePayables) -> Done[PayablesRequest]:
    """Say who is paid and where (the accountant).

    Raises NotFound, Conflict (handed over already), MissingInput (payee, address, why somebody else is paid).
    """
    actor.require(Act.SEND_PAYABLES)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(_request(work.conn, _one(work.conn, command.request)), replayed=True)
        record = _one(work.conn, command.request, lock=True)
        before = _request(work.conn, record)
        _refuse_sent(record)
        if not command.payee.strip() or not command.address.strip():
            missing = "address" if command.payee.strip() else "payee"
            raise MissingInput("Payables need a payee and an address.", field=missing)
        payee = payee_of(Payee(command.payee, command.address, command.reason), before.payor)
        work.append(
            EntryDraft(
                series=desk.office_series,
                kind=EventKind.PAYABLES_CHANGED,
                business_date=desk.today(),
                actor=actor.user,
                idem_key=command.key,
                content_hash=content,
                reverses=record.entry,
                facts={"change": "completed", "request": record.request_id},
                notes=payee_notes(payee),
            ),
            desk.now_text(),
        )
        values = {"payee": payee.name, "address": payee.address, "state": RequestState.READY.value}
        requests.update_request(work.conn, record.request_id, values)
        done = _request(work.conn, _one(work.conn, record.request_id))
    return Done(done, TOPICS)


def send_payables(desk: Desk, actor: Actor, command: SendPayables) -> Done[PayablesList]:
    """Hand requests over to payables, each once; the same key gives the same list again (the accountant).

    Raises NotFound, Conflict (handed over already), Ineligible (not complete, or nothing to hand over).
    """
    actor.require(Act.SEND_PAYABLES)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        earlier = earlier_event(work.conn, command.key, content)
        if earlier is not None:
            return Done(_list(desk, work.conn, earlier), replayed=True)
        records = _to_send(work.conn, command)
        head = work.heads[desk.office_series]
        number = f"{desk.office_series}-{head.last_seq + 1}"
        content_csv = _csv(desk, number, [_request(work.conn, record) for record in records])
        written = work.append(
            EntryDraft(
                series=desk.office_series,
                kind=EventKind.PAYABLES_CHANGED,
                business_date=desk.today(),
                actor=actor.user,
                idem_key=command.key,
                content_hash=content,
                facts={
                    "change": "sent",
                    "list": number,
                    "requests": [record.request_id for record in records],
                    "amount": sum(record.amount for record in records),
                    "sha256": hashlib.sha256(content_csv).hexdigest(),
                },
            ),
            desk.now_text(),
        )
        values = {"state": RequestState.SENT.value, "sent_series": written.key.series, "sent_seq": written.key.seq}
        for record in records:
            requests.update_request(work.conn, record.request_id, values)
        event = entries.event_at(work.conn, written.key)
        if event is None:
            raise AssertionError(written.key)
        done = _list(desk, work.conn, event)
    return Done(done, TOPICS)


def payables_csv(desk: Desk, sent: PayablesList) -> bytes:
    """Write a list as CSV for the payables system: the very bytes whose fingerprint stands in the ledger."""
    return _csv(desk, sent.number, sent.requests)


def _csv(desk: Desk, number: str, listed: Sequence[PayablesRequest]) -> bytes:
    rows: list[tuple[str | int, ...]] = [COLUMNS]
    rows += [
        (
            number, one.request_id, one.payee, one.address, plain(one.amount), desk.currency, one.receipt, one.refund,
            one.business_date.isoformat(), one.prepared_by, one.approved_by, one.reason, one.payee_reason,
        )
        for one in listed
    ]  # fmt: skip
    return write_rows(rows, numbers=_FIGURES)


def _one(conn: Connection, request_id: str, *, lock: bool = False) -> RequestRecord:
    record = requests.one_request(conn, request_id.strip(), lock=lock)
    if record is None:
        raise NotFound(f"There is no request “{request_id[:40]}” to payables.", field="request")
    return record


def _refuse_sent(record: RequestRecord) -> None:
    if record.state == RequestState.SENT.value:
        raise Conflict(f"{record.request_id} was handed over to payables already.")


def _to_send(conn: Connection, command: SendPayables) -> list[RequestRecord]:
    if not command.requests:
        records = list(requests.requests_in(conn, [RequestState.READY.value]))
        if not records:
            raise Ineligible("No request to payables is ready. Complete those that wait for a payee or an address.")
        return records
    records = [_one(conn, name, lock=True) for name in sorted(set(command.requests))]
    for record in records:
        _refuse_sent(record)
        if record.state != RequestState.READY.value:
            raise Ineligible(f"{record.request_id} has no payee or no address yet. Complete it first.")
    return records


def _request(conn: Connection, record: RequestRecord) -> PayablesRequest:
    refund = entries.event_at(conn, record.entry)
    if refund is None:
        raise AssertionError(record.entry)
    words = entries.notes_of(conn, record.entry)
    completed = [back for back in entries.reversals_of(conn, record.entry) if back.facts.get("change") == "completed"]
    later = entries.notes_of(conn, completed[-1].key) if completed else words
    return PayablesRequest(
        record.request_id, record.receipt, _refund_of(refund), record.amount, record.payee, record.address,
        RequestState(record.state), refund.business_date, record.prepared_by, record.approved_by,
        words.get("customer", ""), words.get("reason", ""), later.get("payee_reason", ""),
    )  # fmt: skip


def _refund_of(event: Event) -> str:
    """Return the number of what is paid back: a refund's receipt, or the deposit that ended."""
    return number_of(event) or str(event.facts.get("deposit", ""))


def _list(desk: Desk, conn: Connection, event: Event) -> PayablesList:
    listed = tuple(_request(conn, record) for record in requests.requests_sent_with(conn, event.key))
    by = entries.entry(conn, event).actor_name
    return PayablesList(desk.office, str(event.facts["list"]), moment(event.recorded_at), by, listed)
