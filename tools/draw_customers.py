"""Draws the customer page for the docs: python tools/draw_customers.py [FOLDER [light|dark|contrast]].

María Álvarez with alerts, roles, bills of a year and payments, a leak that is worked out and decided, a payment plan;
somebody new with nothing; the form with a double; what the back office sees of collection.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from draw_back_office import Pictures, asked, key, open_up
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from csr_desk.domain.cart import CartLine
from csr_desk.domain.contractor import PaperKind
from csr_desk.domain.customers import Contact, ContactKind, CustomerForm, CustomerKind, Level, PartyRole
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import (
    accounts,
    adjustments,
    collecting,
    contractors,
    customer_notes,
    customers_entry,
    plans,
    sell,
    staff,
)
from csr_desk.services.adjustment_cases import Wanted
from csr_desk.services.desk import Desk
from csr_desk.services.documents_kept import NewDocument
from csr_desk.services.lines import BillLine
from csr_desk.services.setup import make_demo_office
from csr_desk.ui.pages.balancing.view import BalancingPage
from csr_desk.ui.pages.customer.view import CustomerPage

MARIA = CustomerForm(
    "ÁLVAREZ, María", language="es", address="4107 Leeland St Unit B, Houston, TX 77023", phone="713-555-0142",
    email="m.alvarez@example.org", contacts=(Contact(ContactKind.PHONE, "281-555-0107", "son"),),
)  # fmt: skip
OTHERS = (
    ("C-204", CustomerForm("ALVAREZ, Mario", address="4170 Leeland St", phone="713-555-0199")),
    ("C-310", CustomerForm("ALVAREZ ELECTRIC LLC", CustomerKind.FIRM, address="900 Leeland St, Houston, TX 77002")),
    ("C-411", CustomerForm("Tran, Minh")),
)
LEAKED = "0041-4109-6"
WATER = ((2025, 8, 5210), (2025, 10, 4880), (2025, 12, 9120), (2026, 2, 7400), (2026, 4, 5160), (2026, 6, 6437))
NOTES = (
    (Level.STOP, "Returned check in 2025: cash or certified funds only", date(2026, 9, 30)),
    (Level.WARN, "Dog at the gate; calls ahead before a reading", None),
    (Level.INFO, "Prefers letters in Spanish", None),
    (Level.INFO, "Daughter Rosa may ask about the account", date(2026, 12, 31)),
)


def fill(desk: Desk) -> None:
    """Put the people of the picture into the office."""
    clerk = staff.person(desk, "clerk3")
    for number, form in (("C-101", MARIA), *OTHERS):
        since = date(2019, 4, 1) if number == "C-101" else None
        customers_entry.enter_customer(desk, clerk, customers_entry.EnterCustomer(key(), form, number, since))
    for number, owner, service, site in (
        ("0041-2277-9", "C-101", "Water and sewer", "4107 Leeland St B"),
        ("ALM-77120", "C-101", "Residential alarm permit", ""),
        ("0041-9001-3", "C-310", "Water and sewer", "900 Leeland St"),
        ("0050-1180-2", "C-204", "Water and sewer", "4170 Leeland St"),
    ):
        accounts.add_account(desk, clerk, accounts.NewAccount(key(), number, owner, service, "Public Works", site))
    part = customers_entry.AddParty("0041-9001-3", "C-101", PartyRole.PAYER)
    customers_entry.add_party(desk, clerk, part)
    for level, words, until in NOTES:
        customer_notes.add_note(desk, clerk, customer_notes.AddNote(key(), "C-101", level, words, until))
    for year, month, cents in WATER:
        item = accounts.BillItem(None, "Water and sewer, 5,000 gallons", cents)
        command = accounts.NewBill(key(), "0041-2277-9", (item,), date(year, month, 28), issued=date(year, month, 2))
        bill = accounts.add_bill(desk, clerk, command).value.number
        if (year, month) not in {(2026, 4), (2026, 6)}:
            paid = sell.CompleteSale(
                key(), None, (BillLine("bill", bill),), (Tender(TenderKind.CASH),), customer="ÁLVAREZ"
            )
            sell.complete_sale(desk, clerk, paid)
    item = accounts.BillItem(None, "Water and sewer, 81,000 gallons", 120410)
    accounts.add_bill(desk, clerk, accounts.NewBill(key(), "0041-9001-3", (item,), date(2026, 3, 18)))


def leak(desk: Desk) -> None:
    """Bill a June of 15,000 gallons where 5,000 are usual, and ask for the adjustment of the leak."""
    clerk = staff.person(desk, "clerk1")
    inputs = {"account": LEAKED, "meter_size": "3/4", "usage_kgal": "15"}
    items = tuple(accounts.BillItem(CartLine(code, inputs)) for code in ("WTR-SFR", "SWR-SFR"))
    accounts.add_account(
        desk, clerk, accounts.NewAccount(key(), LEAKED, "C-101", "Water and sewer", "Public Works", "4109 Leeland St")
    )
    accounts.add_bill(desk, clerk, accounts.NewBill(key(), LEAKED, items, date(2026, 6, 30), "B-JUNE"))
    evidence = (
        ("repair_date", "2026-06-20"), ("repair_address", "4109 Leeland"), ("repair_type", "Slab leak"),
        ("repair_cost", "950.00"),
    )  # fmt: skip
    use = ((date(2026, 6, 1), 15_000), (date(2026, 5, 1), 5_000), (date(2026, 4, 1), 5_000))
    wanted = Wanted(LEAKED, "LKA", months=(date(2026, 6, 1),), evidence=evidence, use=use)
    invoice = NewDocument("Invoice 88.pdf", b"%PDF-1.4\n")
    adjustments.request(desk, clerk, adjustments.RequestAdjustment(key(), wanted, "Wet floor, seen", (invoice,)))
    plans.make_plan(desk, clerk, plans.MakePlan(key(), "0041-9001-3", 6))


def contractor(desk: Desk) -> None:
    """Register the electrician: a licence in force, an insurance that ran out, a bond that ends soon; a permit."""
    clerk = staff.person(desk, "clerk3")
    new = contractors.RegisterContractor(key(), "C-310", ("electrical", "driveway"))
    number = contractors.register_contractor(desk, clerk, new).value
    for kind, printed, issuer, ends, cents in (
        (PaperKind.LICENCE, "TECL 30112", "TDLR", date(2027, 7, 31), None),
        (PaperKind.INSURANCE, "GL-88-4410", "Gulf Mutual", date(2026, 8, 1), 50_000_000),
        (PaperKind.BOND, "B-7", "Surety of Texas", date(2026, 7, 8), 1_000_000),
    ):
        paper = contractors.FilePaper(key(), number, kind, printed, "", issuer, None, ends, cents)
        contractors.file_paper(desk, clerk, paper)
    line = CartLine("ELE-TCI", {"contractor_license": "TECL 30112", "service_address": "4107 Leeland St Unit B"})
    check = (Tender(TenderKind.CHECK, number="12"),)
    sale = sell.CompleteSale(key(), None, (line,), check, demo_inputs=True, customer_id="C-310")
    sell.complete_sale(desk, clerk, sale)


def type_in(pictures: Pictures, text: str) -> None:
    """Type where the focus is."""
    for char in text:
        QTest.keyClicks(QApplication.focusWidget() or pictures.window, char)
    pictures.rest()


def enter(pictures: Pictures) -> None:
    """Press Enter where the focus is."""
    QTest.keyClick(QApplication.focusWidget() or pictures.window, Qt.Key.Key_Return)
    pictures.rest()


def tabs(pictures: Pictures, page: CustomerPage) -> None:
    """Draw the notes and each panel of an account."""
    page.tabs.choose("notes")
    pictures.draw("customer-notes")
    for tab in ("bills", "payments", "collection", "adjustments", "holds", "verification", "work", "contractor"):
        page.tabs.choose(tab)
        pictures.draw(f"customer-{tab}")
    page.presenter.look_at(f"account:{LEAKED}")
    page.tabs.choose("adjustments")
    pictures.draw("adjustment")
    page.look_at("customer:C-310")
    pictures.rest()
    page.tabs.choose("collection")
    pictures.draw("customer-plan")
    page.tabs.choose("contractor")
    pictures.draw("contractor")
    page.tabs.choose("timeline")


def forms(pictures: Pictures, page: CustomerPage) -> None:
    """Draw somebody with little, and the form that finds a double."""
    page.search.set_text("tran minh")
    pictures.rest()
    page.presenter.open("C-411")
    pictures.draw("customer-little")
    page.presenter.entry.start_new()
    pictures.rest()
    for text in ("Maria Alvares", "4107 leeland b", "7135550142"):
        type_in(pictures, text)
        enter(pictures)
    pictures.draw("customer-form")
    page.presenter.entry.leave()
    pictures.go("clerk3", "sell")
    type_in(pictures, "alvarez")
    pictures.draw("sell-people")


def back_office(pictures: Pictures) -> None:
    """Draw what a supervisor sees of accounts."""
    back = pictures.go("supervisor1", "balancing")
    for place in ("collection", "adjustments", "unapplied"):
        show_place(pictures, back, place)
    back = pictures.go("accountant1", "balancing")
    for place in ("dormant", "imports"):
        show_place(pictures, back, place)


def show_place(pictures: Pictures, back: object, place: str) -> None:
    """Draw a place of the balancing page."""
    if isinstance(back, BalancingPage):
        back.list.pick(place)
        back.list.picked.emit(place)
        pictures.draw(f"balancing-{place}")


def main() -> None:
    """Draw everything."""
    folder, _app = asked()
    url = f"sqlite:///{Path(os.environ['CSR_DESK_HOME']) / 'pictures.db'}"
    make_demo_office(url)
    pictures = Pictures(folder, url)
    pictures.do(lambda desk: open_up(desk, "clerk3"))
    pictures.do(fill)
    pictures.do(leak)
    pictures.do(contractor)
    pictures.do(lambda desk: collecting.run_round(desk, staff.person(desk, "supervisor1"), collecting.RunRound(key())))
    page = pictures.go("clerk3", "customer")
    if not isinstance(page, CustomerPage):
        raise SystemExit("The customer page did not open.")
    pictures.draw("customer-nobody")
    type_in(pictures, "alvarez leeland")
    enter(pictures)
    page.presenter.open("C-101")
    page.found.pick("customer:C-101")
    pictures.draw("customer")
    tabs(pictures, page)
    page.record_key.trigger()
    pictures.draw("customer-record")
    page.record.back.trigger()
    forms(pictures, page)
    back_office(pictures)
    pictures.window.close()


if __name__ == "__main__":
    main()
