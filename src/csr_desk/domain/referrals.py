"""Where people are referred to, by what they need and where they live; and whether it helped (I4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csr_desk.domain.receipt import Office


class Area(StrEnum):
    """Whom an agency serves. A Houston mailing address may lie outside the city limits: other permits, other fees."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    ANYWHERE = "anywhere"


class Kind(StrEnum):
    """How somebody is referred: warm, where we called there first and they expect the person; cold otherwise."""

    WARM = "warm"
    COLD = "cold"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an agency is found."""

    n: int
    address: str
    hours: str = ""
    reach: str = ""
    map_link: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Agency:
    """Who answers a need, with what to say and to bring."""

    need: str
    n: int
    company: str
    name: str
    area: Area
    advice: str = ""
    active: bool = True
    places: tuple[Place, ...] = ()
    written: str = ""
    """Its advice as it was keyed, with other languages behind it (``tongues``)."""

    def serves(self, *, inside: bool | None) -> bool:
        """Say whether it may serve an address: inside the city limits, outside, or not known."""
        return inside is None or self.area in {Area.ANYWHERE, Area.INSIDE if inside else Area.OUTSIDE}


@dataclass(frozen=True, slots=True)
class Need:
    """What people come for that somebody else does."""

    code: str
    name: str
    keywords: str = ""
    active: bool = True
    agencies: tuple[Agency, ...] = ()
    written: str = ""
    """Its name as it was keyed, with other languages behind it (``tongues``)."""


@dataclass(frozen=True, slots=True)
class Referral:
    """Somebody was sent elsewhere."""

    number: str
    need: str
    need_name: str
    company: str
    company_name: str
    kind: Kind
    state: str
    at: str
    """UTC, as text."""
    by: str
    customer_id: str = ""
    request: str = ""
    language: str = ""
    follow_on: date | None = None
    followed_on: date | None = None
    reason: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class ReferralCount:
    """How many people with a need were referred to an agency, and how many of them came to which end."""

    need: str
    need_name: str
    company: str
    company_name: str
    state: str
    count: int


@dataclass(frozen=True, slots=True)
class Slip:
    """What goes along with somebody who is referred. It names nobody: it is left lying in offices."""

    office: Office
    number: str
    need: str
    agency: str
    area: Area
    kind: Kind
    language: str
    advice: str
    places: tuple[Place, ...]
    given_on: date
    given_by: str


def asks_for_limits(agencies: Iterable[Agency]) -> bool:
    """Say whether it matters where the address lies: whoever serves one side of the city limits does not the other.

    The post office calls places Houston that are not in the city. So nobody is sent by the mailing address.
    """
    return any(one.area is not Area.ANYWHERE for one in agencies)
