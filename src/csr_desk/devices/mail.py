"""Speaks to a mail server (SMTP, RFC 5321), and says exactly what is known of a message afterwards.

Before the text is handed over, any fault means that the server does not have the message. From then on until it answers
nobody knows: such a message is never tried again by itself.
"""

from __future__ import annotations

import json
import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from csr_desk import durable
from csr_desk.domain.errors import BadInput, Trouble
from csr_desk.domain.outbox import Envelope, Outcome, Verdict

SECONDS = 30
"""Waited for each answer; ten answers at the most, so a try ends well within ``domain.outbox.SENDING``."""
_DOT = re.compile(rb"^\.", re.MULTILINE)
_OK, _GO_ON = 250, 354
_REFUSED = 500
KEPT_IN = "mail-secret.json"
"""The file beside the station’s keys that has the password."""
_LARGEST = 4_000
_FAULTS = (OSError, smtplib.SMTPException, ValueError, OverflowError)
"""What Python raises over a connection; the last two over names, ports and letters that no server can have."""


@dataclass(frozen=True, slots=True)
class MailSecret:
    """Who this station is to the mail server; without a user it is not said."""

    user: str = ""
    password: str = ""


NO_SECRET = MailSecret()


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server as the office's settings name it."""

    host: str
    port: int
    security: str
    """``starttls``, ``tls`` or ``none``."""
    secret: MailSecret = NO_SECRET
    trust: ssl.SSLContext | None = None
    """Who is trusted to be that server; the computer's own list without it."""
    seconds: float = SECONDS

    def __call__(self, envelope: Envelope) -> Outcome:
        """Hand a message over and say what became of it; never raises."""
        try:
            connection = self._connect()
        except _FAULTS as fault:
            return _not_taken(fault)
        try:
            return _hand_over(connection, envelope)
        finally:
            _say_goodbye(connection)

    def _connect(self) -> smtplib.SMTP:
        trust = self.trust or ssl.create_default_context()
        if self.security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=self.seconds, context=trust)
        else:
            connection = smtplib.SMTP(self.host, self.port, timeout=self.seconds)
        try:
            connection.ehlo_or_helo_if_needed()
            if self.security == "starttls":
                connection.starttls(context=trust)
                connection.ehlo_or_helo_if_needed()
            if self.secret.user:
                connection.login(self.secret.user, self.secret.password)
        except BaseException:
            connection.close()
            raise
        return connection


def read_secret(folder: Path) -> MailSecret:
    """Return who this station is to the mail server, from the folder of its keys; raise Trouble for a broken file."""
    path = folder / KEPT_IN
    try:
        with path.open("rb") as file:
            data = json.loads(file.read(_LARGEST))
        return MailSecret(str(data["user"]), str(data["password"]))
    except FileNotFoundError:
        return NO_SECRET
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise Trouble(f"{path} cannot be read. Set the secret again: “csr-desk mail secret”.") from fault


def keep_secret(folder: Path, secret: MailSecret) -> Path:
    """Keep it where the keys are, readable to nobody else."""
    content = json.dumps({"user": secret.user, "password": secret.password}).encode()
    return durable.write_file(
        durable.make_folder(folder, durable.PRIVATE_FOLDER) / KEPT_IN, content, durable.PRIVATE_FILE
    )


def server_of(address: str, security: str, secret: MailSecret = NO_SECRET) -> MailServer:
    """Read a mail server as the settings write it (``host:port``); raise BadInput."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        raise BadInput("The mail server is written as host:port.", field="mail_server")
    return MailServer(host.strip("[]"), int(port), security, secret)


def _hand_over(connection: smtplib.SMTP, envelope: Envelope) -> Outcome:
    """Name sender and receiver, then hand the text over."""
    try:
        steps: tuple[Callable[[], tuple[int, bytes]], ...] = (
            lambda: connection.mail(envelope.sender),
            lambda: connection.rcpt(envelope.recipient),
            lambda: connection.docmd("DATA"),
        )
        for step, wanted in zip(steps, (_OK, _OK, _GO_ON), strict=True):
            code, words = step()
            if code != wanted and not (wanted == _OK and code == _OK + 1):
                return _answered(code, words)
    except _FAULTS as fault:
        return _not_taken(fault)
    try:
        connection.send(_DOT.sub(b"..", envelope.content).removesuffix(b"\r\n") + b"\r\n.\r\n")
        code, words = connection.getreply()
    except _FAULTS as fault:
        return Outcome(Verdict.UNKNOWN, f"The text was handed over, then: {str(fault) or type(fault).__name__}")
    return Outcome(Verdict.TAKEN, _said(code, words)) if code == _OK else _answered(code, words)


def _answered(code: int, words: bytes) -> Outcome:
    """Say what a server's no means: 5xx for ever, anything else for now."""
    return Outcome(Verdict.REFUSED if code >= _REFUSED else Verdict.LATER, _said(code, words))


def _said(code: int, words: bytes) -> str:
    return f"{code} {words.decode('utf-8', 'replace')}"


def _not_taken(fault: Exception) -> Outcome:
    """Say what a fault before the text means: it may go another time; a secret that is wrong is a person's matter."""
    if isinstance(fault, smtplib.SMTPResponseException):
        words = fault.smtp_error
        return Outcome(Verdict.LATER, _said(fault.smtp_code, words if isinstance(words, bytes) else words.encode()))
    return Outcome(Verdict.LATER, f"No connection to the mail server: {str(fault) or type(fault).__name__}")


def _say_goodbye(connection: smtplib.SMTP) -> None:
    try:
        connection.quit()
    except _FAULTS:
        connection.close()
