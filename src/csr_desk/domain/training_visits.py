"""What people come for on a training day and how they say it: the tables behind ``training_day``. All made up.

The mix is that of a measured day at a permit and revenue counter (field.md section 3, "Where the 60 go").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Visit(StrEnum):
    """Why a customer comes."""

    UTILITY = "utility bill"
    RECONNECT = "reconnect permit"
    PERMIT = "trade or building permit"
    COPIES = "copies"
    ALARM = "alarm permit"
    REINSPECTION = "re-inspection"
    RETURNED = "returned check repaid"
    TRANSFER_NAME = "name transfer"
    ADMIN = "administrative fee"
    SPLIT = "two tenders"
    DEPARTMENT = "another department"
    FORMS = "information or forms"
    COMPLAINT = "complaint"
    REFERRAL = "referral"
    RELEASE = "service release"
    NEW_ACCOUNT = "new-account verification"


MIX: Mapping[Visit, int] = {
    Visit.UTILITY: 25, Visit.RECONNECT: 7, Visit.PERMIT: 4, Visit.COPIES: 3, Visit.ALARM: 2, Visit.REINSPECTION: 1,
    Visit.RETURNED: 1, Visit.TRANSFER_NAME: 1, Visit.ADMIN: 1, Visit.SPLIT: 2, Visit.DEPARTMENT: 1,
    Visit.FORMS: 4, Visit.COMPLAINT: 3, Visit.REFERRAL: 2, Visit.RELEASE: 2, Visit.NEW_ACCOUNT: 1,
}  # fmt: skip
"""48 visits with money, 12 without: 60."""

CUSTOMERS = sum(MIX.values())


class Answer(StrEnum):
    """What to do for somebody who brings no money; offered for every customer, in the order of the digits."""

    FORMS = "forms"
    CASE = "case"
    REFER = "refer"
    RELEASE = "release"
    VERIFY = "verify"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody says; with the interpreter's English where it is another language."""

    said: str
    language: str = "en"
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Recipe:
    """An item that a customer asks for, the inputs that may vary, and how it is said (``{name}`` of the inputs)."""

    code: str
    says: tuple[Words, ...]
    inputs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _en(text: str) -> Words:
    return Words(text)


_KGAL = tuple(str(number) for number in range(2, 15))

RECIPES: Mapping[Visit, tuple[Recipe, ...]] = {
    Visit.UTILITY: (
        Recipe("WTR-SFR", (
            _en("I’m here for the water charge of my house: {meter_size} inch meter, {usage_kgal} thousand gallons."),
            Words("Vengo a pagar el agua de mi casa: medidor de {meter_size}, {usage_kgal} mil galones.", "es",
                  "Single-family water charge, {meter_size} inch meter, {usage_kgal} thousand gallons."),
            Words("Tôi trả tiền nước nhà tôi: đồng hồ {meter_size}, {usage_kgal} ngàn ga-lông.", "vi",
                  "Single-family water charge, {meter_size} inch meter, {usage_kgal} thousand gallons."),
        ), {"meter_size": ("3/4", "1"), "usage_kgal": _KGAL}),
        Recipe("SWR-SFR", (
            _en("Only the wastewater charge, please: {meter_size} inch meter, {usage_kgal} thousand gallons."),
            Words("Sólo el alcantarillado, por favor: medidor de {meter_size}, {usage_kgal} mil galones.", "es",
                  "Single-family wastewater charge, {meter_size} inch meter, {usage_kgal} thousand gallons."),
        ), {"meter_size": ("3/4", "1"), "usage_kgal": _KGAL}),
        Recipe("SWM-XCAP", (_en("Our extra capacity container: months to pay: {months}. We have no exemption."),),
               {"months": ("1", "2", "3")}),
        Recipe("DRN-CURB", (_en("The drainage charge, curb and gutter, {impervious_sqft} square feet."),),
               {"impervious_sqft": ("1800", "2100", "2400", "2750")}),
    ),
    Visit.RECONNECT: (
        Recipe("ELE-RECON", (
            _en("The power was cut at my place. I need the electrical reconnection."),
            Words("Me cortaron la luz. Necesito la reconexión eléctrica.", "es", "Electrical reconnection fee."),
            Words("Nhà tôi bị cắt điện. Tôi cần nối điện lại.", "vi", "Electrical reconnection fee."),
        )),
    ),
    Visit.PERMIT: (
        Recipe("BLD-STRUCT", (_en("A structural permit for an addition; the work is valued at ${valuation}."),),
               {"valuation": ("9500.00", "14200.00", "21300.00", "27800.00")}),
        Recipe("PLB-FIXTURE", (_en("A plumbing permit for {fixtures} fixtures."),),
               {"fixtures": ("2", "3", "4", "5", "9")}),
        Recipe("HVAC-SELF", (_en("A self-contained air conditioner, {tons} tons."),), {"tons": ("2", "3", "4", "5")}),
        Recipe("BLD-FENCE", (_en("A fence permit, {linear_feet} linear feet."),), {"linear_feet": ("60", "80", "120")}),
    ),
    Visit.COPIES: (
        Recipe("REC-COPY", (_en("{pages} standard pages copied from a public record, please."),),
               {"pages": ("7", "12", "18", "24")}),
        Recipe("VIT-BIRTH", (
            _en("{copies} certified copies of my daughter’s birth record."),
            Words("{copies} copias certificadas del acta de nacimiento de mi hija.", "es",
                  "{copies} certified copies of a birth record."),
        ), {"copies": ("2", "3")}),
    ),
    Visit.ALARM: (
        Recipe("ALM-RES", (_en("We had a burglar alarm put in at home. I need the residential permit."),)),
        Recipe("ALM-NONRES", (_en("Our shop needs its burglar alarm permit, non-residential."),)),
    ),
    Visit.REINSPECTION: (Recipe("BLD-REINSP", (_en("The inspector sent me to pay the re-inspection fee."),)),),
    Visit.RETURNED: (Recipe("NSF-CHK", (_en("My check came back. I want to pay the returned-item fee"),)),),
    Visit.TRANSFER_NAME: (
        Recipe("WTR-CHGCUST", (_en("Please put the water account in my name; the address stays the same."),)),
    ),
    Visit.ADMIN: (
        Recipe("BLD-NAMECHG", (_en("The name on my permit is wrong. I pay for the change of the permit’s name."),)),
        Recipe("BLD-DUPCARD", (_en("I lost my job card. A duplicate, please."),)),
    ),
    Visit.SPLIT: (
        Recipe("BLD-DRIVE", (_en("A driveway permit. The check was cut before the fee went up; I add the rest."),)),
        Recipe("ALM-NONRES", (_en("The burglar alarm permit of our store. The check is short; I add the rest."),)),
    ),
    Visit.DEPARTMENT: (
        Recipe("HFD-ALARM-N", (_en("Parks department: the new fire alarm permit of a recreation center."),)),
    ),
}  # fmt: skip
"""What is asked for where the office’s catalogue has it; the first of a day may be any of them."""

