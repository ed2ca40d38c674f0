"""What a certificate of a training day says, and the text that its code is made of. Points in hundredths."""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from csr_desk.domain.receipt import Office
from csr_desk.domain.training_score import Mistake, Score


@dataclass(frozen=True, slots=True)
class Certificate:
    """A finished training day on paper."""

    office: Office
    run_id: str
    user: str
    name: str
    title: str
    seed: int
    business_date: date
    finished_at: datetime
    """UTC, aware, by the training office's clock."""
    customers: int
    served: int
    score: Score
    mistakes: tuple[tuple[Mistake, int], ...]
    code: str
    """Ten characters that prove the paper against the training office's database."""


def certificate_code(key: bytes, *facts: object) -> str:
    """Make the code of a certificate: ten letters and figures of a keyed fingerprint of what it says."""
    text = "\x1f".join(["training certificate", *(str(fact) for fact in facts)])
    return base64.b32encode(hmac.new(key, text.encode(), sha256).digest())[:10].decode("ascii")
