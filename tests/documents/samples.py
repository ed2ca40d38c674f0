"""Facts of one day at a made-up counter, from which the tests print papers."""

from __future__ import annotations

from datetime import UTC, date, datetime

from csr_desk.domain.custody import (
    AuditSheet,
    ChangeFund,
    ChangeSlip,
    CountedTender,
    FundRegister,
    FundRow,
    HandOverSlip,
    NoSaleSlip,
    SuspectReport,
)
from csr_desk.domain.deposit import DailyRevenue, DayTie, Deposit, DepositItem, DepositState
from csr_desk.domain.drawer import (
    Batch,
    BatchSheet,
    BatchState,
    CountSheet,
    DropSlip,
    OpeningSlip,
    RevenueRow,
    TapeCount,
    TenderTie,
    ZReport,
)
from csr_desk.domain.ledger import EventKey, EventKind, LineRow, TenderRole, TenderRow
from csr_desk.domain.paper_books import PaperRow, ReceiptBook
from csr_desk.domain.people import Role
from csr_desk.domain.receipt import Office, Receipt
from csr_desk.domain.receivable.adjusting import LEAK, Step
from csr_desk.domain.receivable.adjustment import Adjustment, BillPart, Document, Mark, State
from csr_desk.domain.receivable.statement import Statement
from csr_desk.domain.referrals import Slip
from csr_desk.domain.seal import SealedHead
from csr_desk.domain.training_certificate import Certificate
from csr_desk.domain.training_score import Mistake, Score
from csr_desk.domain.witness import DayWitness, SealState
from documents.referral_samples import referral_slip
from documents.statement_sample import statement_for

OFFICE = Office(
    "HPC", "Houston Permitting Center", ("1002 Washington Ave", "Houston, TX 77002"), "832-394-9000",
    "America/Chicago", training=True, demonstration=True,
)  # fmt: skip
REAL_OFFICE = Office(
    "HPC", "Houston Permitting Center", ("1002 Washington Ave", "Houston, TX 77002"), "832-394-9000",
    "America/Chicago", training=False, demonstration=False,
)  # fmt: skip
MOMENT = datetime(2026, 7, 14, 14, 12, 45, tzinfo=UTC)
DAY = date(2026, 7, 14)
HEAD = "3f9a01bc44d27e8890aa5c6d7e8f90123f9a01bc44d27e8890aa5c6d7e8f9012"


def line(number: int, item: str, name: str, amount: int, **more: object) -> LineRow:
    """A line as sold, with plausible defaults."""
    facts: dict[str, object] = {
        "number": number, "kind": "item", "item": item, "name": name, "department": "Houston Public Works",
        "quantity": "1", "each": amount, "amount": amount, "added_with": None, "authority": "Building Code § 118.4",
        "price_from": "2026-01-01", "tax": 0, "explain": (),
    }  # fmt: skip
    return LineRow(**{**facts, **more})  # type: ignore[arg-type]


def receipt(**more: object) -> Receipt:
    """187.89 with 0.10 tax: a check for 90.00, a card for 50.00, the rest from a 100.00 note."""
    facts: dict[str, object] = {
        "key": EventKey("HPC-3", 57), "kind": EventKind.SALE, "number": "HPC3-0000021", "code": "K7QM2XWPA4",
        "office": OFFICE, "drawer": "HPC-3", "batch": "2026-07-14/HPC-3/1", "business_date": DAY,
        "recorded_at": MOMENT, "clerk": "Dolores Reyes", "approver": "", "customer": "ÁLVAREZ, María", "memo": "",
        "lines": (
            line(1, "WTR-BILL", "Water bill", 6437, authority="City Code § 47-61", reference="0041-2277-9"),
            line(2, "ELEC-RECON", "Electrical reconnect permit", 9006),
            line(3, "ADM-114", "Administrative fee", 3216, kind="admin_fee", added_with=2,
                 authority="City Code § 1-14"),
            line(4, "COPIES", "Public records, standard page", 120, quantity="12", each=10, authority="1 TAC § 70.3"),
            line(5, "SALES-TAX", "Sales tax 8.25%", 10, kind="tax", added_with=4, authority="Tax Code § 151.051"),
        ),
        "tenders": (
            TenderRow(1, "check", TenderRole.TAKEN, 9000, check_number="1042", routing="113000609",
                      account_masked="•••1234"),
            TenderRow(2, "card", TenderRole.TAKEN, 5000, brand="Visa", last4="4242", authorization="09A1B2"),
            TenderRow(3, "card", TenderRole.FEE, 150),
            TenderRow(4, "cash", TenderRole.TAKEN, 10000),
            TenderRow(5, "cash", TenderRole.CHANGE, -5210),
        ),
        "postings": (),
        "inputs": (
            (2, "Service address", "4107 LEELAND ST UNIT B"), (2, "Contractor licence", "TECL 30417"),
            (2, "ESI ID", "1008901023456789012345"), (4, "Pages", "12"),
        ),
        "total": 18789, "taxes": 10, "fees": 150, "rounding": 1, "change": 5210, "collected": 18940,
        "balance_after": 2500,
    }  # fmt: skip
    return Receipt(**{**facts, **more})  # type: ignore[arg-type]


