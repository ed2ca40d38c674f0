"""Adding people, retiring them, changing their role or who approves for them: each change is an entry (J1, J3, J4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from csr_desk.data.queries import Connection, batches, office, people
from csr_desk.data.queries.people import StaffRecord
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, Conflict, Ineligible, NotFound, NotPermitted
from csr_desk.domain.founding import secret_mark
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act, Actor, Role, may_sign
from csr_desk.domain.secret_rules import SHORTEST_LIVE, easy_to_guess
from csr_desk.services import secrets_kept
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words

TOPICS = frozenset({Topic.STAFF})
SHORTEST_VARIETY = 4


@dataclass(frozen=True, slots=True)
class AddPerson:
    """A new person with a first secret (``check_secret``)."""

    key: str
    user: str
    name: str
    title: str
    role: Role
    secret: str
    supervisor: str = ""
    """Who approves for them, where the policy asks for one's own supervisor."""


@dataclass(frozen=True, slots=True)
class ChangePerson:
    """Another role, another supervisor (nothing for nobody); None leaves it as it is."""

    key: str
    user: str
    role: Role | None = None
    supervisor: str | None = None


@dataclass(frozen=True, slots=True)
class LetSignIn:
    """Whose wrong secrets are forgotten."""

    key: str
    user: str


@dataclass(frozen=True, slots=True)
class Person:
    """A person as the office keeps them."""

    user: str
    name: str
    title: str
    role: Role
    supervisor: str
    active: bool


def add_person(desk: Desk, actor: Actor, command: AddPerson) -> Done[Person]:
    """Add a person with a first secret; raise Conflict (the user name is taken), Ineligible or BadInput."""
    actor.require(Act.MANAGE_STAFF)
    plain_words(command.user, "user", 40)
    if not command.user.isascii() or not command.user.isalnum():
        raise BadInput("A user name is letters and digits.", field="user")
    if not command.name.strip():
        raise BadInput("Key the person’s name.", field="name")
    names = (command.user, command.name, command.title, desk.office.name, desk.office.office_id)
    check_secret(command.secret, live=not desk.office.training, names=names)
    content = content_of(desk, actor.user, replace(command, secret=""))  # nothing of the secret goes into the ledger
    who = Actor(
        command.user, plain_words(command.name, "name", 80), plain_words(command.title, "title", 80), command.role
    )
    row = {**staff_row(who, secrets_kept.hash_of(command.secret)), "supervisor_id": command.supervisor or None}
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(_person(_known(work.conn, command.user)), replayed=True)
        if people.one_staff(work.conn, command.user) is not None:
            raise Conflict("This user name is taken.")
        _check_signs(work.conn, command.role)
        _check_supervisor(work.conn, command.user, command.supervisor)
        people.insert_staff(work.conn, [row])
        after = _known(work.conn, command.user)
        _append(work, desk, actor, (command.key, content, "added", None, after))
    return Done(_person(after), TOPICS)


def change_person(desk: Desk, actor: Actor, command: ChangePerson) -> Done[Person]:
    """Give a person another role or another supervisor.

    Raises NotFound, NotPermitted (one's own), BadInput (no such supervisor), Ineligible (holds a drawer, is the outside
    reviewer of the policy, or would sign beside one).
    """
    actor.require(Act.MANAGE_STAFF)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(_person(_known(work.conn, command.user)), replayed=True)
        before = _active(work.conn, command.user)
        if command.user == actor.user:
            raise NotPermitted("Nobody changes their own role or supervisor. Ask another administrator.")
        values: dict[str, object] = {}
        if command.role is not None and command.role is not before.actor.role:
            _check_role(desk, work.conn, before)
            _check_signs(work.conn, command.role)
            values["role"] = command.role.value
        if command.supervisor is not None and (command.supervisor or None) != before.supervisor:
            _check_supervisor(work.conn, command.user, command.supervisor)
            values["supervisor_id"] = command.supervisor or None
        if not values:
            raise BadInput("Say what changes: the role or the supervisor.")
        people.update_staff(work.conn, command.user, values)
        after = _known(work.conn, command.user)
        _append(work, desk, actor, (command.key, content, "changed", before, after))
    return Done(_person(after), TOPICS)


def deactivate(desk: Desk, actor: Actor, user: str, key: str = "") -> Done[str]:
    """Retire a person: the name stays on what they did, nobody signs in with it again.

    Raises NotFound, NotPermitted (oneself), Ineligible (the outside reviewer of the policy, or who holds a drawer: only
    its holder counts it or hands it over, and nobody comes back).
    """
    actor.require(Act.MANAGE_STAFF)
    if user == actor.user:
        raise NotPermitted("Nobody retires themselves. Ask another administrator.")
    content = content_of(desk, actor.user, f"retire {user}")
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if key and earlier_event(work.conn, key, content) is not None:
            return Done(user, replayed=True)
        before = _active(work.conn, user)
        _check_reviewer(desk, before)
        _check_holds_none(work.conn, before)
        people.update_staff(work.conn, user, {"active": 0})
        after = _known(work.conn, user)
        # a person retires once: without a key of the caller's the name itself is one
        _append(work, desk, actor, (key or f"retire-{user}-{desk.now_text()}", content, "retired", before, after))
    return Done(user, TOPICS)


