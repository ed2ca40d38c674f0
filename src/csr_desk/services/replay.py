"""A day at the counter as a text file: each line an act, done through the very services that the window calls.

The format is the counter script's: a JSON object a line, in order; a refused step changes nothing and the script goes
on. It runs against training offices only, because a script names who acts.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from csr_desk.domain.errors import BadInput, NotPermitted, Refusal, Trouble
from csr_desk.domain.release_register import BatchPaper
from csr_desk.services import refused_acts, setup_clock, staff
from csr_desk.services.clock import TrainingClock, read_moment
from csr_desk.services.desk import Desk
from csr_desk.services.forms import Fill
from csr_desk.services.replay_step import Step
from csr_desk.services.replay_steps import STEPS
from csr_desk.services.words import plain_words

_REFERENCE = re.compile(r"\$(?P<id>[A-Za-z_][A-Za-z0-9_-]*)(?P<path>(?:\.[A-Za-z0-9_-]+)+)", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_BRACKET = re.compile(r"[\[\]{}]")
LARGEST_SCRIPT = 64_000_000
"""Bytes of a script; the longest day on record has 0.2 MB."""
LONGEST_LINE = 1_000_000
DEEPEST = 40
"""Lists and objects in each other that a step may have; the services need five."""
_EXPECTED = ("expect", "expect_error")
_KEYS = uuid.UUID("5c0d6d3e-52d6-5c3a-9a1b-2f6d7f0f1a11")
"""The name space of the keys that a script makes for its steps."""


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """A step as read: its place in the file and its words."""

    step: int
    line: int
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a step, and in words what was unexpected about it (empty when nothing was)."""

    step: int
    line: int
    do: str
    result: Mapping[str, Any] | None
    error: tuple[str, str] | None
    surprise: str = ""

    def as_data(self) -> dict[str, Any]:
        """Write the outcome as one line of output."""
        words: dict[str, Any] = {"step": self.step, "do": self.do, "ok": self.error is None}
        if self.error is None:
            words["result"] = self.result
        else:
            words["error"] = {"code": self.error[0], "message": self.error[1]}
        if self.surprise:
            words["surprise"] = self.surprise
        return words


@dataclass(slots=True)
class Script:
    """A script that was read whole, and what its named steps gave."""

    lines: tuple[ScriptLine, ...]
    digest: str
    results: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    last_at: datetime | None = None
    draw_batch: Callable[[BatchPaper], bytes] | None = None
    """Draws the papers that go out by mail; whoever plays the script chooses it (``documents.release_batch``)."""
    fill_form: Fill | None = None
    """Fills forms in (``documents.form_filling``)."""


