"""What auditors and supervisors read and take away, tried by every role (see ``role_trials``)."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from csr_desk.domain.people import Act
from csr_desk.services import exceptions, report_exports, virtual_tape
from csr_desk.services.evidence import look, pack

if TYPE_CHECKING:
    from services.role_trials import Trial, World

DAY = date(2026, 7, 14)


def _look_over(world: World) -> object:
    with tempfile.TemporaryDirectory() as folder:
        prepared = look.prepare(world.city.desk, Path(folder))
        return pack.look_over(world.city.desk, world.actor, prepared, (DAY, DAY), lambda _done: True)


TRIALS: dict[str, tuple[Act, Trial]] = {
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
