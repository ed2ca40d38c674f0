"""What the search box finds: items at once, held sales from the list at hand, receipts from the ledger. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from csr_desk.domain.money import shown
from csr_desk.domain.search import Hit, ItemIndex, spans, words_of
from csr_desk.ui.customer_words import level_words
from csr_desk.ui.pages.sell.picture import Found, Suggestion
from csr_desk.ui.project_words import noun_words, state_words
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.customers import CustomerHit
    from csr_desk.services.project_search import Found as ThingHit
    from csr_desk.services.sell import Held, ReceiptHit

MOST = 8
MOST_PEOPLE = 5
MOST_THINGS = 5
FEWEST_OF_PERSON = 3
_RECEIPT = re.compile(r"(?=.*\d{3})[A-Za-z0-9]{0,8}-?\d+", re.ASCII)
_TIMES = re.compile(r"(?:\*\s*(?P<alone>[\d.]{1,9})|(?P<before>[\d.]{1,9})\s*\*\s*(?P<rest>.*))", re.ASCII)


def read_times(text: str) -> tuple[Decimal, str] | None:
    """Read a quantity: ``*5`` and ``5*`` for the picked line, ``5*cop`` for the next item; None when it is none."""
    match = _TIMES.fullmatch(text.strip())
    if match is None:
        return None
    try:
        number = Decimal(match["alone"] or match["before"])
    except InvalidOperation:
        return None
    return number, (match["rest"] or "").strip()


def searched(text: str) -> str:
    """What to look for: the text without a quantity before it."""
    times = read_times(text)
    return times[1] if times is not None else text.strip()


def is_receipt_like(text: str) -> bool:
    """Say whether the ledger should be asked for a receipt of this number."""
    return _RECEIPT.fullmatch(text.strip()) is not None


def item_suggestions(index: ItemIndex, text: str) -> tuple[Suggestion, ...]:
    """Items that match, best first."""
    return tuple(_item(hit) for hit in index.find(text, MOST)) if text else ()


def held_suggestions(held: Iterable[Held], text: str) -> tuple[Suggestion, ...]:
    """Held sales whose number, title or owner match; all of them for an empty text."""
    typed = words_of(text)
    return tuple(
        _held(sale, typed)
        for sale in held
        if all(any(word.startswith(part) for word in _words(sale)) for part in typed)
    )[:MOST]


def receipt_suggestions(hits: Sequence[ReceiptHit]) -> tuple[Suggestion, ...]:
    """Receipts that the ledger found."""
    return tuple(
        Suggestion(
            Found.RECEIPT,
            hit.number,
            hit.number,
            tr("Receipt {customer}").format(customer=hit.customer).strip(),
            " · ".join(part for part in (f"{hit.business_date:%d %b %Y}", hit.state) if part),
            shown(hit.total),
        )
        for hit in hits
    )


def may_be_person(text: str) -> bool:
    """Say whether a text is worth asking for people: three letters or figures, and no quantity."""
    return read_times(text) is None and sum(mark.isalnum() for mark in text) >= FEWEST_OF_PERSON


def customer_suggestions(hits: Sequence[CustomerHit]) -> tuple[Suggestion, ...]:
    """People and firms: the name, what warns of them in words, where they live, what they owe."""
    return tuple(
        Suggestion(
            Found.CUSTOMER,
            hit.number,
            hit.name,
            level_words(hit.level),
            " · ".join(part for part in (tr("Customer"), hit.why, hit.address, hit.phone) if part),
            shown(hit.owed) if hit.accounts else "",
        )
        for hit in hits
    )


def thing_suggestions(hits: Sequence[ThingHit], words: str = "") -> tuple[Suggestion, ...]:
    """Projects, permits, orders and releases: number, what it is and where, how it stands, what is due."""
    return tuple(
        Suggestion(
            Found.THING,
            hit.about,
            hit.number,
            " · ".join(part for part in (noun_words(hit.noun), hit.site or hit.title) if part),
            " · ".join(
                part for part in (words, state_words(hit.state), hit.title if hit.site else "", hit.owner) if part
            ),
            shown(hit.amount) if hit.amount and hit.state == "open" else "",
        )
        for hit in hits
    )


def _item(hit: Hit) -> Suggestion:
    price = "" if hit.amount_hint is None else shown(hit.amount_hint)
    unit = hit.unit if hit.unit and not hit.unit.startswith("per ") else hit.unit.removeprefix("per ")
    per = tr("per {unit}").format(unit=unit) if unit and price else ""
    below = " · ".join(part for part in (hit.department, per) if part)
    return Suggestion(Found.ITEM, hit.code, hit.code, hit.name, below, price, hit.code_spans, hit.name_spans)


def _held(sale: Held, typed: Sequence[str]) -> Suggestion:
    days = {0: tr("today"), 1: tr("1 day old")}.get(sale.age_days, tr("{number} days old"))
    lines = tr("1 line") if sale.lines == 1 else tr("{number} lines")
    parts = [sale.owner_name, days.format(number=sale.age_days), lines.format(number=sale.lines)]
    below = " · ".join([*parts, tr("stale")] if sale.stale else parts)
    title = tr("Held sale {title}").format(title=sale.title).strip()
    return Suggestion(Found.HELD, sale.number, sale.number, title, below, shown(sale.total), (), spans(title, typed))


def _words(sale: Held) -> list[str]:
    return [*words_of(" ".join((sale.number, sale.title, sale.owner_name, tr("held")))), sale.number.casefold()]
