"""What the referrals panel shows: frozen values, worked out without Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from csr_desk.domain.customer_words import fold
from csr_desk.domain.referrals import Agency, Area, Need, Referral, ReferralCount, asks_for_limits
from csr_desk.ui.pages.info_desk.for_whom import NOBODY, Person
from csr_desk.ui.wording import tr

STATES = ("reached", "not_reached", "unknown", "given")


@dataclass(frozen=True, slots=True)
class Answer:
    """A line of the list: what somebody needs, and who helps with it."""

    need: Need
    agency: Agency

    @property
    def key(self) -> str:
        """Tells it from the others."""
        return f"{self.need.code}/{self.agency.n}"


@dataclass(frozen=True, slots=True)
class ReferralsPicture:
    """All that the panel shows."""

    question: str = ""
    needs: tuple[Need, ...] = ()
    inside: bool | None = None
    """Whether the address lies inside the city limits, as far as it was asked."""
    chosen_key: str = ""
    person: Person = NOBODY
    waiting: tuple[Referral, ...] = ()
    counts: tuple[ReferralCount, ...] = ()
    """Of the last twelve months."""
    counted_by: str = "agency"
    may_refer: bool = False
    may_keep: bool = False

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Who helps with what was said, as far as they serve the address."""
        said = fold(self.question).split()
        found = []
        for need in self.needs:
            known = fold(f"{need.code} {need.name} {need.keywords}").split()
            if need.active and all(any(word.startswith(part) for word in known) for part in said):
                found += [
                    Answer(need, one) for one in need.agencies if one.active and one.serves(inside=self.inside)
                ]  # fmt: skip
        return tuple(found)

    @property
    def chosen(self) -> Answer | None:
        """The one that is looked at: the one that was picked, else the first."""
        there = self.answers
        return next((one for one in there if one.key == self.chosen_key), next(iter(there), None))

    @property
    def must_ask(self) -> bool:
        """Whether it matters on which side of the city limits the address lies, and nobody has asked."""
        chosen = self.chosen
        if chosen is None or self.inside is not None:
            return False
        return chosen.agency.area is not Area.ANYWHERE

    @property
    def limits(self) -> str:
        """The rule of the city limits, as it applies to what is looked at."""
        chosen = self.chosen
        if self.inside is True:
            return tr("The address lies inside the city limits: agencies that serve only the outside are left out.")
        if self.inside is False:
            return tr("The address lies outside the city limits: the county’s permits and fees are in force there.")
        if chosen is not None and asks_for_limits(chosen.need.agencies):
            return tr(
                "Ask first: does the address lie inside the city limits? A Houston mailing address says nothing; the "
                "post office writes Houston for places that are not in the city."
            )
        return tr("For this need it does not matter where the address lies.") if chosen is not None else ""

    @property
    def bars(self) -> tuple[tuple[str, int], ...]:
        """How many were referred, by what is counted; the most first."""
        return tuple(_by(self.counts, self.counted_by).most_common(8))


def _by(counts: Iterable[ReferralCount], what: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in counts:
        said = {"agency": one.company_name, "need": one.need_name, "outcome": state_words(one.state)}[what]
        found[said] += one.count
    return found


def state_words(state: str) -> str:
    """What came of a referral, in words."""
    return {
        "given": tr("open"), "reached": tr("helped"), "not_reached": tr("not helped"), "unknown": tr("unknown"),
    }.get(state, state)  # fmt: skip


def area_words(area: Area) -> str:
    """Whom an agency serves."""
    return {
        Area.INSIDE: tr("inside the city limits only"), Area.OUTSIDE: tr("outside the city limits only"),
        Area.ANYWHERE: tr("everybody"),
    }[area]  # fmt: skip
