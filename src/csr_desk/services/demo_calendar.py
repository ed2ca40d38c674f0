"""The demo city's holidays of 2026 and 2027: the federal ones and what cities usually add, no list of any real city."""

from __future__ import annotations

from csr_desk import locations
from csr_desk.services import policies, staff
from csr_desk.services.desk import open_desk

_KEY = "demo-city-holidays"


def demo_holidays() -> str:
    """Return the table as it is shipped, one line a day."""
    return (locations.resources() / "demo" / "holidays.txt").read_text(encoding="utf-8")


def fill(url: str) -> int:
    """Let the demo city's administrator enter the table; return how many days it has."""
    desk = open_desk(url)
    try:
        command = policies.SetPolicy(_KEY, {"holidays": demo_holidays()})
        return len(policies.set_policy(desk, staff.person(desk, "admin1"), command).value.holidays)
    finally:
        desk.close()
