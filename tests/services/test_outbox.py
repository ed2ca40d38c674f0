"""A message belongs to the act that it tells of, and the ledger tells every step of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from csr_desk.data.models import attachment, outbox
from csr_desk.data.queries import told
from csr_desk.domain.errors import BadInput, Conflict, MissingInput, Refusal
from csr_desk.domain.outbox import Attached, Message
from csr_desk.services import outbox as box
from csr_desk.services.verification import verify_url
from demo_city import City

NEWS = Message(
    "act-mail", "permit_reminder", "owner@example.com", "Permit P26-000001-8 ends soon",
    "Your permit ends on 2026-08-01.\nRenew it at the counter.", "permit:P26-000001-8",
    files=(Attached("permit.pdf", "application/pdf", b"%PDF-1.4 one"), Attached("list.csv", "text/csv", b"a,b\r\n")),
)  # fmt: skip


def queued(city: City, message: Message = NEWS) -> str:
    """Queue a message in an act of its own; return its number."""
    with city.desk.begin() as work:
        work.lock_series(city.desk.office_series)
        return box.queue(work, city.desk, city.who("clerk1"), message)


def test_a_message_is_queued_with_its_files_and_verify_rebuilds_it(city: City) -> None:
    city.at("2026-07-14T09:00")
    number = queued(city)
    assert number.startswith("M26-000001-")
    assert queued(city, replace(NEWS, key="other", files=())).startswith("M26-000002-")
    with city.desk.read() as work:
        row = told.record(work.conn, outbox, number)
        file = told.record(work.conn, attachment, f"{number}/2")
    assert row is not None
    assert file is not None
    assert (row["state"], row["attempts"], row["recipient"]) == ("queued", 0, "owner@example.com")
    assert (file["file_name"], file["content"], file["subject"]) == ("list.csv", b"a,b\r\n", f"message:{number}")
    city.desk.close()
    assert verify_url(city.url).ok


def test_nothing_is_queued_where_the_act_is_not_recorded(sqlite_city: City) -> None:
    def act() -> None:
        with sqlite_city.desk.begin() as work:
            work.lock_series(sqlite_city.desk.office_series)
            box.queue(work, sqlite_city.desk, sqlite_city.who("clerk1"), NEWS)
            raise Conflict

    with pytest.raises(Conflict):
        act()
    assert queued(sqlite_city).startswith("M26-000001-")  # neither the message nor its number was used


def test_one_key_queues_one_message(sqlite_city: City) -> None:
    queued(sqlite_city)
    with pytest.raises(Conflict):
        queued(sqlite_city)


@pytest.mark.parametrize(
    ("message", "refusal"),
    [
        (replace(NEWS, recipient=""), MissingInput),
        (replace(NEWS, recipient="a@example.com, b@example.com"), BadInput),
        (replace(NEWS, recipient="a@example.com\r\nBcc: b@example.com"), BadInput),
        (replace(NEWS, recipient="a@localhost"), BadInput),
        (replace(NEWS, title="Hello\r\nBcc: b@example.com"), BadInput),
        (replace(NEWS, title=" "), MissingInput),
        (replace(NEWS, body=""), MissingInput),
        (replace(NEWS, files=(Attached("../x", "text/csv", b"a"),)), BadInput),
        (replace(NEWS, files=(Attached("x.csv", "text/csv", b""),)), BadInput),
        (replace(NEWS, files=(Attached("x.csv", "text/csv", b"a"),) * 11), BadInput),
        (replace(NEWS, files=(Attached("x.csv", "text/csv", b"a" * 11_000_000),)), BadInput),
    ],
)
def test_what_no_mail_should_carry_is_refused(sqlite_city: City, message: Message, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        queued(sqlite_city, message)
