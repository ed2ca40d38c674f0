"""The list of a storm: addresses as somebody sent them, each matched with its permit and looked at; nothing is told.

A line is an address or the number of a permit, with the ESI ID behind it where the list has one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from csr_desk.data.queries import Connection
from csr_desk.data.queries import service_releases as rows
from csr_desk.data.queries.told import Record
from csr_desk.domain import numbering
from csr_desk.domain.errors import BadInput, CardNumberRefused, Conflict, MissingInput, NotFound
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.premise import figures_of
from csr_desk.domain.release import Kind, missing
from csr_desk.domain.release_register import COMPANY_KIND, INSPECTIONS, OPEN
from csr_desk.domain.sites import site_key
from csr_desk.domain.validity import ALIVE
from csr_desk.services import service_release_facts as facts
from csr_desk.services import service_releases as releases
from csr_desk.services.desk import Desk
from csr_desk.services.import_pace import Pace
from csr_desk.services.service_release_proposals import premise_of
from csr_desk.services.service_release_storm import MOST_AT_ONCE
from csr_desk.services.service_releases import Wish

LARGEST_LIST = 1_000_000
"""Bytes of a list; one of 1,000 addresses has 0.1 MB."""
LONGEST_LINE = 200
_PLACES = ("address", "service address", "site", "permit")
_METERS = ("esi id", "esi_id", "esiid", "premise", "meter")
_SHORTEST_METER = 17


@dataclass(frozen=True, slots=True)
class ListLine:
    """A line of a list: an address or the number of a permit, and the meter where it is named."""

    text: str
    premise: str = ""


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What a line of the list comes to; without a wish nothing can be asked for."""

    line: ListLine
    permit: str
    site: str
    """As permitted."""
    wish: Wish | None
    sentences: tuple[str, ...]
    """What is missing, or why it cannot be asked for."""

    @property
    def goes(self) -> bool:
        """Say whether it would be sent."""
        return self.wish is not None and not self.sentences


def typed_lines(text: str) -> tuple[ListLine, ...]:
    """Read lines as they were typed or copied in, one address a line; an ESI ID may stand at the end."""
    found = []
    for line in text.splitlines():
        words = line.replace("\t", " ").replace(";", " ").split()
        meter = figures_of(words[-1]) if words else ""
        named = len(words) > 1 and meter.isdigit() and len(meter) >= _SHORTEST_METER
        place = " ".join(words[:-1] if named else words).rstrip(" ,")
        if place:
            found.append(ListLine(place, meter if named else ""))
    return tuple(found)


def read_list(content: bytes) -> tuple[ListLine, ...]:
    """Read a CSV file: by its heads where the first line names an address or a permit, else each line as typed.

    Raises BadInput (too large, no text, no CSV).
    """
    if len(content) > LARGEST_LIST:
        raise BadInput("The file is larger than any list of addresses.", field="file")
    try:
        text = content.decode("utf-8-sig")
        table = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except UnicodeDecodeError:
        raise BadInput("The file is not UTF-8 text.", field="file") from None
    except csv.Error as error:
        raise BadInput(f"The file is no CSV: {error}.", field="file") from None
    head = [name.strip().casefold() for name in table[0]] if table else []
    place = next((head.index(name) for name in _PLACES if name in head), None)
    if place is None:
        return typed_lines("\n".join(", ".join(part.strip() for part in row if part.strip()) for row in table))
    meter = next((head.index(name) for name in _METERS if name in head), len(head))
    return tuple(
        ListLine(row[place].strip(), figures_of(row[meter].strip()) if len(row) > meter else "")
        for row in table[1:]
        if len(row) > place and row[place].strip()
    )