ANY_ITEM = Words("I need this, please: {item}.")
"""What is said where the catalogue has none of the items above."""

WITHOUT_MONEY: Mapping[Visit, tuple[tuple[Words, Answer], ...]] = {
    Visit.FORMS: (
        (_en("What do I need for a driveway permit? Have you got the papers?"), Answer.FORMS),
        (_en("Where do I find the form to contest a high water bill?"), Answer.FORMS),
        (Words("¿Qué papeles necesito para vender comida en la calle?", "es",
               "Which papers do I need for a street vendor permit?"), Answer.FORMS),
        (_en("Which hours is the inspection line open? And the form for an appointment?"), Answer.FORMS),
        (Words("Cho tôi xin mẫu đơn đổi tên tài khoản nước.", "vi",
               "May I have the form to change the name on a water account?"), Answer.FORMS),
    ),
    Visit.COMPLAINT: (
        (_en("They did not pick up my trash on Thursday, again."), Answer.CASE),
        (_en("There is water running down our street since this morning."), Answer.CASE),
        (Words("Hay un bache enorme frente a mi casa y nadie viene.", "es",
               "There is a huge pothole in front of my house and nobody comes."), Answer.CASE),
        (_en("The dog next door was out on the street twice this week."), Answer.CASE),
    ),
    Visit.REFERRAL: (
        (_en("My property tax went up. I want to protest the appraisal."), Answer.REFER),
        (_en("I got a county toll ticket. Can you take it off?"), Answer.REFER),
        (_en("The judge set my court date and I cannot come. Change it, please."), Answer.REFER),
    ),
    Visit.RELEASE: (
        (_en("Reconnect permit paid, inspection passed this morning, the address is the same on both. "
             "When do I get power?"), Answer.RELEASE),
        (_en("The permit is paid, but the inspector has not come yet. Send the release anyway."), Answer.DECLINE),
        (_en("The inspection passed; my permit says Unit B and the utility says Unit D. Just release it."),
         Answer.DECLINE),
    ),
    Visit.NEW_ACCOUNT: (
        (_en("I moved in yesterday. Here are my driver license and the lease; water in my name, please."),
         Answer.VERIFY),
    ),
}  # fmt: skip

NAMES = (
    "Alma Reyes", "Brian Kowalski", "Carmen Ortega", "Daniel Osei", "Elena Petrova", "Farid Rahimi", "Grace Kim",
    "Hugo Fernández", "Imani Brooks", "José Núñez", "Karen Whitfield", "Luis Ávila", "Nadia Haddad", "Olivia Grant",
    "Quentin Moss", "Rosa Villarreal", "Sean Murphy", "Uma Iyer", "Walter Schulz", "Yvonne Duarte",
)  # fmt: skip
SPANISH_NAMES = ("Rosa Villarreal", "José Núñez", "Carmen Ortega", "Luis Ávila")
VIETNAMESE_NAMES = ("Minh Trần", "Thuỷ Lê", "Phạm Văn Đức")
