"""The register of releases of the whole office: the batch of the day, the one after a storm, what nobody answered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from csr_desk.domain.people import Act
from csr_desk.domain.release_register import BatchView, CompanyLine, Unmatched
from csr_desk.ui.context import Context, Field, Tone
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.changes import Done
    from csr_desk.services.service_release_acknowledging import Answer


@dataclass(frozen=True, slots=True)
class RegisterPicture:
    """All that the register shows."""

    companies: tuple[CompanyLine, ...] = ()
    batches: tuple[BatchView, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    may_send: bool = False
    may_ask: bool = False
    may_answer: bool = False


class RegisterView(Protocol):
    """What the presenter asks of the register."""

    def show_picture(self, picture: RegisterPicture) -> None:
        """Show it."""


class RegisterPresenter:
    """Batches by company."""

    def __init__(self, context: Context, view: RegisterView) -> None:
        """Nothing is shown yet."""
        self.context, self.view = context, view
        self.picture = RegisterPicture()

    def refresh(self) -> None:
        """Read what waits, what went out and what was not answered."""
        desk, actor = self.context.desk, self.context.actor

        def read() -> RegisterPicture:
            from csr_desk.services import service_release_batches as batches
            from csr_desk.services import service_release_lists as lists

            return RegisterPicture(
                lists.by_company(desk, actor),
                batches.batches(desk, actor),
                lists.unmatched(desk, actor),
                actor.may(Act.SEND_RELEASE_BATCH),
                actor.may(Act.REQUEST_RELEASE),
                actor.may(Act.CONFIRM_RELEASE),
            )

        def show(found: RegisterPicture) -> None:
            self.picture = found
            self.view.show_picture(found)

        self.context.read(read, show)

    def send(self, at: int, kind: str) -> None:
        """Send everything that is ready for the company in a row; ``kind`` is daily or emergency."""
        if not 0 <= at < len(self.picture.companies):
            return
        from csr_desk.documents.release_batch import release_batch_pdf
        from csr_desk.services import service_release_batches as batches

        desk, actor = self.context.desk, self.context.actor
        command = batches.MakeBatch(uuid4().hex, self.picture.companies[at].company, kind)
        self.context.act(lambda: batches.make_batch(desk, actor, command, release_batch_pdf), self._told)

    def _told(self, view: BatchView) -> None:
        held = tr(" {count} are held back: {number} {why}").format(
            count=len(view.held_back), number=view.held_back[0].number, why=view.held_back[0].sentences[0]
        ) if view.held_back else ""  # fmt: skip
        went = tr("Batch {number}: {count} releases to {company}, {state}.").format(
            number=view.number, count=view.releases, company=view.company_name, state=batch_words(view)
        )
        self.context.shell.banner(went + held, Tone.WARN if view.held_back else Tone.OK)
        self.refresh()

    def tell_sent(self, at: int) -> None:
        """Ask who took a batch that goes by no mail."""
        batch = self._batch(at)
        if batch is None:
            return
        desk, actor = self.context.desk, self.context.actor

        def take(keyed: dict[str, str]) -> str | None:
            from csr_desk.services import service_release_batches as batches

            command = batches.BatchSent(uuid4().hex, batch.number, keyed["contact"])
            self.context.act(lambda: batches.batch_sent(desk, actor, command), self._told)
            return None

        fields = (Field("contact", tr("Who took it, or how it was uploaded")),)
        self.context.shell.ask_fields(tr("Batch {0} went out").format(batch.number), fields, take, keep=True)

    def answer(self, at: int) -> None:
        """Ask for the file that came back, filled in, and match it with what was sent."""
        batch = self._batch(at)
        if batch is None:
            return

        def take(keyed: dict[str, str]) -> str | None:
            self._acknowledge(batch.number, keyed)
            return None

        fields = (
            Field("file", tr("The file that came back"), hint=tr("empty: nothing was confirmed")),
            Field("by", tr("Who answered")),
        )
        self.context.shell.ask_fields(tr("Answer to batch {0}").format(batch.number), fields, take, keep=True)

    def _acknowledge(self, number: str, keyed: dict[str, str]) -> None:
        from csr_desk.services import service_release_acknowledging as acknowledging
        from csr_desk.services.files_read import read_bounded

        desk, actor, key = self.context.desk, self.context.actor, uuid4().hex

        def job() -> Done[BatchView]:
            said: tuple[Answer, ...] = ()
            if keyed["file"].strip():
                path = Path(keyed["file"].strip()).expanduser()
                said = acknowledging.read_answers(read_bounded(path, acknowledging.LARGEST_FILE))
            command = acknowledging.AcknowledgeBatch(key, number, keyed["by"], said)
            return acknowledging.acknowledge_batch(desk, actor, command)

        self.context.act(job, self._answered)

    def _answered(self, view: BatchView) -> None:
        said = tr("Batch {number}: {matched} matched, {unmatched} not answered, {unknown} do not fit.").format(
            number=view.number, matched=view.matched, unmatched=view.unmatched, unknown=len(view.unknown)
        )
        clean = not view.unmatched and not view.unknown
        self.context.shell.banner(said, Tone.OK if clean else Tone.WARN)
        self.refresh()

    def print_batch(self, at: int) -> None:
        """Print the paper of a batch."""
        batch = self._batch(at)
        if batch is None:
            return
        desk, actor = self.context.desk, self.context.actor

        def make() -> bytes:
            from csr_desk.documents.release_batch import release_batch_pdf
            from csr_desk.services import service_release_batches as batches

            return release_batch_pdf(batches.batch_files(desk, actor, batch.number)[0])

        self.context.shell.print_paper(f"releases-{batch.number}", make)

    def _batch(self, at: int) -> BatchView | None:
        return self.picture.batches[at] if 0 <= at < len(self.picture.batches) else None


def batch_words(batch: BatchView) -> str:
    """How a batch stands."""
    words = {
        "made": tr("to be sent by hand"), "sent": tr("sent"), "cancelled": tr("called off"),
        "acknowledged": tr("{0} of {1} matched").format(batch.matched or 0, batch.releases),
    }  # fmt: skip
    return words[batch.state]
