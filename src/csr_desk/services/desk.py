"""What every act stands on: the open office with its clock, catalogue and policy, and a transaction to act in."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from csr_desk.data.engine import Store, open_store
from csr_desk.data.instance_lock import InstanceLock
from csr_desk.data.notebook import has_stopped, open_notebook, place_of
from csr_desk.data.queries import batches, office
from csr_desk.data.queries.batches import DrawerRecord
from csr_desk.data.unit_of_work import Work, read, write
from csr_desk.domain import chain
from csr_desk.domain.catalogue import Catalogue, ItemUse
from csr_desk.domain.distribution import Share
from csr_desk.domain.errors import NotFound, Trouble
from csr_desk.domain.policy import Policy, changed
from csr_desk.domain.receipt import Office
from csr_desk.services import anchors, releases
from csr_desk.services.clock import Clock, SystemClock, TrainingClock, local, read_stamp, stamp
from csr_desk.services.clock_watch import ClockWatch

if TYPE_CHECKING:
    from collections.abc import Callable

    from csr_desk.domain.card_search import CardIndex
    from csr_desk.domain.search import ItemIndex
    from csr_desk.domain.training_cards import TrainingDay
    from csr_desk.services.recovery import Checked

STOPPED = (
    "Recording stopped on this station after an error, and the database was not verified since. Open the window: it "
    "verifies the database and says what to do."
)


@dataclass
class Desk:
    """An open office. Reference data is read once and replaced as a whole when it changes."""

    store: Store
    clock: Clock
    office: Office
    office_series: str
    currency: str
    catalogue: Catalogue
    policy: Policy
    policy_version: int
    drawers: dict[str, DrawerRecord]
    selling: dict[str, tuple[str, date]] = field(default_factory=dict)
    """Drawer and business date that a person was last seen to hold: a hint, checked again inside every sale."""
    sold: dict[str, date] = field(default_factory=dict)
    """Business date of the last sale that a person made at this desk: what was to be read before it is read."""
    cash_seen: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Cash of a batch up to an entry (sequence number, cents), so that a sale adds up only what is new."""
    training_day: tuple[str, TrainingDay] | None = None
    """The day of customers that was made last, by what it was made of."""
    card_index: tuple[int, tuple[int, int], CardIndex] | None = None
    """The search over the information desk: up to which entry of the office, of which state of the cards."""
    alone: InstanceLock | None = None
    """Held while a window is open on a live office's own file."""
    watch: ClockWatch = field(default_factory=ClockWatch)
    """Notices a clock that was moved; tells the ledger before the next act and the window after it."""
    anchored: bool = False
    """Whether this is a window's desk, which leaves the station's anchor behind when it closes."""
    first_check: Callable[[], object] | None = None
    """What a window still has to check before it records anything (``services.recovery``)."""
    checked: Checked | None = None
    """What the check at the start found."""

    def begin(self) -> AbstractContextManager[Work]:
        """Open the one transaction of an act; at a window, not before the check that the start owes.

        Before it, the ledger is told where the clock was moved.
        """
        if self.first_check is not None:
            self.first_check()
        if (gone := self.watch.gone(self.clock)) is not None:
            from csr_desk.services import people_journal  # noqa: PLC0415 - it stands on this module

            people_journal.note_jump(self, gone)
        return write(self.store)

    @property
    def stopped(self) -> str:
        """Why nothing is recorded any more, or nothing."""
        return self.store.latched or ""

    def read(self) -> AbstractContextManager[Work]:
        """Open a short look at one consistent state."""
        return read(self.store)

    def now_text(self) -> str:
        """Return the time as the ledger keeps it."""
        return stamp(self.clock.now())

    def today(self) -> date:
        """Return the date on the office's calendar; a clock moved while the program runs does not change it."""
        return self.local(self.watch.steady(self.clock)).date()

    def local(self, moment: datetime) -> datetime:
        """Show a moment in the office's own time."""
        return local(moment, self.office.time_zone)

    @cached_property
    def item_index(self) -> ItemIndex:
        """The search over the catalogue, built when it is first asked for."""
        from csr_desk.domain.search import ItemIndex  # noqa: PLC0415 - only the window searches

        return ItemIndex.of(self.catalogue)

    def drawer(self, name: str) -> DrawerRecord:
        """Return a drawer by its id; raise NotFound."""
        found = self.drawers.get(name)
        if found is None or not found.active:
            raise NotFound(f"There is no drawer “{name[:40]}”.")
        return found

    def closed_days(self, work: Work) -> frozenset[date]:
        """Return the business days that are closed."""
        return frozenset(day for day, state in office.business_days(work.conn) if state == "closed")

    def take_policy(self, version: int, policy: Policy) -> None:
        """Obey another policy from now on."""
        self.policy_version, self.policy = version, policy

    def take_catalogue(self, catalogue: Catalogue) -> None:
        """Sell from another catalogue from now on."""
        self.catalogue = catalogue
        self.office = replace(self.office, demonstration=catalogue.demonstration)
        self.__dict__.pop("item_index", None)

    def refresh(self) -> None:
        """Read policy, drawers and catalogue again (another station may have changed them)."""
        with self.read() as work:
            version, settings = office.policy_in_force(work.conn)
            self.drawers = {row.drawer: row for row in batches.all_drawers(work.conn)}
            label = office.current_label(work.conn)
            release = office.current_release(work.conn) if label != self.catalogue.label else None
        self.take_policy(version, changed(Policy(), settings) if settings else Policy())
        if release is not None:
            self.take_catalogue(releases.catalogue_of(release))

    def hold_alone(self) -> None:
        """Keep a second window off a live office's own file; raise Trouble where one is open (a server serves many)."""
        path = self.store.file
        if path is not None and not self.office.training:
            self.alone = InstanceLock(path)

    def close(self) -> None:
        """Give the database back; a clean end leaves nothing in this station's notebook."""
        if self.anchored:
            anchors.keep(self)
        self.store.close()
        if self.store.notebook is not None:
            self.store.notebook.close()
        if self.alone is not None:
            self.alone.release()
            self.alone = None