def wires_companies(desk: Desk, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return the companies that such a list may go to, as number and name."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        found = rows.companies_of(work.conn, COMPANY_KIND[Kind.RECONNECT])
    return tuple((str(one["company_id"]), str(one["name"])) for one in found)


def look_over(
    desk: Desk, actor: Actor, company: str, lines: Sequence[ListLine], pace: Pace | None = None
) -> tuple[LookedAt, ...]:
    """Say of each line what would be sent to a company and what not, with every sentence; nothing is told.

    Raises MissingInput (an empty list), BadInput (too long a list, a company that sets no electric meter), NotFound,
    and Stopped through ``pace``.
    """
    actor.require(Act.REQUEST_RELEASE)
    if not lines:
        raise MissingInput("Key the addresses, one a line.", field="lines")
    if len(lines) > MOST_AT_ONCE:
        raise BadInput(f"At most {MOST_AT_ONCE:,} releases are asked for at once.", field="lines")
    found: list[LookedAt] = []
    seen: set[str] = set()
    with desk.read() as work:
        wires = releases.company_for(work.conn, Kind.RECONNECT, company)
        for line in lines:
            one = _looked(desk, work.conn, actor, wires, line)
            if one.permit and one.permit in seen:
                one = LookedAt(line, one.permit, one.site, None, ("It stands on this list twice.",))
            seen.add(one.permit)
            found.append(one)
            if pace is not None:
                pace.stored(1)
    return tuple(found)


def _looked(desk: Desk, conn: Connection, actor: Actor, wires: Record, line: ListLine) -> LookedAt:
    """Look at one line as if it were asked for now."""
    try:
        of_permit = _permit(conn, line.text)
        premise = line.premise or premise_of(conn, of_permit, wires, Kind.RECONNECT)
        if already := _already(conn, of_permit):
            return LookedAt(line, of_permit["permit_no"], of_permit["site"], None, (already,))
        last = rows.last_at(conn, of_permit["site_key"], Kind.RECONNECT.value) or {}
        wish = Wish(
            Kind.RECONNECT, wires["company_id"], of_permit["permit_no"], last.get("utility_site") or "", premise,
            emergency=True,
        )  # fmt: skip
        row = releases.asked_for(desk, conn, actor, wish)
    except (BadInput, NotFound, MissingInput, Conflict, CardNumberRefused) as error:
        return LookedAt(line, "", "", None, (error.message,))
    lacking = missing(facts.look(desk, conn, row).findings)
    return LookedAt(
        line, str(row["permit_no"]), str(row["site"]), wish, tuple(one.sentence for one in lacking)
    )  # fmt: skip


def _already(conn: Connection, of_permit: Record) -> str:
    """Say what becomes of a release that was asked for before, where one is open for this."""
    kind = Kind.RECONNECT.value
    taken = rows.open_for(conn, kind, of_permit["permit_no"], of_permit["site_key"], OPEN)
    if not taken:
        return ""
    row = facts.release_row(conn, taken)
    if row["state"] not in facts.BEFORE_SENDING:
        return f"Release {taken} went out already."
    if row["emergency"]:
        return f"Release {taken} was asked for already: it goes along if nothing is missing."
    return f"Release {taken} was asked for already: it goes with the batch of the day."


def _permit(conn: Connection, text: str) -> Record:
    """Return the permit of a line: by its number, or the newest at the address, one that was inspected before others.

    Raises NotFound, BadInput (a wrong figure).
    """
    if numbering.read_number(numbering.FIXED["permit"], text) is not None:
        return facts.permit_row(conn, text)
    found = [one for one in rows.permits_at(conn, site_key(text[:LONGEST_LINE])) if one["state"] in ALIVE]
    fit = [one for one in found if one["trade"] in {None, "", "electrical"}]
    if not fit:
        why = "a permit for another trade only" if found else "no permit in force"
        raise NotFound(f"There is {why} at “{text[:LONGEST_LINE]}”.", field="lines")
    return next((one for one in fit if _inspected(conn, one)), fit[0])


def _inspected(conn: Connection, of_permit: Record) -> bool:
    kinds = INSPECTIONS[Kind.RECONNECT]
    looked = rows.inspections_of(conn, of_permit["permit_no"])
    return any(one["kind"] in kinds and one["state"] == "passed" for one in looked)
