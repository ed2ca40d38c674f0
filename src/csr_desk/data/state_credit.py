"""Rebuilds from the entries what accounts have to their credit."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

_CREDIT = """
SELECT account.account_no, COALESCE(account.credit_minor, 0) AS kept, COALESCE(told.cents, 0) AS cents
FROM account FULL JOIN (
    SELECT account_no, SUM(cents) AS cents FROM (
        SELECT SUBSTR(line.reference, 9) AS account_no, line.amount_minor AS cents
        FROM ledger_line AS line WHERE line.reference LIKE 'account:%%'
        UNION ALL
        SELECT tender.document, -tender.amount_minor
        FROM ledger_tender AS tender WHERE tender.kind = 'on_account' AND tender.document <> ''
    ) AS moves GROUP BY account_no
) AS told ON told.account_no = account.account_no
WHERE COALESCE(account.credit_minor, 0) <> COALESCE(told.cents, 0)
ORDER BY account.account_no
"""


def credit_faults(connection: Connection) -> Iterator[str]:
    """Name the accounts whose credit is not what their receipts brought and used."""
    for row in connection.exec_driver_sql(_for(connection, _CREDIT)):
        if row.account_no is None:
            yield f"{row.cents} cents were paid ahead on an account that is gone"
        else:
            yield f"account {row.account_no}: its credit is {row.kept}, but the entries say {row.cents}"


def _for(connection: Connection, statement: str) -> str:
    return statement if connection.dialect.name != "sqlite" else statement.replace("%%", "%")
