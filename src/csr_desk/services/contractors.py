"""The register of contractors: who may buy permits of a trade, and the papers that they show until when (G3, G14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from csr_desk.data.models import contractor, contractor_paper
from csr_desk.data.queries import Connection, contractors, told
from csr_desk.data.queries.contractors import ContractorRecord, PaperRecord
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about, numbering
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.contractor import NEEDED, PaperKind, lacks
from csr_desk.domain.errors import BadInput, Conflict, MissingInput, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.telling import Change
from csr_desk.domain.validity import list_until
from csr_desk.services import telling
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words

TOPICS = frozenset({Topic.PERMITS})
STATES = ("active", "suspended", "closed")
LONGEST_NUMBER = 60
MOST_FOUND = 100


@dataclass(frozen=True, slots=True)
class RegisterContractor:
    """Register a customer as a contractor of some trades."""

    key: str
    customer: str
    trades: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeContractor:
    """Set the trades or the state of a contractor; what is left out stays."""

    key: str
    contractor: str
    reason: str
    trades: tuple[str, ...] | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class FilePaper:
    """Put a paper of a contractor on file (cents); ``replaces`` is the place of the one that it follows.

    Without ``trade`` it covers every trade.
    """

    key: str
    contractor: str
    kind: PaperKind
    number: str
    trade: str = ""
    issuer: str = ""
    starts_on: date | None = None
    expires_on: date | None = None
    amount: Cents | None = None
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class WithdrawPaper:
    """Take a paper off the register: it was cancelled by who issued it."""

    key: str
    contractor: str
    n: int
    reason: str


@dataclass(frozen=True, slots=True)
class InOrder:
    """Whether a contractor may buy a permit of a trade on a day; each sentence says what is missing."""

    contractor: ContractorRecord
    trade: str
    day: date
    missing: tuple[str, ...]


def register_contractor(desk: Desk, actor: Actor, command: RegisterContractor) -> Done[str]:
    """Register a contractor and return their number.

    Raises NotFound (no such customer), Conflict (registered already), BadInput (a trade that is none), MissingInput.
    """
    actor.require(Act.KEEP_CONTRACTORS)
    content = content_of(desk, actor.user, command)
    trades = _trades(command.trades)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(contractors.of_customer(work.conn, command.customer) or "", replayed=True)
        if not contractors.has_customer(work.conn, command.customer):
            raise NotFound(f"There is no customer “{command.customer[:40]}”.", field="customer")
        if (known := contractors.of_customer(work.conn, command.customer)) is not None:
            raise Conflict(f"This customer is registered already, as {known}.")
        number, counted = telling.next_number(work.conn, desk, "contractor", desk.today().year)
        row = told.added(
            contractor,
            (number,),
            {
                "customer_id": command.customer, "trades": " ".join(trades), "state": "active",
                "since": desk.today().isoformat(),
            },
        )  # fmt: skip
        _tell(work, desk, (actor, command.key, content, {}), [counted, row], (number, command.customer))
    return Done(number, TOPICS)


def change_contractor(desk: Desk, actor: Actor, command: ChangeContractor) -> Done[ContractorRecord]:
    """Change the trades or the state of a contractor; raise NotFound, BadInput, MissingInput (no reason)."""
    actor.require(Act.KEEP_CONTRACTORS)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason", 200)
    if command.state and command.state not in STATES:
        raise BadInput("A contractor is active, suspended or closed.", field="state")
    values: dict[str, str] = {} if command.trades is None else {"trades": " ".join(_trades(command.trades))}
    values |= {"state": command.state} if command.state else {}
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        number = number_of(command.contractor)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(_one(work.conn, number), replayed=True)
        known = _one(work.conn, number)
        row = told.record(work.conn, contractor, number, lock=True)
        if not values:
            raise MissingInput("Say what changes: the trades or the state.", field="state")
        if not reason:
            raise MissingInput("Say why the contractor is changed.", field="reason")
        changes = [told.changed(contractor, row or {}, values)]
        _tell(work, desk, (actor, command.key, content, {"reason": reason}), changes, (number, known.customer_id))
        done = _one(work.conn, number)
    return Done(done, TOPICS)


def file_paper(desk: Desk, actor: Actor, command: FilePaper) -> Done[ContractorRecord]:
    """Put a paper on file, in the place of one that it follows; raise NotFound, BadInput, MissingInput (no number)."""
    actor.require(Act.KEEP_CONTRACTORS)
    content = content_of(desk, actor.user, command)
    number = plain_words(command.number, "number", LONGEST_NUMBER)
    issuer = plain_words(command.issuer, "issuer", LONGEST_NUMBER)
    trade = _check_paper(command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        whose = number_of(command.contractor)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(_one(work.conn, whose), replayed=True)
        known = _one(work.conn, whose)
        told.record(work.conn, contractor, whose, lock=True)
        if not number:
            raise MissingInput("Key the number that stands on the paper.", field="number")
        changes = [
            told.added(
                contractor_paper,
                (whose, len(known.papers) + 1),
                {
                    "kind": command.kind.value, "trade": trade or None, "starts_on": _text(command.starts_on),
                    "expires_on": _text(command.expires_on), "amount_minor": command.amount, "state": "valid",
                },
                {"number": number, "issuer": issuer or None},
            )
        ]  # fmt: skip
        if command.replaces is not None:
            changes.append(_ended(work, known, command.replaces, "replaced"))
        _tell(work, desk, (actor, command.key, content, {}), changes, (whose, known.customer_id))
        done = _one(work.conn, whose)
    return Done(done, TOPICS)


def withdraw_paper(desk: Desk, actor: Actor, command: WithdrawPaper) -> Done[ContractorRecord]:
    """Take a paper off the register; raise NotFound, Conflict (it was replaced or withdrawn), MissingInput."""
    actor.require(Act.KEEP_CONTRACTORS)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason", 200)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        whose = number_of(command.contractor)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(_one(work.conn, whose), replayed=True)
        known = _one(work.conn, whose)
        if not reason:
            raise MissingInput("Say why the paper does not count any more.", field="reason")
        changes = [_ended(work, known, command.n, "withdrawn")]
        _tell(work, desk, (actor, command.key, content, {"reason": reason}), changes, (whose, known.customer_id))
        done = _one(work.conn, whose)
    return Done(done, TOPICS)


def contractor_of(desk: Desk, actor: Actor, number: str) -> ContractorRecord:
    """Return a contractor with every paper on file; raise NotFound, BadInput (a figure is wrong)."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        return _one(work.conn, number_of(number))


