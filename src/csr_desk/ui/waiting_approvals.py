"""What waits for a supervisor's answer at another screen, while the clerk goes on with the next customer (J4).

Knows no Qt: the workspace calls ``poll`` every two seconds while something waits. The command that was sent first is
kept and sent again, the very same, once the answer is there and the clerk wants it; the cart in front is never touched.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from csr_desk.domain.approval_request import Answer, Request, RequestState
from csr_desk.domain.changes import Done
from csr_desk.domain.people import SIGNED_BY, Act, Approval
from csr_desk.ui.context import ApprovalRequest, BannerAction, Context, Tone
from csr_desk.ui.pages.balancing.act_words import asked_words
from csr_desk.ui.wording import tr

IN_THE_CART = frozenset({Act.OVERRIDE_PRICE, Act.WAIVE_FEE, Act.TAKE_LISTED_CHECK, Act.OVERRIDE_HOLD})
"""Part of the sale in front: whoever approves it comes to the station, or the sale is put on hold."""


def may_ask_elsewhere(request: ApprovalRequest, *, outside_reviewer: str) -> bool:
    """Say whether this may be asked at another screen: an approval (no witness), and not of the cart in front."""
    approves = SIGNED_BY.get(request.act, Act.APPROVE) is Act.APPROVE
    return approves and request.act not in IN_THE_CART and not outside_reviewer


@dataclass(slots=True)
class Pending:
    """A command that waits: what was asked, and how it is sent again with the approval."""

    request: ApprovalRequest
    request_id: str
    send: Callable[[Approval], None]
    answer: Answer | None = None

    @property
    def ready(self) -> bool:
        """Say whether it may be done now."""
        return self.answer is not None and self.answer.approval is not None and not self.answer.expired

    @property
    def words(self) -> str:
        """How it stands, in a sentence."""
        if self.ready and self.answer is not None:
            return tr("Approved by {person}: {sentence}").format(
                person=self.answer.request.decided_name, sentence=self.asked
            )
        return tr("Waiting: {sentence}").format(sentence=self.asked)

    @property
    def asked(self) -> str:
        """What was asked, in a few words."""
        return asked_words(self.request.act, self.request.subject, self.request.amount)


class WaitingApprovals:
    """The requests of one sign-in."""

    def __init__(self, context: Context, changed: Callable[[], None]) -> None:
        """Nothing waits yet; ``changed`` is told whenever that is different."""
        self._context = context
        self._changed = changed
        self._asking: set[str] = set()
        self.pending: list[Pending] = []

    @property
    def chip(self) -> tuple[str, Tone, str]:
        """What the bar says: how many wait, or that one can be done; and the sentence of the first."""
        ready = [one for one in self.pending if one.ready]
        if ready:
            words = tr("1 approved") if len(ready) == 1 else tr("{0} approved").format(len(ready))
            return words, Tone.OK, ready[0].words
        if not self.pending:
            return "", Tone.INFO, ""
        number = len(self.pending)
        words = tr("1 waiting") if number == 1 else tr("{0} waiting").format(number)
        return words, Tone.INFO, self.pending[0].words

    def ask(self, request: ApprovalRequest, send: Callable[[Approval], None]) -> None:
        """Send a request; the command waits here, the clerk goes on."""
        from csr_desk.services import approval_requests

        desk, actor, key = self._context.desk, self._context.actor, str(uuid.uuid4())
        command = approval_requests.AskApproval(key, request.act, request.subject, request.amount, request.sentence)

        def asked(done: Request) -> None:
            self.pending.append(Pending(request, done.request_id, send))
            words = tr("Asked. Go on with the next customer; the answer comes here.")
            self._context.shell.banner(words, Tone.INFO)
            self._changed()

        self._context.act(lambda: approval_requests.ask(desk, actor, command), asked)

    def poll(self) -> None:
        """Ask how what waits stands; a question that is still under way is not asked again."""
        for one in list(self.pending):
            if one.request_id not in self._asking:
                self._asking.add(one.request_id)
                self._look(one)

    def _look(self, one: Pending) -> None:
        from csr_desk.services import approval_requests

        desk, actor = self._context.desk, self._context.actor

        def seen(answer: Answer) -> None:
            self._asking.discard(one.request_id)
            if one in self.pending:
                self._take(one, answer)

        def failed(_error: Exception) -> None:
            self._asking.discard(one.request_id)  # the database is away: the next look comes soon

        self._context.read(lambda: approval_requests.answer_of(desk, actor, one.request_id), seen, failed)

    def _take(self, one: Pending, answer: Answer) -> None:
        was_ready, one.answer = one.ready, answer
        if answer.request.state is RequestState.REFUSED:
            words = tr("{person} refused: {sentence}").format(person=answer.request.decided_name, sentence=one.asked)
            self._drop(one, f"{words}. {answer.request.answer}".strip())
        elif answer.expired:
            self._drop(one, tr("Ran out: {sentence}. Ask again.").format(sentence=one.asked))
        elif answer.settled and not one.ready:
            self._drop(one, "")
        elif one.ready and not was_ready:
            words = answer.request.answer
            action = BannerAction(tr("Do it now (Ctrl F11)"), lambda: self.do(one))
            self._context.shell.banner(f"{one.words}. {words}".strip(), Tone.OK, action)
            self._changed()

    def _drop(self, one: Pending, words: str) -> None:
        self.pending.remove(one)
        if words:
            self._context.shell.banner(words, Tone.WARN)
        self._changed()

    def do(self, one: Pending) -> None:
        """Send the very command that waited, now with the approval; once."""
        if one in self.pending and one.ready and one.answer is not None and one.answer.approval is not None:
            self.pending.remove(one)
            self._changed()
            one.send(one.answer.approval)

    def do_next(self) -> bool:
        """Do the first that was approved; say whether there was one."""
        one = next((one for one in self.pending if one.ready), None)
        if one is not None:
            self.do(one)
        return one is not None

    def withdraw(self, one: Pending) -> None:
        """Take a request back."""
        from csr_desk.services import approval_requests

        if one not in self.pending:
            return
        self.pending.remove(one)
        self._changed()
        desk, actor = self._context.desk, self._context.actor
        command = approval_requests.Withdraw(str(uuid.uuid4()), one.request_id)

        def gone(_done: Request) -> None:
            self._context.shell.banner(tr("The request was taken back."), Tone.INFO)

        def job() -> Done[Request]:
            return approval_requests.withdraw(desk, actor, command)

        # somebody may just have decided it: then there is nothing to take back, and it runs out by itself
        self._context.act(job, gone, lambda _error: None)

    def leave(self) -> None:
        """The person goes: what nobody answered is taken back."""
        for one in list(self.pending):
            self.withdraw(one)
