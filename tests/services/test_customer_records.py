"""Joined and parted records, confidential customers, doubles and scanned cards, on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from csr_desk.data.unit_of_work import write
from csr_desk.domain.customers import CONFIDENTIAL, CustomerForm, Level, PartyRole, Told
from csr_desk.domain.errors import BadInput, Conflict, MissingInput, NotFound, NotPermitted
from csr_desk.domain.receivable.ageing import Aged
from csr_desk.services import (
    customer_disclosure,
    customer_duplicates,
    customer_merging,
    customer_notes,
    customer_pages,
    customer_scans,
    customer_timeline,
    customers_entry,
    holds,
    statements,
)
from csr_desk.services.customer_disclosure import Disclose, SetConfidential
from csr_desk.services.customer_merging import MergeCustomers, PartCustomers
from csr_desk.services.customers import find_customers
from csr_desk.services.verification import verify_desk
from demo_city import City
from services.test_customers import MARIA, MARIO, add_account, add_bill, edit, enter, form, found, is_sound

CARD = "@\n\x1e\rANSI 636015090002DL00410001ZT00420001DLDCSALVAREZ\nDACMARIA\nDAG4107 LEELAND ST APT B\nDAIHOUSTON\nDAJTX\nDAK770230000\nDBA01012020\nDAQ12345678\n"  # noqa: E501


def merge(city: City, keep: str, joined: str, user: str = "supervisor1") -> customer_merging.Merged:
    command = MergeCustomers(city.key(), keep, joined, "Same licence shown")
    return customer_merging.merge_customers(city.desk, city.who(user), command).value


def part(city: City, joined: str) -> customer_merging.Merged:
    command = PartCustomers(city.key(), joined, "Father and son")
    return customer_merging.part_customers(city.desk, city.who("supervisor1"), command).value


def test_two_records_of_one_person_are_joined_and_parted_without_a_loss(city: City) -> None:
    keep, joined = enter(city, MARIA, "C-1"), enter(city, replace(MARIO, name="Alvares, Maria"), "C-2")
    add_account(city, "W-1", keep)
    add_account(city, "W-2", joined)
    add_account(city, "W-3", enter(city, CustomerForm("Ruiz, Rosa"), "C-3"))
    for number, role in ((joined, PartyRole.TENANT), (joined, PartyRole.PAYER), (keep, PartyRole.PAYER)):
        command = customers_entry.AddParty("W-3", number, role)
        customers_entry.add_party(city.desk, city.who("clerk1"), command)
    add_bill(city, "W-2", 500, date(2026, 7, 20))
    assert merge(city, keep, joined) == customer_merging.Merged(keep, joined, ("W-2",))
    page = customer_pages.customer_page(city.desk, city.who("clerk1"), joined)
    assert (page.number, page.joined, page.owed) == (keep, (joined,), 500)
    assert [(line.number, line.role) for line in page.accounts] == [("W-1", ""), ("W-2", ""), ("W-3", "tenant")]
    assert found(city, "alvares") == found(city, "0199") == found(city, "W-2") == [keep]
    add_account(city, "W-4", joined)  # opened since, by the number of the joined record: it is the person's
    assert is_sound(city)
    part(city, joined)
    assert form(city, joined).name == "Alvares, Maria"
    lines = customer_pages.customer_page(city.desk, city.who("clerk1"), joined).accounts
    assert [(line.number, line.role) for line in lines] == [("W-2", ""), ("W-3", "tenant")]
    lines = customer_pages.customer_page(city.desk, city.who("clerk1"), keep).accounts
    assert [(line.number, line.role) for line in lines] == [("W-1", ""), ("W-4", ""), ("W-3", "payer")]
    assert found(city, "alvares") == [joined]
    assert found(city, "W-2") == [joined]
    told = [one.title for one in customer_timeline.timeline(city.desk, city.who("clerk1"), joined) if not one.amount]
    assert told == ["Customers parted again", "Customers joined"]
    assert is_sound(city)


def person(city: City, number: str) -> dict[str, object]:
    """Ask everything that is told of a person by a number."""
    desk, clerk = city.desk, city.who("clerk1")
    page = customer_pages.customer_page(desk, clerk, number)
    return {
        "page": (page.level, page.owed, page.credit, page.confidential, page.aged),
        "accounts": [(line.number, line.role, line.balance) for line in page.accounts],
        "alerts": {note.words for note in page.notes},
        "notes": {note.words for note in customer_notes.notes(desk, clerk, number)},
        "holds": {hold.words for hold in holds.holds_of(desk, clerk, customer=number)},
        "bills": {one.number for one in customer_timeline.timeline(desk, clerk, number) if one.kind == "bill"},
        "told": len(customer_disclosure.disclosures(desk, clerk, number)),
        "hits": [(hit.level, hit.owed, hit.accounts) for hit in find_customers(desk, clerk, number).hits],
    }


def alike_to(city: City, form: CustomerForm, but: str = "") -> list[str]:
    return [one.hit.number for one in customer_duplicates.alike(city.desk, city.who("clerk1"), form, but)]


def test_a_joined_person_is_the_same_by_either_number_and_parted_as_before(city: City) -> None:
    desk, clerk, chief = city.desk, city.who("clerk1"), city.who("supervisor1")
    keep, joined = enter(city, MARIA, "C-1"), enter(city, MARIO, "C-2")
    for account, customer, cents in (("W-1", keep, 500), ("W-2", joined, 1200)):
        add_account(city, account, customer)
        add_bill(city, account, cents, date(2026, 7, 20))
    customer_notes.add_note(desk, clerk, customer_notes.AddNote("n1", keep, Level.INFO, "Rings twice"))
    customer_notes.add_note(desk, clerk, customer_notes.AddNote("n2", joined, Level.STOP, "Dog bites"))
    holds.place_hold(desk, chief, holds.PlaceHold("h", "Owes elsewhere", customer=joined))
    before = person(city, keep), person(city, joined)
    statement = statements.balance_at(desk, clerk, "W-2")
    merge(city, keep, joined)
    both = person(city, keep)
    assert person(city, joined) | {"hits": both["hits"]} == both
    assert both["page"] == (Level.STOP, 1700, 0, False, Aged(current=1700))
    assert both["alerts"] == both["notes"] == {"Rings twice", "Dog bites"}
    assert (both["holds"], len(both["bills"])) == ({"Owes elsewhere"}, 2)  # type: ignore[arg-type]
    hit = find_customers(desk, clerk, joined).hits[0]
    assert (hit.number, hit.level, hit.owed, hit.accounts, hit.why) == (keep, Level.STOP, 1700, 2, "customer C-2")
    assert both["hits"] == [(Level.STOP, 1700, 2)]
    assert alike_to(city, MARIO) == alike_to(city, MARIA) == [keep]
    assert alike_to(city, MARIO, but=joined) == alike_to(city, MARIO, but=keep) == []
    assert statements.balance_at(desk, clerk, "W-2").balance == statement.balance
    part(city, joined)
    assert (person(city, keep), person(city, joined)) == before
    assert alike_to(city, MARIO) == [joined]
    assert is_sound(city)


def test_a_part_that_ended_while_records_were_joined_has_ended_after_they_are_parted(city: City) -> None:
    keep, joined = enter(city, MARIA, "C-1"), enter(city, MARIO, "C-2")
    add_account(city, "W-3", enter(city, CustomerForm("Ruiz, Rosa"), "C-3"))
    tenant = customers_entry.AddParty("W-3", joined, PartyRole.TENANT, date(2026, 1, 1))
    customers_entry.add_party(city.desk, city.who("clerk1"), tenant)
    merge(city, keep, joined)
    over = customers_entry.EndParty("W-3", keep, PartyRole.TENANT, date(2026, 7, 1))
    customers_entry.end_party(city.desk, city.who("clerk1"), over)
    part(city, joined)
    assert person(city, joined)["accounts"] == []
    assert is_sound(city)


def test_records_are_joined_in_chains_and_parted_from_the_end(city: City) -> None:
    one, two, three = (enter(city, replace(MARIO, name=f"Name{n} Test"), f"C-{n}") for n in (1, 2, 3))
    add_account(city, "W-1", one)
    merge(city, two, one)
    merge(city, three, two)
    assert found(city, "name1") == found(city, "W-1") == [three]
    with pytest.raises(Conflict):
        part(city, one)
    part(city, two)
    assert found(city, "name1") == [two]
    part(city, one)
    assert found(city, "name1") == found(city, "W-1") == [one]
    merge(city, three, one)
    part(city, one)
    assert is_sound(city)


def test_a_joining_that_cannot_be_is_refused(city: City) -> None:
    one, two = enter(city, MARIA, "C-1"), enter(city, MARIO, "C-2")
    with pytest.raises(NotPermitted):
        merge(city, one, two, "clerk1")
    with pytest.raises(BadInput):
        merge(city, one, one)
    with pytest.raises(NotFound):
        merge(city, one, "C-none")
    with pytest.raises(NotFound):
        part(city, "C-none")
    with pytest.raises(Conflict):
        part(city, one)
    with pytest.raises(MissingInput):
        customer_merging.merge_customers(city.desk, city.who("supervisor1"), MergeCustomers("k", one, two, " "))
    close(city, two)
    with pytest.raises(Conflict):
        merge(city, one, two)
    close(city, one)
    merge(city, one, two)
    with pytest.raises(Conflict):
        merge(city, one, two)
    with pytest.raises(Conflict):
        edit(city, two, MARIO, MARIA)


def test_the_same_key_joins_and_parts_once(city: City) -> None:
    one, two = enter(city, MARIA, "C-1"), enter(city, MARIO, "C-2")
    by = city.who("supervisor1")
    join = MergeCustomers("join", one, two, "Same person")
    first = customer_merging.merge_customers(city.desk, by, join)
    assert customer_merging.merge_customers(city.desk, by, join).value == first.value
    out = PartCustomers("part", two, "Another person")
    first = customer_merging.part_customers(city.desk, by, out)
    again = customer_merging.part_customers(city.desk, by, out)
    assert (again.value, again.replayed) == (first.value, True)
    with pytest.raises(Conflict):
        customer_merging.merge_customers(city.desk, by, replace(join, reason="Another reason"))


def test_a_joining_that_no_entry_tells_of_is_not_parted_but_looked_into(city: City) -> None:
    enter(city, MARIA, "C-1")
    enter(city, MARIO, "C-2")
    with write(city.desk.store) as work:
        work.conn.execute(text("UPDATE customer SET merged_into = 'C-1' WHERE customer_id = 'C-2'"))
    with pytest.raises(Conflict, match="verified"):
        part(city, "C-2")


def close(city: City, number: str, *, confidential: bool = True) -> None:
    command = SetConfidential(city.key(), number, confidential, "Form of 14 July")
    customer_disclosure.set_confidential(city.desk, city.who("clerk1"), command)


def test_what_a_customer_asked_to_keep_is_shown_to_who_logged_it_for_that_day(city: City) -> None:
    maria = enter(city, MARIA)
    add_account(city, "W-1", maria, site="4107 Leeland St Apt B")
    add_bill(city, "W-1", 6437, date(2026, 7, 18))
    close(city, maria)
    page = customer_pages.customer_page(city.desk, city.who("clerk1"), maria)
    assert (page.hidden, page.form.phone, page.form.address, page.accounts[0].address) == (True, *[CONFIDENTIAL] * 3)
    assert (page.form.name, page.owed) == ("ÁLVAREZ, María", 6437)
    assert "0142" not in repr(page)
    assert "0142" not in repr(find_customers(city.desk, city.who("clerk1"), "alvarez"))
    tell = Disclose(city.key(), maria, "The customer", "Licence shown", (Told.CONTACT, Told.USAGE))
    done = customer_disclosure.disclose(city.desk, city.who("clerk1"), tell)
    assert customer_disclosure.disclose(city.desk, city.who("clerk1"), tell).value == done.value
    assert customer_pages.customer_page(city.desk, city.who("clerk1"), maria).form.phone == "(713) 555-0142"
    assert customer_pages.customer_page(city.desk, city.who("clerk2"), maria).hidden
    city.at("2026-07-15T09:00")
    assert customer_pages.customer_page(city.desk, city.who("clerk1"), maria).hidden
    close(city, maria, confidential=False)
    assert not customer_pages.customer_page(city.desk, city.who("clerk1"), maria).hidden
    log = customer_disclosure.disclosures(city.desk, city.who("clerk1"), maria)
    assert [(one.change, one.what, one.payee, one.reason) for one in log] == [
        ("opened", (), "", "Form of 14 July"),
        ("told", ("contact", "usage"), "The customer", "Licence shown"),
        ("closed", (), "", "Form of 14 July"),
    ]
    assert customer_disclosure.disclosures(city.desk, city.who("auditor1"), maria)[1].payee == "T. c."
    assert is_sound(city)


def test_a_disclosure_without_whom_why_or_what_is_refused(city: City) -> None:
    maria, clerk = enter(city, MARIA), city.who("clerk1")
    tell = Disclose("d", maria, "The customer", "Licence shown")
    with pytest.raises(Conflict):
        customer_disclosure.disclose(city.desk, clerk, tell)
    close(city, maria)
    for wrong in (replace(tell, to=" "), replace(tell, reason=""), replace(tell, what=())):
        with pytest.raises(MissingInput):
            customer_disclosure.disclose(city.desk, clerk, wrong)
    with pytest.raises(BadInput):
        customer_disclosure.disclose(city.desk, clerk, replace(tell, what=("all",)))  # type: ignore[arg-type]
    with pytest.raises(NotPermitted):
        customer_disclosure.disclose(city.desk, city.who("auditor1"), tell)
    with pytest.raises(MissingInput):
        customer_disclosure.set_confidential(city.desk, clerk, SetConfidential("o", maria, confidential=False))
    with pytest.raises(NotFound):
        customer_disclosure.disclosures(city.desk, clerk, "C-none")
    for number in (maria, "C-none"):
        with pytest.raises((Conflict, NotFound)):
            close(city, number)


def test_the_same_key_makes_a_customer_confidential_once(city: City) -> None:
    maria, clerk = enter(city, MARIA), city.who("clerk1")
    command = SetConfidential("once", maria, confidential=True)
    first = customer_disclosure.set_confidential(city.desk, clerk, command)
    again = customer_disclosure.set_confidential(city.desk, clerk, command)
    assert (again.value, again.replayed) == (first.value, True)


def test_who_may_be_here_already_is_shown_with_why(city: City) -> None:
    maria, mario = enter(city, MARIA, "C-1"), enter(city, MARIO, "C-2")
    clerk = city.who("clerk1")

    def alike(form: CustomerForm, but: str = "") -> list[tuple[str, tuple[str, ...]]]:
        return [(one.hit.number, one.why) for one in customer_duplicates.alike(city.desk, clerk, form, but)]

    assert alike(CustomerForm("María Alvares", phone="713 555 0142")) == [
        (maria, ("nearly the same name", "the same telephone"))
    ]
    assert alike(CustomerForm("mario alvarez")) == [(mario, ("the same name",))]
    assert alike(CustomerForm("Rosa Ruiz", email="m.alvarez@example.org")) == [(maria, ("the same e-mail",))]
    assert alike(CustomerForm("Alvares M", address="4107 Leeland Street #B")) != []
    assert alike(CustomerForm("mario alvarez"), but=mario) == []
    assert alike(CustomerForm("Nguyen Van An")) == alike(CustomerForm(" ")) == []


def test_a_scanned_licence_fills_name_and_address_and_nothing_of_the_card_is_kept(sqlite_city: City) -> None:
    clerk = sqlite_city.who("clerk1")
    assert customer_scans.is_licence(CARD)
    assert not customer_scans.is_licence("alvarez")
    done = customer_scans.fill_from_licence(sqlite_city.desk, clerk, CustomerForm("x", phone="1"), CARD)
    assert (done.form.name, done.form.phone) == ("Maria Alvarez", "1")
    assert done.form.address == "4107 Leeland St Apt B, Houston, TX 77023"
    assert (done.filled, done.warning) == (("name", "address"), "The card ran out on 2020-01-01.")
    assert "12345678" not in repr(done)
    again = customer_scans.fill_from_licence(sqlite_city.desk, clerk, done.form, CARD.replace("2020", "2030"))
    assert (again.filled, again.warning) == ((), "")


TAMPERED = {
    "a joining undone": ("UPDATE customer SET merged_into = NULL WHERE customer_id = 'C-2'", "is joined with nobody"),
    "an account moved": ("UPDATE account SET customer_id = 'C-3' WHERE account_no = 'W-2'", "account W-2 is C-3’s"),
    "a part taken": ("DELETE FROM account_party WHERE customer_id = 'C-1'", "part of customer C-1 in account W-3"),
    "a secret lifted": ("UPDATE customer SET confidential = 0 WHERE customer_id = 'C-4'", "is not confidential"),
    "a secret made up": ("UPDATE customer SET confidential = 1 WHERE customer_id = 'C-3'", "C-3 is confidential"),
    "a customer hidden": ("DELETE FROM customer_search WHERE ROW = 3", "C-3 is not in the search index"),
    "a customer renamed": ("UPDATE customer SET name = 'X' WHERE customer_id = 'C-3'", "filed under other words"),
    "an entry hidden": (
        "UPDATE entry_about SET subject = 'customer:C-9' WHERE subject = 'customer:C-4'",
        "customer:C-9",
    ),
    "an entry of nobody": ("UPDATE customer SET search_row = 99 WHERE customer_id = 'C-3'", "entry 3 that is no"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_whoever_changes_customers_behind_the_program_is_found_out(city: City, what: str) -> None:
    for number, name in (("C-1", "Alvarez, Maria"), ("C-2", "Alvares, Maria"), ("C-3", "Ruiz"), ("C-4", "Petrova")):
        enter(city, CustomerForm(name), number)
    add_account(city, "W-2", "C-2")
    add_account(city, "W-3", "C-3")
    command = customers_entry.AddParty("W-3", "C-2", PartyRole.TENANT)
    customers_entry.add_party(city.desk, city.who("clerk1"), command)
    merge(city, "C-1", "C-2")
    close(city, "C-4")
    assert is_sound(city)
    statement, said = TAMPERED[what]
    own = "rowid" if city.desk.store.dialect == "sqlite" else "search_row"
    with write(city.desk.store) as work:
        work.conn.execute(text(statement.replace("ROW", own)))
    assert said in (verify_desk(city.desk).first_fault or "")
