"""Files spoilt in every way that files are spoilt: by accident, by another program, on purpose. Seeded: told again."""

from __future__ import annotations

import codecs
import io
import random
import zipfile
from collections.abc import Callable, Mapping

Mutation = Callable[[random.Random, bytes], bytes]

NUMBERS = (
    b"9" * 400, b"NaN", b"1e308", b"-1e308", b"Infinity", b"-0", b"1e-400", b"0x10", "１２".encode(), "٣٫٥".encode(),
    b"1,0,0", b"--5", b"1_000", b"99999999999999999999.99", b"0." + b"0" * 300 + b"1", b"9" * 5000, b"1e999999999",
)  # fmt: skip
WORDS = (
    b"", b" ", b"\x00", b"'", b'"', b'""', b"=1+1", b"@SUM(A1)", b"+cmd|' /C calc'!A0", b"<b>x", b"../../etc/passwd",
    "\u202edrowssap".encode(), "\ud800".encode("utf-8", "surrogatepass"), b"\xff\xfe", b"\xef\xbb\xbf", b"2026-02-30",
    b"9999-12-31", b"0000-00-00", b"yes;no;maybe", b";" * 300, b"a" * 5_000, b"\x1b[2J", b"DROP TABLE staff;--",
    b"4111 1111 1111 1111", b"{" * 50, b"[" * 2_000, b"null", b"true", "e\u0301" .encode() * 100, b"\r", b"\n", b"\t",
)  # fmt: skip


def _spot(luck: random.Random, content: bytes) -> int:
    return luck.randrange(len(content) + 1)


def flip_bits(luck: random.Random, content: bytes) -> bytes:
    """Turn one to sixteen bits over."""
    spoilt = bytearray(content or b"\0")
    for _ in range(luck.choice((1, 1, 2, 4, 16))):
        spoilt[luck.randrange(len(spoilt))] ^= 1 << luck.randrange(8)
    return bytes(spoilt)


def cut_short(luck: random.Random, content: bytes) -> bytes:
    """Leave the end away."""
    return content[: _spot(luck, content)]


def take_out(luck: random.Random, content: bytes) -> bytes:
    """Leave a stretch away."""
    at = _spot(luck, content)
    return content[:at] + content[at + luck.randrange(1, 200) :]


def put_in(luck: random.Random, content: bytes) -> bytes:
    """Put a hostile word somewhere."""
    at = _spot(luck, content)
    return content[:at] + luck.choice(NUMBERS + WORDS) + content[at:]


def repeat(luck: random.Random, content: bytes) -> bytes:
    """Write a stretch again, a few times."""
    at = _spot(luck, content)
    return content[:at] + content[at : at + luck.randrange(1, 400)] * luck.randrange(2, 30) + content[at:]


def swap_lines(luck: random.Random, content: bytes) -> bytes:
    """Exchange two lines (the head may be among them)."""
    lines = content.split(b"\n")
    one, other = luck.randrange(len(lines)), luck.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def encode_otherwise(luck: random.Random, content: bytes) -> bytes:
    """Write the text in another encoding."""
    text = content.decode("utf-8", "replace")
    encoding = luck.choice(("utf-16", "utf-16-be", "utf-32", "latin-1", "cp037", "utf-7", "utf-8-sig", "cp1252"))
    mark = luck.choice((b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE))
    return mark + text.encode(encoding, "replace")


def spoil_cell(luck: random.Random, content: bytes) -> bytes:
    """Put a hostile word in the place of one cell (or of what stands between two marks)."""
    for mark in luck.sample((b",", b'"', b">", b"=", b":"), 5):
        parts = content.split(mark)
        if len(parts) > 2:
            parts[luck.randrange(1, len(parts) - 1)] = luck.choice(NUMBERS + WORDS)
            return mark.join(parts)
    return put_in(luck, content)


def spoil_column(luck: random.Random, content: bytes) -> bytes:
    """Double, drop or rename a column of the head, or change the cells of a row."""
    lines = content.split(b"\n")
    at = luck.choice((0, 0, luck.randrange(len(lines))))
    cells = lines[at].split(b",")
    cell = luck.randrange(len(cells))
    lines[at] = b",".join(luck.choice((
        [*cells, cells[cell]], cells[:cell] + cells[cell + 1 :], [*cells[:cell], b"?", *cells[cell + 1 :]],
        cells * luck.randrange(2, 60), [], cells[::-1],
    )))  # fmt: skip
    return b"\n".join(lines)


def empty(luck: random.Random, content: bytes) -> bytes:
    """Leave nothing, or only noise."""
    del content
    return luck.choice((b"", b"\n" * 500, b"," * 5_000, b'"' * 999, luck.randbytes(600), b"\x00" * 4_096))


MUTATIONS: tuple[Mutation, ...] = (
    flip_bits, flip_bits, cut_short, take_out, put_in, repeat, swap_lines, encode_otherwise, spoil_cell, spoil_cell,
    spoil_column, empty,
)  # fmt: skip


def spoilt(luck: random.Random, content: bytes) -> bytes:
    """Spoil a file in one to three ways."""
    for _ in range(luck.choice((1, 1, 1, 2, 3))):
        content = luck.choice(MUTATIONS)(luck, content)
    return content


def spoilt_zip(luck: random.Random, content: bytes) -> bytes:
    """Spoil a zip from outside, or one of its parts from inside."""
    if luck.random() < 0.4:
        return luck.choice((flip_bits, cut_short, take_out, put_in, repeat, empty))(luck, content)
    parts = unzipped(content)
    for _ in range(luck.choice((1, 1, 2))):
        name = luck.choice(sorted(parts))
        part = parts.pop(name)
        if luck.random() < 0.1:
            parts[luck.choice(("x", "x.xml", "../x.xml", "xl/worksheets/sheet1.xml"))] = part
        else:
            parts[name] = spoilt(luck, part)
        if not parts:
            break
    return zipped(parts)


def unzipped(content: bytes) -> dict[str, bytes]:
    """Return the parts of a zip by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Zip parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return held.getvalue()
