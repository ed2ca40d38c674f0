"""Draws the Sell page for the README: python tools/draw_sell.py [FOLDER [light|dark|contrast]].

A cart of a permit, a reconnection and copies, paid by a check, a card and cash, just before it is finished.
"""

from __future__ import annotations

import os
from pathlib import Path

from draw_back_office import Pictures, asked, open_up

from csr_desk.domain.cart import CartLine
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services.setup import make_demo_office
from csr_desk.ui.pages.sell.view import SellPage

PERMIT = {
    "valuation": "21300", "project_number": "26-118842", "service_address": "4107 Leeland St",
}  # fmt: skip
TENDERS = (
    Tender(TenderKind.CHECK, 9000, number="1042", routing="113000609"),
    Tender(TenderKind.CARD, 5000, last4="4242", authorization="A501"),
    Tender(TenderKind.CASH, 16000),
)


def main() -> None:
    """Draw the page."""
    folder, _app = asked()
    url = f"sqlite:///{Path(os.environ['CSR_DESK_HOME']) / 'demo.sqlite'}"
    make_demo_office(url)
    pictures = Pictures(folder, url)
    pictures.do(lambda desk: open_up(desk, "clerk3"))
    page = pictures.go("clerk3", "sell")
    if not isinstance(page, SellPage):
        raise SystemExit("The Sell page did not open.")
    go = page.presenter
    for line in (CartLine("ELE-RECON"), CartLine("REC-COPY", {"pages": "12"}), CartLine("BLD-STRUCT", PERMIT)):
        go.add(line)
        go.fill_demonstration()
    go.cart.customer = "ÁLVAREZ, María · 713-555-0142"
    go.cart.tenders.extend(TENDERS)
    go.changed()
    page.focus_search()
    pictures.draw("sell")
    pictures.window.close()


if __name__ == "__main__":
    main()
