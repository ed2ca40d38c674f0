"""Customers at the counter: entered once, found by any scrap, joined and parted without a loss, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from csr_desk.data.queries import accounts as rows_of_accounts
from csr_desk.data.unit_of_work import write
from csr_desk.domain.changes import Done
from csr_desk.domain.customers import CONFIDENTIAL, Contact, ContactKind, CustomerForm, CustomerKind, Level, PartyRole
from csr_desk.domain.errors import BadInput, Conflict, MissingInput, NotFound, NotPermitted
from csr_desk.domain.masking import HIDDEN
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import accounts, customer_notes, customer_pages, customer_timeline, customers_entry, sell
from csr_desk.services.customers import find_customers
from csr_desk.services.customers_entry import AddParty, EditCustomer, EndParty, EnterCustomer
from csr_desk.services.lines import BillLine
from csr_desk.services.verification import verify_desk
from demo_city import City

MARIA = CustomerForm(
    "ÁLVAREZ, María", language="es", address="4107 leeland street apt b, houston, tx 77023", phone="713 555 0142",
    email="m.alvarez@Example.org",
)  # fmt: skip
MARIO = CustomerForm("Alvarez, Mario", address="4170 Leeland St", phone="713-555-0199")


def enter(city: City, form: CustomerForm, number: str = "") -> str:
    """Enter a customer."""
    return customers_entry.enter_customer(city.desk, city.who("clerk1"), EnterCustomer(city.key(), form, number)).value


def found(city: City, text: str, user: str = "clerk1") -> list[str]:
    """Return the numbers that a question finds, the best first."""
    return [hit.number for hit in find_customers(city.desk, city.who(user), text).hits]


def edit(city: City, number: str, was: CustomerForm, becomes: CustomerForm) -> Done[customers_entry.Edited]:
    return customers_entry.edit_customer(city.desk, city.who("clerk1"), EditCustomer(number, was, becomes))


def form(city: City, number: str) -> CustomerForm:
    """Return what the form of a customer holds."""
    return customer_pages.customer_page(city.desk, city.who("clerk1"), number).form


def add_account(
    city: City, number: str, customer: str, service: str = "water", department: str = "", site: str = ""
) -> None:
    command = accounts.NewAccount(city.key(), number, customer, service, department, site)
    accounts.add_account(city.desk, city.who("clerk1"), command)


def add_bill(city: City, account: str, cents: int, due: date) -> str:
    command = accounts.NewBill(city.key(), account, (accounts.BillItem(None, "Water", cents),), due)
    return accounts.add_bill(city.desk, city.who("clerk1"), command).value.number


def is_sound(city: City) -> bool:
    report = verify_desk(city.desk)
    assert report.first_fault is None
    return report.ok


def test_a_customer_is_found_by_any_scrap_of_what_they_say(city: City) -> None:
    maria, mario = enter(city, MARIA, "C-MARIA"), enter(city, MARIO, "C-MARIO")
    enter(city, CustomerForm("Houston, Stephanie", address="12 Main St"), "C-HOUSTON")
    add_account(city, "0041-2277-9", maria, site="4107 leeland st apt b")
    for question in (
        "maria alvarez", "álvarez maría", "0142", "(713) 555-0142", "4107 leeland b", "4107 leeland st apt b houston",
        "m.alvarez@example.org", "0041-2277-9", "00412277", "77023 alv", "C-MARIA", "maria houst",
    ):  # fmt: skip
        assert found(city, question) == [maria], question
    assert found(city, "alvarez leeland") == [maria, mario]
    assert found(city, "mar alv lee 41") == [maria, mario]
    assert found(city, "houston") == ["C-HOUSTON"]
    assert found(city, "leeland 99") == found(city, "zzz") == found(city, "  ,") == []
    assert is_sound(city)


def test_a_slip_of_a_figure_is_suggested_and_nothing_else(city: City) -> None:
    add_account(city, "0041-2277-9", enter(city, MARIA))
    for keyed in ("0041-2277-8", "00412277 8", "0041-2727-9", "041422779"):
        slips = find_customers(city.desk, city.who("clerk1"), keyed).slips
        assert [slip.account for slip in slips] == (["0041-2277-9"] if keyed != "041422779" else []), keyed
    assert find_customers(city.desk, city.who("clerk1"), "1041-2277-8").slips == ()
    assert find_customers(city.desk, city.who("clerk1"), "0041-2277-9").slips == ()


def test_a_receipt_and_a_bill_find_who_they_were_for(city: City) -> None:
    maria = enter(city, MARIA)
    add_account(city, "0041-2277-9", maria)
    bill = add_bill(city, "0041-2277-9", 6437, date(2026, 7, 18))
    city.open()
    command = sell.CompleteSale(city.key(), None, (BillLine("bill", bill),), (Tender(TenderKind.CASH),))
    receipt = sell.complete_sale(city.desk, city.who("clerk1"), command).value.number
    for number in (receipt, bill):
        hits = find_customers(city.desk, city.who("clerk1"), number).hits
        assert [(hit.number, hit.why.split()[-1]) for hit in hits] == [(maria, number)]
    assert found(city, "HPC1-0009999") == found(city, "B-999999999") == []


def test_an_address_and_a_telephone_are_written_one_way_and_what_is_unreadable_as_typed(city: City) -> None:
    kept = form(city, enter(city, MARIA))
    assert (kept.address, kept.phone) == ("4107 Leeland St Apt B, Houston, TX 77023", "(713) 555-0142")
    assert kept.email == "m.alvarez@example.org"
    odd = replace(MARIO, address="behind the old  mill", phone="ask for Rosa")
    kept = form(city, enter(city, odd))
    assert (kept.address, kept.phone) == ("behind the old mill", "ask for Rosa")


def test_an_edit_keeps_the_former_name_and_its_undo_leaves_everything_as_it_was(city: City) -> None:
    number = enter(city, MARIA)
    before = form(city, number)
    done = edit(city, number, before, replace(before, name="Delgado, María", phone="281-555-0101")).value
    assert done.now.contacts == (Contact(ContactKind.FORMER_NAME, "ÁLVAREZ, María"),)
    assert found(city, "delgado") == found(city, "alvarez maria") == found(city, "281 555") == [number]
    assert found(city, "0142") == []
    again = edit(city, number, before, replace(before, name="Delgado, María", phone="281-555-0101"))
    assert again.replayed
    undone = edit(city, number, done.now, done.was).value
    assert undone.now == before == form(city, number)
    assert found(city, "delgado") == []
    assert is_sound(city)


def test_an_edit_of_what_somebody_else_changed_is_refused(city: City) -> None:
    number = enter(city, MARIA)
    before = form(city, number)
    edit(city, number, before, replace(before, language="vi"))
    with pytest.raises(Conflict):
        edit(city, number, before, replace(before, language="en"))
    with pytest.raises(NotFound):
        edit(city, "C-none", before, before)


def test_a_form_that_cannot_be_is_refused_at_its_field(city: City) -> None:
    for wrong, error, field in (
        (replace(MARIA, name=" "), MissingInput, "name"),
        (replace(MARIA, email="at home"), BadInput, "email"),
        (replace(MARIA, contacts=(Contact(ContactKind.PHONE, "1"),) * 41), BadInput, "contacts"),
        (replace(MARIA, name="x" * 121), BadInput, "name"),
    ):
        with pytest.raises(error) as refused:
            enter(city, wrong)
        assert refused.value.field == field
    with pytest.raises(BadInput):
        enter(city, MARIA, "no number")


def test_the_same_key_enters_one_customer(city: City) -> None:
    command = EnterCustomer("key-once", MARIA)
    first = customers_entry.enter_customer(city.desk, city.who("clerk1"), command)
    again = customers_entry.enter_customer(city.desk, city.who("clerk1"), command)
    assert (first.value, again.replayed) == (again.value, True)
    assert found(city, "alvarez") == [first.value]


def test_a_page_adds_up_what_is_owed_over_all_accounts_by_age(city: City) -> None:
    maria, mario = enter(city, MARIA), enter(city, MARIO)
    add_account(city, "W-1", maria, department="Water", site="4107 Leeland St Apt B")
    add_account(city, "A-1", maria, "Alarm permit")
    add_account(city, "W-2", mario)
    for account, cents, due in (
        ("W-1", 6437, date(2026, 7, 18)), ("W-1", 1000, date(2026, 6, 1)), ("A-1", 500, date(2026, 1, 1)),
        ("W-2", 99, date(2026, 7, 1)),
    ):  # fmt: skip
        add_bill(city, account, cents, due)
    part = AddParty("W-2", maria, PartyRole.PAYER)
    customers_entry.add_party(city.desk, city.who("clerk1"), part)
    assert customers_entry.add_party(city.desk, city.who("clerk1"), part).replayed
    page = customer_pages.customer_page(city.desk, city.who("clerk1"), maria)
    assert [(line.number, line.role, line.balance) for line in page.accounts] == [
        ("A-1", "", 500), ("W-1", "", 7437), ("W-2", "payer", 99)
    ]  # fmt: skip
    assert (page.owed, page.credit, page.aged.columns) == (7937, 0, (6437, 1000, 0, 500))
    assert page.accounts[1].department == "Water"
    assert customer_pages.customer_of_account(city.desk, city.who("clerk1"), "W-2").number == mario
    hit = find_customers(city.desk, city.who("clerk1"), "W-2").hits
    assert [(one.number, one.owed) for one in hit] == [(mario, 99), (maria, 7937)]
    ended = EndParty("W-2", maria, PartyRole.PAYER, date(2026, 7, 14))
    customers_entry.end_party(city.desk, city.who("clerk1"), ended)
    assert len(customer_pages.customer_page(city.desk, city.who("clerk1"), maria).accounts) == 3
    city.at("2026-07-15T09:00")
    assert len(customer_pages.customer_page(city.desk, city.who("clerk1"), maria).accounts) == 2
    assert is_sound(city)


def test_parts_in_accounts_that_cannot_be_are_refused(city: City) -> None:
    maria = enter(city, MARIA)
    add_account(city, "W-1", maria)
    clerk = city.who("clerk1")
    with pytest.raises(NotFound):
        customers_entry.add_party(city.desk, clerk, AddParty("W-9", maria, PartyRole.OWNER))
    with pytest.raises(Conflict):
        customers_entry.add_party(city.desk, clerk, AddParty("W-1", maria, PartyRole.OWNER))
    with pytest.raises(NotFound):
        customers_entry.end_party(city.desk, clerk, EndParty("W-1", maria, PartyRole.OWNER, date(2026, 7, 14)))
    mario = enter(city, MARIO)
    customers_entry.add_party(city.desk, clerk, AddParty("W-1", mario, PartyRole.TENANT, date(2026, 7, 14)))
    with pytest.raises(BadInput):
        customers_entry.end_party(city.desk, clerk, EndParty("W-1", mario, PartyRole.TENANT, date(2026, 7, 13)))
    with pytest.raises(NotFound):
        customer_pages.customer_of_account(city.desk, clerk, "W-9")
    with pytest.raises(NotFound):
        customer_pages.customer_page(city.desk, clerk, "C-none")


def test_the_loudest_note_speaks_until_its_last_day_is_over(city: City) -> None:
    maria, clerk = enter(city, MARIA), city.who("clerk1")
    add = customer_notes.AddNote("n-1", maria, Level.STOP, "Dog bites", date(2026, 7, 14))
    stop = customer_notes.add_note(city.desk, clerk, add).value
    assert customer_notes.add_note(city.desk, clerk, add).replayed
    customer_notes.add_note(city.desk, clerk, customer_notes.AddNote("n-2", maria, Level.INFO, "Prefers mail"))
    page = customer_pages.customer_page(city.desk, clerk, maria)
    assert (page.level, [note.words for note in page.notes]) == (Level.STOP, ["Dog bites", "Prefers mail"])
    assert find_customers(city.desk, clerk, "alvarez").hits[0].level is Level.STOP
    city.at("2026-07-15T00:01")
    assert customer_pages.customer_page(city.desk, clerk, maria).level is Level.INFO
    customer_notes.close_note(city.desk, clerk, stop.note_id)
    assert customer_notes.close_note(city.desk, clerk, stop.note_id).replayed
    kept = {note.words: note.closed_by for note in customer_notes.notes(city.desk, clerk, maria)}
    assert kept == {"Dog bites": "clerk1", "Prefers mail": ""}
    for wrong, error in (
        (customer_notes.AddNote("n-3", maria, Level.INFO, " "), MissingInput),
        (customer_notes.AddNote("n-3", maria, Level.INFO, "x", date(2026, 7, 14)), BadInput),
        (customer_notes.AddNote("n-3", "C-none", Level.INFO, "x"), NotFound),
    ):
        with pytest.raises(error):
            customer_notes.add_note(city.desk, clerk, wrong)
    with pytest.raises(NotFound):
        customer_notes.close_note(city.desk, clerk, "N-none")


def test_the_auditor_sees_names_and_money_but_not_how_to_reach_people(city: City) -> None:
    maria = enter(city, MARIA)
    page = customer_pages.customer_page(city.desk, city.who("auditor1"), maria)
    assert page.form.name == "ÁLVAREZ, María"
    assert {page.form.address, page.form.phone, page.form.email} == {HIDDEN}
    hit = find_customers(city.desk, city.who("auditor1"), "alvarez").hits[0]
    assert {hit.address, hit.phone} == {HIDDEN}
    with pytest.raises(NotPermitted):
        find_customers(city.desk, city.who("admin1"), "alvarez")
    assert CONFIDENTIAL not in repr(page)


def test_customers_of_an_older_version_are_filed_when_somebody_looks_for_one(city: City) -> None:
    row = {"customer_id": "C-OLD", "name": "Petrova, Elena", "language": "en", "address": "", "phone": "", "email": ""}
    with write(city.desk.store) as work:
        rows_of_accounts.insert_customer(work.conn, row)
    assert found(city, "petrova") == ["C-OLD"]
    assert form(city, "C-OLD").kind is CustomerKind.PERSON
    assert is_sound(city)


def test_the_time_line_tells_bills_and_notes_newest_first(city: City) -> None:
    maria, clerk = enter(city, MARIA), city.who("clerk1")
    add_account(city, "W-1", maria)
    add_bill(city, "W-1", 6437, date(2026, 7, 2))
    customer_notes.add_note(city.desk, clerk, customer_notes.AddNote("n-1", maria, Level.WARN, "Call 713-555-0142"))
    told = customer_timeline.timeline(city.desk, clerk, maria)
    assert [(one.kind, one.words, one.amount, one.due) for one in told] == [
        ("note", "Call 713-555-0142", None, None), ("bill", "Water", 6437, date(2026, 7, 2))
    ]  # fmt: skip
    assert [one.kind for one in customer_timeline.account_timeline(city.desk, clerk, "W-1")] == ["bill"]
    masked = customer_timeline.timeline(city.desk, city.who("auditor1"), maria)
    assert "555-0142" not in masked[0].words
    for call in (customer_timeline.timeline, customer_timeline.account_timeline):
        with pytest.raises(NotFound):
            call(city.desk, clerk, "none")


def test_further_contacts_are_written_one_way_and_found(city: City) -> None:
    contacts = (
        Contact(ContactKind.PHONE, "281 555 0101", "office"), Contact(ContactKind.EMAIL, "Rosa@Example.ORG"),
        Contact(ContactKind.ADDRESS, "99 lamar street"), Contact(ContactKind.FORMER_NAME, "Ruiz, Rosa"),
        Contact(ContactKind.PHONE, " "), Contact(ContactKind.ADDRESS, "the old mill"),
    )  # fmt: skip
    number = enter(city, replace(MARIO, contacts=contacts))
    words = [one.words for one in form(city, number).contacts]
    assert words == ["(281) 555-0101", "Rosa@example.org", "99 Lamar St", "Ruiz, Rosa", "the old mill"]
    for question in ("281 555", "0101", "rosa@example.org", "99 lamar street", "ruiz", "old mill"):
        assert found(city, question) == [number], question


def test_the_best_of_many_are_shown_and_that_there_are_more(city: City) -> None:
    for n in range(45):
        enter(city, CustomerForm(f"Garcia{n:02d} Garcia", address=f"{n} Main St"), f"C-{n:02d}")
    enter(city, CustomerForm("Maria Garcia", address="1 Main St"), "C-MARIA")
    hits = find_customers(city.desk, city.who("clerk1"), "garcia", limit=3)
    assert (len(hits.hits), hits.more) == (3, True)
    assert found(city, "garcia maria") == ["C-MARIA"]


def test_a_desk_that_stopped_recording_still_finds_who_is_on_file(sqlite_city: City) -> None:
    city = sqlite_city
    enter(city, MARIA, "C-1")
    row = {"customer_id": "C-OLD", "name": "Alvarez Old", "language": "en", "address": "", "phone": "", "email": ""}
    with write(city.desk.store) as work:
        rows_of_accounts.insert_customer(work.conn, row)
    city.desk.store.latched = "The disk failed."
    assert found(city, "alvarez") == ["C-1"]
    city.desk.store.latched = None
    assert set(found(city, "alvarez")) == {"C-1", "C-OLD"}
