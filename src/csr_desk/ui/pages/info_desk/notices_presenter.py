"""What changes and what changed: read, acknowledged, posted, withdrawn; who has not read it. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from csr_desk.domain.announcement import Notice, NoticeKind
from csr_desk.domain.changes import Done
from csr_desk.domain.errors import BadInput
from csr_desk.domain.people import Act
from csr_desk.ui.context import Context, Field, Tone
from csr_desk.ui.dates import parse_day, us_date
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.announcements import Board, Link, Readers


@dataclass(frozen=True, slots=True)
class NoticesPicture:
    """All that the panel shows."""

    notices: tuple[Notice, ...] = ()
    unread: frozenset[str] = frozenset()
    """The numbers of those that this person has not acknowledged."""
    chosen: Notice | None = None
    links: tuple[Link, ...] = ()
    readers: Readers | None = None
    """Who has read it, for whoever posts notices."""
    may_post: bool = False

    @property
    def waits(self) -> bool:
        """The notice in front is still to be acknowledged by this person."""
        return self.chosen is not None and self.chosen.number in self.unread


class NoticesView(Protocol):
    """What the presenter asks of the panel."""

    def show_picture(self, picture: NoticesPicture) -> None:
        """Show it."""


class NoticesPresenter:
    """The board of notices, and one of them."""

    def __init__(self, context: Context, view: NoticesView) -> None:
        """Nothing is shown yet."""
        self.context, self.view = context, view
        self.picture = NoticesPicture()
        self._wanted = ""
        """The notice that somebody picked last; what is read anew meanwhile does not take it away."""

    def load(self, number: str = "") -> None:
        """Read the board, and of it the notice that is named, the one before, or the first that is unread."""
        desk, actor = self.context.desk, self.context.actor
        wanted = self._wanted = number or self._wanted or (self.picture.chosen.number if self.picture.chosen else "")
        may_post = actor.may(Act.POST_NOTICE)

        def read() -> NoticesPicture:
            from csr_desk.services import announcements

            board: Board = announcements.board(desk, actor)
            named = next((one for one in board.notices if one.number == wanted), None)
            first = next((one for one in board.notices if one.number in board.unread), None)
            chosen = named or first or next(iter(board.notices), None)
            links = announcements.links(desk, actor, chosen.number) if chosen else ()
            readers = announcements.who_read(desk, actor, chosen.number) if chosen and may_post else None
            return NoticesPicture(board.notices, board.unread, chosen, links, readers, may_post)

        def show(found: NoticesPicture) -> None:
            self.picture = found
            self.view.show_picture(found)

        self.context.read(read, show)

    def choose(self, number: str) -> None:
        """Show another one."""
        if number != self._wanted:
            self.load(number)

    def acknowledge(self) -> None:
        """Note that this person has read the notice in front, and show the next that is unread."""
        chosen = self.picture.chosen
        if chosen is None or not self.picture.waits:
            return
        from csr_desk.services import announcements

        desk, actor = self.context.desk, self.context.actor
        command = announcements.ReadNotice(uuid4().hex, chosen.number)
        rest = [one.number for one in self.picture.notices if one.number in self.picture.unread - {chosen.number}]

        def noted(_notice: Notice) -> None:
            self.load(rest[0] if rest else chosen.number)

        self.context.act(lambda: announcements.read_notice(desk, actor, command), noted)

    def open_link(self, at: int) -> None:
        """Show what the notice is about: a price, a card, a form."""
        if 0 <= at < len(self.picture.links):
            self.context.shell.go("info_desk", self.picture.links[at].about)

    # ---- posting

    def post(self) -> None:
        """Ask what changes, and from when."""
        kinds = ", ".join(kind.value for kind in NoticeKind)
        fields = (
            Field("title", tr("What changes, in a line")),
            Field("body", tr("What clerks have to know")),
            Field("effective_on", tr("From"), us_date(self.context.desk.today())),
            Field("kind", tr("Kind: {0}").format(kinds), NoticeKind.PROCESS.value),
            Field("must_read", tr("Read before the first sale of that day (yes or no)"), tr("yes")),
            Field("items", tr("Codes of the items that it is about"), hint=tr("may stay empty")),
        )

        def keep(keyed: dict[str, str]) -> str | None:
            try:
                self._post(keyed)
            except BadInput as wrong:
                return wrong.message
            return None

        self.context.shell.ask_fields(tr("Post a notice"), fields, keep, tr("Post it"), keep=True)

    def _post(self, keyed: dict[str, str]) -> None:
        from csr_desk.services import announcements

        desk, actor = self.context.desk, self.context.actor
        try:
            kind = NoticeKind(keyed["kind"].strip().casefold())
        except ValueError:
            raise BadInput(tr("A notice is about a price, process, form, safety or other."), field="kind") from None
        day = parse_day(keyed["effective_on"], desk.today(), field="effective_on")
        items = tuple(code.strip().upper() for code in keyed["items"].replace(";", ",").split(",") if code.strip())
        must_read = keyed["must_read"].strip().casefold() != tr("no")
        command = announcements.PostNotice(
            uuid4().hex, keyed["title"], keyed["body"], day, kind, must_read, items=items
        )
        self._act(lambda: announcements.post_notice(desk, actor, command), tr("{0} is posted."))

    def withdraw(self) -> None:
        """Ask why it is withdrawn."""
        chosen = self.picture.chosen
        if chosen is None:
            return
        desk, actor = self.context.desk, self.context.actor

        def keep(keyed: dict[str, str]) -> str | None:
            from csr_desk.services import announcements

            command = announcements.WithdrawNotice(uuid4().hex, chosen.number, keyed["reason"])
            self._act(lambda: announcements.withdraw_notice(desk, actor, command), tr("{0} is withdrawn."))
            return None

        field = Field("reason", tr("Why: somebody may have told it to a customer"))
        self.context.shell.ask_fields(
            tr("Withdraw {0}").format(chosen.number), (field,), keep, tr("Withdraw it"), keep=True
        )

    def _act(self, job: Callable[[], Done[Notice]], words: str) -> None:
        def done(notice: Notice) -> None:
            self.context.shell.banner(words.format(notice.number), Tone.OK)
            self.load(notice.number)

        self.context.act(job, done)
