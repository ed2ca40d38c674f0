"""The queue on the real widgets: a ticket in two keys, called with one, shown on the wall without a name."""

from __future__ import annotations

from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from csr_desk.documents.queue_slip import queue_slip_pdf
from csr_desk.domain.customers import CustomerForm
from csr_desk.domain.visits import Visit
from csr_desk.services import customers_entry, visits
from csr_desk.ui.pages.info_desk.queue_panel import QueuePanel
from csr_desk.ui.pages.info_desk.view import InfoDeskPage
from ui.counter import Counter, strike

ALT = Qt.KeyboardModifier.AltModifier


def alt(selling: Counter, key: str) -> None:
    """Press Alt and a letter."""
    strike(selling.focus(), key, ALT)
    selling.keys += 1
    selling.settle()


def queue(selling: Counter) -> visits.Queue:
    """The queue as the services see it."""
    desk, clerk = selling.desk, selling.person("clerk3")
    return selling.ask(lambda: visits.queue(desk, clerk))


def come(selling: Counter, reason: str = "permits", customer: str = "") -> Visit:
    """Somebody comes to another clerk's counter."""
    desk, clerk = selling.desk, selling.person("clerk1")
    wish = visits.GiveTicket(uuid4().hex, reason, customer_id=customer)
    return selling.ask(lambda: visits.give_ticket(desk, clerk, wish)).value


@pytest.fixture
def panel(selling: Counter) -> QueuePanel:
    """The queue in front of clerk3 with drawer HPC-3."""
    selling.space.go("info_desk")
    selling.settle()
    page = selling.space.page
    assert isinstance(page, InfoDeskPage)
    page.choose_view("visit")
    selling.settle()
    assert isinstance(page.front, QueuePanel)
    selling.keys = 0
    return page.front


def test_a_ticket_takes_two_keys_and_goes_first_with_a_third(panel: QueuePanel, selling: Counter) -> None:
    alt(selling, "t")
    selling.press("1")
    assert selling.keys == 2
    alt(selling, "t")
    selling.press("p", "s", "2")
    first, second = queue(selling).waiting
    assert (first.ticket, first.priority, first.language) == ("A001", False, "en")
    assert (second.ticket, second.priority, second.language) == ("B001", True, "es")
    assert [row[:4] for row in panel.table.texts()] == [
        ["B001", "Water account", "▲ goes first", "Spanish"],
        ["A001", "Permits and fees", "in line", "English"],
    ]
    assert [row[4] for row in panel.table.texts()] == ["under a minute"] * 2


def test_whoever_is_next_is_called_with_one_key_from_any_page_and_served(panel: QueuePanel, selling: Counter) -> None:
    ticket = come(selling)
    selling.space.go("sell")
    selling.settle()
    selling.keys = 0
    selling.press(Qt.Key.Key_F8, ctrl=True)
    assert selling.keys == 1
    assert selling.text("banner-text") == "A001 is called to HPC-3."
    selling.space.go("info_desk")
    selling.settle()
    assert selling.text("queue-mine") == "A001"
    assert panel.busy.texts()[0][:4] == ["A001", "HPC-3", selling.person("clerk3").name, "called"]
    assert not panel.steps["finish"].isEnabled()
    alt(selling, "h")
    assert [one.number for one in queue(selling).serving] == [ticket.number]
    alt(selling, "f")
    assert selling.text("queue-mine") == "–"
    assert panel.idle.isVisible()


def test_whoever_does_not_come_is_put_back_or_taken_off(panel: QueuePanel, selling: Counter) -> None:
    come(selling)
    come(selling, "water")
    panel.load()
    selling.settle()
    selling.press(Qt.Key.Key_Down)  # the second of them
    alt(selling, "c")
    assert selling.text("queue-mine") == "B001"
    alt(selling, "b")
    assert [one.ticket for one in queue(selling).waiting] == ["A001", "B001"]
    alt(selling, "c")
    alt(selling, "n")
    assert len(queue(selling).waiting) == 1
    alt(selling, "l")
    assert queue(selling) == visits.Queue((), (), ())
    assert panel.nobody.isVisible()


def test_the_wall_shows_numbers_and_counters_and_never_a_name(panel: QueuePanel, selling: Counter) -> None:
    desk, clerk = selling.desk, selling.person("clerk3")
    enter = customers_entry.EnterCustomer(uuid4().hex, CustomerForm("ÁLVAREZ, María"))
    person = selling.ask(lambda: customers_entry.enter_customer(desk, clerk, enter)).value
    come(selling, customer=person)
    come(selling, "water")
    alt(selling, "d")
    wall = panel.display
    assert wall is not None
    assert wall.isVisible()
    assert wall.isWindow()
    selling.ask(lambda: visits.call_next(desk, clerk, visits.CallNext(uuid4().hex)))
    wall.load()
    selling.settle()
    assert wall.wall.calls == (("A001", "HPC-3"),)
    assert wall.accessibleDescription() == "A001 to HPC-3; 1 waiting"
    shown = f"{wall.wall!r} {wall.accessibleDescription()} {wall.windowTitle()}"
    assert "LVAREZ" not in shown
    assert clerk.name not in shown
    before = wall.grab().toImage()
    wall.show_wall(visits.Wall((("B999", "HPC-1"),), 7))
    assert wall.grab().toImage() != before
    QTest.keyClick(wall, Qt.Key.Key_F11)
    assert wall.isFullScreen()
    QTest.keyClick(wall, Qt.Key.Key_Escape)
    assert not wall.isVisible()


def test_a_wall_that_cannot_read_says_that_it_is_old(
    panel: QueuePanel, selling: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    alt(selling, "d")
    wall = panel.display
    assert wall is not None

    def away(*_args: object) -> None:
        raise OSError

    monkeypatch.setattr(visits, "wall", away)
    wall.load()
    selling.settle()
    late = [wall.late]
    monkeypatch.undo()
    wall.load()
    selling.settle()
    assert [*late, wall.late] == [True, False]
    wall.close()


def test_the_slip_is_in_the_language_of_whoever_waits(selling: Counter) -> None:
    desk, clerk = selling.desk, selling.person("clerk3")
    first, second = come(selling), come(selling)
    slip = selling.ask(lambda: visits.ticket_slip(desk, clerk, second.number))
    assert (slip.ticket, slip.reason, slip.ahead) == ("A002", "Permits and fees", 1)
    assert selling.ask(lambda: visits.ticket_slip(desk, clerk, first.number)).ahead == 0
    assert queue_slip_pdf(slip).startswith(b"%PDF")
