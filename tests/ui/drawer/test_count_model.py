"""The count as keyed, without Qt."""

from __future__ import annotations

import pytest

from csr_desk.domain.drawer import TapeCount
from csr_desk.domain.errors import BadInput
from csr_desk.domain.tender import TenderKind
from csr_desk.ui.pages.drawer.count_model import TAPED, CountDraft


def three_checks() -> CountDraft:
    draft = CountDraft()
    draft.list_checks([
        ("1042", "Leeland Electric LLC", "HPC3-0000901"),
        ("5571", "Álvarez M", "HPC3-0000907"),
        ("0318", "Third Ward Dev.", "HPC3-0000914"),
    ])  # fmt: skip
    return draft


def test_cash_is_not_among_the_tenders_counted_by_tape_and_checks_come_first() -> None:
    assert TAPED == (TenderKind.CHECK, TenderKind.MONEY_ORDER, TenderKind.CASHIERS_CHECK, TenderKind.CARD)


def test_amounts_read_off_the_ticked_checks_make_the_tape() -> None:
    draft = three_checks()
    for tick, amount in zip(draft.checks, ("9000", "203.11", "145.82"), strict=True):
        tick.ticked, tick.amount = True, amount
    # 90.00 + 203.11 + 145.82
    assert draft.check_tape() == TapeCount(3, 43893)


def test_a_check_not_ticked_does_not_count_even_with_an_amount_beside_it() -> None:
    draft = three_checks()
    draft.checks[0].ticked, draft.checks[0].amount = True, "90.00"
    draft.checks[1].amount = "203.11"
    assert draft.check_tape() == TapeCount(1, 9000)


def test_a_keyed_tape_wins_over_the_tick_list() -> None:
    draft = three_checks()
    draft.checks[0].ticked, draft.checks[0].amount = True, "90.00"
    draft.tapes[TenderKind.CHECK].items = "14"
    draft.tapes[TenderKind.CHECK].total = "370922"
    assert draft.check_tape() == TapeCount(14, 370922)


def test_ticks_survive_when_the_list_is_read_again() -> None:
    draft = three_checks()
    draft.checks[1].ticked, draft.checks[1].amount = True, "203.11"
    draft.list_checks([("5571", "Álvarez M", "HPC3-0000907"), ("77", "New", "HPC3-0000920")])
    assert draft.checks[0].ticked
    assert draft.checks[0].amount == "203.11"
    assert not draft.checks[1].ticked


def test_the_sheet_names_the_usual_tenders_and_drops_empty_denominations() -> None:
    draft = three_checks()
    draft.pieces = {10000: 2, 5000: 0, 25: 20}
    draft.tapes[TenderKind.CARD].items = "13"
    draft.tapes[TenderKind.CARD].total = "3,140.66"
    sheet = draft.sheet()
    assert sheet.cash == {10000: 2, 25: 20}
    assert sheet.others == {
        "check": TapeCount(0, 0),
        "money_order": TapeCount(0, 0),
        "card": TapeCount(13, 314066),
    }


def test_a_rare_tender_is_handed_in_when_it_was_counted_or_is_on_the_list() -> None:
    draft = CountDraft()
    assert "cashiers_check" not in draft.sheet().others
    draft.listed = frozenset({TenderKind.CASHIERS_CHECK})
    assert draft.sheet().others["cashiers_check"] == TapeCount(0, 0)
    draft.listed = frozenset()
    draft.tapes[TenderKind.CASHIERS_CHECK].items = "1"
    draft.tapes[TenderKind.CASHIERS_CHECK].total = "500"
    assert draft.sheet().others["cashiers_check"] == TapeCount(1, 500)


@pytest.mark.parametrize(
    ("items", "total", "field"),
    [
        ("two", "1.00", "card-items"),
        ("2", "1.0.0", "card-total"),
        ("", "1.00", "card-items"),
        ("1", "-5.00", "card-total"),
    ],
)
def test_what_cannot_be_read_names_its_field(items: str, total: str, field: str) -> None:
    draft = CountDraft()
    draft.tapes[TenderKind.CARD].items = items
    draft.tapes[TenderKind.CARD].total = total
    with pytest.raises(BadInput) as caught:
        draft.sheet()
    assert caught.value.field == field


def test_an_unreadable_amount_on_a_check_names_its_row() -> None:
    draft = three_checks()
    draft.checks[2].ticked, draft.checks[2].amount = True, "14x"
    with pytest.raises(BadInput) as caught:
        draft.sheet()
    assert caught.value.field == "check-amount-2"
