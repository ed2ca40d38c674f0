"""The outer shape of a workbook, looked over before anybody parses it: a zip of a few small XML files and no more.

A zip bomb, an entity that unfolds into gigabytes, a path that leads elsewhere: each is refused by what the zip says of
itself, at the cost of reading its list. What the list says binds: no part is unpacked beyond the size that it gives.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
from pathlib import PurePosixPath

from csr_desk.domain.errors import BadInput
from csr_desk.services.files_read import BROKEN_ZIP

LARGEST_WORKBOOK = 8_000_000
"""Bytes of the file."""
LARGEST_UNPACKED = 24_000_000
"""Bytes of all its parts together; the demo city's catalogue of 129 items has 0.6 MB."""
MOST_PARTS = 300
HIGHEST_RATIO = 200
"""How much smaller a part may be packed; sheets reach 50."""
_SMALL = 200_000
"""Parts below this size may be packed as small as they like."""

_ENCRYPTED = 0x1
_TYPE_SHIFT = 16
NOT_A_WORKBOOK = "This file cannot be opened as a workbook. Save it as XLSX and try again."
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_PLAIN = frozenset({b"utf-8", b"us-ascii"})
_DEFINES = re.compile(rb"<!\s*(DOCTYPE|ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)


def check_parts(content: bytes, unpacked: int = LARGEST_UNPACKED) -> None:
    """Raise BadInput for anything but an honest workbook that unpacks to no more than so many bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_list(parts, unpacked)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    _check_xml(archive.read(part))
    except BROKEN_ZIP as fault:
        raise BadInput(NOT_A_WORKBOOK) from fault


def _check_list(parts: list[zipfile.ZipInfo], unpacked: int) -> None:
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > unpacked:
        raise BadInput("This workbook unpacks to more than any city needs; it was not opened.")
    if len(set(names)) < len(names):
        raise BadInput("This workbook holds a part twice; it was not opened.")
    for part in parts:
        path = PurePosixPath(part.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in part.filename:
            raise BadInput("A part of this workbook leads out of it; it was not opened.")
        if stat.S_ISLNK(part.external_attr >> _TYPE_SHIFT) or part.flag_bits & _ENCRYPTED:
            raise BadInput("A part of this workbook is a link or is encrypted; it was not opened.")
        if part.file_size > _SMALL and part.file_size > HIGHEST_RATIO * max(part.compress_size, 1):
            raise BadInput("A part of this workbook unpacks to far more than it holds; it was not opened.")


def _check_xml(text: bytes) -> None:
    """Refuse definitions (entities unfold, and may read files), and encodings in which they could hide."""
    told = _ENCODING.match(text.removeprefix(b"\xef\xbb\xbf"))
    if b"\x00" in text or (told and told[1].lower() not in _PLAIN):
        raise BadInput("A part of this workbook is not UTF-8; it was not opened.")
    if _DEFINES.search(text):
        raise BadInput("A part of this workbook defines what it is made of; it was not opened.")
