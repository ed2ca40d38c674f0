"""Why the drawer that is looked at may be off: asked for once its sheet is shown, one receipt after the other."""

from __future__ import annotations

from typing import Protocol

from csr_desk.domain.difference import Candidate, Explanation
from csr_desk.domain.drawer import BatchSheet, BatchState
from csr_desk.domain.errors import Refusal
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.receipt import Receipt
from csr_desk.services import differences, receipts
from csr_desk.ui.context import Context
from csr_desk.ui.pages.balancing.board import beyond

SHOWN = 5
"""Causes that are shown; what comes after them is guessing."""


class CausesScreen(Protocol):
    """What shows the causes."""

    def show_causes(self, found: Explanation | None) -> None:
        """Show the causes of the drawer in front, or that there is nothing to look for."""

    def show_suspect(self, receipt: Receipt, place: int, of: int) -> None:
        """Show a receipt that a cause hangs on, and which of them it is."""


class Causes:
    """Reads causes and receipts; knows no Qt."""

    def __init__(self, context: Context, screen: CausesScreen) -> None:
        """Nothing is looked at yet."""
        self._context = context
        self._screen = screen
        self._batch = ""
        self._looked: tuple[int, int] = (-1, -1)
        self.found: Explanation | None = None

    def look_for(self, sheet: BatchSheet | None) -> None:
        """Ask for the causes of a drawer beyond the tolerance; an answer for another drawer comes too late."""
        self._looked = (-1, -1)
        tolerance = self._context.desk.policy.tolerance
        wanted = sheet is not None and wants_causes(sheet, self._context.actor, tolerance)
        batch = sheet.batch.batch_id if sheet is not None and wanted else ""
        if batch != self._batch or not batch:
            self._batch = batch
            self._show(None)
        if not batch:
            return
        desk, actor = self._context.desk, self._context.actor

        def done(found: Explanation) -> None:
            if found.batch_id == self._batch:
                self._show(found)

        self._context.read(lambda: differences.explain_difference(desk, actor, batch), done, self._refused)

    def candidate(self, place: int) -> Candidate | None:
        """Return one of the causes that are shown."""
        shown = self.found.candidates[:SHOWN] if self.found else ()
        return shown[place] if 0 <= place < len(shown) else None

    def look_at(self, place: int) -> None:
        """Show the first receipt that a cause hangs on; asked again, the next one."""
        one = self.candidate(place)
        named = [suspect for suspect in one.suspects if suspect.receipt] if one is not None else []
        if not named:
            return
        at = (self._looked[1] + 1) % len(named) if self._looked[0] == place else 0
        self._looked = (place, at)
        desk, actor, number = self._context.desk, self._context.actor, named[at].receipt
        self._context.read(
            lambda: receipts.receipt(desk, actor, number),
            lambda found: self._screen.show_suspect(found, at + 1, len(named)),
        )

    def _show(self, found: Explanation | None) -> None:
        self.found = found
        self._screen.show_causes(found)

    def _refused(self, error: Exception) -> None:
        """A drawer that changed meanwhile has no causes now; anything else is told as everywhere."""
        self._show(None)
        if not isinstance(error, Refusal):
            self._context.shell.problem(error)


def wants_causes(sheet: BatchSheet, actor: Actor, tolerance: Cents) -> bool:
    """Say whether there is something to look for, and whether this person may: never in their own drawer."""
    handed_in = sheet.batch.state in {BatchState.SUBMITTED, BatchState.ACCEPTED}
    others = sheet.batch.custodian != actor.user
    return handed_in and others and actor.may(Act.SEE_EXPECTED) and any(beyond(tie, tolerance) for tie in sheet.ties)
