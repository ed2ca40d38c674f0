"""The record behind a customer's page, by its keys: parts in accounts, joined records, the log of disclosures."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import Qt

from csr_desk.services import customer_disclosure, customer_papers, statements
from csr_desk.services.customer_disclosure import Disclose, SetConfidential
from ui.counter import Counter
from ui.customer.conftest import page_of

ENTER, ESC, KEY = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key


def at_record(counter: Counter, scrap: str) -> None:
    """Find somebody and look at their record."""
    counter.press(scrap, ENTER)
    counter.press(KEY.Key_G, ctrl=True)


def alt(counter: Counter, key: str) -> None:
    """Press the key of an act beside the lists."""
    action = next(one for one in page_of(counter).keys.actions() if one.shortcut().toString() == f"Alt+{key}")
    assert action.isEnabled(), action.text()
    action.trigger()
    counter.settle()


def drawn(counter: Counter, name: str) -> None:
    """Keep a picture where one is asked for."""
    folder = os.environ.get("CSR_DESK_PICTURES")
    if folder:
        counter.window.resize(1366, 768)
        counter.settle()
        counter.window.grab().save(str(Path(folder) / f"{name}.png"))


def test_a_part_in_an_account_is_added_and_ended_by_keys(people: Counter) -> None:
    at_record(people, "mario")
    record = page_of(people).record
    assert record.isVisible()
    assert people.shown("no-parts")
    alt(people, "A")
    people.press("0041-2277-9", ENTER, "9", ENTER, ENTER)
    assert people.space.sheet is not None
    assert people.space.sheet.fault.text() == "Key a digit: 1 owner, 2 tenant, 3 contractor, 4 payer, 5 agent."
    people.press(ESC)
    alt(people, "A")
    people.press("0041-2277-9", ENTER, "2", ENTER, ENTER)
    assert record.parts.texts() == [
        ["0041-2277-9", "Water and sewer", "Tenant", "this customer", "7/14/2026", "no end"]
    ]
    assert "is tenant of account 0041-2277-9" in people.text("banner-text")
    page_of(people).look_at("customer:C-101")
    people.settle()
    people.press(KEY.Key_G, ctrl=True)
    assert record.parts.texts()[0][3] == "Alvarez, Mario · C-204"
    drawn(people, "record-parts")
    alt(people, "Q")
    people.press("7/14", ENTER)
    assert record.parts.texts()[0][5] == "7/14/2026"
    people.press(ESC)
    assert page_of(people).shown.isVisible()
    assert people.focused_name() == "customer-search"


def test_two_records_of_one_person_are_joined_and_parted_again(people: Counter) -> None:
    at_record(people, "maria")
    record = page_of(people).record
    assert not record.join.isVisible()  # a clerk joins nobody
    assert not record.join.isEnabled()
    people.work_as("supervisor1")
    people.space.go("customer")
    people.settle()
    at_record(people, "maria")
    record = page_of(people).record
    alt(people, "J")
    people.press("C-204", ENTER)
    assert people.space.sheet is not None
    assert "Alvarez, Mario (C-204, 4170 Leeland St) goes into ÁLVAREZ, María (C-101)" in people.space.sheet.title.text()
    people.press("1")
    assert record.joined.texts() == [["C-204", "Alvarez, Mario", "C-101"]]
    drawn(people, "record-joined")
    alt(people, "J")
    people.press("C-204", ENTER)
    assert people.text("banner-text") == "Record C-204 is joined with this one already."
    alt(people, "K")
    people.press("1")
    assert record.joined.texts() == []
    assert "stands by itself again" in people.text("banner-text")


def test_whoever_sees_customers_reads_what_was_told_of_a_confidential_one(people: Counter) -> None:
    desk, clerk = people.desk, people.person("clerk3")
    today = desk.today()

    def tell() -> None:
        customer_disclosure.set_confidential(desk, clerk, SetConfidential("s", "C-101", confidential=True))
        customer_disclosure.disclose(desk, clerk, Disclose("d", "C-101", "Herself", "Licence shown"))
        facts = statements.statement(desk, clerk, "0041-2277-9", (today, today))
        customer_papers.make_paper(desk, clerk, customer_papers.MakePapers("p", (facts,)), lambda _facts: b"")

    people.ask(tell)
    at_record(people, "maria")
    told = page_of(people).record.told
    assert [row[1:5] for row in told.texts()] == [
        ["Paper given", "address, telephone, amounts", "", "Statement 2026-07-14 to 2026-07-14"],
        ["Told", "address, telephone", "Herself", "Licence shown"],
        ["Made confidential", "", "", ""],
    ]
    assert told.texts()[0][5] == clerk.name
    drawn(people, "record-told")
    people.work_as("auditor1")
    people.space.go("customer")
    people.settle()
    at_record(people, "maria")
    record = page_of(people).record
    assert "Herself" not in str(record.told.texts())
    assert not any(one.isEnabled() for one in (record.add, record.end, record.join, record.part))


def test_a_wrong_account_and_ones_own_are_refused_with_words(people: Counter) -> None:
    at_record(people, "maria")
    page_of(people).record.presenter.add_part()
    people.settle()
    people.press("0041-2277-9", ENTER, "payer", ENTER, ENTER)
    assert people.space.sheet is not None
    assert "in their own name already" in people.space.sheet.fault.text()
