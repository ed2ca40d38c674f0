"""ESC/POS, the language of till printers: a receipt as bytes, and the kick that opens the drawer.

Written here rather than taken from python-escpos: a receipt needs a dozen commands, that package brings image, QR and
barcode libraries with it. Text goes out in Windows-1252; letters that it lacks lose their marks (ễ becomes e) or
become ``<U+4E2D>``. Where names must be exact, print the PDF of the roll through the printer's driver instead.
"""

from __future__ import annotations

import string
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from csr_desk.devices.ports import Language, RawPort
from csr_desk.domain.errors import BadInput

COLUMNS = 48
"""Letters of font A across 72 mm of print."""

_RESET = b"\x1b@"
_WINDOWS_1252 = b"\x1bt\x10"
_LEFT, _CENTRE = b"\x1ba\x00", b"\x1ba\x01"
_STRONG, _PLAIN = b"\x1bE\x01", b"\x1bE\x00"
_DOUBLE, _SINGLE = b"\x1d!\x11", b"\x1d!\x00"
_REVERSED, _UPRIGHT = b"\x1dB\x01", b"\x1dB\x00"
_FEED_AND_CUT = b"\x1dVB\x00"
_PINS = {2: 0, 5: 1}
_UNIT_MS = 2
_LONGEST_PULSE = 255
_NARROW_FROM = 13
"""Characters of Code 128 from which three dots a module no longer fit."""
_CODED = frozenset(string.ascii_letters + string.digits + "-./ ")
_LIKE = {"\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2192": ">", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L"}


class Row(Protocol):
    """A line of a till slip, told by whoever writes the paper."""

    @property
    def left(self) -> str:
        """Text at the left (or in the middle)."""
        ...

    @property
    def right(self) -> str:
        """Figure at the right edge."""
        ...

    @property
    def look(self) -> str:
        """``plain``, ``strong``, ``title``, ``centre``, ``mark``, ``rule`` or ``code``."""
        ...


@dataclass(frozen=True, slots=True)
class EscposPrinter:
    """A till printer behind a raw port."""

    port: RawPort

    @property
    def language(self) -> Language:
        """ESC/POS bytes."""
        return Language.ESCPOS

    def print(self, job: bytes, title: str) -> None:  # noqa: ARG002 - a till printer shows no titles
        """Send the bytes, or raise the port's Trouble."""
        self.port.send(job)


@dataclass(frozen=True, slots=True)
class EscposDrawer:
    """A drawer on the printer's kick connector: pin 2 is the first drawer, pin 5 the second."""

    port: RawPort
    pin: int = 2
    pulse_ms: int = 100

    def kick(self) -> None:
        """Open the drawer with one pulse, or raise the port's Trouble."""
        self.port.send(kick_bytes(self.pin, self.pulse_ms))


def kick_bytes(pin: int, pulse_ms: int = 100) -> bytes:
    """``ESC p``: one pulse on pin 2 or 5, on and off for ``pulse_ms`` each (2–510)."""
    if pin not in _PINS:
        raise BadInput("A drawer hangs on pin 2 or pin 5 of the printer.", field="pin")
    units = min(max(pulse_ms // _UNIT_MS, 1), _LONGEST_PULSE)
    return bytes((0x1B, 0x70, _PINS[pin], units, units))


def slip_bytes(rows: Iterable[Row], *, columns: int = COLUMNS) -> bytes:
    """A slip as ESC/POS bytes, from reset to cut."""
    return b"".join((_RESET, _WINDOWS_1252, *(_row_bytes(row, columns) for row in rows), _FEED_AND_CUT))


def text_bytes(text: str) -> bytes:
    """Text in Windows-1252 without a single byte below 0x20, so that nothing typed is ever a command."""
    out = bytearray()
    for char in unicodedata.normalize("NFC", text):
        out += _char_bytes(_LIKE.get(char, char))
    return bytes(out)


def _char_bytes(char: str) -> bytes:
    if not char.isprintable():
        return b" " if char.isspace() else b""
    for trial in (
        char,
        "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)),
    ):
        try:
            if trial and trial.isprintable():
                return trial.encode("cp1252")
        except UnicodeEncodeError:
            continue
    return f"<U+{ord(char):04X}>".encode("ascii")


def _row_bytes(row: Row, columns: int) -> bytes:
    look = row.look
    if look == "rule":
        return b"-" * columns + b"\n"
    if look == "code":
        return _code_bytes(row.left)
    if look in {"title", "mark"}:
        turned, back = (_REVERSED, _UPRIGHT) if look == "mark" else (b"", b"")
        lines = _wrapped(row.left, columns // 2)
        return _CENTRE + _DOUBLE + turned + _joined(lines) + back + _SINGLE + _LEFT
    if look == "centre":
        return _CENTRE + _joined(_wrapped(row.left, columns)) + _LEFT
    body = _joined(_in_columns(row.left, row.right, columns))
    return _STRONG + body + _PLAIN if look == "strong" else body


def _in_columns(left: str, right: str, columns: int) -> list[bytes]:
    figure = text_bytes(right)
    if not figure:
        return _wrapped(left, columns)
    room = columns - len(figure) - 1
    lines = _wrapped(left, room)
    lines[0] = lines[0].ljust(room) + b" " + figure
    return lines


def _wrapped(text: str, columns: int) -> list[bytes]:
    # cp1252 has one byte for each letter, so wrapping the letters wraps the bytes
    lines = textwrap.wrap(text_bytes(text).decode("cp1252"), max(columns, 1)) or [""]
    return [line.encode("cp1252") for line in lines]


def _joined(lines: Sequence[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def _code_bytes(text: str) -> bytes:
    data = b"{B" + "".join(char for char in text if char in _CODED).encode("ascii")
    module = 3 if len(text) < _NARROW_FROM else 2
    return b"".join(
        (
            _CENTRE,
            b"\x1dh\x50",
            bytes((0x1D, 0x77, module)),
            b"\x1dH\x00",
            b"\x1dkI",
            bytes((len(data),)),
            data,
            b"\n",
            _LEFT,
        )
    )
