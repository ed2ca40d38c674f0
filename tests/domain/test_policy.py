from __future__ import annotations

from dataclasses import fields

import pytest

from csr_desk.domain.errors import BadInput
from csr_desk.domain.policy import Policy, as_text, changed
from csr_desk.domain.tender import Rounding


def test_a_setting_is_read_as_keyed_and_written_back_the_same() -> None:
    policy = changed(Policy(), {"rounding": "nearest", "tolerance": "2.50", "count_attempts": "5"})
    assert (policy.rounding, policy.tolerance, policy.count_attempts) == (Rounding.NEAREST, 250, 5)
    assert changed(Policy(), as_text(policy)) == policy
    assert set(as_text(policy)) == {part.name for part in fields(Policy)}


def test_a_cash_limit_below_the_warning_takes_the_warning_down() -> None:
    policy = changed(Policy(), {"cash_lock": "300.00"})
    assert (policy.cash_lock, policy.cash_warn) == (30_000, 30_000)
    assert changed(Policy(), {"cash_lock": "900.00"}).cash_warn == 80_000


def test_a_warning_above_the_limit_is_refused() -> None:
    for changes in ({"cash_warn": "2000.00"}, {"cash_warn": "500.00", "cash_lock": "400.00"}):
        with pytest.raises(BadInput) as refused:
            changed(Policy(), changes)
        assert refused.value.field == "cash_warn"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rounding", "up"), ("tolerance", "-1"), ("tolerance", "x"), ("count_attempts", "0"), ("count_attempts", "2.5"),
        ("void_reasons", []), ("void_reasons", "Wrong item"), ("void_reasons", [" "]), ("speed", "fast"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_refused_with_its_name(name: str, value: object) -> None:
    with pytest.raises(BadInput) as refused:
        changed(Policy(), {name: value})
    assert refused.value.field == name


def test_an_office_names_the_tenders_that_it_takes() -> None:
    assert changed(Policy(), {"tenders": ["check", "cash"]}).tenders == ("cash", "check")
    for wrong in ([], ["gold"], "cash"):
        with pytest.raises(BadInput) as refused:
            changed(Policy(), {"tenders": wrong})
        assert refused.value.field == "tenders"


def test_nothing_to_change_is_refused() -> None:
    with pytest.raises(BadInput):
        changed(Policy(), {})


@pytest.mark.parametrize("server", ["mail.example.gov", "mail.example.gov:0", "localhost:65536", "localhost:99999"])
def test_a_mail_server_has_a_port_that_a_computer_has(server: str) -> None:
    with pytest.raises(BadInput, match="host:port"):
        changed(Policy(), {"mail_server": server})
    assert changed(Policy(), {"mail_server": "localhost:65535"}).mail_server == "localhost:65535"
