"""Write docs/roles.md: which role may do which act, as the services obey it.

``python tools/roles.py`` writes the document; a test fails while it says something else than the program does.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from csr_desk.domain.people import PERMISSIONS, Act, Role

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "roles.md"

WORDS: dict[Act, str] = {
    Act.QUOTE: "Look up prices, receipts, drawers, held sales",
    Act.SELL: "Take money: sell, hold and resume a sale",
    Act.OPEN_DRAWER: "Open, lock and unlock a drawer of their own",
    Act.DROP: "Carry cash from their drawer to the safe",
    Act.COUNT: "Count their drawer, blind, and hand the count in",
    Act.NO_SALE: "Open their drawer without a sale",
    Act.REPRINT: "Print a receipt again, marked DUPLICATE",
    Act.VOID: "Void a receipt of their open batch",
    Act.REFUND: "Refund",
    Act.CORRECT_TENDER: "Correct how a receipt was paid, the same day",
    Act.OVERRIDE_PRICE: "Key a price by hand",
    Act.APPROVE: "Approve another person’s void, refund, correction, price or float",
    Act.WITNESS: "Witness a drop, verify a deposit",
    Act.ACCEPT_BATCH: "Accept a counted drawer",
    Act.REJECT_BATCH: "Give a count back",
    Act.REOPEN_BATCH: "Open an accepted batch again",
    Act.SEE_EXPECTED: "See what drawers should hold, Z reports, deposits",
    Act.PREPARE_DEPOSIT: "Pack a deposit",
    Act.CONFIRM_DEPOSIT: "Match a deposit with the bank",
    Act.CLOSE_DAY: "Close a business day",
    Act.RETURN_ITEM: "Book a returned check",
    Act.SEE_REPORTS: "See revenue reports and the three-way tie",
    Act.EXPORT_JOURNAL: "Export the GL journal and the ledger",
    Act.VERIFY_LEDGER: "Recompute the ledger’s seals",
    Act.SET_POLICY: "Change limits, tolerance, rounding",
    Act.LOAD_CATALOGUE: "Take over a catalogue",
    Act.MANAGE_STAFF: "Add and retire people",
    Act.EDIT_ACCOUNTS: "Add customers, accounts and bills",
    Act.WAIVE_FEE: "Waive a fee on an authority",
    Act.TAKE_LISTED_CHECK: "Take a check of an account on the returned-check list",
    Act.REAPPLY: "Reverse a receipt and apply it to the right bill",
    Act.CHANGE_ORDER: "Swap notes for coin with the safe",
    Act.REPORT_SUSPECT: "Record a note that may be counterfeit",
    Act.HAND_OVER: "Hand their open drawer to another person",
    Act.ENTER_PAPER: "Enter a paper receipt later",
    Act.SURPRISE_COUNT: "Count a drawer or a change fund unannounced",
    Act.MANAGE_BOOKS: "Issue and take back books of paper receipts",
    Act.MANAGE_FUNDS: "Keep the register of change funds",
    Act.LIST_CHECKS: "Keep the returned-check list and the mailing of notices",
    Act.SEND_PAYABLES: "Complete refunds by payables and hand them over",
    Act.RECORD_TRAINING: "Record a training in handling cash",
    Act.REVIEW_DEFERRED: "Review what was done without a second person",
    Act.SEE_JOURNAL: "Read the event journal",
    Act.SEE_EXCEPTIONS: "Read the exception reports",
    Act.MAKE_EVIDENCE: "Run the auditor’s controls",
    Act.SEE_CUSTOMERS: "See customers, their accounts and what they owe",
    Act.MERGE_CUSTOMERS: "Join two records of one customer, or part them",
    Act.DISCLOSE: "Tell somebody about a confidential customer",
    Act.LOAD_BILLS: "Take in customers, accounts and bills from a file",
    Act.CHARGE_BILLS: "Add penalties to late bills",
    Act.REQUEST_ADJUSTMENT: "Prepare an adjustment",
    Act.DECIDE_ADJUSTMENT: "Decide an adjustment, up to the role’s tier",
    Act.REVERSE_ADJUSTMENT: "Take an adjustment back",
    Act.REORDER_PAYMENT: "Put a payment on other debts than the rule does",
    Act.USE_CREDIT: "Use an account’s credit for a bill",
    Act.COLLECT: "Run reminders, notices and the cut-off list",
    Act.GRANT_EXTENSION: "Grant more time to pay",
    Act.MAKE_PLAN: "Agree on a payment plan",
    Act.PLACE_HOLD: "Place or lift a hold",
    Act.OVERRIDE_HOLD: "Sell although a hold says stop (second person signs)",
    Act.END_GUARANTEE: "Apply or give back a customer’s deposit",
    Act.SEE_PROJECTS: "See projects, permits, work orders, releases, companies",
    Act.KEEP_PROJECTS: "Open, correct and close projects",
    Act.PREPARE_ORDER: "Price an order for a cashier",
    Act.KEEP_CONTRACTORS: "Register contractors and their papers",
    Act.OVERRIDE_CONTRACTOR: "Sell although a contractor’s paper ran out (second person signs)",
    Act.AMEND_PERMIT: "Amend or renew a permit",
    Act.MOVE_PERMIT_MONEY: "Move money from a wrong permit (second person signs)",
    Act.END_PERMIT: "Revoke or close a permit",
    Act.SET_PERMIT_KEY: "Put the public key of permits into the ledger",
    Act.REQUEST_INSPECTION: "Ask for, schedule or call off an inspection",
    Act.RECORD_INSPECTION: "Record the result of an inspection",
    Act.KEEP_WORK_ORDERS: "Open work orders and record what came of them",
    Act.REQUEST_RELEASE: "Ask for a service release and send it",
    Act.MANUAL_RELEASE: "Release service without a permit (second person signs)",
    Act.SEND_RELEASE_BATCH: "Send the batch of releases to a company",
    Act.CONFIRM_RELEASE: "Record what a company said to a release",
    Act.REVOKE_RELEASE: "Take a release back",
    Act.KEEP_COMPANIES: "Keep the directory of companies",
    Act.CONTACT_COMPANY: "Write down a contact with a company",
    Act.VERIFY_ACCOUNT: "Look into a new account by the list",
    Act.SKIP_VERIFICATION: "Leave a thing of the list out (second person signs)",
    Act.KEEP_OUTBOX: "See the outbox, try again, give up",
    Act.SEE_REQUESTS: "See requests, the queue, referrals, hand-outs",
    Act.SEE_RESTRICTED: "See complaints about employees",
    Act.TAKE_REQUEST: "Take, work on and close requests",
    Act.ESCALATE_REQUEST: "Give requests to somebody else, escalate them by hand",
    Act.KEEP_REQUEST_TYPES: "Keep the types of requests",
    Act.EXCHANGE_REQUESTS: "Exchange requests with other systems",
    Act.SEE_CARDS: "Read the information desk and estimate prices",
    Act.SHOW_CARD: "Note that a card was shown",
    Act.KEEP_CARDS: "Keep the cards of the information desk",
    Act.POST_NOTICE: "Post and withdraw notices",
    Act.READ_NOTICE: "Acknowledge notices",
    Act.KEEP_FORMS: "Keep the shelf of forms",
    Act.HAND_FORM: "Hand out forms and take them back",
    Act.KEEP_AGENCIES: "Keep needs and agencies",
    Act.REFER: "Refer people and follow up",
    Act.SERVE_QUEUE: "Serve the queue and log contacts",
    Act.CALL_SUPERVISOR: "Call the supervisor to the counter",
    Act.ANSWER_CALL: "Answer a clerk’s call",
    Act.BACK_UP: "Make a backup, see the backups, run the restore drill",
    Act.RESTORE_BACKUP: "Restore the office from a backup",
    Act.SEAL_DAY: "Seal a closed day with the finance officer’s key",
    Act.SET_SEAL_KEY: "Put the public key of the day seals into the ledger",
}

BEYOND = """
## What the table cannot say

