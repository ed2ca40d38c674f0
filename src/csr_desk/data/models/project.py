"""Projects, the orders that a clerk prepares for the cashier, and the contractors who may work on them.

Each row is what entries say of it (``domain.telling``); ``csr-desk verify`` rebuilds it, column by column.
"""

from __future__ import annotations

from sqlalchemy import Index, Table

from csr_desk.data.models.columns import cents, date_text, metadata, one_of, text, whole
from csr_desk.data.models.ledger import to_event
from csr_desk.data.models.told import of, of_customer, of_staff, told

number_counter = Table(
    "number_counter",
    metadata,
    text("name", key=True),
    whole("year", key=True),
    *told(),
    sqlite_strict=True,
)
"""The last number that was given out of a series of a year: its ``version``, so a gap or a second use is a fault.
``name`` is ``project``, ``order``, ``permit``, ``inspection``, ``work_order``, ``release`` …"""

contractor = Table(
    "contractor",
    metadata,
    text("contractor_no", key=True),
    text("customer_id", of_customer()),
    text("trades"),
    one_of("state", "active", "suspended", "closed"),
    date_text("since"),
    *told(),
    sqlite_strict=True,
)
"""Who may buy permits of a trade: ``electrical plumbing``, separated by blanks (G3)."""

Index("ix_contractor_customer", contractor.c.customer_id)

contractor_paper = Table(
    "contractor_paper",
    metadata,
    text("contractor_no", of("contractor", "contractor_no"), key=True),
    whole("n", key=True),
    one_of("kind", "licence", "insurance", "bond", "registration"),
    text("trade", null=True),
    text("number"),
    text("issuer", null=True),
    date_text("starts_on", null=True),
    date_text("expires_on", null=True),
    cents("amount_minor", null=True),
    one_of("state", "valid", "replaced", "withdrawn"),
    text("attachment_id", of("attachment", "attachment_id"), null=True),
    *told(),
    sqlite_strict=True,
)
"""What a contractor has to have, until when (G14). ``number`` and ``issuer`` are words that people key."""

Index("ix_contractor_paper_expires", contractor_paper.c.expires_on)

project = Table(
    "project",
    metadata,
    text("project_no", key=True),
    text("title"),
    text("site"),
    text("site_key"),
    text("customer_id", of_customer(), null=True),
    text("contractor_no", of("contractor", "contractor_no"), null=True),
    one_of("state", "open", "closed", "cancelled"),
    date_text("opened_on"),
    date_text("closed_on", null=True),
    text("opened_by", of_staff()),
    *told(),
    sqlite_strict=True,
)
"""One construction project, under whose number all its permits hang (G1). ``site`` is the address as keyed,
``site_key`` what two writings of one address have in common (``domain.sites``); ``customer_id`` is the owner."""

Index("ix_project_site", project.c.site_key)
Index("ix_project_customer", project.c.customer_id)
Index("ix_project_contractor", project.c.contractor_no)

sales_order = Table(
    "sales_order",
    metadata,
    text("order_no", key=True),
    text("project_no", of("project", "project_no"), null=True),
    text("customer_id", of_customer(), null=True),
    text("contractor_no", of("contractor", "contractor_no"), null=True),
    one_of("state", "open", "paid", "expired", "cancelled"),
    text("lines"),
    text("inputs"),
    text("customer_name", null=True),
    text("memo", null=True),
    date_text("price_date"),
    date_text("issued_on"),
    date_text("expires_on"),
    cents("total_minor"),
    text("prepared_by", of_staff()),
    text("paid_series", null=True),
    whole("paid_seq", null=True),
    to_event("paid_series", "paid_seq"),
    *told(),
    sqlite_strict=True,
)
"""What is to be paid, priced on ``price_date`` and never again (A14, G2). ``lines`` is JSON without personal words,
``inputs`` the JSON of what was keyed for each line; ``paid_seq`` is the receipt that paid it, a number it never has."""

Index("ix_sales_order_project", sales_order.c.project_no)
Index("ix_sales_order_customer", sales_order.c.customer_id)
Index("ix_sales_order_state", sales_order.c.state, sales_order.c.expires_on)
