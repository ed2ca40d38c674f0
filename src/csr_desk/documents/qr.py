"""A QR code as bars on a sheet (ISO/IEC 18004, bytes, level M: 15 % of it may be damaged)."""

from __future__ import annotations

from itertools import groupby

from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel

from csr_desk.documents.paper import Bar

QUIET = 4
"""Modules of white that the standard asks for on every side."""
_MASK = 0
"""One of the eight masks; which one is only a matter of looks where the text is base64 and has no pattern."""
_DARK = 1.001
"""Bars are drawn a little longer than wide, so that no hair of white shows between the rows of a module."""


def qr_bars(text: str, module: float) -> tuple[tuple[Bar, ...], float]:
    """Return the dark bars of a code, its quiet zone included in their places, and its side (points)."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(QR8bitByte(text))
    code.version = code.calculate_version()
    code.makeImpl(False, _MASK)  # noqa: FBT003 - the library's own way to say “not a trial”
    count = code.getModuleCount()
    bars: list[Bar] = []
    for row in range(count):
        at = 0
        for dark, run in groupby(bool(code.isDark(row, column)) for column in range(count)):
            wide = len(list(run))
            if dark:
                x, down = (QUIET + at) * module, (QUIET + row) * module
                bars.append(Bar(x, down, wide * module, module * _DARK))
            at += wide
    return tuple(bars), (count + 2 * QUIET) * module
