"""Requests and complaints, what was done about them, who waits at the counter, who called for help.

Each row is what entries say of it (``domain.telling``). What people said is a word that may be purged.
"""

from __future__ import annotations

from sqlalchemy import Index, Table

from csr_desk.data.models.columns import date_text, flag, metadata, one_of, text, whole
from csr_desk.data.models.ledger import to_event
from csr_desk.data.models.told import of, of_customer, of_staff, told

_PRIORITIES = ("emergency", "urgent", "normal", "low")

request_type = Table(
    "request_type",
    metadata,
    text("type_code", key=True),
    text("category"),
    text("department"),
    one_of("kind", "inquiry", "complaint", "request"),
    one_of("priority", *_PRIORITIES),
    whole("days"),
    flag("safety"),
    flag("restricted"),
    flag("anonymous"),
    flag("needs_site"),
    flag("active"),
    text("name"),
    text("description", null=True),
    text("keywords", null=True),
    text("questions"),
    *told(),
    sqlite_strict=True,
)
"""What can be asked for (a service of Open311 GeoReport v2; ``type_code`` is its ``service_code``): who answers within
how many working days, whether it is about safety, whether it is about an employee and so is restricted (H8).
Name, description, keywords and questions (JSON, Open311 attributes) are words."""

request = Table(
    "request",
    metadata,
    text("request_no", key=True),
    text("type_code", of("request_type", "type_code")),
    one_of("channel", "counter", "phone", "email", "site_visit", "letter", "web"),
    one_of("priority", *_PRIORITIES),
    one_of("state", "open", "in_work", "waiting", "closed"),
    one_of("outcome", "resolved", "answered", "referred", "no_action", "duplicate", "withdrawn", null=True),
    text("department"),
    text("owner", of_staff(), null=True),
    one_of("escalated", "overdue", "safety", "recurrence", "dissatisfied", "by_hand", null=True),
    date_text("contact_by", null=True),
    flag("restricted"),
    flag("anonymous"),
    text("language", null=True),
    text("customer_id", of_customer(), null=True),
    text("recurs", of("request", "request_no"), null=True),
    whole("reopened"),
    text("opened_at"),
    date_text("opened_on"),
    date_text("due_on"),
    date_text("closed_on", null=True),
    text("opened_by", of_staff()),
    text("summary"),
    text("answers"),
    text("site", null=True),
    text("site_key", null=True),
    text("place", null=True),
    text("contact", null=True),
    text("reach", null=True),
    text("answer", null=True),
    *told(),
    sqlite_strict=True,
)
"""An inquiry, complaint or request. ``contact_by``: by when the department speaks to whoever was escalated (H6).
``recurs`` names the closed one that came back. Summary, answers (JSON), site, place (latitude, longitude), contact,
reach and answer (what the customer was told, H5) are words."""

request_caller = Table(
    "request_caller",
    metadata,
    text("request_no", of("request", "request_no"), key=True),
    whole("n", key=True),
    text("customer_id", of_customer(), null=True),
    text("at"),
    date_text("told_on", null=True),
    text("language", null=True),
    text("name", null=True),
    text("reach", null=True),
    *told(),
    sqlite_strict=True,
)
"""Whoever else called about the same thing and is told how it ends (H7)."""

request_note = Table(
    "request_note",
    metadata,
    text("request_no", of("request", "request_no"), key=True),
    whole("n", key=True),
    one_of("kind", "research", "task", "visit", "call", "letter", "email"),
    one_of("state", "open", "done", "cancelled"),
    text("department", null=True),
    text("at"),
    text("noted_by", of_staff()),
    date_text("due_on", null=True),
    date_text("done_on", null=True),
    text("said"),
    text("answer", null=True),
    *told(),
    sqlite_strict=True,
)
"""What was found out, asked of another department, or said to the customer; a task waits for its answer."""

request_link = Table(
    "request_link",
    metadata,
    text("request_no", of("request", "request_no"), key=True),
    text("subject", key=True),
    date_text("added_on"),
    *told(),
    sqlite_strict=True,
)
"""A receipt, account, permit or project that a request is about (``domain.about``)."""

visit = Table(
    "visit",
    metadata,
    text("visit_no", key=True),
    one_of("kind", "ticket", "contact"),
    text("ticket", null=True),
    date_text("day"),
    text("reason"),
    one_of("state", "waiting", "called", "serving", "done", "left"),
    flag("priority"),
    text("came_at"),
    text("called_at", null=True),
    text("served_at", null=True),
    text("ended_at", null=True),
    text("counter", null=True),
    text("served_by", of_staff(), null=True),
    text("customer_id", of_customer(), null=True),
    text("request_no", of("request", "request_no"), null=True),
    text("language", null=True),
    whole("minutes", null=True),
    text("receipt_series", null=True),
    whole("receipt_seq", null=True),
    text("memo", null=True),
    to_event("receipt_series", "receipt_seq"),
    *told(),
    sqlite_strict=True,
)
"""Somebody at the counter: a ticket of the queue (I7), or a contact without money (I6)."""

help_call = Table(
    "help_call",
    metadata,
    text("call_no", key=True),
    text("station"),
    one_of("state", "open", "answered", "ended"),
    text("called_by", of_staff()),
    text("called_at"),
    text("answered_by", of_staff(), null=True),
    text("answered_at", null=True),
    text("customer_id", of_customer(), null=True),
    text("words", null=True),
    *told(),
    sqlite_strict=True,
)
"""A clerk asked for the supervisor, with whom stands at the counter."""

Index("ix_request_customer", request.c.customer_id)
Index("ix_request_site", request.c.site_key)
Index("ix_request_state", request.c.state, request.c.due_on)
Index("ix_request_owner", request.c.owner, request.c.state)
Index("ix_request_link_subject", request_link.c.subject)
Index("ix_visit_day", visit.c.day, visit.c.state)
Index("ix_visit_customer", visit.c.customer_id)
Index("ix_help_call_state", help_call.c.state)
