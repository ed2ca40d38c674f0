"""A paper about a confidential customer is in the log before it is given."""

from __future__ import annotations

from csr_desk.domain.customers import Told
from csr_desk.services import accounts, customer_disclosure, customer_pages
from csr_desk.services.customer_papers import GivePaper, log_paper
from csr_desk.services.verification import verify_url
from demo_city import City


def test_a_paper_is_logged_once_with_each_confidential_customer_and_uncovers_nothing(city: City) -> None:
    clerk = city.who("clerk1")
    for n in (1, 2):
        accounts.add_customer(city.desk, clerk, accounts.NewCustomer(f"c{n}", f"Ana Ruiz {n}", number=f"C-{n}"))
        accounts.add_account(city.desk, clerk, accounts.NewAccount(f"a{n}", f"A-{n}", f"C-{n}", "water"))
    given = GivePaper("run", ("A-1", "A-2"), "Statement 2026-07-01 to 2026-07-14")
    assert log_paper(city.desk, clerk, given) == ()
    customer_disclosure.set_confidential(city.desk, clerk, customer_disclosure.SetConfidential("s", "C-2", True))
    assert log_paper(city.desk, clerk, given) == ("C-2",)
    assert log_paper(city.desk, clerk, given) == ("C-2",)
    newest, asked = customer_disclosure.disclosures(city.desk, clerk, "C-2")
    assert (newest.change, newest.what, newest.reason, asked.change) == (
        "paper", (Told.CONTACT, Told.AMOUNTS), "Statement 2026-07-01 to 2026-07-14", "closed",
    )  # fmt: skip
    assert customer_disclosure.disclosures(city.desk, clerk, "C-1") == ()
    assert customer_pages.customer_page(city.desk, clerk, "C-2").hidden
    assert verify_url(city.url).first_fault is None
