"""Controls 7 to 12: numbers, receipts that cannot be changed, reprints, paper books."""

from __future__ import annotations

from datetime import date

from csr_desk.data.queries import period
from csr_desk.domain.count import sheet_from_facts
from csr_desk.domain.drawer import BatchState, cash_total
from csr_desk.domain.evidence import Finding, Row, Status
from csr_desk.domain.ledger import EventKey, EventKind
from csr_desk.domain.money import plain
from csr_desk.domain.postings import HOUSE
from csr_desk.domain.workdays import next_workday
from csr_desk.services.evidence.check import WORKING_DAYS, Check, cannot, judged, plural
from csr_desk.services.evidence.look import Look
from csr_desk.services.exceptions import number_gaps

_NUMBER_HEADS = ("series", "number", "finding")


def sequential(look: Look) -> Finding:
    """7: receipt, entry and Z numbers of every series run from one to the last without a gap or a double."""
    last = sum(int(row["last_receipt_no"]) for row in look.rows("series"))
    voids = len(look.of(EventKind.VOID))
    more = f"{plural(voids, 'void')} in the period: each has a number of its own, and the voided receipt keeps its own."
    return judged(last, "receipt number", "numbers missing or double", _NUMBER_HEADS, number_gaps(look.conn), more=more)


def complete_receipts(look: Look) -> Finding:
    """8: every receipt carries time, payor, amount, mode, purpose and preparer."""
    bad: list[Row] = []
    receipts = [event for event in look.numbered() if event.kind is EventKind.SALE]
    for event in receipts:
        missing = [
            word
            for word, there in (
                ("payor", look.note(event, "customer")),
                ("purpose", look.lines.get(event.key)),
                ("mode of payment", look.tenders.get(event.key)),
                ("time", event.recorded_at),
                ("preparer", event.actor),
            )
            if not there
        ]
        if missing:
            bad.append((look.place(event), look.stamp(event), look.name(event.actor), ", ".join(missing)))
    heads = ("receipt", "recorded", "clerk", "missing")
    return judged(
        len(receipts), "receipt", "receipts lacking a part", heads, bad, more=f"Entity: {look.desk.office.name}."
    )


def unchangeable(look: Look) -> Finding:
    """9: the program's own database role is refused every change of a ledger row, and the whole chain verifies."""
    heads = ("table", "tried", "answer")
    tried = look.attempts
    rows = tuple((one.table, one.statement, one.answer) for one in tried)
    verified = look.verified
    figure = (
        f"{plural(len(tried), 'change')} tried in transactions that were rolled back, "
        f"{sum(one.refused for one in tried)} refused by the database. "
        + (
            f"All {verified.checked:,} entries verify from first to last."
            if verified.ok
            else f"The ledger does not verify: {verified.first_fault}."
        )
    )
    if not verified.ok or not all(one.refused for one in tried):
        return Finding(Status.NOT_MET, figure, heads, rows)
    return Finding(Status.MET, figure, heads, rows) if tried else cannot("The ledger is empty.")


def drawer_moves(look: Look) -> Finding:
    """10: what a drawer should hold by its entries, and the difference booked, make exactly what was counted."""
    bad: list[Row] = []
    accepted = [row for row in look.batches if row.state is BatchState.ACCEPTED]
    for row in accepted:
        events = look.of_batch(row.batch_id)
        held = sum(
            posting.amount
            for event in events
            for posting in look.postings.get(event.key, ())
            if posting.account == HOUSE.drawer
        )
        counts = [event for event in events if event.kind is EventKind.COUNT]
        counted = cash_total(sheet_from_facts(counts[-1].facts).cash) if counts else 0
        if held != counted:
            bad.append((row.batch_id, row.custodian_name, plain(held), plain(counted), plain(held - counted)))
    no_sales = look.of(EventKind.NO_SALE)
    bad += [
        (event.batch or "", look.name(event.actor), look.place(event), "0.00", "a no-sale with money")
        for event in no_sales
        if event.key in look.postings
    ]
    heads = ("batch", "custodian", "by entries", "counted", "finding")
    more = f"{plural(len(no_sales), 'no-sale')} without money among them."
    return judged(len(accepted), "accepted drawer", "entries and count do not agree", heads, bad, more=more)


