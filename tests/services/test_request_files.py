"""Who sees the files of a request, what is kept of them, and what the office's demo requests leave behind."""

from __future__ import annotations

import pytest

from csr_desk.domain.errors import BadInput, NotFound, NotPermitted
from csr_desk.domain.requests import Kind, RequestType
from csr_desk.services import adjustment_records, request_files, request_types, requests
from csr_desk.services.documents_kept import MEGABYTE, NewDocument
from csr_desk.services.verification import verify_desk
from demo_city import City

EMPLOYEE = RequestType("EMP", "About an employee", Kind.COMPLAINT, "Inspector General", 10, restricted=True)


def taken(city: City) -> str:
    """Take a complaint about an employee, with a file."""
    supervisor = city.who("supervisor1")
    request_types.keep_types(city.desk, supervisor, request_types.KeepTypes("types", (EMPLOYEE,)))
    command = requests.OpenRequest("one", "EMP", "He was rude", contact="Ana")
    number = requests.open_request(city.desk, supervisor, command).value.number
    file = NewDocument("C:\\letters\\his words.txt", b"what he said")
    request_files.attach_file(city.desk, supervisor, request_files.AttachFile("file", number, file))
    return number


def test_a_file_of_a_restricted_complaint_is_opened_by_nobody_who_may_not_see_it(city: City) -> None:
    number = taken(city)
    clerk, supervisor = city.who("clerk1"), city.who("supervisor1")
    record, content = request_files.file_of(city.desk, supervisor, f"{number}/1")
    assert (record.name, content) == ("his words.txt", b"what he said")
    with pytest.raises(NotPermitted):
        request_files.file_of(city.desk, clerk, f"{number}/1")
    with pytest.raises(NotFound):
        adjustment_records.document(city.desk, clerk, f"{number}/1")
    with pytest.raises(NotPermitted):
        request_files.attach_file(
            city.desk, clerk, request_files.AttachFile("other", number, NewDocument("a.txt", b"a"))
        )
    assert verify_desk(city.desk).ok


@pytest.mark.parametrize("content", [b"", b"MZ\x90\x00", b"x" * (MEGABYTE * 11)], ids=["empty", "program", "large"])
def test_what_proves_nothing_or_is_too_large_is_not_kept(city: City, content: bytes) -> None:
    number = taken(city)
    command = request_files.AttachFile("bad", number, NewDocument("x.bin", content))
    with pytest.raises(BadInput):
        request_files.attach_file(city.desk, city.who("supervisor1"), command)


def test_the_same_command_twice_keeps_the_file_once(city: City) -> None:
    number = taken(city)
    again = request_files.AttachFile("file", number, NewDocument("C:\\letters\\his words.txt", b"what he said"))
    assert request_files.attach_file(city.desk, city.who("supervisor1"), again).replayed
    with pytest.raises(NotFound):
        request_files.file_of(city.desk, city.who("supervisor1"), f"{number}/2")
