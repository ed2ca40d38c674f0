"""The words around a card of the information desk and around an estimate, in the customer's language.

A city has its own translator look at each line before use; a language without a text gets English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from csr_desk.documents import next_step_words


@dataclass(frozen=True, slots=True)
class Words:
    """One language. ``{day}`` is the day of the prices, ``{office}`` the office's name, ``{asks}`` what is asked."""

    title: str
    steps: str
    papers: str
    hours: str
    price: str
    depends: str
    why: str
    disclaimer: str
    interpreter: str
    estimate: str
    each: str
    together: str
    told: str
    """Heading of what the price was worked out from."""
    not_receipt: str


_EN = Words(
    title="Information",
    steps="Steps",
    papers="Bring with you",
    hours="Hours: {0}",
    price="Price on {day}",
    depends="It depends on: {asks}. Ask at the counter and we work it out.",
    why="How it is worked out",
    disclaimer="Prices are those of {day} and may change before you pay. This paper is information: it is no receipt, "
    "no permit and no promise that a permit is issued.",
    interpreter="Interpreters help free of charge: ask at any counter of {office}.",
    estimate="Estimate",
    each="For",
    together="Together",
    told="What you told us",
    not_receipt="ESTIMATE – NOT A RECEIPT – nothing was paid",
)
_ES = Words(
    title="Información",
    steps="Pasos",
    papers="Traiga consigo",
    hours="Horario: {0}",
    price="Precio al {day}",
    depends="Depende de: {asks}. Pregunte en la ventanilla y lo calculamos.",
    why="Cómo se calcula",
    disclaimer="Los precios son los del {day} y pueden cambiar antes de que usted pague. Este papel es información: no "
    "es un recibo ni un permiso, ni promete que se otorgue un permiso.",
    interpreter="Los intérpretes ayudan sin costo: pregunte en cualquier ventanilla de {office}.",
    estimate="Presupuesto",
    each="Para",
    together="En total",
    told="Lo que usted nos dijo",
    not_receipt="PRESUPUESTO – NO ES UN RECIBO – nada fue pagado",
)
_VI = Words(
    title="Thông tin",
    steps="Các bước",
    papers="Mang theo",
    hours="Giờ làm việc: {0}",
    price="Giá ngày {day}",
    depends="Tùy thuộc vào: {asks}. Hãy hỏi tại quầy, chúng tôi sẽ tính.",
    why="Cách tính",
    disclaimer="Giá là giá của ngày {day} và có thể thay đổi trước khi quý vị trả tiền. Giấy này chỉ là thông tin: "
    "không phải biên lai, không phải giấy phép, và không hứa cấp giấy phép.",
    interpreter="Có thông dịch viên miễn phí: hãy hỏi tại bất kỳ quầy nào của {office}.",
    estimate="Bản ước tính",
    each="Cho",
    together="Tổng cộng",
    told="Điều quý vị cho chúng tôi biết",
    not_receipt="ƯỚC TÍNH – KHÔNG PHẢI BIÊN LAI – chưa trả tiền",
)
LANGUAGES: Mapping[str, Words] = {"en": _EN, "es": _ES, "vi": _VI}
"""The languages that are written."""


def words_for(language: str) -> Words:
    """Return the words of a language, or the English ones."""
    return LANGUAGES.get(language, _EN)


def day_in(language: str, day: date) -> str:
    """A date as it is written in a language that has words here."""
    return next_step_words.words_for(language if language in LANGUAGES else "en").date(day)
