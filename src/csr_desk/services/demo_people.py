"""The demo city's customers: who they are, their accounts, and what they owe. Everybody in it is made up.

Most have last month's water bill to pay; a few are late, one of them after a leak; one is on a payment plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from csr_desk.domain.customers import Contact, ContactKind, CustomerForm, CustomerKind, Level, PartyRole
from csr_desk.domain.money import Cents
from csr_desk.services import accounts, collecting, customer_notes, customers_entry, plans, service_bills, staff
from csr_desk.services.desk import Desk, open_desk

WATER = ("WTR-SFR", "SWR-SFR", "DRN-CURB")
"""A house is billed by these items of the catalogue."""
_PERIOD, _TO_ISSUE, _TO_PAY = 30, 5, 16
_LEAK = (3, 4, 4, 21)
"""Thousand gallons a month: the last one ran into the ground."""
_PLAN_PARTS = 4


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody with a water account; ``used`` by month, the oldest first, in thousand gallons: none of it is paid."""

    form: CustomerForm
    account: str
    used: tuple[int, ...] = (3,)
    notes: tuple[tuple[Level, str], ...] = ()


def _person(name: str, address: str, phone: str, language: str = "en") -> CustomerForm:
    return CustomerForm(name, language=language, address=f"{address}, Houston, TX", phone=phone)


MARIA = CustomerForm(
    "ÁLVAREZ, María", language="es", address="4107 Leeland St Unit B, Houston, TX 77023", phone="713-555-0142",
    email="m.alvarez@example.org", contacts=(Contact(ContactKind.PHONE, "281-555-0107", "son"),),
)  # fmt: skip
NEIGHBOURS = (
    Neighbour(
        MARIA, "0041-2277-9", (4, 5),
        ((Level.WARN, "Dog at the gate; calls ahead before a reading"), (Level.INFO, "Prefers letters in Spanish")),
    ),
    Neighbour(_person("ALVAREZ, Mario", "4170 Leeland St", "713-555-0199"), "0050-1180-2"),
    Neighbour(_person("Tran, Minh", "2208 Milam St Apt 4", "832-555-0118", "vi"), "0055-1000-4", _LEAK),
    Neighbour(_person("OKAFOR, Chidi", "5514 Almeda Rd", "346-555-0161"), "0061-3320-7", (6, 6, 7)),
    Neighbour(_person("Nguyễn, Thị Hoa", "9300 Bellaire Blvd", "281-555-0133", "vi"), "0062-4471-1", (2, 3, 3, 2)),
    Neighbour(
        _person("GUTIERREZ, José Luis", "1811 Polk St", "713-555-0170", "es"), "0064-9008-5", (5, 4, 6),
        ((Level.STOP, "Returned check in May: cash or certified funds only"),),
    ),
    Neighbour(_person("Johnson, Dorothy Mae", "3402 Scott St", "713-555-0126"), "0066-2215-3", (2,)),
    Neighbour(_person("PATEL, Rakesh", "6161 Savoy Dr", "832-555-0155", "hi"), "0067-7120-9"),
    Neighbour(_person("Kim, Ji-woo", "1501 Gessner Rd", "346-555-0148", "ko"), "0068-0334-2", (4,)),
    Neighbour(_person("O’BRIEN, Seán", "715 Heights Blvd", "713-555-0184"), "0070-5561-8"),
    Neighbour(_person("WASHINGTON, Terrence", "2719 Lyons Ave", "281-555-0119"), "0071-8846-0", (5, 5)),
    Neighbour(_person("Al-Masri, Layla", "10240 Westheimer Rd", "832-555-0177", "ar"), "0073-1192-6"),
    Neighbour(_person("SMITH, John", "808 Waugh Dr", "713-555-0101"), "0074-6670-3", (3,)),
    Neighbour(_person("Smith, John", "12 Harold St", "713-555-0102"), "0074-6671-1", (2,)),
    Neighbour(_person("Hernández Peña, Lucía", "7007 Navigation Blvd", "281-555-0190", "es"), "0076-2038-4"),
)  # fmt: skip
FIRM = CustomerForm("ALVAREZ ELECTRIC LLC", CustomerKind.FIRM, address="900 Leeland St, Houston, TX 77002")
FIRMS_ACCOUNT = "0041-9001-3"
FIRMS_NUMBER = f"C-{101 + len(NEIGHBOURS)}"


