"""Four kinds of errors, each shown its own way."""

from __future__ import annotations

import logging

import pytest

from csr_desk.domain.errors import ApprovalNeeded, BadInput, DrawerNotOpen, Trouble
from csr_desk.ui.problems import Kind, explain


def test_a_refusal_is_its_own_sentence_and_names_its_field() -> None:
    problem = explain(BadInput("Key the pages.", field="pages"))
    assert (problem.kind, problem.text, problem.field) == (Kind.REFUSAL, "Key the pages.", "pages")


def test_a_refusal_without_words_says_what_its_class_says() -> None:
    assert explain(DrawerNotOpen()).text == "You have no open drawer. Count the float and open one first."


def test_an_approval_is_no_mistake() -> None:
    assert explain(ApprovalNeeded("A supervisor must sign.")).kind is Kind.APPROVAL


def test_trouble_says_what_to_do() -> None:
    problem = explain(Trouble("The disk is full. Make room and try again."))
    assert (problem.kind, problem.text) == (Kind.TROUBLE, "The disk is full. Make room and try again.")


def test_what_nobody_foresaw_gets_a_reference_that_the_log_carries(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="csr_desk"):
        problem = explain(ZeroDivisionError("secret detail"))
    assert problem.kind is Kind.CRASH
    assert problem.reference
    assert problem.reference in caplog.text
    assert "secret detail" not in problem.text
