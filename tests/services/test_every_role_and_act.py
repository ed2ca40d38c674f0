"""Every role × every act, asserted where the acts are done; the document that tells of it is never stale."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import pkgutil
from pathlib import Path
from types import ModuleType

import pytest

from csr_desk import services
from csr_desk.domain.errors import ApprovalNeeded, NotPermitted, Refusal, SelfApproval
from csr_desk.domain.people import PERMISSIONS, Act, Actor, Role
from demo_city import City
from services.role_trials import FOR_ONESELF, TRIALS, World

ROLES = dict(zip(["CL", "CA", "HC", "SU", "AC", "AU", "AD", "RE"], Role, strict=True))

MATRIX = """
                  CL CA HC SU AC AU AD RE
quote              x  x  x  x  x  x  .  x
sell               x  x  .  .  .  .  .  .
open_drawer        x  x  .  .  .  .  .  .
drop               x  x  .  .  .  .  .  .
count              x  x  .  .  .  .  .  .
no_sale            x  x  .  .  .  .  .  .
reprint            x  x  x  x  .  .  .  .
void               x  x  .  .  .  .  .  .
refund             x  x  .  .  .  .  .  .
correct_tender     x  x  .  .  .  .  .  .
override_price     x  x  .  .  .  .  .  .
approve            .  .  .  x  .  .  .  .
witness            .  .  x  x  .  .  .  .
accept_batch       .  .  .  x  .  .  .  x
reject_batch       .  .  .  x  .  .  .  x
reopen_batch       .  .  .  x  .  .  .  .
see_expected       .  .  x  x  x  x  .  x
prepare_deposit    x  x  x  .  .  .  .  .
confirm_deposit    .  .  .  .  x  .  .  .
close_day          .  .  .  x  .  .  .  x
return_item        .  .  .  .  x  .  .  .
see_reports        .  .  x  x  x  x  .  x
export_journal     .  .  .  .  x  .  .  .
verify_ledger      .  .  .  x  x  x  x  .
set_policy         .  .  .  .  .  .  x  .
load_catalogue     .  .  .  .  .  .  x  .
manage_staff       .  .  .  .  .  .  x  .
edit_accounts      x  x  .  .  .  .  .  .
waive_fee          x  x  .  .  .  .  .  .
take_listed_check  x  x  .  .  .  .  .  .
reapply            x  x  .  .  .  .  .  .
change_order       x  x  .  .  .  .  .  .
report_suspect     x  x  .  .  .  .  .  .
hand_over          x  x  .  .  .  .  .  .
enter_paper        x  x  .  .  .  .  .  .
surprise_count     .  .  x  x  .  .  .  .
manage_books       .  .  .  x  .  .  .  .
manage_funds       .  .  .  .  x  .  .  .
list_checks        .  .  .  .  x  .  .  .
send_payables      .  .  .  .  x  .  .  .
record_training    .  .  .  x  .  .  .  x
review_deferred    .  .  .  .  .  .  .  x
see_journal        .  .  .  x  x  x  .  x
see_exceptions     .  .  .  x  x  x  .  x
make_evidence      .  .  .  .  x  x  .  .
see_customers      x  x  x  x  x  x  .  .
merge_customers    .  .  .  x  .  .  .  .
disclose           x  x  .  x  .  .  .  .
load_bills         .  .  .  .  x  .  .  .
charge_bills       .  .  .  .  x  .  .  .
request_adjustment x  x  .  .  .  .  .  .
decide_adjustment  .  .  .  x  x  .  .  .
reverse_adjustment .  .  .  .  x  .  .  .
reorder_payment    x  x  .  .  .  .  .  .
use_credit         x  x  .  .  .  .  .  .
collect            .  .  .  x  x  .  .  .
grant_extension    x  x  .  .  .  .  .  .
make_plan          x  x  .  .  .  .  .  .
place_hold         .  .  .  x  x  .  .  .
override_hold      x  x  .  .  .  .  .  .
end_guarantee      .  .  .  .  x  .  .  .
see_projects       x  x  x  x  x  x  .  .
keep_projects      x  x  .  x  .  .  .  .
prepare_order      x  x  .  x  .  .  .  .
keep_contractors   x  x  .  x  .  .  .  .
override_contractor x  x  .  .  .  .  .  .
amend_permit       x  x  .  .  .  .  .  .
move_permit_money  x  x  .  .  .  .  .  .
end_permit         .  .  .  x  .  .  .  .
set_permit_key     .  .  .  .  .  .  x  .
request_inspection x  x  .  x  .  .  .  .
record_inspection  x  x  .  x  .  .  .  .
keep_work_orders   x  x  .  x  .  .  .  .
request_release    x  x  .  x  .  .  .  .
manual_release     x  x  .  .  .  .  .  .
send_release_batch x  x  .  x  .  .  .  .
confirm_release    x  x  .  x  .  .  .  .
revoke_release     .  .  .  x  .  .  .  .
keep_companies     .  .  .  x  .  .  .  .
contact_company    x  x  .  x  .  .  .  .
verify_account     x  x  .  x  .  .  .  .
skip_verification  x  x  .  .  .  .  .  .
keep_outbox        x  x  .  x  .  .  .  .
see_requests       x  x  x  x  x  x  .  .
see_restricted     .  .  .  x  .  x  .  .
take_request       x  x  .  x  .  .  .  .
escalate_request   .  .  .  x  .  .  .  .
keep_request_types .  .  .  x  .  .  .  .
exchange_requests  .  .  .  x  .  .  .  .
see_cards          x  x  x  x  x  x  .  .
show_card          x  x  .  x  .  .  .  .
keep_cards         .  .  .  x  .  .  .  .
post_notice        .  .  .  x  .  .  .  .
read_notice        x  x  x  x  x  .  .  .
keep_forms         .  .  .  x  .  .  .  .
hand_form          x  x  .  x  .  .  .  .
keep_agencies      .  .  .  x  .  .  .  .
refer              x  x  .  x  .  .  .  .
serve_queue        x  x  .  x  .  .  .  .
call_supervisor    x  x  .  .  .  .  .  .
answer_call        .  .  .  x  .  .  .  .
back_up            .  .  .  x  x  .  x  .
restore_backup     .  .  .  .  .  .  x  .
seal_day           .  .  .  .  x  .  .  .
set_seal_key       .  .  .  .  .  .  x  .
"""
"""Clerk, cashier, head cashier, supervisor, accountant, auditor, administrator, outside reviewer: written by hand from
what a city separates (field table J3, control 2) and from who does what in the counter script; not read from the
program."""

OTHERWISE: dict[tuple[str, Role], str] = {
    # the holder of another drawer packs this bag; a clerk without a drawer in it may not
    ("deposits.contents", Role.CLERK): "not_permitted",
    ("deposits.contents", Role.CASHIER): "not_permitted",
    ("deposits.prepare_deposit", Role.CLERK): "not_permitted",
    ("deposits.prepare_deposit", Role.CASHIER): "not_permitted",
    # the batch went back to its holder (rejected, then reopened): it is counted before it is accepted
    ("balancing.accept_batch", Role.SUPERVISOR): "ineligible",
    ("balancing.accept_batch", Role.REVIEWER): "counting",
    # the policy names nobody who reviews from outside
    ("deferred.review", Role.REVIEWER): "not_permitted",
    # three drawers of the day are not accepted yet
    ("balancing.close_day", Role.SUPERVISOR): "ineligible",
    ("balancing.close_day", Role.REVIEWER): "ineligible",
    # no bill was paid more than it comes to
    ("account_credit.free_overpaid", Role.CLERK): "ineligible",
    ("account_credit.free_overpaid", Role.CASHIER): "ineligible",
}
"""Cells that are allowed by role and refused in this world for another reason, by its code."""


def expected() -> dict[Act, frozenset[Role]]:
    """Read the matrix."""
    head, *rows = MATRIX.strip().splitlines()
    columns = [ROLES[short] for short in head.split()]
    found = {}
    for row in rows:
        name, *marks = row.split()
        assert len(marks) == len(columns), row
        found[Act(name)] = frozenset(role for role, mark in zip(columns, marks, strict=True) if mark == "x")
    return found


def somebody(city: City, role: Role) -> Actor:
    """Return a person of a role; the demo city has no head cashier, so a supervisor stands in by name."""
    users = {
        Role.CLERK: "clerk5",
        Role.CASHIER: "cashier1",
        Role.SUPERVISOR: "supervisor1",
        Role.ACCOUNTANT: "accountant1",
        Role.AUDITOR: "auditor1",
        Role.ADMINISTRATOR: "admin1",
    }
    if role in users:
        return city.who(users[role])
    return Actor("supervisor1", "Robert Hayes", role.value.replace("_", " ").capitalize(), role)


def test_the_table_of_the_program_is_the_one_that_was_thought_out() -> None:
    matrix = expected()
    assert set(matrix) == set(Act)
    assert {act: {role for role in Role if act in PERMISSIONS[role]} for act in Act} == matrix


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_a_role_does_what_is_its_own_and_is_refused_everything_else(city: City, role: Role) -> None:
    world = World.of(city, somebody(city, role))
    allowed = {name: role in expected()[act] for name, (act, _) in TRIALS.items()}
    before = world.entries
    refused = {name: outcome_of(world, name) for name, may in allowed.items() if not may}
    assert refused == dict.fromkeys(refused, "refused by role")
    assert world.entries == before
    done = {name: outcome_of(world, name) for name, may in allowed.items() if may}
    assert done == {name: OTHERWISE.get((name, role), "done") for name in done}


def outcome_of(world: World, name: str) -> str:
    """Try one function; say how it went."""
    _, trial = TRIALS[name]
    who = world.actor
    try:
        trial(world)
    except NotPermitted as refusal:
        by_role = refusal.message.startswith(f"{who.name} ({who.title}) may not ")
        return "refused by role" if by_role else refusal.code
    except Refusal as refusal:
        return refusal.code
    return "done"


def test_every_act_is_tried_by_a_function() -> None:
    tried = {act for act, _ in TRIALS.values()}
    assert set(Act) == tried


def test_every_service_function_that_acts_for_a_person_is_tried() -> None:
    found = set()
    for module in pkgutil.walk_packages(services.__path__, "csr_desk.services."):
        if module.name.rsplit(".", 1)[-1].startswith("replay"):
            continue  # the counter script goes through the same services
        for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            asked = [one.annotation for one in inspect.signature(function).parameters.values()][:2]
            public = function.__module__ == module.name and not name.startswith("_")
            if public and asked == ["Desk", "Actor"]:
                found.add(f"{module.name.rsplit('.', 1)[-1]}.{name}")
    assert found == {name.split(",")[0] for name in TRIALS} | FOR_ONESELF


def test_no_role_takes_money_and_also_approves_reconciles_or_administers() -> None:
    duties = {
        "receives": {Act.SELL, Act.OPEN_DRAWER, Act.DROP, Act.COUNT, Act.VOID, Act.REFUND},
        "approves": {Act.APPROVE, Act.ACCEPT_BATCH, Act.REJECT_BATCH, Act.REOPEN_BATCH, Act.CLOSE_DAY},
        "reconciles": {Act.CONFIRM_DEPOSIT, Act.RETURN_ITEM, Act.EXPORT_JOURNAL, Act.SEAL_DAY},
        "administers": {Act.SET_POLICY, Act.LOAD_CATALOGUE, Act.MANAGE_STAFF, Act.SET_SEAL_KEY},
    }
    for role in Role:
        held = [duty for duty, acts in duties.items() if acts & PERMISSIONS[role]]
        assert len(held) <= 1, f"{role.value} {' and '.join(held)}"


def test_an_auditor_and_an_administrator_touch_no_money() -> None:
    looking = {Act.QUOTE, Act.SEE_EXPECTED, Act.SEE_REPORTS, Act.VERIFY_LEDGER, Act.SEE_JOURNAL, Act.SEE_EXCEPTIONS}
    looking |= {Act.SEE_PROJECTS, Act.SEE_REQUESTS, Act.SEE_RESTRICTED, Act.SEE_CARDS}
    assert PERMISSIONS[Role.AUDITOR] == looking | {Act.MAKE_EVIDENCE, Act.SEE_CUSTOMERS}
    assert not PERMISSIONS[Role.ADMINISTRATOR] & {Act.QUOTE, Act.SELL, Act.SEE_REPORTS, Act.EXPORT_JOURNAL}


@pytest.mark.parametrize("act", [Act.VOID, Act.DROP, Act.PREPARE_DEPOSIT, Act.OVERRIDE_PRICE, Act.OPEN_DRAWER])
@pytest.mark.parametrize("role", list(Role), ids=str)
def test_only_who_approves_or_witnesses_can_say_yes(sqlite_city: City, role: Role, act: Act) -> None:
    needed = Act.WITNESS if act in {Act.DROP, Act.PREPARE_DEPOSIT} else Act.APPROVE
    approver, asker = somebody(sqlite_city, role), sqlite_city.who("clerk1")
    from csr_desk.services import staff  # noqa: PLC0415 - beside the package of all services

    yes = staff.approval_by(sqlite_city.desk, approver, act, "subject", 100)
    now = sqlite_city.desk.clock.now()
    if role in expected()[needed]:
        yes.check(asker, act, "subject", 100, now)
        with pytest.raises(ApprovalNeeded):
            yes.check(asker, act, "subject", 101, now)
        with pytest.raises(SelfApproval):
            yes.check(approver, act, "subject", 100, now)
    else:
        with pytest.raises(NotPermitted):
            yes.check(asker, act, "subject", 100, now)


@pytest.fixture
def roles_tool() -> ModuleType:
    """tools/roles.py, which is no part of a package."""
    path = Path(__file__).resolve().parents[2] / "tools" / "roles.py"
    spec = importlib.util.spec_from_file_location("roles", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_document_of_the_roles_says_what_the_program_does(roles_tool: ModuleType) -> None:
    written = roles_tool.DOCUMENT.read_text(encoding="utf-8")
    assert written == roles_tool.document(), "docs/roles.md is stale: run python tools/roles.py"


def test_the_document_shows_each_cell_of_the_matrix(roles_tool: ModuleType) -> None:
    rows = [line.split("|")[1:-1] for line in roles_tool.document().splitlines() if line.startswith("| `")]
    shown = {
        Act(row[0].strip(" `")): frozenset(role for role, cell in zip(Role, row[2:], strict=True) if cell.strip())
        for row in rows
    }
    assert shown == expected()
