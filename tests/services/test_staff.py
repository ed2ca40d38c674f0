"""Signing in, growing delays, approvals bound to one act and one minute."""

from dataclasses import replace
from datetime import timedelta

import pytest

from csr_desk.domain.errors import ApprovalNeeded, BadInput, Conflict, NotFound, NotPermitted, SelfApproval
from csr_desk.domain.people import Act, Role
from csr_desk.services import corrections, people_changes, secrets_kept, staff
from csr_desk.services.clock import TrainingClock
from csr_desk.services.setup import demo_secret
from csr_desk.services.verification import verify_desk
from demo_city import City


def later(city: City, seconds: int) -> None:
    """Let time pass on the training clock."""
    assert isinstance(city.desk.clock, TrainingClock)
    city.desk.clock.set(city.desk.clock.now() + timedelta(seconds=seconds))


def test_the_demo_shows_its_people_with_their_secrets(city: City) -> None:
    page = staff.sign_in_page(city.desk)
    secrets = {card.user: card.demo_secret for card in page.people}
    assert secrets["clerk1"] == demo_secret("clerk1")
    assert len(secrets) == 11
    assert staff.sign_in(city.desk, "clerk1", secrets["clerk1"]).name == "Maria Delgado"


def test_secrets_are_kept_as_argon2id_of_64_mebibytes() -> None:
    stored = secrets_kept.hash_of("a long secret")
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert secrets_kept.fits(stored, "a long secret")
    assert not secrets_kept.fits(stored, "another secret")
    assert not secrets_kept.fits("not a hash", "a long secret")
    assert not secrets_kept.is_outdated(stored)


def test_a_wrong_name_and_a_wrong_secret_get_the_same_answer(city: City) -> None:
    for user in ("clerk1", "nobody"):
        with pytest.raises(NotPermitted) as refused:
            staff.sign_in(city.desk, user, "wrong secret")
        assert refused.value.message == staff.WRONG


def test_five_wrong_secrets_make_everybody_wait_and_longer_each_time(city: City) -> None:
    for _ in range(5):
        with pytest.raises(NotPermitted, match="not right"):
            staff.sign_in(city.desk, "clerk1", "wrong secret")
    with pytest.raises(NotPermitted, match="Too many"):
        staff.sign_in(city.desk, "clerk1", demo_secret("clerk1"))
    later(city, 16)
    with pytest.raises(NotPermitted, match="not right"):
        staff.sign_in(city.desk, "clerk1", "wrong secret")
    later(city, 16)
    with pytest.raises(NotPermitted, match="Too many"):
        staff.sign_in(city.desk, "clerk1", demo_secret("clerk1"))
    later(city, 16)
    assert staff.sign_in(city.desk, "clerk1", demo_secret("clerk1")).user == "clerk1"
    with pytest.raises(NotPermitted, match="not right"):
        staff.sign_in(city.desk, "clerk1", "wrong secret")
    assert staff.sign_in(city.desk, "clerk1", demo_secret("clerk1")).user == "clerk1"


def test_a_grant_needs_the_approvers_own_secret_and_another_person(city: City) -> None:
    clerk = city.who("clerk1")
    grant = staff.Grant("supervisor1", demo_secret("supervisor1"), Act.VOID, "HPC1-0000001", 5000)
    approval = staff.grant(city.desk, clerk, grant)
    assert (approval.approver.user, approval.subject, approval.amount) == ("supervisor1", "HPC1-0000001", 5000)
    with pytest.raises(SelfApproval):
        staff.grant(city.desk, city.who("supervisor1"), grant)
    with pytest.raises(NotPermitted):
        staff.grant(city.desk, clerk, staff.Grant("supervisor1", "wrong secret", Act.VOID, "HPC1-0000001", 5000))


def test_an_approval_is_good_for_its_act_its_amount_and_one_minute_once(city: City) -> None:
    city.open()
    first, second = city.sell(), city.sell()
    clerk = city.who("clerk1")

    def void(number: str, *, subject: str, amount: int = 5000, wait: int = 0) -> None:
        approval = city.yes(Act.VOID, subject, amount)
        later(city, wait)
        corrections.void(city.desk, clerk, corrections.Void(city.key(), number, "why"), approval)

    for wrong in ({"subject": second.number}, {"subject": first.number, "amount": 4999}):
        with pytest.raises(ApprovalNeeded) as asked:
            void(first.number, **wrong)
        assert (asked.value.act, asked.value.subject, asked.value.amount) == ("void", first.number, 5000)
    with pytest.raises(ApprovalNeeded, match="run out"):
        void(first.number, subject=first.number, wait=61)
    approval = city.yes(Act.VOID, first.number, 5000)
    corrections.void(city.desk, clerk, corrections.Void(city.key(), first.number, "why"), approval)
    again = city.sell()
    assert again.number == "HPC1-0000004"


