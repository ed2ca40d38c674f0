"""The answers and the mistakes of a training day in words. Knows no Qt."""

from __future__ import annotations

from csr_desk.domain.training_score import Mistake
from csr_desk.domain.training_visits import Answer
from csr_desk.ui.wording import tr


def answer_words() -> dict[Answer, str]:
    """What can be done for somebody who brings no money, in the order of the digits."""
    return {
        Answer.FORMS: tr("Give the form or the answer and log the visit"),
        Answer.CASE: tr("Open a case and give its number"),
        Answer.REFER: tr("Refer to the office that decides, with a record"),
        Answer.RELEASE: tr("Send the service release to the utility"),
        Answer.VERIFY: tr("Check photo ID and lease, then open the account"),
        Answer.DECLINE: tr("Say what is missing; nothing can be done yet"),
    }


def mistake_words() -> dict[Mistake, str]:
    """What went wrong, by kind."""
    return {
        Mistake.ITEMS: tr("wrong item, quantity or input"),
        Mistake.TOTAL: tr("wrong total"),
        Mistake.TENDERS: tr("wrong tender, amount or number"),
        Mistake.CHANGE: tr("wrong change"),
        Mistake.ACTS: tr("something done that should not be, or left undone"),
        Mistake.VISIT: tr("not served, or served with the wrong answer"),
    }
