"""What may be changed in the database without the verifier saying so, each with its reason; the list is kept true.

A column that is not here and can be changed unnoticed fails the proof; so does a column here that does not exist any
more, or of which every change is found by now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

Row: TypeAlias = Mapping[str, Any]

TAKEN_OUT, PUT_IN = "-", "+"
"""Stand for a column where a whole row was taken out or put in."""


def always(_row: Row) -> bool:
    """Say that a rule holds for every row."""
    return True


def joined(row: Row) -> bool:
    """Say whether a customer was joined with another one."""
    return row["merged_into"] is not None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a change goes unnoticed, and of which rows."""

    words: str
    where: Callable[[Row], bool] = always


_PERSON = Reason("what is known of a customer may be corrected or forgotten; the words that find them are compared")
_NOTE = Reason("a note is a person's words; what stops a sale is a hold, and that is an entry")
_CART = Reason("a cart that is not sold is no business yet; what it becomes is priced and approved anew")
_PAPER = Reason("what the printer still has to do; a paper says itself whether it is a copy, from the entries")
_LESSON = Reason("a lesson of the training office; no money, and its score is compared with its book")
_SIGN_IN = Reason("how often a secret was wrong; each try stands in the journal")


def _columns(table: str, reason: Reason, names: str) -> dict[tuple[str, str], Reason]:
    return {(table, name): reason for name in names.split()}


_MAPPING = Reason("which column of a file is which; what a file brought is hashed in its own entry")
FREE: Mapping[tuple[str, str], Reason] = {
    **_columns("customer", _PERSON, "language kind since"),
    ("customer", "search_row"): Reason(
        "who was joined with another has no entry of the index; who is parted is filed anew", joined
    ),
    ("customer", PUT_IN): Reason("a customer whom another program put in is filed when somebody looks for one"),
    **_columns("contact_point", _PERSON, "n label normal"),
    **_columns("customer_note", _NOTE, "note_id customer_id level words expires_on written_by written_at"),
    **_columns("customer_note", _NOTE, "closed_by closed_at - +"),
    **_columns("account", _PERSON, "service department rate_class meter_size opened_on closed_on"),
    **_columns("account_party", _PERSON, "role since until"),
    **_columns("column_mapping", _MAPPING, "name kind columns saved_by saved_at - +"),
    **_columns("draft_cart", _CART, "cart_key drawer_id owner_id state title body total_minor"),
    **_columns("draft_cart", _CART, "updated_at hold_number - +"),
    **_columns(
        "print_outbox", _PAPER, "job_id series_id seq document copy_no state attempts message created_at - +"
    ),
    **_columns(
        "training_run", _LESSON, "run_id user_id seed started_at finished_at customers served score state body - +"
    ),
    **_columns("staff", _SIGN_IN, "failures delay_until"),
    ("staff", "demo_secret"): Reason("shown at the sign-in of a demo city only; a live office has none"),
    ("office", "training_clock"): Reason("the clock of a training office, which its trainer sets"),
    ("export_run", "export_id"): Reason("the row's own name; file, sum and entry are compared"),
}  # fmt: skip
"""Table and column, and why no entry of the ledger says what it was."""


def some_row(table: str, rows: Sequence[Row]) -> int | None:
    """Return a row that a rule of this table speaks of, where it does not speak of all: it is always tried."""
    rules = {reason.where for (name, _), reason in FREE.items() if name == table and reason.where is not always}
    return next((at for at, row in enumerate(rows) if any(holds(row) for holds in rules)), None)


def is_free(table: str, column: str, row: Row) -> bool:
    """Say whether a change of that row may go unnoticed."""
    reason = FREE.get((table, column))
    return reason is not None and reason.where(row)
