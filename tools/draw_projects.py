"""Draws the projects page for the docs: python tools/draw_projects.py [FOLDER [light|dark|contrast]].

The demo city's building sites: one with much on it, one with nothing, every tab, both boards, and the search; then
releases with their batches, companies and the outbox (draw_releases).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from draw_back_office import Pictures, asked, open_up
from draw_releases import draw_all as draw_releases
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import building_sites
from csr_desk.services.desk import Desk
from csr_desk.services.setup import make_demo_office
from csr_desk.ui.pages.projects.panels import PANELS
from csr_desk.ui.pages.projects.presenter import PROJECT, RELEASES, WORK
from csr_desk.ui.pages.projects.view import ProjectsPage

MUCH, LITTLE = "26-000001-9", "26-000006-2"


def build(desk: Desk) -> None:
    """Put people and building sites into the office."""
    open_up(desk, "clerk3")
    building_sites.build(desk, "clerk3")


def type_in(pictures: Pictures, text: str) -> None:
    """Type where the focus is."""
    QTest.keyClicks(QApplication.focusWidget() or pictures.window, text)
    pictures.rest()


def draw(pictures: Pictures) -> None:
    """Draw everything."""
    page = pictures.go("clerk3", "projects")
    if not isinstance(page, ProjectsPage):
        raise SystemExit("The projects page did not open.")
    pictures.draw("projects-none")
    page.presenter.open(MUCH)
    pictures.draw("project")
    for spec in PANELS:
        page.tabs.choose(spec.key)
        pictures.draw(f"project-{spec.key}")
    page.tabs.bring("overview")
    page.presenter.open(LITTLE)
    pictures.draw("project-little")
    page.search.set_text("26-000010-9")
    pictures.draw("projects-slip")
    page.search.set_text("")
    for view in (WORK, RELEASES):
        page.choose_view(view)
        pictures.draw(f"board-{view}")
    page.choose_view("endings")
    pictures.draw("endings")
    page.choose_view(PROJECT)
    pictures.go("clerk3", "sell")
    type_in(pictures, "4107 leeland")
    pictures.draw("sell-things")


def main() -> None:
    """Make the office and draw it."""
    folder, _app = asked()
    url = f"sqlite:///{Path(os.environ['CSR_DESK_HOME']) / 'pictures.db'}"
    make_demo_office(url)
    pictures = Pictures(folder, url)
    pictures.do(build)
    draw(pictures)
    pictures.window.close()
    draw_releases(folder)


if __name__ == "__main__":
    main()
