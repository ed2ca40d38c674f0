"""The key that permits are signed with: made from the office's chain key, so that no counter has another file to lose.

A permit is signed in the very act that sells it, so its key lies where the ledger's own key lies and is worth as much:
whoever holds that one could write a permit into the ledger as well. A new generation is another key.
"""

from __future__ import annotations

import hmac
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from csr_desk.data.seal_keys import Signer, signed_by

__all__ = ["permit_signer", "signed_by"]

_PURPOSE = b"csr-desk permit key\n"


def permit_signer(chain_key: bytes, generation: int) -> Signer:
    """Return the signer of a generation (1 is the first); the same at every station that has the office's key."""
    seed = hmac.new(chain_key, _PURPOSE + str(generation).encode(), sha256).digest()
    return Signer(Ed25519PrivateKey.from_private_bytes(seed))
