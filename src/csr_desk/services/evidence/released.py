"""Controls 47 and 48: what every service release stood on when it was sent, and what the company said to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from csr_desk.domain.evidence import Finding, Row
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.release import unconfirmed_since
from csr_desk.services.clock import read_stamp
from csr_desk.services.evidence.check import judged, looked_at, plural
from csr_desk.services.evidence.look import Look

_HEADS = ("release", "sent", "to", "finding")


def released(look: Look) -> Finding:
    """47: nothing was sent that lacked a condition; without a permit there is a reason, and a second person signed."""
    sent = list(_sent(look))
    signed = {
        str(one["key"][0]): event.approver
        for event in look.of(EventKind.RELEASE_REQUESTED)
        for one in event.facts["sets"]
        if one["table"] == "service_release"
    }
    bad = [_row(row, on, said) for row, on in sent if (said := _fault(row, signed))]
    by_hand = sum(bool(row["manual"]) for row, _ in sent)
    more = f"{plural(by_hand, 'release')} by hand, without a permit." if by_hand else ""
    return judged(len(sent), "release", "sent without a condition", _HEADS, bad, more=more)


def confirmed(look: Look) -> Finding:
    """48: what is live has its confirmation number; what was not confirmed in time is listed."""
    sent = list(_sent(look))
    bad = [
        _row(row, on, "no confirmation number")
        for row, on in sent
        if row["state"] in {"confirmed", "energised"} and not row["confirmation"]
    ]
    today, policy = look.desk.today(), look.desk.policy
    late = [
        _row(row, on, "not confirmed yet")
        for row, on in sent
        if row["state"] == "sent" and unconfirmed_since(on, today, policy.release_days, holidays=policy.days_off)
    ]
    base = judged(len(sent), "release", "confirmed without a number", _HEADS, bad)
    return looked_at(base, f"{plural(len(late), 'release')} not confirmed in time.", _HEADS, late)


def _sent(look: Look) -> Iterator[tuple[Any, date]]:
    """Give the releases that were sent in the period, with the day."""
    for row in look.rows("service_release"):
        if row["sent_at"]:
            on = look.desk.local(read_stamp(str(row["sent_at"]))).date()
            if look.first <= on <= look.last:
                yield row, on


def _fault(row: Any, signed: dict[str, str | None]) -> str:
    lacking = json.loads(row["conditions"]).get("missing", ["conditions"])
    if lacking:
        return f"sent without {', '.join(lacking)}"
    if row["permit_no"] and not row["inspection_no"]:
        return "sent without an inspection"
    if not row["permit_no"] and not row["manual"]:
        return "neither a permit nor a reason"
    if row["manual"] and signed.get(row["release_no"], "") is None:
        return "by hand, and nobody signed"
    return ""


def _row(row: Any, on: date, said: str) -> Row:
    return (str(row["release_no"]), on.isoformat(), str(row["company_id"]), said)
