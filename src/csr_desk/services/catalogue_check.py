"""Looking a whole catalogue over: what contradicts itself (errors) and what a person should know (notes)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from csr_desk.domain.catalogue import Catalogue, Item, ItemUse, ItemVersion, TaxTreatment
from csr_desk.domain.distribution import WHOLE_PERCENT
from csr_desk.domain.pricing import Brackets, Entered, Flat, Instalment, LookUp, Percent, PerUnit, Prorate, Step, Tiers
from csr_desk.domain.pricing.words import number_words

GIVEN_BY_PROGRAM = {
    ItemUse.ADMIN_FEE: frozenset({"permit_fee", "admin_fee_rule"}),
    ItemUse.TAX: frozenset({"taxable_amount"}),
    ItemUse.TENDER_FEE: frozenset({"tender_amount"}),
}
"""Inputs that nobody keys: the program gives them to the items that it adds itself."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to know about an item; an error forbids taking the catalogue in."""

    is_error: bool
    where: str
    item: str
    sentence: str

    def __str__(self) -> str:
        return f"{'Error' if self.is_error else 'Note'}, {self.where}, {self.item}: {self.sentence}"


def check(catalogue: Catalogue) -> tuple[Finding, ...]:
    """Return every finding, item by item."""
    found: list[Finding] = []
    if sum(item.use is ItemUse.ADMIN_FEE for item in catalogue.items.values()) > 1:
        found.append(
            Finding(is_error=True, where="items", item="", sentence="Only one item is the administrative fee.")
        )
    for item in catalogue.items.values():
        found.extend(_versions(item))
        for version in item.versions:
            found.extend(_shares(item, version))
            found.extend(_account_parts(item, version))
            found.extend(_charges(item, version))
            found.extend(_inputs(item, version))
            found.extend(_others(catalogue, item, version))
            for step in version.price.steps:
                found.extend(_table(item, version, step))
    return tuple(found)


def _error(where: str, item: Item, version: ItemVersion, sentence: str) -> Finding:
    return Finding(is_error=True, where=where, item=item.code, sentence=f"From {version.effective_from}: {sentence}")


def _versions(item: Item) -> Iterator[Finding]:
    for early, late in pairwise(item.versions):
        if early.effective_to is None or early.effective_to >= late.effective_from:
            sentence = f"The versions from {early.effective_from} and {late.effective_from} overlap."
            yield Finding(is_error=True, where="versions", item=item.code, sentence=sentence)
        elif early.effective_to + timedelta(days=1) < late.effective_from:
            first, last = early.effective_to + timedelta(days=1), late.effective_from - timedelta(days=1)
            sentence = f"No price is in force from {first} to {last}; a sale dated then is refused."
            yield Finding(is_error=False, where="versions", item=item.code, sentence=sentence)
    if len({version.price_basis for version in item.versions}) > 1:
        sentence = "All versions of an item go by the same date (price_basis)."
        yield Finding(is_error=True, where="versions", item=item.code, sentence=sentence)
    latest = item.latest
    if latest is not None and latest.effective_to is not None:
        sentence = f"No price is in force after {latest.effective_to}."
        yield Finding(is_error=False, where="versions", item=item.code, sentence=sentence)
    for version in item.versions:
        low, high = version.minimum, version.maximum
        if low is not None and high is not None and low > high:
            yield _error("versions", item, version, "the minimum is more than the maximum.")
        if not version.authority and item.use is ItemUse.COUNTER:
            sentence = f"From {version.effective_from}: no authority is named."
            yield Finding(is_error=False, where="versions", item=item.code, sentence=sentence)


def _shares(item: Item, version: ItemVersion) -> Iterator[Finding]:
    shares = version.shares
    if not shares:
        yield _error("shares", item, version, "there is no account to post to.")
        return
    percent = sum((share.percent for share in shares if share.percent is not None), Decimal(0))
    remainders = sum(share.is_remainder for share in shares)
    if remainders > 1:
        yield _error("shares", item, version, "only one share can take the remainder.")
    elif remainders and percent >= WHOLE_PERCENT:
        yield _error("shares", item, version, f"the percentages ({number_words(percent)}) leave no remainder.")
    elif not remainders and percent != WHOLE_PERCENT:
        sentence = f"the percentages add up to {number_words(percent)}, not 100, and no share takes the remainder."
        yield _error("shares", item, version, sentence)


