"""What a slip for somebody who is referred says, in their language; our own words, which a city's translator looks at.

A language without a text gets English: a wrong word helps nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from csr_desk.domain.referrals import Area


@dataclass(frozen=True, slots=True)
class SlipWords:
    """One language. ``{agency}``, ``{office}``, ``{phone}``, ``{number}`` and ``{by}`` are filled in."""

    title: str
    helps: str
    """Stands above the name of the agency."""
    warm: str
    cold: str
    address: str
    hours: str
    phone: str
    map: str
    nowhere: str
    """Nobody wrote down where it is."""
    advice: str
    given: str
    by: str
    number: str
    back: str
    limits: Mapping[Area, str]


_EN = SlipWords(
    title="Where you get help",
    helps="This office helps you with: {need}",
    warm="We called them: they expect you. Show them this paper.",
    cold="Show them this paper, so that you need not explain everything again.",
    address="Address",
    hours="Hours",
    phone="Telephone",
    map="Scan for the map",
    nowhere="Ask us for the address: {phone}",
    advice="What to know and to bring",
    given="Date",
    by="From",
    number="Number",
    back="They could not help you? Call us at {phone} and say the number {number}.",
    limits={
        Area.INSIDE: "They serve addresses inside the Houston city limits.",
        Area.OUTSIDE: (
            "They serve addresses outside the Houston city limits. A mailing address in Houston may lie outside of "
            "them: other permits and other fees are in force there."
        ),
    },
)
_ES = SlipWords(
    title="Dónde le ayudan",
    helps="Esta oficina le ayuda con: {need}",
    warm="Ya los llamamos: lo esperan. Muestre este papel.",
    cold="Muestre este papel, para que no tenga que explicar todo otra vez.",
    address="Dirección",
    hours="Horario",
    phone="Teléfono",
    map="Escanee para ver el mapa",
    nowhere="Pídanos la dirección: {phone}",
    advice="Qué debe saber y llevar",
    given="Fecha",
    by="De",
    number="Número",
    back="¿No le pudieron ayudar? Llámenos al {phone} y diga el número {number}.",
    limits={
        Area.INSIDE: "Atienden direcciones dentro de los límites de la ciudad de Houston.",
        Area.OUTSIDE: (
            "Atienden direcciones fuera de los límites de la ciudad de Houston. Una dirección postal de Houston puede "
            "estar fuera de ellos: allí rigen otros permisos y otras tarifas."
        ),
    },
)
_VI = SlipWords(
    title="Nơi giúp quý vị",
    helps="Cơ quan này giúp quý vị về: {need}",
    warm="Chúng tôi đã gọi cho họ: họ đang chờ quý vị. Xin đưa giấy này cho họ xem.",
    cold="Xin đưa giấy này cho họ xem, để quý vị không phải giải thích lại từ đầu.",
    address="Địa chỉ",
    hours="Giờ làm việc",
    phone="Điện thoại",
    map="Quét mã để xem bản đồ",
    nowhere="Xin hỏi chúng tôi địa chỉ: {phone}",
    advice="Điều cần biết và giấy tờ cần mang theo",
    given="Ngày",
    by="Từ",
    number="Số",
    back="Họ không giúp được quý vị? Xin gọi chúng tôi ở số {phone} và cho biết số {number}.",
    limits={
        Area.INSIDE: "Họ phục vụ các địa chỉ trong ranh giới thành phố Houston.",
        Area.OUTSIDE: (
            "Họ phục vụ các địa chỉ ngoài ranh giới thành phố Houston. Một địa chỉ bưu điện ghi Houston có thể nằm "
            "ngoài ranh giới: ở đó giấy phép và lệ phí khác."
        ),
    },
)
LANGUAGES: Mapping[str, SlipWords] = {"en": _EN, "es": _ES, "vi": _VI}
"""By the short name that a customer's record has."""


def slip_words(language: str) -> SlipWords:
    """Return the words of a language; English where there are none."""
    return LANGUAGES.get(language.partition("-")[0], _EN)
