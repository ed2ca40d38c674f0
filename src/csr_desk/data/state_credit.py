"""Rebuilds from the entries what accounts have to their credit."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection

_CREDIT = """
SELECT COALESCE(account.account_no, told.account_no) AS account_no, account.account_no AS stands,
    COALESCE(account.credit_minor, 0) AS kept, COALESCE(told.cents, 0) AS cents
FROM account FULL JOIN (
    SELECT account_no, SUM(cents) AS cents FROM (
        SELECT SUBSTR(line.reference, 9) AS account_no, line.amount_minor AS cents
        FROM ledger_line AS line WHERE line.reference LIKE 'account:%%'
        UNION ALL
        SELECT tender.document, -tender.amount_minor
        FROM ledger_tender AS tender WHERE tender.kind = 'on_account' AND tender.document <> ''
    ) AS moves GROUP BY account_no
) AS told ON told.account_no = account.account_no
WHERE COALESCE(account.credit_minor, 0) <> 0 OR COALESCE(told.cents, 0) <> 0
ORDER BY account.account_no
"""
_ADJUSTED = """
SELECT facts FROM ledger_event WHERE kind IN ('adjustment_decided', 'adjustment_reversed') ORDER BY series_id, seq
"""


def credit_faults(connection: Connection) -> Iterator[str]:
    """Name the accounts whose credit is not what their receipts brought and used, and what adjustments gave them."""
    given = _adjusted(connection)
    for row in connection.exec_driver_sql(_for(connection, _CREDIT)):
        told = row.cents + given.pop(row.account_no, 0)
        if row.stands is None:
            yield f"{row.cents} cents were paid ahead on an account that is gone"
        elif row.kept != told:
            yield f"account {row.account_no}: its credit is {row.kept}, but the entries say {told}"
    for account, cents in given.items():
        if cents:
            yield f"account {account}: its credit is 0, but the entries say {cents}"


def _adjusted(connection: Connection) -> dict[str, int]:
    """Add up what adjustments of bills that were paid already gave to accounts, and took back (cents)."""
    given: dict[str, int] = {}
    for (facts,) in connection.exec_driver_sql(_ADJUSTED):
        said = json.loads(facts)
        given[said["account"]] = given.get(said["account"], 0) + said.get("credit", 0)
    return given


def _for(connection: Connection, statement: str) -> str:
    return statement if connection.dialect.name != "sqlite" else statement.replace("%%", "%")
