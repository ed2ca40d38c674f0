"""Work orders that a payment opens by itself: the policy says which items send a crew, and how soon (F9, G13).

Each is an entry of its own right behind the sale, in the same transaction: the crew is told, or nothing was sold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from csr_desk.data.models import work_order
from csr_desk.data.queries import Connection, told
from csr_desk.data.queries import work_orders as rows
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.cart_lines import LineKind, PricedLine
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind
from csr_desk.domain.people import Actor
from csr_desk.domain.steps import WORK_ORDER
from csr_desk.domain.work_orders import Source, WorkRule, rules_of
from csr_desk.services import telling
from csr_desk.services.collection_steps import Where
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.new_work import NewWork, laid_out, opened_facts, subjects_of

NOWHERE = "No address was keyed: ask the office."
_SITES = ("service_address", "address")
"""The inputs of items that say where; without one the account does."""


@dataclass(frozen=True, slots=True)
class Sold:
    """What a sale sold: its lines, those of the orders that it pays among them, and whose it is."""

    lines: Sequence[PricedLine]
    customer: str
    projects: Mapping[str, str] = field(default_factory=dict)
    """The project of each order among the lines."""


def open_after(work: Work, desk: Desk, sold: Sold, sale: tuple[EventKey, EntryDraft]) -> tuple[str, ...]:
    """Open what the lines of a sale ask for, keyed now or on an order that it pays, and return the numbers."""
    key, draft = sale
    rules = rules_of(desk.policy.work_order_items)
    numbers = []
    for at, (rule, line) in enumerate(_asked(rules, sold.lines), 1):
        new = _new(work.conn, rule, line, sold, key)
        number, changes, subjects = laid_out(desk, work.conn, draft.actor, new)
        name = f"{draft.idem_key}/work/{at}"
        entry = EntryDraft(
            draft.series, EventKind.WORK_ORDER_OPENED, draft.business_date, draft.actor, name,
            content_hash=content_of(desk, draft.actor, name), batch=draft.batch, facts=opened_facts(number, new),
        )  # fmt: skip
        telling.tell(work, desk, entry, changes, subjects)
        numbers.append(number)
    return tuple(numbers)


def call_off(work: Work, desk: Desk, actor: Actor, paid: EventKey, where: Where) -> tuple[str, ...]:
    """Call off what nobody has begun of the work that a payment asked for, and return it: it is taken back now."""
    called = []
    for number in rows.waiting_for(work.conn, paid):
        row = told.record(work.conn, work_order, number, lock=True)
        if row is None or not WORK_ORDER.can("cancel", row["state"]):
            continue
        name = f"{where.key}/work/{number}"
        entry = EntryDraft(
            where.series, EventKind.WORK_ORDER_CHANGED, where.day, actor.user, name,
            content_hash=content_of(desk, actor.user, name), batch=where.batch,
            facts={"work_order": number, "kind": row["kind"], "step": "cancel"},
        )  # fmt: skip
        values = {"state": WORK_ORDER.after("cancel", row["state"]), "closed_on": desk.today().isoformat()}
        off = told.changed(work_order, row, values, {"result": "Its payment was taken back."})
        telling.tell(work, desk, entry, [off], subjects_of(row))
        called.append(number)
    return tuple(called)


def _asked(rules: dict[str, WorkRule], lines: Sequence[PricedLine]) -> Iterator[tuple[WorkRule, PricedLine]]:
    for line in lines:
        if line.kind is LineKind.ITEM and line.item in rules:
            yield rules[line.item], line


def _subject(conn: Connection, line: PricedLine, sold: Sold) -> tuple[str, rows.Place | None]:
    """Say what the work is about and where that is: the account that a line names, else the project of its order."""
    account, project = str(line.inputs.get("account", "")).strip(), sold.projects.get(line.order, "")
    for subject in (about.account(account) if account else "", about.project(project) if project else ""):
        if subject and (place := rows.place_of(conn, subject)) is not None:
            return subject, place
    return "", None


def _new(conn: Connection, rule: WorkRule, line: PricedLine, sold: Sold, paid: EventKey) -> NewWork:
    """Lay the work of a line out: where its inputs say, or where its account or the project of its order is."""
    subject, place = _subject(conn, line, sold)
    keyed = next((text for field in _SITES if (text := str(line.inputs.get(field, "")).strip())), "")
    return NewWork(
        rule.kind, line.name, keyed or (place.site if place else "") or NOWHERE, Source.PAYMENT, subject,
        (place.customer if place else "") or sold.customer, rule.priority, paid=paid,
    )  # fmt: skip
