"""Stories of the controls 1 to 26: people, receipting, custody."""

from __future__ import annotations

from csr_desk.domain.ledger import EventKind, TenderRole, TenderRow
from csr_desk.domain.people import Act, Role
from csr_desk.domain.postings import HOUSE, move
from demo_city import City
from services.evidence import stories as told
from services.evidence.planting import cash, check, plant_sale, sold
from services.evidence.telling import (
    EXCEPTION,
    MET,
    NOT_MET,
    QUARTER,
    UNKNOWN,
    Told,
    opened,
    outside_after,
    planted,
    then,
)
from services.known_day import sell_the_day, whole_day

CHECK_AND_CHANGE = (check(6000), cash(-1000, 2))
CARD = TenderRow(1, "card", TenderRole.TAKEN, 1000, last4="1881")
CARD_FEE = TenderRow(2, "card", TenderRole.FEE, 51, last4="1881")
BAD_NOTE = {"memo": "paid by 4111 1111-1111 1111"}
ACCEPTED_BY_HOLDER = "UPDATE ledger_event SET actor_id = 'clerk1' WHERE kind = 'batch_accepted'"

STORIES: dict[str, Told] = {
    "all users are people who were there": Told(
        1,
        outside_after(
            whole_day, "UPDATE staff SET active = 0 WHERE user_id NOT IN (SELECT actor_id FROM ledger_event)"
        ),
        MET,
    ),
    "somebody was not there for ninety days": Told(1, whole_day, EXCEPTION, "last act never"),
    "a counter signs in": Told(
        1,
        outside_after(whole_day, "UPDATE staff SET name = 'Counter 3' WHERE user_id = 'clerk3'"),
        NOT_MET,
        "Counter 3",
    ),
    "two users with one name": Told(
        1,
        outside_after(whole_day, "UPDATE staff SET name = 'Priya Raman' WHERE user_id = 'clerk3'"),
        NOT_MET,
        "two users carry this name",
    ),
    "a supervisor approves and accepts": Told(2, whole_day, EXCEPTION, "approves voids and refunds"),
    "a supervisor sells": Told(2, told.sells_and_accepts, NOT_MET, "receives cash"),
    "nobody approves themselves": Told(3, whole_day, MET, f"{len(Act) * len(Role) + 4} cases"),
    "an approval of one's own": Told(
        3,
        planted(EventKind.NO_SALE, approver="clerk1", notes={"reason": "x"}),
        NOT_MET,
        "approved by the person who did it",
    ),
    "a drawer accepted by its holder": Told(
        3,
        outside_after(whole_day, ACCEPTED_BY_HOLDER),
        NOT_MET,
        "decided on their own drawer",
    ),
    "auditor and administrator without money": Told(4, whole_day, MET, "Tried 122 acts"),
    "an auditor who takes a report away": Told(
        4, planted(EventKind.REPORT_EXPORTED, actor="auditor1", batch=None, series="HPC"), MET, "2 of their entries"
    ),
    "an auditor who writes": Told(4, planted(EventKind.NO_SALE, actor="auditor1"), NOT_MET, "stands in the ledger"),
    "an administrator who sells": Told(4, opened(cash(5000), actor="admin1"), NOT_MET, "Chidi Nwosu"),
    "sign-ins that are on record": Told(5, planted(EventKind.SIGNED_IN, batch=None, series="HPC"), MET),
    "no sign-in on record": Told(5, whole_day, UNKNOWN, "nothing of this was seen at work"),
    "failures without a delay": Told(
        5, outside_after(whole_day, "UPDATE staff SET failures = 6 WHERE user_id = 'clerk2'"), NOT_MET, "6 failures"
    ),
    "trained holders": Told(6, whole_day, MET, "2 drawers held"),
    "a training that ran out": Told(
        6,
        outside_after(whole_day, "UPDATE staff SET trained_until = '2026-07-13' WHERE user_id = 'clerk1'"),
        NOT_MET,
        "trained until 2026-07-13",
    ),
    "numbers without a gap": Told(7, whole_day, MET, "6 receipt numbers"),
    "a receipt that was cut out": Told(
        7,
        outside_after(whole_day, "DELETE FROM ledger_event WHERE series_id = 'HPC-2' AND receipt_no = 2"),
        NOT_MET,
        "HPC2-0000002",
    ),
    "a tail that was cut off": Told(
        7,
        outside_after(whole_day, "UPDATE series SET last_receipt_no = 9 WHERE series_id = 'HPC-1'"),
        NOT_MET,
        "HPC1-0000009",
    ),
    "a Z report that is missing": Told(
        7,
        outside_after(whole_day, "UPDATE series SET last_z = 2 WHERE series_id = 'HPC-1'"),
        NOT_MET,
        "Z report is missing",
    ),
    "receipts with everything on them": Told(8, whole_day, MET, "5 receipts"),
    "a receipt without its payor": Told(8, then(City.open, City.sell), NOT_MET, "payor"),
    "a payor that was purged": Told(8, outside_after(whole_day, "DELETE FROM note_text"), MET),
    "a ledger that refuses": Told(9, whole_day, MET, "10 refused by the database"),
    "a chain that does not verify": Told(
        9,
        outside_after(whole_day, "UPDATE ledger_line SET name = 'Other' WHERE item = 'REC-MAP'"),
        NOT_MET,
        "does not verify",
    ),
    "drawers that hold what their entries say": Told(10, whole_day, MET, "2 accepted drawers"),
    "cash that moved after the count": Told(10, told.no_sale_with_money, NOT_MET, "a no-sale with money"),
    "copies in order": Told(11, told.reprinted, MET, "2 reprints"),
    "no copy at all": Told(11, whole_day, UNKNOWN, "no reprint"),
    "a copy that was not counted": Told(
        11, planted(EventKind.REPRINT, facts={"copy": 3, "receipt": "HPC1-0000001"}), NOT_MET, "without a gap"
    ),
    "a copy without its entry": Told(
        11,
        outside_after(
            told.reprinted,
            "UPDATE print_outbox SET copy_no = 7 WHERE document = 'receipt' AND copy_no = 2",
        ),
        NOT_MET,
        "a copy without its entry",
    ),
    "a book with every number told": Told(12, lambda city: told.book(city, "void"), MET, "1 book"),
    "no book": Told(12, whole_day, UNKNOWN, "No book"),
    "a returned book with an open number": Told(
        12, lambda city: told.book(city, ""), NOT_MET, "neither entered nor void"
    ),
    "a book that is out": Told(12, lambda city: told.book(city, "", state="issued"), MET, "1 number still unused"),
    "a paper receipt entered late": Told(
        12, lambda city: told.book(city, "void", written="2026-07-10"), NOT_MET, "due 2026-07-13"
    ),
    "a paper receipt of the eve of a holiday": Told(
        12, then(told.resting, lambda city: told.book(city, "void", written="2026-07-10")), MET
    ),
    "prices by the schedule": Told(13, whole_day, MET, "7 priced lines"),
    "an order kept the prices of its day": Told(13, told.ordered, MET, "4 priced lines"),
    "a price that the schedule does not know": Told(
        13,
        outside_after(whole_day, "UPDATE ledger_line SET amount_minor = 9500 WHERE item = 'BLD-REINSP'"),
        NOT_MET,
        "95.00",
    ),
    "an override that was approved": Told(13, told.override, EXCEPTION, "approved by Robert Hayes"),
    "an override without authority": Told(13, lambda city: told.override(city, None), NOT_MET, "without authority"),
    "an override without a reason": Told(
        13,
        opened(cash(1200), amount=1200, line=sold(1200, 5000), approver="supervisor1"),
        NOT_MET,
        "without a reason",
    ),
    "change from cash": Told(14, opened(cash(6000), cash(-1000, 2)), MET),
    "change for a check": Told(14, opened(*CHECK_AND_CHANGE), NOT_MET, "10.00"),
    "checks by the rule": Told(15, whole_day, MET, "1 check"),
    "a check dated ahead": Told(15, opened(check(5000, check_date="2026-07-15")), NOT_MET, "dated ahead"),
    "a check of today": Told(15, opened(check(5000, check_date="2026-07-14")), MET),
    "a stale check": Told(15, opened(check(5000, check_date="2026-01-14")), NOT_MET, "stale"),
    "a listed account": Told(15, told.listed_check, NOT_MET, "returned-check list"),
    "a listed account with its override": Told(
        15, lambda city: told.listed_check(city, Act.TAKE_LISTED_CHECK.value), MET
    ),
    "a listed account with another approval": Told(
        15, lambda city: told.listed_check(city, "void"), NOT_MET, "nobody approved"
    ),
    "no card number": Told(16, whole_day, MET, "Scanned"),
    "a card number in a memo": Told(16, opened(cash(5000), notes=BAD_NOTE), NOT_MET, "note_text"),
    "a card number in a held cart": Told(
        16,
        outside_after(told.held_long, "UPDATE draft_cart SET title = '4111111111111111'"),
        NOT_MET,
        "draft_cart",
    ),
    "a card number in a fact": Told(
        16,
        planted(EventKind.DROP, facts={"amount": 0, "bag": "4111 1111 1111 1111", "pieces": {}}, approver="clerk2"),
        NOT_MET,
        "facts",
    ),
    "a fee within the law": Told(17, whole_day, MET, "1 receipt with a card fee"),
    "a fee above the law": Told(17, opened(CARD, CARD_FEE, amount=1000), NOT_MET, "more than 5 percent"),
    "cash to the nickel": Told(18, whole_day, MET, "2026-07: 0.01"),
    "cash rounded the wrong way": Told(
        18, then(sell_the_day, lambda city: plant_sale(city, 6243, cash(6240))), NOT_MET, "not rounded"
    ),
    "a month that the account does not know": Told(
        18,
        outside_after(
            whole_day,
            "UPDATE ledger_posting SET amount_minor = -2 WHERE amount_minor = -1 AND tender_n IS NULL",
        ),
        NOT_MET,
        "the month's receipts",
    ),
    "one holder at a time": Told(19, whole_day, MET, "2 sessions"),
    "another hand in the drawer": Told(19, opened(cash(5000), actor="clerk2"), NOT_MET, "somebody else"),
    "the hand that took over": Told(
        19,
        then(lambda city: told.handed(city, "clerk2"), lambda city: plant_sale(city, 5000, cash(5000), actor="clerk2")),
        MET,
    ),
    "a session within a session": Told(19, told.overlap, NOT_MET, "is open"),
    "floats as authorized": Told(20, told.funds, MET, "in the register"),
    "a fund of another amount": Told(20, lambda city: told.funds(city, 15000), NOT_MET, "register of change funds"),
    "a fund without authority": Told(20, lambda city: told.funds(city, authority=" "), NOT_MET, "without authority"),
    "a float that nobody signed": Told(
        20,
        outside_after(
            told.funds, "UPDATE ledger_event SET facts = replace(facts, '\"counted\":20000', '\"counted\":19900')"
        ),
        NOT_MET,
        "199.00",
    ),
    "a hand-over with two names": Told(21, lambda city: told.handed(city, "clerk2"), MET, "1 hand-over"),
    "a hand-over with one name": Told(21, lambda city: told.handed(city, None), NOT_MET, "one name only"),
    "a hand-over that another signed": Told(21, lambda city: told.handed(city, "clerk3"), NOT_MET, "somebody else"),
    "no hand-over": Told(21, whole_day, UNKNOWN, "no hand-over"),
    "a drop before a witness": Told(22, told.dropped, MET, "1 drop looked at"),
    "a drop alone": Told(
        22,
        planted(EventKind.DROP, facts={"amount": 2000, "bag": "D", "pieces": {"2000": 1}}),
        NOT_MET,
        "without a second person",
    ),
    "a drop that does not add up": Told(
        22,
        planted(EventKind.DROP, approver="supervisor1", facts={"amount": 2100, "bag": "D", "pieces": {"2000": 1}}),
        NOT_MET,
        "do not make its amount",
    ),
    "cash over the limit": Told(22, told.over_limit, NOT_MET, "1200.00"),
    "counts in the quarter": Told(23, told.counted_unannounced, MET, "2 drawers and quarters", QUARTER),
    "no counts in a whole quarter": Told(23, whole_day, NOT_MET, "0 of 1", QUARTER),
    "a quarter that is not over": Told(23, whole_day, UNKNOWN, "does not cover the whole quarter"),
    "no list of the safe": Told(24, whole_day, UNKNOWN, "keeps no list"),
    "cash that left rightly": Told(25, whole_day, MET, "entries that moved cash"),
    "cash that left in no right way": Told(
        25, planted(EventKind.SUSPECT_NOTE, postings=move(HOUSE.drawer, HOUSE.safe, 2000)), NOT_MET, "no such way out"
    ),
    "a sale that paid out": Told(
        25, opened(check(6000), TenderRow(2, "cash", TenderRole.CHANGE, -1000)), NOT_MET, "a sale that paid out"
    ),
    "a float that stayed out": Told(
        25,
        outside_after(
            whole_day, "UPDATE ledger_event SET facts = replace(facts, '\"float\":20000', '\"float\":19000')"
        ),
        NOT_MET,
        "did not go back whole",
    ),
    "cash that became a check": Told(25, told.corrected, EXCEPTION, "another tender"),
    "no inventory of terminals": Told(26, whole_day, UNKNOWN, "no inventory"),
}
