"""Letters of collection: reminder, notice of cut-off, a payment plan, a broken plan; one by one or many in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from csr_desk.documents.layout import Column, facts, office_paper, prose, section, signatures, table
from csr_desk.documents.pages import Imprint, Part, bind
from csr_desk.documents.paper import LEFT, LETTER, Style
from csr_desk.documents.plain_text import NAME, clean
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import day, dollars
from csr_desk.domain.money import shown
from csr_desk.domain.receivable.ageing import days_late
from csr_desk.domain.receivable.collection import Letter, LetterKind, PlanOf

TITLES: Mapping[LetterKind, str] = {
    LetterKind.REMINDER: "Reminder",
    LetterKind.NOTICE: "Notice of cut-off",
    LetterKind.PLAN: "Payment plan",
    LetterKind.BROKEN: "Payment plan ended",
}
PER_FILE = 250
"""Letters in one file: what a printer takes in one go, and short enough that no receipt waits long for it."""
_BODY = Style(10.5)
_STRONG = Style(10.5, strong=True)

Told = Callable[[int, int], bool]
"""Hears how many letters of how many are done; says whether to go on."""


class _StoppedError(Exception):
    """Somebody said not to go on."""


class LetterFile(NamedTuple):
    """A file of letters: its name, how many are in it, and the PDF."""

    name: str
    letters: int
    content: bytes


def collection_letter_pdf(letter: Letter) -> bytes:
    """One letter as PDF bytes, the same for the same facts."""
    return _sheet(letter).pdf(f"{TITLES[letter.kind]} {clean(letter.account)}", letter.office.name)


def letter_files(letters: Sequence[Letter], told: Told | None = None) -> Iterator[LetterFile]:
    """Give letters of one kind file by file; ``told`` may stop it between two letters.

    A file that was not finished is not given out: none holds half of its letters.
    """
    for at in range(0, len(letters), PER_FILE):
        part = letters[at : at + PER_FILE]
        first = part[0]
        imprint = Imprint(f"{TITLES[first.kind]} {first.on}, {at + 1} to {at + len(part)}", first.office.name)
        try:
            content, _ = bind(_parts(part, (at, len(letters)), told), LETTER, imprint)
        except _StoppedError:
            return
        yield LetterFile(f"letters-{first.kind.value}-{first.on}-{at // PER_FILE + 1:03d}.pdf", len(part), content)


def _parts(letters: Sequence[Letter], of: tuple[int, int], told: Told | None) -> Iterator[Part]:
    """Lay letters out one by one as the file asks for them; ``of`` is how many were done before, and of how many."""
    before, whole = of
    for done, letter in enumerate(letters, before):
        if told is not None and not told(done, whole):
            raise _StoppedError
        yield _sheet(letter).part("", "")
    if told is not None and not told(before + len(letters), whole):
        raise _StoppedError


def _sheet(letter: Letter) -> Sheet:
    sheet = office_paper(letter.office, TITLES[letter.kind], day(letter.on), noun="letter")
    _write_address(sheet, letter)
    facts(
        sheet,
        (
            ("Account", letter.account), ("Service", letter.service or "utility"),
            ("Service address", letter.site or letter.address),
        ), whole={"Service address"},
    )  # fmt: skip
    sheet.gap(6)
    _WRITERS[letter.kind](sheet, letter)
    _write_payment(sheet, letter)
    return sheet


def _write_address(sheet: Sheet, letter: Letter) -> None:
    sheet.gap(26)
    sheet.text(clean(letter.name, NAME), Style(11))
    *street, city, state = ["", "", *(part.strip() for part in letter.address.split(",") if part.strip())]
    for line in (*street, ", ".join(part for part in (city, state) if part)):
        if line:
            sheet.text(clean(line, NAME), Style(11))
    sheet.gap(22)


def _write_bills(sheet: Sheet, letter: Letter, title: str) -> None:
    section(sheet, title)
    columns = (
        Column("Bill", 5), Column("For", 9), Column("Was due", 5), Column("Days late", 3, figures=True),
        Column("Open", 4, figures=True),
    )  # fmt: skip
    rows = [
        (
            bill.bill, bill.description, day(bill.due) if bill.due else "on demand",
            str(days_late(bill.due, letter.on) or ""), shown(bill.open),
        )
        for bill in letter.bills
    ]  # fmt: skip
    table(sheet, columns, rows, total=("To pay", "", "", "", dollars(letter.total)))


def _write_reminder(sheet: Sheet, letter: Letter) -> None:
    prose(
        sheet,
        "We have not received your payment for what is listed below. If it is on its way, thank you; please take this "
        "letter as no more than a reminder.",
        _BODY,
    )
    _write_bills(sheet, letter, "Past due")
    _write_fee(sheet, letter)
    if letter.act_on is not None:
        sheet.gap(8)
        prose(sheet, f"Unpaid on {day(letter.act_on)}, a notice of cut-off follows.", _BODY)
    _write_help(sheet)


def _write_notice(sheet: Sheet, letter: Letter) -> None:
    when = f" on or after {day(letter.act_on)}" if letter.act_on else ""
    sheet.banner(
        f"Your service may be cut off{when}. Pay {dollars(letter.total)} before then.",
        Style(11.5, strong=True), dark=False,
    )  # fmt: skip
    sheet.gap(4)
    prose(sheet, "You were reminded of these bills, and they are still not paid.", _BODY)
    _write_bills(sheet, letter, "Past due")
    _write_fee(sheet, letter)
    sheet.gap(8)
    _write_cut_off(sheet, letter)
    _write_help(sheet)


def _write_cut_off(sheet: Sheet, letter: Letter) -> None:
    fee = f"a fee of {dollars(letter.restore_fee)} is added, and " if letter.restore_fee else ""
    prose(
        sheet,
        f"A payment of the whole amount stops the cut-off at once. Where the service was cut off, {fee}it is restored "
        "as soon as all is paid in cash, by card, by money order or by cashier’s check; personal checks and e-checks "
        "are not taken then.",
        _BODY,
    )


def _write_fee(sheet: Sheet, letter: Letter) -> None:
    if letter.fee:
        sheet.gap(4)
        prose(sheet, f"The amount contains a fee of {dollars(letter.fee)} for this letter.", _BODY)


def _write_help(sheet: Sheet) -> None:
    sheet.gap(6)
    prose(
        sheet,
        "If you cannot pay all of it now, ask us before that day for more time or for a payment plan. If you think "
        "that a bill is wrong, tell us; we look into it.",
        _BODY,
    )


def _write_plan(sheet: Sheet, letter: Letter) -> None:
    plan = _plan(letter)
    prose(
        sheet,
        f"You and the city agreed on {day(plan.made_on)} that {dollars(plan.plan.total)} is paid in parts. While each "
        "part is paid by its day, the service stays on and no fee of collection is charged on what the plan covers. "
        "Bills that come later are paid beside it, by their own due dates.",
        _BODY,
    )
    _write_parts(sheet, plan)
    sheet.gap(8)
    prose(
        sheet,
        "If a part is not paid in time, the plan ends: all that is left is due at once, and service may be cut off.",
        _STRONG,
    )
    signatures(sheet, (("Customer", letter.name), ("For the city", plan.made_by)))


def _write_parts(sheet: Sheet, plan: PlanOf) -> None:
    section(sheet, f"Plan {plan.number}")
    columns = (Column("Part", 5), Column("Due", 6), Column("Amount", 4, figures=True))
    rows = [("Down payment", day(plan.made_on), shown(plan.plan.down))]
    rows += [(f"Instalment {part.number}", day(part.due), shown(part.amount)) for part in plan.plan.parts]
    table(sheet, columns, rows, total=("Together", "", dollars(plan.plan.total)), room=360)


def _write_broken(sheet: Sheet, letter: Letter) -> None:
    plan = _plan(letter)
    ahead = plan.next_due()
    which = ""
    if ahead is not None:
        words = "the down payment" if ahead.number == 0 else f"instalment {ahead.number}"
        which = f": {words} of {dollars(ahead.amount)}, due {day(ahead.due)}, was not paid in full"
    when = f" on or after {day(letter.act_on)}" if letter.act_on else ""
    sheet.banner(
        f"{dollars(letter.total)} is due now. Your service may be cut off{when}.",
        Style(11.5, strong=True), dark=False,
    )  # fmt: skip
    sheet.gap(4)
    prose(sheet, f"Your payment plan {plan.number} of {day(plan.made_on)} has ended{which}.", _BODY)
    sheet.gap(4)
    facts(sheet, (("Agreed", dollars(plan.plan.total)), ("Paid of it", dollars(plan.paid))))
    _write_bills(sheet, letter, "Due now")
    sheet.gap(8)
    _write_cut_off(sheet, letter)


def _plan(letter: Letter) -> PlanOf:
    if letter.plan is None:
        raise AssertionError(letter.kind)
    return letter.plan


def _write_payment(sheet: Sheet, letter: Letter) -> None:
    office = letter.office
    place = ", ".join(clean(part) for part in (office.name, *office.address) if part)
    phone = f" Telephone {clean(office.phone)}." if office.phone else ""
    section(sheet, "Where to pay")
    prose(sheet, f"At {place}.{phone} Bring this letter: the bars below name your account.", _BODY)
    sheet.gap(8)
    sheet.barcode(clean(letter.account), module=1.1, height=30, align=LEFT)
    sheet.text(clean(letter.account), Style(9))


_WRITERS: Mapping[LetterKind, Callable[[Sheet, Letter], None]] = {
    LetterKind.REMINDER: _write_reminder,
    LetterKind.NOTICE: _write_notice,
    LetterKind.PLAN: _write_plan,
    LetterKind.BROKEN: _write_broken,
}
