"""A complaint about an employee is seen nowhere by who may not see it, whatever it was before and whatever names it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from csr_desk.domain.company import Channel, CompanyForm, CompanyKind
from csr_desk.domain.customers import CustomerForm
from csr_desk.domain.errors import BadInput, NotPermitted
from csr_desk.domain.requests import Kind, Request, RequestType
from csr_desk.services import (
    companies,
    customer_timeline,
    customers_entry,
    forms,
    project_pages,
    projects,
    referrals,
    request_types,
    request_work,
    requests,
    virtual_tape,
)
from csr_desk.services.verification import verify_desk
from demo_city import City
from services.test_forms import AFFIDAVIT

BILL = RequestType("BILL", "High bill", Kind.COMPLAINT, "Customer Account Services", 5)
STAFF = RequestType("STAFF", "About an employee", Kind.COMPLAINT, "Inspector General", 10, restricted=True)
OWNER = "C-801"


@pytest.fixture(autouse=True)
def _known(city: City) -> Iterator[None]:
    boss, clerk = city.who("supervisor1"), city.who("clerk1")
    request_types.keep_types(city.desk, boss, request_types.KeepTypes("types", (BILL, STAFF)))
    form = CustomerForm("ÁLVAREZ, María")
    customers_entry.enter_customer(city.desk, clerk, customers_entry.EnterCustomer("owner", form, OWNER))
    yield
    assert verify_desk(city.desk).ok


def turned(city: City) -> Request:
    """Take a request about a bill, note a second caller and a project with it, and find that it is about a clerk."""
    clerk = city.who("clerk1")
    one = requests.open_request(city.desk, clerk, requests.OpenRequest("one", "BILL", "Rude", customer_id=OWNER)).value
    project = projects.open_project(city.desk, clerk, projects.OpenProject("p", "Garage", "4107 Leeland St")).value
    request_work.link_request(
        city.desk, clerk, request_work.LinkRequest("link", one.number, f"project:{project.number}")
    )
    command = requests.ReclassifyRequest("turn", one.number, "STAFF", "It is about Mr. X")
    return requests.reclassify_request(city.desk, city.who("supervisor1"), command).value


def test_what_turns_out_to_be_about_an_employee_leaves_every_time_line(city: City) -> None:
    number = turned(city).number
    for who in ("clerk2", "supervisor1"):
        assert not [one for one in customer_timeline.timeline(city.desk, city.who(who), OWNER) if number in one.words]
    project = _project(city)
    moments = project_pages.project_moments(city.desk, city.who("clerk2"), project)
    assert moments
    assert not [one for one in moments if number in one.words]


def _project(city: City) -> str:
    """Return the number of the one project."""
    with city.desk.read() as work:
        return str(work.conn.exec_driver_sql("SELECT project_no FROM project ORDER BY opened_on DESC").scalar())


def test_the_journal_says_to_others_that_there_is_an_entry_and_no_more(city: City) -> None:
    number, day = turned(city).number, city.desk.today()
    query = virtual_tape.TapeQuery(day, day)

    def said(who: str) -> str:
        page = virtual_tape.page(city.desk, city.who(who), query)
        return " ".join(f"{row.details} {row.reason}" for row in page.rows)

    assert number in said("auditor1")
    assert "It is about Mr. X" in said("auditor1")
    assert number not in said("accountant1")
    assert "Mr. X" not in said("accountant1")
    assert virtual_tape.VEILED in said("accountant1")
    file, _ = virtual_tape.journal_csv(city.desk, city.who("accountant1"), query)
    assert number.encode() not in file


def test_a_referral_and_a_form_name_a_request_that_there_is_and_never_a_restricted_one(city: City) -> None:
    number, boss, clerk = turned(city).number, city.who("supervisor1"), city.who("clerk2")
    county = CompanyForm("Harris County", CompanyKind.AGENCY, Channel.PHONE, "713-555-0100")
    agency = companies.keep_company(city.desk, boss, companies.KeepCompany("county", county)).value.number
    referrals.keep_need(city.desk, boss, referrals.KeepNeed("need", "RENT", "Help with rent"))
    referrals.keep_agency(city.desk, boss, referrals.KeepAgency("agency", "RENT", agency))
    forms.keep_form(city.desk, boss, AFFIDAVIT)
    for who, wrong in ((clerk, NotPermitted), (boss, BadInput)):
        with pytest.raises(wrong):
            referrals.refer(city.desk, who, referrals.Refer("r", "RENT", agency, request=number))
        with pytest.raises(wrong):
            forms.hand_out(city.desk, who, forms.HandOut("h", "CE-1057", subject=f"request:{number}"))
    plain = requests.open_request(city.desk, clerk, requests.OpenRequest("two", "BILL", "High", contact="Ann")).value
    typed = plain.number.lower().replace("-", "")
    done = referrals.refer(city.desk, clerk, referrals.Refer("r2", "RENT", agency, request=typed)).value
    assert done.request == plain.number
    given = forms.hand_out(city.desk, clerk, forms.HandOut("h2", "CE-1057", subject=f"request:{typed}")).value
    assert given.handout.subject == f"request:{plain.number}"
