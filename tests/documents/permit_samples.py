"""A permit on paper, for the tests of documents."""

from __future__ import annotations

from datetime import date

from csr_desk.data.permit_keys import permit_signer
from csr_desk.domain.permit_paper import PermitPaper
from csr_desk.domain.permit_statement import PermitStatement
from documents.samples import OFFICE

SIGNER = permit_signer(b"k" * 32, 1)
SAID = PermitStatement(
    "HPC", "P26-000001-9", "Reconnection fee", "4107 Leeland St, Unit B", "2026-07-14", "2027-01-10", "K26-00001-7",
    "26-118842-1",
)  # fmt: skip
CODE = SAID.code(SIGNER.key_id, SIGNER.sign(SAID.signed))


def permit_paper(**more: object) -> PermitPaper:
    """A reconnect permit in force, with plausible facts."""
    facts: dict[str, object] = {
        "office": OFFICE, "number": SAID.permit, "state": "issued", "what": SAID.what, "trade": "electrical",
        "site": SAID.site, "project": SAID.project, "contractor": "Bayou Volt Electric LLC (K26-00001-7)",
        "issued": date(2026, 7, 14), "expires": date(2027, 1, 10), "validity": "", "receipt": "HPC1-0000021",
        "paid": 12756, "renewals": 0,
        "inputs": (("ESI ID", "1008901023800009999999"), ("Utility", "CenterPoint"), ("Project number", "26-118842-1")),
        "changes": ((date(2026, 7, 20), "Corrected: the deed says Unit B"),), "code": CODE, **more,
    }  # fmt: skip
    return PermitPaper(**facts)  # type: ignore[arg-type]
