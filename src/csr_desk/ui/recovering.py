"""What the window says after the program was ended in the middle, and how a stopped counter is set going again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal

from csr_desk.domain.ledger import EventKind
from csr_desk.domain.money import shown
from csr_desk.ui.context import BannerAction, Tone
from csr_desk.ui.holiday_words import tell_missing
from csr_desk.ui.problems import explain
from csr_desk.ui.widgets import EmptyState
from csr_desk.ui.worker import Worker

if TYPE_CHECKING:
    from datetime import date

    from csr_desk.services.desk import Desk
    from csr_desk.services.recovery import Checked, LastAct
    from csr_desk.services.sell import CartDraft
    from csr_desk.ui.workspace import Workspace

QUIET_MS = 500
"""After the window stands, before the days that are open are checked: first the page, then the check, then money."""


class Recovering(QObject):
    """Asks for the checks that ``services.recovery`` does, on the database thread, and tells what came of them."""

    _far = Signal(int, int)
    """Entries checked, of how many; sent from the database thread."""

    def __init__(self, database: Worker, parent: QObject | None = None) -> None:
        """Nothing is known yet."""
        super().__init__(parent)
        self._database = database
        self._say: Callable[[str], None] = _silent
        self._told: set[str] = set()
        self._mornings: set[tuple[str, date]] = set()
        self._far.connect(self._show_far, Qt.ConnectionType.QueuedConnection)

    def start(self, desk: Desk, say: Callable[[str], None]) -> None:
        """Check what the start owes: at once where a window before this one died, else when the first page stands."""
        from csr_desk.services.recovery import was_interrupted

        self._say = say
        if was_interrupted(desk):
            say(self.tr("The program was ended in the middle. The ledger is being checked …"))
            self._first(desk)
        elif desk.first_check is not None:
            QTimer.singleShot(QUIET_MS, self, lambda: self._first(desk))

    def _first(self, desk: Desk) -> None:
        def check() -> Checked | None:
            from csr_desk.services import recovery

            return recovery.check_first(desk, self._far.emit)

        def checked(found: Checked | None) -> None:
            if found is not None and found.fault:
                self._say(self.tr("The ledger does not verify: {0}. Nothing is recorded.").format(found.fault))
            elif found is not None and found.whole:
                self._say(self.tr("The ledger was checked: {0} entries, all sound.").format(found.entries))

        self._database.run(check, checked, lambda error: self._say(explain(error).text))

    # ---- who is there

    def greet(self, space: Workspace) -> None:
        """Tell whoever comes first what came of the last act, and each time that nothing can be recorded."""
        desk, actor = space.context.desk, space.context.actor
        morning = (actor.user, desk.today())
        if morning not in self._mornings:
            self._mornings.add(morning)
            tell_missing(space.context)

        def look() -> tuple[str, Checked | None, CartDraft | None]:
            from csr_desk.services.sell import load_draft

            return desk.stopped, desk.checked, load_draft(desk, actor)

        def told(found: tuple[str, Checked | None, CartDraft | None]) -> None:
            stopped, checked, cart = found
            if stopped:
                space.banner(stopped, Tone.BAD, space.mend)
            elif checked is not None and checked.ended and actor.user not in self._told:
                self._told.add(actor.user)
                self._tell(space, checked, cart)

        if desk.first_check is not None or desk.checked is not None or desk.stopped:
            space.context.read(look, told)

    def _tell(self, space: Workspace, checked: Checked, cart: CartDraft | None) -> None:
        last = checked.last
        words = [self.tr("The program was ended in the middle.")]
        words.append(
            self._outcome(last)
            if last is not None
            else self.tr("The ledger was checked: {0} entries, all sound.").format(checked.entries)
        )
        if last is not None and last.to_print:
            own = last.actor == space.context.actor.user  # the outbox prints for whoever sold
            words.append(
                self.tr("Its receipt is being printed now.")
                if own
                else self.tr("Its receipt is not printed yet; it comes out when its clerk signs in.")
            )
        if cart is not None and cart.lines:
            same = last is not None and cart.key == last.key
            here = self.tr("The cart is still here.") if same else self.tr("The cart in front is not paid yet.")
            words.append(here)
        fine = last is None or last.recorded
        space.banner(" ".join(words), Tone.INFO if fine else Tone.WARN)

    def _outcome(self, last: LastAct) -> str:
        from csr_desk.services.tape_words import WORDS

        at = last.at.strftime("%H:%M")
        if last.kind is EventKind.SALE and last.amount is not None:
            act = self.tr("The last payment, {0} at {1},").format(shown(last.amount), at)
        else:
            act = self.tr("The last act, “{0}” at {1},").format(WORDS[last.kind], at)
        if not last.recorded:
            return self.tr("{0} was NOT recorded.").format(act)
        if last.receipt:
            return self.tr("{0} WAS recorded as {1}.").format(act, last.receipt)
        return self.tr("{0} WAS recorded.").format(act)

    # ---- the action of the banner

    def mending(self, space: Workspace) -> BannerAction:
        """What is offered where nothing is recorded any more."""
        return BannerAction(self.tr("Check the database"), lambda: self._check(space))

    def _check(self, space: Workspace) -> None:
        desk = space.context.desk
        self._say = lambda text: space.banner(text, Tone.INFO)
        self._say(self.tr("The database is being checked …"))

        def check() -> Checked:
            from csr_desk.services import recovery

            return recovery.check_again(desk, self._far.emit)

        def checked(found: Checked) -> None:
            if found.fault:
                space.banner(desk.stopped or found.fault, Tone.BAD, space.mend)
                return
            words = [self.tr("The database was checked: {0} entries, all sound.").format(found.entries)]
            if found.last is not None:
                words.append(self._outcome(found.last))
            words.append(self.tr("Payments go on."))
            space.banner(" ".join(words), Tone.OK)
            space.announce(frozenset())

        space.context.runner.run(check, checked, space.problem)

    def _show_far(self, done: int, every: int) -> None:
        self._say(self.tr("Checking the ledger: {0} of {1} entries …").format(f"{done:,}", f"{every:,}"))


def _silent(_text: str) -> None:
    """Nobody is there yet."""


def not_opened(error: Exception) -> EmptyState:
    """Make the page that says why there is no desk to work at."""
    problem = explain(error)
    title = QCoreApplication.translate("MainWindow", "The ledger could not be opened")
    page = EmptyState(title, f"{problem.text} {problem.reference}".strip())
    page.setAccessibleIdentifier("not-opened")
    return page
