"""The finance officer's key: an Ed25519 private key in an encrypted file of its own, never at the counter's.

Only this module knows the cryptography; nothing that runs at the counter loads it.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from csr_desk.domain.errors import BadInput, Trouble
from csr_desk.domain.seal import SealKey, key_id
from csr_desk.durable import write_new

_LARGEST = 64_000
"""Bytes of a key file that are read."""
SHORTEST = 12
"""Characters of a passphrase: the file may be copied and guessed at without end."""


class Signer:
    """A private key that was unlocked."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        """Keep the key."""
        self._private = private
        self.public = private.public_key().public_bytes_raw().hex()
        self.key_id = key_id(self.public)

    def sign(self, message: bytes) -> str:
        """Sign bytes; give the signature in hexadecimal."""
        return self._private.sign(message).hex()


def signed_by(public: str, message: bytes, signature: str) -> bool:
    """Say whether a signature over these bytes was made by the owner of a public key (all hexadecimal)."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def key_fault(key: SealKey, before: str) -> str | None:
    """Say what is wrong with a public key and its signatures; ``before`` is the public key that it follows, if any."""
    if not signed_by(key.public, key.signed, key.signature):
        return "it is not signed by itself: whoever made it did not hold it"
    if key.previous and not (before and key_id(before) == key.previous):
        return "it follows another key than the one in force"
    if key.previous and not signed_by(before, key.signed, key.previous_signature):
        return "it is not signed by the key before it"
    return None


def new_key(path: Path, passphrase: str, follows: Signer | None = None) -> SealKey:
    """Make a private key and keep it encrypted (PKCS 8, AES-256) in a new file that only its owner reads.

    ``follows`` is the unlocked key that it takes over from. Gives the public key with its signatures; raise BadInput
    for a passphrase that is too short, Trouble for a file that is there already or a place beside a database.
    """
    if len(passphrase) < SHORTEST:
        raise BadInput(f"The passphrase of a seal key has at least {SHORTEST} characters.")
    refuse_beside_database(path)
    signer = Signer(private := Ed25519PrivateKey.generate())
    secret = BestAvailableEncryption(passphrase.encode())
    content = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, secret)
    try:
        write_new(path, content)
    except FileExistsError:
        raise Trouble(f"There is a file {path} already. A key is never replaced; give another name.") from None
    except OSError as error:
        raise Trouble(f"The key cannot be written to {path.parent}: {error.strerror}.") from error
    draft = SealKey(signer.public, follows.key_id if follows else "", "", "")
    own, before = signer.sign(draft.signed), follows.sign(draft.signed) if follows else ""
    return SealKey(draft.public, draft.previous, own, before)


def refuse_beside_database(path: Path) -> None:
    """Raise Trouble where a private key would lie, or lies, in a folder with a database or a chain key."""
    folder = path.resolve().parent
    if not folder.is_dir():
        return
    for other in sorted(folder.iterdir()):
        if other.is_file() and other != path.resolve() and (other.suffix == ".key" or _is_database(other)):
            raise Trouble(
                f"{other.name} lies in {folder}. A seal key is never kept beside the database or the office's chain "
                "key: whoever can change the ledger there could seal it as well. Use the officer's own token or disk."
            )


def _is_database(path: Path) -> bool:
    """Go by the name: no file that may be an open database is ever opened for a look (its locks would be lost)."""
    return path.suffix.lower() in {".sqlite", ".sqlite3", ".db"}


def unlock(path: Path, passphrase: str) -> Signer:
    """Read and decrypt a private key; raise Trouble for a file that is none, BadInput for a wrong passphrase."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST)
    except OSError as error:
        raise Trouble(f"The seal key {path} cannot be read: {error.strerror}.") from error
    try:
        private = load_pem_private_key(content, passphrase.encode() or None)
    except TypeError:
        raise Trouble(
            f"The seal key {path} has no passphrase or needs one. Make keys with “csr-desk seal-key new”."
        ) from (None)
    except ValueError:
        raise BadInput(f"The passphrase does not open {path}, or the file is damaged.", field="passphrase") from None
    if not isinstance(private, Ed25519PrivateKey):
        raise Trouble(f"{path} is no Ed25519 key. Make one with “csr-desk seal-key new”.")
    return Signer(private)
