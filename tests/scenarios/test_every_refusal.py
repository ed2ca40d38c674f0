"""Every refusal that the program knows happens in a scenario, at every step where a person can meet it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from csr_desk.domain import errors
from csr_desk.domain.errors import Refusal
from csr_desk.services.replay_steps import STEPS

FILES = sorted(Path(__file__).parent.glob("*.jsonl"))

WITHOUT_A_SCENARIO: dict[str, str] = {}
"""Codes that no scenario can show, each with its reason."""

SECOND_PERSON = "approval_required self_approval not_permitted"

REFUSED: dict[str, str] = {
    "open_drawer": f"{SECOND_PERSON} bad_input missing_input not_found drawer_in_use day_closed",
    "quote": "not_permitted unknown_item not_in_force missing_input",
    "sale": (
        f"{SECOND_PERSON} bad_input missing_input unknown_item not_found already_paid conflict not_enough "
        "change_not_allowed tender_refused card_number_refused drawer_not_open drawer_locked counting day_closed "
        "paper_expired order_expired wrong_state notices_unread"
    ),
    "resume": "not_found conflict not_enough drawer_not_open not_permitted",
    "void": (
        f"{SECOND_PERSON} not_found missing_input already_voided ineligible batch_closed counting drawer_not_open "
        "card_number_refused"
    ),
    "refund": (f"{SECOND_PERSON} not_found missing_input bad_input already_voided ineligible counting drawer_not_open"),
    "correct_tender": (
        f"{SECOND_PERSON} not_found missing_input bad_input already_voided ineligible batch_closed tender_refused"
    ),
    "returned_item": "not_permitted not_found missing_input bad_input already_voided ineligible conflict",
    "no_sale": "not_permitted missing_input drawer_not_open counting conflict",
    "drop": f"{SECOND_PERSON} bad_input missing_input drawer_not_open counting",
    "suspend": "not_permitted drawer_not_open counting",
    "unsuspend": "drawer_not_open counting",
    "stop_selling": "not_permitted drawer_not_open ineligible",
    "count": "not_permitted drawer_not_open bad_input ineligible",
    "submit_count": "drawer_not_open ineligible",
    "accept_batch": "not_permitted not_found ineligible counting batch_closed missing_input",
    "reject_batch": "not_permitted not_found ineligible batch_closed missing_input",
    "reopen_batch": "not_permitted not_found ineligible batch_closed day_closed drawer_in_use missing_input",
    "deposit": f"{SECOND_PERSON} bad_input missing_input not_found ineligible conflict",
    "confirm_deposit": "not_permitted not_found conflict bad_input missing_input",
    "close_day": "not_permitted not_found day_closed ineligible bad_input",
    "set_policy": "not_permitted bad_input",
    "customer": "not_permitted missing_input bad_input card_number_refused",
    "edit_customer": "not_permitted not_found missing_input bad_input conflict",
    "alike": "not_permitted",
    "scan_licence": "not_permitted bad_input",
    "find_customers": "not_permitted",
    "customer_page": "not_permitted not_found",
    "timeline": "not_found",
    "note": "not_permitted not_found missing_input bad_input conflict",
    "close_note": "not_found",
    "party": "not_permitted not_found missing_input bad_input conflict",
    "end_party": "not_found bad_input",
    "merge_customers": "not_permitted not_found missing_input bad_input conflict",
    "part_customers": "not_permitted not_found missing_input conflict",
    "confidential": "not_permitted not_found missing_input conflict",
    "disclose": "not_permitted not_found missing_input bad_input conflict",
    "disclosures": "not_permitted not_found",
    "account": "not_permitted not_found conflict",
    "bill": "not_permitted not_found missing_input unknown_item conflict bad_input",
    "service_bill": "not_permitted not_found missing_input bad_input unknown_item not_in_force conflict",
    "charge_penalties": "not_permitted bad_input",
    "balance": "not_permitted not_found",
    "statement": "not_permitted not_found bad_input",
    "import": "not_permitted not_found bad_input missing_input conflict",
    "import_mapping": "not_permitted bad_input missing_input conflict",
    "place_hold": "not_permitted not_found bad_input missing_input",
    "lift_hold": "not_permitted not_found missing_input conflict",
    "deposits": "not_permitted not_found",
    "settle_deposit": "not_permitted not_found missing_input approval_required conflict",
    "hand_over_unclaimed": "not_permitted approval_required ineligible conflict",
    "dormant": "not_permitted",
    "report": "not_permitted not_found bad_input",
    "verify": "not_permitted",
    "cancel_cart": "not_permitted not_found",
    "scan": "not_permitted not_found bad_input already_paid card_number_refused order_expired",
    "open_debts": "not_permitted not_found",
    "use_credit": "not_permitted not_found ineligible bad_input already_paid tender_refused",
    "undo_credit": "not_permitted not_found missing_input conflict",
    "free_overpaid": "not_permitted not_found ineligible",
    "unapplied": "not_permitted",
    "adjust": "not_permitted not_found bad_input missing_input ineligible conflict card_number_refused",
    "try_adjustment": "not_permitted",
    "attach_documents": "not_permitted not_found bad_input missing_input conflict",
    "withdraw_adjustment": "not_permitted not_found conflict",
    "decide_adjustment": "not_permitted self_approval not_found bad_input missing_input conflict",
    "reverse_adjustment": "not_permitted not_found missing_input ineligible conflict",
    "adjustments": "not_permitted not_found",
    "contractor": "not_permitted not_found bad_input missing_input conflict",
    "contractor_paper": "not_permitted not_found bad_input missing_input conflict card_number_refused",
    "in_order": "not_permitted not_found bad_input",
    "papers_ending": "not_permitted",
    "permit": "not_permitted not_found bad_input",
    "find_permits": "not_permitted",
    "permits_ending": "not_permitted",
    "correct_permit": "not_permitted bad_input missing_input wrong_state",
    "end_permit": "not_permitted bad_input missing_input wrong_state",
    "expire_permits": "not_permitted",
    "remind_of_ends": "not_permitted",
    "renewal": "not_permitted not_found ineligible",
    "amend_permit": "not_permitted not_found bad_input missing_input conflict wrong_state",
    "cancel_amendment": "not_permitted not_found missing_input",
    "move_permit_money": ("not_permitted not_found missing_input ineligible already_paid approval_required"),
    "set_permit_key": "not_permitted",
    "sign_permits": "not_permitted ineligible",
    "verify_permit": "bad_input ineligible",
    "collect": "not_permitted",
    "cut_off": "not_permitted not_found missing_input bad_input ineligible conflict",
    "restored": "not_permitted not_found ineligible",
    "order_restore": "not_permitted not_found missing_input ineligible",
    "collection": "not_permitted not_found",
    "extension": "not_permitted not_found bad_input ineligible conflict",
    "plan": "not_permitted not_found bad_input ineligible conflict",
    "end_plan": "not_permitted not_found missing_input ineligible",
    "crew_list": "not_permitted",
    "letters": "not_permitted bad_input",
    "ageing": "not_permitted",
    "company": "not_permitted missing_input bad_input conflict card_number_refused",
    "edit_company": "not_permitted not_found missing_input bad_input conflict",
    "company_contact": "not_permitted not_found missing_input bad_input conflict",
    "companies": "not_permitted not_found",
    "contact": "not_permitted not_found missing_input bad_input conflict ineligible card_number_refused",
    "contacts": "not_permitted not_found",
    "verify_account": "not_permitted not_found missing_input bad_input conflict",
    "look_into": "not_permitted not_found missing_input bad_input wrong_state ineligible card_number_refused",
    "skip_item": f"{SECOND_PERSON} not_found missing_input wrong_state",
    "decide_account": "not_permitted not_found bad_input ineligible conflict wrong_state",
    "cancel_verification": "not_permitted not_found missing_input wrong_state",
    "verifications": "not_permitted not_found",
    "outbox": "not_permitted",
    "send_outbox": "not_permitted bad_input ineligible",
    "settle_message": "not_permitted not_found missing_input bad_input wrong_state conflict",
    "request_inspection": "not_permitted not_found bad_input wrong_state ineligible",
    "schedule_inspection": "not_permitted not_found bad_input missing_input wrong_state",
    "record_inspection": "not_permitted not_found bad_input missing_input wrong_state ineligible",
    "cancel_inspection": "not_permitted not_found missing_input wrong_state",
    "inspections": "not_permitted not_found bad_input",
    "open_work_order": ("not_permitted not_found bad_input missing_input conflict already_voided card_number_refused"),
    "assign_work_order": "not_permitted not_found bad_input missing_input wrong_state",
    "start_work_order": "not_permitted not_found wrong_state",
    "close_work_order": "not_permitted not_found bad_input missing_input wrong_state",
    "cancel_work_order": "not_permitted not_found missing_input wrong_state",
    "reopen_work_order": "not_permitted not_found missing_input wrong_state",
    "hasten_work_order": "not_permitted not_found bad_input missing_input wrong_state",
    "work_orders": "not_permitted not_found bad_input",
    "open_project": "not_permitted not_found missing_input card_number_refused",
    "change_project": "not_permitted not_found missing_input bad_input wrong_state",
    "end_project": "not_permitted not_found missing_input bad_input wrong_state",
    "project": "not_permitted not_found bad_input",
    "find_things": "not_permitted",
    "prepare_order": "not_permitted not_found missing_input bad_input unknown_item wrong_state",
    "cancel_order": "not_permitted not_found missing_input bad_input wrong_state",
    "end_orders": "not_permitted",
    "order": "not_permitted",
    "open_orders": "not_permitted",
    "release": "not_permitted not_found bad_input",
    "keep_form": "not_permitted missing_input bad_input conflict",
    "end_form": "not_permitted not_found wrong_state",
    "hand_out": "not_permitted not_found bad_input missing_input wrong_state",
    "take_back": "not_permitted not_found bad_input wrong_state",
    "keep_agency": "not_permitted not_found bad_input",
    "keep_place": "not_permitted not_found missing_input bad_input",
    "refer": "not_permitted not_found missing_input bad_input",
    "follow_up_referral": "not_permitted not_found missing_input bad_input wrong_state",
    "request_release": f"{SECOND_PERSON} not_found bad_input missing_input conflict",
    "correct_release": "not_permitted not_found wrong_state",
    "send_release": "not_permitted not_found wrong_state ineligible address_mismatch paper_expired",
    "confirm_release": "not_permitted missing_input wrong_state",
    "energise_release": "not_permitted bad_input",
    "reject_release": "not_permitted missing_input wrong_state",
    "ask_release_again": "not_permitted wrong_state",
    "revoke_release": "not_permitted not_found missing_input wrong_state",
    "release_batch": "not_permitted not_found bad_input ineligible",
    "release_batch_sent": "not_found missing_input wrong_state",
    "cancel_release_batch": "not_found missing_input wrong_state",
    "acknowledge_release_batch": "not_permitted bad_input missing_input wrong_state",
    "request_releases": "not_permitted missing_input bad_input",
    "next_step": "not_permitted not_found",
    "keep_card": "not_permitted not_found missing_input bad_input conflict",
    "review_card": "not_permitted not_found wrong_state",
    "show_card": "not_permitted not_found",
    "card": "not_permitted not_found bad_input",
    "cards": "not_permitted",
    "load_catalogue": "not_permitted bad_input missing_input unknown_item",
    "post_notice": "not_permitted bad_input missing_input conflict",
    "withdraw_notice": "not_permitted not_found missing_input wrong_state",
    "read_notice": "not_permitted not_found wrong_state",
    "notices": "not_permitted",
    "notice_readers": "not_permitted not_found",
}
"""Step by step, what it is refused with; a step that is new joins with its own."""


ALWAYS = {"sign_out"}
"""Whoever is there may leave."""


def kinds_of_refusal(base: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """Give a refusal and everything that is made from it."""
    yield base
    for kind in base.__subclasses__():
        yield from kinds_of_refusal(kind)


def shown() -> dict[str, set[str]]:
    """Return the codes that the scenarios expect, by step."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in FILES:
        for line in path.read_text(encoding="utf-8").splitlines():
            step = json.loads(line) if line.startswith("{") else {}
            if "expect_error" in step:
                found[step["do"]].add(step["expect_error"])
    return found


SHOWN = shown()


def test_every_code_of_a_refusal_is_expected_in_a_scenario() -> None:
    codes = {kind.code for kind in kinds_of_refusal() if kind.__module__ == errors.__name__}
    anywhere = set().union(*SHOWN.values())
    assert codes - anywhere - WITHOUT_A_SCENARIO.keys() == set()
    assert anywhere <= codes
    assert not anywhere & WITHOUT_A_SCENARIO.keys()


@pytest.mark.parametrize("step", REFUSED)
def test_a_step_is_refused_in_every_way_that_it_can_be(step: str) -> None:
    assert set(REFUSED[step].split()) - SHOWN[step] == set()


def test_no_step_is_done_by_anybody_at_any_time() -> None:
    assert STEPS.keys() - SHOWN.keys() == ALWAYS
