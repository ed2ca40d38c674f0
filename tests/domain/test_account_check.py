"""A new account: nothing is left out silently, and the deposit follows from a rule."""

from __future__ import annotations

from itertools import product

import pytest

from csr_desk.domain.account_check import MUST, Item, State, Terms, ruling
from csr_desk.domain.errors import Ineligible

TERMS = Terms(7_500, 15_000, 12)
GOOD = dict.fromkeys(Item, State.MET)


@pytest.mark.parametrize(("states", "tenure", "months", "said"), [
    ({}, "tenant", 12, (True, True, 0, "good_standing")),
    ({}, "tenant", 11, (True, False, 15_000, "tenant")),
    ({}, "owner", 0, (True, False, 7_500, "owner")),
    ({Item.STANDING: State.NOT_MET}, "tenant", 24, (True, False, 15_000, "tenant")),
    ({Item.STANDING: State.SKIPPED}, "owner", 24, (True, False, 7_500, "owner")),
    ({Item.PRIOR_BALANCE: State.NOT_MET}, "owner", 24, (True, False, 7_500, "owes_here")),
    ({Item.PRIOR_BALANCE: State.SKIPPED}, "tenant", 24, (True, False, 15_000, "owes_here")),
    ({Item.IDENTITY: State.NOT_MET}, "owner", 24, (False, False, 0, "not_verified")),
    ({Item.ADDRESS: State.SKIPPED}, "owner", 24, (True, True, 0, "good_standing")),
])  # fmt: skip
def test_the_deposit_follows_from_what_was_found(
    states: dict[Item, State], tenure: str, months: int, said: tuple[bool, bool, int, str]
) -> None:
    found = ruling({**GOOD, **states}, tenure, months, TERMS)
    assert (found.verified, found.waived, found.deposit, found.rule) == said
    assert found.sentence.endswith(".")


@pytest.mark.parametrize("item", Item)
def test_nothing_is_left_out_silently(item: Item) -> None:
    for left in ({**GOOD, item: State.OPEN}, {one: state for one, state in GOOD.items() if one is not item}):
        with pytest.raises(Ineligible, match=item.value.replace("_", " ")):
            ruling(left, "owner", 24, TERMS)


def test_whatever_was_found_a_waived_deposit_is_nothing_and_a_charged_one_is_the_citys() -> None:
    for states in product((State.MET, State.NOT_MET, State.SKIPPED), repeat=len(Item)):
        found = ruling(dict(zip(Item, states, strict=True)), "owner", 24, TERMS)
        must = all(state is not State.NOT_MET for item, state in zip(Item, states, strict=True) if item in MUST)
        assert found.verified == must
        assert found.deposit == (7_500 if found.verified and not found.waived else 0)
