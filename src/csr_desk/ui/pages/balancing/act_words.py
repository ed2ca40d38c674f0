"""Acts, ages and amounts in words, for the queues of whoever signs; knows no Qt."""

from __future__ import annotations

from datetime import timedelta

from csr_desk.domain.money import Cents, shown
from csr_desk.domain.people import Act
from csr_desk.ui.wording import tr

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def act_words(act: Act) -> str:
    """What an act is called in a list."""
    words = {
        Act.VOID: tr("Void"),
        Act.REFUND: tr("Refund"),
        Act.CORRECT_TENDER: tr("Tender correction"),
        Act.OVERRIDE_PRICE: tr("Price by hand"),
        Act.OPEN_DRAWER: tr("Float that differs"),
        Act.WAIVE_FEE: tr("Fee waiver"),
        Act.TAKE_LISTED_CHECK: tr("Check of a listed account"),
        Act.OVERRIDE_HOLD: tr("Sale on hold"),
        Act.END_GUARANTEE: tr("Deposit given back"),
        Act.REAPPLY: tr("Reverse and apply anew"),
        Act.DROP: tr("Drop"),
        Act.PREPARE_DEPOSIT: tr("Deposit"),
        Act.CHANGE_ORDER: tr("Change order"),
        Act.REPORT_SUSPECT: tr("Suspect note"),
    }
    return words.get(act, act.value.replace("_", " ").capitalize())


def asked_words(act: Act, subject: str, amount: Cents) -> str:
    """What was asked, once it is answered: ``Refund, HPC1-0000058 (23.05)``; the question itself says "must"."""
    return f"{act_words(act)}, {subject} ({shown(amount)})"


def age_words(age: timedelta) -> str:
    """How long something waits: ``40 s``, ``3 min``, ``2 h``, ``5 d``."""
    seconds = max(0, int(age.total_seconds()))
    if seconds < _MINUTE:
        return tr("{0} s").format(seconds)
    if seconds < _HOUR:
        return tr("{0} min").format(seconds // _MINUTE)
    if seconds < _DAY:
        return tr("{0} h").format(seconds // _HOUR)
    return tr("{0} d").format(seconds // _DAY)


def change_words(before: Cents | None, after: Cents | None) -> str:
    """What becomes of a receipt: ``50.00, then 0.00``; nothing where it is no receipt."""
    if before is None or after is None:
        return ""
    return tr("{before}, then {after}").format(before=shown(before), after=shown(after))
