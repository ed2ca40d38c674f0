"""What an entry of the ledger is about: so that the time line of a customer or an account finds it.

An entry says so itself, under ``about`` in its facts; the table beside the ledger only finds it again.
"""

from __future__ import annotations

ABOUT = "about"
"""The fact that names what an entry is about."""


def account(number: str) -> str:
    """Return the subject that is an account."""
    return f"account:{number}"


def customer(number: str) -> str:
    """Return the subject that is a customer."""
    return f"customer:{number}"
