"""The register of change funds: who holds currency for making change, how much, by whose authority (control 20)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from csr_desk.data.queries import Connection, batches, custody, people
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.card_numbers import find_card_number
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.custody import AuditSheet, ChangeFund, FundRegister, FundRow
from csr_desk.domain.errors import BadInput, CardNumberRefused, Conflict, DrawerInUse, MissingInput, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.money import Cents, plain
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.workdays import quarter
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.spreadsheet_text import write_rows
from csr_desk.services.surprise_counts import counts_between
from csr_desk.services.words import plain_words

TOPICS = frozenset({Topic.FUNDS, Topic.DRAWER, Topic.BATCHES})
A_YEAR = timedelta(days=366)
_FUND = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,19}", re.ASCII)


@dataclass(frozen=True, slots=True)
class SetFund:
    """A change fund as it shall be (amount in cents): a new one, or one that changes; ``active`` false closes it."""

    key: str
    fund: str
    name: str
    amount: Cents
    authority: str
    drawer: str = ""
    custodian: str = ""
    since: date | None = None
    active: bool = True


def set_fund(desk: Desk, actor: Actor, command: SetFund) -> Done[ChangeFund]:
    """Add, change or close a change fund; the float of its drawer follows.

    Raises BadInput, MissingInput, NotFound (drawer, custodian), Conflict (the drawer has another fund), DrawerInUse
    (the amount of a drawer that somebody holds).
    """
    actor.require(Act.MANAGE_FUNDS)
    content = content_of(desk, actor.user, command)
    fund = _read(desk, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(_then(work.conn, fund, str(earlier.facts["since"])), replayed=True)
        before = custody.one_fund(work.conn, fund.fund)
        _check(work.conn, fund, before)
        _write(work, desk, actor, (fund, before, command.key, content))
        done = _then(work.conn, fund, fund.since.isoformat())
        drawers = {row.drawer: row for row in batches.all_drawers(work.conn)}
    desk.drawers = drawers
    return Done(done, TOPICS)


def _read(desk: Desk, command: SetFund) -> ChangeFund:
    name, authority = plain_words(command.name, "name", 80), plain_words(command.authority, "authority", 120)
    if find_card_number(command.fund):
        raise CardNumberRefused(field="fund")
    if not _FUND.fullmatch(command.fund):
        raise BadInput("A fund is named by letters, figures and dashes, 20 at most.", field="fund")
    if not name:
        raise MissingInput("Say what the fund is called.", field="name")
    if not authority:
        raise MissingInput("Say on whose authority the fund exists.", field="authority")
    if command.amount < 0 or (command.active and not command.amount):
        raise BadInput("A change fund is an amount above zero.", field="amount")
    if command.drawer:
        desk.drawer(command.drawer)
    since = command.since or desk.today()
    if since > desk.today():
        raise BadInput("A fund exists since today or earlier.", field="since")
    return ChangeFund(
        command.fund,
        name,
        command.drawer or None,
        command.custodian or None,
        "",
        command.amount,
        authority,
        since,
        command.active,
    )


def _check(conn: Connection, fund: ChangeFund, before: ChangeFund | None) -> None:
    if before is None and not fund.active:
        raise NotFound(f"There is no change fund “{fund.fund}” to close.", field="fund")
    if fund.custodian:
        holder = people.one_staff(conn, fund.custodian)
        if holder is None or not holder.active:
            raise NotFound(f"Nobody is named “{fund.custodian[:40]}” here.", field="custodian")
        if not holder.actor.may(Act.COUNT):
            raise BadInput(f"{holder.actor.name} may not hold cash. Name a clerk or cashier.", field="custodian")
    if fund.drawer and fund.active:
        other = custody.fund_of_drawer(conn, fund.drawer)
        if other is not None and other.fund != fund.fund:
            raise Conflict(f"Drawer {fund.drawer} has the fund “{other.name}” already. Change or close that one.")
    for drawer, amount in _floats(fund, before).items():
        held = batches.unfinished_at(conn, drawer)
        if held is not None and held.authorized != amount:
            raise DrawerInUse(
                f"{held.custodian_name} holds drawer {held.drawer_name}. Its float changes once it is accepted."
            )


def _floats(fund: ChangeFund, before: ChangeFund | None) -> dict[str, Cents]:
    """Return the drawers whose authorized float the change sets (cents); one that loses its fund has none."""
    floats: dict[str, Cents] = {}
    if before is not None and before.drawer and before.active:
        floats[before.drawer] = 0
    if fund.drawer and fund.active:
        floats[fund.drawer] = fund.amount
    return floats


def _write(work: Work, desk: Desk, actor: Actor, what: tuple[ChangeFund, ChangeFund | None, str, str]) -> None:
    fund, before, key, content = what
    row: dict[str, object] = {
        "name": fund.name,
        "drawer_id": fund.drawer,
        "custodian_id": fund.custodian,
        "amount_minor": fund.amount,
        "authority": fund.authority,
        "since": fund.since.isoformat(),
        "active": int(fund.active),
    }
    work.append(
        EntryDraft(
            series=desk.office_series,
            kind=EventKind.FUND_CHANGED,
            business_date=desk.today(),
            actor=actor.user,
            idem_key=key,
            content_hash=content,
            facts={
                "fund": fund.fund,
                **{name.removesuffix("_id").removesuffix("_minor"): value for name, value in row.items()},
                "floats": _floats(fund, before),
                "amount_before": before.amount if before and before.active else 0,
            },
        ),
        desk.now_text(),
    )
    if before is None:
        custody.insert_funds(work.conn, [{"fund_id": fund.fund, "office_id": desk.office.office_id, **row}])
    else:
        custody.update_fund(work.conn, fund.fund, row)
    for drawer, amount in _floats(fund, before).items():
        custody.set_float(work.conn, drawer, amount)


def _then(conn: Connection, fund: ChangeFund, since: str) -> ChangeFund:
    """Return the fund as the command made it, with its holder's name."""
    holder = people.one_staff(conn, fund.custodian) if fund.custodian else None
    return replace(fund, since=date.fromisoformat(since), custodian_name=holder.actor.name if holder else "")


