"""What may be done with a request, a task, a visit, a call, a handed-out form or a referral in each of its states."""

from __future__ import annotations

from csr_desk.domain.steps import Ways, stays, to

REQUEST = Ways(
    "request",
    {
        "work_on": stays("open", "in_work", "waiting"),
        "assign": to("in_work", "open", "in_work") | stays("waiting"),
        "wait": to("waiting", "open", "in_work"),
        "go_on": to("in_work", "waiting"),
        "reclassify": stays("open", "in_work", "waiting"),
        "escalate": stays("open", "in_work", "waiting"),
        "close": to("closed", "open", "in_work", "waiting"),
        "reopen": to("open", "closed"),
    },
    {
        "work_on": "worked on", "assign": "given to somebody", "wait": "left waiting", "go_on": "gone on with",
        "reclassify": "reclassified", "escalate": "escalated", "close": "closed", "reopen": "opened again",
    },
)  # fmt: skip
"""It waits for a task of another department or for the customer; the clock of its deadline runs on."""

NOTE = Ways(
    "task",
    {"answer": to("done", "open"), "cancel": to("cancelled", "open")},
    {"answer": "answered", "cancel": "cancelled"},
)

VISIT = Ways(
    "visit",
    {
        "call": to("called", "waiting", "called"),
        "serve": to("serving", "called", "waiting"),
        "put_back": to("waiting", "called"),
        "finish": to("done", "serving"),
        "leave": to("left", "waiting", "called"),
    },
    {
        "call": "called", "serve": "served", "put_back": "put back", "finish": "finished", "leave": "taken off",
    },
)  # fmt: skip
"""Whoever is called and does not come is called again, put back or taken off."""

CALL = Ways(
    "call",
    {"answer": to("answered", "open"), "end": to("ended", "open", "answered")},
    {"answer": "answered", "end": "ended"},
)

HANDOUT = Ways(
    "form",
    {"take_back": to("back", "given", "missing"), "miss": to("missing", "given")},
    {"take_back": "taken back", "miss": "given up"},
)

REFERRAL = Ways(
    "referral",
    {
        "reach": to("reached", "given", "not_reached", "unknown"),
        "fail": to("not_reached", "given", "unknown"),
        "forget": to("unknown", "given"),
    },
    {"reach": "followed up", "fail": "followed up", "forget": "given up"},
)

NOTICE = Ways("notice", {"withdraw": to("withdrawn", "posted")}, {"withdraw": "withdrawn"})

CARD = Ways(
    "card",
    {"write": stays("current"), "retire": to("retired", "current"), "bring_back": to("current", "retired")},
    {"write": "changed", "retire": "retired", "bring_back": "brought back"},
)

FORM = Ways(
    "form",
    {"hand_out": stays("current"), "end": to("obsolete", "current")},
    {"hand_out": "handed out", "end": "made obsolete"},
)
