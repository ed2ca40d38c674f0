"""Which meter point is meant: the ESI ID of an electric service in the part of Texas that ERCOT runs.

``10``, then the five-figure code that the Department of Energy gives a utility, then the premise: 22 figures in all at
CenterPoint Energy, 17 at the others. There is no check digit. Sources: 16 TAC 25.5 (what it is), CenterPoint Energy
Houston Electric's “ESI ID Format”, and the market's public guides (wattbuy.com “Texas ESI IDs”) for the codes.
"""

from __future__ import annotations

from dataclasses import dataclass

LENGTHS = (17, 22)


@dataclass(frozen=True, slots=True)
class Wires:
    """A utility whose ESI IDs begin with ``code`` and have so many figures."""

    code: str
    name: str
    figures: int


WIRES = (
    Wires("1008901", "CenterPoint Energy", 22),
    Wires("1044372", "Oncor", 17),
    Wires("1017699", "Oncor (east)", 17),
    Wires("1003278", "AEP Texas Central", 17),
    Wires("1020404", "AEP Texas North", 17),
    Wires("1040051", "Texas-New Mexico Power", 17),
)


def figures_of(typed: str) -> str:
    """Return an ESI ID as keyed without blanks and hyphens."""
    return "".join(typed.replace("-", " ").split())


def wires_of(esi_id: str) -> Wires | None:
    """Return the utility that an ESI ID names, if it is one of those known here."""
    return next((one for one in WIRES if esi_id.startswith(one.code)), None)


def esi_id_fault(typed: str, code: str = "") -> str:
    """Say in one sentence what is wrong with an ESI ID, or nothing; those of the company begin with ``code``."""
    esi_id = figures_of(typed)
    if not esi_id:
        return "The ESI ID of the meter is missing; it stands on the electric bill."
    if not (esi_id.isascii() and esi_id.isdigit()):
        return "An ESI ID has figures only."
    if not esi_id.startswith("10"):
        return "An ESI ID begins with 10."
    wires = wires_of(esi_id)
    if code and not esi_id.startswith(code):
        whose = f" It is one of {wires.name}." if wires else ""
        return f"The ESI IDs of this utility begin with {code}.{whose}"
    wanted = (wires.figures,) if wires else LENGTHS
    if len(esi_id) not in wanted:
        return f"An ESI ID of this utility has {' or '.join(map(str, wanted))} figures; this one has {len(esi_id)}."
    return ""
