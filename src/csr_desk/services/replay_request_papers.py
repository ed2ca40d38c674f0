"""The steps of the counter script for papers, files and times of requests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from csr_desk.domain.errors import MissingInput
from csr_desk.domain.people import Actor
from csr_desk.services import request_closing, request_files, request_papers, request_times, requests
from csr_desk.services.desk import Desk
from csr_desk.services.documents_kept import NewDocument
from csr_desk.services.replay_requests import of_request
from csr_desk.services.replay_step import Step, actor_of

Result = Mapping[str, Any]


def wait_request(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Note that a request waits for the customer; with ``over`` it is gone on with."""
    command = requests.WaitRequest(step.key, step.needed("request"), step.text("reason"), not step.flag("over"))
    return of_request(requests.wait_request(desk, actor_of(actor), command).value)


def attach_file(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Put a file with a text to a request."""
    file = NewDocument(step.text("name"), step.text("text").encode())
    command = request_files.AttachFile(step.key, step.needed("request"), file)
    return of_request(request_files.attach_file(desk, actor_of(actor), command).value)


def file_of(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give a file of a request back."""
    record, content = request_files.file_of(desk, actor_of(actor), step.needed("file"))
    return {"name": record.name, "media": record.media, "size": record.size, "text": content.decode(errors="replace")}


def told_by(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Say who will be told how a request ended, and by what."""
    found = request_closing.told_by(desk, actor_of(actor), step.needed("request"))
    return {"told": [{"name": name, "by": how} for name, how in found]}


def letters(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Write the letters of a closed request."""
    command = request_papers.WriteLetters(step.key, step.needed("request"))
    found = request_papers.write_letters(desk, actor_of(actor), command).value
    return {
        "letters": [
            {"name": one.name, "address": one.address, "language": one.language, "second": one.second,
             "answer": one.answer}
            for one in found
        ]
    }  # fmt: skip


def slip(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Say what the customer's slip says."""
    found = request_papers.slip(desk, actor_of(actor), step.needed("request"))
    return {"number": found.number, "department": found.department, "due": found.due_on.isoformat(),
            "language": found.language}  # fmt: skip


def visit_sheet(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Say what the sheet for a visit says."""
    found = request_papers.visit_sheet(desk, actor_of(actor), step.needed("request"))
    return {"site": found.site, "contact": found.contact or None, "warnings": list(found.warnings),
            "asked": [list(pair) for pair in found.asked], "about": list(found.about)}  # fmt: skip


def times(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Say how long what was closed took, by department; with ``by_type`` by type."""
    first, last = step.date("first"), step.date("last")
    if first is None or last is None:
        raise MissingInput("Name the first and the last day.", field="first")
    found = request_times.times(desk, actor_of(actor), request_times.Span(first, last, step.flag("by_type")))
    return {"times": [asdict(one) | {"share": one.share} for one in found]}


STEPS: Mapping[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "wait_request": wait_request,
    "request_file": attach_file,
    "request_file_back": file_of,
    "request_told_by": told_by,
    "request_letters": letters,
    "request_slip": slip,
    "request_visit_sheet": visit_sheet,
    "request_times": times,
}
"""The steps of this module, by their names in a script."""
