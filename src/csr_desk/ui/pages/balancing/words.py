"""The words of the board, for the tongue in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from csr_desk.domain.deposit import Deposit, DepositState
from csr_desk.domain.drawer import Batch, BatchSheet
from csr_desk.domain.money import Cents, shown
from csr_desk.ui.pages.balancing.board import Standing, off_by, standing, tone
from csr_desk.ui.widgets.pick_list import Pick


def standing_words(sheet: BatchSheet) -> str:
    """How a drawer stands, in a word or two."""
    return {
        Standing.OFF: QCoreApplication.translate("balancing", "Off by {0}").format(shown(off_by(sheet))),
        Standing.READY: QCoreApplication.translate("balancing", "Agrees"),
        Standing.COUNTING: QCoreApplication.translate("balancing", "Counting"),
        Standing.SELLING: QCoreApplication.translate("balancing", "Selling"),
        Standing.LOCKED: QCoreApplication.translate("balancing", "Locked"),
        Standing.ACCEPTED: QCoreApplication.translate("balancing", "Accepted"),
        Standing.DEPOSITED: QCoreApplication.translate("balancing", "In the bag"),
    }[standing(sheet)]


def drawer_pick(sheet: BatchSheet, tolerance: Cents) -> Pick:
    """A drawer as a line of the list."""
    batch = sheet.batch
    if batch.receipts == 1:
        below = QCoreApplication.translate("balancing", "{0} · 1 receipt").format(batch.custodian_name)
    else:
        below = QCoreApplication.translate("balancing", "{0} · {1} receipts").format(
            batch.custodian_name, batch.receipts
        )
    return Pick(batch.batch_id, batch.drawer_name, below, standing_words(sheet), tone(sheet, tolerance))


def deposit_state(deposit: Deposit) -> tuple[str, str]:
    """Where a bag is, with the tone of it: prepared, or at the bank and by how much it differs."""
    if deposit.state is DepositState.PREPARED:
        return QCoreApplication.translate("balancing", "Prepared"), "info"
    if deposit.difference:
        words = QCoreApplication.translate("balancing", "Bank differs {0}")
        return words.format(shown(deposit.difference)), "bad"
    return QCoreApplication.translate("balancing", "At the bank"), "ok"


def deposits_pick(key: str, prepared: int, waiting: Sequence[Batch], today: date) -> Pick:
    """The line of the deposits: how many bags, and whether accepted drawers wait for one, overdue since when (D15)."""
    title = QCoreApplication.translate("balancing", "Deposits")
    if prepared == 1:
        below = QCoreApplication.translate("balancing", "1 bag of this day")
    else:
        below = QCoreApplication.translate("balancing", "{0} bags of this day").format(prepared)
    if not waiting:
        return Pick(key, title, below)
    overdue = waiting[0].business_date < today
    words = (
        QCoreApplication.translate("balancing", "{0} overdue")
        if overdue
        else QCoreApplication.translate("balancing", "{0} to bag")
    )
    number = sum(batch.business_date < today for batch in waiting) if overdue else len(waiting)
    return Pick(key, title, below, words.format(number), "bad" if overdue else "warn")


def on_accounts(total: Cents, number: int) -> str:
    """What accounts come to, and on how many; nothing where there is none."""
    if number == 1:
        return QCoreApplication.translate("balancing", "{0} on 1 account").format(shown(total))
    words = QCoreApplication.translate("balancing", "{0} on {1} accounts")
    return words.format(shown(total), f"{number:,}") if number else ""
