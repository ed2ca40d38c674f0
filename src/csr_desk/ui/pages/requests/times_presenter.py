"""How long requests took in a span. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from csr_desk.domain.errors import BadInput
from csr_desk.domain.request_times import Times
from csr_desk.ui.context import Context, Field, Tone
from csr_desk.ui.dates import parse_day, us_date
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from pathlib import Path

_DAYS = 90
"""The span at first: what was closed in so many days."""


@dataclass(frozen=True, slots=True)
class TimesPicture:
    """All that the panel shows."""

    times: tuple[Times, ...] = ()
    by_type: bool = False
    words: str = ""
    """Which span, and the whole in a sentence."""


class TimesView(Protocol):
    """What the presenter asks of the panel."""

    def show_picture(self, picture: TimesPicture) -> None:
        """Show it."""


class TimesPresenter:
    """One span, by department or by type."""

    def __init__(self, context: Context, view: TimesView) -> None:
        """Nothing is read yet."""
        self.context, self.view = context, view
        self.by_type = False
        self.last = context.desk.today()
        self.first = self.last - timedelta(days=_DAYS)

    def load(self) -> None:
        """Read the span anew."""
        desk, actor = self.context.desk, self.context.actor
        first, last, by_type = self.first, self.last, self.by_type

        def read() -> TimesPicture:
            from csr_desk.services import request_times

            found = request_times.times(desk, actor, request_times.Span(first, last, by_type))
            return TimesPicture(found, by_type, _words(found, first, last))

        self.context.read(read, self.view.show_picture)

    def turn(self) -> None:
        """By type instead of by department, or the other way round."""
        self.by_type = not self.by_type
        self.load()

    def ask_span(self) -> None:
        """Ask from when to when."""
        fields = (
            Field("first", tr("Closed from"), us_date(self.first)), Field("last", tr("to"), us_date(self.last)),
        )  # fmt: skip

        def take(keyed: dict[str, str]) -> str | None:
            today = self.context.desk.today()
            try:
                first = parse_day(keyed["first"], today, field="first")
                last = parse_day(keyed["last"], today, field="last")
            except BadInput as wrong:
                return wrong.message
            if last < first:
                return tr("The span ends before it begins.")
            self.first, self.last = first, last
            self.load()
            return None

        self.context.shell.ask_fields(tr("Which span?"), fields, take, tr("Show"))

    def save(self) -> None:
        """Save the table as CSV where exports are."""
        desk, actor = self.context.desk, self.context.actor
        first, last, by_type = self.first, self.last, self.by_type

        def save() -> Path:
            from csr_desk.services import request_times
            from csr_desk.ui.saved_files import save_file

            content = request_times.times_csv(desk, actor, request_times.Span(first, last, by_type))
            return save_file(f"request-times-{first}-{last}.csv", content)

        words = tr("Saved as {path}")
        self.context.read(save, lambda path: self.context.shell.banner(words.format(path=path), Tone.OK))


def _words(found: tuple[Times, ...], first: date, last: date) -> str:
    span = tr("{first} to {last}").format(first=us_date(first), last=us_date(last))
    closed, kept = sum(one.closed for one in found), sum(one.in_time for one in found)
    if not closed:
        return tr("{span}: nothing was closed.").format(span=span)
    words = tr("{span}: {closed} closed, {kept} of them in time ({share}%). Times in working days.")
    return words.format(span=span, closed=closed, kept=kept, share=kept * 100 // closed)
