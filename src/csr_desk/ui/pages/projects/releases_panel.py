"""The panel of releases: the register of a project, every condition of the one picked, both writings of its address.

Of the keys only those are seen that the picked release takes now: the row stays one line, and nothing is guessed.
"""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.release import Condition, Finding
from csr_desk.domain.release_register import ReleaseView
from csr_desk.domain.sites import Compared, Match
from csr_desk.ui.context import Context
from csr_desk.ui.dates import sentence_words, us_date
from csr_desk.ui.pages.projects.releases_presenter import KIND_WORDS, ReleasesPicture, ReleasesPresenter
from csr_desk.ui.project_panel import ProjectPanel
from csr_desk.ui.project_words import state_words
from csr_desk.ui.theme import say
from csr_desk.ui.widgets import Card, EmptyState, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row
from csr_desk.ui.widgets.key_row import KeyRow

_TONES = {
    "requested": "warn", "eligible": "ok", "sent": "", "confirmed": "ok", "energised": "text_soft", "rejected": "bad",
    "expired": "bad", "revoked": "bad",
}  # fmt: skip
_ROWS = 3
"""So many releases are seen at the least, however small the window."""


class ReleasesPanel(ProjectPanel):
    """The register above; below it what the picked release lacks and how its address is written on both sides."""

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.presenter = ReleasesPresenter(context, self)
        self.table = FiguresTable("project-releases", self.tr("Service releases"), (
            Column(self.tr("Release"), width=140), Column(self.tr("Service"), width=150),
            Column(self.tr("To"), width=190), Column(self.tr("Address as permitted")),
            Column(self.tr("State"), width=170), Column(self.tr("Confirmation"), width=130),
            Column(self.tr("Move-in waits"), width=200),
        ))  # fmt: skip
        self.conditions = FiguresTable("release-conditions", self.tr("Conditions of the release"), (
            Column(self.tr("Condition"), width=130), Column(self.tr("How it stands")),
        ))  # fmt: skip
        self.address = FiguresTable("release-address", self.tr("The address as both write it"), (
            Column(self.tr("Who"), width=110), Column(self.tr("Written"), width=0), Column(self.tr("Means"), width=0),
        ))  # fmt: skip
        self.match = Label("", "strong", "release-match")
        self.verdict = Label("", "strong", "release-verdict")
        self.story = Label("", "soft", "release-story")
        self.nothing = EmptyState(
            self.tr("No release"), self.tr("When the inspection was passed, Alt+R asks for one and Alt+S sends it.")
        )
        self._make_keys()
        self._assemble()
        self.table.chosen.connect(self._show_picked)
        self.show_picture(ReleasesPicture())

    def _make_keys(self) -> None:
        row, does = self._row, self.presenter
        self.ask = self.key("ask-release", self.tr("Ask for a release"), "Alt+R", does.ask)
        self.send = self.key("send-release", self.tr("Send"), "Alt+S", lambda: does.send(row()))
        self.correct = self.key("correct-release", self.tr("Correct"), "Alt+U", lambda: does.correct(row()))
        self.confirm = self.key("confirm-release", self.tr("Confirmed"), "Alt+C", lambda: does.confirm(row()))
        self.live = self.key("energise-release", self.tr("Energized"), "Alt+E", lambda: does.energise(row()))
        self.reject = self.key("reject-release", self.tr("Rejected"), "Alt+J", lambda: does.reject(row()))
        self.revoke = self.key("revoke-release", self.tr("Take back"), "Alt+K", lambda: does.revoke(row()))
        self.paper = self.key("next-step", self.tr("Next step"), "Alt+N", lambda: does.print_next_step(row()))
        self.hand = self.key("release-by-hand", self.tr("Without a permit"), "Alt+H", does.by_hand)

    def _assemble(self) -> None:
        register = Card(self.tr("Service releases"), self.tr("the city’s word that a meter may be set"), flush=True)
        register.body.addWidget(self.table, 1)
        register.body.addWidget(self.nothing, 1)
        keys = (self.ask, self.send, self.correct, self.confirm, self.live, self.reject, self.revoke)
        register.body.addWidget(KeyRow(*keys, self.hand, self.paper))
        self.table.show_at_least(_ROWS)
        self.conditions_card = Card(self.tr("Conditions"), " ", flush=True)
        self.conditions_card.body.addWidget(self.conditions, 1)
        self.conditions_card.body.addWidget(self.verdict)
        self.address_card = Card(self.tr("Address"), "", flush=True)
        self.address_card.body.addWidget(self.address)
        self.address_card.body.addWidget(self.match)
        self.address_card.body.addStretch(1)
        self.address_card.body.addWidget(self.story)
        for label in (self.match, self.verdict, self.story):
            label.setWordWrap(True)
            label.setContentsMargins(12, 4, 12, 8)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.conditions_card, 1)
        below.addWidget(self.address_card, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(register, 1)
        column.addLayout(below, 1)

    def show_project(self, project_no: str) -> None:
        """Show a project."""
        self.presenter.show_project(project_no)

    def pick(self, number: str) -> None:
        """Put the cursor on a release."""
        self.go_to(number)

    def go_to(self, number: str) -> None:
        """Put the cursor on a release, where it is shown."""
        at = next((at for at, one in enumerate(self.presenter.picture.releases) if one.number == number), -1)
        if at >= 0:
            self.table.go_to(at)

    def first_focus(self) -> QWidget:
        """The register."""
        return self.table

    def show_picture(self, picture: ReleasesPicture) -> None:
        """Show what the presenter read."""
        some = bool(picture.releases)
        self.table.setVisible(some)
        self.nothing.setVisible(not some)
        self.conditions_card.setVisible(some)
        self.address_card.setVisible(some)
        self.table.show_rows([self._line(one) for one in picture.releases])
        self._show_picked(self._row())

    def _row(self) -> int:
        return self.table.currentIndex().row()

    def _show_picked(self, at: int) -> None:
        picture = self.presenter.picture
        one = picture.releases[at] if 0 <= at < len(picture.releases) else None
        steps = frozenset(one.steps) if one else frozenset()
        before = bool(one) and bool(steps & {"clear", "send", "ask_again"})
        for action, can in (
            (self.ask, picture.may_ask and bool(picture.project)),
            (self.hand, picture.may_release_by_hand and bool(picture.project)),
            (self.send, picture.may_ask and bool(steps & {"clear", "send"})),
            (self.correct, picture.may_ask and before),
            (self.confirm, picture.may_confirm and "confirm" in steps),
            (self.live, picture.may_confirm and "energise" in steps),
            (self.reject, picture.may_confirm and "reject" in steps),
            (self.revoke, picture.may_revoke and "revoke" in steps),
            (self.paper, picture.may_ask and bool(one)),
        ):
            action.setEnabled(can)
            action.setVisible(can)
        if one is not None:
            self._show_conditions(one)
            self._show_address(one)

    def _show_conditions(self, one: ReleaseView) -> None:
        """What is missing first; of one that went out what is otherwise since then is no refusal, and is not red."""
        gone = one.sent_at is not None
        tone = "warn" if gone else "bad"
        names = self._names()
        rows: list[Row] = []
        for found in sorted(one.findings, key=lambda found: found.met):
            name = Cell(("✓ " if found.met else "✗ ") + names[found.condition], "ok" if found.met else tone)
            rows.append([name, Cell(sentence_words(found.sentence), "" if found.met else tone)])
        self.conditions.show_rows(rows)
        self.conditions.go_to(0)
        lacking = [found for found in one.findings if not found.met]
        self.conditions_card.hint.setText(
            self.tr("as they stand today, after it went out") if gone else self.tr("as they stand now")
        )
        self.verdict.setText(self._stood(one) if gone else self._stands(lacking))
        say(self.verdict, tone="bad" if lacking and not gone else "ok")

    def _stands(self, lacking: list[Finding]) -> str:
        """Whether it can be sent."""
        if not lacking:
            return self.tr("Nothing is missing: it can be sent.")
        if len(lacking) == 1:
            return self.tr("1 condition is missing: it cannot be sent.")
        return self.tr("{0} conditions are missing: it cannot be sent.").format(len(lacking))

    def _stood(self, one: ReleaseView) -> str:
        """What its conditions came to when it went out, as its record has them."""
        if one.sent_at is None or one.stood is None:
            return ""
        day = us_date(self._day(one.sent_at))
        if not one.stood:
            return self.tr("When it was sent on {0} nothing was missing.").format(day)
        names = self._names()
        words = ", ".join(names[each] for each in one.stood)
        return self.tr("When it was sent on {0} this was missing: {1}.").format(day, words)

    def _names(self) -> dict[Condition, str]:
        return {
            Condition.REASON: self.tr("Reason"), Condition.PERMIT: self.tr("Permit"),
            Condition.INSPECTION: self.tr("Inspection"), Condition.FEES: self.tr("Fees"),
            Condition.VIOLATIONS: self.tr("Violations"), Condition.HOLDS: self.tr("Holds"),
            Condition.CONTRACTOR: self.tr("Contractor"), Condition.ADDRESS: self.tr("Address"),
            Condition.PREMISE: self.tr("ESI ID"), Condition.MOBILE_HOME: self.tr("Mobile home"),
        }  # fmt: skip

    def _show_address(self, one: ReleaseView) -> None:
        side = one.compared
        if side is None:
            self.address.show_rows([[self.tr("Permitted"), Cell(one.site, strong=True), ""]])
            self.match.setText(self.tr("Nobody looked up how the utility writes it: it goes out as permitted."))
            say(self.match, tone="")
        else:
            self._show_both(side)
        self.address.fit()
        self.address_card.hint.setText(self.tr("meter {0}").format(one.premise) if one.premise else "")
        self.story.setText(self._told(one))
        self.story.setVisible(bool(self.story.text()))

    def _show_both(self, side: Compared) -> None:
        """Both writings word for word, and beside each what it means."""
        tone = "ok" if side.match is Match.EXACT else "bad"
        unread = self.tr("(cannot be read)")
        self.address.show_rows([
            [self.tr("Permitted"), Cell(side.left, strong=True), side.left_means or unread],
            [self.tr("Utility"), Cell(side.right, tone=tone, strong=True), side.right_means or unread],
        ])  # fmt: skip
        self.match.setText(side.sentence)
        say(self.match, tone=tone)

    def _told(self, one: ReleaseView) -> str:
        """What became of it so far, in sentences."""
        said = []
        if one.reason:
            said.append(self.tr("Because: {0}.").format(one.reason))
        if one.sent_at is not None:
            sent = self.tr("Sent on {0} by {1} to {2}.")
            said.append(sent.format(us_date(self._day(one.sent_at)), one.channel, one.contact or one.company_name))
        if one.batch:
            mail = self.tr("Batch {0}, mail {1}.") if one.message else self.tr("Batch {0}.")
            said.append(mail.format(one.batch, one.message.replace("_", " ")))
        if one.confirmed_at is not None:
            said.append(self.tr("Confirmed on {0}.").format(us_date(self._day(one.confirmed_at))))
        if one.energised_on is not None:
            said.append(self.tr("Live since {0}.").format(us_date(one.energised_on)))
        if one.answer:
            said.append(self.tr("The company says: {0}").format(one.answer))
        return " ".join(said)

    def _day(self, moment: datetime) -> date:
        return self.context.desk.local(moment).date()

    def _line(self, one: ReleaseView) -> Row:
        state = state_words(one.state)
        if one.late:
            state = self.tr("{0}, unconfirmed").format(state)
        waits = ""
        if one.countdown is not None:
            left = self.tr("{0} days, to {1}").format(one.countdown.left, us_date(one.countdown.last_day))
            waits = self.tr("over") if one.countdown.over else left
        tone = "bad" if one.late or one.unmatched else _TONES[one.state]
        return [
            one.number, KIND_WORDS[one.kind](), one.company_name, Cell(one.site, strong=True), Cell(state, tone=tone),
            one.confirmation, waits,
        ]  # fmt: skip
