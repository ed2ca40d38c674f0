"""What is being keyed is kept while it is keyed: no card number with it, in whichever word of a line it stands."""

from __future__ import annotations

import pytest

from csr_desk.domain.errors import CardNumberRefused
from csr_desk.services import carts_held, replay
from csr_desk.services.lines import read_line
from demo_city import City

CARD = "4111 1111 1111 1111"


@pytest.mark.parametrize("field", ["item", "override_reason", "authority"])
def test_a_draft_keeps_no_card_number_in_any_word_of_a_line(sqlite_city: City, field: str) -> None:
    line = read_line({"item": "ALM-RES", "amount": "1.00", "override_reason": "r", "authority": "a", field: CARD})
    draft = carts_held.CartDraft("k", (line,))
    with pytest.raises(CardNumberRefused):
        carts_held.save_draft(sqlite_city.desk, sqlite_city.who("clerk1"), draft)


def test_a_step_of_a_script_is_not_called_by_a_card_number(sqlite_city: City) -> None:
    script = replay.read_script(b'{"do":"verify","key":"4111111111111111"}\n{"do":"verify","key":"my-key-7"}')
    told = [one.error and one.error[0] for one in replay.run(sqlite_city.desk, script)]
    assert told == ["card_number_refused", None]
