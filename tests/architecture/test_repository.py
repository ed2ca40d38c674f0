"""The repository speaks of the project alone, and its papers name what exists."""

from __future__ import annotations

import re
import tomllib

import pytest

from architecture.repository_rules import BINARY, foreign_words, tracked_files
from architecture.source_rules import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
PINNED = re.compile(r"([a-z0-9][a-z0-9._-]*)(?:\[[a-z,]+\])?==[0-9][^ ;\\]*")
DECISION_LINES = 25


def test_no_tracked_file_names_a_registry_a_machine_or_its_making() -> None:
    found = []
    for path in tracked_files():
        if path.suffix not in BINARY:
            words = foreign_words(path.read_text(encoding="utf-8", errors="replace"))
            found += [f"{path.relative_to(ROOT)}:{line}: {word}" for line, word in words]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    "line",
    ["--index-url https://py" + "pi.org/simple", "see /wo" + "rk/main/x", "cp a /t" + "mp/b", "made with Clau" + "de"],
)
def test_a_foreign_word_that_is_planted_is_found(line: str) -> None:
    assert foreign_words("first\n" + line)[0][0] == 2


@pytest.mark.parametrize("line", ["the work/life of a drawer", "src/csr_desk/domain", "build/tmp-7", "$HOME/work"])
def test_an_innocent_line_names_nothing_foreign(line: str) -> None:
    assert foreign_words(line) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_pins_every_package_by_hash_and_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert [entry.splitlines()[0] for entry in entries if not PINNED.match(entry)] == []
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lock_holds_every_dependency_that_the_project_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        "requirements.lock": project["project"]["dependencies"] + project["build-system"]["requires"],
        "requirements-dev.lock": project["project"]["dependencies"] + project["dependency-groups"]["dev"],
    }
    for lock, requirements in wanted.items():
        text = (ROOT / lock).read_text(encoding="utf-8")
        pinned = {match.group(1) for match in map(PINNED.match, text.splitlines()) if match}
        named = {re.split(r"[\[<>=!~; ]", entry)[0].lower().replace("_", "-") for entry in requirements}
        assert named - pinned == set(), f"{lock}: run make lock"


def test_both_locks_pin_the_same_versions() -> None:
    run, dev = ((ROOT / lock).read_text(encoding="utf-8") for lock in LOCKS)
    pins, tested = ({match.group() for match in map(PINNED.match, text.splitlines()) if match} for text in (run, dev))
    assert pins - tested == set()


def test_the_architecture_page_names_every_room_and_nothing_else() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:src/csr_desk|migrations|resources|tests|tools|docs)[\w./-]*)`", page))
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
    rooms = {
        f"src/csr_desk/{path.name}"
        for path in (ROOT / "src" / "csr_desk").iterdir()
        if path.is_dir() and (path / "__init__.py").exists()
    }
    assert rooms - named == set()


def test_each_decision_is_numbered_in_order_and_short() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    long = [path.name for path in decisions if len(path.read_text(encoding="utf-8").splitlines()) > DECISION_LINES]
    assert long == []


def test_links_of_the_papers_lead_to_files() -> None:
    broken = []
    for path in tracked_files():
        if path.suffix == ".md":
            links = re.findall(r"\]\((?!\w+:)([^)#]+)\)", path.read_text(encoding="utf-8"))
            broken += [f"{path.relative_to(ROOT)}: {link}" for link in links if not (path.parent / link).exists()]
    assert broken == []
