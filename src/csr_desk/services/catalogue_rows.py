"""A catalogue from the rows of its sheets; every fault is noted, nothing is guessed, and a faulty one is not built."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from csr_desk.domain.catalogue import (
    AdminFeeRule,
    Catalogue,
    Companion,
    FieldKind,
    InputField,
    Item,
    ItemUse,
    ItemVersion,
    PriceBasis,
    RefundKind,
    RefundRule,
    Share,
    Tax,
    TaxTreatment,
)
from csr_desk.domain.pricing import PriceRule, Step, WorkedOut
from csr_desk.services.catalogue_sheets import Fault, FaultyCatalogue, RowReader, Sheet
from csr_desk.services.catalogue_steps import read_condition, read_step

Key = tuple[str, str]
Rows = Mapping[Key, Sequence[RowReader]]


def read_catalogue(sheets: Mapping[str, Sheet], faults: list[Fault]) -> Catalogue:
    """Build the catalogue; raise FaultyCatalogue with every fault when there is any."""
    readers = {name: _readers(sheet, faults) for name, sheet in sheets.items()}
    parts = {
        name: _by_version(readers[name]) for name in ("price_steps", "price_table", "inputs", "shares", "companions")
    }
    versions: dict[str, list[ItemVersion]] = defaultdict(list)
    known: set[Key] = set()
    for row in readers["versions"]:
        key = (row.needed("item"), row.needed("effective_from"))
        if key in known:
            row.fault("effective_from", f"{key[0]} has two versions from {key[1]}.")
        known.add(key)
        version = _version(row, key, parts)
        if version is not None:
            versions[key[0]].append(version)
    items = _items(readers["items"], versions)
    _note_orphans(parts, known, readers["versions"], items)
    head = _head(readers["catalogue"], faults)
    if faults:
        raise FaultyCatalogue(faults)
    return Catalogue(head.text("name"), head.text("label"), items, demonstration=head.yes("demonstration"))


def _readers(sheet: Sheet, faults: list[Fault]) -> list[RowReader]:
    return [RowReader(sheet.file, number, cells, faults) for number, cells in sheet.rows]


def _by_version(rows: Sequence[RowReader]) -> Rows:
    found: dict[Key, list[RowReader]] = defaultdict(list)
    for row in rows:
        found[row.text("item"), row.text("effective_from")].append(row)
    return found


def _head(rows: Sequence[RowReader], faults: list[Fault]) -> RowReader:
    if len(rows) != 1:
        faults.append(Fault("catalogue", 0, "", "There must be exactly one row that names the catalogue."))
        return RowReader("catalogue", 0, {}, faults)
    rows[0].needed("name")
    return rows[0]


def _items(rows: Sequence[RowReader], versions: Mapping[str, Sequence[ItemVersion]]) -> dict[str, Item]:
    items: dict[str, Item] = {}
    for row in rows:
        code = row.needed("item")
        if code in items:
            row.fault("item", f"The code {code} stands there twice; every code is unique.")
            continue
        if code != code.strip().upper():
            row.fault("item", f"“{code}”: codes are written in capital letters.")
        if code not in versions:
            row.fault("item", f"{code} has no price in the versions.")
        items[code] = Item(
            code=code,
            name=row.needed("name"),
            department=row.needed("department"),
            division=row.text("division"),
            category=row.text("category"),
            versions=tuple(sorted(versions.get(code, ()), key=lambda version: version.effective_from)),
            use=row.choice("use", ItemUse, ItemUse.COUNTER),
            permit=row.yes("permit"),
            tenders=frozenset(row.words("tenders")) or None,
            fee_on_tenders=frozenset(row.words("fee_on_tenders")),
            multi_group=row.text("multi_group"),
            active=row.yes("active"),
        )
    return items


def _note_orphans(
    parts: Mapping[str, Rows], known: set[Key], versions: Sequence[RowReader], items: Mapping[str, Item]
) -> None:
    for rows in parts.values():
        for key, found in rows.items():
            if key not in known:
                found[0].fault("item", f"There is no version of “{key[0]}” from “{key[1]}”.")
    for row in versions:
        code = row.text("item")
        if code and code not in items:
            row.fault("item", f"“{code}” is not among the items.")


def _version(row: RowReader, key: Key, parts: Mapping[str, Rows]) -> ItemVersion | None:
    start = row.day("effective_from")
    price = _price(row, parts["price_steps"].get(key, ()), parts["price_table"].get(key, ()))
    if start is None:
        return None
    return ItemVersion(
        effective_from=start,
        effective_to=_end(row, start),
        price=price,
        shares=tuple(_share(one) for one in _ordered(parts["shares"].get(key, ()), "order")),
        name=row.text("name"),
        authority=row.text("authority"),
        unit=row.text("unit"),
        price_basis=row.choice("price_basis", PriceBasis, PriceBasis.PAYMENT),
        minimum=row.cents("minimum"),
        maximum=row.cents("maximum"),
        admin_fee=row.choice("admin_fee", AdminFeeRule, AdminFeeRule.NONE),
        inputs=tuple(_input(one) for one in _ordered(parts["inputs"].get(key, ()), "order")),
        companions=tuple(_companion(one) for one in _ordered(parts["companions"].get(key, ()), "order")),
        tax=_tax(row),
        refund=_refund(row),
        waivable=row.text("waivable"),
        document=row.text("document"),
        validity=row.text("validity"),
        late_rule=row.text("late_rule"),
        source=row.text("source"),
        note=row.text("note"),
    )


def _refund(row: RowReader) -> RefundRule:
    kind = row.choice("refund", RefundKind, RefundKind.NONE)
    rule = RefundRule(kind, row.decimal("refund_percent"), row.text("refund_words"), row.cents("refund_over"))
    if kind is RefundKind.PERCENT_OVER_AMOUNT:
        if rule.over is None:
            row.fault("refund_over", "A percentage over an amount names the amount that is not given back.")
        if rule.percent is None:
            row.fault("refund_percent", "This refund rule names its percentage.")
    return rule


def _end(row: RowReader, start: date) -> date | None:
    end = row.day("effective_to")
    if end is not None and end < start:
        row.fault("effective_to", f"{end} is before {start}.")
    return end


def _tax(row: RowReader) -> Tax:
    treatment = row.choice("tax", TaxTreatment, TaxTreatment.NONE)
    tax = Tax(treatment, row.text("tax_code"), row.text("tax_item"), row.decimal("tax_rate"))
    if treatment is not TaxTreatment.NONE and not tax.item:
        row.fault("tax_item", "A taxed item names the item that its tax is posted with.")
    if treatment is TaxTreatment.INCLUDED and tax.rate is None:
        row.fault("tax_rate", "A price with tax inside needs the rate in percent.")
    return tax


def _ordered(rows: Sequence[RowReader], column: str) -> list[RowReader]:
    """Sort rows by their number; a number that is missing or stands there twice is a fault."""
    placed: dict[int, RowReader] = {}
    for row in rows:
        number = row.whole(column)
        if number is None:
            row.fault(column, "This row needs its number in the order.")
            continue
        if number in placed:
            row.fault(column, f"The number {number} stands there twice for this version.")
        placed[number] = row
    return [placed[number] for number in sorted(placed)]


def _price(version: RowReader, rows: Sequence[RowReader], table: Sequence[RowReader]) -> PriceRule:
    tables: dict[str, list[RowReader]] = defaultdict(list)
    for row in table:
        tables[row.text("step")].append(row)
    steps: list[Step] = []
    for row in _ordered(rows, "step"):
        step = read_step(row, _ordered(tables.pop(row.text("step"), ()), "row"))
        if step is not None:
            steps.append(step)
    for left in tables.values():
        left[0].fault("step", "There is no step of this number to look up this table.")
    if not rows:
        version.fault("item", "This version has no price steps. Something free has one flat step of 0.00.")
    return PriceRule(tuple(steps))


def _input(row: RowReader) -> InputField:
    name = row.needed("input")
    worked_out = row.choice("worked_out", WorkedOut, WorkedOut.DAYS_SINCE) if row.text("worked_out") else None
    kind = row.choice("kind", FieldKind, FieldKind.TEXT)
    choices = row.words("choices")
    if kind is FieldKind.CHOICE and not choices:
        row.fault("choices", "A choice needs something to choose from.")
    return InputField(
        name=name,
        label=row.text("label") or name.replace("_", " ").capitalize(),
        kind=kind,
        required=row.yes("required"),
        prices=row.yes("prices"),
        counts=row.yes("counts"),
        least=row.decimal("least"),
        most=row.decimal("most"),
        decimals=row.whole("decimals"),
        multiple=_multiple(row),
        pattern=row.text("pattern"),
        min_length=row.whole("min_length"),
        max_length=row.whole("max_length"),
        entries=row.whole("entries"),
        choices=choices,
        also_called=row.words("also_called"),
        worked_out=worked_out,
        from_inputs=row.words("from_inputs"),
        example=row.text("example"),
        help=row.text("help"),
    )


def _multiple(row: RowReader) -> Decimal | None:
    found = row.decimal("multiple")
    if found is not None and found <= 0:
        row.fault("multiple", "The steps of a number are more than 0.")
        return None
    return found


def _share(row: RowReader) -> Share:
    percent, fixed = row.decimal("percent"), row.cents("fixed")
    if percent is not None and fixed is not None:
        row.fault("fixed", "A share is a percentage, or fixed, or (both empty) the remainder.")
    return Share(
        fund=row.needed("fund"),
        cost_center=row.needed("cost_center"),
        gl=row.needed("gl"),
        internal_order=row.text("internal_order"),
        percent=percent,
        fixed_cents=fixed,
    )


def _companion(row: RowReader) -> Companion:
    return Companion(row.needed("companion"), read_condition(row))
