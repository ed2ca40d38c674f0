"""What a customer has to do next, in their language. A city has its own translator look at each line before use.

A language without a text, or one whose letters no font here prints, gets English: a wrong word helps nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from csr_desk.documents.wording import day
from csr_desk.domain.release import Condition


@dataclass(frozen=True, slots=True)
class Words:
    """One language. ``{company}``, ``{premise}``, ``{days}``, ``{last}``, ``{number}`` are filled in."""

    title: str
    released: str
    """The city's part is done."""
    waits: str
    """It is not: what is missing follows."""
    step: str
    """Heading of the steps."""
    electric: tuple[str, ...]
    gas: tuple[str, ...]
    water: tuple[str, ...]
    last: str
    """What the last day is called, where it stands alone."""
    deadline: str
    quote: str
    """What to say at the telephone."""
    address: str
    interpreter: str
    missing: Mapping[Condition, str]
    date: Callable[[date], str]


def _months(names: str, pattern: str) -> Callable[[date], str]:
    months = names.split()
    return lambda value: pattern.format(d=value.day, m=months[value.month - 1], y=value.year)


_C = Condition

_EN = Words(
    title="What you do next",
    released="The city has released your service to {company}.",
    waits="The city has not released your service yet. This is still missing:",
    step="Your steps",
    electric=(
        "Call your retail electric provider (the company that sends your bill) and order a move-in.",
        "Give them the ESI ID of the meter: {premise}. A new ESI ID can take 2 working days before they see it.",
        "{company} sets or turns on the meter 3 to 5 working days after it has both the release and the order.",
    ),
    gas=(
        "Call {company} and ask for the gas to be turned on.",
        "An adult must be at home when they come: they light and check every appliance.",
    ),
    water=("Call {company} and agree on a day for the meter.", "Have the way to the meter box clear on that day."),
    last="Last day: {last}",
    deadline="The order waits {days} working days for the release. After {last} it is cancelled and you order anew.",
    quote="Say this number at the telephone: {number}",
    address="The address, exactly as it is permitted:",
    interpreter="An interpreter costs you nothing. Ask at the counter.",
    missing={
        _C.REASON: "the reason why no permit is needed",
        _C.PERMIT: "a permit that is in force",
        _C.INSPECTION: "an inspection that was passed",
        _C.FEES: "the fees that are due",
        _C.VIOLATIONS: "a violation at this address has to be settled",
        _C.HOLDS: "a hold has to be lifted",
        _C.CONTRACTOR: "valid papers of your contractor",
        _C.ADDRESS: "the address must be written exactly as it is permitted",
        _C.PREMISE: "the ESI ID of the meter (it stands on the electric bill)",
        _C.MOBILE_HOME: "a mobile home gets no temporary pole",
    },
    date=day,
)

_ES = Words(
    title="Lo que usted hace ahora",
    released="La ciudad autorizó su servicio ante {company}.",
    waits="La ciudad todavía no ha autorizado su servicio. Falta lo siguiente:",
    step="Sus pasos",
    electric=(
        "Llame a su proveedor de electricidad (quien le envía la factura) y pida el alta (“move-in”).",
        "Déles el número ESI ID del medidor: {premise}. Un número nuevo puede tardar 2 días hábiles en aparecer.",
        "{company} instala o conecta el medidor de 3 a 5 días hábiles después de tener la autorización y el pedido.",
    ),
    gas=(
        "Llame a {company} y pida que conecten el gas.",
        "Un adulto debe estar en casa cuando lleguen: encienden y revisan cada aparato.",
    ),
    water=(
        "Llame a {company} y acuerde un día para el medidor.",
        "Ese día deje libre el paso hasta la caja del medidor.",
    ),
    last="Último día: {last}",
    deadline="El pedido espera la autorización {days} días hábiles. Después del {last} se cancela y hay que pedir otra "
    "vez.",
    quote="Diga este número por teléfono: {number}",
    address="La dirección, exactamente como está en el permiso:",
    interpreter="El intérprete es gratis. Pídalo en la ventanilla.",
    missing={
        _C.REASON: "el motivo por el que no se necesita permiso",
        _C.PERMIT: "un permiso vigente",
        _C.INSPECTION: "una inspección aprobada",
        _C.FEES: "los pagos pendientes",
        _C.VIOLATIONS: "hay que resolver una infracción en esta dirección",
        _C.HOLDS: "hay que levantar una retención",
        _C.CONTRACTOR: "documentos vigentes de su contratista",
        _C.ADDRESS: "la dirección debe escribirse exactamente como en el permiso",
        _C.PREMISE: "el número ESI ID del medidor (está en la factura de luz)",
        _C.MOBILE_HOME: "una casa móvil no recibe poste provisional",
    },
    date=_months(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre", "{d} de {m} de {y}"
    ),
)

