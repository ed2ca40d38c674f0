"""A seeded day of sixty customers for training: what each says and hands over, and what is the right result (J7).

Pure: the same seed, catalogue, settings and date make the same day. Every expected figure comes from the functions
that price and settle a real sale; nothing is copied from a table. Money is whole cents.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from csr_desk.domain.cart import CartLine, LineKind, PricedCart, price_cart, tender_fee
from csr_desk.domain.catalogue import Catalogue, ItemUse, number_text
from csr_desk.domain.drawer import PIECES
from csr_desk.domain.errors import Ineligible, Refusal, TenderRefused
from csr_desk.domain.money import Cents, plain
from csr_desk.domain.policy import Policy
from csr_desk.domain.settle import settle
from csr_desk.domain.tender import Settlement, Tender, TenderKind
from csr_desk.domain.training_cards import Card, Offer, SoldLine, TrainingDay, Turn, Wanted
from csr_desk.domain.training_visits import (
    ANY_ITEM,
    CUSTOMERS,
    MIX,
    NAMES,
    RECIPES,
    SPANISH_NAMES,
    VIETNAMESE_NAMES,
    WITHOUT_MONEY,
    Answer,
    Recipe,
    Visit,
    Words,
)

__all__ = ["CUSTOMERS", "LISTED_ACCOUNT", "TrainingDay", "make_day", "pricing_labels"]

LISTED_ACCOUNT = "40817726"
"""The bank account on the training counter's returned-check list, which hangs at the counter all day."""
ROUTING = "113000023"
PRECUT: Cents = 9_000
"""The check of a customer with two tenders was written before the fee was known."""
MOST_CASH: Cents = 20_000
"""Above it, people bring a check or a card."""
_NOTES: tuple[Cents, ...] = (100, 500, 1000, 2000, 5000, 10000)
_MOST_NOTES = 12


def make_day(catalogue: Catalogue, policy: Policy, day: date, seed: int) -> TrainingDay:
    """Make the day of a seed by the office's own catalogue and settings on its date.

    Raises Ineligible where the catalogue sells nothing on that date or the office takes no tender of a counter.
    """
    chance = random.Random(f"training {seed}")  # noqa: S311 - the same day for the same seed, nothing secret
    return TrainingDay(seed, day, _Maker(catalogue, policy, day, chance).cards())


def pricing_labels(catalogue: Catalogue, code: str, day: date) -> frozenset[str]:
    """Return the labels of the fields that price an item on a day (its count is compared as the quantity)."""
    version = catalogue.item(code).version_on(day)
    return frozenset(one.label for one in version.inputs if one.prices and not one.counts)


_TENDERS = (
    *(TenderKind.CASH,) * 17, *(TenderKind.CHECK,) * 13, *(TenderKind.MONEY_ORDER,) * 2, *(TenderKind.CARD,) * 12,
)  # fmt: skip
"""How the visits with one tender are paid, the repaid check (cash) and the department (transfer) apart."""
_PAR: Mapping[TenderKind, int] = {TenderKind.CASH: 45, TenderKind.CHECK: 60, TenderKind.MONEY_ORDER: 60}
_NO_SNARE = {Visit.SPLIT, Visit.RETURNED, Visit.DEPARTMENT}
_PAR_OTHER, _PAR_NO_MONEY, _PAR_LINE, _PAR_INPUT, _PAR_VOID, _PAR_OFFER = 40, 30, 10, 5, 60, 15


