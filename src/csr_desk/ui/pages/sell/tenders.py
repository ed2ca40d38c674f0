"""The means of payment as the sell page asks for them: which fields, what it says. Pure."""

from __future__ import annotations

from csr_desk.domain.errors import Refusal
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.settle import check_tender
from csr_desk.domain.tender import TRAITS, SettledTender, Tender, TenderKind
from csr_desk.ui.context import Choice, Field
from csr_desk.ui.wording import tr

OTHERS: tuple[TenderKind, ...] = (
    TenderKind.MONEY_ORDER,
    TenderKind.CASHIERS_CHECK,
    TenderKind.ECHECK,
    TenderKind.TRANSFER,
    TenderKind.ON_ACCOUNT,
)
"""What F10 offers, in the order of its digits."""


def fields_of(kind: TenderKind) -> tuple[Field, ...]:
    """What is asked for beside the amount."""
    return {
        TenderKind.CHECK: (
            Field("number", tr("Check number"), digits=True),
            Field("routing", tr("Routing number"), hint=tr("nine digits, may stay empty"), digits=True),
        ),
        TenderKind.MONEY_ORDER: (Field("number", tr("Number of the money order")),),
        TenderKind.CASHIERS_CHECK: (Field("number", tr("Number of the cashier’s check")),),
        TenderKind.CARD: (
            Field("last4", tr("Last four digits"), hint=tr("never the whole number"), digits=True),
            Field("authorization", tr("Authorization"), hint=tr("as the terminal shows it")),
            Field("brand", tr("Brand"), hint=tr("may stay empty")),
        ),
        TenderKind.ECHECK: (
            Field("routing", tr("Routing number"), hint=tr("nine digits"), digits=True),
            Field("account", tr("Last digits of the account"), hint=tr("only the last four"), digits=True),
        ),
        TenderKind.TRANSFER: (Field("document", tr("Document number")), Field("department", tr("Department"))),
        TenderKind.ON_ACCOUNT: (Field("account", tr("Account")),),
    }.get(kind, ())


def other_choices() -> tuple[Choice, ...]:
    """F10: the other tenders by digit."""
    return tuple(Choice(str(at), TRAITS[kind].name, kind.value) for at, kind in enumerate(OTHERS, start=1))


def headline(kind: TenderKind, amount: Cents, fee: Cents) -> str:
    """The tender before it is taken: the fee is shown first (B14)."""
    words = tr("{tender} {amount} + service fee {fee} = {both}") if fee else "{tender} {amount}"
    return words.format(tender=TRAITS[kind].name, amount=shown(amount), fee=shown(fee), both=shown(amount + fee))


def tender_of(kind: TenderKind, amount: Cents, values: dict[str, str]) -> Tender:
    """Make a tender from what was keyed; raise what ``check_tender`` refuses."""
    tender = Tender(
        kind,
        amount,
        number=values.get("number", ""),
        routing=values.get("routing", ""),
        account=values.get("account", ""),
        brand=values.get("brand", ""),
        last4=values.get("last4", ""),
        authorization=values.get("authorization", ""),
        document=values.get("document", ""),
        department=values.get("department", ""),
    )
    check_tender(tender)
    return tender


def fault_of(kind: TenderKind, amount: Cents, values: dict[str, str]) -> str | None:
    """What is wrong with what was keyed, in a sentence; None when it is right."""
    try:
        tender_of(kind, amount, values)
    except Refusal as refusal:
        return refusal.message
    return None


def words_of(part: SettledTender, rounding: Cents = 0) -> tuple[str, str]:
    """A settled tender as the list shows it: its name, and what is known of it."""
    tender = part.tender
    details = [
        tender.number and tr("no. {number}").format(number=tender.number),
        tender.routing and tr("RTN {number} ✓").format(number=tender.routing),
        tender.brand,
        tender.last4 and f"•••• {tender.last4}",
        tender.document,
        tender.department,
        tender.account and tr("account {number}").format(number=tender.account),
        part.fee and tr("fee {amount}").format(amount=shown(part.fee)),
        rounding and tr("rounded {amount}").format(amount=f"{'+' if rounding > 0 else ''}{shown(rounding)}"),
    ]
    return TRAITS[tender.kind].name, " · ".join(str(detail) for detail in details if detail)
