"""How the program looks: one table of colours per theme, one palette, one style sheet.

Widgets say what they are by a dynamic property (``role="primary"``, ``tone="warn"``); only this file knows the looks.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from csr_desk.locations import resources

FAMILY: Final = "CSR Sans"


class Look(StrEnum):
    """The themes a person may choose."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of a theme by what they are for (``#rrggbb``)."""

    ground: str
    """Behind the cards."""
    surface: str
    """Cards, tables, fields."""
    surface_low: str
    """Key caps, table heads."""
    line: str
    line_strong: str
    text: str
    text_soft: str
    accent: str
    """The one accent: focus, primary button, what is still to pay."""
    accent_hover: str
    on_accent: str
    select: str
    """Selected row."""
    rail: str
    rail_select: str
    rail_text: str
    rail_on: str
    ok: str
    ok_ground: str
    warn: str
    warn_ground: str
    bad: str
    bad_ground: str
    info: str
    info_ground: str
    dim: str
    """Text of what cannot be used now."""
    practice: str
    """Bar and frame of an office without real money."""
    practice_low: str
    """The strip below that bar."""
    on_practice: str


LOOKS: Final[dict[Look, Tokens]] = {
    Look.LIGHT: Tokens(
        ground="#f3f5f7", surface="#ffffff", surface_low="#f5f7f9", line="#d9e0e7", line_strong="#b9c4cf",
        text="#16202b", text_soft="#55616e", accent="#0a6acb", accent_hover="#0858a9", on_accent="#ffffff",
        select="#e3effb", rail="#12263a", rail_select="#1d3f60", rail_text="#c3ced9", rail_on="#ffffff",
        ok="#126b3d", ok_ground="#e2f4ea", warn="#8a4b00", warn_ground="#fff1d6", bad="#b3261e",
        bad_ground="#fde7e5", info="#0b5cad", info_ground="#e0ecf8", dim="#8b96a2",
        practice="#6b1f7c", practice_low="#f6eaf9", on_practice="#ffffff",
    ),
    Look.DARK: Tokens(
        ground="#12161b", surface="#1b2128", surface_low="#232b34", line="#303a45", line_strong="#4b5968",
        text="#e8edf2", text_soft="#a4b0bd", accent="#4ba3f5", accent_hover="#74b9fa", on_accent="#06182b",
        select="#1f3a55", rail="#0b1016", rail_select="#1b3048", rail_text="#b4c0cc", rail_on="#ffffff",
        ok="#6fdca0", ok_ground="#173526", warn="#ffc869", warn_ground="#3d2e12", bad="#ff9b93",
        bad_ground="#43211f", info="#8cc4ff", info_ground="#1a3350", dim="#6f7b88",
        practice="#d9a0ea", practice_low="#2b1a31", on_practice="#1d0524",
    ),
    Look.CONTRAST: Tokens(
        ground="#000000", surface="#000000", surface_low="#000000", line="#ffffff", line_strong="#ffffff",
        text="#ffffff", text_soft="#ffffff", accent="#ffe600", accent_hover="#fff27a", on_accent="#000000",
        select="#003a70", rail="#000000", rail_select="#003a70", rail_text="#ffffff", rail_on="#ffe600",
        ok="#6cff9d", ok_ground="#000000", warn="#ffd24d", warn_ground="#000000", bad="#ff9c94",
        bad_ground="#000000", info="#9fd0ff", info_ground="#000000", dim="#9a9a9a",
        practice="#ff8cff", practice_low="#000000", on_practice="#000000",
    ),
}  # fmt: skip


class _Current:
    """The look in force (one per program: Qt has one palette)."""

    look: Look = Look.LIGHT


def tokens() -> Tokens:
    """The colours in force, for widgets that paint themselves."""
    return LOOKS[_Current.look]


def current_look() -> Look:
    """The look in force."""
    return _Current.look


def colour(name: str) -> QColor:
    """A colour of the look in force by the name of its token."""
    return QColor(str(getattr(tokens(), name)))


def palette(of: Tokens) -> QPalette:
    """The Qt palette of a theme: what the style sheet does not say follows it."""
    made = QPalette()
    role = QPalette.ColorRole
    for which, value in (
        (role.Window, of.ground), (role.WindowText, of.text), (role.Base, of.surface),
        (role.AlternateBase, of.surface_low),
        (role.Text, of.text), (role.Button, of.surface), (role.ButtonText, of.text), (role.BrightText, of.bad),
        (role.Highlight, of.accent), (role.HighlightedText, of.on_accent), (role.Link, of.accent),
        (role.ToolTipBase, of.surface), (role.ToolTipText, of.text), (role.PlaceholderText, of.text_soft),
        (role.Accent, of.accent), (role.Light, of.surface), (role.Mid, of.line), (role.Dark, of.line_strong),
    ):  # fmt: skip
        made.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(of.dim))
    return made


def style_sheet(of: Tokens) -> str:
    """The one style sheet with the colours of a theme filled in."""
    sheet = (resources() / "style" / "csr_desk.qss").read_text(encoding="utf-8")
    for name, value in sorted(asdict(of).items(), key=lambda pair: -len(pair[0])):
        sheet = sheet.replace(f"@{name}@", value)
    return sheet


def put_on(app: QApplication, look: Look) -> None:
    """Dress the whole program in a look; may be called again while it runs."""
    _Current.look = look
    app.setPalette(palette(LOOKS[look]))
    app.setStyleSheet(style_sheet(LOOKS[look]))


def say(widget: QWidget, **properties: str | bool) -> None:
    """Set what a widget is (``role``, ``tone``, ``state`` …) and let the style sheet look again."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed and widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it is dressed when first seen
        widget.style().unpolish(widget)
        widget.style().polish(widget)
