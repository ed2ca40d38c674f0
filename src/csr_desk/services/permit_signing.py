"""Signs permits with the city's key, and tells whoever holds a paper whether it is the city's (``verify-permit``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from csr_desk.data.models import number_counter, permit
from csr_desk.data.queries import Connection, permits, told
from csr_desk.domain import about
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import Ineligible
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.permit_statement import PermitCode, PermitStatement, read_keys, write_keys
from csr_desk.services import telling
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event

KEY = ("permit_key", 0)
"""The series whose last number is the generation of the key in force."""
MOST_SIGNED = 500


class Signer(Protocol):
    """The city's key of permits."""

    public: str
    key_id: str

    def sign(self, message: bytes) -> str:
        """Sign bytes; give the signature in hexadecimal."""
        ...


@dataclass(frozen=True, slots=True)
class SetPermitKey:
    """Sign permits with a new key from here on; papers of the keys before it stay valid."""

    key: str


@dataclass(frozen=True, slots=True)
class SignPermits:
    """Sign the permits that were issued while there was no key."""

    key: str


class Checked(NamedTuple):
    """What the code of a paper says, and whether the city said it."""

    statement: PermitStatement
    genuine: bool
    over: bool
    """It has run out, by what the city signed."""
    why: str
    """A sentence for whoever asks."""


def signer_of(conn: Connection, desk: Desk) -> Signer | None:
    """Return the city's key in force, or None where none was set."""
    generation = _generation(conn)
    return _signer(desk, generation) if generation else None


def _generation(conn: Connection) -> int:
    row = told.record(conn, number_counter, *KEY)
    return 0 if row is None else int(row["version"])


def _signer(desk: Desk, generation: int) -> Signer:
    from csr_desk.data.permit_keys import permit_signer  # noqa: PLC0415 - loads the cryptography, for permits only

    return permit_signer(desk.store.key, generation)


def statement(desk: Desk, number: str, row: Mapping[str, object]) -> PermitStatement:
    """Lay out what is signed of a permit; ``row`` has its columns."""
    named = {name: str(row[name] or "") for name in ("description", "site", "issued_on", "expires_on")}
    return PermitStatement(
        desk.office.office_id,
        number,
        named["description"],
        named["site"],
        named["issued_on"],
        named["expires_on"],
        str(row["contractor_no"] or ""),
        str(row["project_no"] or ""),
    )


def signed_anew(conn: Connection, desk: Desk, row: Mapping[str, object]) -> dict[str, str | None]:
    """Give the signature of a permit's row as it is about to stand; nothing where there is no key and was none."""
    signer = signer_of(conn, desk)
    signature = signer.sign(statement(desk, str(row["permit_no"]), row).signed) if signer else None
    return {} if signature == row["signature"] else {"signature": signature}


def set_permit_key(desk: Desk, actor: Actor, command: SetPermitKey) -> Done[str]:
    """Put a new public key of permits into the ledger and return its id."""
    actor.require(Act.SET_PERMIT_KEY)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        earlier = earlier_event(work.conn, command.key, content)
        if earlier is not None:
            return Done(str(earlier.facts["key_id"]), replayed=True)
        counted = told.next_number(work.conn, *KEY)
        signer = _signer(desk, counted.version)
        draft = EntryDraft(
            series=desk.office_series, kind=EventKind.PERMIT_KEY_SET, business_date=desk.today(), actor=actor.user,
            idem_key=command.key, content_hash=content, facts={"public": signer.public, "key_id": signer.key_id},
        )  # fmt: skip
        telling.tell(work, desk, draft, [counted])
    return Done(signer.key_id, frozenset({Topic.PERMITS}))


def public_keys(desk: Desk, actor: Actor) -> bytes:
    """Return the file of the city's public keys, of all generations; raise Ineligible where none was set."""
    actor.require(Act.VERIFY_LEDGER)
    with desk.read() as work:
        generation = _generation(work.conn)
    if not generation:
        raise Ineligible(
            "No key of permits is set in this office. An administrator sets one: “csr-desk permit-key set”."
        )
    signers = [_signer(desk, n) for n in range(1, generation + 1)]
    return write_keys(desk.office.office_id, {one.key_id: one.public for one in signers})


def sign_permits(desk: Desk, actor: Actor, command: SignPermits) -> Done[tuple[str, ...]]:
    """Sign permits in force that have no signature yet (MOST_SIGNED at once); return their numbers.

    Raises Ineligible where no key was set.
    """
    actor.require(Act.AMEND_PERMIT)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        earlier = earlier_event(work.conn, command.key, content)
        if earlier is not None:
            return Done(tuple(earlier.facts["signed"]), replayed=True)
        signer = signer_of(work.conn, desk)
        if signer is None:
            raise Ineligible("No key of permits is set in this office. An administrator sets one.")
        changes = []
        for number in permits.unsigned(work.conn, MOST_SIGNED):
            row = told.record(work.conn, permit, number, lock=True)
            if row is not None and row["signature"] is None:
                signature = signer.sign(statement(desk, number, row).signed)
                changes.append(told.changed(permit, row, {"signature": signature}))
        signed = [str(change.key[0]) for change in changes]
        draft = EntryDraft(
            series=desk.office_series, kind=EventKind.PERMIT_CHANGED, business_date=desk.today(), actor=actor.user,
            idem_key=command.key, content_hash=content, facts={"signed": signed},
        )  # fmt: skip
        telling.tell(work, desk, draft, changes, [about.permit(number) for number in signed])
    return Done(tuple(signed), frozenset({Topic.PERMITS}))


def code_of(desk: Desk, conn: Connection, number: str) -> str:
    """Return the code for the paper of a permit; nothing where it is not signed."""
    row = told.record(conn, permit, number)
    if row is None or not row["signature"]:
        return ""
    said = statement(desk, number, row)
    for generation in range(_generation(conn), 0, -1):
        signer = _signer(desk, generation)
        if signer.sign(said.signed) == row["signature"]:  # Ed25519 signs the same bytes the same way
            return said.code(signer.key_id, row["signature"])
    return ""


def check_code(text: str, keys: bytes, day: date) -> Checked:
    """Say whether the code of a paper is the city's, with nothing but the file of its public keys.

    Raises BadInput for what is no code or no such file.
    """
    from csr_desk.data.permit_keys import signed_by  # noqa: PLC0415 - loads the cryptography

    office, known = read_keys(keys)
    code = PermitCode.of(text)
    said = code.statement
    public = known.get(code.key)
    if public is None:
        return Checked(
            said, genuine=False, over=False, why=f"It was signed with key {code.key}, which is none of these."
        )
    if said.office != office or not signed_by(public, said.signed, code.signature):
        return Checked(
            said, genuine=False, over=False, why="The signature is not the city’s: the paper was changed or made up."
        )
    over = said.over_on(day)
    ended = f" It ran out on {said.expires}." if over else ""
    why = f"The city issued it as it stands here.{ended} Ask the counter whether it was revoked since."
    return Checked(said, genuine=True, over=over, why=why)
