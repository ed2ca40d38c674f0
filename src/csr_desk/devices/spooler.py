"""The computer's own printers: CUPS through ``lp``, Windows through the program that opens PDFs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from csr_desk.devices.ports import Language, MaybePrinted
from csr_desk.domain.errors import Trouble

_TITLE_LENGTH = 60


def plain_title(title: str) -> str:
    """A job title that is safe on a command line and as part of a file's name: letters, figures, ``-``, ``_``."""
    kept = "".join(char if char.isascii() and (char.isalnum() or char in "-_") else "-" for char in title)
    return kept.strip("-")[:_TITLE_LENGTH] or "job"


@dataclass(frozen=True, slots=True)
class SystemPrinter:
    """A printer that the computer knows; an empty ``queue`` is its default printer. Takes PDFs."""

    queue: str = ""
    timeout_seconds: int = 15

    @property
    def language(self) -> Language:
        """PDF: the driver does the rest."""
        return Language.PDF

    def print(self, job: bytes, title: str) -> None:
        """Hand the PDF to the spooler; Trouble when there is none, it refuses, or it does not answer in time."""
        if sys.platform == "win32":
            _print_on_windows(job, title, self.queue)
        else:
            lp(job, title, self.queue, self.timeout_seconds)


@dataclass(frozen=True, slots=True)
class RawQueue:
    """A queue of the computer that passes bytes on untouched (till printers on USB)."""

    queue: str
    timeout_seconds: int = 15

    def send(self, data: bytes) -> None:
        """Hand the bytes to the spooler as they are."""
        lp(data, "till", self.queue, self.timeout_seconds, raw=True)


def lp(job: bytes, title: str, queue: str, timeout_seconds: int, *, raw: bool = False) -> None:
    """Run ``lp`` without a shell; the job goes in on its standard input."""
    program = shutil.which("lp")
    if program is None:
        raise Trouble("This computer has no print system (CUPS). Install it, or choose another printer in Setup.")
    command = [program, "-t", plain_title(title)]
    if queue:
        command += ["-d", queue]
    if raw:
        command += ["-o", "raw"]
    try:
        done = subprocess.run(  # noqa: S603 - no shell; the queue comes from the station's settings
            command, input=job, capture_output=True, timeout=timeout_seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise MaybePrinted(f"The print system did not answer within {timeout_seconds} seconds. Print again.") from None
    except OSError as fault:
        raise Trouble(f"The print system cannot be started ({fault.strerror}). Print again.") from fault
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())[:200] or "it gave no reason"
        raise Trouble(f"The print system refused the job: {said}. Check the printer in Setup and print again.")


def _print_on_windows(job: bytes, title: str, queue: str) -> None:
    """Leave the PDF in the temporary folder and ask the program that opens PDFs to print it."""
    folder = Path(tempfile.mkdtemp(prefix="csr-desk-"))
    path = folder / f"{plain_title(title)}.pdf"
    start = getattr(os, "startfile", None)
    if start is None:
        raise Trouble("This computer cannot print PDFs by itself. Choose another printer in Setup.")
    try:
        path.write_bytes(job)
        if queue:
            start(str(path), "printto", f'"{queue}"')
        else:
            start(str(path), "print")
    except OSError as fault:
        raise Trouble(f"Windows could not print the paper ({fault.strerror}). Print again.") from fault
