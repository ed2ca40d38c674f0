"""The shelf of forms: the list at the left, the form with its keys at the right, what is still out below."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.ui.context import Context
from csr_desk.ui.dates import us_date
from csr_desk.ui.pages.info_desk.forms_keeping import LARGEST, FormsKeeping
from csr_desk.ui.pages.info_desk.forms_picture import FormsPicture, ShelfForm, language_name, source_name
from csr_desk.ui.pages.info_desk.forms_presenter import FormsPresenter
from csr_desk.ui.switched_page import ViewPanel
from csr_desk.ui.widgets import Card, Chip, EmptyState, KeyValues, Label
from csr_desk.ui.widgets.bar_chart import Bar, BarChart
from csr_desk.ui.widgets.figures_table import Column, FiguresTable, Row
from csr_desk.ui.widgets.key_row import KeyRow
from csr_desk.ui.widgets.pick_list import Pick, PickList
from csr_desk.ui.widgets.search_box import SearchBox

_LIST = 430
_CHART = 330


class FormsPanel(ViewPanel):
    """Typing finds a form, one key prints it filled in; a number that is scanned finds what comes back."""

    topics = frozenset({Topic.INFORMATION})

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.presenter = FormsPresenter(context, self)
        self.keeping = FormsKeeping(context, self._kept)
        self.choose: Callable[[], Path | None] = self._choose_file
        self.search = SearchBox(
            "form-search", self.tr("Find a form"),
            self.tr("Name or number of a form, or our number on one that comes back"),
        )  # fmt: skip
        self.list = PickList("forms", self.tr("Forms"))
        self.none = EmptyState(
            self.tr("No form says this"), self.tr("Say it in other words, or a supervisor puts one here (Alt+N).")
        )
        self.title = Label("", "head", "form-title")
        self.title.setWordWrap(True)
        self.state = Chip("", "bad", "form-state")
        self.language = Chip("", "info", "form-language")
        self.person = Chip("", "info", "form-person")
        self.facts = KeyValues("form-fact")
        self.chart = BarChart("form-months", self.tr("Copies handed out, by month"))
        self.side = QWidget()
        self.out = FiguresTable("forms-out", self.tr("Still out"), (
            Column(self.tr("Number"), width=160), Column(self.tr("Form")), Column(self.tr("Who has it"), width=190),
            Column(self.tr("Since"), width=120),
        ))  # fmt: skip
        self.all_back = EmptyState(
            self.tr("Nothing is still out"), self.tr("What named people take along stands here until it is back.")
        )
        self._make_keys()
        self._assemble()
        self._connect()
        self.show_picture(FormsPicture())

    def _make_keys(self) -> None:
        does = self.presenter
        self.print = self.key("form-print", self.tr("Print filled in"), "Alt+P", does.print_filled)
        self.mail = self.key("form-mail", self.tr("E-mail it"), "Alt+M", does.mail_filled)
        self.blank = self.key("form-blank", self.tr("Blank ones"), "Alt+B", does.hand_blank)
        self.next = self.key("form-next-language", self.tr("Language"), "Alt+L", does.next_language)
        self.who = self.key("form-whom", self.tr("For whom?"), "Alt+C", does.whom.ask)
        self.forget = self.key("form-forget-person", self.tr("Somebody else"), "Alt+X", does.forget_person)
        self.back = self.key("form-back", self.tr("It is back"), "Alt+R", lambda: does.take_back(self._out_at()))
        self.scan = self.key("form-back-scan", self.tr("Back, with its scan…"), "Alt+S", self._take_scan)
        self.lost = self.key("form-lost", self.tr("Wait no longer"), "Alt+G", lambda: does.give_up(self._out_at()))
        self.new = self.key("form-new", self.tr("New form…"), "Alt+N", lambda: self._put(revise=False))
        self.revise = self.key("form-revise", self.tr("New revision…"), "Alt+V", lambda: self._put(revise=True))
        self.end = self.key("form-end", self.tr("Withdraw"), "Alt+W", self._withdraw)

    def _assemble(self) -> None:
        shelf = Card(self.tr("Shelf"), self.tr("↑ ↓, handed out this month at the right"), flush=True)
        out = Card(self.tr("Still out"), self.tr("handed to somebody by name and not back yet"), flush=True)
        for card, filled, keys in (
            (shelf, (self.list, self.none), (self.new,)),
            (out, (self.out, self.all_back), (self.back, self.scan, self.lost)),
        ):
            for widget in filled:
                card.body.addWidget(widget, 1)
            card.body.addWidget(KeyRow(*keys))
        shelf.setFixedWidth(_LIST)
        self.form = self._form_card()
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.form, 3)
        right.addWidget(out, 2)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(shelf)
        below.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self.search)
        whole.addLayout(below, 1)

    def _form_card(self) -> Card:
        """The form that is looked at, with the copies of twelve months and the keys."""
        card, head, inner = Card(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.title, 1)
        for chip in (self.state, self.language, self.person):
            head.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        facts = QVBoxLayout()
        facts.addWidget(self.facts)
        facts.addStretch(1)
        self.side.setFixedWidth(_CHART)
        months = QVBoxLayout(self.side)
        months.setContentsMargins(0, 0, 0, 0)
        months.addWidget(Label(self.tr("Copies handed out, by month"), "soft"))
        months.addWidget(self.chart, 1)
        inner.setSpacing(18)
        inner.addLayout(facts, 1)
        inner.addWidget(self.side)
        card.body.addLayout(head)
        card.body.addLayout(inner, 1)
        card.body.addWidget(KeyRow(
            self.print, self.mail, self.blank, self.next, self.who, self.forget, self.revise, self.end, edge=0
        ))  # fmt: skip
        return card

    def _connect(self) -> None:
        self.search.typed.connect(self.presenter.typed)
        self.search.entered.connect(self.presenter.entered)
        self.search.stepped.connect(self._step)
        self.search.escaped.connect(lambda: self.search.set_text(""))
        self.list.picked.connect(self.presenter.choose)

    # ---- what the page asks

    def load(self) -> None:
        """Read the shelf anew."""
        self.presenter.load()

    def look_at(self, about: str) -> None:
        """Show a form or what was handed out, or keep in mind who is in front."""
        if about.startswith("form:"):
            self.search.set_text("")
        self.presenter.look_at(about)

    def about(self) -> tuple[str, ...]:
        """Return the form, and for whom it is."""
        picture = self.presenter.picture
        chosen = picture.chosen
        found = [f"form:{chosen.form_no}"] if chosen is not None else []
        return (*found, f"customer:{picture.person.number}") if picture.person.number else tuple(found)

    def first_focus(self) -> QWidget:
        """The search box."""
        return self.search.edit

    # ---- what the presenter says

    def show_picture(self, picture: FormsPicture) -> None:
        """Show what the presenter read."""
        forms, chosen = picture.forms, picture.chosen
        self.list.setVisible(bool(forms))
        self.none.setVisible(not forms)
        self.list.show_picks([self._pick(one, picture) for one in forms], chosen.form_no if chosen else None)
        self.person.show_state(picture.person.name, "info")
        self._show_form(picture)
        at = max(self._out_at(), 0)
        self.out.setVisible(bool(picture.out))
        self.all_back.setVisible(not picture.out)
        self.out.show_rows([self._row(n, picture) for n in range(len(picture.out))])
        if picture.out:
            self.out.go_to(min(at, len(picture.out) - 1))
        self._let_keys(picture)

    def _show_form(self, picture: FormsPicture) -> None:
        chosen, sheet = picture.chosen, picture.sheet
        self.form.setVisible(sheet is not None)
        if chosen is None or sheet is None:
            return
        self.title.setText(sheet.title)
        self.state.show_state(self.tr("obsolete") if chosen.blocked else "", "bad")
        self.language.show_state(language_name(sheet.language), "info")
        there = ", ".join(language_name(one) for one in chosen.in_force)
        before = ", ".join(
            self.tr("{0} ({1})").format(one.revision, self._state(one.state)) for one in chosen.earlier(sheet)
        )
        filled = ", ".join(sorted({source_name(one) for one in sheet.fields.values()}))
        english = chosen.sheet("en")
        self.facts.show_facts([
            *([(self.tr("In English"), english.title)] if english.title != sheet.title else []),
            (self.tr("Number"), sheet.form_no),
            (self.tr("Revision"), self.tr("{0}, in force from {1}").format(
                sheet.revision, us_date(sheet.effective_on))),
            (self.tr("Languages"), there or self.tr("none: nobody gets it any more")),
            (self.tr("We fill in"), filled or self.tr("nothing")),
            (self.tr("Other revisions"), before or "–"),
        ])  # fmt: skip
        months = picture.by_month(chosen.form_no)
        self.chart.show_bars([Bar(month[5:], count) for month, count in months])
        self.side.setVisible(any(count for _month, count in months))

    def show_handout(self, number: str) -> None:
        """Put the cursor on a form that is still out."""
        numbers = [one.handout.number for one in self.presenter.picture.out]
        if number in numbers:
            self.out.go_to(numbers.index(number))
            self.out.setFocus(Qt.FocusReason.OtherFocusReason)

    def _let_keys(self, picture: FormsPicture) -> None:
        chosen = picture.chosen
        gives = picture.may_hand and chosen is not None and not chosen.blocked
        for action in (self.print, self.mail, self.blank):
            action.setEnabled(gives)
        self.next.setEnabled(gives and chosen is not None and len(chosen.in_force) > 1)
        self.forget.setVisible(bool(picture.person.number))
        for action in (self.back, self.scan, self.lost):
            action.setEnabled(picture.may_hand and bool(picture.out))
        for action in (self.new, self.revise, self.end):
            action.setVisible(picture.may_keep)
        self.revise.setEnabled(chosen is not None)
        self.end.setEnabled(chosen is not None and not chosen.blocked)

    def _pick(self, one: ShelfForm, picture: FormsPicture) -> Pick:
        sheet = one.sheet("en")  # the clerk's own language: what is handed out stands at the right
        there = ", ".join(language_name(short) for short in one.in_force)
        below = " · ".join(part for part in (sheet.form_no, sheet.revision, there) if part)
        given = picture.given(one.form_no)
        chip = self.tr("obsolete") if one.blocked else ""
        return Pick(one.form_no, sheet.title, below, chip, "bad", str(given) if given else "")

    def _row(self, at: int, picture: FormsPicture) -> Row:
        one = picture.out[at]
        since = self.context.desk.local(datetime.fromisoformat(one.handout.given_at)).date()
        return [one.handout.number, f"{one.handout.form_no} {one.title}", one.customer, us_date(since)]

    # ---- small steps

    def _state(self, state: str) -> str:
        return self.tr("obsolete") if state == "obsolete" else self.tr("on the shelf")

    def _out_at(self) -> int:
        return self.out.currentIndex().row()

    def _step(self, by: int) -> None:
        keys = [pick.key for pick in self.list.picks]
        if keys:
            at = keys.index(self.list.current_key() or keys[0]) + by
            self.presenter.choose(keys[max(0, min(at, len(keys) - 1))])

    def _take_scan(self) -> None:
        at, path = self._out_at(), self.choose()
        if path is None:
            return

        def read() -> bytes:
            from csr_desk.services.files_read import read_bounded

            return read_bounded(path, LARGEST)

        self.context.read(read, lambda content: self.presenter.take_back(at, content, path.name))

    def _put(self, *, revise: bool) -> None:
        path = self.choose()
        if path is not None:
            self.keeping.put(path, self.presenter.picture.sheet if revise else None)

    def _withdraw(self) -> None:
        sheet = self.presenter.picture.sheet
        if sheet is not None:
            self.keeping.withdraw(sheet)

    def _kept(self, form_no: str) -> None:
        self.presenter.choose(form_no)
        self.presenter.load()

    def _choose_file(self) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a PDF"), "", self.tr("PDF files (*.pdf)"))
        return Path(name) if name else None
