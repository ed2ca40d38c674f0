"""What ends with a permit: nothing is due any more on one that is void or revoked."""

from __future__ import annotations

from csr_desk.data.models import permit_change
from csr_desk.data.queries import Connection, permits, told
from csr_desk.domain.telling import Change

VOID, REVOKED = "void", "revoked"
OVER = frozenset({VOID, REVOKED})
"""States of a permit in which nobody pays a supplement any more."""


def dropped(conn: Connection, number: str, *, refunds: bool = True) -> list[Change]:
    """Say that what is due on a permit that ends is due no more; its row is locked.

    Without ``refunds`` what an amendment gives back stays due: the city owes it.
    """
    rows = [
        told.record(conn, permit_change, one.permit, one.n, lock=True)
        for one in permits.due_of(conn, [number])
        if one.amount > 0 or refunds
    ]
    return [told.changed(permit_change, row, {"state": "cancelled"}) for row in rows if row is not None]
