"""Role × act × state as the document shows it: the roles are those of the permissions, and no cell leaves a trace."""

from __future__ import annotations

from csr_desk.domain.people import PERMISSIONS, Act, Role
from csr_desk.services.verification import verify_desk
from demo_city import City
from services.role_states import BESIDE_THE_TABLE, BY_ROLE, COLUMNS, DONE, STATES, DryDesk, outcome, tables
from services.state_trials import TRIALS, Case, Drawer

ROLES = {
    "clerk1": Role.CLERK, "clerk5": Role.CLERK, "cashier1": Role.CASHIER, "cashier2": Role.CASHIER,
    "head1": Role.HEAD_CASHIER, "supervisor1": Role.SUPERVISOR, "accountant1": Role.ACCOUNTANT,
    "auditor1": Role.AUDITOR, "admin1": Role.ADMINISTRATOR, "reviewer1": Role.REVIEWER,
}  # fmt: skip


def test_whoever_is_refused_by_role_is_so_in_every_state_and_nobody_else() -> None:
    for state, rows in tables().items():
        for act, cells in rows.items():
            refused = [cell == BY_ROLE for cell in cells]
            assert refused == [act not in PERMISSIONS[ROLES[one.user]] for one in COLUMNS], (state, act)


def test_the_table_has_every_state_and_each_act_but_those_with_scenarios_of_their_own() -> None:
    assert tuple(tables()) == STATES
    assert TRIALS.keys() | BESIDE_THE_TABLE == set(Act)


def test_every_act_is_done_by_somebody_in_some_state_but_the_review_in_an_office_with_supervisors() -> None:
    never = {act for act in TRIALS if not any(DONE in rows[act] for rows in tables().values())}
    assert never == {Act.REVIEW_DEFERRED}


def test_nobody_touches_money_of_a_drawer_that_is_not_theirs() -> None:
    others = [at for at, column in enumerate(COLUMNS) if "another" in column.head]
    drawer_acts = {Act.SELL, Act.DROP, Act.COUNT, Act.NO_SALE, Act.VOID, Act.REFUND, Act.CORRECT_TENDER}
    for rows in tables().values():
        for act in drawer_acts:
            assert DONE not in [rows[act][at] for at in others], act


def test_a_cell_leaves_nothing_behind(sqlite_city: City) -> None:
    city = sqlite_city
    batch = city.open()
    number = city.sell().number
    before = verify_desk(city.desk).checked
    drawer = Drawer("HPC-1", "clerk1", batch, number, number, 5000)
    for act in (Act.SELL, Act.VOID, Act.DROP, Act.NO_SALE):
        assert outcome(act, Case(DryDesk.of(city.desk), city.who("clerk1"), drawer)) == DONE
    assert verify_desk(city.desk).checked == before
