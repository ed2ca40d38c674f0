"""The shelf of forms: found by what is typed, handed out filled in, waited for until they come back. Knows no Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from csr_desk.domain import about as subjects
from csr_desk.domain import numbering
from csr_desk.domain.errors import BadInput
from csr_desk.domain.forms import FormSheet, How, Source
from csr_desk.domain.people import Act
from csr_desk.ui.context import Context, Field, Tone
from csr_desk.ui.pages.info_desk.for_whom import NOBODY, ForWhom
from csr_desk.ui.pages.info_desk.forms_picture import FormsPicture, language_name, shelf_forms
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.forms import Handout
    from csr_desk.services.forms import Handed, HandOut


class FormsView(Protocol):
    """What the presenter asks of the panel."""

    def show_picture(self, picture: FormsPicture) -> None:
        """Show it."""

    def show_handout(self, number: str) -> None:
        """Put the cursor on a form that is still out."""


class FormsPresenter:
    """The shelf, and one form of it."""

    def __init__(self, context: Context, view: FormsView) -> None:
        """Nothing is shown yet."""
        self.context, self.view = context, view
        self.picture = FormsPicture()
        self.whom = ForWhom(context, lambda person: self._show(person=person, language=""))

    # ---- finding

    def load(self) -> None:
        """Read the shelf, what is out, and the counts of twelve months."""
        desk, actor = self.context.desk, self.context.actor
        today = desk.today()
        first = today.replace(year=today.year - 1, day=1)

        def read() -> FormsPicture:
            from csr_desk.services import form_backs, forms

            return FormsPicture(
                every=shelf_forms(forms.shelf(desk, actor), today), out=form_backs.still_out(desk, actor),
                counts=form_backs.counts(desk, actor, first, today), month=today.isoformat()[:7],
                may_hand=actor.may(Act.HAND_FORM), may_keep=actor.may(Act.KEEP_FORMS),
            )  # fmt: skip

        def show(found: FormsPicture) -> None:
            now = self.picture
            self.picture = replace(
                found, question=now.question, chosen_no=now.chosen_no, language=now.language, person=now.person
            )
            self.view.show_picture(self.picture)

        self.context.read(read, show)

    def typed(self, text: str) -> None:
        """Show the forms that have these words."""
        self._show(question=text)

    def entered(self, text: str) -> None:
        """A number of a form that was handed out, scanned or keyed, is one that comes back."""
        try:
            read = numbering.read_number(numbering.FIXED["handout"], text)
        except BadInput as wrong:
            self.context.shell.banner(wrong.message, Tone.WARN)
            return
        if read is not None:
            self.view.show_handout(read.number)

    def choose(self, form_no: str) -> None:
        """Look at a form."""
        if form_no != self.picture.chosen_no:
            self._show(chosen_no=form_no)

    def look_at(self, about: str) -> None:
        """Show a form or what was handed out of it, or keep in mind who is in front."""
        noun, _, number = about.partition(":")
        if noun == "form":
            self._show(question="", chosen_no=number)
        elif noun == "handout":
            self.view.show_handout(number)
        elif noun == "customer":
            self.whom.look_at(number)

    def next_language(self) -> None:
        """Hand it out in the next language that it is there in."""
        picture = self.picture
        if picture.chosen is None or picture.sheet is None:
            return
        there = list(picture.chosen.in_force)
        if len(there) < 2:  # noqa: PLR2004 - one is no choice
            self.context.shell.banner(tr("This form is there in one language only."), Tone.INFO)
            return
        self._show(language=there[(there.index(picture.sheet.language) + 1) % len(there)])

    def forget_person(self) -> None:
        """Somebody else is in front."""
        self._show(person=NOBODY, language="")

    # ---- handing out

    def print_filled(self) -> None:
        """Print it with what is known of the customer in front."""
        sheet = self._sheet()
        if sheet is None:
            return
        if not (fields := self._asked(sheet)):
            self._hand(self._command(sheet, How.PRINT, {}))
            return

        def take(keyed: dict[str, str]) -> str | None:
            self._hand(self._command(sheet, How.PRINT, keyed))
            return None

        self.context.shell.ask_fields(self._title(sheet), fields, take, tr("Print it"))

    def mail_filled(self) -> None:
        """E-mail it with what is known of the customer in front; the outbox sends it."""
        sheet = self._sheet()
        if sheet is None:
            return
        fields = (Field("send_to", tr("To this e-mail address"), self.picture.person.email), *self._asked(sheet))

        def take(keyed: dict[str, str]) -> str | None:
            if not keyed["send_to"].strip() and not self.picture.person.number:
                return tr("Key the e-mail address.")
            self._hand(self._command(sheet, How.EMAIL, keyed))
            return None

        self.context.shell.ask_fields(self._title(sheet), fields, take, tr("E-mail it"))

    def hand_blank(self) -> None:
        """Hand empty ones out; they are counted."""
        sheet = self._sheet()
        if sheet is None:
            return

        def take(keyed: dict[str, str]) -> str | None:
            copies = keyed["copies"].strip()
            if not copies.isdecimal():
                return tr("Key how many, in figures.")
            self._hand(replace(self._command(sheet, How.BLANK, keyed), copies=int(copies)))
            return None

        how_many = (Field("copies", tr("How many"), "1", digits=True),)
        self.context.shell.ask_fields(self._title(sheet), how_many, take, tr("Print blank ones"))

    def _sheet(self) -> FormSheet | None:
        """The sheet that is handed out; where every revision is obsolete it says so, and nothing happens."""
        sheet = self.picture.sheet
        if sheet is not None and self.picture.chosen is not None and self.picture.chosen.blocked:
            words = tr("Form {0} is obsolete: nobody gets it any more.").format(sheet.form_no)
            self.context.shell.banner(words, Tone.WARN)
            return None
        return sheet

    def _asked(self, sheet: FormSheet) -> tuple[Field, ...]:
        """What fills the form and is not known of the customer."""
        wanted = set(sheet.fields.values())
        asked = []
        if Source.SITE in wanted:
            asked.append(Field("site", tr("Address that it is about"), self.picture.person.address, ends=True))
        if wanted & {Source.PERMIT, Source.PROJECT}:
            asked.append(Field("number", tr("Permit or project number"), hint=tr("may stay empty")))
        return tuple(asked)

    def _command(self, sheet: FormSheet, how: How, keyed: dict[str, str]) -> HandOut:
        from csr_desk.services.forms import HandOut

        number = keyed.get("number", "").strip()
        subject = ""
        if number:
            permit = number[:1].upper() == "P"
            subject = subjects.permit(number.upper()) if permit else subjects.project(number)
        return HandOut(
            uuid4().hex, sheet.form_no, how, sheet.language, 1, self.picture.person.number, subject,
            keyed.get("site", "").strip(), keyed.get("send_to", "").strip(),
        )  # fmt: skip

    def _hand(self, command: HandOut) -> None:
        from csr_desk.documents.form_filling import fill_form
        from csr_desk.services import forms

        desk, actor = self.context.desk, self.context.actor
        self.context.act(lambda: forms.hand_out(desk, actor, command, fill_form), self._handed)

    def _handed(self, done: Handed) -> None:
        given = done.handout
        if given.how is How.EMAIL:
            words = tr("{0} waits in the outbox as {1}.").format(given.form_no, given.number)
        else:
            words = tr("{0} is printed as {1}.").format(given.form_no, given.number)

            def make() -> bytes:
                from csr_desk.documents.form_filling import repeated

                return repeated(done.content, given.copies)

            self.context.shell.print_paper(f"form-{given.form_no}-{given.number}", make)
        self.context.shell.banner(words, Tone.OK)
        self.load()

    def _title(self, sheet: FormSheet) -> str:
        whom = self.picture.person.name
        words = tr("{0} in {1}").format(sheet.title, language_name(sheet.language))
        return tr("{0} for {1}").format(words, whom) if whom else words

    # ---- coming back

    def take_back(self, at: int, content: bytes = b"", name: str = "") -> None:
        """Note that the form of a row came back, with its scan where there is one."""
        from csr_desk.services import form_backs

        if 0 <= at < len(self.picture.out):
            command = form_backs.TakeBack(uuid4().hex, self.picture.out[at].handout.number, content, name)
            desk, actor = self.context.desk, self.context.actor
            self.context.act(lambda: form_backs.take_back(desk, actor, command), self._is_back)

    def give_up(self, at: int) -> None:
        """Wait no longer for the form of a row."""
        from csr_desk.services import form_backs

        if 0 <= at < len(self.picture.out):
            command = form_backs.GiveUp(uuid4().hex, self.picture.out[at].handout.number)
            desk, actor = self.context.desk, self.context.actor
            self.context.act(lambda: form_backs.give_up(desk, actor, command), self._is_back)

    def _is_back(self, given: Handout) -> None:
        words = tr("{0} is back.") if given.state == "back" else tr("{0} is given up.")
        self.context.shell.banner(words.format(given.number), Tone.OK)
        self.load()

    def _show(self, **new: object) -> None:
        self.picture = replace(self.picture, **new)  # type: ignore[arg-type]
        self.view.show_picture(self.picture)
