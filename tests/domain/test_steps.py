"""Orders, permits, inspections, work orders, releases and messages go their ways, and no other."""

from __future__ import annotations

import pytest
from sqlalchemy import CheckConstraint, Table

from csr_desk.data.models import (
    account_verification,
    card,
    form_handout,
    help_call,
    inspection,
    notice,
    office_form,
    outbox,
    permit,
    referral,
    release_batch,
    request,
    request_note,
    sales_order,
    service_release,
    visit,
    work_order,
)
from csr_desk.domain import request_steps, steps
from csr_desk.domain.errors import WrongState
from csr_desk.domain.steps import Ways

TABLES = [
    (steps.ORDER, sales_order, "open"),
    (steps.PERMIT, permit, "issued"),
    (steps.INSPECTION, inspection, "requested"),
    (steps.WORK_ORDER, work_order, "open"),
    (steps.RELEASE, service_release, "requested"),
    (steps.RELEASE_BATCH, release_batch, "made"),
    (steps.VERIFICATION, account_verification, "open"),
    (steps.MESSAGE, outbox, "queued"),
    (request_steps.REQUEST, request, "open"),
    (request_steps.NOTE, request_note, "open"),
    (request_steps.VISIT, visit, "waiting"),
    (request_steps.CALL, help_call, "open"),
    (request_steps.HANDOUT, form_handout, "given"),
    (request_steps.REFERRAL, referral, "given"),
    (request_steps.NOTICE, notice, "posted"),
    (request_steps.CARD, card, "current"),
    (request_steps.FORM, office_form, "current"),
]


def legal(table: Table) -> set[str]:
    """Return the states that a table takes."""
    rules = [
        str(rule.sqltext)
        for rule in table.c.state.constraints
        if isinstance(rule, CheckConstraint) and str(rule.sqltext).startswith("state IN")
    ]
    return set(rules[0].split("(")[1].rstrip(")").replace("'", "").split(", "))


@pytest.mark.parametrize(("ways", "table", "first"), TABLES, ids=[ways.noun for ways, _, _ in TABLES])
def test_the_ways_know_every_state_of_the_table_and_each_is_reached(ways: Ways, table: Table, first: str) -> None:
    reached, todo = {first}, [first]
    while todo:
        state = todo.pop()
        for step in ways.open_steps(state):
            to = ways.after(step, state)
            assert ways.can(step, state)
            todo += {to} - reached
            reached.add(to)
    assert reached == legal(table)
    assert ways.said.keys() == ways.moves.keys()


@pytest.mark.parametrize(("ways", "step", "state", "words"), [
    (steps.PERMIT, "void", "inspected", "This permit is inspected: it cannot be voided any more, or not yet."),
    (steps.PERMIT, "renew", "revoked", "cannot be renewed"),
    (steps.ORDER, "pay", "expired", "cannot be paid"),
    (steps.WORK_ORDER, "start", "not_done", "This work order is not done"),
    (steps.RELEASE, "send", "requested", "cannot be sent"),
    (steps.RELEASE, "confirm", "eligible", "cannot be confirmed"),
    (steps.RELEASE, "energise", "energised", "This release is energized: it cannot be energized any more, or not yet."),
    (steps.MESSAGE, "try", "sending", "cannot be tried"),
    (steps.MESSAGE, "try", "sent", "cannot be tried"),
    (steps.MESSAGE, "queue_again", "sent", "cannot be queued again"),
])  # fmt: skip
def test_what_is_not_possible_is_said_in_a_sentence(ways: Ways, step: str, state: str, words: str) -> None:
    assert not ways.can(step, state)
    with pytest.raises(WrongState) as refused:
        ways.after(step, state)
    assert words in refused.value.message


def test_nothing_is_sent_or_energised_that_was_not_cleared() -> None:
    for step in ("confirm", "energise", "reject"):
        assert not {"requested", "eligible"} & steps.RELEASE.moves[step].keys()
    assert steps.RELEASE.moves["send"].keys() == {"eligible"}


def test_an_ended_release_and_a_sent_message_stay_so() -> None:
    assert [steps.RELEASE.open_steps(state) for state in ("energised", "expired", "revoked")] == [(), (), ()]
    assert steps.MESSAGE.open_steps("sent") == ()
