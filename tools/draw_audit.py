"""Draws the pictures of the auditor's panels for the docs: python tools/draw_audit.py [FOLDER [light|dark|contrast]].

Five days of the demo city and the whole day of the story (scenario 15) are played through the services first.
"""

from __future__ import annotations

import os
from pathlib import Path

from draw_back_office import Pictures, asked
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from csr_desk.services import demo_days, replay
from csr_desk.services.desk import open_desk
from csr_desk.services.setup import make_demo_office
from csr_desk.ui.pages.reports.evidence_panel import EvidencePanel
from csr_desk.ui.pages.reports.view import ReportsPage

DOWN = ("exceptions", "journal", "evidence")


def panels(pictures: Pictures) -> None:
    """Draw each panel over the days of the month."""
    page = pictures.go("auditor1", "reports")
    if not isinstance(page, ReportsPage):
        raise SystemExit("There is no Reports page.")
    page.presenter.choose_dates("7/1", "7/31")
    pictures.rest()
    for name in DOWN:
        page.cuts.pick(name)
        page.cuts.picked.emit(name)
        pictures.rest()
        panel = page.panel
        if isinstance(panel, EvidencePanel):
            panel.start()
            wait(panel)
            panel.table.go_to(12)
        pictures.draw(f"reports-{name}")


def wait(panel: EvidencePanel) -> None:
    """Let the look come to its end."""
    for _ in range(2000):
        QApplication.processEvents()
        if not panel.running:
            return
        QTest.qWait(10)
    raise SystemExit("The evidence did not come.")


def play(url: str) -> None:
    """Make the demo city and its days."""
    make_demo_office(url)
    demo_days.fill(url, 5, 1, print)
    desk = open_desk(url)
    story = Path(__file__).parents[1] / "tests" / "scenarios" / "15_a_day_that_ties.jsonl"
    for _ in replay.run(desk, replay.read_script(story.read_bytes())):
        pass  # its receipts have other numbers here, after five days
    desk.close()


def main() -> None:
    """Draw everything."""
    folder, _app = asked()
    url = f"sqlite:///{Path(os.environ['CSR_DESK_HOME']) / 'audit.db'}"
    play(url)
    pictures = Pictures(folder, url)
    panels(pictures)
    pictures.window.close()


if __name__ == "__main__":
    main()
