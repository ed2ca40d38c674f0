"""What the city signs of a permit, and how it stands in the code on its paper: read and verified without any network.

The text of the code is ``CSRP1.KEY.STATEMENT.SIGNATURE``: the id of the key, then the statement (canonical JSON) and
its Ed25519 signature, both in base64url. It says what was issued; whether it still stands only the counter knows.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from csr_desk.domain.chain import canonical_json
from csr_desk.domain.errors import BadInput
from csr_desk.domain.seal import key_id

_SIGNED = "csr-desk permit"
_MARK = "CSRP1"
_KEYS = "csr-desk permit keys 1"
_LONGEST = 4000
_PARTS = 4
_KEY_DIGITS, _ID_DIGITS = 64, 16


@dataclass(frozen=True, slots=True)
class PermitStatement:
    """A permit as the city signs it; dates as ``2026-07-14``, empty where there is none."""

    office: str
    permit: str
    what: str
    site: str
    issued: str
    expires: str
    contractor: str
    project: str

    @property
    def signed(self) -> bytes:
        """The bytes that are signed; the first line keeps them apart from anything else that a key may sign."""
        return f"{_SIGNED}\n{self._json()}".encode()

    def _json(self) -> str:
        return canonical_json([getattr(self, part.name) for part in fields(self)])

    def code(self, key: str, signature: str) -> str:
        """Return the text of the code on the paper; ``key`` is the id of the key, ``signature`` hexadecimal."""
        return ".".join((_MARK, key, _packed(self._json().encode()), _packed(bytes.fromhex(signature))))

    def over_on(self, day: date) -> bool:
        """Say whether it has run out by a day, going by what was signed."""
        return bool(self.expires) and date.fromisoformat(self.expires) < day


@dataclass(frozen=True, slots=True)
class PermitCode:
    """What was read from the code of a paper."""

    key: str
    statement: PermitStatement
    signature: str
    """Hexadecimal."""

    @classmethod
    def of(cls, text: str) -> PermitCode:
        """Read the text of a code; raise BadInput unless it is one, letter by letter as it was written."""
        parts = "".join(text[:_LONGEST].split()).split(".")
        if len(parts) != _PARTS or parts[0] != _MARK:
            raise BadInput("This is no code of a permit: it begins with CSRP1 and has four parts.")
        try:
            values = json.loads(_unpacked(parts[2]).decode())
            signature = _unpacked(parts[3]).hex()
        except (ValueError, binascii.Error, RecursionError):
            raise BadInput("This code was misread or damaged. Scan it again.") from None
        names = [part.name for part in fields(PermitStatement)]
        if not (isinstance(values, list) and len(values) == len(names) and all(isinstance(one, str) for one in values)):
            raise BadInput("This code was misread or damaged. Scan it again.")
        found = cls(parts[1], PermitStatement(*values), signature)
        if found.statement.code(found.key, signature) != ".".join(parts):
            raise BadInput("This code was misread or damaged. Scan it again.")
        return found


def write_keys(office: str, keys: Mapping[str, str]) -> bytes:
    """Write the public keys (hexadecimal, by id) as the file that an inspector carries."""
    data = {"format": _KEYS, "office": office, "keys": dict(keys)}
    return (json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()


def read_keys(content: bytes) -> tuple[str, dict[str, str]]:
    """Read the city's public keys: the office, and each key by its id; raise BadInput."""
    try:
        data: Any = json.loads(content.decode())
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or data.get("format") != _KEYS or not isinstance(data.get("keys"), dict):
        raise BadInput("This is no file of the city’s permit keys. Ask the city for it, or see its site.")
    keys = {str(name): str(key) for name, key in data["keys"].items()}
    for name, key in keys.items():
        if len(key) != _KEY_DIGITS or len(name) != _ID_DIGITS or not _fits(name, key):
            raise BadInput("A key of this file was changed or damaged. Get the file anew.")
    return str(data.get("office", "")), keys


def _fits(name: str, key: str) -> bool:
    try:
        return key_id(key) == name
    except ValueError:
        return False


def _packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode("ascii").rstrip("=")


def _unpacked(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
