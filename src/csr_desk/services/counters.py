"""Where somebody works: the drawer that they hold, for the queue's display and for who comes to help."""

from __future__ import annotations

from csr_desk.data.queries import Connection, batches


def counter_of(conn: Connection, user: str) -> str:
    """Return the name of the drawer that a person holds now, or the person's own where they hold none."""
    held = batches.unfinished_of(conn, user)
    return user if held is None else held.drawer_name
