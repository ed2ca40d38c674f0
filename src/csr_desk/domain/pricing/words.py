"""Numbers as a person reads them in the explanation of a price (key F1)."""

from __future__ import annotations

from decimal import Decimal

CENT_PLACES = 2


def number_words(number: Decimal) -> str:
    """Write a count or measure without idle zeros: ``21,300``, ``8.1659317``."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def dollar_words(amount: Decimal) -> str:
    """Write dollars with at least two decimals, and with more where the rate has more: ``5.36``, ``0.032``."""
    text = number_words(amount)
    _, _, part = text.partition(".")
    return f"{amount:,.2f}" if len(part) <= CENT_PLACES else text


def input_words(name: str) -> str:
    """Write the name of an input as words: ``linear_feet`` is "linear feet"."""
    return name.replace("_", " ")