def fill(url: str) -> int:
    """Put the people into a demo city that was just made, and return how many there are."""
    desk = open_desk(url)
    try:
        return settle(desk)
    finally:
        desk.close()


def settle(desk: Desk) -> int:
    """Put the people into the demo city's office, and return how many there are. Its drawers stay closed."""
    clerk = staff.person(desk, "clerk1")
    keys = (f"demo-people-{n}" for n in range(10_000))
    for n, one in enumerate(NEIGHBOURS):
        number = f"C-{101 + n}"
        since = desk.today() - timedelta(days=200 + 97 * n)
        customers_entry.enter_customer(desk, clerk, customers_entry.EnterCustomer(next(keys), one.form, number, since))
        _open_account(desk, next(keys), (one.account, number, one.form.address))
        for level, words in one.notes:
            customer_notes.add_note(desk, clerk, customer_notes.AddNote(next(keys), number, level, words))
        _bill(desk, one, keys)
    firm = FIRMS_NUMBER
    customers_entry.enter_customer(desk, clerk, customers_entry.EnterCustomer(next(keys), FIRM, firm))
    _open_account(desk, next(keys), (FIRMS_ACCOUNT, firm, FIRM.address))
    customers_entry.add_party(desk, clerk, customers_entry.AddParty(FIRMS_ACCOUNT, "C-101", PartyRole.PAYER))
    _owe(desk, next(keys), FIRMS_ACCOUNT, 120_410)
    _collect(desk, keys)
    return len(NEIGHBOURS) + 1


def _open_account(desk: Desk, key: str, what: tuple[str, str, str]) -> None:
    number, customer, address = what
    clerk = staff.person(desk, "clerk1")
    account = accounts.NewAccount(
        key, number, customer, "Water and sewer", "Public Works", address.split(",", maxsplit=1)[0]
    )
    accounts.add_account(desk, clerk, account)


def _bill(desk: Desk, one: Neighbour, keys: Iterator[str]) -> None:
    """Bill each month by the catalogue's water, sewer and drainage; the last bill is due in a few days."""
    clerk = staff.person(desk, "clerk1")
    last = desk.today() - timedelta(days=_TO_ISSUE + 7)
    for back, used in zip(reversed(range(len(one.used))), one.used, strict=True):
        to = last - timedelta(days=_PERIOD * back)
        command = service_bills.ServiceBill(
            next(keys), one.account, to - timedelta(days=_PERIOD - 1), to, WATER,
            {"meter_size": "3/4", "impervious_sqft": "2500"}, Decimal(used),
            issued=to + timedelta(days=_TO_ISSUE), due=to + timedelta(days=_TO_ISSUE + _TO_PAY),
        )  # fmt: skip
        service_bills.bill_service(desk, clerk, command)


def _owe(desk: Desk, key: str, account: str, cents: Cents) -> None:
    """Bill a firm, long ago."""
    due = desk.today() - timedelta(days=118)
    item = accounts.BillItem(None, "Water and sewer, 81,000 gallons", cents)
    issued = due - timedelta(days=_TO_PAY)
    accounts.add_bill(desk, staff.person(desk, "clerk1"), accounts.NewBill(key, account, (item,), due, issued=issued))


def _collect(desk: Desk, keys: Iterator[str]) -> None:
    """Remind who is late, as the city's ladder says, and give one household a plan."""
    accountant, clerk = staff.person(desk, "accountant1"), staff.person(desk, "clerk1")
    collecting.run_round(desk, accountant, collecting.RunRound(next(keys)))
    plans.make_plan(desk, clerk, plans.MakePlan(next(keys), "0062-4471-1", _PLAN_PARTS))
