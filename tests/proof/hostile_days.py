"""Whole days at the counter in which every word that anybody keys is hostile; then every file that the days give."""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csr_desk.data.queries import revenue
from csr_desk.devices.escpos import slip_bytes
from csr_desk.documents.evidence import evidence_pdf
from csr_desk.documents.exceptions import exceptions_pdf
from csr_desk.documents.receipt import receipt_pdf
from csr_desk.documents.till_slip import till_rows
from csr_desk.domain.errors import Ineligible
from csr_desk.domain.ledger import receipt_number
from csr_desk.domain.people import Actor
from csr_desk.services import (
    change_funds,
    exceptions,
    exports,
    ledger_csv,
    payables,
    receipts,
    replay,
    reports,
    setup,
    staff,
    virtual_tape,
)
from csr_desk.services.catalogue_files import save_folder
from csr_desk.services.desk import Desk, open_desk
from csr_desk.services.evidence import files as evidence_files
from csr_desk.services.evidence.pack import gather
from proof.hostile_words import WORDS
from proof.judges import beancount_faults, csv_faults, json_faults, pdf_faults, till_faults
from proof.table import Tier
from services.role_states import DryDesk

if TYPE_CHECKING:
    from proof.hostile_papers import Judged

SCENARIOS = Path(__file__).parents[1] / "scenarios"
RICHEST = ("24", "26", "27", "28", "29", "32", "34", "35", "36")
"""Scenarios in which the most is keyed."""
KEYED = frozenset({
    "reason", "authority", "description", "bank_reason", "name", "customer", "words", "payee", "override_reason",
    "address", "title", "answer", "service_address", "memo", "drawn_by", "violation", "vehicle", "serial", "sentence",
    "registrant_name", "owner", "letters", "exemption_certificate", "department", "defendant", "applicant_id", "auth",
    "bag", "number", "brand", "document", "reference", "payor", "phone", "series_year", "place", "verdict",
    "payee_reason", "account_number", "street", "email", "notes", "note", "about", "explained",
})  # fmt: skip
"""Words of a step that a person keys; a word that the service refuses there is keyed as the scenario has it."""
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
MANIFEST = frozenset({
    "office", "name", "from", "to", "made_at", "made_by", "verified", "sound", "series", "controls", "files",
})  # fmt: skip


def play(judged: Judged, tier: Tier, folder: Path) -> None:
    """Play scenarios, and judge every file of each day."""
    folder.mkdir(exist_ok=True)
    office = folder / "fresh.sqlite"
    setup.make_demo_office(f"sqlite:///{office}", key_folder=folder / "keys")
    wanted = {Tier.TASTE: RICHEST[1:2], Tier.COMMIT: RICHEST[:5]}.get(tier, ("",))
    words = cycle(WORDS.values())
    for path in sorted(SCENARIOS.glob("*.jsonl")):
        if path.name.startswith(wanted):
            file = folder / f"{path.stem}.sqlite"
            shutil.copyfile(office, file)
            with closing(open_desk(f"sqlite:///{file}", key_folder=folder / "keys")) as desk:
                kept = Day(desk).play(path.read_bytes(), words)
                judged.look(f"{path.stem}: words kept", lambda kept=kept: () if kept else ("none was kept",))  # type: ignore[misc]
                judge(judged, path.stem, desk)


@dataclass
class Day:
    """A scenario while it is played, so that a step can be tried before it is done."""

    desk: Desk
    script: replay.Script = field(default_factory=lambda: replay.Script((), "hostile"))

    def play(self, content: bytes, words: Iterator[str]) -> int:
        """Do every step with hostile words as far as they are taken; return how many were."""
        kept = 0
        for number, raw in enumerate(content.splitlines(), start=1):
            if raw.startswith(b"{"):
                kept += self._with_words(number, json.loads(raw, parse_float=Decimal), words)
        return kept

    def _with_words(self, number: int, step: dict[str, Any], words: Iterator[str]) -> int:
        kept = 0
        for holder, key in list(places(step)):
            said, holder[key] = holder[key], next(words)
            if self._tried(number, step):
                kept += 1
            else:
                holder[key] = said
        replay._run_line(self.desk, self.script, replay.ScriptLine(number, number, step))
        return kept

    def _tried(self, number: int, step: dict[str, Any]) -> bool:
        """Say whether a step with these words is done; nothing of it stays."""
        asked = replay.Script((), "hostile", dict(self.script.results), self.script.last_at)
        outcome = replay._run_line(DryDesk.of(self.desk), asked, replay.ScriptLine(number, number, step))
        return outcome.error is None


