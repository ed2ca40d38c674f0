"""Which things a change touched, so that the window refreshes what shows them; and the result of an act."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Topic(StrEnum):
    """A kind of thing that screens show."""

    RECEIPTS = "receipts"
    HELD = "held"
    DRAWER = "drawer"
    BATCHES = "batches"
    DEPOSITS = "deposits"
    DAY = "day"
    CATALOGUE = "catalogue"
    POLICY = "policy"
    STAFF = "staff"
    PRINTING = "printing"
    ACCOUNTS = "accounts"
    APPROVALS = "approvals"
    """Requests for approval, and what waits for an outsider's review."""
    FUNDS = "funds"
    BOOKS = "books"
    SUSPECTS = "suspects"
    TRAINING = "training"
    PAYABLES = "payables"
    PROJECTS = "projects"
    """Projects and the orders on them."""
    PERMITS = "permits"
    """Permits, contractors and inspections."""
    WORK_ORDERS = "work_orders"
    RELEASES = "releases"
    COMPANIES = "companies"
    """The directory, what companies were asked, and verifications of accounts."""
    OUTBOX = "outbox"
    REQUESTS = "requests"
    """Requests, who called about them, what was done."""
    INFORMATION = "information"
    """Cards, forms, needs and agencies."""
    NOTICES = "notices"
    QUEUE = "queue"
    """Who waits, who is served, contacts without money, calls for the supervisor."""
    REFERRALS = "referrals"
    """Referrals and forms that were handed out."""


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """The result of a finished act."""

    value: T
    topics: frozenset[Topic] = field(default_factory=frozenset)
    replayed: bool = False
    """True when the same key had done it before; nothing was posted twice."""
