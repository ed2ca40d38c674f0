"""A paper about a confidential customer is in the log before it is given."""

from __future__ import annotations

import pytest

from csr_desk.domain.customers import Told
from csr_desk.domain.receivable.statement import Statement
from csr_desk.services import accounts, customer_disclosure, customer_pages, customer_papers, statements
from csr_desk.services.customer_papers import GivePaper, MakePapers, log_paper, make_paper, make_papers
from csr_desk.services.verification import verify_url
from demo_city import City
from papers_logged import keep_secret, papers_logged


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


def stated(city: City) -> Statement:
    """Give the statement of a confidential customer."""
    clerk = city.who("clerk1")
    accounts.add_customer(city.desk, clerk, accounts.NewCustomer("c", "Ana Ruiz", number="C-1"))
    accounts.add_account(city.desk, clerk, accounts.NewAccount("a", "A-1", "C-1", "water"))
    keep_secret(city.desk, clerk, "A-1")
    return statements.statement(city.desk, clerk, "A-1", (city.desk.today(), city.desk.today()))


def test_a_paper_is_drawn_once_its_line_is_in_the_log_and_never_without(
    sqlite_city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, clerk = sqlite_city.desk, sqlite_city.who("clerk1")
    facts, drawn = stated(sqlite_city), list[list[str]]()

    def draw(_facts: Statement) -> bytes:
        drawn.append(papers_logged(desk, clerk, "A-1"))
        return b"paper"

    named = "Statement 2026-07-14 to 2026-07-14"
    for _again in range(2):
        assert make_paper(desk, clerk, MakePapers("p", (facts,)), draw) == b"paper"
    assert drawn == [[named], [named]]

    def broken(*_what: object) -> tuple[str, ...]:
        raise OSError("disk full")

    monkeypatch.setattr(customer_papers, "log_paper", broken)
    with pytest.raises(OSError, match="disk full"):
        make_papers(desk, clerk, MakePapers("q", (facts,)), lambda about: drawn.append([str(len(about))]))
    assert len(drawn) == 2
