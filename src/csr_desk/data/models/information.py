"""The information desk: cards, notices of what changed, the shelf of forms, where people are referred to.

Each row is what entries say of it (``domain.telling``); texts are words beside the chain.
"""

from __future__ import annotations

from sqlalchemy import Index, Table

from csr_desk.data.models.columns import date_text, flag, metadata, one_of, text, whole
from csr_desk.data.models.told import of, of_customer, of_staff, told

office_form = Table(
    "office_form",
    metadata,
    text("form_no", key=True),
    text("revision", key=True),
    text("language", key=True),
    one_of("state", "current", "obsolete"),
    date_text("effective_on"),
    text("fields"),
    text("attachment_id", null=True),
    text("title"),
    *told(),
    sqlite_strict=True,
)
"""A form of the shelf in one revision and language; an obsolete one is not handed out (I3). ``fields`` (JSON) says
which field of the file is filled with what is known of the customer. The title is a word, the file an attachment."""

form_handout = Table(
    "form_handout",
    metadata,
    text("handout_no", key=True),
    text("form_no"),
    text("revision"),
    text("language"),
    one_of("how", "print", "email", "blank"),
    one_of("state", "given", "back", "missing"),
    whole("copies"),
    text("customer_id", of_customer(), null=True),
    text("subject", null=True),
    text("given_at"),
    text("given_by", of_staff()),
    date_text("back_on", null=True),
    text("attachment_id", null=True),
    *told(),
    sqlite_strict=True,
)
"""A form that was handed out, and came back filled in; ``subject`` is what it is for (a permit, a request)."""

card = Table(
    "card",
    metadata,
    text("card_no", key=True),
    text("topic"),
    one_of("state", "current", "retired"),
    text("item", null=True),
    text("form_no", null=True),
    text("need_code", null=True),
    text("owner", of_staff(), null=True),
    date_text("review_on"),
    date_text("changed_on"),
    *told(),
    sqlite_strict=True,
)
"""A card of the information desk: which item's live price, which form, which referral; ``review_on`` is the day after
which it is stale (I1)."""

card_text = Table(
    "card_text",
    metadata,
    text("card_no", of("card", "card_no"), key=True),
    text("language", key=True),
    text("question"),
    text("short_answer"),
    text("steps", null=True),
    text("papers", null=True),
    text("hours", null=True),
    text("link", null=True),
    *told(),
    sqlite_strict=True,
)
"""What a card says in one language: question, answer, steps and papers to bring (a line each), hours, link."""

card_showing = Table(
    "card_showing",
    metadata,
    text("showing_no", key=True),
    text("card_no", of("card", "card_no")),
    text("language"),
    text("at"),
    text("shown_by", of_staff()),
    text("customer_id", of_customer(), null=True),
    *told(),
    sqlite_strict=True,
)
"""Which card was shown or read to whom."""

notice = Table(
    "notice",
    metadata,
    text("notice_no", key=True),
    one_of("kind", "price", "process", "form", "safety", "other"),
    one_of("state", "posted", "withdrawn"),
    date_text("effective_on"),
    flag("must_read"),
    text("posted_at"),
    text("posted_by", of_staff()),
    text("release_id", null=True),
    text("items", null=True),
    text("cards", null=True),
    text("forms", null=True),
    text("title"),
    text("body"),
    *told(),
    sqlite_strict=True,
)
"""What changed, and from when (I2): the items, cards and forms that it is about (JSON); ``release_id`` is the release
of the catalogue that announced it by itself. Title and body are words."""

notice_read = Table(
    "notice_read",
    metadata,
    text("notice_no", of("notice", "notice_no"), key=True),
    text("user_id", of_staff(), key=True),
    text("at"),
    *told(),
    sqlite_strict=True,
)
"""Who has read and acknowledged which notice, and when."""

need = Table(
    "need",
    metadata,
    text("need_code", key=True),
    flag("active"),
    text("name"),
    text("keywords", null=True),
    *told(),
    sqlite_strict=True,
)
"""What people come for that somebody else does (I4)."""

need_agency = Table(
    "need_agency",
    metadata,
    text("need_code", of("need", "need_code"), key=True),
    whole("n", key=True),
    text("company_id", of("company", "company_id")),
    one_of("area", "inside", "outside", "anywhere"),
    flag("active"),
    text("advice", null=True),
    *told(),
    sqlite_strict=True,
)
"""Who answers a need: for an address inside the city limits, outside of them (a Houston mailing address may be), or
wherever; what to say and to bring is advice."""

company_place = Table(
    "company_place",
    metadata,
    text("company_id", of("company", "company_id"), key=True),
    whole("n", key=True),
    flag("active"),
    text("address"),
    text("hours", null=True),
    text("reach", null=True),
    text("map_link", null=True),
    *told(),
    sqlite_strict=True,
)
"""Where an agency is found: address, hours, telephone, a link to a map. All are words."""

referral = Table(
    "referral",
    metadata,
    text("referral_no", key=True),
    text("need_code", of("need", "need_code")),
    text("company_id", of("company", "company_id")),
    one_of("kind", "warm", "cold"),
    one_of("state", "given", "reached", "not_reached", "unknown"),
    text("customer_id", of_customer(), null=True),
    text("request_no", of("request", "request_no"), null=True),
    text("language", null=True),
    text("at"),
    text("referred_by", of_staff()),
    date_text("follow_on", null=True),
    date_text("followed_on", null=True),
    text("reason", null=True),
    text("outcome", null=True),
    *told(),
    sqlite_strict=True,
)
"""Somebody was sent elsewhere: warm (we called there first) or cold, and whether they were helped there."""

Index("ix_form_handout_customer", form_handout.c.customer_id)
Index("ix_form_handout_state", form_handout.c.state, form_handout.c.given_at)
Index("ix_card_review", card.c.state, card.c.review_on)
Index("ix_card_showing_card", card_showing.c.card_no)
Index("ix_card_showing_customer", card_showing.c.customer_id)
Index("ix_notice_effective", notice.c.state, notice.c.effective_on)
Index("ix_referral_customer", referral.c.customer_id)
Index("ix_referral_state", referral.c.state, referral.c.follow_on)
