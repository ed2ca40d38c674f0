"""Files of the data folder that must survive a power loss: written whole or not at all, private to this account."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from csr_desk import locations
from csr_desk.domain.errors import Trouble

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
_BINARY = getattr(os, "O_BINARY", 0)
_CHUNK = 1 << 20


def settle(path: Path) -> None:
    """Make a file, or the names in a folder, survive a power loss."""
    if path.is_dir():
        locations.settle_folder(path)
        return
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder that only this account may look into."""
    locations.make_folder(folder, PRIVATE_FOLDER)


def draft_beside(target: Path) -> Path:
    """Make an empty private file beside a target, under a name that is nobody's."""
    draft = target.with_name(f".{target.name}.{secrets.token_hex(6)}.part")
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, PRIVATE_FILE))
    return draft


def drop_draft(draft: Path) -> None:
    """Remove a draft and what SQLite may have left beside it."""
    for part in (draft, draft.with_name(f"{draft.name}-journal")):
        part.unlink(missing_ok=True)


def sweep(folder: Path, name: str = "") -> None:
    """Remove the drafts that a killed program left; the caller holds the lock, so nobody writes one now."""
    for draft in folder.glob(f".{name}*.part*"):
        draft.unlink(missing_ok=True)


def take_name(draft: Path, target: Path) -> None:
    """Give a finished draft its name; both survive a power loss afterwards."""
    settle(draft)
    draft.replace(target)
    settle(target.parent)


def write_whole(target: Path, content: bytes) -> None:
    """Write a small private file by way of a draft."""
    draft = draft_beside(target)
    try:
        draft.write_bytes(content)
        take_name(draft, target)
    finally:
        drop_draft(draft)


def hash_file(path: Path) -> tuple[str, int]:
    """Return the SHA-256 (hexadecimal) and the size of a file; never of a live database, whose locks would be lost."""
    digest, size = sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def copy_hashed(source: Path, target: Path) -> str:
    """Copy a file that nobody writes into a draft that is there; return the SHA-256 of the bytes copied."""
    digest = sha256()
    with source.open("rb") as taken, target.open("r+b") as file:
        while chunk := taken.read(_CHUNK):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


@contextmanager
def told_as_trouble(what: str) -> Iterator[None]:
    """Turn an error of the disk into a sentence that begins with ``what``."""
    try:
        yield
    except OSError as error:
        raise Trouble(f"{what}: {error.strerror or error}.") from error
