"""The steps of the counter script for the shelf of forms and for referrals."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from typing import Any

from csr_desk.domain.company import one_of
from csr_desk.domain.errors import BadInput
from csr_desk.domain.forms import FormSheet, Handout, How
from csr_desk.domain.people import Actor
from csr_desk.domain.referrals import Area, Kind, Place, Referral
from csr_desk.services import form_backs, forms, referral_lists, referrals
from csr_desk.services.desk import Desk
from csr_desk.services.lines import read_whole
from csr_desk.services.replay_step import Step, actor_of, span_of

Result = Mapping[str, Any]


def keep_form(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Put a revision of a form on the shelf; its file is ``text`` or ``base64``."""
    fields = step.data.get("fields") or {}
    if not isinstance(fields, Mapping):
        raise BadInput("“fields” says of each field what it is filled with.", field="fields")
    command = forms.KeepForm(
        step.key, step.text("form"), step.text("revision"), step.text("title"), _file(step),
        step.date("effective_on") or desk.today(), step.text("language") or "en",
        {str(name): str(source) for name, source in fields.items()},
    )  # fmt: skip
    return of_form(forms.keep_form(desk, actor_of(actor), command).value)


def end_form(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Make a revision obsolete."""
    command = forms.EndForm(step.key, step.needed("form"), step.needed("revision"), step.text("language") or "en")
    return of_form(forms.end_form(desk, actor_of(actor), command).value)


def shelf(desk: Desk, actor: Actor | None, _step: Step) -> Result:
    """Give every form with its state."""
    found = forms.shelf(desk, actor_of(actor))
    return {"forms": [f"{one.form_no} {one.revision} {one.language} {one.state}" for one in found]}


def hand_out(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Hand a form out, printed, e-mailed or blank."""
    command = forms.HandOut(
        step.key, step.needed("form"), one_of(How, step.text("how") or "print", "how"), step.text("language") or "en",
        read_whole(step.data.get("copies", 1), "copies"), step.text("customer_id"), step.text("subject"),
        step.text("site"), step.text("send_to"),
    )  # fmt: skip
    done = forms.hand_out(desk, actor_of(actor), command, step.fill_form).value
    return {**of_handout(done.handout), "values": dict(done.values)}


def take_back(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Note that a form came back, with its scan where there is one; ``lost`` gives it up instead."""
    number = step.needed("handout")
    if step.flag("lost"):
        return of_handout(form_backs.give_up(desk, actor_of(actor), form_backs.GiveUp(step.key, number)).value)
    command = form_backs.TakeBack(step.key, number, _file(step), step.text("name"))
    return of_handout(form_backs.take_back(desk, actor_of(actor), command).value)


def list_handouts(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give what is still out, and how many of each form were handed out and came back in a period."""
    first, last = span_of(desk, step)
    who = actor_of(actor)
    return {
        "still_out": [one.handout.number for one in form_backs.still_out(desk, who)],
        "counts": [
            {"month": one.month, "form": one.form_no, "given": one.given, "back": one.back}
            for one in form_backs.counts(desk, who, first, last)
        ],
    }


def keep_need(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Say what people come for."""
    command = referrals.KeepNeed(
        step.key, step.text("need"), step.text("name"), step.text("keywords"), not step.flag("ended")
    )
    return {"need": referrals.keep_need(desk, actor_of(actor), command).value}


def keep_agency(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Say who answers a need."""
    command = referrals.KeepAgency(
        step.key, step.needed("need"), step.needed("company"),
        one_of(Area, step.text("area") or Area.ANYWHERE.value, "area"), step.text("advice"),
        read_whole(step.data.get("n", 0), "n"), not step.flag("ended"),
    )  # fmt: skip
    return {"need": referrals.keep_agency(desk, actor_of(actor), command).value}


def keep_place(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Say where an agency is found."""
    place = Place(
        read_whole(step.data.get("n", 0), "n"), step.text("address"), step.text("hours"), step.text("reach"),
        step.text("map_link"), not step.flag("ended"),
    )  # fmt: skip
    command = referrals.KeepPlace(step.key, step.needed("company"), place)
    return {"company": referrals.keep_place(desk, actor_of(actor), command).value}


def who_helps(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Find who answers what people say, for an address ``inside`` or outside the city limits."""
    found = referrals.who_helps(desk, actor_of(actor), step.text("text"), inside=_inside(step))
    return {
        "agencies": [one.name for one in found],
        "hours": [place.hours for one in found for place in one.places],
    }  # fmt: skip


def refer(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Send somebody to an agency."""
    command = referrals.Refer(
        step.key, step.needed("need"), step.needed("company"),
        one_of(Kind, step.text("kind") or Kind.COLD.value, "kind"), step.text("customer_id"), step.text("request"),
        step.text("language"), step.text("reason"), _inside(step),
    )  # fmt: skip
    return of_referral(referrals.refer(desk, actor_of(actor), command).value)


def follow_up(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Say what came of a referral."""
    command = referrals.FollowUp(step.key, step.needed("referral"), step.needed("came_to"), step.text("outcome"))
    return of_referral(referrals.follow_up(desk, actor_of(actor), command).value)


def list_referrals(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give what is to be followed up by now, what is open at all, and how many ended how in a period."""
    first, last = span_of(desk, step)
    who = actor_of(actor)
    return {
        "due": [one.number for one in referrals.to_follow(desk, who)],
        "open": [one.number for one in referral_lists.open_referrals(desk, who)],
        "counts": [
            {"need": one.need, "agency": one.company_name, "state": one.state, "count": one.count}
            for one in referral_lists.statistics(desk, who, first, last)
        ],
    }


def referral_slip(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give what the slip of a referral says."""
    slip = referral_lists.slip_of(desk, actor_of(actor), step.needed("referral"))
    return {
        "agency": slip.agency, "area": slip.area.value, "language": slip.language or None, "advice": slip.advice,
        "places": [{"address": one.address, "hours": one.hours, "map_link": one.map_link} for one in slip.places],
    }  # fmt: skip


def of_form(one: FormSheet) -> Result:
    """Give a form as the script reads it."""
    return {
        "form": one.form_no, "revision": one.revision, "language": one.language, "state": one.state,
        "effective_on": one.effective_on.isoformat(),
    }  # fmt: skip


def of_handout(one: Handout) -> Result:
    """Give what was handed out as the script reads it."""
    return {
        "handout": one.number, "form": one.form_no, "revision": one.revision, "language": one.language,
        "how": one.how.value, "state": one.state, "copies": one.copies,
        "back_on": one.back_on.isoformat() if one.back_on else None, "scanned": bool(one.attachment_id),
    }  # fmt: skip


def of_referral(one: Referral) -> Result:
    """Give a referral as the script reads it."""
    return {
        "referral": one.number, "need": one.need, "agency": one.company_name, "kind": one.kind.value,
        "state": one.state, "follow_on": one.follow_on.isoformat() if one.follow_on else None,
        "outcome": one.outcome or None,
    }  # fmt: skip


def _inside(step: Step) -> bool | None:
    return step.flag("inside") if "inside" in step.data else None


def _file(step: Step) -> bytes:
    if "base64" not in step.data:
        return step.text("text").encode()
    try:
        return base64.b64decode(step.text("base64"), validate=True)
    except (binascii.Error, ValueError):
        raise BadInput("These bytes are not base64.", field="base64") from None


STEPS: Mapping[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "keep_form": keep_form,
    "end_form": end_form,
    "shelf": shelf,
    "hand_out": hand_out,
    "take_back": take_back,
    "handouts": list_handouts,
    "keep_need": keep_need,
    "keep_agency": keep_agency,
    "keep_place": keep_place,
    "who_helps": who_helps,
    "refer": refer,
    "follow_up_referral": follow_up,
    "referrals": list_referrals,
    "referral_slip": referral_slip,
}
"""The steps of this module, by their names in a script."""
