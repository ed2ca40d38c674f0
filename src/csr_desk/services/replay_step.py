"""One step of a counter script: its fields, read with a sentence for each that is missing or wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from csr_desk.domain.changes import Done
from csr_desk.domain.drawer import TapeCount
from csr_desk.domain.errors import ApprovalNeeded, BadInput, MissingInput
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.domain.release_register import BatchPaper
from csr_desk.domain.tender import Tender
from csr_desk.services import approval_requests, staff
from csr_desk.services.clock import read_date
from csr_desk.services.desk import Desk
from csr_desk.services.forms import Fill
from csr_desk.services.lines import Line, read_amount, read_line, read_pieces, read_tender, read_whole

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """The words of a step and its key."""

    data: Mapping[str, Any]
    key: str
    draw_batch: Callable[[BatchPaper], bytes] | None = None
    """Draws the paper that goes with a batch of releases; without it the mail carries the file alone."""
    fill_form: Fill | None = None
    """Fills a form in; without it a mail carries the blank one."""

    def needed(self, name: str) -> str:
        """Return a text that must be there; raise MissingInput."""
        value = self.text(name)
        if not value:
            raise MissingInput(f"The step needs “{name}”.", field=name)
        return value

    def text(self, name: str) -> str:
        """Return a text, or nothing; raise BadInput for lists and objects."""
        value = self.data.get(name)
        if value is None:
            return ""
        if isinstance(value, list | Mapping | bool):
            raise BadInput(f"“{name}” is a text.", field=name)
        return str(value)

    def flag(self, name: str) -> bool:
        """Return true only where the script says ``true``."""
        value = self.data.get(name, False)
        if not isinstance(value, bool):
            raise BadInput(f"“{name}” is true or false.", field=name)
        return value

    def list(self, name: str) -> Sequence[Any]:
        """Return a list, or an empty one."""
        value = self.data.get(name) or []
        if not isinstance(value, list):
            raise BadInput(f"“{name}” is a list.", field=name)
        return value

    def cents(self, name: str) -> Cents:
        """Return an amount that must be there (cents)."""
        if self.data.get(name) is None:
            raise MissingInput(f"The step needs “{name}”.", field=name)
        return read_amount(self.data[name], name)

    def date(self, name: str) -> date | None:
        """Return a date, or None."""
        text = self.text(name)
        return read_date(text, field_name=name) if text else None

    def lines(self) -> tuple[Line, ...]:
        """Return the lines of a cart."""
        return tuple(read_line(line) for line in self.list("lines"))

    def tenders(self) -> tuple[Tender, ...]:
        """Return the tenders."""
        return tuple(read_tender(tender) for tender in self.list("tenders"))

    def pieces(self, name: str) -> dict[Cents, int]:
        """Return notes and coins that must be there."""
        if self.data.get(name) is None:
            raise MissingInput(f"The step needs “{name}”.", field=name)
        return read_pieces(self.data[name], name)

    def tape(self, name: str) -> TapeCount | None:
        """Return a count by items and tape, or None."""
        value = self.data.get(name)
        if value is None:
            return None
        if not isinstance(value, Mapping) or set(value) != {"items", "total"}:
            raise BadInput(f"“{name}” is counted as items and total.", field=name)
        return TapeCount(read_whole(value["items"], name), read_amount(value["total"], name))


def actor_of(actor: Actor | None) -> Actor:
    """Return who acts; raise MissingInput where the script does not say."""
    if actor is None:
        raise MissingInput("The step needs “by”: who acts.", field="by")
    return actor


def approved(desk: Desk, step: Step, who: str, act: Callable[[Approval | None], Done[T]]) -> Done[T]:
    """Do an act; where it asks for an approval and the script names who gives it, get it and do the same again.

    With ``request`` the approval is the one that somebody gave at another screen.
    """
    try:
        return act(None)
    except ApprovalNeeded as asked:
        if step.text("request"):
            asker = staff.person(desk, step.needed("by"))
            return act(approval_requests.answer_of(desk, asker, step.text("request")).usable())
        name = step.text(who)
        if not name or not asked.act:
            raise
        approver = staff.person(desk, name)
        approval = staff.approval_by(desk, approver, Act(asked.act), asked.subject, asked.amount)
    return act(approval)


def approved_in_all(desk: Desk, step: Step, who: str, act: Callable[[tuple[Approval, ...]], Done[T]]) -> Done[T]:
    """Do an act that may need several approvals: get each that is asked for, and do the same again with all of them.

    With ``request`` the first is the one that somebody gave at another screen.
    """
    signed: tuple[Approval, ...] = ()
    while True:
        try:
            return act(signed)
        except ApprovalNeeded as asked:
            if step.text("request") and not signed:
                asker = staff.person(desk, step.needed("by"))
                signed = (approval_requests.answer_of(desk, asker, step.text("request")).usable(),)
                continue
            name = step.text(who)
            if not name or not asked.act or asked.act in {approval.act.value for approval in signed}:
                raise
            approver = staff.person(desk, name)
            signed += (staff.approval_by(desk, approver, Act(asked.act), asked.subject, asked.amount),)


def span_of(desk: Desk, step: Step) -> tuple[date, date]:
    """Return the business dates of a step: one, or from and to; today where it names none. Raise BadInput."""
    day = step.date("business_date")
    first, last = step.date("from") or day or desk.today(), step.date("to") or day or desk.today()
    if first > last:
        raise BadInput("A report ends after it begins.", field="to")
    return first, last
