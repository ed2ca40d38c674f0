"""The files of the day seals: the officer's private key, its public half, and the seals themselves."""

from __future__ import annotations

from pathlib import Path

from csr_desk.data import seal_keys
from csr_desk.data.seal_keys import Signer
from csr_desk.domain.errors import Trouble
from csr_desk.domain.seal import Seal, SealKey
from csr_desk.durable import PRIVATE_FILE, write_file
from csr_desk.services.desk import Desk


def new_key(out: Path, passphrase: str, follows: tuple[Path, str] | None = None) -> tuple[SealKey, Path]:
    """Make a private key in a file and the file of its public half beside it; give the public key and that file.

    ``follows`` is the file and the passphrase of the key that it takes over from. Raises BadInput, Trouble.
    """
    public = out.with_name(f"{out.name}.public.json")
    if public.exists():
        raise Trouble(f"There is a file {public} already. A key is never replaced; give another name.")
    before = seal_keys.unlock(*follows) if follows is not None else None
    made = seal_keys.new_key(out, passphrase, before)
    return made, write_file(public, made.to_bytes())


def unlock(desk: Desk, path: Path, passphrase: str) -> Signer:
    """Unlock a private key; raise Trouble if it lies beside this office's database or its chain key, BadInput."""
    places = [desk.store.file.parent] if desk.store.file is not None else []
    if path.resolve().parent in {place.resolve() for place in places}:
        raise Trouble("The seal key lies beside the database. Keep it on the officer's own token or disk.")
    seal_keys.refuse_beside_database(path)
    return seal_keys.unlock(path, passphrase)


def write_seal(folder: Path, seal: Seal) -> Path:
    """Write a seal to its file in a folder, whole or not at all; a file of another seal is never replaced (Trouble)."""
    path = folder / seal.statement.file_name
    content = seal.to_bytes()
    if path.exists():
        with path.open("rb") as file:
            kept = file.read(len(content) + 1)
        if kept != content:
            raise Trouble(f"{path} holds another seal. Keep it, and name another folder.")
        return path
    return write_file(path, content, PRIVATE_FILE)
