"""Reads papers back with programs that had no part in making them: pypdf, poppler, zbar."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

ACTIVE = {"/JS", "/JavaScript", "/URI", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/AA", "/OpenAction", "/Annots"}


class Seen(NamedTuple):
    """A word where poppler sees it, in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def pages(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def text(pdf: bytes) -> str:
    """All text with single spaces."""
    return " ".join(" ".join(pages(pdf)).split())


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in points."""
    return [(float(page.mediabox.width), float(page.mediabox.height)) for page in PdfReader(io.BytesIO(pdf)).pages]


def dictionaries(pdf: bytes) -> Iterator[DictionaryObject]:
    """Every dictionary of the file, streams included."""
    reader = PdfReader(io.BytesIO(pdf))
    found: set[int] = set()
    waiting: list[Any] = [reader.trailer]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum in found:
                continue
            found.add(thing.idnum)
            thing = thing.get_object()
        if isinstance(thing, DictionaryObject):
            yield thing
            waiting.extend(thing.values())
        elif isinstance(thing, ArrayObject):
            waiting.extend(thing)


def fonts(pdf: bytes) -> list[tuple[str, bool]]:
    """Each font of the file by name, and whether its letters are in the file."""
    found = []
    for thing in dictionaries(pdf):
        if "/BaseFont" in thing:
            descriptor = thing["/FontDescriptor"].get_object() if "/FontDescriptor" in thing else None
            found.append(
                (str(thing["/BaseFont"]), isinstance(descriptor, DictionaryObject) and "/FontFile2" in descriptor)
            )
    return found


def words(pdf: bytes, tmp_path: Path) -> list[list[Seen]]:
    """The words of each page with their places, by poppler."""
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    told = _run("pdftotext", "-bbox", str(path), "-").decode()
    pattern = r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
    return [
        [
            Seen(word, float(left), float(top), float(right), float(bottom))
            for left, top, right, bottom, word in re.findall(pattern, page)
        ]
        for page in told.split("<page ")[1:]
    ]


def without_marks(page: list[Seen]) -> list[Seen]:
    """What is printed on a page beside the marks of an office without real money: those lie across and in margins."""
    edges = {word.top for word in page if word.text in {"money", "real"}} & {
        word.top for word in page if word.text == "TRAINING"
    }
    return [word for word in page if word.text not in {"DEMONSTRATION", "TRAINING"} and word.top not in edges]


def barcodes(pdf: bytes, tmp_path: Path) -> list[str]:
    """What a scanner reads from the pages: ``CODE-128:HPC3-0000021``."""
    path = tmp_path / "paper.pdf"
    path.write_bytes(pdf)
    _run("pdftoppm", "-r", "200", "-png", str(path), str(tmp_path / "page"))
    pictures = [str(picture) for picture in sorted(tmp_path.glob("page*.png"))]
    return _run("zbarimg", "-q", *pictures).decode().split()


def _run(program: str, *arguments: str) -> bytes:
    if shutil.which(program) is None:
        pytest.skip(f"NOT CHECKED: {program} is not installed (apt install poppler-utils zbar-tools)")
    return subprocess.run([program, *arguments], check=True, capture_output=True, timeout=60).stdout
