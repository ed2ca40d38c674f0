"""People: signing in, approving, adding and retiring (field J1–J4, reliability 4.12)."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from csr_desk.data.queries import people
from csr_desk.data.queries.people import StaffRecord
from csr_desk.domain.errors import Latched, NotFound, SelfApproval, WrongSecret
from csr_desk.domain.money import Cents
from csr_desk.domain.people import SIGNED_BY, Act, Actor, Approval, Role
from csr_desk.domain.receipt import Office
from csr_desk.services import approvals, people_journal, secrets_kept
from csr_desk.services.clock import read_stamp, stamp
from csr_desk.services.clock_watch import ClockJump
from csr_desk.services.desk import Desk
from csr_desk.services.people_changes import AddPerson, add_person, deactivate
from csr_desk.services.people_journal import PROGRAM

__all__ = [
    "THE_PROGRAM",
    "AddPerson",
    "Grant",
    "PersonCard",
    "SignInPage",
    "SignedIn",
    "add_person",
    "approval_by",
    "deactivate",
    "enter",
    "grant",
    "person",
    "prove",
    "sign_in",
    "sign_in_page",
]

FREE_FAILURES = 5
LONGEST_DELAY = timedelta(minutes=15)
MOST_GUESSES = 100
"""Wrong secrets one after the other, then an administrator must let the person in again (NIST 800-63B-4, 3.2.2)."""
A_DAY = timedelta(days=1)
"""Between two tries of the last one who could: the office is never shut for good."""
WRONG = "The name or the secret is not right. Try again."

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
    shut: bool = False
    """After too many wrong secrets: an administrator lets this person sign in again."""


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
            row.failures >= MOST_GUESSES,
        )
        for row in records
        if row.active
    )
    return SignInPage(desk.office, cards)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is there now, and what was odd about the clock."""

    actor: Actor
    jump: ClockJump | None


def sign_in(desk: Desk, user: str, secret: str, key: str = "") -> Actor:
    """Return the person whose secret this is (``enter`` without the clock)."""
    return enter(desk, user, secret, key).actor


def enter(desk: Desk, user: str, secret: str, key: str = "") -> SignedIn:
    """Let the person in whose secret this is; raise WrongSecret (the same for a wrong name and a wrong secret).

    After five failures each further one doubles a delay, up to fifteen minutes; after a hundred an administrator lets
    the person in again. Every try is recorded, also on a closed day. Policy and catalogue are read anew. Where nothing
    can be recorded any more they come in to look, and to have the database checked.
    """
    actor = prove(desk, user, secret)
    jump = None
    with suppress(Latched), desk.begin() as work:
        jump = people_journal.note_sign_in(work, desk, actor, key)
    desk.refresh()
    return SignedIn(actor, jump)


def prove(desk: Desk, user: str, secret: str) -> Actor:
    """Return the person whose secret this is, without letting them in; a failure is recorded. Raises WrongSecret."""
    with desk.read() as work:
        record = people.one_staff(work.conn, user)
    now = desk.clock.now()
    if record is None or not record.active:
        secrets_kept.fits(secrets_kept.nobody(), secret)
        with suppress(Latched), desk.begin() as work:
            retired = record is not None and user != PROGRAM
            people_journal.note_failure(work, desk, user if retired else None, "retired" if retired else "unknown")
        raise WrongSecret(WRONG, field="secret")
    if record.failures >= MOST_GUESSES and not _is_last(desk, record):
        with suppress(Latched), desk.begin() as work:
            people_journal.note_failure(work, desk, user, "shut")
        raise WrongSecret("Too many wrong secrets. An administrator must let you sign in again.", field="secret")
    if _waits(record, now):
        with suppress(Latched), desk.begin() as work:
            people_journal.note_failure(work, desk, user, "delay")
        raise WrongSecret("Too many wrong secrets. Wait a while, or ask the administrator.", field="secret")
    if not secrets_kept.fits(record.secret_hash, secret):
        _note_failure(desk, record, now)
        raise WrongSecret(WRONG, field="secret")
    if record.failures or record.delay_until or secrets_kept.is_outdated(record.secret_hash):
        values: dict[str, object] = {"failures": 0, "delay_until": None}
        if secrets_kept.is_outdated(record.secret_hash):
            values["secret_hash"] = secrets_kept.hash_of(secret)
        with suppress(Latched), desk.begin() as work:
            work.lock_series(desk.office_series)
            people.update_staff(work.conn, user, values)
            if "secret_hash" in values:
                people_journal.note_stronger_hash(work, desk, user)
    return record.actor


def _waits(record: StaffRecord, now: datetime) -> bool:
    """Say whether a delay still runs; one longer than any that is given comes from a clock that was wrong."""
    if not record.delay_until:
        return False
    longest = A_DAY if record.failures >= MOST_GUESSES else LONGEST_DELAY
    return timedelta() < read_stamp(record.delay_until) - now <= longest


def _is_last(desk: Desk, record: StaffRecord) -> bool:
    """Say whether nobody else is left who could let this person sign in again."""
    if not record.actor.may(Act.MANAGE_STAFF):
        return False
    with desk.read() as work:
        everybody = people.all_staff(work.conn)
    others = (one for one in everybody if one.active and one.actor.user != record.actor.user)
    return not any(one.actor.may(Act.MANAGE_STAFF) and one.failures < MOST_GUESSES for one in others)


def _note_failure(desk: Desk, record: StaffRecord, now: datetime) -> None:
    user = record.actor.user
    with suppress(Latched), desk.begin() as work:
        people_journal.note_failure(work, desk, user, "secret")
        counted = people.one_staff(work.conn, user) or record  # another station may have counted one meanwhile
        failures = counted.failures + 1
        values: dict[str, object] = {"failures": failures}
        if failures >= FREE_FAILURES:
            doubled = timedelta(seconds=15 * 2 ** min(failures - FREE_FAILURES, 10))
            wait = A_DAY if failures >= MOST_GUESSES else min(doubled, LONGEST_DELAY)
            values["delay_until"] = stamp(now + wait)
        people.update_staff(work.conn, user, values)


def person(desk: Desk, user: str) -> Actor:
    """Return an active person by user id (a training script names who acts); raise NotFound."""
    with desk.read() as work:
        record = people.one_staff(work.conn, user)
    if record is None or not record.active:
        raise NotFound(f"Nobody has the user name “{user[:40]}”.")
    return record.actor


def grant(desk: Desk, actor: Actor, command: Grant) -> Approval:
    """Return an approval for a minute, bound to act, subject and amount; the act itself keeps and uses it up.

    Raises SelfApproval, WrongSecret, NotPermitted (the role, or not the actor's own supervisor where the policy asks
    for that).
    """
    if command.approver == actor.user:
        raise SelfApproval(act=command.act.value, subject=command.subject, amount=command.amount)
    approver = prove(desk, command.approver, command.secret)
    approver.require(SIGNED_BY.get(command.act, Act.APPROVE))
    desk.refresh()
    approvals.check_own_supervisor(desk, approver, (actor.user, actor.name), command.act)
    return approval_by(desk, approver, command.act, command.subject, command.amount)


def approval_by(desk: Desk, approver: Actor, act: Act, subject: str, amount: Cents) -> Approval:
    """Make the approval of a person who is known to be there (signed in, or named by a training script)."""
    now = desk.clock.now()
    ends = now + timedelta(seconds=desk.policy.approval_seconds)
    return Approval(str(uuid.uuid4()), approver, act, subject, amount, now, ends)
