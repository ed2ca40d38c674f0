"""The service functions about people, tried as they are meant to be used (see ``role_trials``)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from csr_desk.domain.people import Act
from csr_desk.services import (
    approval_requests,
    deferred,
    people_changes,
    role_conflicts,
    training_records,
)

if TYPE_CHECKING:
    from services.role_trials import World

DAY = date(2026, 7, 14)
YESTERDAY = date(2026, 7, 13)


def _ask(world: World) -> object:
    """Ask for the void of clerk1's receipt, without doing it."""
    command = approval_requests.AskApproval(world.city.key(), Act.VOID, world.receipt, 5000, "Void?")
    return approval_requests.ask(world.city.desk, world.actor, command)


def _decide(world: World) -> object:
    """Decide the request of clerk1's."""
    command = approval_requests.Decide(world.city.key(), world.request, yes=True)
    return approval_requests.decide(world.city.desk, world.actor, command)


def _record_training(world: World) -> object:
    command = training_records.RecordTraining(world.city.key(), "clerk5", YESTERDAY, 80)
    return training_records.record_training(world.city.desk, world.actor, command)


PEOPLE_TRIALS: dict[str, tuple[Act, Callable[[World], object]]] = {
    "people_changes.change_person": (
        Act.MANAGE_STAFF,
        lambda w: people_changes.change_person(
            w.city.desk, w.actor, people_changes.ChangePerson(w.city.key(), "clerk1", supervisor="supervisor1")
        ),
    ),
    "people_changes.let_sign_in": (
        Act.MANAGE_STAFF,
        lambda w: people_changes.let_sign_in(w.city.desk, w.actor, people_changes.LetSignIn(w.city.key(), "clerk1")),
    ),
    "approval_requests.ask": (Act.VOID, _ask),
    "approval_requests.waiting": (Act.APPROVE, lambda w: approval_requests.waiting(w.city.desk, w.actor)),
    "approval_requests.decide": (Act.APPROVE, _decide),
    "training_records.record_training": (Act.RECORD_TRAINING, _record_training),
    "deferred.deferred": (Act.SEE_EXCEPTIONS, lambda w: deferred.deferred(w.city.desk, w.actor)),
    "deferred.review": (
        Act.REVIEW_DEFERRED,
        lambda w: deferred.review(w.city.desk, w.actor, deferred.Review(w.city.key(), "HPC-1/1", ok=True)),
    ),
    "role_conflicts.role_conflicts": (
        Act.SEE_EXCEPTIONS,
        lambda w: role_conflicts.role_conflicts(w.city.desk, w.actor, DAY, DAY),
    ),
}
"""By module and function: the act, and how it is tried."""
