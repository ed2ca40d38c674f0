"""What is owed, in the cart: by a scanned coupon or a keyed number; paid in part or put by hand. Knows no Qt."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from csr_desk.domain.errors import AlreadyPaid, Conflict, NotFound, Refusal
from csr_desk.domain.keyed_amount import looks_like_amount
from csr_desk.domain.money import parse_till, shown
from csr_desk.domain.receivable.scan_line import is_scan_line
from csr_desk.ui.cart.owed_line import OwedLine
from csr_desk.ui.context import Field, Tone
from csr_desk.ui.dates import sentence_words
from csr_desk.ui.pages.sell.picture import Found, Suggestion
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.lines import BillLine, OrderLine, PutOn
    from csr_desk.services.owing import OpenDebt, Owing
    from csr_desk.ui.pages.sell.presenter import SellPresenter

_NUMBER = re.compile(r"(?=(?:.*[0-9]){3})[0-9A-Za-z][0-9A-Za-z./-]{3,39}", re.ASCII)
SURELY = 9
"""Figures that are an account even beside an open cart, where fewer are money."""
MOST_FIELDS = 12


class Debts:
    """Accounts and bills of one sell page."""

    def __init__(self, sale: SellPresenter) -> None:
        """Put what is owed into the cart of ``sale``."""
        self.sale = sale

    # ---- finding

    def reads(self, text: str, chosen: Suggestion | None) -> bool:
        """Say whether Enter means an account or a bill: a coupon always, a number where it is not another thing's.

        A person may be found by it as well, by a telephone or by what looks alike: the number itself goes first.
        """
        number = text.strip()
        if is_scan_line(number):
            return True
        if (chosen is not None and chosen.kind is not Found.CUSTOMER) or _NUMBER.fullmatch(number) is None:
            return False
        figures = sum(sign.isdigit() for sign in number)
        money = looks_like_amount(number) and bool(self.sale.picture.rows)
        return not money or figures >= SURELY or number.startswith("00")

    def look_up(self, text: str, person: Suggestion | None = None) -> None:
        """Find what a scan or a number stands for and put it into the cart; else the person who was found by it."""
        desk, actor = self.sale.context.desk, self.sale.context.actor

        def read() -> Owing:
            from csr_desk.services import owing

            return owing.look_up(desk, actor, text)

        self.sale.context.read(
            read, self._take, lambda error: self._not_found(error, person or self.sale.finding.only_thing(text))
        )

    def _take(self, found: Owing) -> None:
        sale = self.sale
        sale.view.set_search("")
        new = OwedLine.of(found)
        if any(isinstance(one, OwedLine) and one.name == new.name for one in sale.cart.lines):
            sale.view.show_hint(tr("{name} stands in the cart already").format(name=new.name), fault=True)
            return
        sale.forget_finished()
        sale.corrections.look_away()
        sale.cart.lines.append(new)
        sale.picked, sale.explained = len(sale.cart.lines) - 1, False
        sale.changed()
        sale.view.focus_search()
        self._warn(found)

    def _warn(self, found: Owing) -> None:
        if found.warnings:
            self.sale.context.shell.banner(" ".join(map(sentence_words, found.warnings)), Tone.WARN)

    def _not_found(self, error: Exception, other: Suggestion | None) -> None:
        """Take the person, the permit or the like that was found by it; a project with nothing due has a page."""
        if other is not None and isinstance(error, NotFound):
            self.sale.choose(other)
        elif isinstance(error, Refusal):
            self.sale.view.show_hint(error.message, fault=True)
        else:
            self.sale.context.shell.problem(error)

    # ---- another amount, other debts

    def other_amount(self, at: int) -> bool:
        """Ctrl+P on what is owed: pay another amount; False where the line is an item."""
        line = self.sale.cart.lines[at]
        if not isinstance(line, OwedLine):
            return False
        debt = line.debt
        if debt is None or debt.kind == "deposit":
            paid_whole = tr("An order is paid whole") if debt is None else tr("A deposit is taken as it was charged")
            self.sale.view.show_hint(paid_whole, fault=True)
            return True
        fields = (Field("amount", tr("Amount that is paid"), digits=True, hint=tr("empty: all that is due")),)

        def take(values: dict[str, str]) -> str | None:
            try:
                cents = parse_till(values["amount"]) if values["amount"] else None
            except Refusal as refusal:
                return refusal.message
            self._spread(at, replace(debt, amount=cents, parts=(), reason=""))
            return None

        title = tr("{amount} is due. How much is paid? What is more stands to the account’s credit.")
        self.sale.context.shell.ask_fields(title.format(amount=shown(line.due)), fields, take)
        return True

    def put_by_hand(self) -> None:
        """Ctrl+O: put the payment of the picked line on other debts than the rule would, with a reason."""
        at = self.sale.picked
        line = self.sale.cart.lines[at] if at is not None and at < len(self.sale.cart.lines) else None
        if at is None or not isinstance(line, OwedLine) or line.debt is None or line.debt.kind == "deposit":
            self.sale.view.show_hint(tr("Pick an account or a bill first"), fault=True)
            return
        desk, actor, account, keyed = self.sale.context.desk, self.sale.context.actor, line.account, line.debt

        def read() -> tuple[OpenDebt, ...]:
            from csr_desk.services import owing

            return owing.open_debts(desk, actor, account)

        self.sale.context.read(read, lambda debts: self._ask_where(at, keyed, debts))

    def _ask_where(self, at: int, line: BillLine, debts: Sequence[OpenDebt]) -> None:
        offered = [one for one in debts if line.kind == "account" or one.bill == line.number][:MOST_FIELDS]
        fields = [Field(str(n), _words(one), digits=True, hint=shown(one.open)) for n, one in enumerate(offered)]
        fields.append(Field("reason", tr("Why not by the rule"), hint=tr("stands in the record")))

        def take(values: dict[str, str]) -> str | None:
            from csr_desk.services.lines import PutOn

            parts = []
            try:
                for n, one in enumerate(offered):
                    if values[str(n)]:
                        parts.append(PutOn(one.bill, parse_till(values[str(n)]), one.item))
            except Refusal as refusal:
                return refusal.message
            if not parts:
                return tr("Key what goes to which debt.")
            if not values["reason"]:
                return tr("Say why the payment is not applied by the rule.")
            more = next((one for part, one in _paired(parts, offered) if part.amount > one.open), None)
            if more is not None:
                return tr("Only {amount} is open on {debt}.").format(amount=shown(more.open), debt=_words(more))
            self._spread(at, replace(line, amount=None, parts=tuple(parts), reason=values["reason"]))
            return None

        self.sale.context.shell.ask_fields(tr("Put this payment on"), tuple(fields), take)

    def _spread(self, at: int, wanted: BillLine) -> None:
        """Spread a line anew and show it in its place."""

        def show(found: Owing) -> None:
            if at < len(self.sale.cart.lines) and isinstance(self.sale.cart.lines[at], OwedLine):
                self.sale.cart.lines[at] = OwedLine.of(found)
                self.sale.changed()
                self.sale.view.focus_search()

        self._work_out(wanted, show, lambda error: self._not_found(error, None))

    def _work_out(
        self, wanted: BillLine | OrderLine, show: Callable[[Owing], None], failed: Callable[[Exception], None]
    ) -> None:
        desk, actor = self.sale.context.desk, self.sale.context.actor

        def read() -> Owing:
            from csr_desk.services import owing

            return owing.owing(desk, actor, wanted)

        self.sale.context.read(read, show, failed)

    # ---- what changed meanwhile

    def look_again(self, error: Exception) -> None:
        """Somebody else was paid first: show what is due now, and take out what is paid."""
        if not isinstance(error, AlreadyPaid | Conflict):
            return
        owed = [one for one in self.sale.cart.lines if isinstance(one, OwedLine)]
        if owed:
            self.sale.cart.lines = [one for one in self.sale.cart.lines if not isinstance(one, OwedLine)]
            self.sale.cart.tenders.clear()
            whole = [_whole(one) for one in owed]
            self.bring_back(whole)

    def bring_back(self, lines: Sequence[BillLine | OrderLine]) -> None:
        """Put lines of a kept cart back as they stand now; what is paid meanwhile is left out, and said."""

        def back(_said: Sequence[str], left_out: Sequence[str]) -> None:
            if left_out:
                self.sale.context.shell.banner(left_out[-1], Tone.WARN)
            if not self.sale.cart.lines:
                self.sale.clear()  # the emptied one was given up under its key
                self.sale.view.focus_search()

        self._put_all([replace(line, due=None) for line in lines], back)

    def put_deposit(self, account: str) -> None:
        """Put what is left of the deposit that an account was charged into the cart."""
        desk, actor = self.sale.context.desk, self.sale.context.actor

        def read() -> Owing:
            from csr_desk.services import owing
            from csr_desk.services import verification_of_accounts as checks
            from csr_desk.services.lines import BillLine

            found = checks.of_account(desk, actor, account)
            left = found.deposit_amount - found.paid if found is not None and found.state == "verified" else 0
            if left <= 0:
                raise AlreadyPaid(tr("No deposit is due on account {number}.").format(number=account))
            return owing.owing(desk, actor, BillLine("deposit", account, left))

        self.sale.context.read(read, self._take, lambda error: self._not_found(error, None))

    def put_accounts(self, accounts: Sequence[str], then: Callable[[Sequence[str]], None]) -> None:
        """Put all that is due on accounts into the cart, a line each; ``then`` gets what warns of them."""
        from csr_desk.services.lines import BillLine

        there = {one.account for one in self.sale.cart.lines if isinstance(one, OwedLine)}
        lines = [BillLine("account", number) for number in accounts if number not in there]
        self._put_all(lines, lambda said, left_out: then((*said, *left_out)))

    def _put_all(
        self, lines: Sequence[BillLine | OrderLine], then: Callable[[Sequence[str], Sequence[str]], None]
    ) -> None:
        """Put one after the other; ``then`` gets what warns of them, and why others were left out."""
        waiting, said, refused = list(lines), list[str](), list[str]()

        def next_one() -> None:
            if waiting:
                self._work_out(waiting.pop(0), show, left_out)
                return
            sale = self.sale
            sale.picked = len(sale.cart.lines) - 1 if sale.cart.lines else None
            sale.changed()
            sale.view.focus_search()
            then(said, refused)

        def show(found: Owing) -> None:
            self.sale.cart.lines.append(OwedLine.of(found))
            said.extend(map(sentence_words, found.warnings))
            next_one()

        def left_out(error: Exception) -> None:
            refused.append(str(getattr(error, "message", error)))
            next_one()

        next_one()


def _whole(line: OwedLine) -> BillLine | OrderLine:
    """All that is due on it; a deposit stays what was charged."""
    debt = line.debt
    if debt is None or debt.kind == "deposit":
        return line.line
    return replace(debt, amount=None, parts=(), reason="")


def _words(debt: OpenDebt) -> str:
    name = debt.bill_name if debt.name == debt.bill_name else f"{debt.bill_name}: {debt.name}"
    late = tr("late") if debt.late else ""
    return " · ".join(part for part in (debt.bill, name, late) if part)


def _paired(parts: Sequence[PutOn], offered: Sequence[OpenDebt]) -> list[tuple[PutOn, OpenDebt]]:
    by_place = {(one.bill, one.item): one for one in offered}
    return [(part, by_place[(part.bill, part.item or 0)]) for part in parts]
