"""Recomputing the ledger: every seal, number and sum, read-only; says the first thing that does not agree."""

from __future__ import annotations

from pathlib import Path

from csr_desk.data.verify import Report, verify
from csr_desk.services.desk import Desk

__all__ = ["Report", "verify_desk", "verify_url"]


def verify_url(url: str, *, key_folder: Path | None = None) -> Report:
    """Verify a database by its address; raise Trouble only where it cannot be opened at all."""
    return verify(url, key_folder=key_folder)


def verify_desk(desk: Desk) -> Report:
    """Verify the office that is open here."""
    return verify(desk.store)
