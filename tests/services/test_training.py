"""A training day through the services: a perfect player, planted mistakes, second clicks, going on after a break."""

from __future__ import annotations

from dataclasses import replace

import pytest

from csr_desk.data.queries import people
from csr_desk.data.queries import training as queries
from csr_desk.domain.cart import CartLine
from csr_desk.domain.errors import Conflict, DrawerNotOpen, Ineligible, NotFound, NotPermitted
from csr_desk.domain.people import Act
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.domain.training_book import Book, read_book
from csr_desk.domain.training_cards import Card, Turn, Wanted
from csr_desk.domain.training_score import Mistake, Score
from csr_desk.domain.training_visits import Answer
from csr_desk.services import corrections, drawers, policies, training, training_certificates
from csr_desk.services.desk import open_desk
from csr_desk.services.training import AnswerVisit, CallNext, Stage, StartDay
from csr_desk.services.verification import verify_url
from demo_city import City
from services.test_state_tampering import behind_the_back
from training_player import Player


def player(city: City, user: str = "clerk1", drawer: str = "HPC-1") -> Player:
    return Player(city.desk, city.who(user), city.who("supervisor1"), drawer)


def book_of(city: City, user: str = "clerk1") -> Book:
    with city.desk.read() as work:
        return read_book(queries.runs_of(work.conn, user)[0].body)


@pytest.mark.parametrize("seed", range(20))
def test_a_perfect_player_gets_everything_and_ties_out(sqlite_city: City, seed: int) -> None:
    done = player(sqlite_city).play(seed)
    assert (done.stage, done.number, done.earned) == (Stage.FINISHED, 60, 10_000)
    book = book_of(sqlite_city)
    assert [row.points for row in book.marks] == [100] * 60
    assert book.score == Score(7000, 2000, 1000)
    assert book.close is not None
    assert (book.close.agreed_at, book.close.over_short) == (1, ())


def test_a_whole_day_ties_on_both_engines_and_verifies(city: City) -> None:
    done = player(city).play(11)
    assert done.earned == 10_000
    report = verify_url(city.url)
    assert (report.ok, report.first_fault) == (True, None)


def test_planted_mistakes_cost_exactly_what_is_published(sqlite_city: City) -> None:
    planted: list[tuple[int, int]] = []

    def spoil(card: Card, turn: Turn, wanted: Wanted) -> Wanted:
        plain = len(card.turns) == 1 and len(wanted.tenders) == 1
        cash = plain and wanted.tenders[0].kind is TenderKind.CASH and wanted.change
        if cash and not any(cost == 30 for _, cost in planted):
            planted.append((card.number, 30))  # exact cash keyed for a note: tender 20 and change 10
            return replace(wanted, tenders=(Tender(TenderKind.CASH),))
        check = plain and wanted.tenders[0].kind is TenderKind.CHECK
        if check and not any(cost == 20 for _, cost in planted):
            planted.append((card.number, 20))  # another check number
            return replace(wanted, tenders=(replace(wanted.tenders[0], number="99999"),))
        if check and not any(cost == 80 for _, cost in planted):
            planted.append((card.number, 80))  # another item at another price: items 40, total 20, tender amount 20
            return replace(wanted, lines=(CartLine("LIB-NOTARY"),))
        assert turn.wanted is not None
        return wanted

    done = player(sqlite_city).play(4, spoil)
    book = book_of(sqlite_city)
    assert {row.card: 100 - row.points for row in book.marks if row.mistakes} == dict(planted)
    # accuracy: 7000 · (6000 − 130) / 6000 = 6848.33; speed: 2000 · 57 / 60 = 1900
    assert book.score == Score(6848, 1900, 1000)
    assert done.earned == 9_748
    with sqlite_city.desk.read() as work:
        assert queries.runs_of(work.conn, "clerk1")[0].score == 97


def test_a_slow_player_loses_speed_only(sqlite_city: City) -> None:
    slow = player(sqlite_city)
    slow.seconds = 10_000 // 10
    assert slow.play(4).earned == 8_000  # 70 + 0 + 10
    assert book_of(sqlite_city).score == Score(7000, 0, 1000)


