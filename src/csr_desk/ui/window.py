"""The main window: starting, signing in, working, locked. It owns the database thread and what outlives a sign-in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSettings, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from csr_desk.domain.people import Actor
from csr_desk.ui import actions, practice
from csr_desk.ui.actions import ActionSpec
from csr_desk.ui.context import Tone
from csr_desk.ui.palette import Command, PaletteSheet
from csr_desk.ui.printing import Printing
from csr_desk.ui.problems import explain
from csr_desk.ui.recovering import Recovering, not_opened
from csr_desk.ui.saving import Saving
from csr_desk.ui.sign_in import SignInView
from csr_desk.ui.sign_out import clock_words, note_sign_out, tell_jump
from csr_desk.ui.theme import Look, put_on
from csr_desk.ui.widgets import EmptyState
from csr_desk.ui.worker import Worker
from csr_desk.ui.workspace import Workspace

if TYPE_CHECKING:
    from csr_desk.services.desk import Desk
    from csr_desk.services.staff import SignedIn, SignInPage

Opener: TypeAlias = "Callable[[], Desk]"
_PAGES = 9


class MainWindow(QMainWindow):
    """One window, one person at a time; another person's unfinished cart is in the database, not here."""

    closed = Signal()

    def __init__(self, opener: Opener, settings: QSettings | None = None) -> None:
        """Show the start at once and open the desk on the database thread."""
        super().__init__()
        self.setWindowTitle("CSR Desk")
        self.setMinimumSize(1180, 700)
        self.resize(1366, 768)
        self.settings = settings
        self.worker = Worker(self)
        self.printing = Printing(self.worker, self)
        self.saving = Saving(self)
        self.recovering = Recovering(self.worker, self)
        self.desk: Desk | None = None
        self.workspace: Workspace | None = None
        self.training: MainWindow | None = None
        self.stack = QStackedWidget()
        self.start = EmptyState(self.tr("CSR Desk"), self.tr("Opening the ledger and checking it …"))
        self.sign_in = SignInView()
        self.keys = QActionGroup(self, exclusionPolicy=QActionGroup.ExclusionPolicy.None_)
        self.idle = QTimer(self, singleShot=True)
        self._opener = opener
        self._assemble()
        self._connect()
        self.open_desk()

    def _assemble(self) -> None:
        self.setCentralWidget(self.stack)
        self.stack.addWidget(self.start)
        self.stack.addWidget(self.sign_in)
        does: dict[ActionSpec, Callable[[], None]] = {
            actions.LOCK: self.lock,
            actions.PALETTE: self.show_palette,
            actions.SIGN_OUT: self.sign_out,
            actions.LIGHT: lambda: self.wear(Look.LIGHT),
            actions.DARK: lambda: self.wear(Look.DARK),
            actions.CONTRAST: lambda: self.wear(Look.CONTRAST),
            actions.TRAIN: self.train,
        }
        for spec in actions.WINDOW_ACTIONS:
            text = QCoreApplication.translate("actions", spec.text)
            self._key(spec.key, text, spec.shortcut, does[spec])
        for place in range(_PAGES):
            self._key(f"page-{place + 1}", "", f"Ctrl+{place + 1}", partial(self._go_to, place))

    def _connect(self) -> None:
        self.sign_in.wanted.connect(self._sign_in)
        self.sign_in.training_wanted.connect(self.train)
        self.worker.busy.connect(self._show_busy)
        self.idle.timeout.connect(self.lock)

    def action_of(self, spec: ActionSpec) -> QAction:
        """The action of a line of the table."""
        return next(action for action in self.keys.actions() if action.objectName() == spec.key)

    def _key(self, name: str, text: str, shortcut: str, do: Callable[[], None]) -> None:
        action = QAction(text, self)
        action.setObjectName(name)
        action.setShortcut(QKeySequence(shortcut))
        action.triggered.connect(lambda _checked=False: do())
        self.keys.addAction(action)
        self.addAction(action)

    # ---- the desk

    def open_desk(self) -> None:
        """Open the ledger away from the window; then ask who is there."""
        self.worker.run(self._opener, self._opened, self.failed_to_open)

    def _opened(self, desk: Desk) -> None:
        self.desk = desk
        self.setWindowTitle(practice.title_of(desk.office))
        if desk.office.training_day:
            self.keys.removeAction(self.action_of(actions.TRAIN))
        self.show_sign_in()
        self.saving.watch(desk)
        self.printing.mailing.watch(desk)
        self.recovering.start(desk, self.sign_in.tell)

    def failed_to_open(self, error: Exception) -> None:
        """Say why there is no desk to work at."""
        failed = not_opened(error)
        self.stack.addWidget(failed)
        self.stack.setCurrentWidget(failed)

    # ---- who

    def show_sign_in(self, locked_for: str = "") -> None:
        """Show who may sign in; with ``locked_for`` the work behind the lock is kept."""
        desk = self.desk
        if desk is None:
            return

        def people() -> SignInPage:
            from csr_desk.services.staff import sign_in_page

            return sign_in_page(desk)

        self.stack.setCurrentWidget(self.sign_in)
        self.worker.run(people, lambda page: self.sign_in.show_page(page, locked_for), self._refuse_sign_in)

    def _sign_in(self, user: str, secret: str) -> None:
        desk = self.desk
        if desk is None:
            return

        def check() -> SignedIn:
            from csr_desk.services.staff import enter

            return enter(desk, user, secret)

        def entered(done: SignedIn) -> None:
            self.work_as(done.actor)
            if done.jump is not None and self.workspace is not None:
                self.workspace.banner(clock_words(done.jump), Tone.WARN)

        self.worker.run(check, entered, self._refuse_sign_in)

    def _refuse_sign_in(self, error: Exception) -> None:
        self.sign_in.refuse(explain(error).text)

    def work_as(self, actor: Actor) -> None:
        """Go on with the same person's work, or put the other's away and begin."""
        if self.desk is None:
            return
        if self.workspace is None or self.workspace.context.actor != actor:
            self._put_away()
            self.workspace = Workspace(self.desk, actor, self.worker, self.printing)
            self.workspace.bar.lock.clicked.connect(self.lock)
            self.saving.serve(self.workspace)
            self.stack.addWidget(self.workspace)
            self.workspace.mend = self.recovering.mending(self.workspace)
        else:
            self.workspace.announce(frozenset())  # others went on at their stations while this one was locked
        self.stack.setCurrentWidget(self.workspace)
        self.workspace.focus_page()
        self._watch()
        self.printing.print_waiting(self.workspace.context)
        self.recovering.greet(self.workspace)

    def lock(self) -> None:
        """Lock: the screen shows the sign-in, the cart stays behind it."""
        if self.workspace is not None and self.stack.currentWidget() is self.workspace:
            if self.workspace.sheet is not None:
                self.workspace.sheet.close_sheet()
            self.idle.stop()
            self.show_sign_in(self.workspace.context.actor.user)

    def sign_out(self) -> None:
        """Put the work away (the cart is in the database) and ask who is next."""
        self._put_away()
        self.show_sign_in()

    def _put_away(self) -> None:
        self.idle.stop()
        if self.workspace is not None:
            self.workspace.leave()
            note_sign_out(self.worker, self.workspace.context)
            self.stack.removeWidget(self.workspace)
            self.workspace.deleteLater()
            self.workspace = None
            self.printing.shell = None

    # ---- training

    def train(self) -> None:
        """Sign out, and open the training office in a window of its own; this one comes back when that one closes."""
        desk = self.desk
        if desk is None or desk.office.training_day or self.training is not None:
            return

        def prepare() -> str:
            from csr_desk.services.training_office import ensure

            return ensure(desk)

        self._put_away()
        self.show_sign_in()
        self.worker.run(prepare, self._open_training, self._refuse_sign_in)

    def _open_training(self, url: str) -> None:
        def opener() -> Desk:
            from csr_desk.services.desk import open_desk

            return open_desk(url, running=True)

        window = self.training = MainWindow(opener)
        window.closed.connect(self._training_over)
        window.printing.papers = self.printing.papers
        window.setGeometry(self.geometry())
        window.show()
        self.hide()

    def _training_over(self) -> None:
        self.training = None
        self.show()
        self.show_sign_in()

    # ---- keys, looks, idle

    def show_palette(self) -> None:
        """Ctrl+K: everything by its name."""
        space = self.workspace
        if space is None or self.stack.currentWidget() is not space or space.sheet is not None:
            return
        own = (one for one in self.keys.actions() if one.text() and one.objectName() != actions.PALETTE.key)
        commands = [Command(one.text(), one.shortcut().toString().replace("+", " "), one.trigger) for one in own]
        space.open_sheet(PaletteSheet(space, space.commands() + commands))

    def wear(self, look: Look) -> None:
        """Change the colours at once and remember them on this station."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            put_on(app, look)
        if self.settings is not None:
            self.settings.setValue("look", str(look))
        if self.workspace is not None:
            self.workspace.rail.redraw()

    def _go_to(self, place: int) -> None:
        space = self.workspace
        if space is not None and self.stack.currentWidget() is space and place < len(space.specs):
            space.go(space.specs[place].key)

    def _show_busy(self, busy: bool) -> None:
        if self.workspace is not None:
            self.workspace.bar.show_busy(busy)
            if not busy:
                QTimer.singleShot(0, partial(tell_jump, self.workspace.context))  # after what the act has to say

    def _watch(self) -> None:
        if self.desk is not None:
            self.idle.start(self.desk.policy.idle_lock_minutes * 60_000)

    def showEvent(self, event: QShowEvent) -> None:
        """Listen to the native window only: a filter on the whole program would see every event of every widget."""
        super().showEvent(event)
        if (handle := self.windowHandle()) is not None:
            handle.removeEventFilter(self)
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any key or click says that somebody is there."""
        if event.type() in {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress} and self.idle.isActive():
            self._watch()
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what is half done, save a backup, let the database thread finish, close the desk on it."""
        if not self.saving.may_go(self.stack):
            event.ignore()
            return
        if self.workspace is not None:
            self.workspace.leave()
            note_sign_out(self.worker, self.workspace.context)
        if self.settings is not None:
            self.settings.setValue("geometry", self.saveGeometry())
        self.printing.stop()
        self.worker.stop(self.desk.close if self.desk is not None else None)
        self.closed.emit()
        super().closeEvent(event)
