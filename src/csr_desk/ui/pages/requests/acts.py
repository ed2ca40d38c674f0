"""What is done about the request that is picked, each asked for in a sheet. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar
from uuid import uuid4

from csr_desk.domain.changes import Done
from csr_desk.domain.errors import BadInput
from csr_desk.domain.people import Act
from csr_desk.domain.requests import Escalation, Request
from csr_desk.domain.work_orders import KIND_WORDS, Priority, WorkKind
from csr_desk.ui.context import Choice, Context, Field, Tone
from csr_desk.ui.dates import parse_day, us_date
from csr_desk.ui.request_words import subject_words
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.request_lists import RequestView

T = TypeVar("T")
_DIGITS = "123456789abcdefghijklmnopqrstuvwxyz"


class RequestActs:
    """Acts on one request; ``reload`` shows it anew by its number."""

    def __init__(self, context: Context, reload: Callable[[str], None]) -> None:
        """No request yet."""
        self.context, self.reload = context, reload
        self.view: RequestView | None = None

    # ---- what can be done

    def can(self) -> frozenset[str]:
        """Return the names of the acts that are possible now."""
        view, may = self.view, self.context.actor.may
        if view is None:
            return frozenset()
        found = {"slip", "visit"}
        if may(Act.TAKE_REQUEST):
            found |= self._worked(view) if view.request.waits else {"reopen", "letters"}
        return frozenset(found)

    def _worked(self, view: RequestView) -> set[str]:
        may = self.context.actor.may
        one = view.request
        found = {"note", "task", "wait", "retype", "close", "link", "caller", "attach"}
        found |= {"answer"} if any(note.state == "open" for note in view.notes) else set()
        found |= {"take"} if one.owner != self.context.actor.user else set()
        found |= {"assign", "escalate"} if may(Act.ESCALATE_REQUEST) else set()
        found |= {"work"} if may(Act.KEEP_WORK_ORDERS) else set()
        return found

    # ---- what was found out, and whom to ask

    def note(self) -> None:
        """Write down what was found out, seen or said."""
        kinds = (
            ("research", tr("looked into")), ("call", tr("telephoned")), ("visit", tr("was there")),
            ("letter", tr("wrote a letter")), ("email", tr("wrote an e-mail")),
        )  # fmt: skip

        def ask(kind: str) -> None:
            from csr_desk.services import request_work

            def keep(said: str, number: str) -> Callable[[], Done[Request]]:
                command = request_work.AddNote(uuid4().hex, number, said, kind)
                return lambda: request_work.add_note(self.context.desk, self.context.actor, command)

            self._ask((Field("said", tr("What was found out or said")),), tr("Write it down"), keep)

        self._choose(tr("What was done?"), kinds, ask)

    def ask_task(self) -> None:
        """Give another department a task; the request waits for its answer."""
        from csr_desk.services import request_work

        fields = (
            Field("department", tr("Which department")), Field("said", tr("What they are asked"), ends=False),
            Field("due", tr("Answer until"), hint=tr("empty: when the request is due")),
        )  # fmt: skip

        def keep(values: dict[str, str], number: str) -> Callable[[], Done[Request]]:
            desk = self.context.desk
            due = parse_day(values["due"], desk.today(), field="due") if values["due"] else None
            command = request_work.AskDepartment(uuid4().hex, number, values["department"], values["said"], due)
            return lambda: request_work.ask_department(desk, self.context.actor, command)

        self._ask_many(fields, tr("A task for a department"), keep)

    def answer(self) -> None:
        """Enter what a department answered; without words the task is called off."""
        view = self.view
        waiting = [note for note in view.notes if note.state == "open"] if view is not None else []

        def ask(n: str) -> None:
            from csr_desk.services import request_work

            def keep(said: str, number: str) -> Callable[[], Done[Request]]:
                command = request_work.AnswerTask(uuid4().hex, number, int(n), said)
                return lambda: request_work.answer_task(self.context.desk, self.context.actor, command)

            self._ask((Field("said", tr("Their answer"), hint=tr("empty: the task is called off")),), tr("Enter"), keep)

        asked = [(str(one.n), f"{one.department}: {one.said}") for one in waiting]
        if len(asked) == 1:
            ask(asked[0][0])
        elif asked:
            self._choose(tr("Which task was answered?"), asked, ask)

    # ---- whose it is

    def take(self) -> None:
        """It is mine."""
        if self.view is not None:
            self._assign(self.view.request.number, self.context.actor.user, "")

    def assign(self) -> None:
        """Give it to somebody of the office, or to a department."""
        desk = self.context.desk

        def read() -> list[tuple[str, str]]:
            from csr_desk.services.staff import sign_in_page

            return [(card.user, f"{card.name} · {card.title}") for card in sign_in_page(desk).people]

        def ask(people: list[tuple[str, str]]) -> None:
            def given(user: str) -> None:
                if self.view is not None and user != "-":
                    self._assign(self.view.request.number, user, "")
                elif self.view is not None:
                    self._ask_department()

            self._choose(tr("Who gets it?"), [*people, ("-", tr("Another department…"))], given)

        self.context.read(read, ask)

    def _ask_department(self) -> None:
        from csr_desk.services import requests

        def keep(said: str, number: str) -> Callable[[], Done[Request]]:
            command = requests.AssignRequest(uuid4().hex, number, department=said)
            return lambda: requests.assign_request(self.context.desk, self.context.actor, command)

        self._ask((Field("said", tr("Which department")),), tr("Give it to them"), keep)

    def _assign(self, number: str, owner: str, department: str) -> None:
        from csr_desk.services import requests

        command = requests.AssignRequest(uuid4().hex, number, owner, department)
        self._do(lambda: requests.assign_request(self.context.desk, self.context.actor, command))

    # ---- where it stands

    def wait(self) -> None:
        """It waits for the customer, or is gone on with."""
        from csr_desk.services import requests

        view = self.view
        if view is not None and view.request.state == "waiting":
            command = requests.WaitRequest(uuid4().hex, view.request.number, waits=False)
            self._do(lambda: requests.wait_request(self.context.desk, self.context.actor, command))
            return

        def keep(said: str, number: str) -> Callable[[], Done[Request]]:
            wanted = requests.WaitRequest(uuid4().hex, number, said)
            return lambda: requests.wait_request(self.context.desk, self.context.actor, wanted)

        self._ask((Field("said", tr("What it waits for")),), tr("It waits"), keep)

    def escalate(self) -> None:
        """Have the department speak to the customer within days (H6)."""
        from csr_desk.services import requests

        whys = (
            (Escalation.DISSATISFIED.value, tr("The customer is not content")),
            (Escalation.OVERDUE.value, tr("It is overdue")), (Escalation.BY_HAND.value, tr("It has to be soon")),
        )  # fmt: skip

        def ask(why: str) -> None:
            def keep(said: str, number: str) -> Callable[[], Done[Request]]:
                command = requests.EscalateRequest(uuid4().hex, number, Escalation(why), said)
                return lambda: requests.escalate_request(self.context.desk, self.context.actor, command)

            self._ask((Field("said", tr("Why")),), tr("Escalate"), keep)

        self._choose(tr("Why is it escalated?"), whys, ask)

    def reopen(self) -> None:
        """It was not settled after all: this counts as a recurrence."""
        from csr_desk.services import request_closing

        def keep(said: str, number: str) -> Callable[[], Done[Request]]:
            command = request_closing.ReopenRequest(uuid4().hex, number, said)
            return lambda: request_closing.reopen_request(self.context.desk, self.context.actor, command)

        self._ask((Field("said", tr("What is not settled")),), tr("Open it again"), keep)

    # ---- what belongs to it

    def link(self) -> None:
        """Link it with a receipt, an account, a permit and the like."""
        from csr_desk.services import request_work
        from csr_desk.services.request_links import LINKED

        nouns = [(noun, subject_words(f"{noun}:").strip()) for noun in LINKED]

        def ask(noun: str) -> None:
            def keep(said: str, number: str) -> Callable[[], Done[Request]]:
                command = request_work.LinkRequest(uuid4().hex, number, f"{noun}:{said}")
                return lambda: request_work.link_request(self.context.desk, self.context.actor, command)

            self._ask((Field("said", tr("{noun}, number").format(noun=dict(nouns)[noun])),), tr("Link"), keep)

        self._choose(tr("What is it about?"), nouns, ask)

    def caller(self) -> None:
        """Note somebody else who called about it, to be told how it ends (H7)."""
        from csr_desk.services import request_work

        fields = (
            Field("name", tr("Who called")), Field("reach", tr("Telephone or e-mail"), ends=True),
            Field("language", tr("Language"), hint=tr("such as es or vi")),
        )  # fmt: skip

        def keep(values: dict[str, str], number: str) -> Callable[[], Done[Request]]:
            command = request_work.AddCaller(
                uuid4().hex, number, "", values["name"], values["reach"], values["language"]
            )
            return lambda: request_work.add_caller(self.context.desk, self.context.actor, command)

        self._ask_many(fields, tr("A second caller"), keep)

    def work(self) -> None:
        """Send a crew: a work order about this request, at its address."""
        kinds = [(kind.value, words) for kind, words in KIND_WORDS.items()]

        def ask(kind: str) -> None:
            view = self.view
            if view is None:
                return
            fields = (
                Field("work", tr("What is to be done"), view.request.summary),
                Field("site", tr("Where"), view.request.site), Field("crew", tr("Crew or agency"), ends=True),
                Field("due", tr("Done until"), hint=tr("empty: as its priority says")),
            )  # fmt: skip
            self._ask_many(fields, KIND_WORDS[WorkKind(kind)], lambda values, number: self._send(kind, values, number))

        self._choose(tr("What is to be done?"), kinds, ask)

    def _send(self, kind: str, values: dict[str, str], number: str) -> Callable[[], Done[object]]:
        from csr_desk.services import work_orders

        desk, actor = self.context.desk, self.context.actor
        due = parse_day(values["due"], desk.today(), field="due") if values["due"] else None
        priority = self.view.request.priority if self.view is not None else Priority.NORMAL
        command = work_orders.OpenWorkOrder(
            uuid4().hex, WorkKind(kind), values["work"], values["site"], f"request:{number}", priority=priority,
            crew=values["crew"], due=due,
        )  # fmt: skip

        def open_it() -> Done[object]:
            done = work_orders.open_work_order(desk, actor, command)
            return Done(done.value, done.topics, done.replayed)

        return open_it

    # ---- asking and doing

    def _choose(self, title: str, pairs: Sequence[tuple[str, str]], then: Callable[[str], None]) -> None:
        choices = [Choice(digit, words, value) for digit, (value, words) in zip(_DIGITS, pairs, strict=False)]
        self.context.shell.ask_reason(title, choices, then)

    def _ask(self, fields: Sequence[Field], accept: str, keep: Callable[[str, str], Callable[[], Done[T]]]) -> None:
        self._ask_many(fields, accept, lambda values, number: keep(values["said"], number))

    def _ask_many(
        self, fields: Sequence[Field], accept: str, keep: Callable[[dict[str, str], str], Callable[[], Done[T]]]
    ) -> None:
        view = self.view
        if view is None:
            return
        number = view.request.number

        def take(values: dict[str, str]) -> str | None:
            try:
                act = keep(values, number)
            except BadInput as wrong:
                return wrong.message
            self._do(act)
            return None

        self.context.shell.ask_fields(f"{number}: {accept}", tuple(fields), take, accept, keep=True)

    def _do(self, act: Callable[[], Done[T]]) -> None:
        number = self.view.request.number if self.view is not None else ""

        def done(value: T) -> None:
            if isinstance(value, Request):
                self.context.shell.banner(self._words(value), Tone.OK)
            self.reload(number)

        self.context.act(act, done)

    def _words(self, one: Request) -> str:
        if one.contact_by is not None and one.waits and one.escalated is not None:
            words = tr("{number}: {department} speaks to the customer by {day}.")
            return words.format(number=one.number, department=one.department, day=us_date(one.contact_by))
        return tr("{number} is noted.").format(number=one.number)
