"""The trials of bills: services by the catalogue, penalties, balances, statements (see ``role_trials``)."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from csr_desk.documents.statement import statements_bound
from csr_desk.domain.errors import Conflict
from csr_desk.domain.people import Act
from csr_desk.services import accounts, penalties, service_bills, statement_runs, statements
from demo_city import City

if TYPE_CHECKING:
    from services.role_trials import World

SPAN = (date(2026, 7, 1), date(2026, 7, 14))


def bill_late(city: City) -> None:
    """Open an account with a late bill, for the world that the trials find."""
    who = city.who("clerk1")
    accounts.add_customer(city.desk, who, accounts.NewCustomer("billed", "Duc Tran", number="C-B"))
    accounts.add_account(city.desk, who, accounts.NewAccount("billed", "0002", "C-B", "water"))
    water = (accounts.BillItem(None, "Water", 6437),)
    command = accounts.NewBill("billed", "0002", water, date(2026, 7, 1), "LATE", date(2026, 6, 15))
    accounts.add_bill(city.desk, who, command)


def _service_bill(world: World) -> object:
    city = world.city
    command = service_bills.ServiceBill(
        city.key(), "0002", *SPAN, ("WTR-SFR",), {"meter_size": "3/4"}, usage=Decimal(3)
    )
    return service_bills.bill_service(city.desk, world.actor, command)


def _run(world: World) -> object:
    """Make the statements in a folder that goes away again."""
    city = world.city
    with tempfile.TemporaryDirectory() as folder:
        span = statements.StatementSpan(*SPAN)
        command = statement_runs.RunStatements(city.key(), span, Path(folder) / "run")
        made = statement_runs.run_statements(city.desk, world.actor, command, statements_bound)
        if made is None or not made.files:
            raise Conflict
        return made


def _penalties(world: World) -> object:
    city = world.city
    return penalties.charge_penalties(city.desk, world.actor, penalties.ChargePenalties(city.key()))


def _of_account(read: Callable[..., object], *more: object) -> Callable[[World], object]:
    def trial(world: World) -> object:
        return read(world.city.desk, world.actor, "0002", *more)

    return trial


def _statements(world: World) -> object:
    return tuple(statements.statements(world.city.desk, world.actor, ("0002",), SPAN))


def _to_state(world: World) -> object:
    return statements.accounts_to_state(world.city.desk, world.actor, statements.StatementSpan(*SPAN))


TRIALS: dict[str, tuple[Act, Callable[[World], object]]] = {
    "service_bills.bill_service": (Act.EDIT_ACCOUNTS, _service_bill),
    "penalties.charge_penalties": (Act.CHARGE_BILLS, _penalties),
    "statements.balance_at": (Act.SEE_CUSTOMERS, _of_account(statements.balance_at)),
    "statements.story_of": (Act.SEE_CUSTOMERS, _of_account(statements.story_of)),
    "statements.statement": (Act.SEE_CUSTOMERS, _of_account(statements.statement, SPAN)),
    "statements.statements": (Act.COLLECT, _statements),
    "statements.accounts_to_state": (Act.COLLECT, _to_state),
    "statement_runs.run_statements": (Act.COLLECT, _run),
}
"""By module and function: the act, and how it is tried."""
