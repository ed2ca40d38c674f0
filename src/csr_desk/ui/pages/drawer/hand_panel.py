"""Handing the drawer over: who takes it, what the giver counts, then what the receiver counts, unseen (C4)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.drawer import TapeCount
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Actor
from csr_desk.ui.widgets import BigFigure, Card, KeyButton, Label, PiecesGrid, TapeRows
from csr_desk.ui.widgets.pick_list import Pick, PickList

_PREFIX = "hand-"
_TENDERS = ("check", "cashiers_check", "money_order")


class HandPanel(QWidget):
    """One grid, used twice: the second count begins empty, so nobody copies the first."""

    forward_wanted = Signal()

    def __init__(self, forward: QAction, back: QAction) -> None:
        super().__init__()
        self._people: tuple[Actor, ...] = ()
        self.given: dict[Cents, int] | None = None
        """The giver's count, once it is made."""
        self.list = PickList("hand-to", self.tr("Who takes the drawer over"))
        self.grid = PiecesGrid("hand")
        self.counted = BigFigure("hand-total")
        names = (self.tr("Checks"), self.tr("Cashier’s checks"), self.tr("Money orders"))
        self.tapes = TapeRows([(_PREFIX + kind, name) for kind, name in zip(_TENDERS, names, strict=True)])
        self.card = Card(" ", " ", flush=True)
        self.note = Label("", "soft", "hand-note")
        self.note.setWordWrap(True)
        self._forward = forward
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._who_card(back))
        row.addWidget(self._count_card(forward), 1)
        self.grid.changed.connect(lambda: self.counted.show_cents(self.grid.total()))
        self.grid.finished.connect(self._after_cash)
        self.tapes.finished.connect(self.forward_wanted)
        self.list.entered.connect(lambda _key: self.grid.first_field().setFocus())
        self.list.picked.connect(lambda _key: self._say())
        self.begin()

    def _who_card(self, back: QAction) -> Card:
        card = Card(self.tr("Who takes the drawer over?"), self.tr("↑ ↓, Enter"), flush=True)
        card.setFixedWidth(330)
        card.body.addWidget(self.list, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 8, 12, 12)
        foot.addWidget(KeyButton.for_action(back))
        card.body.addLayout(foot)
        return card

    def _count_card(self, forward: QAction) -> Card:
        self.card.body.addWidget(self.grid)
        self.card.body.addWidget(self.tapes)
        self.card.body.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 6, 12, 12)
        foot.addWidget(self.note, 1)
        figures = QVBoxLayout()
        figures.addWidget(Label(self.tr("Counted cash"), "small"))
        figures.addWidget(self.counted)
        foot.addLayout(figures)
        foot.addSpacing(12)
        foot.addWidget(KeyButton.for_action(forward, "primary"))
        self.card.body.addLayout(foot)
        return self.card

    def show_people(self, people: Sequence[Actor]) -> None:
        """Show who may take it over."""
        self._people = tuple(people)
        self.list.show_picks([Pick(one.user, one.name, one.title) for one in people])
        self._say()

    def begin(self) -> None:
        """The giver counts, from nothing."""
        self.given = None
        self.grid.clear()
        self.tapes.clear()
        self._freeze(frozen=False)
        self._say()

    def take_first(self) -> None:
        """Keep the giver's count and empty the fields for the receiver."""
        self.given = self.grid.pieces()
        self.grid.clear()
        self._freeze(frozen=True)
        self._say()
        self.grid.first_field().setFocus()

    def receiver(self) -> Actor | None:
        """The person who is picked."""
        key = self.list.current_key()
        return next((one for one in self._people if one.user == key), None)

    def others(self) -> dict[str, TapeCount]:
        """Checks and money orders as counted; raise BadInput for a tape that cannot be read."""
        return {kind.removeprefix(_PREFIX): tape for kind, tape in self.tapes.tapes().items()}

    def focus_field(self, name: str) -> bool:
        """Put the cursor into a field of the tapes: by its own name, or by that of its tender."""
        return self.tapes.focus_field(name) or self.tapes.focus_field(f"{_PREFIX}{name}-items")

    def _freeze(self, *, frozen: bool) -> None:
        self.list.setEnabled(not frozen)
        self.tapes.set_read_only(frozen)

    def _after_cash(self) -> None:
        if self.given is None:
            self.tapes.rows[0].items.setFocus()
        else:
            self.forward_wanted.emit()

    def _say(self) -> None:
        person = self.receiver()
        name = person.name if person else ""
        if self.given is None:
            self.card.title.setText(self.tr("1 · You count"))
            self.card.hint.setText(self.tr("cash by pieces, papers together by items and tape"))
            self._forward.setText(self.tr("Now {0} counts").format(name) if name else self.tr("Now the other counts"))
            self.note.setText(self.tr("The float stays in the count. What the system expects is not shown."))
        else:
            self.card.title.setText(self.tr("2 · {0} counts").format(name))
            self.card.hint.setText(self.tr("without looking at the first count"))
            self._forward.setText(self.tr("Hand over: {0} signs…").format(name))
            self.note.setText(
                self.tr("The two counts must be the same. From then on the drawer is {0}’s.").format(name)
            )