def test_an_administrator_adds_and_retires_people_but_not_themselves(city: City) -> None:
    admin = city.who("admin1")
    new = staff.AddPerson(city.key(), "clerk6", "Zoë Marsh", "CSR I", Role.CLERK, "a long secret")
    assert staff.add_person(city.desk, admin, new).value.name == "Zoë Marsh"
    assert staff.sign_in(city.desk, "clerk6", "a long secret").role is Role.CLERK
    assert staff.add_person(city.desk, admin, new).replayed
    with pytest.raises(Conflict):
        staff.add_person(city.desk, admin, replace(new, key=city.key()))
    staff.deactivate(city.desk, admin, "clerk6")
    with pytest.raises(NotPermitted):
        staff.sign_in(city.desk, "clerk6", "a long secret")
    with pytest.raises(NotFound):
        staff.person(city.desk, "clerk6")
    with pytest.raises(NotPermitted):
        staff.deactivate(city.desk, admin, "admin1")


@pytest.mark.parametrize(
    ("user", "name", "secret"),
    [("clerk 6", "Zoë", "a long secret"), ("clerk6", " ", "a long secret"), ("clerk6", "Zoë", "short"),
     ("clerk6", "Zoë", "aaaaaaaaaa")],
)  # fmt: skip
def test_names_and_secrets_that_cannot_be_are_refused(sqlite_city: City, user: str, name: str, secret: str) -> None:
    new = staff.AddPerson("key", user, name, "CSR I", Role.CLERK, secret)
    with pytest.raises(BadInput):
        staff.add_person(sqlite_city.desk, sqlite_city.who("admin1"), new)


def guess(city: City, user: str, times: int) -> None:
    """Key wrong secrets, waiting as long as asked."""
    for _ in range(times):
        with pytest.raises(NotPermitted, match="not right"):
            staff.sign_in(city.desk, user, "wrong secret")
        later(city, 901)


@pytest.fixture
def quick_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare in no time: what is tried here is the counting."""
    monkeypatch.setattr(secrets_kept, "fits", lambda stored, secret: stored == secrets_kept.demo_hash("clerk1", secret))


@pytest.mark.usefixtures("quick_hash")
def test_after_a_hundred_wrong_secrets_only_an_administrator_opens_the_sign_in_again(sqlite_city: City) -> None:
    city = sqlite_city
    guess(city, "clerk1", staff.MOST_GUESSES)
    later(city, 10**6)
    for _ in range(2):
        with pytest.raises(NotPermitted, match="administrator must let you"):
            staff.sign_in(city.desk, "clerk1", demo_secret("clerk1"))
    assert [card.user for card in staff.sign_in_page(city.desk).people if card.shut] == ["clerk1"]
    command = people_changes.LetSignIn("again", "clerk1")
    for _ in range(2):
        people_changes.let_sign_in(city.desk, city.who("admin1"), command)
    assert staff.sign_in(city.desk, "clerk1", demo_secret("clerk1")).user == "clerk1"
    with pytest.raises(NotPermitted, match="their own"):
        people_changes.let_sign_in(city.desk, city.who("admin1"), people_changes.LetSignIn("own", "admin1"))
    assert verify_desk(city.desk).ok


@pytest.mark.usefixtures("quick_hash")
def test_the_only_administrator_waits_a_day_instead_so_the_office_is_never_shut_for_good(sqlite_city: City) -> None:
    city = sqlite_city
    guess(city, "admin1", staff.MOST_GUESSES)
    with pytest.raises(NotPermitted, match="Wait a while"):
        staff.sign_in(city.desk, "admin1", "wrong secret")
    later(city, 86_400)
    with pytest.raises(NotPermitted, match="not right"):
        staff.sign_in(city.desk, "admin1", "wrong secret")
    with pytest.raises(NotPermitted, match="Wait"):
        staff.sign_in(city.desk, "admin1", "wrong secret")


def test_a_delay_of_a_clock_that_was_years_ahead_keeps_nobody_out(sqlite_city: City) -> None:
    city = sqlite_city
    later(city, 315_000_000)
    for _ in range(5):
        with pytest.raises(NotPermitted):
            staff.sign_in(city.desk, "clerk1", "wrong secret")
    later(city, -315_000_000)
    assert staff.sign_in(city.desk, "clerk1", demo_secret("clerk1")).user == "clerk1"


def test_a_live_office_asks_for_fifteen_characters_that_are_no_usual_words() -> None:
    for secret, why in (("blue carrots", "at least 15"), ("Password1234567", "easy to guess"), ("a" * 20, "same few")):
        with pytest.raises(BadInput, match=why):
            people_changes.check_secret(secret, live=True)
    people_changes.check_secret("nine blue carrots sing", live=True)
    people_changes.check_secret("nine blue carrots sing " * 20, live=True)
    people_changes.check_secret("password", live=False)
    with pytest.raises(BadInput, match="easy to guess"):
        people_changes.check_secret("Maria Delgado of Houston", live=True, names=("Maria Delgado",))
