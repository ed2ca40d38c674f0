"""A ledger held to everything that vouches for it: its own chain, seals, heads on paper, this station's anchor.

For people: whether it is in order, where it stands, and otherwise the first fault with what to do next. Read-only, on
connections of its own; signatures, heads and sums need no chain key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from csr_desk.data import keys, seal_check, verify
from csr_desk.data.anchor import Anchor, anchor_fault, anchor_file
from csr_desk.data.head_check import CALL, place_of
from csr_desk.data.queries import Connection, heads, office
from csr_desk.domain.errors import BadInput, NotFound, Trouble
from csr_desk.domain.first_fault import FirstFault, Place
from csr_desk.domain.seal import Seal, SealedHead, SealKey, head_matches, key_id
from csr_desk.services import anchors, witnesses


@dataclass(frozen=True, slots=True)
class SealFile:
    """The content of a seal file and the name it lies under."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class PrintedHead:
    """A head as somebody keyed it from a paper: series, entry, and its code or the beginning of its digits."""

    series: str
    seq: int
    keyed: str

    @classmethod
    def of(cls, text: str) -> PrintedHead:
        """Read ``HPC-1:57:ABCD-EFGH-IJKL-MNOP``; raise BadInput."""
        series, _, rest = text.strip().partition(":")
        seq, _, keyed = rest.partition(":")
        if not (series and keyed and seq.isascii() and seq.isdigit()):
            raise BadInput("Key a head as series, entry and head: HPC-1:57:ABCD-EFGH-IJKL-MNOP.")
        return cls(series, int(seq), keyed)


@dataclass(frozen=True, slots=True)
class Against:
    """What a ledger is held to beside its own chain."""

    seals: tuple[SealFile, ...] = ()
    public: bytes | None = None
    """The file of the officer's public key; without it the keys in the ledger are used."""
    printed: tuple[PrintedHead, ...] = ()
    backup: bool = False
    """A copy that may be older than what this station saw."""


@dataclass
class Verdict:
    """What came of it."""

    entries: int = 0
    receipts: int = 0
    heads: tuple[SealedHead, ...] = ()
    fault: FirstFault | None = None
    notes: list[str] = field(default_factory=list)
    """What was compared, a sentence each."""

    @property
    def ok(self) -> bool:
        """Whether everything agrees."""
        return self.fault is None


def verdict(url: str, against: Against, *, key_folder: Path | None = None) -> Verdict:
    """Hold a database to its chain, its seals, its papers and this station's anchor; stop at the first fault.

    Raises Trouble where there is nothing to verify, or the chain key is missing and nothing else was given to hold it
    to; BadInput for a public key that is none.
    """
    place = verify.place_of(url)
    found = Verdict()
    try:
        with verify.reading(place) as conn:
            verify.refuse_other_version(conn)
            record = office.read_office(conn)
            if record is None:
                raise Trouble("There is no office in this database yet, so there is nothing to verify.")
            key = _chain_key(record.install_uuid, key_folder, found, needed=not (against.seals or against.printed))
            inside = _recompute(url, conn, key, found) if key is not None else None
            if inside is not None and inside.place.seq:
                found.fault = inside
            with verify.snapshot(conn):
                found.heads = heads.all_heads(conn)
                _outside(conn, against, found)
                if key is not None and not record.office.training:
                    _anchor(conn, (record.install_uuid, key, key_folder), found, backup=against.backup)
                _own_seals(conn, found)
            # what names no entry says less than a witness from outside does
            found.fault = found.fault or inside
    except verify.damage_errors(place) as error:
        if isinstance(error, BadInput):
            raise
        found.fault = found.fault or FirstFault(verify.said_of_damage(error), advice=CALL)
    return found


def _chain_key(install: str, folder: Path | None, found: Verdict, *, needed: bool) -> bytes | None:
    try:
        return keys.read_key(install, folder)
    except Trouble:
        if needed:
            raise
    found.notes.append(
        "The chain key is not here: heads, links, counts and sums were compared, the rows were not recomputed."
    )
    return None


def _recompute(url: str, conn: Connection, key: bytes, found: Verdict) -> FirstFault | None:
    """Recompute the chain and the tables of the present; say the first thing that does not agree."""
    report = verify.verify(url, key)
    found.entries, found.receipts = report.checked, report.receipts
    if report.first_fault is None:
        return None
    at = report.fault_at
    return FirstFault(
        report.first_fault,
        place_of(conn, *at) if at else Place(),
        expected="every entry as it was sealed when it was recorded" if at else "",
        advice=CALL,
    )


