"""Facts of accounts in collection, from which the tests print letters and lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from csr_desk.domain.receivable.ageing import Aged
from csr_desk.domain.receivable.collection import (
    Cover,
    CrewList,
    Letter,
    LetterKind,
    ListRow,
    OfficeAgeing,
    OpenBill,
    PlanOf,
    PlanState,
    RestoreOrder,
)
from csr_desk.domain.receivable.instalments import Terms, make_plan
from documents import samples

BILLS = (
    OpenBill("W-260531-0041", "Water and sewer, May 2026", date(2026, 6, 20), 13146, 4000),
    OpenBill("W-260630-0041", "Water and sewer, June 2026", date(2026, 7, 20), 9871, 0),
    OpenBill("F-048210077", "Fee of the cut-off notice", date(2026, 7, 29), 1000, 0),
)
"""91.46 + 98.71 + 10.00 = 200.17 open."""
PLAN = PlanOf(
    "PL-042681305", "0041-2277-9", PlanState.ACTIVE, date(2026, 7, 29), "Dolores Reyes",
    make_plan(20017, 5005, 7, date(2026, 8, 29), Terms(12, 25)),
    tuple(Cover(bill.bill, bill.open, bill.paid) for bill in BILLS),
)  # fmt: skip
"""50.05 down, then 150.12 in seven parts: 21.45 four times and 21.44 three times."""


def letter(kind: LetterKind, **more: object) -> Letter:
    """A letter to the owner of account 0041-2277-9."""
    facts: dict[str, object] = {
        "kind": kind, "office": samples.OFFICE, "on": date(2026, 7, 29), "account": "0041-2277-9",
        "name": "María Álvarez", "address": "4107 Leeland St Unit B, Houston, TX 77023", "service": "water",
        "site": "4107 Leeland St Unit B", "bills": BILLS, "fee": 1000 if kind is LetterKind.NOTICE else 0,
        "total": 20017, "act_on": date(2026, 8, 8) if kind is not LetterKind.PLAN else None, "restore_fee": 3759,
        "plan": PLAN if kind is LetterKind.PLAN else replace(PLAN, state=PlanState.BROKEN, paid=5005)
        if kind is LetterKind.BROKEN else None,
    }  # fmt: skip
    return Letter(**{**facts, **more})  # type: ignore[arg-type]


def crew_list(rows: int = 9) -> CrewList:
    """A cut-off list with as many accounts, the last one held."""
    streets = ("4107 Leeland St Unit B", "1807 Leeland St", "2210 Polk St", "901 Sampson St")
    made = [
        ListRow(
            f"0041-{2200 + at}-{at % 10}", "María Álvarez", streets[at % 4], "water", f"M{88210 + at}",
            date(2026, 7, 29), 20017 + at * 113, date(2026, 6, 20),
        )
        for at in range(rows)
    ]  # fmt: skip
    made[-1] = replace(made[-1], held="extended until 2026-08-05")
    return CrewList(samples.OFFICE, "Cut-off list", date(2026, 7, 30), tuple(made))


def restore_order(**more: object) -> RestoreOrder:
    """The order that a payment at counter 3 made."""
    facts: dict[str, object] = {
        "office": samples.OFFICE, "number": "0041-2277-9/5", "account": "0041-2277-9", "name": "María Álvarez",
        "site": "4107 Leeland St Unit B", "service": "water", "meter": "M88213",
        "ordered_at": datetime(2026, 7, 30, 15, 4, tzinfo=UTC), "ordered_by": "Dolores Reyes",
        "receipt": "HPC3-0000021",
    }  # fmt: skip
    return RestoreOrder(**{**facts, **more})  # type: ignore[arg-type]


SERVICES = (
    ("drainage", Aged(41_250_00, 3_120_50, 880_10, 412_00)),
    ("sewer", Aged(212_400_12, 18_004_77, 6_120_00, 9_340_91)),
    ("water", Aged(486_310_55, 52_118_20, 17_480_33, 31_002_18)),
)
AGEING = OfficeAgeing(samples.OFFICE, date(2026, 7, 30), SERVICES, 4_218, {"reminder": 40, "listed": 6})
