"""What the sheet of a new request does: find the type, ask what it needs, offer what is alike, take it. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar
from uuid import uuid4

from csr_desk.domain.changes import Done
from csr_desk.domain.customers import LANGUAGES
from csr_desk.domain.requests import Channel, Request, RequestType, due_on, urgent
from csr_desk.domain.work_orders import Priority
from csr_desk.ui.asking import Newest
from csr_desk.ui.context import BannerAction, Context, Tone
from csr_desk.ui.dates import us_date
from csr_desk.ui.request_finding import found_types
from csr_desk.ui.request_words import due_words, kind_words
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.request_start import Beginning

T = TypeVar("T")
OFFERED = LANGUAGES[:6]
"""One key goes round these; the others are keyed on the customer's page."""
_CHANNELS = (Channel.COUNTER, Channel.PHONE, Channel.EMAIL, Channel.SITE_VISIT, Channel.LETTER)


@dataclass(frozen=True, slots=True)
class Keyed:
    """What stands in the fields of the sheet."""

    summary: str
    site: str = ""
    place: str = ""
    contact: str = ""
    reach: str = ""
    answers: Mapping[str, str | list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TakingPicture:
    """All that the sheet shows beside what is keyed."""

    found: tuple[RequestType, ...] = ()
    """The types that the words find, the likeliest first."""
    type: RequestType | None = None
    promise: str = ""
    """Which department answers by when."""
    channel: Channel = Channel.COUNTER
    priority: Priority = Priority.NORMAL
    language: str = "en"
    anonymous: bool = False
    alike: tuple[Request, ...] = ()


class TakingView(Protocol):
    """What the presenter asks of the sheet."""

    def show_picture(self, picture: TakingPicture) -> None:
        """Show it."""

    def show_lack(self, words: str, name: str) -> None:
        """Say what is missing or wrong, with the cursor in that field."""

    def show_refusal(self, error: Exception) -> bool:
        """Say why it was refused, with the cursor in the field that it is about; False where it was no refusal."""

    def done(self) -> None:
        """Take the sheet away."""


class NewRequestPresenter:
    """One request that is being taken."""

    def __init__(self, context: Context, found: Beginning) -> None:
        """``found`` is what is known before anything is keyed."""
        self.context, self.found = context, found
        self.view: TakingView | None = None
        self.channel, self.anonymous = Channel.COUNTER, False
        self.language = found.language or "en"
        self.type: RequestType | None = None
        self.asked: Priority | None = None
        """The priority that was chosen; without one that of the type."""
        self.listed: tuple[RequestType, ...] = found.types
        self.alike: tuple[Request, ...] = ()
        self._key = uuid4().hex
        self._sending = False
        self._looks = Newest(context, self._read_alike, self._show_alike)

    def attach(self, view: TakingView) -> None:
        """Show what there is."""
        self.view = view
        self._show()

    # ---- the type

    def typed(self, text: str) -> None:
        """The words of the type changed."""
        self.listed = found_types(self.found.types, text)
        self._show()

    def choose(self, code: str, site: str) -> None:
        """Take a type; what is alike at the address is looked for."""
        self.type = next((one for one in self.found.types if one.code == code), None)
        self.asked = None
        if self.type is not None and self.anonymous and not self.type.anonymous:
            self.anonymous = False
        self._show()
        self.look_alike(site)

    def at_digit(self, digit: str) -> RequestType | None:
        """Return the type that a digit stands for in the list."""
        at = int(digit) - 1 if digit.isdecimal() else -1
        return self.listed[at] if 0 <= at < len(self.listed) else None

    # ---- one key each

    def next_channel(self) -> None:
        """Counter, phone, e-mail, site visit, letter, and counter again."""
        self.channel = _after(_CHANNELS, self.channel)
        self._show()

    def next_priority(self) -> None:
        """Go on to the next priority; of a type about safety never below urgent."""
        if self.type is not None:
            every = tuple(Priority)[:2] if self.type.safety else tuple(Priority)
            self.asked = _after(every, self.priority)
            self._show()

    def next_language(self) -> None:
        """Go on to the next language of the city."""
        self.language = _after(OFFERED, self.language)
        self._show()

    def turn_anonymous(self) -> None:
        """They do not want to be named, or do after all."""
        if self.type is not None and not self.type.anonymous:
            self._lack(tr("{type}: nobody can be answered who does not say who they are."), "type")
            return
        self.anonymous = not self.anonymous
        self._show()

    @property
    def priority(self) -> Priority:
        """How soon it is looked at."""
        return self.asked or (urgent(self.type) if self.type is not None else Priority.NORMAL)

    # ---- what is alike

    def look_alike(self, site: str) -> None:
        """Look for open ones of this type at the address, or of this customer."""
        if self.type is None:
            return
        self._looks.ask(f"{self.type.code}\n{site.strip()}")

    def _read_alike(self, question: str) -> tuple[Request, ...]:
        from csr_desk.services import request_lists

        code, _, site = question.partition("\n")
        return request_lists.alike(self.context.desk, self.context.actor, code, site, self.found.customer_id)

    def _show_alike(self, _question: str, found: tuple[Request, ...]) -> None:
        self.alike = found
        self._show()

    def second_caller(self, number: str, keyed: Keyed) -> None:
        """They call about one that is there: they are noted at it, and told how it ends."""
        one = next((one for one in self.alike if one.number == number), None)
        if one is None or self._sending:
            return
        known = bool(self.found.customer_id) and not self.anonymous
        if not known and not keyed.contact.strip():
            self._lack(tr("Key who calls: without a name nobody can tell them how it ended."), "contact")
            return
        desk, actor, key = self.context.desk, self.context.actor, self._key
        customer = self.found.customer_id if known else ""

        def note() -> Done[Request]:
            from csr_desk.services import request_work

            command = request_work.AddCaller(
                key, one.number, customer, "" if known else keyed.contact, keyed.reach, self.language
            )
            return request_work.add_caller(desk, actor, command)

        words = tr("They are noted at {number} and told how it ends: {due}.")
        due = due_words(one, desk.today(), desk.policy.days_off)
        self._send(note, words.format(number=one.number, due=due))

    def go_to(self, number: str) -> None:
        """Leave the sheet and look at one that is alike."""
        if self.view is not None and number:
            self.view.done()
            self.context.shell.go("requests", f"request:{number}")

    # ---- taking it

    def lacking(self, keyed: Keyed) -> tuple[str, str] | None:
        """Return the first thing that is missing, in words, and its field."""
        if self.type is None:
            return tr("Choose what it is about."), "type"
        if not keyed.summary.strip():
            return tr("Write in a line what they say."), "summary"
        for one in self.type.questions:
            if one.variable and one.required and not keyed.answers.get(one.code):
                return tr("Ask: {question}").format(question=one.description), one.code
        if self.type.needs_site and not keyed.site.strip():
            return tr("Say where. Somebody has to find it."), "site"
        if not self.anonymous and not self.found.customer_id and not keyed.contact.strip():
            return tr("Say whose it is, or Alt+A where they do not want to be named."), "contact"
        return None

    def take(self, keyed: Keyed, *, slip: bool = False) -> None:
        """Take the request; with ``slip`` its number comes out of the printer at once."""
        lack = self.lacking(keyed)
        if lack is not None:
            self._lack(*lack)
            return
        if self._sending or self.type is None:
            return
        desk, actor, key, kind = self.context.desk, self.context.actor, self._key, self.type
        named = not self.anonymous

        def take() -> Done[Request]:
            from csr_desk.services import requests

            command = requests.OpenRequest(
                key, kind.code, keyed.summary, self.channel, keyed.answers, keyed.site, keyed.place,
                self.found.customer_id if named else "", keyed.contact if named else "",
                keyed.reach if named else "", self.anonymous, self.language, priority=self.asked,
                links=self.found.links,
            )  # fmt: skip
            return requests.open_request(desk, actor, command)

        self._send(take, "", slip=slip)

    def _send(self, act: Callable[[], Done[Request]], words: str, *, slip: bool = False) -> None:
        self._sending = True

        def done(one: Request) -> None:
            self._sending = False
            if self.view is not None:
                self.view.done()
            said = words or taken_words(one)
            action = None if words or slip else BannerAction(tr("Print the slip"), lambda: self._print(one.number))
            self.context.shell.banner(said, Tone.OK, action)
            if slip:
                self._print(one.number)

        def failed(error: Exception) -> None:
            self._sending = False
            if self.view is None or not self.view.show_refusal(error):
                self.context.shell.problem(error)

        self.context.act(act, done, failed)

    def _print(self, number: str) -> None:
        from csr_desk.ui.request_printing import print_slip

        print_slip(self.context, number)

    # ---- showing

    def _lack(self, words: str, name: str) -> None:
        if self.view is not None:
            self.view.show_lack(words.format(type=self.type.name if self.type is not None else ""), name)

    def _show(self) -> None:
        if self.view is None:
            return
        picture = TakingPicture(
            self.listed, self.type, self._promise(), self.channel, self.priority, self.language, self.anonymous,
            self.alike,
        )  # fmt: skip
        self.view.show_picture(picture)

    def _promise(self) -> str:
        if self.type is None:
            return ""
        desk = self.context.desk
        due = due_on(self.type, desk.today(), holidays=desk.policy.days_off)
        words = tr("{kind} · {department} answers by {day} ({n} working days)")
        if self.type.days == 1:
            words = tr("{kind} · {department} answers by {day} (1 working day)")
        said = words.format(
            kind=kind_words(self.type.kind).capitalize(), department=self.type.department, day=us_date(due),
            n=self.type.days,
        )  # fmt: skip
        if self.type.restricted:
            said += " · " + tr("read by supervisors only")
        return said


def taken_words(one: Request) -> str:
    """What the customer is told of a request that was just taken: its number, who answers, until when."""
    words = tr("{number} is taken. {department} answers by {day}.")
    return words.format(number=one.number, department=one.department, day=us_date(one.due_on))


def _after(every: Sequence[T], now: T) -> T:
    """Return the one that follows, and the first after the last."""
    return every[(every.index(now) + 1) % len(every)] if now in every else every[0]
