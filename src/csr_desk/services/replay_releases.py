"""The steps of the counter script for service releases: asked for, sent, answered, in batches and after a storm."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from csr_desk.domain.errors import BadInput, MissingInput
from csr_desk.domain.people import Actor
from csr_desk.domain.release import Kind
from csr_desk.domain.release_register import BatchView, Manual, ReleaseView, Unmatched
from csr_desk.services import service_release_acknowledging as acknowledging
from csr_desk.services import service_release_answers as answers
from csr_desk.services import service_release_batches as batches
from csr_desk.services import service_release_lists as lists
from csr_desk.services import service_release_papers as papers
from csr_desk.services import service_release_sending as sending
from csr_desk.services import service_release_storm as storm
from csr_desk.services import service_releases as releases
from csr_desk.services.desk import Desk
from csr_desk.services.replay_step import Step, actor_of, approved

Result = Mapping[str, Any]


def request_release(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Ask for a release."""
    who = actor_of(actor)
    command = releases.RequestRelease(step.key, _wish(step))
    done = approved(desk, step, "approved_by", lambda yes: releases.request_release(desk, who, command, yes))
    return of_release(done.value)


def correct_release(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Correct a release that was not sent."""
    command = releases.CorrectRelease(
        step.key, step.needed("release"), _or_none(step, "utility_address"), _or_none(step, "premise"),
        step.flag("mobile_home") if "mobile_home" in step.data else None, _or_none(step, "company"),
    )  # fmt: skip
    return of_release(releases.correct_release(desk, actor_of(actor), command).value)


def send_release(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Send a release."""
    command = sending.SendRelease(
        step.key, step.needed("release"), step.text("channel"), step.text("contact"), step.date("move_in_on")
    )
    return of_release(sending.send_release(desk, actor_of(actor), command, step.draw_batch).value)


def release(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Show a release."""
    return of_release(releases.release_of(desk, actor_of(actor), step.needed("release")))


def list_releases(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """List releases."""
    wanted = lists.Wanted(
        tuple(str(state) for state in step.list("states")), step.text("company"), step.text("project"),
        step.text("permit"), step.text("customer"), step.text("batch"),
    )  # fmt: skip
    found = lists.list_releases(desk, actor_of(actor), wanted)
    return {"count": len(found), "releases": [of_release(one) for one in found]}


def confirm_release(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Record a confirmation."""
    command = answers.ConfirmRelease(
        step.key, step.needed("release"), step.text("confirmation"), step.text("contact"), step.text("channel")
    )
    return of_release(answers.confirm_release(desk, actor_of(actor), command).value)


def energise_release(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Record that the service is live."""
    command = answers.EnergiseRelease(step.key, step.needed("release"), step.date("on"))
    return of_release(answers.energise_release(desk, actor_of(actor), command).value)


def reject_release(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Record that the company refused it."""
    command = answers.RejectRelease(step.key, step.needed("release"), step.text("answer"))
    return of_release(answers.reject_release(desk, actor_of(actor), command).value)


def ask_release_again(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Ask for a rejected release anew."""
    command = answers.AskAgain(
        step.key, step.needed("release"), _or_none(step, "utility_address"), _or_none(step, "premise")
    )
    return of_release(answers.ask_again(desk, actor_of(actor), command).value)


def revoke_release(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Take a release back."""
    command = answers.RevokeRelease(step.key, step.needed("release"), step.text("reason"))
    return of_release(answers.revoke_release(desk, actor_of(actor), command).value)


def end_releases(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """End the releases whose move-in order waits no longer."""
    done = answers.end_releases(desk, actor_of(actor), answers.EndReleases(step.key))
    return {"ended": list(done.value)}


def release_batch(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Send everything that is ready for a company."""
    command = batches.MakeBatch(step.key, step.needed("company"), step.text("kind") or "daily")
    return of_batch(batches.make_batch(desk, actor_of(actor), command, step.draw_batch).value)


def release_batch_sent(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Record that a batch went out by another channel."""
    command = batches.BatchSent(step.key, step.needed("batch"), step.text("contact"), step.text("channel"))
    return of_batch(batches.batch_sent(desk, actor_of(actor), command).value)


def cancel_release_batch(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Call a batch off."""
    command = batches.CancelBatch(step.key, step.needed("batch"), step.text("reason"))
    return of_batch(batches.cancel_batch(desk, actor_of(actor), command).value)


def release_batches(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """List batches."""
    found = batches.batches(desk, actor_of(actor), step.text("company"))
    return {"batches": [of_batch(one) for one in found]}


def release_batch_file(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give the file of a batch as text."""
    paper, content = batches.batch_files(desk, actor_of(actor), step.needed("batch"))
    return {"batch": paper.number, "releases": len(paper.rows), "file": content.decode()}


def acknowledge_release_batch(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Match a company's answers with what was sent: as a list, or as the text of the file that came back."""
    said = tuple(_answer(one) for one in step.list("answers"))
    if step.text("file"):
        said += acknowledging.read_answers(step.text("file").encode())
    command = acknowledging.AcknowledgeBatch(step.key, step.needed("batch"), step.text("from"), said)
    return of_batch(acknowledging.acknowledge_batch(desk, actor_of(actor), command).value)


def unmatched_releases(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """List what does not match between what was sent and what was confirmed."""
    found = lists.unmatched(desk, actor_of(actor), step.text("company"))
    return {"unmatched": [_of_unmatched(one) for one in found]}


def releases_by_company(desk: Desk, actor: Actor | None, _step: Step) -> Result:
    """Give what waits for each company."""
    found = lists.by_company(desk, actor_of(actor))
    return {
        "companies": [
            {
                "company": one.company, "held_back": one.held_back, "ready": one.ready, "emergency": one.emergency,
                "sent": one.sent, "last_batch": one.last_batch or None, "due": one.due,
            }
            for one in found
        ]
    }  # fmt: skip


def request_releases(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Ask for many emergency releases at once."""
    shared = {"kind": "reconnect", "company": step.data.get("company")}
    wishes = tuple(_wish(Step({**shared, **_object(one)}, step.key)) for one in step.list("releases"))
    done = storm.request_many(desk, actor_of(actor), storm.RequestMany(step.key, wishes)).value
    return {
        "requested": list(done.requested),
        "count": len(done.requested),
        "ready": done.ready,
        "refused": [{"permit": one.permit, "message": one.sentence} for one in done.refused],
    }


def next_step(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give what the paper for the customer says."""
    command = papers.GiveNextStep(step.key, step.needed("release"), step.text("language"))
    told = papers.next_step(desk, actor_of(actor), command)
    return {
        "release": told.release,
        "language": told.language,
        "customer": told.customer_name,
        "company": told.company_name,
        "address": told.site,
        "state": told.state,
        "last_day": told.last_day.isoformat() if told.last_day else None,
    }


def _wish(step: Step) -> releases.Wish:
    try:
        kind = Kind(step.needed("kind"))
        manual = Manual(step.text("manual")) if step.text("manual") else None
    except ValueError:
        raise BadInput("No release is of this kind, or no permit is missing for this reason.", field="kind") from None
    said = step.text
    return releases.Wish(
        kind, step.needed("company"), said("permit"), said("utility_address"), said("premise"),
        reason=said("reason"), site=said("address"), customer=said("customer"), project=said("project"),
        repeats=said("repeats"), manual=manual, mobile_home=step.flag("mobile_home"),
        emergency=step.flag("emergency"), move_in_on=step.date("move_in_on"),
    )  # fmt: skip


def _answer(one: object) -> acknowledging.Answer:
    said = {name: str(value) for name, value in _object(one).items() if value is not None}
    if "release" not in said:
        raise MissingInput("An answer names its release.", field="answers")
    return acknowledging.Answer(said["release"], said.get("confirmation", ""), said.get("rejected", ""))


def _object(one: object) -> Mapping[str, Any]:
    if not isinstance(one, Mapping):
        raise BadInput("Each of the list is an object.", field="answers")
    return one


def _or_none(step: Step, name: str) -> str | None:
    return step.text(name) if name in step.data else None


def of_release(view: ReleaseView) -> dict[str, Any]:
    """Write a release as the script shows it."""
    side = view.compared
    return {
        "release": view.number,
        "kind": view.kind.value,
        "state": view.state,
        "company": view.company,
        "permit": view.permit or None,
        "eligible": view.ready,
        "missing": list(view.missing),
        "conditions": {one.condition.value: one.met for one in view.findings},
        "sentences": {one.condition.value: one.sentence for one in view.findings},
        "address": view.site,
        "utility_address": view.utility_site or None,
        "match": side.match.value if side else None,
        "means": [side.left_means, side.right_means] if side else None,
        "premise": view.premise or None,
        "emergency": view.emergency,
        "channel": view.channel or None,
        "contact": view.contact or None,
        "batch": view.batch or None,
        "mail": view.message or None,
        "confirmation": view.confirmation or None,
        "answer": view.answer or None,
        "energised_on": view.energised_on.isoformat() if view.energised_on else None,
        "last_day": view.countdown.last_day.isoformat() if view.countdown else None,
        "days_left": view.countdown.left if view.countdown else None,
        "late": view.late,
        "unmatched": view.unmatched,
        "steps": list(view.steps),
        "repeats": view.repeats or None,
    }


def of_batch(view: BatchView) -> dict[str, Any]:
    """Write a batch as the script shows it."""
    return {
        "batch": view.number,
        "company": view.company,
        "kind": view.kind,
        "state": view.state,
        "releases": view.releases,
        "file_hash": view.file_hash,
        "mail": view.message or None,
        "mail_state": view.message_state or None,
        "matched": view.matched,
        "unmatched": view.unmatched,
        "acknowledged_by": view.acknowledged_by or None,
        "held_back": [{"release": one.number, "missing": list(one.sentences)} for one in view.held_back],
        "unknown": list(view.unknown),
    }


def _of_unmatched(one: Unmatched) -> dict[str, Any]:
    return {
        "why": one.why.value, "number": one.number, "company": one.company, "address": one.site or None,
        "since": one.since.isoformat(), "days": one.days, "words": one.words,
    }  # fmt: skip


STEPS: dict[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "request_release": request_release,
    "correct_release": correct_release,
    "send_release": send_release,
    "release": release,
    "releases": list_releases,
    "confirm_release": confirm_release,
    "energise_release": energise_release,
    "reject_release": reject_release,
    "ask_release_again": ask_release_again,
    "revoke_release": revoke_release,
    "end_releases": end_releases,
    "release_batch": release_batch,
    "release_batch_sent": release_batch_sent,
    "release_batch_file": release_batch_file,
    "cancel_release_batch": cancel_release_batch,
    "release_batches": release_batches,
    "acknowledge_release_batch": acknowledge_release_batch,
    "unmatched_releases": unmatched_releases,
    "releases_by_company": releases_by_company,
    "request_releases": request_releases,
    "next_step": next_step,
}
"""The steps of this module, by name."""
