"""What people key in words lies beside the ledger: no chained column holds it, and it can be purged (4.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

import pytest
from sqlalchemy import select

from csr_desk.data.models import LEDGER, ledger_note, note_text
from csr_desk.documents.custody_slips import no_sale_slip_pdf
from csr_desk.documents.deposit_slip import deposit_slip_pdf
from csr_desk.documents.receipt import receipt_pdf
from csr_desk.documents.slips import drop_slip_pdf, opening_slip_pdf
from csr_desk.documents.suspect_report import suspect_report_pdf
from csr_desk.documents.till_slip import endorsement_rows
from csr_desk.documents.z_report import z_report_pdf
from csr_desk.domain import chain
from csr_desk.domain.checks import MASK
from csr_desk.domain.custody import NoSaleSlip, SuspectReport
from csr_desk.domain.deposit import Deposit
from csr_desk.domain.drawer import DropSlip, OpeningSlip, ZReport
from csr_desk.domain.endorsement import Endorsement
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind
from csr_desk.domain.receipt import Receipt
from csr_desk.services import (
    balancing,
    deposits,
    exports,
    receipt_books,
    receipts,
    replay,
    reports,
    suspect_notes,
    z_reports,
)
from csr_desk.services.demo_days import play_day
from csr_desk.services.desk import content_of
from csr_desk.services.papers import PaperFacts, paper_of
from csr_desk.services.printing import pending_prints
from csr_desk.services.verification import verify_url
from demo_city import City

DAY = date(2026, 7, 14)
MARK = "Qorvath"
"""A word that stands in nothing but what the script keys."""

ACCOUNT = "4471900253"
STEPS = """
{"do":"open_drawer","id":"b","by":"clerk1","drawer":"HPC-1","float":{"20.00":9},"reason":WORDS,
 "approved_by":"supervisor1"}
{"do":"sale","id":"cash","by":"clerk1","lines":[{"item":"ALM-RES"}],"tenders":[{"kind":"cash"}],"demo_inputs":true,
 "customer":WORDS,"memo":WORDS}
{"do":"sale","id":"hand","by":"clerk1","lines":[{"item":"ALM-RES","amount":"12.00","override_reason":WORDS},
 {"item":"ALM-RES","amount":"13.00","override_reason":WORDS}],"tenders":[{"kind":"cash"}],"demo_inputs":true,
 "approved_by":"supervisor1"}
{"do":"sale","id":"check","by":"clerk1","lines":[{"item":"VIT-BIRTH","inputs":{"registrant_name":WORDS,
 "dob":"1990-03-05","applicant_id":WORDS,"relationship":"Self"},"quantity":2}],"customer":WORDS,
 "tenders":[{"kind":"check","number":"5512","routing":"113000023","account":"ACCOUNT"}]}
{"do":"sale","id":"wrong","by":"clerk1","lines":[{"item":"ALM-RES"}],"tenders":[{"kind":"cash"}],"demo_inputs":true}
{"do":"sale","id":"permit","by":"clerk1","lines":[{"item":"BLD-STRUCT","inputs":{"valuation":"21300.00"}}],
 "tenders":[{"kind":"cash"}],"demo_inputs":true,"customer":WORDS}
{"do":"void","id":"void","by":"clerk1","receipt":"$cash.receipt","reason":WORDS,"approved_by":"supervisor1"}
{"do":"correct_tender","by":"clerk1","receipt":"$wrong.receipt","from":"cash","to":{"kind":"check","number":"7"},
 "reason":WORDS,"approved_by":"supervisor1"}
{"do":"refund","by":"clerk1","receipt":"$permit.receipt","lines":[{"line":1}],"how":"cash","reason":WORDS,
 "approved_by":"supervisor1"}
{"do":"no_sale","by":"clerk1","reason":WORDS}
{"do":"drop","by":"clerk1","cash":{"20.00":2},"witness":"supervisor1","bag":"B1"}
{"do":"stop_selling","by":"clerk1"}
{"do":"count","by":"clerk1","cash":{"20.00":3}}
{"do":"submit_count","by":"clerk1"}
{"do":"reject_batch","by":"supervisor1","batch":"$b.batch","reason":WORDS}
{"do":"count","by":"clerk1","cash":{"20.00":9}}
{"do":"submit_count","by":"clerk1"}
{"do":"accept_batch","by":"supervisor1","batch":"$b.batch","reason":WORDS}
{"do":"reopen_batch","by":"supervisor1","batch":"$b.batch","reason":WORDS}
{"do":"stop_selling","by":"clerk1"}
{"do":"count","by":"clerk1","cash":{"20.00":9}}
{"do":"submit_count","by":"clerk1"}
{"do":"accept_batch","by":"supervisor1","batch":"$b.batch","reason":WORDS}
{"do":"deposit","id":"d","by":"clerk1","batches":["$b.batch"],"bag":"B2","verified_by":"supervisor1"}
{"do":"confirm_deposit","by":"accountant1","deposit":"$d.deposit","bank_date":"2026-07-15","bank_amount":"1.00"}
{"do":"returned_item","by":"accountant1","receipt":"$check.receipt","tender":1,"bank_reason":WORDS}
{"do":"open_drawer","id":"b2","by":"clerk2","drawer":"HPC-2","float":{"20.00":10}}
{"do":"suspect_note","by":"clerk2","denomination":"20.00","serial":"MB12345678A","description":WORDS,"vehicle":WORDS,
 "words":WORDS}
{"do":"issue_book","by":"supervisor1","book":"A","first":1,"last":2,"to":"clerk2"}
{"do":"void_paper","by":"clerk2","book":"A","number":1,"reason":WORDS,"witness":"supervisor1"}
{"do":"return_book","by":"supervisor1","book":"A","reasons":{"2":WORDS}}
{"do":"count","by":"clerk2","cash":{"20.00":10}}
{"do":"submit_count","by":"clerk2"}
{"do":"accept_batch","by":"supervisor1","batch":"$b2.batch"}
{"do":"close_day","by":"supervisor1","business_date":"2026-07-14"}
"""


@pytest.fixture
def words(city: City) -> tuple[str, ...]:
    """Play a demo day and one on which everything that takes words is given some; return those words and names."""
    played = play_day(city.desk, date(2026, 7, 13), seed=7)
    city.at("2026-07-14T08:00")
    numbers, script = count(1), STEPS.strip().replace("\n ", " ").replace("ACCOUNT", ACCOUNT)
    while "WORDS" in script:
        script = script.replace("WORDS", f'"{MARK} {next(numbers):02d}"', 1)
    done = list(replay.run(city.desk, replay.read_script(script.encode())))
    assert [outcome.as_data() for outcome in done if outcome.surprise] == []
    receipts.reprint(city.desk, city.who("clerk1"), receipts.Reprint(city.key(), "HPC1-0000001"))
    customers = {receipt.customer for receipt in played.receipts if receipt.customer}
    return *sorted(customers), *(f"{MARK} {number:02d}" for number in range(1, next(numbers)))


def chained(city: City) -> list[tuple[str, str | bytes]]:
    """Return every text of the insert-only tables, with the name of its column."""
    found: list[tuple[str, str | bytes]] = []
    with city.desk.read() as work:
        for table in LEDGER:
            names = [f"{table.name}.{column.name}" for column in table.columns]
            for row in work.conn.execute(select(table)):
                found.extend(pair for pair in zip(names, row, strict=True) if isinstance(pair[1], str | bytes))
    return found


def redact_everything(city: City) -> int:
    """Purge every text beside the ledger, each entry with its redaction; return how many texts went."""
    with city.desk.begin() as work:
        topics: dict[EventKey, list[str]] = {}
        for row in work.conn.execute(select(ledger_note).order_by(ledger_note.c.series_id, ledger_note.c.seq)):
            topics.setdefault(EventKey(row.series_id, row.seq), []).append(row.topic)
        for key, named in topics.items():
            assert [work.redact(key, topic) for topic in named] == [1] * len(named)
            facts: dict[str, Any] = {"series": key.series, "seq": key.seq, "topics": named}
            draft = EntryDraft(
                city.desk.office_series, EventKind.NOTE_REDACTED, DAY, "auditor1", city.key(),
                approver="supervisor1", facts=facts,
            )  # fmt: skip
            work.append(draft, city.desk.now_text())
    return sum(len(named) for named in topics.values())


def papers(city: City) -> dict[str, PaperFacts]:
    """Return what every paper of the two days says, by job."""
    people = [city.who(user) for user in ("clerk1", "clerk2", "clerk3", "supervisor1", "supervisor2")]
    return {job.job_id: paper_of(city.desk, actor, job) for actor in people for job in pending_prints(city.desk, actor)}


TELL_WHY = Receipt | OpeningSlip | NoSaleSlip | ZReport


def printed(facts: PaperFacts) -> bytes:
    """Print a paper."""
    if isinstance(facts, Receipt):
        return receipt_pdf(facts)
    if isinstance(facts, OpeningSlip):
        return opening_slip_pdf(facts)
    if isinstance(facts, DropSlip):
        return drop_slip_pdf(facts)
    if isinstance(facts, NoSaleSlip):
        return no_sale_slip_pdf(facts)
    if isinstance(facts, SuspectReport):
        return suspect_report_pdf(facts)
    assert isinstance(facts, Deposit | ZReport)
    return deposit_slip_pdf(facts) if isinstance(facts, Deposit) else z_report_pdf(facts)


def screens(city: City) -> list[object]:
    """Return what the pages show of the day."""
    desk, boss, batch = city.desk, city.who("supervisor1"), "HPC-1-20260714-1"
    return [
        balancing.day_board(desk, boss, DAY),
        balancing.batch_sheet(desk, boss, batch),
        z_reports.z_report(desk, boss, batch),
        deposits.deposits(desk, boss, DAY, DAY),
        receipts.find_receipts(desk, boss, "HPC1", 50),
        receipts.find_receipts(desk, boss, MARK, 50),
        receipts.last_receipt(desk, city.who("clerk1")),
        reports.report(desk, boss, "daily_revenue", DAY, DAY),
        exports.beancount(desk, city.who("accountant1")),
        suspect_notes.suspect_notes(desk, boss, DAY, DAY),
        receipt_books.books(desk, boss),
    ]


def test_nothing_that_people_key_in_words_is_in_a_chained_column(city: City, words: tuple[str, ...]) -> None:
    columns = chained(city)
    assert {name.partition(".")[0] for name, _ in columns} == {table.name for table in LEDGER}
    kept = [(name, value.encode() if isinstance(value, str) else value) for name, value in columns]
    assert [(word, name) for word in words for name, value in kept if word.encode() in value] == []
    with city.desk.read() as work:
        texts = "\n".join(work.conn.execute(select(note_text.c.text)).scalars())
    assert [word for word in words if word not in texts] == []


def test_of_a_bank_account_only_the_last_marks_are_kept(city: City, words: tuple[str, ...]) -> None:
    assert words
    columns = chained(city)
    assert [name for name, value in columns if isinstance(value, str) and ACCOUNT in value] == []
    assert ("ledger_tender.account_masked", f"{MASK}0253") in columns


def test_every_paper_and_page_is_there_after_all_words_were_purged(city: City, words: tuple[str, ...]) -> None:
    before, shown = papers(city), repr(screens(city))
    reasons = {facts.reason for facts in before.values() if isinstance(facts, TELL_WHY)}
    assert len(reasons) > 5  # the void, the correction, the refund, the float and two acceptances say why
    assert all(f": {MARK} {number:02d}" in shown for number in (14, 15, 16))  # sent back, accepted, reopened
    purged = redact_everything(city)
    report = verify_url(city.url)
    assert (report.first_fault, report.purged) == (None, purged)
    after = papers(city)
    assert after.keys() == before.keys()
    assert all(printed(facts).startswith(b"%PDF") for facts in after.values() if not isinstance(facts, Endorsement))
    assert all(endorsement_rows(facts) for facts in after.values() if isinstance(facts, Endorsement))
    told = repr([*after.values(), *screens(city)])
    assert [word for word in words if word in told] == []
    for job, facts in after.items():
        was = before[job]
        if isinstance(facts, Receipt) and isinstance(was, Receipt):
            assert facts == replace(was, reason="", customer="", memo="", inputs=(), grounds=())


def test_the_fingerprint_of_a_command_is_made_with_the_key_of_the_office(sqlite_city: City) -> None:
    desk = sqlite_city.desk
    assert content_of(desk, "clerk1", {"a": 1}) == chain.content_hash(desk.store.key, "clerk1|{'a': 1}")
