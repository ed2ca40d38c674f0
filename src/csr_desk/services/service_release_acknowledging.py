"""What a company says to a batch, line by line: matched with what was sent; what does not fit is listed (G12)."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from csr_desk.data.models import release_batch
from csr_desk.data.queries import told
from csr_desk.data.queries.told import Record
from csr_desk.domain import about, numbering
from csr_desk.domain.chain import canonical_json
from csr_desk.domain.changes import Done
from csr_desk.domain.errors import BadInput, CardNumberRefused, MissingInput
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.release_register import BatchView
from csr_desk.domain.steps import RELEASE, RELEASE_BATCH
from csr_desk.domain.telling import Change
from csr_desk.services import service_release_batches as batches
from csr_desk.services import service_release_records as records
from csr_desk.services import service_releases as releases
from csr_desk.services.desk import Desk
from csr_desk.services.receipts import earlier_event
from csr_desk.services.service_release_answers import LONGEST_ANSWER, LONGEST_CONFIRMATION
from csr_desk.services.service_release_facts import LONGEST_NUMBER
from csr_desk.services.words import plain_words

LARGEST_FILE = 5_000_000
"""Bytes of an acknowledgement; a storm batch of 500 has 0.1 MB."""
MOST_LINES = 20_000
_NEEDED = ("release", "confirmation", "rejected because")
_HEAD_WITHIN = 5
"""Lines in which the head is looked for: some programs write one of their own above it."""
_NO_TEXT = (b"PK", b"%PDF", b"\xd0\xcf", b"\xff\xfe", b"\xfe\xff")
_AGAIN = "Save it as “CSV UTF-8” and try again."


@dataclass(frozen=True, slots=True)
class Answer:
    """What a company says to one release: a confirmation, or why it is rejected; neither is no answer."""

    release: str
    confirmation: str = ""
    rejected: str = ""


@dataclass(frozen=True, slots=True)
class AcknowledgeBatch:
    """A company answered to a batch; ``by`` is who did."""

    key: str
    batch: str
    by: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Sorted:
    """Answers sorted: the changes they make, and the lines that do not fit what is known of the batch."""

    changes: tuple[Change, ...]
    matched: int
    unmatched: int
    unknown: tuple[str, ...]


def read_answers(content: bytes) -> tuple[Answer, ...]:
    """Read the file of a batch as it came back, filled in; raise BadInput with what to do about one that cannot be.

    Spreadsheets save it with commas, semicolons or tabs, as UTF-8 or in the letters of Windows: each is read.
    """
    if len(content) > LARGEST_FILE:
        raise BadInput("The file is larger than any acknowledgement.", field="file")
    text = _text(content)
    try:
        lines = list(_limited(csv.reader(io.StringIO(text, newline=""), delimiter=_between(text), strict=True)))
    except csv.Error as error:
        raise BadInput(f"The file is no CSV: {error}. {_AGAIN}", field="file") from None
    at = next((at for at, line in enumerate(lines[:_HEAD_WITHIN]) if set(_NEEDED) <= set(_head(line))), None)
    if at is None:
        said = f"The file has no columns {', '.join(_NEEDED)}. Take the file that went out, filled in. {_AGAIN}"
        raise BadInput(said, field="file")
    places = [_head(lines[at]).index(name) for name in _NEEDED]
    cells = ([line[place].strip() if place < len(line) else "" for place in places] for line in lines[at + 1 :])
    return tuple(Answer(*line) for line in cells if any(line))


def _text(content: bytes) -> str:
    """Decode a file that a spreadsheet saved; raise BadInput for what is no text."""
    if content.startswith(_NO_TEXT) or b"\0" in content:
        raise BadInput(f"The file is a workbook, a PDF or the like. {_AGAIN}", field="file")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _between(text: str) -> str:
    """Return the mark between the columns: the one that stands between the names of the needed columns."""
    for line in text.splitlines()[:_HEAD_WITHIN]:
        for mark in ",;\t":
            if set(_NEEDED) <= set(_head(line.split(mark))):
                return mark
    return ","


def _head(cells: Sequence[str]) -> list[str]:
    return [cell.strip().strip('"').strip().casefold() for cell in cells]


def acknowledge_batch(desk: Desk, actor: Actor, command: AcknowledgeBatch) -> Done[BatchView]:
    """Match a company's answers with what was sent; what it does not mention is listed until somebody asks.

    Raises NotFound, WrongState (nothing was sent, or it was acknowledged), MissingInput (who answered), BadInput (one
    release answered twice).
    """
    actor.require(Act.CONFIRM_RELEASE)
    by = plain_words(command.by, "by", 120)
    answers = tuple(_read(one) for one in command.answers)
    twice = [number for number, count in Counter(one.release for one in answers).items() if count > 1]
    if twice:
        raise BadInput(f"Release {twice[0]} is answered twice.", field="answers")
    how = records.writing(command, desk, actor, EventKind.RELEASE_BATCH_ANSWERED)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, how.key, how.content) is not None:
            return Done(batches.batch_view(actor, work.conn, command.batch), replayed=True)
        row = batches.batch_row(work.conn, command.batch, lock=True)
        state = RELEASE_BATCH.after("acknowledge", row["state"])
        if not by:
            raise MissingInput("Say who answered.", field="by")
        sent = batches.releases_of(work.conn, row["batch_no"])
        found = _sorted(desk, sent, answers)
        values: dict[str, str | int | None] = {
            "state": state, "acknowledged_at": desk.now_text(), "matched": found.matched, "unmatched": found.unmatched,
        }  # fmt: skip
        head = told.changed(release_batch, row, values, {"acknowledged_by": by})
        subjects = {about.release_batch(row["batch_no"]), about.company(row["company_id"])}
        subjects |= {subject for one in sent for subject in records.subjects_of(one)}
        if found.unknown:
            how = replace(how, notes={"unknown": canonical_json(list(found.unknown))})
        records.write(work, desk, how, [head, *found.changes], subjects)
        shown = batches.batch_view(actor, work.conn, row["batch_no"])
    return Done(replace(shown, unknown=found.unknown), records.TOPICS)


def _sorted(desk: Desk, sent: Sequence[Record], answers: Sequence[Answer]) -> Sorted:
    ours = {row["release_no"]: row for row in sent}
    spoken = [one for one in answers if one.confirmation or one.rejected]
    fits = {one.release: one.release in ours and _fits(ours[one.release]["state"], one) for one in spoken}
    said = {one.release: one for one in spoken if fits[one.release]}
    unknown = tuple(
        " ".join(part for part in (one.release, one.confirmation, one.rejected) if part)
        for one in spoken
        if not fits[one.release]
    )
    changes: list[Change] = []
    silent = 0
    for number, row in ours.items():
        if row["state"] != "sent":
            continue  # somebody confirmed or rejected it by telephone meanwhile
        if number in said:
            changes.append(releases.change_to(row, _outcome(desk, row, said[number])))
            continue
        silent += 1
        changes.append(releases.change_to(row, {"unmatched": 1}))
    return Sorted(tuple(changes), len(said), silent, unknown)


def _fits(state: str, said: Answer) -> bool:
    """Say whether an answer agrees with what is known of a release; one that does not is listed until it is asked for.

    So a confirmation of what was taken back meanwhile, or a refusal of what was confirmed by telephone, is not lost.
    """
    return state == "sent" or (state == "rejected" if said.rejected else state in {"confirmed", "energised"})


def _outcome(desk: Desk, row: Record, said: Answer) -> dict[str, str | int]:
    if said.rejected:
        state = RELEASE.after("reject", row["state"])
        return {"state": state, "answer": said.rejected, "ended_on": desk.today().isoformat(), "unmatched": 0}
    state = RELEASE.after("confirm", row["state"])
    return {"state": state, "confirmation": said.confirmation, "confirmed_at": desk.now_text(), "unmatched": 0}


def _read(one: Answer) -> Answer:
    """Read the number of an answer as ours, where it is one; its words are bounded like everything that is keyed."""
    try:
        read = numbering.read_number(numbering.FIXED["release"], one.release)
    except BadInput:
        read = None  # a wrong figure: it names none of ours, and is listed as it came
    number = read.number if read else plain_words(one.release, "release", 60)
    try:
        confirmation = plain_words(one.confirmation, "confirmation", LONGEST_CONFIRMATION)
        rejected = plain_words(one.rejected, "rejected", LONGEST_ANSWER)
    except (BadInput, CardNumberRefused) as refusal:
        # one line of hundreds: say which
        raise type(refusal)(f"Release {number[:LONGEST_NUMBER]}: {refusal.message}", field="answers") from None
    if confirmation and rejected:
        raise BadInput(f"Release {number[:LONGEST_NUMBER]} is both confirmed and rejected: ask which.", field="answers")
    return Answer(number, confirmation, rejected)


def _limited(table: Iterator[list[str]]) -> Iterator[list[str]]:
    for at, line in enumerate(table):
        if at > MOST_LINES:
            raise BadInput(f"An acknowledgement has at most {MOST_LINES:,} lines.", field="file")
        yield line
