"""Secrets of people: kept as argon2id only (64 MiB, 3 passes, 1 lane), never as text outside a demo city."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import hash_secret

MEMORY_KIB, PASSES, LANES = 64 * 1024, 3, 1
SHORTEST = 8

_HASHER = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES, type=Type.ID)


def hash_of(secret: str) -> str:
    """Return what is stored of a secret."""
    return _HASHER.hash(secret)


@lru_cache(maxsize=64)
def demo_hash(user: str, secret: str) -> str:
    """Return what a demo city stores: salted by the name, so that the same seed gives the same city."""
    salt = sha256(f"demo {user}".encode()).digest()[:16]
    return hash_secret(secret.encode(), salt, PASSES, MEMORY_KIB, LANES, 32, Type.ID).decode("ascii")


def fits(stored: str, secret: str) -> bool:
    """Say whether a secret is the stored one; takes its time either way."""
    try:
        return _HASHER.verify(stored, secret)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Say whether a stored hash was made with weaker settings and should be made again."""
    return _HASHER.check_needs_rehash(stored)


@lru_cache(maxsize=1)
def nobody() -> str:
    """Return a hash to try for users who do not exist, so that the answer takes as long."""
    return demo_hash("nobody", "nobody has this secret")
