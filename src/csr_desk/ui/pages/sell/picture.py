"""What the sell page shows, as frozen values that a test can read without a window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeAlias

from csr_desk.domain.money import Cents
from csr_desk.domain.receipt import Receipt
from csr_desk.ui.cart.cart import CartPicture
from csr_desk.ui.cart.line_picture import LinePanel

Span = tuple[int, int]


class Found(StrEnum):
    """What a line of the suggestions stands for."""

    ITEM = "item"
    HELD = "held"
    RECEIPT = "receipt"
    CUSTOMER = "customer"
    THING = "thing"
    """A project, permit, order, inspection, work order or release; the key says which (``permit:P26-000001-9``)."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line under the search box; spans are what matched."""

    kind: Found
    key: str
    code: str
    title: str
    below: str = ""
    right: str = ""
    code_spans: tuple[Span, ...] = ()
    title_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Finished:
    """The sale that was just finished; its change stays until the next customer starts (cents)."""

    receipt: Receipt
    change: Cents
    words: str


Wanted: TypeAlias = tuple[tuple[int, Decimal], ...]
"""Line numbers of a receipt with how many of each go back."""


@dataclass(frozen=True, slots=True)
class RefundRow:
    """A line of the receipt: what it is, what was paid, how many are left; why it cannot go back."""

    number: int
    name: str
    about: str
    left: Decimal
    refused: str = ""

    @property
    def whole(self) -> bool:
        """It is counted in whole numbers; otherwise it goes back at once or not at all."""
        return self.left == int(self.left)

    @property
    def most(self) -> int:
        """The highest number that can be picked."""
        return int(self.left) if self.whole else 1

    def quantity(self, picked: int) -> Decimal:
        """What a number means: the highest one is all that is left."""
        return self.left if picked == self.most else Decimal(picked)


class SellView(Protocol):
    """What the presenter asks of the page."""

    def show_cart(self, picture: CartPicture, picked: int | None) -> None:
        """Show rows, totals and tenders; ``picked`` is the keyed line that is picked."""

    def show_line(self, panel: LinePanel | None, *, explained: bool) -> None:
        """Show the fields of the picked line, or the steps of its price."""

    def show_suggestions(self, found: Sequence[Suggestion], *, picked: bool) -> None:
        """Show what was found; ``picked`` marks the first as the one that Enter takes."""

    def show_hint(self, text: str, *, fault: bool = False) -> None:
        """Say in the search box how what is keyed is read, or what is wrong."""

    def show_paper(self, words: str) -> None:
        """Say above the cart that a paper receipt is entered, or nothing."""

    def show_customer(self, customer: str) -> None:
        """Show who pays."""

    def ask_refund(
        self,
        title: str,
        rows: Sequence[RefundRow],
        look: Callable[[Wanted, bool], None],
        then: Callable[[Wanted, bool], None],
    ) -> None:
        """Ask how many of each line go back; ``look`` hears of each change, ``then`` of the end (by payables?)."""

    def show_refund(self, amount: str, how: str, *, two_ways: bool) -> None:
        """Say in the refund that is open what it comes to, how it goes and by which rule; whether P changes the way."""

    def show_refund_fault(self, text: str) -> None:
        """Say in the refund that is open why it cannot be."""

    def show_finished(self, finished: Finished | None) -> None:
        """Show the change in giant figures, or take it away."""

    def set_search(self, text: str) -> None:
        """Put a text into the search box."""

    def focus_search(self) -> None:
        """Put the cursor into the search box."""

    def focus_field(self, name: str) -> bool:
        """Put the cursor into a field of the line panel; False when there is no such field."""
