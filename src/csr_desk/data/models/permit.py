"""Permits with what became of them, inspections, and work orders for crews and agencies.

Each row is what entries say of it (``domain.telling``); money is in receipts only.
"""

from __future__ import annotations

from sqlalchemy import Index, Table

from csr_desk.data.models.columns import cents, date_text, metadata, one_of, text, whole
from csr_desk.data.models.ledger import to_event
from csr_desk.data.models.told import of, of_customer, of_staff, told

permit = Table(
    "permit",
    metadata,
    text("permit_no", key=True),
    text("project_no", of("project", "project_no"), null=True),
    text("kind"),
    text("items"),
    text("description"),
    text("trade", null=True),
    text("inputs"),
    text("site"),
    text("site_key"),
    text("customer_id", of_customer(), null=True),
    text("contractor_no", of("contractor", "contractor_no"), null=True),
    text("order_no", of("sales_order", "order_no"), null=True),
    one_of("state", "issued", "inspected", "finalled", "expired", "void", "revoked"),
    date_text("issued_on"),
    date_text("expires_on", null=True),
    date_text("ended_on", null=True),
    whole("renewals"),
    cents("paid_minor"),
    text("receipt_series"),
    whole("receipt_seq"),
    whole("receipt_line"),
    text("signature", null=True),
    to_event("receipt_series", "receipt_seq"),
    *told(),
    sqlite_strict=True,
)
"""Authority to do work, issued by a line of a receipt. ``kind`` is the catalogue item (or its category where several
lines make one permit), ``items`` the codes of all its lines; ``site`` is the address exactly as permitted,
``paid_minor`` what was paid for it and not given back (cents), ``signature`` what its paper is verified by."""

Index("ix_permit_project", permit.c.project_no)
Index("ix_permit_site", permit.c.site_key)
Index("ix_permit_customer", permit.c.customer_id)
Index("ix_permit_contractor", permit.c.contractor_no)
Index("ix_permit_expires", permit.c.state, permit.c.expires_on)
Index("ix_permit_receipt", permit.c.receipt_series, permit.c.receipt_seq)

permit_change = Table(
    "permit_change",
    metadata,
    text("permit_no", of("permit", "permit_no"), key=True),
    whole("n", key=True),
    one_of("kind", "amendment", "renewal", "transfer_in", "transfer_out", "extension", "correction", "revocation"),
    one_of("state", "due", "done", "cancelled"),
    date_text("on_date"),
    cents("amount_minor"),
    text("reason", null=True),
    text("inputs", null=True),
    text("worksheet", null=True),
    text("other_permit", of("permit", "permit_no"), null=True),
    date_text("expires_on", null=True),
    text("receipt_series", null=True),
    whole("receipt_seq", null=True),
    whole("receipt_line", null=True),
    to_event("receipt_series", "receipt_seq"),
    *told(),
    sqlite_strict=True,
)
"""What happened to a permit after it was issued (G5, G6): a supplement above zero or a refund below it, ``due`` until
a receipt settles it; money of another permit; a renewal with the new last day; a corrected address."""

inspection = Table(
    "inspection",
    metadata,
    text("inspection_no", key=True),
    text("permit_no", of("permit", "permit_no")),
    text("kind"),
    one_of("state", "requested", "scheduled", "passed", "failed", "cancelled"),
    date_text("requested_on"),
    date_text("due_on"),
    date_text("scheduled_on", null=True),
    date_text("inspected_on", null=True),
    text("inspector", null=True),
    text("result", null=True),
    text("contact", null=True),
    text("repeats", of("inspection", "inspection_no"), null=True),
    *told(),
    sqlite_strict=True,
)
"""A look at the work of a permit; ``inspector``, ``result``, ``contact`` are words, ``repeats`` is what it redoes."""

Index("ix_inspection_permit", inspection.c.permit_no)
Index("ix_inspection_state", inspection.c.state, inspection.c.due_on)

work_order = Table(
    "work_order",
    metadata,
    text("work_order_no", key=True),
    text("kind"),
    one_of("priority", "emergency", "urgent", "normal", "low"),
    one_of("state", "open", "assigned", "started", "done", "not_done", "cancelled"),
    one_of("source", "payment", "request", "permit", "account", "release", "hand"),
    text("subject", null=True),
    text("customer_id", of_customer(), null=True),
    text("crew", null=True),
    text("site"),
    text("site_key"),
    text("work"),
    text("result", null=True),
    date_text("opened_on"),
    date_text("due_on"),
    date_text("closed_on", null=True),
    text("opened_by", of_staff()),
    text("receipt_series", null=True),
    whole("receipt_seq", null=True),
    to_event("receipt_series", "receipt_seq"),
    *told(),
    sqlite_strict=True,
)
"""An instruction to a crew or an agency (G13); ``subject`` is what it is about (``domain.about``), ``work`` and
``result`` are words, the receipt is the payment that asked for it."""

Index("ix_work_order_state", work_order.c.state, work_order.c.due_on)
Index("ix_work_order_subject", work_order.c.subject)
Index("ix_work_order_customer", work_order.c.customer_id)
