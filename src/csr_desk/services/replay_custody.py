"""Steps of the counter script about custody: swaps, hand-overs, unannounced counts, suspect notes, books, funds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from csr_desk.domain.count import TAPED
from csr_desk.domain.custody import AuditSheet, FundRow, SuspectReport
from csr_desk.domain.drawer import CountSheet, TapeCount
from csr_desk.domain.errors import BadInput, MissingInput
from csr_desk.domain.money import plain
from csr_desk.domain.paper_books import ReceiptBook
from csr_desk.domain.paper_note import PaperNote
from csr_desk.domain.people import Actor
from csr_desk.services import (
    change_funds,
    change_orders,
    hand_overs,
    receipt_books,
    replay_results,
    sell,
    surprise_counts,
    suspect_notes,
)
from csr_desk.services.desk import Desk
from csr_desk.services.lines import read_whole
from csr_desk.services.replay_step import Step, actor_of, approved

Result = Mapping[str, Any]


def change_order(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Swap cash with the safe."""
    who = actor_of(actor)
    command = change_orders.SwapCash(step.key, step.pieces("out"), step.pieces("in"))
    done = approved(desk, step, "witness", lambda yes: change_orders.change_order(desk, who, command, yes)).value
    return {"batch": done.batch.batch_id, "amount": plain(done.amount), "number": done.number, "witness": done.witness}