def test_a_missed_drop_and_an_unwanted_act_cost_ten_of_their_visit(sqlite_city: City) -> None:
    clerk = player(sqlite_city)
    now, day = clerk.begin(6)
    careless = 0
    for card in day.cards:
        now = clerk.call(now)
        clerk.serve(now, card)
        if card.number == 2:
            command = corrections.NoSale(clerk.key(), "Change for the meter")
            corrections.no_sale(clerk.desk, clerk.actor, command)
        band = drawers.cash_band(clerk.desk, clerk.actor)
        if band.value != "normal" and not careless:
            careless = card.number
            now = clerk.call(now)  # past the warning, and the next one is called all the same
            clerk.serve(now, day.cards[careless])
            break
        clerk.drop_if_due()
    marks = {row.card: (row.points, row.mistakes) for row in book_of(sqlite_city).marks}
    assert marks[2] == (90, (Mistake.ACTS,))
    assert careless
    assert marks[careless] == (90, (Mistake.ACTS,))
    assert all(points == 100 for card, (points, _) in marks.items() if card not in {2, careless})


@pytest.mark.parametrize(
    ("counts", "close"),
    # found the second time, tied: 3 + 4; 0.25 short throughout, within 1.00: agrees, 6 + 2; 5.00 off: nothing
    [((500, 0), 700), ((-25,), 800), ((500, 500, 500), 0)],
)
def test_the_close_is_judged_by_the_blind_counts(sqlite_city: City, counts: tuple[int, ...], close: int) -> None:
    clerk = player(sqlite_city)
    now, day = clerk.begin(9)
    now = clerk.call(now)
    clerk.serve(now, day.cards[0])
    now = clerk.call(now)
    clerk.close(now.run_id, counts=counts)
    assert book_of(sqlite_city).score.close == close


def test_whoever_was_not_served_earns_nothing_and_the_rest_is_kept(sqlite_city: City) -> None:
    clerk = player(sqlite_city)
    now, day = clerk.begin(9)
    for card in day.cards[:3]:
        now = clerk.call(now)
        clerk.serve(now, card)
    done = clerk.close(now.run_id)
    # three of sixty: 7000 · 300 / 6000 = 350, 2000 · 3 / 60 = 100, close 1000
    assert (done.earned, done.number) == (1_450, 60)
    assert book_of(sqlite_city).score == Score(350, 100, 1000)


def test_a_second_click_calls_once_and_answers_once(city: City) -> None:
    clerk = player(city)
    now, day = clerk.begin(2)
    first = training.call_next(city.desk, clerk.actor, CallNext(now.run_id, 0)).value
    again = training.call_next(city.desk, clerk.actor, CallNext(now.run_id, 0)).value
    assert first.number == again.number == 1
    wrong = AnswerVisit(now.run_id, 1, Answer.FORMS)
    training.answer(city.desk, clerk.actor, wrong)
    training.answer(city.desk, clerk.actor, AnswerVisit(now.run_id, 1, Answer.CASE))
    assert book_of(city).answer is Answer.FORMS
    assert training.start(city.desk, clerk.actor, StartDay("another", 99)).value.run_id == now.run_id
    assert day.cards[0].number == 1


def test_closing_the_window_loses_nothing(sqlite_city: City) -> None:
    clerk = player(sqlite_city)
    now, day = clerk.begin(2)
    for card in day.cards[:5]:
        now = clerk.call(now)
        clerk.serve(now, card)
    before = training.progress(sqlite_city.desk, clerk.actor)
    sqlite_city.desk.close()
    sqlite_city.desk = open_desk(sqlite_city.url)
    after = training.progress(sqlite_city.desk, clerk.actor)
    assert after == before
    assert after is not None
    assert (after.stage, after.number) == (Stage.CALL, 5)
    # the clock goes on from where the last step left it
    assert sqlite_city.desk.now_text() >= book_of(sqlite_city).shown_at


def test_the_running_score_is_of_those_who_left(sqlite_city: City) -> None:
    clerk = player(sqlite_city)
    now, day = clerk.begin(2)
    now = clerk.call(now)
    clerk.serve(now, day.cards[0])
    served = training.progress(sqlite_city.desk, clerk.actor)
    assert served is not None
    assert (served.earned, served.possible, served.last) == (0, 0, None)
    now = clerk.call(served)
    # 7000 · 100 / 6000 = 116, 2000 / 60 = 33
    assert (now.earned, now.possible) == (149, 149)
    assert now.last is not None
    assert (now.last.points, now.last_visit) == (100, day.cards[0].visit)


