"""The city's policy as a form: what each setting is called, what it means, and what a person changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from csr_desk.domain.policy import MONEY, Policy, as_text
from csr_desk.ui.wording import tr

TUPLES = frozenset(
    {"endorsements", "registered_trades", "tenders", "visit_reasons", "void_reasons", "work_order_items"}
)


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in the program, as people call it, what it does, the unit it is keyed in."""

    name: str
    label: str
    sentence: str
    unit: str = ""


def settings() -> tuple[Setting, ...]:
    """Every setting of ``Policy``, in the order of the form."""
    return (
        Setting(
            "rounding",
            tr("Cash rounding"),
            tr("How the cash part is rounded to the nickel"),
            tr("off, nearest or down"),
        ),
        Setting("tolerance", tr("Tolerance"), tr("Over and short of a tender that needs no reason"), tr("dollars")),
        Setting(
            "cash_warn",
            tr("Cash drop due at"),
            tr("Cash in a drawer, float included, that asks for a drop"),
            tr("dollars"),
        ),
        Setting("cash_lock", tr("Cash limit"), tr("Cash in a drawer at which no more cash is taken"), tr("dollars")),
        Setting(
            "count_attempts",
            tr("Counts"),
            tr("How often a drawer may be counted before it goes to the supervisor"),
            tr("times"),
        ),
        Setting("approval_seconds", tr("Approval lasts"), tr("How long a supervisor's yes may wait"), tr("seconds")),
        Setting("idle_lock_minutes", tr("Lock after"), tr("Idle time after which the screen locks"), tr("minutes")),
        Setting("held_days", tr("Held sales are stale after"), tr("Then they are listed apart"), tr("days")),
        *_people(),
        *_checks(),
        *_collection(),
        *_terms(),
        *_projects(),
        *_others(),
        *_service(),
        *_backups(),
        Setting("tenders", tr("Tenders taken"), tr("Any other is refused at this office"), tr("separated by ;")),
        Setting("void_reasons", tr("Reasons of a void"), tr("By the digits 1 to 9"), tr("separated by ;")),
        Setting(
            "holidays",
            tr("Holidays"),
            tr("No working days, like weekends; first the day, 2026-12-25 or 12/25/2026, then its name"),
            tr("one line a day"),
        ),
    )


def _people() -> tuple[Setting, ...]:
    """Settings about who approves, who is trained, and what is counted unannounced."""
    return (
        Setting(
            "approvers",
            tr("Who approves"),
            tr("Every supervisor, or only the one who is named for a person"),
            tr("all or subordinates"),
        ),
        Setting("request_minutes", tr("A request waits"), tr("For a supervisor at another screen"), tr("minutes")),
        Setting(
            "outside_reviewer",
            tr("Outside reviewer"),
            tr("Reviews later what nobody could approve; else empty"),
            tr("user name"),
        ),
        Setting(
            "training_months", tr("Cash training holds"), tr("Without it no drawer is opened"), tr("months; 0: none")
        ),
        Setting("surprise_counts", tr("Unannounced counts"), tr("Of each drawer, at least"), tr("a quarter")),
        Setting(
            "report_over_short",
            tr("Report over and short"),
            tr("A drawer that is off by more is reported to the named officers"),
            tr("dollars"),
        ),
        Setting("paper_days", tr("Paper receipts"), tr("Are entered at the latest after"), tr("working days")),
    )


def _collection() -> tuple[Setting, ...]:
    """Settings about bills that are late."""
    return (
        Setting("penalty_percent", tr("Late penalty"), tr("Of what is open on a late bill, once"), tr("percent")),
        Setting("penalty_least", tr("Least late penalty"), tr("However small the bill"), tr("dollars")),
        Setting("reminder_days", tr("Reminder after"), tr("Counted from the due date"), tr("days")),
        Setting("cut_off_notice_days", tr("Cut-off notice after"), tr("Counted from the due date"), tr("days")),
        Setting("cut_off_days", tr("Cut-off list after"), tr("Counted from the due date"), tr("days")),
        Setting("reminder_fee", tr("Fee of a reminder"), tr("Added to what is owed"), tr("dollars")),
        Setting("notice_fee", tr("Fee of a cut-off notice"), tr("Added to what is owed"), tr("dollars")),
        Setting("cut_off_fee", tr("Fee to restore service"), tr("Added when service is cut off"), tr("dollars")),
    )


def _terms() -> tuple[Setting, ...]:
    """Settings about more time, instalments, adjustments and what nobody claimed."""
    return (
        Setting("extensions_a_year", tr("Extensions"), tr("Of an account, at most"), tr("a calendar year")),
        Setting("extension_days", tr("An extension lasts"), tr("At most"), tr("days")),
        Setting("plan_parts", tr("Instalments"), tr("Of a payment plan, at most"), tr("parts")),
        Setting("plan_down_percent", tr("Down payment"), tr("Of a payment plan, at least"), tr("percent")),
        Setting("plan_grace_days", tr("A plan breaks"), tr("After an instalment was due, by"), tr("days")),
        Setting("adjust_supervisor", tr("Supervisor adjusts up to"), tr("Above it the accountant"), tr("dollars")),
        Setting("adjust_accountant", tr("Accountant adjusts up to"), tr("Nothing above it"), tr("dollars")),
        Setting("dormant_months", tr("Unclaimed after"), tr("Credits and deposits nobody asked for"), tr("months")),
        Setting("attachment_megabytes", tr("Largest attachment"), tr("A file that proves a request"), tr("megabytes")),
    )


