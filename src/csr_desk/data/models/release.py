"""Service releases, the companies they go to, what companies were asked, and the mail that goes out.

Each row is what entries say of it (``domain.telling``), also each try of a message: so nothing is sent twice unseen.
"""

from __future__ import annotations

from sqlalchemy import Index, Table

from csr_desk.data.models.columns import cents, date_text, flag, metadata, one_of, text, whole
from csr_desk.data.models.told import of, of_customer, of_staff, told

_CHANNELS = ("email", "portal", "phone", "fax", "letter", "person")

company = Table(
    "company",
    metadata,
    text("company_id", key=True),
    text("name"),
    one_of("kind", "electric", "gas", "water", "retail", "agency", "other"),
    text("territory", null=True),
    text("hours", null=True),
    text("memo", null=True),
    text("premise_code", null=True),
    one_of("channel", *_CHANNELS),
    text("send_to", null=True),
    text("send_at", null=True),
    flag("active"),
    *told(),
    sqlite_strict=True,
)
"""Utilities, retail providers, agencies; ``premise_code`` is what its ESI IDs begin with, ``channel`` and ``send_to``
how releases reach it, ``send_at`` (``16:30``) when the batch of a day goes. Name, hours, memo, address are words."""

company_contact = Table(
    "company_contact",
    metadata,
    text("company_id", of("company", "company_id"), key=True),
    whole("n", key=True),
    text("name"),
    text("title", null=True),
    one_of("channel", *_CHANNELS),
    text("reach"),
    one_of("purpose", "release", "verification", "move_in", "emergency", "any"),
    text("hours", null=True),
    flag("active"),
    *told(),
    sqlite_strict=True,
)
"""A person or desk at a company and how to reach it: ``reach`` is the number, address or page."""

contact_log = Table(
    "contact_log",
    metadata,
    text("contact_no", key=True),
    text("company_id", of("company", "company_id")),
    text("at"),
    text("asked"),
    one_of("channel", *_CHANNELS),
    one_of("direction", "out", "in"),
    text("subject", null=True),
    text("words"),
    text("reference", null=True),
    text("written_by", of_staff()),
    *told(),
    sqlite_strict=True,
)
"""Each contact with a company: when, who was asked, how, about what (``domain.about``), and what was said."""

Index("ix_contact_log_company", contact_log.c.company_id, contact_log.c.at)
Index("ix_contact_log_subject", contact_log.c.subject)

outbox = Table(
    "outbox",
    metadata,
    text("message_no", key=True),
    text("message_id"),
    text("kind"),
    text("subject", null=True),
    text("company_id", of("company", "company_id"), null=True),
    text("recipient"),
    text("title"),
    text("body"),
    text("attachments"),
    one_of("state", "queued", "sending", "sent", "failed", "given_up"),
    whole("attempts"),
    text("queued_at"),
    text("next_try_at", null=True),
    text("sent_at", null=True),
    text("answer", null=True),
    text("queued_by", of_staff()),
    *told(),
    sqlite_strict=True,
)
"""A message to send (point 7 of the issue): ``subject`` is what it is about (``domain.about``), ``title`` the subject
line, ``attachments`` JSON of ``attachment_id`` and hash, ``message_id`` the same at every try, ``answer`` what the
server said last. ``sending`` is committed before the server is spoken to: what is found so is never sent blindly."""

Index("uq_outbox_message_id", outbox.c.message_id, unique=True)
Index("ix_outbox_state", outbox.c.state, outbox.c.next_try_at)
Index("ix_outbox_subject", outbox.c.subject)

release_batch = Table(
    "release_batch",
    metadata,
    text("batch_no", key=True),
    text("company_id", of("company", "company_id")),
    one_of("kind", "daily", "emergency", "single"),
    date_text("on_date"),
    whole("releases"),
    text("file_hash"),
    one_of("state", "made", "sent", "acknowledged", "cancelled"),
    text("message_no", of("outbox", "message_no"), null=True),
    text("sent_at", null=True),
    text("acknowledged_at", null=True),
    text("acknowledged_by", null=True),
    whole("matched", null=True),
    whole("unmatched", null=True),
    *told(),
    sqlite_strict=True,
)
"""The releases of a day for one company as they went out (G12): the hash of the file, and what it acknowledged."""

