"""What the window asks of the things on the counter; each fails with Trouble and a sentence, and never with money."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from csr_desk.domain.errors import Trouble


class Language(StrEnum):
    """What a printer reads."""

    PDF = "pdf"
    ESCPOS = "escpos"


class MaybePrinted(Trouble):
    """The printer had the paper, or a part of it, and then said nothing more: it may have come out."""


class ReceiptPrinter(Protocol):
    """Prints finished jobs. A receipt is posted before it comes here, so a failure costs a reprint, never a sale."""

    @property
    def language(self) -> Language:
        """Which kind of job to make for it."""
        ...

    def print(self, job: bytes, title: str) -> None:
        """Take over the job or raise Trouble (MaybePrinted where it may have come out), within the time-out."""
        ...


class CashDrawer(Protocol):
    """Opens on command: once for each kick, never on a reprint."""

    def kick(self) -> None:
        """Open the drawer or raise Trouble."""
        ...


class RawPort(Protocol):
    """A way to a till printer for bytes as they are."""

    def send(self, data: bytes) -> None:
        """Send all of it or raise Trouble; MaybePrinted once a part of it is gone."""
        ...
