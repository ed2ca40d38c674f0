"""What the notices of the demo city say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Posted:
    """A notice: it takes effect so many days from today."""

    title: str
    body: str
    kind: str
    days: int
    items: tuple[str, ...] = ()


NOTICES: tuple[Posted, ...] = (
    Posted(
        "Fees of the building code from 1 January",
        "The yearly change by the consumer price index is in the catalogue. A permit that was applied for before keeps "
        "its old fee; a mailed invoice keeps the fee of its date.",
        "price", -10, ("BLD-FENCE", "ELE-RECON"),
    ),
    Posted(
        "Release of service: spell the unit as on the permit",
        "The wires company refused nine releases last month for the unit alone. Copy the address from the permit; do "
        "not key it from the customer’s letter.",
        "process", -5,
    ),
    Posted(
        "Restored water: cash or card only",
        "From today on no check is taken for what is past due after a shut-off, nor for the restore fee. Say so before "
        "you take the payment.",
        "process", 0, ("WTR-RESTORE",),
    ),
)  # fmt: skip
"""The last one nobody has read yet."""
