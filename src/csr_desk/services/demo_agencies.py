"""Whom the demo city refers people to: what they come for, who helps where they live, and some who were sent there.

The offices and what they do are facts of the Houston area. Addresses and hours were not verified, and the telephone
numbers are of the kind that nobody has, so that nobody calls anybody out of a demonstration.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from csr_desk.domain.company import Channel, CompanyForm, CompanyKind
from csr_desk.domain.referrals import Area, Kind, Place
from csr_desk.services import companies, referrals, staff
from csr_desk.services.demo_tongues import in_tongues
from csr_desk.services.desk import Desk, open_desk

MAP = "https://www.openstreetmap.org/search?query="


@dataclass(frozen=True, slots=True)
class Office:
    """An agency: name, kind, address (none: it is called only), hours, telephone."""

    name: str
    address: str
    hours: str
    phone: str
    kind: CompanyKind = CompanyKind.AGENCY


OFFICES: dict[str, Office] = {
    "county": Office(
        "Harris County Engineering, Permits", "1111 Fannin St, Houston, TX 77002", "Mon–Fri 8–16", "713-555-0201"
    ),
    "clerk": Office("Harris County Clerk", "1001 Preston St, Houston, TX 77002", "Mon–Fri 8–16:30", "713-555-0202"),
    "hcad": Office("Harris Central Appraisal District", "13013 Northwest Fwy, Houston, TX 77040", "Mon–Fri 8–17",
                   "713-555-0203"),
    "tax": Office("Harris County Tax Office", "1001 Preston St, Houston, TX 77002", "Mon–Fri 8–16:30", "713-555-0204"),
    "txdot": Office("TxDOT, Houston District", "7600 Washington Ave, Houston, TX 77007", "Mon–Fri 8–17",
                    "713-555-0205"),
    "tabc": Office("Texas Alcoholic Beverage Commission", "427 W 20th St, Houston, TX 77008", "Mon–Fri 8–17",
                   "713-555-0206"),
    "wires": Office("CenterPoint Energy, street lights and outages", "", "day and night", "713-555-0207",
                    CompanyKind.ELECTRIC),
    "choose": Office("Power to Choose (retail electric providers)", "", "Mon–Fri 8–17", "713-555-0208"),
    "211": Office("211 Texas", "", "day and night", "2-1-1"),
    "311": Office("Houston 311", "", "day and night", "3-1-1"),
    "health": Office("Houston Health Department", "8000 N Stadium Dr, Houston, TX 77054", "Mon–Fri 8–17",
                     "713-555-0211"),
}  # fmt: skip
"""By a short name of our own."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A need: code, name, what people say, and who answers it where, with what to tell them."""

    code: str
    name: str
    keywords: str
    answers: tuple[tuple[str, Area, str], ...]


