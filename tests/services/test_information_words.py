"""What the time line says of requests, forms, referrals and visits, and what Enter on such a line looks at."""

from __future__ import annotations

import pytest

from csr_desk.domain.ledger import EventKind
from csr_desk.services.tape_words import details

FACTS = [
    (
        EventKind.REQUEST_OPENED,
        {"request": "SR26-000001-9", "step": "open"},
        ("request", {"type_code": "LEAK", "channel": "site_visit", "due_on": "2026-07-20"}),
        "SR26-000001-9, LEAK, site visit, due 2026-07-20",
    ),
    (
        EventKind.REQUEST_CHANGED,
        {"request": "SR26-000001-9", "step": "escalate"},
        ("request", {"escalated": "by_hand"}),
        "SR26-000001-9 escalated, (by hand)",
    ),
    (
        EventKind.REQUEST_CLOSED,
        {"request": "SR26-000001-9", "step": "close"},
        ("request", {"outcome": "no_action"}),
        "SR26-000001-9 closed, no action",
    ),
    (EventKind.CARD_SHOWN, {"card": "KA26-001-2"}, ("card_showing", {"language": "es"}), "KA26-001-2, in es"),
    (
        EventKind.NOTICE_POSTED,
        {"notice": "N26-1"},
        ("notice", {"effective_on": "2026-08-01"}),
        "N26-1, from 2026-08-01",
    ),
    (EventKind.NOTICE_POSTED, {"notice": "N26-1"}, ("notice", {"state": "withdrawn"}), "N26-1, withdrawn"),
    (EventKind.NOTICE_READ, {"notice": "N26-1"}, ("notice_read", {"at": "x"}), "N26-1"),
    (
        EventKind.FORM_HANDED,
        {"handout": "H26-1"},
        ("form_handout", {"form_no": "CE-1057", "revision": "2026-01", "language": "en", "how": "email", "copies": 2}),
        "H26-1, form CE-1057 of 2026-01 (en), email, 2 copies",
    ),
    (EventKind.FORM_HANDED, {"handout": "H26-1"}, ("form_handout", {"state": "back"}), "H26-1, came back"),
    (
        EventKind.REFERRED,
        {"referral": "RF26-1"},
        ("referral", {"need_code": "county", "company_id": "G26-1", "kind": "warm"}),
        "RF26-1, for county to G26-1, warm",
    ),
    (EventKind.REFERRAL_FOLLOWED, {"referral": "RF26-1"}, ("referral", {"state": "reached"}), "RF26-1, it helped"),
    (
        EventKind.VISIT_CHANGED,
        {"visit": "Q26-1"},
        ("visit", {"kind": "contact", "reason": "rates", "minutes": 7, "state": "done"}),
        "Q26-1, rates, 7 min",
    ),
    (
        EventKind.VISIT_CHANGED,
        {"visit": "Q26-1"},
        ("visit", {"ticket": "A017", "state": "called", "counter": "3"}),
        "A017, called, at 3",
    ),
]


@pytest.mark.parametrize(("kind", "facts", "row", "said"), FACTS, ids=[said for *_, said in FACTS])
def test_an_entry_is_told_in_words(
    kind: EventKind, facts: dict[str, str], row: tuple[str, dict[str, object]], said: str
) -> None:
    sets = [{"table": row[0], "key": ["1"], "values": row[1], "words": {}}]
    assert details(kind, {**facts, "sets": sets}) == said
