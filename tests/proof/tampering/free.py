"""What may be changed in the database without the verifier saying so, each with its reason; the list is kept true."""

from __future__ import annotations

from collections.abc import Mapping

FREE: Mapping[tuple[str, str], str] = {}
"""Table and column (``-``: a row taken out, ``+``: a row put in), and why no entry of the ledger says what it was."""
