"""Draws releases, batches, companies, the outbox and a new account: python tools/draw_releases.py [FOLDER [light|…]].

A week of the demo city's releases: ready, held back, sent, confirmed, an address that differs by a unit, a mail that
hangs, an account that was looked into.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from draw_back_office import Pictures, asked, key, open_up

from csr_desk.domain.account_check import Item
from csr_desk.domain.company import Channel, CompanyForm, CompanyKind, ContactForm, Purpose
from csr_desk.domain.new_account import Standing
from csr_desk.services import accounts, companies, contacts, staff
from csr_desk.services import service_release_acknowledging as acknowledging
from csr_desk.services import service_release_answers as answers
from csr_desk.services import service_release_batches as batches
from csr_desk.services import verification_of_accounts as checks
from csr_desk.services.desk import Desk
from csr_desk.services.setup import make_demo_office
from csr_desk.ui.pages.customer.view import CustomerPage
from csr_desk.ui.pages.projects.companies_panel import CompaniesPanel
from csr_desk.ui.pages.projects.register_panel import ReleaseRegisterPanel
from csr_desk.ui.pages.projects.releases_panel import ReleasesPanel
from csr_desk.ui.pages.projects.storm_sheet import StormSheet
from csr_desk.ui.pages.projects.view import ProjectsPage
from demo_city import City
from services.release_city import ELECTRIC, ESI, PROJECT, SITE, ReleaseCity, lay_out

WITH_UNIT = "4107 Leeland St Unit B"
LISTED = ("12 Ella Blvd", "14 ELLA BLVD", "9300 Bellaire Blvd", "3402 Scott Street", "1 Nowhere Ln", "16 Ella Blvd")
ACCOUNT, AT = "0041-2277-9", "4107 Leeland St Unit B, Houston, TX 77023"


def build(desk: Desk) -> None:
    """Ask for releases in every state, send two batches and have one answered."""
    open_up(desk, "clerk3")
    city = City(desk, "")
    place = lay_out(city, city.sell(user="clerk3").number)
    clerk = staff.person(desk, "clerk3")
    permit = place.permit(inputs=f'{{"1":{{"esi_id":"{ESI}"}}}}')
    place.send(place.ask(place.permit("2208 MILAM ST")).number)
    live = place.send(place.ask(place.permit("2210 MILAM ST")).number).number
    answers.confirm_release(desk, clerk, answers.ConfirmRelease(key(), live, "88214", "Dispatch"))
    answers.energise_release(desk, clerk, answers.EnergiseRelease(key(), live))
    no = place.send(place.ask(place.permit("1811 POLK ST")).number).number
    answers.reject_release(desk, clerk, answers.RejectRelease(key(), no, "Meter can is not at the address"))
    for n in range(1, 6):
        place.ask(place.permit(f"{5500 + n} ALMEDA RD"))
    first = batches.make_batch(desk, clerk, batches.MakeBatch(key(), ELECTRIC)).value
    said = (acknowledging.Answer("R26-000004-3", "CNP-88301"), acknowledging.Answer("R26-000005-6", "CNP-88302"))
    acknowledging.acknowledge_batch(desk, clerk, acknowledging.AcknowledgeBatch(key(), first.number, "Dispatch", said))
    place.ask(place.permit("9300 BELLAIRE BLVD", inspected="failed"))
    place.ask(place.permit("3402 SCOTT ST"), emergency=True)
    owing = place.permit("3404 SCOTT ST", project_no=None)
    place.owe(owing, 9006)
    place.ask(owing, emergency=True)
    place.ask(permit)
    for n, inspected in ((12, "passed"), (14, "passed"), (16, "failed")):
        place.permit(f"{n} ELLA BLVD", inspected=inspected, inputs=f'{{"1":{{"esi_id":"{ESI}"}}}}')
    mismatch(place)
    directory(desk)
    account(desk)


def mismatch(place: ReleaseCity) -> None:
    """The utility has the address without the word of the unit."""
    place.ask(place.permit(WITH_UNIT), utility_site=SITE)


def directory(desk: Desk) -> None:
    """Name whom to ask, and write down what was said."""
    boss, clerk = staff.person(desk, "supervisor1"), staff.person(desk, "clerk3")
    for n, form in enumerate((
        CompanyForm("Pasadena Water", CompanyKind.WATER, Channel.PHONE, "713-555-0142", hours="Mon–Fri 8–17"),
        CompanyForm("Reliant Retail", CompanyKind.RETAIL, Channel.EMAIL, "moves@reliant.example.com"),
    )):  # fmt: skip
        companies.keep_company(desk, boss, companies.KeepCompany(f"company {n}", form))
    people = (
        ContactForm("Dispatch", Channel.PHONE, "713-555-0100", Purpose.RELEASE, hours="always"),
        ContactForm("Credit desk", Channel.PHONE, "713-555-0187", Purpose.VERIFICATION),
    )
    for n, one in enumerate(people):
        companies.keep_contact(desk, boss, companies.KeepContact(f"person {n}", ELECTRIC, one))
    for n, (who, words) in enumerate((
        ("R. Delgado", "They look for the meter of 1811 Polk St again tomorrow."),
        ("Dispatch", "The batch of yesterday came in; five meters are set today."),
    )):  # fmt: skip
        command = contacts.LogContact(f"said {n}", ELECTRIC, who, words, reference=f"CNP-77{n}")
        contacts.log_contact(desk, clerk, command)


def account(desk: Desk) -> None:
    """Look into a new account until the deposit is charged."""
    clerk = staff.person(desk, "clerk3")
    accounts.add_customer(desk, clerk, accounts.NewCustomer(key(), "Tran, Minh", address=AT, number="C-1"))
    accounts.add_account(desk, clerk, accounts.NewAccount(key(), ACCOUNT, "C-1", "Water", site=AT))
    checks.open_for_account(desk, clerk, key(), ACCOUNT, "tenant")
    number = next(iter(checks.verifications(desk, clerk))).number
    other = next(one for one in companies.companies(desk, clerk) if one.form.name == "Pasadena Water")
    asked = checks.Asked(other.number, "Credit desk", Channel.PHONE, "PW-12", Standing.GOOD, 3)
    for command in (
        checks.LookInto(key(), number, Item.IDENTITY, "Texas driver license", met=True),
        checks.LookInto(key(), number, Item.TENURE, "Lease to 6/30/2027", met=True),
        checks.LookInto(key(), number, Item.ADDRESS, AT),
        checks.LookInto(key(), number, Item.STANDING, "Three months, no late payment", asked=asked),
    ):
        checks.look_into(desk, clerk, command)
    checks.decide(desk, clerk, checks.Decide(key(), number, ACCOUNT))


def storm(pictures: Pictures, page: ProjectsPage) -> None:
    """Draw the list of a storm, looked over."""
    page.choose_view("register")
    pictures.rest()
    register = page.panels["register"]
    space = pictures.window.workspace
    if not isinstance(register, ReleaseRegisterPanel) or space is None:
        raise SystemExit("The register did not open.")
    register.list.trigger()
    pictures.rest()
    if not isinstance(sheet := space.sheet, StormSheet):
        raise SystemExit("The list of a storm did not open.")
    sheet.reason.setText("Hurricane of July 8")
    sheet.lines.setPlainText("\n".join(LISTED))
    sheet.accept()
    while sheet.presenter.busy:
        pictures.rest()
        time.sleep(0.02)
    pictures.draw("storm", over=True)
    sheet.close_sheet()


def draw(pictures: Pictures) -> None:
    """Draw everything."""
    page = pictures.go("clerk3", "projects")
    if not isinstance(page, ProjectsPage):
        raise SystemExit("The projects page did not open.")
    page.presenter.open(PROJECT)
    page.tabs.choose("release")
    pictures.draw("releases")
    panel = page.tabs.stack.currentWidget()
    if not isinstance(panel, ReleasesPanel):
        raise SystemExit("The releases did not open.")
    for name, site in (("release-mismatch", WITH_UNIT), ("release-sent", "2208 MILAM ST")):
        panel.pick(next(one.number for one in panel.presenter.picture.releases if one.site == site))
        pictures.draw(name)
    for view in ("register", "companies", "outbox"):
        page.choose_view(view)
        if isinstance(front := page.panels.get(view), CompaniesPanel):
            pictures.rest()
            front.table.go_to(1)
        pictures.draw(f"office-{view}")
    storm(pictures, page)
    customers = pictures.go("clerk3", "customer")
    if not isinstance(customers, CustomerPage):
        raise SystemExit("The customers page did not open.")
    customers.look_at(f"account:{ACCOUNT}")
    pictures.rest()
    customers.tabs.choose("verification")
    pictures.draw("account-verified")


def draw_all(folder: Path) -> None:
    """Make the office and draw it."""
    url = f"sqlite:///{Path(os.environ['CSR_DESK_HOME']) / 'releases.db'}"
    make_demo_office(url)
    pictures = Pictures(folder, url)
    pictures.do(build)
    draw(pictures)
    pictures.window.close()


if __name__ == "__main__":
    wanted, _app = asked()
    draw_all(wanted)
