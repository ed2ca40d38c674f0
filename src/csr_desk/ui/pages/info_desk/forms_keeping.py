"""What a supervisor does with the shelf: a new form, a new revision, one that nobody gets any more. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from csr_desk.domain.errors import BadInput
from csr_desk.domain.forms import FormSheet, Source
from csr_desk.ui.context import Choice, Context, Field, Tone
from csr_desk.ui.dates import parse_day, us_date
from csr_desk.ui.wording import tr

LARGEST = 64_000_000
"""Bytes; what the policy lets in is less, and says so."""


class FormsKeeping:
    """Asks for what stands on a form, once its file was chosen."""

    def __init__(self, context: Context, changed: Callable[[str], None]) -> None:
        """``changed`` gets the number of the form that is on the shelf now."""
        self._context, self._changed = context, changed

    def put(self, path: Path, before: FormSheet | None) -> None:
        """Put a file on the shelf: as a new form, or as the next revision of one."""

        def read() -> tuple[bytes, tuple[str, ...]]:
            from csr_desk.documents.form_filling import field_names
            from csr_desk.services.files_read import read_bounded

            content = read_bounded(path, LARGEST)
            return content, field_names(content)

        self._context.read(read, lambda found: self._ask(found[0], found[1], before))

    def _ask(self, content: bytes, names: tuple[str, ...], before: FormSheet | None) -> None:
        today = self._context.desk.today()
        filled = fields_text(names, before)
        fields = (
            Field("form_no", tr("Number of the form"), before.form_no if before else ""),
            Field("revision", tr("Revision, as it stands on the form"), hint="2026-07"),
            Field("title", tr("What it is"), before.title if before else ""),
            Field("language", tr("Language"), before.language if before else "en", hint=tr("en, es, vi")),
            Field("effective_on", tr("In force from"), us_date(today)),
            Field("fields", tr("Fields that we fill in"), filled, hint=tr("field=name, field=site")),
        )

        def keep(keyed: dict[str, str]) -> str | None:
            from csr_desk.services import forms

            try:
                day = parse_day(keyed["effective_on"], today)
                chosen = read_fields_text(keyed["fields"], names)
            except BadInput as wrong:
                return wrong.message
            command = forms.KeepForm(
                uuid4().hex, keyed["form_no"], keyed["revision"], keyed["title"], content, day, keyed["language"],
                chosen,
            )  # fmt: skip
            desk, actor = self._context.desk, self._context.actor
            self._context.act(lambda: forms.keep_form(desk, actor, command), self._kept)
            return None

        title = tr("A new revision of {0}").format(before.form_no) if before else tr("A new form on the shelf")
        self._context.shell.ask_fields(title, fields, keep, tr("Put it on the shelf"), keep=True)

    def _kept(self, sheet: FormSheet) -> None:
        words = tr("{0} of {1} is on the shelf; the revisions before it are obsolete from the day it is in force.")
        self._context.shell.banner(words.format(sheet.form_no, sheet.revision), Tone.OK)
        self._changed(sheet.form_no)

    def withdraw(self, sheet: FormSheet) -> None:
        """Make a revision obsolete, once it was said that this is meant."""
        from csr_desk.services import forms

        def end(_yes: str) -> None:
            desk, actor = self._context.desk, self._context.actor
            command = forms.EndForm(uuid4().hex, sheet.form_no, sheet.revision, sheet.language)
            self._context.act(lambda: forms.end_form(desk, actor, command), lambda done: self._changed(done.form_no))

        words = tr("Nobody gets {0} of {1} any more?").format(sheet.form_no, sheet.revision)
        self._context.shell.ask_reason(words, [Choice("1", tr("Yes, it is obsolete"), "yes")], end)


def fields_text(names: tuple[str, ...], before: FormSheet | None) -> str:
    """Propose what fills the fields: as in the revision before, else where a field is called like what we know."""
    known = {one.value for one in Source}
    proposed = {name: name for name in names if name in known}
    if before is not None:
        proposed |= {name: source.value for name, source in before.fields.items() if name in names}
    return ", ".join(f"{name}={source}" for name, source in sorted(proposed.items()))


def read_fields_text(text: str, names: tuple[str, ...]) -> dict[str, str]:
    """Read ``field=name, field=site``; raise BadInput for a field that the file does not have."""
    found = {}
    for part in filter(None, (one.strip() for one in text.split(","))):
        name, between, source = (one.strip() for one in part.rpartition("="))
        if not between or name not in names:
            there = ", ".join(names) or tr("none")
            raise BadInput(tr("“{0}” is no field of this file. It has: {1}").format(name or part, there))
        found[name] = source
    return found