PIECES = {2000: 4, 1000: 5, 500: 8, 100: 22, 25: 24, 10: 15, 5: 8, 1: 10}
"""200.00: 80 + 50 + 40 + 22 + 6 + 1.50 + 0.40 + 0.10."""


def batch(**more: object) -> Batch:
    """Dolores’ batch of 14 July at counter 3."""
    facts: dict[str, object] = {
        "batch_id": "2026-07-14/HPC-3/1", "drawer": "HPC-3", "drawer_name": "Counter 3", "business_date": DAY,
        "custodian": "clerk3", "custodian_name": "Dolores Reyes", "state": BatchState.ACCEPTED, "suspended": False,
        "attempts": 2, "receipts": 48, "z_number": 17, "opened_at": datetime(2026, 7, 14, 12, 52, tzinfo=UTC),
    }  # fmt: skip
    return Batch(**{**facts, **more})  # type: ignore[arg-type]


def batch_sheet(**more: object) -> BatchSheet:
    """Cash short by 0.25, checks short by 9.00 after two counts."""
    facts: dict[str, object] = {
        "batch": batch(),
        "ties": (
            TenderTie("cash", "Cash", 20, 60905, (60880, 60880), -25),
            TenderTie("check", "Check", 14, 371822, (370922, 370922), -900, 14, 13),
            TenderTie("money_order", "Money order", 2, 19645, (19645, 19645), 0, 2, 2),
            TenderTie("card", "Card", 13, 314066, (314066, 314066), 0, 13, 13),
            TenderTie("transfer", "Departmental transfer", 1, 48600, (), None),
        ),
        "float_amount": 20000, "drops": 40000, "rounding": 3, "fees": 7224, "voids": 2, "refunds": 1, "no_sales": 3,
        "reprints": 4, "cancelled": 5, "history": ("14 Jul 17:05: sent back by Mr. Okafor: recount the checks.",),
    }  # fmt: skip
    return BatchSheet(**{**facts, **more})  # type: ignore[arg-type]


ITEMS = (
    RevenueRow("ELEC-RECON", "Electrical reconnect permit", 11, 99066),
    RevenueRow("ADM-114", "Administrative fee", 19, 63764),
    RevenueRow("COPIES", "Public records, standard page", 212, 2120),
    RevenueRow("SALES-TAX", "Sales tax 8.25%", 9, 175),
)
ACCOUNTS = (
    RevenueRow("2301.2000050001.421010", "Building inspection: permits", 30, 162830),
    RevenueRow("1000.6500010001.426010", "Public records", 9, 2120),
    RevenueRow("1000.9900010001.205010", "Sales tax payable", 9, 175),
)


def z_report(**more: object) -> ZReport:
    """The Z report of that batch."""
    facts: dict[str, object] = {
        "office": OFFICE, "sheet": batch_sheet(), "z_number": 17, "first_receipt": "HPC3-0000880",
        "last_receipt": "HPC3-0000927", "items": ITEMS, "accounts": ACCOUNTS, "accepted_by": "Chidi Okafor",
        "reason": "A check of 9.00 was not in the stack; two digits of HPC3-0000914 were swapped.",
        "accepted_at": datetime(2026, 7, 14, 22, 31, tzinfo=UTC), "perpetual": 98765432,
        "seal": HEAD, "witness": SealedHead("HPC-3", 1204, 927, 98765432, HEAD),
    }  # fmt: skip
    return ZReport(**{**facts, **more})  # type: ignore[arg-type]


