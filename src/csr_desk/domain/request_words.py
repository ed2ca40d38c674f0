"""What a customer is told of a request, in their language. A city has its own translator look at each line before use.

A language without a text gets English: a wrong word helps nobody. The answer itself stands as the clerk wrote it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from csr_desk.domain.request_papers import ClosingLetter
from csr_desk.domain.requests import Outcome


@dataclass(frozen=True, slots=True)
class Words:
    """One language. ``{number}``, ``{type}``, ``{department}``, ``{day}``, ``{name}``, ``{phone}`` are filled in."""

    slip: str
    """Head of the slip."""
    promise: str
    keep: str
    """What the number is good for."""
    letter: str
    """Head of the letter, and subject line of the mail."""
    dear: str
    asked: str
    asked_too: str
    """To a second caller."""
    where: str
    answer: str
    """Heading over the answer."""
    outcomes: Mapping[Outcome, str]
    again: str
    """What to do where it is not settled."""
    interpreter: str
    date: Callable[[date], str]


def _months(names: str, pattern: str) -> Callable[[date], str]:
    months = names.split()
    return lambda value: pattern.format(d=value.day, m=months[value.month - 1], y=value.year)


_O = Outcome

_EN = Words(
    slip="Your request",
    promise="{department} answers by {day}.",
    keep="Say this number when you call or come again: {number}",
    letter="The answer to your request {number}",
    dear="Dear {name},",
    asked="on {day} you came to us about: {type}.",
    asked_too="you told us of something that was known to us since {day}: {type}.",
    where="The place: {site}",
    answer="Our answer",
    outcomes={
        _O.RESOLVED: "This is settled.",
        _O.ANSWERED: "This is our answer; nothing else was to be done.",
        _O.REFERRED: "Somebody else is responsible for this. Below stands who.",
        _O.NO_ACTION: "We closed this without having done anything. Below stands why.",
        _O.DUPLICATE: "This goes on under another number, which stands below.",
        _O.WITHDRAWN: "You took this back.",
    },
    again="If this is not settled, call {phone} or come to the counter and say {number}. It is opened again.",
    interpreter="An interpreter costs you nothing. Ask at the counter.",
    date=_months(
        "January February March April May June July August September October November December", "{m} {d}, {y}"
    ),
)

_ES = Words(
    slip="Su solicitud",
    promise="{department} responde a más tardar el {day}.",
    keep="Diga este número cuando llame o vuelva: {number}",
    letter="La respuesta a su solicitud {number}",
    dear="Estimado/a {name}:",
    asked="el {day} usted se dirigió a nosotros por: {type}.",
    asked_too="usted nos avisó de algo que conocíamos desde el {day}: {type}.",
    where="El lugar: {site}",
    answer="Nuestra respuesta",
    outcomes={
        _O.RESOLVED: "El asunto está resuelto.",
        _O.ANSWERED: "Esta es nuestra respuesta; no había nada más que hacer.",
        _O.REFERRED: "De esto se encarga otra entidad. Abajo dice cuál.",
        _O.NO_ACTION: "Cerramos el asunto sin haber hecho nada. Abajo dice por qué.",
        _O.DUPLICATE: "El asunto sigue con otro número, que está abajo.",
        _O.WITHDRAWN: "Usted retiró la solicitud.",
    },
    again="Si no está resuelto, llame al {phone} o venga a la ventanilla y diga el número {number}. Se abre de nuevo.",
    interpreter="El intérprete es gratis. Pídalo en la ventanilla.",
    date=_months(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre", "{d} de {m} de {y}"
    ),
)

_VI = Words(
    slip="Yêu cầu của quý vị",
    promise="{department} sẽ trả lời trước hoặc trong {day}.",
    keep="Xin nói số này khi gọi hoặc trở lại: {number}",
    letter="Trả lời yêu cầu {number} của quý vị",
    dear="Kính gửi {name},",
    asked="{day} quý vị đã liên lạc với chúng tôi về: {type}.",
    asked_too="quý vị đã báo cho chúng tôi một việc mà chúng tôi biết từ {day}: {type}.",
    where="Nơi xảy ra: {site}",
    answer="Câu trả lời của chúng tôi",
    outcomes={
        _O.RESOLVED: "Việc này đã được giải quyết.",
        _O.ANSWERED: "Đây là câu trả lời của chúng tôi; không còn việc gì khác phải làm.",
        _O.REFERRED: "Cơ quan khác phụ trách việc này. Tên cơ quan ghi ở dưới.",
        _O.NO_ACTION: "Chúng tôi đóng việc này mà không làm gì. Lý do ghi ở dưới.",
        _O.DUPLICATE: "Việc này tiếp tục dưới một số khác, ghi ở dưới.",
        _O.WITHDRAWN: "Quý vị đã rút lại yêu cầu.",
    },
    again="Nếu chưa giải quyết xong, xin gọi {phone} hoặc đến quầy và nói số {number}. Yêu cầu sẽ được mở lại.",
    interpreter="Thông dịch viên miễn phí. Xin hỏi tại quầy.",
    date=lambda value: f"ngày {value.day} tháng {value.month} năm {value.year}",
)

LANGUAGES: Mapping[str, Words] = {"en": _EN, "es": _ES, "vi": _VI}
"""By the short name that a customer's record has."""


def words_for(language: str) -> Words:
    """Return the words of a language; English where there are none."""
    return LANGUAGES.get(language.casefold().partition("-")[0], _EN)


def lines_before(letter: ClosingLetter) -> tuple[str, ...]:
    """Return what stands before the answer: whom it is for, what they asked, where, how it ended."""
    words = words_for(letter.language)
    asked = words.asked_too if letter.second else words.asked
    return (
        *((words.dear.format(name=letter.name),) if letter.name else ()),
        asked.format(day=words.date(letter.opened_on), type=letter.type_name),
        *((words.where.format(site=letter.site),) if letter.site else ()),
        words.outcomes[letter.outcome],
    )


def lines_after(letter: ClosingLetter) -> tuple[str, ...]:
    """Return what stands behind the answer: what to do where it is not settled."""
    words = words_for(letter.language)
    return (words.again.format(phone=letter.office.phone or "311", number=letter.number), words.interpreter)


def mail_of(letter: ClosingLetter) -> tuple[str, str]:
    """Return subject line and text of the same letter as an e-mail."""
    words = words_for(letter.language)
    text = "\n\n".join((*lines_before(letter), f"{words.answer}:", letter.answer, *lines_after(letter)))
    return words.letter.format(number=letter.number), f"{text}\n\n{letter.office.name}"
