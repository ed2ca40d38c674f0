"""Mail of the outbox goes out by itself, beside the work: a try is noted, made on a thread of its own, and noted again.

Whoever sells waits for none of it. Where the window closes while a server is spoken to, its answer is waited for:
without one the message stands as “being sent” and is shown to people, never sent blindly.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from csr_desk.domain.outbox import Outcome, Transport, Verdict
from csr_desk.locations import key_folder
from csr_desk.ui.worker import Worker

if TYPE_CHECKING:
    from csr_desk.services.desk import Desk
    from csr_desk.services.outbox_sending import Try

log = logging.getLogger("csr_desk")
EVERY_MS = 30_000
LAST_SECONDS = 5.0


class Mailing(QObject):
    """Looks every half minute whether a message is due; one is on its way at a time."""

    def __init__(self, database: Worker, parent: QObject | None = None) -> None:
        """``database`` notes each step; nothing goes out before ``watch``."""
        super().__init__(parent)
        self.transport: Transport | None = None
        """Set by a test; None speaks to the server that the office's settings name."""
        self.told: Callable[[], None] = _nobody
        """Called when a message was sent or refused."""
        self._database = database
        self._post: Worker | None = None
        self._desk: Desk | None = None
        self._sent: Try | None = None
        self._outcome: Outcome | None = None
        self._looks = QTimer(self)
        self._looks.setInterval(EVERY_MS)
        self._looks.timeout.connect(self.look)

    @property
    def busy(self) -> bool:
        """A message is on its way."""
        return self._sent is not None

    def watch(self, desk: Desk) -> None:
        """Send what is due from this office from now on."""
        self._desk = desk
        self._looks.start()

    def look(self) -> None:
        """Begin with the next message that is due, unless one is on its way or nothing is sent at all."""
        from csr_desk.services import outbox_sending

        desk = self._desk
        if desk is None or self._sent is not None or desk.stopped or outbox_sending.why_not(desk):
            return
        self._database.run(lambda: outbox_sending.begin_try(desk), self._go, _quiet)

    def stop(self) -> None:
        """Wait a little for the message that is on its way, note what came of it, and end the thread."""
        self._looks.stop()
        if self._post is not None:
            self._post.stop(wait_seconds=LAST_SECONDS)
        if self._sent is not None and self._outcome is not None:
            self._note(self._sent, self._outcome)
        self._desk = None

    def _go(self, sent: Try | None) -> None:
        if sent is None or self._desk is None or self._sent is not None:
            return
        self._sent, self._outcome = sent, None
        transport = self.transport or _server(self._desk)
        if self._post is None:
            self._post = Worker(self, "mail")

        def hand_over() -> Outcome:
            self._outcome = transport(sent.envelope)
            return self._outcome

        def unknown(error: Exception) -> None:
            log.error("the mail device failed", exc_info=error)
            self._note(sent, Outcome(Verdict.UNKNOWN, "The program failed while the message was handed over."))

        self._post.run(hand_over, lambda outcome: self._note(sent, outcome), unknown)

    def _note(self, sent: Try, outcome: Outcome) -> None:
        from csr_desk.services import outbox_sending

        desk = self._desk
        if desk is None or self._sent is not sent:
            return
        self._sent = None

        def noted(_state: object) -> None:
            self.told()
            self.look()

        self._database.run(lambda: outbox_sending.end_try(desk, sent, outcome), noted, _quiet)


def _server(desk: Desk) -> Transport:
    """Return the mail server of the settings; a secret that cannot be read is as good as no connection."""
    from csr_desk.devices import mail
    from csr_desk.domain.errors import Refusal, Trouble

    try:
        return mail.server_of(desk.policy.mail_server, desk.policy.mail_security, mail.read_secret(key_folder()))
    except (Refusal, Trouble) as fault:
        said = str(fault)
        return lambda _envelope: Outcome(Verdict.LATER, said)


def _quiet(error: Exception) -> None:
    log.error("the outbox could not be read or noted", exc_info=error)


def _nobody() -> None:
    """Nobody looks."""
