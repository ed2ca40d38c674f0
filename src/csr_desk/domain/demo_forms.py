"""The forms of the demo city, in English and in Spanish. All of them are made up, numbers and words.

Each blank is called like what fills it, so that a clerk sees at the counter how filling works.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from csr_desk.domain.forms import Source

EARLIER, NOW = "2024-03", "2026-01"


@dataclass(frozen=True, slots=True)
class Blank:
    """A line of a form: what it asks, in both languages, and what of ours fills it (nothing: the customer does)."""

    name: str
    asks: tuple[str, str]
    source: Source | None = None
    lines: int = 1


@dataclass(frozen=True, slots=True)
class DemoForm:
    """A form in one language, as it is drawn."""

    form_no: str
    revision: str
    language: str
    title: str
    intro: str
    blanks: tuple[tuple[str, str, int], ...]
    """Name of the field, what it asks, lines of room."""
    fields: dict[str, str]
    signature: str
    date: str
    note: str


@dataclass(frozen=True, slots=True)
class _Plan:
    form_no: str
    title: tuple[str, str]
    intro: tuple[str, str]
    blanks: tuple[Blank, ...]
    revisions: tuple[str, ...] = (NOW,)
    languages: tuple[str, ...] = ("en", "es")


_WHO = (
    Blank("name", ("Name of the customer", "Nombre del cliente"), Source.NAME),
    Blank("customer", ("Customer number", "Número de cliente"), Source.CUSTOMER),
    Blank("address", ("Mailing address", "Dirección postal"), Source.ADDRESS),
    Blank("phone", ("Telephone", "Teléfono"), Source.PHONE),
    Blank("email", ("E-mail", "Correo electrónico"), Source.EMAIL),
)
_PLANS = (
    _Plan(
        "DW-110", ("Application for water service", "Solicitud de servicio de agua"),
        (
            "Fill in what is still empty, sign, and bring it with an identity card and the lease or the deed.",
            "Complete lo que falta, firme y tráigalo con una identificación y el contrato de renta o la escritura.",
        ),
        (
            *_WHO,
            Blank("site", ("Address of the service", "Dirección del servicio"), Source.SITE),
            Blank("start", ("Service is to begin on", "El servicio debe comenzar el")),
            Blank("owner", ("Owner or tenant", "Dueño o inquilino")),
            Blank("before", ("Water utility of the last 12 months", "Compañía de agua de los últimos 12 meses")),
        ),
        (EARLIER, NOW),
    ),
    _Plan(
        "DW-121", ("Request to read a meter again", "Solicitud de nueva lectura del medidor"),
        (
            "The meter is read again at no charge once for each bill. You get the answer in ten working days.",
            "El medidor se lee otra vez sin costo una vez por cada factura. Recibe la respuesta en diez días hábiles.",
        ),
        (
            *_WHO,
            Blank("site", ("Address of the meter", "Dirección del medidor"), Source.SITE),
            Blank("meter", ("Number of the meter", "Número del medidor")),
            Blank("why", ("Why the reading seems wrong", "Por qué la lectura parece equivocada"), None, 4),
        ),
    ),
    _Plan(
        "DP-204", ("Application for a driveway permit", "Solicitud de permiso para entrada de autos"),
        (
            "Attach a sketch with the distances to the lot lines, the curb and trees. The contractor signs too.",
            "Adjunte un croquis con las distancias a los linderos, el bordillo y los árboles. El contratista firma.",
        ),
        (
            *_WHO,
            Blank("site", ("Address of the work", "Dirección de la obra"), Source.SITE),
            Blank("project", ("Project number", "Número de proyecto"), Source.PROJECT),
            Blank("permit", ("Permit number", "Número de permiso"), Source.PERMIT),
            Blank("width", ("Width at the curb, feet", "Ancho en el bordillo, pies")),
            Blank("work", ("What is built", "Qué se construye"), None, 3),
        ),
    ),
    _Plan(
        "DC-030", ("Complaint", "Queja"),
        (
            "Tell us what happened. You need not give your name. You hear from us in three working days.",
            "Cuéntenos qué pasó. No tiene que dar su nombre. Le respondemos en tres días hábiles.",
        ),
        (
            *_WHO,
            Blank("site", ("Where it happened", "Dónde ocurrió"), Source.SITE),
            Blank("when", ("When it happened", "Cuándo ocurrió")),
            Blank("what", ("What happened", "Qué pasó"), None, 6),
            Blank("wish", ("What would put it right", "Qué lo solucionaría"), None, 2),
        ),
    ),
    _Plan(
        "DW-099", ("Bank draft authorization (old plan)", "Autorización de débito bancario (plan anterior)"),
        ("This plan has ended.", "Este plan terminó."), _WHO, (EARLIER,), ("en",),
    ),
)  # fmt: skip
ENDED = ("DW-099", EARLIER, "en")
"""The one that nobody gets any more."""
_SIGN = (
    (
        "Signature",
        "Date",
        "Made-up form of a demonstration. It is handed out for trying the program only.",
    ),
    ("Firma", "Fecha", "Formulario inventado de una demostración. Se entrega solo para probar el programa."),
)


def demo_forms() -> Iterator[DemoForm]:
    """Give every form in each revision and language, the earlier revisions first."""
    for plan in _PLANS:
        for revision in plan.revisions:
            for language in plan.languages:
                at = ("en", "es").index(language)
                signature, day, note = _SIGN[at]
                fields = {one.name: one.source.value for one in plan.blanks if one.source is not None}
                blanks = tuple((one.name, one.asks[at], one.lines) for one in plan.blanks)
                yield DemoForm(
                    plan.form_no, revision, language, plan.title[at], plan.intro[at], blanks,
                    {**fields, **{one.value: one.value for one in (Source.TODAY, Source.OFFICE, Source.HANDOUT)}},
                    signature, day, note,
                )  # fmt: skip
