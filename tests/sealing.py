"""A live office whose days are closed and sealed, for the tests of seals and anchors, on each engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine

from csr_desk.data.engine import parse_address
from csr_desk.data.seal_keys import Signer, unlock
from csr_desk.domain.people import Actor
from csr_desk.domain.seal import Seal, SealKey
from csr_desk.services import seal_files, seals
from csr_desk.services.clock import TrainingClock
from csr_desk.services.desk import Desk
from csr_desk.services.verdicts import Against, SealFile, Verdict, verdict
from proof.counter import ACCOUNTANT, ADMIN, MORNING, Counter, make_office, new_key, open_counter

PHRASE = "a long enough passphrase"


@dataclass
class Office:
    """An office with the keys of its chain and of its finance officer, each in a folder of its own."""

    url: str
    keys: Path
    safe: Path
    counter: Counter
    signer: Signer
    public: SealKey

    @property
    def desk(self) -> Desk:
        """The open desk."""
        return self.counter.desk

    def day(self, sales: int = 3) -> None:
        """Work a whole day, from the float to the export."""
        for _, _, act in self.counter.acts(sales):
            act()

    def next_day(self) -> None:
        """Let the night pass."""
        clock = self.desk.clock
        assert isinstance(clock, TrainingClock)
        clock.set(clock.now() + timedelta(days=1))
        self.counter.cash, self.counter.taken = 20_000, 0

    def seal(self) -> Seal:
        """Seal the day that was closed."""
        command = seals.new_command(self.counter.day)
        return seals.seal_day(self.desk, ACCOUNTANT, command, self.signer).value

    def judge(self, *files: Seal | SealFile, **more: Any) -> Verdict:
        """Hold the database to seals."""
        given = tuple(
            one if isinstance(one, SealFile) else SealFile(one.statement.file_name, one.to_bytes()) for one in files
        )
        folder = more.pop("key_folder", self.keys)
        return verdict(self.url, Against(seals=given, **more), key_folder=folder)

    def tamper(self, *statements: str) -> None:
        """Change rows behind the program, its guards switched off."""
        tamper(self.url, *statements)


def tamper(url: str, *statements: str) -> None:
    """Change rows as somebody with every right to the database does it: triggers off, or dropped."""
    engine = create_engine(parse_address(url))
    try:
        with engine.begin() as conn:
            if conn.dialect.name == "postgresql":
                _as_superuser(conn, statements)
                return
            conn.exec_driver_sql("PRAGMA foreign_keys=OFF")
            made = conn.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
            for name, _ in made:
                conn.exec_driver_sql(f'DROP TRIGGER "{name}"')
            for statement in statements:
                conn.exec_driver_sql(statement)
            for _, sql in made:
                conn.exec_driver_sql(sql)
    finally:
        engine.dispose()


def _as_superuser(conn: Connection, statements: tuple[str, ...]) -> None:
    """Switch every trigger off, change, and switch them on as they were (some hold for replicas too)."""
    tables = conn.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").scalars().all()
    always = conn.exec_driver_sql(
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgenabled = 'A' AND NOT tgisinternal"
    ).all()
    for table in tables:
        conn.exec_driver_sql(f'ALTER TABLE "{table}" DISABLE TRIGGER ALL')
    for statement in statements:
        conn.exec_driver_sql(statement)
    for table in tables:
        conn.exec_driver_sql(f'ALTER TABLE "{table}" ENABLE TRIGGER ALL')
    for table, trigger in always:
        conn.exec_driver_sql(f'ALTER TABLE {table} ENABLE ALWAYS TRIGGER "{trigger}"')


def cut(series: str, seq: int) -> tuple[str, ...]:
    """Give the statements that cut a series off after an entry, with a head that looks as if nothing had been."""
    rows = [
        f"DELETE FROM {table} WHERE series_id = '{series}' AND seq > {seq}"  # noqa: S608 - our own attack
        for table in ("note_text", "ledger_note", "ledger_posting", "ledger_tender", "ledger_line", "ledger_event")
    ]
    head = f"""UPDATE series SET last_seq = {seq},
        last_receipt_no = (SELECT COALESCE(MAX(receipt_no), 0) FROM ledger_event WHERE series_id = '{series}'),
        perpetual_minor = (SELECT COALESCE(SUM(amount_minor), 0) FROM ledger_tender WHERE series_id = '{series}'),
        head_mac = (SELECT mac FROM ledger_event WHERE series_id = '{series}' AND seq = {seq})
        WHERE series_id = '{series}'"""  # noqa: S608 - our own attack
    return (*rows, head)


@contextmanager
def office(url: str, folder: Path) -> Iterator[Office]:
    """Make an office, its seal key set, ready for the morning."""
    keys, safe = folder / "keys", folder / "safe"
    make_office(url, keys)
    public, _ = seal_files.new_key(safe / "officer.pem", PHRASE)
    counter = open_counter(url, keys, clock=TrainingClock(MORNING, running=False))
    seals.set_seal_key(counter.desk, ADMIN, seals.SetSealKey(new_key(), public))
    try:
        yield Office(url, keys, safe, counter, unlock(safe / "officer.pem", PHRASE), public)
    finally:
        counter.desk.close()


__all__ = ["ACCOUNTANT", "ADMIN", "PHRASE", "Actor", "Office", "cut", "office", "tamper"]
