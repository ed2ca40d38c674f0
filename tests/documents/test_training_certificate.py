"""The certificate says the score with its parts, the mistakes, the code, and what a supervisor keys."""

from csr_desk.documents.training_certificate import training_certificate_pdf
from csr_desk.domain.training_certificate import certificate_code
from csr_desk.domain.training_score import Score
from documents import reading, samples


def test_a_passed_day_tells_what_to_record() -> None:
    said = reading.text(training_certificate_pdf(samples.certificate()))
    for words in (
        "Dolores Reyes: 91 of 100 points, passed", "seed 7", "59 of 60 served", "K7QM2XWPA4", "Accuracy 66.40 70.00",
        "Speed 17.11 20.00", "Close of the drawer 8.00 10.00", "Total 91.51 100.00",
        "Wrong item, quantity or input 2 40 %", "Wrong tender, amount or number 3 20 %",
        "user clerk1, trained on 2026-07-14, score 91",
    ):  # fmt: skip
        assert words in said


def test_a_failed_day_is_not_recorded() -> None:
    # 69.99 is below 70: points are rounded down
    said = reading.text(training_certificate_pdf(samples.certificate(score=Score(5000, 1999, 0), mistakes=())))
    assert "69 of 100 points, not passed" in said
    assert "Record in the live office" not in said
    assert "None." in said


def test_the_code_changes_with_anything_that_the_certificate_says() -> None:
    key = b"k" * 32
    code = certificate_code(key, "run", "clerk1", 7)
    assert len(code) == 10
    assert code == certificate_code(key, "run", "clerk1", 7)
    assert len({code, certificate_code(key, "run", "clerk1", 8), certificate_code(b"x" * 32, "run", "clerk1", 7)}) == 3
