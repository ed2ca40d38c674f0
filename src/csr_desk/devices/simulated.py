"""Stand-ins: a printer that writes files (training, no printer at hand), one that fails, one that hangs, a drawer."""

from __future__ import annotations

import os
import secrets
import threading
from dataclasses import dataclass, field
from pathlib import Path

from csr_desk.devices.ports import Language, MaybePrinted
from csr_desk.devices.spooler import plain_title
from csr_desk.domain.errors import Trouble
from csr_desk.durable import make_folder, settle_folder


@dataclass(frozen=True, slots=True)
class FolderPrinter:
    """Prints into a folder, a file for each job; no job overwrites another."""

    folder: Path
    language: Language = Language.PDF

    def print(self, job: bytes, title: str) -> None:
        """Write the job beside the earlier ones, whole or not at all; Trouble when the folder cannot be written."""
        ending = "pdf" if self.language is Language.PDF else "bin"
        try:
            make_folder(self.folder)
            part = self.folder / f".{secrets.token_hex(8)}.part"
            with part.open("xb") as file:
                file.write(job)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._free_name(plain_title(title), ending))
            settle_folder(self.folder)
        except OSError as fault:
            raise Trouble(f"The folder {self.folder} cannot be written ({fault.strerror}). Print again.") from fault

    def _free_name(self, title: str, ending: str) -> Path:
        trial = self.folder / f"{title}.{ending}"
        number = 1
        while trial.exists():
            number += 1
            trial = self.folder / f"{title}-{number}.{ending}"
        return trial


@dataclass(frozen=True, slots=True)
class FailingPrinter:
    """Always out of paper."""

    message: str = "The printer is out of paper. Put a new roll in and print again."
    language: Language = Language.PDF

    def print(self, job: bytes, title: str) -> None:  # noqa: ARG002 - it looks at nothing
        """Raise Trouble."""
        raise Trouble(self.message)


@dataclass(frozen=True, slots=True)
class HangingPrinter:
    """Does not answer until it is released or its time-out has passed; then it gives up."""

    timeout_seconds: int = 15
    language: Language = Language.PDF
    released: threading.Event = field(default_factory=threading.Event)

    def print(self, job: bytes, title: str) -> None:  # noqa: ARG002 - it looks at nothing
        """Wait, then raise MaybePrinted: nobody knows what a printer did that says nothing."""
        self.released.wait(self.timeout_seconds)
        raise MaybePrinted(f"The printer did not answer within {self.timeout_seconds} seconds. Print again.")


@dataclass(slots=True)
class CountingDrawer:
    """A drawer that only counts how often it was opened."""

    kicks: int = 0

    def kick(self) -> None:
        """Count one opening."""
        self.kicks += 1


@dataclass(frozen=True, slots=True)
class NoDrawer:
    """A station without a drawer that opens by itself: the clerk uses the key."""

    def kick(self) -> None:
        """Nothing to open."""
