"""Who else helps: found by what people say, referred to warm or cold, followed up. Knows no Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from csr_desk.domain.people import Act
from csr_desk.domain.referrals import Kind, Referral
from csr_desk.ui.context import Choice, Context, Field, Tone
from csr_desk.ui.dates import us_date
from csr_desk.ui.pages.info_desk.for_whom import NOBODY, ForWhom
from csr_desk.ui.pages.info_desk.referrals_picture import ReferralsPicture
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.referrals import Slip
    from csr_desk.services.referrals import Refer

_COUNTED = ("agency", "need", "outcome")


class ReferralsView(Protocol):
    """What the presenter asks of the panel."""

    def show_picture(self, picture: ReferralsPicture) -> None:
        """Show it."""

    def show_referral(self, number: str) -> None:
        """Put the cursor on a referral that waits."""


class ReferralsPresenter:
    """The directory, and whom we sent there."""

    def __init__(self, context: Context, view: ReferralsView) -> None:
        """Nothing is shown yet."""
        self.context, self.view = context, view
        self.picture = ReferralsPicture()
        self.whom = ForWhom(context, lambda person: self._show(person=person, inside=None))

    # ---- finding

    def load(self) -> None:
        """Read the directory, what waits for a follow-up, and the counts of twelve months."""
        desk, actor = self.context.desk, self.context.actor
        today = desk.today()
        first = today.replace(year=today.year - 1, day=1)

        def read() -> ReferralsPicture:
            from csr_desk.services import referral_lists, referrals

            return ReferralsPicture(
                needs=referrals.needs(desk, actor), waiting=referral_lists.open_referrals(desk, actor),
                counts=referral_lists.statistics(desk, actor, first, today), may_refer=actor.may(Act.REFER),
                may_keep=actor.may(Act.KEEP_AGENCIES),
            )  # fmt: skip

        def show(found: ReferralsPicture) -> None:
            now = self.picture
            self.picture = replace(
                found, question=now.question, inside=now.inside, chosen_key=now.chosen_key, person=now.person,
                counted_by=now.counted_by,
            )  # fmt: skip
            self.view.show_picture(self.picture)

        self.context.read(read, show)

    def typed(self, text: str) -> None:
        """Show who helps with what was said."""
        self._show(question=text)

    def choose(self, key: str) -> None:
        """Look at one of them."""
        if key != self.picture.chosen_key:
            self._show(chosen_key=key)

    def lies(self, *, inside: bool) -> None:
        """The address lies inside the city limits, or outside; said twice it is not known again."""
        self._show(inside=None if self.picture.inside is inside else inside)

    def look_at(self, about: str) -> None:
        """Show who answers a need, a referral that waits, or keep in mind who is in front."""
        noun, _, number = about.partition(":")
        if noun == "need":
            first = next((one for one in self.picture.needs if one.code == number), None)
            key = f"{number}/{first.agencies[0].n}" if first is not None and first.agencies else f"{number}/1"
            self._show(question="", chosen_key=key)
        elif noun == "referral":
            self.view.show_referral(number)
        elif noun == "customer":
            self.whom.look_at(number)

    def forget_person(self) -> None:
        """Somebody else is in front."""
        self._show(person=NOBODY, inside=None)

    def count_next(self) -> None:
        """Count by agency, by need, by what came of it."""
        at = (_COUNTED.index(self.picture.counted_by) + 1) % len(_COUNTED)
        self._show(counted_by=_COUNTED[at])

    # ---- referring

    def refer(self, kind: Kind) -> None:
        """Send somebody there: ask why, then print the slip. Where the limits matter they are asked for first."""
        picture = self.picture
        if picture.chosen is None:
            return
        if picture.must_ask:
            self._ask_limits(kind)
            return
        answer = picture.chosen
        fields = (
            Field("reason", tr("Why they go there"), hint=tr("a few words; may stay empty")),
            Field("language", tr("Language of the slip"), picture.person.language or "en", hint=tr("en, es, vi")),
        )

        def take(keyed: dict[str, str]) -> str | None:
            from csr_desk.services.referrals import Refer

            self._refer(Refer(
                uuid4().hex, answer.need.code, answer.agency.company, kind, picture.person.number,
                language=keyed["language"].strip(), reason=keyed["reason"], inside=picture.inside,
            ))  # fmt: skip
            return None

        words = tr("{0}: we called there, they expect {1}") if kind is Kind.WARM else tr("{0}: {1} goes there alone")
        title = words.format(answer.agency.name, picture.person.name or tr("somebody"))
        self.context.shell.ask_fields(title, fields, take, tr("Refer, and print the slip"))

    def _ask_limits(self, kind: Kind) -> None:
        """Nobody is sent across the city limits by a mailing address."""

        def take(side: str) -> None:
            self._show(inside=side == "inside")
            chosen = self.picture.chosen
            if chosen is None:
                self.context.shell.banner(tr("Nobody of this need serves that side of the city limits."), Tone.WARN)
            else:
                self.refer(kind)

        choices = [
            Choice("1", tr("Inside the city limits"), "inside"), Choice("2", tr("Outside of them"), "outside"),
        ]  # fmt: skip
        title = tr("Where does the address lie? A Houston mailing address says nothing.")
        self.context.shell.ask_reason(title, choices, take)

    def _refer(self, command: Refer) -> None:
        from csr_desk.services import referrals

        desk, actor = self.context.desk, self.context.actor

        def referred(done: Referral) -> None:
            words = tr("{0} to {1}, the slip is printed.").format(done.number, done.company_name)
            if done.follow_on is not None:
                words = tr("{0} It is followed up on {1}.").format(words, us_date(done.follow_on))
            self.context.shell.banner(words, Tone.OK)
            self.print_slip(done.number)
            self.load()

        self.context.act(lambda: referrals.refer(desk, actor, command), referred)

    def print_slip(self, number: str) -> None:
        """Print the slip of a referral."""
        desk, actor = self.context.desk, self.context.actor

        def read() -> Slip:
            from csr_desk.services import referral_lists

            return referral_lists.slip_of(desk, actor, number)

        def show(slip: Slip) -> None:
            def make() -> bytes:
                from csr_desk.documents.referral_slip import referral_slip_pdf

                return referral_slip_pdf(slip)

            self.context.shell.print_paper(f"referral-{number}", make)

        self.context.read(read, show)

    # ---- following up

    def follow_up(self, at: int, step: str) -> None:
        """Say what came of the referral of a row: ``reach``, ``fail``, ``forget``."""
        if not 0 <= at < len(self.picture.waiting):
            return
        one = self.picture.waiting[at]
        if step == "forget":
            self._follow(one.number, step, "")
            return
        words = {"reach": tr("How did they help?"), "fail": tr("Why were they not helped?")}[step]

        def take(keyed: dict[str, str]) -> str | None:
            if not keyed["outcome"].strip():
                return tr("Say what came of it.")
            self._follow(one.number, step, keyed["outcome"])
            return None

        title = tr("{0} to {1}").format(one.number, one.company_name)
        self.context.shell.ask_fields(title, (Field("outcome", words),), take, tr("Write it down"))

    def _follow(self, number: str, step: str, outcome: str) -> None:
        from csr_desk.services import referrals

        desk, actor = self.context.desk, self.context.actor
        command = referrals.FollowUp(uuid4().hex, number, step, outcome)
        self.context.act(lambda: referrals.follow_up(desk, actor, command), lambda _done: self.load())

    def _show(self, **new: object) -> None:
        self.picture = replace(self.picture, **new)  # type: ignore[arg-type]
        self.view.show_picture(self.picture)
