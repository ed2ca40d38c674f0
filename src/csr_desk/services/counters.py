"""Where somebody works: the drawer that they hold, for the queue's display and for who comes to help."""

from __future__ import annotations

from csr_desk.data.queries import Connection, batches

WITHOUT_DRAWER = "Information"
"""Where somebody works who holds no drawer; it stands on the wall of the waiting room, so it names nobody."""


def counter_of(conn: Connection, user: str) -> str:
    """Return the name of the drawer that a person holds now, or what stands for the information desk."""
    held = batches.unfinished_of(conn, user)
    return WITHOUT_DRAWER if held is None else held.drawer_name
