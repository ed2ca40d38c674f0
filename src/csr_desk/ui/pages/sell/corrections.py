"""Beside the sale: look at a receipt, print it again, open the drawer without a sale, name the customer."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from csr_desk.domain.card_numbers import find_card_number
from csr_desk.domain.errors import CardNumberRefused
from csr_desk.domain.money import shown
from csr_desk.domain.receipt import Receipt
from csr_desk.ui.context import Choice, Context, Field, Tone
from csr_desk.ui.pages.sell.picture import SellView
from csr_desk.ui.wording import tr


class Corrections:
    """Acts on finished receipts; knows no Qt."""

    def __init__(self, context: Context, view: SellView) -> None:
        """No receipt is looked at yet."""
        self._context = context
        self._view = view
        self.receipt: Receipt | None = None

    def look_at(self, number: str) -> None:
        """Show a receipt; F8 then takes this one back."""
        desk, actor = self._context.desk, self._context.actor

        def read() -> Receipt:
            from csr_desk.services.sell import receipt

            return receipt(desk, actor, number)

        self._context.read(read, self._show)

    def _show(self, receipt: Receipt) -> None:
        self.receipt = receipt
        words = tr("{receipt}. F8 takes it back, Shift+F8 prints it again.")
        self._context.shell.banner(words.format(receipt=words_of(receipt)), Tone.INFO)
        self._view.focus_search()

    def look_away(self) -> None:
        """No receipt is looked at any more."""
        self.receipt = None

    def print_again(self) -> None:
        """Print the receipt that is looked at, else the last one, as a duplicate."""
        self.with_receipt(self._reprint)

    def with_receipt(self, then: Callable[[Receipt], None]) -> None:
        """Go on with the receipt that is looked at, else with the last one."""
        if self.receipt is not None:
            then(self.receipt)
            return
        desk, actor = self._context.desk, self._context.actor

        def read() -> Receipt | None:
            from csr_desk.services.sell import last_receipt

            return last_receipt(desk, actor)

        def found(receipt: Receipt | None) -> None:
            if receipt is None:
                self._view.show_hint(tr("You have no receipt yet"), fault=True)
            else:
                then(receipt)

        self._context.read(read, found)

    def _reprint(self, receipt: Receipt) -> None:
        from csr_desk.services import sell

        desk, actor, command = self._context.desk, self._context.actor, sell.Reprint(str(uuid.uuid4()), receipt.number)

        def printed(copy: Receipt) -> None:
            words = tr("{receipt} is printed again as duplicate {number}.")
            self._context.shell.banner(words.format(receipt=copy.number, number=copy.copy), Tone.OK)

        self._context.act(lambda: sell.reprint(desk, actor, command), printed)

    def no_sale(self) -> None:
        """F12: open the drawer without a sale, with a reason."""
        from csr_desk.services import corrections

        desk, actor, key = self._context.desk, self._context.actor, str(uuid.uuid4())
        choices = [Choice(str(at), text, text) for at, text in enumerate(no_sale_reasons(), start=1)]

        def send(reason: str) -> None:
            command = corrections.NoSale(key, reason)
            self._context.act(
                lambda: corrections.no_sale(desk, actor, command),
                lambda _event: self._context.shell.banner(
                    tr("The drawer was opened without a sale; this is recorded."), Tone.OK
                ),
            )

        self._context.shell.ask_reason(tr("Open the drawer without a sale?"), choices, send, free_text=True)

    def ask_customer(self, before: str, then: Callable[[str], None]) -> None:
        """F4: a name and a telephone number."""
        name, _, phone = before.partition(" · ")
        fields = (
            Field("name", tr("Name"), name, hint=tr("as it stands on the receipt")),
            Field("phone", tr("Telephone"), phone, hint=tr("may stay empty")),
        )

        def take(values: dict[str, str]) -> str | None:
            if any(find_card_number(value) for value in values.values()):
                return (CardNumberRefused.__doc__ or "").strip()
            then(" · ".join(value for value in (values["name"], values["phone"]) if value))
            return None

        self._context.shell.ask_fields(tr("Customer"), fields, take)


def no_sale_reasons() -> tuple[str, ...]:
    """Why a drawer is opened without a sale, by the digits 1 to 3; what was chosen is recorded as it was shown."""
    return tr("Change for a customer"), tr("Coins or notes from the safe"), tr("Opened by mistake")


def words_of(receipt: Receipt) -> str:
    """A receipt in a few words."""
    parts = [receipt.number, shown(receipt.total), receipt.customer, tr("void") if receipt.voided_by else ""]
    return " · ".join(part for part in parts if part)
