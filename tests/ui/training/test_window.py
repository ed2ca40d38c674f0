"""A training day at the real window: unmistakable on every page, served by keys, never telling the answer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.training_cards import Card
from csr_desk.domain.training_day import make_day
from csr_desk.domain.training_visits import Answer
from csr_desk.services import drawers, sell, training
from csr_desk.services.desk import Desk, open_desk
from csr_desk.services.training import AnswerVisit, CallNext, StartDay
from csr_desk.ui import actions
from csr_desk.ui.training.strip import ResultSheet, TrainingStrip
from csr_desk.ui.window import MainWindow
from training_player import Player
from ui.counter import Counter

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
SEED = 7


def strip_of(counter: Counter) -> TrainingStrip:
    strip = counter.space.strip
    assert strip is not None
    return strip


def cards(desk: Desk) -> tuple[Card, ...]:
    return make_day(desk.catalogue, desk.policy, desk.today(), SEED).cards


def at_the_counter(counter: Counter, until: int) -> Card:
    """Start the day, serve those before, and call one customer."""
    actor = counter.person("clerk3")
    counter.open_drawer(actor, "T3")

    def play() -> None:
        desk = counter.desk
        now = training.start(desk, actor, StartDay("run", SEED)).value
        for card in cards(desk)[: until - 1]:
            now = training.call_next(desk, actor, CallNext(now.run_id, now.number)).value
            serve(desk, card)
        training.call_next(desk, actor, CallNext(now.run_id, now.number))

    def serve(desk: Desk, card: Card) -> None:
        for turn in card.turns:
            if turn.wanted is None:
                training.answer(desk, actor, AnswerVisit("run", card.number, turn.answer or Answer.CASE))
            else:
                wanted = turn.wanted
                key = f"s{card.number}{turn.voids}"
                command = sell.CompleteSale(key, None, wanted.lines, wanted.tenders, demo_inputs=True)
                sell.complete_sale(desk, actor, command)

    counter.ask(play)
    counter.window.work_as(actor)
    counter.settle()
    return cards(counter.desk)[until - 1]


def first_of(counter: Counter, *, money: bool) -> int:
    """The number of the first plain customer with or without money."""
    return next(
        card.number
        for card in cards(counter.desk)
        if len(card.turns) == 1 and (card.turns[0].wanted is not None) is money
    )


def test_every_page_the_sign_in_and_the_title_say_that_no_money_is_real(trainee: Counter) -> None:
    assert trainee.text("sign-in-demonstration") == "TRAINING – no real money"
    assert trainee.window.windowTitle() == "TRAINING – no real money · CSR Desk"
    trainee.work_as("clerk3")
    for place in range(len(trainee.space.specs)):
        trainee.press(str(place + 1), ctrl=True)
        assert trainee.shown("training-words")
        assert trainee.text("training-words") == "TRAINING – no real money"
        assert trainee.shown("training-strip")
    # the frame is the colour of the theme, on every side of every page
    assert trainee.space.property("money") == "training"


def test_a_demo_city_has_no_strip_and_the_training_office_no_way_into_itself(trainee: Counter) -> None:
    assert not trainee.shown("sign-in-training")
    trainee.press("T", ctrl=True)
    assert trainee.window.training is None
    trainee.work_as("clerk3")
    trainee.press("K", ctrl=True)
    trainee.press("training day (")
    assert trainee.space.sheet is not None
    trainee.press(ESC)


def test_a_day_is_started_by_its_number_and_leads_to_the_drawer(trainee: Counter) -> None:
    trainee.work_as("clerk3")
    assert trainee.text("training-place") == "No training day yet"
    trainee.press("N", ctrl=True)
    assert trainee.text("field-seed") == "0714"
    strike_all(trainee, "x7")
    trainee.press(ENTER)
    assert "whole number" in trainee.text("fields-fault")
    trainee.focus().setProperty("text", str(SEED))
    trainee.press(ENTER)
    assert trainee.text("training-place") == "0 of 60"
    trainee.press("N", ctrl=True)
    assert trainee.space.page is not None
    assert type(trainee.space.page).__name__ == "DrawerPage"


def strike_all(counter: Counter, text: str) -> None:
    counter.focus().setProperty("text", "")
    counter.press(text)


def test_a_customer_is_served_by_keys_and_judged_when_the_next_one_is_called(trainee: Counter) -> None:
    number = first_of(trainee, money=True)
    card = at_the_counter(trainee, number)
    assert trainee.text("training-place") == f"{number} of 60"
    assert trainee.text("training-said") == f"“{card.turns[0].words.said}”"
    wanted = card.turns[0].wanted
    assert wanted is not None
    sold = trainee.ask(
        lambda: sell.complete_sale(
            trainee.desk,
            trainee.space.context.actor,
            sell.CompleteSale("k", None, wanted.lines, wanted.tenders, demo_inputs=True),
        )
    )
    trainee.space.announce(sold.topics)
    trainee.settle()
    assert strip_of(trainee).go_on.text() == "Served: next customer"
    assert not strip_of(trainee).no_money.isEnabled()
    # nothing tells how it went before the next one is called
    assert f"Customer {number}" not in trainee.text("training-last")
    trainee.press("N", ctrl=True)
    assert trainee.text("training-place") == f"{number + 1} of 60"
    assert trainee.text("training-last") == f"Customer {number}: all right."
    assert trainee.text("training-score") == "100 % of the points so far"


def test_whoever_brings_no_money_is_answered_by_a_digit_and_the_answers_are_always_the_same(trainee: Counter) -> None:
    number = first_of(trainee, money=False)
    card = at_the_counter(trainee, number)
    trainee.press(Qt.Key.Key_M, ctrl=True)
    assert trainee.space.sheet is not None
    assert [trainee.shown(f"reason-{digit}") for digit in range(1, 7)] == [True] * 6
    wrong = "1" if card.turns[0].answer is not Answer.FORMS else "2"
    trainee.press(wrong)
    trainee.press("N", ctrl=True)
    assert trainee.text("training-last") == (
        f"Customer {number}: 0 of 100. not served, or served with the wrong answer."
    )
    assert trainee.text("training-score") != "100 % of the points so far"


def test_an_unserved_customer_goes_only_after_a_second_key(trainee: Counter) -> None:
    number = first_of(trainee, money=True)
    at_the_counter(trainee, number)
    trainee.press("N", ctrl=True)
    assert trainee.space.sheet is not None
    trainee.press(ESC)
    assert trainee.text("training-place") == f"{number} of 60"
    trainee.press("N", ctrl=True)
    trainee.press("1")
    assert trainee.text("training-place") == f"{number + 1} of 60"


def test_nothing_that_the_strip_shows_tells_the_answer(trainee: Counter) -> None:
    number = first_of(trainee, money=True)
    card = at_the_counter(trainee, number)
    wanted = card.turns[0].wanted
    assert wanted is not None
    seen = " ".join(label.text() for label in strip_of(trainee).findChildren(QLabel))
    assert f"{wanted.total / 100:.2f}" not in seen  # for looking at words only
    assert wanted.lines[0].item not in seen
    assert not any(offer.refuse and offer.refuse in seen for turn in card.turns for offer in turn.offers)


def test_the_strip_covers_nothing_that_a_clerk_needs_at_1366_by_768(trainee: Counter) -> None:
    trainee.window.resize(1366, 768)
    at_the_counter(trainee, first_of(trainee, money=True))
    trainee.settle()
    window = trainee.window.rect()
    strip = strip_of(trainee)
    below = strip.mapTo(trainee.window, QPoint(0, strip.height())).y()
    for name in ("search", "cash", "check", "card", "other-tender", "finish", "total-due", "hold", "void"):
        found = [
            one
            for one in trainee.window.findChildren(QWidget)
            if one.accessibleIdentifier() == name and one.isVisible()
        ]
        assert found, name
        corner = found[0].mapTo(trainee.window, QPoint(0, 0))
        assert corner.y() >= below, name
        assert window.contains(corner + QPoint(found[0].width() - 1, found[0].height() - 1)), name
    cut = [
        label.text()
        for label in strip.findChildren(QLabel)
        if label.isVisible() and not label.wordWrap() and label.width() < label.sizeHint().width() - 1
    ]
    assert not cut


@pytest.mark.parametrize("number", range(1, 61, 7))
def test_the_longest_words_are_not_cut(trainee: Counter, number: int) -> None:
    card = cards(trainee.desk)[number - 1]
    trainee.work_as("clerk3")
    trainee.window.resize(1366, 768)
    strip = strip_of(trainee)
    turn = card.turns[-1]
    picture = strip.presenter.picture()
    shown = type(picture)(
        place="60 of 60",
        score="100 % of the points so far",
        name=card.customer,
        said=f"“{turn.words.said}”",
        meaning=f"Interpreter: {turn.words.meaning}" if turn.words.meaning else "",
        hands=tuple(offer.words for offer in turn.offers),
        listed="Returned-check list: account 40817726",
        next_words="Served: next customer",
    )
    strip.show_picture(shown)
    trainee.settle()
    QApplication.processEvents()
    for label in (strip.said, strip.meaning, strip.hands):
        if label.text() and label.isVisible():
            assert label.heightForWidth(label.width()) <= label.height() + 2, label.text()


def test_the_result_comes_with_the_certificate(trainee: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    papers: list[tuple[str, bytes]] = []
    at_the_counter(trainee, 2)
    monkeypatch.setattr(trainee.space, "print_paper", lambda title, make: papers.append((title, make())))
    actor = trainee.space.context.actor

    def count() -> None:
        player = Player(trainee.desk, actor, actor, "T3")
        drawers.stop_selling(trainee.desk, actor, "stop")
        drawers.count(trainee.desk, actor, drawers.CountDrawer("c", player.sheet()))
        drawers.submit_count(trainee.desk, actor, "submit")

    trainee.ask(count)
    trainee.space.announce(frozenset({Topic.BATCHES}))
    trainee.settle()
    assert strip_of(trainee).go_on.text() == "See the result"
    trainee.press("N", ctrl=True)
    assert isinstance(trainee.space.sheet, ResultSheet)
    # one of sixty right: 116 + 33 + 1000 hundredths
    assert trainee.space.sheet.title.text() == "11 points: not passed"
    assert trainee.text("training-points-4") == "11.49"
    trainee.press(ENTER)
    assert not trainee.shown("training-outcome")
    assert [title.startswith("training-clerk3-") for title, _ in papers] == [True]
    assert papers[0][1].startswith(b"%PDF")
    # the day is over: the same key offers another one, and the result stays in the palette
    assert strip_of(trainee).go_on.text() == "Start another day"
    assert trainee.text("training-score") == "11 points"
    trainee.press("N", ctrl=True)
    assert trainee.shown("field-seed")


def test_a_day_is_given_up_only_after_a_second_key(trainee: Counter) -> None:
    at_the_counter(trainee, 1)
    strip_of(trainee).give_up.trigger()
    trainee.settle()
    trainee.press("1")
    assert strip_of(trainee).go_on.text() == "Start another day"
    assert not strip_of(trainee).give_up.isEnabled()
    strip_of(trainee).presenter.ask_leave()
    strip_of(trainee).presenter.ask_answer()
    assert trainee.space.sheet is None
    # there is no certificate for it, and the window says why
    strip_of(trainee).presenter.read_result()
    trainee.settle()
    assert "certificate" in trainee.text("banner-text")


def test_what_cannot_be_done_is_said_above_the_page(trainee: Counter) -> None:
    number = first_of(trainee, money=True)
    at_the_counter(trainee, number)
    trainee.ask(lambda: training.leave(trainee.desk, trainee.space.context.actor, "run"))
    strip_of(trainee).presenter.go_on()
    trainee.settle()
    trainee.press("1")
    assert "is over" in trainee.text("banner-text")
    assert not strip_of(trainee).presenter.sending


def test_the_way_there_and_back_from_a_live_window(
    trainee: Counter, office_url: str, monkeypatch: pytest.MonkeyPatch, trained_url: str
) -> None:
    monkeypatch.setattr("csr_desk.services.training_office.ensure", lambda _desk: trained_url)
    live = MainWindow(lambda: open_desk(office_url))
    live.show()
    counter = Counter(trainee.bot, office_url, live, trainee.tray)
    counter.settle()
    assert counter.shown("sign-in-training")
    counter.work_as("clerk3", "HPC-3")
    # from a sale only by its name in the palette: no key leads there by accident
    counter.press("cop", ENTER, "12", ENTER)
    counter.press("T", ctrl=True)
    assert [live.training] == [None]
    live.action_of(actions.TRAIN).trigger()
    counter.settle()
    window = live.training
    assert window is not None
    trainee.bot.waitUntil(lambda: window.desk is not None and window.worker.pending == 0)
    assert (live.isVisible(), window.isVisible()) == (False, True)
    assert live.workspace is None
    assert window.windowTitle().startswith("TRAINING")
    window.close()
    counter.settle()
    assert live.isVisible()
    assert live.training is None
    assert counter.shown("sign-in-people")
    # the cart was kept for its person
    counter.work_as("clerk3")
    assert counter.text("total-due") == "$1.20"
    counter.leave()
