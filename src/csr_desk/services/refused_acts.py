"""Acts that were refused because of who tried them: an auditor sees the tries, too (J6).

Written after the refusal, in a transaction of its own: what succeeds pays nothing for it.
"""

from __future__ import annotations

from csr_desk.data.queries import people
from csr_desk.domain.errors import NotPermitted, SelfApproval, WrongSecret
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.people import Actor
from csr_desk.services import people_journal
from csr_desk.services.desk import Desk
from csr_desk.services.people_journal import Happening


def is_reported(error: BaseException) -> bool:
    """Say whether a refusal belongs into the journal; a wrong secret has an entry of its own already."""
    return isinstance(error, NotPermitted | SelfApproval) and not isinstance(error, WrongSecret)


def report(desk: Desk, actor: Actor, error: BaseException, key: str = "") -> bool:
    """Write that an act was refused to a person; return whether there was anything to write.

    The same ``key`` writes it once, however often the same command is refused.
    """
    if not isinstance(error, NotPermitted | SelfApproval) or isinstance(error, WrongSecret):
        return False
    facts: dict[str, object] = {"code": error.code, "act": error.act, "role": actor.role.value, "user": actor.user}
    if isinstance(error, SelfApproval):
        facts |= {"subject": error.subject, "amount": error.amount}
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if people.one_staff(work.conn, actor.user) is None:
            return False
        by = people_journal.writer_of(actor)
        words = {"sentence": error.message[:500]}
        people_journal.append(work, desk, Happening(EventKind.ACT_REFUSED, by, facts, key, words))
    return True