def opening_slip(**more: object) -> OpeningSlip:
    """200.00 counted against 200.00."""
    facts: dict[str, object] = {
        "office": OFFICE, "batch": batch(), "pieces": PIECES, "counted": 20000, "authorized": 20000, "approver": "",
        "reason": "", "recorded_at": MOMENT,
    }  # fmt: skip
    return OpeningSlip(**{**facts, **more})  # type: ignore[arg-type]


def drop_slip(**more: object) -> DropSlip:
    """400.00 in twenties and a hundred to the safe."""
    facts: dict[str, object] = {
        "office": OFFICE, "batch": batch(), "number": 2, "pieces": {10000: 1, 2000: 15}, "amount": 40000,
        "bag": "SAFE-0042", "witness": "Chidi Okafor", "recorded_at": MOMENT,
    }  # fmt: skip
    return DropSlip(**{**facts, **more})  # type: ignore[arg-type]


def deposit(**more: object) -> Deposit:
    """808.80 in cash, two checks and a money order: 1,160.25."""
    facts: dict[str, object] = {
        "office": OFFICE, "deposit_id": "D-2026-0031", "business_date": DAY, "state": DepositState.PREPARED,
        "bag": "TX-990017", "batches": ("2026-07-14/HPC-3/1", "2026-07-14/HPC-1/1"),
        "pieces": {10000: 2, 2000: 25, 1000: 9, 500: 3, 100: 3, 50: 1, 25: 1, 5: 1}, "cash": 80880, "checks": 24500,
        "money_orders": 10645,
        "items": (
            DepositItem("check", "1042", "HPC3-0000881", "ÁLVAREZ, María", 9000),
            DepositItem("cashiers_check", "77120", "HPC3-0000893", "Bayou Electric LLC", 15500),
            DepositItem("money_order", "990812", "HPC1-0000412", "Nguyễn Thị Hoa", 10645),
        ),
        "total": 116025, "prepared_by": "Dolores Reyes", "verified_by": "Chidi Okafor",
        "recorded_at": datetime(2026, 7, 14, 22, 45, tzinfo=UTC),
    }  # fmt: skip
    return Deposit(**{**facts, **more})  # type: ignore[arg-type]


def day_witness(**more: object) -> DayWitness:
    """The heads at the close of that day, sealed by the finance officer."""
    registers = (
        SealedHead("HPC-1", 988, 412, 45_200_017, HEAD[::-1]), SealedHead("HPC-3", 1204, 927, 98_765_432, HEAD),
    )  # fmt: skip
    closed = SealedHead("HPC", 731, 0, 0, HEAD[32:] + HEAD[:32])
    at = datetime(2026, 7, 14, 23, 5, tzinfo=UTC)
    facts: dict[str, object] = {
        "closed": closed, "registers": registers, "state": SealState.SEALED, "sealed_by": "Samuel Park",
        "sealed_at": at, "key_id": "9f1fa5b4d9bc3774",
    }  # fmt: skip
    return DayWitness(**{**facts, **more})  # type: ignore[arg-type]


def daily_revenue(**more: object) -> DailyRevenue:
    """1,651.25 over the hours of a day."""
    hours = tuple(
        RevenueRow(f"{hour:02d}:00", f"{hour:02d}:00–{hour + 1:02d}:00", count, amount)
        for hour, count, amount in ((8, 4, 10025), (9, 7, 22040), (10, 8, 30000), (11, 9, 31060), (12, 3, 9000),
                                    (13, 5, 20000), (14, 6, 24000), (15, 4, 14000), (16, 2, 5000))
    )  # fmt: skip
    facts: dict[str, object] = {
        "office": OFFICE, "first": DAY, "last": DAY, "by_item": ITEMS, "by_account": ACCOUNTS,
        "by_tender": (RevenueRow("cash", "Cash", 20, 70125), RevenueRow("check", "Check", 14, 60000),
                      RevenueRow("card", "Card", 13, 35000)),
        "by_drawer": (RevenueRow("HPC-3", "Counter 3", 48, 165125),), "by_hour": hours, "total": 165125,
        "taxes": 175, "fees": 7224, "rounding": 3, "over_short": -925,
        "tie": DayTie(165125, {"cash": 70100, "check": 59100, "card": 35000}, -925, 3, 129203, 35000, 0, 0, 165125,
                      True, "Receipts 1,651.25 = counted and over/short = journal: the day ties."),
        "witness": day_witness(),
    }  # fmt: skip
    return DailyRevenue(**{**facts, **more})  # type: ignore[arg-type]


