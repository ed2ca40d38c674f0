"""Reading and writing rows, one module a noun; everything that knows SQL above the tables stands here."""

from __future__ import annotations

from sqlalchemy import Connection

__all__ = ["Connection"]
