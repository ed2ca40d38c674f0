"""A real mail server on loopback for tests: it takes, refuses, delays and breaks off as it is told."""

from __future__ import annotations

import socket
import ssl
from asyncio import WriteTransport
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message as Mail
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


@dataclass
class Postman:
    """What the server took, and what it says next: ``250 OK`` where nothing is told."""

    taken: list[bytes] = field(default_factory=list)
    to_receivers: list[str] = field(default_factory=list)
    """Answers to the next receivers."""
    to_texts: list[str] = field(default_factory=list)
    """Answers to the next texts; ``break`` takes the text and breaks off without a word."""
    signed_in: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the server's own words
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a receiver."""
        said = self.to_receivers.pop(0) if self.to_receivers else "250 OK"
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a text."""
        said = self.to_texts.pop(0) if self.to_texts else "250 OK"
        if said[:3] in {"250", "bre"}:
            assert isinstance(envelope.content, bytes)
            self.taken.append(envelope.content)
        if said == "break":
            assert isinstance(server.transport, WriteTransport)
            server.transport.abort()
        return said

    def sign_in(self, _server: SMTP, _session: Session, _envelope: Envelope, _way: str, data: object) -> AuthResult:
        """Know one station."""
        assert isinstance(data, LoginPassword)
        self.signed_in.append(data.login.decode())
        return AuthResult(success=data.password == b"right", handled=False)

    @property
    def mails(self) -> list[Mail]:
        """What was taken, read."""
        return [message_from_bytes(content) for content in self.taken]


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Make a server's certificate for loopback: the server's side and that of a client who trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paper, secret = folder / "server.pem", folder / "server.key"
    paper.write_bytes(made.public_bytes(Encoding.PEM))
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(paper, secret)
    return server, ssl.create_default_context(cafile=str(paper))


@contextmanager
def mail_server(postman: Postman, *, starttls: ssl.SSLContext | None = None, auth: bool = False) -> Iterator[int]:
    """Run a server on loopback; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(
        postman,
        hostname="127.0.0.1",
        port=port,
        tls_context=starttls,
        require_starttls=starttls is not None,
        auth_required=auth,
        authenticator=postman.sign_in if auth else None,
    )
    controller.start()
    try:
        yield port
    finally:
        controller.stop()
