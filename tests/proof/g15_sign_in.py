"""G15: guessing costs more and more time and ends; secrets are kept dearly; a yes is for one act, once, a minute."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from pathlib import Path
from unittest.mock import patch

from argon2 import PasswordHasher, Type, extract_parameters

from csr_desk.data.queries import people
from csr_desk.data.verify import verify
from csr_desk.domain.errors import ApprovalNeeded, BadInput, NotPermitted, SelfApproval, WrongSecret
from csr_desk.domain.people import Act, Approval, Role
from csr_desk.services import corrections, people_changes, secrets_kept, staff
from csr_desk.services.desk import Desk
from csr_desk.services.people_changes import AddPerson, LetSignIn
from proof.counter import ADMIN, MORNING, SUPERVISOR, Counter, clerk, make_office, new_key, open_counter
from proof.moved_clock import MovedClock
from proof.places import Place, places
from proof.table import Row, Tier

GUESSES = 300
"""Tried on each account, waiting as long as the program asks each time."""
MEMORY_KIB, PASSES, LANES = 65_536, 3, 1
"""Argon2id as reliability 4.12 asks for it; written down here and not read from the program."""
TIMED = {Tier.TASTE: 0, Tier.COMMIT: 40, Tier.NIGHT: 300}
ALIKE = 0.05
SECRET = "nine blue carrots sing"
BAD = ("short", "blue carrots", "passwordpassword", "Houston2026Houston", "1234567890123456", "aaaaaaaaaaaaaaaaaa")


@dataclass
class Guessed:
    """What guessing at one account came to."""

    tried: int = 0
    checked: int = 0
    """Secrets that were compared."""
    waited: timedelta = timedelta()
    owner_in: bool = False
    """The owner signed in after an administrator let them."""


def rows(tier: Tier, folder: Path) -> Iterator[Row]:
    """Prove each part on each engine, and break it."""
    with places(folder) as engines:
        for place in engines:
            copy = place.copies(lambda url, keys=place.keys: make_office(url, keys))  # type: ignore[misc]
            yield guessing(place, copy)
            yield kept(place, copy)
            yield approvals(place, copy)
            if TIMED[tier] and place.engine == "sqlite":
                yield alike(place, copy, TIMED[tier])
        place = engines[0]
        copy = place.copies(lambda url: make_office(url, place.keys))
        with patch.object(staff, "_waits", lambda *_of: False):
            yield guessing(place, copy, "no delay", broken=True)
        with patch.object(staff, "MOST_GUESSES", 10**6):
            yield guessing(place, copy, "guessing never ends", broken=True)
        weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1, type=Type.ID)
        with patch.object(secrets_kept, "_HASHER", weak):
            yield kept(place, copy, "weaker argon2id", broken=True)
        with patch.object(Approval, "check", lambda *_of: None):
            yield approvals(place, copy, "a yes for anything", broken=True)
        if TIMED[tier]:
            with patch.object(secrets_kept, "nobody", lambda: "-"):
                yield alike(place, copy, 10, "unknown names answered at once", broken=True)


def opened(place: Place, copy: Callable[[], str]) -> tuple[Counter, MovedClock]:
    """Open a copy of the office with a clock of the proof's own."""
    clock = MovedClock(MORNING)
    return open_counter(copy(), place.keys, clock=clock), clock


def quick() -> AbstractContextManager[object]:
    """Compare without argon2, one secret for everybody: what is tried is how often anything is compared."""
    return patch.multiple(
        secrets_kept, fits=lambda _stored, secret: secret == SECRET, is_outdated=lambda _stored: False
    )


def guessing(place: Place, copy: Callable[[], str], what: str = "guessing", *, broken: bool = False) -> Row:
    """Guess at every account, as fast as the program lets one; then let the owners in."""
    counter, clock = opened(place, copy)
    desk, altered, attempts, longest = counter.desk, 0, 0, timedelta()
    with quick():
        for user in ("clerk1", "supervisor1", "admin1"):
            found = guess(desk, clock, user)
            attempts += found.tried
            longest = max(longest, found.waited if user != ADMIN.user else longest)
            # ninety-five delays lie between a hundred guesses: the doubling ones, then a quarter of an hour each
            altered += found.checked > staff_limit(user) or found.waited < timedelta(hours=22)
            altered += not found.owner_in
    ok = verify(desk.store).ok
    desk.close()
    return Row(
        "G15", what, place.engine, attempts, 3, 0, 0, altered + (not ok),
        f"100 guesses take {longest.total_seconds() / 3600:.0f} h", broken_on_purpose=broken,
    )  # fmt: skip


def staff_limit(user: str) -> int:
    """Return how many secrets may be compared: the only administrator may try once a day for ever."""
    return 10**6 if user == ADMIN.user else 100


def guess(desk: Desk, clock: MovedClock, user: str) -> Guessed:
    """Guess, and whenever told to wait let a quarter of an hour pass, for two days or ``GUESSES`` comparisons."""
    found, begun = Guessed(), clock.now()
    while found.checked < GUESSES and clock.now() - begun < timedelta(days=2):
        found.tried += 1
        try:
            staff.prove(desk, user, "wrong")
        except WrongSecret as refused:
            if refused.message == staff.WRONG:
                found.checked += 1
                found.waited = clock.now() - begun
            elif "administrator must" in refused.message:
                break
            else:
                clock.go(timedelta(minutes=15))
    if user == ADMIN.user:
        clock.go(timedelta(days=1))
    else:
        people_changes.let_sign_in(desk, ADMIN, LetSignIn(new_key(), user))
    try:
        found.owner_in = staff.prove(desk, user, SECRET).user == user
    except WrongSecret:
        found.owner_in = False
    return found


