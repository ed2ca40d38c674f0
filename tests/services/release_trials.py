"""The trials of the release register (see ``role_trials``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from csr_desk.domain.people import Act
from csr_desk.domain.release import Kind
from csr_desk.domain.release_register import Manual
from csr_desk.services import service_release_acknowledging as acknowledging
from csr_desk.services import service_release_answers as answers
from csr_desk.services import service_release_batches as batches
from csr_desk.services import service_release_list as listed
from csr_desk.services import service_release_lists as lists
from csr_desk.services import service_release_papers as papers
from csr_desk.services import service_release_proposals as proposals
from csr_desk.services import service_release_sending as sending
from csr_desk.services import service_release_storm as storm
from csr_desk.services import service_releases as releases
from services.release_city import ELECTRIC, ESI, GAS, PROJECT, SITE, ReleaseCity, lay_out

if TYPE_CHECKING:
    from services.role_trials import World


def prepare(world: World) -> ReleaseCity:
    """Tell what the register stands on, before anybody tries."""
    return lay_out(world.city, world.receipt)


def _place(world: World) -> ReleaseCity:
    assert world.releases is not None, "the world was not prepared"
    return world.releases


def _asked(world: World, act: Act, *, sent: bool = False) -> str:
    """Let clerk1 ask for a release (and send it), for those who may go on with it."""
    if not world.actor.may(act):
        return "R26-000001-9"
    place = _place(world)
    number = place.ask(place.permit()).number
    return place.send(number).number if sent else number


def _request(world: World) -> object:
    place = _place(world)
    permit = place.permit() if world.actor.may(Act.REQUEST_RELEASE) else "P26-000001-0"
    wish = releases.Wish(Kind.RECONNECT, ELECTRIC, permit, premise=ESI)
    return releases.request_release(world.city.desk, world.actor, releases.RequestRelease(world.city.key(), wish))


def _by_hand(world: World) -> object:
    """Release a gate’s meter without a permit, signed by a supervisor."""
    wish = releases.Wish(
        Kind.PERMANENT,
        ELECTRIC,
        premise=ESI,
        manual=Manual.GATE,
        reason="Gate motor",
        site=f"{world.city.key()} MAIN ST",
    )
    command = releases.RequestRelease(world.city.key(), wish)
    yes = world.yes(Act.MANUAL_RELEASE, command.key, 0)
    return releases.request_release(world.city.desk, world.actor, command, yes)


def _correct(world: World) -> object:
    number = _asked(world, Act.REQUEST_RELEASE)
    command = releases.CorrectRelease(world.city.key(), number, utility_site=f"{SITE} UNIT B")
    return releases.correct_release(world.city.desk, world.actor, command)


def _send(world: World) -> object:
    command = sending.SendRelease(world.city.key(), _asked(world, Act.REQUEST_RELEASE))
    return sending.send_release(world.city.desk, world.actor, command)


def _many(world: World) -> object:
    permit = _place(world).permit() if world.actor.may(Act.REQUEST_RELEASE) else "P26-000001-0"
    wishes = (releases.Wish(Kind.RECONNECT, ELECTRIC, permit, premise=ESI),)
    return storm.request_many(world.city.desk, world.actor, storm.RequestMany(world.city.key(), wishes))


def _confirm(world: World) -> object:
    command = answers.ConfirmRelease(world.city.key(), _asked(world, Act.CONFIRM_RELEASE, sent=True), "CNP-1")
    return answers.confirm_release(world.city.desk, world.actor, command)


def _energise(world: World) -> object:
    command = answers.EnergiseRelease(world.city.key(), _asked(world, Act.CONFIRM_RELEASE, sent=True))
    return answers.energise_release(world.city.desk, world.actor, command)


def _reject(world: World) -> object:
    command = answers.RejectRelease(world.city.key(), _asked(world, Act.CONFIRM_RELEASE, sent=True), "Wrong address")
    return answers.reject_release(world.city.desk, world.actor, command)


def _again(world: World) -> object:
    """Ask again for what a company rejected."""
    number = _asked(world, Act.REQUEST_RELEASE, sent=True)
    if world.actor.may(Act.REQUEST_RELEASE):
        rejected = answers.RejectRelease(world.city.key(), number, "Wrong address")
        answers.reject_release(world.city.desk, world.city.who("clerk1"), rejected)
    return answers.ask_again(world.city.desk, world.actor, answers.AskAgain(world.city.key(), number))


def _revoke(world: World) -> object:
    command = answers.RevokeRelease(world.city.key(), _asked(world, Act.REVOKE_RELEASE, sent=True), "Inspected wrongly")
    return answers.revoke_release(world.city.desk, world.actor, command)


def _batch(world: World) -> object:
    _asked(world, Act.SEND_RELEASE_BATCH)
    return batches.make_batch(world.city.desk, world.actor, batches.MakeBatch(world.city.key(), ELECTRIC))


def _made(world: World, act: Act) -> str:
    """Let clerk1 make a batch that goes by no mail."""
    if not world.actor.may(act):
        return "RB26-00001-0"
    city, place = world.city, _place(world)
    permit = place.permit(trade="plumbing", inspected=None, contractor_no=None)
    place.inspect(permit, "passed", "gas_test")
    wish = releases.RequestRelease(city.key(), releases.Wish(Kind.FINAL_GAS, GAS, permit))
    releases.request_release(city.desk, city.who("clerk1"), wish)
    made = batches.make_batch(city.desk, city.who("clerk1"), batches.MakeBatch(city.key(), GAS))
    return made.value.number


def _batch_sent(world: World) -> object:
    command = batches.BatchSent(world.city.key(), _made(world, Act.SEND_RELEASE_BATCH), "Portal upload")
    return batches.batch_sent(world.city.desk, world.actor, command)


def _cancel(world: World) -> object:
    command = batches.CancelBatch(world.city.key(), _made(world, Act.SEND_RELEASE_BATCH), "Made twice")
    return batches.cancel_batch(world.city.desk, world.actor, command)


def _files(world: World) -> object:
    return batches.batch_files(world.city.desk, world.actor, _sent_batch(world, Act.SEND_RELEASE_BATCH))


def _sent_batch(world: World, act: Act) -> str:
    if not world.actor.may(act):
        return "RB26-00001-0"
    place = _place(world)
    return place.send(place.ask(place.permit()).number).batch


def _acknowledge(world: World) -> object:
    batch = _sent_batch(world, Act.CONFIRM_RELEASE)
    command = acknowledging.AcknowledgeBatch(world.city.key(), batch, "Dispatch", ())
    return acknowledging.acknowledge_batch(world.city.desk, world.actor, command)


def _next(world: World) -> object:
    command = papers.GiveNextStep(world.city.key(), _asked(world, Act.REQUEST_RELEASE))
    return papers.next_step(world.city.desk, world.actor, command)


RELEASE_TRIALS: dict[str, tuple[Act, Callable[[World], object]]] = {
    "service_releases.request_release": (Act.REQUEST_RELEASE, _request),
    "service_releases.request_release, by hand": (Act.MANUAL_RELEASE, _by_hand),
    "service_releases.correct_release": (Act.REQUEST_RELEASE, _correct),
    "service_releases.release_of": (
        Act.SEE_PROJECTS,
        lambda w: releases.release_of(w.city.desk, w.actor, _asked(w, Act.SEE_PROJECTS)),
    ),
    "service_release_sending.send_release": (Act.REQUEST_RELEASE, _send),
    "service_release_storm.request_many": (Act.REQUEST_RELEASE, _many),
    "service_release_list.wires_companies": (
        Act.SEE_PROJECTS,
        lambda w: listed.wires_companies(w.city.desk, w.actor),
    ),
    "service_release_list.look_over": (
        Act.REQUEST_RELEASE,
        lambda w: listed.look_over(w.city.desk, w.actor, ELECTRIC, listed.typed_lines(SITE)),
    ),
    "service_release_answers.confirm_release": (Act.CONFIRM_RELEASE, _confirm),
    "service_release_answers.energise_release": (Act.CONFIRM_RELEASE, _energise),
    "service_release_answers.reject_release": (Act.CONFIRM_RELEASE, _reject),
    "service_release_answers.ask_again": (Act.REQUEST_RELEASE, _again),
    "service_release_answers.revoke_release": (Act.REVOKE_RELEASE, _revoke),
    "service_release_answers.end_releases": (
        Act.CONFIRM_RELEASE,
        lambda w: answers.end_releases(w.city.desk, w.actor, answers.EndReleases(w.city.key())),
    ),
    "service_release_batches.make_batch": (Act.SEND_RELEASE_BATCH, _batch),
    "service_release_batches.batch_sent": (Act.SEND_RELEASE_BATCH, _batch_sent),
    "service_release_batches.cancel_batch": (Act.SEND_RELEASE_BATCH, _cancel),
    "service_release_batches.batches": (
        Act.SEE_PROJECTS,
        lambda w: batches.batches(w.city.desk, w.actor),
    ),
    "service_release_batches.batch_of": (
        Act.SEE_PROJECTS,
        lambda w: batches.batch_of(w.city.desk, w.actor, _sent_batch(w, Act.SEE_PROJECTS)),
    ),
    "service_release_batches.batch_files": (Act.SEND_RELEASE_BATCH, _files),
    "service_release_acknowledging.acknowledge_batch": (Act.CONFIRM_RELEASE, _acknowledge),
    "service_release_lists.list_releases": (
        Act.SEE_PROJECTS,
        lambda w: lists.list_releases(w.city.desk, w.actor, lists.Wanted()),
    ),
    "service_release_lists.by_company": (Act.SEE_PROJECTS, lambda w: lists.by_company(w.city.desk, w.actor)),
    "service_release_lists.unmatched": (Act.SEE_PROJECTS, lambda w: lists.unmatched(w.city.desk, w.actor)),
    "service_release_proposals.proposals": (
        Act.SEE_PROJECTS,
        lambda w: proposals.proposals(w.city.desk, w.actor, PROJECT),
    ),
    "service_release_papers.next_step": (Act.REQUEST_RELEASE, _next),
}
"""By module and function: the act, and how it is tried."""
