"""The mail device against a real server on loopback: what it says of a message is what is known of it."""

from __future__ import annotations

import socket
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from csr_desk.devices.mail import NO_SECRET, MailSecret, MailServer, keep_secret, read_secret, server_of
from csr_desk.domain.errors import BadInput, Trouble
from csr_desk.domain.outbox import Attached, Envelope, Message, Outcome, Verdict, mime
from mail_office import Postman, certificate, mail_server

QUEUED = datetime(2026, 7, 14, 13, tzinfo=UTC)
IDS = ("<M26-000001-7.abc@example.gov>", "counter@example.gov")


def envelope(body: str = "Good morning.\n.\n..two\n", to: str = "desk@gas.example.com") -> Envelope:
    """Write a message with a file, dots at the beginning of lines, and words that are not ASCII."""
    files = (Attached("Häuser.csv", "text/csv", b"a,b\r\n"),)
    message = Message("k", "batch", to, "Releases – José", body, files=files)
    return Envelope("M26-000001-7", IDS[1], to, mime(message, "M26-000001-7", IDS, QUEUED))


def sent(port: int, letter: Envelope, security: str = "none") -> Outcome:
    """Hand a message to the server on loopback."""
    return MailServer("127.0.0.1", port, security, seconds=5)(letter)


def test_a_message_arrives_as_it_was_written() -> None:
    postman = Postman()
    with mail_server(postman) as port:
        assert sent(port, envelope()) == Outcome(Verdict.TAKEN, "250 OK")
    (mail,) = postman.mails
    assert mail["Message-ID"] == IDS[0]
    assert mail["To"] == "desk@gas.example.com"
    text, file = (part for part in mail.walk() if not part.is_multipart())
    read = text.get_payload(decode=True)
    assert isinstance(read, bytes)
    assert read.replace(b"\r\n", b"\n") == b"Good morning.\n.\n..two\n"
    assert (file.get_filename(), file.get_payload(decode=True)) == ("Häuser.csv", b"a,b\r\n")


def test_it_is_the_same_message_at_every_try() -> None:
    assert envelope() == envelope()


@pytest.mark.parametrize(
    ("receiver", "text", "verdict"),
    [
        ("550 5.1.1 No such user", "", Verdict.REFUSED),
        ("450 Mailbox busy", "", Verdict.LATER),
        ("", "552 Too large", Verdict.REFUSED),
        ("", "451 Try later", Verdict.LATER),
        ("", "break", Verdict.UNKNOWN),
    ],
)
def test_what_the_server_says_is_what_is_known(receiver: str, text: str, verdict: Verdict) -> None:
    postman = Postman(to_receivers=[receiver] if receiver else [], to_texts=[text] if text else [])
    with mail_server(postman) as port:
        outcome = sent(port, envelope())
    assert outcome.verdict is verdict
    assert outcome.answer.startswith(receiver or text) or text == "break"
    assert len(postman.taken) == (text == "break")


def test_no_server_and_one_that_says_nothing_are_tried_later() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        assert MailServer("127.0.0.1", port, "none", seconds=0.2)(envelope()).verdict is Verdict.LATER
    assert sent(port, envelope()).verdict is Verdict.LATER


@pytest.mark.parametrize(
    ("host", "port"), [("localhost", 99_999), ("a" * 70 + ".example", 25), ("a..example", 25), ("\udcff", 25)]
)
def test_a_server_that_cannot_be_is_tried_later_and_never_taken_for_one_that_has_the_text(host: str, port: int) -> None:
    assert MailServer(host, port, "none", seconds=5)(envelope()).verdict is Verdict.LATER


def test_a_receiver_or_a_password_that_cannot_be_said_leaves_the_message_here() -> None:
    postman = Postman()
    with mail_server(postman) as port:
        assert sent(port, envelope(to="desk@peña.example")).verdict is Verdict.LATER
        server = MailServer("127.0.0.1", port, "none", MailSecret("counter", "contraseña\udcff"), seconds=5)
        assert server(envelope()).verdict is Verdict.LATER
    assert postman.mails == []


def test_nothing_is_said_to_a_server_that_nobody_vouches_for(tmp_path: Path) -> None:
    theirs, ours = certificate(tmp_path)
    postman = Postman()
    with mail_server(postman, starttls=theirs) as port:
        assert sent(port, envelope(), "starttls").verdict is Verdict.LATER
        assert postman.taken == []
        assert MailServer("127.0.0.1", port, "starttls", trust=ours)(envelope()).verdict is Verdict.TAKEN
    with mail_server(postman) as port:  # and never in clear where the settings ask for more
        assert sent(port, envelope(), "starttls").verdict is Verdict.LATER
    assert len(postman.taken) == 1


def test_the_station_says_who_it_is(tmp_path: Path) -> None:
    theirs, ours = certificate(tmp_path)
    postman = Postman()
    with mail_server(postman, starttls=theirs, auth=True) as port:
        right = MailServer("127.0.0.1", port, "starttls", MailSecret("counter", "right"), ours)
        wrong = MailServer("127.0.0.1", port, "starttls", MailSecret("counter", "wrong"), ours)
        assert right(envelope()).verdict is Verdict.TAKEN
        assert wrong(envelope()).answer.startswith("535")
    assert set(postman.signed_in) == {"counter"}


def test_the_secret_lies_with_the_keys(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    assert read_secret(folder) == NO_SECRET
    path = keep_secret(folder, MailSecret("counter", "right"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_secret(folder) == MailSecret("counter", "right")
    path.write_bytes(b"{")
    with pytest.raises(Trouble):
        read_secret(folder)


def test_a_server_is_read_as_the_settings_write_it() -> None:
    assert server_of("mail.example.gov:587", "tls") == MailServer("mail.example.gov", 587, "tls")
    assert server_of("[::1]:25", "none").host == "::1"
    with pytest.raises(BadInput):
        server_of("mail.example.gov", "tls")
