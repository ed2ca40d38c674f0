"""People: signing in, approving, adding and retiring (field J1–J4, reliability 4.12)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from csr_desk.data.queries import people
from csr_desk.data.queries.people import StaffRecord
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, Conflict, NotFound, NotPermitted, SelfApproval
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor, Approval, Role
from csr_desk.domain.receipt import Office
from csr_desk.services import secrets_kept
from csr_desk.services.clock import read_stamp, stamp
from csr_desk.services.desk import Desk

FREE_FAILURES = 5
LONGEST_DELAY = timedelta(minutes=15)
WRONG = "The name or the secret is not right. Try again."

PROGRAM = "csr-desk"
"""Stands in the ledger where nobody of the office acted: a sign-in under a name that nobody has. It cannot sign in."""

THE_PROGRAM = Actor(PROGRAM, "CSR Desk", "Command line", Role.ACCOUNTANT)
"""Who reads when nobody signs in: the command line. It may look, and does nothing under its name."""


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person on the sign-in page; the secret shows in training offices only."""

    user: str
    name: str
    title: str
    role: Role
    demo_secret: str = ""


@dataclass(frozen=True, slots=True)
class SignInPage:
    """What the sign-in page shows."""

    office: Office
    people: tuple[PersonCard, ...]


@dataclass(frozen=True, slots=True)
class Grant:
    """A supervisor's yes, with their own secret, to one act on one subject for one amount (cents)."""

    approver: str
    secret: str
    act: Act
    subject: str
    amount: Cents


@dataclass(frozen=True, slots=True)
class AddPerson:
    """A new person with a first secret of at least eight characters."""

    key: str
    user: str
    name: str
    title: str
    role: Role
    secret: str


def sign_in_page(desk: Desk) -> SignInPage:
    """Return the people who may sign in."""
    with desk.read() as work:
        records = people.all_staff(work.conn)
    cards = tuple(
        PersonCard(
            row.actor.user,
            row.actor.name,
            row.actor.title,
            row.actor.role,
            (row.demo_secret or "") if desk.office.training else "",
        )
        for row in records
        if row.active
    )
    return SignInPage(desk.office, cards)


def sign_in(desk: Desk, user: str, secret: str) -> Actor:
    """Return the person whose secret this is; raise NotPermitted (the same for a wrong name and a wrong secret).

    After five failures each further one doubles a delay, up to fifteen minutes. Policy and catalogue are read anew.
    """
    with desk.read() as work:
        record = people.one_staff(work.conn, user)
    now = desk.clock.now()
    if record is None or not record.active:
        secrets_kept.fits(secrets_kept.nobody(), secret)
        raise NotPermitted(WRONG, field="secret")
    if record.delay_until and read_stamp(record.delay_until) > now:
        raise NotPermitted("Too many wrong secrets. Wait a while, or ask the administrator.", field="secret")
    if not secrets_kept.fits(record.secret_hash, secret):
        _note_failure(desk, record, now)
        raise NotPermitted(WRONG, field="secret")
    if record.failures or record.delay_until or secrets_kept.is_outdated(record.secret_hash):
        values: dict[str, object] = {"failures": 0, "delay_until": None}
        if secrets_kept.is_outdated(record.secret_hash):
            values["secret_hash"] = secrets_kept.hash_of(secret)
        with desk.begin() as work:
            people.update_staff(work.conn, user, values)
    desk.refresh()
    return record.actor


def _note_failure(desk: Desk, record: StaffRecord, now: datetime) -> None:
    failures = record.failures + 1
    values: dict[str, object] = {"failures": failures}
    if failures >= FREE_FAILURES:
        wait = min(timedelta(seconds=15 * 2 ** (failures - FREE_FAILURES)), LONGEST_DELAY)
        values["delay_until"] = stamp(now + wait)
    with desk.begin() as work:
        people.update_staff(work.conn, record.actor.user, values)


def person(desk: Desk, user: str) -> Actor:
    """Return an active person by user id (a training script names who acts); raise NotFound."""
    with desk.read() as work:
        record = people.one_staff(work.conn, user)
    if record is None or not record.active:
        raise NotFound(f"Nobody has the user name “{user[:40]}”.")
    return record.actor


def grant(desk: Desk, actor: Actor, command: Grant) -> Approval:
    """Return an approval for a minute, bound to act, subject and amount; the act itself keeps and uses it up."""
    if command.approver == actor.user:
        raise SelfApproval
    approver = sign_in(desk, command.approver, command.secret)
    return approval_by(desk, approver, command.act, command.subject, command.amount)


def approval_by(desk: Desk, approver: Actor, act: Act, subject: str, amount: Cents) -> Approval:
    """Make the approval of a person who is known to be there (signed in, or named by a training script)."""
    now = desk.clock.now()
    ends = now + timedelta(seconds=desk.policy.approval_seconds)
    return Approval(str(uuid.uuid4()), approver, act, subject, amount, now, ends)


def add_person(desk: Desk, actor: Actor, command: AddPerson) -> Done[PersonCard]:
    """Add a person with a first secret; raise Conflict if the user name is taken."""
    actor.require(Act.MANAGE_STAFF)
    if not command.user.isascii() or not command.user.isalnum():
        raise BadInput("A user name is letters and digits.", field="user")
    if not command.name.strip():
        raise BadInput("Key the person’s name.", field="name")
    check_secret(command.secret)
    with desk.begin() as work:
        if people.one_staff(work.conn, command.user) is not None:
            raise Conflict("This user name is taken.")
        people.insert_staff(
            work.conn,
            [
                staff_row(
                    Actor(command.user, command.name, command.title, command.role),
                    secrets_kept.hash_of(command.secret),
                )
            ],
        )
    card = PersonCard(command.user, command.name, command.title, command.role)
    return Done(card, frozenset({Topic.STAFF}))


def deactivate(desk: Desk, actor: Actor, user: str) -> Done[str]:
    """Retire a person: the name stays on what they did, nobody signs in with it again."""
    actor.require(Act.MANAGE_STAFF)
    if user == actor.user:
        raise NotPermitted("Nobody retires themselves. Ask another administrator.")
    person(desk, user)
    with desk.begin() as work:
        people.update_staff(work.conn, user, {"active": 0})
    return Done(user, frozenset({Topic.STAFF}))


def check_secret(secret: str) -> None:
    """Raise BadInput for a secret that is too short (NIST 800-63B-4) or of one character only."""
    if len(secret) < secrets_kept.SHORTEST or len(set(secret)) < SHORTEST_VARIETY:
        raise BadInput(
            f"A secret has at least {secrets_kept.SHORTEST} characters, and not the same few again and again.",
            field="secret",
        )


SHORTEST_VARIETY = 4


def staff_row(actor: Actor, secret_hash: str, demo_secret: str | None = None) -> dict[str, object]:
    """Lay a person out as stored."""
    return {
        "user_id": actor.user,
        "name": actor.name,
        "title": actor.title,
        "role": actor.role.value,
        "secret_hash": secret_hash,
        "active": 1,
        "failures": 0,
        "delay_until": None,
        "demo_secret": demo_secret,
        "supervisor_id": None,
        "trained_on": None,
        "trained_until": None,
        "training_score": None,
    }
