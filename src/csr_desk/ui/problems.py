"""The only map from an error to the screen: refusal, approval, trouble, or a fault of the program itself."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from csr_desk.domain.errors import ApprovalNeeded, Latched, Refusal, Trouble
from csr_desk.locations import data_folder
from csr_desk.services.fault_log import fault_log
from csr_desk.ui.dates import sentence_words

log = logging.getLogger("csr_desk")


class Kind(StrEnum):
    """The four kinds of errors."""

    REFUSAL = "refusal"
    APPROVAL = "approval"
    TROUBLE = "trouble"
    CRASH = "crash"


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as the screen shows it."""

    kind: Kind
    text: str
    field: str = ""
    reference: str = ""
    latched: bool = False
    """Nothing is recorded any more until the database was checked."""


def explain(error: Exception) -> Problem:
    """Say an error in a sentence; what nobody foresaw goes to the log under a reference."""
    if isinstance(error, ApprovalNeeded):
        return Problem(Kind.APPROVAL, sentence_words(error.message))
    if isinstance(error, Refusal):
        return Problem(Kind.REFUSAL, sentence_words(error.message), error.field)
    if isinstance(error, Trouble):
        text = sentence_words(str(error) or (Trouble.__doc__ or "").strip())
        return Problem(Kind.TROUBLE, text, latched=isinstance(error, Latched))
    reference = secrets.token_hex(4).upper()
    log.error("fault %s", reference, exc_info=error)
    text = QCoreApplication.translate(
        "problems",
        "The program made a mistake. What you were doing was not recorded; everything recorded before is safe. "
        "Try again; if it happens again, tell support this reference.",
    )
    return Problem(Kind.CRASH, text, reference=reference)


def keep_log() -> None:
    """Write faults to ``csr-desk.log`` in the data folder (1 MB, three of them); no amounts, no names."""
    try:
        log.addHandler(fault_log(data_folder()))
    except OSError:
        return
