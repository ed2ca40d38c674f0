"""How tenders meet what is due: change from cash only, fees on their own part, the nickel on the cash remainder.

Rounding follows STAR 202512001M of the Texas Comptroller: tax stays to the cent, only cash is rounded, pennies
offered exactly are taken exactly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import fields

from stdnum.us import rtn

from csr_desk.domain.card_numbers import find_card_number
from csr_desk.domain.checks import foreign_routing
from csr_desk.domain.errors import BadInput, CardNumberRefused, ChangeNotAllowed, MissingInput
from csr_desk.domain.money import MAX_CENTS, Cents, plain
from csr_desk.domain.tender import CHECK_LIKE, TRAITS, Rounding, SettledTender, Settlement, Tender, TenderKind

FeeOf = Callable[[TenderKind, Cents], Cents]
"""The service fee (cents) for a part of the total paid by a kind of tender; raises TenderRefused below its limit."""

NICKEL = 5
LONGEST = 40
"""Characters of a check number, document or name of a department."""
LONGEST_NAME = 120
_LONGER = {"drawn_by": LONGEST_NAME, "account_hash": 64}

_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z./ -]*", re.ASCII)
_LAST4 = re.compile(r"\d{4}", re.ASCII)


def no_fee(_kind: TenderKind, _part: Cents) -> Cents:
    """Take no service fee."""
    return 0


def round_cash(due: Cents, rounding: Rounding) -> Cents:
    """Round a cash remainder (cents) to the nickel; one and two cents alone become five under ``nearest``."""
    if rounding is Rounding.OFF or due <= 0:
        return due
    down = due - due % NICKEL
    if rounding is Rounding.DOWN:
        return down
    nearest = down + (NICKEL if due % NICKEL * 2 > NICKEL else 0)
    return nearest or NICKEL


def settle(total: Cents, tenders: Sequence[Tender], rounding: Rounding, fee_of: FeeOf = no_fee) -> Settlement:
    """Meet ``total`` (cents) with ``tenders`` in any order; ``rest`` says what is still to pay.

    Raises ChangeNotAllowed when tenders other than cash exceed what is due, TenderRefused by the fee's own limit,
    BadInput for amounts that cannot be.
    """
    _check_amounts(total, tenders)
    given = _fill(total, tenders)
    cash_at = [at for at, tender in enumerate(tenders) if tender.kind is TenderKind.CASH]
    other = sum(amount for at, amount in given.items() if at not in cash_at)
    if other > total:
        raise ChangeNotAllowed
    cash_due = total - other
    if cash_at and tenders[cash_at[-1]].amount is None:
        given[cash_at[-1]] = round_cash(cash_due, rounding)
    offered = sum(given[at] for at in cash_at)
    taken = _cash_taken(cash_due, offered, rounding) if cash_at else None
    if taken is None:
        rest, nickel, change = cash_due - offered, 0, 0
    else:
        rest, nickel, change = 0, taken - cash_due, offered - taken
    settled = _apply(tenders, given, cash_due - rest, fee_of)
    return Settlement(total, settled, sum(part.fee for part in settled), nickel, change, rest)


def _check_amounts(total: Cents, tenders: Sequence[Tender]) -> None:
    if total < 0:
        raise BadInput("A sale cannot be less than nothing. Money back is a refund.")
    if total > MAX_CENTS:
        raise BadInput("This is more than the program can book. Check the quantities.")
    if sum(tender.amount is None for tender in tenders) > 1:
        raise BadInput("Only one tender can take what is left. Key the amounts of the others.", field="tenders")
    for tender in tenders:
        if tender.amount is not None and tender.amount <= 0:
            raise BadInput(f"The amount of a tender must be above zero, not {plain(tender.amount)}.", field="tenders")
        if tender.amount is not None and tender.amount > MAX_CENTS:
            raise BadInput("This amount is larger than the program can book. Check it.", field="tenders")
    if any(tender.kind is TenderKind.CASH and tender.amount is None for tender in tenders) and any(
        tender.kind is TenderKind.CASH and tender.amount is not None for tender in tenders
    ):
        raise BadInput("Key all the cash as one amount.", field="tenders")


def _fill(total: Cents, tenders: Sequence[Tender]) -> dict[int, Cents]:
    """What each tender hands over (cents); the one without amount takes what is left."""
    given = {at: tender.amount for at, tender in enumerate(tenders) if tender.amount is not None}
    for at, tender in enumerate(tenders):
        if tender.amount is None:
            left = total - sum(given.values())
            if left <= 0 and total > 0:
                raise BadInput(f"Nothing is left to pay by {TRAITS[tender.kind].name.lower()}.", field="tenders")
            given[at] = max(left, 0)
    return given


def _cash_taken(due: Cents, offered: Cents, rounding: Rounding) -> Cents | None:
    """The cash kept of what was offered (cents): exact if it was exact, else the nickel; None if it is too little."""
    rounded = round_cash(due, rounding)
    if offered == due:
        return due
    if offered >= rounded:
        return rounded
    return due if offered > due else None


def _apply(
    tenders: Sequence[Tender], given: dict[int, Cents], cash_applied: Cents, fee_of: FeeOf
) -> tuple[SettledTender, ...]:
    """Say which part of the total each tender pays; a tender that pays nothing leaves no trace."""
    settled = []
    left = cash_applied
    last_cash = max((at for at, tender in enumerate(tenders) if tender.kind is TenderKind.CASH), default=-1)
    for at, tender in enumerate(tenders):
        if tender.kind is TenderKind.CASH:
            applied = left if at == last_cash else min(left, given[at])
            left -= applied
            if given[at] or applied:
                settled.append(SettledTender(tender, given[at], applied, 0))
        elif given[at]:
            fee = fee_of(tender.kind, given[at])
            settled.append(SettledTender(tender, given[at], given[at], fee))
    return tuple(settled)


def check_tender(tender: Tender) -> None:
    """Check what a tender carries beside its amount.

    Raises CardNumberRefused, MissingInput (check number, transfer document) or BadInput with the field's name.
    """
    for part in fields(tender):
        value = getattr(tender, part.name)
        if isinstance(value, str) and part.name != "kind":
            if part.name != "account_hash" and find_card_number(value):
                raise CardNumberRefused(field=part.name)
            longest = _LONGER.get(part.name, LONGEST)
            if len(value) > longest:
                words = part.name.replace("_", " ")
                raise BadInput(f"The {words} of a tender has at most {longest} characters.", field=part.name)
    if tender.kind is TenderKind.CHECK:
        _check_check(tender)
    elif tender.check_date is not None and tender.kind not in CHECK_LIKE:
        raise BadInput("Only a check bears a date.", field="check_date")
    if tender.flags and tender.kind not in CHECK_LIKE:
        raise BadInput("Only a check can be two-party, foreign or altered.", field="flags")
    if tender.kind is TenderKind.TRANSFER and not tender.document.strip():
        raise MissingInput("A departmental transfer needs its document number.", field="document")
    if tender.last4 and not _LAST4.fullmatch(tender.last4):
        raise BadInput("Key the last four digits of the card, nothing more.", field="last4")


def routing_is_right(routing: str) -> bool:
    """Say whether the check digit of a routing number (nine digits) fits."""
    return bool(rtn.is_valid(routing))


def _check_check(tender: Tender) -> None:
    if not tender.number.strip():
        raise MissingInput("A check needs its number.", field="number")
    if not _NUMBER.fullmatch(tender.number.strip()):
        raise BadInput("A check number is digits and letters.", field="number")
    if tender.routing and not foreign_routing(tender.routing) and not routing_is_right(tender.routing):
        raise BadInput("The routing number is wrong: its check digit does not fit.", field="routing")
