"""The words of the place of collection, for the tongue in force."""

from __future__ import annotations

from csr_desk.domain.money import Cents
from csr_desk.domain.receivable.collection import PlanState, RoundLine
from csr_desk.domain.receivable.stages import Move, Stage
from csr_desk.ui.wording import tr

_THOUSAND, _MILLION = 1_000_00, 1_000_000_00


def ages() -> tuple[str, str, str, str]:
    """The columns of the ageing."""
    return tr("Current"), tr("31–60"), tr("61–90"), tr("Over 90")


def stage_names() -> tuple[tuple[Stage, str], ...]:
    """The stages in the order in which accounts come to them."""
    return (
        (Stage.REMINDER, tr("Reminded")),
        (Stage.NOTICE, tr("Notice of cut-off")),
        (Stage.LISTED, tr("On the cut-off list")),
        (Stage.CUT_OFF, tr("Cut off")),
        (Stage.RESTORING, tr("To restore")),
    )


def line_words(line: RoundLine) -> str:
    """Say what a round does to an account."""
    if line.plan_state is PlanState.BROKEN:
        return tr("Plan broken, notice")
    if line.plan_state is PlanState.KEPT:
        return tr("Plan paid whole")
    return {Move.REMINDER: tr("Reminder"), Move.NOTICE: tr("Notice of cut-off"), Move.LISTED: tr("Cut-off list")}.get(
        line.move or Move.STOPPED, ""
    )


def round_words(counts: dict[str, int]) -> str:
    """Say what a round did."""
    names = {
        "reminder": tr("{0} reminded"),
        "notice": tr("{0} given notice"),
        "listed": tr("{0} put on the cut-off list"),
        "plan_broken": tr("1 plan broken") if counts.get("plan_broken") == 1 else tr("{0} plans broken"),
        "plan_kept": tr("1 plan paid whole") if counts.get("plan_kept") == 1 else tr("{0} plans paid whole"),
    }
    said = ", ".join(names[name].format(f"{counts[name]:,}") for name in names if counts.get(name))
    return tr("The round is done: {0}.").format(said) if said else tr("Nobody came to another stage.")


def left_words(done: str, left: int) -> str:
    """What a round did that was stopped, and what it left."""
    if left == 1:
        return tr("{0} Stopped: 1 account is left for the next round.").format(done)
    return tr("{0} Stopped: {1} accounts are left for the next round.").format(done, f"{left:,}")


def drawing_words(number: int) -> str:
    """So many letters are being drawn."""
    return tr("1 letter is drawn …") if number == 1 else tr("{0} letters are drawn …").format(f"{number:,}")


def saved_words(done: int, files: int, every: int, folder: object) -> str:
    """So many letters of so many are saved as so many files, in a folder."""
    letters = tr("1 letter") if done == 1 else tr("{0} letters").format(f"{done:,}")
    as_files = tr("{0}, saved as 1 file in {1}.") if files == 1 else tr("{0}, saved as {2} files in {1}.")
    words, missing = as_files.format(letters, folder, f"{files:,}"), every - done
    if missing == 1:
        return tr("{0} Stopped: 1 letter is missing.").format(words)
    return tr("{0} Stopped: {1} letters are missing.").format(words, f"{missing:,}") if missing else words


def cut_words(number: int) -> str:
    """So many accounts were cut off by the crew."""
    if number == 1:
        return tr("1 account is recorded as cut off.")
    return tr("{0} accounts are recorded as cut off.").format(f"{number:,}")


def statements_words(statements: int, pages: int) -> str:
    """So many statements on so many pages."""
    made = tr("1 statement") if statements == 1 else tr("{0} statements").format(f"{statements:,}")
    return tr("{0} on 1 page").format(made) if pages == 1 else tr("{0} on {1} pages").format(made, f"{pages:,}")


def short_money(cents: Cents) -> str:
    """Write an amount over a bar: whole dollars, thousands or millions; the figures in full stand on the paper."""
    if cents >= _MILLION:
        whole, tenth = divmod(cents // (_MILLION // 10), 10)
        return tr("${0}M").format(f"{whole:,}.{tenth}")
    if cents >= _THOUSAND * 10:
        return tr("${0}k").format(f"{cents // _THOUSAND:,}")
    return tr("${0}").format(f"{cents // 100:,}")
