"""Requests, reviews, trainings and roles must be what the entries say: whoever changes them is found out."""

from __future__ import annotations

import pytest

from csr_desk.services import replay
from demo_city import City
from services.test_state_tampering import behind_the_back

DAY = """
{"do":"open_drawer","id":"b","by":"clerk1","at":"2026-07-14T07:30","drawer":"HPC-1","float":{"20.00":10}}
{"do":"sale","id":"one","by":"clerk1","lines":[{"item":"ALM-RES"}],"demo_inputs":true,"tenders":[{"kind":"cash"}]}
{"do":"ask_approval","id":"a","by":"clerk1","act":"void","subject":"$one.receipt","amount":"50.00","sentence":"Void?"}
{"do":"decide_approval","by":"supervisor1","request":"$a.request","yes":true,"answer":"Fine"}
{"do":"void","by":"clerk1","receipt":"$one.receipt","reason":"Wrong item","request":"$a.request"}
{"do":"record_training","by":"supervisor1","user":"clerk2","trained_on":"2026-07-13","score":80}
{"do":"set_person","by":"admin1","user":"clerk3","supervisor":"supervisor2"}
{"do":"set_person","by":"admin1","user":"treasurer","name":"Vera Lang","role":"reviewer","secret":"a long secret"}
{"do":"set_person","by":"admin1","user":"supervisor1","active":false}
{"do":"set_person","by":"admin1","user":"supervisor2","active":false}
{"do":"set_policy","by":"admin1","outside_reviewer":"treasurer"}
{"do":"drop","by":"clerk1","cash":{"20.00":1},"bag":"B1"}
{"do":"drop","by":"clerk1","cash":{"20.00":2},"bag":"B2"}
{"do":"review_deferred","by":"treasurer","entry":"HPC-1/4","ok":true}
"""


def play(city: City) -> None:
    """Play it; nothing in it surprises."""
    done = list(replay.run(city.desk, replay.read_script(DAY.encode())))
    assert not [one for one in done if one.surprise]


def test_what_nobody_touched_is_what_its_entries_say(city: City) -> None:
    play(city)
    assert behind_the_back(city) is None


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE approval_request SET state = 'refused'", "its state is refused, but the entries say granted"),
        ("UPDATE approval_request SET amount_minor = 1", "its amount is 1, but the entries say 5000"),
        ("UPDATE approval_request SET decided_by = 'supervisor2'", "its decided by is supervisor2"),
        ("UPDATE approval_request SET answer = 'No'", "its answer is No, but the entries say Fine"),
        ("UPDATE approval_request SET details = '{}'", "its details is {}"),
        ("UPDATE approval_request SET request_id = 'x'", "request x stands in no entry"),
        ("DELETE FROM approval_request", "stands in the ledger, but its row is gone"),
        ("UPDATE staff SET trained_until = '2030-01-01' WHERE user_id = 'clerk2'", "person clerk2: the trained until"),
        ("UPDATE staff SET training_score = 99 WHERE user_id = 'clerk2'", "the entry of the training says 80"),
        ("UPDATE staff SET role = 'supervisor' WHERE user_id = 'clerk3'", "person clerk3: the role is supervisor"),
        ("UPDATE staff SET supervisor_id = NULL WHERE user_id = 'clerk3'", "person clerk3: the supervisor is None"),
        (
            "DELETE FROM deferred_review WHERE reviewed_seq IS NULL",
            "(drop) has no second person and waits for no review",
        ),
        ("DELETE FROM deferred_review WHERE reviewed_seq IS NOT NULL", "(drop) has no second person"),
        (
            "UPDATE deferred_review SET reviewed_seq = NULL, reviewed_series = NULL",
            "is (None, None), but the entries say",
        ),
        ("UPDATE deferred_review SET amount_minor = 1", "that waits for a review is not the one that was reviewed"),
        ("UPDATE deferred_review SET for_actor = 'clerk2'", "is not its custodian's own act"),
        (
            "INSERT INTO deferred_review VALUES ('HPC-1', 3, 'void', 'x', 1, 'clerk1', NULL, NULL)",
            "entry 3 waits for a review, but is not its custodian's own act",
        ),
    ],
)
def test_a_row_about_people_that_was_changed_is_named(city: City, change: str, fault: str) -> None:
    play(city)
    assert fault in str(behind_the_back(city, change))


ASKED = """
{"do":"open_drawer","by":"clerk1","at":"2026-07-14T07:30","drawer":"HPC-1","float":{"20.00":10}}
{"do":"sale","id":"one","by":"clerk1","lines":[{"item":"ALM-RES"}],"demo_inputs":true,"tenders":[{"kind":"cash"}]}
{"do":"ask_approval","by":"clerk1","act":"void","subject":"$one.receipt","amount":"50.00","sentence":"Void?"}
"""


def test_an_answer_that_nobody_gave_is_named(city: City) -> None:
    done = list(replay.run(city.desk, replay.read_script(ASKED.encode())))
    assert not [one for one in done if one.surprise]
    said = behind_the_back(city, "UPDATE approval_request SET answer = 'Yes'")
    assert "its answer is Yes, but the entries say " in str(said)
