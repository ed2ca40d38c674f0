"""Requests: what is asked and answered, by when, and when somebody has to be called."""

from __future__ import annotations

from datetime import date

import pytest

from csr_desk.domain.errors import BadInput, MissingInput, Refusal
from csr_desk.domain.request_questions import (
    Question,
    QuestionKind,
    answered,
    answers_in_words,
    read_answers,
    read_questions,
    write_answers,
    write_questions,
)
from csr_desk.domain.requests import (
    Channel,
    Escalation,
    Kind,
    Request,
    RequestType,
    contact_by,
    due_on,
    read_place,
    recurs_within,
    urgent,
    why_escalated,
)
from csr_desk.domain.work_orders import Priority

QUESTIONS = (
    Question("size", "How large is it?", QuestionKind.NUMBER, required=True, order=2),
    Question("where", "Where in the street?", QuestionKind.SINGLE, order=1, values=(("L", "Lane"), ("C", "Curb"))),
    Question("harm", "What was damaged?", QuestionKind.MULTI, order=3, values=(("car", "A car"), ("lawn", "A lawn"))),
    Question("since", "Since when?", QuestionKind.DATETIME, order=4),
    Question("more", "Anything else?", QuestionKind.TEXT, order=5),
    Question("hint", "A crew comes within two days.", order=6, variable=False),
)
POTHOLE = RequestType("PWE-POT", "Pothole", Kind.REQUEST, "Public Works", 5, needs_site=True, questions=QUESTIONS)
FOURTH = frozenset({date(2026, 7, 3)})


def request(**more: object) -> Request:
    """A pothole of Tuesday, due a week later."""
    said: dict[str, object] = {
        "number": "SR26-000001-9", "type": POTHOLE, "channel": Channel.PHONE, "priority": Priority.NORMAL,
        "state": "open", "department": "Public Works", "summary": "A hole", "opened_at": "2026-07-14T13:00:00.000000Z",
        "opened_on": date(2026, 7, 14), "due_on": date(2026, 7, 21), "opened_by": "clerk1",
    }  # fmt: skip
    return Request(**{**said, **more})  # type: ignore[arg-type]


def test_questions_come_back_as_they_were_kept_and_in_their_order() -> None:
    kept = write_questions(QUESTIONS)
    assert {one.code for one in read_questions(kept)} == {one.code for one in QUESTIONS}
    assert [one.code for one in read_questions(kept)] == ["where", "size", "harm", "since", "more", "hint"]
    again = write_questions(read_questions(kept))
    assert read_questions(again) == read_questions(kept)


def test_answers_are_checked_by_what_they_are_and_kept_as_words() -> None:
    given = {"size": " 0.50 ", "where": "L", "harm": ["car", "lawn"], "since": "2026-07-14T10:30", "more": " "}
    found = answered(QUESTIONS, given)
    assert found == {"size": "0.50", "where": "L", "harm": ["car", "lawn"], "since": "2026-07-14T10:30:00"}
    assert read_answers(write_answers(found)) == found
    assert read_answers(None) == {}
    assert answers_in_words(read_questions(write_questions(QUESTIONS)), found)[0] == ("Where in the street?", "Lane")


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({}, MissingInput, "size"),
        ({"size": "big"}, BadInput, "size"),
        ({"size": "1e999999"}, BadInput, "size"),
        ({"size": "1", "where": "X"}, BadInput, "where"),
        ({"size": "1", "where": ["L", "C"]}, BadInput, "where"),
        ({"size": "1", "since": "yesterday"}, BadInput, "since"),
        ({"size": "1", "more": "x" * 4001}, BadInput, "more"),
        ({"size": "1", "hint": "ok"}, BadInput, "answers"),
        ({"size": "1", "colour": "red"}, BadInput, "answers"),
    ],
)
def test_an_answer_that_is_none_is_refused_with_its_question(
    given: dict[str, object], refusal: type[Refusal], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        answered(QUESTIONS, given)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "questions",
    [
        (Question("a", "One"), Question("a", "Two")),
        (Question("", "One"),),
        (Question("a", " "),),
        (Question("a", "One", QuestionKind.SINGLE),),
        tuple(Question(str(n), "Why?") for n in range(41)),
    ],
)
def test_questions_that_nobody_could_answer_are_refused(questions: tuple[Question, ...]) -> None:
    with pytest.raises((BadInput, MissingInput)):
        write_questions(questions)


def test_a_deadline_counts_working_days_without_the_holidays() -> None:
    assert due_on(POTHOLE, date(2026, 7, 14), holidays=frozenset()) == date(2026, 7, 21)
    assert due_on(POTHOLE, date(2026, 7, 1), holidays=frozenset()) == date(2026, 7, 8)
    assert due_on(POTHOLE, date(2026, 7, 1), holidays=FOURTH) == date(2026, 7, 9)
    assert contact_by(date(2026, 7, 1), 3, holidays=FOURTH) == date(2026, 7, 7)


def test_late_is_counted_in_working_days_and_only_while_it_waits() -> None:
    assert request().days_late(date(2026, 7, 21), holidays=frozenset()) == 0
    assert request().days_late(date(2026, 7, 24), holidays=frozenset()) == 3
    assert request(state="closed").days_late(date(2026, 7, 24), holidays=frozenset()) == 0


def test_safety_comes_before_recurrence_before_lateness() -> None:
    safe = RequestType("FIRE", "Fire", Kind.COMPLAINT, "Fire", 1, priority=Priority.LOW, safety=True)
    late, none = date(2026, 7, 24), frozenset[date]()
    assert urgent(safe) is Priority.URGENT
    assert urgent(POTHOLE) is Priority.NORMAL
    assert why_escalated(request(type=safe), late, 6, holidays=none) is Escalation.SAFETY
    back = date(2026, 2, 1)
    assert why_escalated(request(), late, 6, holidays=none, closed_before=back) is Escalation.RECURRENCE
    assert why_escalated(request(), late, 6, holidays=none) is Escalation.OVERDUE
    assert why_escalated(request(), date(2026, 7, 20), 6, holidays=none) is None
    assert why_escalated(request(type=safe, state="closed"), late, 6, holidays=none) is None


def test_six_months_end_on_the_same_day_of_the_month() -> None:
    assert recurs_within(date(2026, 1, 14), date(2026, 7, 14), 6)
    assert not recurs_within(date(2026, 1, 14), date(2026, 7, 15), 6)


POINTS = [("29.7604, -95.3698", "29.7604,-95.3698"), ("-90,180", "-90,180"), (" ", "")]


@pytest.mark.parametrize(("keyed", "kept"), POINTS)
def test_a_point_on_the_map_is_latitude_and_longitude(keyed: str, kept: str) -> None:
    assert read_place(keyed) == kept


@pytest.mark.parametrize("keyed", ["Main St", "29.76", "91,0", "0,181", "29.7604,-95.3698,3", "２９,9", "29,7604 -95"])
def test_what_is_no_point_is_refused(keyed: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_place(keyed)
    assert refused.value.field == "place"