_VI = Words(
    title="Việc quý vị cần làm tiếp",
    released="Thành phố đã cho phép {company} cấp dịch vụ cho quý vị.",
    waits="Thành phố chưa cho phép cấp dịch vụ. Còn thiếu:",
    step="Các bước của quý vị",
    electric=(
        "Gọi công ty bán điện (công ty gửi hóa đơn cho quý vị) và yêu cầu mở điện (“move-in”).",
        "Cho họ số ESI ID của đồng hồ: {premise}. Số mới có thể cần 2 ngày làm việc mới hiện ra.",
        "{company} gắn hoặc mở đồng hồ trong 3 đến 5 ngày làm việc sau khi có giấy cho phép và yêu cầu mở điện.",
    ),
    gas=(
        "Gọi {company} và yêu cầu mở ga.",
        "Phải có người lớn ở nhà khi họ đến: họ mồi lửa và kiểm tra từng thiết bị.",
    ),
    water=("Gọi {company} và hẹn ngày gắn đồng hồ nước.", "Ngày đó xin để trống lối vào hộp đồng hồ."),
    last="Hạn chót: {last}",
    deadline="Yêu cầu mở điện chờ giấy cho phép {days} ngày làm việc. Sau {last} yêu cầu bị hủy và phải làm lại.",
    quote="Đọc số này khi gọi điện thoại: {number}",
    address="Địa chỉ, đúng như trên giấy phép:",
    interpreter="Thông dịch viên miễn phí. Xin hỏi tại quầy.",
    missing={
        _C.REASON: "lý do không cần giấy phép",
        _C.PERMIT: "giấy phép còn hiệu lực",
        _C.INSPECTION: "kết quả kiểm tra đạt",
        _C.FEES: "lệ phí còn thiếu",
        _C.VIOLATIONS: "vi phạm tại địa chỉ này cần được giải quyết",
        _C.HOLDS: "lệnh tạm giữ cần được gỡ bỏ",
        _C.CONTRACTOR: "giấy tờ còn hiệu lực của nhà thầu",
        _C.ADDRESS: "địa chỉ phải viết đúng như trên giấy phép",
        _C.PREMISE: "số ESI ID của đồng hồ (có trên hóa đơn điện)",
        _C.MOBILE_HOME: "nhà di động không được gắn cột điện tạm",
    },
    date=lambda value: f"ngày {value.day} tháng {value.month} năm {value.year}",
)

_FR = Words(
    title="Ce que vous faites maintenant",
    released="La ville a autorisé votre raccordement auprès de {company}.",
    waits="La ville n’a pas encore autorisé votre raccordement. Il manque :",
    step="Vos démarches",
    electric=(
        "Appelez votre fournisseur d’électricité (il envoie la facture) et demandez le « move-in ».",
        "Donnez-lui le numéro ESI ID du compteur : {premise}. Un nouveau numéro peut demander 2 jours ouvrés.",
        "{company} pose ou met en service le compteur 3 à 5 jours ouvrés après l’autorisation et la demande.",
    ),
    gas=(
        "Appelez {company} et demandez l’ouverture du gaz.",
        "Un adulte doit être présent : chaque appareil est allumé et contrôlé.",
    ),
    water=(
        "Appelez {company} et convenez d’un jour pour le compteur.",
        "Laissez libre l’accès au compteur ce jour-là.",
    ),
    last="Dernier jour : {last}",
    deadline="La demande attend l’autorisation {days} jours ouvrés. Après le {last}, elle est annulée et à refaire.",
    quote="Donnez ce numéro au téléphone : {number}",
    address="L’adresse, exactement comme sur le permis :",
    interpreter="L’interprète est gratuit. Demandez-le au guichet.",
    missing={
        _C.REASON: "la raison pour laquelle aucun permis n’est requis",
        _C.PERMIT: "un permis en cours de validité",
        _C.INSPECTION: "une inspection réussie",
        _C.FEES: "les frais encore dus",
        _C.VIOLATIONS: "une infraction à cette adresse reste à régler",
        _C.HOLDS: "un blocage reste à lever",
        _C.CONTRACTOR: "les documents valides de votre entrepreneur",
        _C.ADDRESS: "l’adresse doit être écrite exactement comme sur le permis",
        _C.PREMISE: "le numéro ESI ID du compteur (il figure sur la facture)",
        _C.MOBILE_HOME: "une maison mobile ne reçoit pas de poteau provisoire",
    },
    date=_months("janvier février mars avril mai juin juillet août septembre octobre novembre décembre", "{d} {m} {y}"),
)

LANGUAGES: Mapping[str, Words] = {"en": _EN, "es": _ES, "vi": _VI, "fr": _FR}
"""By the short name that a customer's record has."""


def words_for(language: str) -> Words:
    """Return the words of a language; English where there are none."""
    return LANGUAGES.get(language.partition("-")[0], _EN)
