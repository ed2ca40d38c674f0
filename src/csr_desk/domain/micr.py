"""The magnetic line at the foot of a check, as a reader types it: routing, account, serial, amount (B4).

Readers name the four symbols of the line differently; each reading below is one that the field meets:

=============  =======  =====  ======  ====
reader         transit  on-us  amount  dash
=============  =======  =====  ======  ====
X9.37 letters  d        c      b       -
T U A D        T        U      A       D
t o a -        t        o      a       -
Unicode        U+2446   U+2448 U+2447  U+2449
=============  =======  =====  ======  ====

A personal check has the routing number, the account, then the check's number; a business check puts its number (the
auxiliary on-us field) in front. A symbol that a reader sees twice, or before the first one, is no fault of the check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stdnum.us import rtn

from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import Cents

LONGEST_BURST = 120
"""Characters of the longest line that is read; a check has 65 places."""
_SHORTEST_BURST = 4

_UNICODE = {"⑆": "T", "⑈": "U", "⑇": "A", "⑉": "-"}
_X937 = {"d": "T", "c": "U", "b": "A"}
_TUAD = {"T": "T", "U": "U", "A": "A", "D": "-"}
_TOA = {"T": "T", "O": "U", "A": "A"}

_UNREAD = frozenset("?@*!#")
"""What readers type for a place that they could not read."""
_LINE = re.compile(r"[0-9TUA\- ]*", re.ASCII)
_TRANSIT = re.compile(r"T[T ]*([0-9][0-9 \-]*?)[ ]*T", re.ASCII)
_AMOUNT = re.compile(r"A[A ]*([0-9 ]*)A[A ]*$", re.ASCII)
_AUXILIARY = re.compile(r"U[U ]*([0-9][0-9 \-]*?)[ ]*U[U ]*$", re.ASCII)
_CANADIAN = re.compile(r"\d{5}-\d{3}", re.ASCII)
_MOST_FIELDS = 2
"""Behind the routing number: the account and the check's number."""

AGAIN = "Feed the check again, or key its numbers."


@dataclass(frozen=True, slots=True, repr=False)
class MicrLine:
    """The fields of a line. The account is in clear: it is masked and hashed before anything keeps it."""

    routing: str
    account: str
    serial: str = ""
    auxiliary: str = ""
    """The on-us field in front of the routing number, of a business check."""
    amount: Cents | None = None
    """Encoded by a bank that had the check already (cents)."""

    @property
    def check_number(self) -> str:
        """Return the number of the check: in front on a business check, behind the account on a personal one."""
        return self.auxiliary or self.serial

    @property
    def canadian(self) -> bool:
        """Say whether the transit field is a Canadian one (branch and institution)."""
        return _CANADIAN.fullmatch(self.routing) is not None


def looks_like_micr(text: str) -> bool:
    """Say whether a burst of keys is the line of a check rather than a number or a name."""
    line = _in_symbols(text[:LONGEST_BURST])  # a longer one is refused in words; nothing waits for it
    return len(text) >= _SHORTEST_BURST and _LINE.fullmatch(line) is not None and _TRANSIT.search(line) is not None


def parse_micr(burst: str) -> MicrLine:
    """Split a reader's burst into its fields; raise BadInput for a line that cannot be read for sure."""
    if len(burst) > LONGEST_BURST:
        raise BadInput(f"This is too long for the line of a check. {AGAIN}", field="micr")
    if _UNREAD & set(burst):
        raise BadInput(f"The reader could not read a place of the line. {AGAIN}", field="micr")
    line = _in_symbols(burst).strip()
    if not _LINE.fullmatch(line):
        raise BadInput(f"The line holds a mark that no check has. {AGAIN}", field="micr")
    transit = _TRANSIT.search(line)
    if transit is None:
        raise BadInput(f"The line has no routing number between its two marks. {AGAIN}", field="micr")
    before, after = line[: transit.start()].strip(), line[transit.end() :].strip()
    if "T" in after.lstrip("T "):
        raise BadInput(f"The line has more than one routing number. {AGAIN}", field="micr")
    after, amount = _amount(after.lstrip("T "))
    account, serial = _on_us(after)
    return MicrLine(transit[1].replace(" ", ""), account, serial, _auxiliary(before), amount)


def read_micr(burst: str) -> MicrLine:
    """Split a burst and check its routing number; raise BadInput where the check digit does not fit.

    A Canadian line is given back as it is: the rules of checks refuse it as foreign.
    """
    line = parse_micr(burst)
    if not line.canadian and not rtn.is_valid(line.routing):
        raise BadInput(f"The routing number was misread: its check digit does not fit. {AGAIN}", field="micr")
    return line


def _in_symbols(burst: str) -> str:
    """Write every reader's marks as T, U, A and the dash; what is no mark stays as it is."""
    text = "".join(_UNICODE.get(mark, mark) for mark in burst)
    letters = {mark for mark in text if mark.isalpha()}
    if letters <= set(_X937):
        return "".join(_X937.get(mark, mark) for mark in text)
    upper = {mark.upper() for mark in letters}
    if upper <= set("DCB"):  # the capitals lock of the keyboard
        return "".join(_X937.get(mark.lower(), mark) for mark in text)
    marks = _TOA if "O" in upper else _TUAD
    return "".join(marks.get(mark.upper(), mark) for mark in text)


def _amount(after: str) -> tuple[str, Cents | None]:
    found = _AMOUNT.search(after)
    if found is None:
        return after.rstrip("A "), None
    digits = found[1].replace(" ", "")
    return after[: found.start()].strip(), int(digits) if digits else None


def _auxiliary(before: str) -> str:
    """Read the number of a business check in front of the routing number; stray marks alone are nothing."""
    found = _AUXILIARY.search(before)
    if found is None and before.strip("UTA -"):
        raise BadInput(f"Something stands before the routing number that is no check number. {AGAIN}", field="micr")
    return "" if found is None else _digits(found[1])


def _on_us(after: str) -> tuple[str, str]:
    """Read the account and, behind it, the number of a personal check."""
    parts = [part.strip() for part in after.split("U") if part.strip()]
    if not parts or "A" in "".join(parts):
        raise BadInput(f"The account number of the check cannot be read. {AGAIN}", field="micr")
    if len(parts) > _MOST_FIELDS:
        raise BadInput(f"The line has more fields than a check. {AGAIN}", field="micr")
    return _digits(parts[0]), _digits(parts[1]) if len(parts) == _MOST_FIELDS else ""


def _digits(text: str) -> str:
    return re.sub(r"\s+", "", text)
