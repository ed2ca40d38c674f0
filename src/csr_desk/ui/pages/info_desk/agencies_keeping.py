"""What a supervisor does with the directory: needs, who answers them, and where they are found. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from csr_desk.domain.changes import Done
from csr_desk.domain.company import one_of
from csr_desk.domain.errors import BadInput
from csr_desk.domain.referrals import Area, Need, Place
from csr_desk.ui.context import Choice, Context, Field
from csr_desk.ui.pages.info_desk.referrals_picture import Answer
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.company import Company
    from csr_desk.services.desk import Desk

_MOST = 9


class AgenciesKeeping:
    """Asks for what the directory says."""

    def __init__(self, context: Context, changed: Callable[[], None]) -> None:
        """``changed`` is called when the directory says something else."""
        self._context, self._changed = context, changed

    def need(self, one: Need | None) -> None:
        """Add a need, or correct one."""
        fields = (
            Field("code", tr("Short code"), one.code if one else "", hint="PERMIT"),
            Field("name", tr("What people come for"), one.written if one else "", hint=tongues_hint()),
            Field("keywords", tr("Words that they say"), one.keywords if one else ""),
            Field("active", tr("In the directory (yes or no)"), tr("no") if one and not one.active else tr("yes")),
        )

        def keep(keyed: dict[str, str]) -> str | None:
            from csr_desk.services import referrals

            command = referrals.KeepNeed(
                uuid4().hex, keyed["code"], keyed["name"], keyed["keywords"], _yes(keyed["active"])
            )
            self._act(lambda desk: referrals.keep_need(desk, self._context.actor, command))
            return None

        title = tr("Correct a need") if one else tr("A new need")
        self._context.shell.ask_fields(title, fields, keep, tr("Keep it"), keep=True)

    def agency(self, need: Need) -> None:
        """Say who answers a need too: a company of the directory, found by its name."""
        name = Field("name", tr("Name of the agency"), hint=tr("as it stands in the directory of companies"))

        def take(keyed: dict[str, str]) -> str | None:
            if not keyed["name"].strip():
                return tr("Key the name of the agency.")
            self._find(need, keyed["name"])
            return None

        self._context.shell.ask_fields(tr("Who answers “{0}”?").format(need.name), (name,), take, tr("Find"))

    def _find(self, need: Need, text: str) -> None:
        desk, actor = self._context.desk, self._context.actor

        def read() -> tuple[Company, ...]:
            from csr_desk.domain.customer_words import fold
            from csr_desk.services import companies

            said = fold(text)
            found = [one for one in companies.companies(desk, actor) if said in fold(one.form.name)]
            return tuple(found[:_MOST])

        def found(those: tuple[Company, ...]) -> None:
            if len(those) == 1:
                self._answer(need, those[0].number, those[0].form.name)
                return
            choices = [Choice(str(at), one.form.name, one.number) for at, one in enumerate(those, start=1)]
            names = {one.number: one.form.name for one in those}
            title = tr("Which of them?") if those else tr("No company has this name. Add it under Projects, Companies.")
            self._context.shell.ask_reason(title, choices, lambda one: self._answer(need, one, names[one]))

        self._context.read(read, found)

    def _answer(self, need: Need, company: str, name: str) -> None:
        self._ask_answer(need.code, (company, name, 0), (Area.ANYWHERE, "", True))

    def correct(self, one: Answer) -> None:
        """Correct whom an agency serves, and what is said of it."""
        agency = one.agency
        self._ask_answer(
            one.need.code, (agency.company, agency.name, agency.n), (agency.area, agency.written, agency.active)
        )

    def _ask_answer(self, need: str, who: tuple[str, str, int], now: tuple[Area, str, bool]) -> None:
        company, name, n = who
        area, advice, active = now
        codes = ", ".join(one.value for one in Area)
        fields = (
            Field("area", tr("Serves addresses: {0}").format(codes), area.value),
            Field("advice", tr("What to say and to bring"), advice, hint=tongues_hint()),
            Field("active", tr("In the directory (yes or no)"), tr("yes") if active else tr("no")),
        )

        def keep(keyed: dict[str, str]) -> str | None:
            from csr_desk.services import referrals

            try:
                serves = one_of(Area, keyed["area"], "area")
            except BadInput as wrong:
                return wrong.message
            command = referrals.KeepAgency(
                uuid4().hex, need, company, serves, keyed["advice"], n, _yes(keyed["active"])
            )
            self._act(lambda desk: referrals.keep_agency(desk, self._context.actor, command))
            return None

        self._context.shell.ask_fields(name, fields, keep, tr("Keep it"), keep=True)

    def place(self, one: Answer) -> None:
        """Say where an agency is found, or correct it."""
        at = next(iter(one.agency.places), Place(0, ""))
        fields = (
            Field("address", tr("Address"), at.address),
            Field("hours", tr("Hours"), at.hours),
            Field("reach", tr("Telephone"), at.reach),
            Field("map_link", tr("Link to a map"), at.map_link, hint="https://"),
        )

        def keep(keyed: dict[str, str]) -> str | None:
            from csr_desk.services import referrals

            place = Place(at.n, keyed["address"], keyed["hours"], keyed["reach"], keyed["map_link"].strip())
            command = referrals.KeepPlace(uuid4().hex, one.agency.company, place)
            self._act(lambda desk: referrals.keep_place(desk, self._context.actor, command))
            return None

        self._context.shell.ask_fields(
            tr("Where {0} is").format(one.agency.name), fields, keep, tr("Keep it"), keep=True
        )

    def _act(self, job: Callable[[Desk], Done[str]]) -> None:
        desk = self._context.desk
        self._context.act(lambda: job(desk), lambda _done: self._changed())


def _yes(text: str) -> bool:
    return text.strip().casefold() != tr("no")


def tongues_hint() -> str:
    """Say how other languages are keyed."""
    return tr("other languages behind a bar: | es: … | vi: …")