def certificate(**more: object) -> Certificate:
    """A passed training day: 66.40 of 70 for accuracy, 17.11 of 20 for speed, 8.00 of 10 for the close: 91.51."""
    facts: dict[str, object] = {
        "office": OFFICE, "run_id": "run-7", "user": "clerk1", "name": "Dolores Reyes", "title": "CSR II", "seed": 7,
        "business_date": DAY, "finished_at": MOMENT, "customers": 60, "served": 59, "score": Score(6640, 1711, 800),
        "mistakes": ((Mistake.ITEMS, 2), (Mistake.TENDERS, 3)), "code": "K7QM2XWPA4",
    }  # fmt: skip
    return Certificate(**{**facts, **more})  # type: ignore[arg-type]


def no_sale_slip(**more: object) -> NoSaleSlip:
    """The second no-sale of the shift."""
    facts: dict[str, object] = {
        "office": OFFICE, "batch": batch(), "number": 2, "reason": "Roll of quarters",
        "recorded_at": MOMENT,
    }  # fmt: skip
    return NoSaleSlip(**{**facts, **more})  # type: ignore[arg-type]


def change_slip(**more: object) -> ChangeSlip:
    """Two twenties for 6 fives and 40 quarters: 40.00 = 30.00 + 10.00."""
    facts: dict[str, object] = {
        "office": OFFICE, "batch": batch(), "number": 1, "out": {2000: 2}, "into": {500: 6, 25: 40}, "amount": 4000,
        "witness": "Chidi Okafor", "recorded_at": MOMENT,
    }  # fmt: skip
    return ChangeSlip(**{**facts, **more})  # type: ignore[arg-type]


def hand_over_slip(**more: object) -> HandOverSlip:
    """200.00 and three papers, from Dolores Reyes to James Okafor."""
    facts: dict[str, object] = {
        "office": OFFICE, "batch": batch(), "receiver": "clerk2", "receiver_name": "James Okafor", "pieces": PIECES,
        "counted": 20000, "others": {"check": TapeCount(2, 29164), "money_order": TapeCount(1, 4645)},
        "recorded_at": MOMENT,
    }  # fmt: skip
    return HandOverSlip(**{**facts, **more})  # type: ignore[arg-type]


def suspect_report(**more: object) -> SuspectReport:
    """A twenty of the series 2013."""
    facts: dict[str, object] = {
        "office": OFFICE, "batch": batch(), "number": 1, "denomination": 2000, "serial": "MB12345678A",
        "series_year": "2013", "letters": "B2 45", "description": "Man about 40, grey cap, green jacket",
        "vehicle": "White van, no plate seen", "words": "Said that he got it at a garage sale on Saturday.",
        "reported_by": "Dolores Reyes", "witness": "Chidi Okafor", "recorded_at": MOMENT,
    }  # fmt: skip
    return SuspectReport(**{**facts, **more})  # type: ignore[arg-type]


def audit_sheet(**more: object) -> AuditSheet:
    """Dolores’ drawer counted at noon: 0.25 short of 609.05, all three checks there."""
    facts: dict[str, object] = {
        "office": OFFICE, "key": EventKey("HPC-3", 60), "fund": "HPC-3", "name": "Counter 3", "drawer": "HPC-3",
        "batch": "2026-07-14/HPC-3/1", "business_date": DAY, "custodian": "Dolores Reyes",
        "authority": "Finance memo 7 of 2024", "authorized": 20000,
        "sheet": CountSheet({2000: 30, 100: 8, 25: 3, 5: 1}, {"check": TapeCount(3, 37182)}),
        "tenders": (
            CountedTender("cash", "Cash", 60905, 60880), CountedTender("check", "Check", 37182, 37182, 3, 3),
        ),
        "counted_by": "Chidi Okafor", "signed_by": "Dolores Reyes", "recorded_at": MOMENT,
    }  # fmt: skip
    return AuditSheet(**{**facts, **more})  # type: ignore[arg-type]


def change_fund(**more: object) -> ChangeFund:
    """The float of counter 3."""
    facts: dict[str, object] = {
        "fund": "HPC-3", "name": "Counter 3", "drawer": "HPC-3", "custodian": None, "custodian_name": "",
        "amount": 20000, "authority": "Finance memo 7 of 2024", "since": date(2024, 9, 1), "active": True,
    }  # fmt: skip
    return ChangeFund(**{**facts, **more})  # type: ignore[arg-type]


