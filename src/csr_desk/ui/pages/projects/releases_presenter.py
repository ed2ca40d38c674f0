"""The releases of a project: asked for with two keys where everything is known, sent with one. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

from csr_desk.domain.people import Act
from csr_desk.domain.release import Kind
from csr_desk.domain.release_register import Manual, Proposal, ReleaseView
from csr_desk.ui.context import Choice, Context, Field, Tone
from csr_desk.ui.project_words import state_words
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.changes import Done


@dataclass(frozen=True, slots=True)
class ReleasesPicture:
    """All that the panel shows."""

    project: str = ""
    releases: tuple[ReleaseView, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    may_ask: bool = False
    may_confirm: bool = False
    may_revoke: bool = False
    may_release_by_hand: bool = False


class ReleasesView(Protocol):
    """What the presenter asks of the panel."""

    def show_picture(self, picture: ReleasesPicture) -> None:
        """Show it."""

    def go_to(self, number: str) -> None:
        """Put the cursor on a release."""


class ReleasesPresenter:
    """One project at a time."""

    def __init__(self, context: Context, view: ReleasesView) -> None:
        """Nothing is shown yet."""
        self.context, self.view = context, view
        self.picture = ReleasesPicture()

    def show_project(self, project: str, then: str = "") -> None:
        """Read the releases of a project; ``then`` is the one to put the cursor on."""
        desk, actor = self.context.desk, self.context.actor
        self.picture = ReleasesPicture(project)

        def read() -> ReleasesPicture:
            from csr_desk.services import service_release_lists as lists
            from csr_desk.services import service_release_proposals as proposed

            return ReleasesPicture(
                project,
                lists.list_releases(desk, actor, lists.Wanted(project=project, limit=200)) if project else (),
                proposed.proposals(desk, actor, project) if project else (),
                actor.may(Act.REQUEST_RELEASE),
                actor.may(Act.CONFIRM_RELEASE),
                actor.may(Act.REVOKE_RELEASE),
                actor.may(Act.MANUAL_RELEASE),
            )

        def show(found: ReleasesPicture) -> None:
            if self.picture.project == project:  # else another was asked for meanwhile
                self.picture = found
                self.view.show_picture(found)
                if then:
                    self.view.go_to(then)

        self.context.read(read, show)

    def ask(self) -> None:
        """Ask for a release on the permit that has an inspection; where several do, by digit."""
        found = self.picture.proposals
        if not found:
            said = tr(
                "No permit of this project waits for a release: ask for the inspection first, or release by hand."
            )
            self.context.shell.banner(said, Tone.WARN)
            return
        if len(found) == 1:
            self._ask_for(found[0])
            return
        choices = [
            Choice(str(n), f"{one.permit}  {KIND_WORDS[one.kind]()}  {one.site}", one.permit)
            for n, one in enumerate(found[:9], 1)
        ]
        by_permit = {one.permit: one for one in found}
        self.context.shell.ask_reason(tr("For which permit?"), choices, lambda no: self._ask_for(by_permit[no]))

    def _ask_for(self, one: Proposal) -> None:
        title = tr("{kind} to {company}: {site}").format(
            kind=KIND_WORDS[one.kind](), company=one.company_name or tr("no company"), site=one.site
        )
        fields = (
            Field("premise", tr("ESI ID, or the premise of the meter"), one.premise),
            Field("utility_site", tr("Address as the utility has it"), one.utility_site, tr("empty: as permitted")),
        )

        def take(keyed: dict[str, str]) -> str | None:
            from csr_desk.services import service_releases as releases

            wish = releases.Wish(
                one.kind, one.company, one.permit, utility_site=keyed["utility_site"], premise=keyed["premise"]
            )
            command = releases.RequestRelease(uuid4().hex, wish)
            self._do(lambda: releases.request_release(self.context.desk, self.context.actor, command))
            return None

        self.context.shell.ask_fields(title, fields, take, tr("Ask for it"), keep=True)

    def by_hand(self) -> None:
        """Release without a permit: why by digit, then where; a second person signs."""
        choices = [Choice(str(n), MANUAL_WORDS[one](), one.value) for n, one in enumerate(Manual, 1)]
        self.context.shell.ask_reason(tr("Why is no permit needed?"), choices, self._ask_by_hand)

    def _ask_by_hand(self, code: str) -> None:
        fields = (
            Field("company", tr("Number of the electric company")),
            Field("site", tr("Address")),
            Field("premise", tr("ESI ID")),
            Field("reason", tr("Reason, in words")),
        )

        def take(keyed: dict[str, str]) -> str | None:
            from csr_desk.services import service_releases as releases

            desk, actor = self.context.desk, self.context.actor
            wish = releases.Wish(
                Kind.PERMANENT, keyed["company"], premise=keyed["premise"], manual=Manual(code), site=keyed["site"],
                reason=keyed["reason"], project=self.picture.project,
            )  # fmt: skip
            command = releases.RequestRelease(uuid4().hex, wish)
            self.context.act_or_ask(lambda yes: releases.request_release(desk, actor, command, yes), self._told)
            return None

        self.context.shell.ask_fields(tr("Release without a permit"), fields, take, tr("Ask for it"), keep=True)

    def send(self, at: int) -> None:
        """Send the release in a row: by mail at once; else ask who was told."""
        one = self._at(at)
        if one is None:
            return
        desk, actor = self.context.desk, self.context.actor

        def do(contact: str = "") -> None:
            from csr_desk.documents.release_batch import release_batch_pdf
            from csr_desk.services import service_release_sending as sending

            command = sending.SendRelease(uuid4().hex, one.number, contact=contact)
            self._do(lambda: sending.send_release(desk, actor, command, release_batch_pdf))

        if one.company_channel == "email" or not one.ready:
            do()
            return
        told = (Field("contact", tr("Who was told at {company}").format(company=one.company_name)),)
        self._ask(tr("Sent by {channel}").format(channel=one.company_channel), told, lambda keyed: do(keyed["contact"]))

    def correct(self, at: int) -> None:
        """Correct the utility's address and the premise; what was rejected is asked for anew with it."""
        one = self._at(at)
        if one is None:
            return
        desk, actor = self.context.desk, self.context.actor
        fields = (
            Field("utility_site", tr("Address as the utility has it"), one.utility_site),
            Field("premise", tr("ESI ID, or the premise of the meter"), one.premise),
        )

        def take(keyed: dict[str, str]) -> None:
            from csr_desk.services import service_release_answers as answers
            from csr_desk.services import service_releases as releases

            key, site, premise = uuid4().hex, keyed["utility_site"], keyed["premise"]
            if one.state == "rejected":
                again = answers.AskAgain(key, one.number, site, premise)
                self._do(lambda: answers.ask_again(desk, actor, again))
                return
            command = releases.CorrectRelease(key, one.number, site, premise)
            self._do(lambda: releases.correct_release(desk, actor, command))

        self._ask(tr("Permitted: {site}").format(site=one.site), fields, take)

    def confirm(self, at: int) -> None:
        """Ask for the confirmation number and record it."""
        one = self._at(at)
        if one is None:
            return
        desk, actor = self.context.desk, self.context.actor
        fields = (
            Field("confirmation", tr("Confirmation number")),
            Field("contact", tr("Who said so"), hint=tr("empty: the mail’s answer")),
        )

        def take(keyed: dict[str, str]) -> None:
            from csr_desk.services import service_release_answers as answers

            command = answers.ConfirmRelease(uuid4().hex, one.number, keyed["confirmation"], keyed["contact"])
            self._do(lambda: answers.confirm_release(desk, actor, command))

        self._ask(tr("{company} confirms {number}").format(company=one.company_name, number=one.number), fields, take)

    def energise(self, at: int) -> None:
        """Record that the service is live since today."""
        one = self._at(at)
        if one is not None:
            from csr_desk.services import service_release_answers as answers

            desk, actor = self.context.desk, self.context.actor
            command = answers.EnergiseRelease(uuid4().hex, one.number)
            self._do(lambda: answers.energise_release(desk, actor, command))

    def reject(self, at: int) -> None:
        """Ask why the company rejects it, and record that."""

        def do(number: str, words: str) -> None:
            from csr_desk.services import service_release_answers as answers

            command = answers.RejectRelease(uuid4().hex, number, words)
            self._do(lambda: answers.reject_release(self.context.desk, self.context.actor, command))

        self._because(at, tr("Why does the company reject it?"), (tr("Address differs"), tr("Meter unknown")), do)

    def revoke(self, at: int) -> None:
        """Ask why it is taken back, and take it back; the company is told by mail."""

        def do(number: str, words: str) -> None:
            from csr_desk.services import service_release_answers as answers

            command = answers.RevokeRelease(uuid4().hex, number, words)
            self._do(lambda: answers.revoke_release(self.context.desk, self.context.actor, command))

        self._because(at, tr("Why is it taken back?"), (tr("Released by mistake"), tr("Unsafe on site")), do)

    def print_next_step(self, at: int) -> None:
        """Print what the customer does next, in their language."""
        one = self._at(at)
        if one is None:
            return
        desk, actor, key = self.context.desk, self.context.actor, uuid4().hex

        def make() -> bytes:
            from csr_desk.documents.next_step import next_step_pdf
            from csr_desk.services import service_release_papers as papers

            return next_step_pdf(papers.next_step(desk, actor, papers.GiveNextStep(key, one.number)))

        self.context.shell.print_paper(f"next-step-{one.number}", make)

    def _at(self, at: int) -> ReleaseView | None:
        return self.picture.releases[at] if 0 <= at < len(self.picture.releases) else None

    def _because(self, at: int, title: str, reasons: tuple[str, ...], do: Callable[[str, str], None]) -> None:
        one = self._at(at)
        if one is not None:
            choices = [Choice(str(n), text, text) for n, text in enumerate(reasons, 1)]
            self.context.shell.ask_reason(title, choices, lambda words: do(one.number, words), free_text=True)

    def _ask(self, title: str, fields: tuple[Field, ...], do: Callable[[dict[str, str]], None]) -> None:
        def take(keyed: dict[str, str]) -> str | None:
            do(keyed)
            return None

        self.context.shell.ask_fields(title, fields, take, tr("Record it"), keep=True)

    def _do(self, job: Callable[[], Done[Any]]) -> None:
        self.context.act(job, self._told)

    def _told(self, view: ReleaseView) -> None:
        """Say where it stands now; what is missing is said whole."""
        if view.state in {"requested", "rejected"} or (view.state == "eligible" and not view.ready):
            said = tr("{number} is held back. {missing}").format(
                number=view.number, missing=view.answer if view.state == "rejected" else " ".join(view.missing)
            )
            self.context.shell.banner(said, Tone.WARN)
        else:
            said = tr("{number}: {state}.").format(number=view.number, state=state_words(view.state))
            self.context.shell.banner(said, Tone.OK)
        self.show_project(self.picture.project, view.number)


KIND_WORDS: dict[Kind, Callable[[], str]] = {
    Kind.TEMPORARY_POLE: lambda: tr("Temporary pole"),
    Kind.TEMPORARY_CUT_IN: lambda: tr("Temporary cut-in"),
    Kind.RECONNECT: lambda: tr("Reconnect"),
    Kind.PERMANENT: lambda: tr("Permanent"),
    Kind.FINAL_GAS: lambda: tr("Final gas"),
    Kind.WATER: lambda: tr("Water"),
}
MANUAL_WORDS: dict[Manual, Callable[[], str]] = {
    Manual.WELL: lambda: tr("A well"),
    Manual.SHED: lambda: tr("A shed under 150 square feet"),
    Manual.GATE: lambda: tr("A gate"),
    Manual.SIGN: lambda: tr("A sign"),
    Manual.NO_PERMIT_NEEDED: lambda: tr("No permit is needed for this"),
    Manual.OTHER: lambda: tr("Another reason"),
}
