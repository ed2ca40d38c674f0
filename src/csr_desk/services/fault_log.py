"""The log of faults: one line a fault, nothing of what people typed, for the station's own user only.

What a program stumbles over is often what somebody keyed: ``ValueError: invalid literal: '4111 …'``. So figures and
quoted words are blotted out of the messages, and no mark in them can end a line or drive a terminal (OWASP 16.4).
"""

from __future__ import annotations

import io
import logging
import os
import re
import unicodedata
from logging.handlers import RotatingFileHandler
from pathlib import Path

from csr_desk.durable import PRIVATE_FILE, PRIVATE_FOLDER, make_folder

LARGEST, KEPT = 1_000_000, 2
"""Bytes of a log, and how many older ones are kept."""
_LONGEST_MESSAGE = 300

_QUOTED = re.compile(r"""'[^'\n]*'|"[^"\n]*"|“[^”\n]*”|‘[^’\n]*’|«[^»\n]*»|\([^)\n]*\)""")
_FIGURES = re.compile(r"#(?:[# .,/-]*#)?")


def blotted(message: str) -> str:
    """Return a message without what it quotes and without its figures, at most 300 characters."""
    quoted = _QUOTED.sub("“…”", message[: _LONGEST_MESSAGE * 4])
    figures = "".join("#" if unicodedata.digit(mark, -1) >= 0 else mark for mark in quoted)
    return _FIGURES.sub("#", figures)[:_LONGEST_MESSAGE]


def on_one_line(text: str) -> str:
    """Write line ends, and every other mark that is not printed, as its code."""
    return "".join(mark if mark.isprintable() else ascii(mark)[1:-1] for mark in text)


class FaultLines(logging.Formatter):
    """Lays a fault out: when, how bad, its reference; where it came up; its kind and what it says, blotted."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Lay out one record as one line."""
        return on_one_line(super().format(record))

    def formatException(self, ei: object) -> str:
        """Tell the way to the fault, and each error on it by its kind and its blotted message."""
        error = ei[1] if isinstance(ei, tuple) else None
        told = []
        while isinstance(error, BaseException):
            told.append(f"{type(error).__name__}: {blotted(str(error))} at {_way(error)}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return " because of ".join(told)


def _way(error: BaseException) -> str:
    places = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return " > ".join(places[-12:])


class OwnFile(RotatingFileHandler):
    """A log that only this user may read (0600)."""

    def _open(self) -> io.TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_CREAT | os.O_APPEND | os.O_WRONLY, PRIVATE_FILE)
        return os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace")


def fault_log(folder: Path) -> logging.Handler:
    """Return the log of a folder, made on the way; raise OSError."""
    handler = OwnFile(make_folder(folder, PRIVATE_FOLDER) / "csr-desk.log", maxBytes=LARGEST, backupCount=KEPT)
    handler.setFormatter(FaultLines())
    return handler