def fund_register(**more: object) -> FundRegister:
    """A float that was counted, a safe that was not, one fund that is closed: 200.00 + 2,000.00 in use."""
    safe = change_fund(
        fund="SAFE", name="Safe change fund", drawer=None, custodian="cashier1", custodian_name="Denise Carter",
        amount=200_000,
    )  # fmt: skip
    closed = change_fund(fund="OLD", name="Annex counter", drawer=None, amount=10_000, active=False)
    facts: dict[str, object] = {
        "office": OFFICE, "on": DAY,
        "rows": (FundRow(change_fund(), audit_sheet(), 1, 1), FundRow(safe, None, 0, 1), FundRow(closed, None, 0, 0)),
    }  # fmt: skip
    return FundRegister(**{**facts, **more})  # type: ignore[arg-type]


def receipt_book(**more: object) -> ReceiptBook:
    """Book A: 1001 in time, 1002 missing, 1003 late, 1004 spoilt, 1005 and 1006 blank."""
    facts: dict[str, object] = {
        "office": OFFICE, "book": "A", "first": 1001, "last": 1006, "holder": "clerk3", "holder_name": "Dolores Reyes",
        "issued_on": date(2026, 7, 1), "issued_by": "Chidi Okafor", "returned_on": None, "returned_by": "",
        "rows": (
            PaperRow(1001, "entered", date(2026, 7, 13), DAY, "HPC3-0000880", late=False, reason=""),
            PaperRow(1003, "entered", date(2026, 7, 2), DAY, "HPC3-0000881", late=True, reason=""),
            PaperRow(1004, "void", None, DAY, "", late=False, reason="Carbon slipped"),
        ),
        "explained": {},
    }  # fmt: skip
    return ReceiptBook(**{**facts, **more})  # type: ignore[arg-type]


def statement() -> Statement:
    """What an account owes in July (see ``statement_sample``)."""
    return statement_for(OFFICE)


def adjustment(**more: object) -> Adjustment:
    """A leak of June, approved: 15,000 gallons against 5,000 are charged as 10,000, which is 128.65 less."""
    steps = (
        Step("Months whose use was keyed by hand", "2, April 2026 to May 2026"),
        Step("Months asked for", "1", holds=True), Step("Adjusted already in 12 months", "0", holds=True),
        Step("Repair date", "given", holds=True), Step("Repair address", "given", holds=True),
        Step("Repair type", "given", holds=True), Step("Repair cost", "given", holds=True),
        Step("Average of the months before", "5,000 gallons"),
        Step("Use in June 2026", "15,000 gallons, 300 % of the average", holds=True),
        Step("Of the use above the average comes off", "50 %, set by this office"),
        Step("June 2026: 15,000 charged as 10,000 gallons", "347.22 − 218.57 = 128.65"), Step("Comes off", "128.65"),
    )  # fmt: skip
    evidence = {
        "repair_date": "2026-06-20", "repair_address": "4107 Leeland B", "repair_type": "Slab leak under the kitchen",
        "repair_cost": "950.00",
    }  # fmt: skip
    file = Document("D-100161552", "Invoice 88 of Reyes Plumbing.pdf", "application/pdf", 148_213, "3f" * 32,
                    "Maria Delgado", MOMENT)  # fmt: skip
    facts: dict[str, object] = {
        "number": "ADJ-649012229", "account": "0041-2277-9", "customer": "María Álvarez",
        "address": "4107 Leeland St Unit B, Houston TX 77023", "kind": LEAK, "state": State.APPROVED, "amount": 12865,
        "parts": (BillPart("B-JUNE", date(2026, 6, 1), 12865, 2000),), "steps": steps, "evidence": evidence,
        "reason": "Water came through the floor", "documents": (file,), "requested": Mark("Maria Delgado", MOMENT),
        "requested_by": "clerk1", "decider": Role.SUPERVISOR,
        "decided": Mark("Robert Hayes", MOMENT, "The invoice is of this house"),
    }  # fmt: skip
    return Adjustment(**{**facts, **more})  # type: ignore[arg-type]


def referral_paper() -> Slip:
    """Somebody from outside the city limits is sent to the county."""
    return referral_slip()
