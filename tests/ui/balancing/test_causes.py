"""Why a drawer may be off, below its tenders: by keys alone, for supervisors, never for the drawer's own custodian."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csr_desk.domain.difference import Candidate, Explanation, Kind, Suspect
from csr_desk.domain.drawer import CountSheet, TapeCount
from csr_desk.domain.people import Actor, Role
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import balancing
from csr_desk.ui.context import Context
from csr_desk.ui.pages.balancing.causes import Causes
from csr_desk.ui.pages.balancing.causes_card import CausesCard, cause_pick, kind_words
from csr_desk.ui.pages.balancing.view import BalancingPage
from ui.back_office import FLOAT, BackOffice, Now, in_front, press

KEY = Qt.Key
T = TypeVar("T")


def swapped(office: BackOffice, user: str = "clerk1", drawer: str = "HPC-1") -> str:
    """A drawer whose check of 154.80 says 145.80: 9.00 short, the number of checks right."""
    batch = office.open_drawer(user, drawer)
    office.sell_copies(user, 12, Tender(TenderKind.CASH, 120))
    office.sell_copies(user, 1_548, Tender(TenderKind.CHECK, 15_480, number="105"), customer="Rosa Villarreal")
    office.count_and_send(user, CountSheet({**FLOAT, 100: 11, 10: 2}, {"check": TapeCount(1, 14_580)}))
    return batch


def test_the_causes_stand_below_the_tenders_and_keys_walk_them(dressed: QApplication, office: BackOffice) -> None:
    swapped(office)
    context, shell = office.context("supervisor1")
    page = BalancingPage(context)
    with in_front(page):
        card = page.sheet.causes
        assert page.sheet.sees_causes()
        assert card.hint.text() == "−9.00 in check, the likeliest cause first"
        pick = card.list.picks[0]
        assert (pick.title, pick.chip) == ("1   HPC1-0000002   154.80 → 145.80   9.00", "Digits swapped")
        assert pick.below == "Two digits swapped on receipt HPC1-0000002: keyed 154.80, likely 145.80. Read the check."
        assert card.evidence.text().startswith("The number of checks is right. 9.00 is divisible by nine. One receipt")
        assert card.receipt.isHidden()
        press(page, KEY.Key_D, ctrl=True)
        assert card.list.hasFocus()
        press(page, KEY.Key_Return)
        assert card.receipt.text().startswith("HPC1-0000002 · Maria Delgado · Rosa Villarreal · Check 105 154.80 · ")
        press(page, KEY.Key_D, ctrl=True)
        assert not page.sheet.sees_causes()
        assert page.list.hasFocus()
        press(page, KEY.Key_D, ctrl=True)
        assert page.sheet.sees_causes()
    assert shell.problems == []


def test_a_drawer_that_agrees_or_still_sells_has_no_causes(dressed: QApplication, office: BackOffice) -> None:
    office.open_drawer("clerk1", "HPC-1")
    office.count_and_send("clerk1", CountSheet(FLOAT, {}))
    office.open_drawer("clerk2", "HPC-2")
    context, _ = office.context("supervisor1")
    page = BalancingPage(context)
    with in_front(page):
        for _ in range(2):
            assert not page.sheet.sees_causes()
            assert page.sheet.buttons["why"].isHidden()
            press(page, KEY.Key_Down)


def test_nobody_sees_the_causes_in_their_own_drawer(dressed: QApplication, office: BackOffice) -> None:
    swapped(office)
    own = office.actor("clerk1")
    context, shell = office.context("supervisor1")
    promoted = Context(office.desk, Actor(own.user, own.name, "Supervisor", Role.SUPERVISOR), Now(), shell)
    assert context.actor.user != promoted.actor.user
    page = BalancingPage(promoted)
    with in_front(page):
        assert not page.sheet.sees_causes()
        assert page.sheet.buttons["why"].isHidden()
        press(page, KEY.Key_D, ctrl=True)
        assert not page.sheet.sees_causes()


def test_where_nothing_fits_the_card_says_so(dressed: QApplication, office: BackOffice) -> None:
    office.open_drawer("clerk1", "HPC-1")
    office.sell_copies("clerk1", 640, Tender(TenderKind.CASH, 6_400))
    # 264.00 should be there, 222.30 is: 41.70 short
    office.count_and_send("clerk1", CountSheet({2000: 11, 100: 2, 25: 1, 5: 1}, {}))
    context, _ = office.context("supervisor1")
    page = BalancingPage(context)
    with in_front(page):
        card = page.sheet.causes
        assert page.sheet.sees_causes()
        assert card.list.isHidden()
        assert card.strength.text() == "No single cause stands out"
        assert card.evidence.text() == "No single cause explains −41.70 in cash."


@dataclass
class Later:
    """Keeps jobs until they are let go."""

    jobs: list[Callable[[], None]] = field(default_factory=list)

    def run(self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Keep it."""
        self.jobs.append(lambda: Now().run(job, done, failed))

    def go(self) -> None:
        """Do what is waiting, in order."""
        waiting, self.jobs = self.jobs, []
        for job in waiting:
            job()


