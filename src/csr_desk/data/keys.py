"""The chain keys: one file of 32 random bytes for each installed office, never in the database."""

from __future__ import annotations

import secrets
from pathlib import Path

from csr_desk import durable, locations
from csr_desk.domain.errors import Trouble

KEY_BYTES = 32


def key_file(install_uuid: str, folder: Path | None = None) -> Path:
    """Return where the key of an installation is (or will be)."""
    return (folder or locations.key_folder()) / f"{install_uuid}.key"


def make_key(install_uuid: str, folder: Path | None = None) -> bytes:
    """Make the key of a new office; raise Trouble if there is one already (a key is never replaced)."""
    path = key_file(install_uuid, folder)
    key = secrets.token_bytes(KEY_BYTES)
    try:
        durable.write_new(path, key)
    except FileExistsError:
        raise Trouble(f"There is a key for this office already: {path}. A key is never replaced.") from None
    except OSError as error:
        raise Trouble(f"The office's key cannot be written to {path.parent}: {error.strerror}.") from error
    return key


def read_key(install_uuid: str, folder: Path | None = None) -> bytes:
    """Read the key of an office; raise Trouble if it is missing or damaged (a new one is never made silently)."""
    path = key_file(install_uuid, folder)
    try:
        with path.open("rb") as file:
            key = file.read(KEY_BYTES + 1)
    except OSError:
        raise Trouble(
            f"The key of this office is missing: {path}. Copy it from the station where the office was set up, "
            "or from the key's backup. Without it nothing can be recorded or verified."
        ) from None
    if len(key) != KEY_BYTES:
        raise Trouble(f"The key of this office is damaged: {path}. Restore it from the key's backup.")
    return key
