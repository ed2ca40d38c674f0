"""What a quote must give, worked out from the published rows alone (``published_rows``).

This is a second opinion: it reckons as a clerk with a calculator would and shares no code with ``csr_desk`` (not even
its rounding). Amounts are exact ``Decimal`` dollars until the last step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from examination.published_rows import (
    ZERO,
    Row,
    Unpriced,
    count_name,
    day,
    number,
    over,
    to_cents,
    version_on,
    versions,
    whole_up,
)


def _flat(row: Row, facts: Mapping[str, str], on: date) -> Decimal:
    extra = row.params.get("plus", "0")
    return row.amount + Decimal(extra)


def _per_unit(row: Row, facts: Mapping[str, str], on: date) -> Decimal:
    if row.code == "WTR-HIST":
        return row.amount * _periods(day(facts, "from"), day(facts, "to"))
    if "factors" in row.params:
        product = Decimal(1)
        for name in row.params["factors"]:
            product *= whole_up(number(facts, name))
        return row.amount * product
    return row.amount * number(facts, count_name(row))


def _periods(first: date, last: date) -> int:
    """Twelve-month periods from ``first`` to ``last``, a started one counts."""
    periods = 0
    reached = first
    while reached < last:
        periods += 1
        reached = first.replace(year=first.year + periods)
    return max(periods, 1)


def _base_plus_unit(row: Row, facts: Mapping[str, str], on: date) -> Decimal:
    count = number(facts, count_name(row))
    per = Decimal(row.params["per"])
    return row.amount + per * over(count, Decimal(row.params["included"]), Decimal(row.params["increment"]))


def _time_block(row: Row, facts: Mapping[str, str], on: date) -> Decimal:
    if "included" in row.params:
        return _base_plus_unit(row, facts, on)
    return row.amount * whole_up(number(facts, count_name(row)) / Decimal(row.params["increment"]))


def _base_plus_percent(row: Row, facts: Mapping[str, str], on: date) -> Decimal:
    return Decimal(row.params["base"]) + number(facts, count_name(row)) * Decimal(row.params["pct"]) / 100


def _tier_bracket(row: Row, facts: Mapping[str, str], on: date) -> Decimal:
    basis = number(facts, count_name(row))
    for bracket in row.params["brackets"]:
        low = Decimal(bracket["lo"])
        if basis > low and (bracket["hi"] == "" or basis <= Decimal(bracket["hi"])):
            steps = over(basis, low, Decimal(row.params["increment"]))
            return Decimal(bracket["base"]) + Decimal(bracket["rate"]) * steps
    raise Unpriced


def _tier_marginal(row: Row, facts: Mapping[str, str], on: date) -> Decimal:
    count = number(facts, count_name(row))
    bases = row.params.get("base_by_meter")
    total = Decimal(bases[facts["meter_size"]]) if bases else ZERO
    floor = ZERO
    for tier in row.params["tiers"]:
        top = count if tier["upto"] is None else min(count, Decimal(tier["upto"]))
        total += max(top - floor, ZERO) * Decimal(tier["rate"])
        floor = max(floor, top)
    return total


def _tier_step(row: Row, facts: Mapping[str, str], on: date) -> Decimal:
    count = number(facts, count_name(row))
    step = next(s for s in row.params["steps"] if s["upto"] is None or count <= Decimal(s["upto"]))
    price = Decimal(step["amount"])
    if facts.get("expedited") == "yes":
        price *= Decimal(row.params["multiplier_if_expedited"])
    return price + Decimal(str(row.params.get("plus", "0")).split()[0])


def _lookup(row: Row, facts: Mapping[str, str], on: date) -> Decimal:
    dumpsters, years = number(facts, "dumpsters"), facts["years"]
    table = row.params["table"]["1" if dumpsters == 1 else "2+"]
    if years not in table:
        raise Unpriced
    return Decimal(table[years])


def _lookup_x_unit(row: Row, facts: Mapping[str, str], on: date) -> Decimal:
    return Decimal(row.params["rates"][facts["service_area"]]) * number(facts, count_name(row)) / 1000


def _table_plus_marginal(row: Row, facts: Mapping[str, str], on: date) -> Decimal:
    table = row.params["table_kgal"][facts["meter_size"]]
    usage = number(facts, count_name(row))
    total = Decimal(table[min(int(usage), len(table) - 1)]) + Decimal(row.params["plus"])
    for tier in row.params["beyond"]:
        top = min(usage, Decimal(tier["upto"])) if "upto" in tier else usage
        total += max(top - Decimal(tier["over"]), ZERO) * Decimal(tier["rate"])
    return total


def _percent_of_fee(row: Row, facts: Mapping[str, str], on: date) -> Decimal:
    rate = Decimal(row.params["pct"]) / 100
    if row.params["of"] == "BLD-STRUCT":
        permit = version_on("BLD-STRUCT", on)
        if permit is None:
            raise Unpriced
        bracket = Decimal(to_cents(_tier_bracket(permit, facts, on))) / 100
        return rate * max(bracket, permit.limit("min_amount") or ZERO)  # the minimum governs the permit's fee
    return rate * number(facts, "penalty")


def _greater_of(row: Row, facts: Mapping[str, str], on: date) -> Decimal:
    if "pct_of_fee" in row.params:
        part = number(facts, "permit_fee") * Decimal(row.params["pct_of_fee"]) / 100
        return max(Decimal(row.params["flat"]), part)
    per_ton, least = row.params["plus"]["greater_of"]
    rate = Decimal(per_ton.split("*")[0])
    return Decimal(row.params["base"]) + max(rate * number(facts, "tons"), Decimal(least))


def _formula(row: Row, facts: Mapping[str, str], on: date) -> Decimal:
    return FORMULAS[row.code](row, facts)


def _occupancy(row: Row, facts: Mapping[str, str]) -> Decimal:
    stories, area = row.params["components"]
    extra = over(number(facts, "stories"), Decimal(stories["included"]), Decimal(1))
    counted = min(number(facts, "square_feet"), Decimal(area["cap"])) - Decimal(area["over"])
    return Decimal(stories["base"]) + extra * Decimal(stories["per"]) + max(counted, ZERO) * Decimal(area["per"])


def _sign(row: Row, facts: Mapping[str, str]) -> Decimal:
    total = ZERO
    for part in row.params["components"]:
        if "when" in part and not (facts["sign_type"] == "ground" and number(facts, "height_ft") > 14):
            continue
        units = over(number(facts, part["unit"]), Decimal(part["included"]), Decimal(1))
        total += Decimal(part["base"]) + units * Decimal(part["per"])
    return total


def _water_deposit(row: Row, facts: Mapping[str, str]) -> Decimal:
    return 2 * number(facts, "average_monthly_bill")


def _labor(row: Row, facts: Mapping[str, str]) -> Decimal:
    labor, overhead = row.params["components"]
    price = Decimal(labor["per_hour"]) * number(facts, "hours")
    return price * (100 + Decimal(overhead["pct_of_previous"])) / 100


def _ambulance(row: Row, facts: Mapping[str, str]) -> Decimal:
    base, mileage = row.params["components"]
    return Decimal(base["flat"]) + Decimal(mileage["per_unit"]) * whole_up(number(facts, "miles"))


def _impound(row: Row, facts: Mapping[str, str]) -> Decimal:
    offense, boarding, rabies = row.params["components"]
    steps = offense["by_offense"]
    price = Decimal(steps[min(int(facts["offense_no"]), len(steps)) - 1])
    price += Decimal(boarding["per_day"]) * number(facts, "days")
    return price + (Decimal(rabies["flat"]) if facts["rabies_proof"] == "no" else ZERO)


def _plat(row: Row, facts: Mapping[str, str]) -> Decimal:
    flat, lots, acres = row.params["components"]
    price = Decimal(flat["flat"]) + Decimal(lots["per_lot"]) * number(facts, "lots")
    return price + Decimal(acres["per_acre_reserve"]) * number(facts, "reserve_acres")


def _with_condition(row: Row, facts: Mapping[str, str]) -> Decimal:
    holds = facts.get(CONDITIONS.get(row.code, ""), "no") == "yes"
    return sum((Decimal(part["flat"]) for part in row.params["components"] if holds or "if" not in part), ZERO)


CONDITIONS = {"HHD-MFU": "propane", "EXC-UTIL": "paper_application"}
"""Yes/no inputs that the published rows describe in words without naming them."""

FORMULAS = {
    "BLD-CO-EXIST": _occupancy,
    "SGN-BUILD": _sign,
    "WTR-DEPOSIT": _water_deposit,
    "REC-LABOR": _labor,
    "HFD-EMS": _ambulance,
    "ANI-IMP": _impound,
    "PLN-PLAT3": _plat,
    "PKG-BOOT": _with_condition,
    "HHD-MFU": _with_condition,
    "EXC-UTIL": _with_condition,
}


def _per_day(row: Row, facts: Mapping[str, str], on: date) -> Decimal:
    if row.code == "SGN-STORE":
        days = Decimal(max((day(facts, "release_date") - day(facts, "seizure_date")).days, 1))
    else:
        days = number(facts, count_name(row))
    return row.amount * days + Decimal(row.params.get("plus_flat", "0"))


def _penalty_count(row: Row, facts: Mapping[str, str], on: date) -> Decimal:
    nth = int(facts["occurrence_no"])
    if "fee" in row.params:
        penalties = row.params["penalty"]
        return Decimal(row.params["fee"]) + Decimal(penalties[min(nth, len(penalties)) - 1])
    if int(facts.get("response_minutes", "0")) > 65 and "not_counted" in row.params:
        return ZERO
    for span, amount in row.params["schedule"].items():
        low, _, high = span.rstrip("+").partition("-")
        if int(low) <= nth and (span.endswith("+") or nth <= int(high or low)):
            return Decimal(amount)
    raise Unpriced


def _penalty_dated(row: Row, facts: Mapping[str, str], on: date) -> Decimal:
    if "pct" in row.params:
        return number(facts, "unpaid_current_charges") * Decimal(row.params["pct"]) / 100
    price = row.amount
    age = (on - day(facts, "issue_date")).days
    for step in row.params["steps"]:
        if age > step["after_days"]:
            price += Decimal(step["add"]) if "add" in step else price * Decimal(step["pct_of_unpaid"]) / 100
    return price


def _prorated(row: Row, facts: Mapping[str, str], on: date) -> Decimal:
    return row.amount * (13 - day(facts, "start_date").month)


def _instalment(row: Row, facts: Mapping[str, str], on: date) -> Decimal:
    if "installment" not in facts:
        return row.amount
    cents, parts = to_cents(row.amount), row.params["installments"]
    extra = 1 if int(facts["installment"]) <= cents % parts else 0
    return Decimal(cents // parts + extra) / 100


def _entered(row: Row, facts: Mapping[str, str], on: date) -> Decimal:
    return number(facts, "amount")


def _per_night(row: Row, facts: Mapping[str, str], on: date) -> Decimal:
    return row.amount * number(facts, count_name(row))


KINDS = {
    "FLAT": _flat,
    "NO_CHARGE": _flat,
    "PER_UNIT": _per_unit,
    "BASE_PLUS_UNIT": _base_plus_unit,
    "TIME_BLOCK": _time_block,
    "BASE_PLUS_PERCENT": _base_plus_percent,
    "TIER_BRACKET": _tier_bracket,
    "TIER_MARGINAL": _tier_marginal,
    "TIER_STEP": _tier_step,
    "LOOKUP": _lookup,
    "LOOKUP_X_UNIT": _lookup_x_unit,
    "TABLE_PLUS_MARGINAL": _table_plus_marginal,
    "PERCENT_OF_FEE": _percent_of_fee,
    "GREATER_OF": _greater_of,
    "FORMULA": _formula,
    "PER_DAY": _per_day,
    "PENALTY_COUNT": _penalty_count,
    "PENALTY_DATED": _penalty_dated,
    "PRORATED": _prorated,
    "INSTALLMENT": _instalment,
    "VARIABLE": _entered,
    "TAX_INCLUSIVE": _per_night,
}


# ---------------------------------------------------------------- a whole quote for one line
@dataclass(frozen=True)
class Quote:
    """What must come out, in cents."""

    price: int
    top_up: int
    admin_fee: int
    tax: int
    tax_included: int

    @property
    def total(self) -> int:
        return self.price + self.top_up + self.admin_fee + self.tax


_DATE_INPUTS = {
    "application": ("application_date",),
    "service date": ("date",),
    "service period": ("service_date",),
    "payment": (),
}


def price_day(row: Row, facts: Mapping[str, str], on: date) -> date:
    """The date that picks the version: the basis' own input where it was given, else the day of the quote."""
    for name in _DATE_INPUTS[row["price_date_basis"]]:
        if name in facts:
            return day(facts, name)
    return on


