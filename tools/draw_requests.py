"""Draws the requests page for the docs: python tools/draw_requests.py [FOLDER [light|dark|contrast]].

The demo city's requests: the sheet that takes one beside the customer's page, each list, what closes one, its papers.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from draw_back_office import Pictures, asked
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from csr_desk.services import demo_calendar, demo_people, demo_projects, demo_requests
from csr_desk.services.setup import make_demo_office
from csr_desk.ui.pages.requests.list_panel import ListPanel
from csr_desk.ui.pages.requests.view import RequestsPage

ALT = Qt.KeyboardModifier.AltModifier
MUCH = "Water comes up between curb and street"


def strike(pictures: Pictures, *keys: Qt.Key | str, alt: bool = False) -> None:
    """Press keys where the focus is."""
    held = ALT if alt else Qt.KeyboardModifier.NoModifier
    for key in keys:
        widget = QApplication.focusWidget() or pictures.window
        if isinstance(key, str):
            QTest.keyClicks(widget, key, held)
        else:
            QTest.keyClick(widget, key, held)
        pictures.rest()


def draw_new(pictures: Pictures) -> None:
    """Draw the sheet of a new request, as it opens and filled in, with one that is open already."""
    pictures.go("clerk1", "customer")
    workspace = pictures.window.workspace
    if workspace is not None:
        workspace.go("customer", "customer:C-101")
    pictures.rest()
    strike(pictures, Qt.Key.Key_F9)
    pictures.draw("request-new", over=True)
    strike(pictures, "leak", Qt.Key.Key_Return, "Water runs from under the meter box since the morning")
    strike(pictures, Qt.Key.Key_U, alt=True)
    strike(pictures, Qt.Key.Key_Return)
    pictures.draw("request-new-leak", over=True)
    strike(pictures, Qt.Key.Key_Escape)


def draw_page(pictures: Pictures) -> None:
    """Draw each list, and the sheets of a few acts."""
    page = pictures.go("supervisor1", "requests")
    if not isinstance(page, RequestsPage):
        raise SystemExit("The requests page did not open.")
    for view in page.specs:
        page.choose_view(view)
        pictures.draw(f"requests-{view}")
    page.choose_view("all")
    panel = page.front
    if isinstance(panel, ListPanel):
        panel.search.set_text(MUCH)
    pictures.draw("request")
    strike(pictures, Qt.Key.Key_C, alt=True)
    pictures.draw("request-close", over=True)
    strike(pictures, "1", "The leak was found and stopped on July 14.")
    pictures.draw("request-answer", over=True)
    strike(pictures, Qt.Key.Key_Escape)
    strike(pictures, Qt.Key.Key_Y, alt=True)
    strike(pictures, "sewer", Qt.Key.Key_Return)
    pictures.draw("request-retype", over=True)
    strike(pictures, Qt.Key.Key_Escape)


def main() -> None:
    """Make the office and draw it."""
    folder, _app = asked()
    url = f"sqlite:///{Path(os.environ['CSR_DESK_HOME']) / 'pictures.db'}"
    make_demo_office(url)
    for part in (demo_people, demo_projects, demo_calendar, demo_requests):
        part.fill(url)
    pictures = Pictures(folder, url)
    draw_new(pictures)
    draw_page(pictures)
    pictures.window.close()


if __name__ == "__main__":
    main()
