"""Files for other systems: the GL journal of a closed day, once; and the whole ledger as beancount text."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from csr_desk.data.queries import export_runs, heads, office, revenue
from csr_desk.data.queries.entries import Event
from csr_desk.data.queries.export_runs import ExportRecord
from csr_desk.data.queries.revenue import BookedEntry, JournalRow
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import Ineligible, NotFound, NotPermitted, Trouble
from csr_desk.domain.ledger import EntryDraft, EventKind, receipt_number
from csr_desk.domain.money import Cents, plain
from csr_desk.domain.people import Act, Actor
from csr_desk.services.desk import Desk
from csr_desk.services.spreadsheet_text import write_rows

_COLUMNS = (
    "journal", "business_date", "fiscal_year", "period", "kind", "fund", "cost_center", "gl", "internal_order",
    "currency", "debit", "credit", "entries", "ledger_head",
)  # fmt: skip
_FIGURES = frozenset({10, 11, 12})
HEAD_DIGITS = 16
"""Of the head in each row: 64 bits, enough to key back with ``csr-desk verify --head``."""
_CODES = frozenset({5, 6, 7, 8})


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file for another system; ``total`` is the sum of its debits in cents."""

    name: str
    content: bytes
    sha256: str
    rows: int
    total: Cents
    again: bool
    """True when this day had been exported before: these are the same bytes."""


@dataclass(frozen=True, slots=True)
class ExportJournal:
    """Export the GL journal of a closed business date."""

    key: str
    business_date: date


def gl_journal(desk: Desk, actor: Actor, command: ExportJournal) -> Done[ExportFile]:
    """Give the balanced journal of a closed day (D18); raise NotFound or Ineligible for a day that is not closed.

    A demonstration's journal is marked in its name and in each row; a training day's is refused (NotPermitted).
    """
    actor.require(Act.EXPORT_JOURNAL)
    day = command.business_date
    refuse_training_day(desk)
    name = f"{_mark(desk)}gl-{desk.office.office_id}-{day.isoformat()}.csv"
    with desk.begin() as work:
        state = office.day_state(work.conn, day)
        if state is None:
            raise NotFound(f"There was no business day {day.isoformat()}.", field="business_date")
        if state != "closed":
            raise Ineligible(f"{day.isoformat()} is still open. Close the day first, then export its journal.")
        work.lock_series(desk.office_series)
        kept = export_runs.find(work.conn, "gl", day)
        now = desk.now_text()
        closed = heads.closed_days(work.conn, day).get(day)
        if closed is None:
            raise Trouble(f"The ledger has no entry of the close of {day.isoformat()}. Verify it: “csr-desk verify”.")
        made = kept or _make(revenue.journal(work.conn, day), _journal_number(desk, day), closed, desk)
        written = work.append(
            EntryDraft(
                series=desk.office_series,
                kind=EventKind.EXPORT,
                business_date=day,
                actor=actor.user,
                idem_key=command.key,
                facts={
                    "kind": "gl", "file": name, "sha256": made.sha256, "rows": made.rows, "total": plain(made.total),
                    "again": kept is not None,
                },
            ),
            now,
        )  # fmt: skip
        if kept is None:
            export_runs.keep(
                work.conn,
                {
                    "export_id": made.export_id, "kind": "gl", "business_date": day.isoformat(),
                    "sha256": made.sha256, "rows": made.rows, "total_minor": made.total, "content": made.content,
                    "created_at": now, "created_by": actor.user, "series_id": written.key.series,
                    "seq": written.key.seq,
                },
            )  # fmt: skip
    again = kept is not None
    file = ExportFile(name, made.content, made.sha256, made.rows, made.total, again)
    return Done(file, frozenset({Topic.DAY}), written.replayed)


