"""G9, what goes out: every word that anybody keys, on every paper, in every file, on the till and in the log."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any
from unittest import mock

from csr_desk.devices import escpos
from csr_desk.devices.escpos import slip_bytes
from csr_desk.documents import layout, receipt_words
from csr_desk.documents.till_slip import till_rows
from csr_desk.domain.receipt import Receipt
from csr_desk.services import spreadsheet_text
from csr_desk.services.fault_log import FaultLines
from documents import samples
from documents.test_training_marks import facts_for, papers
from proof import hostile_days
from proof.hostile_words import WORDS
from proof.judges import line_faults, pdf_faults, till_faults
from proof.table import Row, Tier

_SOME = ("bold", "picture", "script", "operators", "formula", "bidi", "drawer kick", "lines", "long")
OUR_OWN = frozenset({"time_zone", "Order.number", "TenderRow.kind", "Receipt.number", "SealedHead.head"})
"""Fields that nobody keys: the database takes nothing there but what it knows, and the program counts and seals."""


@dataclass
class Judged:
    """What was looked at, and what was wrong with it."""

    looked: int = 0
    wrong: Counter[str] = field(default_factory=Counter)

    def look(self, what: str, judge: Callable[[], Iterable[str]]) -> None:
        """Take one output; what breaks down while it is made is a fault of its own."""
        self.looked += 1
        try:
            found = list(judge())
        except Exception as fault:  # noqa: BLE001 - a paper that is not there is what is looked for
            found = [f"{type(fault).__name__}: {fault}"]
        self.wrong.update(f"{what}: {one[:80]}" for one in found[:1])

    def row(self, what: str, *, broken: bool = False) -> Row:
        """Tell it as a row."""
        worst = "; ".join(f"{times}× {name}" for name, times in self.wrong.most_common(3))
        remark = " ".join(worst.split())[:200]
        return Row(
            "G9", what, "sqlite", self.looked, len(WORDS), altered=self.wrong.total(), remark=remark,
            broken_on_purpose=broken,
        )  # fmt: skip


def with_word(value: Any, word: str) -> Any:
    """The same facts with a word in the place of every text that somebody could have keyed."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return word
    if isinstance(value, tuple):
        return tuple(with_word(part, word) for part in value)
    if isinstance(value, Mapping):
        return {key: with_word(part, word) for key, part in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        parts = {part.name: getattr(value, part.name) for part in fields(value) if part.init}
        keyed = {name for name in parts if not OUR_OWN & {name, f"{type(value).__name__}.{name}"}}
        changed = {name: with_word(parts[name], word) for name in keyed}
        return replace(value, **{name: part for name, part in changed.items() if part is not parts[name]})
    return value


def on_papers(words: Mapping[str, str]) -> Judged:
    """Print every word on every paper that there is."""
    judged = Judged()
    for name, paper in papers():
        facts = facts_for(paper, samples.REAL_OFFICE)
        for kind, word in words.items():
            judged.look(f"{kind} on {name}", lambda paper=paper, facts=facts, word=word: pdf_faults(  # type: ignore[misc]
                paper(*(with_word(fact, word) for fact in facts))
            ))  # fmt: skip
    return judged


def on_the_till(words: Mapping[str, str]) -> Judged:
    """Print every word on the till printer."""
    judged = Judged()
    for kind, word in words.items():
        receipt: Receipt = with_word(samples.receipt(), word)
        judged.look(f"{kind} on the till", lambda receipt=receipt: till_faults(slip_bytes(till_rows(receipt))))  # type: ignore[misc]
        for row in till_rows(receipt):
            judged.look(f"{kind} on a slip", lambda row=row: line_faults(row.left + row.right))  # type: ignore[misc]
    return judged


def in_the_log(words: Mapping[str, str], lines: logging.Formatter) -> Judged:
    """Let the program stumble over every word, and read the line of its log."""
    judged = Judged()
    for kind, word in words.items():
        for fault in (ValueError(word), KeyError(word), RuntimeError(f"could not read {word!r}")):
            judged.look(f"{kind} in the log", lambda fault=fault: line_faults(_logged(fault, lines)))  # type: ignore[misc]
    return judged


def _logged(fault: Exception, lines: logging.Formatter) -> str:
    try:
        raise fault
    except type(fault) as caught:
        record = logging.LogRecord("csr_desk", logging.ERROR, "", 0, "fault %s", ("A1",), (type(caught), caught, None))
    return lines.format(record)


def rows(tier: Tier, folder: Path) -> Iterator[Row]:
    """Yield a row for each way out, and the self-tests."""
    words = {name: word for name, word in WORDS.items() if tier is not Tier.TASTE or name in _SOME}
    yield on_papers(words).row("words on every paper")
    yield on_the_till(words).row("words on the till printer")
    yield in_the_log(words, FaultLines()).row("words in the log")
    judged = Judged()
    hostile_days.play(judged, tier, folder)
    yield judged.row("words in a day's files")
    yield from self_tests(folder)


def self_tests(folder: Path) -> Iterator[Row]:
    """Take each wall away, one after the other."""
    some = {name: WORDS[name] for name in ("picture", "script", "formula", "drawer kick", "lines")}
    with mock.patch.object(layout, "escape", lambda text: text):
        yield on_papers(some).row("papers that do not escape", broken=True)
    with ExitStack() as walls:
        walls.enter_context(mock.patch.object(escpos, "_char_bytes", lambda char: char.encode("cp1252", "replace")))
        walls.enter_context(mock.patch.object(receipt_words, "clean", lambda text, _limit=0: text))
        yield on_the_till(some).row("a till that takes commands", broken=True)
    yield in_the_log(some, logging.Formatter("%(message)s")).row("a log as it comes", broken=True)
    judged = Judged()
    with mock.patch.object(spreadsheet_text, "guarded", lambda text: text):
        hostile_days.play(judged, Tier.TASTE, folder / "open")
    yield judged.row("spreadsheets that run", broken=True)
