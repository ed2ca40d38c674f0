"""Adjustments of an account, or those that wait: prepared as a draft, asked for, decided, taken back. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from csr_desk.domain.changes import Done
from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import Cents, parse_cents, shown
from csr_desk.domain.people import Act
from csr_desk.domain.receivable.adjusting import KINDS, Kind, Worksheet
from csr_desk.domain.receivable.adjustment import Adjustment, State, may_decide
from csr_desk.services.customer_papers import MakePapers, make_paper
from csr_desk.ui.adjusting.words import evidence_fields, read_months, read_uses
from csr_desk.ui.context import Choice, Context, Field, Tone
from csr_desk.ui.dates import parse_day
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.adjustment_cases import Wanted
    from csr_desk.services.documents_kept import NewDocument


@dataclass(frozen=True, slots=True)
class Draft:
    """What was worked out and is not asked for yet."""

    key: str
    kind: Kind
    wanted: Wanted
    sheet: Worksheet
    reason: str = ""
    files: tuple[NewDocument, ...] = ()


@dataclass(frozen=True, slots=True)
class AdjustingPicture:
    """All that the panel shows; without an account it is what waits for this person's decision."""

    account: str = ""
    rows: tuple[Adjustment, ...] = ()
    draft: Draft | None = None


class AdjustingView(Protocol):
    """What the presenter asks of the panel."""

    def show_picture(self, picture: AdjustingPicture) -> None:
        """Show it."""

    def go_to(self, number: str) -> None:
        """Pick an adjustment."""