def kept(place: Place, copy: Callable[[], str], what: str = "secrets kept", *, broken: bool = False) -> Row:
    """Add people with good and bad secrets; look at what is stored, in the row and anywhere in the database."""
    counter, _ = opened(place, copy)
    desk, altered = counter.desk, 0
    for secret in BAD:
        try:
            people_changes.add_person(desk, ADMIN, newcomer(secret))
            altered += 1
        except BadInput:
            pass
    people_changes.add_person(desk, ADMIN, newcomer(SECRET, "eva"))
    people_changes.add_person(desk, ADMIN, newcomer(SECRET, "ola"))
    with desk.read() as work:
        stored = [one.secret_hash for one in people.all_staff(work.conn) if one.actor.user in {"eva", "ola"}]
        other = [one.demo_secret for one in people.all_staff(work.conn) if one.demo_secret]
    for one in stored:
        made = extract_parameters(one)
        good = (made.type, made.memory_cost, made.time_cost, made.parallelism) == (Type.ID, MEMORY_KIB, PASSES, LANES)
        altered += not (good and made.salt_len >= 16 and made.hash_len >= 32)
    altered += len(set(stored)) != len(stored)
    altered += len(other)
    altered += staff.sign_in(desk, "eva", SECRET).user != "eva"
    desk.close()
    return Row(
        "G15", what, place.engine, len(BAD) + 3, 0, altered=altered,
        remark=f"argon2id, {MEMORY_KIB // 1024} MiB, {PASSES} passes; {len(BAD)} easy ones refused",
        broken_on_purpose=broken,
    )  # fmt: skip


def newcomer(secret: str, user: str = "eva") -> AddPerson:
    """Describe somebody new."""
    return AddPerson(new_key(), user, "Eva Lind", "CSR I", Role.CLERK, secret)


def approvals(
    place: Place, copy: Callable[[], str], what: str = "a yes of a supervisor", *, broken: bool = False
) -> Row:
    """Try to void with every yes that is not the right one; each must be refused, the right one taken once."""
    counter, clock = opened(place, copy)
    counter.open()
    for _ in range(3):
        counter.sell()
    first, second, _third = counter.receipts
    yes = staff.approval_by(counter.desk, SUPERVISOR, Act.VOID, first, 5_000)
    wrong: list[Callable[[], Approval | None]] = [
        lambda: None,
        lambda: staff.approval_by(counter.desk, SUPERVISOR, Act.VOID, second, 5_000),
        lambda: staff.approval_by(counter.desk, SUPERVISOR, Act.VOID, first, 5_001),
        lambda: staff.approval_by(counter.desk, SUPERVISOR, Act.REFUND, first, 5_000),
        lambda: staff.approval_by(counter.desk, clerk(1), Act.VOID, first, 5_000),
        lambda: staff.approval_by(counter.desk, ADMIN, Act.VOID, first, 5_000),
        lambda: aged(yes, clock),
    ]
    altered = sum(not refused(counter, first, one) for one in wrong)
    yes = staff.approval_by(counter.desk, SUPERVISOR, Act.VOID, first, 5_000)
    clock.go(timedelta(seconds=60))
    altered += refused(counter, first, lambda: yes)
    altered += not refused(counter, second, lambda: yes)
    altered += not verify(counter.desk.store).ok
    counter.desk.close()
    return Row(
        "G15", what, place.engine, len(wrong) + 2, len(wrong) + 1, altered=altered,
        remark="bound to act, subject, amount; once; 60 s", broken_on_purpose=broken,
    )  # fmt: skip


def aged(yes: Approval, clock: MovedClock) -> Approval:
    """Let a yes grow older than a minute."""
    clock.go(timedelta(seconds=61))
    return yes


def refused(counter: Counter, receipt: str, give: Callable[[], Approval | None]) -> bool:
    """Say whether a void is refused with this yes."""
    try:
        corrections.void(counter.desk, counter.clerk, corrections.Void(new_key(), receipt, "Keyed twice"), give())
    except (ApprovalNeeded, SelfApproval, NotPermitted):
        return True
    except Exception:  # noqa: BLE001 - a yes that was taken where it must not be may fail later, at the database
        return False
    return False


def alike(
    place: Place, copy: Callable[[], str], times: int, what: str = "who is there", *, broken: bool = False
) -> Row:
    """Time wrong secrets of a known and of an unknown name, by turns; the medians must not tell them apart.

    The processor's time: on a busy machine the wall's tells more of the neighbours than of the name.
    """
    counter, _ = opened(place, copy)
    desk = counter.desk
    with desk.begin() as work:
        people.update_staff(work.conn, "clerk1", {"secret_hash": secrets_kept.hash_of(SECRET)})
    took: dict[str, list[float]] = {"clerk1": [], "nobody9": []}
    for user in chain.from_iterable([("clerk1", "nobody9"), ("nobody9", "clerk1")] * (times // 2)):
        with desk.begin() as work:
            people.update_staff(work.conn, "clerk1", {"failures": 0, "delay_until": None})
        begun = time.process_time()
        try:
            staff.prove(desk, user, "wrong secret")
        except WrongSecret:
            took[user].append(time.process_time() - begun)
    known, unknown = (statistics.median(one) for one in took.values())
    apart = abs(known - unknown) / known
    desk.close()
    return Row(
        "G15", what, place.engine, times * 2, 0, altered=int(apart >= ALIKE),
        remark=f"a name that nobody has: {apart:.1%} apart ({known * 1000:.0f} ms)", broken_on_purpose=broken,
    )  # fmt: skip
