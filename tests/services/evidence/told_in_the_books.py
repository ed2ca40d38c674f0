"""Stories of the controls 27 to 56: balancing, corrections, deposit and books, records."""

from __future__ import annotations

from csr_desk.domain.ledger import EventKind, Posting
from csr_desk.domain.postings import HOUSE
from demo_city import City
from services.evidence import stories as told
from services.evidence.planting import check
from services.evidence.telling import (
    EXCEPTION,
    MET,
    NOT_MET,
    UNKNOWN,
    Told,
    counted,
    opened,
    outside_after,
    planted,
    then,
)
from services.known_day import whole_day

DECIDED_BY_ASKER = "UPDATE ledger_event SET actor_id = 'clerk1' WHERE kind = 'adjustment_decided'"
DECIDED_BY_CASHIER = "UPDATE ledger_event SET actor_id = 'cashier1' WHERE kind = 'adjustment_decided'"
ACCEPTED_BY_HOLDER = "UPDATE ledger_event SET actor_id = 'clerk1' WHERE kind = 'batch_accepted'"

STORIES: dict[str, Told] = {
    "a blind count": Told(27, whole_day, MET, "2 counts"),
    "a verdict that tells an amount": Told(
        27,
        planted(EventKind.COUNT, facts={"attempt": 1, "agrees": {"cash": -25}, "items_agree": {}}),
        NOT_MET,
        "tells an amount",
    ),
    "counts in order": Told(28, whole_day, MET, "2 counted batches"),
    "a count that is missing": Told(28, told.counted_again, NOT_MET, "is numbered 5"),
    "one count too many": Told(28, told.count_often, NOT_MET, "one too many"),
    "a difference that nobody explains": Told(
        28,
        outside_after(
            whole_day, "UPDATE ledger_event SET facts = replace(facts, '\"over_short\":-25', '\"over_short\":-2500')"
        ),
        NOT_MET,
        "without a reason",
    ),
    "counted by tender": Told(29, whole_day, MET, "2 acceptances"),
    "a check too few": Told(
        29,
        outside_after(
            whole_day, "UPDATE ledger_event SET facts = replace(facts, '\"items_counted\":1', '\"items_counted\":0')"
        ),
        NOT_MET,
        "another number of items",
    ),
    "over and short posted": Told(30, whole_day, MET, "Together -0.25"),
    "over and short that was not posted": Told(
        30,
        outside_after(
            whole_day, "UPDATE ledger_event SET facts = replace(facts, '\"over_short\":-25', '\"over_short\":-20')"
        ),
        NOT_MET,
        "not posted as counted",
    ),
    "a large difference": Told(30, told.large_difference, EXCEPTION, "to be reported"),
    "accepted by another": Told(31, whole_day, MET),
    "accepted by a hand of the drawer": Told(
        31,
        outside_after(whole_day, ACCEPTED_BY_HOLDER),
        NOT_MET,
        "handled this drawer",
    ),
    "accepted late": Told(31, told.late, NOT_MET, "accepted 2026-07-17, due 2026-07-15"),
    "accepted after two holidays": Told(31, then(told.resting, told.late), MET),
    "a batch open over two holidays": Told(
        32, then(told.resting, City.open, lambda city: city.at("2026-07-17T09:00")), MET, "1 batch not accepted"
    ),
    "a batch open longer than two holidays": Told(
        32, then(told.resting, City.open, lambda city: city.at("2026-07-20T09:00")), NOT_MET, "since 2026-07-14"
    ),
    "no batch open too long": Told(32, whole_day, MET, "as of 2026-07-14"),
    "a batch open too long": Told(
        32, then(City.open, lambda city: city.at("2026-07-16T09:00")), NOT_MET, "since 2026-07-14"
    ),
    "a batch of yesterday": Told(
        32, then(City.open, lambda city: city.at("2026-07-15T09:00")), MET, "1 batch not accepted"
    ),
    "nothing reopened": Told(33, whole_day, MET, "No batch was reopened"),
    "reopened with a reason": Told(33, told.reopened, EXCEPTION, "Receipt 2 keyed twice"),
    "reopened without a reason": Told(33, told.reopened_silently, NOT_MET, "without a reason"),
    "a void in order": Told(34, whole_day, MET, "1 void"),
    "a void alone": Told(34, told.voided_alone, NOT_MET, "without a second person"),
    "a void without a reason": Told(34, lambda city: told.voided_alone(city, ""), NOT_MET, "without a reason"),
    "a void after the count": Told(34, told.voided_late, NOT_MET, "after the batch was closed"),
    "a refund of the day": Told(35, told.refunded, MET, "1 refund"),
    "cash back a day later": Told(35, told.refunded_next_day, NOT_MET, "cash for a receipt of 2026-07-14"),
    "no peers": Told(36, whole_day, UNKNOWN, "no peers"),
    "an override with two people": Told(37, told.override, MET),
    "an override alone": Told(37, lambda city: told.override(city, None), NOT_MET, "without a second person"),
    "an adjustment of two people": Told(37, told.adjusted, MET, "1 adjustment"),
    "an adjustment without a document": Told(
        37, lambda city: told.adjusted(city, proof=False), NOT_MET, "without a document"
    ),
    "an adjustment decided by whoever asked": Told(
        37, lambda city: told.adjusted(city, changes=(DECIDED_BY_ASKER,)), NOT_MET, "decided by whoever asked"
    ),
    "an adjustment above the tier": Told(
        37, lambda city: told.adjusted(city, changes=(DECIDED_BY_CASHIER,)), NOT_MET, "above the decider's tier"
    ),
    "a returned check": Told(38, told.returned, MET, "1 returned item"),
    "a fee above the law for a returned check": Told(
        38, lambda city: told.returned(city, 3001, 8001), NOT_MET, "above the law"
    ),
    "a bill for too little": Told(38, lambda city: told.returned(city, bill=5000), NOT_MET, "not item and fee"),
    "a drawer that paid for a returned check": Told(
        38,
        lambda city: told.returned(city, postings=(Posting(HOUSE.receivable, 5000), Posting(HOUSE.checks, -5000))),
        NOT_MET,
        "a drawer moved",
    ),
    "a notice that was not mailed": Told(
        38, outside_after(told.returned, "UPDATE returned_item SET mailed_on = NULL"), EXCEPTION, "was not mailed"
    ),
    "bills that agree": Told(39, told.billed, MET, "1 bill"),
    "a bill paid too much": Told(
        39, lambda city: told.billed(city, "UPDATE bill SET paid_minor = 9999"), NOT_MET, "more was paid"
    ),
    "a held sale that grew old": Told(39, told.held_long, EXCEPTION, "held since"),
    "a deposit intact": Told(40, whole_day, MET, "6 parts"),
    "a check for cash": Told(
        40,
        lambda city: told.bagged(
            city,
            "UPDATE ledger_event SET facts = replace(replace(facts, '\"cash\":-25', '\"cash\":-525'), "
            "'\"checks\":5000', '\"checks\":5500') WHERE kind = 'deposit_prepared'",
        ),
        NOT_MET,
        "checks",
    ),
    "packed in time": Told(41, whole_day, MET, "2 batches with money"),
    "packed too late": Told(
        41,
        lambda city: told.bagged(
            city,
            "UPDATE ledger_event SET recorded_at_utc = '2026-07-16T14:00:00.000000Z' WHERE kind = 'deposit_prepared'",
        ),
        NOT_MET,
        "packed 2026-07-16, due 2026-07-15",
    ),
    "never packed": Told(41, then(counted, lambda city: city.at("2026-07-17T09:00")), NOT_MET, "not packed yet"),
    "not packed over two holidays": Told(
        41, then(told.resting, counted, lambda city: city.at("2026-07-17T09:00")), MET, "2 batches"
    ),
    "a slip in order": Told(42, told.confirmed, MET, "1 deposit"),
    "a bag without its number": Told(
        42, lambda city: told.bagged(city, "UPDATE deposit SET bag = ''"), NOT_MET, "number of its bag"
    ),
    "prepared and verified by one": Told(
        42, lambda city: told.bagged(city, "UPDATE deposit SET verified_by = prepared_by"), NOT_MET, "same person"
    ),
    "a check that is not on the slip": Told(
        42, lambda city: told.bagged(city, "UPDATE deposit SET checks_minor = 9900"), NOT_MET, "do not make its amount"
    ),
    "a bank that said nothing yet": Told(42, whole_day, EXCEPTION, "did not confirm"),
    "a bank that agrees": Told(43, told.confirmed, MET, "1 confirmed deposit"),
    "a bank that differs": Told(43, lambda city: told.confirmed(city, 6500), EXCEPTION, "-1.00"),
    "confirmed by a hand on the cash": Told(
        43,
        lambda city: told.confirmed(
            city, 6600, "UPDATE ledger_event SET actor_id = 'clerk2' WHERE kind = 'deposit_confirmed'"
        ),
        NOT_MET,
        "hand on the cash",
    ),
    "a journal once": Told(44, told.exported, MET, "1 copy given again"),
    "a journal that was not made": Told(44, whole_day, EXCEPTION, "not exported yet"),
    "a journal that was changed": Told(
        44,
        lambda city: told.exported(
            city,
            "UPDATE export_run SET content = CAST(replace(CAST(content AS TEXT), '127.56', '127.57') AS BLOB)",
        ),
        NOT_MET,
        "the file says",
    ),
    "a journal of another year": Told(
        44,
        lambda city: told.exported(
            city, "UPDATE export_run SET content = CAST(replace(CAST(content AS TEXT), 'FY2027', 'FY2026') AS BLOB)"
        ),
        NOT_MET,
        "another period",
    ),
    "nothing sent to hosts": Told(45, whole_day, UNKNOWN, "host systems"),
    "a day that ties": Told(46, whole_day, MET, "1 business day"),
    "a closed day that does not tie": Told(46, told.untied, NOT_MET, "not in a deposit"),
    "an open day that does not tie yet": Told(46, counted, EXCEPTION, "not in a deposit"),
    **{f"nothing is kept for {number}": Told(number, whole_day, UNKNOWN) for number in (49, 50, 55)},
    "prices with authority": Told(51, whole_day, MET, "136 prices"),
    "a schedule loaded alone": Told(
        51,
        planted(EventKind.CATALOGUE_LOADED, series="HPC", batch=None, actor="admin1", facts={"label": "2027"}),
        NOT_MET,
        "without a second person",
    ),
    "a schedule loaded by two": Told(
        51,
        planted(
            EventKind.CATALOGUE_LOADED,
            series="HPC",
            batch=None,
            actor="admin1",
            approver="supervisor1",
            facts={"label": "2027"},
        ),
        MET,
    ),
    "masked, and no log of looks": Told(
        52, opened(check(5000, account_masked="••••1234")), UNKNOWN, "1 bank account kept"
    ),
    "a bank account in clear": Told(
        52, opened(check(5000, account_masked="123456789")), NOT_MET, "more than its last four"
    ),
    "no retention classes": Told(53, whole_day, UNKNOWN, "not kept"),
    "a purge by one person": Told(
        53,
        planted(EventKind.NOTE_REDACTED, facts={"series": "HPC-1", "seq": 1, "topics": []}),
        NOT_MET,
        "one person only",
    ),
    "a backup that was rehearsed": Told(54, whole_day, MET, "the same seals"),
    "clocks that go forward": Told(56, whole_day, MET, "instants"),
    "a clock that went back": Told(
        56, lambda city: told.clock_back(city, EventKind.NO_SALE), NOT_MET, "without a recorded jump"
    ),
    "a jump that was recorded": Told(
        56, lambda city: told.clock_back(city, EventKind.CLOCK_JUMP), EXCEPTION, "recorded"
    ),
}
