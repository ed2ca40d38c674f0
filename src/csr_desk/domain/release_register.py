"""The register of service releases: what each is asked for, how it stands, and what goes to a company in a batch.

No cashiering system on the market has one; cities run it by hand and by e-mail (field table G8 to G12).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from csr_desk.domain.receipt import Office
from csr_desk.domain.release import ELECTRIC, Condition, Countdown, Finding, Kind, missing
from csr_desk.domain.sites import Compared

COMPANY_KIND: Mapping[Kind, str] = {
    **dict.fromkeys(ELECTRIC, "electric"),
    Kind.FINAL_GAS: "gas",
    Kind.WATER: "water",
}
"""What sort of company sets the meter; a release to any other would go nowhere."""

TRADE: Mapping[Kind, str] = {**dict.fromkeys(ELECTRIC, "electrical"), Kind.FINAL_GAS: "plumbing"}
"""Whose permit releases the service; a permit without a trade is not looked at this way."""

INSPECTIONS: Mapping[Kind, frozenset[str]] = {
    Kind.TEMPORARY_POLE: frozenset({"temporary_pole"}),
    Kind.TEMPORARY_CUT_IN: frozenset({"temporary_cut_in"}),
    Kind.RECONNECT: frozenset({"reconnect", "final"}),
    Kind.PERMANENT: frozenset({"service", "final"}),
    Kind.FINAL_GAS: frozenset({"gas_test", "final"}),
    Kind.WATER: frozenset({"water", "final"}),
}
"""Which inspections of the permit count, one of them passed; a city verifies it before it goes live."""

LIKE_FOR_LIKE = frozenset({Kind.RECONNECT})
"""What is released fast after a storm: the same service again, nothing new (HPC emergency notice, G11)."""

OPEN = frozenset({"requested", "eligible", "sent", "confirmed"})
"""States in which something is still to come."""


class Manual(StrEnum):
    """Why no permit is needed (Harris County's rule: wells, sheds under 150 square feet, gates, signs)."""

    WELL = "well"
    SHED = "shed"
    GATE = "gate"
    SIGN = "sign"
    NO_PERMIT_NEEDED = "no_permit_needed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """A release as a page and a paper show it."""

    number: str
    kind: Kind
    state: str
    company: str
    company_name: str
    permit: str
    project: str
    customer: str
    contractor: str
    manual: str
    reason: str
    site: str
    """As permitted, or as asked for where no permit is needed."""
    utility_site: str
    premise: str
    mobile_home: bool
    emergency: bool
    findings: tuple[Finding, ...]
    """Its conditions as they stand now, in order."""
    compared: Compared | None
    """Both writings of the address, where the utility's is known."""
    steps: tuple[str, ...]
    """What may be done with it now (``steps.RELEASE``)."""
    requested_on: date
    requested_by: str
    company_channel: str = ""
    """How the company is reached."""
    inspection: str = ""
    """The passed inspection that counts."""
    sent_at: datetime | None = None
    channel: str = ""
    contact: str = ""
    confirmed_at: datetime | None = None
    confirmation: str = ""
    energised_on: date | None = None
    ended_on: date | None = None
    answer: str = ""
    countdown: Countdown | None = None
    """How long the move-in order still waits; None before it began and after it ended."""
    batch: str = ""
    message: str = ""
    """How the mail stands that it went out with."""
    late: bool = False
    """It was sent and should have been confirmed by now (control 48)."""
    unmatched: bool = False
    """The company acknowledged the batch without a word about it."""
    repeats: str = ""
    stood: tuple[Condition, ...] | None = None
    """What was missing when it was sent, as its record has it; None where it was not sent, or the record is silent."""

    @property
    def ready(self) -> bool:
        """Say whether nothing is missing now."""
        return not missing(self.findings)

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing now, each in a sentence."""
        return tuple(one.sentence for one in missing(self.findings))


@dataclass(frozen=True, slots=True)
class Proposal:
    """What may be asked for on a permit, laid out from what is known: one key and it is asked for."""

    permit: str
    site: str
    kind: Kind
    company: str
    company_name: str
    premise: str
    """As keyed with the permit, or as an earlier release of this address had it."""
    utility_site: str


KIND_OF_INSPECTION: Mapping[str, Kind] = {
    "temporary_pole": Kind.TEMPORARY_POLE,
    "temporary_cut_in": Kind.TEMPORARY_CUT_IN,
    "reconnect": Kind.RECONNECT,
    "service": Kind.PERMANENT,
    "gas_test": Kind.FINAL_GAS,
    "water": Kind.WATER,
}
"""What an inspection is looked at for; the newest of a permit says what its release will be."""


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A release as its company gets it, in the batch's file and on its paper."""

    number: str
    kind: Kind
    site: str
    premise: str
    permit: str
    inspected_on: date | None
    manual: str
    emergency: bool


@dataclass(frozen=True, slots=True)
class BatchPaper:
    """A batch as it goes out: whole, in the order of the addresses."""

    office: Office
    number: str
    kind: str
    company: str
    company_name: str
    on: date
    made_by: str
    rows: tuple[BatchRow, ...]


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A release that was looked at for a batch and did not go, with what is missing."""

    number: str
    site: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch as a page shows it."""

    number: str
    company: str
    company_name: str
    kind: str
    on: date
    state: str
    releases: int
    file_hash: str
    channel: str = ""
    message: str = ""
    """The number of the mail, and how it stands."""
    message_state: str = ""
    sent_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    matched: int | None = None
    unmatched: int | None = None
    held_back: tuple[HeldBack, ...] = ()
    """What was looked at and did not go; only where the batch was just made."""
    unknown: tuple[str, ...] = ()
    """Lines of the acknowledgement that name no release of the batch."""


@dataclass(frozen=True, slots=True)
class CompanyLine:
    """What waits for a company today, and what it has not answered."""

    company: str
    name: str
    channel: str
    send_at: str
    """When the batch of the day goes (``16:30``)."""
    held_back: int
    ready: int
    """As they stood when they were last looked at; a batch looks anew."""
    emergency: int
    """How many of the ready ones are of a storm."""
    sent: int
    """Sent and not confirmed."""
    last_batch: str
    last_on: date | None
    due: bool
    """Something is ready, the hour of the batch is over, and none went out today."""


class Why(StrEnum):
    """Why something stands on the unmatched list."""

    UNCONFIRMED = "unconfirmed"
    """Sent, and no confirmation in the time that the policy gives."""
    UNMATCHED = "unmatched"
    """Its batch was acknowledged without it."""
    UNKNOWN = "unknown"
    """The company confirmed something that was not in the batch."""
    NO_ANSWER = "no_answer"
    """A batch that nobody acknowledged in that time."""
    NOT_SENT = "not_sent"
    """A mail that hangs in the outbox, or was given up."""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A line of the daily unmatched list (G12, control 48)."""

    why: Why
    number: str
    """The release, or the batch."""
    company: str
    company_name: str
    site: str
    since: date
    days: int
    """Working days since then."""
    words: str = ""


@dataclass(frozen=True, slots=True)
class NextStep:
    """What the customer has to do now, for the paper in their language (G10)."""

    office: Office
    release: str
    kind: Kind
    state: str
    customer_name: str
    language: str
    site: str
    premise: str
    company_name: str
    confirmation: str
    on: date
    last_day: date | None
    """Until when the move-in order waits."""
    days: int
    """Working days that it waits in all."""
    missing: tuple[Condition, ...] = ()
    """What is missing still, where it was not sent."""
