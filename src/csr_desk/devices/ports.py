"""What the window asks of the things on the counter; each fails with Trouble and a sentence, and never with money."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Language(StrEnum):
    """What a printer reads."""

    PDF = "pdf"
    ESCPOS = "escpos"


class ReceiptPrinter(Protocol):
    """Prints finished jobs. A receipt is posted before it comes here, so a failure costs a reprint, never a sale."""

    @property
    def language(self) -> Language:
        """Which kind of job to make for it."""
        ...

    def print(self, job: bytes, title: str) -> None:
        """Take over the job or raise Trouble; returns within the station's time-out."""
        ...


class CashDrawer(Protocol):
    """Opens on command: once for each kick, never on a reprint."""

    def kick(self) -> None:
        """Open the drawer or raise Trouble."""
        ...


class RawPort(Protocol):
    """A way to a till printer for bytes as they are."""

    def send(self, data: bytes) -> None:
        """Send all of it or raise Trouble."""
        ...
