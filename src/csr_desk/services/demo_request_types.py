"""What can be asked for in the demo city: types as 311 centres have them. Departments' days are made up."""

from __future__ import annotations

from csr_desk.domain.request_questions import Question, QuestionKind
from csr_desk.domain.requests import Kind, RequestType
from csr_desk.domain.work_orders import Priority

_WATER, _ACCOUNTS, _WASTE = "Public Works, Water", "Customer Account Services", "Solid Waste"
_STREETS, _PERMITS, _NEIGHBOURHOODS = "Public Works, Streets", "Permitting Center", "Neighborhoods"

_SINCE = Question("since", "Since when?", hint="yesterday evening")
_MONTH = Question("month", "Which bill?", required=True, order=1, hint="June 2026")
_RUNS = Question(
    "runs", "How much water runs?", QuestionKind.SINGLE, required=True, order=1,
    values=(("drip", "It drips"), ("steady", "A steady flow"), ("gush", "It gushes or floods")),
)  # fmt: skip
_HURT = Question("hurt", "Is anybody hurt or in danger? Then they call 911 first.", variable=False, order=0)
_CONTAINER = Question(
    "container", "Which container?", QuestionKind.MULTI, order=1,
    values=(("black", "Garbage"), ("green", "Recycling"), ("yard", "Yard waste")),
)  # fmt: skip
_PERMIT = Question("permit", "Permit or project number, where they have it", order=1)
_DAY = Question("day", "Which day and time?", QuestionKind.DATETIME, order=1)
_WHO = Question("who", "Whom is it about, as far as they know?", order=2)

_I, _C, _R = Kind.INQUIRY, Kind.COMPLAINT, Kind.REQUEST

TYPES: tuple[RequestType, ...] = (
    RequestType("WTR-LEAK", "Water leak in the street", _R, _WATER, 2, "Water", Priority.URGENT, safety=True,
                needs_site=True, keywords="main break burst pipe fuga", questions=(_HURT, _RUNS)),
    RequestType("WTR-NONE", "No water or low pressure", _R, _WATER, 1, "Water", Priority.URGENT, needs_site=True,
                keywords="dry pressure off", questions=(_SINCE,)),
    RequestType("WTR-SEWER", "Sewer stoppage", _R, _WATER, 1, "Water", Priority.URGENT, safety=True, needs_site=True,
                keywords="wastewater backup manhole odor", questions=(_HURT, _SINCE)),
    RequestType("WTR-BILL", "High water bill", _C, _ACCOUNTS, 5, "Water", anonymous=False,
                keywords="bill charge amount factura", questions=(_MONTH,)),
    RequestType("WTR-READ", "Read the meter again", _R, _ACCOUNTS, 5, "Water", anonymous=False, needs_site=True,
                keywords="meter reading estimate medidor"),
    RequestType("WTR-PAID", "Payment is not on the account", _C, _ACCOUNTS, 3, "Water", anonymous=False,
                keywords="posted missing receipt pago", questions=(_DAY,)),
    RequestType("SWM-MISSED", "Missed garbage or recycling", _R, _WASTE, 3, "Solid waste", needs_site=True,
                keywords="trash pickup basura heavy", questions=(_CONTAINER,)),
    RequestType("SWM-CART", "Container lost or broken", _R, _WASTE, 10, "Solid waste", needs_site=True,
                keywords="cart bin lid wheel", questions=(_CONTAINER,)),
    RequestType("SWM-DUMP", "Illegal dumping", _C, _WASTE, 10, "Solid waste", needs_site=True, keywords="trash tires"),
    RequestType("STR-POTHOLE", "Pothole", _R, _STREETS, 1, "Streets", needs_site=True, keywords="road hole bache"),
    RequestType("STR-SIGNAL", "Traffic signal out or wrong", _R, _STREETS, 1, "Streets", Priority.EMERGENCY,
                safety=True, needs_site=True, keywords="light stop sign", questions=(_HURT,)),
    RequestType("STR-FLOOD", "Water stands in the street", _R, _STREETS, 5, "Streets", needs_site=True,
                keywords="drainage ditch flooding storm"),
    RequestType("STR-WALK", "Sidewalk is broken", _R, _STREETS, 20, "Streets", needs_site=True, keywords="curb ramp"),
    RequestType("PER-STATUS", "Where does my permit stand?", _I, _PERMITS, 2, "Permits", anonymous=False,
                keywords="plan review project wait", questions=(_PERMIT,)),
    RequestType("PER-RELEASE", "Service was not released", _C, _PERMITS, 1, "Permits", Priority.URGENT,
                needs_site=True, anonymous=False, keywords="electric gas meter reconnect power", questions=(_PERMIT,)),
    RequestType("PER-WORK", "Work without a permit", _C, _PERMITS, 10, "Permits", needs_site=True,
                keywords="building construction illegal"),
    RequestType("PER-REFUND", "Refund of a fee", _R, _PERMITS, 20, "Permits", anonymous=False,
                keywords="money back overpaid", questions=(_PERMIT,)),
    RequestType("NBH-WEEDS", "High weeds or a nuisance on a lot", _C, _NEIGHBOURHOODS, 20, "Neighborhoods",
                needs_site=True, keywords="grass overgrown junk vehicle"),
    RequestType("NBH-BUILD", "Dangerous building", _C, _NEIGHBOURHOODS, 5, "Neighborhoods", Priority.URGENT,
                safety=True, needs_site=True, keywords="collapse open vacant", questions=(_HURT,)),
    RequestType("ANI-DEAD", "Dead animal in the street", _R, _WASTE, 2, "Animals", needs_site=True, keywords="dog cat"),
    RequestType("ANI-LOOSE", "Loose or aggressive animal", _R, "BARC Animal Shelter", 2, "Animals", Priority.URGENT,
                safety=True, needs_site=True, keywords="dog bite", questions=(_HURT,)),
    RequestType("GEN-ASK", "A question about a fee or a rule", _I, "311 Help Center", 2, "General",
                keywords="price cost how much rate"),
    RequestType("GEN-EMP", "Complaint about an employee", _C, "Inspector General", 10, "General", restricted=True,
                keywords="rude clerk inspector bribe", questions=(_DAY, _WHO)),
    RequestType("GEN-PRAISE", "Praise for an employee", _I, "311 Help Center", 10, "General", keywords="thanks good"),
)  # fmt: skip
