"""A release goes out when every condition holds, and what is missing is said whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from csr_desk.domain.errors import (
    AddressMismatch,
    ApprovalNeeded,
    BadInput,
    Conflict,
    Ineligible,
    MissingInput,
    PaperExpired,
    Refusal,
    WrongState,
)
from csr_desk.domain.holds import Stops
from csr_desk.domain.people import Act
from csr_desk.domain.release import Kind
from csr_desk.domain.release_register import Manual, ReleaseView, Why
from csr_desk.domain.sites import Match
from csr_desk.services import holds, policies, project_boards
from csr_desk.services import service_release_acknowledging as acknowledging
from csr_desk.services import service_release_answers as answers
from csr_desk.services import service_release_batches as batches
from csr_desk.services import service_release_lists as lists
from csr_desk.services import service_release_proposals as proposals
from csr_desk.services import service_releases as releases
from csr_desk.services.project_lines import Concern
from csr_desk.services.verification import verify_desk
from demo_city import City
from services.release_city import ELECTRIC, ESI, GAS, PROJECT, SITE, ReleaseCity, lay_out


@pytest.fixture
def place(city: City) -> ReleaseCity:
    """A city with what the register stands on, on each engine."""
    return lay_out(city)


@pytest.fixture
def one_place(sqlite_city: City) -> ReleaseCity:
    """The same on SQLite, for what does not depend on the engine."""
    return lay_out(sqlite_city)


def confirm(place: ReleaseCity, number: str, confirmation: str = "CNP-88213") -> ReleaseView:
    """Record a confirmation."""
    command = answers.ConfirmRelease(place.city.key(), number, confirmation)
    return answers.confirm_release(place.city.desk, place.city.who("clerk1"), command).value


def test_a_release_goes_its_way_to_a_live_meter_and_is_rebuilt_by_verify(place: ReleaseCity) -> None:
    city = place.city
    asked = place.ask(place.permit())
    assert (asked.state, asked.missing, asked.countdown) == ("eligible", (), None)
    sent = place.send(asked.number, move_in_on=date(2026, 7, 10))
    assert (sent.state, sent.channel, sent.message) == ("sent", "email", "queued")
    assert sent.countdown is not None
    assert (sent.countdown.last_day, sent.countdown.left) == (date(2026, 8, 7), 18)
    assert confirm(place, asked.number).confirmation == "CNP-88213"
    live = answers.EnergiseRelease(city.key(), asked.number)
    assert answers.energise_release(city.desk, city.who("clerk1"), live).value.state == "energised"
    again = answers.energise_release(city.desk, city.who("clerk1"), live)
    assert (again.replayed, again.value.state) == (True, "energised")
    assert verify_desk(city.desk).first_fault is None


def _expire_insurance(place: ReleaseCity, permit: str) -> None:
    place.insure("2026-06-30")


def _violate(place: ReleaseCity, permit: str) -> None:
    hold = holds.PlaceHold(place.city.key(), "Red tag: open wiring", permit=permit, stops=Stops.RELEASE)
    holds.place_hold(place.city.desk, place.city.who("supervisor1"), hold)


def _hold_customer(place: ReleaseCity, permit: str) -> None:
    hold = holds.PlaceHold(place.city.key(), "Owes a judgment", customer="C-R")
    holds.place_hold(place.city.desk, place.city.who("supervisor1"), hold)


MISSING: tuple[tuple[str, Callable[[ReleaseCity, str], None], type[Refusal], str], ...] = (
    ("permit", lambda place, permit: place.change("permit", permit, state="revoked"), Ineligible, "is revoked."),
    ("inspection", lambda place, permit: place.fail(permit), Ineligible, "The last inspection was failed."),
    ("fees", lambda place, permit: place.owe(permit, 3216), Ineligible, "32.16 is still due on it."),
    ("violations", _violate, Ineligible, "Red tag: open wiring"),
    ("holds", _hold_customer, Ineligible, "Owes a judgment"),
    ("contractor", _expire_insurance, PaperExpired, "The insurance ran out on 2026-06-30."),
)


@pytest.mark.parametrize(("code", "spoil", "kind", "said"), MISSING, ids=[one[0] for one in MISSING])
def test_what_is_missing_at_the_moment_of_sending_stops_it_with_its_sentence(
    one_place: ReleaseCity, code: str, spoil: Callable[[ReleaseCity, str], None], kind: type[Refusal], said: str
) -> None:
    permit = one_place.permit()
    asked = one_place.ask(permit)
    assert asked.state == "eligible"
    spoil(one_place, permit)
    with pytest.raises(kind) as refused:
        one_place.send(asked.number)
    assert said in refused.value.message
    assert type(refused.value) is kind
    assert refused.value.field == code
    seen = releases.release_of(one_place.city.desk, one_place.city.who("clerk1"), asked.number)
    assert [one.condition.value for one in seen.findings if not one.met] == [code]
    assert seen.state == "eligible"


@pytest.mark.parametrize(
    ("written", "match"),
    [("4107 LEELAND ST UNIT B", Match.SPELLING), ("4107 LEELAND ST", Match.UNIT), ("4107 LEELINE ST B", Match.OTHER)],
)
def test_an_address_that_the_utility_writes_otherwise_is_refused_until_both_agree(
    one_place: ReleaseCity, written: str, match: Match
) -> None:
    city = one_place.city
    asked = one_place.ask(one_place.permit(), utility_site=written)
    assert asked.compared is not None
    assert (asked.compared.match, asked.compared.left, asked.compared.right) == (match, SITE, written)
    with pytest.raises(AddressMismatch) as refused:
        one_place.send(asked.number)
    assert f"“{written}”" in refused.value.message
    fixed = releases.CorrectRelease(city.key(), asked.number, utility_site="4107 leeland  st b")
    assert releases.correct_release(city.desk, city.who("clerk1"), fixed).value.state == "eligible"
    assert one_place.send(asked.number).state == "sent"


def test_a_wrong_esi_id_is_told_and_goes_nowhere(one_place: ReleaseCity) -> None:
    asked = one_place.ask(one_place.permit(), premise="10089010238000099")
    assert "has 22 figures; this one has 17" in asked.missing[0]
    with pytest.raises(Ineligible):
        one_place.send(asked.number)
    other = one_place.ask(one_place.permit("1 OTHER ST"), premise="10443720001234567")
    assert "It is one of Oncor." in other.missing[0]


def test_a_release_to_a_company_that_sets_no_such_meter_or_on_a_wrong_trade_is_refused(
    one_place: ReleaseCity,
) -> None:
    permit = one_place.permit()
    for wish in (
        releases.Wish(Kind.RECONNECT, GAS, permit),
        releases.Wish(Kind.FINAL_GAS, GAS, permit),
        releases.Wish(Kind.RECONNECT, ELECTRIC, permit, manual=Manual.WELL, reason="x", site="1 A ST"),
    ):
        command = releases.RequestRelease(one_place.city.key(), wish)
        with pytest.raises(BadInput):
            releases.request_release(one_place.city.desk, one_place.city.who("clerk1"), command)


def test_the_same_service_is_open_once_only(one_place: ReleaseCity) -> None:
    permit = one_place.permit()
    first = one_place.ask(permit)
    with pytest.raises(Conflict, match=first.number):
        one_place.ask(permit)


def test_without_a_permit_a_reason_and_a_second_person_are_needed(one_place: ReleaseCity) -> None:
    city = one_place.city
    wish = releases.Wish(Kind.PERMANENT, ELECTRIC, premise=ESI, manual=Manual.WELL, site="88 RANCH RD")
    with pytest.raises(MissingInput):
        releases.request_release(city.desk, city.who("clerk1"), releases.RequestRelease(city.key(), wish))
    wish = releases.Wish(
        Kind.PERMANENT, ELECTRIC, premise=ESI, manual=Manual.WELL, site="88 RANCH RD", reason="Water well"
    )
    command = releases.RequestRelease(city.key(), wish)
    with pytest.raises(ApprovalNeeded) as asked:
        releases.request_release(city.desk, city.who("clerk1"), command)
    yes = city.yes(Act.MANUAL_RELEASE, asked.value.subject, 0)
    done = releases.request_release(city.desk, city.who("clerk1"), command, yes).value
    assert (done.state, done.manual, done.reason) == ("eligible", "well", "Water well")
    assert one_place.send(done.number).state == "sent"


def test_a_mobile_home_gets_no_temporary_pole(one_place: ReleaseCity) -> None:
    permit = one_place.permit(inspected=None)
    one_place.inspect(permit, "passed", "temporary_pole")
    wish = releases.Wish(Kind.TEMPORARY_POLE, ELECTRIC, permit, premise=ESI, mobile_home=True)
    command = releases.RequestRelease(one_place.city.key(), wish)
    asked = releases.request_release(one_place.city.desk, one_place.city.who("clerk1"), command).value
    assert asked.missing == ("A mobile home gets no temporary pole.",)


def test_a_confirmation_needs_its_number_and_a_sent_release(one_place: ReleaseCity) -> None:
    asked = one_place.ask(one_place.permit())
    with pytest.raises(WrongState):
        confirm(one_place, asked.number)
    one_place.send(asked.number)
    with pytest.raises(MissingInput):
        confirm(one_place, asked.number, "  ")


def test_a_rejected_release_is_asked_for_again_with_the_right_address(one_place: ReleaseCity) -> None:
    city, who = one_place.city, one_place.city.who("clerk1")
    number = one_place.send(one_place.ask(one_place.permit()).number).number
    rejected = answers.RejectRelease(city.key(), number, "No such unit")
    assert answers.reject_release(city.desk, who, rejected).value.answer == "No such unit"
    again = answers.ask_again(city.desk, who, answers.AskAgain(city.key(), number, utility_site=SITE)).value
    assert (again.state, again.batch, again.sent_at) == ("eligible", "", None)
    assert one_place.send(number).state == "sent"


def test_a_move_in_order_that_waited_20_working_days_ends_the_release(one_place: ReleaseCity) -> None:
    city = one_place.city
    number = one_place.send(one_place.ask(one_place.permit()).number).number

    def end() -> tuple[str, ...]:
        return answers.end_releases(city.desk, city.who("clerk1"), answers.EndReleases(city.key())).value

    city.at("2026-08-11T16:00")
    assert end() == ()
    city.at("2026-08-12T08:00")
    assert end() == (number,)
    gone = releases.release_of(city.desk, city.who("clerk1"), number)
    assert (gone.state, gone.steps) == ("expired", ())
    anew = one_place.ask(gone.permit, repeats=number)
    assert (anew.state, anew.repeats) == ("eligible", number)


def test_a_release_taken_back_tells_its_company_by_mail(one_place: ReleaseCity) -> None:
    city = one_place.city
    number = one_place.send(one_place.ask(one_place.permit()).number).number
    command = answers.RevokeRelease(city.key(), number, "Inspected the wrong unit")
    gone = answers.revoke_release(city.desk, city.who("supervisor1"), command).value
    assert gone.state == "revoked"
    assert [row["kind"] for row in one_place.mails()] == ["release_batch", "release_revoked"]


def test_a_batch_takes_what_is_ready_and_says_of_the_rest_what_is_missing(place: ReleaseCity) -> None:
    city, who = place.city, place.city.who("clerk1")
    ready = [place.ask(place.permit(f"{n} ELLA BLVD")).number for n in (1, 2)]
    waits = place.ask(place.permit("3 ELLA BLVD", inspected="failed")).number
    made = batches.make_batch(city.desk, who, batches.MakeBatch(city.key(), ELECTRIC)).value
    assert (made.state, made.releases, made.message_state) == ("sent", 2, "queued")
    assert [(one.number, one.sentences) for one in made.held_back] == [(waits, ("The last inspection was failed.",))]
    said = (
        acknowledging.Answer(ready[0], confirmation="CNP-1"),
        acknowledging.Answer("R26-999999-0", confirmation="CNP-9"),
    )
    command = acknowledging.AcknowledgeBatch(city.key(), made.number, "Dispatch", said)
    done = acknowledging.acknowledge_batch(city.desk, who, command).value
    assert (done.matched, done.unmatched, done.unknown) == (1, 1, ("R26-999999-0 CNP-9",))
    listed = {(one.why, one.number) for one in lists.unmatched(city.desk, who)}
    assert listed == {(Why.UNMATCHED, ready[1]), (Why.UNKNOWN, made.number)}
    confirm(place, ready[1])
    assert {one.why for one in lists.unmatched(city.desk, who)} == {Why.UNKNOWN}
    assert verify_desk(city.desk).first_fault is None


def test_the_file_of_a_batch_filled_in_is_its_acknowledgement(one_place: ReleaseCity) -> None:
    city, who = one_place.city, one_place.city.who("clerk1")
    number = one_place.ask(one_place.permit()).number
    made = batches.make_batch(city.desk, who, batches.MakeBatch(city.key(), ELECTRIC)).value
    _, content = batches.batch_files(city.desk, who, made.number)
    head, line, *_ = content.decode().split("\r\n")
    assert (SITE in line, ESI in line) == (True, True)
    filled = f"{head}\r\n{line.removesuffix(',')}CNP-77,\r\n".encode()
    said = acknowledging.read_answers(filled)
    assert said == (acknowledging.Answer(number, "CNP-77"),)
    command = acknowledging.AcknowledgeBatch(city.key(), made.number, "Dispatch", said)
    assert acknowledging.acknowledge_batch(city.desk, who, command).value.matched == 1


def test_a_batch_that_goes_by_no_mail_waits_until_somebody_says_who_took_it(one_place: ReleaseCity) -> None:
    city, who = one_place.city, one_place.city.who("clerk1")
    permit = one_place.permit(trade="plumbing", inspected=None, contractor_no=None)
    one_place.inspect(permit, "passed", "gas_test")
    wish = releases.RequestRelease(city.key(), releases.Wish(Kind.FINAL_GAS, GAS, permit, premise="77 001"))
    number = releases.request_release(city.desk, who, wish).value.number
    made = batches.make_batch(city.desk, who, batches.MakeBatch(city.key(), GAS)).value
    assert (made.state, made.message) == ("made", "")
    assert releases.release_of(city.desk, who, number).state == "eligible"
    off = batches.CancelBatch(city.key(), made.number, "Made twice")
    assert batches.cancel_batch(city.desk, who, off).value.state == "cancelled"
    made = batches.make_batch(city.desk, who, batches.MakeBatch(city.key(), GAS)).value
    sent = batches.batch_sent(city.desk, who, batches.BatchSent(city.key(), made.number, "Upload by Dana")).value
    assert sent.state == "sent"
    gone = releases.release_of(city.desk, who, number)
    assert (gone.state, gone.channel, gone.contact) == ("sent", "portal", "Upload by Dana")


def test_what_nobody_confirmed_by_the_next_working_day_is_listed(one_place: ReleaseCity) -> None:
    city, who = one_place.city, one_place.city.who("clerk1")
    number = one_place.send(one_place.ask(one_place.permit()).number).number
    city.at("2026-07-15T17:00")
    assert lists.unmatched(city.desk, who) == ()
    city.at("2026-07-16T08:00")
    late = {(one.why, one.number, one.days) for one in lists.unmatched(city.desk, who)}
    assert (Why.UNCONFIRMED, number, 2) in late
    assert releases.release_of(city.desk, who, number).late


def test_a_release_of_the_evening_is_listed_by_the_day_of_the_office(one_place: ReleaseCity) -> None:
    city, who = one_place.city, one_place.city.who("clerk1")
    city.at("2026-07-14T20:30")  # 01:30 of the next day in Greenwich
    number = one_place.send(one_place.ask(one_place.permit()).number).number
    for moment, concern in (("2026-07-15T17:00", None), ("2026-07-16T08:00", Concern.UNCONFIRMED)):
        city.at(moment)
        cards = dict(project_boards.release_board(city.desk, who).lanes)["sent"]
        assert [(card.line.number, card.line.concern) for card in cards] == [(number, concern)]


def test_holidays_of_the_city_are_no_days_of_waiting(one_place: ReleaseCity) -> None:
    city, who = one_place.city, one_place.city.who("clerk1")
    rest = policies.SetPolicy(city.key(), {"holidays": ["2026-07-15 Rest", "2026-08-07 Rest"]})
    policies.set_policy(city.desk, city.who("admin1"), rest)
    number = one_place.send(one_place.ask(one_place.permit()).number, move_in_on=date(2026, 7, 10)).number
    waits = releases.release_of(city.desk, who, number).countdown
    assert waits is not None
    assert (waits.last_day, waits.left) == (date(2026, 8, 11), 18)
    city.at("2026-07-16T08:00")
    assert lists.unmatched(city.desk, who) == ()
    assert not releases.release_of(city.desk, who, number).late
    city.at("2026-07-17T08:00")
    late = {(one.why, one.number, one.days) for one in lists.unmatched(city.desk, who)}
    assert (Why.UNCONFIRMED, number, 2) in late
    moved = policies.SetPolicy(city.key(), {"holidays": ["2026-08-11 Rest"]})
    policies.set_policy(city.desk, city.who("admin1"), moved)
    waits = releases.release_of(city.desk, who, number).countdown
    assert waits is not None
    assert waits.last_day == date(2026, 8, 11), "a day that was told stays that day"


def test_what_is_known_of_a_permit_is_proposed_and_nothing_has_to_be_keyed(one_place: ReleaseCity) -> None:
    city, who = one_place.city, one_place.city.who("clerk1")
    permit = one_place.permit(inputs=f'{{"1":{{"esi_id":"{ESI}"}}}}')
    found = proposals.proposals(city.desk, who, PROJECT)
    assert [(one.permit, one.kind, one.company, one.premise) for one in found] == [
        (permit, Kind.RECONNECT, ELECTRIC, ESI)
    ]
    one_place.ask(permit)
    assert proposals.proposals(city.desk, who, PROJECT) == ()
