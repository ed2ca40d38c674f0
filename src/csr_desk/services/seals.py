"""Day seals: the finance officer signs where every series stands, and the ledger keeps what was signed (4.2).

A missing officer never stops the counter: the day is closed without a seal, says so, and is sealed later.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from csr_desk.data import seal_check
from csr_desk.data.queries import heads, office
from csr_desk.data.seal_keys import key_fault
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.chain import CHAIN_VERSION
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, Conflict, Ineligible, NotFound, Trouble
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.seal import Seal, SealKey, SealStatement
from csr_desk.domain.witness import SealBook
from csr_desk.services import anchors, verification, witnesses
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event


class Signer(Protocol):
    """Whoever signs: a key file that was unlocked, or a token of the officer's."""

    @property
    def key_id(self) -> str:
        """Which key it is."""
        ...

    def sign(self, message: bytes) -> str:
        """Sign bytes; give the signature in hexadecimal."""
        ...


@dataclass(frozen=True, slots=True)
class SealDay:
    """Seal a closed business day."""

    key: str
    business_date: date


@dataclass(frozen=True, slots=True)
class SetSealKey:
    """Check day seals with this public key from here on.

    ``lost``: the key before it is lost and signs nothing any more; the entry says so for ever.
    """

    key: str
    public: SealKey
    lost: bool = False


def set_seal_key(desk: Desk, actor: Actor, command: SetSealKey) -> Done[str]:
    """Put a public key into the ledger, the first or one that the key before it signed; give its id.

    Raises BadInput for a key that is not what it says, Conflict for the one in force, Ineligible where the key before
    has not signed it and is not said to be lost.
    """
    actor.require(Act.SET_SEAL_KEY)
    content = content_of(desk, actor.user, command)
    public = command.public
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(public.key_id, replayed=True)
        _may_follow(work, command)
        work.append(
            EntryDraft(
                series=desk.office_series,
                kind=EventKind.SEAL_KEY_SET,
                business_date=desk.today(),
                actor=actor.user,
                idem_key=command.key,
                content_hash=content,
                facts={**public.as_data(), "lost": command.lost},
            ),
            desk.now_text(),
        )
    return Done(public.key_id, frozenset({Topic.DAY}))


def _may_follow(work: Work, command: SetSealKey) -> None:
    known, fault = seal_check.keys_of(work.conn)
    if fault is not None:
        raise Trouble(f"{fault.sentence} Verify the ledger first.")
    before = known[-1].key.public if known else ""
    if before == command.public.public:
        raise Conflict("This key is in force already.")
    why = key_fault(command.public, before)
    if why is not None:
        raise BadInput(f"This key cannot be taken: {why}.")
    if before and not command.public.previous and not command.lost:
        raise Ineligible(
            "The key in force has to sign its successor: make the new one with “csr-desk seal-key new --follows OLD”. "
            "If it is lost, say so; that stays on record."
        )
    if command.lost and (not before or command.public.previous):
        raise Ineligible("No key before this one is missing: leave out that one was lost.")


def seal_day(desk: Desk, actor: Actor, command: SealDay, signer: Signer) -> Done[Seal]:
    """Verify the ledger, sign where every series stands, and keep the seal in the ledger.

    A day that was sealed gives the same seal again, byte for byte. Raises NotFound for a day without business,
    Ineligible for one that is open or a key that is not the one in force, Trouble where the ledger does not verify.
    """
    actor.require(Act.SEAL_DAY)
    day = command.business_date
    earlier = recorded_seal(desk, day)
    if earlier is not None:
        return Done(earlier, replayed=True)
    anchors.require_whole(desk)
    found = verification.verify_desk(desk)
    if not found.ok:
        raise Trouble(f"The ledger does not verify, so nothing was signed: {found.first_fault}.")
    with desk.begin() as work:
        work.lock_series(*(one.series for one in found.heads))
        if any(heads.mac_at(work.conn, one.series, one.seq) != bytes.fromhex(one.head) for one in found.heads):
            raise Trouble("The ledger was changed while it was verified, so nothing was signed. Verify it again.")
        statement = _statement(desk, work, day, signer.key_id)
        seal = Seal(statement, signer.sign(statement.signed))
        fault = seal_check.signature_fault(work.conn, seal)
        if fault is not None:
            raise Trouble(f"{fault.sentence} Nothing was recorded.")
        work.append(
            EntryDraft(
                series=desk.office_series,
                kind=EventKind.DAY_SEALED,
                business_date=day,
                actor=actor.user,
                idem_key=command.key,
                content_hash=content_of(desk, actor.user, command),
                facts={
                    "statement": statement.as_data(), "sha256": statement.sha256, "signature": seal.signature,
                    "key_id": statement.key_id,
                },
            ),
            desk.now_text(),
        )  # fmt: skip
    anchors.keep(desk)
    return Done(seal, frozenset({Topic.DAY}))


def _statement(desk: Desk, work: Work, day: date, key_id: str) -> SealStatement:
    """Say where everything stands; every series is locked."""
    known, fault = seal_check.keys_of(work.conn)
    if fault is not None:
        raise Trouble(f"{fault.sentence} Verify the ledger first.")
    if not known:
        raise Ineligible("No seal key is set in this office. An administrator sets one: “csr-desk seal-key set”.")
    if known[-1].key.key_id != key_id:
        raise Ineligible(f"This key ({key_id}) is not the one in force ({known[-1].key.key_id}).")
    closed = heads.closed_days(work.conn, day).get(day)
    if closed is None:
        if office.day_state(work.conn, day) is None:
            raise NotFound(f"There was no business on {day.isoformat()}.", field="business_date")
        raise Ineligible(f"{day.isoformat()} is still open. A day is sealed after its close.")
    stands = heads.all_heads(work.conn)
    before = list(seal_check.recorded_seals(work.conn))
    last = before[-1][1] if before else None
    return SealStatement(
        office=desk.office.office_id,
        install=desk.store.install_uuid,
        business_date=day,
        closed=closed.key.seq,
        series=stands,
        entries=sum(one.seq for one in stands),
        totals=seal_check.totals_of(closed),
        sealed_at=desk.now_text(),
        chain_version=CHAIN_VERSION,
        key_id=key_id,
        previous=last.statement.sha256 if last else "",
    )


def recorded_seal(desk: Desk, business_date: date) -> Seal | None:
    """Return the seal of a day as the ledger keeps it, or None."""
    with desk.read() as work:
        seals = [seal for event, seal in seal_check.recorded_seals(work.conn) if event.business_date == business_date]
    return seals[-1] if seals else None


def seal_book(desk: Desk, actor: Actor) -> SealBook:
    """Return which closed days were sealed and which wait."""
    actor.require(Act.SEE_REPORTS)
    with desk.read() as work:
        return witnesses.seal_book(work.conn)


def new_command(business_date: date) -> SealDay:
    """Make the command of a new seal."""
    return SealDay(str(uuid.uuid4()), business_date)