def _account_parts(item: Item, version: ItemVersion) -> Iterator[Finding]:
    for share in version.shares:
        named = (("fund", share.fund), ("cost_center", share.cost_center), ("gl", share.gl))
        for column, part in (*named, ("internal_order", share.internal_order)):
            if part and not (part.isascii() and part.isalnum()):
                yield _error("shares", item, version, f"“{part}” in {column} is not a number of letters and figures.")


def _charges(item: Item, version: ItemVersion) -> Iterator[Finding]:
    if item.use is ItemUse.ADJUSTMENT:
        return
    for step in version.price.steps:
        if isinstance(step.term, Flat) and step.term.amount < 0:
            yield _error("price_steps", item, version, "a charge below nothing is an adjustment, not a price.")


def inputs_of(step: Step) -> tuple[str, ...]:
    """Name the inputs that a step reads for its own part (conditions apart)."""
    term = step.term
    if isinstance(term, PerUnit):
        return term.inputs
    if isinstance(term, LookUp):
        return term.inputs + ((term.per,) if term.per else ())
    if isinstance(term, Percent):
        return (term.of_input,) if term.of_input else ()
    if isinstance(term, Brackets | Tiers | Prorate | Instalment | Entered):
        return (term.input,)
    return ()


def _inputs(item: Item, version: ItemVersion) -> Iterator[Finding]:
    asked = {field.name for field in version.inputs} | GIVEN_BY_PROGRAM.get(item.use, frozenset())
    names = [field.name for field in version.inputs]
    for name in sorted(name for name, times in Counter(names).items() if times > 1):
        yield _error("inputs", item, version, f"the input “{name}” is asked for twice.")
    for step in version.price.steps:
        optional = isinstance(step.term, Entered)
        for name in inputs_of(step):
            if name not in asked and not optional:
                yield _error("price_steps", item, version, f"the price goes by “{name}”, which is not asked for.")
        for condition in step.when:
            if asked.isdisjoint(condition.inputs):
                words = ", ".join(condition.inputs)
                yield _error("price_steps", item, version, f"a condition looks at “{words}”, which is not asked for.")
    for field in version.inputs:
        for name in field.from_inputs:
            if name not in asked:
                sentence = f"“{field.name}” is worked out from “{name}”, which is not asked for."
                yield _error("inputs", item, version, sentence)


def _others(catalogue: Catalogue, item: Item, version: ItemVersion) -> Iterator[Finding]:
    needed = [("companions", companion.item) for companion in version.companions]
    needed += [
        ("price_steps", step.term.of_item)
        for step in version.price.steps
        if isinstance(step.term, Percent) and step.term.of_item
    ]
    if version.tax.treatment is not TaxTreatment.NONE:
        needed.append(("versions", version.tax.item))
    for where, code in needed:
        if code not in catalogue.items:
            yield _error(where, item, version, f"“{code}” is not among the items.")
        elif where == "companions" and any(other.companions for other in catalogue.items[code].versions):
            yield _error(where, item, version, f"“{code}” joins this item and has companions itself.")
    if any(code == item.code for _, code in needed):
        yield _error("price_steps", item, version, "an item cannot depend on itself.")


def _table(item: Item, version: ItemVersion, step: Step) -> Iterator[Finding]:
    """Find intervals of a table that overlap or leave a gap."""
    term = step.term
    if not isinstance(term, Brackets | Tiers):
        return
    for end, start in pairwise_limits(term):
        if end is None or start is None or start < end:
            yield _error("price_table", item, version, "rows overlap; each begins where the one before ends.")
        elif start > end:
            gap = f"nothing is published over {number_words(end)} up to {number_words(start)}."
            yield _error("price_table", item, version, gap)
    highest = term.rows[-1].upto if isinstance(term, Brackets) else None
    if highest is None:
        return
    sentence = f"From {version.effective_from}: nothing is published over {number_words(highest)}."
    yield Finding(is_error=False, where="price_table", item=item.code, sentence=sentence)


def pairwise_limits(table: Brackets | Tiers) -> tuple[tuple[Decimal | None, Decimal | None], ...]:
    """Pair the end of each row with the beginning of the next one."""
    ends: list[Decimal | None] = [row.upto for row in table.rows]
    starts: list[Decimal | None] = [row.over for row in table.rows]
    return tuple(zip(ends, starts[1:], strict=False))
