"""Numbers of what is made by an act: the same key always gives the same one, so that an act is done once."""

from __future__ import annotations

from hashlib import sha256


def number_from(prefix: str, key: str) -> str:
    """Return ``B-042681305``: a prefix and nine digits worked out from the key of the act."""
    return f"{prefix}-{int(sha256(key.encode()).hexdigest()[:12], 16) % 10**9:09d}"
