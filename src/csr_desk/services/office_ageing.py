"""How old what the city is owed is, by service: the columns of the ageing report and its chart (F3)."""

from __future__ import annotations

from datetime import date

from csr_desk.data.queries import collection
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.receivable.ageing import Open, age
from csr_desk.domain.receivable.collection import OfficeAgeing
from csr_desk.services.desk import Desk


def office_ageing(desk: Desk, actor: Actor) -> OfficeAgeing:
    """Return what is open today, sorted into 0–30, 31–60, 61–90 and more days late."""
    actor.require(Act.SEE_REPORTS)
    on = desk.today()
    with desk.read() as work:
        rows = collection.open_by_due(work.conn)
        stages = collection.stages(work.conn)
    found: dict[str, list[Open]] = {}
    for service, due, cents, _ in rows:
        found.setdefault(service or "other", []).append(Open(cents, date.fromisoformat(due) if due else None))
    services = tuple((name, age(found[name], on)) for name in sorted(found))
    return OfficeAgeing(desk.office, on, services, sum(count for *_, count in rows), stages)
