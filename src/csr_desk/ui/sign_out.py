"""What is noted around a sign-in: that a person left, and that the clock stands oddly against the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from csr_desk.ui.context import Context, Runner, Tone

if TYPE_CHECKING:
    from csr_desk.services.clock_watch import ClockJump


def note_sign_out(runner: Runner, context: Context) -> None:
    """Let the journal know, away from the window; leaving is never refused."""
    desk, actor = context.desk, context.actor

    def note() -> None:
        from csr_desk.services.people_journal import sign_out

        sign_out(desk, actor)

    runner.run(note, lambda _done: None, lambda _error: None)


def tell_jump(context: Context) -> None:
    """Say that the clock was moved while somebody worked, once; the ledger knows of it already."""
    jump, context.desk.watch.news = context.desk.watch.news, None
    if jump is not None:
        context.shell.banner(clock_words(jump), Tone.WARN)


def clock_words(jump: ClockJump) -> str:
    """How the clock stands against the newest entry, for whoever can set it right."""
    minutes = abs(jump.seconds) // 60
    days, hours = minutes // (24 * 60), minutes // 60 % 24
    gone = QCoreApplication.translate("MainWindow", "{0} d {1} h {2} min").format(days, hours, minutes % 60)
    if jump.running:
        words = (
            QCoreApplication.translate("MainWindow", "The clock went back by {0}. Is it right? {1}")
            if jump.seconds < 0
            else QCoreApplication.translate("MainWindow", "The clock went on by {0}. Is it right? {1}")
        )
        stays = QCoreApplication.translate("MainWindow", "The business date stays until somebody signs in again.")
        return words.format(gone, stays)
    words = (
        QCoreApplication.translate("MainWindow", "The clock is {0} behind the newest entry. Is it right?")
        if jump.seconds < 0
        else QCoreApplication.translate("MainWindow", "The newest entry is {0} old. If that cannot be, set the clock.")
    )
    return words.format(gone)
