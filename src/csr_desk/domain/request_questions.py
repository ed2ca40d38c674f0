"""The questions that a type of request asks, and the answers to them, in the shape of Open311 GeoReport v2 attributes.

Source: Open311 GeoReport v2, GET Service Definition (attributes: variable, code, datatype, required, order, values).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeAlias

from csr_desk.domain.errors import BadInput, MissingInput

Answers: TypeAlias = dict[str, str | list[str]]
MOST_QUESTIONS = 40
LONGEST = {"string": 200, "text": 4000, "number": 30}
"""In characters; a number has so many digits at most."""


class QuestionKind(StrEnum):
    """What an answer is, by the words of the standard."""

    STRING = "string"
    NUMBER = "number"
    DATETIME = "datetime"
    TEXT = "text"
    SINGLE = "singlevaluelist"
    MULTI = "multivaluelist"


@dataclass(frozen=True, slots=True)
class Question:
    """A question; ``variable`` false makes it a sentence that is only read out."""

    code: str
    description: str
    kind: QuestionKind = QuestionKind.STRING
    required: bool = False
    order: int = 0
    hint: str = ""
    values: tuple[tuple[str, str], ...] = ()
    """Of a list: each key with its name."""
    variable: bool = True


def write_questions(questions: Sequence[Question]) -> str:
    """Write questions as they are kept; raise BadInput where two have one code or a list has nothing to choose."""
    codes = [one.code for one in questions]
    if len(questions) > MOST_QUESTIONS:
        raise BadInput(f"A type of request asks at most {MOST_QUESTIONS} questions.", field="questions")
    for one in questions:
        if not one.code or codes.count(one.code) > 1:
            raise BadInput(f"Each question needs a code of its own; “{one.code[:40]}” is not.", field="questions")
        if not one.description.strip():
            raise MissingInput(f"Question {one.code} needs its words.", field="questions")
        if one.kind in _LISTS and not one.values:
            raise BadInput(f"Question {one.code} is a list and has nothing to choose from.", field="questions")
    return json.dumps([asdict(one) for one in questions], ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_questions(text: str) -> tuple[Question, ...]:
    """Read questions as they are kept, in their order."""
    found = [
        Question(**{**one, "kind": QuestionKind(one["kind"]), "values": tuple(map(tuple, one["values"]))})
        for one in json.loads(text)
    ]
    return tuple(sorted(found, key=lambda one: (one.order, one.code)))


def answered(questions: Sequence[Question], given: Mapping[str, Any]) -> Answers:
    """Check what was answered; raise MissingInput (a required one), BadInput (no such question, not of its kind)."""
    asked = {one.code: one for one in questions if one.variable}
    for code in given:
        if code not in asked:
            raise BadInput(f"Nothing asks for “{str(code)[:40]}”.", field="answers")
    found: Answers = {}
    for one in asked.values():
        said = given.get(one.code)
        parts = [str(part).strip() for part in (said if isinstance(said, list | tuple) else [said]) if part is not None]
        parts = [part for part in parts if part]
        if not parts:
            if one.required:
                raise MissingInput(f"Ask: {one.description}", field=one.code)
            continue
        if len(parts) > 1 and one.kind is not QuestionKind.MULTI:
            raise BadInput(f"“{one.description}” takes one answer.", field=one.code)
        checked = list(dict.fromkeys(_of_kind(one, part) for part in parts))
        found[one.code] = checked if one.kind is QuestionKind.MULTI else checked[0]
    return found


def write_answers(answers: Answers) -> str:
    """Write answers as they are kept."""
    return json.dumps(answers, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_answers(text: str | None) -> Answers:
    """Read answers as they are kept; none where they were purged."""
    return json.loads(text) if text else {}


def answers_in_words(questions: Sequence[Question], answers: Answers) -> tuple[tuple[str, str], ...]:
    """Return each question that was answered with its answer as people read it."""
    rows = []
    for one in questions:
        if (said := answers.get(one.code)) is not None:
            names = dict(one.values)
            parts = said if isinstance(said, list) else [said]
            rows.append((one.description, ", ".join(names.get(part, part) for part in parts)))
    return tuple(rows)


_LISTS = frozenset({QuestionKind.SINGLE, QuestionKind.MULTI})


def _of_kind(one: Question, said: str) -> str:
    """Return an answer as it is kept; raise BadInput where it is not of the question's kind."""
    match one.kind:
        case QuestionKind.SINGLE | QuestionKind.MULTI:
            if said not in dict(one.values):
                raise BadInput(f"“{said[:40]}” is no answer to “{one.description}”.", field=one.code)
        case QuestionKind.NUMBER:
            return _number(one, said)
        case QuestionKind.DATETIME:
            return _moment(one, said)
        case _:
            longest = LONGEST[one.kind.value]
            if len(said) > longest:
                raise BadInput(f"The answer to “{one.description}” has at most {longest:,} characters.", field=one.code)
    return said


def _number(one: Question, said: str) -> str:
    try:
        number = Decimal(said)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or len(said) > LONGEST["number"] or abs(number.adjusted()) > LONGEST["number"]:
        raise BadInput(f"“{one.description}” is answered with a number.", field=one.code)
    return format(number, "f")


def _moment(one: Question, said: str) -> str:
    try:
        return datetime.fromisoformat(said).isoformat()
    except ValueError:
        raise BadInput(
            f"“{one.description}” is answered with a day and a time, like 2026-07-14T10:30.", field=one.code
        ) from None
