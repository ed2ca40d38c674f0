"""The model of a disk keeps what was settled, and leaves out no legal way of losing the rest."""

from __future__ import annotations

from random import Random

import pytest

from proof.power_disk import Disk, File, Folder, Image, Resize, Write, content, torn

DICE = Random(4)  # noqa: S311 - the same images every time


def left(disk: Disk, shuffled: int = 200) -> list[Image]:
    """Give everything that is tried when the power fails now."""
    return list(disk.images(DICE, shuffled))


def test_a_settled_file_is_lost_with_a_name_that_was_not_settled() -> None:
    disk = Disk()
    disk.make("a", File())
    disk.change("a", Write(0, b"money"))
    disk.sync("a")
    assert {image.files.get("a") for image in left(disk)} == {None, b"money"}
    disk.sync("")
    assert [dict(image.files) for image in left(disk)] == [{"a": b"money"}]


def test_a_folder_without_a_settled_name_takes_everything_in_it_along() -> None:
    disk = Disk()
    disk.make("d", Folder())
    disk.make("d/a", File())
    disk.sync("d/a")
    disk.sync("d")
    assert {tuple(image.files) for image in left(disk)} == {(), ("d/a",)}


def test_a_name_may_be_settled_before_its_bytes_and_bytes_in_any_part() -> None:
    disk = Disk()
    disk.make("a", File())
    disk.sync("")
    disk.change("a", Write(0, b"x" * 512))
    disk.change("a", Write(512, b"y" * 512))
    seen = {image.files["a"] for image in left(disk)}
    assert {b"", b"x" * 512, b"x" * 512 + b"y" * 512, bytes(512) + b"y" * 512} <= seen
    assert any(b"\xa5" in one for one in seen)


def test_a_rename_leaves_no_moment_without_either_name() -> None:
    disk = Disk()
    disk.make("a", File(b"old"))
    disk.make(".a", File(b"new"))
    disk.settle()
    disk.rename(".a", "a")
    assert {tuple(sorted(image.files.items())) for image in left(disk)} == {
        ((".a", b"new"), ("a", b"old")),
        (("a", b"new"),),
    }
    disk.make("d", Folder())
    with pytest.raises(NotImplementedError):
        disk.rename("a", "d/a")


def test_a_removed_file_may_come_back_until_its_folder_was_settled() -> None:
    disk = Disk()
    disk.make("a", File(b"journal"))
    disk.settle()
    disk.remove("a")
    assert {tuple(image.files) for image in left(disk)} == {("a",), ()}
    disk.sync("")
    assert not left(disk)[0].files


def test_a_torn_write_leaves_whole_sectors_only() -> None:
    write = Write(700, b"z" * 1_000)
    for _ in range(200):
        for part in torn(write, DICE):
            assert isinstance(part, Write)
            end = part.offset + len(part.data)
            assert part.offset in {700, 1_024, 1_536}
            assert end in {1_024, 1_536, 1_700}


def test_what_nobody_wrote_is_zero() -> None:
    assert content(b"abc", [Resize(1), Write(3, b"d"), Resize(6)]) == b"a\0\0d\0\0"
