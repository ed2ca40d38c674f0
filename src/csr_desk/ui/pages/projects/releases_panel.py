"""The panel of releases: the register of a project, every condition of the one picked, both writings of its address."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.release_register import ReleaseView
from csr_desk.domain.sites import Match
from csr_desk.ui.context import Context
from csr_desk.ui.dates import us_date
from csr_desk.ui.pages.projects.releases_presenter import KIND_WORDS, STATE_WORDS, ReleasesPicture, ReleasesPresenter
from csr_desk.ui.project_panel import ProjectPanel
from csr_desk.ui.widgets import Card, EmptyState, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row
from csr_desk.ui.widgets.key_row import KeyRow

_TONES = {
    "requested": "warn", "eligible": "ok", "sent": "", "confirmed": "ok", "energised": "text_soft", "rejected": "bad",
    "expired": "bad", "revoked": "bad",
}  # fmt: skip


class ReleasesPanel(ProjectPanel):
    """The register above; below it what the picked release lacks and how its address is written on both sides."""

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.presenter = ReleasesPresenter(context, self)
        self.table = FiguresTable("project-releases", self.tr("Service releases"), (
            Column(self.tr("Release"), width=140), Column(self.tr("Service"), width=150),
            Column(self.tr("To"), width=190), Column(self.tr("Address as permitted")),
            Column(self.tr("State"), width=130), Column(self.tr("Confirmation"), width=130),
            Column(self.tr("Move-in waits"), width=200),
        ))  # fmt: skip
        self.conditions = FiguresTable("release-conditions", self.tr("Conditions of the release"), (
            Column(self.tr("Condition"), width=130), Column(self.tr("How it stands")),
        ))  # fmt: skip
        self.address = FiguresTable("release-address", self.tr("The address as both write it"), (
            Column(self.tr("Who"), width=110), Column(self.tr("Written"), width=0), Column(self.tr("Means"), width=0),
        ))  # fmt: skip
        self.match = Label("", "soft", "release-match")
        self.missing = Label("", "", "release-missing")
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
        self.live = self.key("energise-release", self.tr("Energised"), "Alt+E", lambda: does.energise(row()))
        self.reject = self.key("reject-release", self.tr("Rejected"), "Alt+J", lambda: does.reject(row()))
        self.revoke = self.key("revoke-release", self.tr("Take back"), "Alt+K", lambda: does.revoke(row()))
        self.paper = self.key("next-step", self.tr("Next step"), "Alt+N", lambda: does.print_next_step(row()))
        self.hand = self.key("release-by-hand", self.tr("Without a permit"), "Alt+H", does.by_hand)

    def _assemble(self) -> None:
        register = Card(self.tr("Service releases"), self.tr("the city’s word that a meter may be set"), flush=True)
        register.body.addWidget(self.table, 1)
        register.body.addWidget(self.nothing, 1)
        register.body.addWidget(
            KeyRow(
                self.ask, self.send, self.correct, self.confirm, self.live, self.reject, self.revoke, self.hand,
                self.paper,
            )
        )  # fmt: skip
        self.conditions_card = Card(self.tr("Conditions"), self.tr("as they stand now"), flush=True)
        self.conditions_card.body.addWidget(self.conditions, 1)
        self.conditions_card.body.addWidget(self.missing)
        self.address_card = Card(self.tr("Address"), "", flush=True)
        self.address_card.body.addWidget(self.address)
        self.address_card.body.addWidget(self.match)
        self.address_card.body.addStretch(1)
        self.address_card.body.addWidget(self.story)
        for label in (self.match, self.missing, self.story):
            label.setWordWrap(True)
            label.setContentsMargins(12, 4, 12, 12)
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
        self.ask.setEnabled(picture.may_ask and bool(picture.project))
        self.hand.setEnabled(picture.may_release_by_hand and bool(picture.project))
        before = bool(one) and bool(steps & {"clear", "send", "ask_again"})
        self.send.setEnabled(picture.may_ask and bool(one) and bool(steps & {"clear", "send"}))
        self.correct.setEnabled(picture.may_ask and before)
        for action, step in ((self.confirm, "confirm"), (self.live, "energise"), (self.reject, "reject")):
            action.setEnabled(picture.may_confirm and step in steps)
        self.revoke.setEnabled(picture.may_revoke and "revoke" in steps)
        self.paper.setEnabled(picture.may_ask and bool(one))
        if one is not None:
            self._show_conditions(one)
            self._show_address(one)

    def _show_conditions(self, one: ReleaseView) -> None:
        names = {
            "reason": self.tr("Reason"), "permit": self.tr("Permit"), "inspection": self.tr("Inspection"),
            "fees": self.tr("Fees"), "violations": self.tr("Violations"), "holds": self.tr("Holds"),
            "contractor": self.tr("Contractor"), "address": self.tr("Address"), "premise": self.tr("ESI ID"),
            "mobile_home": self.tr("Mobile home"),
        }  # fmt: skip
        rows: list[Row] = []
        for found in one.findings:
            mark = "✓ " if found.met else "✗ "
            tone = "ok" if found.met else "bad"
            name = Cell(mark + names[found.condition.value], tone=tone, strong=not found.met)
            rows.append([name, Cell(found.sentence, tone="" if found.met else "bad")])
        self.conditions.show_rows(rows)
        self.missing.setText(" ".join(one.missing))
        self.missing.setVisible(bool(one.missing))

    def _show_address(self, one: ReleaseView) -> None:
        side = one.compared
        if side is None:
            self.address.show_rows([[self.tr("Permitted"), Cell(one.site, strong=True), ""]])
            self.match.setText(self.tr("Nobody looked up how the utility writes it: it goes out as permitted."))
        else:
            differs = side.match is not Match.EXACT
            tone = "bad" if differs else "ok"
            self.address.show_rows([
                [self.tr("Permitted"), Cell(side.left, strong=True), side.left_means or self.tr("(cannot be read)")],
                [
                    self.tr("Utility"), Cell(side.right, tone=tone, strong=True),
                    side.right_means or self.tr("(cannot be read)"),
                ],
            ])  # fmt: skip
            self.match.setText(side.sentence)
        self.address.fit()
        self.address_card.hint.setText(self.tr("meter {0}").format(one.premise) if one.premise else "")
        self.story.setText(self._told(one))

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
        state = STATE_WORDS[one.state]()
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
