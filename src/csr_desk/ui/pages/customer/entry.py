"""Entering and changing a customer: field to field by Enter, doubles told before they are made, nothing lost on Esc.

Knows no Qt. A draft is kept by whom it is for until it is saved, emptied, or the person signs out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from csr_desk.domain.changes import Done
from csr_desk.domain.customers import Contact, ContactKind
from csr_desk.domain.errors import Conflict, Refusal
from csr_desk.domain.people import Act
from csr_desk.ui.context import BannerAction, Context, Field, Tone
from csr_desk.ui.pages.customer.entry_form import FIELDS, Draft
from csr_desk.ui.pages.customer.picture import CustomerScreen, FormPicture
from csr_desk.ui.pages.customer.words import alike_rows
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.customers import CustomerForm
    from csr_desk.services.customer_duplicates import Alike
    from csr_desk.services.customer_pages import CustomerPage
    from csr_desk.services.customer_scans import Scanned
    from csr_desk.services.customers_entry import Edited


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked about doubles: for which draft, with which values."""

    number: str
    form: CustomerForm


class Entry:
    """One form at a time; several drafts may wait."""

    def __init__(self, context: Context, screen: CustomerScreen, open_page: Callable[[str], None]) -> None:
        """``open_page`` shows a customer by number."""
        self._context = context
        self._screen = screen
        self._open_page = open_page
        self._drafts: dict[str, Draft] = {}
        self._sending = False
        self.draft: Draft | None = None
        self.edited: Edited | None = None
        """The last edit of this sign-in, which Ctrl+Z takes back."""
        self.alike: tuple[Alike, ...] = ()

    @property
    def may_edit(self) -> bool:
        """This person may enter and change customers."""
        return self._context.actor.may(Act.EDIT_ACCOUNTS)

    # ---- coming and going

    def start_new(self) -> None:
        """Open the form for somebody who is not here yet, or go on where it was left."""
        if self.may_edit:
            self._start(self._drafts.setdefault("", Draft()), tr("New customer"))

    def start_edit(self, page: CustomerPage | None) -> None:
        """Open the form of a customer; what was begun on it comes back."""
        if page is None or not self.may_edit:
            return
        if page.hidden:
            self._context.shell.banner(
                tr("This customer is confidential. Ctrl+T logs it, then you may change."), Tone.WARN
            )
            return
        draft = self._drafts.get(page.number)
        if draft is None or not draft.touched:
            draft = self._drafts[page.number] = Draft(page.number, page.form)
        self._start(draft, page.form.name)

    def _start(self, draft: Draft, title: str) -> None:
        self.draft = draft
        self.alike = ()
        self._screen.show_alike((), "")
        self._screen.show_form(
            FormPicture(title, dict(draft.values), tr("What you had begun is still here.") if draft.touched else "")
        )
        self._screen.show_form_fault("")
        self._screen.focus_field("name")
        self._screen.let_acts()
        if draft.touched:
            self.look_for_doubles()

    def leave(self) -> None:
        """Esc: one step back, and nothing is lost."""
        if self.draft is None:
            return
        draft, self.draft = self.draft, None
        self._screen.hide_form()
        self._screen.let_acts()
        if draft.touched:
            key = "F2" if draft.number else "Ctrl+N"
            words = tr("What you keyed is kept. {key} goes on with it.").format(key=key)
            self._context.shell.banner(words, Tone.INFO)
        else:
            self._drafts.pop(draft.number, None)

    def empty(self) -> None:
        """Take everything keyed out of the form; the banner brings it back."""
        if self.draft is None or not self.draft.touched:
            return
        thrown = self.draft
        fresh = self._drafts[thrown.number] = Draft(thrown.number, thrown.was)
        self._start(fresh, thrown.was.name or tr("New customer"))

        def bring_back() -> None:
            self._drafts[thrown.number] = thrown
            self._start(thrown, thrown.was.name or tr("New customer"))

        self._context.shell.banner(
            tr("The form is as it was."), Tone.INFO, BannerAction(tr("Bring it back"), bring_back)
        )

    # ---- keying

    def set_value(self, name: str, text: str) -> None:
        """A field changed."""
        if self.draft is not None and self.draft.values[name] != text:
            kind = self.draft.values["kind"]
            self.draft.set_value(name, text)
            if self.draft.values["kind"] != kind and name != "kind":
                self._screen.fill_form({"kind": self.draft.values["kind"]})

    def field_done(self, name: str) -> None:
        """Enter in a field: the next one; after the last one it is saved."""
        at = FIELDS.index(name)
        if at + 1 == len(FIELDS):
            self.save()
            return
        self._screen.focus_field(FIELDS[at + 1])
        if name in ("name", "address", "phone", "email"):
            self.look_for_doubles()

    def look_for_doubles(self) -> None:
        """Ask whether the one in the form is here already; what cannot be kept is said at once."""
        draft = self.draft
        if draft is None or not draft.values["name"].strip():
            return
        asked = Asked(draft.number, draft.form())

        def found(alike: tuple[Alike, ...]) -> None:
            if self._still(asked):
                self._screen.show_form_fault("")
                self._show_alike(alike)

        def failed(error: Exception) -> None:
            if self._still(asked) and isinstance(error, Refusal):
                self._screen.show_form_fault(error.message)

        self._context.read(self._doubles(asked), found, failed)

    def _still(self, asked: Asked) -> bool:
        return self.draft is not None and asked == Asked(self.draft.number, self.draft.form())

    def _doubles(self, asked: Asked) -> Callable[[], tuple[Alike, ...]]:
        desk, actor = self._context.desk, self._context.actor

        def read() -> tuple[Alike, ...]:
            from csr_desk.services.customer_duplicates import alike

            return alike(desk, actor, asked.form, asked.number)

        return read

    def _show_alike(self, alike: tuple[Alike, ...]) -> None:
        self.alike = alike
        words = tr("May be here already. F3 opens the one that is picked.") if alike else ""
        self._screen.show_alike(alike_rows(alike), words)
        self._screen.let_acts()

    def open_alike(self, key: str) -> None:
        """Look at the one who may be the same; what was keyed is kept."""
        if self.draft is None or not self.alike:
            return
        number = key.partition(":")[2] or self.alike[0].hit.number
        self.leave()
        self._open_page(number)

    def scanned(self, text: str) -> None:
        """A licence was scanned: it fills name and address of the form, or of a new one."""
        if not self.may_edit:
            return
        if self.draft is None:
            self.start_new()
        draft, desk, actor = self.draft, self._context.desk, self._context.actor
        if draft is None:
            return
        form = draft.form()

        def read() -> Scanned:
            from csr_desk.services.customer_scans import fill_from_licence

            return fill_from_licence(desk, actor, form, text)

        def filled(card: Scanned) -> None:
            values = {name: getattr(card.form, name) for name in card.filled}
            for name, value in values.items():
                draft.set_value(name, value)
            if self.draft is not draft:
                return
            self._screen.fill_form(dict(draft.values))
            self._screen.show_form_fault(card.warning)
            self._screen.focus_field(draft.first_empty())
            self.look_for_doubles()

        self._context.read(read, filled, self._refused)

    # ---- saving

    def save(self) -> None:
        """Keep what is keyed; somebody who may be here already is asked about once."""
        draft = self.draft
        if draft is None or self._sending:
            return
        if draft.number and not draft.touched:
            self.leave()
            return
        self._sending = True
        asked = Asked(draft.number, draft.form())

        def found(alike: tuple[Alike, ...]) -> None:
            numbers = frozenset(one.hit.number for one in alike)
            if numbers <= draft.confirmed:
                self._send(draft, asked)
                return
            self._sending = False
            draft.confirmed |= numbers
            self._show_alike(alike)
            again = tr("Not saved yet: somebody like this is here. Enter again saves, F3 opens the one that is picked.")
            self._screen.show_form_fault(again)

        self._context.read(self._doubles(asked), found, self._refused)

    def _send(self, draft: Draft, asked: Asked) -> None:
        from csr_desk.services import customers_entry as service

        desk, actor = self._context.desk, self._context.actor
        if not draft.number:
            new = service.EnterCustomer(draft.key, asked.form)
            self._context.act(lambda: service.enter_customer(desk, actor, new), self._entered, self._refused)
            return
        edit = service.EditCustomer(draft.number, draft.was, asked.form)
        self._context.act(lambda: service.edit_customer(desk, actor, edit), self._kept, self._refused)

    def _entered(self, number: str) -> None:
        name = self.draft.values["name"].strip() if self.draft is not None else number
        self._close("")
        self._open_page(number)
        self._context.shell.banner(tr("{name} is entered as {number}.").format(name=name, number=number), Tone.OK)

    def _kept(self, edited: Edited) -> None:
        self._close(edited.number)
        self.edited = edited
        self._open_page(edited.number)
        words = tr("Kept. Ctrl+Z takes this change back.")
        self._context.shell.banner(words, Tone.OK, BannerAction(tr("Take back"), self.undo))

    def _close(self, number: str) -> None:
        self._sending = False
        self._drafts.pop(number, None)
        self.draft = None
        self._screen.hide_form()
        self._screen.let_acts()

    def _refused(self, error: Exception) -> None:
        self._sending = False
        if isinstance(error, Conflict) and self.draft is not None and self.draft.number:
            self._follow(self.draft, error)
        elif isinstance(error, Refusal) and self.draft is not None:
            self._screen.show_form_fault(error.message)
            if error.field:
                self._screen.focus_field(error.field)
        else:
            self._context.shell.problem(error)

    def _follow(self, draft: Draft, error: Conflict) -> None:
        """Somebody else changed the customer: show theirs with what was keyed here on top."""
        desk, actor = self._context.desk, self._context.actor

        def read() -> CustomerPage:
            from csr_desk.services.customer_pages import customer_page

            return customer_page(desk, actor, draft.number)

        def found(page: CustomerPage) -> None:
            if page.number != draft.number:  # joined with another record meanwhile
                self._screen.show_form_fault(error.message)
                return
            draft.follow(page.form)
            if self.draft is draft:
                self._screen.fill_form(dict(draft.values))
                words = tr(
                    "Somebody else changed this customer meanwhile. Theirs is filled in, yours on top: Enter again."
                )
                self._screen.show_form_fault(words)

        self._context.read(read, found)

    # ---- undo, and other ways to reach them

    def undo(self) -> None:
        """Take the last edit back; once more makes it again."""
        if self.edited is None or self.draft is not None:
            return
        from csr_desk.services.customers_entry import EditCustomer

        edited = self.edited
        self._edit(
            EditCustomer(edited.number, edited.now, edited.was), tr("The change is taken back. Ctrl+Z makes it again.")
        )

    def _edit(self, command: object, words: str) -> None:
        from csr_desk.services import customers_entry as service

        if not isinstance(command, service.EditCustomer):
            return
        desk, actor = self._context.desk, self._context.actor

        def job() -> Done[Edited]:
            return service.edit_customer(desk, actor, command)

        def done(edited: Edited) -> None:
            self.edited = edited
            self._open_page(edited.number)
            self._context.shell.banner(words, Tone.OK)

        self._context.act(job, done)

    def ask_contact(self, page: CustomerPage | None) -> None:
        """Ask for one more telephone, e-mail or address of a customer."""
        if page is None or page.hidden or not self.may_edit:
            return
        fields = (
            Field("words", tr("Telephone, e-mail or address")),
            Field("label", tr("What it is"), hint=tr("work, son, weekends; may stay empty")),
        )

        def take(values: dict[str, str]) -> str | None:
            if not values["words"]:
                return tr("Key a telephone, an e-mail or an address.")
            from csr_desk.services.customers_entry import EditCustomer

            contact = Contact(contact_kind(values["words"]), values["words"], values["label"])
            more = replace(page.form, contacts=(*page.form.contacts, contact))
            self._edit(EditCustomer(page.number, page.form, more), tr("Kept. Ctrl+Z takes this change back."))
            return None

        self._context.shell.ask_fields(
            tr("Another way to reach {name}").format(name=page.form.name), fields, take, keep=True
        )


def contact_kind(text: str) -> ContactKind:
    """Say what a further contact is by its looks: an e-mail has an @, a telephone no letters but those of x12."""
    if "@" in text:
        return ContactKind.EMAIL
    letters = sum(mark.isalpha() for mark in text.lower().replace("ext", "").replace("x", ""))
    return ContactKind.ADDRESS if letters else ContactKind.PHONE
