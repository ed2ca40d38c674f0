"""Draws the shelf of forms and referrals for the docs: python tools/draw_shelf.py [FOLDER [light|dark|contrast]]."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from draw_back_office import Pictures, asked, open_up
from PySide6.QtCore import Qt

from csr_desk.documents.demo_forms import draw_form
from csr_desk.services import demo_agencies, demo_forms, demo_people
from csr_desk.services.desk import Desk
from csr_desk.services.setup import make_demo_office
from csr_desk.ui.pages.info_desk.forms_panel import FormsPanel
from csr_desk.ui.pages.info_desk.referrals_panel import ReferralsPanel
from csr_desk.ui.pages.info_desk.view import InfoDeskPage


def build(desk: Desk) -> None:
    """Put forms on the shelf and agencies into the directory."""
    open_up(desk, "clerk3")
    demo_forms.settle(desk, draw_form)
    demo_agencies.settle(desk)


def draw_forms(pictures: Pictures, page: InfoDeskPage) -> None:
    """The shelf, a form for a customer in their language, what is asked, and the one that is obsolete."""
    page.choose_view("form")
    pictures.rest()
    panel = page.panels["form"]
    if not isinstance(panel, FormsPanel):
        raise SystemExit("The forms did not open.")
    pictures.draw("forms")
    panel.look_at(f"customer:C-{100 + len(demo_people.NEIGHBOURS)}")
    pictures.rest()
    panel.search.set_text("driveway")
    pictures.rest()
    pictures.draw("form-for-somebody")
    panel.print.trigger()
    pictures.rest()
    pictures.draw("form-asks", over=True)
    pictures.press(Qt.Key.Key_Escape)
    panel.search.set_text("draft")
    pictures.rest()
    pictures.draw("form-obsolete")
    panel.search.set_text("")


def draw_referrals(pictures: Pictures, page: InfoDeskPage) -> None:
    """Who helps, the rule of the city limits, what is asked, the supervisor's keys."""
    page.choose_view("need")
    pictures.rest()
    panel = page.panels["need"]
    if not isinstance(panel, ReferralsPanel):
        raise SystemExit("The referrals did not open.")
    pictures.draw("referrals")
    panel.search.set_text("fence")
    pictures.rest()
    panel.warm.trigger()
    pictures.rest()
    pictures.draw("referral-limits", over=True)
    pictures.press(Qt.Key.Key_Escape)
    panel.outside.trigger()
    panel.warm.trigger()
    pictures.rest()
    pictures.draw("referral-asks", over=True)
    pictures.press(Qt.Key.Key_Escape)
    panel.count.trigger()
    pictures.draw("referral-outside")


def main() -> None:
    """Make the office and draw it."""
    folder, _app = asked()
    url = f"sqlite:///{Path(os.environ['CSR_DESK_HOME']) / 'pictures.db'}"
    make_demo_office(url)
    demo_people.fill(url)
    pictures = Pictures(folder, url)
    pictures.do(build)
    page = pictures.go("clerk3", "info_desk")
    if not isinstance(page, InfoDeskPage):
        raise SystemExit("The information desk did not open.")
    draw_forms(pictures, page)
    draw_referrals(pictures, page)
    kept = pictures.go("supervisor1", "info_desk")
    if isinstance(kept, InfoDeskPage):
        draw_referrals(pictures, kept)
    pictures.window.close()


if __name__ == "__main__":
    main()
