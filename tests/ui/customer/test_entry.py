"""Entering and changing customers on the real widgets: keys counted, doubles told, nothing lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from csr_desk.devices.card_scans import CardReader, Key
from csr_desk.domain.customers import Contact, ContactKind, CustomerForm
from csr_desk.services import customer_pages, customers_entry
from csr_desk.services.customers_entry import EditCustomer, EnterCustomer
from csr_desk.ui.pages.customer.entry import contact_kind
from csr_desk.ui.pages.customer.entry_form import Draft, is_firm, values_of
from ui.counter import Counter
from ui.customer.conftest import MARIA, page_of

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
CARD = (
    "@\n\x1e\rANSI 636015090002DL00410001ZT00420001DLDCSTRAN\nDACMINH\nDAG900 BAGBY ST\nDAIHOUSTON\nDAJTX\n"
    "DAK770020000\nDBA01012030\nDAQ12345678\n"
)
MORE = 12
"""Keys beside the characters of the data that a new customer may take."""


def form_of(counter: Counter, number: str) -> CustomerForm:
    """What is kept of a customer."""
    who = counter.person("clerk1")
    return counter.ask(lambda: customer_pages.customer_page(counter.desk, who, number)).form


def shown_number(counter: Counter) -> str:
    """The customer in front."""
    page = page_of(counter).presenter.page
    assert page is not None
    return page.number


def ctrl(counter: Counter, key: Qt.Key) -> None:
    """Press Ctrl and a key, counted as the two keys that they are."""
    counter.press(key, ctrl=True)
    counter.keys += 1


def scan(counter: Counter, card: str) -> None:
    """What a 2-D scanner does: keys faster than anybody types, line ends as Enter, then silence."""
    marks = {"\n": Qt.Key.Key_Return, "\r": Qt.Key.Key_Return}
    for char in card:
        if char in marks:
            QTest.keyClick(counter.focus(), marks[char])
        elif char.isprintable():
            QTest.keyClicks(counter.focus(), char)
    counter.bot.wait(250)
    counter.settle()


def test_a_new_customer_takes_the_characters_of_the_data_and_at_most_twelve_keys_more(people: Counter) -> None:
    data = ("Nguyen, Thi Lan", "1600 Smith St Apt 4, Houston, TX 77002", "8325550188", "lan@example.org", "vi")
    ctrl(people, Qt.Key.Key_N)
    for words in data:
        people.press(words, ENTER)
    people.press(ENTER)
    assert people.keys <= sum(len(words) for words in data) + MORE
    assert people.keys == sum(len(words) for words in data) + 8
    kept = form_of(people, shown_number(people))
    assert kept == CustomerForm(
        "Nguyen, Thi Lan", language="vi", address="1600 Smith St Apt 4, Houston, TX 77002", phone="(832) 555-0188",
        email="lan@example.org",
    )  # fmt: skip
    assert "is entered as" in people.text("banner-text")


def test_even_from_the_sell_page_and_past_a_double_it_takes_no_more(people: Counter) -> None:
    people.space.go("sell")
    people.settle()
    people.keys = 0
    data = ("Maria Alvares", "12 Main St", "7135550142")
    ctrl(people, Qt.Key.Key_2)
    ctrl(people, Qt.Key.Key_N)
    for words in data:
        people.press(words, ENTER)
    people.press(ENTER, ENTER, ENTER)
    assert people.shown("entry-alike")
    assert "somebody like this is here" in people.text("entry-fault")
    people.press(ENTER)
    assert shown_number(people) != "C-101"
    assert people.keys <= sum(len(words) for words in data) + MORE


def test_a_double_is_told_while_it_is_keyed_and_f3_opens_the_one_who_is_here(people: Counter) -> None:
    people.press(Qt.Key.Key_N, ctrl=True)
    people.press("Maria Alvares", ENTER, "4107 leeland st apt b, houston", ENTER, "713 555 0142", ENTER)
    alike = page_of(people).form.alike.picks
    assert [pick.title for pick in alike] == ["ÁLVAREZ, María"]
    assert "the same telephone" in alike[0].below
    people.press(Qt.Key.Key_F3)
    assert people.text("customer-name") == "ÁLVAREZ, María"
    people.press(Qt.Key.Key_N, ctrl=True)
    assert people.text("entry-name") == "Maria Alvares"


def test_esc_loses_nothing_and_emptying_can_be_taken_back(people: Counter) -> None:
    people.press(Qt.Key.Key_N, ctrl=True)
    people.press("Tran, Minh", ENTER, "900 Bagby", ESC)
    assert people.focused_name() == "customer-search"
    assert "Ctrl+N goes on with it" in people.text("banner-text")
    people.press("maria", ENTER)
    people.space.go("sell")
    people.space.go("customer")
    people.press(Qt.Key.Key_N, ctrl=True)
    assert (people.text("entry-name"), people.text("entry-address")) == ("Tran, Minh", "900 Bagby")
    people.press(Qt.Key.Key_F10)
    assert people.text("entry-name") == ""
    people.click("banner-action")
    assert people.text("entry-name") == "Tran, Minh"
    people.press(ESC)
    people.press(Qt.Key.Key_N, ctrl=True)
    people.press(Qt.Key.Key_F10, ESC)
    assert page_of(people).presenter.entry.draft is None


def test_an_edit_is_taken_back_by_one_key_and_made_again_by_another(people: Counter) -> None:
    people.press("maria", ENTER)
    before = form_of(people, "C-101")
    people.press(Qt.Key.Key_F2)
    people.press(ENTER, ENTER, "2815550101")
    people.press(Qt.Key.Key_S, ctrl=True)
    assert form_of(people, "C-101") == replace(before, phone="(281) 555-0101")
    assert "Ctrl+Z" in people.text("banner-text")
    people.press(Qt.Key.Key_Z, ctrl=True)
    assert form_of(people, "C-101") == before
    assert "(713) 555-0142" in people.text("customer-who")
    people.press(Qt.Key.Key_Z, ctrl=True)
    assert form_of(people, "C-101").phone == "(281) 555-0101"


def test_a_licence_fills_the_form_line_ends_and_all_and_its_number_stays_nowhere(people: Counter) -> None:
    scan(people, CARD)
    assert people.text("entry-name") == "Minh Tran"
    assert people.text("entry-address") == "900 Bagby St, Houston, TX 77002"
    assert people.focused_name() == "entry-phone"
    people.press("7135550100", ENTER, ENTER, ENTER, ENTER)
    assert people.text("customer-name") == "Minh Tran"
    assert "12345678" not in repr(form_of(people, shown_number(people)))


def test_a_licence_scanned_into_a_begun_form_keeps_what_was_keyed(people: Counter) -> None:
    people.press(Qt.Key.Key_N, ctrl=True)
    people.press(TAB, TAB, "7135550100")
    people.bot.wait(60)
    scan(people, CARD)
    assert people.text("entry-phone") == "7135550100"
    assert people.text("entry-name") == "Minh Tran"
    assert people.focused_name() == "entry-email"


def test_a_card_read_in_part_says_so_and_changes_nothing(people: Counter) -> None:
    people.press(Qt.Key.Key_N, ctrl=True)
    people.press("Tran")
    people.bot.wait(60)
    scan(people, "@\nANSI 636015090002DL00410001DLDCSTRAN\nDAQ12345678\n")
    assert people.text("entry-name") == "Tran"
    assert "read in part only" in people.text("entry-fault")


def test_an_email_typed_fast_is_no_card(people: Counter) -> None:
    people.press(Qt.Key.Key_N, ctrl=True)
    people.press("Rosa", ENTER, ENTER, ENTER)
    QTest.keyClicks(people.focus(), "rosa@example.org")
    assert people.text("entry-email") == "rosa@example.org"


def test_what_cannot_be_is_said_at_its_field(people: Counter) -> None:
    people.press(Qt.Key.Key_N, ctrl=True)
    people.press(Qt.Key.Key_S, ctrl=True)
    assert "has a name" in people.text("entry-fault")
    assert people.focused_name() == "entry-name"
    people.press("Rosa", ENTER, ENTER, ENTER, "at home", ENTER)
    assert "name@example.org" in people.text("entry-fault")
    people.press(Qt.Key.Key_S, ctrl=True)
    assert people.focused_name() == "entry-email"


def test_somebody_elses_change_is_taken_in_and_ours_stays_on_top(people: Counter) -> None:
    people.press("maria", ENTER)
    people.press(Qt.Key.Key_F2)
    people.press(ENTER, ENTER, "2815550101")
    who = people.person("clerk1")
    was = form_of(people, "C-101")
    other = EditCustomer("C-101", was, replace(was, email="maria@example.org"))
    people.ask(lambda: customers_entry.edit_customer(people.desk, who, other))
    people.press(Qt.Key.Key_S, ctrl=True)
    assert "Somebody else changed" in people.text("entry-fault")
    assert people.text("entry-email") == "maria@example.org"
    people.press(Qt.Key.Key_S, ctrl=True)
    kept = form_of(people, "C-101")
    assert (kept.phone, kept.email) == ("(281) 555-0101", "maria@example.org")


def test_another_way_to_reach_them_is_added_and_taken_back(people: Counter) -> None:
    people.press("maria", ENTER)
    people.press(Qt.Key.Key_E, ctrl=True)
    people.press("281 555 0107", ENTER, "son", ENTER)
    assert form_of(people, "C-101").contacts == (Contact(ContactKind.PHONE, "(281) 555-0107", "son"),)
    assert "son (281) 555-0107" in people.text("customer-who")
    people.press(Qt.Key.Key_Z, ctrl=True)
    assert form_of(people, "C-101").contacts == ()


def test_saving_twice_is_one_customer(people: Counter) -> None:
    entry = page_of(people).presenter.entry
    people.press(Qt.Key.Key_N, ctrl=True)
    people.press("Tran, Minh")
    assert entry.draft is not None
    key = entry.draft.key
    entry.save()
    entry.save()
    people.settle()
    who = people.person("clerk1")
    again = EnterCustomer(key, CustomerForm("Tran, Minh"))
    assert people.ask(lambda: customers_entry.enter_customer(people.desk, who, again)).replayed


@pytest.mark.parametrize(
    ("name", "firm"),
    [("Alvarez Electric LLC", True), ("Cole & Co.", True), ("María Costa", False), ("Corpus, Ana", False)],
)
def test_the_name_says_whether_it_is_a_firm_until_somebody_does(name: str, firm: bool) -> None:
    assert is_firm(name) is firm
    draft = Draft()
    draft.set_value("name", name)
    assert draft.form().kind.value == ("firm" if firm else "person")
    draft.set_value("kind", "person" if firm else "firm")
    draft.set_value("name", f"{name} LLC")
    assert draft.form().kind.value == ("person" if firm else "firm")


def test_a_draft_follows_what_others_changed_and_keeps_its_own() -> None:
    draft = Draft("C-1", MARIA)
    draft.set_value("phone", "1")
    draft.set_value("email", "2")
    both = draft.follow(replace(MARIA, email="3", language="vi"))
    assert both == ("email",)
    assert draft.values == values_of(replace(MARIA, phone="1", email="2", language="vi"))
    assert draft.touched


def test_a_further_contact_is_known_by_its_looks() -> None:
    assert contact_kind("281 555 0107 x12") is ContactKind.PHONE
    assert contact_kind("a@b.org") is ContactKind.EMAIL
    assert contact_kind("12 Main St") is ContactKind.ADDRESS


def test_the_samples_of_many_states_are_told_from_typing() -> None:
    reader = CardReader()
    for text in (CARD, "\ufeff" + CARD, "@a\nANSI 636049030002DL\n"):
        kinds = [reader.key(char, at * 5) for at, char in enumerate(text)]
        assert reader.reading
        assert kinds.count(Key.TYPED) == len(text) - len(reader._text) + 1
        assert reader.take() == text.removeprefix("\ufeff")
    typed = [reader.key(char, 10_000 + at * 80) for at, char in enumerate("m@a.org")]
    assert set(typed) == {Key.TYPED}
    assert not reader.expects(99_999)
