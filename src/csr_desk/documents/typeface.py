"""The program's own typeface on paper, embedded; other alphabets from a system font; never a silent box.

What is not done: scripts whose letters change shape beside each other (Arabic, Indic …) need a shaping engine that
papers do not have; their letters are printed as visible code points, ``‹U+0645›``. Hebrew is set right to left.
Fonts with PostScript outlines (most Noto CJK files are) cannot be embedded by reportlab and are passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from csr_desk.locations import resources

REGULAR = "CSRSans"
STRONG = "CSRSans-SemiBold"
_FILES = {REGULAR: "fonts/CSRSans-Regular.ttf", STRONG: "fonts/CSRSans-SemiBold.ttf"}

_SYSTEM_FOLDERS = (
    "~/.local/share/fonts", "~/.fonts", "/usr/local/share/fonts", "/usr/share/fonts", "/Library/Fonts",
    "/System/Library/Fonts", "C:/Windows/Fonts",
)  # fmt: skip
_SYSTEM_FILES = (
    "NotoSansSC-Regular.ttf", "NotoSansTC-Regular.ttf", "NotoSansJP-Regular.ttf", "NotoSansKR-Regular.ttf",
    "NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "DroidSansFallbackFull.ttf", "DroidSansFallback.ttf",
    "wqy-microhei.ttc", "wqy-zenhei.ttc", "uming.ttc", "ukai.ttc", "msyh.ttc", "simsun.ttc", "msjh.ttc",
    "msgothic.ttc", "YuGothR.ttc", "malgun.ttf", "arialuni.ttf", "Arial Unicode.ttf", "DejaVuSans.ttf", "segoeui.ttf",
    "arial.ttf", "FreeSans.ttf",
)  # fmt: skip
"""Fonts to borrow letters from, best first; found by name because fontconfig is not everywhere."""

_NEED_SHAPING = (
    (0x0600, 0x08FF),
    (0x0900, 0x0DFF),
    (0x0F00, 0x109F),
    (0x1780, 0x17FF),
    (0xFB50, 0xFDFF),
    (0xFE70, 0xFEFE),
)
_HEBREW = (0x0590, 0x05FF)
_KEPT_SUBSETS = 64
_USUAL = "–·−×§’“”…°½ñÑáéíóúüÁÉÍÓÚÜ¿¡"
"""Letters beside ASCII that stand in every font subset, so that nearly every receipt needs the same one."""


@dataclass(frozen=True, slots=True)
class Face:
    """One registered font: its name for the canvas and its widths in thousandths of the size, by code point."""

    name: str
    widths: dict[int, int]
    letters: frozenset[int]


@lru_cache(maxsize=4)
def face(name: str) -> Face:
    """Register one of the program's own fonts on first use; Trouble is left to the caller's missing-file error."""
    return _register(name, resources() / _FILES[name], 0)


def _register(name: str, path: Path, index: int) -> Face:
    pdfmetrics.registerFont(TTFont(name, str(path), subfontIndex=index))
    font = registered(name)
    make_subset = lru_cache(maxsize=_KEPT_SUBSETS)(font.face.makeSubset)
    # cutting a font is a third of the cost of a receipt, and begin() makes most receipts need the same cut
    font.face.makeSubset = lambda subset: make_subset(tuple(subset))
    return Face(name, font.face.charWidths, frozenset(font.face.charToGlyph))


def begin(document: Any) -> None:
    """Give a new PDF the letters that most papers need, in a fixed order."""
    for name in _FILES:
        face(name)
        registered(name).splitString(_USUAL, document)


def registered(name: str) -> Any:
    """The font that the canvas knows by this name (reportlab shares one object between equal faces)."""
    return pdfmetrics.getFont(name)


def fallback_files() -> tuple[Path, ...]:
    """Font files of this computer that may hold letters we lack, best first."""
    found: dict[str, Path] = {}
    for folder in _SYSTEM_FOLDERS:
        root = Path(folder).expanduser()
        if root.is_dir():
            for path in sorted(root.rglob("*.[to]t[cf]")):
                found.setdefault(path.name.lower(), path)
    return tuple(found[name.lower()] for name in _SYSTEM_FILES if name.lower() in found)


@lru_cache(maxsize=1)
def fallback_faces() -> tuple[Face, ...]:
    """The system fonts that can be embedded; looked for only when a paper needs a letter we lack."""
    faces = []
    for path in fallback_files():
        try:
            faces.append(_register(f"CSR-{path.stem}", path, 0))
        except (TTFError, OSError):  # PostScript outlines or a damaged file: the next one may do
            continue
    return tuple(faces)


def printable(text: str) -> str:
    """The text as it can be printed: each character that no font has becomes a visible ``‹U+4E2D›``."""
    if text.isascii() or face(REGULAR).letters.issuperset(map(ord, text)):
        return text
    shown = "".join(char if _face_for(char, REGULAR) else f"‹U+{ord(char):04X}›" for char in text)
    return _hebrew_in_reading_order(shown)


def unprintable(text: str) -> tuple[str, ...]:
    """The characters that no font of this computer can print, each once, so that the window can say so."""
    return tuple(dict.fromkeys(char for char in text if not _face_for(char, REGULAR)))


def width(text: str, name: str, size: float) -> float:
    """Width of printable text in points."""
    widths = face(name).widths
    try:
        return sum([widths[code] for code in map(ord, text)]) * size / 1000
    except KeyError:
        return sum(_width_of(char, name) for char in text) * size / 1000


def runs(text: str, name: str) -> list[tuple[str, str]]:
    """Printable text as pieces of one font each: (font name, piece)."""
    if text.isascii() or face(name).letters.issuperset(map(ord, text)):
        return [(name, text)]
    pieces: list[tuple[str, str]] = []
    for char in text:
        found = _face_for(char, name)
        font = found.name if found else name
        if pieces and pieces[-1][0] == font:
            pieces[-1] = (font, pieces[-1][1] + char)
        else:
            pieces.append((font, char))
    return pieces


def _width_of(char: str, name: str) -> int:
    found = _face_for(char, name)
    return found.widths.get(ord(char), 0) if found else 0


def _face_for(char: str, name: str) -> Face | None:
    code = ord(char)
    own = face(name)
    if code in own.letters:
        return own
    if any(first <= code <= last for first, last in _NEED_SHAPING):
        return None
    return next((other for other in fallback_faces() if code in other.letters), None)


def _hebrew_in_reading_order(text: str) -> str:
    """Turn each stretch of Hebrew round, because paper is set from left to right; figures stay as they are."""
    parts: list[str] = []
    stretch: list[str] = []
    for char in text:
        if _HEBREW[0] <= ord(char) <= _HEBREW[1] or (stretch and char == " "):
            stretch.append(char)
            continue
        parts.extend(_turned(stretch))
        stretch = []
        parts.append(char)
    parts.extend(_turned(stretch))
    return "".join(parts)


def _turned(stretch: list[str]) -> list[str]:
    letters = "".join(stretch)
    core = letters.rstrip(" ")
    return [core[::-1], letters[len(core) :]]