def fund_register(desk: Desk, actor: Actor) -> FundRegister:
    """Return the change funds with their last counts and those of this quarter (controls 20 and 23)."""
    actor.require(Act.SEE_EXPECTED)
    today = desk.today()
    first, last = quarter(today)
    with desk.read() as work:
        counts = counts_between(desk, work.conn, today - A_YEAR, today)
        funds = custody.all_funds(work.conn)
    wanted = desk.policy.surprise_counts
    return FundRegister(desk.office, today, tuple(_row(fund, counts, (first, last), wanted) for fund in funds))


def _row(fund: ChangeFund, counts: tuple[AuditSheet, ...], quarter: tuple[date, date], wanted: int) -> FundRow:
    own = [sheet for sheet in counts if sheet.fund == fund.fund or (fund.drawer and sheet.drawer == fund.drawer)]
    recent = [sheet for sheet in own if quarter[0] <= sheet.business_date <= quarter[1]]
    return FundRow(fund, own[-1] if own else None, len(recent), wanted if fund.active else 0)


def register_csv(register: FundRegister) -> bytes:
    """Return the register as a CSV file (UTF-8, RFC 4180)."""
    head = (
        "fund", "name", "drawer", "custodian", "amount", "authority", "since", "in use", "last count", "difference",
        "counts this quarter", "wanted",
    )  # fmt: skip
    rows: list[tuple[str | int, ...]] = [head]
    for row in register.rows:
        fund, last = row.fund, row.last
        rows.append((
            fund.fund, fund.name, fund.drawer or "", fund.custodian_name, plain(fund.amount), fund.authority,
            fund.since.isoformat(), "yes" if fund.active else "no",
            last.business_date.isoformat() if last else "", plain(last.difference) if last else "",
            row.this_quarter, row.wanted,
        ))  # fmt: skip
    return write_rows(rows, numbers=frozenset({4, 9, 10, 11}))