def test_the_stages_lead_through_the_day(sqlite_city: City) -> None:
    clerk = player(sqlite_city)
    begun = training.start(sqlite_city.desk, clerk.actor, StartDay("run", 3)).value
    assert (begun.stage, begun.customer) == (Stage.OPEN, None)
    with pytest.raises(DrawerNotOpen):
        clerk.call(begun)
    sqlite_city.open("clerk1", "HPC-1")
    waiting = training.progress(sqlite_city.desk, clerk.actor)
    assert waiting is not None
    assert waiting.stage is Stage.CALL
    now = clerk.call(waiting)
    assert now.stage is Stage.SERVE
    assert now.customer is not None
    assert now.customer.said
    with pytest.raises(Ineligible, match="has not been served"):
        clerk.call(now)
    away = training.call_next(sqlite_city.desk, clerk.actor, CallNext("run", 1, send_away=True)).value
    assert (away.number, away.last and away.last.mistakes) == (2, (Mistake.VISIT,))
    with pytest.raises(Ineligible, match="hand the count in first"):
        training.finish(sqlite_city.desk, clerk.actor, "run")
    training.call_next(sqlite_city.desk, clerk.actor, CallNext("run", 2, send_away=True))
    done = clerk.close("run")
    assert done.stage is Stage.FINISHED
    assert training.finish(sqlite_city.desk, clerk.actor, "run").value == done
    with pytest.raises(Ineligible, match="is over"):
        clerk.call(replace(done, number=61))
    with pytest.raises(Ineligible, match="is over"):
        training.answer(sqlite_city.desk, clerk.actor, AnswerVisit("run", 3, Answer.CASE))


def test_after_the_last_customer_the_drawer_is_counted(sqlite_city: City) -> None:
    clerk = player(sqlite_city)
    now, day = clerk.begin(3)
    for card in day.cards:
        now = clerk.call(now)
        clerk.serve(now, card)
        clerk.drop_if_due()
    now = clerk.call(now)
    assert (now.stage, now.number, now.customer) == (Stage.COUNT, 60, None)
    with pytest.raises(Ineligible, match="Nobody is at the counter"):
        training.answer(sqlite_city.desk, clerk.actor, AnswerVisit(now.run_id, 61, Answer.CASE))
    with pytest.raises(Ineligible, match="All customers"):
        training.call_next(sqlite_city.desk, clerk.actor, CallNext(now.run_id, 61))


def test_a_drawer_that_is_counted_and_handed_in_says_what_comes_next(sqlite_city: City) -> None:
    clerk = player(sqlite_city)
    now, day = clerk.begin(3)
    clerk.serve(clerk.call(now), day.cards[0])

    def stage() -> Stage:
        now = training.progress(sqlite_city.desk, clerk.actor)
        assert now is not None
        return now.stage

    drawers.stop_selling(sqlite_city.desk, clerk.actor, clerk.key())
    assert stage() is Stage.COUNT
    drawers.count(sqlite_city.desk, clerk.actor, drawers.CountDrawer(clerk.key(), clerk.sheet(off=0)))
    drawers.submit_count(sqlite_city.desk, clerk.actor, clerk.key())
    assert stage() is Stage.FINISH


def test_a_customer_of_two_wishes_says_the_second_when_the_first_is_done(sqlite_city: City) -> None:
    clerk = player(sqlite_city)
    now, day = clerk.begin(1)
    for card in day.cards:
        now = clerk.call(now)
        if len(card.turns) == 2:
            first = card.turns[0].wanted
            assert first is not None
            assert now.customer is not None
            assert now.customer.said == card.turns[0].words.said
            receipt = clerk.sell(first)
            heard = training.progress(sqlite_city.desk, clerk.actor)
            assert heard is not None
            assert heard.customer is not None
            assert (heard.stage, heard.customer.said) == (Stage.SERVE, card.turns[1].words.said)
            clerk.void(receipt)
            second = card.turns[1].wanted
            assert second is not None
            clerk.sell(second)
            break
        clerk.serve(now, card)
        clerk.drop_if_due()
    after = training.progress(sqlite_city.desk, clerk.actor)
    assert after is not None
    assert after.stage is Stage.CALL


def test_a_day_given_up_counts_for_nothing_and_another_may_begin(sqlite_city: City) -> None:
    clerk = player(sqlite_city)
    now, _ = clerk.begin(3)
    left = training.leave(sqlite_city.desk, clerk.actor, now.run_id).value
    assert left.stage is Stage.FINISHED
    assert training.leave(sqlite_city.desk, clerk.actor, now.run_id).value == left
    with pytest.raises(Ineligible):
        training_certificates.certificate(sqlite_city.desk, clerk.actor, now.run_id)
    with pytest.raises(Conflict):
        training.start(sqlite_city.desk, clerk.actor, StartDay(now.run_id, 4))
    assert training.start(sqlite_city.desk, clerk.actor, StartDay("new", 4)).value.run_id == "new"


def test_a_day_goes_with_the_settings_it_began_with(sqlite_city: City) -> None:
    clerk = player(sqlite_city)
    now, _ = clerk.begin(3)
    command = policies.SetPolicy("p", {"rounding": "nearest"})
    policies.set_policy(sqlite_city.desk, sqlite_city.who("admin1"), command)
    with pytest.raises(Conflict, match="catalogue or the settings changed"):
        clerk.call(now)
    assert training.leave(sqlite_city.desk, clerk.actor, now.run_id).value.stage is Stage.FINISHED


