"""What can be started from every page with one key, beside whatever is in front: a request, a contact, a call for help.

A new one is a line in ``ANYWHERE`` and a module with ``start(context, about)``, loaded when its key is first pressed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from csr_desk.domain.people import Act

if TYPE_CHECKING:
    from csr_desk.ui.context import Context


@dataclass(frozen=True, slots=True)
class AnywhereSpec:
    """A line of the table; ``title`` is QT_TRANSLATE_NOOP("anywhere", …)."""

    key: str
    title: str
    shortcut: str
    act: Act
    """The permission that offers it."""
    module: str
    """Its module below ``csr_desk.ui``; it has ``start(context, about)``."""

    @property
    def words(self) -> str:
        """What it is called, for whoever reads the window."""
        return QCoreApplication.translate("anywhere", self.title)

    def start(self, context: Context, about: tuple[str, ...]) -> None:
        """Start it; ``about`` is what the page in front looks at (``customer:C-1``, ``receipt:HPC1-0000001``)."""
        made = import_module(f"csr_desk.ui.{self.module}").start
        cast("Callable[[Context, tuple[str, ...]], None]", made)(context, about)


ANYWHERE: tuple[AnywhereSpec, ...] = (
    AnywhereSpec(
        "new-request", str(QT_TRANSLATE_NOOP("anywhere", "New request or complaint")), "F9", Act.TAKE_REQUEST,
        "new_request.start",
    ),
    AnywhereSpec(
        "contact", str(QT_TRANSLATE_NOOP("anywhere", "Contact without money")), "Ctrl+F9", Act.SERVE_QUEUE,
        "contact_sheet",
    ),
    AnywhereSpec(
        "call-next", str(QT_TRANSLATE_NOOP("anywhere", "Call the next ticket")), "Ctrl+F8", Act.SERVE_QUEUE,
        "call_next",
    ),
    AnywhereSpec(
        "call-help", str(QT_TRANSLATE_NOOP("anywhere", "Call the supervisor")), "Ctrl+F1", Act.CALL_SUPERVISOR,
        "help_call",
    ),
    AnywhereSpec(
        "help-settled", str(QT_TRANSLATE_NOOP("anywhere", "My call for help is settled")), "Ctrl+Shift+F1",
        Act.CALL_SUPERVISOR, "help_settled",
    ),
    AnywhereSpec(
        "answer-help", str(QT_TRANSLATE_NOOP("anywhere", "Answer a call for help")), "Ctrl+F1", Act.ANSWER_CALL,
        "help_answer",
    ),
    AnywhereSpec(
        "phrases", str(QT_TRANSLATE_NOOP("anywhere", "Words for hard moments")), "Shift+F1", Act.SEE_CARDS,
        "phrases_sheet",
    ),
    AnywhereSpec(
        "card-for-this", str(QT_TRANSLATE_NOOP("anywhere", "Look something up for the customer in front")), "Ctrl+F2",
        Act.SEE_CARDS, "pages.info_desk.card_for_customer",
    ),
)  # fmt: skip
"""In the order of the palette."""
