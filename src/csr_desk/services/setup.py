"""Setting up an office: its name, its drawers, its first administrator, its catalogue; and the demo city."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from csr_desk import locations
from csr_desk.data.engine import Store, open_store
from csr_desk.data.queries import batches, custody, office, people
from csr_desk.data.unit_of_work import read, write
from csr_desk.domain import founding
from csr_desk.domain.catalogue import Catalogue
from csr_desk.domain.chain import genesis
from csr_desk.domain.custody import SET_UP
from csr_desk.domain.errors import BadInput, Conflict, NotPermitted
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor, Role
from csr_desk.services import releases, secrets_kept
from csr_desk.services.catalogue_files import load_folder
from csr_desk.services.clock import Clock, SystemClock, TrainingClock, local_date, read_stamp, stamp
from csr_desk.services.people_changes import check_secret, staff_row
from csr_desk.services.people_journal import program_row

DEMO_MORNING = datetime(2026, 7, 14, 12, 30, tzinfo=UTC)
"""07:30 on Tuesday 14 July 2026 at the demo city's counter."""

DEMO_FLOAT: Cents = 20_000
DEMO_SAFE: Cents = 200_000
"""The change fund in the demo city's safe, kept by its cashier."""

DEMO_STAFF: tuple[Actor, ...] = (
    Actor("clerk1", "Maria Delgado", "CSR II", Role.CLERK),
    Actor("clerk2", "James Okafor", "CSR I", Role.CLERK),
    Actor("clerk3", "Nguyễn Thị Lan", "CSR I", Role.CLERK),
    Actor("clerk4", "Priya Raman", "CSR II", Role.CLERK),
    Actor("clerk5", "Thomas Weber", "CSR I", Role.CLERK),
    Actor("cashier1", "Denise Carter", "Cashier", Role.CASHIER),
    Actor("supervisor1", "Robert Hayes", "Counter supervisor", Role.SUPERVISOR),
    Actor("supervisor2", "Angela Ruiz", "Counter supervisor", Role.SUPERVISOR),
    Actor("accountant1", "Samuel Park", "Revenue accountant", Role.ACCOUNTANT),
    Actor("auditor1", "Helen Brandt", "Internal auditor", Role.AUDITOR),
    Actor("admin1", "Chidi Nwosu", "System administrator", Role.ADMINISTRATOR),
)
"""Made-up people; any likeness is chance."""

DEMO_TRAINING: dict[str, object] = {"trained_on": "2026-01-12", "trained_until": "2029-01-12", "training_score": 95}
"""The training in handling cash that whoever opens a drawer has on file; the demo city repeats it every three years."""


@dataclass(frozen=True, slots=True)
class NewOffice:
    """An office about to be set up."""

    office_id: str
    name: str
    address: tuple[str, ...]
    phone: str
    time_zone: str
    training: bool
    drawers: tuple[str, ...]
    drawer_float: Cents = DEMO_FLOAT
    currency: str = "USD"
    drawer_names: tuple[str, ...] = ()
    """How the drawers are called, in their order; by their ids without."""


DEMO_OFFICE = NewOffice(
    office_id="HPC",
    name="Permit and Revenue Office",
    address=("1002 Washington Avenue", "Houston, TX 77002"),
    phone="713-555-0100",
    time_zone="America/Chicago",
    training=True,
    drawers=("HPC-1", "HPC-2", "HPC-3", "HPC-4", "HPC-5"),
)


def demo_secret(user: str) -> str:
    """Return the secret of a demo person, as its sign-in page shows it."""
    return f"{user}-demo"


def demo_catalogue_folder() -> Path:
    """Return where the demo city's catalogue is shipped."""
    return locations.resources() / "demo" / "catalogue"


def has_office(url: str, *, key_folder: Path | None = None) -> bool:
    """Say whether a database has an office already (the database is made if it is not there)."""
    store = open_store(url, key_folder=key_folder, create=True)
    try:
        with read(store) as work:
            return office.read_office(work.conn) is not None
    finally:
        store.close()


def refuse_live(url: str, *, key_folder: Path | None = None) -> None:
    """Raise NotPermitted where the database's office takes real money: nothing of a demonstration goes there."""
    store = open_store(url, key_folder=key_folder)
    try:
        with read(store) as work:
            record = office.read_office(work.conn)
    finally:
        store.close()
    if record is not None and not record.office.training:
        raise NotPermitted(f"{record.office.name} is a live office, not a demo city. Name another database.")


def init_office(
    url: str,
    new: NewOffice,
    admin: Actor,
    secret: str,
    *,
    catalogue_folder: Path | None = None,
    key_folder: Path | None = None,
) -> None:
    """Set up an office with its first administrator; raise Conflict if the database has one already."""
    names = (admin.user, admin.name, admin.title, new.name, new.office_id, *new.address)
    check_secret(secret, live=not new.training, names=names)
    clock: Clock = TrainingClock(DEMO_MORNING) if new.training else SystemClock()
    catalogue = load_folder(catalogue_folder) if catalogue_folder is not None else None
    people_rows = [staff_row(admin, secrets_kept.hash_of(secret))]
    set_up(url, new, people_rows, catalogue, (admin.user, clock, key_folder))


def make_demo_office(url: str, *, key_folder: Path | None = None) -> None:
    """Set up the demo city without any business yet; raise Conflict if the database has an office already."""
    rows = [
        {
            **staff_row(actor, secrets_kept.demo_hash(actor.user, demo_secret(actor.user)), demo_secret(actor.user)),
            **(DEMO_TRAINING if actor.may(Act.OPEN_DRAWER) else {}),
        }
        for actor in DEMO_STAFF
    ]
    catalogue = load_folder(demo_catalogue_folder())
    safe = _fund(DEMO_OFFICE.office_id, "HPC-SAFE", "Safe change fund", DEMO_SAFE, custodian="cashier1")
    set_up(url, DEMO_OFFICE, rows, catalogue, ("admin1", TrainingClock(DEMO_MORNING), key_folder), funds=(safe,))


