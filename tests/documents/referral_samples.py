"""A slip for somebody who is referred, for the tests of documents."""

from __future__ import annotations

from datetime import date

from csr_desk.domain.receipt import Office
from csr_desk.domain.referrals import Area, Kind, Place, Slip

OFFICE = Office(
    "HPC", "Houston Permitting Center", ("1002 Washington Ave", "Houston, TX 77002"), "832-394-9000",
    "America/Chicago", training=False, demonstration=False,
)  # fmt: skip
LINK = "https://www.openstreetmap.org/search?query=10555%20Northwest%20Fwy%20Houston"
PLACE = Place(1, "10555 Northwest Fwy, Houston, TX 77092", "Mon–Fri 8–16", "713-274-3900", LINK)


def referral_slip(**more: object) -> Slip:
    """Somebody from outside the city limits is sent to the county."""
    facts: dict[str, object] = {
        "office": OFFICE, "number": "RF26-000001-9", "need": "Building permit outside the city limits",
        "agency": "Harris County Office of the County Engineer", "area": Area.OUTSIDE, "kind": Kind.WARM,
        "language": "en", "advice": "Bring the deed with the subdivision.", "places": (PLACE,),
        "given_on": date(2026, 7, 14), "given_by": "Dolores Reyes", **more,
    }  # fmt: skip
    return Slip(**facts)  # type: ignore[arg-type]
