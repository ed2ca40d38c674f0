"""The window's own actions in one table (pages add theirs by ``Page.key``); the palette (Ctrl+K) lists them all."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP

from csr_desk.domain.people import Act


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """A line of the table: what it is called, its key, its icon, who may."""

    key: str
    text: str
    shortcut: str
    icon: str = ""
    act: Act | None = None


LOCK = ActionSpec("lock", str(QT_TRANSLATE_NOOP("actions", "Lock")), "Ctrl+L", "lock")
PALETTE = ActionSpec("palette", str(QT_TRANSLATE_NOOP("actions", "Commands")), "Ctrl+K", "search")
SIGN_OUT = ActionSpec("sign-out", str(QT_TRANSLATE_NOOP("actions", "Sign out")), "Ctrl+Shift+L", "person")
LIGHT = ActionSpec("look-light", str(QT_TRANSLATE_NOOP("actions", "Light colours")), "")
DARK = ActionSpec("look-dark", str(QT_TRANSLATE_NOOP("actions", "Dark colours")), "")
CONTRAST = ActionSpec("look-contrast", str(QT_TRANSLATE_NOOP("actions", "High contrast")), "")
TRAIN = ActionSpec("train", str(QT_TRANSLATE_NOOP("actions", "Training day (signs out)")), "")

WINDOW_ACTIONS: tuple[ActionSpec, ...] = (LOCK, PALETTE, SIGN_OUT, LIGHT, DARK, CONTRAST, TRAIN)