def read_script(content: bytes) -> Script:
    """Read a script whole; raise BadInput with the number of the first line that is not one JSON object."""
    if len(content) > LARGEST_SCRIPT:
        raise BadInput(f"A script of more than {LARGEST_SCRIPT // 1_000_000} MB is not a day at the counter.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadInput(f"line {line}: this is not UTF-8 text") from None
    lines: list[ScriptLine] = []
    for number, raw in enumerate(text.split("\n"), 1):
        stripped = raw.strip()
        if not stripped or stripped.startswith("#"):
            continue
        lines.append(ScriptLine(len(lines) + 1, number, _read_line(number, stripped)))
    return Script(tuple(lines), sha256(content).hexdigest())


def _read_line(number: int, text: str) -> Mapping[str, Any]:
    if len(text) > LONGEST_LINE or _depth(text) > DEEPEST:
        raise BadInput(f"line {number}: a step is not as long, nor as deep")
    try:
        data = json.loads(text, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"line {number}: this is not JSON ({error})") from None
    if not isinstance(data, dict):
        raise BadInput(f"line {number}: a step is one JSON object")
    if not isinstance(data.get("do"), str):
        raise BadInput(f"line {number}: a step says what to do (“do”)")
    return data


def _depth(text: str) -> int:
    """How deep lists and objects stand in each other, at the most; marks inside of texts count as well."""
    deepest = depth = 0
    for mark in _BRACKET.findall(text):
        depth += 1 if mark in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a number")


def run(desk: Desk, script: Script, *, stop: bool = False) -> Iterator[Outcome]:
    """Do the steps one after the other; with ``stop`` end after the first surprise.

    Raises NotPermitted unless the office is a training office.
    """
    if not desk.office.training:
        raise NotPermitted("A script runs against a training office only; this one is live.")
    if not isinstance(desk.clock, TrainingClock):
        raise NotPermitted("A script needs the training clock.")
    desk.clock.running = False
    try:
        for line in script.lines:
            outcome = _run_line(desk, script, line)
            yield outcome
            if stop and outcome.surprise:
                return
    finally:
        setup_clock.keep(desk)


def _run_line(desk: Desk, script: Script, line: ScriptLine) -> Outcome:
    do = str(line.data["do"])
    result: Mapping[str, Any] | None = None
    error: tuple[str, str] | None = None
    expected: Mapping[str, Any] = {}
    try:
        expected = {name: _resolve(script, line.data[name]) for name in _EXPECTED if line.data.get(name) is not None}
        data = {key: _resolve(script, value) for key, value in line.data.items() if key not in _EXPECTED}
        result = _act(desk, script, line, data)
    except Refusal as refusal:
        error = (refusal.code, refusal.message)
        _report(desk, script, line, refusal)
    except Trouble as trouble:
        error = ("trouble", str(trouble))
    if result is not None and isinstance(line.data.get("id"), str):
        script.results[line.data["id"]] = result
    return Outcome(line.step, line.line, do, result, error, _surprise(expected, result, error))


def _report(desk: Desk, script: Script, line: ScriptLine, refusal: Refusal) -> None:
    """Let the journal know what was refused to whom; the step itself changed nothing (J6)."""
    if not refused_acts.is_reported(refusal) or not isinstance(line.data.get("by"), str):
        return
    with suppress(Refusal, Trouble):
        actor = staff.person(desk, line.data["by"])
        refused_acts.report(desk, actor, refusal, f"{_key_of(script, line)}-refused")


def _key_of(script: Script, line: ScriptLine) -> str:
    """Return the key that a step has where it names none: the same for the same script."""
    return str(uuid.uuid5(_KEYS, f"{script.digest}:{line.line}"))


def _act(desk: Desk, script: Script, line: ScriptLine, data: Mapping[str, Any]) -> Mapping[str, Any]:
    do = str(data["do"])
    _refuse_unkept(data)
    _set_clock(desk, script, data)
    if do not in STEPS:
        raise BadInput(f"There is no step “{do[:40]}”.", field="do")
    key = _own_key(str(data["key"])) if data.get("key") else _key_of(script, line)
    step = Step(data, key, script.draw_batch, script.fill_form)
    actor = staff.person(desk, step.needed("by")) if "by" in data else None
    return STEPS[do](desk, actor, step)


def _own_key(said: str) -> str:
    """Return the key that a script gives a step; a UUID is none of a person's words, anything else might be a card."""
    return said if _UUID.fullmatch(said) else plain_words(said, "key", 80)


def _refuse_unkept(value: object) -> None:
    """Refuse text that a database cannot keep (NUL, halves of a character), wherever it stands in a step."""
    if isinstance(value, str) and ("\x00" in value or any("\ud800" <= mark <= "\udfff" for mark in value)):
        raise BadInput("The step has characters that cannot be kept.")
    if isinstance(value, Mapping):
        for name, part in value.items():
            _refuse_unkept(name)
            _refuse_unkept(part)
    if isinstance(value, list):
        for part in value:
            _refuse_unkept(part)


def _set_clock(desk: Desk, script: Script, data: Mapping[str, Any]) -> None:
    if "at" not in data or not isinstance(desk.clock, TrainingClock):
        return
    at = read_moment(str(data["at"]), desk.office.time_zone, after=script.last_at)
    if script.last_at is not None and at < script.last_at:
        raise BadInput("The script’s clock only goes forward.", field="at")
    script.last_at = at
    desk.clock.set(at)


def _resolve(script: Script, value: object) -> object:
    """Put the results of earlier steps in the place of their names."""
    if isinstance(value, Mapping):
        return {key: _resolve(script, part) for key, part in value.items()}
    if isinstance(value, list):
        return [_resolve(script, part) for part in value]
    if isinstance(value, str) and (match := _REFERENCE.fullmatch(value)):
        return _look_up(script, match)
    return value


def _look_up(script: Script, match: re.Match[str]) -> object:
    found: object = script.results.get(match["id"])
    for name in match["path"].split(".")[1:]:
        if isinstance(found, Mapping):
            found = found.get(name)
        elif isinstance(found, list) and name.isdigit() and int(name) < len(found):
            found = found[int(name)]
        else:
            found = None
    if found is None:
        raise BadInput(f"“{match.group()}” names nothing that an earlier step gave.")
    return found


def _surprise(expected: Mapping[str, Any], result: object, error: tuple[str, str] | None) -> str:
    if "expect_error" in expected:
        if error is None:
            return f"expected the error {expected['expect_error']}, but it was done"
        if error[0] != expected["expect_error"]:
            return f"expected the error {expected['expect_error']}, got {error[0]}"
        return ""
    if error is not None:
        return f"refused: {error[0]}"
    return difference(expected["expect"], result) if "expect" in expected else ""


def difference(wanted: object, got: object, where: str = "result") -> str:
    """Say where a result does not contain what was expected; empty when it does."""
    if isinstance(wanted, Mapping) and isinstance(got, Mapping):
        for key, value in wanted.items():
            said = difference(value, got[key], f"{where}.{key}") if key in got else f"{where}.{key}: missing"
            if said:
                return said
        return ""
    if isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        parts = (difference(value, got[at], f"{where}[{at}]") for at, value in enumerate(wanted))
        return next((said for said in parts if said), "")
    same = wanted == got and isinstance(wanted, bool) == isinstance(got, bool)
    return "" if same else f"{where}: expected {wanted!r}, got {got!r}"
