"""The window for the waiting room: which number goes to which counter, in figures that are read from the last row.

It only reads, and it never holds a name. White and yellow on black in every look; F11 fills the screen, Esc closes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from csr_desk.ui.context import Context
from csr_desk.ui.glyphs import can_write
from csr_desk.ui.theme import LOOKS, Look

if TYPE_CHECKING:
    from csr_desk.services.visits import Wall

LOOK_MS = 2_000
NOW_SERVING = ("Now serving", "Ahora atendiendo", "Đang phục vụ", "现在服务")
"""In the languages of the waiting room at once: nobody chooses one on a wall."""
TICKET, COUNTER = ("Ticket", "Turno", "Số", "号码"), ("Counter", "Ventanilla", "Quầy", "窗口")
WAITING = ("Waiting", "En espera", "Đang chờ", "等候")
FIRST, REST = 30, 13
"""Height of the newest call and of those before it, in hundredths of the window's."""
MOST = 5
_HEAD, _FOOT, _EDGE = 18, 10, 5
_LETTERS = 76
"""Height of the letters in their line, in hundredths: what hangs below has room."""


class QueueDisplay(QWidget):
    """Lives with the sign-in of whoever opened it."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        """Read at once, and again every two seconds."""
        super().__init__(parent, Qt.WindowType.Window)
        from csr_desk.services.visits import Wall

        self._context = context
        self.wall: Wall = Wall()
        self.late = False
        """Whether the last look failed: then what stands here may be old, and the foot says so."""
        self.setObjectName("queue-display")
        self.setAccessibleIdentifier("queue-display")
        self.setWindowTitle(self.tr("Waiting room"))
        self.setMinimumSize(640, 400)
        self.resize(1280, 720)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._looks = QTimer(self)
        self._looks.setInterval(LOOK_MS)
        self._looks.timeout.connect(self.load)
        self._looks.start()
        self.show_wall(self.wall)
        self.load()

    def load(self) -> None:
        """Read tickets and counters."""
        desk, actor = self._context.desk, self._context.actor

        def read() -> Wall:
            from csr_desk.services import visits

            return visits.wall(desk, actor)

        self._context.read(read, self.show_wall, self._failed)

    def _failed(self, _error: Exception) -> None:
        self.late = True  # a wall shows no error; the next look comes soon
        self.update()

    def show_wall(self, wall: Wall) -> None:
        """Show the newest call large, those before it below."""
        self.wall, self.late = wall, False
        words = [self.tr("{0} to {1}").format(ticket, counter) for ticket, counter in wall.calls[:MOST]]
        said = "; ".join([*words, self.tr("{0} waiting").format(wall.waiting)])
        self.setAccessibleName(self.tr("Display for the waiting room"))
        self.setAccessibleDescription(said)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F11 fills the screen and gives it back, Esc closes."""
        if event.key() == Qt.Key.Key_F11:
            self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """It reads no more."""
        self._looks.stop()
        super().closeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Head, calls, foot, each a part of the height."""
        ink = LOOKS[Look.CONTRAST]
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(ink.ground))
        high, edge = self.height(), self.width() * _EDGE // 100
        inner = self.rect().adjusted(edge, 0, -edge, 0)
        head = QRect(inner.left(), high * 2 // 100, inner.width(), high * (_HEAD - 7) // 100)
        self._write(painter, head, self._said(NOW_SERVING), (ink.text, Qt.AlignmentFlag.AlignCenter))
        half = QRect(inner.left(), high * (_HEAD - 5) // 100, inner.width() // 2, high * 4 // 100)
        for place, words in ((half, TICKET), (half.translated(inner.width() // 2, 0), COUNTER)):
            self._write(painter, place, self._said(words), (ink.text_soft, Qt.AlignmentFlag.AlignCenter))
        top = high * _HEAD // 100
        for at, (ticket, counter) in enumerate(self.wall.calls[:MOST]):
            tall = high * (REST if at else FIRST) // 100
            row = QRect(inner.left(), top, inner.width(), tall)
            self._call(painter, row, (ticket, counter), newest=at == 0)
            top += tall
            if top + high * REST // 100 > high * (100 - _FOOT) // 100:
                break
        foot = QRect(inner.left(), high * (100 - _FOOT) // 100, inner.width(), high * (_FOOT - 2) // 100)
        self._write(painter, foot, self._foot(), (ink.text, Qt.AlignmentFlag.AlignCenter))

    def _said(self, words: tuple[str, ...]) -> str:
        """Say it in every language whose letters this station has."""
        return "  ·  ".join(one for one in words if can_write(one, self.font()))

    def _foot(self) -> str:
        now = self._context.desk.local(self._context.desk.clock.now())
        words = f"{self._said(WAITING)}: {self.wall.waiting}     {now:%H:%M}"
        return self.tr("{0}     (not up to date)").format(words) if self.late else words

    def _call(self, painter: QPainter, row: QRect, call: tuple[str, str], *, newest: bool) -> None:
        ink = LOOKS[Look.CONTRAST]
        if newest:
            painter.setPen(QColor(ink.accent))
            painter.drawRect(row.adjusted(0, 4, 0, -6))
        tone = ink.accent if newest else ink.text
        room = row.adjusted(0, row.height() // 10, 0, -row.height() // 10)
        gap = row.width() * 3 // 100
        half = QRect(room.left() + gap, room.top(), room.width() // 2 - 2 * gap, room.height())
        self._write(painter, half, call[0], (tone, Qt.AlignmentFlag.AlignCenter))
        self._write(
            painter, half.translated(room.width() // 2, 0), f"→ {call[1]}", (tone, Qt.AlignmentFlag.AlignCenter)
        )

    def _write(self, painter: QPainter, place: QRect, text: str, how: tuple[str, Qt.AlignmentFlag]) -> None:
        """Write as large as the place allows."""
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Bold)
        size = place.height() * _LETTERS // 100
        font.setPixelSize(max(size, 8))
        wide = QFontMetrics(font).horizontalAdvance(text)
        if wide > place.width():
            font.setPixelSize(max(size * place.width() // wide, 8))
        painter.setFont(font)
        painter.setPen(QColor(how[0]))
        painter.drawText(place, how[1], text)