def quote(code: str, facts: Mapping[str, str], on: date) -> Quote | None:
    """The quote for one line of ``code``; None when no version is in force on its price date."""
    when = price_day(versions(code)[0], facts, on)
    row = version_on(code, when)
    if row is None:
        return None
    price = to_cents(KINDS[row.kind](row, facts, when if row.kind == "PERCENT_OF_FEE" else on))
    highest, least = row.limit("max_amount"), row.limit("min_amount")
    if highest is not None:
        price = min(price, to_cents(highest))
    top_up = max(to_cents(least) - price, 0) if least is not None else 0
    return Quote(price, top_up, _admin_fee(row, price + top_up, on), *_taxes(row, price + top_up, facts))


def _admin_fee(row: Row, permit: int, on: date) -> int:
    rule = row["admin_fee_rule"].split()[0]
    if rule == "always" or (rule == "auto:>50.00" and permit > 5000):
        fee = version_on("ADM-114", on)
        if fee is None:
            raise Unpriced
        return to_cents(fee.amount)
    return 0


def _taxes(row: Row, price: int, facts: Mapping[str, str]) -> tuple[int, int]:
    """Tax added on top, and tax that stands inside the price (cents)."""
    if row["taxable"] == "Y-added" and not facts.get("exemption_certificate"):
        rate = Decimal(versions("SALES-TAX")[0].params["pct"])
        return to_cents(Decimal(price) / 100 * rate / 100), 0
    if row["taxable"] == "Y-included":
        return 0, to_cents(Decimal(row.params["tax"]) * number(facts, count_name(row)))
    return 0, 0


def tender_fee(kind: str, part: int, on: date) -> int | None:
    """The service fee on ``part`` cents of a card or e-check; None when the tender is refused."""
    row = version_on({"card": "CONV-CARD", "echeck": "CONV-ECHK"}[kind], on)
    if row is None:
        raise Unpriced
    if part < to_cents(Decimal(row.params.get("reject_below", "0"))):
        return None
    if "flat" in row.params:
        return to_cents(Decimal(row.params["flat"]))
    fee = to_cents(Decimal(part) / 100 * Decimal(row.params["pct"]) / 100)
    return max(fee, to_cents(Decimal(row.params.get("min", "0"))))


def gaps(code: str) -> tuple[date, ...]:
    """Dates on which ``code`` has no price: before its first version, between versions, after its last."""
    known = sorted(versions(code), key=lambda row: row.starts)
    after = [row.ends + timedelta(days=1) for row in known if row.ends is not None]
    return (known[0].starts - timedelta(days=1), *(day for day in after if version_on(code, day) is None))
