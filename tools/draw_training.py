"""Draws the pictures of a training day for the docs: python tools/draw_training.py [FOLDER [light|dark|contrast]].

The training office of the demo city is made as ``csr-desk train`` makes it, some customers are served through the
services, then the real window is drawn without a display.
"""

from __future__ import annotations

from draw_back_office import FLOAT, Pictures, asked, key
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from csr_desk import locations
from csr_desk.domain.training_day import make_day
from csr_desk.services import drawers, sell, staff, training, training_office
from csr_desk.services.desk import Desk, open_desk
from csr_desk.services.setup import make_demo_office
from csr_desk.services.training import AnswerVisit, CallNext, StartDay

SEED, EARLY = 7, 4


def serve(desk: Desk, user: str) -> None:
    """Serve the first customers of the day without a mistake, up to one who holds out two things."""
    clerk = staff.person(desk, user)
    now = training.start(desk, clerk, StartDay(key(), SEED)).value
    drawers.open_drawer(desk, clerk, drawers.OpenDrawer(key(), "T3", FLOAT))
    day = make_day(desk.catalogue, desk.policy, desk.today(), SEED)
    for card in day.cards:
        now = training.call_next(desk, clerk, CallNext(now.run_id, now.number)).value
        if card.number > EARLY and len(card.turns[0].offers) > 1:
            return
        for turn in card.turns:
            if turn.answer is not None:
                training.answer(desk, clerk, AnswerVisit(now.run_id, card.number, turn.answer))
            elif turn.wanted is not None:
                command = sell.CompleteSale(key(), None, turn.wanted.lines, turn.wanted.tenders, demo_inputs=True)
                sell.complete_sale(desk, clerk, command)


def press(pictures: Pictures, text: str, *keys: Qt.Key) -> None:
    """Type where the focus is."""
    focus = QApplication.focusWidget() or pictures.window
    QTest.keyClicks(focus, text)
    pictures.rest()
    for one in keys:
        QTest.keyClick(QApplication.focusWidget() or pictures.window, one)
        pictures.rest()


def main() -> None:
    """Draw the sign-in, a customer at the counter, and the question of a visit without money."""
    folder, _app = asked()
    live = f"sqlite:///{locations.data_folder() / 'pictures.db'}"
    make_demo_office(live)
    desk = open_desk(live)
    url = training_office.ensure(desk)
    desk.close()
    pictures = Pictures(folder, url)
    pictures.draw("training-sign-in")
    pictures.do(lambda desk: serve(desk, "clerk3"))
    pictures.go("clerk3", "sell")
    press(pictures, "structural", Qt.Key.Key_Return)
    pictures.draw("training")
    QTest.keyClick(pictures.window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    pictures.rest()
    pictures.window.grab().save(str(folder / "training-answers.png"))
    pictures.window.close()


if __name__ == "__main__":
    main()
