"""Papers and files of the request that is picked, and the pages that what it is linked with opens. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from csr_desk.domain.changes import Done
from csr_desk.domain.requests import Request
from csr_desk.ui.context import Context, Tone
from csr_desk.ui.request_printing import print_slip, print_visit
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.request_papers import ClosingLetter
    from csr_desk.services.request_lists import RequestView

_PAGES = {"customer": "customer", "account": "customer", "receipt": "sell", "request": "requests"}
"""The page that shows a noun; whatever hangs beneath a project is shown there."""


class RequestPapers:
    """What comes out of the printer, goes into a file, or is looked at elsewhere."""

    def __init__(self, context: Context, reload: Callable[[str], None]) -> None:
        """``reload`` shows a request anew by its number."""
        self.context, self.reload = context, reload

    def slip(self, view: RequestView | None) -> None:
        """Print the slip for the customer."""
        if view is not None:
            print_slip(self.context, view.request.number)

    def visit(self, view: RequestView | None) -> None:
        """Print the sheet for a visit."""
        if view is not None:
            print_visit(self.context, view.request.number)

    def letters(self, view: RequestView | None) -> None:
        """Print a letter for everybody who has a postal address."""
        if view is None:
            return
        desk, actor, number = self.context.desk, self.context.actor, view.request.number

        def write() -> Done[tuple[ClosingLetter, ...]]:
            from csr_desk.services import request_papers

            return request_papers.write_letters(desk, actor, request_papers.WriteLetters(uuid4().hex, number))

        def written(letters: tuple[ClosingLetter, ...]) -> None:
            if not letters:
                self.context.shell.banner(
                    tr("Nobody of {number} has a postal address.").format(number=number), Tone.INFO
                )
            for letter in letters:
                self._print(letter)
            self.reload(number)

        self.context.act(write, written)

    def _print(self, letter: ClosingLetter) -> None:
        def draw() -> bytes:
            from csr_desk.documents.request_papers import closing_letter_pdf

            return closing_letter_pdf(letter)

        self.context.shell.print_paper(tr("Letter about {0}").format(letter.number), draw)

    def attach(self, view: RequestView | None, path: Path) -> None:
        """Put a file to it."""
        if view is None:
            return
        desk, actor, number, key = self.context.desk, self.context.actor, view.request.number, uuid4().hex

        def attach() -> Done[Request]:
            from csr_desk.services import request_files
            from csr_desk.services.documents_kept import MEGABYTE, NewDocument
            from csr_desk.services.files_read import read_bounded

            content = read_bounded(path, desk.policy.attachment_megabytes * MEGABYTE)
            command = request_files.AttachFile(key, number, NewDocument(path.name, content))
            return request_files.attach_file(desk, actor, command)

        def attached(_one: Request) -> None:
            self.context.shell.banner(tr("{file} is attached.").format(file=path.name), Tone.OK)
            self.reload(number)

        self.context.act(attach, attached)

    def open(self, subject: str) -> None:
        """Go to what a request is linked with, or save a file of it where exports are."""
        noun, _, number = subject.partition(":")
        if noun == "file":
            self._save(number)
        elif noun != "caller":
            self.context.shell.go(_PAGES.get(noun, "projects"), subject)

    def _save(self, number: str) -> None:
        desk, actor = self.context.desk, self.context.actor

        def save() -> Path:
            from csr_desk.services import request_files
            from csr_desk.ui.saved_files import save_file

            record, content = request_files.file_of(desk, actor, number)
            return save_file(f"{record.number.replace('/', '-')}-{_bare(record.name)}", content)

        words = tr("Saved as {path}")
        self.context.read(save, lambda path: self.context.shell.banner(words.format(path=path), Tone.OK))


def _bare(name: str) -> str:
    """Return a file's name with letters, figures, dots and hyphens only."""
    return "".join(mark if mark.isalnum() or mark in ".-_" else "_" for mark in name)[-80:]
