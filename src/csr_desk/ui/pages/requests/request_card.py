"""The request that is picked: what warns first, where it stands, what they said, what was done, what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.request_questions import answers_in_words
from csr_desk.domain.requests import Note, Request
from csr_desk.domain.work_orders import KIND_WORDS, Priority
from csr_desk.ui.context import Context
from csr_desk.ui.dates import us_date
from csr_desk.ui.request_words import (
    channel_words,
    due_words,
    escalation_words,
    kind_words,
    language_words,
    outcome_words,
    priority_words,
    state_words,
    subject_words,
    warning_words,
)
from csr_desk.ui.widgets import Card, Chip, EmptyState, KeyValues, Label, scrolled
from csr_desk.ui.widgets.flow import FlowRow
from csr_desk.ui.widgets.pick_list import Pick, PickList

if TYPE_CHECKING:
    from csr_desk.services.request_lists import RequestView

_LOUD = {"stop": "bad", "warn": "warn"}


class RequestCard(QWidget):
    """Enter on what it is linked with goes there."""

    opened = Signal(str)
    """A subject, ``customer:…``, or ``file:…``."""

    def __init__(self, context: Context) -> None:
        """Nothing is shown yet."""
        super().__init__()
        self._context = context
        self.number = Label("", "head", "request-number")
        self.type = Label("", "title", "request-type-name")
        self.who = Label("", "soft", "request-who")
        self.summary = Label("", "", "request-words")
        self.answer = Label("", "strong", "request-answer")
        for label in (self.type, self.who, self.summary, self.answer):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts = KeyValues("request-fact")
        self.done = PickList("request-notes", self.tr("What was done"))
        self.about = PickList("request-links", self.tr("What it is about"))
        self.nothing = EmptyState(self.tr("Nothing yet"), self.tr("Alt+N notes what was found out or said."))
        self._chips = FlowRow(beside=6)
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(4)
        self._assemble()
        self.about.entered.connect(self.opened)

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.number)
        head.addWidget(self._chips, 1)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._warnings)
        for widget in (self.type, self.who, self.summary, self.answer, self.facts):
            column.addWidget(widget)
        column.addStretch(1)
        top = Card()
        top.body.addLayout(head)
        top.body.addWidget(scrolled(inner), 1)
        below = QHBoxLayout()
        below.setSpacing(12)
        for title, listed in ((self.tr("What was done"), self.done), (self.tr("Belongs to it"), self.about)):
            card = Card(title, self.tr("Enter opens") if listed is self.about else "", flush=True)
            card.body.addWidget(listed, 1)
            if listed is self.done:
                card.body.addWidget(self.nothing, 1)
            below.addWidget(card, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(top, 3)
        whole.addLayout(below, 2)

    def show_request(self, view: RequestView) -> None:
        """Show one."""
        one, desk = view.request, self._context.desk
        self.number.setText(one.number)
        self._show_chips(one)
        _empty(self._warnings)
        for at, note in enumerate(view.warnings, 1):
            chip = Chip(warning_words(note), _LOUD.get(str(note.level), "info"), f"request-note-{at}")
            self._warnings.addWidget(chip)
        names = dict(view.people)
        owner = self.tr("with {0}").format(names.get(one.owner, one.owner)) if one.owner else self.tr("nobody has it")
        kind = kind_words(one.type.kind)
        self.type.setText(f"{one.type.name} · {kind} · {one.department} · {owner}")
        self.who.setText(self._whose(view))
        self.summary.setText(f"“{one.summary}”")
        outcome = outcome_words(one.outcome) if one.outcome is not None else ""
        self.answer.setText(self.tr("{0}: {1}").format(outcome.capitalize(), one.answer) if one.answer else "")
        self.answer.setVisible(bool(one.answer))
        asked = answers_in_words(one.type.questions, one.answers)
        days = self.tr("1 working day") if one.type.days == 1 else self.tr("{0} working days")
        by = names.get(one.opened_by, one.opened_by)
        taken = desk.local(datetime.fromisoformat(one.opened_at))
        self.facts.show_facts([
            *asked,
            (self.tr("Where"), " · ".join(filter(None, (one.site, one.place))) or "–"),
            (self.tr("Due"), f"{us_date(one.due_on)} ({days.format(one.type.days)})"),
            (self.tr("Taken"), f"{us_date(taken.date())} {taken:%H:%M}, {channel_words(one.channel)}, {by}"),
        ])  # fmt: skip
        self.done.show_picks([self._note(note, names) for note in reversed(view.notes)])
        self.done.setVisible(bool(view.notes))
        self.nothing.setVisible(not view.notes)
        self.about.show_picks(list(self._belongs(view)))

    def _show_chips(self, one: Request) -> None:
        desk = self._context.desk
        while (item := self._chips.flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()  # it is deleted only when the event loop comes round
                old.deleteLater()
        late = one.days_late(desk.today(), holidays=desk.policy.days_off)
        chips = [(state_words(one.state), "ok" if one.closed_on else "info")]
        chips.append((due_words(one, desk.today(), desk.policy.days_off), "bad" if late else "info"))
        if one.priority is not Priority.NORMAL:
            chips.append((priority_words(one.priority), "info" if one.priority is Priority.LOW else "warn"))
        if one.escalated is not None and one.waits:
            words = self.tr("escalated, {0}: speak to them by {1}")
            by = us_date(one.contact_by) if one.contact_by is not None else "–"
            chips.append((words.format(escalation_words(one.escalated), by), "warn"))
        if one.reopened:
            chips.append((self.tr("opened again {0}×").format(one.reopened), "warn"))
        if one.recurs:
            chips.append((self.tr("came back from {0}").format(one.recurs), "warn"))
        if one.restricted:
            chips.append((self.tr("restricted: about an employee"), "bad"))
        for at, (words, tone) in enumerate(chips, 1):
            self._chips.add(Chip(words, tone, f"request-chip-{at}"))

    def _whose(self, view: RequestView) -> str:
        one = view.request
        if one.anonymous:
            return self.tr("They do not want to be named.")
        parts = (view.customer_name or one.contact, one.reach, language_words(one.language) if one.language else "")
        return " · ".join(part for part in parts if part)

    def _note(self, note: Note, names: dict[str, str]) -> Pick:
        at = self._context.desk.local(datetime.fromisoformat(note.at))
        when = f"{us_date(at.date())} {at:%H:%M}, {names.get(note.by, note.by)}"
        if note.kind != "task":
            return Pick(str(note.n), note.said, when)
        asked = self.tr("{0} is asked: {1}").format(note.department, note.said)
        if note.state == "open":
            due = us_date(note.due_on) if note.due_on is not None else "–"
            return Pick(str(note.n), asked, when, self.tr("until {0}").format(due), "warn")
        said = self.tr("Answer: {0}").format(note.answer) if note.answer else self.tr("called off")
        return Pick(str(note.n), asked, said, self.tr("answered") if note.answer else "", "ok")

    def _belongs(self, view: RequestView) -> Sequence[Pick]:
        """Its customer, second callers, links, work orders and files, each with the key that opens it."""
        found = []
        if view.request.customer_id:
            key = f"customer:{view.request.customer_id}"
            found.append(Pick(key, view.customer_name, self.tr("Customer")))
        for one in view.callers:
            told = self.tr("told {0}").format(us_date(one.told_on)) if one.told_on is not None else ""
            key = f"customer:{one.customer_id}" if one.customer_id else ""
            who = one.name or one.customer_id
            below = " · ".join(filter(None, (self.tr("Second caller"), one.reach)))
            found.append(Pick(key or f"caller:{one.n}", who, below, told, "ok"))
        found += [Pick(link, subject_words(link), self.tr("Linked")) for link in view.links]
        for order in view.work:
            state = order.state.replace("_", " ")
            found.append(Pick(f"work_order:{order.number}", order.number, KIND_WORDS[order.kind], state))
        for file in view.files:
            found.append(Pick(f"file:{file.number}", file.name, self.tr("File, {0} KB").format(file.size // 1024 + 1)))
        return found


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()  # it is deleted only when the event loop comes round
            old.deleteLater()
