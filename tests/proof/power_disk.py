"""A disk whose power can fail: what is settled on it, what is still on its way, and what may be left of both.

The strictest disk that POSIX allows: a sync of a file settles that file's bytes and its length, not its name; a sync of
a folder settles the names in it, not the folder's own name nor anybody's bytes. Until then every single change is on
the disk or is not, in any combination, and a write may be there in some of its sectors only. (ext4 and NTFS promise
more; whoever survives this disk survives them.) A rename is one change: there is no moment without either name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path, PurePosixPath
from random import Random
from typing import TypeAlias

SECTOR = 512
"""Bytes that a disk writes wholly or not at all."""


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes written into a file; those beyond its end make it longer."""

    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Resize:
    """A file made longer (with zeros) or cut."""

    size: int


Change: TypeAlias = Write | Resize
Names: TypeAlias = Mapping[str, int | None]
"""Names of a folder that change together: what each of them means afterwards, or None for gone."""


@dataclass(slots=True)
class File:
    """The bytes of a file, whatever it is called."""

    settled: bytes = b""
    pending: list[Change] = field(default_factory=list)


@dataclass(slots=True)
class Folder:
    """The names in a folder: as they are settled, and as the running program sees them."""

    settled: dict[str, int] = field(default_factory=dict)
    pending: list[Names] = field(default_factory=list)
    now: dict[str, int] = field(default_factory=dict)

    def change(self, names: Names) -> None:
        """Let some names mean something else from now on."""
        self.pending.append(names)
        _rename(self.now, names)


@dataclass(frozen=True, slots=True)
class Image:
    """What a station finds on its disk when the power is back."""

    files: Mapping[str, bytes]
    """By path from the root."""
    folders: frozenset[str]

    def fingerprint(self) -> bytes:
        """Tell images apart."""
        digest = blake2b(digest_size=16)
        for name in sorted(self.folders):
            digest.update(f"{name}/\0".encode())
        for name, content in sorted(self.files.items()):
            digest.update(f"{name}\0{len(content)}\0".encode() + content)
        return digest.digest()

    def lay_out(self, root: Path) -> None:
        """Write the image into an empty folder."""
        for name in sorted(self.folders):
            (root / name).mkdir(parents=True, exist_ok=True)
        for name, content in self.files.items():
            (root / name).write_bytes(content)


PickNames: TypeAlias = Callable[[Folder], Iterable[Names]]
Read: TypeAlias = Callable[[File], bytes]


