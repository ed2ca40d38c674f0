"""The list that payables get: every request with its payee, address and names, and the sum."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from csr_desk.documents.payables_request import payables_list_pdf
from csr_desk.domain.payables import PayablesList, PayablesRequest, RequestState
from documents.reading import pages
from documents.samples import OFFICE

REQUEST = PayablesRequest(
    "P-HPC3-0000002", "HPC3-0000001", "HPC3-0000002", 6277, "Luis Lopez", "1 Pine St, Houston", RequestState.SENT,
    date(2026, 7, 14), "Nguyễn Thị Lan", "Robert Hayes", "Ana Lopez", "Work not begun", "Widower",
)  # fmt: skip
OTHER = replace(REQUEST, request_id="P-HPC3-0000009", amount=3270, payor="", reason="", payee_reason="", approved_by="")


def test_a_list_names_every_payee_who_stands_for_it_and_the_sum() -> None:
    sent = PayablesList(OFFICE, "HPC-7", datetime(2026, 7, 14, 21, 0, tzinfo=UTC), "Samuel Park", (REQUEST, OTHER))
    told = " ".join(" ".join(pages(payables_list_pdf(sent))).split())
    assert payables_list_pdf(sent) == payables_list_pdf(sent)
    for words in (
        "Payables list HPC-7", "2 requests · $95.47", "Handed over 14 Jul 2026 16:00:00", "P-HPC3-0000002 · $62.77",
        "Luis Lopez", "1 Pine St, Houston", "Ana Lopez", "not named", "Nguyễn Thị Lan", "Robert Hayes",
        "to be reviewed", "Reason: Work not begun", "Somebody else than the payor is paid: Widower", "$95.47",
    ):  # fmt: skip
        assert words in told, words
