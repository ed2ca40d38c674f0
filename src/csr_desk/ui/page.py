"""A page of the window and its line in the table of pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.people import Act
from csr_desk.ui.context import Context
from csr_desk.ui.theme import say


def make_key(owner: QWidget, keys: QActionGroup, words: tuple[str, str, str], do: Callable[[], None]) -> QAction:
    """Make an action of a widget, by name, text and shortcut, that works wherever the focus is in the window."""
    name, text, shortcut = words
    action = QAction(text, owner)
    action.setObjectName(name)
    if shortcut:
        action.setShortcut(QKeySequence(shortcut))
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    action.setAutoRepeat(False)
    action.triggered.connect(lambda _checked=False: do())
    keys.addAction(action)
    owner.addAction(action)
    return action


class Page(QWidget):
    """One page. Its keys live in ``keys`` so that a sheet above it silences them all at once."""

    def __init__(self, context: Context) -> None:
        """Build nothing yet: a page assembles its widgets in its own ``__init__`` after this."""
        super().__init__()
        self.context = context
        self.keys = QActionGroup(self)
        self.keys.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        say(self, role="ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)

    def key(self, name: str, text: str, shortcut: str, do: Callable[[], None]) -> QAction:
        """Make an action with a key that works wherever the focus is while this page is seen."""
        return make_key(self, self.keys, (name, text, shortcut), do)

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Something changed; show it if this page shows such things. An empty set means: everything."""

    def enter(self) -> None:
        """The page comes to the front."""

    def look_at(self, about: str) -> None:
        """Another page sent somebody here to look at this: ``customer:C-1``, ``account:W-1``, ``receipt:A-1``.

        ``payer:C-1`` is a customer who came to pay what is due, ``deposit:W-1`` an account that was charged a deposit.
        """

    def about(self) -> tuple[str, ...]:
        """Return what is looked at (``customer:C-1``, ``account:W-1``): a request taken now is about that."""
        return ()

    def leave(self) -> None:
        """The page goes to the back or the person signs out; keep what is half done."""

    def first_focus(self) -> QWidget:
        """The widget that takes the keys when the page comes to the front."""
        return self


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A line of the table of pages."""

    key: str
    title: str
    icon: str
    act: Act | None
    """The permission that shows the page; None shows it to everybody."""
    factory: Callable[[Context], Page]
    at_end: bool = False
    """Stands at the foot of the rail (Setup)."""
    begins: bool = True
    """Somebody's work may begin here: at the till or at what waits for them, not among the customers."""
