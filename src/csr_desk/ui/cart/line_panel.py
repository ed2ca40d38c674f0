"""The picked line as its panel shows it: fields, faults, why it costs what it costs. Pure."""

from __future__ import annotations

from csr_desk.domain.cart_lines import CartLine
from csr_desk.domain.money import shown
from csr_desk.ui.cart.cart import Cart, CartPicture
from csr_desk.ui.cart.line_picture import FieldPicture, LinePanel
from csr_desk.ui.cart.owed_line import OwedLine
from csr_desk.ui.wording import tr


def line_panel(cart: Cart, picture: CartPicture, picked: int | None) -> LinePanel | None:
    """The panel of the picked line; None when no line is picked."""
    if picked is None or picked >= len(cart.lines):
        return None
    mine = [row for row in picture.rows if row.keyed == picked]
    if not mine:
        return None
    faults = {fault.field: fault for fault in picture.faults.get(picked, ())}
    line = cart.lines[picked]
    inputs = line.inputs if isinstance(line, CartLine) else {}
    fields = tuple(
        FieldPicture(
            name=one.name,
            label=one.label,
            kind=one.kind,
            value=inputs.get(one.name, ""),
            required=one.required,
            fault=faults[one.name].sentence if one.name in faults else "",
            missing=one.name in faults and faults[one.name].missing,
            choices=one.choices,
            help=one.help,
            example=one.example,
            longest=one.max_length,
        )
        for one in cart.fields(picked)
    )
    head = mine[0]
    explain: list[str] = []
    for row in mine:
        if row.added_with is not None and row.amount is not None:
            explain.append(f"{row.name}: {shown(row.amount)}")
        explain.extend(row.explain[1:] if row.added_with is not None else row.explain)
    facts = line.facts() if isinstance(line, OwedLine) else ()
    why = _why(cart, picked, head.amount)
    return LinePanel(picked, head.number, head.name, fields, why, tuple(explain), facts)


def _why(cart: Cart, picked: int, amount: int | None) -> str:
    line, version = cart.lines[picked], cart.version(picked)
    if isinstance(line, OwedLine):
        return line.why()
    if version is None:
        return ""
    first = version.effective_from
    since = tr("in force since {day}").format(day=f"{first.day} {first:%b %Y}")
    words = ", ".join(part for part in (since, version.authority) if part)
    if amount is None:
        return tr("Price {words}").format(words=words)
    return tr("Why {amount}? {words}").format(amount=shown(amount), words=words)
