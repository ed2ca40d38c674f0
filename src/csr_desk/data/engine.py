"""Opening the office's database: the right engine, the right schema, the right key, or a sentence why not."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from csr_desk import durable
from csr_desk.data import keys, postgres, schema, sqlite
from csr_desk.data.notebook import Notebook
from csr_desk.data.same_ledger import Watch
from csr_desk.domain.errors import Trouble


@dataclass(slots=True)
class Store:
    """An open database; read and write through ``data.unit_of_work`` only."""

    address: URL
    dialect: str
    engine: Engine
    """For reading (on SQLite it cannot write)."""
    write_engine: Engine
    key_folder: Path | None = None
    warnings: tuple[str, ...] = ()
    """Sentences about a server that a live office would refuse."""
    install_uuid: str = ""
    """Which installation this is; the names of its key and of its anchor; nothing before an office is set up."""
    latched: str | None = None
    """Why nothing is recorded any more until the database was opened anew and verified, or None."""
    watch: Watch = field(default_factory=Watch)
    """What this desk saw recorded: a database that was swapped under it takes no payment."""
    notebook: Notebook | None = None
    """Where a window notes the act that it is doing; a command of the command line has none."""
    _key: bytes | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.watch.file = self.file

    @property
    def url(self) -> str:
        """The address without its password."""
        return self.address.render_as_string(hide_password=True)

    @property
    def key(self) -> bytes:
        """The chain key of the office; raise Trouble if the office has not been set up."""
        if self._key is None:
            raise Trouble("This database has no office yet. Set it up with “csr-desk init” or “csr-desk demo”.")
        return self._key

    @property
    def file(self) -> Path | None:
        """The database's own file, where it is one."""
        name = self.engine.url.database
        return Path(name) if self.dialect == "sqlite" and name else None

    def install(self, install_uuid: str) -> bytes:
        """Make the key of a new office and use it from now on."""
        self._key = keys.make_key(install_uuid, self.key_folder)
        self.install_uuid = install_uuid
        return self._key

    def read_office(self) -> None:
        """Load the key of the office in the database, if there is one; raise Trouble if the key is missing."""
        with self.engine.connect() as connection:
            row = connection.exec_driver_sql("SELECT install_uuid, training FROM office ORDER BY office_id").first()
            if row is not None:
                self.watch.prime(connection)
        if row is not None:
            self.install_uuid = str(row[0])
            self._key = keys.read_key(self.install_uuid, self.key_folder)
            if not row[1]:
                self.require_durable()

    def require_durable(self) -> None:
        """Raise Trouble if this server may lose an acknowledged payment; a live office asks, training does not."""
        if self.warnings:
            raise Trouble(" ".join(self.warnings))

    def latch(self, reason: str) -> None:
        """Record nothing more through this store: the disk or the file cannot be trusted."""
        self.latched = reason
        if self.notebook is not None:
            self.notebook.stop()

    def reopen(self) -> None:
        """Let go of every connection and look at the database anew; it stays latched. Raises Trouble."""
        self.close()
        try:
            _look_over(self)
        except DBAPIError as error:
            raise Trouble(f"The database cannot be opened: {error.orig}".strip()) from error

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()
        self.write_engine.dispose()


def parse_address(url: str) -> URL:
    """Read a database address; ``postgresql://`` and ``postgres://`` mean psycopg, a bare path means SQLite."""
    text = url if "://" in url else f"sqlite:///{url}"
    if text.startswith("postgres://"):
        text = "postgresql" + text[len("postgres") :]
    try:
        address = make_url(text)
    except ArgumentError:
        raise Trouble(f"“{url}” is not a database address. Give sqlite:///path or postgresql://host/name.") from None
    if address.get_backend_name() == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() != "sqlite":
        raise Trouble(f"{address.get_backend_name()} is not supported. Use SQLite or PostgreSQL.")
    if not address.database or address.database == ":memory:" or address.database.startswith("file:"):
        raise Trouble("An SQLite database is a file on this station; name it as sqlite:///path.")
    return address


def open_store(url: str, *, key_folder: Path | None = None, create: bool = False, saved: bool = True) -> Store:
    """Open a database and bring it up to date; raise Trouble with what to do where that cannot be done safely.

    With ``saved`` a file is backed up before it is brought up to date; a copy that is thrown away needs none.
    """
    address = parse_address(url)
    try:
        if address.drivername == "sqlite":
            store = _open_sqlite(address, _saver(address, key_folder) if saved else None, create=create)
        else:
            store = _open_postgres(address)
        store.key_folder = key_folder
        _look_over(store)
    except DBAPIError as error:
        raise Trouble(f"The database cannot be opened: {error.orig}".strip()) from error
    except UnicodeDecodeError as error:
        raise Trouble("The database is damaged and cannot be opened. Restore it from a backup.") from error
    return store


def _look_over(store: Store) -> None:
    """Check the schema and load the key; close the store again where that fails."""
    try:
        with store.engine.connect() as connection:
            schema.refuse_altered(connection)
        store.read_office()
    except BaseException:
        store.close()
        raise


def _open_sqlite(address: URL, saver: Callable[[Connection], None] | None, *, create: bool) -> Store:
    path = Path(str(address.database))
    sqlite.refuse_unsafe_place(path)
    if not path.exists():
        if not create:
            raise Trouble(f"There is no database at {path}. Make one with “csr-desk init” or “csr-desk demo”.")
        durable.make_folder(path.parent, durable.PRIVATE_FOLDER)
        with suppress(FileExistsError):  # another process made it a moment ago
            # SQLite itself makes no file: a deleted database must not come back as an empty one; its journal takes
            # over these permissions
            durable.private_file(path)
    else:
        durable.close_to_others(path)  # made by an older release, which asked the umask
    writer = sqlite.make_engine(path, writing=True)
    reader = sqlite.make_engine(path, writing=False)
    try:
        with reader.connect() as connection:
            revision = schema.revision_of(connection)
        if revision != schema.HEAD:
            schema.upgrade(writer, before=None if revision is None else saver)
    except OperationalError as error:
        writer.dispose()
        reader.dispose()
        raise Trouble(f"The database {path} cannot be opened: {error.orig}.") from error
    return Store(address, "sqlite", reader, writer)


def _saver(address: URL, key_folder: Path | None) -> Callable[[Connection], None]:
    """Back the file up before it is brought up to date; without an office in it there is nothing to lose."""

    def save(connection: Connection) -> None:
        from csr_desk.data import backup_folder  # noqa: PLC0415 - it verifies, and verifying opens stores

        row = connection.exec_driver_sql("SELECT install_uuid FROM office ORDER BY office_id").first()
        if row is not None:
            backup_folder.save_before(Path(str(address.database)), keys.read_key(str(row[0]), key_folder))

    return save


def _open_postgres(address: URL) -> Store:
    login = postgres.make_engine(address, as_app=False)
    try:
        with login.connect() as connection:
            revision = schema.revision_of(connection)
            warnings = postgres.durability_faults(connection)
        if revision != schema.HEAD:
            postgres.ensure_roles(login)
            schema.upgrade(login)
    finally:
        login.dispose()
    engine = postgres.make_engine(address, as_app=True)
    reading = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Store(address, "postgresql", reading, engine, warnings=warnings)