@dataclass
class Screen:
    """Remembers what was shown."""

    found: list[Explanation | None] = field(default_factory=list)
    receipts: list[tuple[str, int, int]] = field(default_factory=list)

    def show_causes(self, found: Explanation | None) -> None:
        """Remember the causes."""
        self.found.append(found)

    def show_suspect(self, receipt: Receipt, place: int, of: int) -> None:
        """Remember the receipt."""
        self.receipts.append((receipt.number, place, of))


def test_an_answer_for_another_drawer_comes_too_late_and_a_refusal_shows_nothing(office: BackOffice) -> None:
    first, second = swapped(office), swapped(office, "clerk2", "HPC-2")
    context, shell = office.context("supervisor1")
    later, screen = Later(), Screen()
    causes = Causes(replace(context, runner=later), screen)
    sheets = {batch: balancing.batch_sheet(office.desk, context.actor, batch) for batch in (first, second)}
    causes.look_for(sheets[first])
    causes.look_for(sheets[second])
    later.go()
    assert [found.batch_id if found else None for found in screen.found] == [None, None, second]
    back = balancing.ReturnBatch("back", second, "Again")
    balancing.reject_batch(office.desk, context.actor, back)
    causes.look_for(sheets[second])  # as it was before it went back
    later.go()
    assert screen.found[-1] is None
    assert shell.problems == []
    causes.look_for(None)
    assert causes.found is None


def test_a_fault_while_looking_is_told_as_everywhere(office: BackOffice) -> None:
    swapped(office)
    context, shell = office.context("supervisor1")
    (sheet,) = balancing.day_board(office.desk, context.actor, office.desk.today()).sheets

    class Broken:
        """A database thread whose database is gone."""

        def run(self, job: object, done: object, failed: Callable[[Exception], None]) -> None:
            """Fail."""
            failed(OSError("gone"))

    screen = Screen()
    Causes(replace(context, runner=Broken()), screen).look_for(sheet)
    assert screen.found[-1] is None
    assert [str(problem) for problem in shell.problems] == ["gone"]


def test_enter_goes_through_the_receipts_that_fit_in_turn(office: BackOffice) -> None:
    office.open_drawer("clerk1", "HPC-1")
    for number in ("1", "2"):
        office.sell_copies("clerk1", 1_548, Tender(TenderKind.CHECK, 15_480, number=number))
    office.count_and_send("clerk1", CountSheet(FLOAT, {"check": TapeCount(2, 30_060)}))
    context, _ = office.context("supervisor1")
    screen = Screen()
    causes = Causes(context, screen)
    (sheet,) = balancing.day_board(office.desk, context.actor, office.desk.today()).sheets
    causes.look_for(sheet)
    for _ in range(3):
        causes.look_at(0)
    assert screen.receipts == [("HPC1-0000001", 1, 2), ("HPC1-0000002", 2, 2), ("HPC1-0000001", 1, 2)]
    causes.look_at(4)
    assert len(screen.receipts) == 3


def test_a_cause_says_in_a_line_what_it_is(dressed: QApplication) -> None:
    one = Candidate(Kind.CHANGE, "cash", 2_000, 400_000, "Ask.", (Suspect("R-1"), Suspect("R-2")))
    assert cause_pick(0, one).title == "1   R-1   20.00   or 1 more"
    assert cause_pick(1, replace(one, suspects=())).title == "2   Cash   20.00"
    assert len({kind_words(kind) for kind in Kind}) == len(Kind)
    card = CausesCard()
    several = Explanation("b", {"cash": 2_000}, (one,) * 7, ("cash",))
    card.show_causes(several)
    assert len(card.list.picks) == 5
    assert card.suspects.text() == "R-1 · R-2. Enter shows them in turn."
    assert card.hint.text() == "+20.00 in cash, the likeliest cause first"
    assert card.place == 0