- Nobody approves, accepts, witnesses or verifies their own act, whatever their role.
- A drawer has one holder; only the holder sells from it, voids in it, drops from it and counts it.
- A void, a price keyed by hand and a float that differs need the yes of somebody who may *approve*; a drop and a
  deposit the signature of somebody who may *witness*. A yes holds for one act, one subject and one amount, for a
  minute (one from another screen as long as the request may wait), and is used once.
- A deposit is packed by the holder of one of its drawers, or by a head cashier.
- No role takes money and also approves, reconciles or administers: the test of this table would fail.
- An auditor reads everything and writes nothing, telephone numbers and e-mails masked; an administrator sees no money.
"""

STATES = """
## By the state of a drawer

Each act was tried by each role in each state of a drawer, on a demo city, and undone again: ✔ was done, a dot is
refused by the role, anything else is the code of the refusal. A clerk and a cashier stand twice: at the drawer that
they hold (or held), and without a drawer of their own at another’s. The rows of *approve* and *witness* are a void and
a drop of the drawer’s holder that the person signs. In this office the policy names no outside reviewer.
"""


def states() -> dict[str, dict[Act, tuple[str, ...]]]:
    """Try every act in every state (``tests/services/role_states.py``); some twenty seconds, so once a process."""
    if str(ROOT / "tests") not in sys.path:
        sys.path.insert(0, str(ROOT / "tests"))
    from services import role_states  # noqa: PLC0415 - of the tests, found by the line above

    if "CSR_DESK_HOME" not in os.environ:
        os.environ["CSR_DESK_HOME"] = tempfile.mkdtemp(prefix="csr-desk-roles-")
    return role_states.tables()


def heads() -> list[str]:
    """Return the heads of the columns."""
    states()
    from services import role_states  # noqa: PLC0415 - of the tests, found by ``states``

    return [column.head for column in role_states.COLUMNS]


def by_state() -> list[str]:
    """Return the tables by state as lines: first the acts that no state changes, then each state."""
    found = states()
    first = next(iter(found.values()))
    still = [act for act in first if len({rows[act] for rows in found.values()}) == 1]
    lines = [STATES, "### Whatever the state of the drawer", "", *_table({act: first[act] for act in still})]
    for state, rows in found.items():
        lines += ["", f"### {state[0].upper()}{state[1:]}", ""]
        lines += _table({act: cells for act, cells in rows.items() if act not in still})
    others = ", ".join(f"`{act.value}`" for act in Act if act not in first)
    return [*lines, "", f"Tried in scenarios of their own: {others}."]


def _table(rows: dict[Act, tuple[str, ...]]) -> list[str]:
    names = heads()
    lines = [f"| act | {' | '.join(names)} |", f"|---|{'|'.join([':-:'] * len(names))}|"]
    for act, cells in rows.items():
        shown = ["✔" if cell == "done" else cell if cell == "·" else f"`{cell}`" for cell in cells]
        lines.append(f"| {act.value} | {' | '.join(shown)} |")
    return lines


def document() -> str:
    """Return the text of docs/roles.md: the permissions, what they cannot say, and what each state makes of them."""
    roles = list(Role)
    names = [role.value.replace("_", " ") for role in roles]
    lines = [
        "# Who may do what",
        "",
        "Written by `python tools/roles.py` from the table that the services obey; asserted cell by cell in",
        "`tests/services/test_every_role_and_act.py`. Whatever has no mark is refused with `not_permitted`.",
        "",
        f"| act | what it is | {' | '.join(names)} |",
        f"|---|---|{'|'.join([':-:'] * len(roles))}|",
    ]
    for act in Act:
        marks = ["✔" if act in PERMISSIONS[role] else "" for role in roles]
        lines.append(f"| `{act.value}` | {WORDS[act]} | {' | '.join(marks)} |")
    return "\n".join(lines) + "\n" + BEYOND + "\n".join(by_state()) + "\n"


def main() -> int:
    """Write the document."""
    DOCUMENT.write_text(document(), encoding="utf-8")
    print(f"{DOCUMENT} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
