"""Files and folders that survive a power cut, and files that are there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from csr_desk import durable


@pytest.mark.skipif(os.name != "posix", reason="Windows settles no folders")
def test_a_new_folder_survives_a_power_cut_with_each_folder_above_it_that_was_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled: list[Path] = []
    monkeypatch.setattr(durable, "settle_folder", settled.append)
    assert durable.make_folder(tmp_path / "a" / "b", 0o700) == tmp_path / "a" / "b"
    assert settled == [tmp_path, tmp_path / "a"]
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o700
    durable.make_folder(tmp_path / "a" / "b")
    assert len(settled) == 2


def test_a_file_that_cannot_be_finished_leaves_the_old_one_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = durable.write_file(tmp_path / "out" / "gl.csv", b"yesterday")

    def full(_draft: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable, "take_name", full)
    with pytest.raises(OSError, match="No space"):
        durable.write_file(target, b"today")
    assert [(path.name, path.read_bytes()) for path in target.parent.iterdir()] == [("gl.csv", b"yesterday")]


@pytest.mark.skipif(os.name != "posix", reason="Windows has other permissions")
def test_what_only_the_program_reads_is_private_and_papers_go_by_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        own = durable.write_file(tmp_path / "anchor", b"x", durable.PRIVATE_FILE)
        paper = durable.write_file(tmp_path / "receipt.pdf", b"x")
    finally:
        os.umask(before)
    assert (own.stat().st_mode & 0o777, paper.stat().st_mode & 0o777) == (0o600, 0o644)


def test_a_new_file_replaces_nothing_and_is_not_left_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = durable.write_new(tmp_path / "keys" / "one", b"secret")
    with pytest.raises(FileExistsError):
        durable.write_new(key, b"another")
    assert key.read_bytes() == b"secret"

    def broken(_path: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(durable, "settle", broken)
    with pytest.raises(OSError, match="Input/output"):
        durable.write_new(tmp_path / "keys" / "two", b"secret")
    assert [path.name for path in key.parent.iterdir()] == ["one"]
