"""What changed and was not read yet comes up by itself: at sign-in, and when a first sale is refused for it (I2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csr_desk.domain.announcement import Notice
from csr_desk.domain.people import Act
from csr_desk.ui.context import Context
from csr_desk.ui.dates import us_date
from csr_desk.ui.notice_words import kind_words
from csr_desk.ui.problems import explain
from csr_desk.ui.widgets import Chip, KeyButton, Label, Sheet, scrolled
from csr_desk.ui.widgets.search_box import now_ms

LEAST_MS = 400
"""So soon nobody has read anything: the Enter was meant for what lay there before."""
_WIDTH = 640
_HEIGHT = 150


class UnreadNotices:
    """Asks what a person has to read, and lays it over the window while nothing else lies there."""

    def __init__(self, context: Context, free: Callable[[], bool]) -> None:
        """``free`` says whether no sheet is open."""
        self._context, self._free = context, free

    def look(self) -> None:
        """Show what is to be read; nothing to whoever reads no notices (an auditor, an administrator)."""
        context = self._context
        if not context.actor.may(Act.READ_NOTICE):
            return

        def read() -> tuple[Notice, ...]:
            from csr_desk.services import announcements

            return announcements.news(context.desk, context.actor)

        context.read(read, self._show)

    def _show(self, found: tuple[Notice, ...]) -> None:
        if found and self._free():
            self._context.shell.open_over(
                lambda shell: NoticesSheet(shell, self._context, found) if isinstance(shell, QWidget) else None
            )


class NoticesSheet(Sheet):
    """One notice after the other; Enter acknowledges it and goes on, Esc leaves the rest for later."""

    def __init__(self, parent: QWidget, context: Context, notices: Sequence[Notice]) -> None:
        """Show the oldest first."""
        super().__init__(parent, notices[0].title, "notices", width=_WIDTH)
        self._context, self._notices = context, tuple(notices)
        self._at, self._sending, self._shown_ms = 0, False, 0
        self.kind = Chip("", "info", "notice-kind")
        self.from_when = Label("", "soft", "notice-from")
        self.words = Label("", "", "notice-words")
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.words)
        column.addStretch(1)
        area = scrolled(inside)
        area.setFixedHeight(_HEIGHT)
        self.place = Label("", "small", "notice-place")
        for part in (self.kind, self.from_when, area, self.place):
            self.body.addWidget(part)
        back = KeyButton(self.tr("Later"), "Esc", "", "notice-later")
        back.clicked.connect(self.cancel)
        self.read = KeyButton(self.tr("I have read it"), "Enter", "primary", "notice-read")
        self.read.clicked.connect(self.accept)
        self.foot.addWidget(back)
        self.foot.addWidget(self.read, 1)
        self._show()

    def start(self) -> None:
        """Open; Enter acknowledges at once."""
        self.open(self.read)

    def _show(self) -> None:
        notice = self._notices[self._at]
        self._shown_ms = now_ms()
        self.title.setText(notice.title)
        self.setAccessibleName(notice.title)
        self.kind.show_state(kind_words(notice.kind), "info")
        today = self._context.desk.today()
        since = self.tr("In force since {0}") if notice.effective_on <= today else self.tr("In force from {0}")
        self.from_when.setText(since.format(us_date(notice.effective_on)))
        self.words.setText(notice.body)
        stops = self.tr("{0} of {1}. What is not read stops the first sale of the day.")
        places = stops if notice.asks(today) else self.tr("{0} of {1}")
        self.place.setText(places.format(self._at + 1, len(self._notices)))

    def accept(self) -> None:
        """Acknowledge it, and show the next."""
        if self._sending or now_ms() - self._shown_ms < LEAST_MS:
            return
        from csr_desk.services import announcements

        self._sending = True
        desk, actor = self._context.desk, self._context.actor
        command = announcements.ReadNotice(uuid4().hex, self._notices[self._at].number)
        self._context.act(lambda: announcements.read_notice(desk, actor, command), self._done, self._refused)

    def _done(self, _notice: Notice) -> None:
        self._sending = False
        self._at += 1
        if self._at < len(self._notices):
            self._show()
        else:
            self.close_sheet()

    def _refused(self, error: Exception) -> None:
        """It was withdrawn in the meantime, or could not be recorded: say so, and leave it for later."""
        self._sending = False
        self.say_fault(explain(error).text)
