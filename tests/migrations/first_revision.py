"""An office as the first release left it: a database at revision 0001, its entries sealed under chain version 1.

Nothing of the program that came later writes here: the rows are laid out for the tables of 0001 and sealed with the
canon of version 1, which is fixed for ever.
"""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from csr_desk import locations
from csr_desk.data import ledger_writer, postgres, schema, sqlite
from csr_desk.data.engine import Store, parse_address
from csr_desk.data.models import metadata
from csr_desk.data.unit_of_work import write
from csr_desk.domain import chain
from csr_desk.domain.ledger import NUMBERED, EntryDraft, EventKey, EventKind
from data.office import AT, DAY, sale, seed

REVISION = "0001"
LATER_COLUMNS = ("account_hash", "check_date")
"""What 0002 adds to the tenders."""

Rows = dict[str, list[dict[str, Any]]]


def upgrade_to(engine: Engine, revision: str = REVISION) -> None:
    """Bring an empty database to a revision, as the program of that time did."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL ROLE {postgres.OWNER_ROLE}")
        config = Config()
        config.set_main_option("script_location", str(locations.migrations()).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("GRANT SELECT ON alembic_version TO csr_app")


def open_as_it_is(url: str) -> Store:
    """Open a database without bringing it up to date, which the program never does."""
    address = parse_address(url)
    if address.drivername == "sqlite":
        path = Path(str(address.database))
        path.touch()
        return Store(address, "sqlite", sqlite.make_engine(path, writing=False), sqlite.make_engine(path, writing=True))
    engine = postgres.make_engine(address, as_app=True)
    return Store(address, "postgresql", engine, engine)


def empty_at(url: str, revision: str) -> Store:
    """Bring an empty database to a revision and open it as it is; raise Trouble if it is not just that."""
    address = parse_address(url)
    if address.drivername == "sqlite":
        store = open_as_it_is(url)
        upgrade_to(store.write_engine, revision)
    else:
        login = postgres.make_engine(address, as_app=False)
        postgres.ensure_roles(login)
        upgrade_to(login, revision)
        login.dispose()
        store = open_as_it_is(url)
    with store.engine.connect() as connection:
        schema.refuse_altered(connection, revision)
    return store


def make(url: str) -> None:
    """Make the office of the first release in an empty database."""
    store = empty_at(url, REVISION)
    try:
        seed(store)
        fill_in(store)
    finally:
        store.close()


def fill_in(store: Store) -> None:
    """Record a morning: a drawer is opened, five sales of which the fourth is void, an entry of the office."""
    batch = {"batch_id": "B1", "drawer_id": "HPC-1", "business_date": DAY.isoformat(), "custodian_id": "clerk1"}
    with write(store) as work:
        row = {**batch, "state": "open", "suspended": 0, "attempts": 0, "opened_seq": 1}
        work.conn.execute(metadata.tables["batch"].insert(), row)
        facts = {"counted": 20_000, "authorized": 20_000, "pieces": {"2000": 10}}
        append(
            work.conn,
            store,
            EntryDraft("HPC-1", EventKind.BATCH_OPENED, DAY, "clerk1", "open", batch="B1", facts=facts),
        )
        for number, amount in enumerate((6_437, 20_311, 131, 4_860, 150), 1):
            append(work.conn, store, sale(f"sale {number}", amount, batch="B1"))
        back = sale(
            "void 4", -4_860, kind=EventKind.VOID, reverses=EventKey("HPC-1", 5), approver="supervisor1", batch="B1"
        )
        append(work.conn, store, back)
        append(work.conn, store, EntryDraft("HPC", EventKind.CLOCK_JUMP, DAY, "clerk1", "jump", facts={"seconds": -90}))


def append(connection: Connection, store: Store, draft: EntryDraft) -> None:
    """Write one entry as the first release did: version 1, without the columns that came later."""
    top = ledger_writer.head(connection, draft.series)
    receipt_no = top.last_receipt_no + 1 if draft.kind in NUMBERED else None
    rows: Rows = ledger_writer.entry_rows(draft, top.last_seq + 1, receipt_no, AT, top.currency)
    for tender in rows["ledger_tender"]:
        for column in LATER_COLUMNS:
            tender.pop(column)
    event = rows["ledger_event"][0]
    event |= {"chain_version": 1, "event_uuid": str(uuid.uuid4()), "prev_mac": bytes(top.head_mac)}
    event["mac"] = chain.mac(store.key, event["prev_mac"], chain.canon(rows, version=1))
    for table in ("ledger_line", "ledger_tender", "ledger_posting", "ledger_note", "note_text", "ledger_event"):
        if rows[table]:
            connection.execute(metadata.tables[table].insert(), rows[table])
    perpetual = top.perpetual_minor + sum(tender.amount for tender in draft.tenders)
    values = {"seq": event["seq"], "receipt_no": receipt_no or top.last_receipt_no, "perpetual": perpetual}
    connection.exec_driver_sql(
        ledger_writer._NEW_HEAD[store.dialect], {**values, "series": draft.series, "mac": event["mac"]}
    )
