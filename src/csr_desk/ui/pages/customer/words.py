"""A customer in words and rows: pure, knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from csr_desk.domain.customers import CustomerKind, Level
from csr_desk.domain.money import Cents, shown
from csr_desk.ui.customer_words import languages, level_words
from csr_desk.ui.dates import us_date
from csr_desk.ui.moments import said
from csr_desk.ui.pages.customer.picture import (
    AccountRow,
    FoundRow,
    NoteRow,
    PagePicture,
    Said,
)
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.customers import Note
    from csr_desk.services.customer_duplicates import Alike
    from csr_desk.services.customer_pages import AccountLine, CustomerPage
    from csr_desk.services.customers import CustomerHit, FoundCustomers

NOTHING = "–"
TONES = {Level.STOP: "bad", Level.WARN: "warn", Level.INFO: "info"}
MOST_ALERTS = 3


def age_cell(cents: Cents) -> str:
    """An amount of a column of age; a dash where there is none."""
    return said(cents) if cents else NOTHING


# ---- the list at the left


def found_rows(found: FoundCustomers) -> tuple[FoundRow, ...]:
    """Who was found; where nobody was, the accounts that a slip may have meant."""
    slips = tuple(
        FoundRow(
            f"account:{slip.account}",
            slip.account,
            tr("One figure differs: {name}").format(name=slip.name),
            chip=tr("Meant?"),
            tone="warn",
        )
        for slip in found.slips
    )
    return tuple(hit_row(hit) for hit in found.hits) + slips


def hit_row(hit: CustomerHit) -> FoundRow:
    """A person of the list: what warns stands in words beside what they owe."""
    below = " · ".join(part for part in (hit.why, hit.address, hit.phone) if part)
    owed = said(hit.owed) if hit.accounts else ""
    return FoundRow(
        f"customer:{hit.number}", hit.name, below or hit.number, owed, level_words(hit.level),
        TONES[hit.level] if hit.level is not None else "info",
    )  # fmt: skip


def alike_rows(found: Iterable[Alike]) -> tuple[FoundRow, ...]:
    """Who may be the one that is being entered, and why."""
    return tuple(
        FoundRow(
            f"customer:{one.hit.number}",
            one.hit.name,
            " · ".join([", ".join(one.why), *(part for part in (one.hit.address, one.hit.phone) if part)]),
            said(one.hit.owed) if one.hit.accounts else "",
        )
        for one in found
    )


def found_hint(found: FoundCustomers) -> tuple[str, bool]:
    """What to say of the answer, and whether it is a fault."""
    if found.hits:
        return (tr("more: key another word") if found.more else ""), False
    return (tr("nobody; one figure off?") if found.slips else tr("nobody")), not found.slips


# ---- the page


def page_picture(page: CustomerPage) -> PagePicture:
    """A customer as the page shows them."""
    alerts = tuple(note_said(note) for note in page.notes)
    return PagePicture(
        page.number,
        page.form.name,
        tuple(_chips(page)),
        _who(page),
        alerts[:MOST_ALERTS],
        _more(len(alerts) - MOST_ALERTS),
        page.owed,
        _owed_words(page),
        tuple(account_row(line) for line in page.accounts),
        page.hidden,
        page.confidential,
    )


def _more(number: int) -> str:
    if number <= 0:
        return ""
    return tr("1 more under Notes") if number == 1 else tr("{number} more under Notes").format(number=number)


def _chips(page: CustomerPage) -> Iterable[Said]:
    if page.form.kind is CustomerKind.FIRM:
        yield Said(tr("Firm"), "info")
    if page.form.language != "en":
        yield Said(languages().get(page.form.language, page.form.language), "info")
    if page.confidential:
        yield Said(tr("Confidential: not shown") if page.hidden else tr("Confidential"), "warn")


def _who(page: CustomerPage) -> str:
    form = page.form
    reach = [form.address, form.phone, form.email] if not page.hidden else []
    also = [f"{one.label} {one.words}".strip() for one in form.contacts]
    since = tr("customer since {year}").format(year=page.since.year) if page.since is not None else ""
    joined = tr("joined: {numbers}").format(numbers=", ".join(page.joined)) if page.joined else ""
    return " · ".join(part for part in (*reach, *also, since, page.number, joined) if part)


def _owed_words(page: CustomerPage) -> str:
    if page.owed < 0:
        return tr("Paid ahead")
    late = page.aged.total - page.aged.current
    if late > 0:
        return tr("Owes in all · {late} over 30 days").format(late=shown(late))
    return tr("Owes in all")


def account_row(line: AccountLine) -> AccountRow:
    """An account with its service, their part in it, its stage and its place; columns of age."""
    closed = tr("closed {day}").format(day=us_date(line.closed_on)) if line.closed_on is not None else ""
    stage = line.stage.replace("_", " ")
    role = role_names().get(line.role, line.role)
    place = (line.number, line.service, role, line.department, stage, closed, line.address)
    first, second, third, fourth = (age_cell(cents) for cents in line.aged.columns)
    return AccountRow(
        line.number, " · ".join(part for part in (role, line.service) if part), (first, second, third, fourth),
        said(line.balance), own=not line.role, words=" · ".join(part for part in place if part),
    )  # fmt: skip


def role_names() -> dict[str, str]:
    """What somebody is to an account that is in another's name."""
    return {
        "owner": tr("Owner"), "tenant": tr("Tenant"), "contractor": tr("Contractor"), "payer": tr("Payer"),
        "agent": tr("Agent"),
    }  # fmt: skip


# ---- notes, and the months of the chart


def note_said(note: Note) -> Said:
    """A note with how loud it is, in a word and a colour."""
    word = level_words(note.level) or tr("Info")
    until = tr("until {day}").format(day=us_date(note.expires_on)) if note.expires_on is not None else ""
    return Said(word, TONES[note.level], note.words, until)


def note_rows(notes: Sequence[Note], today: date) -> tuple[NoteRow, ...]:
    """Every note, those that count first."""
    rows = []
    for note in sorted(notes, key=lambda one: not one.speaks(today)):
        until = us_date(note.expires_on) if note.expires_on is not None else tr("no end")
        state = tr("taken off") if note.closed_by else "" if note.speaks(today) else tr("ran out")
        written = us_date(date.fromisoformat(note.written_at[:10]))
        rows.append(NoteRow(note.note_id, note_said(note), state or until, written, note.speaks(today)))
    return tuple(rows)


def month_ends(today: date, number: int = 12) -> tuple[date, ...]:
    """The last days of the months before today's, and today: the oldest first."""
    days = [today]
    first = today.replace(day=1)
    while len(days) < number:
        last = date.fromordinal(first.toordinal() - 1)
        days.append(last)
        first = last.replace(day=1)
    return tuple(reversed(days))
