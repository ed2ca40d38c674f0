"""Who is in front: found by what they say of themselves, kept until somebody else comes. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csr_desk.domain.customers import CONFIDENTIAL
from csr_desk.ui.context import Choice, Context, Field, Tone
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.customers import CustomerHit

_MOST = 9


@dataclass(frozen=True, slots=True)
class Person:
    """The customer in front; what they asked to keep is left out."""

    number: str = ""
    name: str = ""
    language: str = ""
    address: str = ""
    email: str = ""


NOBODY = Person()
"""Nobody whom we know."""


class ForWhom:
    """Asks who it is for, and tells the panel."""

    def __init__(self, context: Context, show: Callable[[Person], None]) -> None:
        """``show`` gets whoever is in front from now on."""
        self._context, self._show = context, show

    def look_at(self, number: str) -> None:
        """Read a customer by the number."""
        desk, actor = self._context.desk, self._context.actor

        def read() -> Person:
            from csr_desk.services.customer_pages import customer_page

            page = customer_page(desk, actor, number)
            address, email = (
                "" if said == CONFIDENTIAL else said for said in (page.form.address, page.form.email)
            )  # fmt: skip
            return Person(page.number, page.form.name, page.form.language, address, email)

        self._context.read(read, self._show)

    def ask(self) -> None:
        """Ask who it is; one who is found is taken, of several one is chosen by a digit."""
        who = Field("who", tr("Name, telephone, address or number"))

        def take(keyed: dict[str, str]) -> str | None:
            if not keyed["who"].strip():
                return tr("Key something that this customer is found by.")
            self._find(keyed["who"])
            return None

        self._context.shell.ask_fields(tr("For whom?"), (who,), take, tr("Find"))

    def _find(self, text: str) -> None:
        desk, actor = self._context.desk, self._context.actor

        def read() -> tuple[CustomerHit, ...]:
            from csr_desk.services.customers import find_customers

            return find_customers(desk, actor, text, _MOST).hits

        def found(hits: tuple[CustomerHit, ...]) -> None:
            if not hits:
                self._context.shell.banner(tr("Nobody has this name or number."), Tone.WARN)
            elif len(hits) == 1:
                self.look_at(hits[0].number)
            else:
                choices = [
                    Choice(str(at), " · ".join(part for part in (hit.name, hit.address) if part), hit.number)
                    for at, hit in enumerate(hits, start=1)
                ]
                self._context.shell.ask_reason(tr("Which of them?"), choices, self.look_at)

        self._context.read(read, found)
