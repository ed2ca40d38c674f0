"""Numbers of permits, inspections and work orders as people key or scan them."""

from __future__ import annotations

from csr_desk.domain import numbering
from csr_desk.domain.errors import NotFound


def typed_number(series: str, typed: str) -> str:
    """Return a number of a series of ``numbering.FIXED`` as it was issued.

    Raises NotFound where it is none of the series, BadInput where its check digit says that a figure is wrong.
    """
    read = numbering.read_number(numbering.FIXED[series], typed)
    if read is None:
        raise no_such(series, typed)
    return read.number


def no_such(series: str, typed: str) -> NotFound:
    """Return the refusal of a number that nothing has."""
    return NotFound(f"There is no {series.replace('_', ' ')} “{typed.strip()[:40]}”.", field=series)
