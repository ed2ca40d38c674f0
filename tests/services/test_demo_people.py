"""The demo city's customers: found, billed by the catalogue, late or on a plan."""

from __future__ import annotations

from csr_desk.domain.receivable.stages import Stage
from csr_desk.services import collecting, customers, demo_people, owing, staff
from csr_desk.services.collection_state import collected
from csr_desk.services.desk import open_desk
from csr_desk.services.verification import verify_url


def test_people_of_the_demo_city_are_found_and_owe_what_the_catalogue_says(demo_url: str) -> None:
    assert demo_people.fill(demo_url) == 16
    desk = open_desk(demo_url)
    try:
        clerk = staff.person(desk, "clerk1")
        names = [hit.name for hit in customers.find_customers(desk, clerk, "alvarez leeland b").hits]
        assert names == ["ÁLVAREZ, María"]
        debts = owing.open_debts(desk, clerk, "0041-2277-9")
        # 4,000 and 5,000 gallons: 38.09 + 44.16 + 6.67 and 45.56 + 57.41 + 6.67
        assert [debt.open for debt in debts] == [3809, 4416, 667, 4556, 5741, 667]
        assert debts[0].bill_name == "Water and sewer 5/4\N{EN DASH}6/2/2026"
        with desk.read() as work:
            assert collected(desk, work.conn, "0055-1000-4").stage is Stage.REMINDER
            plan = collected(desk, work.conn, "0062-4471-1").plan
        assert plan is not None
        assert len(plan.plan.parts) == 4
        assert collecting.preview_round(desk, staff.person(desk, "accountant1")).lines == ()
    finally:
        desk.close()
    assert verify_url(demo_url).first_fault is None
