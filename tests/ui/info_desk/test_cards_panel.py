"""Cards are found while one types, read in two languages with the price of today, and noted for whom."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication

from csr_desk.domain.cards import CardText
from csr_desk.services import accounts, cards, customer_timeline
from csr_desk.ui.pages.info_desk.card_for_customer import start
from csr_desk.ui.pages.info_desk.card_sheet import CardSheet
from csr_desk.ui.pages.info_desk.cards_panel import CardsPanel
from csr_desk.ui.pages.info_desk.view import InfoDeskPage
from ui.counter import Counter

ENTER, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down
ALARM = (
    CardText("en", "How do I get an alarm permit?", "Sold here, for a year.", ("Name two people", "Pay"), ("A form",)),
    CardText("es", "¿Cómo obtengo un permiso de alarma?", "Se vende aquí, por un año.", ("Pague",)),
)


@pytest.fixture
def written(selling: Counter) -> dict[str, str]:
    """Two cards and a customer; their numbers."""
    desk, supervisor, clerk = selling.desk, selling.person("supervisor1"), selling.person("clerk3")

    def write() -> dict[str, str]:
        alarm = cards.KeepCard("alarm", "Alarms; burglar, siren", ALARM, item="ALM-RES")
        fence = cards.KeepCard(
            "fence", "Permits", (CardText("en", "What does a fence cost?", "By the foot."),), item="BLD-FENCE"
        )
        maria = accounts.add_customer(desk, clerk, accounts.NewCustomer("maria", "ÁLVAREZ, María", language="es"))
        return {
            "alarm": cards.keep_card(desk, supervisor, alarm).value.number,
            "fence": cards.keep_card(desk, supervisor, fence).value.number, "maria": maria.value,
        }  # fmt: skip

    return selling.ask(write)


@pytest.fixture
def panel(selling: Counter, written: dict[str, str]) -> CardsPanel:
    """The cards in the real window, as a clerk."""
    assert written
    return open_cards(selling)


def open_cards(selling: Counter) -> CardsPanel:
    """Go to the cards."""
    selling.space.go("info_desk")
    selling.settle()
    page = selling.space.page
    assert isinstance(page, InfoDeskPage)
    found = page.panels["card"]
    assert isinstance(found, CardsPanel)
    return found


def as_supervisor(selling: Counter) -> CardsPanel:
    """Sign the supervisor in, and go to the cards."""
    selling.window.work_as(selling.person("supervisor1"))
    selling.settle()
    return open_cards(selling)


def offered(action: QAction) -> bool:
    """Whether somebody can do it now."""
    return action.isVisible() and action.isEnabled()


def test_a_card_is_found_by_a_slip_of_the_finger_with_its_price_of_today(panel: CardsPanel, selling: Counter) -> None:
    assert selling.focused_name() == "card-search"
    selling.press("alram")
    assert [pick.title for pick in panel.list.picks] == ["How do I get an alarm permit?"]
    assert selling.text("card-title") == "How do I get an alarm permit?"
    assert selling.text("card-text-answer") == "Sold here, for a year."
    assert selling.text("card-text-steps") == "1.  Name two people\n2.  Pay"
    assert selling.text("card-price") == "$50.00"
    assert selling.text("card-price-head") == "Costs today, 7/14/2026"
    assert selling.text("card-price-why").startswith("In force since 1/1/2011, City Code 11-62(a)")


def test_what_people_say_instead_finds_the_card_as_well(panel: CardsPanel, selling: Counter) -> None:
    selling.press("siren")
    assert [pick.title for pick in panel.list.picks] == ["How do I get an alarm permit?"]
    selling.press(ESC)
    selling.press("zebra")
    assert panel.none.isVisible()
    assert not panel.card.isVisible()


def test_f1_says_why_and_the_arrows_go_through_the_list(panel: CardsPanel, selling: Counter) -> None:
    panel.why.trigger()
    assert selling.text("card-price-steps").startswith("1. Residential burglar alarm permit: price in force since")
    selling.press(DOWN)
    assert selling.text("card-title") == "What does a fence cost?"
    assert selling.text("card-price") == "depends"
    assert "Linear feet" in selling.text("card-price-why")
    assert not offered(panel.why)


def test_one_key_shows_the_second_language_and_takes_it_away(panel: CardsPanel, selling: Counter) -> None:
    assert not panel.columns[1].isVisible()
    panel.second.trigger()
    assert selling.text("card-beside-question") == "¿Cómo obtengo un permiso de alarma?"
    assert selling.text("card-beside-steps") == "1.  Pague"
    assert selling.text("card-beside-language") == "Spanish"
    panel.second.trigger()
    assert not panel.columns[1].isVisible()


def test_showing_a_card_stands_on_the_customers_timeline(
    panel: CardsPanel, selling: Counter, written: dict[str, str]
) -> None:
    panel.show_it.trigger()
    selling.settle()
    selling.press("alvarez", ENTER)
    assert "ÁLVAREZ, María" in selling.text("banner-text")
    clerk = selling.person("clerk3")
    line = selling.ask(lambda: customer_timeline.timeline(selling.desk, clerk, written["maria"]))
    assert line[0].kind == "card_shown"


def test_a_customer_in_front_is_read_to_in_their_language_with_one_key(
    panel: CardsPanel, selling: Counter, written: dict[str, str]
) -> None:
    panel.look_at(f"customer:{written['maria']}")
    selling.settle()
    assert selling.text("card-person") == "For ÁLVAREZ, María"
    assert panel.columns[1].isVisible()
    assert panel.about() == (f"card:{written['alarm']}", f"customer:{written['maria']}")
    panel.show_it.trigger()
    selling.settle()
    assert selling.space.sheet is None
    assert "ÁLVAREZ, María" in selling.text("banner-text")
    panel.forget.trigger()
    assert not panel.person.isVisible()


def test_a_card_is_looked_at_where_another_page_sends_somebody(
    panel: CardsPanel, selling: Counter, written: dict[str, str]
) -> None:
    selling.space.go("info_desk", f"card:{written['fence']}")
    selling.settle()
    assert selling.text("card-title") == "What does a fence cost?"
    panel.cost.trigger()
    selling.settle()
    page = selling.space.page
    assert isinstance(page, InfoDeskPage)
    assert page.view == "item"


def test_a_clerk_keeps_no_cards(panel: CardsPanel) -> None:
    assert not any(offered(one) for one in (panel.new, panel.edit, panel.right, panel.drop, panel.more))
    assert offered(panel.show_it)


@pytest.mark.usefixtures("written")
def test_a_supervisor_writes_a_card_and_is_told_what_is_missing(selling: Counter) -> None:
    panel = as_supervisor(selling)
    panel.new.trigger()
    selling.settle()
    sheet = selling.space.sheet
    assert isinstance(sheet, CardSheet)
    sheet.fields["question"].setText("May I pay by check?")  # type: ignore[union-attr]
    sheet.fields["short_answer"].setPlainText("Yes.")  # type: ignore[union-attr]
    sheet.accept()
    selling.settle()
    assert sheet.fault.text() == "Say under which topic it stands."
    assert sheet.fields["topic"].hasFocus()
    sheet.fields["topic"].setText("Payment")  # type: ignore[union-attr]
    sheet.fields["keywords"].setText("cheque, bank")  # type: ignore[union-attr]
    sheet.accept()
    selling.settle()
    assert selling.space.sheet is None
    assert selling.text("card-title") == "May I pay by check?"
    chosen = panel.presenter.picture.chosen
    assert chosen is not None
    assert (chosen.card.heading, chosen.card.keywords, chosen.owner_name) == (
        "Payment", ("cheque", "bank"), "Robert Hayes"
    )  # fmt: skip


@pytest.mark.usefixtures("written")
def test_what_nobody_reviewed_is_listed_and_said_in_words_until_somebody_does(selling: Counter) -> None:
    desk = selling.desk
    selling.ask(lambda: desk.clock.set(desk.clock.now().replace(year=2027)))  # type: ignore[attr-defined]
    panel = as_supervisor(selling)
    panel.old.trigger()
    selling.settle()
    assert [pick.chip for pick in panel.list.picks] == ["Stale", "Stale"]
    assert selling.text("card-stale") == "Stale: to be reviewed since 1/14/2027"
    panel.right.trigger()
    selling.settle()
    assert [pick.chip for pick in panel.list.picks] == ["Stale"]
    panel.drop.trigger()
    selling.settle()
    assert panel.none.isVisible()


def test_a_card_is_printed_in_the_customers_language(panel: CardsPanel, selling: Counter) -> None:
    printed: list[str] = []
    selling.space.print_paper = lambda title, make: printed.append(f"{title} {make()[:4]!r}")  # type: ignore[method-assign]
    panel.second.trigger()
    panel.print.trigger()
    chosen = panel.presenter.picture.chosen
    assert chosen is not None
    assert printed == [f"card-{chosen.card.number}-es b'%PDF'"]


def test_one_key_looks_something_up_for_the_customer_in_front(selling: Counter, written: dict[str, str]) -> None:
    selling.space.go("customer", f"customer:{written['maria']}")
    selling.settle()
    page = selling.space.page
    assert page is not None
    start(selling.space.context, (*page.about(), f"customer:{written['maria']}"))
    selling.settle()
    assert selling.text("card-person") == "For ÁLVAREZ, María"
    selling.space.go("sell")
    selling.press(Qt.Key.Key_F2, ctrl=True)
    assert isinstance(selling.space.page, InfoDeskPage)
    assert selling.focused_name() == "card-search"


def test_a_card_is_copied_as_words_with_its_price_and_the_day_of_it(panel: CardsPanel) -> None:
    panel.copy.trigger()
    told = QGuiApplication.clipboard().text().splitlines()
    assert told == [
        "How do I get an alarm permit?", "Sold here, for a year.", "1. Name two people", "2. Pay", "- A form",
        "$50.00 (7/14/2026)",
    ]  # fmt: skip
    panel.second.trigger()
    panel.copy.trigger()
    assert QGuiApplication.clipboard().text().startswith("¿Cómo obtengo un permiso de alarma?")
