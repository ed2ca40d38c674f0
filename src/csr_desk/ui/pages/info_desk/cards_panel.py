"""The cards of the information desk: what people ask at the left, the card that is read at the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.cards import Card as InfoCard
from csr_desk.domain.cards import CardText
from csr_desk.domain.changes import Topic
from csr_desk.domain.people import Act
from csr_desk.ui.context import Context, Tone
from csr_desk.ui.dates import us_date
from csr_desk.ui.pages.info_desk.card_sheet import CardSheet
from csr_desk.ui.pages.info_desk.cards_presenter import CardsPicture, CardsPresenter
from csr_desk.ui.pages.info_desk.price_card import PriceCard
from csr_desk.ui.pages.info_desk.text_column import TextColumn
from csr_desk.ui.switched_page import ViewPanel
from csr_desk.ui.widgets import Card, Chip, EmptyState, Label, scrolled
from csr_desk.ui.widgets.key_row import KeyRow
from csr_desk.ui.widgets.pick_list import Pick, PickList
from csr_desk.ui.widgets.search_box import SearchBox

_LIST = 400
_PRICE = 270


class CardsPanel(ViewPanel):
    """Typing finds, ↓ goes through the list, the card is there at once; one key shows it in a second language."""

    topics = frozenset({Topic.INFORMATION, Topic.CATALOGUE})

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.presenter = CardsPresenter(context, self)
        self.search = SearchBox("card-search", self.tr("What people ask"), self.tr("What do they want to know?"))
        self.list = PickList("cards", self.tr("Cards"))
        self.none = EmptyState(
            self.tr("No card says this"), self.tr("Say it in other words, or a supervisor writes a card (Alt+N).")
        )
        self.title = Label("", "head", "card-title")
        self.title.setWordWrap(True)
        self.stale = Chip("", "warn", "card-stale")
        self.person = Chip("", "info", "card-person")
        self.columns = (TextColumn("card-text"), TextColumn("card-beside"))
        self.price = PriceCard(context.desk.today)
        self._make_keys()
        self._assemble()
        self._connect()
        self.show_picture(CardsPicture())

    def _make_keys(self) -> None:
        does = self.presenter
        self.show_it = self.key("card-show", self.tr("Shown to…"), "Alt+S", does.show_to)
        self.print = self.key("card-print", self.tr("Print"), "Alt+P", does.print_card)
        self.copy = self.key("card-copy", self.tr("Copy"), "Alt+C", self._copy)
        self.second = self.key("card-language", self.tr("Second language"), "Alt+L", does.next_language)
        self.why = self.key("card-explain", self.tr("Explain this price"), "F1", does.explain)
        self.cost = self.key("card-estimate", self.tr("What would it cost?"), "Alt+W", does.go_price)
        self.form = self.key("card-form", self.tr("Its form"), "Alt+F", does.go_form)
        self.need = self.key("card-need", self.tr("Who else helps"), "Alt+H", does.go_need)
        self.old = self.key("card-stale-only", self.tr("To be reviewed"), "Alt+O", does.only_stale)
        self.forget = self.key("card-forget-person", self.tr("Somebody else"), "Alt+X", does.forget_person)
        self.right = self.key("card-review", self.tr("Reviewed: it is right"), "Alt+V", does.review)
        self.new = self.key("card-new", self.tr("New card"), "Alt+N", does.write_new)
        self.edit = self.key("card-edit", self.tr("Change"), "Alt+E", does.edit)
        self.more = self.key("card-translate", self.tr("Another language"), "Alt+A", does.translate)
        self.drop = self.key("card-retire", self.tr("Retire"), "Alt+R", partial(does.review, "retire"))

    def _assemble(self) -> None:
        found = Card(self.tr("Cards"), self.tr("↑ ↓"), flush=True)
        found.body.addWidget(self.list, 1)
        found.body.addWidget(self.none, 1)
        found.body.addWidget(KeyRow(self.old, self.new))
        found.setFixedWidth(_LIST)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        for chip in (self.stale, self.person):
            head.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        texts = QWidget()
        row = QHBoxLayout(texts)
        row.setContentsMargins(0, 0, 6, 0)
        row.setSpacing(18)
        for column in self.columns:
            row.addWidget(column, 1)
        self.card = Card()
        self.card.body.addLayout(head)
        inner = QHBoxLayout()
        inner.setSpacing(14)
        inner.addWidget(scrolled(texts), 1)
        beside = scrolled(self.price)
        beside.setFixedWidth(_PRICE)
        inner.addWidget(beside)
        self.card.body.addLayout(inner, 1)
        self.card.body.addWidget(KeyRow(
            self.show_it, self.print, self.copy, self.second, self.why, self.cost, self.form, self.need, self.forget,
            self.right, self.edit, self.more, self.drop, edge=0,
        ))  # fmt: skip
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(found)
        below.addWidget(self.card, 1)
        column_of = QVBoxLayout(self)
        column_of.setContentsMargins(0, 0, 0, 0)
        column_of.setSpacing(12)
        column_of.addWidget(self.search)
        column_of.addLayout(below, 1)

    def _connect(self) -> None:
        self.search.typed.connect(self.presenter.typed)
        self.search.stepped.connect(self._step)
        self.search.escaped.connect(lambda: self.search.set_text(""))
        self.search.entered.connect(lambda _text: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.list.picked.connect(self.presenter.choose)

    # ---- what the page asks

    def load(self) -> None:
        """Read anew what is shown."""
        self.presenter.load()

    def look_at(self, about: str) -> None:
        """Show a card, or remember who is in front."""
        self.presenter.look_at(about)

    def about(self) -> tuple[str, ...]:
        """Return the card, and for whom it is read."""
        picture = self.presenter.picture
        card = (f"card:{picture.chosen.card.number}",) if picture.chosen else ()
        return (*card, f"customer:{picture.person.number}") if picture.person.number else card

    def first_focus(self) -> QWidget:
        """The search box."""
        return self.search.edit

    def _copy(self) -> None:
        """Put the card into the clipboard, for an e-mail."""
        QGuiApplication.clipboard().setText(self.presenter.as_words())
        self.context.shell.banner(self.tr("The card is copied."), Tone.OK)

    def _step(self, by: int) -> None:
        rows = [pick.key for pick in self.list.picks]
        now = self.list.current_key()
        if rows and now in rows:
            at = max(0, min(rows.index(now) + by, len(rows) - 1))
            self.list.pick(rows[at])
            self.presenter.choose(rows[at])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is typed anywhere goes into the search box."""
        if not self.search.take_key(event):
            super().keyPressEvent(event)

    # ---- what the presenter shows

    def show_picture(self, picture: CardsPicture) -> None:
        """Show what was found, and the card that is read."""
        chosen = picture.chosen
        self.list.setVisible(bool(picture.cards))
        self.none.setVisible(not picture.cards)
        picks = [self._pick(card, picture) for card in picture.cards]
        self.list.show_picks(picks, chosen.card.number if chosen else None)
        self.search.show_hint(self._hint(picture), fault=False)
        text = picture.text
        self.card.setVisible(text is not None)
        self.title.setText(text.question if text else "")
        late = chosen is not None and chosen.stale
        self.stale.show_state(self.tr("Stale: to be reviewed since {0}").format(us_date(chosen.card.review_on))
                              if late and chosen else "", "warn")  # fmt: skip
        person = picture.person.name
        self.person.show_state(self.tr("For {0}").format(person) if person else "", "info")
        self.columns[0].show_text(text, alone=picture.beside is None, title=False)
        self.columns[1].show_text(picture.beside, alone=False, title=True)
        self.price.show_view(chosen, explained=picture.explained)
        self._let(picture)

    def _hint(self, picture: CardsPicture) -> str:
        if picture.stale_only:
            return self.tr("{0} to be reviewed").format(len(picture.cards))
        if not picture.question:
            return ""
        return self.tr("1 card") if len(picture.cards) == 1 else self.tr("{0} cards").format(len(picture.cards))

    def _let(self, picture: CardsPicture) -> None:
        chosen = picture.chosen
        card = chosen.card if chosen else None
        keeps, may_show = self.presenter.may(Act.KEEP_CARDS), self.presenter.may(Act.SHOW_CARD)
        price = chosen.price if chosen else None
        for action, offered in (
            (self.show_it, may_show), (self.forget, bool(picture.person.number)), (self.right, keeps),
            (self.new, keeps), (self.edit, keeps), (self.more, keeps), (self.drop, keeps),
            (self.form, bool(card and card.form_no)), (self.need, bool(card and card.need_code)),
            (self.cost, bool(card and card.item)), (self.why, price is not None and bool(price.explain)),
            (self.second, card is not None and len(card.texts) > 1),
        ):  # fmt: skip
            action.setVisible(offered)
            action.setEnabled(offered)

    def open_form(self, card: InfoCard | None, text: CardText) -> None:
        """Lay the form over the window in which a card is written."""
        self.context.shell.open_over(
            lambda shell: CardSheet(shell, self.presenter, card, text) if isinstance(shell, QWidget) else None
        )

    def _pick(self, card: InfoCard, picture: CardsPicture) -> Pick:
        text = card.text_in(picture.language)
        stale = card.is_stale(self.context.desk.today())
        below = f"{card.heading} · {text.short_answer}"
        return Pick(card.number, text.question, below, self.tr("Stale") if stale else "", "warn")
