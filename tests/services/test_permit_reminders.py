"""Reminders of permits and contractors' papers that end soon: once each, in the customer's words, on each engine."""

from __future__ import annotations

from datetime import date

import pytest

from csr_desk.domain.cart import CartLine
from csr_desk.domain.contractor import PaperKind
from csr_desk.domain.customers import CustomerForm
from csr_desk.domain.people import Role
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import (
    contractors,
    customer_disclosure,
    customers_entry,
    outbox_keeping,
    permit_reminders,
    permit_renewals,
    permits,
    sell,
    staff,
)
from csr_desk.services.permit_reminders import Ending, RemindOfEnds, Told
from csr_desk.services.verification import verify_desk
from demo_city import City

ANA = CustomerForm("Bayou Volt Electric", phone="713-555-0142", email="office@volt.example.org")
EVA = CustomerForm("Ruiz, Eva", language="es", phone="713-555-0143", email="eva@example.org")
LONG_STREET = "9 Palm St, " + "the long way round the old mill " * 5


def enter(city: City, number: str, form: CustomerForm) -> str:
    """Enter a customer."""
    command = customers_entry.EnterCustomer(city.key(), form, number)
    return customers_entry.enter_customer(city.desk, city.who("clerk1"), command).value


def sold(city: City, customer: str, site: str = "9 Palm St", item: str = "ELE-TCI") -> str:
    """Sell a permit that holds for 30 days; give its number."""
    lines = (CartLine(item, {"service_address": site}),)
    command = sell.CompleteSale(
        city.key(), None, lines, (Tender(TenderKind.CHECK, number="4"),), demo_inputs=True, customer_id=customer
    )
    receipt = sell.complete_sale(city.desk, city.who("clerk1"), command).value
    return permits.numbers_of(city.desk, receipt.key)[0]


def registered(city: City, customer: str, *papers: tuple[PaperKind, str, date]) -> str:
    """Register a contractor with papers."""
    desk, clerk = city.desk, city.who("clerk1")
    new = contractors.RegisterContractor(city.key(), customer, ("electrical",))
    number = contractors.register_contractor(desk, clerk, new).value
    for kind, printed, ends in papers:
        command = contractors.FilePaper(city.key(), number, kind, printed, "electrical", "TDLR", None, ends)
        contractors.file_paper(desk, clerk, command)
    return number


def listed(city: City, days: int | None = None, by: str = "clerk1") -> tuple[Ending, ...]:
    """The list of what ends."""
    return permit_reminders.endings(city.desk, city.who(by), days)


def remind(city: City, days: int | None = None) -> tuple[str, ...]:
    """Queue the reminders."""
    return permit_reminders.remind_of_ends(city.desk, city.who("clerk1"), RemindOfEnds(city.key(), days)).value


@pytest.fixture
def ending(city: City) -> City:
    """Three permits and two papers that end in August, one paper that ran out; one owner without a mail address."""
    city.at("2026-07-14T08:00")
    city.open()
    for number, form in (("C-1", ANA), ("C-2", EVA), ("C-3", CustomerForm("Tran, Minh"))):
        enter(city, number, form)
    for number, site in (("C-2", LONG_STREET), ("C-3", "11 Palm St"), ("", "12 Palm St")):
        sold(city, number, site)
    registered(
        city, "C-1", (PaperKind.INSURANCE, "GL-88", date(2026, 7, 8)), (PaperKind.LICENCE, "TECL 1", date(2026, 8, 1)),
        (PaperKind.BOND, "B-7", date(2026, 8, 2)),
    )  # fmt: skip
    return city


def test_the_list_says_what_ends_when_whose_it_is_and_whether_they_were_told(ending: City) -> None:
    rows = [(one.kind, one.name, one.day, one.told) for one in listed(ending)]
    day = date(2026, 8, 13)
    assert rows == [
        (PaperKind.INSURANCE, "Bayou Volt Electric", date(2026, 7, 8), Told.OVER),
        (PaperKind.LICENCE, "Bayou Volt Electric", date(2026, 8, 1), Told.NOT_YET),
        (PaperKind.BOND, "Bayou Volt Electric", date(2026, 8, 2), Told.NOT_YET),
        (None, "Ruiz, Eva", day, Told.NOT_YET),
        (None, "Tran, Minh", day, Told.NO_MAIL),
        (None, "", day, Told.NO_MAIL),
    ]
    assert [one.day for one in listed(ending, 18)] == [date(2026, 7, 8), date(2026, 8, 1)]


def test_everybody_with_a_mail_address_is_written_to_once_in_their_language(ending: City) -> None:
    assert len(remind(ending)) == 3
    assert [one.told for one in listed(ending)][1:4] == [Told.QUEUED] * 3
    assert remind(ending) == ()
    found = outbox_keeping.messages(ending.desk, ending.who("supervisor1"))
    assert found.waiting == 3
    written = {mail.record.title: mail.record for mail in found.messages}
    assert set(written) >= {"Your licence TECL 1 ends on August 1, 2026", "Your bond B-7 ends on August 2, 2026"}
    spanish = next(one for one in written.values() if one.recipient == "eva@example.org")
    assert spanish.title.endswith(" vence el 13 de agosto de 2026")
    assert LONG_STREET.strip() in spanish.body
    assert verify_desk(ending.desk).ok


def test_a_new_last_day_is_reminded_of_anew(ending: City) -> None:
    number = next(one.number for one in listed(ending) if one.name == "Ruiz, Eva")
    assert len(remind(ending)) == 3
    line = permit_renewals.renewal_of(ending.desk, ending.who("clerk1"), number).line
    paid = sell.CompleteSale(ending.key(), None, (line,), (Tender(TenderKind.CHECK, number="5"),), customer_id="C-2")
    sell.complete_sale(ending.desk, ending.who("clerk1"), paid)
    ending.at("2026-08-20T08:00")
    assert remind(ending) == (f"permit:{number}",)


def test_an_address_that_no_mail_server_takes_stops_nobody_elses_reminder(ending: City) -> None:
    enter(ending, "C-4", CustomerForm("Núñez, José", email="josé@example.org"))
    ours = sold(ending, "C-4")
    assert len(remind(ending)) == 3
    row = next(one for one in listed(ending) if one.number == ours)
    assert (row.told, row.email) == (Told.NO_MAIL, "")


def test_those_who_were_told_never_crowd_out_the_others(ending: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(permit_reminders, "MOST", 2)
    assert [len(remind(ending)) for _run in range(3)] == [2, 1, 0]


def test_a_confidential_customers_telephone_is_kept_back_and_an_auditor_sees_none(ending: City) -> None:
    asked = customer_disclosure.SetConfidential(ending.key(), "C-2", confidential=True, reason="A form")
    customer_disclosure.set_confidential(ending.desk, ending.who("clerk1"), asked)
    phones = {one.name: one.phone for one in listed(ending)}
    assert (phones["Ruiz, Eva"], phones["Bayou Volt Electric"]) == ("", "(713) 555-0142")
    assert staff.person(ending.desk, "auditor1").role is Role.AUDITOR
    assert "0142" not in str(listed(ending, by="auditor1"))
    assert len(remind(ending)) == 3  # they are written to all the same: it is their own permit
