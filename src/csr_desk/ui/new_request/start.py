"""F9 beside every page: a request about what the page in front looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from csr_desk.ui.new_request.presenter import NewRequestPresenter
from csr_desk.ui.new_request.sheet import NewRequestSheet

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from csr_desk.services.request_start import Beginning
    from csr_desk.ui.context import Context


def start(context: Context, about: tuple[str, ...]) -> None:
    """Read what is known of whom the page is about, then lay the sheet over it."""
    desk, actor = context.desk, context.actor

    def read() -> Beginning:
        from csr_desk.services.request_start import beginning

        return beginning(desk, actor, about)

    def show(found: Beginning) -> None:
        presenter = NewRequestPresenter(context, found)
        context.shell.open_over(lambda shell: NewRequestSheet(cast("QWidget", shell), presenter))

    context.read(read, show)
