"""The bar at the top: where, which drawer, which business date, who. Bands and words, never expected amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale
from PySide6.QtWidgets import QFrame, QHBoxLayout

from csr_desk.domain.drawer import Band, BatchState
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.receipt import Office
from csr_desk.ui import practice
from csr_desk.ui.context import Tone
from csr_desk.ui.theme import say
from csr_desk.ui.widgets import Chip, KeyButton, Label
from csr_desk.ui.widgets.words import say_tip

if TYPE_CHECKING:
    from csr_desk.services.facts import DeskFacts


class TopBar(QFrame):
    """What a clerk must see at a glance, on every page."""

    def __init__(self, actor: Actor) -> None:
        """Build the bar for one person."""
        super().__init__()
        self._sells = actor.may(Act.SELL)
        say(self, role="bar")
        self.setFixedHeight(46)
        self.office = Label("", "strong", "office")
        self.drawer = Label("", "soft", "drawer-name")
        self.drawer_chip = Chip("", Tone.INFO, "drawer-state")
        self.demo = Chip("", "demo", "demonstration")
        self.cash = Chip("", Tone.WARN, "cash-band")
        self.printing = Chip("", Tone.WARN, "printing-state")
        self.waiting = Chip("", Tone.INFO, "waiting-approvals")
        self.help = Chip("", Tone.INFO, "help-call")
        self.backup = Chip("", Tone.WARN, "backup-state")
        self.date = Label("", "strong", "business-date")
        self.date_word = Label(self.tr("Business date"), "soft")
        self.fiscal = Label("", "soft", "fiscal-year")
        self.busy = Label("", "small", "busy")
        self.busy.setFixedWidth(12)
        self.person = Label(actor.name, "strong", "who")
        self.title = Label(actor.title, "soft", "who-title")
        self.lock = KeyButton(self.tr("Lock"), "Ctrl+L", "", "lock-button")
        self.lock.setFixedHeight(30)
        say(self.lock, fit="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(14)
        for widget in (self.office, self.drawer, self.drawer_chip, self.demo, self.busy):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (
            self.backup,
            self.help,
            self.waiting,
            self.printing,
            self.date_word,
            self.date,
            self.fiscal,
            self.cash,
            self.person,
            self.title,
        ):
            row.addWidget(widget)
        row.addWidget(self.lock)

    def show_facts(self, facts: DeskFacts) -> None:
        """Show the desk as it is now."""
        self.office.setText(facts.office.name)
        self.show_money(facts.office)
        day = facts.business_date
        self.date.setText(QLocale().toString(QDate(day.year, day.month, day.day), "ddd d MMM yyyy"))
        self.show_printing(facts.undone_prints)
        self.fiscal.setText(facts.fiscal_year)
        self._show_drawer(facts)
        words, tone = {
            Band.NORMAL: ("", Tone.OK),
            Band.WARN: (self.tr("Cash drop due"), Tone.WARN),
            Band.LOCKED: (self.tr("Drawer full"), Tone.BAD),
        }[facts.band]
        selling = facts.batch is not None and facts.batch.state is BatchState.OPEN
        self.cash.show_state(words if selling else "", tone)

    def show_money(self, office: Office) -> None:
        """Say in a demo city that nothing here is real; a training office says it in a line of its own above."""
        demonstration = practice.look_of(office) == practice.DEMONSTRATION
        self.demo.show_state(self.tr("DEMONSTRATION") if demonstration else "", "practice")

    def show_printing(self, undone: int) -> None:
        """Say how many papers could not be printed."""
        self.printing.show_state(_papers(undone), Tone.WARN)

    def show_waiting(self, text: str, tone: Tone, sentence: str) -> None:
        """Say what waits for an answer, or for this person's; the whole sentence on a closer look."""
        self.waiting.show_state(text, tone)
        say_tip(self.waiting, sentence)
        self.waiting.setAccessibleDescription(sentence)

    def show_help(self, text: str, tone: Tone, sentence: str) -> None:
        """Say who calls for help, or who comes to this counter; the whole sentence on a closer look."""
        self.help.show_state(text, tone)
        self.date_word.setVisible(not text)  # it gives its room
        say_tip(self.help, sentence)
        self.help.setAccessibleDescription(sentence)

    def show_backup(self, text: str, sentence: str, *, calm: bool) -> None:
        """Say how the copies of the ledger stand (nothing while all is well); the whole sentence on a closer look."""
        self.backup.show_state(text, Tone.INFO if calm else Tone.WARN)
        say_tip(self.backup, sentence)
        self.backup.setAccessibleDescription(sentence)

    def show_busy(self, busy: bool) -> None:
        """A small mark while the database works."""
        self.busy.setText("●" if busy else "")

    def _show_drawer(self, facts: DeskFacts) -> None:
        batch = facts.batch
        if batch is None:
            self.drawer.setText("")
            words = self.tr("No open drawer") if self._sells else ""
            self.drawer_chip.show_state(words, Tone.WARN)
            return
        self.drawer.setText(batch.drawer_name)
        if batch.state is BatchState.OPEN and batch.suspended:
            self.drawer_chip.show_state(self.tr("Drawer locked"), Tone.WARN)
        elif batch.state is BatchState.OPEN:
            self.drawer_chip.show_state(self.tr("Drawer open"), Tone.OK)
        elif batch.state is BatchState.COUNTING:
            self.drawer_chip.show_state(self.tr("Counting"), Tone.WARN)
        else:
            self.drawer_chip.show_state(self.tr("Sent to supervisor"), Tone.INFO)


def _papers(undone: int) -> str:
    if not undone:
        return ""
    if undone == 1:
        return QCoreApplication.translate("TopBar", "1 paper to print again")
    return QCoreApplication.translate("TopBar", "{0} papers to print again").format(undone)