Index("ix_release_batch_company", release_batch.c.company_id, release_batch.c.on_date)

service_release = Table(
    "service_release",
    metadata,
    text("release_no", key=True),
    one_of("kind", "temporary_pole", "temporary_cut_in", "reconnect", "permanent", "final_gas", "water"),
    text("company_id", of("company", "company_id")),
    text("permit_no", of("permit", "permit_no"), null=True),
    text("project_no", of("project", "project_no"), null=True),
    text("inspection_no", of("inspection", "inspection_no"), null=True),
    text("customer_id", of_customer(), null=True),
    text("contractor_no", of("contractor", "contractor_no"), null=True),
    one_of("manual", "well", "shed", "gate", "sign", "no_permit_needed", "other", null=True),
    text("reason", null=True),
    text("site"),
    text("site_key"),
    text("utility_site", null=True),
    text("premise", null=True),
    flag("mobile_home"),
    flag("emergency"),
    one_of("state", "requested", "eligible", "sent", "confirmed", "energised", "rejected", "expired", "revoked"),
    text("conditions"),
    text("requested_by", of_staff()),
    date_text("requested_on"),
    text("sent_at", null=True),
    text("confirmed_at", null=True),
    date_text("energised_on", null=True),
    date_text("expires_on", null=True),
    date_text("ended_on", null=True),
    one_of("channel", *_CHANNELS, null=True),
    text("contact", null=True),
    text("confirmation", null=True),
    text("answer", null=True),
    text("batch_no", of("release_batch", "batch_no"), null=True),
    flag("unmatched"),
    text("repeats", of("service_release", "release_no"), null=True),
    *told(),
    sqlite_strict=True,
)
"""The city's word to a utility that a meter may be set or energised (G8–G12). ``site`` is the address exactly as
permitted, ``utility_site`` as the utility has it, ``premise`` the ESI ID or gas premise; ``conditions`` is JSON of the
codes that were met or not when it was last looked at; ``expires_on`` ends the wait for the move-in order."""

Index("ix_service_release_state", service_release.c.state, service_release.c.company_id)
Index("ix_service_release_permit", service_release.c.permit_no)
Index("ix_service_release_project", service_release.c.project_no)
Index("ix_service_release_site", service_release.c.site_key)
Index("ix_service_release_batch", service_release.c.batch_no)
Index("ix_service_release_customer", service_release.c.customer_id)

account_verification = Table(
    "account_verification",
    metadata,
    text("verification_no", key=True),
    text("customer_id", of_customer()),
    text("account_no", of("account", "account_no"), null=True),
    text("address"),
    one_of("tenure", "owner", "tenant"),
    one_of("state", "open", "verified", "refused", "cancelled"),
    one_of("deposit", "waived", "charged", null=True),
    cents("deposit_minor", null=True),
    text("rule", null=True),
    date_text("opened_on"),
    date_text("decided_on", null=True),
    text("opened_by", of_staff()),
    *told(),
    sqlite_strict=True,
)
"""A new account looked into (F13): what it came to, and by which rule the deposit was waived or charged."""

Index("ix_account_verification_customer", account_verification.c.customer_id)
Index("ix_account_verification_account", account_verification.c.account_no)
Index("ix_account_verification_state", account_verification.c.state)

verification_item = Table(
    "verification_item",
    metadata,
    text("verification_no", of("account_verification", "verification_no"), key=True),
    text("item", key=True),
    one_of("state", "open", "met", "not_met", "skipped"),
    text("company_id", of("company", "company_id"), null=True),
    one_of("channel", *_CHANNELS, null=True),
    text("asked", null=True),
    text("reference", null=True),
    text("answer", null=True),
    text("standing", null=True),
    text("at", null=True),
    text("checked_by", of_staff(), null=True),
    *told(),
    sqlite_strict=True,
)
"""One thing to look into: ``identity``, ``tenure``, ``prior_balance``, ``address``, ``standing``. Who was asked, how,
the reference and the answer are words; ``standing`` is the other utility's answer as a code."""
