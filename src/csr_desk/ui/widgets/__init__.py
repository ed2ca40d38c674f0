"""The pieces that pages are made of; each says what it is and leaves its looks to the theme."""

from __future__ import annotations

from csr_desk.ui.widgets.card import Card, EmptyState, KeyValues, rule, scrolled
from csr_desk.ui.widgets.check_list import CheckList, TapeItem
from csr_desk.ui.widgets.key_button import KeyButton
from csr_desk.ui.widgets.money_field import MoneyField
from csr_desk.ui.widgets.pieces_grid import PiecesGrid
from csr_desk.ui.widgets.sheet import Sheet
from csr_desk.ui.widgets.tape_rows import TapeRows
from csr_desk.ui.widgets.words import BigFigure, Chip, Label

__all__ = [
    "BigFigure",
    "Card",
    "CheckList",
    "Chip",
    "EmptyState",
    "KeyButton",
    "KeyValues",
    "Label",
    "MoneyField",
    "PiecesGrid",
    "Sheet",
    "TapeItem",
    "TapeRows",
    "rule",
    "scrolled",
]
