"""Calls for the supervisor as the bar and the banner show them: at the supervisor's screen and at the caller's.

Knows no Qt. Who answers calls sees each new one at once; who called sees who comes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from csr_desk.domain.people import Act
from csr_desk.ui.context import BannerAction, Context, Tone
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.help_calls import HelpCall

Chip = tuple[str, Tone, str]
"""Words, how they are meant, the whole sentence."""


class WaitingCalls:
    """The calls that concern one sign-in."""

    def __init__(self, context: Context, show: Callable[[Chip], None]) -> None:
        """``show`` gets the chip of the bar whenever it says something else."""
        self._context, self._show = context, show
        self._looking = False
        self.calls: tuple[HelpCall, ...] = ()
        """For who answers: every live call; for a clerk: the own one."""

    @property
    def answers(self) -> bool:
        """Whether this person is called, and calls nobody."""
        return self._context.actor.may(Act.ANSWER_CALL)

    @property
    def looked_for(self) -> bool:
        """Whether it has to be looked again: always for who answers, for a clerk while a call of theirs lives."""
        return self.answers or bool(self.calls)

    def poll(self) -> None:
        """Look how it stands; a look that is still under way is not repeated."""
        actor, desk = self._context.actor, self._context.desk
        if self._looking or not (self.answers or actor.may(Act.CALL_SUPERVISOR)):
            return
        self._looking = True

        def look() -> tuple[HelpCall, ...]:
            from csr_desk.services import help_calls

            if self.answers:
                return help_calls.live_calls(desk, actor)
            mine = help_calls.my_call(desk, actor)
            return (mine,) if mine is not None else ()

        self._context.read(look, self._take, self._failed)

    def _failed(self, _error: Exception) -> None:
        self._looking = False  # the database is away: the next look comes soon

    def _take(self, found: tuple[HelpCall, ...]) -> None:
        self._looking = False
        before, self.calls = {one.number: one for one in self.calls}, found
        if tuple(before.values()) == found:
            return
        self._show(self.chip())
        if self.answers:
            self._say_new(before)
            return
        for one in found:
            known = before.get(one.number)
            if one.state == "answered" and (known is None or known.state == "open"):
                self._context.shell.banner(tr("{0} is coming.").format(one.answered_name), Tone.OK)

    def _say_new(self, before: Mapping[str, HelpCall]) -> None:
        """Say above the page who calls, where somebody does who did not at the last look."""
        waiting = [one for one in self.calls if one.state == "open"]
        if all(one.number in before for one in waiting):
            return

        def come() -> None:
            from csr_desk.ui import help_answer

            help_answer.start(self._context, ())

        words = tr("I come (Ctrl F1)") if len(waiting) == 1 else tr("Choose (Ctrl F1)")
        said = " · ".join(self.call_words(one) for one in waiting)
        self._context.shell.banner(said, Tone.WARN, BannerAction(words, come))

    def chip(self) -> Chip:
        """Say in the bar who calls, or who comes."""
        waiting = [one for one in self.calls if one.state == "open"]
        if self.answers:
            if not waiting:
                return "", Tone.INFO, ""
            many = tr("{0} call for help").format(len(waiting))
            words = tr("{0} calls for help").format(waiting[0].station) if len(waiting) == 1 else many
            return words, Tone.BAD, " · ".join(self.call_words(one) for one in waiting)
        if not self.calls:
            return "", Tone.INFO, ""
        mine = self.calls[0]
        if mine.state == "open":
            return (
                tr("Called {0}").format(self._at(mine)),
                Tone.WARN,
                tr("The supervisor was called; nobody answered yet."),
            )
        return tr("Supervisor is coming"), Tone.OK, tr("{0} is coming.").format(mine.answered_name)

    def call_words(self, one: HelpCall) -> str:
        """Say who calls, from where, since when and about whom."""
        said = tr("{who} at {where} calls for help since {when}").format(
            who=one.caller_name, where=one.station, when=self._at(one)
        )
        return tr("{call}, with {customer}").format(call=said, customer=one.customer_name) if one.customer_id else said

    def _at(self, one: HelpCall) -> str:
        return f"{self._context.desk.local(one.called_at):%H:%M}"


def answer(context: Context, one: HelpCall) -> None:
    """Say that one comes, and look at the page of whoever stands at the counter."""
    from uuid import uuid4

    from csr_desk.services import help_calls

    desk, actor, command = context.desk, context.actor, help_calls.AnswerCall(uuid4().hex, one.number)

    def told(done: HelpCall) -> None:
        words = tr("{0} knows that you come to {1}.").format(done.caller_name, done.station)
        context.shell.banner(words, Tone.OK)
        if done.customer_id:
            context.shell.go("customer", f"customer:{done.customer_id}")

    context.act(lambda: help_calls.answer_call(desk, actor, command), told)


def end(context: Context, one: HelpCall) -> None:
    """End a call: it is settled."""
    from uuid import uuid4

    from csr_desk.services import help_calls

    desk, actor, command = context.desk, context.actor, help_calls.EndCall(uuid4().hex, one.number)
    ending = help_calls.end_call if actor.may(Act.ANSWER_CALL) else help_calls.settle_call
    context.act(
        lambda: ending(desk, actor, command),
        lambda _done: context.shell.banner(tr("The call for help is settled."), Tone.INFO),
    )