def open_desk(url: str, *, clock: Clock | None = None, key_folder: Path | None = None, running: bool = False) -> Desk:
    """Open the office of a database; raise Trouble where there is none.

    Without ``clock`` a training office gets its own training clock (going on by itself when ``running``), a live
    office the computer's. ``running`` is a window: a live office's database that is behind what this station saw is
    refused (Trouble); it notes each act on this station, answers for a window that died before it, and records nothing
    before the ledger was checked.
    """
    store = open_store(url, key_folder=key_folder)
    try:
        desk = desk_of(store, clock=clock, running=running)
        place = place_of(store.install_uuid, store.url)
        if running:
            from csr_desk.services import recovery  # noqa: PLC0415 - stands on the desk, and only a window needs it

            anchors.begin(desk)
            desk.anchored = True
            store.notebook = open_notebook(*place)
            desk.first_check = lambda: recovery.check_first(desk)
        elif has_stopped(*place):
            store.latched = STOPPED
    except BaseException:
        store.close()
        raise
    return desk


def desk_of(store: Store, *, clock: Clock | None = None, running: bool = False) -> Desk:
    """Read what a desk needs from an open database; raise Trouble where no office was set up."""
    with read(store) as work:
        record = office.read_office(work.conn)
        if record is None:
            raise Trouble("This database has no office yet. Set it up with “csr-desk init” or “csr-desk demo”.")
        release = office.current_release(work.conn)
        version, settings = office.policy_in_force(work.conn)
        drawers = {row.drawer: row for row in batches.all_drawers(work.conn)}
        series = office.office_series(work.conn)
    if clock is None and record.training_clock is not None:
        clock = TrainingClock(read_stamp(record.training_clock), running=running)
    catalogue = releases.catalogue_of(release) if release is not None else Catalogue("None", "none", {})
    desk = Desk(
        store=store,
        clock=clock or SystemClock(),
        office=record.office,
        office_series=series,
        currency=record.currency,
        catalogue=catalogue,
        policy=changed(Policy(), settings) if settings else Policy(),
        policy_version=version,
        drawers=drawers,
    )
    desk.watch.trust(desk.clock)
    return desk


def house_shares(catalogue: Catalogue, use: ItemUse, day: date) -> tuple[Share, ...]:
    """Return the accounts of a system item (cash rounding, over and short); raise NotInForce or NotFound."""
    for item in catalogue.items.values():
        if item.use is use:
            return item.version_on(day).shares
    raise NotFound(f"The catalogue has no item for {use.value}. Load one that has.")


def content_of(desk: Desk, user: str, command: object) -> str:
    """Return the fingerprint of a command as sent, so that a key is never used for two different things.

    It is keyed: a command holds words that may be purged later, and nobody shall confirm a guess of them from it.
    """
    return chain.content_hash(desk.store.key, f"{user}|{command!r}")


def moment(text: str) -> datetime:
    """Read when an entry was recorded."""
    return read_stamp(text).astimezone(UTC)
