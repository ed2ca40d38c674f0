"""Rebuilds from the entries what accounts have to their credit, and where the ledger speaks of which account."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import zip_longest

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
_TOLD = """
SELECT series_id, seq, facts FROM ledger_event WHERE facts LIKE '%%"about":%%' ORDER BY series_id, seq
"""
_KEPT = "SELECT series_id, seq, subject FROM entry_about ORDER BY series_id, seq, subject"


def credit_faults(connection: Connection) -> Iterator[str]:
    """Name the accounts whose credit is not what their receipts brought and used."""
    for row in connection.exec_driver_sql(_for(connection, _CREDIT)):
        if row.account_no is None:
            yield f"{row.cents} cents were paid ahead on an account that is gone"
        else:
            yield f"account {row.account_no}: its credit is {row.kept}, but the entries say {row.cents}"


def about_faults(connection: Connection) -> Iterator[str]:
    """Compare the index by subject with what each entry says that it is about; both come in the order of the ledger."""
    told = (
        (series, seq, subject)
        for series, seq, facts in connection.exec_driver_sql(_for(connection, _TOLD))
        for subject in sorted(json.loads(facts)["about"])
    )
    kept = (tuple(row) for row in connection.exec_driver_sql(_KEPT))
    for said, row in zip_longest(told, kept):
        if said == row:
            continue
        first = min(one for one in (said, row) if one is not None)
        series, seq, subject = first
        more = "finds it" if first == row else "does not find it"
        yield f"series {series}, entry {seq}: the index of what is said about {subject} {more}, against the entry"
        return


def _for(connection: Connection, statement: str) -> str:
    return statement if connection.dialect.name != "sqlite" else statement.replace("%%", "%")