def test_a_day_belongs_to_its_person_and_its_drawer(sqlite_city: City) -> None:
    clerk = player(sqlite_city)
    now, _ = clerk.begin(3)
    other = sqlite_city.who("clerk2")
    with pytest.raises(NotFound):
        training.call_next(sqlite_city.desk, other, CallNext(now.run_id, 0))
    with pytest.raises(NotFound):
        training_certificates.certificate(sqlite_city.desk, other, now.run_id)
    assert training.progress(sqlite_city.desk, other) is None
    with pytest.raises(NotPermitted):
        training.start(sqlite_city.desk, sqlite_city.who("supervisor1"), StartDay("x", 1))
    with pytest.raises(Ineligible, match="A seed is"):
        training.start(sqlite_city.desk, other, StartDay("x", -1))
    sqlite_city.at("2026-07-15T08:00")
    training.leave(sqlite_city.desk, clerk.actor, now.run_id)
    late = training.start(sqlite_city.desk, clerk.actor, StartDay("late", 3)).value
    with pytest.raises(Ineligible, match="another drawer or date"):
        clerk.call(late)  # the drawer is still yesterday's


def test_a_live_office_plays_no_training_day(sqlite_city: City) -> None:
    sqlite_city.desk.office = replace(sqlite_city.desk.office, training=False)
    with pytest.raises(NotPermitted, match="this one is live"):
        training.start(sqlite_city.desk, sqlite_city.who("clerk1"), StartDay("x", 1))


def test_a_certificate_says_what_was_earned_and_its_code_is_found(sqlite_city: City) -> None:
    clerk = player(sqlite_city)
    done = clerk.play(5)
    paper = training_certificates.certificate(sqlite_city.desk, clerk.actor, done.run_id)
    assert (paper.name, paper.seed, paper.served, paper.customers) == ("Maria Delgado", 5, 60, 60)
    assert (paper.score.points, paper.score.passed, paper.mistakes) == (100, True, ())
    words = training_certificates.words_of_code(sqlite_city.desk, paper.code.lower())
    assert words == "Maria Delgado (clerk1), 2026-07-14, seed 5: 100 points, passed."
    with pytest.raises(NotFound):
        training_certificates.words_of_code(sqlite_city.desk, "AAAAAAAAAA")


def test_an_office_without_a_second_person_finishes_all_the_same(sqlite_city: City) -> None:
    clerk = player(sqlite_city)
    now, _ = clerk.begin(3)
    now = clerk.call(now)
    with sqlite_city.desk.begin() as work:
        for user in ("supervisor1", "supervisor2"):
            people.update_staff(work.conn, user, {"active": 0})
    assert clerk.close(now.run_id).stage is Stage.FINISHED


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE training_run SET score = 100", "its score is 100, but its book makes"),
        ("UPDATE training_run SET served = 60", "60 of 60 customers are noted as served, but its book has 1"),
        ("UPDATE training_run SET body = '{}'", "its book cannot be read"),
        ("UPDATE training_run SET user_id = 'clerk2'", "was not opened by clerk2"),
        ("UPDATE training_run SET state = 'left'", "it has a score, but it was not finished"),
        ("UPDATE training_run SET body = replace(body, '\"close\":[1', '\"close\":[2'), score = 8", "its close is not"),
        ("UPDATE office SET training = 0", "its training is 0, but it was set up with 1"),
    ],
)
def test_a_training_day_changed_behind_the_back_is_named(city: City, change: str, fault: str) -> None:
    clerk = player(city)
    now, day = clerk.begin(9)
    now = clerk.call(now)
    clerk.serve(now, day.cards[0])
    clerk.close(now.run_id)
    assert fault in str(behind_the_back(city, change))


def test_whoever_may_not_sell_trains_nobody(sqlite_city: City) -> None:
    outsider = sqlite_city.who("auditor1")
    assert not outsider.may(Act.SELL)
    for act in (
        lambda: training.progress(sqlite_city.desk, outsider),
        lambda: training.call_next(sqlite_city.desk, outsider, CallNext("x", 0)),
        lambda: training.answer(sqlite_city.desk, outsider, AnswerVisit("x", 1, Answer.CASE)),
        lambda: training.finish(sqlite_city.desk, outsider, "x"),
        lambda: training.leave(sqlite_city.desk, outsider, "x"),
        lambda: training_certificates.certificate(sqlite_city.desk, outsider, "x"),
    ):
        with pytest.raises(NotPermitted):
            act()