class Disk:
    """A tree of folders and files under one root, which is always there."""

    def __init__(self) -> None:
        """Begin with an empty root."""
        self.nodes: dict[int, File | Folder] = {0: Folder()}
        self.last: Change | None = None
        """The newest write, which the power may cut in the middle."""

    # ---- what the running program does

    def make(self, path: str, node: File | Folder) -> None:
        """Create a file or a folder."""
        number = len(self.nodes)
        self.nodes[number] = node
        folder, name = self._place(path)
        folder.change({name: number})

    def holds(self, path: str) -> bool:
        """Say whether the program sees something under this path."""
        try:
            self._find(path)
        except KeyError:
            return False
        return True

    def size(self, path: str) -> int:
        """Give the length of a file as the program sees it."""
        file = self._file(path)
        return len(content(file.settled, file.pending))

    def change(self, path: str, change: Change) -> None:
        """Write to a file or change its length."""
        self._file(path).pending.append(change)
        self.last = change

    def rename(self, path: str, to: str) -> None:
        """Give something another name in its folder; raise NotImplementedError for another folder."""
        source, name = self._place(path)
        target, new = self._place(to)
        if source is not target:
            raise NotImplementedError(f"{path} was moved to another folder, which two syncs would have to settle.")
        source.change({name: None, new: source.now[name]})

    def remove(self, path: str) -> None:
        """Take a name away."""
        folder, name = self._place(path)
        folder.change({name: None})

    def sync(self, path: str) -> None:
        """Settle a file's bytes, or the names in a folder."""
        node = self._find(path)
        if isinstance(node, File):
            node.settled = content(node.settled, node.pending)
        else:
            node.settled = dict(node.now)
        node.pending.clear()
        self.last = None

    def settle(self) -> None:
        """Settle everything, as a station does that is shut down properly."""
        for node in self.nodes.values():
            if isinstance(node, File):
                node.settled = content(node.settled, node.pending)
            else:
                node.settled = dict(node.now)
            node.pending.clear()
        self.last = None

    # ---- what is left when the power fails

    def now(self) -> Image:
        """Give what the running program sees."""
        return self._image(_all, _whole)

    def images(self, dice: Random, shuffled: int) -> Iterator[Image]:
        """Yield what may be left: nothing of what is pending, all, names or bytes only, torn, and random parts."""
        yield self._image(lambda _folder: [], lambda file: file.settled)
        if not any(node.pending for node in self.nodes.values()):
            return
        yield self.now()
        yield self._image(_all, lambda file: file.settled)
        yield self._image(lambda _folder: [], _whole)
        if isinstance(self.last, Write):
            yield self._image(_all, lambda file: self._torn(file, dice, others=True))
            yield self._image(_all, lambda file: self._torn(file, dice, others=False))
        for _ in range(shuffled):
            likely = dice.choice((0.15, 0.5, 0.85))
            yield self._image(
                lambda folder, likely=likely: [names for names in folder.pending if dice.random() < likely],  # type: ignore[misc]
                lambda file, likely=likely: _some(file, dice, likely),  # type: ignore[misc]
            )

    def _torn(self, file: File, dice: Random, *, others: bool) -> bytes:
        """Leave the newest write in some of its sectors, with all or none of what was pending before it."""
        changes: list[Change] = []
        for change in file.pending:
            if change is self.last and isinstance(change, Write):
                changes += torn(change, dice)
            elif others:
                changes.append(change)
        return content(file.settled, changes)

    def _image(self, names: PickNames, read: Read) -> Image:
        files: dict[str, bytes] = {}
        folders: set[str] = set()

        def walk(folder: Folder, path: str) -> None:
            found = dict(folder.settled)
            for change in names(folder):
                _rename(found, change)
            for name, number in found.items():
                node = self.nodes[number]
                if isinstance(node, File):
                    files[path + name] = read(node)
                else:
                    folders.add(path + name)
                    walk(node, f"{path}{name}/")

        root = self.nodes[0]
        assert isinstance(root, Folder)
        walk(root, "")
        return Image(files, frozenset(folders))

    # ---- where things are

    def _find(self, path: str) -> File | Folder:
        node = self.nodes[0]
        for name in PurePosixPath(path).parts:
            if not isinstance(node, Folder):
                raise KeyError(path)
            node = self.nodes[node.now[name]]
        return node

    def _file(self, path: str) -> File:
        node = self._find(path)
        assert isinstance(node, File), path
        return node

    def _place(self, path: str) -> tuple[Folder, str]:
        where = PurePosixPath(path)
        folder = self._find(str(where.parent))
        assert isinstance(folder, Folder), path
        return folder, where.name


def _rename(names: dict[str, int], change: Names) -> None:
    for name, number in change.items():
        if number is None:
            names.pop(name, None)
        else:
            names[name] = number


def _all(folder: Folder) -> list[Names]:
    return folder.pending


def _whole(file: File) -> bytes:
    return content(file.settled, file.pending)


def _some(file: File, dice: Random, likely: float) -> bytes:
    """Take a part of what is pending; a write may be torn, or may have made the file longer without its bytes."""
    changes: list[Change] = []
    end = len(file.settled)
    for change in file.pending:
        left: list[Change] = []
        if dice.random() < likely:
            left = torn(change, dice) if isinstance(change, Write) and dice.random() < 0.3 else [change]
        elif isinstance(change, Write) and change.offset + len(change.data) > end and dice.random() < 0.3:
            room = change.offset + len(change.data) - max(end, change.offset)
            left = [Write(max(end, change.offset), dice.choice((b"\0", b"\xa5")) * room)]
        for one in left:
            end = _end(end, one)
        changes += left
    return content(file.settled, changes)


def _end(end: int, change: Change) -> int:
    return change.size if isinstance(change, Resize) else max(end, change.offset + len(change.data))


def torn(write: Write, dice: Random) -> list[Change]:
    """Leave some sectors of a write: the first ones, the last ones, or any."""
    edges = sorted({*range(-(-write.offset // SECTOR) * SECTOR, write.offset + len(write.data), SECTOR), write.offset})
    edges.append(write.offset + len(write.data))
    parts = [Write(begin, write.data[begin - write.offset : end - write.offset]) for begin, end in pairwise(edges)]
    cut = dice.randrange(len(parts) + 1)
    return list(dice.choice((parts[:cut], parts[cut:], [part for part in parts if dice.random() < 0.5])))


def content(settled: bytes, changes: Iterable[Change]) -> bytes:
    """Apply changes to a file's bytes, in their order; what nobody wrote is zero."""
    now: bytearray | None = None
    for change in changes:
        if now is None:
            now = bytearray(settled)
        if isinstance(change, Resize):
            now = now[: change.size].ljust(change.size, b"\0")
        else:
            end = change.offset + len(change.data)
            if len(now) < end:
                now.extend(bytes(end - len(now)))
            now[change.offset : end] = change.data
    return settled if now is None else bytes(now)