def _outside(conn: Connection, against: Against, found: Verdict) -> None:
    """Compare with what lies outside: seal files and heads on paper."""
    known, fault = seal_check.keys_of(conn)
    public = SealKey.of(against.public).public if against.public is not None else ""
    if against.seals:
        found.fault = found.fault or fault
    for file in against.seals:
        if found.fault is None:
            found.fault = _hold_to_seal(conn, file, public, known, found.notes)
    for printed in against.printed:
        if found.fault is None:
            found.fault = _hold_to_paper(conn, printed, found.notes)


def _hold_to_seal(
    conn: Connection, file: SealFile, public: str, known: Sequence[seal_check.KeyInForce], notes: list[str]
) -> FirstFault | None:
    again = "Get the seal file from the finance officer again."
    try:
        seal = Seal.of(file.content)
    except BadInput as refusal:
        said = refusal.message[:1].lower() + refusal.message[1:].rstrip(".")
        return FirstFault(f"the file {file.name} cannot be trusted: {said}", advice=again)
    what = seal.statement
    if file.name.startswith("seal-") and file.name != what.file_name:
        return FirstFault(
            f"the file {file.name} holds the seal of another day or office",
            expected="the seal that the name says",
            found=f"the seal of {what.office}, {what.business_date}",
            advice=again,
        )
    if public:
        whose = f"the key that was given ({key_id(public)})"
    else:
        key = next((one for one in known if one.key.key_id == what.key_id), None)
        if key is None:
            return FirstFault(
                f"the key of the seal of {what.business_date} is not in this ledger",
                expected=f"key {what.key_id}",
                found=", ".join(one.key.key_id for one in known) or "no key",
                advice="Give the officer’s public key with --public.",
            )
        public = key.key.public
        whose = f"the ledger’s own key {what.key_id} (set by {key.set_by}); compare its id with the finance officer"
        if key.lost_before:
            whose += "; the key before it was said to be lost and did not sign it"
    fault = seal_check.seal_fault(conn, seal, public)
    if fault is None:
        notes.append(f"Seal of {what.business_date}: good, {what.entries:,} entries, checked with {whose}.")
    return fault


def _hold_to_paper(conn: Connection, printed: PrintedHead, notes: list[str]) -> FirstFault | None:
    shown = f"{printed.series}:{printed.seq}"
    now = heads.head_now(conn, printed.series)
    if now is None:
        raise NotFound(f"There is no series {printed.series} in this database.")
    there = heads.mac_at(conn, printed.series, printed.seq)
    if there is not None and now.seq >= printed.seq and head_matches(there, printed.keyed):
        notes.append(f"Head {shown}: the same as on the paper.")
        return None
    head_matches(b"", printed.keyed)  # what cannot be a head is a mistake in keying, not in the ledger
    found = f"head {SealedHead(printed.series, printed.seq, 0, 0, there.hex()).code}" if there else f"entry {now.seq}"
    short = there is None or now.seq < printed.seq
    return FirstFault(
        f"{printed.series} ends before the entry on the paper"
        if short
        else f"{shown} is another head than on the paper",
        place_of(conn, printed.series, min(printed.seq, now.seq)),
        expected=f"head {printed.keyed} at entry {printed.seq}",
        found=found,
        advice="Key the head again. If it still differs: " + CALL[0].lower() + CALL[1:],
    )


def _anchor(conn: Connection, key: tuple[str, bytes, Path | None], found: Verdict, *, backup: bool) -> None:
    """Compare with what this station saw."""
    install, secret, folder = key
    path = anchor_file(install, folder)
    try:
        anchor: Anchor | None = anchors.read_anchor(path, secret, install)
    except BadInput:
        found.fault = found.fault or anchors.damaged(path)
        return
    if anchor is None:
        found.notes.append("This station has no anchor of this office yet.")
        return
    fault = anchor_fault(conn, anchor)
    if fault is None:
        found.notes.append(f"This station’s anchor of {anchor.at}: nothing that it saw is missing.")
    elif backup:
        found.notes.append(f"This copy is older than this station’s anchor of {anchor.at}: {fault.what}.")
    else:
        found.fault = found.fault or fault


def _own_seals(conn: Connection, found: Verdict) -> None:
    """Check the seals that the ledger keeps itself."""
    count, fault = seal_check.ledger_fault(conn)
    found.fault = found.fault or fault
    book = witnesses.seal_book(conn)
    if not book.sealed and not book.waiting:
        found.notes.append("No day was sealed, none waits for it.")
        return
    waiting = ", ".join(day.isoformat() for day in book.waiting)
    found.notes.append(
        f"Seals in the ledger: {count:,} of {len(book.sealed):,} good"
        + (f"; closed and not sealed yet: {waiting}." if waiting else ".")
    )
