"""Files made to fill the memory, to take for ever or to lead elsewhere: each with the way in that it is meant for."""

from __future__ import annotations

import io
import json
import os
import stat
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from proof.imports import Imports
from proof.mutations import unzipped, zipped
from proof.table import Tier

Bomb = tuple[str, Callable[[], object]]
MB = 1_000_000
_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><w>&j;</w>"
)
_READS_A_FILE = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'


def bombs(ways: Imports, tier: Tier) -> Iterator[Bomb]:
    """Yield each bomb with what takes it in."""
    assert ways.kinds  # their seeds are what the bombs are built from
    largest = {Tier.TASTE: 20, Tier.COMMIT: 50, Tier.NIGHT: 1_000}[tier] * MB
    yield from _tables(ways, largest)
    yield from _workbooks(ways, largest)
    yield from _texts(ways)
    yield from _places(ways)


def _sheet(ways: Imports, name: str, content: bytes) -> Callable[[], object]:
    return lambda: ways.catalogue_folder(name.encode() + b"\n" + content)


def _sparse(path: Path, size: int, head: bytes = b"") -> Path:
    path.write_bytes(head)
    os.truncate(path, size)
    return path


def _tables(ways: Imports, largest: int) -> Iterator[Bomb]:
    sheet = (ways.small / "items.csv").read_bytes()
    head = sheet.partition(b"\n")[0] + b"\n"
    yield "a field of 7 MB", _sheet(ways, "items.csv", head + b'A,"' + b"x" * 7 * MB + b'"\n')
    yield "a quote that never closes", _sheet(ways, "items.csv", head + b'A,"' + b"x,y\n" * MB)
    yield "a million columns", _sheet(ways, "items.csv", b"," * MB + b"\n")
    yield "a hundred thousand doubled columns", _sheet(ways, "items.csv", b"item," * 100_000 + b"\n")
    yield "a hundred thousand rows", _sheet(ways, "items.csv", head + b"A,B\n" * 100_000)
    yield "forty thousand faulty rows", _sheet(ways, "inputs.csv", b"item,?\n" + b"A,B,C,D,E,F\n" * 40_000)
    inputs = (ways.small / "inputs.csv").read_bytes().splitlines(keepends=True)
    many = b"".join(inputs[1].replace(b",1,", f",{n},".encode(), 1) for n in range(1, 40_000))
    yield "forty thousand fields of one item", _sheet(ways, "inputs.csv", inputs[0] + many)
    yield "a table that is larger than the memory for it", lambda: _folder_with(ways, largest)
    yield "a schedule that is as large", lambda: _schedule_of(ways, largest)


def _folder_with(ways: Imports, size: int) -> object:
    path = _sparse(ways.incoming / "large.csv", size, b"item,name\n")
    try:
        folder = ways.incoming / "huge"
        folder.mkdir(exist_ok=True)
        for sheet in ways.small.glob("*.csv"):
            (folder / sheet.name).unlink(missing_ok=True)
            (folder / sheet.name).symlink_to(path if sheet.name == "items.csv" else sheet)
        return ways.load(folder)
    finally:
        path.unlink()


def _schedule_of(ways: Imports, size: int) -> object:
    path = _sparse(ways.incoming / "schedule.csv", size, b"category,description\n")
    try:
        return ways.schedule_file(path)
    finally:
        path.unlink()


def _with(ways: Imports, parts: Mapping[str, bytes]) -> bytes:
    return zipped({**unzipped((ways.folder / "small.xlsx").read_bytes()), **parts})


def _workbooks(ways: Imports, largest: int) -> Iterator[Bomb]:
    sheet = "xl/worksheets/sheet2.xml"
    cells = unzipped((ways.folder / "small.xlsx").read_bytes())[sheet]
    take = ways.workbook
    yield "a zip bomb", lambda: take(_with(ways, {sheet: cells + b" " * largest}))
    yield "a zip bomb of many parts", lambda: take(_with(ways, {f"xl/x{n}.xml": b" " * 199_000 for n in range(250)}))
    yield "ten thousand parts", lambda: take(_with(ways, {f"xl/x{n}.xml": b"" for n in range(10_000)}))
    yield "a thousand million laughs", lambda: take(_with(ways, {"xl/workbook.xml": _LAUGHS.encode()}))
    yield (
        "laughs in UTF-16",
        lambda: take(_with(ways, {sheet: _LAUGHS.replace("?>", ' encoding="utf-16"?>').encode("utf-16")})),
    )
    hidden = b'<?xml version="1.0" encoding="cp037"?>' + _LAUGHS.partition("?>")[2].encode("cp037")
    yield "laughs in a mainframe's letters", lambda: take(_with(ways, {sheet: hidden}))
    yield "an entity that reads a file", lambda: take(_with(ways, {"xl/sharedStrings.xml": _READS_A_FILE.encode()}))
    far = cells.replace(b'<c r="A2"', b'<c r="XFD1048576"', 1).replace(b'<row r="2"', b'<row r="1048576"', 1)
    yield "a cell far out", lambda: take(_with(ways, {sheet: far}))
    wide = cells.replace(b'<c r="A2"', b'<c r="XFD2"', 1)
    yield "a column far out", lambda: take(_with(ways, {sheet: wide}))
    yield (
        "a wrong dimension",
        lambda: take(_with(ways, {sheet: cells.replace(b"<dimension ref=", b"<dimension ref='A1:XFD1048576' r=", 1)})),
    )
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    yield "a hundred thousand tags in each other", lambda: take(_with(ways, {sheet: deep}))
    yield "a zip in a zip", lambda: take(zipped({"small.xlsx": (ways.folder / "small.xlsx").read_bytes()}))
    for name in ("../../escaped.xml", "/etc/escaped.xml", "C:\\escaped.xml", "xl\\..\\..\\escaped.xml"):
        yield f"a part called {name}", lambda name=name: take(_with(ways, {name: b"<x/>"}))  # type: ignore[misc]
    yield "a part that is a link", lambda: take(_odd_part(ways, link=True))
    yield "an encrypted part", lambda: take(_odd_part(ways, link=False))
    yield "a part twice", lambda: take(_twice(ways))
    numbers = (b"9" * 400, b"1e308", b"NaN", b"9" * 5000)
    row = b"".join(b"<c r='A3' t='n'><v>%s</v></c>" % number for number in numbers)
    giant = b"<row r='3'>" + row + b"</row></sheetData>"
    yield "numbers beyond all bounds", lambda: take(_with(ways, {sheet: cells.replace(b"</sheetData>", giant)}))
    packed = {f"d/{n}.csv": b"item\n" * 100_000 for n in range(200)}
    yield "a release of two hundred files", lambda: ways.release(zipped(packed))
    yield (
        "a release that unpacks to more",
        lambda: ways.release(zipped({"items.csv": b" " * min(largest * 2, 400 * MB)})),
    )


