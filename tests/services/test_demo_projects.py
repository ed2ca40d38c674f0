"""The demo city's building sites are made by the services that the window calls, and can be paid."""

from __future__ import annotations

from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import (
    companies,
    contractors,
    demo_companies,
    demo_people,
    demo_projects,
    project_boards,
    sell,
    verification,
)
from csr_desk.services.lines import OrderLine
from csr_desk.services.project_lines import Noun
from csr_desk.services.project_pages import project_page
from csr_desk.services.project_search import newest_projects
from csr_desk.services.sell import CompleteSale
from demo_city import City


def test_the_demo_has_sites_with_something_to_pay_and_something_to_do(city: City) -> None:
    demo_people.settle(city.desk)
    assert demo_projects.settle(city.desk, "clerk1") == 5
    clerk = city.who("clerk1")
    found = newest_projects(city.desk, clerk)
    assert not found[0].amount
    assert all(one.amount for one in found[1:])
    assert sum(len(cards) for _state, cards in project_boards.work_board(city.desk, clerk).lanes) == 2
    city.open("clerk1")
    number = next(one.number for one in found if one.owner == "Tran, Minh")
    paid = CompleteSale("pay", None, (OrderLine("project", number),), (Tender(TenderKind.CHECK, number="7"),))
    sell.complete_sale(city.desk, clerk, paid)
    page = project_page(city.desk, clerk, number)
    assert page.due == 0
    assert len(page.of(Noun.PERMIT)) == 3
    assert verification.verify_desk(city.desk).ok


def test_the_demo_has_companies_to_release_to_and_a_contractor_in_order(city: City) -> None:
    demo_people.settle(city.desk)
    assert demo_companies.settle(city.desk, "supervisor1") == 4
    firm = demo_companies.register(city.desk, "clerk1", demo_people.FIRMS_NUMBER)
    clerk = city.who("clerk1")
    assert {one.form.name for one in companies.companies(city.desk, clerk)} >= {"Bayou Wires", "Gulf Prairie Gas"}
    assert contractors.in_order(city.desk, clerk, firm, "electrical").missing == ()
    ending = contractors.papers_ending(city.desk, clerk)
    assert [held.paper.kind.value for _who, held in ending] == ["insurance"]
    assert verification.verify_desk(city.desk).ok
