"""A card of the information desk and an estimate, for the papers' tests."""

from __future__ import annotations

from datetime import date

from csr_desk.domain.cards import Card, CardPaper, CardText, LivePrice
from csr_desk.domain.estimate import Estimate
from documents.order_sample import ORDER
from documents.samples import OFFICE

DAY = date(2026, 7, 14)
TEXTS = (
    CardText(
        "en", "How do I get an alarm permit?", "Sold at this counter, for a year.", ("Fill in the form", "Pay here"),
        ("An identity card",), "Mon–Fri 8:00–16:30", "www.example.gov/alarm",
    ),
    CardText("es", "¿Cómo obtengo un permiso de alarma?", "Se vende en esta ventanilla.", ("Pague aquí",)),
    CardText("vi", "Làm sao xin giấy phép báo động?", "Bán tại quầy này.", ("Trả tiền",)),
)  # fmt: skip
CARD = Card("KA26-00001-0", "Alarms", "current", date(2027, 1, 14), DAY, "ALM-RES", texts=TEXTS)
PRICE = LivePrice(5000, ("Residential burglar alarm permit: 50.00",))


def card_paper(language: str = "en", price: LivePrice | None = PRICE) -> CardPaper:
    """Give the card as it is printed on a day."""
    return CardPaper(OFFICE, CARD, language, price, DAY)


def estimate(language: str = "en") -> Estimate:
    """Give an estimate of the same things as the order."""
    return Estimate(OFFICE, DAY, "Dana Whitfield", ORDER.lines, ORDER.total, language)
