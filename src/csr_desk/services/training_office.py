"""The training office of an office: a database of its own on this station, with numbers that no live receipt has (J7).

It is made by reading: names, catalogue, settings come over, secrets and business never do, and nothing is written back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from csr_desk import locations
from csr_desk.data.queries import office, people, training
from csr_desk.domain.errors import Ineligible, NotPermitted
from csr_desk.domain.people import Act, Actor, Role
from csr_desk.domain.policy import as_text
from csr_desk.domain.receipt import TRAINING_OFFICE
from csr_desk.services import catalogue, people_changes, policies, secrets_kept
from csr_desk.services.clock import TrainingClock, stamp
from csr_desk.services.desk import Desk, content_of, open_desk
from csr_desk.services.people_changes import staff_row
from csr_desk.services.setup import NewOffice, demo_secret, set_up

MORNING = time(7, 35)
"""When a training day begins, local time."""

_NOT_TAKEN = ("approvers", "outside_reviewer", "training_months")
"""Settings that name people of the live office, or that ask for the very training that is done here."""


def training_file(live: Desk) -> Path:
    """Return where the training office of an office is kept: in the user's own data folder."""
    return locations.data_folder() / f"training-{live.office.office_id}.sqlite"


def ensure(live: Desk, *, key_folder: Path | None = None) -> str:
    """Make the training office of an open office, or bring the one that exists up to date; return its address.

    Raises NotPermitted in a training office itself, Ineligible where the office has no drawer or catalogue yet.
    """
    if live.office.training_day:
        raise NotPermitted("This is the training office already.")
    if not live.drawers or not live.catalogue.items:
        raise Ineligible("This office has no drawer or no catalogue yet: there is nothing to train with.")
    path = training_file(live)
    url = f"sqlite:///{path}"
    staff = _staff(live)
    day = live.today()
    if not path.exists():
        _make(live, url, staff, day, key_folder)
    desk = open_desk(url, key_folder=key_folder)
    try:
        if not desk.office.training_day:
            raise NotPermitted(f"{path} is no training office. Move it away; a training office will be made anew.")
        _bring_up_to_date(desk, live, staff, day)
    finally:
        desk.close()
    return url


def own_prefix(taken: Iterable[str]) -> str:
    """Return letters for the training registers such that no number is like one of the ``taken`` live series.

    Receipts read ``T1-0000021``; where a live register is called T1 (or T-1) they read ``TR1-…`` and so on.
    """
    known = {name.replace("-", "").upper() for name in taken}
    word = TRAINING_OFFICE
    tries = [word[:length] for length in range(1, len(word) + 1)]
    tries += [word + "X" * number for number in range(1, len(known) + 2)]
    return next(one for one in tries if not any(re.fullmatch(rf"{one}\d*", name) for name in known))


def _make(live: Desk, url: str, staff: list[Actor], day: date, key_folder: Path | None) -> None:
    drawers = [row for row in live.drawers.values() if row.active]
    taken = [*(row.series for row in live.drawers.values()), live.office_series]
    prefix = own_prefix(taken)
    office_id = TRAINING_OFFICE + live.office.office_id
    while office_id.upper() in {name.replace("-", "").upper() for name in taken}:
        office_id += "X"
    new = NewOffice(
        office_id=office_id,
        name=live.office.name,
        address=live.office.address,
        phone=live.office.phone,
        time_zone=live.office.time_zone,
        training=True,
        drawers=tuple(f"{prefix}{number}" for number in range(1, len(drawers) + 1)),
        drawer_float=drawers[0].authorized,
        currency=live.currency,
        drawer_names=tuple(f"{row.name} training" for row in drawers),
    )
    clock = TrainingClock(_morning(live, day))
    rows = [_row(person) for person in staff]
    set_up(url, new, rows, live.catalogue, (staff[-1].user, clock, key_folder))


def _morning(live: Desk, day: date) -> datetime:
    return datetime.combine(day, MORNING, ZoneInfo(live.office.time_zone))


def _row(person: Actor) -> dict[str, object]:
    secret = demo_secret(person.user)
    return staff_row(person, secrets_kept.demo_hash(person.user, secret), secret)


def _staff(live: Desk) -> list[Actor]:
    """Return who may sell in the office, by name only, and three made-up people who sign, accept and set things up."""
    with live.read() as work:
        sellers = [row.actor for row in people.all_staff(work.conn) if row.active and row.actor.may(Act.SELL)]
    known = {person.user for person in sellers}
    free = (user for user in (f"trainer{number}" for number in range(1, len(known) + 4)) if user not in known)
    return [
        *sellers,
        Actor(next(free), "Training supervisor A", "Made-up supervisor", Role.SUPERVISOR),
        Actor(next(free), "Training supervisor B", "Made-up supervisor", Role.SUPERVISOR),
        Actor(next(free), "Training office", "Made-up administrator", Role.ADMINISTRATOR),
    ]


def _bring_up_to_date(desk: Desk, live: Desk, staff: list[Actor], day: date) -> None:
    """Take over new people; the catalogue, the settings and the date too while nobody is in the middle of a day."""
    with desk.begin() as work:
        known = {row.actor.user for row in people.all_staff(work.conn)}
        fresh = [_row(person) for person in staff if person.user not in known]
        if fresh:
            people.insert_staff(work.conn, fresh)
            for row in fresh:
                people_changes.note_added(
                    work, desk, staff[-1], str(row["user_id"]), f"training-added-{row['user_id']}"
                )
        playing = any(run.state == "running" for run in training.all_runs(work.conn))
        if playing:
            return
        if desk.catalogue.content_hash != live.catalogue.content_hash:
            key = f"training-catalogue-{office.count_releases(work.conn) + 1}"
            content = content_of(desk, staff[-1].user, live.catalogue.content_hash)
            catalogue.take_over(work, desk, staff[-1], (key, content, live.catalogue))
        if desk.today() < day:
            office.set_training_clock(work.conn, stamp(_morning(live, day)))
    _take_settings(desk, live, staff[-1])


def _take_settings(desk: Desk, live: Desk, admin: Actor) -> None:
    wanted = {name: value for name, value in as_text(live.policy).items() if name not in _NOT_TAKEN}
    wanted["training_months"] = 0
    now = as_text(desk.policy)
    if any(now.get(name) != value for name, value in wanted.items()):
        key = f"training-settings-{desk.policy_version + 1}"
        policies.set_policy(desk, admin, policies.SetPolicy(key, wanted))