def suspect_note(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Report a note that may be counterfeit."""
    who = actor_of(actor)
    command = suspect_notes.ReportSuspect(
        step.key,
        step.cents("denomination"),
        step.text("serial"),
        step.text("series_year"),
        step.text("letters"),
        step.text("description"),
        step.text("vehicle"),
        step.text("words"),
        witnessed=bool(step.text("witness")),
    )
    done = approved(desk, step, "witness", lambda yes: suspect_notes.report_suspect(desk, who, command, yes)).value
    return _note(done)


def suspect_notes_report(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Tell the suspect notes of some business dates."""
    first = step.date("from") or step.date("business_date") or desk.today()
    last = step.date("to") or step.date("business_date") or desk.today()
    found = suspect_notes.suspect_notes(desk, actor_of(actor), first, last)
    return {"notes": [_note(report) for report in found]}


def _note(report: SuspectReport) -> Result:
    return {
        "batch": report.batch.batch_id,
        "number": report.number,
        "denomination": plain(report.denomination),
        "serial": report.serial,
        "witness": report.witness or None,
    }


def issue_book(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Issue a book of paper receipts."""
    command = receipt_books.IssueBook(
        step.key, step.needed("book"), _whole(step, "first"), _whole(step, "last"), step.needed("to")
    )
    return _book(receipt_books.issue_book(desk, actor_of(actor), command).value)


def paper_sale(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Enter a paper receipt: a sale of today with its book, its number and its date."""
    who, written = actor_of(actor), step.date("written")
    if written is None:
        raise MissingInput("The step needs “written”.", field="written")
    command = sell.CompleteSale(
        step.key,
        step.text("drawer") or None,
        step.lines(),
        step.tenders(),
        step.text("customer"),
        step.text("memo"),
        demo_inputs=step.flag("demo_inputs"),
        paper=PaperNote(step.needed("book"), _whole(step, "number"), written),
    )
    done = approved(desk, step, "approved_by", lambda yes: sell.complete_sale(desk, who, command, yes)).value
    return {**replay_results.of_receipt(done), "paper": done.paper.words() if done.paper else None}


def void_paper(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Void a spoilt number of a book."""
    who = actor_of(actor)
    command = receipt_books.VoidPaper(step.key, step.needed("book"), _whole(step, "number"), step.text("reason"))
    done = approved(desk, step, "witness", lambda yes: receipt_books.void_paper(desk, who, command, yes)).value
    return {"book": command.book, "number": done.number, "state": done.state}


def return_book(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Take a book back."""
    reasons = step.data.get("reasons") or {}
    if not isinstance(reasons, Mapping):
        raise BadInput("“reasons” is an object: number to reason.", field="reasons")
    told = {read_whole(number, "reasons"): str(reason) for number, reason in reasons.items()}
    command = receipt_books.TakeBack(step.key, step.needed("book"), told)
    return _book(receipt_books.return_book(desk, actor_of(actor), command).value)


def books(desk: Desk, actor: Actor | None, _step: Step) -> Result:
    """Tell the register of books with their gaps."""
    return {"books": [_book(book) for book in receipt_books.books(desk, actor_of(actor))]}


def surprise_count(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Count a drawer or a fund unannounced."""
    who = actor_of(actor)
    sheet = CountSheet(step.pieces("cash"), _tapes(step))
    command = surprise_counts.CountUnannounced(step.key, sheet, step.text("drawer"), step.text("fund"))
    done = approved(desk, step, "signed_by", lambda yes: surprise_counts.surprise_count(desk, who, command, yes)).value
    return _audit(done)


def hand_over(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Hand an open drawer over; the person who takes it signs (``signed_by``, else who is named in ``to``)."""
    who, to = actor_of(actor), step.text("to")
    command = hand_overs.HandOver(step.key, to, step.pieces("cash"), step.pieces("their_cash"), _tapes(step))
    signer = "signed_by" if step.text("signed_by") else "to"
    done = approved(desk, step, signer, lambda yes: hand_overs.hand_over(desk, who, command, yes)).value
    return {
        "batch": done.batch.batch_id,
        "from": done.batch.custodian,
        "to": done.receiver,
        "counted": plain(done.counted),
    }


def set_fund(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Add, change or close a change fund."""
    active = step.data.get("active", True)
    if not isinstance(active, bool):
        raise BadInput("“active” is true or false.", field="active")
    command = change_funds.SetFund(
        step.key,
        step.needed("fund"),
        step.text("name"),
        step.cents("amount"),
        step.text("authority"),
        step.text("drawer"),
        step.text("custodian"),
        step.date("since"),
        active,
    )
    done = change_funds.set_fund(desk, actor_of(actor), command).value
    return {"fund": done.fund, "amount": plain(done.amount), "drawer": done.drawer, "active": done.active}


def funds(desk: Desk, actor: Actor | None, _step: Step) -> Result:
    """Tell the register of change funds."""
    register = change_funds.fund_register(desk, actor_of(actor))
    return {"funds": {row.fund.fund: _fund(row) for row in register.rows}, "total": plain(register.total)}


def _fund(row: FundRow) -> Result:
    return {
        "name": row.fund.name,
        "drawer": row.fund.drawer,
        "custodian": row.fund.custodian,
        "amount": plain(row.fund.amount),
        "active": row.fund.active,
        "last_count": row.last.business_date.isoformat() if row.last else None,
        "difference": plain(row.last.difference) if row.last else None,
        "this_quarter": row.this_quarter,
        "wanted": row.wanted,
    }


def _whole(step: Step, name: str) -> int:
    return read_whole(step.needed(name), name)


def _tapes(step: Step) -> dict[str, TapeCount]:
    """Return the tenders other than cash that were counted: under ``others``, or each by its name."""
    others = step.data.get("others")
    if others is not None and not isinstance(others, Mapping):
        raise BadInput("“others” is an object: kind of tender to items and total.", field="others")
    if others is not None and set(others) - set(TAPED):
        raise BadInput(f"“others” counts only: {', '.join(TAPED)}.", field="others")
    named = step if others is None else Step(others, step.key)
    tapes = {kind: named.tape(kind) for kind in TAPED}
    return {kind: tape for kind, tape in tapes.items() if tape is not None}


def _book(book: ReceiptBook) -> Result:
    return {
        "book": book.book,
        "holder": book.holder,
        "state": "returned" if book.returned else "issued",
        "entered": [row.number for row in book.rows if row.state == "entered"],
        "void": [row.number for row in book.rows if row.state == "void"],
        "open": list(book.open_numbers),
        "gaps": list(book.gaps),
        "late": book.late,
        "explained": sorted(book.explained),
    }


def _audit(sheet: AuditSheet) -> Result:
    return {
        "place": sheet.name,
        "fund": sheet.fund or None,
        "batch": sheet.batch or None,
        "custodian": sheet.custodian,
        "authorized": plain(sheet.authorized),
        "expected": {row.tender: plain(row.expected) for row in sheet.tenders},
        "counted": {row.tender: plain(row.counted) for row in sheet.tenders},
        "difference": {row.tender: plain(row.difference) for row in sheet.tenders},
        "signed_by": sheet.signed_by,
    }


STEPS: dict[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "change_order": change_order,
    "suspect_note": suspect_note,
    "suspect_notes": suspect_notes_report,
    "issue_book": issue_book,
    "paper_sale": paper_sale,
    "void_paper": void_paper,
    "return_book": return_book,
    "books": books,
    "surprise_count": surprise_count,
    "hand_over": hand_over,
    "set_fund": set_fund,
    "funds": funds,
}
"""The steps of this module, by name."""
