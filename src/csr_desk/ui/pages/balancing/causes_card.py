"""The causes of a difference, the likeliest first, each with what speaks for it and how to check it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from csr_desk.domain.difference import Candidate, Explanation, Kind, Suspect
from csr_desk.domain.money import shown
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.tender import TRAITS, TenderKind
from csr_desk.ui.pages.balancing.causes import SHOWN
from csr_desk.ui.widgets import Card, Chip, Label, rule
from csr_desk.ui.widgets.pick_list import Pick, PickList

ROW = 57
"""The height of a cause in the list, in pixels."""
ROWS = 4
"""Causes that are seen at once; the list moves for a fifth."""


class CausesCard(Card):
    """A list of causes; below it the one that is picked, and the receipt that it hangs on once it is asked for."""

    wanted = Signal(int)
    """Enter on a cause: show its receipt."""

    def __init__(self) -> None:
        super().__init__(" ", " ", flush=True)
        self.strength = Chip("", "info", "causes-strength")
        self.head.addWidget(self.strength)
        self.list = PickList("causes", self.tr("Why it may be off, the likeliest cause first"))
        self.body.addWidget(self.list)
        self.evidence = Label("", "", "cause-evidence")
        self.suspects = Label("", "soft", "cause-suspects")
        self.receipt = Label("", "strong", "cause-receipt")
        self.happened = Label("", "soft", "cause-happened")
        for label in (self.evidence, self.suspects, self.receipt):
            self._add(label)
        self.body.addStretch(1)
        self.body.addWidget(rule())
        self._add(self.happened)
        self.body.addSpacing(6)
        self._candidates: tuple[Candidate, ...] = ()
        self.list.picked.connect(lambda key: self._pick(int(key)))
        self.list.entered.connect(lambda key: self.wanted.emit(int(key)))

    def show_causes(self, found: Explanation) -> None:
        """Show the causes of a drawer; where none is likely, say so first."""
        off = self.tr(" and ").join(
            self.tr("{0} in {1}").format(_signed(cents), TRAITS[TenderKind(tender)].name.lower())
            for tender, cents in found.beyond.items()
        )
        self.title.setText(self.tr("Why it may be off"))
        self.hint.setText(self.tr("{0}, the likeliest cause first").format(off) if found.candidates else off)
        words = self.tr("No single cause stands out") if found.unexplained else self.tr("Look here first")
        self.strength.show_state(words, "warn" if found.unexplained else "info")
        self._candidates = found.candidates[:SHOWN]
        self.list.show_picks([cause_pick(at, one) for at, one in enumerate(self._candidates)], "0")
        self.list.setFixedHeight(ROW * min(len(self._candidates), ROWS))
        self.happened.setVisible(len(self._candidates) < ROWS)
        self.list.setVisible(bool(self._candidates))
        if self._candidates:
            self._pick(0)
        else:
            self._say(self.evidence, found.verdict)
            self._say(self.suspects, self.tr("Count once more, then go through the receipts one by one."))
            self._say(self.receipt, "")

    def show_happened(self, facts: list[tuple[str, str]]) -> None:
        """Show what happened at the drawer in a line, below the causes."""
        self.happened.setText(" · ".join(f"{word} {value}" for word, value in facts))

    def _add(self, label: Label) -> None:
        label.setWordWrap(True)
        label.setContentsMargins(12, 0, 12, 0)
        self.body.addWidget(label)

    @staticmethod
    def _say(label: Label, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    def show_suspect(self, receipt: Receipt, place: int, of: int) -> None:
        """Show the receipt that the picked cause hangs on."""
        self._say(self.receipt, suspect_words(receipt, place, of))

    @property
    def place(self) -> int:
        """Which cause is picked."""
        return int(self.list.current_key() or 0)

    def focus_widget(self) -> QWidget:
        """What takes the arrow keys."""
        return self.list

    def _pick(self, place: int) -> None:
        one = self._candidates[place]
        share = self.tr("{0} in 100 by the finder’s reckoning.").format(one.likelihood // 10_000)
        self._say(self.evidence, " ".join((*one.evidence, share)))
        named = [words for suspect in one.suspects if (words := named_words(suspect))]
        enter = self.tr("Enter shows the receipt.") if len(named) == 1 else self.tr("Enter shows them in turn.")
        self._say(self.suspects, f"{' · '.join(named)}. {enter}" if named else "")
        self._say(self.receipt, "")


def cause_pick(place: int, one: Candidate) -> Pick:
    """A cause as a line of the list."""
    name = TRAITS[TenderKind(one.tender)].name
    title = f"{place + 1}   {one.receipt or name}"
    if one.keyed is not None and one.likely is not None:
        title += f"   {shown(one.keyed)} → {shown(one.likely)}"
    title += f"   {shown(one.amount)}"
    more = len(one.suspects) - 1
    if more > 0:
        words = QCoreApplication.translate("balancing", "or {0} more")
        title += f"   {words.format(more)}"
    return Pick(str(place), title, one.sentence, kind_words(one.kind), "info" if one.strong else "warn")


def named_words(suspect: Suspect) -> str:
    """A receipt with what was keyed and what is likely, as far as a cause says."""
    if not suspect.receipt or suspect.keyed is None or suspect.likely is None:
        return suspect.receipt
    return f"{suspect.receipt} {shown(suspect.keyed)} → {shown(suspect.likely)}"


def kind_words(kind: Kind) -> str:
    """A cause in two or three words."""
    return {
        Kind.MISSED_RECEIPT: QCoreApplication.translate("balancing", "No receipt"),
        Kind.EXTRA: QCoreApplication.translate("balancing", "Receipt too many"),
        Kind.SIGN: QCoreApplication.translate("balancing", "Wrong sign"),
        Kind.TRANSPOSITION: QCoreApplication.translate("balancing", "Digits swapped"),
        Kind.SLIDE: QCoreApplication.translate("balancing", "Ten times"),
        Kind.WRONG_TENDER: QCoreApplication.translate("balancing", "Wrong tender"),
        Kind.DENOMINATION: QCoreApplication.translate("balancing", "Miscounted"),
        Kind.FLOAT_LEFT_IN: QCoreApplication.translate("balancing", "Float left in"),
        Kind.FLOAT_TAKEN_OUT: QCoreApplication.translate("balancing", "Float taken out"),
        Kind.DROP_NOT_RECORDED: QCoreApplication.translate("balancing", "Drop not recorded"),
        Kind.CHECK_MISSING: QCoreApplication.translate("balancing", "Item missing"),
        Kind.CHECK_TWICE: QCoreApplication.translate("balancing", "Item twice"),
        Kind.CHANGE: QCoreApplication.translate("balancing", "Wrong change"),
        Kind.DIGIT: QCoreApplication.translate("balancing", "Wrong digit"),
        Kind.KEYED_WRONG: QCoreApplication.translate("balancing", "Keyed wrong"),
    }[kind]


def suspect_words(receipt: Receipt, place: int, of: int) -> str:
    """A receipt in a line or two: when, by whom, what was sold and how it was paid."""
    head = receipt.number if of == 1 else f"{receipt.number} ({place}/{of})"
    tenders = ", ".join(
        " ".join(part for part in (TRAITS[TenderKind(row.kind)].name, row.check_number, shown(row.amount)) if part)
        for row in receipt.tenders
    )
    sold = ", ".join(f"{line.name} {shown(line.amount)}" for line in receipt.lines)
    return " · ".join(part for part in (head, receipt.clerk, receipt.customer, tenders, sold) if part)


def _signed(cents: int) -> str:
    return f"+{shown(cents)}" if cents > 0 else shown(cents)
