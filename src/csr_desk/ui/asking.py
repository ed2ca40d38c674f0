"""Questions that follow each other faster than the answers: only the newest one is asked, only its answer is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from csr_desk.ui.context import Context

T = TypeVar("T")


class Newest(Generic[T]):
    """Asks one question at a time; while it is under way, the last of those that follow waits."""

    def __init__(self, context: Context, read: Callable[[str], T], show: Callable[[str, T], None]) -> None:
        """``read`` answers a question away from the window; ``show`` gets the question and its answer."""
        self._context = context
        self._read = read
        self._show = show
        self._wanted: str | None = None
        self._under_way: str | None = None

    @property
    def pending(self) -> str | None:
        """The question whose answer is still to come."""
        return self._wanted

    def ask(self, question: str) -> None:
        """Ask this, whatever was asked before."""
        self._wanted = question
        if self._under_way is None:
            self._send()

    def forget(self) -> None:
        """Nobody waits for an answer any more."""
        self._wanted = None

    def _send(self) -> None:
        question = self._under_way = self._wanted
        if question is not None:
            self._context.read(
                lambda: self._read(question), lambda answer: self._arrived(question, answer), self._failed
            )

    def _arrived(self, question: str, answer: T) -> None:
        self._under_way = None
        if question == self._wanted:
            self._wanted = None
            self._show(question, answer)
        elif self._wanted is not None:
            self._send()

    def _failed(self, error: Exception) -> None:
        self._under_way = self._wanted = None
        self._context.shell.problem(error)
