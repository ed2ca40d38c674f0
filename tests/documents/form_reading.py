"""Reads filled forms back without the library that filled them: by poppler, and from the bare bytes of the file."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

_OBJECT = re.compile(rb"\d+ \d+ obj\s*<<(.*?)>>\s*endobj", re.DOTALL)
_LITERAL = re.compile(rb"\((?:[^\\()]|\\.)*\)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_BOX = re.compile(r'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)"')


def bare_values(pdf: bytes) -> dict[str, str]:
    """Read name and value of each text field out of the bytes of a file whose objects stand in it uncompressed."""
    found = {}
    for one in _OBJECT.finditer(pdf):
        name = _string(one[1], b"/T")
        if name is not None and b"/Tx" in one[1]:
            found[name] = _string(one[1], b"/V") or ""
    return found


def poppler_text(pdf: bytes, folder: Path) -> str:
    """All that poppler would print, fields included."""
    return " ".join(_poppler(pdf, folder, "pdftotext", "-layout").split())


def poppler_boxes(pdf: bytes, folder: Path) -> list[tuple[float, float]]:
    """From where to where each word goes, in points from the left."""
    return [(float(one[1]), float(one[2])) for one in _BOX.finditer(_poppler(pdf, folder, "pdftotext", "-bbox"))]


def _poppler(pdf: bytes, folder: Path, program: str, *options: str) -> str:
    if shutil.which(program) is None:
        pytest.skip(f"{program} of poppler is not installed")
    path = folder / "form.pdf"
    path.write_bytes(pdf)
    run = subprocess.run([program, *options, str(path), "-"], check=True, capture_output=True)
    return run.stdout.decode("utf-8")


def _string(body: bytes, key: bytes) -> str | None:
    """Read a string of a dictionary: in brackets with its escapes, or in figures of base 16."""
    at = re.search(re.escape(key) + rb"\s*(?=[(<])", body)
    if at is None:
        return None
    rest = body[at.end() :]
    if rest.startswith(b"<"):
        raw = bytes.fromhex(rest[1 : rest.index(b">")].decode("ascii"))
    else:
        literal = _LITERAL.match(rest)
        assert literal is not None, rest[:40]
        raw = re.sub(rb"\\([0-7]{1,3}|.)", _unescaped, literal[0][1:-1], flags=re.DOTALL)
    return raw[2:].decode("utf-16-be") if raw.startswith(b"\xfe\xff") else raw.decode("latin-1")


def _unescaped(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 8)]) if found[1].isdigit() else _ESCAPES.get(found[1], found[1])
