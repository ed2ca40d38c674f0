"""The role-conflict report: roles that join duties, people on both sides of one."""

from __future__ import annotations

from csr_desk.domain.duties import ACTS, Deed, Duty, duty_of, grave, held, pairs, people_conflicts, role_conflicts
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.people import PERMISSIONS, Act, Role


def deed(user: str, kind: EventKind, batch: str = "B", *, signed: bool = False) -> Deed:
    """Something that somebody did once."""
    return Deed(user, kind, signed, batch, 1, "HPC-1/1")


def test_the_roles_of_the_program_join_no_duties_but_those_of_one_desk() -> None:
    assert role_conflicts(PERMISSIONS) == ()
    joined = {role: pairs(held(may)) for role, may in PERMISSIONS.items() if len(held(may)) > 1}
    assert joined == {
        Role.SUPERVISOR: ((Duty.VOIDS, Duty.RECEIVABLES), (Duty.VOIDS, Duty.BATCH), (Duty.RECEIVABLES, Duty.BATCH)),
        Role.ACCOUNTANT: ((Duty.RECEIVABLES, Duty.BANK),),
    }


def test_all_of_the_fifteen_pairs_are_grave_but_four() -> None:
    # six duties make 6 x 5 / 2 = 15 pairs
    assert len(pairs(Duty)) == 15
    assert [pair for pair in pairs(Duty) if not grave(*pair)] == [
        (Duty.VOIDS, Duty.RECEIVABLES),
        (Duty.VOIDS, Duty.BATCH),
        (Duty.RECEIVABLES, Duty.BATCH),
        (Duty.RECEIVABLES, Duty.BANK),
    ]
    assert len({duty.words for duty in Duty}) == 6


def test_a_role_that_takes_money_and_approves_is_told() -> None:
    planted = {**PERMISSIONS, Role.CLERK: PERMISSIONS[Role.CLERK] | {Act.APPROVE, Act.SET_POLICY}}
    (found,) = role_conflicts(planted)
    assert (found.who, found.duties) == ("clerk", (Duty.CASH, Duty.VOIDS, Duty.USERS))
    assert set(ACTS) == set(Duty)


def test_custodian_and_approver_of_one_batch_stand_before_those_of_a_period() -> None:
    found = people_conflicts([
        deed("anna", EventKind.SALE), deed("anna", EventKind.VOID, signed=True),
        deed("bert", EventKind.SALE, "B1"), deed("bert", EventKind.BATCH_ACCEPTED, "B2"),
        deed("carl", EventKind.SALE), deed("dora", EventKind.BATCH_ACCEPTED), deed("dora", EventKind.VOID, signed=True),
    ])  # fmt: skip
    assert [(one.who, one.same_batch, one.duties) for one in found] == [
        ("anna", "B", (Duty.CASH, Duty.VOIDS)),
        ("anna", "", (Duty.CASH, Duty.VOIDS)),
        ("bert", "", (Duty.CASH, Duty.BATCH)),
    ]
    assert [(one.kind, one.signed) for one in found[0].deeds] == [(EventKind.SALE, False), (EventKind.VOID, True)]


def test_an_approver_who_reconciles_and_an_administrator_who_posts_are_told() -> None:
    found = people_conflicts([
        deed("anna", EventKind.DAY_CLOSED, ""), deed("anna", EventKind.DEPOSIT_CONFIRMED, ""),
        deed("bert", EventKind.POLICY_SET, ""), deed("bert", EventKind.SALE),
    ])  # fmt: skip
    assert [(one.who, one.duties) for one in found] == [
        ("anna", (Duty.BATCH, Duty.BANK)),
        ("bert", (Duty.CASH, Duty.USERS)),
    ]


def test_signing_in_witnessing_and_taking_over_a_drawer_are_no_duty_of_approval() -> None:
    assert duty_of(deed("anna", EventKind.SIGNED_IN)) is None
    for kind in (EventKind.CUSTODY_HANDED, EventKind.DROP, EventKind.DEPOSIT_PREPARED):
        assert duty_of(deed("anna", kind, signed=True)) is None
    assert people_conflicts([deed("anna", EventKind.SALE), deed("anna", EventKind.CUSTODY_HANDED, signed=True)]) == ()