_ANY, _IN, _OUT = Area.ANYWHERE, Area.INSIDE, Area.OUTSIDE
NEEDS = (
    Wanted("PERMIT", "Permit for building, fence or driveway", "build house shed county subdivision outside limits", (
        ("county", _OUT, "Bring the deed with subdivision, lot and block. The county has permits and fees of its own."),
        ("311", _IN, "Inside the city limits the permit is ours: this counter, or 311 for questions from home."),
    )),
    Wanted("ASSUMED-NAME", "Assumed name (DBA) for a business", "business name register company", (
        ("clerk", _ANY, "Bring an identity card. The form is signed before the clerk or a notary."),
    )),
    Wanted("APPRAISAL", "Value of a property, exemptions, protest", "tax homestead over 65 value appraisal owner", (
        ("hcad", _ANY, "Bring the notice of appraised value or the account number of the property."),
    )),
    Wanted("PROPERTY-TAX", "Paying the property tax, vehicle title", "tax car registration plates pay", (
        ("tax", _ANY, "Bring the statement, or the title and the insurance of the vehicle."),
    )),
    Wanted("STATE-ROAD", "Driveway or sign at a state road", "freeway feeder fm highway access sign", (
        ("txdot", _ANY, "Ask whether the road is the state’s: all FM roads and most feeders are."),
    )),
    Wanted("ALCOHOL", "License to sell alcohol", "liquor beer wine bar restaurant tabc", (
        ("tabc", _ANY, "The city certifies the location first: bring the certificate of this counter."),
    )),
    Wanted("STREET-LIGHT", "Street light out, power out, line down", "dark lamp electricity outage pole cable", (
        ("wires", _ANY, "Have the number on the pole. A line on the ground: stay away, and call 911 first."),
    )),
    Wanted("POWER", "Choosing or changing the electric company", "light bill provider move in electricity plan", (
        ("choose", _ANY, "Have the ESI ID from an old bill. The wires company stays the same."),
    )),
    Wanted("HELP", "Help with rent, food or bills", "eviction assistance hungry shelter pay bill charity", (
        ("211", _ANY, "They ask for the ZIP code and speak many languages."),
    )),
    Wanted("FOOD-DEALER", "Permit for food, restaurant inspection", "food dealer kitchen health truck inspection", (
        ("health", _IN, "Bring the floor plan and the menu."),
        ("county", _OUT, "Outside the city limits the county inspects."),
    )),
)  # fmt: skip
SENT: tuple[tuple[str, str, Kind, str, str, bool | None, tuple[str, str] | None], ...] = (
    ("PERMIT", "county", Kind.WARM, "C-104", "Fence on FM 529", False, ("reach", "She has her permit")),
    ("APPRAISAL", "hcad", Kind.COLD, "", "Homestead exemption", None, None),
    ("HELP", "211", Kind.WARM, "C-103", "Help with the water bill", None, None),
    ("ASSUMED-NAME", "clerk", Kind.COLD, "C-106", "", None, ("fail", "The office was closed that day")),
    ("STREET-LIGHT", "wires", Kind.COLD, "", "Lamp out at Polk and Scott", None, ("reach", "Lamp replaced")),
)
"""Need, agency, how, who, why, inside the limits, and what came of it."""


def fill(url: str) -> int:
    """Put the directory into a demo city whose people were just made, and return how many agencies there are."""
    desk = open_desk(url)
    try:
        return settle(desk)
    finally:
        desk.close()


def settle(desk: Desk) -> int:
    """Put the directory and some referrals into the demo city's office, and return how many agencies there are."""
    supervisor = staff.person(desk, "supervisor1")
    keys = (f"demo-agencies-{n}" for n in range(10_000))
    numbers = {}
    for short, office in OFFICES.items():
        form = CompanyForm(office.name, office.kind, Channel.PHONE, hours=office.hours)
        numbers[short] = companies.keep_company(desk, supervisor, companies.KeepCompany(next(keys), form)).value.number
        place = Place(0, office.address or "by telephone", office.hours, office.phone, _map(office.address))
        referrals.keep_place(desk, supervisor, referrals.KeepPlace(next(keys), numbers[short], place))
    for need in NEEDS:
        referrals.keep_need(
            desk, supervisor, referrals.KeepNeed(next(keys), need.code, in_tongues(need.name), need.keywords)
        )
        for short, area, advice in need.answers:
            answer = referrals.KeepAgency(next(keys), need.code, numbers[short], area, in_tongues(advice))
            referrals.keep_agency(desk, supervisor, answer)
    _send(desk, keys, numbers)
    return len(OFFICES)


def _send(desk: Desk, keys: Iterator[str], numbers: dict[str, str]) -> None:
    """Refer some people, and follow most of them up."""
    clerk = staff.person(desk, "clerk1")
    for need, short, kind, customer, reason, inside, outcome in SENT:
        wish = referrals.Refer(
            next(keys), need, numbers[short], kind, customer, reason=reason, inside=inside
        )  # fmt: skip
        number = referrals.refer(desk, clerk, wish).value.number
        if outcome is not None:
            referrals.follow_up(desk, clerk, referrals.FollowUp(next(keys), number, *outcome))


def _map(address: str) -> str:
    return MAP + quote(address) if address else ""
