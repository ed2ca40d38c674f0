"""Permits of a project: printed, paid, renewed, amended, corrected, ended from the projects page. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from csr_desk.domain.money import shown
from csr_desk.domain.people import Act
from csr_desk.domain.steps import PERMIT
from csr_desk.ui.context import Choice, Context, Field, Tone
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.permit_renewals import Renewable
    from csr_desk.services.permit_transfers import Moved
    from csr_desk.services.permits import PermitView


@dataclass(frozen=True, slots=True)
class PermitsPicture:
    """All that the panel shows."""

    project: str = ""
    permits: tuple[PermitView, ...] = ()
    may_amend: bool = False
    may_end: bool = False
    may_sell: bool = False
    may_move: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """What may be done with the permit of the cursor."""

    pay: bool = False
    renew: bool = False
    amend: bool = False
    correct: bool = False
    move: bool = False
    final: bool = False
    revoke: bool = False


class PermitsScreen(Protocol):
    """What the presenter asks of the panel."""

    def show_picture(self, picture: PermitsPicture) -> None:
        """Show it."""


class PermitsPresenter:
    """One project at a time."""

    def __init__(self, context: Context, screen: PermitsScreen) -> None:
        """Nothing is shown yet."""
        self.context, self.screen = context, screen
        self.picture = PermitsPicture()

    def show_project(self, project: str) -> None:
        """Read the permits of a project."""
        desk, actor = self.context.desk, self.context.actor
        self.picture = PermitsPicture(project)

        def read() -> PermitsPicture:
            from csr_desk.services import permits

            found = permits.permits_of_project(desk, actor, project)
            acts = (Act.AMEND_PERMIT, Act.END_PERMIT, Act.SELL, Act.MOVE_PERMIT_MONEY)
            return PermitsPicture(project, found, *(actor.may(act) for act in acts))

        def show(found: PermitsPicture) -> None:
            if self.picture.project == project:  # else another was asked for meanwhile
                self.picture = found
                self.screen.show_picture(found)

        self.context.read(read, show)

    def offered(self, at: int) -> Offered:
        """Say what may be done with a permit by its row."""
        if not 0 <= at < len(self.picture.permits):
            return Offered()
        view, picture = self.picture.permits[at], self.picture
        state = view.record.state
        return Offered(
            pay=picture.may_sell and view.due > 0,
            renew=picture.may_sell and picture.may_amend and PERMIT.can("renew", state),
            amend=picture.may_amend and PERMIT.can("amend", state) and not view.due,
            correct=picture.may_amend and PERMIT.can("correct", state),
            move=picture.may_move and view.due > 0,
            final=picture.may_end and PERMIT.can("final", state),
            revoke=picture.may_end and PERMIT.can("revoke", state),
        )

    def print_paper(self, at: int) -> None:
        """Print the permit with its code."""
        desk, actor, number = self.context.desk, self.context.actor, self.picture.permits[at].record.number

        def make() -> bytes:
            from csr_desk.documents.permit import permit_pdf
            from csr_desk.services.permit_papers import permit_paper

            return permit_pdf(permit_paper(desk, actor, number))

        self.context.shell.print_paper(f"permit-{number}", make)

    def pay(self, at: int) -> None:
        """Put what is due on the permit onto a sale."""
        self.context.shell.go("sell", f"permit:{self.picture.permits[at].record.number}")

    def renew(self, at: int) -> None:
        """Put the renewal of the permit onto a sale; one that is not renewed says so here."""
        desk, actor, number = self.context.desk, self.context.actor, self.picture.permits[at].record.number

        def read() -> Renewable:
            from csr_desk.services.permit_renewals import renewal_of

            return renewal_of(desk, actor, number)

        self.context.read(read, lambda _found: self.context.shell.go("sell", f"renewal:{number}"))

    def amend(self, at: int) -> None:
        """Ask what changes, and why."""
        view = self.picture.permits[at]
        fields = (
            *(Field(label, label, value) for label, value in view.inputs),
            Field("reason", tr("Why it is amended")),
        )
        title = tr("Amend permit {number}").format(number=view.record.number)
        self.context.shell.ask_fields(title, fields, lambda keyed: self._amend(view, keyed), tr("Amend it"), keep=True)

    def _amend(self, view: PermitView, keyed: dict[str, str]) -> str | None:
        from csr_desk.services import permit_amendments, permits

        item = self.context.desk.catalogue.items.get(view.record.kind)
        names = {} if item is None else permits.names_of(item)
        changed = tuple(
            (names.get(label, label), keyed[label].strip())
            for label, value in view.inputs
            if keyed[label].strip() != value
        )
        if not changed:
            return tr("Nothing was changed.")
        if not keyed["reason"].strip():
            return tr("Say why the permit is amended.")
        command = permit_amendments.AmendPermit(uuid4().hex, view.record.number, changed, keyed["reason"])
        desk, actor = self.context.desk, self.context.actor
        self.context.act(lambda: permit_amendments.amend_permit(desk, actor, command), self._amended)
        return None

    def _amended(self, view: PermitView) -> None:
        number = view.record.number
        if view.due > 0:
            said = tr("Permit {number}: {amount} more are due.").format(number=number, amount=shown(view.due))
        elif view.due < 0:
            said = tr("Permit {number}: {amount} go back, as a refund on receipt {receipt}.").format(
                number=number, amount=shown(-view.due), receipt=view.receipt
            )
        else:
            said = tr("Permit {number} is amended; nothing is to pay.").format(number=number)
        self.context.shell.banner(said, Tone.OK)
        self.show_project(self.picture.project)

    def correct(self, at: int) -> None:
        """Ask for the address as it has to be, and why."""
        record = self.picture.permits[at].record
        fields = (Field("site", tr("Address, exactly"), record.site), Field("reason", tr("Why it is corrected")))

        def correct(keyed: dict[str, str]) -> str | None:
            from csr_desk.services import permits

            if not keyed["reason"].strip():
                return tr("Say why the address is corrected.")
            desk, actor = self.context.desk, self.context.actor
            command = permits.CorrectPermit(uuid4().hex, record.number, keyed["site"], keyed["reason"])
            self.context.act(
                lambda: permits.correct_permit(desk, actor, command),
                lambda _done: self.show_project(self.picture.project),
            )
            return None

        title = tr("Correct permit {number}").format(number=record.number)
        self.context.shell.ask_fields(title, fields, correct, tr("Correct it"), keep=True)

    def move(self, at: int) -> None:
        """Ask which permit was paid by mistake, and pay what is due on this one from it; a second person signs."""
        number = self.picture.permits[at].record.number
        fields = (Field("source", tr("Permit that was paid by mistake")), Field("reason", tr("Why it is moved")))

        def move(keyed: dict[str, str]) -> str | None:
            from csr_desk.services import permit_transfers

            if not keyed["source"].strip() or not keyed["reason"].strip():
                return tr("Key the other permit, and why.")
            desk, actor = self.context.desk, self.context.actor
            command = permit_transfers.MovePermitMoney(uuid4().hex, keyed["source"], number, keyed["reason"])
            self.context.act_or_ask(
                lambda yes: permit_transfers.move_permit_money(desk, actor, command, yes), self._moved
            )
            return None

        title = tr("Pay permit {number} from another one").format(number=number)
        self.context.shell.ask_fields(title, fields, move, tr("Move the money"), keep=True)

    def _moved(self, moved: Moved) -> None:
        said = tr("{amount} went from permit {source} to permit {target}.").format(
            amount=shown(moved.amount), source=moved.source.record.number, target=moved.target.record.number
        )
        self.context.shell.banner(said, Tone.OK)
        self.show_project(self.picture.project)

    def end(self, at: int, how: str) -> None:
        """Ask why, then close a permit as finished or revoke it."""
        number = self.picture.permits[at].record.number
        finished = (tr("All inspections passed"), tr("The work was given up"))
        taken = (tr("Work against the code"), tr("Wrong facts in the application"), tr("The owner asked for it"))
        reasons = finished if how == "final" else taken
        choices = [Choice(str(n), text, text) for n, text in enumerate(reasons, 1)]

        def end(reason: str) -> None:
            from csr_desk.services import permits

            desk, actor = self.context.desk, self.context.actor
            command = permits.EndPermit(uuid4().hex, number, how, reason)
            self.context.act(
                lambda: permits.end_permit(desk, actor, command), lambda _done: self.show_project(self.picture.project)
            )

        title = tr("Why is the permit closed?") if how == "final" else tr("Why is the permit revoked?")
        self.context.shell.ask_reason(title, choices, end, free_text=True)
