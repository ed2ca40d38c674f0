"""The demo city's other companies, and a contractor with papers of which one ends soon. All of them are made up.

No message reaches them: the demo city is a training office, which speaks to nobody outside this computer.
"""

from __future__ import annotations

from datetime import timedelta

from csr_desk.domain.company import Channel, CompanyForm, CompanyKind, ContactForm, Purpose
from csr_desk.domain.contractor import PaperKind
from csr_desk.services import companies, contractors, staff
from csr_desk.services.desk import Desk

WIRES = CompanyForm(
    "Bayou Wires", CompanyKind.ELECTRIC, Channel.EMAIL, "releases@bayou-wires.example", "16:30",
    hours="Mon–Fri 7–18", premise_code="1008901",
)  # fmt: skip
COMPANIES: tuple[tuple[CompanyForm, tuple[ContactForm, ...]], ...] = (
    (WIRES, (
        ContactForm("Dispatch", Channel.PHONE, "713-555-0161", Purpose.RELEASE),
        ContactForm("Storm room", Channel.PHONE, "713-555-0162", Purpose.EMERGENCY, hours="day and night"),
    )),
    (CompanyForm("Gulf Prairie Gas", CompanyKind.GAS, Channel.PORTAL, hours="Mon–Fri 8–17"), (
        ContactForm("Meter desk", Channel.PHONE, "713-555-0171", Purpose.RELEASE),
    )),
    (CompanyForm("Pine Island Water", CompanyKind.WATER, Channel.PHONE, hours="Mon–Fri 8–17"), (
        ContactForm("Credit desk", Channel.PHONE, "281-555-0181", Purpose.VERIFICATION),
    )),
    (CompanyForm("Live Oak Energy", CompanyKind.RETAIL, Channel.PHONE, hours="day and night"), (
        ContactForm("Move-in desk", Channel.PHONE, "713-555-0191", Purpose.MOVE_IN),
    )),
)  # fmt: skip
"""A utility for each kind of release, another water utility to ask about new customers, a retail provider."""

PAPERS: tuple[tuple[PaperKind, str, str, int], ...] = (
    (PaperKind.LICENCE, "TECL 30417", "TDLR", 380),
    (PaperKind.INSURANCE, "GL-88120-26", "Gulf Mutual", 18),
)
"""Each with who issued it and the days until it ends."""


def settle(desk: Desk, supervisor: str) -> int:
    """Enter the companies with whom to ask there, and return how many there are."""
    who = staff.person(desk, supervisor)
    for at, (form, people) in enumerate(COMPANIES, 1):
        kept = companies.keep_company(desk, who, companies.KeepCompany(f"demo-company-{at}", form)).value
        for n, person in enumerate(people, 1):
            command = companies.KeepContact(f"demo-company-{at}-{n}", kept.number, person)
            companies.keep_contact(desk, who, command)
    return len(COMPANIES)


def register(desk: Desk, user: str, firm: str) -> str:
    """Register a customer of the demo city as an electrical contractor; return the number."""
    clerk = staff.person(desk, user)
    command = contractors.RegisterContractor("demo-contractor", firm, ("electrical",))
    number = contractors.register_contractor(desk, clerk, command).value
    for kind, named, issuer, days in PAPERS:
        paper = contractors.FilePaper(
            f"demo-paper-{kind.value}", number, kind, named, issuer=issuer,
            expires_on=desk.today() + timedelta(days=days),
        )  # fmt: skip
        contractors.file_paper(desk, clerk, paper)
    return number
