"""Files that survive a power cut: there whole or not at all, under names and in folders that are settled as well.

A name in a folder survives only after the folder was settled; that holds for a new folder's own name too.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from csr_desk.domain.errors import Trouble

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
BY_UMASK = 0o666
"""Permissions: for this user alone, or as the user's umask says (papers that were asked for)."""
_BINARY = getattr(os, "O_BINARY", 0)
_CHUNK = 1 << 20


def private_file(path: Path) -> None:
    """Make an empty file for the station's own user only (0600), before anything that asks the umask writes to it.

    Raises FileExistsError; never opens a file that is there (an SQLite database would lose its locks).
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))


def close_to_others(path: Path) -> None:
    """Take a file's permissions for the group and for everybody away, where this user may (POSIX)."""
    if os.name == "posix":
        with suppress(OSError):
            mode = path.stat().st_mode
            if mode & 0o077:
                path.chmod(mode & 0o700)


def settle_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut (POSIX; Windows has no such call); raises OSError."""
    if os.name == "posix":
        _settle(folder, os.O_RDONLY)


def make_folder(folder: Path, mode: int = 0o777) -> Path:
    """Make a folder, with those above it that are missing, so that they survive a power cut; raises OSError.

    Whatever is settled in a folder later is lost with it where the folder's own name was never settled.
    """
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=mode, exist_ok=True)
        with suppress(PermissionError):  # a folder above that this user may write to, but not read
            settle_folder(place.parent)
    return folder


def settle(path: Path) -> None:
    """Make a file, or the names in a folder, survive a power loss."""
    if path.is_dir():
        settle_folder(path)
    else:
        _settle(path, os.O_RDWR)


def _settle(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def draft_beside(target: Path, mode: int = PRIVATE_FILE) -> Path:
    """Make an empty file beside a target, under a name that is nobody's."""
    draft = target.with_name(f".{target.name}.{secrets.token_hex(6)}.part")
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, mode))
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


def write_file(path: Path, content: bytes, mode: int = BY_UMASK) -> Path:
    """Write a file that is there whole or not at all, settled before it takes its name (reliability 4.8).

    ``mode`` is PRIVATE_FILE for what only the program reads; raises OSError.
    """
    make_folder(path.parent)
    draft = draft_beside(path, mode)
    try:
        draft.write_bytes(content)
        take_name(draft, path)
    finally:
        drop_draft(draft)
    return path


def write_new(path: Path, content: bytes) -> Path:
    """Write a private file that replaces nothing, in a private folder; raises FileExistsError and other OSErrors.

    A write that fails leaves no file: the next try would find half a key there.
    """
    make_folder(path.parent, PRIVATE_FOLDER)
    private_file(path)
    try:
        path.write_bytes(content)
        settle(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    settle_folder(path.parent)
    return path


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
