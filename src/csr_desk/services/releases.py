"""Catalogue releases: one whole catalogue, zipped as its spreadsheet folder, kept in the database for ever."""

from __future__ import annotations

import io
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from csr_desk.data.queries.office import ReleaseRecord
from csr_desk.domain.catalogue import Catalogue
from csr_desk.domain.errors import BadInput
from csr_desk.services.catalogue_files import load_files, save_folder
from csr_desk.services.files_read import BROKEN_ZIP

_THE_SAME_DATE = (2026, 1, 1, 0, 0, 0)
"""Files in the zip carry no date of their own, so that the same catalogue gives the same bytes."""

LARGEST = 64 * 1024 * 1024
"""Bytes that the files of a catalogue may have when unpacked."""
MOST_FILES = 100


def pack(catalogue: Catalogue) -> bytes:
    """Zip a catalogue as its CSV folder; the same catalogue gives the same bytes."""
    with tempfile.TemporaryDirectory(prefix="csr-desk-") as name:
        folder = Path(name)
        save_folder(catalogue, folder)
        return zip_folder(folder)


def zip_folder(folder: Path) -> bytes:
    """Zip the CSV files of a folder."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.glob("*.csv")):
            archive.writestr(zipfile.ZipInfo(path.name, _THE_SAME_DATE), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return held.getvalue()


def unpack(content: bytes) -> Catalogue:
    """Read a catalogue from a zip of its CSV folder; raise BadInput or the reader's own faults."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = [info for info in archive.infolist() if info.filename.endswith(".csv")]
            if len(files) > MOST_FILES or sum(info.file_size for info in files) > LARGEST:
                raise BadInput("The catalogue is larger than any city needs; it was not unpacked.")
            # only the last part of a name counts, and nothing is written anywhere
            held = {Path(info.filename).name: archive.read(info) for info in files}
    except BROKEN_ZIP:
        raise BadInput("This is not a zip of a catalogue folder.") from None
    return load_files(held, kept=True)


@lru_cache(maxsize=2)
def _read(content: bytes) -> Catalogue:
    """Read a kept release once for as long as the program runs: it never changes, and neither do its bytes."""
    return unpack(content)


def catalogue_of(release: ReleaseRecord) -> Catalogue:
    """Read the catalogue of a release."""
    return _read(release.content)


def release_row(office_id: str, number: int, catalogue: Catalogue, by: tuple[str, str]) -> dict[str, Any]:
    """Lay a catalogue release out as stored; ``by`` is who loaded it and when (UTC)."""
    user, now = by
    return {
        "release_id": f"{number:06d}",
        "office_id": office_id,
        "label": catalogue.label,
        "demonstration": int(catalogue.demonstration),
        "content_hash": catalogue.content_hash,
        "content": pack(catalogue),
        "loaded_at": now,
        "loaded_by": user,
    }
