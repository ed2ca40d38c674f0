"""The trials of the day’s end: drawers balanced, bags made, the day closed, its reports and exports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from csr_desk.domain.people import Act
from csr_desk.services import balancing, deposits, differences, exports, ledger_csv, reports, z_reports

if TYPE_CHECKING:
    from services.role_trials import World

DAY = date(2026, 7, 14)
YESTERDAY = date(2026, 7, 13)


def _deposit(world: World) -> object:
    batch = world.batches["clerk3"]
    command = deposits.PrepareDeposit(world.city.key(), (batch,), "bag")
    return deposits.prepare_deposit(world.city.desk, world.actor, command, world.yes(Act.PREPARE_DEPOSIT, batch, 5000))


BALANCING_TRIALS: dict[str, tuple[Act, Callable[[World], object]]] = {
    "balancing.day_board": (Act.SEE_EXPECTED, lambda w: balancing.day_board(w.city.desk, w.actor, DAY)),
    "balancing.batch_sheet": (
        Act.SEE_EXPECTED,
        lambda w: balancing.batch_sheet(w.city.desk, w.actor, w.batches["clerk2"]),
    ),
    "differences.explain_difference": (
        Act.SEE_EXPECTED,
        lambda w: differences.explain_difference(w.city.desk, w.actor, w.batches["clerk2"]),
    ),
    "z_reports.z_report": (
        Act.SEE_EXPECTED,
        lambda w: z_reports.z_report(w.city.desk, w.actor, w.batches["clerk3"]),
    ),
    "deposits.deposits": (Act.SEE_EXPECTED, lambda w: deposits.deposits(w.city.desk, w.actor, DAY, DAY)),
    "deposits.deposit": (Act.QUOTE, lambda w: deposits.deposit(w.city.desk, w.actor, w.bag)),
    "deposits.undeposited": (Act.QUOTE, lambda w: deposits.undeposited(w.city.desk, w.actor)),
    "balancing.reject_batch": (
        Act.REJECT_BATCH,
        lambda w: balancing.reject_batch(
            w.city.desk, w.actor, balancing.ReturnBatch(w.city.key(), w.batches["clerk2"], "Again")
        ),
    ),
    "balancing.reopen_batch": (
        Act.REOPEN_BATCH,
        lambda w: balancing.reopen_batch(
            w.city.desk, w.actor, balancing.ReturnBatch(w.city.key(), w.batches["clerk2"], "Again")
        ),
    ),
    "balancing.accept_batch": (
        Act.ACCEPT_BATCH,
        lambda w: balancing.accept_batch(
            w.city.desk, w.actor, balancing.AcceptBatch(w.city.key(), w.batches["clerk2"], "Looked at")
        ),
    ),
    "deposits.contents": (
        Act.PREPARE_DEPOSIT,
        lambda w: deposits.contents(w.city.desk, w.actor, (w.batches["clerk3"],)),
    ),
    "deposits.prepare_deposit": (Act.PREPARE_DEPOSIT, _deposit),
    "deposits.confirm_deposit": (
        Act.CONFIRM_DEPOSIT,
        lambda w: deposits.confirm_deposit(
            w.city.desk, w.actor, deposits.ConfirmDeposit(w.city.key(), w.bag, DAY, 5000)
        ),
    ),
    "balancing.close_day": (
        Act.CLOSE_DAY,
        lambda w: balancing.close_day(w.city.desk, w.actor, balancing.CloseDay(w.city.key(), DAY)),
    ),
    "reports.daily_revenue": (Act.SEE_REPORTS, lambda w: reports.daily_revenue(w.city.desk, w.actor, DAY, DAY)),
    "reports.report": (Act.SEE_REPORTS, lambda w: reports.report(w.city.desk, w.actor, "tie", DAY, DAY)),
    "exports.gl_journal": (
        Act.EXPORT_JOURNAL,
        lambda w: exports.gl_journal(w.city.desk, w.actor, exports.ExportJournal(w.city.key(), YESTERDAY)),
    ),
    "exports.beancount": (Act.EXPORT_JOURNAL, lambda w: exports.beancount(w.city.desk, w.actor)),
    "ledger_csv.ledger_csv": (Act.EXPORT_JOURNAL, lambda w: ledger_csv.ledger_csv(w.city.desk, w.actor)),
}
"""By module and function: the act, and how it is tried."""
