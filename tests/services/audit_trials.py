"""What auditors and supervisors read and take away, tried by every role (see ``role_trials``)."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from csr_desk.domain.errors import Trouble
from csr_desk.domain.people import Act
from csr_desk.services import backups, exceptions, report_exports, restoring, server_backups, virtual_tape
from csr_desk.services.evidence import look, pack

if TYPE_CHECKING:
    from services.role_trials import Trial, World

DAY = date(2026, 7, 14)


def _look_over(world: World) -> object:
    with tempfile.TemporaryDirectory() as folder:
        prepared = look.prepare(world.city.desk, Path(folder))
        return pack.look_over(world.city.desk, world.actor, prepared, (DAY, DAY), lambda _done: True)


def _where_there_is_a_file(trial: Trial) -> Trial:
    """Leave out what a server's own administrator does; who may not is refused before that is looked at."""

    def tried(world: World) -> object:
        try:
            return trial(world)
        except Trouble:
            if world.city.desk.store.file is not None:
                raise
            return None

    return tried


def _compare(world: World) -> object:
    """Look at the office's newest backup; one is made where there is none."""
    desk = world.city.desk
    found = sorted(backups.plan_of(desk).folder.glob("*.sqlite")) if desk.store.file else []
    if desk.store.file and not found:
        found = [backups.make(backups.plan_of(desk), backups.BackupKind.BY_HAND).one.path]
    return restoring.compare(desk, world.actor, found[-1] if found else Path("none"))


def _dump(world: World) -> object:
    """Dump a server; a file needs none, and says so to whoever may ask."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            return server_backups.dump(world.city.desk, world.actor, Path(folder))
        except Trouble:
            if world.city.desk.store.file is None:
                raise
            return None


def _where_nothing_was_restored(ask: Trial) -> Trial:
    """Ask about a restored server; here none was restored, and whoever may ask is told so."""

    def asked(world: World) -> object:
        try:
            return ask(world)
        except Trouble:
            return None

    return asked


TRIALS: dict[str, tuple[Act, Trial]] = {
    "backups.back_up": (
        Act.BACK_UP,
        _where_there_is_a_file(lambda w: backups.back_up(w.city.desk, w.actor)),
    ),
    "backups.overview": (
        Act.BACK_UP,
        _where_there_is_a_file(lambda w: backups.overview(w.city.desk, w.actor)),
    ),
    "backups.drill": (Act.BACK_UP, _where_there_is_a_file(lambda w: backups.drill(w.city.desk, w.actor))),
    "restoring.compare": (Act.RESTORE_BACKUP, _where_there_is_a_file(_compare)),
    "server_backups.dump": (Act.BACK_UP, _dump),
    "server_backups.missing": (
        Act.RESTORE_BACKUP,
        _where_nothing_was_restored(lambda w: server_backups.missing(w.city.desk, w.actor)),
    ),
    "server_backups.accept_restored": (
        Act.RESTORE_BACKUP,
        _where_nothing_was_restored(
            lambda w: server_backups.accept_restored(
                w.city.desk, w.actor, server_backups.AcceptRestored(w.city.key(), "the backup of last night")
            )
        ),
    ),
    "exceptions.exception_report": (
        Act.SEE_EXCEPTIONS,
        lambda w: exceptions.exception_report(w.city.desk, w.actor, DAY, DAY),
    ),
    "virtual_tape.page": (
        Act.SEE_JOURNAL,
        lambda w: virtual_tape.page(w.city.desk, w.actor, virtual_tape.TapeQuery(DAY, DAY)),
    ),
    "virtual_tape.everybody": (Act.SEE_JOURNAL, lambda w: virtual_tape.everybody(w.city.desk, w.actor)),
    "virtual_tape.journal_data": (
        Act.SEE_JOURNAL,
        lambda w: virtual_tape.journal_data(w.city.desk, w.actor, DAY, DAY),
    ),
    "virtual_tape.journal_csv": (
        Act.SEE_JOURNAL,
        lambda w: virtual_tape.journal_csv(w.city.desk, w.actor, virtual_tape.TapeQuery(DAY, DAY)),
    ),
    "pack.gather": (Act.MAKE_EVIDENCE, lambda w: pack.gather(w.city.desk, w.actor, DAY, DAY)),
    "pack.look_over": (Act.MAKE_EVIDENCE, _look_over),
    "report_exports.take_report": (
        Act.SEE_REPORTS,
        lambda w: report_exports.take_report(
            w.city.desk,
            w.actor,
            report_exports.TakeReport(w.city.key(), "revenue", DAY, DAY, "csv", "0" * 64, 1),
        ),
    ),
}
"""By module and function: the act, and how it is tried."""
