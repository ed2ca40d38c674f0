"""What is keyed to prepare an adjustment, read: months, gallons by month, and the evidence of each kind."""

from __future__ import annotations

import re
from datetime import date

from csr_desk.domain.errors import BadInput
from csr_desk.domain.receivable.adjusting import Kind
from csr_desk.ui.context import Field
from csr_desk.ui.wording import tr

_MONTH = re.compile(r"(\d{1,2})/(\d{4})")
_USE = re.compile(r"(\d{1,2}/\d{4})\s+(\d[\d,]*)")
_PARTS = re.compile(r"[;\n]|,\s+(?=\d{1,2}/)")
_YEARS = range(2000, 2100)
_MOST_MONTH = 12


def read_month(words: str) -> date:
    """Read ``6/2026``; raise BadInput."""
    found = _MONTH.fullmatch(words.strip())
    if found is None or not 1 <= int(found[1]) <= _MOST_MONTH or int(found[2]) not in _YEARS:
        raise BadInput(tr("“{0}” is not a month. Key it like 6/2026.").format(words.strip()[:20]), field="months")
    return date(int(found[2]), int(found[1]), 1)


def read_months(words: str) -> tuple[date, ...]:
    """Read months with commas between; nothing gives none."""
    return tuple(read_month(part) for part in re.split(r"[,;]", words) if part.strip())


def read_uses(words: str) -> tuple[tuple[date, int], ...]:
    """Read ``5/2026 5,000; 4/2026 5200``; nothing gives none. Raise BadInput."""
    found = []
    for part in _PARTS.split(words):
        if not part.strip():
            continue
        one = _USE.fullmatch(part.strip())
        if one is None:
            raise BadInput(tr("Key a month and its gallons, like 5/2026 5,000; 4/2026 5,200."), field="use")
        found.append((read_month(one[1]), int(one[2].replace(",", ""))))
    return tuple(found)


def evidence_fields(kind: Kind) -> tuple[Field, ...]:
    """Return a field for each piece of evidence that a kind asks for."""
    words = {
        "repair_date": (tr("Day of the repair"), tr("6/20; proof is attached afterwards")),
        "repair_address": (tr("Where it was repaired"), ""),
        "repair_type": (tr("What was repaired"), tr("slab leak, toilet, service line")),
        "repair_cost": (tr("What it cost"), ""),
        "circumstances": (tr("What happened"), tr("in a sentence; proof is attached afterwards")),
        "finding": (tr("What was found wrong"), tr("meter read as 8, was 9")),
    }
    return tuple(Field(name, words[name][0], hint=words[name][1]) for name in kind.evidence)
