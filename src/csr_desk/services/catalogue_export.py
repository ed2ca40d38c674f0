"""A catalogue as rows for its sheets: the exact counterpart of reading it, so that export and import change nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from csr_desk.domain.catalogue import Catalogue, InputField, Item, ItemVersion, Share
from csr_desk.domain.money import Cents, plain
from csr_desk.services.catalogue_sheets import COLUMNS
from csr_desk.services.catalogue_steps import cell, condition_cells, step_cells, table_cells

Cells = dict[str, str]


def sheet_rows(catalogue: Catalogue) -> dict[str, list[Cells]]:
    """Return the rows of every sheet, items by code, versions by date."""
    sheets: dict[str, list[Cells]] = {name: [] for name in COLUMNS}
    head = {"name": catalogue.name, "label": catalogue.label, "demonstration": _yes(said=catalogue.demonstration)}
    sheets["catalogue"].append(head)
    for code in sorted(catalogue.items):
        item = catalogue.items[code]
        sheets["items"].append(_item(item))
        for version in item.versions:
            for name, cells in _version_rows(version):
                key = {"item": item.code, "effective_from": version.effective_from.isoformat()}
                sheets[name].append({**key, **cells})
    return sheets


def _yes(*, said: bool) -> str:
    return "yes" if said else "no"


def _tick(*, said: bool) -> str:
    """A mark in a column where most cells stay empty."""
    return "yes" if said else ""


def _cents(amount: Cents | None) -> str:
    return "" if amount is None else plain(amount)


def _item(item: Item) -> Cells:
    return {
        "item": item.code,
        "name": item.name,
        "department": item.department,
        "division": item.division,
        "category": item.category,
        "use": item.use.value,
        "permit": _tick(said=item.permit),
        "tenders": "; ".join(sorted(item.tenders or ())),
        "fee_on_tenders": "; ".join(sorted(item.fee_on_tenders)),
        "multi_group": item.multi_group,
        "active": _yes(said=item.active),
    }


def _version_rows(version: ItemVersion) -> Iterator[tuple[str, Cells]]:
    yield "versions", _version(version)
    for number, step in enumerate(version.price.steps, start=1):
        yield "price_steps", {"step": str(number), **step_cells(step)}
        for row, cells in enumerate(table_cells(step.term), start=1):
            yield "price_table", {"step": str(number), "row": str(row), **cells}
    for order, asked in enumerate(version.inputs, start=1):
        yield "inputs", {"order": str(order), **_input(asked)}
    for order, share in enumerate(version.shares, start=1):
        yield "shares", {"order": str(order), **_share(share)}
    for order, companion in enumerate(version.companions, start=1):
        yield "companions", {"order": str(order), "companion": companion.item, **condition_cells(companion.when)}


def _version(version: ItemVersion) -> Cells:
    return {
        "effective_to": version.effective_to.isoformat() if version.effective_to else "",
        "name": version.name,
        "authority": version.authority,
        "unit": version.unit,
        "price_basis": version.price_basis.value,
        "minimum": _cents(version.minimum),
        "maximum": _cents(version.maximum),
        "admin_fee": version.admin_fee.value,
        "tax": version.tax.treatment.value,
        "tax_code": version.tax.code,
        "tax_item": version.tax.item,
        "tax_rate": cell(version.tax.rate),
        "refund": version.refund.kind.value,
        "refund_percent": cell(version.refund.percent),
        "refund_words": version.refund.words,
        "refund_over": _cents(version.refund.over),
        "waivable": version.waivable,
        "document": version.document,
        "validity": version.validity,
        "late_rule": version.late_rule,
        "source": version.source,
        "note": version.note,
    }


def _input(asked: InputField) -> Cells:
    return {
        "input": asked.name,
        "label": asked.label,
        "kind": asked.kind.value,
        "required": _tick(said=asked.required),
        "prices": _tick(said=asked.prices),
        "counts": _tick(said=asked.counts),
        "least": cell(asked.least),
        "most": cell(asked.most),
        "decimals": cell(asked.decimals),
        "multiple": cell(asked.multiple),
        "pattern": asked.pattern,
        "min_length": cell(asked.min_length),
        "max_length": cell(asked.max_length),
        "entries": cell(asked.entries),
        "choices": "; ".join(asked.choices),
        "also_called": "; ".join(asked.also_called),
        "worked_out": asked.worked_out.value if asked.worked_out else "",
        "from_inputs": "; ".join(asked.from_inputs),
        "example": asked.example,
        "help": asked.help,
    }


def _share(share: Share) -> Cells:
    percent: Decimal | None = share.percent
    return {
        "fund": share.fund,
        "cost_center": share.cost_center,
        "gl": share.gl,
        "internal_order": share.internal_order,
        "percent": cell(percent),
        "fixed": _cents(share.fixed_cents),
    }