def find_contractors(desk: Desk, actor: Actor, words: str) -> tuple[ContractorRecord, ...]:
    """Find contractors by a piece of their number, their name or a paper's number."""
    actor.require(Act.SEE_PROJECTS)
    wanted = plain_words(words, "search", 120)
    with desk.read() as work:
        return contractors.find(work.conn, wanted, MOST_FOUND)


def in_order(desk: Desk, actor: Actor, number: str, trade: str = "") -> InOrder:
    """Say whether a contractor may buy a permit of a trade today; raise NotFound, BadInput."""
    actor.require(Act.SEE_PROJECTS)
    wanted = _trades((trade,))[0] if trade else ""
    with desk.read() as work:
        found = _one(work.conn, number_of(number))
    return InOrder(found, wanted, desk.today(), lacks(found.standing, wanted, desk.today()))


def papers_ending(
    desk: Desk, actor: Actor, days: int | None = None
) -> tuple[tuple[ContractorRecord, PaperRecord], ...]:
    """Return the papers that ran out or end within so many days (the policy's, if None), soonest first (G14)."""
    actor.require(Act.SEE_PROJECTS)
    within = desk.policy.paper_warn_days if days is None else days
    with desk.read() as work:
        return contractors.ending(work.conn, list_until(desk.today(), within), MOST_FOUND * 10)


def number_of(typed: str) -> str:
    """Read a contractor's number as keyed; raise NotFound where it is none of the register, BadInput."""
    read = numbering.read_number(numbering.FIXED["contractor"], typed)
    if read is None:
        raise NotFound(f"There is no contractor “{typed.strip()[:40]}”.", field="contractor")
    return read.number


def _one(conn: Connection, number: str) -> ContractorRecord:
    found = contractors.one_contractor(conn, number)
    if found is None:
        raise NotFound(f"There is no contractor “{number}”.", field="contractor")
    return found


def _trades(named: Sequence[str]) -> tuple[str, ...]:
    """Return trades in one order; raise BadInput for one that there is not, MissingInput for none."""
    wanted = sorted({" ".join(trade.split()).casefold().replace(" ", "_") for trade in named} - {""})
    if not wanted:
        raise MissingInput("Name the trades of the contractor.", field="trades")
    if set(wanted) - set(NEEDED):
        known = ", ".join(sorted(NEEDED)).replace("_", " ")
        raise BadInput(f"A trade is one of: {known}.", field="trades")
    return tuple(wanted)


def _check_paper(command: FilePaper) -> str:
    """Return the trade of a paper; raise BadInput for what cannot be."""
    if command.starts_on and command.expires_on and command.expires_on < command.starts_on:
        raise BadInput("A paper ends after it begins.", field="expires_on")
    if command.amount is not None and command.amount < 0:
        raise BadInput("The amount of a bond or an insurance is not below zero.", field="amount")
    return _trades((command.trade,))[0] if command.trade else ""


def _ended(work: Work, known: ContractorRecord, n: int, state: str) -> Change:
    paper = next((one for one in known.papers if one.n == n), None)
    if paper is None:
        raise NotFound(f"This contractor has no paper {n}.", field="n")
    row = told.record(work.conn, contractor_paper, known.number, n, lock=True)
    if row is None or row["state"] != "valid":
        raise Conflict(f"Paper {n} was {paper.state} already.")
    return told.changed(contractor_paper, row, {"state": state})


def _tell(
    work: Work,
    desk: Desk,
    what: tuple[Actor, str, str, Mapping[str, str]],
    changes: Sequence[Change],
    whose: tuple[str, str],
) -> None:
    """Write an entry; ``what`` is who acts, the key, the content, the notes; ``whose`` contractor and customer."""
    actor, key, content, notes = what
    draft = EntryDraft(
        series=desk.office_series, kind=EventKind.CONTRACTOR_CHANGED, business_date=desk.today(), actor=actor.user,
        idem_key=key, content_hash=content, notes=notes,
    )  # fmt: skip
    number, customer = whose
    telling.tell(work, desk, draft, changes, [about.contractor(number), about.customer(customer)])


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
