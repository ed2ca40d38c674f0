"""What is said of requests on more than one page: states, channels, outcomes, by when. Knows no Qt."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date

from csr_desk.domain.customers import LANGUAGE_NAMES, Level, Note
from csr_desk.domain.requests import Channel, Escalation, Kind, Outcome, Request
from csr_desk.domain.work_orders import Priority
from csr_desk.domain.workdays import workdays_left
from csr_desk.ui.customer_words import alert_words
from csr_desk.ui.dates import us_date
from csr_desk.ui.wording import tr


def channel_words(channel: Channel) -> str:
    """How it reached us."""
    return {
        Channel.COUNTER: tr("counter"), Channel.PHONE: tr("phone"), Channel.EMAIL: tr("e-mail"),
        Channel.SITE_VISIT: tr("site visit"), Channel.LETTER: tr("letter"), Channel.WEB: tr("web"),
    }[channel]  # fmt: skip


def kind_words(kind: Kind) -> str:
    """What somebody wants."""
    return {Kind.INQUIRY: tr("inquiry"), Kind.COMPLAINT: tr("complaint"), Kind.REQUEST: tr("request")}[kind]


def priority_words(priority: Priority) -> str:
    """How soon."""
    return {
        Priority.EMERGENCY: tr("emergency"), Priority.URGENT: tr("urgent"), Priority.NORMAL: tr("normal"),
        Priority.LOW: tr("low"),
    }[priority]  # fmt: skip


def state_words(state: str) -> str:
    """Where it stands."""
    return {
        "open": tr("open"), "in_work": tr("in work"), "waiting": tr("waits for an answer"), "closed": tr("closed"),
    }[state]  # fmt: skip


def outcome_words(outcome: Outcome) -> str:
    """How it ended."""
    return {
        Outcome.RESOLVED: tr("resolved"), Outcome.ANSWERED: tr("answered"), Outcome.REFERRED: tr("referred"),
        Outcome.NO_ACTION: tr("closed without action"), Outcome.DUPLICATE: tr("a duplicate"),
        Outcome.WITHDRAWN: tr("withdrawn"),
    }[outcome]  # fmt: skip


def escalation_words(why: Escalation) -> str:
    """Why the department has to speak to the customer."""
    return {
        Escalation.SAFETY: tr("about safety"), Escalation.RECURRENCE: tr("it came back"),
        Escalation.OVERDUE: tr("overdue"), Escalation.DISSATISFIED: tr("not content with the answer"),
        Escalation.BY_HAND: tr("by a supervisor"),
    }[why]  # fmt: skip


def language_words(code: str) -> str:
    """A language; any other short name as it stands."""
    return LANGUAGE_NAMES.get(code, code)


def due_words(one: Request, today: date, days_off: AbstractSet[date]) -> str:
    """By when it is answered: how many working days are left, or how late it is; of a closed one, since when."""
    if one.closed_on is not None:
        return tr("closed on {day}").format(day=us_date(one.closed_on))
    late = one.days_late(today, holidays=days_off)
    if late:
        return tr("1 working day late") if late == 1 else tr("{n} working days late").format(n=late)
    left = workdays_left(today, one.due_on, holidays=days_off)
    if left <= 0:
        return tr("due today") if one.due_on >= today else tr("due now")
    return tr("1 working day left") if left == 1 else tr("{n} working days left").format(n=left)


def due_brief(one: Request, today: date, days_off: AbstractSet[date]) -> str:
    """The same in a word or two, for a list: working days are meant."""
    if one.closed_on is not None:
        return us_date(one.closed_on)
    late = one.days_late(today, holidays=days_off)
    if late:
        return tr("1 day late") if late == 1 else tr("{n} days late").format(n=late)
    left = workdays_left(today, one.due_on, holidays=days_off)
    if left <= 0:
        return tr("due today") if one.due_on >= today else tr("due now")
    return tr("1 day left") if left == 1 else tr("{n} days left").format(n=left)


def warning_words(note: Note) -> str:
    """A note on a customer with how loud it is in a word: the meaning is never the colour's alone."""
    loud = {Level.STOP: tr("Stop, read first"), Level.WARN: tr("Careful"), Level.INFO: tr("Note")}[note.level]
    return f"{loud}: {alert_words(note)}"


def subject_words(subject: str) -> str:
    """A subject as people read it: ``account:W-1`` is ``Account W-1``."""
    noun, _, number = subject.partition(":")
    named = {
        "account": tr("Account"), "permit": tr("Permit"), "project": tr("Project"), "receipt": tr("Receipt"),
        "order": tr("Order"), "release": tr("Release"), "work_order": tr("Work order"), "customer": tr("Customer"),
        "request": tr("Request"),
    }.get(noun, noun)  # fmt: skip
    return f"{named} {number}"
