"""Giving a construction its number, and correcting what is known of it. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from csr_desk.ui.context import Context, Field, Tone
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.projects import Project
    from csr_desk.services.project_pages import ProjectPage


class Opening:
    """The forms of one projects page; ``show`` opens the project that came of it."""

    def __init__(self, context: Context, show: Callable[[str], None]) -> None:
        """Nothing is asked yet."""
        self._context = context
        self._show = show
        self._key = ""

    def start(self) -> None:
        """Ask for what a new project is, and where."""
        self._key = uuid4().hex
        fields = (
            Field("title", tr("What is built"), hint=tr("a few words")),
            Field("site", tr("Address of the work"), hint=tr("exactly as the permits will have it")),
            Field("customer", tr("Owner"), hint=tr("the customer’s number, or empty")),
            Field("contractor", tr("Contractor"), hint=tr("the register’s number, or empty")),
        )
        self._context.shell.ask_fields(tr("New project"), fields, self._open, tr("Give it a number"))

    def _open(self, values: dict[str, str]) -> str | None:
        from csr_desk.services import projects

        if not values["title"] or not values["site"]:
            return tr("Key what is built, and the address of the work.")
        desk, actor = self._context.desk, self._context.actor
        command = projects.OpenProject(
            self._key, values["title"], values["site"], values["customer"], values["contractor"]
        )
        self._context.act(lambda: projects.open_project(desk, actor, command), self._opened)
        return None

    def _opened(self, project: Project) -> None:
        words = tr("Project {number} is open.").format(number=project.number)
        self._context.shell.banner(words, Tone.INFO)
        self._show(project.number)

    def correct(self, page: ProjectPage) -> None:
        """Ask what of a project is otherwise, and why."""
        self._key = uuid4().hex
        fields = (
            Field("title", tr("What is built"), page.title),
            Field("site", tr("Address of the work"), page.site),
            Field("customer", tr("Owner"), page.owner_no),
            Field("contractor", tr("Contractor"), page.contractor_no),
            Field("reason", tr("Why"), hint=tr("stands in the record")),
        )

        def change(values: dict[str, str]) -> str | None:
            from csr_desk.services import projects

            if not values["reason"]:
                return tr("Say why the project is changed.")
            desk, actor = self._context.desk, self._context.actor
            command = projects.ChangeProject(
                self._key, page.number, values["reason"], values["title"], values["site"], values["customer"],
                values["contractor"],
            )  # fmt: skip
            self._context.act(
                lambda: projects.change_project(desk, actor, command), lambda done: self._show(done.number)
            )
            return None

        title = tr("Correct project {number}").format(number=page.number)
        self._context.shell.ask_fields(title, fields, change, tr("Correct it"))
