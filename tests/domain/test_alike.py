"""Two people who may be one: asked about when name and something else agree, never for a name that is only near."""

from __future__ import annotations

import pytest

from csr_desk.domain.alike import SAME_NAME, SURE, names_alike, why_alike
from csr_desk.domain.customers import CustomerForm

MARIA = CustomerForm("ÁLVAREZ, María", address="4107 Leeland St Apt B", phone="(713) 555-0142", email="m@example.org")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ÁLVAREZ, María", "maria alvarez"), ("Maria G Alvarez", "Maria Alvarez"),
        ("Alvarez Electric LLC", "alvarez electric"),
        ("M Alvarez", "Maria Alvarez"), ("O’Brien, Pat", "Pat OBrien"),
    ],
)  # fmt: skip
def test_the_same_name_in_another_order_or_with_more_to_it_is_the_same(one: str, other: str) -> None:
    assert names_alike(one, other) >= SURE
    assert names_alike(one, other) == names_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Maria Alvares", "María Álvarez"), ("Jon Smyth", "John Smith"), ("Mario Alvarez", "Maria Alvarez")],
)  # fmt: skip
def test_a_misspelt_name_is_nearly_the_same(one: str, other: str) -> None:
    assert SAME_NAME <= names_alike(one, other) < SURE


@pytest.mark.parametrize(
    ("one", "other"),
    [("Nguyen Van An", "Nguyen Thi Lan"), ("Smith", "Smith Brothers Plumbing"), ("Rosa", ""), ("X Y", "Zoe Q")],
)  # fmt: skip
def test_other_people_are_others(one: str, other: str) -> None:
    assert names_alike(one, other) < SAME_NAME


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (CustomerForm("Maria Alvarez"), ("the same name",)),
        (CustomerForm("Maria Alvares", phone="713-555-0142"), ("nearly the same name", "the same telephone")),
        (CustomerForm("Mario Alvarez", address="4107 leeland street #b"), ("nearly the same name", "the same address")),
        (CustomerForm("Rosa Ruiz", phone="713 555 0142"), ("the same telephone",)),
        (CustomerForm("Rosa Ruiz", email="M@example.org"), ("the same e-mail",)),
        (CustomerForm("Rosa Ruiz", address="4107 Leeland St Apt B"), ()),
        (CustomerForm("Mario Alvarez"), ()),
        (CustomerForm("Rosa Ruiz", phone="ask"), ()),
    ],
)
def test_a_near_name_needs_something_else_and_an_address_is_shared_by_many(
    new: CustomerForm, why: tuple[str, ...]
) -> None:
    assert why_alike(new, MARIA) == why
