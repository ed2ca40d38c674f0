"""What of a bill is open, item by item: adjustments taken off, payments noted, each account closed to the cent."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from csr_desk.domain.distribution import Share
from csr_desk.domain.receivable.application import Part, credited, to_credit_of
from csr_desk.domain.receivable.items import REST, OpenItem, expanded, netted, with_paid
from csr_desk.domain.receivable.scan_line import COUPON, fitted, is_scan_line, with_check_digit

WATER, SEWER, FUND = Share("2301", "1", "434505"), Share("2301", "2", "434510"), Share("1000", "1", "426010")


def item(n: int, *parts: tuple[Share, int], priority: int = 100) -> OpenItem:
    return OpenItem("B-1", n, f"Item {n}", priority, parts)


def test_what_is_below_zero_comes_off_its_own_account_first_and_the_last_to_be_paid_in_front() -> None:
    # 25.00 off the sewer: 20.00 from item 2 (paid last), 5.00 from item 1; 10.00 of another fund from whatever is last
    items = [
        item(1, (WATER, 6000), (SEWER, 1000)),
        item(2, (SEWER, 2000), priority=200),
        item(3, (SEWER, -2500)),
        item(4, (FUND, -1000)),
    ]
    first, second = netted(items)
    assert first.targets == ((WATER, 5000), (SEWER, 500))
    assert second.targets == ((SEWER, 0),)
    assert [one.amount for one in netted([item(1, (WATER, 500)), item(2, (WATER, -900))])] == [0]


def test_what_no_entry_says_is_taken_in_the_set_order() -> None:
    items = [item(1, (WATER, 6000)), item(2, (SEWER, 3000), priority=10)]
    water, sewer = with_paid(items, [{1: (500,)}], 4000)
    assert (sewer.paid, water.paid) == (3000, 1500)
    assert (sewer.open, water.open) == (0, 4500)
    assert [one.booked for one in with_paid(items, [{1: (500,)}, {1: (-500,)}], 0)] == [(), ()]


def test_an_item_that_was_lowered_under_what_is_paid_has_nothing_open() -> None:
    assert replace(item(1, (WATER, 1000)), booked=(1500,)).open == 0


def test_a_bill_as_a_whole_is_spread_over_its_items_and_too_much_stays_on_the_last() -> None:
    items = [item(1, (WATER, 600)), item(2, (SEWER, 300), priority=10)]
    assert expanded(items, "B-1", 500) == (Part("B-1", 2, 300), Part("B-1", 1, 200))
    assert expanded(items, "B-1", 300) == (Part("B-1", 2, 300),)
    assert expanded(items, "B-1", 901) == (Part("B-1", 2, 300), Part("B-1", 1, 601))
    assert expanded(items, "B-2", 5) == (Part("B-2", REST, 5),)


def test_no_payment_takes_a_cent_out_of_an_account() -> None:
    fees = [Share("1", "1", str(n)) for n in range(3)]
    one = item(1, *zip(fees, (6, 6, 2), strict=True))
    first = one.take(10)
    second = replace(one, booked=first).take(1)
    assert (first, sum(second), min(second)) == ((4, 4, 2), 1, 0)
    last = replace(one, booked=tuple(map(sum, zip(first, second, strict=True)))).take(3)
    assert tuple(map(sum, zip(first, second, last, strict=True))) == (6, 6, 2)


cents = st.integers(1, 50_000)


@settings(deadline=None)
@given(st.lists(cents, min_size=1, max_size=4), st.lists(st.tuples(cents, st.booleans()), max_size=6))
@example([1, 715, 30_917], [(1, False), (1, False), (19_675, False), (1_279, False)])
def test_whatever_is_paid_and_taken_back_the_last_payment_closes_every_account(
    targets: list[int], acts: list[tuple[int, bool]]
) -> None:
    shares = [Share("1", "1", str(n)) for n in range(len(targets))]
    one = item(1, *zip(shares, targets, strict=True))
    standing: list[tuple[int, ...]] = []
    for amount, back in acts:
        if back and standing:
            standing.pop(0)
        elif one.open:
            standing.append(one.take(min(amount, one.open)))
        (one,) = with_paid([replace(one, booked=())], [{1: parts} for parts in standing], 0)
    if one.open:
        standing.append(one.take(one.open))
    assert [sum(column) for column in zip(*standing, strict=True)] == targets
    assert all(part >= 0 for parts in standing for part in parts)


def test_a_line_of_credit_names_its_account() -> None:
    assert credited(to_credit_of("0041-2277-9")) == "0041-2277-9"
    assert credited("W-2606") == ""


def test_figures_are_written_the_way_the_city_writes_its_numbers() -> None:
    assert fitted("00004122779", "0052-1000-4") == "0041-2277-9"
    assert fitted("004122779", "0052-1000-4") == "0041-2277-9"
    assert fitted("00004122779", "1234567") == "4122779"
    assert fitted("10004122779", "0052-1000-4") == ""  # more figures than such a number has, and not only noughts
    assert fitted("4122779", "0052-1000-4") == ""
    assert fitted("004122779", "C-100-20-3") == ""
    assert fitted("", "") == ""
    assert fitted("12a", "123") == ""


def test_a_scan_line_is_told_by_its_length_and_its_figures() -> None:
    line = with_check_digit(COUPON, {"account": 1})
    assert is_scan_line(line)
    assert is_scan_line(f" {line[:20]} {line[20:]} ")
    assert not is_scan_line(line[:-1])
    assert not is_scan_line("x" + line[1:])