def set_up(
    url: str,
    new: NewOffice,
    people_rows: Sequence[dict[str, object]],
    catalogue: Catalogue | None,
    by: tuple[str, Clock, Path | None],
    *,
    funds: Sequence[dict[str, object]] = (),
) -> None:
    """Make the database of an office with these people; raise Conflict if it has one already, BadInput.

    ``by`` is who loads the catalogue, the clock, and the folder of the keys; ``funds`` are change funds beside the
    floats.
    """
    user, clock, key_folder = by
    _check(new)
    store = open_store(url, key_folder=key_folder, create=True)
    try:
        with read(store) as work:
            if office.read_office(work.conn) is not None:
                raise Conflict("This database has an office already.")
        install = str(uuid.uuid4())
        store.install(install)
        if not new.training:
            store.require_durable()
        since = local_date(clock, new.time_zone).isoformat()
        rows = [{**row, "since": since} for row in (*_floats(new), *funds)]
        _write(store, new, install, (people_rows, catalogue, user, stamp(clock.now()), rows))
    finally:
        store.close()


def _check(new: NewOffice) -> None:
    try:
        ZoneInfo(new.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise BadInput(f"“{new.time_zone}” is not a time zone. Write it like America/Chicago.") from None
    if not new.office_id.isascii() or not new.office_id.isalnum() or not new.name.strip():
        raise BadInput("An office has a short name of letters and digits, and a name for its papers.")
    if not new.drawers or len(set(new.drawers)) != len(new.drawers) or new.office_id in new.drawers:
        raise BadInput("An office has one drawer at least, each with a name of its own.")
    if new.drawer_float < 0:
        raise BadInput("A float cannot be below zero.")


def _write(
    store: Store,
    new: NewOffice,
    install: str,
    rest: tuple[Sequence[dict[str, object]], Catalogue | None, str, str, Sequence[dict[str, object]]],
) -> None:
    people_rows, catalogue, user, now, funds = rest
    everybody = [*people_rows, program_row()]
    releases_held = [] if catalogue is None else [releases.release_row(new.office_id, 1, catalogue, (user, now))]
    own, registers = _office(new, install, now), _drawers(new)
    with write(store) as work:
        office.insert_office(work.conn, own)
        people.insert_staff(work.conn, everybody)
        names = [(name, "register") for name in new.drawers] + [(new.office_id, "office")]
        office.insert_series(work.conn, [_series(new.office_id, name, kind, install) for name, kind in names])
        batches.insert_drawers(work.conn, registers)
        if funds:
            custody.insert_funds(work.conn, funds)
        for release in releases_held:
            office.insert_release(work.conn, release)
        work.append(
            EntryDraft(
                series=new.office_id,
                kind=EventKind.POLICY_SET,
                business_date=read_stamp(now).astimezone(ZoneInfo(new.time_zone)).date(),
                actor=user,
                idem_key=f"set-up-{install}",
                facts=founding.facts_of({
                    "office": [own], "drawer": registers, "change_fund": funds, "staff": everybody,
                    "catalogue_release": releases_held,
                }),
                notes={founding.PEOPLE: founding.names_of(everybody)},
            ),
            str(own["created_at"]),
        )  # fmt: skip


def _office(new: NewOffice, install: str, now: str) -> dict[str, object]:
    """Lay the office out as stored; one for training begins with its day, so that a script may set its clock freely."""
    zone = ZoneInfo(new.time_zone)
    midnight = datetime.combine(read_stamp(now).astimezone(zone).date(), time(), zone)
    return {
        "office_id": new.office_id,
        "name": new.name,
        "address": "\n".join(new.address),
        "phone": new.phone,
        "time_zone": new.time_zone,
        "install_uuid": install,
        "training": int(new.training),
        "training_clock": now if new.training else None,
        "currency": new.currency,
        "created_at": stamp(midnight) if new.training else now,
    }


def _drawers(new: NewOffice) -> list[dict[str, object]]:
    return [
        {
            "drawer_id": drawer,
            "office_id": new.office_id,
            "name": name,
            "series_id": drawer,
            "authorized_float_minor": new.drawer_float,
            "active": 1,
        }
        for drawer, name in zip(new.drawers, new.drawer_names or new.drawers, strict=True)
    ]


def _floats(new: NewOffice) -> list[dict[str, object]]:
    """Enter each drawer's float into the register of change funds (control 20)."""
    if not new.drawer_float:
        return []
    return [_fund(new.office_id, name, f"Float of {name}", new.drawer_float, drawer=name) for name in new.drawers]


def _fund(
    office_id: str, fund: str, name: str, amount: Cents, *, drawer: str | None = None, custodian: str | None = None
) -> dict[str, object]:
    return {
        "fund_id": fund,
        "office_id": office_id,
        "name": name,
        "drawer_id": drawer,
        "custodian_id": custodian,
        "amount_minor": amount,
        "authority": SET_UP,
        "active": 1,
    }


def _series(office_id: str, name: str, kind: str, install: str) -> dict[str, object]:
    start = genesis(office_id, name, install)
    return {
        "series_id": name,
        "office_id": office_id,
        "kind": kind,
        "genesis": start,
        "last_seq": 0,
        "last_receipt_no": 0,
        "perpetual_minor": 0,
        "head_mac": start,
        "last_z": 0,
    }
