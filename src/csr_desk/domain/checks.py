"""Which checks are taken: none for another day, no old one, none of another person, no foreign or mended one (B5).

Rules of the counter after the hot-check guides of Texas prosecutors; six months after UCC 4-404.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from csr_desk.domain.errors import BadInput, CheckRefused
from csr_desk.domain.tender import CHECK_LIKE, TRAITS, Tender

MASK = "\u2022\u2022\u2022\u2022"
SHORTEST_ACCOUNT = 5
"""A shorter account is only the end of one: the same end belongs to many accounts, so it is never recognized."""

_CANADIAN = re.compile(r"\d{5}-?\d{3}", re.ASCII)
_US = 9
_DISTRICTS = frozenset([*range(13), *range(21, 33), *range(61, 73), 80])
"""The first two digits of the routing numbers that exist: government, the twelve districts, thrifts, electronic
transfers, traveler's checks."""


class CheckFlag(StrEnum):
    """What a clerk sees on a check that is not taken."""

    TWO_PARTY = "two_party"
    FOREIGN = "foreign"
    ALTERED = "altered"
    WORDS_DIFFER = "words_differ"


WHY: dict[CheckFlag, str] = {
    CheckFlag.TWO_PARTY: "A check made out to somebody else is not taken. It must be made out to the city.",
    CheckFlag.FOREIGN: "A check on a foreign bank or in foreign money is not taken.",
    CheckFlag.ALTERED: "A check that was altered is not taken. Ask for a new one.",
    CheckFlag.WORDS_DIFFER: "The amount in words is not the amount in figures. Ask for a new check.",
}


def read_flags(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is wrong with a check, each once and in a fixed order; raise BadInput for a word that is none."""
    known = tuple(flag.value for flag in CheckFlag)
    for word in words:
        if word not in known:
            raise BadInput(f"“{word[:40]}” is nothing that a check has. There are: {', '.join(known)}.", field="flags")
    return tuple(flag for flag in known if flag in words)


def refuse_check(tender: Tender, today: date, stale_days: int) -> None:
    """Raise CheckRefused for a check, money order or cashier's check that is not taken; others pass.

    A check may be ``stale_days`` old on ``today``, the day on the office's calendar.
    """
    if tender.kind not in CHECK_LIKE:
        return
    for flag in tender.flags:
        raise CheckRefused(WHY[CheckFlag(flag)], field="flags")
    if foreign_routing(tender.routing):
        raise CheckRefused(f"{TRAITS[tender.kind].name}: {WHY[CheckFlag.FOREIGN]}", field="routing")
    if tender.check_date is None:
        return
    if tender.check_date > today:
        raise CheckRefused(
            f"This check is dated {tender.check_date}, after today. Ask for one with today’s date.", field="check_date"
        )
    age = (today - tender.check_date).days
    if age > stale_days:
        raise CheckRefused(
            f"This check is {age} days old; banks need not pay one older than {stale_days} days. Ask for a new one.",
            field="check_date",
        )


def foreign_routing(routing: str) -> bool:
    """Say whether a routing number belongs to no bank of the United States."""
    if _CANADIAN.fullmatch(routing):
        return True
    return len(routing) == _US and routing.isascii() and routing.isdigit() and int(routing[:2]) not in _DISTRICTS


def masked(account: str) -> str:
    """Return the last marks of a bank account, four at most and never more than half of it; a masked one as it is."""
    if account.startswith(MASK):
        return account
    return MASK + account[len(account) - min(4, len(account) // 2) :] if account else ""


def plain_account(account: str) -> str:
    """Return an account as it is compared: digits and letters only, without zeros in front."""
    return "".join(mark for mark in account.upper() if mark.isascii() and mark.isalnum()).lstrip("0")


def recognizable(routing: str, account: str) -> bool:
    """Say whether routing and account name one bank account, so that it can be found again."""
    return bool(routing) and len(plain_account(account)) >= SHORTEST_ACCOUNT and not account.startswith(MASK[0])
