"""Who else helps: the list at the left, the agency with the rule of the city limits at the right, follow-ups below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.referrals import Kind, Referral
from csr_desk.ui.context import Context
from csr_desk.ui.dates import us_date
from csr_desk.ui.pages.info_desk.agencies_keeping import AgenciesKeeping
from csr_desk.ui.pages.info_desk.referrals_picture import Answer, ReferralsPicture, area_words
from csr_desk.ui.pages.info_desk.referrals_presenter import ReferralsPresenter
from csr_desk.ui.switched_page import ViewPanel
from csr_desk.ui.widgets import Card, Chip, EmptyState, KeyValues, Label
from csr_desk.ui.widgets.bar_chart import Bar
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row
from csr_desk.ui.widgets.key_row import KeyRow
from csr_desk.ui.widgets.pick_list import Pick, PickList
from csr_desk.ui.widgets.row_bars import RowBars
from csr_desk.ui.widgets.search_box import SearchBox

_LIST, _CHART = 400, 290


class ReferralsPanel(ViewPanel):
    """Typing what somebody says finds who helps; one key refers them and prints the slip."""

    topics = frozenset({Topic.REFERRALS, Topic.COMPANIES})

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.presenter = ReferralsPresenter(context, self)
        self.keeping = AgenciesKeeping(context, self.presenter.load)
        self.search = SearchBox(
            "need-search", self.tr("What do they need?"), self.tr("What do they need? In their words")
        )
        self.list = PickList("answers", self.tr("Who helps"))
        self.none = EmptyState(self.tr("Nobody is known for this"), self.tr(
            "Say it in other words, or look whether the address lies on the other side of the city limits."
        ))  # fmt: skip
        self.title = Label("", "head", "agency-name")
        self.title.setWordWrap(True)
        self.side = Chip("", "info", "agency-side")
        self.person = Chip("", "info", "agency-person")
        self.limits = Label("", "strong", "agency-limits")
        self.limits.setWordWrap(True)
        self.facts = KeyValues("agency-fact")
        self.waiting = FiguresTable("referrals-waiting", self.tr("What came of it?"), (
            Column(self.tr("Number"), width=145), Column(self.tr("Sent to")), Column(self.tr("Due"), width=105),
        ))  # fmt: skip
        self.all_known = EmptyState(self.tr("Nothing waits"), self.tr("Of every referral it is known what came of it."))
        self.chart = RowBars("referrals-counted", self.tr("Referrals of twelve months"))
        self.counted = Label("", "soft", "referrals-counted-by")
        self._make_keys()
        self._assemble()
        self._connect()
        self.show_picture(ReferralsPicture())

    def _make_keys(self) -> None:
        does, keeps = self.presenter, self.keeping
        self.cold = self.key("refer-cold", self.tr("Refer"), "Alt+R", partial(does.refer, Kind.COLD))
        self.warm = self.key("refer-warm", self.tr("Refer, we called"), "Alt+W", partial(does.refer, Kind.WARM))
        self.inside = self.key("limits-inside", self.tr("Inside the city"), "Alt+I", partial(does.lies, inside=True))
        self.outside = self.key("limits-outside", self.tr("Outside"), "Alt+O", partial(does.lies, inside=False))
        self.who = self.key("referral-whom", self.tr("For whom?"), "Alt+C", does.whom.ask)
        self.forget = self.key("referral-forget-person", self.tr("Somebody else"), "Alt+X", does.forget_person)
        self.helped, self.not_helped, self.nobody_knows = (
            self.key(f"referral-{step}", words, keys, partial(self._follow, step))
            for step, words, keys in (
                ("reach", self.tr("Helped"), "Alt+H"), ("fail", self.tr("Not helped"), "Alt+N"),
                ("forget", self.tr("Unknown"), "Alt+U"),
            )
        )  # fmt: skip
        self.again = self.key("referral-slip", self.tr("Slip again"), "Alt+P", self._print_again)
        self.count = self.key("referrals-count", self.tr("Count by…"), "Alt+B", does.count_next)
        self.need = self.key("need-new", self.tr("New need"), "Alt+D", lambda: keeps.need(None))
        self.edit_need = self.key("need-edit", self.tr("Correct the need"), "Alt+E", self._edit_need)
        self.agency = self.key("agency-new", self.tr("Who answers it too"), "Alt+A", self._add_agency)
        self.edit = self.key("agency-edit", self.tr("Correct the answer"), "Alt+Q", partial(self._keep, keeps.correct))
        self.place = self.key("agency-place", self.tr("Where it is"), "Alt+L", partial(self._keep, keeps.place))

    def _assemble(self) -> None:
        found = Card(self.tr("Who helps"), self.tr("↑ ↓"), flush=True)
        wait = Card(self.tr("What came of it?"), self.tr("those that are due first"), flush=True)
        counts = Card(self.tr("Twelve months"))
        for card, filled, keys in (
            (found, (self.list, self.none), (self.inside, self.outside, self.need, self.edit_need, self.agency)),
            (wait, (self.waiting, self.all_known), (self.helped, self.not_helped, self.nobody_knows, self.again)),
        ):
            for widget in filled:
                card.body.addWidget(widget, 1)
            card.body.addWidget(KeyRow(*keys))
        found.setFixedWidth(_LIST)
        counts.head.addWidget(self.counted)
        counts.body.addWidget(self.chart, 1)
        counts.body.addWidget(KeyRow(self.count, edge=0))
        counts.setFixedWidth(_CHART)
        lower, right, below, whole = QHBoxLayout(), QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        lower.setSpacing(12)
        lower.addWidget(wait, 1)
        lower.addWidget(counts)
        self.card = self._agency_card()
        right.setSpacing(12)
        right.addWidget(self.card, 1)
        right.addLayout(lower, 1)
        below.setSpacing(12)
        below.addWidget(found)
        below.addLayout(right, 1)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self.search)
        whole.addLayout(below, 1)

    def _agency_card(self) -> Card:
        """The agency that is looked at, with the rule and the keys."""
        card, head = Card(), QHBoxLayout()
        head.addWidget(self.title, 1)
        for chip in (self.side, self.person):
            head.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(head)
        card.body.addWidget(self.limits)
        card.body.addWidget(self.facts)
        card.body.addStretch(1)
        card.body.addWidget(KeyRow(self.cold, self.warm, self.who, self.forget, self.edit, self.place, edge=0))
        return card

    def _connect(self) -> None:
        self.search.typed.connect(self.presenter.typed)
        self.search.stepped.connect(self._step)
        self.search.entered.connect(lambda _text: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.search.escaped.connect(lambda: self.search.set_text(""))
        self.list.picked.connect(self.presenter.choose)

    # ---- what the page asks

    def load(self) -> None:
        """Read the directory anew."""
        self.presenter.load()

    def look_at(self, about: str) -> None:
        """Show who answers a need, a referral, or keep in mind who is in front."""
        if about.startswith("need:"):
            self.search.set_text("")
        self.presenter.look_at(about)

    def about(self) -> tuple[str, ...]:
        """Return the need, and for whom it is."""
        picture = self.presenter.picture
        found = [f"need:{picture.chosen.need.code}"] if picture.chosen is not None else []
        return (*found, f"customer:{picture.person.number}") if picture.person.number else tuple(found)

    def first_focus(self) -> QWidget:
        """The search box."""
        return self.search.edit

    # ---- what the presenter says

    def show_picture(self, picture: ReferralsPicture) -> None:
        """Show what the presenter read."""
        answers, chosen = picture.answers, picture.chosen
        self.list.setVisible(bool(answers))
        self.none.setVisible(not answers)
        self.list.show_picks([self._pick(one) for one in answers], chosen.key if chosen else None)
        self.person.show_state(picture.person.name, "info")
        side = {True: self.tr("inside the city"), False: self.tr("outside the city"), None: ""}[picture.inside]
        self.side.show_state(side, "ok" if picture.inside else "warn")
        self.limits.setText(picture.limits)
        self.card.setVisible(chosen is not None)
        if chosen is not None:
            self._show_agency(chosen, picture)
        at = max(self._waiting_at(), 0)
        self.waiting.setVisible(bool(picture.waiting))
        self.all_known.setVisible(not picture.waiting)
        self.waiting.show_rows([self._row(one) for one in picture.waiting])
        if picture.waiting:
            self.waiting.go_to(min(at, len(picture.waiting) - 1))
        by = {"agency": self.tr("by agency"), "need": self.tr("by need"), "outcome": self.tr("by what came of it")}
        self.counted.setText(by[picture.counted_by])
        self.chart.show_bars([Bar(words, count) for words, count in picture.bars])
        self._let_keys(picture)

    def _show_agency(self, chosen: Answer, picture: ReferralsPicture) -> None:
        agency = chosen.agency
        self.title.setText(agency.name)
        place = next(iter(agency.places), None)
        self.facts.show_facts([
            (self.tr("For"), chosen.need.name), (self.tr("Serves"), area_words(agency.area)),
            (self.tr("Address"), place.address if place else "–"),
            (self.tr("Hours"), place.hours if place and place.hours else "–"),
            (self.tr("Telephone"), place.reach if place and place.reach else "–"),
            (self.tr("Say and bring"), agency.advice or "–"),
        ])  # fmt: skip

    def show_referral(self, number: str) -> None:
        """Put the cursor on a referral that waits."""
        numbers = [one.number for one in self.presenter.picture.waiting]
        if number in numbers:
            self.waiting.go_to(numbers.index(number))
            self.waiting.setFocus(Qt.FocusReason.OtherFocusReason)

    def _let_keys(self, picture: ReferralsPicture) -> None:
        chosen = picture.chosen is not None
        for action in (self.cold, self.warm):
            action.setEnabled(picture.may_refer and chosen)
        self.forget.setVisible(bool(picture.person.number))
        for action in (self.helped, self.not_helped, self.nobody_knows, self.again):
            action.setEnabled(picture.may_refer and bool(picture.waiting))
        for action in (self.need, self.edit_need, self.agency, self.edit, self.place):
            action.setVisible(picture.may_keep)
            action.setEnabled(chosen or action is self.need)

    def _pick(self, one: Answer) -> Pick:
        chip = "" if one.agency.area == "anywhere" else one.agency.area.value
        return Pick(one.key, one.need.name, one.agency.name, chip, "warn")

    def _row(self, one: Referral) -> Row:
        today = self.context.desk.today()
        late = one.follow_on is not None and one.follow_on <= today
        due = Cell(us_date(one.follow_on) if one.follow_on else "–", "bad" if late else "", late)
        return [one.number, one.company_name, due]

    # ---- small steps

    def _waiting_at(self) -> int:
        return self.waiting.currentIndex().row()

    def _step(self, by: int) -> None:
        keys = [pick.key for pick in self.list.picks]
        if keys:
            at = keys.index(self.list.current_key() or keys[0]) + by
            self.presenter.choose(keys[max(0, min(at, len(keys) - 1))])

    def _follow(self, step: str) -> None:
        self.presenter.follow_up(self._waiting_at(), step)

    def _print_again(self) -> None:
        waiting = self.presenter.picture.waiting
        if 0 <= self._waiting_at() < len(waiting):
            self.presenter.print_slip(waiting[self._waiting_at()].number)

    def _edit_need(self) -> None:
        if (chosen := self.presenter.picture.chosen) is not None:
            self.keeping.need(chosen.need)

    def _add_agency(self) -> None:
        if (chosen := self.presenter.picture.chosen) is not None:
            self.keeping.agency(chosen.need)

    def _keep(self, ask: Callable[[Answer], None]) -> None:
        if (chosen := self.presenter.picture.chosen) is not None:
            ask(chosen)