def places(value: object) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield where a person's words stand in a step."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key in KEYED and isinstance(part, str) and part and not part.startswith("$"):
                yield value, key
            elif key not in {"expect", "expect_error"}:
                yield from places(part)
    if isinstance(value, list):
        for part in value:
            yield from places(part)


def judge(judged: Judged, name: str, desk: Desk) -> None:
    """Make every file that the day gives, and look at it."""
    auditor, accountant = staff.person(desk, "auditor1"), staff.person(desk, "accountant1")
    for what, made in _tables(desk, auditor, accountant):
        judged.look(f"{name}: {what}", lambda made=made: csv_faults(made()))  # type: ignore[misc]
    with desk.read() as work:
        entries = len(revenue.entries(work.conn, None, None))
    judged.look(f"{name}: beancount", lambda: beancount_faults(exports.beancount(desk, accountant), entries))
    evidence = gather(desk, auditor, FIRST, LAST)
    assert evidence is not None
    files = evidence_files.csv_files(evidence)
    for file, content in files.items():
        judged.look(f"{name}: evidence {file}", lambda content=content: csv_faults(content))  # type: ignore[misc]
    judged.look(f"{name}: manifest", lambda: json_faults(evidence_files.manifest(evidence, files), MANIFEST))
    prints = evidence_files.fingerprints(files)
    judged.look(f"{name}: evidence on paper", lambda: pdf_faults(evidence_pdf(evidence, prints)))
    report = exceptions.exception_report(desk, auditor, FIRST, LAST)
    judged.look(f"{name}: exceptions on paper", lambda: pdf_faults(exceptions_pdf(report)))
    for number in _receipts(desk):
        receipt = receipts.receipt(desk, staff.person(desk, "supervisor1"), number)
        judged.look(f"{name}: receipt", lambda receipt=receipt: pdf_faults(receipt_pdf(receipt)))  # type: ignore[misc]
        judged.look(f"{name}: till", lambda receipt=receipt: till_faults(slip_bytes(till_rows(receipt))))  # type: ignore[misc]


def _tables(desk: Desk, auditor: Actor, accountant: Actor) -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield "ledger", lambda: ledger_csv.ledger_csv(desk, accountant)
    yield "journal", lambda: virtual_tape.journal_csv(desk, auditor, virtual_tape.TapeQuery(FIRST, LAST))[0]
    yield "revenue", lambda: reports.revenue_csv(reports.daily_revenue(desk, accountant, FIRST, LAST))
    yield "exceptions", lambda: exceptions.report_csv(exceptions.exception_report(desk, auditor, FIRST, LAST))
    yield "funds", lambda: change_funds.register_csv(change_funds.fund_register(desk, accountant))
    yield "catalogue", (_catalogue(desk) / "items.csv").read_bytes
    with desk.read() as work:
        closed = [day for (day,) in work.conn.exec_driver_sql("SELECT business_date FROM day WHERE state = 'closed'")]
    for day in closed:
        command = exports.ExportJournal(str(uuid.uuid4()), date.fromisoformat(day))
        yield "GL", lambda command=command: exports.gl_journal(desk, accountant, command).value.content  # type: ignore[misc]
    try:
        sent = payables.send_payables(desk, accountant, payables.SendPayables(str(uuid.uuid4()))).value
    except Ineligible:
        return  # nobody is paid by the city that day
    yield "payables", lambda: payables.payables_csv(desk, sent)


def _catalogue(desk: Desk) -> Path:
    assert desk.store.file is not None
    folder = desk.store.file.with_suffix(".catalogue")
    save_folder(desk.catalogue, folder)
    return folder


def _receipts(desk: Desk) -> list[str]:
    with desk.read() as work:
        found = work.conn.exec_driver_sql(
            "SELECT series_id, receipt_no FROM ledger_event WHERE receipt_no IS NOT NULL ORDER BY series_id, seq"
        ).all()
    return [receipt_number(series, number) for series, number in found[:MOST_RECEIPTS]]


MOST_RECEIPTS = 12
"""Receipts of a day that are printed."""
