"""What a page gets from the window, without Qt: the desk's facts, who acts, and how to ask for work.

A page never touches the database: it hands a job to ``Context.read`` or ``Context.act`` and is told of the result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import ApprovalNeeded
from csr_desk.domain.money import Cents
from csr_desk.domain.people import SIGNED_BY, Act, Actor, Approval

if TYPE_CHECKING:
    from csr_desk.services.desk import Desk

T = TypeVar("T")


class Tone(StrEnum):
    """How a sentence is meant; always said in words as well."""

    OK = "ok"
    INFO = "info"
    WARN = "warn"
    BAD = "bad"


class Runner(Protocol):
    """Does jobs away from the window, one after the other, and brings the results back to it."""

    def run(self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Do ``job`` on the database thread; then call ``done`` or ``failed`` on the window's."""


@dataclass(frozen=True, slots=True)
class BannerAction:
    """A button on a banner: what it says and what it does."""

    text: str
    do: Callable[[], None]


@dataclass(frozen=True, slots=True)
class ApprovalRequest:
    """What a second person is asked to sign: one act on one subject for one amount (cents)."""

    act: Act
    subject: str
    amount: Cents
    sentence: str
    """The whole matter in plain words, with the amount."""
    witness: bool = False
    """A witness signs (drop, deposit) instead of an approver."""
    signer: str = ""
    """The only person who can sign (who holds what is counted, who takes a drawer over); empty asks all who may."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One reason of a list, picked by its digit."""

    digit: str
    text: str
    value: str
    refused: str = ""
    """Why it cannot be chosen now; it is shown, and says so."""


class Shell(Protocol):
    """What the window does for its pages."""

    def announce(self, topics: frozenset[Topic]) -> None:
        """Refresh every page that shows one of these topics, and the bar at the top."""

    def banner(self, text: str, tone: Tone, action: BannerAction | None = None) -> None:
        """Show a sentence above the page until the next one, or until Esc."""

    def clear_banner(self) -> None:
        """Take the sentence away."""

    def problem(self, error: Exception, focus: Callable[[str], bool] | None = None) -> None:
        """Show an error as its kind wants it; ``focus`` puts the cursor into the named field."""

    def ask_approval(
        self, request: ApprovalRequest, then: Callable[[Approval], None], cancelled: Callable[[], None] | None = None
    ) -> None:
        """Ask a second person to sign in the same window; ``then`` gets the approval."""

    def ask_reason(
        self, title: str, choices: Sequence[Choice], then: Callable[[str], None], *, free_text: bool = False
    ) -> None:
        """Ask for a reason by digit (or in words when ``free_text``); ``then`` gets the reason's value."""

    def ask_fields(
        self,
        title: str,
        fields: Sequence[Field],
        then: Callable[[dict[str, str]], str | None],
        accept: str = "",
        *,
        keep: bool = False,
    ) -> None:
        """Ask for a few fields in a sheet; ``then`` returns a fault to show (and keeps the sheet) or None.

        ``keep`` is for fields that an act is made of: refused, they come back as they were keyed.
        """

    def open_over(self, make: Callable[[object], object]) -> None:
        """Lay a sheet of the page's own over the window; ``make`` gets the widget to cover and gives the sheet."""

    def go(self, page: str, about: str = "") -> None:
        """Show another page by its key, and there what it is about (``customer:C-1``); nothing where it is not seen."""

    def restore(self, path: Path) -> None:
        """Sign everybody out, put a backup in the place of the database, and open the office again."""

    def print_waiting(self) -> None:
        """Print what stands in the outbox."""

    def print_paper(self, title: str, make: Callable[[], bytes]) -> None:
        """Print a paper that is no receipt: ``make`` (documents) gives the PDF, away from the window."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a sheet."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    digits: bool = False
    """Only figures (and money marks) are keyed here."""
    hidden: bool = False
    """Shown only while it is keyed (a bank account)."""
    ends: bool = False
    """Left empty, Enter takes the sheet: what follows is asked for only where something stands here."""
    fills: Callable[[str], Mapping[str, str] | None] | None = None
    """Reads what a device typed into this field and gives the values of several fields; None: it was typed by hand."""


@dataclass(slots=True)
class Context:
    """Everything a page may use. A page lives as long as the sign-in: ``actor`` never changes under it."""

    desk: Desk
    """For pure facts only (catalogue, policy, office, item_index, clock): never its store."""
    actor: Actor
    runner: Runner
    shell: Shell

    def read(
        self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None] | None = None
    ) -> None:
        """Ask for facts; an error is shown by the window unless ``failed`` takes it."""
        self.runner.run(job, done, self._failing(failed))

    def _failing(self, failed: Callable[[Exception], None] | None) -> Callable[[Exception], None]:
        """Tell the page (or the window) of an error, and the journal where somebody tried what they may not (J6)."""
        tell = failed or self.shell.problem

        def fail(error: Exception) -> None:
            from csr_desk.services import refused_acts

            tell(error)
            if refused_acts.is_reported(error):
                desk, actor = self.desk, self.actor
                self.runner.run(lambda: refused_acts.report(desk, actor, error), lambda _told: None, lambda _no: None)

        return fail

    def act(
        self,
        job: Callable[[], Done[T]],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do an act: tell ``done`` its value, then refresh what it touched and print what it put in the outbox."""

        def finished(result: Done[T]) -> None:
            done(result.value)
            self.shell.announce(result.topics)
            self.shell.print_waiting()

        self.runner.run(job, finished, self._failing(failed))

    def act_or_ask(
        self,
        job: Callable[[Approval | None], Done[T]],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        signer: str = "",
    ) -> None:
        """Do an act; where the service wants a second person, ask them and send the same command again.

        ``signer`` is the only person who can sign, where there is but one.
        """

        def refused(error: Exception) -> None:
            if not isinstance(error, ApprovalNeeded) or not error.act:
                (failed or self.shell.problem)(error)
                return
            self.shell.ask_approval(
                _request(error, signer), lambda signed: self.act(lambda: job(signed), done, failed), cancelled
            )

        self.act(lambda: job(None), done, refused)

    def act_or_ask_all(
        self,
        job: Callable[[tuple[Approval, ...]], Done[T]],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        signed: tuple[Approval, ...] = (),
    ) -> None:
        """Do an act that may need several yeses of one person; then the same command goes with all of them."""

        def refused(error: Exception) -> None:
            known = {approval.act.value for approval in signed}
            if not isinstance(error, ApprovalNeeded) or not error.act or error.act in known:
                (failed or self.shell.problem)(error)
                return

            def go_on(yes: Approval) -> None:
                self.act_or_ask_all(job, done, failed, cancelled, (*signed, yes))

            same = signed[0].approver.user if signed else ""
            self.shell.ask_approval(_request(error, same), go_on, cancelled)

        self.act(lambda: job(signed), done, refused)

    def act_with_approval(
        self,
        job: Callable[[Approval | None], Done[T]],
        request: ApprovalRequest,
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Ask for the second person first, then do the act with the approval (one prompt, one transaction)."""
        self.shell.ask_approval(request, lambda approval: self.act(lambda: job(approval), done, failed))


def _request(needed: ApprovalNeeded, signer: str = "") -> ApprovalRequest:
    act = Act(needed.act)
    witness = SIGNED_BY.get(act, Act.APPROVE) is not Act.APPROVE
    return ApprovalRequest(act, needed.subject, needed.amount, needed.message, witness, signer)