def beancount(desk: Desk, actor: Actor, first: date | None = None, last: date | None = None) -> bytes:
    """Give the ledger as beancount text (UTF-8), which ``bean-check`` accepts: an independent judge of the books."""
    actor.require(Act.EXPORT_JOURNAL)
    refuse_training_day(desk)
    with desk.read() as work:
        entries = revenue.entries(work.conn, first, last)
    title = f"{_mark(desk)}{desk.office.name}"
    lines = [f'option "title" "{_quoted(title)}"', f'option "operating_currency" "{desk.currency}"', ""]
    opened: dict[str, date] = {}
    for entry in entries:
        for account, _, _ in entry.postings:
            opened[account] = min(entry.business_date, opened.get(account, entry.business_date))
    lines += [f"{day.isoformat()} open {_account(name)} {desk.currency}" for name, day in sorted(opened.items())]
    lines.append("")
    for entry in entries:
        lines += _transaction(entry)
    return ("\n".join(lines) + "\n").encode("utf-8")


def refuse_training_day(desk: Desk) -> None:
    """Raise NotPermitted in an office made for training days: nothing of it goes to the general ledger (J7)."""
    if desk.office.training_day:
        raise NotPermitted("This is a training office: nothing of it goes to the general ledger.")


def fiscal(day: date, first_month: int) -> tuple[int, int]:
    """Return fiscal year (named by its end) and period 1–12 of a date."""
    period = (day.month - first_month) % 12 + 1
    year = day.year + (1 if first_month > 1 and day.month >= first_month else 0)
    return year, period


def _journal_number(desk: Desk, day: date) -> str:
    return f"{_mark(desk)}{desk.office.office_id}-{day:%Y%m%d}"


def _mark(desk: Desk) -> str:
    """What the journal of an office without real money is called by, in its name and in each of its rows (J7)."""
    return "TRAINING-" if desk.office.training else ""


def _make(rows: Iterable[JournalRow], journal: str, closed: Event, desk: Desk) -> ExportRecord:
    """Lay the journal out; each row carries the head of the ledger at the day's close, as a witness outside of it."""
    day, head = closed.business_date, f"{closed.key.series}:{closed.key.seq}:{closed.mac.hex()[:HEAD_DIGITS]}"
    year, period = fiscal(day, desk.office.fiscal_year_start)
    table: list[tuple[str | int, ...]] = [_COLUMNS]
    debits = credited = 0
    for row in rows:
        fund, center, gl, *order = row.account.split(".")
        table.append((
            journal, day.isoformat(), f"FY{year}", f"{period:02d}", row.kind, fund, center, gl,
            order[0] if order else "", row.currency, plain(row.debit), plain(row.credit), row.entries,
            head,
        ))  # fmt: skip
        debits += row.debit
        credited += row.credit
    if debits != credited:
        raise AssertionError(f"The journal of {day} does not balance: {debits} and {credited} cents.")
    content = write_rows(table, numbers=_FIGURES | _CODES)
    export_id = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{journal}/gl"))
    return ExportRecord(export_id, hashlib.sha256(content).hexdigest(), len(table) - 1, debits, content)


def _transaction(entry: BookedEntry) -> list[str]:
    title = entry.kind.replace("_", " ")
    if entry.receipt_no is not None:
        title += " " + receipt_number(entry.series, entry.receipt_no)
    head = f'{entry.business_date.isoformat()} * "{_quoted(title)}"'
    body = [f'  series: "{_quoted(entry.series)}"', f"  seq: {entry.seq}", f'  clerk: "{_quoted(entry.actor)}"']
    rows = [f"  {_account(account)}  {plain(amount)} {currency}" for account, amount, currency in entry.postings]
    return [head, *body, *rows, ""]


_KINDS = {"1": "Assets", "2": "Liabilities", "4": "Income", "5": "Expenses"}


def _account(account: str) -> str:
    """``2301.2000050001.421010`` becomes ``Income:F2301:C2000050001:G421010``: the GL number's first digit decides."""
    fund, center, gl, *order = account.split(".")
    parts = [_KINDS.get(gl[:1], "Expenses"), f"F{fund}", f"C{center}", f"G{gl}", *(f"O{part}" for part in order)]
    return ":".join(parts)


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
