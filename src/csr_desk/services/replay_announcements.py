"""The steps of the counter script for what changes: a new catalogue, notices, who has read them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from csr_desk.domain.announcement import Notice, NoticeKind
from csr_desk.domain.catalogue import Catalogue
from csr_desk.domain.errors import BadInput
from csr_desk.domain.people import Actor
from csr_desk.domain.pricing.rule import PriceRule
from csr_desk.domain.pricing.rule import Step as PriceStep
from csr_desk.domain.pricing.terms import Flat
from csr_desk.services import announcements, catalogue
from csr_desk.services.catalogue_exchange import export_catalogue
from csr_desk.services.clock import read_date
from csr_desk.services.desk import Desk
from csr_desk.services.lines import read_amount
from csr_desk.services.replay_step import Step, actor_of

Result = Mapping[str, Any]


def load_catalogue(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Load the catalogue in force under another label, with other flat prices from a day on."""
    who, new = actor_of(actor), replace(desk.catalogue, label=step.needed("label"))
    for price in step.list("prices"):
        if not isinstance(price, Mapping):
            raise BadInput("A price is an object of item, amount and from.", field="prices")
        new = _with_price(new, {str(name): str(value) for name, value in price.items()})
    with tempfile.TemporaryDirectory(prefix="csr-desk-catalogue-") as folder:
        export_catalogue(new, Path(folder))
        done = catalogue.load_release(desk, who, catalogue.LoadRelease(step.key, Path(folder))).value
    return {"label": done.label, "items": done.items}


def post_notice(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Post a notice; ``optional`` asks nobody to read it."""
    command = announcements.PostNotice(
        step.key, step.text("title"), step.text("body"), step.date("effective_on") or desk.today(), _kind(step),
        not step.flag("optional"), _codes(step, "items"), _codes(step, "cards"), _codes(step, "forms"),
    )  # fmt: skip
    return of_notice(announcements.post_notice(desk, actor_of(actor), command).value)


def withdraw_notice(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Withdraw a notice."""
    command = announcements.WithdrawNotice(step.key, step.needed("notice"), step.text("reason"))
    return of_notice(announcements.withdraw_notice(desk, actor_of(actor), command).value)


def read_notice(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Acknowledge a notice."""
    command = announcements.ReadNotice(step.key, step.needed("notice"))
    return of_notice(announcements.read_notice(desk, actor_of(actor), command).value)


def notices(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give what is on the board; with ``unread`` what this person has to read before they sell."""
    who = actor_of(actor)
    found = announcements.unread(desk, who) if step.flag("unread") else announcements.board(desk, who).notices
    return {"notices": [of_notice(one) for one in found]}


def notice_readers(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give who has read a notice, and who of those that sell has not."""
    found = announcements.who_read(desk, actor_of(actor), step.needed("notice"))
    return {"read": [name for name, _at in found.read], "missing": list(found.missing)}


def of_notice(one: Notice) -> Result:
    """Give a notice as the script reads it."""
    return {
        "notice": one.number, "kind": one.kind.value, "state": one.state, "title": one.title, "body": one.body,
        "effective_on": one.effective_on.isoformat(), "must_read": one.must_read, "items": list(one.items),
        "cards": list(one.cards), "forms": list(one.forms), "by_itself": bool(one.release_id),
    }  # fmt: skip


def _with_price(old: Catalogue, price: Mapping[str, str]) -> Catalogue:
    """Let an item cost a flat amount from a day on; the price before it ends the day before."""
    first = read_date(price.get("from", ""), field_name="from")
    item = old.item(price.get("item", ""))
    last = item.versions[-1]
    if first <= last.effective_from:
        raise BadInput(f"The last price of {item.code} begins on {last.effective_from}.", field="from")
    flat = Flat(Decimal(read_amount(price.get("amount", ""), "amount")) / 100)
    ended = replace(last, effective_to=first - timedelta(days=1))
    new = replace(last, effective_from=first, effective_to=None, price=PriceRule((PriceStep(flat),)))
    changed = replace(item, versions=(*item.versions[:-1], ended, new))
    return replace(old, items={**old.items, item.code: changed})


def _kind(step: Step) -> NoticeKind:
    try:
        return NoticeKind(step.text("kind") or "process")
    except ValueError:
        raise BadInput("A notice is about a price, process, form, safety or other.", field="kind") from None


def _codes(step: Step, name: str) -> tuple[str, ...]:
    return tuple(str(one) for one in step.list(name))


STEPS: Mapping[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "load_catalogue": load_catalogue,
    "post_notice": post_notice,
    "withdraw_notice": withdraw_notice,
    "read_notice": read_notice,
    "notices": notices,
    "notice_readers": notice_readers,
}
"""The steps of this module, by their names in a script."""