def _projects() -> tuple[Setting, ...]:
    """Settings about projects, permits, inspections and work orders."""
    return (
        Setting("project_pattern", tr("Project numbers"), tr("Year yy, serial number n, check digit c"), tr("pattern")),
        Setting("order_days", tr("Orders hold"), tr("The prices of an order for the cashier"), tr("days")),
        Setting("permit_days", tr("Permits hold"), tr("Counted from the last thing that was done"), tr("days")),
        Setting(
            "registered_trades",
            tr("Registered contractors only"),
            tr("These trades; an owner buys none"),
            tr("separated by ;"),
        ),
        Setting("renewal_days", tr("Renewal within"), tr("After the end of a permit"), tr("days")),
        Setting("paper_warn_days", tr("Ends soon"), tr("Permits and contractors’ papers are listed"), tr("days")),
        Setting("inspection_days", tr("Inspections are due in"), tr("Counted from the request"), tr("working days")),
        Setting("work_order_days", tr("Work orders are due in"), tr("Urgent ones sooner"), tr("working days")),
        Setting(
            "work_order_items",
            tr("Paid items that send a crew"),
            tr("Like WTR-REREAD = read_meter urgent"),
            tr("separated by ;"),
        ),
    )


def _others() -> tuple[Setting, ...]:
    """Settings about other companies, new accounts and mail."""
    return (
        Setting("move_in_days", tr("Move-in waits"), tr("Then the order is cancelled"), tr("working days")),
        Setting("release_days", tr("Releases unconfirmed"), tr("Are listed after"), tr("working days")),
        Setting("deposit_owner", tr("Deposit of an owner"), tr("Without good standing elsewhere"), tr("dollars")),
        Setting("deposit_tenant", tr("Deposit of a tenant"), tr("Without good standing elsewhere"), tr("dollars")),
        Setting("standing_months", tr("Good standing"), tr("Elsewhere, to waive the deposit"), tr("months")),
        Setting("mail_server", tr("Mail server"), tr("Where e-mail goes out; else empty"), tr("host:port")),
        Setting(
            "mail_security",
            tr("Way to the server"),
            tr("How the connection is kept private"),
            tr("starttls, tls, none"),
        ),
        Setting("mail_from", tr("Mail comes from"), tr("The address that answers go to"), tr("e-mail address")),
        Setting("mail_attempts", tr("Tries of a message"), tr("Then people look at it"), tr("times")),
        Setting("mail_minutes", tr("Second try after"), tr("Then twice as long each time"), tr("minutes")),
    )


def _service() -> tuple[Setting, ...]:
    """Settings about requests, the information desk and referrals."""
    return (
        Setting(
            "visit_reasons",
            tr("Why people come"),
            tr("Letter of the ticket, code, words"),
            tr("separated by ;"),
        ),
        Setting("escalation_days", tr("Escalated requests"), tr("The department calls within"), tr("working days")),
        Setting("recurrence_months", tr("Comes back"), tr("Counts as the same thing within"), tr("months")),
        Setting("card_review_months", tr("Cards are stale"), tr("After their last review"), tr("months")),
        Setting("referral_days", tr("Referrals"), tr("Warm ones are followed up after"), tr("working days")),
    )


def _checks() -> tuple[Setting, ...]:
    """Settings about checks and what the bank sends back."""
    return (
        Setting(
            "endorsements",
            tr("Back of a check"),
            tr("For a department with a text of its own: Department = text"),
            tr("texts; separated by semicolons"),
        ),
        Setting("stale_check_days", tr("Stale checks"), tr("A check that is older is refused"), tr("days")),
        Setting("check_hold_days", tr("Hold of check refunds"), tr("A payment by check is refunded after"), tr("days")),
        Setting(
            "returned_fee_cap",
            tr("Returned item, most"),
            tr("The fee is never more than the law allows"),
            tr("dollars"),
        ),
        Setting("notice_days", tr("Notice of a returned check"), tr("Gives the writer so long to pay"), tr("days")),
    )


def _backups() -> tuple[Setting, ...]:
    """Settings about copies of the ledger."""
    return (
        Setting(
            "backup_minutes",
            tr("Backup every"),
            tr("When something was recorded; always at the close and at the exit"),
            tr("minutes; 0: none"),
        ),
        Setting(
            "second_backup",
            tr("Second copy in"),
            tr("A folder on another disk: USB disk, share; else empty"),
            tr("whole path"),
        ),
        Setting("second_backup_days", tr("Second copy, oldest"), tr("Then the screen says: single copy"), tr("days")),
    )


def as_keyed(policy: Policy) -> dict[str, str]:
    """The policy as it stands in the form: dollars as written, reasons separated by semicolons, a holiday a line."""
    return {
        name: ("\n" if name == "holidays" else "; ").join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in as_text(policy).items()
    }


def changes(policy: Policy, keyed: Mapping[str, str]) -> dict[str, object]:
    """What differs from the policy, as the service reads it (money in dollars, reasons as a list)."""
    before = as_keyed(policy)
    found: dict[str, object] = {}
    for name, text in keyed.items():
        tidy = text.strip()
        if name in MONEY:
            tidy = tidy.replace("$", "").replace(",", "")
        if tidy == before[name]:
            continue
        found[name] = [part.strip() for part in tidy.split(";") if part.strip()] if name in TUPLES else tidy
    return found
