"""What a new catalogue changes is posted by itself; whoever sells reads what is in force before the first sale."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from csr_desk.domain.announcement import Notice
from csr_desk.domain.cards import CardText
from csr_desk.domain.cart_lines import CartLine
from csr_desk.domain.errors import NoticesUnread
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import announcements, cards, catalogue, catalogue_changes, sell
from csr_desk.services.catalogue_exchange import export_catalogue, import_catalogue
from csr_desk.services.verification import verify_desk
from demo_city import City

TODAY, TOMORROW = date(2026, 7, 14), date(2026, 7, 15)
Cells = dict[str, str]


def other(city: City, folder: Path, change: Callable[[str, Cells], Cells | None], label: str = "FY 2027") -> Path:
    """Write the catalogue in force with other rows: each row is handed on changed, or left out."""
    export_catalogue(replace(city.desk.catalogue, label=label), folder)
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows = [change(path.stem, row) for row in reader]
            names = list(reader.fieldnames or ())
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            writer.writerows(row for row in rows if row is not None)
    return folder


def dearer(sheet: str, row: Cells) -> Cells:
    """The residential alarm permit costs five dollars more, and with that an administrative fee as well."""
    return {**row, "amount": "55.00"} if row.get("item") == "ALM-RES" and sheet == "price_steps" else row


def load(city: City, folder: Path) -> None:
    """Take a catalogue over."""
    catalogue.load_release(city.desk, city.who("admin1"), catalogue.LoadRelease(city.key(), folder))


def posted(city: City) -> tuple[Notice, ...]:
    """What hangs on the board."""
    return announcements.board(city.desk, city.who("clerk1")).notices


def post(city: City, day: date = TODAY, *, must_read: bool = True) -> str:
    """Post a notice; its number."""
    command = announcements.PostNotice(city.key(), "New hours", "We close at five.", day, must_read=must_read)
    return announcements.post_notice(city.desk, city.who("supervisor1"), command).value.number


def acknowledge(city: City, number: str, user: str = "clerk1") -> None:
    """Somebody reads a notice."""
    announcements.read_notice(city.desk, city.who(user), announcements.ReadNotice(city.key(), number))


def test_a_new_price_is_announced_with_what_it_was_and_the_cards_that_show_it(city: City, tmp_path: Path) -> None:
    text = CardText("en", "What is an alarm permit?", "A yearly permit.")
    card = cards.keep_card(
        city.desk, city.who("supervisor1"), cards.KeepCard("card", "Alarms", (text,), item="ALM-RES")
    ).value
    load(city, other(city, tmp_path, dearer))
    (notice,) = posted(city)
    assert notice.title == "New fee schedule: FY 2027"
    assert (
        notice.body == "Residential burglar alarm permit (ALM-RES): 50.00 becomes 88.56 with its fees from 07/14/2026."
    )
    assert (notice.items, notice.cards, notice.must_read) == (("ALM-RES",), (card.number,), True)
    assert (notice.effective_on, notice.release_id) == (TODAY, city.desk.catalogue.content_hash)
    assert verify_desk(city.desk).first_fault is None


def test_a_catalogue_that_changes_no_item_announces_nothing(city: City, tmp_path: Path) -> None:
    load(city, other(city, tmp_path, lambda _sheet, row: row))
    assert city.desk.catalogue.label == "FY 2027"
    assert posted(city) == ()


def test_the_same_load_again_announces_once(city: City, tmp_path: Path) -> None:
    folder = other(city, tmp_path, dearer)
    command = catalogue.LoadRelease("once", folder)
    assert not catalogue.load_release(city.desk, city.who("admin1"), command).replayed
    assert catalogue.load_release(city.desk, city.who("admin1"), command).replayed
    assert len(posted(city)) == 1


def test_a_notice_takes_effect_when_the_first_new_price_does(city: City, tmp_path: Path) -> None:
    def later(sheet: str, row: Cells) -> Cells:
        if row.get("item") == "ELE-RECON" and sheet != "items":
            assert row["effective_from"] == "2026-01-01"
            return {**row, "effective_from": "2026-09-01"}
        return row

    old, new = city.desk.catalogue, import_catalogue(other(city, tmp_path, later))
    found = catalogue_changes.changed_by(old, new, TODAY)
    assert found is not None
    assert found.effective_on == TODAY  # until September it is not sold at all any more
    assert "ELE-RECON: The price from 2026-01-01 is removed." in found.words
    item = new.items["ELE-RECON"]
    ended = replace(old.items["ELE-RECON"].versions[0], effective_to=date(2026, 8, 31))
    both = replace(new, items={**new.items, "ELE-RECON": replace(item, versions=(ended, *item.versions))})
    found = catalogue_changes.changed_by(old, both, TODAY)
    assert found is not None
    assert found.effective_on == date(2026, 9, 1)  # that the old price ends then is no change of its own


def test_many_changes_are_told_in_a_dozen_sentences(city: City, tmp_path: Path) -> None:
    def renamed(sheet: str, row: Cells) -> Cells:
        return {**row, "name": row["name"] + " (new)"} if sheet == "items" else row

    load(city, other(city, tmp_path, renamed))
    (notice,) = posted(city)
    lines = notice.body.split("\n")
    assert len(lines) == catalogue_changes.MOST_SENTENCES + 1
    assert lines[-1] == f"… and {len(notice.items) - catalogue_changes.MOST_SENTENCES} more."


def test_the_first_sale_of_the_day_is_refused_until_the_notice_is_read(city: City) -> None:
    city.open()
    first, second = post(city), post(city)
    with pytest.raises(NoticesUnread, match="“New hours” and 1 more") as refused:
        city.sell()
    assert refused.value.field == first
    acknowledge(city, first)
    with pytest.raises(NoticesUnread, match="“New hours” before"):
        city.sell()
    acknowledge(city, second)
    assert city.sell().collected == 5000


def test_what_is_posted_after_the_first_sale_waits_for_the_next_day(city: City) -> None:
    city.open()
    city.sell()
    number = post(city)
    city.sell()
    city.desk.sold.clear()  # at another station, or after the window was closed
    city.sell()
    city.desk.sold["clerk1"] = date(2026, 7, 13)  # what was sold on another day excuses nobody from asking
    city.sell()
    assert announcements.unread(city.desk, city.who("clerk1"))[0].number == number


@pytest.mark.parametrize("why", ["later", "optional", "withdrawn", "read before", "of all years"])
def test_nobody_is_stopped_by_what_need_not_be_read(city: City, why: str) -> None:
    city.open()
    days = {"later": TOMORROW, "of all years": TODAY - timedelta(days=366)}
    number = post(city, days.get(why, TODAY), must_read=why != "optional")
    if why == "withdrawn":
        command = announcements.WithdrawNotice(city.key(), number, "It was wrong")
        announcements.withdraw_notice(city.desk, city.who("supervisor1"), command)
    if why == "read before":
        acknowledge(city, number)
    assert city.sell().collected == 5000


def test_one_clerk_reads_for_nobody_else(city: City) -> None:
    city.open()
    acknowledge(city, post(city), "clerk2")
    with pytest.raises(NoticesUnread):
        city.sell()


def test_a_sale_that_is_sent_again_is_told_what_became_of_it(city: City) -> None:
    """The notice came after it; nothing is sold anew, so nothing is refused."""
    city.open()
    cash = (Tender(TenderKind.CASH),)
    command = sell.CompleteSale("the sale", None, (CartLine("ALM-RES"),), cash, demo_inputs=True)
    sold: Receipt = sell.complete_sale(city.desk, city.who("clerk1"), command).value
    post(city)
    city.at("2026-07-15T09:00")
    again = sell.complete_sale(city.desk, city.who("clerk1"), command)
    assert again.replayed
    assert again.value.number == sold.number