@dataclass(slots=True)
class _Maker:
    """Draws one day."""

    catalogue: Catalogue
    policy: Policy
    day: date
    chance: random.Random
    checks: int = 0
    plain_items: list[str] = field(default_factory=list)
    snared: set[int] = field(default_factory=set)
    errands: dict[Visit, list[tuple[Words, Answer]]] = field(default_factory=dict)

    def cards(self) -> tuple[Card, ...]:
        """Deal the customers in an order of their own, then lay the day's snares over some of them."""
        self.checks = self.chance.randrange(1100, 7000)
        visits = [visit for visit, number in MIX.items() for _ in range(number)]
        self.chance.shuffle(visits)
        tenders = list(_TENDERS)
        self.chance.shuffle(tenders)
        dealt = [self._card(at, visit, tenders) for at, visit in enumerate(visits, 1)]
        for snare in (self._post_dated, self._listed, self._stale, self._keep_change, self._aloud):
            self._lay(dealt, snare)
        for _ in range(2):
            self._lay(dealt, self._wrong_account)
        return tuple(dealt)

    # ---- customers

    def _card(self, number: int, visit: Visit, tenders: list[TenderKind]) -> Card:
        if visit in WITHOUT_MONEY:
            if not self.errands.get(visit):
                self.errands[visit] = list(WITHOUT_MONEY[visit])
                self.chance.shuffle(self.errands[visit])
            words, answer = self.errands[visit].pop()
            return Card(number, visit, self._name(words), (Turn(words, answer=answer),), _PAR_NO_MONEY)
        if visit is Visit.RETURNED:
            return self._repaid(number)
        words, line = self._asked(visit)
        if visit is Visit.SPLIT:
            turn = self._split(words, line)
        elif visit is Visit.DEPARTMENT:
            document = f"IDT-{self.chance.randrange(1000, 9999)}"
            turn = self._turn(words, (line,), TenderKind.TRANSFER, document=document)
        else:
            turn = self._turn(words, (line,), self._tender(tenders, line))
        return Card(number, visit, self._name(words), (turn,), self._par(turn))

    def _name(self, words: Words) -> str:
        return self.chance.choice({"es": SPANISH_NAMES, "vi": VIETNAMESE_NAMES}.get(words.language, NAMES))

    def _asked(self, visit: Visit, only: str = "") -> tuple[Words, CartLine]:
        """Choose an item that the catalogue sells on the day, and how it is asked for."""
        recipes = [one for one in RECIPES[visit] if self._sells(one) and only in {"", one.code}]
        if not recipes:
            return self._any_item()
        recipe = self.chance.choice(recipes)
        inputs = {name: self.chance.choice(values) for name, values in recipe.inputs.items()}
        words = self.chance.choice(recipe.says) if self.chance.randrange(3) == 0 else recipe.says[0]
        spoken = {name: f"{Decimal(value):,}" if "." in value else value for name, value in inputs.items()}
        told = Words(words.said.format(**spoken), words.language, words.meaning.format(**spoken))
        return told, CartLine(recipe.code, inputs)

    def _sells(self, recipe: Recipe) -> bool:
        first = {name: values[0] for name, values in recipe.inputs.items()}
        return recipe.code in self.catalogue.items and self._priced(CartLine(recipe.code, first)) is not None

    def _priced(self, line: CartLine) -> PricedCart | None:
        try:
            cart = price_cart(self.catalogue, (line,), price_date=self.day, demo_inputs=True)
        except Refusal:
            return None
        limited = any(one.tenders is not None for one in cart.lines)
        return None if limited or cart.total <= 0 else cart

    def _any_item(self) -> tuple[Words, CartLine]:
        if not self.plain_items:
            self.plain_items = [
                item.code
                for item in self.catalogue.items.values()
                if item.use is ItemUse.COUNTER and item.active and self._priced(CartLine(item.code)) is not None
            ]
        if not self.plain_items:
            raise Ineligible(f"The catalogue sells nothing on {self.day} that a training day could ask for.")
        code = self.chance.choice(self.plain_items)
        return replace(ANY_ITEM, said=ANY_ITEM.said.format(item=self.catalogue.item(code).name)), CartLine(code)

    # ---- what is handed over

    def _taken(self, *kinds: TenderKind) -> TenderKind:
        """Return the first of some tenders that the office takes (B1)."""
        asked = (*kinds, TenderKind.CASH, TenderKind.CHECK, TenderKind.CARD, TenderKind.MONEY_ORDER)
        found = next((kind for kind in asked if kind.value in self.policy.tenders), None)
        if found is None:
            raise Ineligible("This office takes neither cash nor checks nor cards: there is no counter to train for.")
        return found

    def _tender(self, tenders: list[TenderKind], line: CartLine) -> TenderKind:
        kind = tenders.pop()
        if kind is TenderKind.CASH and self._total((line,)) > MOST_CASH:
            other = next((at for at, one in enumerate(tenders) if one is not TenderKind.CASH), None)
            if other is not None:
                tenders[other], kind = kind, tenders[other]
        if kind is TenderKind.CARD and not self._card_takes(line):
            kind = TenderKind.CASH
        return self._taken(kind)

    def _card_takes(self, line: CartLine) -> bool:
        try:
            self._settled(self._total((line,)), (Tender(TenderKind.CARD),))
        except TenderRefused:
            return False
        return True

    def _total(self, lines: Sequence[CartLine]) -> Cents:
        return price_cart(self.catalogue, lines, price_date=self.day, demo_inputs=True).total

    def _turn(
        self,
        words: Words,
        lines: tuple[CartLine, ...],
        kind: TenderKind,
        *,
        document: str = "",
        cents_over: bool = False,
    ) -> Turn:
        kind = self._taken(kind)
        total = self._total(lines)
        offer = self._cash(total, cents_over=cents_over) if kind is TenderKind.CASH else self._paper(kind, document)
        return self._sale(words, lines, (offer,))

    def _sale(self, words: Words, lines: tuple[CartLine, ...], offers: tuple[Offer, ...]) -> Turn:
        tenders = tuple(offer.tender for offer in offers if offer.tender is not None and not offer.refuse)
        return Turn(words, offers, self.wanted(lines, tenders))

    def wanted(self, lines: tuple[CartLine, ...], tenders: tuple[Tender, ...]) -> Wanted:
        """Price and settle the right sale, as a real one is."""
        cart = price_cart(self.catalogue, lines, price_date=self.day, demo_inputs=True)
        met = self._settled(cart.total, tenders)
        given = tuple((part.tender.kind.value, part.given) for part in met.tenders)
        return Wanted(lines, tenders, self._sold(cart), cart.total, given, met.change)

    def _settled(self, total: Cents, tenders: Sequence[Tender]) -> Settlement:
        def fee_of(kind: TenderKind, part: Cents) -> Cents:
            line = tender_fee(self.catalogue, kind.value, part, price_date=self.day)
            return 0 if line is None else line.amount

        return settle(total, tenders, self.policy.rounding, fee_of)

    def _sold(self, cart: PricedCart) -> tuple[SoldLine, ...]:
        found = []
        for line in cart.lines:
            if line.kind is not LineKind.ITEM or line.added_with is not None:
                continue
            named = {one.name: one.label for one in self.catalogue.item(line.item).version_on(self.day).inputs}
            labels = pricing_labels(self.catalogue, line.item, self.day)
            keyed = ((named.get(name, name), value) for name, value in line.inputs.items() if value)
            pricing = tuple(sorted(pair for pair in keyed if pair[0] in labels))
            found.append(SoldLine(line.item, number_text(line.quantity), line.amount, pricing))
        return tuple(found)

    def _cash(self, total: Cents, *, cents_over: bool = False) -> Offer:
        """Notes above what is due: never the exact amount, which would give the total away."""
        if cents_over:
            given = total // 100 * 100 + 100
        else:
            note = self.chance.choice([note for note in _NOTES if note * _MOST_NOTES > total])
            given = (total // note + 1) * note
        return Offer(_pieces_words(given), Tender(TenderKind.CASH, given))

    def _paper(self, kind: TenderKind, document: str) -> Offer:
        """A check, money order, card or transfer for what is due, whatever that turns out to be."""
        if kind is TenderKind.CARD:
            last4 = f"{self.chance.randrange(10000):04d}"
            code = f"{self.chance.randrange(10**6):06d}"
            words = f"Taps a Visa ending in {last4}; the terminal approves, code {code}."
            return Offer(words, Tender(kind, brand="Visa", last4=last4, authorization=code))
        if kind is TenderKind.TRANSFER:
            words = f"Hands you the transfer document {document} of the Parks department."
            return Offer(words, Tender(kind, document=document, department="Parks"))
        number = self._number()
        if kind is TenderKind.CHECK:
            account = f"6{self.chance.randrange(10**6, 10**7)}"
            words = f"Check no. {number}, dated today, account {account}; writes in the amount that you name."
            return Offer(words, Tender(kind, number=number))
        return Offer(f"Money order no. {number} for what is due.", Tender(kind, number=number))

    def _number(self) -> str:
        self.checks += self.chance.randrange(1, 40)
        return str(self.checks)

    def _split(self, words: Words, line: CartLine) -> Turn:
        total = self._total((line,))
        first, second = self._taken(TenderKind.CHECK), self._taken(TenderKind.CASH)
        if {first, second} != {TenderKind.CHECK, TenderKind.CASH} or total <= PRECUT:
            return self._turn(words, (line,), TenderKind.CHECK)
        number = self._number()
        check = Offer(
            f"Check no. {number}, dated today, made out for {plain(PRECUT)}.",
            Tender(TenderKind.CHECK, PRECUT, number=number),
        )
        return self._sale(words, (line,), (check, self._cash(total - PRECUT)))

    def _repaid(self, number: int) -> Card:
        """A returned check is repaid in cash or certified funds, never by another check of the same customer."""
        words, fee = self._asked(Visit.RETURNED)
        bill_words, bill = self._asked(Visit.UTILITY, "WTR-SFR")
        told = Words(f"{words.said.rstrip('.')}, and the bill it was for. {bill_words.meaning or bill_words.said}")
        turn = self._turn(told, (fee, bill), self._taken(TenderKind.CASH, TenderKind.MONEY_ORDER))
        turn = self._refused_first(turn, "dated today", "A returned check is not repaid by another check.")
        return Card(number, Visit.RETURNED, self._name(told), (turn,), self._par(turn))

    def _par(self, *turns: Turn) -> int:
        """Seconds for a visit: the tender, the lines and what is keyed for them, each offer that is turned down."""
        seconds = 0
        for turn, wanted in ((turn, turn.wanted) for turn in turns if turn.wanted is not None):
            seconds += max(_PAR.get(tender.kind, _PAR_OTHER) for tender in wanted.tenders)
            seconds += _PAR_LINE * (len(wanted.lines) - 1 + len(wanted.tenders) - 1)
            seconds += _PAR_INPUT * sum(len(line.inputs) for line in wanted.lines)
            seconds += _PAR_OFFER * sum(bool(offer.refuse) for offer in turn.offers) + _PAR_VOID * turn.voids
        return seconds

    # ---- snares

    def _lay(self, dealt: list[Card], snare: Callable[[Card], Turn | None]) -> None:
        """Lay a snare over one customer who still has none; a day that offers nobody goes without it."""
        fitting = list(range(len(dealt)))
        self.chance.shuffle(fitting)
        for at in fitting:
            card = dealt[at]
            free = card.number not in self.snared and card.visit not in _NO_SNARE
            turn = snare(card) if free else None
            if turn is not None:
                turns = (card.turns[0], turn) if turn.voids else (turn,)
                dealt[at] = replace(card, turns=turns, par=self._par(*turns))
                self.snared.add(card.number)
                return

    def _refused_first(self, turn: Turn, dated: str, why: str, account: str = "") -> Turn:
        account = account or f"6{self.chance.randrange(10**6, 10**7)}"
        number = self._number()
        words = f"Check no. {number}, {dated}, account {account}; writes in the amount that you name."
        refused = Offer(words, Tender(TenderKind.CHECK, number=number), why)
        return replace(turn, offers=(refused, *(replace(one, words=f"If not: {one.words}") for one in turn.offers)))

    def _post_dated(self, card: Card) -> Turn | None:
        ahead = self.day + timedelta(days=self.chance.randrange(3, 20))
        return self._check_first(card, f"dated {ahead}", "The check is post-dated.")

    def _stale(self, card: Card) -> Turn | None:
        old = self.day - timedelta(days=self.policy.stale_check_days + self.chance.randrange(10, 60))
        return self._check_first(card, f"dated {old}", "The check is stale.")

    def _listed(self, card: Card) -> Turn | None:
        why = "The account stands on the returned-check list."
        return self._check_first(card, "dated today", why, LISTED_ACCOUNT)

    def _check_first(self, card: Card, dated: str, why: str, account: str = "") -> Turn | None:
        if not _pays(card, TenderKind.CASH) or TenderKind.CHECK.value not in self.policy.tenders:
            return None
        return self._refused_first(card.turns[0], dated, why, account)

    def _keep_change(self, card: Card) -> Turn | None:
        """Money for the city beyond what is due is no tip: the change is given back."""
        turn = card.turns[0]
        if not _pays(card, TenderKind.CASH) or turn.wanted is None:
            return None
        again = self._turn(turn.words, turn.wanted.lines, TenderKind.CASH, cents_over=True)
        return replace(again, words=_more(turn.words, "Keep the change."))

    def _aloud(self, card: Card) -> Turn | None:
        if not _pays(card, TenderKind.CARD):
            return None
        return replace(card.turns[0], words=_more(card.turns[0].words, "Shall I read my card number out to you?"))

    def _wrong_account(self, card: Card) -> Turn | None:
        """The sale goes to the wrong account: it is taken back and made again, in one visit."""
        turn = card.turns[0]
        if card.visit is not Visit.UTILITY or not _pays(card, TenderKind.CHECK) or turn.wanted is None:
            return None
        words, line = self._asked(Visit.UTILITY)
        if line == turn.wanted.lines[0]:
            return None
        said = f"Wait, that was my neighbor’s account! Take it back. Mine is: {words.meaning or words.said}"
        return replace(self._turn(Words(said), (line,), TenderKind.CHECK), voids=True)


def _pays(card: Card, kind: TenderKind) -> bool:
    turn = card.turns[0]
    return turn.wanted is not None and tuple(one.kind for one in turn.wanted.tenders) == (kind,)


def _more(words: Words, said: str) -> Words:
    return replace(words, said=f"{words.said} {said}")


def _pieces_words(amount: Cents) -> str:
    """Cash as it lies on the counter, the largest first."""
    parts = []
    for value, name in PIECES:
        if value in {200, 50}:
            continue
        number, amount = divmod(amount, value)
        if number:
            parts.append(f"{number} × {name}")
    return "Cash: " + ", ".join(parts) + "."
