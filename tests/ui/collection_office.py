"""Accounts of the demo office at every stage of collection, for the panels that show them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import accounts, collecting, extensions, plans, policies, sell
from csr_desk.services.clock import TrainingClock
from csr_desk.services.lines import BillLine
from ui.back_office import BackOffice

NAMES = ("María Álvarez", "Phạm Văn Đức", "Heights Builders LLC", "Alma Reyes", "Luis Delgado", "Ana Lopez")


def at(office: BackOffice, text: str) -> None:
    """Put the training clock to a local time."""
    clock = office.desk.clock
    assert isinstance(clock, TrainingClock)
    clock.set(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/Chicago")))


def owing(office: BackOffice, number: str, name: str, *bills: tuple[str, int, date]) -> None:
    """Give somebody an account with bills: what for, cents, due."""
    desk, clerk = office.desk, office.actor("clerk1")
    customer = accounts.NewCustomer(f"c {number}", name, address="4107 Leeland St, Houston, TX 77023")
    owner = accounts.add_customer(desk, clerk, customer).value
    accounts.add_account(desk, clerk, accounts.NewAccount(f"a {number}", number, owner, "water"))
    for n, (words, cents, due) in enumerate(bills):
        bill = accounts.NewBill(f"b {number} {n}", number, (accounts.BillItem(None, words, cents),), due)
        accounts.add_bill(desk, clerk, bill)


def round_on(office: BackOffice, day: str) -> None:
    """Do the round of a morning."""
    at(office, f"{day}T07:00")
    collecting.run_round(office.desk, office.actor("supervisor1"), collecting.RunRound(f"round {day}"))


def lay_out(office: BackOffice) -> None:
    """Account 0041-2277-9 is on a plan after a cut-off; others are late, listed, cut off, in time for the round."""
    desk, clerk, supervisor = office.desk, office.actor("clerk1"), office.actor("supervisor1")
    fees: dict[str, object] = {"notice_fee": "10.00"}
    policies.set_policy(desk, office.actor("admin1"), policies.SetPolicy("fees", fees))
    may, june = date(2026, 6, 15), date(2026, 7, 15)
    owing(office, "0041-2277-9", NAMES[0], ("Water and sewer, May 2026", 13146, may), ("Water June", 9871, june))
    owing(office, "0041-2278-7", NAMES[1], ("Water and sewer, May 2026", 7341, may))
    owing(office, "0041-2279-5", NAMES[2], ("Water, April 2026", 486000, date(2026, 4, 15)))
    for day in ("2026-07-14", "2026-07-19", "2026-07-29"):
        round_on(office, day)
    cut = collecting.ReportCutOff("cut", ("0041-2277-9", "0041-2279-5"))
    collecting.report_cut_off(desk, supervisor, cut)
    at(office, "2026-07-29T09:00")
    plan = plans.make_plan(desk, clerk, plans.MakePlan("plan", "0041-2277-9", 6)).value
    office.open_drawer("clerk1", "HPC-1")
    pay(office, "0041-2277-9", plan.plan.down)
    extensions.grant_extension(desk, clerk, extensions.GrantExtension("time", "0041-2278-7"))
    for n, name in enumerate(NAMES[3:]):
        owing(office, f"0041-228{n}-1", name, ("Water July", 6437 + 1211 * n, date(2026, 7, 20)))


def pay(office: BackOffice, account: str, amount: int | None = None) -> None:
    """Take cash on an account."""
    line = BillLine("account", account, amount)
    command = sell.CompleteSale(f"pay {account} {amount}", None, (line,), (Tender(TenderKind.CASH),))
    sell.complete_sale(office.desk, office.actor("clerk1"), command)
