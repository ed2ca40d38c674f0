"""How old what the city is owed is, by service: the columns of the ageing report and its chart (F3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from csr_desk.data.queries import collection
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.receipt import Office
from csr_desk.domain.receivable.ageing import Aged, Open, age
from csr_desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class OfficeAgeing:
    """What is open on a day, by service and age (cents), with the accounts at each stage of collection."""

    office: Office
    on: date
    services: tuple[tuple[str, Aged], ...]
    bills: int
    stages: dict[str, int]

    @property
    def total(self) -> Aged:
        """All services together."""
        columns = zip(*(aged.columns for _, aged in self.services), strict=True)
        return Aged(*(sum(column) for column in columns)) if self.services else Aged()


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
