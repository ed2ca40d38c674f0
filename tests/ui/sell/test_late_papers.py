"""A contractor whose paper ran out buys a permit at the till: why is said there, and a supervisor signs (G3)."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from PySide6.QtCore import Qt

from csr_desk.domain.cart import CartLine
from csr_desk.domain.contractor import PaperKind
from csr_desk.domain.customers import CustomerForm
from csr_desk.services import contractors, customers_entry, permits
from csr_desk.services.contractors import FilePaper
from ui.counter import Counter

ENTER, ESC, F5 = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F5


def register(selling: Counter) -> None:
    """An electrician with a licence, and an insurance that ran out last week."""
    desk, clerk = selling.desk, selling.person("clerk3")

    def job() -> None:
        form = CustomerForm("Bayou Volt Electric")
        customers_entry.enter_customer(desk, clerk, customers_entry.EnterCustomer(uuid4().hex, form, "C-1"))
        new = contractors.RegisterContractor(uuid4().hex, "C-1", ("electrical",))
        number = contractors.register_contractor(desk, clerk, new).value
        for kind, printed, ends in (
            (PaperKind.LICENCE, "TECL 33871", date(2027, 7, 31)), (PaperKind.INSURANCE, "GL-88", date(2026, 7, 8)),
        ):  # fmt: skip
            contractors.file_paper(desk, clerk, FilePaper(uuid4().hex, number, kind, printed, "", "", None, ends))

    selling.ask(job)


def test_the_sale_stops_with_the_sentence_asks_why_and_then_for_a_supervisor(selling: Counter) -> None:
    register(selling)
    go = selling.page.presenter
    go.add(CartLine("ELE-TCI", {"contractor_license": "TECL 33871"}))
    go.fill_demonstration()
    selling.settle()
    selling.press(F5, ENTER)
    assert selling.space.sheet is not None
    assert "The insurance ran out on 7/8/2026." in selling.space.sheet.title.text()
    selling.press(ENTER)
    assert selling.space.sheet.fault.text() == "Say why it is sold all the same."
    selling.press("The new policy was shown on a telephone", ENTER)
    selling.press("1", "supervisor1-demo", ENTER)
    receipt = selling.last_receipt()
    assert receipt is not None
    assert receipt.collected == 12756
    assert len(selling.ask(lambda: permits.numbers_of(selling.desk, receipt.key))) == 1


def test_whoever_goes_back_sold_nothing_and_the_reason_counts_for_no_other_cart(selling: Counter) -> None:
    register(selling)
    go = selling.page.presenter
    go.add(CartLine("ELE-TCI", {"contractor_license": "TECL 33871"}))
    go.fill_demonstration()
    selling.settle()
    selling.press(F5, ENTER)
    selling.press("The new policy was shown on a telephone", ENTER)
    selling.press(ESC)
    assert selling.last_receipt() is None
    go.clear()
    assert go.late_papers.buying.reason == ""