def _odd_part(ways: Imports, *, link: bool) -> bytes:
    content = bytearray(_with(ways, {}))
    if not link:
        at = content.index(b"PK\x01\x02")
        content[at + 8] |= 1
        return bytes(content)
    held = io.BytesIO(bytes(content))
    with zipfile.ZipFile(held, "a") as archive:
        part = zipfile.ZipInfo("xl/link.xml")
        part.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(part, "/etc/passwd")
    return held.getvalue()


def _twice(ways: Imports) -> bytes:
    held = io.BytesIO((ways.folder / "small.xlsx").read_bytes())
    with zipfile.ZipFile(held, "a") as archive:
        info = archive.getinfo("xl/workbook.xml")
        content = archive.read(info)
        archive.filelist.remove(info)
        archive.NameToInfo.pop(info.filename)
        archive.writestr("xl/workbook.xml", content)
        archive.filelist.append(info)
    return held.getvalue()


def _texts(ways: Imports) -> Iterator[Bomb]:
    for depth in (30, 300, 900, 100_000):
        nested = b'{"do":"sale","lines":' + b"[" * depth + b"]" * depth + b"}"
        yield f"lists {depth} deep", lambda nested=nested: ways.script(nested)  # type: ignore[misc]
        objects = b'{"do":"sale","x":' + b'{"a":' * depth + b"1" + b"}" * depth + b"}"
        yield f"objects {depth} deep", lambda objects=objects: ways.script(objects)  # type: ignore[misc]
    wide = json.dumps({"do": "sale", "by": "clerk1", "lines": [{"item": "ALM-RES"}] * 20_000}).encode()
    yield "a sale of twenty thousand lines", lambda: ways.script(wide)
    yield "a script of one endless line", lambda: ways.script(b'{"do":"' + b"x" * 5 * MB)
    yield "a number of half a million figures", lambda: ways.script(b'{"do":"sale","amount":' + b"9" * 500_000 + b"}")
    yield "settings a thousand deep", lambda: ways.station(b"x = " + b"[" * 10_000)
    yield "settings with tables in tables", lambda: ways.station(b"[" + b"a." * 20_000 + b"a]\n")
    yield (
        "settings with a number of 5,000 figures",
        lambda: ways.station(b"[printer]\ntimeout_seconds = " + b"9" * 5_000),
    )
    yield "settings of 20 MB", lambda: ways.station(b"#" * 20 * MB)
    yield "a check's line without an end", lambda: ways.check_line(b"T1" + b" " * 200_000)
    yield "a check's line of marks", lambda: ways.check_line(b"T" * 100 + b"1 -" * 100_000)
    yield "a key of 20 MB", lambda: ways.chain_key(b"k" * 20 * MB)


def _places(ways: Imports) -> Iterator[Bomb]:
    pipe = ways.incoming / "pipe.csv"
    if not pipe.exists():
        os.mkfifo(pipe)
    yield "a pipe that nobody writes to", lambda: ways.schedule_file(pipe)
    yield "a device that never ends", lambda: ways.schedule_file(Path("/dev/zero"))
    yield "a folder in the place of a file", lambda: ways.schedule_file(ways.incoming)
    yield "a name that no file can have", lambda: ways.schedule_file(Path("a\0b.csv"))
    yield "a file that is not there", lambda: ways.load(ways.incoming / "none.xlsx")
    for name in ("items.csv", "versions.csv"):
        yield f"a pipe called {name}", lambda name=name: _folder_of(ways, name, pipe)  # type: ignore[misc]
        yield f"a folder called {name}", lambda name=name: _folder_of(ways, name, ways.small)  # type: ignore[misc]
        yield f"a device called {name}", lambda name=name: _folder_of(ways, name, Path("/dev/zero"))  # type: ignore[misc]


def _folder_of(ways: Imports, name: str, target: Path) -> object:
    folder = ways.incoming / "odd"
    folder.mkdir(exist_ok=True)
    for sheet in ways.small.glob("*.csv"):
        (folder / sheet.name).unlink(missing_ok=True)
        (folder / sheet.name).symlink_to(target if sheet.name == name else sheet)
    return ways.load(folder)
