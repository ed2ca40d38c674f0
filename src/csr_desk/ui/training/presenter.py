"""What the training strip says and does; the answer is never among it. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.money import plain
from csr_desk.domain.training_certificate import Certificate
from csr_desk.domain.training_score import COST, PASSED, WHOLE_VISIT, Marks
from csr_desk.domain.training_visits import Answer
from csr_desk.ui.context import Choice, Context, Field
from csr_desk.ui.training.words import answer_words, mistake_words
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.training import Progress

SHOWN_BY = frozenset({Topic.TRAINING, Topic.RECEIPTS, Topic.DRAWER, Topic.BATCHES})
AWAY = "away"


@dataclass(frozen=True, slots=True)
class StripPicture:
    """Everything that the strip shows."""

    place: str
    score: str = ""
    name: str = ""
    said: str = ""
    meaning: str = ""
    hands: tuple[str, ...] = ()
    last: str = ""
    listed: str = ""
    next_words: str = ""
    may_answer: bool = False
    may_leave: bool = False


@dataclass(frozen=True, slots=True)
class ResultPicture:
    """The result of a finished day, as rows of word and figure."""

    headline: str
    passed: bool
    points: tuple[tuple[str, str], ...]
    mistakes: tuple[tuple[str, str], ...]
    closing: str


class TrainingView(Protocol):
    """What the presenter asks of the strip."""

    def show_picture(self, picture: StripPicture) -> None:
        """Show the strip."""

    def show_result(self, result: ResultPicture, print_it: Callable[[], None]) -> None:
        """Lay the result over the window."""


class TrainingPresenter:
    """One person's training day."""

    def __init__(self, context: Context, view: TrainingView) -> None:
        """Know nothing yet; ``read`` asks."""
        self.context = context
        self.view = view
        self.now: Progress | None = None
        self.sending = False

    # ---- what is shown

    def read(self) -> None:
        """Ask where the day stands."""
        from csr_desk.services import training

        desk, actor = self.context.desk, self.context.actor
        self.context.read(lambda: training.progress(desk, actor), self._take)

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Something was done: perhaps for the customer at the counter."""
        if not topics or topics & SHOWN_BY:
            self.read()

    def _take(self, now: Progress | None) -> None:
        self.sending = False
        self.now = now
        self.view.show_picture(self.picture())

    def picture(self) -> StripPicture:
        """Say what the strip shows now."""
        from csr_desk.services.training import Stage

        now = self.now
        if now is None:
            words = tr("A day of 60 customers waits. They come one after the other, as at a real counter.")
            return StripPicture(tr("No training day yet"), said=words, next_words=tr("Start a training day"))
        guide, key = {
            Stage.OPEN: (tr("Count the float and open a drawer first."), tr("To the drawer")),
            Stage.CALL: (tr("The drawer is open. The first customer waits."), tr("First customer")),
            Stage.SERVE: ("", tr("Next customer")),
            Stage.COUNT: (tr("All were served. Stop selling, count blind, hand the count in."), tr("To the drawer")),
            Stage.FINISH: (tr("The count is handed in."), tr("See the result")),
            Stage.FINISHED: (tr("This training day is over."), tr("Start another day")),
        }[now.stage]
        running = now.stage is not Stage.FINISHED
        shown = StripPicture(
            place=tr("{number} of {all}").format(number=now.number, all=now.customers),
            score=_score_words(now),
            said=guide,
            last=_last_words(now.last),
            listed=tr("Returned-check list: account {0}").format(now.listed) if running else "",
            next_words=key,
            may_leave=running,
        )
        customer = now.customer
        if customer is None:
            return shown
        served = now.stage is Stage.CALL
        return replace(
            shown,
            name=customer.name,
            said=f"“{customer.said}”",
            meaning=tr("Interpreter: {0}").format(customer.meaning) if customer.meaning else "",
            hands=customer.hands,
            next_words=tr("Served: next customer") if served else tr("Next customer"),
            may_answer=not served,
        )

    # ---- what is done

    def go_on(self) -> None:
        """The one key of the strip: whatever comes next."""
        from csr_desk.services.training import Stage

        now = self.now
        if self.sending:
            return
        if now is None or now.stage is Stage.FINISHED:
            self._ask_start()
        elif now.stage in {Stage.OPEN, Stage.COUNT}:
            self.context.shell.go("drawer")
        elif now.stage is Stage.FINISH:
            self._finish(now.run_id)
        elif now.stage is Stage.SERVE:
            choices = (Choice("1", tr("Send the customer away unserved; the visit earns nothing"), AWAY),)
            title = tr("This customer has not been served yet")
            self.context.shell.ask_reason(title, choices, lambda _away: self._call(now, send_away=True))
        else:
            self._call(now)

    def _call(self, now: Progress, *, send_away: bool = False) -> None:
        from csr_desk.services import training

        desk, actor = self.context.desk, self.context.actor
        command = training.CallNext(now.run_id, now.number, send_away)
        self._do(lambda: training.call_next(desk, actor, command))
        self.context.shell.go("sell")

    def ask_answer(self) -> None:
        """Serve without money: the same answers are offered for everybody, by their digits."""
        now = self.now
        if now is None or not self.picture().may_answer:
            return
        number = now.number
        told = answer_words()
        choices = tuple(Choice(str(at), told[kind], kind) for at, kind in enumerate(Answer, 1))

        def chosen(value: str) -> None:
            from csr_desk.services import training

            desk, actor = self.context.desk, self.context.actor
            command = training.AnswerVisit(now.run_id, number, Answer(value))
            self._do(lambda: training.answer(desk, actor, command))

        self.context.shell.ask_reason(tr("No money: what do you do?"), choices, chosen)

    def ask_leave(self) -> None:
        """Give the day up, after a second key."""
        now = self.now
        if now is None or not self.picture().may_leave:
            return

        def sure(_value: str) -> None:
            from csr_desk.services import training

            desk, actor = self.context.desk, self.context.actor
            self._do(lambda: training.leave(desk, actor, now.run_id))

        choices = (Choice("1", tr("Give this training day up; it counts for nothing"), AWAY),)
        self.context.shell.ask_reason(tr("Give up?"), choices, sure)

    def _ask_start(self) -> None:
        field = Field("seed", tr("Number of the day"), f"{self.context.desk.today():%m%d}",
                      tr("the same number is the same day for everybody"), digits=True)  # fmt: skip

        def take(values: dict[str, str]) -> str | None:
            text = values["seed"]
            if not (text.isascii() and text.isdigit() and len(text) <= 9):  # noqa: PLR2004 - digits of a seed
                return tr("Key a whole number of at most nine digits.")
            from csr_desk.services import training

            desk, actor = self.context.desk, self.context.actor
            command = training.StartDay(uuid4().hex, int(text))
            self._do(lambda: training.start(desk, actor, command))
            return None

        self.context.shell.ask_fields(tr("Start a training day"), (field,), take, tr("Start"))

    def _do(self, job: Callable[[], Done[Progress]]) -> None:
        self.sending = True
        self.context.act(job, self._take, self._failed)

    def _failed(self, error: Exception) -> None:
        self.sending = False
        self.context.shell.problem(error)

    def _finish(self, run_id: str) -> None:
        from csr_desk.services import training

        desk, actor = self.context.desk, self.context.actor

        def finished(now: Progress) -> None:
            self._take(now)
            self.read_result()

        self.sending = True
        self.context.act(lambda: training.finish(desk, actor, run_id), finished, self._failed)

    def read_result(self) -> None:
        """Show the result of the day that is over."""
        now = self.now
        if now is None or now.stage != "finished":
            return
        from csr_desk.services import training_certificates

        desk, actor = self.context.desk, self.context.actor
        self.context.read(lambda: training_certificates.certificate(desk, actor, now.run_id), self._show_result)

    def _show_result(self, done: Certificate) -> None:
        def make() -> bytes:
            from csr_desk.documents.training_certificate import training_certificate_pdf

            return training_certificate_pdf(done)

        title = f"training-{done.user}-{done.code}"
        self.view.show_result(result_picture(done), lambda: self.context.shell.print_paper(title, make))


def result_picture(done: Certificate) -> ResultPicture:
    """Lay a finished day out."""
    score = done.score
    points = (
        (tr("Accuracy, of 70"), plain(score.accuracy)),
        (tr("Speed, of 20"), plain(score.speed)),
        (tr("Close of the drawer, of 10"), plain(score.close)),
        (tr("Total, of 100"), plain(score.hundredths)),
    )
    told = mistake_words()
    mistakes = tuple((f"{told[kind]} (−{COST[kind]} %)", str(count)) for kind, count in done.mistakes)
    headline = tr("{points} points: passed") if score.passed else tr("{points} points: not passed")
    closing = tr("{passed} points pass. Certificate code {code}.").format(passed=PASSED, code=done.code)
    return ResultPicture(headline.format(points=score.points), score.passed, points, mistakes, closing)


def _score_words(now: Progress) -> str:
    if now.stage == "finished":
        return tr("{points} points").format(points=now.earned // 100)
    if not now.possible:
        return ""
    return tr("{percent} % of the points so far").format(percent=now.earned * 100 // now.possible)


def _last_words(last: Marks | None) -> str:
    if last is None:
        return ""
    if not last.mistakes:
        return tr("Customer {number}: all right.").format(number=last.card)
    told = mistake_words()
    found = "; ".join(dict.fromkeys(told[one] for one in last.mistakes))
    words = tr("Customer {number}: {points} of {whole}. {found}.")
    return words.format(number=last.card, points=last.points, whole=WHOLE_VISIT, found=found)
