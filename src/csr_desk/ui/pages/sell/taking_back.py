"""F8: take a receipt back, whichever way is open: void, refund, another tender, another bill. Knows no Qt."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from csr_desk.domain.ledger import EventKind, TenderRow
from csr_desk.domain.money import shown
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.tender import TRAITS, Tender, TenderKind, kind_name
from csr_desk.ui.context import Choice, Field, Tone
from csr_desk.ui.dates import sentence_words
from csr_desk.ui.pages.sell import tenders
from csr_desk.ui.pages.sell.corrections import words_of
from csr_desk.ui.pages.sell.picture import RefundRow, Wanted
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.lines import Line
    from csr_desk.services.reapply import Reapplied
    from csr_desk.services.refunds import Worked
    from csr_desk.services.ways_back import WaysBack
    from csr_desk.ui.pages.sell.presenter import SellPresenter

REFUND, TENDER, ANEW = "\0refund", "\0tender", "\0anew"
"""Choices that are no reason of a void."""


def refund_reasons() -> tuple[str, ...]:
    """What a refund is for, by digit."""
    return (
        tr("Work not begun"),
        tr("Withdrawn by the customer"),
        tr("Not made or not delivered"),
        tr("Charged by mistake"),
        tr("Ordered by a court or officer"),
    )


def tender_reasons() -> tuple[str, ...]:
    """What the correction of a tender is for, by digit."""
    return tr("Keyed as the wrong kind"), tr("Customer changed the tender"), tr("Found at the count")


def anew_reasons() -> tuple[str, ...]:
    """What applying anew is for, by digit."""
    return tr("Wrong account"), tr("Wrong bill"), tr("Wrong item"), tr("The stub was another customer’s")


class TakingBack:
    """The ways back of one sell page."""

    def __init__(self, sale: SellPresenter) -> None:
        """Take back receipts beside the cart of ``sale``."""
        self.sale = sale
        self.context = sale.context

    def start(self) -> None:
        """F8: the receipt that is looked at, else the last one; a digit voids it, a letter goes another way."""
        self.sale.corrections.with_receipt(self._look)

    def _look(self, receipt: Receipt) -> None:
        if receipt.kind is not EventKind.SALE or receipt.voided_by:
            words = tr("{receipt} cannot be taken back: key another receipt’s number")
            self.sale.view.show_hint(words.format(receipt=receipt.number), fault=True)
            return
        desk, actor = self.context.desk, self.context.actor

        def read() -> WaysBack:
            from csr_desk.services.ways_back import ways_back

            return ways_back(desk, actor, receipt.number)

        self.context.read(read, self._offer)

    def _offer(self, ways: WaysBack) -> None:
        from csr_desk.services.corrections import void_reasons

        choices = []
        if ways.void:
            choices.append(Choice("1", tr("Void it"), "", ways.void))
            title = tr("Take {receipt} back?")
        else:
            reasons = enumerate(void_reasons(self.context.desk), start=1)
            choices += [Choice(str(at), text, text) for at, text in reasons]
            title = tr("Void {receipt}? The digit says why.")
        choices += [
            Choice("R", tr("Refund by line…"), REFUND, ways.refund),
            Choice("T", tr("Correct the kind of tender…"), TENDER, ways.correct),
            Choice("A", tr("Apply to the right bill…"), ANEW, ways.reapply),
        ]

        def go(value: str) -> None:
            {REFUND: self._refund, TENDER: self._tender, ANEW: self._anew}.get(value, lambda _: None)(ways)
            if value not in {REFUND, TENDER, ANEW}:
                self._void(ways.receipt, value)

        self.context.shell.ask_reason(title.format(receipt=words_of(ways.receipt)), choices, go)

    # ---- void

    def _void(self, receipt: Receipt, reason: str) -> None:
        from csr_desk.services import corrections

        desk, actor = self.context.desk, self.context.actor
        command = corrections.Void(str(uuid.uuid4()), receipt.number, reason)
        self.context.act_or_ask(
            lambda approval: corrections.void(desk, actor, command, approval), lambda done: self._voided(receipt, done)
        )

    def _voided(self, receipt: Receipt, void: Receipt) -> None:
        words = (
            tr("{receipt} is void ({void}). Give back {amount}.")
            if receipt.collected
            else tr("{receipt} is void ({void}). Nothing to give back.")
        )
        self._done(words.format(receipt=receipt.number, void=void.number, amount=shown(receipt.collected)))

    def _done(self, said: str) -> None:
        self.sale.corrections.look_away()
        self.sale.forget_finished()
        self.context.shell.banner(said, Tone.OK)
        self.sale.view.focus_search()

    def _ask_reason(self, title: str, reasons: tuple[str, ...], then: Callable[[str], None]) -> None:
        choices = [Choice(str(at), text, text) for at, text in enumerate(reasons, start=1)]
        self.context.shell.ask_reason(title, choices, then, free_text=True)

    # ---- refund

    def _refund(self, ways: WaysBack) -> None:
        rows = [
            RefundRow(line.number, line.name, _about(line.amount, f"{line.left.normalize():f}", line.unit), line.left,
                      line.refused)
            for line in ways.lines
        ]  # fmt: skip
        number = ways.receipt.number
        title = tr("What goes back of {receipt}?").format(receipt=words_of(ways.receipt))
        self.sale.view.ask_refund(
            title,
            rows,
            lambda wanted, payables: self._work_out(number, wanted, by_payables=payables),
            lambda wanted, payables: self._refund_why(ways.receipt, wanted, by_payables=payables),
        )

    def _work_out(self, number: str, wanted: Wanted, *, by_payables: bool) -> None:
        from csr_desk.services import refunds

        desk, actor, view = self.context.desk, self.context.actor, self.sale.view
        command = refunds.Refund("", number, wanted, "", "payables" if by_payables else "")

        def told(worked: Worked) -> None:
            rules = [sentence_words(said) for line in worked.lines for said in line.explain]
            how = "\n".join((_by(worked.way.rows), *rules))
            view.show_refund(f"${shown(worked.amount)}", how, two_ways=by_payables or not worked.way.by_payables)

        def refused(error: Exception) -> None:
            view.show_refund_fault(getattr(error, "message", str(error)))

        self.context.read(lambda: refunds.work_out(desk, actor, command), told, refused)

    def _refund_why(self, receipt: Receipt, wanted: Wanted, *, by_payables: bool) -> None:
        from csr_desk.services import refunds

        desk, actor = self.context.desk, self.context.actor
        how = "payables" if by_payables else ""

        def read() -> Worked:
            return refunds.work_out(desk, actor, refunds.Refund("", receipt.number, wanted, "", how))

        def ask(worked: Worked) -> None:
            title = tr("Give back {amount}. Why?").format(amount=shown(worked.amount))

            def why(reason: str) -> None:
                if worked.way.by_payables:
                    self._payee(receipt, lambda payee: send(reason, payee))
                else:
                    send(reason, refunds.Payee())

            self._ask_reason(title, refund_reasons(), why)

        def send(reason: str, payee: refunds.Payee) -> None:
            command = refunds.Refund(str(uuid.uuid4()), receipt.number, wanted, reason, how, payee)
            self.context.act_or_ask(lambda approval: refunds.refund(desk, actor, command, approval), self._refunded)

        self.context.read(read, ask)

    def _payee(self, receipt: Receipt, then: Callable[..., None]) -> None:
        from csr_desk.domain.payables import same_person
        from csr_desk.services.refunds import Payee

        payor = receipt.customer.partition(" · ")[0]
        fields = (
            Field("payee", tr("Payee"), payor, hint=tr("may stay empty: the accountant completes it")),
            Field("address", tr("Address"), hint=tr("where the payment is sent")),
            Field("why", tr("Why somebody else than who paid"), hint=tr("only then")),
        )

        def take(values: dict[str, str]) -> str | None:
            other = values["payee"] and payor and not same_person(values["payee"], payor)
            if other and not values["why"]:
                return tr("The receipt names {payor}. Say why somebody else is paid.").format(payor=payor)
            then(Payee(values["payee"], values["address"], values["why"]))
            return None

        self.context.shell.ask_fields(tr("Whom do the city’s payables pay?"), fields, take)

    def _refunded(self, refund: Receipt) -> None:
        words = tr("Refund {refund} of {receipt}: {ways}.")
        said = words.format(refund=refund.number, receipt=refund.reverses, ways=_by(refund.tenders))
        self._done(said)

    # ---- another tender

    def _tender(self, ways: WaysBack) -> None:
        wrong = [Choice(str(at), kind_name(kind), kind) for at, kind in enumerate(ways.paid_by, start=1)]
        if len(wrong) == 1:
            self._tender_to(ways.receipt, TenderKind(wrong[0].value))
        else:
            title = tr("Which tender of {receipt} was keyed wrong?").format(receipt=ways.receipt.number)
            self.context.shell.ask_reason(title, wrong, lambda kind: self._tender_to(ways.receipt, TenderKind(kind)))

    def _tender_to(self, receipt: Receipt, wrong: TenderKind) -> None:
        kinds = [kind for kind in TenderKind if kind is not wrong and kind.value in self.context.desk.policy.tenders]
        choices = [Choice(str(at), TRAITS[kind].name, kind.value) for at, kind in enumerate(kinds, start=1)]
        title = tr("{wrong} was keyed. What was it really?").format(wrong=TRAITS[wrong].name)
        self.context.shell.ask_reason(title, choices, lambda kind: self._tender_facts(receipt, wrong, TenderKind(kind)))

    def _tender_facts(self, receipt: Receipt, wrong: TenderKind, right: TenderKind) -> None:
        asked = tenders.fields_of(right)
        desk = self.context.desk
        rules = tenders.CheckRules(desk.today(), desk.policy.stale_check_days)

        def why(tender: Tender) -> None:
            title = tr("{wrong} becomes {right}. Why?").format(wrong=TRAITS[wrong].name, right=TRAITS[right].name)
            self._ask_reason(title, tender_reasons(), lambda reason: self._correct(receipt, (wrong, tender), reason))

        def take(values: dict[str, str]) -> str | None:
            fault = tenders.fault_of(right, 1, values, rules)
            if fault is None:
                why(replace(tenders.tender_of(right, 1, values, rules), amount=None))
            return fault

        if asked:
            self.context.shell.ask_fields(TRAITS[right].name, asked, take)
        else:
            why(Tender(right))

    def _correct(self, receipt: Receipt, kinds: tuple[TenderKind, Tender], reason: str) -> None:
        from csr_desk.services import tender_corrections

        desk, actor = self.context.desk, self.context.actor
        command = tender_corrections.CorrectTender(str(uuid.uuid4()), receipt.number, *kinds, reason)
        words = tr("{receipt} stands as paid by {kind} now ({correction}).")
        self.context.act_or_ask_all(
            lambda approval: tender_corrections.correct_tender(desk, actor, command, approval),
            lambda done: self._done(
                words.format(receipt=receipt.number, kind=TRAITS[kinds[1].kind].name.lower(), correction=done.number)
            ),
        )

    # ---- another bill

    def _anew(self, ways: WaysBack) -> None:
        title = tr("What was {receipt} meant for?").format(receipt=words_of(ways.receipt))
        cart = "" if self.sale.cart.lines else tr("The cart is empty: key the right items first, then F8.")
        choices = (
            Choice("1", tr("A bill, by its number"), "bill"),
            Choice("2", tr("An account, its oldest bills first"), "account"),
            Choice("3", tr("What is in the cart now"), "cart", cart),
        )

        def go(kind: str) -> None:
            if kind == "cart":
                self._anew_why(ways.receipt, self.sale.cart.plain_lines(), from_cart=True)
            else:
                self._anew_number(ways.receipt, kind)

        self.context.shell.ask_reason(title, choices, go)

    def _anew_number(self, receipt: Receipt, kind: str) -> None:
        from csr_desk.services.lines import BillLine

        label = tr("Number of the bill") if kind == "bill" else tr("Number of the account")

        def take(values: dict[str, str]) -> str | None:
            if not values["number"]:
                return tr("Key the number.")
            self._anew_why(receipt, (BillLine(kind, values["number"]),), from_cart=False)
            return None

        title = tr("{amount} goes to").format(amount=shown(receipt.total))
        self.context.shell.ask_fields(title, (Field("number", label),), take)

    def _anew_why(self, receipt: Receipt, lines: tuple[Line, ...], *, from_cart: bool) -> None:
        from csr_desk.services import reapply

        desk, actor = self.context.desk, self.context.actor

        def send(reason: str) -> None:
            command = reapply.Reapply(str(uuid.uuid4()), receipt.number, lines, reason, self.sale.cart.customer)
            self.context.act_or_ask(
                lambda approval: reapply.reapply(desk, actor, command, approval),
                lambda done: self._applied(done, from_cart=from_cart),
            )

        self._ask_reason(tr("Take {receipt} back and apply it anew. Why?").format(receipt=receipt.number),
                         anew_reasons(), send)  # fmt: skip

    def _applied(self, done: Reapplied, *, from_cart: bool) -> None:
        if from_cart:
            self.sale.empty()
        words = tr("{old} is taken back ({back}); {new} stands in its place. No money moves.")
        self._done(words.format(old=done.taken_back.reverses, back=done.taken_back.number, new=done.applied.number))


def _about(amount: int, left: str, unit: str) -> str:
    words = tr("{amount} paid · {left} {unit} left") if unit else tr("{amount} paid · {left} left")
    return words.format(amount=shown(amount), left=left, unit=unit)


def _by(rows: tuple[TenderRow, ...]) -> str:
    """How a refund goes, in a few words."""
    said = []
    for row in rows:
        name = kind_name(row.kind)
        ending = tr("{tender} ending {last4}").format(tender=name, last4=row.last4) if row.last4 else name
        said.append(tr("{amount} by {tender}").format(amount=shown(-row.amount), tender=ending))
    return ", ".join(said)
