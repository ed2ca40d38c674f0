"""How a setting is read from what was keyed, where it is neither money nor a whole number; each raises BadInput."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath, PureWindowsPath

from csr_desk.domain.contractor import NEEDED
from csr_desk.domain.errors import BadInput
from csr_desk.domain.holidays import Holiday, read_holidays
from csr_desk.domain.numbering import read_pattern
from csr_desk.domain.tender import Rounding, TenderKind
from csr_desk.domain.visits import read_reasons
from csr_desk.domain.work_orders import rules_of

APPROVERS = ("all", "subordinates")
MAIL_SECURITY = ("starttls", "tls", "none")
_SERVER = re.compile(r"[A-Za-z0-9.-]{1,253}:[0-9]{1,5}|\[[0-9A-Fa-f:]{2,45}\]:[0-9]{1,5}")
_LAST_PORT = 65_535
_SENDER = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,253}")
LONGEST_FOLDER = 240
MOST_ENDORSEMENTS, LONGEST_ENDORSEMENT = 40, 80
MOST_REASONS = 9
"""One for each digit of the keypad."""


def _rounding(value: object) -> Rounding:
    try:
        return Rounding(str(value))
    except ValueError:
        raise BadInput("Cash rounding is off, nearest or down.", field="rounding") from None


def _reasons(value: object) -> tuple[str, ...]:
    reasons = tuple(str(reason) for reason in value) if isinstance(value, list | tuple) else ()
    if not 1 <= len(reasons) <= MOST_REASONS or not all(reason.strip() for reason in reasons):
        raise BadInput("Give one to nine reasons.", field="void_reasons")
    return reasons


def _approvers(value: object) -> str:
    if value not in APPROVERS:
        raise BadInput("Approvers are all, or subordinates.", field="approvers")
    return str(value)


def _reviewer(value: object) -> str:
    user = str(value).strip()
    if user and not (user.isascii() and user.isalnum()):
        raise BadInput("Key the user name of the outside reviewer, or nothing.", field="outside_reviewer")
    return user


def _holidays(value: object) -> tuple[Holiday, ...]:
    """Read the table of holidays: one text of lines, or a list of them."""
    return read_holidays(value.splitlines() if isinstance(value, str) else [str(line) for line in _listed(value)])


def _listed(value: object) -> list[object]:
    if not isinstance(value, list | tuple):
        raise BadInput("Give the holidays one a line, like “2026-12-25 Christmas Day”.", field="holidays")
    return list(value)


def _endorsements(value: object) -> tuple[str, ...]:
    texts = tuple(str(text).strip() for text in value) if isinstance(value, list | tuple) else ()
    if not 1 <= len(texts) <= MOST_ENDORSEMENTS or not all(
        text and text.isprintable() and len(text) <= LONGEST_ENDORSEMENT for text in texts
    ):
        raise BadInput("Give texts of at most 80 characters, like “Treasury = FOR DEPOSIT ONLY”.", field="endorsements")
    return texts


def _tenders(value: object) -> tuple[str, ...]:
    known = tuple(kind.value for kind in TenderKind)
    wanted = [str(one) for one in value] if isinstance(value, list | tuple) else []
    if not wanted or not set(wanted) <= set(known):
        raise BadInput(f"Name the tenders that this office takes, of: {', '.join(known)}.", field="tenders")
    return tuple(kind for kind in known if kind in wanted)


def _trades(value: object) -> tuple[str, ...]:
    wanted = (
        {" ".join(str(one).replace("_", " ").split()).casefold() for one in value}
        if isinstance(value, list | tuple)
        else {""}
    )
    known = {trade.replace("_", " "): trade for trade in sorted(NEEDED)}
    if not wanted <= set(known):
        raise BadInput(f"Name trades, of: {', '.join(known)}.", field="registered_trades")
    return tuple(trade for words, trade in known.items() if words in wanted)


def _work_items(value: object) -> tuple[str, ...]:
    texts = tuple(str(text).strip() for text in value) if isinstance(value, list | tuple) else ("",)
    try:
        rules = rules_of(texts)
    except BadInput as wrong:
        raise BadInput(wrong.message, field="work_order_items") from None
    return tuple(f"{rule.item} = {rule.kind.value} {rule.priority.value}" for rule in rules.values())


def _visit_reasons(value: object) -> tuple[str, ...]:
    texts = tuple(str(text).strip() for text in value) if isinstance(value, list | tuple) else ("",)
    return tuple(f"{one.letter} {one.code} {one.words}" for one in read_reasons(texts))


def _folder(value: object) -> str:
    """Read a folder by its whole path: what is relative would be another one for each way to start the program."""
    text = str(value).strip()
    whole = PurePosixPath(text).is_absolute() or PureWindowsPath(text).is_absolute()
    if text and not (whole and text.isprintable() and len(text) <= LONGEST_FOLDER):
        raise BadInput("Key the whole path of a folder on another disk, or nothing.", field="second_backup")
    return text


def _mail_server(value: object) -> str:
    text = str(value).strip()
    if text and not (_SERVER.fullmatch(text) and 1 <= int(text.rpartition(":")[2]) <= _LAST_PORT):
        raise BadInput("Key the mail server as host:port, like mail.example.gov:587, or nothing.", field="mail_server")
    return text


def _mail_from(value: object) -> str:
    text = str(value).strip()
    if text and not _SENDER.fullmatch(text):
        raise BadInput("Key the e-mail address that messages come from, or nothing.", field="mail_from")
    return text


def _mail_security(value: object) -> str:
    if value not in MAIL_SECURITY:
        raise BadInput("The way to the mail server is starttls, tls, or none.", field="mail_security")
    return str(value)


READERS: Mapping[str, Callable[[object], object]] = {
    "rounding": _rounding,
    "void_reasons": _reasons,
    "tenders": _tenders,
    "registered_trades": _trades,
    "endorsements": _endorsements,
    "work_order_items": _work_items,
    "visit_reasons": _visit_reasons,
    "approvers": _approvers,
    "outside_reviewer": _reviewer,
    "second_backup": _folder,
    "holidays": _holidays,
    "project_pattern": lambda value: read_pattern(str(value)),
    "mail_server": _mail_server,
    "mail_security": _mail_security,
    "mail_from": _mail_from,
}
"""How a setting that is neither money nor a whole number is read."""
