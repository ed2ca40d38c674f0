"""Sales with every kind of tender, bills in whole and in part, carts that wait and are taken up again."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from csr_desk.domain.cart import CartLine
from csr_desk.domain.people import Act
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import carts_held, sell
from csr_desk.services.lines import BillLine, Line
from machine import price_list as prices
from machine.model import COUNTER, DRAWERS, Met, Parked
from machine.price_list import ITEMS, RECEIVABLE, SoldLine
from machine.station import PICK, SIGNERS, WORDS, Station, act, odd

CARTS = st.lists(
    st.tuples(st.sampled_from([item.code for item in ITEMS]), st.integers(1, 9)), min_size=1, max_size=2
).map(tuple)
"""Codes and units."""
USUAL = ("cash", "cash rest", "check", "card", "check+cash", "card+cash", "money_order", "transfer")
WAYS = st.sampled_from(
    (*USUAL, *USUAL, *USUAL, "cash", "cash rest", "too little", "too little check", "too much", "nothing left",
     "a card number", "no number")
)  # fmt: skip
CERTIFIED = frozenset({"cash", "money_order"})
PARTS = st.sampled_from(("all", "all", "part", "too much", "nothing", "unknown"))

Tenders = tuple[tuple[str, int | None], ...]


def tender(kind: str, amount: int | None, number: str = "0117") -> Tender:
    """Make a tender with what it must carry."""
    if kind == "card":
        return Tender(TenderKind.CARD, amount, last4="1881", authorization="A501")
    if kind == "transfer":
        return Tender(TenderKind.TRANSFER, amount, document="IDT-4471", department="Parks")
    return Tender(TenderKind(kind), amount, number=number if kind in {"check", "money_order"} else "")


def paid(way: str, total: int) -> Tenders:
    """Say what a customer lays down for a total (cents)."""
    some = max(1, min(total - 1, 9_000))
    return {
        "cash": (("cash", (total // 2_000 + 1) * 2_000),),
        "cash rest": (("cash", None),),
        "check+cash": (("check", some), ("cash", (total - some) // 500 * 500 + 500)),
        "card+cash": (("card", some), ("cash", None)),
        "too little": (("cash", max(total - 6, 1)),),
        "too little check": (("check", some),),
        "too much": (("check", total + 1),),
        "nothing left": (("check", total), ("cash", None)),
        "a card number": (("check", total),),
        "no number": (("check", total),),
    }.get(way, ((way, total),))


class Selling(Station):
    """At the counter."""

    def cart(self, wanted: tuple[tuple[str, int], ...]) -> tuple[tuple[Line, ...], tuple[SoldLine, ...]]:
        """Write a cart for the program and for the model; one permit at most, each thing once."""
        keyed: list[Line] = []
        sold: list[SoldLine] = []
        seen: set[str] = set()
        for code, number in wanted:
            item = prices.BY_CODE[code]
            if code in seen or (item.admin and any(prices.BY_CODE[one].admin for one in seen)):
                continue
            seen.add(code)
            units = 1 if item.one_only else number
            inputs = {**item.inputs, **({item.counted_by: str(units)} if item.counted_by else {})}
            keyed.append(CartLine(code, inputs, quantity=Decimal(1 if item.counted_by else units)))
            sold.extend(item.lines(units))
        return tuple(keyed), tuple(sold)

    def money(self, user: str, way: str, met: Met) -> str:
        """Say what is wrong with the money alone."""
        batch = self.held(user)
        cash = any(kind == "cash" for kind, _, _ in met.rows)
        locked = cash and batch is not None and batch.cash >= self.office.cash_lock
        return self.first(met.refusal, "drawer_locked" if locked else "", "not_enough" if met.rest > 0 else "")

    def pay(
        self,
        who: tuple[str, str | None],
        lines: tuple[tuple[Line, ...], tuple[SoldLine, ...]],
        way: str,
        fault: str = "",
        parked: Parked | None = None,
    ) -> None:
        """Sell, whatever it is; ``fault`` is what is wrong with the cart."""
        user, drawer = who
        keyed, sold = lines
        office = self.office
        total = sum(line.amount for line in sold)
        wanted = paid(way, total)
        met = office.meet(total, wanted)
        number = {"a card number": "4111111111111111", "no number": ""}.get(way, "0117")
        tenders = tuple(tender(kind, amount, number) for kind, amount in wanted)
        keyed_wrong = {"a card number": "card_number_refused", "no number": "missing_input"}.get(way, "")
        before = self.first(self.permitted(user), keyed_wrong)
        place = self.first("not_found" if drawer == "HPC-9" else "", office.cannot_sell(user, drawer))
        cart = self.first(fault, met.refusal)
        refusal: str | set[str] = self.first(before, place, cart, self.money(user, way, met))
        if not before and place and cart:
            refusal = {place, cart}  # both are true; which one is said depends on what the station knew already
        if not before and not place and not cart and not refusal and parked and parked.state != "held":
            refusal = "conflict"

        def effect(receipt: Receipt) -> None:
            batch = office.batch_of(user)
            assert batch is not None
            paper = office.sell(batch, sold, met)
            told = (receipt.number, receipt.total, receipt.rounding, receipt.change, receipt.fees)
            assert told == (paper.number, total, met.nickel, met.change, sum(met.fees))
            if parked:
                parked.state = "sold"

        command = sell.CompleteSale(
            self.key(), drawer, keyed, tenders, demo_inputs=True, held=parked.number if parked else None
        )
        self.do(
            f"sale of {total} by {user}, {way}",
            refusal,
            lambda: sell.complete_sale(self.desk, self.who(user), command),
            effect,
            lambda receipt: (receipt.number, receipt.code, receipt.total),
        )

    @act(12, pick=PICK, wanted=CARTS, way=WAYS, drawer=st.sampled_from((None,) * 9 + (*DRAWERS, "HPC-9")))
    def sale(self, pick: int, wanted: tuple[tuple[str, int], ...], way: str, drawer: str | None) -> None:
        self.pay((self.someone(pick, self.sellers()), drawer), self.cart(wanted), way)

    @act(8, pick=PICK, which=PICK, part=PARTS, way=WAYS)
    def pay_bill(self, pick: int, which: int, part: str, way: str) -> None:
        """Pay a bill; one that claims a returned item is paid in cash or certified funds only."""
        office = self.office
        bill = self.one([*office.bills, *office.claims], which)
        due = office.due(bill)
        amount = {"all": None, "part": max(1, due // 3), "too much": due + 1, "nothing": 0}.get(part)
        number = "W-99" if part == "unknown" else bill
        fault = self.first(
            "not_found" if number not in office.bills else "",
            "already_paid" if not due else "",
            "bad_input" if part in {"too much", "nothing"} else "",
        )
        cents = due if amount is None else amount
        sold = SoldLine("open_amount", "", cents, {RECEIVABLE: cents}, bill=number)
        user = self.someone(pick, self.sellers())
        if fault:
            way = "cash rest"  # what is wrong with the money does not matter then
        elif number in office.claims and any(kind not in CERTIFIED for kind, _ in paid(way, cents)):
            fault = "tender_refused"
        self.pay_owed(user, (BillLine("bill", number, amount), sold), way, fault)

    def pay_owed(self, user: str, line: tuple[BillLine, SoldLine], way: str, fault: str) -> None:
        """Pay a bill; a cart that cannot be is refused before its money is looked at."""
        keyed, sold = line
        if fault:
            sold = SoldLine("open_amount", "", 100, {RECEIVABLE: 100})
        self.pay((user, None), ((keyed,), (sold,)), way, fault)

    @act(2, pick=PICK, wanted=CARTS)
    def hold(self, pick: int, wanted: tuple[tuple[str, int], ...]) -> None:
        user = self.someone(pick, self.sellers())
        keyed, _ = self.cart(wanted)
        key = self.key()
        cart = Parked(f"H-{len(self.office.parked) + 1:04d}", key, user, wanted)

        def effect(held: carts_held.Held) -> None:
            assert held.number == cart.number
            self.office.parked.append(cart)

        command = carts_held.Hold(carts_held.CartDraft(key, keyed), "Contractor", demo_inputs=True)
        self.do(
            f"hold by {user}",
            self.permitted(user),
            lambda: carts_held.hold(self.desk, self.who(user), command),
            effect,
            lambda held: held.number,
            lambda: "conflict" if cart.state == "cancelled" else "",
        )

    @act(3, pick=PICK, which=PICK, way=WAYS)
    def resume(self, pick: int, which: int, way: str) -> None:
        """Finish a parked cart at any drawer; one that was sold is not sold again."""
        if self.office.parked:
            waiting = [cart for cart in self.office.parked if cart.state == "held"]
            cart = self.one(waiting if waiting and not odd(which) else self.office.parked, which)
            self.pay((self.someone(pick, self.sellers()), None), self.cart(cart.lines), way, parked=cart)

    @act(1, pick=PICK, which=PICK)
    def throw_away(self, pick: int, which: int) -> None:
        """Throw a parked cart away, which always leaves its trace."""
        if self.office.parked:
            cart = self.one(self.office.parked, which)
            user = self.someone(pick, sorted(COUNTER))

            def effect(_key: object) -> None:
                if cart.state == "held":
                    cart.state = "cancelled"
                    self.office.entries["cart_cancelled"] += 1

            self.do(
                f"throw_away {cart.number} by {user}",
                self.permitted(user),
                lambda: carts_held.discard_draft(self.desk, self.who(user), cart.key),
                effect,
            )

    @act(2, pick=PICK, amount=st.integers(100, 4_000), reason=WORDS, signer=SIGNERS)
    def override(self, pick: int, amount: int, reason: str, signer: str) -> None:
        """Sell an alarm permit at a price keyed by hand."""
        office = self.office
        user = self.someone(pick, self.sellers())
        batch = self.held(user)
        key = self.key()
        met = office.meet(amount, (("check", amount),))
        place = office.cannot_sell(user, None)
        before = self.permitted(user)
        fault = "" if reason else "missing_input"
        refusal: str | set[str] = self.first(before, place, fault, self.unsigned(signer, user))
        if not before and place and fault:
            refusal = {place, fault}
        # the 5.00 of the alarm fund come first, what is left is the office's
        fund = min(amount, 500)
        accounts = {"1000.6500010020.422050": amount - fund, "2206.6500010021.424100": fund}
        sold = (SoldLine("item", "ALM-RES", amount, accounts),)

        def effect(receipt: Receipt) -> None:
            assert batch is not None
            assert receipt.number == office.sell(batch, sold, met).number

        line = CartLine("ALM-RES", amount=amount, override_reason=reason)
        command = sell.CompleteSale(key, None, (line,), (tender("check", amount),), demo_inputs=True)
        approval = self.approval(signer, user, (Act.OVERRIDE_PRICE, key, amount))
        self.do(
            f"override {amount} by {user}",
            refusal,
            lambda: sell.complete_sale(self.desk, self.who(user), command, approval),
            effect,
            lambda receipt: (receipt.number, receipt.total),
        )