class AdjustingPresenter:
    """One account at a time, or the queue of whoever decides."""

    def __init__(self, context: Context, view: AdjustingView) -> None:
        """Nothing is shown yet."""
        self.context = context
        self.view = view
        self.picture = AdjustingPicture()

    def show_account(self, account: str) -> None:
        """Read the adjustments of an account; with none named, those that wait for this person."""
        desk, actor = self.context.desk, self.context.actor

        def read() -> AdjustingPicture:
            from csr_desk.services import adjustment_records

            if account:
                return AdjustingPicture(account, adjustment_records.adjustments_of(desk, actor, account))
            waits = adjustment_records.waiting(desk, actor) if actor.may(Act.DECIDE_ADJUSTMENT) else ()
            return AdjustingPicture("", waits)

        self.context.read(read, self._read)

    def _read(self, picture: AdjustingPicture) -> None:
        """Show what was read; a draft of the same account is still being prepared."""
        same = picture.account == self.picture.account
        self._show(replace(picture, draft=self.picture.draft if same else None))

    def _show(self, picture: AdjustingPicture) -> None:
        self.picture = picture
        self.view.show_picture(picture)

    def prepare(self) -> None:
        """Ask what kind it is, then for what the kind needs; work it out without recording anything."""
        choices = [
            Choice(str(n), f"{kind.name} ({kind.authority})" if kind.authority else kind.name, kind.code)
            for n, kind in enumerate(KINDS.values(), 1)
        ]
        self.context.shell.ask_reason(tr("What is adjusted?"), choices, lambda code: self._ask_for(KINDS[code]))

    def _ask_for(self, kind: Kind) -> None:
        amount = tr("Amount that comes off") if not kind.by_use else tr("Amount, where it was computed elsewhere")
        by_use = tr("5/2026 5,000; 4/2026 5,200: where no bill says it")
        fields = (
            Field("months", tr("Months"), hint=tr("6/2026, 7/2026; empty is the newest bill")),
            *evidence_fields(kind),
            *((Field("use", tr("Gallons by month"), hint=by_use),) if kind.by_use else ()),
            Field("amount", amount, hint=tr("empty: by the rules") if kind.by_use else tr("minus adds to the bill")),
            Field("reason", tr("Note for whoever decides"), hint=tr("may stay empty")),
        )
        key = uuid4().hex

        def take(values: dict[str, str]) -> str | None:
            try:
                wanted = self._wanted(kind, values)
            except BadInput as wrong:
                return wrong.message
            self._try_out(Draft(key, kind, wanted, Worksheet((), 0, eligible=False), values["reason"]))
            return None

        title = tr("{kind} on account {account}").format(kind=kind.name, account=self.picture.account)
        self.context.shell.ask_fields(title, fields, take, tr("Work it out"), keep=True)

    def _wanted(self, kind: Kind, values: dict[str, str]) -> Wanted:
        from csr_desk.services.adjustment_cases import Wanted

        given = {name: values[name] for name in kind.evidence if values[name]}
        if given.get("repair_date"):
            given["repair_date"] = parse_day(given["repair_date"], self.context.desk.today()).isoformat()
        return Wanted(
            self.picture.account,
            kind.code,
            months=read_months(values["months"]),
            amount=_cents(values["amount"]),
            evidence=tuple(given.items()),
            use=read_uses(values.get("use", "")),
        )

    def _try_out(self, draft: Draft) -> None:
        desk, actor = self.context.desk, self.context.actor

        def work_out() -> Worksheet:
            from csr_desk.services import adjustments

            return adjustments.try_out(desk, actor, draft.wanted)

        def found(sheet: Worksheet) -> None:
            self._show(replace(self.picture, draft=replace(draft, sheet=sheet)))
            if sheet.eligible:
                words = tr("{amount} would come off. Nothing is recorded before you ask for it.")
                told = words.format(amount=shown(sheet.amount))
                self.context.shell.banner(told, Tone.INFO)
            else:
                self.context.shell.banner(tr("This is not possible: see what does not hold."), Tone.WARN)

        self.context.read(work_out, found)

    def drop_draft(self) -> None:
        """Forget what was worked out."""
        self._show(replace(self.picture, draft=None))

    def request(self) -> None:
        """Ask for what was worked out."""
        draft = self.picture.draft
        if draft is None or not draft.sheet.eligible:
            return
        desk, actor = self.context.desk, self.context.actor

        def ask() -> Done[Adjustment]:
            from csr_desk.services import adjustments

            command = adjustments.RequestAdjustment(draft.key, draft.wanted, draft.reason, draft.files)
            return adjustments.request(desk, actor, command)

        def asked(done: Adjustment) -> None:
            whose = done.decider.value.replace("_", " ") if done.decider else ""
            words = tr("{number}: {amount} waits for the decision of a person whose role is {role}.")
            self._told(done, words.format(number=done.number, amount=shown(done.amount), role=whose))

        self.context.act(ask, asked)

    def attach(self, paths: Sequence[Path], one: Adjustment | None) -> None:
        """Add files to the draft, or to a request that waits."""
        desk, actor, key = self.context.desk, self.context.actor, uuid4().hex
        draft = self.picture.draft
        if not paths or (draft is None and (one is None or not one.waits)):
            return

        def read() -> tuple[NewDocument, ...]:
            from csr_desk.services.documents_kept import MEGABYTE, NewDocument, checked
            from csr_desk.services.files_read import read_bounded

            most = desk.policy.attachment_megabytes * MEGABYTE
            files = tuple(NewDocument(path.name, read_bounded(path, most)) for path in paths)
            checked(desk, files, [file.sha256 for file in draft.files] if draft else ())
            return files

        def keep(files: tuple[NewDocument, ...]) -> None:
            if draft is not None:
                self._show(replace(self.picture, draft=replace(draft, files=(*draft.files, *files))))
                return
            if one is not None:
                self._attach_to(one, key, files, actor_may=actor.may(Act.REQUEST_ADJUSTMENT))

        self.context.read(read, keep)

    def _attach_to(self, one: Adjustment, key: str, files: tuple[NewDocument, ...], *, actor_may: bool) -> None:
        desk, actor = self.context.desk, self.context.actor

        def attach() -> Done[Adjustment]:
            from csr_desk.services import adjustments

            return adjustments.attach(desk, actor, adjustments.AttachDocuments(key, one.number, files))

        if actor_may:
            self.context.act(attach, lambda done: self._told(done, tr("{0} is attached.").format(_names(files))))

    def approve(self, one: Adjustment) -> None:
        """Approve, with words for the customer if there are any."""
        title = tr("Approve {amount} on account {account}").format(amount=shown(one.amount), account=one.account)
        self._decide(one, title, tr("Approve"), yes=True)

    def refuse(self, one: Adjustment) -> None:
        """Refuse, with the reason that the customer reads."""
        self._decide(one, tr("Refuse {number}").format(number=one.number), tr("Refuse"), yes=False)

    def _decide(self, one: Adjustment, title: str, accept: str, *, yes: bool) -> None:
        desk, actor, key = self.context.desk, self.context.actor, uuid4().hex

        def decide(reason: str) -> Done[Adjustment]:
            from csr_desk.services import adjustment_decisions

            command = adjustment_decisions.DecideAdjustment(key, one.number, yes, reason)
            return adjustment_decisions.decide(desk, actor, command)

        def decided(done: Adjustment) -> None:
            if done.state is not State.APPROVED:
                self._told(done, tr("{0} is refused. Print the letter for the customer.").format(done.number))
                return
            words = tr("{amount} came off the bills; {credit} of it is credit. Print the letter for the customer.")
            self._told(done, words.format(amount=shown(done.amount - done.credit), credit=shown(done.credit)))

        self._with_reason(title, accept, decide, decided, needed=not yes)

    def withdraw(self, one: Adjustment) -> None:
        """Take one's own request back."""
        desk, actor, key = self.context.desk, self.context.actor, uuid4().hex

        def withdraw(reason: str) -> Done[Adjustment]:
            from csr_desk.services import adjustments

            return adjustments.withdraw(desk, actor, adjustments.WithdrawAdjustment(key, one.number, reason))

        title = tr("Take {number} back").format(number=one.number)
        told = tr("{0} is taken back.").format(one.number)
        self._with_reason(title, tr("Take it back"), withdraw, lambda done: self._told(done, told), needed=False)

    def reverse(self, one: Adjustment) -> None:
        """Take an approved adjustment back, by an entry of its own."""
        desk, actor, key = self.context.desk, self.context.actor, uuid4().hex

        def reverse(reason: str) -> Done[Adjustment]:
            from csr_desk.services import adjustment_decisions

            command = adjustment_decisions.ReverseAdjustment(key, one.number, reason)
            return adjustment_decisions.reverse(desk, actor, command)

        title = tr("Reverse {number}: {amount} is owed again").format(number=one.number, amount=shown(one.amount))
        told = tr("{0} is reversed. Print the letter for the customer.").format(one.number)
        self._with_reason(title, tr("Reverse it"), reverse, lambda done: self._told(done, told), needed=True)

    def _with_reason(
        self,
        title: str,
        accept: str,
        do: Callable[[str], Done[Adjustment]],
        done: Callable[[Adjustment], None],
        *,
        needed: bool,
    ) -> None:
        hint = tr("the customer reads it") if needed else tr("may stay empty; the customer reads it")

        def take(values: dict[str, str]) -> str | None:
            if needed and not values["reason"]:
                return tr("Say why: the customer is told.")
            self.context.act(lambda: do(values["reason"]), done)
            return None

        self.context.shell.ask_fields(title, (Field("reason", tr("Why"), hint=hint),), take, accept, keep=True)

    def letter(self, one: Adjustment) -> None:
        """Print what the customer is told."""
        desk, actor = self.context.desk, self.context.actor
        office, today = desk.office, desk.today()
        given = MakePapers(uuid4().hex, (one,))

        def make() -> bytes:
            from csr_desk.documents.adjustment_letter import adjustment_letter_pdf

            return make_paper(desk, actor, given, partial(adjustment_letter_pdf, office=office, written_on=today))

        self.context.shell.print_paper(f"letter-{one.number}", make)
        self.context.shell.banner(tr("The letter to {0} goes to the printer.").format(one.customer), Tone.INFO)

    def save_documents(self, one: Adjustment) -> None:
        """Save the files of an adjustment where a person can open them."""
        desk, actor = self.context.desk, self.context.actor

        def save() -> list[Path]:
            from csr_desk.services import adjustment_records
            from csr_desk.ui.saved_files import save_file

            found = []
            for file in one.documents:
                opened = adjustment_records.document(desk, actor, file.number)
                found.append(save_file(f"{file.number}{_ENDINGS.get(opened.media, '')}", opened.content))
            return found

        def saved(paths: list[Path]) -> None:
            told = tr("Saved: {0}").format(", ".join(str(path) for path in paths))
            self.context.shell.banner(told, Tone.OK)

        self.context.read(save, saved)

    def may(self, act: str, one: Adjustment | None) -> bool:
        """Say whether a key does something now: ``prepare``, ``request``, ``attach``, ``decide`` and so on."""
        actor, draft = self.context.actor, self.picture.draft
        asks = actor.may(Act.REQUEST_ADJUSTMENT)
        if act == "prepare":
            return asks and bool(self.picture.account)
        if act == "request":
            return asks and draft is not None and draft.sheet.eligible
        if act == "attach":
            return asks and (draft is not None or (one is not None and one.waits))
        if one is None or draft is not None:
            return False
        others = one.waits and actor.may(Act.DECIDE_ADJUSTMENT) and one.requested_by != actor.user
        return {
            "approve": others and may_decide(actor, one.amount, self.context.desk.policy),
            "refuse": others,
            "withdraw": asks and one.waits and one.requested_by == actor.user,
            "reverse": one.state is State.APPROVED and actor.may(Act.REVERSE_ADJUSTMENT),
            "letter": True,
            "save": bool(one.documents),
        }[act]

    def _told(self, done: Adjustment, words: str) -> None:
        self.context.shell.banner(words, Tone.OK)
        self.picture = replace(self.picture, draft=None)
        self.show_account(self.picture.account)
        self.view.go_to(done.number)


_ENDINGS = {
    "application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/tiff": ".tif", "image/heic": ".heic",
    "text/plain": ".txt",
}  # fmt: skip


def _cents(words: str) -> Cents | None:
    """Read an amount, a minus in front of what is added; nothing gives none."""
    bare = words.strip().replace("\u2212", "-").replace("$", "")
    return parse_cents(bare) if bare else None


def _names(files: Sequence[NewDocument]) -> str:
    return ", ".join(file.name for file in files)
