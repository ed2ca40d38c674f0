"""Sales to examine: for every published version, the inputs at which its arithmetic turns a corner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from examination.published_rows import Row, count_name, sellable

TODAY = date(2026, 7, 14)
"""The training clock of the counter script."""


@dataclass(frozen=True)
class Case:
    """One line sold on one day."""

    row: Row
    on: date
    facts: Mapping[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        facts = ",".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.row.code}@{self.on}({facts})"


def _plain(value: Decimal) -> str:
    return f"{value:f}"


def _corners(row: Row) -> Iterator[Decimal]:
    """Counts on both sides of every edge that the row's parameters name."""
    params = row.params
    step = Decimal("0.01") if "$" in row["unit"] else Decimal(1)
    for bracket in params.get("brackets", ()):
        low, inc = Decimal(bracket["lo"]), Decimal(params["increment"])
        fine = step if inc == 1000 else Decimal("0.0000001")
        yield from (low + fine, low + inc, low + inc + fine)
        if bracket["hi"]:
            yield from (Decimal(bracket["hi"]), Decimal(bracket["hi"]) - inc)
    for tier in (*params.get("tiers", ()), *params.get("steps", ())):
        if tier.get("upto") is not None:
            yield from (Decimal(tier["upto"]), Decimal(tier["upto"]) + step)
    if "included" in params:
        included, inc = Decimal(params["included"]), Decimal(params["increment"])
        yield from (included, included + 1, included + inc, included + inc + 1, included + 7 * inc)
    yield from (Decimal(1), Decimal(2), Decimal(3), Decimal(12))


_FRACTIONS = frozenset({"hours", "acres", "linear_feet", "square_feet", "sqft"})
_NOT_COUNTED = frozenset({
    "FLAT", "NO_CHARGE", "FORMULA", "LOOKUP", "PERCENT_OF_FEE", "PENALTY_COUNT", "PENALTY_DATED", "PRORATED",
    "INSTALLMENT", "VARIABLE", "TABLE_PLUS_MARGINAL",
})  # fmt: skip


def _counts(row: Row) -> Iterator[Mapping[str, str]]:
    name = count_name(row)
    for count in sorted(set(_corners(row))):
        if count > 0:
            yield {name: _plain(count)}
    if name in _FRACTIONS and row.kind != "TIER_BRACKET":
        yield {name: "5.25"}


def _each(name: str, values: Iterable[str], **others: str) -> list[dict[str, str]]:
    return [{name: value, **others} for value in values]


_METERS = [
    {"meter_size": size, "usage_kgal": usage}
    for size in ("3/4", "1")
    for usage in ("0", "1", "3", "4", "6", "7", "12", "13", "20", "21", "60")
]
_NTH = ("1", "2", "3", "4", "5", "6", "7", "8", "20")

