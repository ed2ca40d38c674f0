"""What the cards of the demo city say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Lines = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A card in one language."""

    question: str
    answer: str
    steps: Lines = ()
    papers: Lines = ()
    hours: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A card: topic with keywords, item of the catalogue, what it says in each language."""

    topic: str
    said: Mapping[str, Said] = field(default_factory=dict)
    item: str = ""


_COUNTER = "Mon–Fri 8:00–16:30; intake of plans ends at 15:30"


def _card(topic: str, english: Said, item: str = "", **others: Said) -> Told:
    return Told(topic, {"en": english, **others}, item)


CARDS: tuple[Told, ...] = (
    _card(
        "Permits; shed, tool house, storage building",
        Said(
            "Do I need a permit for a storage shed?",
            "A small shed without wiring or plumbing may need none; one with either always needs a permit.",
            ("Measure the floor of the shed", "Say whether it has wires or pipes", "Take the answer in writing"),
            ("A sketch of the lot with distances to the lines",), _COUNTER,
        ),
    ),
    _card(
        "Permits; demolish, tear down",
        Said(
            "What does it take to tear a building down?",
            "A demolition permit, with gas and electricity cut off before the work begins.",
            ("Have both services removed", "Bring their letters", "Buy the permit here", "Call for the inspection"),
            ("Letters of both utilities", "The contractor’s registration"), _COUNTER,
        ),
        "BLD-DEMO",
    ),
    _card(
        "Permits; lost card, duplicate",
        Said(
            "I lost the job card of my permit. What now?",
            "We print a duplicate at this counter; the old one is no longer good.",
            ("Give the project number or the address", "Pay the fee", "Take the new card along"),
            ("An identity card",), _COUNTER,
        ),
        "BLD-DUPCARD",
    ),
    _card(
        "Permits; fence, gate",
        Said(
            "What does a fence permit cost?",
            "It depends on the length. Above eight feet of height plans are reviewed first.",
            ("Measure the length in feet", "Draw the fence on the survey", "Pay here and take the permit along"),
            ("Survey of the lot", "Name and address of the owner"), _COUNTER,
        ),
        "BLD-FENCE",
        es=Said(
            "¿Cuánto cuesta un permiso para una cerca?",
            "Depende del largo. Si mide más de ocho pies de alto, primero se revisan los planos.",
            ("Mida el largo en pies", "Dibuje la cerca sobre el plano del lote", "Pague aquí y lleve el permiso"),
            ("Plano del lote", "Nombre y dirección del dueño"), "Lun–vie 8:00–16:30",
        ),
    ),
    _card(
        "Permits; driveway, curb cut, approach",
        Said(
            "How do I get a permit for a driveway?",
            "The part in the public way needs its own permit; the contractor must be bonded.",
            ("Draw the approach with its width", "Have the sidewalk marked", "Pay and take the permit"),
            ("Sketch with dimensions", "The contractor’s bond"), _COUNTER,
        ),
        "BLD-DRIVE",
    ),
    _card(
        "Permits; remodel, new house, construction, valuation",
        Said(
            "What is the permit fee for construction worked out from?",
            "From the valuation: all that the work costs the owner, without the land; gifts count as well.",
            ("Write the valuation down", "Plan review follows", "The rest is paid when the permit is issued"),
            ("Plans", "Valuation", "Project number, if there is one"), _COUNTER,
        ),
        "BLD-STRUCT",
        es=Said(
            "¿De qué se calcula el costo de un permiso de construcción?",
            "Del valor de la obra: todo lo que cuesta al dueño, sin el terreno; lo donado también cuenta.",
            ("Escriba el valor", "Sigue la revisión de planos", "El resto se paga al otorgar el permiso"),
            ("Planos", "Valor de la obra", "Número de proyecto, si lo hay"), "Lun–vie 8:00–16:30",
        ),
    ),
    _card(
        "Permits; started early, stop work, red tag",
        Said(
            "I began before I had a permit. What happens?",
            "An investigation fee is added to the permit. Stop the work until the permit is posted.",
            ("Stop the work", "Bring the red tag, if there is one", "Buy the permit with the investigation fee"),
            ("The red tag",), _COUNTER,
        ),
        "BLD-INVEST",
    ),
    _card(
        "Permits; refund, money back, cancel",
        Said(
            "Can I have the fee of a permit back?",
            "Only what was paid above the minimum fee, at most 90 percent of it, and not once work has begun.",
            ("Write why the permit is not used", "Bring the receipt", "Finance sends a check; we pay no cash back"),
            ("Receipt", "Letter of the owner"),
        ),
    ),
    _card(
        "Inspections; failed, again, re-inspect",
        Said(
            "The inspector turned the work down. What does it cost to come again?",
            "A re-inspection fee, paid before the inspector comes again.",
            ("Mend what the tag names", "Pay the fee", "Call for the inspection"), ("The tag",),
        ),
        "BLD-REINSP",
    ),
    _card(
        "Release of service; electric, reconnect, power, light, meter",
        Said(
            "How do I get the electricity back on?",
            "An electrician pulls the reconnect permit, we inspect, and release the meter to the wires company.",
            (
                "A registered electrical contractor buys the permit", "Call for the inspection",
                "We release the address, spelled exactly as on the permit",
                "You order a move-in from a retail provider", "The wires company sets the meter in 3–5 working days",
            ),
            ("Address with the unit", "ESI ID of the meter (22 figures)"), _COUNTER,
        ),
        "ELE-RECON",
        es=Said(
            "¿Cómo me devuelven la electricidad?",
            "Un electricista saca el permiso, nosotros inspeccionamos y autorizamos el medidor a la compañía.",
            (
                "Un contratista eléctrico registrado compra el permiso", "Pida la inspección",
                "Autorizamos la dirección, escrita igual que en el permiso",
                "Usted pide el servicio a un proveedor", "La compañía pone el medidor en 3 a 5 días hábiles",
            ),
            ("Dirección con el número de unidad", "ESI ID del medidor (22 cifras)"), "Lun–vie 8:00–16:30",
        ),
        vi=Said(
            "Làm sao để có điện lại?",
            "Thợ điện mua giấy phép, chúng tôi kiểm tra rồi báo cho công ty điện gắn đồng hồ.",
            (
                "Nhà thầu điện có đăng ký mua giấy phép", "Gọi xin kiểm tra",
                "Chúng tôi báo địa chỉ, viết đúng như trên giấy phép", "Quý vị gọi công ty bán điện để mở điện",
                "Công ty dây điện gắn đồng hồ trong 3–5 ngày làm việc",
            ),
            ("Địa chỉ và số căn hộ", "Số ESI ID của đồng hồ (22 chữ số)"), "Thứ Hai–thứ Sáu 8:00–16:30",
        ),
    ),
    _card(
        "Release of service; temporary pole, TCI, cut-in",
        Said(
            "How do I get power for a building site?",
            "A temporary cut-in: its permit, the inspection of the pole, then the release to the wires company.",
            ("Set the pole", "Buy the permit", "Inspection", "Order the temporary meter"), ("Project number",),
        ),
        "ELE-TCI",
    ),
    _card(
        "Release of service; gas, heater, stove",
        Said(
            "When is the gas turned on?",
            "After the house line is inspected and we sent the approval; an adult must be at home then.",
            ("A plumber tests the line", "Inspection", "We send the approval", "Call the gas company"),
            ("Permit number",),
        ),
        "PLB-TEMPGAS",
        es=Said(
            "¿Cuándo abren el gas?",
            "Después de inspeccionar la línea y mandar la aprobación; un adulto debe estar en casa.",
            ("Un plomero prueba la línea", "Inspección", "Mandamos la aprobación", "Llame a la compañía de gas"),
            ("Número de permiso",),
        ),
    ),
    _card(
        "Water; restore, shut off, cut off, disconnected",
        Said(
            "My water is shut off. How do I get it back?",
            "Pay what is past due and the restore fee; a crew comes the same day when it is paid before 16:00.",
            ("Find the account", "Pay the balance that is past due", "Pay the restore fee", "Open a tap and wait"),
            ("Account number or address", "Cash or card: no check after a shut-off"),
        ),
        "WTR-RESTORE",
        es=Said(
            "Me cortaron el agua. ¿Cómo la recupero?",
            "Pague lo vencido y el cargo de reconexión; la cuadrilla va el mismo día si paga antes de las 16:00.",
            ("Busque la cuenta", "Pague el saldo vencido", "Pague el cargo de reconexión", "Abra una llave y espere"),
            ("Número de cuenta o dirección", "Efectivo o tarjeta: sin cheque después de un corte"),
        ),
        vi=Said(
            "Nước nhà tôi bị cắt. Làm sao mở lại?",
            "Trả số tiền quá hạn và phí mở lại; nếu trả trước 16:00, thợ sẽ đến trong ngày.",
            ("Tìm số tài khoản", "Trả số tiền quá hạn", "Trả phí mở lại", "Mở vòi nước và chờ"),
            ("Số tài khoản hoặc địa chỉ", "Tiền mặt hoặc thẻ, không nhận chi phiếu sau khi cắt"),
        ),
    ),
    _card(
        "Water; new account, start, move in, tenant",
        Said(
            "How do I start water service in my name?",
            "Bring a lease or a deed; the deposit is waived with a good record at another utility.",
            ("Show who you are", "Show the lease or the closing papers", "Pay the deposit, or have it waived"),
            ("Photo identification", "Lease or closing statement", "Letter of credit of another utility, if any"),
        ),
        "WTR-DEPOSIT",
        es=Said(
            "¿Cómo pongo el agua a mi nombre?",
            "Traiga el contrato de renta o la escritura; sin depósito con buen historial en otra compañía.",
            ("Muestre quién es", "Muestre el contrato o el cierre", "Pague el depósito, o pida la exención"),
            ("Identificación con foto", "Contrato o papeles de cierre", "Carta de otra compañía, si la tiene"),
        ),
    ),
    _card(
        "Water; same address, roommate, divorce",
        Said(
            "Another person at the same address takes the account over. What is due?",
            "A fee for the change of customer; what is owed stays with whoever used the water.",
            ("Both sign", "The meter is read"), ("Identification of both",),
        ),
        "WTR-CHGCUST",
    ),
    _card(
        "Water; leak, pipe, toilet, adjustment",
        Said(
            "I had a leak. Can the bill be lowered?",
            "Yes: up to three bills in a row in twelve months, with proof that the leak was mended.",
            ("Mend the leak", "Bring the proof", "We prepare the adjustment; a supervisor decides"),
            ("Invoice with date, address, kind of repair and cost",),
        ),
        es=Said(
            "Tuve una fuga. ¿Pueden bajar la cuenta?",
            "Sí: hasta tres cuentas seguidas en doce meses, con prueba de que la fuga se reparó.",
            ("Repare la fuga", "Traiga la prueba", "Preparamos el ajuste; un supervisor decide"),
            ("Factura con fecha, dirección, tipo de reparación y costo",),
        ),
    ),
    _card(
        "Water; high bill, twice as much",
        Said(
            "My bill is much higher than usual and there is no leak.",
            "If the use was more than twice the average, one month in twelve can be adjusted for a single home.",
            ("Ask within six months", "We compare the last twelve bills", "A supervisor decides"), ("The bill",),
        ),
    ),
    _card(
        "Water; re-read, wrong reading, meter",
        Said(
            "I think the meter was read wrongly.",
            "We read it again. Was the first reading wrong, it costs nothing.",
            ("Note the figures on the dial", "We send somebody within three working days"), ("A picture of the dial",),
        ),
        "WTR-REREAD",
    ),
    _card(
        "Water; payments, plan, extension, cannot pay",
        Said(
            "I cannot pay the whole bill now.",
            "Ask for more time or for a payment plan before the cut-off date; the newest bill is paid in time with it.",
            ("Say how much you can pay, and when", "Sign the plan", "Pay each part on its day"), ("Account number",),
        ),
        es=Said(
            "No puedo pagar toda la cuenta ahora.",
            "Pida más tiempo o un plan de pagos antes de la fecha de corte; la última cuenta se paga a tiempo.",
            ("Diga cuánto puede pagar, y cuándo", "Firme el plan", "Pague cada parte en su día"), ("Número de cuenta",),
        ),
    ),
    _card(
        "Water; history, landlord, twelve months",
        Said("May I have my billing history?", "Yes, for each twelve months or part of them there is a fee."),
        "WTR-HIST",
    ),
    _card(
        "Alarms; burglar, house alarm, security",
        Said(
            "Do I need a permit for the alarm of my house?",
            "Yes, a yearly one. It is exactly fifty dollars, so no administrative fee joins it.",
            ("Name two people who can be called", "Pay", "Give the number to the alarm company"),
            ("Names and telephones of two contacts",),
        ),
        "ALM-RES",
        vi=Said(
            "Nhà tôi có báo động chống trộm. Có cần giấy phép không?",
            "Có, mỗi năm một lần. Giá đúng năm mươi đồng nên không thêm phí hành chính.",
            ("Ghi tên hai người có thể gọi", "Trả tiền", "Đưa số giấy phép cho công ty báo động"),
            ("Tên và số điện thoại của hai người",),
        ),
    ),
    _card(
        "Payment; card fee, cash, check, surcharge",
        Said(
            "Why does paying by card cost more?",
            "The card company’s fee is passed on: a percentage with a minimum. Cash and checks cost nothing more.",
        ),
        es=Said(
            "¿Por qué cuesta más pagar con tarjeta?",
            "Se cobra el cargo de la compañía: un porcentaje con un mínimo. Efectivo y cheque no cuestan más.",
        ),
    ),
    _card(
        "Payment; bounced, returned check, NSF",
        Said(
            "My check came back. What do I owe?",
            "The amount again and a fee for the returned item; for a time we take no checks from the account.",
            ("Pay in cash, by card or money order",), ("The letter that we sent",),
        ),
        "NSF-CHK",
    ),
    _card(
        "Languages; interpreter, Spanish, Vietnamese, sign",
        Said(
            "Can somebody interpret for me?",
            "Yes, in any language and free of charge; show us yours on the language card.",
            ("Point at your language", "A colleague or the language line joins within minutes"),
        ),
        es=Said(
            "¿Alguien puede interpretar para mí?",
            "Sí, en cualquier idioma y sin costo; muéstrenos el suyo en la tarjeta de idiomas.",
            ("Señale su idioma", "Un colega o la línea de idiomas se une en minutos"),
        ),
        vi=Said(
            "Có ai thông dịch giúp tôi không?",
            "Có, bằng mọi ngôn ngữ và miễn phí; hãy chỉ ngôn ngữ của quý vị trên thẻ.",
            ("Chỉ vào ngôn ngữ của quý vị", "Đồng nghiệp hoặc đường dây thông dịch sẽ giúp trong vài phút"),
        ),
    ),
    _card(
        "City limits; county, outside, mailing address",
        Said(
            "My address says Houston. Is it in the city?",
            "Not always: a Houston mailing address may lie outside of the city limits, with other permits and fees.",
            ("We look the address up on the map", "Outside, the county’s engineers issue the permit"),
            ("The address with its ZIP code",),
        ),
    ),
    _card(
        "Records; birth certificate",
        Said(
            "How do I get a certified birth record?",
            "Here, for births in Texas, for the person, a parent or a child of theirs.",
            ("Fill the form in", "Show your identity card", "Pay; it is printed while you wait"),
            ("Photo identification",),
        ),
        "VIT-BIRTH",
        es=Said(
            "¿Cómo obtengo un acta de nacimiento certificada?",
            "Aquí, de nacimientos en Texas, para la persona, sus padres o sus hijos.",
            ("Llene el formulario", "Muestre su identificación", "Pague; se imprime mientras espera"),
            ("Identificación con foto",),
        ),
    ),
    _card(
        "Food; restaurant, dealer, health permit",
        Said(
            "What does a food dealer permit cost?",
            "It depends on the number of employees; plans are reviewed before a new kitchen opens.",
            ("Plan review", "Inspection", "Pay for the year"), ("Number of employees", "Certificate of occupancy"),
        ),
        "HHD-FOOD",
    ),
)  # fmt: skip
"""In the order in which they were written; the first ones are old."""
