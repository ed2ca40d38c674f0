"""The steps of the counter script for auditors: a report taken away, the evidence of the controls, a cart dropped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from csr_desk.domain.errors import Trouble
from csr_desk.domain.people import Actor
from csr_desk.services import carts_held, report_exports, reports
from csr_desk.services.desk import Desk
from csr_desk.services.evidence import pack
from csr_desk.services.replay_step import Step, actor_of, span_of

Result = Mapping[str, Any]


def evidence(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Go through the auditor's controls."""
    first, last = span_of(desk, step)
    found = pack.gather(desk, actor_of(actor), first, last)
    if found is None:
        raise Trouble("The look was stopped.")
    controls = {
        str(result.control.number): {
            "status": result.finding.status.value, "figure": result.finding.figure, "rows": len(result.finding.rows),
        }
        for result in found.results
    }  # fmt: skip
    return {"sound": found.sound, "counts": pack.findings_by_status(found), "controls": controls}


def take_report(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Take a report away as JSON: the entry says so."""
    first, last = span_of(desk, step)
    who, name = actor_of(actor), step.needed("name")
    data = reports.report(desk, who, name, first, last)
    content = json.dumps(data, ensure_ascii=False, sort_keys=True).encode()
    rows = len(data.get("rows") or data.get("cases") or data.get("by_item") or ())
    kept = name if name in report_exports.REPORTS else "revenue"
    command = report_exports.TakeReport(step.key, kept, first, last, "json", report_exports.fingerprint(content), rows)
    done = report_exports.take_report(desk, who, command)
    return {"report": kept, "rows": rows, "sha256": done.value}


def cancel_cart(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Throw a cart away: lines that were keyed, or a held sale."""
    who = actor_of(actor)
    held = step.text("held")
    draft = carts_held.held_lines(desk, who, held) if held else carts_held.CartDraft(step.key, step.lines())
    if not held:
        carts_held.save_draft(desk, who, draft)
    return {"cancelled": carts_held.discard_draft(desk, who, draft.key).value, "lines": len(draft.lines)}


STEPS = {"evidence": evidence, "take_report": take_report, "cancel_cart": cancel_cart}
"""Joined with the other steps in ``replay_steps``."""
