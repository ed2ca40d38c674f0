"""Which checks are taken, what is kept of their account, and what is written on their back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from csr_desk.domain.checks import (
    MASK,
    CheckFlag,
    foreign_routing,
    masked,
    plain_account,
    read_flags,
    recognizable,
    refuse_check,
)
from csr_desk.domain.endorsement import endorsement, endorsement_text
from csr_desk.domain.errors import BadInput, CheckRefused
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.tender import CHECK_LIKE, Tender, TenderKind
from documents import samples

TODAY = date(2026, 7, 14)
CHECK = Tender(TenderKind.CHECK, 5000, number="1")


def test_a_check_of_today_and_one_of_180_days_ago_are_taken() -> None:
    # 15 January to 14 July 2026: 16 + 28 + 31 + 30 + 31 + 30 + 14 = 180 days
    for day in (None, TODAY, date(2026, 1, 15)):
        refuse_check(replace(CHECK, check_date=day), TODAY, 180)


@pytest.mark.parametrize(
    ("day", "why"), [(date(2026, 7, 15), "after today"), (date(2026, 1, 14), "181 days old"), (date(1999, 1, 1), "old")]
)
def test_a_check_for_another_day_or_too_old_is_refused(day: date, why: str) -> None:
    with pytest.raises(CheckRefused, match=why) as refused:
        refuse_check(replace(CHECK, check_date=day), TODAY, 180)
    assert refused.value.field == "check_date"


@pytest.mark.parametrize("flag", list(CheckFlag))
@pytest.mark.parametrize("kind", sorted(CHECK_LIKE))
def test_what_a_clerk_sees_on_a_check_refuses_it(kind: TenderKind, flag: CheckFlag) -> None:
    with pytest.raises(CheckRefused):
        refuse_check(Tender(kind, 5000, number="1", flags=(flag.value,)), TODAY, 180)


def test_a_check_on_a_bank_of_no_district_is_refused() -> None:
    with pytest.raises(CheckRefused, match="foreign") as refused:
        refuse_check(replace(CHECK, routing="990000000"), TODAY, 180)
    assert refused.value.field == "routing"


def test_other_tenders_are_none_of_its_business() -> None:
    refuse_check(Tender(TenderKind.CASH, 5000, routing="12345678"), TODAY, 180)


@pytest.mark.parametrize(
    ("routing", "foreign"),
    [
        ("113000023", False),
        ("000000518", False),  # the Treasury of the United States
        ("321171184", False),  # a thrift of the twelfth district
        ("800000003", False),
        ("130000000", True),
        ("990000000", True),
        ("12345-678", True),
        ("12345678", True),
        ("1130000", False),
        ("", False),
    ],
)
def test_a_routing_number_of_no_district_is_foreign(routing: str, foreign: bool) -> None:
    assert foreign_routing(routing) is foreign


def test_flags_stand_once_and_in_one_order() -> None:
    assert read_flags(("altered", "two_party", "altered")) == ("two_party", "altered")
    with pytest.raises(BadInput):
        read_flags(("purple",))


def test_of_an_account_four_marks_at_most_are_shown_and_never_more_than_half() -> None:
    assert masked("4471900253") == f"{MASK}0253"
    assert masked("12345") == f"{MASK}45"
    assert masked("1") == MASK
    assert masked("") == ""
    assert masked(masked("12345")) == f"{MASK}45"


def test_an_account_is_the_same_however_it_is_written() -> None:
    assert plain_account("00-4471 900-253") == plain_account("4471900253") == "4471900253"


def test_only_a_whole_account_of_a_known_bank_is_recognized() -> None:
    assert recognizable("113000023", "4471900253")
    assert not recognizable("", "4471900253")
    assert not recognizable("113000023", "0253")
    assert not recognizable("113000023", f"{MASK}0253")


def test_the_back_of_each_check_names_office_department_receipt_and_date() -> None:
    receipt = samples.receipt()
    paper = endorsement(receipt, ("FOR DEPOSIT ONLY",))
    assert [(check.number, check.amount) for check in paper.checks] == [("1042", 9000)]
    words, office, *others = paper.checks[0].lines
    assert (words, office) == ("FOR DEPOSIT ONLY", receipt.office.name)
    assert others[-1] == f"{receipt.number} · {receipt.business_date.isoformat()}"


def test_one_department_alone_is_named_and_has_its_own_text() -> None:
    receipt = samples.receipt()
    one = replace(receipt, lines=tuple(replace(line, department="Treasury") for line in receipt.lines))
    lines = endorsement(one, ("FOR DEPOSIT ONLY", "treasury = PAY TO FIRST BANK")).checks[0].lines
    assert lines[0] == "PAY TO FIRST BANK"
    assert lines[2] == "Treasury"


def test_texts_of_other_departments_do_not_apply() -> None:
    texts = ("Health = A", "FOR THE CITY", "Permits = B")
    assert endorsement_text(texts, "Permits") == "B"
    assert endorsement_text(texts, "Parks") == endorsement_text(texts, "") == "FOR THE CITY"
    assert endorsement_text((), "Parks") == "FOR DEPOSIT ONLY"


def test_a_void_endorses_nothing() -> None:
    assert endorsement(replace(samples.receipt(), kind=EventKind.VOID), ()).checks == ()