BY_CODE: dict[str, list[dict[str, str]]] = {
    "BLD-PLANDEP": _each("valuation", ("500", "21300", "150000", "150000.01", "6000000")),
    "BLD-REEXAM": _each("permit_fee", ("0.01", "584.79", "584.80", "584.81", "584.87", "1000", "109834.09")),
    "BLD-CO-EXIST": [
        {"stories": stories, "square_feet": feet}
        for stories in ("1", "2", "40")
        for feet in ("900", "10000", "10001", "200000", "350000")
    ],
    "HVAC-SELF": _each("tons", ("1", "2.5", "7", "8", "40")),
    "SGN-BUILD": [
        {"sqft": feet, "height_ft": height, "sign_type": kind}
        for feet in ("10", "32", "32.5", "100")
        for height, kind in (("14", "ground"), ("14.5", "ground"), ("30", "ground"), ("30", "wall"))
    ],
    "SGN-STORE": [
        {"seizure_date": "2026-07-01", "release_date": end} for end in ("2026-07-02", "2026-07-11", "2026-08-01")
    ],
    "IMP-DRAIN": [
        {"service_area": area, "impervious_sqft": feet}
        for area in ("Brays Bayou", "Buffalo/White Oak", "Clear Creek", "Sims/Vince")
        for feet in ("1000", "2500", "12345")
    ],
    "WTR-SFR": _METERS,
    "SWR-SFR": [*_METERS, {"meter_size": "1.5", "usage_kgal": "5"}, {"meter_size": "2", "usage_kgal": "2"}],
    "DRN-CURB": _each("impervious_sqft", ("1", "100", "2350", "51234")),
    "DRN-DITCH": _each("impervious_sqft", ("1", "100", "2350", "51234")),
    "WTR-DEPOSIT": _each("average_monthly_bill", ("0.01", "24.99", "25.00", "61.37", "250.00", "250.01", "900")),
    "WTR-RECLOSE2": _each("occurrence_no", ("1", "2", "3", "4", "9")),
    "WTR-HIST": [
        {"from": "2024-01-01", "to": end} for end in ("2024-06-30", "2025-01-01", "2025-01-02", "2026-06-30")
    ],
    "WTR-PENALTY": _each("unpaid_current_charges", ("0.50", "9.99", "10.00", "10.05", "64.37", "812.45")),
    "ALM-FALSE-R": [
        *_each("occurrence_no", _NTH, response_minutes="20"),
        *_each("occurrence_no", ("1", "5", "9"), response_minutes="65"),
        *_each("occurrence_no", ("5", "9"), response_minutes="66"),
    ],
    "ALM-FALSE-H": _each("occurrence_no", _NTH),
    "ALM-COLL": _each("penalty", ("50.00", "75.00", "140.09", "560.39")),
    "VFH-TAXI": [{}, *_each("installment", ("1", "2", "3"))],
    "VFH-TAXI-PRO": _each("start_date", ("2026-01-01", "2026-01-31", "2026-02-01", "2026-07-14", "2026-12-31")),
    "PKG-CIT": _each(
        "issue_date",
        ("2026-07-14", "2026-06-14", "2026-06-13", "2026-04-15", "2026-04-14", "2025-11-30"),
    ),
    "ANI-IMP": [
        {"offense_no": offense, "days": days, "rabies_proof": proof}
        for offense in ("1", "2", "3", "5")
        for days, proof in (("1", "yes"), ("4", "no"))
    ],
    "HHD-PLAN": [
        {"valuation": valuation, "expedited": fast}
        for valuation in ("1", "7000", "7000.01", "150000", "150000.01", "5000000", "5000000.01")
        for fast in ("no", "yes")
    ],
    "HHD-MFU": [{}, {"propane": "yes"}],
    "EXC-UTIL": [{}, {"paper_application": "yes"}],
    "MCD-CIT": _each("amount", ("14.00", "10.00", "229.00")),
    "PRK-SOFTBALL": _each("amount", ("303.15", "350.00", "372.47")),
    "REC-LABOR": _each("hours", ("0.25", "1", "2.75", "10"), pages="120"),
    "REC-MAP": [*_each("quantity", ("1", "3")), {"quantity": "1", "exemption_certificate": "01-339 17"}],
    "HFD-EMS": _each("miles", ("1", "0.1", "7", "7.2", "30")),
    "SWM-DUMP": [{"dumpsters": number, "years": years} for number in ("1", "2", "9") for years in ("1", "2", "3")],
    "PRK-GYM": [{"date": "", "hours": hours} for hours in ("1", "1.5", "4")],
    "PLN-PLAT3": [
        {"lots": lots, "reserve_acres": acres} for lots, acres in (("1", "0"), ("24", "1.375"), ("310", "12.001"))
    ],
    "ROW-LANE": [
        {"lanes": "1", "blocks": "1", "weeks": "1"},
        {"lanes": "2", "blocks": "3", "weeks": "4"},
    ],
    "MCD-TIMEPAY": [{"judgment_date": "2026-05-01"}],
    "HPD-FINGER": [{"sets": "1"}],
}  # fmt: skip
"""Where the parameters alone do not name the inputs, or where dates decide."""


def facts_of(row: Row) -> list[Mapping[str, str]]:
    """The input sets to try for one version."""
    if row.code in BY_CODE:
        return [dict(facts) for facts in BY_CODE[row.code]]
    return [{}] if row.kind in _NOT_COUNTED else list(_counts(row))


def days_of(row: Row) -> list[date]:
    """Days on which the version is in force: its first, its last, and the training day."""
    days = [row.starts] + ([row.ends] if row.ends else [])
    if row.in_force(TODAY):
        days.append(TODAY)
    if row.code in DATED:
        days = [TODAY]
    return sorted(set(days))


DATED = frozenset({"PKG-CIT", "SGN-STORE", "VFH-TAXI-PRO", "MCD-TIMEPAY"})
"""Priced by the days between their dates and the sale: examined on the training day."""


def cases() -> list[Case]:
    """Every case of every version that is sold at a counter."""
    found = []
    for row in sellable():
        for on in days_of(row):
            for facts in facts_of(row):
                known = dict(facts)
                if row.code == "PRK-GYM":
                    known["date"] = on.isoformat()
                found.append(Case(row, on, known))
    return found
