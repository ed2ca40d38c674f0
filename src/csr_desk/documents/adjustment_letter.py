"""What the customer is told of an adjustment: what was asked for, how it was computed, what was decided, why (F4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from csr_desk.documents.columns import Column, facts, table
from csr_desk.documents.layout import office_paper, prose, section
from csr_desk.documents.paper import Style
from csr_desk.documents.plain_text import NAME, PROSE, clean
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import day, dollars, kept, moment
from csr_desk.domain.money import shown
from csr_desk.domain.receipt import Office
from csr_desk.domain.receivable.adjusting import Step
from csr_desk.domain.receivable.adjustment import Adjustment, Mark, State

TITLES: Mapping[State, str] = {
    State.REQUESTED: "Adjustment asked for",
    State.APPROVED: "Your bill was adjusted",
    State.REFUSED: "Your request was refused",
    State.WITHDRAWN: "A request that was taken back",
    State.REVERSED: "An adjustment was taken back",
}
_HOLDS = {True: "yes", False: "no", None: ""}
_KILO = 1024


def adjustment_letter_pdf(adjustment: Adjustment, office: Office, written_on: date) -> bytes:
    """The letter as PDF bytes, the same for the same facts."""
    title = TITLES[adjustment.state]
    sheet = office_paper(office, title, day(written_on), noun="letter")
    for line in (adjustment.customer, *adjustment.address.split(",")):
        if line.strip():
            sheet.text(clean(line.strip(), NAME), Style(11))
    sheet.gap(8)
    prose(sheet, _sentence(adjustment), Style(11))
    _write_case(sheet, adjustment, office)
    _write_bills(sheet, adjustment)
    _write_steps(sheet, adjustment)
    _write_proof(sheet, adjustment)
    _write_end(sheet, adjustment, office)
    return sheet.pdf(f"{title} {clean(adjustment.number)}", office.name)


def _sentence(adjustment: Adjustment) -> str:
    amount = dollars(abs(adjustment.amount))
    account = clean(adjustment.account)
    more = adjustment.amount < 0
    what = f"{amount} more on" if more else f"{amount} off"
    return {
        State.REQUESTED: f"We prepared a request to have {what} account {account}. Nothing changes before it is "
        "decided: please pay what is not in dispute.",
        State.APPROVED: f"{amount} {'was added to' if more else 'came off'} the bills of account {account}."
        + _credit(adjustment),
        State.REFUSED: f"The request to have {what} account {account} was refused. Your bills stand as they are.",
        State.WITHDRAWN: f"The request to have {what} account {account} was taken back before it was decided.",
        State.REVERSED: f"The adjustment of {amount} on account {account} was taken back. Your bills are as before it.",
    }[adjustment.state]


def _credit(adjustment: Adjustment) -> str:
    if not adjustment.credit:
        return ""
    return (
        f" You had paid {dollars(adjustment.credit)} of it: that is kept as a credit on the account for your next bill."
    )


def _write_case(sheet: Sheet, adjustment: Adjustment, office: Office) -> None:
    section(sheet, "The request")
    told = [
        ("Our number", adjustment.number), ("Account", clean(adjustment.account)),
        ("Kind", adjustment.kind.name), ("Under", adjustment.kind.authority or "–"),
        ("Prepared", _mark(adjustment.requested, office)),
    ]  # fmt: skip
    if adjustment.decided.by:
        told.append(("Decided", _mark(adjustment.decided, office)))
    if adjustment.reversed_.by:
        told.append(("Taken back", _mark(adjustment.reversed_, office)))
    said = adjustment.reversed_.words or adjustment.decided.words
    if said:
        told.append(("Because", clean(said, PROSE)))
    facts(sheet, told, whole={"Prepared", "Decided", "Taken back", "Because"})


def _mark(mark: Mark, office: Office) -> str:
    return clean(mark.by, NAME) if mark.at is None else f"{moment(mark.at, office)}, {clean(mark.by, NAME)}"


def _write_bills(sheet: Sheet, adjustment: Adjustment) -> None:
    section(sheet, "The bills")
    more = adjustment.amount < 0
    columns = (
        Column("Bill", 4), Column("Month", 4), Column("Is added" if more else "Comes off", 3, figures=True),
        Column("Of it to your credit", 3, figures=True),
    )  # fmt: skip
    rows = [
        (clean(part.bill), f"{part.month:%B %Y}", shown(abs(part.amount)), shown(part.credit) if part.credit else "–")
        for part in adjustment.parts
    ]
    credit = shown(adjustment.credit) if adjustment.credit else "–"
    table(sheet, columns, rows, total=("In all", "", shown(abs(adjustment.amount)), credit))


def _write_steps(sheet: Sheet, adjustment: Adjustment) -> None:
    section(sheet, "How it was computed")
    columns = (Column("What was looked at", 6), Column("Found", 6), Column("Holds", 2))
    told = {name.replace("_", " ").capitalize(): words for name, words in adjustment.evidence.items()}
    table(sheet, columns, [_row(step, told) for step in adjustment.steps])
    names = {step.words for step in adjustment.steps}
    beside = [
        (clean(name, NAME), clean(kept(words), PROSE)) for name, words in told.items() if words and name not in names
    ]
    if beside:
        facts(sheet, beside, whole={name for name, _ in beside})


def _row(step: Step, told: Mapping[str, str]) -> tuple[str, str, str]:
    """A line of the worksheet; evidence is shown in the words in which it was given."""
    return clean(step.words), clean(kept(told.get(step.words) or step.figure), PROSE), _HOLDS[step.holds]


def _write_proof(sheet: Sheet, adjustment: Adjustment) -> None:
    if adjustment.documents:
        section(sheet, "Papers that we have")
        columns = (Column("File", 7), Column("Size", 2, figures=True), Column("Fingerprint (SHA-256, begins)", 4))
        rows = [
            (clean(file.name, NAME), f"{-(-file.size // _KILO):,} KB", file.sha256[:16])
            for file in adjustment.documents
        ]
        table(sheet, columns, rows)


def _write_end(sheet: Sheet, adjustment: Adjustment, office: Office) -> None:
    sheet.gap(11)
    place = ", ".join(clean(part) for part in (office.name, *office.address) if part)
    phone = f", telephone {clean(office.phone)}" if office.phone else ""
    said = f"If you have a question, come to {place}{phone}, and name our number {clean(adjustment.number)}."
    prose(sheet, said, Style(10))
