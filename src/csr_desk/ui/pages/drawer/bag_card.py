"""A card for cash that leaves the drawer: pieces, the bag's number, what they come to, and the key that sends it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from csr_desk.ui.widgets import Card, KeyButton, Label


def fill_bag_card(
    card: Card, grid: QWidget, bag: tuple[Label, QLineEdit], figures: Sequence[QWidget], button: KeyButton
) -> None:
    """Lay out the card: ``bag`` is the caption and the field of its number, ``figures`` stand at the right."""
    caption, number = bag
    caption.setBuddy(number)
    number.setFixedWidth(260)
    left = QVBoxLayout()
    left.addWidget(caption)
    left.addWidget(number)
    left.addStretch(1)
    right = QVBoxLayout()
    for figure in figures:
        right.addWidget(figure)
    foot = QHBoxLayout()
    foot.setContentsMargins(12, 10, 12, 0)
    foot.addLayout(left)
    foot.addStretch(1)
    foot.addLayout(right)
    end = QHBoxLayout()
    end.setContentsMargins(12, 0, 12, 12)
    end.addStretch(1)
    end.addWidget(button)
    card.body.addWidget(grid)
    card.body.addLayout(foot)
    card.body.addStretch(1)
    card.body.addLayout(end)
