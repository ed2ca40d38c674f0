"""All 56 controls in one go: each is tried by itself, and one that fails to run says so instead of passing."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from csr_desk.domain.evidence import Control, Evidence, Finding, Result, Status
from csr_desk.domain.masking import MASKED_FOR, masked_words
from csr_desk.domain.people import Act, Actor, Role
from csr_desk.services.desk import Desk
from csr_desk.services.evidence import (
    balancing,
    corrections,
    custody,
    deposit_books,
    people_access,
    prices_tenders,
    receipting,
    service_records,
)
from csr_desk.services.evidence.check import Check, cannot
from csr_desk.services.evidence.checklist import ASKS, section_of
from csr_desk.services.evidence.look import Look, Prepared, opened, prepare

CHECKS: tuple[Check, ...] = (
    *people_access.CHECKS, *receipting.CHECKS, *prices_tenders.CHECKS, *custody.CHECKS, *balancing.CHECKS,
    *corrections.CHECKS, *deposit_books.CHECKS, *service_records.CHECKS,
)  # fmt: skip
"""How each control is tested, in the order of the checklist."""

Tell = Callable[[int], bool]
"""Hears how many controls are done; its False stops the look."""


def control_of(check: Check) -> Control:
    """Put the auditors' words beside how a control is tested here."""
    return Control(check.number, section_of(check.number), ASKS[check.number], check.tested, check.leaves_out)


def controls() -> tuple[Control, ...]:
    """Return the whole checklist."""
    return tuple(control_of(check) for check in CHECKS)


def go_through(look: Look, made_by: str, tell: Tell) -> Evidence | None:
    """Test every control; None where ``tell`` stopped it."""
    results: list[Result] = []
    for check in CHECKS:
        if not tell(len(results)):
            return None
        results.append(Result(control_of(check), _finding(look, check)))
    tell(len(results))
    verified = look.verified
    said = f"{verified.checked:,} entries and {verified.receipts:,} receipts were recomputed"
    return Evidence(
        office=look.desk.office,
        first=look.first,
        last=look.last,
        made_at=look.desk.clock.now(),
        made_by=made_by,
        heads=look.heads,
        verified=f"{said}: all agree." if verified.ok else f"{said}. NOT OK: {verified.first_fault}.",
        sound=verified.ok,
        results=tuple(results),
    )


def _finding(look: Look, check: Check) -> Finding:
    """Test one control; where the data are so damaged that the test itself fails, that is what it found."""
    try:
        return check.test(look)
    except (KeyError, TypeError, ValueError, LookupError, ArithmeticError, AttributeError) as fault:
        if look.verified.ok:
            raise
        return cannot(
            f"The ledger does not verify, and this test could not be finished: {type(fault).__name__} {fault}."
        )


def gather(desk: Desk, actor: Actor, first: date, last: date, tell: Tell = lambda _done: True) -> Evidence | None:
    """Go through the controls of a period for a person who may; None where ``tell`` stopped it. Nothing is recorded.

    Raises NotPermitted, and Trouble where the database cannot be copied or read.
    """
    actor.require(Act.MAKE_EVIDENCE)
    with tempfile.TemporaryDirectory(prefix="csr-desk-") as folder:
        return look_over(desk, actor, prepare(desk, Path(folder)), (first, last), tell)


def look_over(desk: Desk, actor: Actor, prepared: Prepared, span: tuple[date, date], tell: Tell) -> Evidence | None:
    """Go through the controls on what was prepared; the window does this on a thread of its own."""
    actor.require(Act.MAKE_EVIDENCE)
    with opened(prepared, desk, *span) as look:
        return _seen_by(actor.role, go_through(look, actor.name, tell))


def _seen_by(role: Role, evidence: Evidence | None) -> Evidence | None:
    """Take telephone numbers and addresses out of what people keyed, for roles that only trace money."""
    if evidence is None or role not in MASKED_FOR:
        return evidence
    return replace(evidence, results=tuple(replace(one, finding=_masked(one.finding)) for one in evidence.results))


_WORDED = frozenset({"finding", "name", "payee", "payor", "reason", "text", "what"})
"""Columns in which words of people may stand; a bag or an account is a number that an auditor follows."""


def _masked(finding: Finding) -> Finding:
    worded = [head in _WORDED for head in finding.heads]
    rows = tuple(
        tuple(masked_words(cell) if words else cell for cell, words in zip(row, worded, strict=True))
        for row in finding.rows
    )
    return replace(finding, rows=rows)


def findings_by_status(evidence: Evidence) -> dict[str, int]:
    """Return how many controls stand how."""
    return {status.value: evidence.count(status) for status in Status}