def let_sign_in(desk: Desk, actor: Actor, command: LetSignIn) -> Done[Person]:
    """Let a person try again whose sign-in is shut after too many wrong secrets; raise NotFound, NotPermitted.

    The administrator knows the person; the ledger keeps who said so.
    """
    actor.require(Act.MANAGE_STAFF)
    if command.user == actor.user:
        raise NotPermitted("Nobody opens their own sign-in. Ask another administrator.")
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(_person(_known(work.conn, command.user)), replayed=True)
        before = _active(work.conn, command.user)
        people.update_staff(work.conn, command.user, {"failures": 0, "delay_until": None})
        after = _known(work.conn, command.user)
        _append(work, desk, actor, (command.key, content, "let sign in", before, after))
    return Done(_person(after), TOPICS)


def check_secret(secret: str, *, live: bool, names: tuple[str, ...] = ()) -> None:
    """Raise BadInput for a secret that is too short or easy to guess (NIST 800-63B-4, ``domain.secret_rules``).

    A live office asks for fifteen characters and more than usual words and ``names``; a training office, whose secrets
    stand on its sign-in page, for eight.
    """
    shortest = SHORTEST_LIVE if live else secrets_kept.SHORTEST
    if len(secret) < shortest or len(set(secret)) < SHORTEST_VARIETY:
        raise BadInput(
            f"A secret has at least {shortest} characters, and not the same few again and again.", field="secret"
        )
    if live and easy_to_guess(secret, names):
        raise BadInput(
            "This secret is easy to guess: usual words, names of this office, keys in a row. Take a few words that "
            "have nothing to do with each other.",
            field="secret",
        )


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


def _check_role(desk: Desk, conn: Connection, before: StaffRecord) -> None:
    _check_holds_none(conn, before)
    _check_reviewer(desk, before)


def _check_holds_none(conn: Connection, before: StaffRecord) -> None:
    held = batches.unfinished_of(conn, before.actor.user)
    if held is not None:
        raise Ineligible(f"{before.actor.name} holds drawer {held.drawer_name}. It is counted and handed in first.")


def _check_reviewer(desk: Desk, before: StaffRecord) -> None:
    if before.actor.user == desk.policy.outside_reviewer:
        raise Ineligible(f"{before.actor.name} is the outside reviewer of the policy. Name another one there first.")


def _check_signs(conn: Connection, role: Role) -> None:
    """Refuse a second person beside an outside reviewer: while one is named every signature would be put off."""
    reviewer = office.policy_in_force(conn)[1].get("outside_reviewer")
    if reviewer and may_sign(role):
        raise Ineligible("An outside reviewer signs for this office. Take them out of the policy first.", field="role")


def _check_supervisor(conn: Connection, user: str, supervisor: str) -> None:
    if not supervisor:
        return
    record = people.one_staff(conn, supervisor)
    if record is None or not record.active or not record.actor.may(Act.APPROVE) or supervisor == user:
        raise BadInput("Who approves for a person is another one, active, whose role approves.", field="supervisor")


def _known(conn: Connection, user: str) -> StaffRecord:
    record = people.one_staff(conn, user)
    if record is None:
        raise NotFound(f"Nobody has the user name “{user[:40]}”.", field="user")
    return record


def _active(conn: Connection, user: str) -> StaffRecord:
    record = _known(conn, user)
    if not record.active:
        raise NotFound(f"Nobody has the user name “{user[:40]}” any more.", field="user")
    return record


def _person(record: StaffRecord) -> Person:
    who = record.actor
    return Person(who.user, who.name, who.title, who.role, record.supervisor or "", record.active)


def state_of(record: StaffRecord | None) -> Mapping[str, object] | None:
    """Return what an entry says of a person's rights; None of nobody."""
    if record is None:
        return None
    return {"role": record.actor.role.value, "supervisor": record.supervisor, "active": record.active}


def note_added(work: Work, desk: Desk, actor: Actor, user: str, key: str) -> None:
    """Write that a person was added, whose row is there already; raise NotFound if it is not."""
    _append(work, desk, actor, (key, content_of(desk, actor.user, key), "added", None, _known(work.conn, user)))


def _append(work: Work, desk: Desk, actor: Actor, what: tuple[str, str, str, StaffRecord | None, StaffRecord]) -> None:
    key, content, change, before, after = what
    work.append(
        EntryDraft(
            series=desk.office_series,
            kind=EventKind.STAFF_CHANGED,
            business_date=desk.today(),
            actor=actor.user,
            idem_key=key,
            content_hash=content,
            facts={
                "user": after.actor.user, "change": change, "before": state_of(before), "after": state_of(after),
                "secret": secret_mark(after.secret_hash),
            },
            notes={"name": after.actor.name, **({"title": after.actor.title} if after.actor.title else {})},
        ),
        desk.now_text(),
    )  # fmt: skip
