"""Price steps: their rows in a spreadsheet and the parts of the pricing algebra; a reader and a writer a kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import singledispatch

from csr_desk.domain.catalogue import number_text
from csr_desk.domain.pricing import (
    AtLeast,
    AtMost,
    Bracket,
    Brackets,
    Condition,
    Entered,
    Flat,
    Instalment,
    Joining,
    LookUp,
    LookUpRow,
    Parts,
    Percent,
    PerUnit,
    Prorate,
    Refuse,
    RoundingWay,
    RoundTo,
    Step,
    Term,
    Tier,
    Tiers,
    Times,
)
from csr_desk.services.catalogue_sheets import RowReader

ZERO, ONE = Decimal(0), Decimal(1)
MOST_KEYS = 2
CENT_PLACES = 2


@dataclass(frozen=True, slots=True)
class StepRows:
    """A step as it is read: its own row and its rows of the price table."""

    row: RowReader
    table: Sequence[RowReader]

    @property
    def input(self) -> str:
        """The one input that the step goes by."""
        names = self.row.words("inputs")
        if len(names) != 1:
            self.row.fault("inputs", "This kind of step goes by exactly one input.")
        return names[0] if names else ""

    @property
    def inputs(self) -> tuple[str, ...]:
        """All inputs that the step goes by; at least one."""
        names = self.row.words("inputs")
        if not names:
            self.row.fault("inputs", "Name the input that this step goes by.")
        return names

    @property
    def positive_increment(self) -> Decimal:
        """The size of one unit; 1 when the cell is empty."""
        return _positive(self.row, "increment")

    @property
    def parts(self) -> Parts:
        """How a part of a unit counts."""
        return self.row.choice("parts", Parts, Parts.EXACT)


def _positive(row: RowReader, column: str) -> Decimal:
    found = row.number(column, ONE)
    if found <= 0:
        row.fault(column, "This must be more than 0.")
        return ONE
    return found


def _per_unit(rows: StepRows) -> Term:
    row = rows.row
    included = row.number("included", ZERO)
    increment = rows.positive_increment
    return PerUnit(row.amount("amount"), rows.inputs, included, increment, rows.parts, row.decimal("upto"))


def _brackets(rows: StepRows) -> Term:
    table = tuple(
        Bracket(row.decimal("over"), row.decimal("upto"), row.amount("amount"), row.number("rate", ZERO))
        for row in _table(rows)
    )
    parts = rows.row.choice("parts", Parts, Parts.UP)
    return Brackets(rows.input, table, rows.positive_increment, parts)


def _tiers(rows: StepRows) -> Term:
    table = tuple(Tier(row.number("over", ZERO), row.decimal("upto"), row.amount("rate")) for row in _table(rows))
    return Tiers(rows.input, table)


def _look_up(rows: StepRows) -> Term:
    names = rows.inputs
    if len(names) > MOST_KEYS:
        rows.row.fault("inputs", f"A table is looked up by at most {MOST_KEYS} inputs.")
    columns = ("key_1", "key_2")[: len(names)]
    table = tuple(
        LookUpRow(tuple(row.needed(column) for column in columns), row.amount("amount")) for row in _table(rows)
    )
    return LookUp(names, table, rows.row.text("per"), rows.positive_increment, rows.parts)


def _percent(rows: StepRows) -> Term:
    names = rows.row.words("inputs")
    return Percent(rows.row.amount("percent"), names[0] if names else "", rows.row.text("of_item"))


def _entered(rows: StepRows) -> Term:
    names = rows.row.words("inputs")
    row = rows.row
    return Entered(row.decimal("least"), row.decimal("most"), names[0] if names else "amount")


def _instalment(rows: StepRows) -> Term:
    plan = tuple(row.amount("amount") for row in rows.table)
    count = rows.row.whole("count") or len(plan)
    if count < 1 or (plan and len(plan) != count):
        rows.row.fault("count", "Say how many instalments there are, as many as the price table has rows for them.")
    return Instalment(rows.input, max(count, 1), plan)


def _prorate(rows: StepRows) -> Term:
    return Prorate(rows.input, _positive(rows.row, "count"))


def _round_to(rows: StepRows) -> Term:
    way = rows.row.choice("parts", RoundingWay, RoundingWay.NEAREST)
    return RoundTo(_positive(rows.row, "amount"), way)


def _table(rows: StepRows) -> Sequence[RowReader]:
    if not rows.table:
        rows.row.fault("kind", "This kind of step needs rows in the price table; there are none.")
    return rows.table


READERS: Mapping[str, Callable[[StepRows], Term]] = {
    "flat": lambda rows: Flat(rows.row.amount("amount")),
    "per unit": _per_unit,
    "bracket": _brackets,
    "tiers": _tiers,
    "look up": _look_up,
    "percent": _percent,
    "entered": _entered,
    "times": lambda rows: Times(rows.row.amount("amount")),
    "prorate": _prorate,
    "instalment": _instalment,
    "at least": lambda rows: AtLeast(rows.row.amount("amount")),
    "at most": lambda rows: AtMost(rows.row.amount("amount")),
    "round to": _round_to,
    "refuse": lambda rows: Refuse(rows.row.needed("label")),
    "refuse tender": lambda rows: Refuse(rows.row.needed("label"), tender=True),
}
"""Every kind of step that a price may be made of."""


def read_step(row: RowReader, table: Sequence[RowReader]) -> Step | None:
    """Read one step; a fault is noted and nothing returned when its kind is not known."""
    kind = row.text("kind").casefold()
    reader = READERS.get(kind)
    if reader is None:
        row.fault("kind", f"“{row.text('kind')}” is not a kind of step. There are: {', '.join(READERS)}.")
        return None
    return Step(
        term=reader(StepRows(row, table)),
        label="" if kind.startswith("refuse") else row.text("label"),
        when=tuple(found for found in (read_condition(row), read_condition(row, "and")) if found is not None),
        # an entered amount is refused outside its limits; any other step is held within them
        least=None if kind == "entered" else row.decimal("least"),
        most=None if kind == "entered" else row.decimal("most"),
        joining=row.choice("joining", Joining, Joining.ADD),
    )


def read_condition(row: RowReader, prefix: str = "when") -> Condition | None:
    """Read the four columns of a condition; nothing when they are empty."""
    inputs = row.words(f"{prefix}_inputs")
    over, upto = row.decimal(f"{prefix}_over"), row.decimal(f"{prefix}_upto")
    values = tuple(word.casefold() for word in row.words(f"{prefix}_is"))
    if not inputs:
        if over is not None or upto is not None or values:
            row.fault(f"{prefix}_inputs", "A condition needs the input that it looks at.")
        return None
    if over is None and upto is None and not values:
        row.fault(f"{prefix}_is", "A condition needs limits or words to compare with.")
    return Condition(inputs, over, upto, values)


def condition_cells(condition: Condition | None, prefix: str = "when") -> dict[str, str]:
    """Write a condition into its four columns."""
    if condition is None:
        return {}
    return {
        f"{prefix}_inputs": "; ".join(condition.inputs),
        f"{prefix}_over": cell(condition.over),
        f"{prefix}_upto": cell(condition.upto),
        f"{prefix}_is": "; ".join(condition.values),
    }


def money_cell(amount: Decimal | None) -> str:
    """Write dollars with their cents, and a finer rate with all its decimals."""
    if amount is None:
        return ""
    text = number_text(amount)
    return text if len(text.partition(".")[2]) > CENT_PLACES else f"{amount:.2f}"


def cell(number: Decimal | int | None) -> str:
    """Write a number, or nothing, into a cell."""
    return "" if number is None else number_text(Decimal(number))


def _size(term: PerUnit | LookUp) -> dict[str, str]:
    return {
        "increment": "" if term.increment == 1 else cell(term.increment),
        "parts": "" if term.parts is Parts.EXACT else term.parts.value,
    }


def step_cells(step: Step) -> dict[str, str]:
    """Write a step into the columns of the price steps (its table rows come from ``table_cells``)."""
    cells = _term_cells(step.term)
    cells.setdefault("label", step.label)
    cells.setdefault("least", money_cell(step.least))
    cells.setdefault("most", money_cell(step.most))
    cells["joining"] = "" if step.joining is Joining.ADD else step.joining.value
    for prefix, condition in zip(("when", "and"), step.when, strict=False):
        cells |= condition_cells(condition, prefix)
    return cells


@singledispatch
def _term_cells(term: Term) -> dict[str, str]:
    """Write what is particular to one kind of step."""
    raise TypeError(f"{type(term).__name__} has no column form.")


@_term_cells.register
def _(term: Flat) -> dict[str, str]:
    return {"kind": "flat", "amount": money_cell(term.amount)}


@_term_cells.register
def _(term: PerUnit) -> dict[str, str]:
    own = {"kind": "per unit", "amount": money_cell(term.rate), "inputs": "; ".join(term.inputs)}
    return {**own, "included": cell(term.included or None), "upto": cell(term.upto), **_size(term)}


@_term_cells.register
def _(term: Percent) -> dict[str, str]:
    return {"kind": "percent", "percent": cell(term.percent), "inputs": term.of_input, "of_item": term.of_item}


@_term_cells.register
def _(term: Entered) -> dict[str, str]:
    return {"kind": "entered", "least": money_cell(term.least), "most": money_cell(term.most), "inputs": term.input}


@_term_cells.register
def _(term: Brackets) -> dict[str, str]:
    size = "" if term.increment == 1 else cell(term.increment)
    rounding = "" if term.parts is Parts.UP else term.parts.value
    return {"kind": "bracket", "inputs": term.input, "increment": size, "parts": rounding}


@_term_cells.register
def _(term: Tiers) -> dict[str, str]:
    return {"kind": "tiers", "inputs": term.input}


@_term_cells.register
def _(term: LookUp) -> dict[str, str]:
    return {"kind": "look up", "inputs": "; ".join(term.inputs), "per": term.per, **_size(term)}


@_term_cells.register
def _(term: Times) -> dict[str, str]:
    return {"kind": "times", "amount": cell(term.factor)}


@_term_cells.register
def _(term: Prorate) -> dict[str, str]:
    return {"kind": "prorate", "inputs": term.input, "count": cell(term.whole)}


@_term_cells.register
def _(term: Instalment) -> dict[str, str]:
    return {"kind": "instalment", "inputs": term.input, "count": cell(term.count)}


@_term_cells.register
def _(term: AtLeast) -> dict[str, str]:
    return {"kind": "at least", "amount": money_cell(term.amount)}


@_term_cells.register
def _(term: AtMost) -> dict[str, str]:
    return {"kind": "at most", "amount": money_cell(term.amount)}


@_term_cells.register
def _(term: RoundTo) -> dict[str, str]:
    return {"kind": "round to", "amount": money_cell(term.multiple), "parts": term.way.value}


@_term_cells.register
def _(term: Refuse) -> dict[str, str]:
    return {"kind": "refuse tender" if term.tender else "refuse", "label": term.sentence}


def table_cells(term: Term) -> tuple[dict[str, str], ...]:
    """Write the rows of a step in the price table; none for steps without one."""
    match term:
        case Brackets(_, rows):
            return tuple(
                {
                    "over": cell(row.over),
                    "upto": cell(row.upto),
                    "amount": money_cell(row.base),
                    "rate": money_cell(row.rate or None),
                }
                for row in rows
            )
        case Tiers(_, tiers):
            return tuple(
                {"over": cell(one.over), "upto": cell(one.upto), "rate": money_cell(one.rate)} for one in tiers
            )
        case LookUp(_, found):
            return tuple(
                {**dict(zip(("key_1", "key_2"), one.keys, strict=False)), "amount": money_cell(one.amount)}
                for one in found
            )
        case Instalment(_, _, plan):
            return tuple({"amount": money_cell(amount)} for amount in plan)
        case _:
            return ()
