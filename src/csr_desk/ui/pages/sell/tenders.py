"""The means of payment as the sell page asks for them: which fields, what it says. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from csr_desk.domain.checks import CheckFlag, masked, read_flags, refuse_check
from csr_desk.domain.errors import BadInput, Refusal
from csr_desk.domain.micr import looks_like_micr, read_micr
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.settle import check_tender
from csr_desk.domain.tender import BANK_PAID, CHECK_LIKE, TRAITS, SettledTender, Tender, TenderKind
from csr_desk.ui.context import Choice, Field
from csr_desk.ui.dates import parse_day, us_date
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
            Field("number", tr("Check number"), hint=tr("or feed it through the reader"), fills=filled_by_reader),
            Field("routing", tr("Routing number"), hint=tr("nine digits, may stay empty"), digits=True, ends=True),
            Field("account", tr("Account"), hint=tr("the whole number; only its end is kept"), hidden=True, ends=True),
            Field("check_date", tr("Date on the check"), hint=tr("7/14; may stay empty"), ends=True),
            Field("drawn_by", tr("Name on the check"), hint=tr("where it is not the customer"), ends=True),
            Field("flags", tr("What is wrong with it"), hint=_flag_hint(), ends=True),
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


FLAGS: tuple[CheckFlag, ...] = (
    CheckFlag.TWO_PARTY,
    CheckFlag.FOREIGN,
    CheckFlag.ALTERED,
    CheckFlag.WORDS_DIFFER,
)
"""What a clerk sees on a check, by the digits 1 to 4."""


def _flag_hint() -> str:
    return tr("1 two-party 2 foreign 3 altered 4 words differ")


def filled_by_reader(text: str) -> dict[str, str] | None:
    """The fields of a check that a reader typed as one line; None for what was keyed by hand or misread."""
    if not looks_like_micr(text):
        return None
    try:
        line = read_micr(text)
    except Refusal:
        return None
    return {"number": line.check_number, "routing": line.routing, "account": line.account}


def other_choices() -> tuple[Choice, ...]:
    """F10: the other tenders by digit."""
    return tuple(Choice(str(at), TRAITS[kind].name, kind.value) for at, kind in enumerate(OTHERS, start=1))


def headline(kind: TenderKind, amount: Cents, fee: Cents) -> str:
    """The tender before it is taken: the fee is shown first (B14)."""
    words = tr("{tender} {amount} + service fee {fee} = {both}") if fee else "{tender} {amount}"
    return words.format(tender=TRAITS[kind].name, amount=shown(amount), fee=shown(fee), both=shown(amount + fee))


@dataclass(frozen=True, slots=True)
class CheckRules:
    """What a check is held against: today, and how old it may be (days)."""

    today: date
    stale_days: int


def tender_of(kind: TenderKind, amount: Cents, values: Mapping[str, str], rules: CheckRules) -> Tender:
    """Make a tender from what was keyed; raise what ``check_tender`` and the rules of checks refuse.

    The line of a check that could not be taken apart into its fields is refused here, with the reason.
    """
    number = values.get("number", "")
    if kind in CHECK_LIKE and looks_like_micr(number):
        line = read_micr(number)
        values = {**values, "number": line.check_number, "routing": line.routing, "account": line.account}
    written = values.get("check_date", "")
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
        check_date=parse_day(written, rules.today, field="check_date") if written else None,
        drawn_by=values.get("drawn_by", ""),
        flags=_flags(values.get("flags", "")),
    )
    check_tender(tender)
    refuse_check(tender, rules.today, rules.stale_days)
    return tender


def _flags(digits: str) -> tuple[str, ...]:
    found = []
    for digit in digits.replace(" ", "").replace(",", ""):
        if digit not in "1234":
            raise BadInput(tr("Key what is wrong with the check by its digit, 1 to 4."), field="flags")
        found.append(FLAGS[int(digit) - 1].value)
    return read_flags(tuple(found))


def fault_of(kind: TenderKind, amount: Cents, values: Mapping[str, str], rules: CheckRules) -> str | None:
    """What is wrong with what was keyed, in a sentence; None when it is right."""
    try:
        tender_of(kind, amount, values, rules)
    except Refusal as refusal:
        return refusal.message
    return None


def words_of(part: SettledTender, rounding: Cents = 0) -> tuple[str, str]:
    """A settled tender as the list shows it: its name, and what is known of it."""
    tender = part.tender
    details = [
        tender.number and tr("no. {number}").format(number=tender.number),
        tender.routing and (tr("RTN ✓") if tender.account else tr("RTN {number} ✓").format(number=tender.routing)),
        tender.brand,
        tender.last4 and f"•••• {tender.last4}",
        tender.document,
        tender.department,
        tender.account and _account(tender),
        tender.check_date and tr("dated {day}").format(day=us_date(tender.check_date)),
        tender.drawn_by,
        part.fee and tr("fee {amount}").format(amount=shown(part.fee)),
        rounding and tr("rounded {amount}").format(amount=f"{'+' if rounding > 0 else ''}{shown(rounding)}"),
    ]
    return TRAITS[tender.kind].name, " · ".join(str(detail) for detail in details if detail)


def _account(tender: Tender) -> str:
    if tender.kind in BANK_PAID:
        return masked(tender.account)
    return tr("account {number}").format(number=tender.account)