def reprints(look: Look) -> Finding:
    """11: copies of a receipt are counted from one without a gap, and no copy left the printer without its entry."""
    bad: list[Row] = []
    counted: dict[str, list[int]] = {}
    for event in period.all_events(look.conn, EventKind.REPRINT):
        counted.setdefault(str(event.facts["receipt"]), []).append(int(event.facts["copy"]))
    for receipt, copies in sorted(counted.items()):
        if sorted(copies) != list(range(1, len(copies) + 1)):
            bad.append((receipt, ", ".join(map(str, sorted(copies))), "the copies are not counted without a gap"))
    for job in look.rows("print_outbox"):
        if job["document"] == "receipt" and int(job["copy_no"]):
            event_of = look.event(_key(job))
            if event_of is not None and int(job["copy_no"]) not in counted.get(look.place(event_of), []):
                bad.append((look.place(event_of), str(job["copy_no"]), "a copy without its entry"))
    runs = 0 if look.desk.office.training else len(look.rows("training_run"))
    if runs:
        bad.append(("", str(runs), "training was played in the database of the real office"))
    kind = "a training office: every paper is marked" if look.desk.office.training else "a live office"
    return judged(
        sum(map(len, counted.values())),
        "reprint",
        "copies not in order",
        ("receipt", "copy", "finding"),
        bad,
        more=f"This is {kind}.",
    )


def _key(job: dict[str, object]) -> EventKey:
    return EventKey(str(job["series_id"]), int(str(job["seq"])))


def paper_books(look: Look) -> Finding:
    """12: every number of a paper book is entered or void, in time; returned books have none open."""
    books = look.rows("receipt_book")
    if not books:
        return cannot("No book of paper receipts was ever issued, so nothing was tested.")
    papers = {(row["book_id"], int(row["number"])): row for row in look.rows("paper_receipt")}
    bad: list[Row] = []
    waiting = 0
    for book in books:
        for number in range(int(book["first_no"]), int(book["last_no"]) + 1):
            paper = papers.pop((book["book_id"], number), None)
            if paper is None:
                waiting += book["state"] == "issued"
                if book["state"] == "returned":
                    bad.append((str(book["book_id"]), str(number), "", "neither entered nor void in a returned book"))
            elif paper["state"] == "entered" and (late := _late(look, paper)):
                bad.append((str(book["book_id"]), str(number), str(paper["written_on"]), late))
    bad += [(str(book), str(number), "", "stands in no book") for book, number in papers]
    more = f"{plural(waiting, 'number')} still unused in books that are out."
    return judged(len(books), "book", "numbers not in order", ("book", "number", "written", "finding"), bad, more=more)


def _late(look: Look, paper: dict[str, object]) -> str:
    """Say how late a paper receipt was entered; within the working days of the policy it is not."""
    event = look.event(_key(paper))
    if event is None:
        return "its entry is not there"
    due = date.fromisoformat(str(paper["written_on"]))
    policy = look.policy_at(event.recorded_at)
    for _ in range(policy.paper_days):
        due = next_workday(due, holidays=policy.days_off)
    entered = look.local(event).date()
    return f"entered {entered}, due {due}" if entered > due else ""


CHECKS = (
    Check(
        7,
        sequential,
        "Every receipt, entry and Z number of every series is read, of all times, and compared with one to the last.",
    ),
    Check(
        8,
        complete_receipts,
        "Every sale of the period is looked at for payor, purpose, mode of payment, time and preparer; the "
        "entity is the "
        "office's own name on every paper. A payor that was purged counts as there.",
    ),
    Check(
        9,
        unchangeable,
        "UPDATE and DELETE of the newest row of every table of the ledger are tried with the program's own database "
        "role, each in a transaction that is rolled back whatever the answer; then the whole chain is recomputed.",
        "A change through the window is not tried here: no screen and no service has one.",
    ),
    Check(
        10,
        drawer_moves,
        "For every accepted drawer the postings to its cash are added up, the difference of the acceptance among them, "
        "and compared with the pieces that were counted last; no-sales are looked at for money.",
    ),
    Check(
        11,
        reprints,
        "The numbers of the copies of each receipt are read, of all times, and every copy that was queued for the "
        "printer is compared with them.",
        "That the word DUPLICATE stands on the paper is tried by the program's own tests.",
    ),
    Check(
        12,
        paper_books,
        "Every number of every book is looked up; the date on the paper is compared with the day it was entered, "
        "by working days.",
        WORKING_DAYS,
    ),
)
