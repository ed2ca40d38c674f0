"""The Drawer page: one panel for each stage of the custodian's drawer."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.custody import ChangeSlip, HandOverSlip
from csr_desk.domain.deposit import Deposit
from csr_desk.domain.drawer import CountVerdict, DropSlip, OpeningSlip
from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import shown
from csr_desk.domain.people import Act, Actor
from csr_desk.services.deposits import Part
from csr_desk.ui.context import Context, Tone
from csr_desk.ui.page import Page
from csr_desk.ui.pages.drawer.count_panel import CountPanel
from csr_desk.ui.pages.drawer.custody_acts import CustodyActs
from csr_desk.ui.pages.drawer.deposit_panel import DepositPanel
from csr_desk.ui.pages.drawer.hand_panel import HandPanel
from csr_desk.ui.pages.drawer.opening_panel import OpeningPanel
from csr_desk.ui.pages.drawer.presenter import DrawerFacts, DrawerPresenter, Stage
from csr_desk.ui.pages.drawer.selling_panel import SellingPanel
from csr_desk.ui.pages.drawer.swap_panel import SwapPanel
from csr_desk.ui.widgets import Card, EmptyState, KeyButton, Label

_SHOWS = frozenset({Topic.DRAWER, Topic.BATCHES, Topic.RECEIPTS, Topic.DAY, Topic.DEPOSITS})


class DrawerPage(Page):
    """Float, drops, count; the presenter says which stage it is."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = DrawerPresenter(context, self)
        self.custody = CustodyActs(context, self)
        self._stage: Stage | None = None
        self._verdict_given = False
        self._counts_left = True
        self._make_keys()
        self.opening = OpeningPanel(self.open_key)
        self.selling = SellingPanel(self.drop_key, (self.swap_key, self.hand_key), self.lock_key, self.stop_key)
        self.counting = CountPanel(self.again_key, self.check_key)
        self.waiting = Card()
        self.waiting.body.addWidget(
            EmptyState(
                self.tr("Your count is with your supervisor"),
                self.tr(
                    "You will see here when it is accepted or comes back. You may help at another drawer after that."
                ),
            )
        )
        self.bagging = DepositPanel(self.prepare_key, self.back_key)
        self.swapping = SwapPanel(self.swap_send_key, self.back_key)
        self.handing = HandPanel(self.hand_send_key, self.back_key)
        self._asides = (self.bagging, self.swapping, self.handing)
        self.stack = QStackedWidget()
        self._panels: dict[Stage, QWidget] = {
            Stage.CHOOSE: self.opening,
            Stage.SELLING: self.selling,
            Stage.LOCKED: self.selling,
            Stage.COUNTING: self.counting,
            Stage.SUBMITTED: self.waiting,
        }
        for panel in (self.opening, self.selling, self.counting, self.waiting, *self._asides):
            self.stack.addWidget(panel)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self._bag_notice())
        box.addWidget(self.stack, 1)
        self.selling.drop_wanted.connect(self._drop)
        self.bagging.prepare_wanted.connect(self._prepare)
        self.swapping.send_wanted.connect(self._swap)
        self.handing.forward_wanted.connect(self._hand_over)
        self.bagging.ticked.connect(lambda: self.presenter.weigh(self.bagging.chosen()))
        self._allow()

    def _make_keys(self) -> None:
        self.open_key = self.key("drawer-open", self.tr("Open the drawer"), "Ctrl+Return", self._open)
        self.drop_key = self.key("drawer-drop", self.tr("Drop to the safe…"), "Ctrl+D", self._drop)
        self.lock_key = self.key("drawer-lock", self.tr("Lock the drawer"), "F11", self.presenter.toggle_lock)
        self.stop_key = self.key("drawer-stop", self.tr("Stop selling and count"), "Ctrl+End", self._stop)
        self.again_key = self.key("count-again", self.tr("Count again"), "F2", self.count_again)
        self.bag_key = self.key("deposit-open", self.tr("Prepare the deposit"), "Ctrl+B", self._open_bag)
        self.back_key = self.key("deposit-back", self.tr("Back"), "Esc", self._leave_aside)
        self.swap_key = self.key("change-order", self.tr("Change order…"), "Ctrl+O", self._open_swap)
        self.swap_send_key = self.key("change-order-send", self.tr("Swap with the safe…"), "Ctrl+Return", self._swap)
        self.hand_key = self.key("hand-over", self.tr("Hand the drawer over…"), "Ctrl+H", self._open_hand)
        self.hand_send_key = self.key("hand-over-send", self.tr("Hand over…"), "Ctrl+Return", self._hand_over)
        self.prepare_key = self.key("deposit-prepare", self.tr("Close the bag…"), "Ctrl+Return", self._prepare)
        self.check_key = self.key("count-check", self.tr("Check the count"), "Ctrl+Return", self._forward)

    def _bag_notice(self) -> Card:
        """Above the stage: an accepted drawer that waits for its bag (D15)."""
        self.notice = Card()
        self.notice_words = Label("", "", "deposit-waiting")
        line = QHBoxLayout()
        line.addWidget(self.notice_words, 1)
        line.addWidget(KeyButton.for_action(self.bag_key))
        self.notice.body.setContentsMargins(12, 6, 8, 6)
        self.notice.body.addLayout(line)
        self.notice.hide()
        return self.notice

    # what the window asks of a page
    def refresh(self, topics: frozenset[Topic]) -> None:
        """Read again when a drawer, a batch, a receipt or the day changed."""
        if not topics or topics & _SHOWS:
            self.presenter.load()

    def enter(self) -> None:
        """Read where the drawer stands."""
        self.presenter.load()

    def first_focus(self) -> QWidget:
        """Where the keys go at this stage."""
        aside = self.stack.currentWidget()
        if aside is self.bagging:
            return self.bagging.first_focus()
        if aside is self.swapping:
            return self.swapping.out.first_field()
        if aside is self.handing:
            return self.handing.list if self.handing.given is None else self.handing.grid.first_field()
        if self._stage is Stage.COUNTING:
            return self.counting.grid.first_field()
        if self._stage in {Stage.SELLING, Stage.LOCKED}:
            return self.selling.grid.first_field()
        return self.opening.list

    # what the presenter shows
    def show_facts(self, facts: DrawerFacts) -> None:
        """Show the stage and its facts; what is being keyed stays."""
        entered = facts.stage is not self._stage
        came_back = entered and self._stage is Stage.SUBMITTED
        self._stage = facts.stage
        self._show_waiting(facts)
        if entered or not self._stays_aside(facts):
            self.stack.setCurrentWidget(self._panels[facts.stage])
        if facts.stage is Stage.CHOOSE:
            self.opening.show_cards(facts.cards)
            self.opening.show_training(facts.training)
        elif facts.batch is not None and facts.stage in {Stage.SELLING, Stage.LOCKED}:
            self.selling.show_batch(facts.batch, facts.band, self._opened(facts))
        elif facts.batch is not None and facts.stage is Stage.COUNTING and entered:
            self._verdict_given = facts.batch.attempts > 0 and not came_back
            self._counts_left = True
            self.counting.show_checks(facts.checks)
            self.counting.show_begin(facts.batch, came_back=came_back)
        self._allow()
        if entered and self.isVisible():
            self.first_focus().setFocus()

    def show_verdict(self, verdict: CountVerdict) -> None:
        """Show what agrees; forward now means: send it."""
        self._verdict_given = True
        self._counts_left = verdict.attempts_left > 0
        self.counting.show_verdict(verdict)
        self._allow()
        self.counting.forward_button.setFocus()

    def show_opened(self, slip: OpeningSlip) -> None:
        """Say it and go to sell."""
        self.opening.grid.clear()
        words = self.tr("{0} is open with a float of {1}. You can sell.")
        self.context.shell.banner(words.format(slip.batch.drawer_name, shown(slip.counted)), Tone.OK)
        self.context.shell.go("sell")

    def show_dropped(self, slip: DropSlip) -> None:
        """Say it and make ready for the next drop."""
        self.selling.clear_drop()
        words = self.tr("{0} went to the safe in bag {1}; {2} signed for it.")
        self.context.shell.banner(words.format(shown(slip.amount), slip.bag, slip.witness), Tone.OK)

    def _stays_aside(self, facts: DrawerFacts) -> bool:
        """Whether what is done beside the stage can go on."""
        aside = self.stack.currentWidget()
        return bool(facts.to_deposit) if aside is self.bagging else aside in {self.swapping, self.handing}

    def show_swapped(self, slip: ChangeSlip) -> None:
        """Say it, and go back to the drawer."""
        self.swapping.clear()
        self._leave_aside()
        words = self.tr("{0} was swapped with the safe; {1} signed for it.")
        self.context.shell.banner(words.format(shown(slip.amount), slip.witness), Tone.OK)

    def show_receivers(self, people: tuple[Actor, ...]) -> None:
        """Show who may take the drawer over."""
        self.handing.show_people(people)

    def show_handed(self, slip: HandOverSlip) -> None:
        """Say whose the drawer is now."""
        self.handing.begin()
        self._leave_aside()
        words = self.tr("{0} is {1}’s from now on. Your part of it is closed.")
        self.context.shell.banner(words.format(slip.batch.drawer_name, slip.receiver_name), Tone.OK)

    def count_hand_over_again(self) -> None:
        """Both count again, from nothing."""
        self.handing.begin()
        self.handing.grid.first_field().setFocus()

    def _show_waiting(self, facts: DrawerFacts) -> None:
        names = ", ".join(batch.drawer_name for batch in facts.to_deposit)
        if len(facts.to_deposit) == 1:
            words = self.tr("{0} is accepted and waits for its bag for the bank.").format(names)
        else:
            words = self.tr("{0} are accepted and wait for a bag for the bank.").format(names)
        self.notice_words.setText(words)
        self.bagging.show_batches(facts.to_deposit)

    def show_parts(self, parts: tuple[Part, ...]) -> None:
        """Show what goes into the bag."""
        self.bagging.show_parts(parts)

    def show_deposited(self, deposit: Deposit) -> None:
        """Say it, and go back to the stage of the drawer."""
        self.bagging.clear()
        self._leave_aside()
        words = self.tr("Bag {0} with {1} is ready for the bank: deposit {2}, verified by {3}.")
        said = words.format(deposit.bag, shown(deposit.total), deposit.deposit_id, deposit.verified_by)
        self.context.shell.banner(said, Tone.OK)

    def focus_field(self, name: str) -> bool:
        """Put the cursor into the named field of the panel in front."""
        if name == "drop-bag":
            self.selling.bag.setFocus()
            return True
        if name in {"deposit-bag", "bag"}:
            (self.bagging.bag if self.stack.currentWidget() is self.bagging else self.selling.bag).setFocus()
            return True
        if self.stack.currentWidget() is self.handing and self.handing.focus_field(name):
            return True
        if self.stack.currentWidget() is self.swapping and name == "in":
            self.swapping.into.first_field().setFocus()
            return True
        if name in {"pieces", "drop-pieces", "cash", "their_cash", "out"}:
            self.first_focus().setFocus()
            return True
        return self._stage is Stage.COUNTING and self.counting.focus_field(name)

    # keys
    def _open(self) -> None:
        card = self.opening.chosen()
        if card is not None:
            self.presenter.open_drawer(card, self.opening.grid.pieces())

    def _drop(self) -> None:
        self.presenter.drop(self.selling.grid.pieces(), self.selling.bag.text())

    def _stop(self) -> None:
        self.presenter.stop_selling()

    def count_again(self) -> None:
        """Free the fields for another count."""
        self._verdict_given = False
        self.counting.begin_again()
        self._allow()

    def _forward(self) -> None:
        if self._verdict_given:
            self.presenter.submit()
            return
        try:
            sheet = self.counting.read().sheet()
        except BadInput as problem:
            self.presenter.refuse(problem)
            return
        self.presenter.count(sheet)

    def _open_bag(self) -> None:
        self.presenter.weigh(self.bagging.chosen())
        self._aside(self.bagging)

    def _open_swap(self) -> None:
        self._aside(self.swapping)

    def _open_hand(self) -> None:
        self.handing.begin()
        self.custody.ask_receivers()
        self._aside(self.handing)

    def _aside(self, panel: QWidget) -> None:
        self.stack.setCurrentWidget(panel)
        self._allow()
        self.first_focus().setFocus()

    def _swap(self) -> None:
        self.custody.swap(self.swapping.out.pieces(), self.swapping.into.pieces())

    def _hand_over(self) -> None:
        """The giver's count first, then the receiver's, then the act."""
        hand = self.handing
        to = hand.receiver()
        if to is None:
            hand.list.setFocus()
            return
        if hand.given is None:
            if hand.grid.total():
                hand.take_first()
            else:
                self.presenter.refuse(BadInput(self.tr("Count the drawer: key the pieces."), field="pieces"))
            return
        try:
            others = hand.others()
        except BadInput as problem:
            self.presenter.refuse(problem)
            return
        self.custody.hand_over(to.user, hand.given, hand.grid.pieces(), others)

    def _leave_aside(self) -> None:
        if self._stage is not None:
            self.stack.setCurrentWidget(self._panels[self._stage])
            self._allow()
            self.first_focus().setFocus()

    def _prepare(self) -> None:
        self.presenter.prepare(self.bagging.grid.pieces(), self.bagging.bag.text())

    def _allow(self) -> None:
        """Keys work only at their stage; Ctrl+Enter is one key with one meaning at a time."""
        current = self.stack.currentWidget()
        aside, bagging = current in self._asides, current is self.bagging
        selling = not aside and self._stage in {Stage.SELLING, Stage.LOCKED}
        counting = not aside and self._stage is Stage.COUNTING
        waiting = bool(self.presenter.facts and self.presenter.facts.to_deposit)
        self.open_key.setEnabled(not aside and self._stage is Stage.CHOOSE and self.context.actor.may(Act.OPEN_DRAWER))
        for action in (self.drop_key, self.lock_key, self.stop_key):
            action.setEnabled(selling)
        for action, act in ((self.swap_key, Act.CHANGE_ORDER), (self.hand_key, Act.HAND_OVER)):
            action.setEnabled(selling and self._stage is Stage.SELLING and self.context.actor.may(act))
        self.back_key.setEnabled(aside)
        self.prepare_key.setEnabled(bagging)
        self.swap_send_key.setEnabled(current is self.swapping)
        self.hand_send_key.setEnabled(current is self.handing)
        self.bag_key.setEnabled(waiting and not aside and not counting)
        self.notice.setVisible(self.bag_key.isEnabled())
        self.check_key.setEnabled(counting)
        self.again_key.setEnabled(counting and self._verdict_given and self._counts_left)
        words = self.tr("Send to supervisor") if self._verdict_given else self.tr("Check the count")
        self.check_key.setText(words)

    def _opened(self, facts: DrawerFacts) -> str:
        at = facts.batch.opened_at if facts.batch else None
        if at is None:
            return "–"
        return self.context.desk.local(at).strftime("%H:%M")
