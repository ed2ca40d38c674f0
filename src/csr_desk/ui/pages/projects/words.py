"""A project in words and rows: pure, knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from csr_desk.domain.holds import Stops
from csr_desk.domain.money import shown
from csr_desk.services.project_lines import Concern, Noun
from csr_desk.ui.dates import sentence_words, us_date
from csr_desk.ui.pages.projects.picture import CardPicture, FoundRow, HeadPicture, LanePicture, LineRow, Said
from csr_desk.ui.project_words import noun_words, state_tone, state_words
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.project_boards import Board, BoardCard
    from csr_desk.services.project_lines import Line
    from csr_desk.services.project_pages import ProjectPage
    from csr_desk.services.project_search import Found, FoundThings

MOST_ALERTS = 3
_LOUD = frozenset({Concern.FAILED, Concern.REJECTED, Concern.ENDED})


# ---- the list at the left


def found_rows(found: FoundThings) -> tuple[FoundRow, ...]:
    """What was found; where a figure of a number is wrong, what it may have meant."""
    meant = tuple(hit_row(one, tr("Meant?")) for one in found.meant)
    return tuple(hit_row(one) for one in found.hits) + meant


def hit_row(hit: Found, meant: str = "") -> FoundRow:
    """Something in the list: where it is, whose it is, and what is due."""
    noun = "" if hit.noun == "project" else noun_words(hit.noun)
    title = " · ".join(part for part in (hit.number, noun) if part)
    below = " · ".join(part for part in (hit.site, hit.title, hit.owner) if part)
    state = "" if hit.state == "open" else state_words(hit.state)
    return FoundRow(
        hit.about, title, below, shown(hit.amount) if hit.amount else "", meant or state,
        "warn" if meant else state_tone(hit.state),
    )  # fmt: skip


def found_hint(found: FoundThings) -> str:
    """What to say of the answer."""
    if found.slip:
        return found.slip
    if found.hits:
        return tr("There is more: key another word.") if found.more else ""
    return tr("Nothing has this number, address or name.")


# ---- the head


def head_picture(page: ProjectPage, today: date, *, sells: bool) -> HeadPicture:
    """A project as the head of its page shows it."""
    alerts = tuple(_alerts(page, today))
    return HeadPicture(
        page.number,
        page.title,
        tuple(_chips(page)),
        page.site,
        _who(page),
        alerts[:MOST_ALERTS],
        _more(len(alerts) - MOST_ALERTS),
        page.due,
        _due_words(page),
        sells and page.due > 0,
    )


def _chips(page: ProjectPage) -> Iterator[Said]:
    yield Said(state_words(page.state), "ok" if page.state == "open" else "info")
    if any(hold.stops is Stops.RELEASE for hold in page.holds):
        yield Said(tr("Violation"), "bad")
    elif page.holds:
        yield Said(tr("Hold"), "bad")


def _who(page: ProjectPage) -> str:
    owner = tr("Owner {name}").format(name=page.owner) if page.owner else tr("Owner not known")
    builder = tr("Contractor {name}").format(name=page.contractor) if page.contractor else tr("No contractor")
    opened = tr("opened {day}").format(day=us_date(page.opened_on))
    closed = tr("closed {day}").format(day=us_date(page.closed_on)) if page.closed_on is not None else ""
    return " · ".join(part for part in (owner, builder, opened, closed) if part)


def _alerts(page: ProjectPage, today: date) -> Iterator[Said]:
    """Holds first, then the contractor, then whatever beneath the project wants somebody to look at it."""
    for hold in page.holds:
        until = tr("until {day}").format(day=us_date(hold.expires_on)) if hold.expires_on is not None else ""
        chip = tr("Violation") if hold.stops is Stops.RELEASE else tr("Hold")
        yield Said(chip, "bad", hold.words, until)
    for sentence in page.lacks:
        yield Said(tr("Contractor"), "bad", sentence_words(sentence), page.contractor)
    found = [line for line in page.lines if line.concern is not None]
    for line in sorted(found, key=lambda one: one.concern not in _LOUD):
        tone = "bad" if line.concern in _LOUD else "warn"
        yield Said(noun_words(line.noun), tone, f"{line.number} {line.title}", concern_words(line, today))


def _more(number: int) -> str:
    if number <= 0:
        return ""
    return tr("1 more in the overview") if number == 1 else tr("{number} more in the overview").format(number=number)


def _due_words(page: ProjectPage) -> str:
    if not page.dues:
        return tr("Nothing is due")
    return tr("Due on 1 order") if len(page.dues) == 1 else tr("Due in {number} parts").format(number=len(page.dues))


# ---- lines


def line_row(line: Line, today: date) -> LineRow:
    """A permit, order, inspection, work order or release in cells."""
    return LineRow(
        f"{line.noun}:{line.number}",
        line.number,
        line.title,
        state_words(line.state),
        "bad" if line.concern in _LOUD else "warn" if line.concern is not None else state_tone(line.state),
        _when(line, today),
        " · ".join(part for part in (line.of, line.who, line.words) if part),
        "" if line.amount is None else shown(line.amount),
        concern_words(line, today),
    )


def overview_rows(lines: Iterable[Line], today: date) -> tuple[LineRow, ...]:
    """Every line: what wants somebody to look at it first, then by noun."""
    order = list(Noun)
    ranked = sorted(lines, key=lambda line: (line.concern is None, order.index(line.noun)))
    return tuple(line_row(line, today) for line in ranked)


def _when(line: Line, today: date) -> str:
    """The day that counts, short: until when it holds, when it is due, when it was done."""
    if line.until is None:
        return _short(line.on, today)
    if line.state in {"passed", "failed", "done", "not_done", "paid"}:
        return _short(line.until, today)
    waits = line.noun in {Noun.INSPECTION, Noun.WORK_ORDER}
    return (tr("due {day}") if waits else tr("until {day}")).format(day=_short(line.until, today))


def _short(day: date, today: date) -> str:
    return f"{day.month}/{day.day}" if day.year == today.year else f"{day.month}/{day.day}/{day.year}"


def concern_words(line: Line, today: date) -> str:
    """Why somebody should look at a line; nothing where all is in order."""
    if line.concern is None:
        return ""
    day = _short(line.until, today) if line.until is not None else ""
    return {
        Concern.ENDED: tr("ended {day}"),
        Concern.ENDS_SOON: tr("ends {day}"),
        Concern.OVERDUE: tr("was due {day}"),
        Concern.FAILED: tr("failed: look again") if line.noun is Noun.INSPECTION else tr("came back undone"),
        Concern.REJECTED: tr("rejected by the company"),
        Concern.UNMATCHED: tr("not in the company's answer"),
        Concern.UNCONFIRMED: tr("not confirmed yet"),
    }[line.concern].format(day=day)


# ---- boards


def lanes(board: Board, noun: Noun, today: date) -> tuple[LanePicture, ...]:
    """A board in words."""
    return tuple(
        LanePicture(state, state_words(state), tuple(_card(card, noun, today) for card in cards))
        for state, cards in board.lanes
    )


def _card(card: BoardCard, noun: Noun, today: date) -> CardPicture:
    line = card.line
    concern = concern_words(line, today)
    parts: Sequence[str] = (line.number, _when(line, today) if noun is Noun.WORK_ORDER else line.words, line.who)
    urgent = tr("Urgent") if card.urgent else ""
    return CardPicture(
        f"{noun}:{line.number}", line.title, card.site, " · ".join(part for part in parts if part),
        concern or urgent, "bad" if line.concern in _LOUD or card.urgent else "warn",
    )  # fmt: skip
