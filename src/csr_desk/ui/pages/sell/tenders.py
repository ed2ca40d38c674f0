"""The means of payment as the sell page asks for them: which fields, what it says. Pure."""

from __future__ import annotations

from csr_desk.domain.errors import Refusal
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.settle import check_tender
from csr_desk.domain.tender import TRAITS, SettledTender, Tender, TenderKind
from csr_desk.ui.context import Choice, Field

OTHERS: tuple[TenderKind, ...] = (
    TenderKind.MONEY_ORDER,
    TenderKind.CASHIERS_CHECK,
    TenderKind.ECHECK,
    TenderKind.TRANSFER,
    TenderKind.ON_ACCOUNT,
)
"""What F10 offers, in the order of its digits."""

_FIELDS: dict[TenderKind, tuple[Field, ...]] = {
    TenderKind.CHECK: (
        Field("number", "Check number", digits=True),
        Field("routing", "Routing number", hint="nine digits, may stay empty", digits=True),
    ),
    TenderKind.MONEY_ORDER: (Field("number", "Number of the money order"),),
    TenderKind.CASHIERS_CHECK: (Field("number", "Number of the cashier’s check"),),
    TenderKind.CARD: (
        Field("last4", "Last four digits", hint="never the whole number", digits=True),
        Field("authorization", "Authorization", hint="as the terminal shows it"),
        Field("brand", "Brand", hint="may stay empty"),
    ),
    TenderKind.ECHECK: (
        Field("routing", "Routing number", hint="nine digits", digits=True),
        Field("account", "Last digits of the account", hint="only the last four", digits=True),
    ),
    TenderKind.TRANSFER: (Field("document", "Document number"), Field("department", "Department")),
    TenderKind.ON_ACCOUNT: (Field("account", "Account"),),
}


def fields_of(kind: TenderKind) -> tuple[Field, ...]:
    """What is asked for beside the amount."""
    return _FIELDS.get(kind, ())


def other_choices() -> tuple[Choice, ...]:
    """F10: the other tenders by digit."""
    return tuple(Choice(str(at), TRAITS[kind].name, kind.value) for at, kind in enumerate(OTHERS, start=1))


def headline(kind: TenderKind, amount: Cents, fee: Cents) -> str:
    """The tender before it is taken: the fee is shown first (B14)."""
    words = f"{TRAITS[kind].name} {shown(amount)}"
    return f"{words} + service fee {shown(fee)} = {shown(amount + fee)}" if fee else words


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
        tender.number and f"no. {tender.number}",
        tender.routing and f"RTN {tender.routing} ✓",
        tender.brand,
        tender.last4 and f"•••• {tender.last4}",
        tender.document,
        tender.department,
        tender.account and f"account {tender.account}",
        part.fee and f"fee {shown(part.fee)}",
        rounding and f"rounded {'+' if rounding > 0 else ''}{shown(rounding)}",
    ]
    return TRAITS[tender.kind].name, " · ".join(str(detail) for detail in details if detail)
