"""The certificate of a training day: the score with its parts, the mistakes by kind, and what a supervisor keys."""

from __future__ import annotations

from csr_desk.documents.layout import NARROW, Column, facts, office_paper, prose, section, signatures, table
from csr_desk.documents.paper import Style
from csr_desk.documents.wording import day, moment
from csr_desk.domain.money import plain
from csr_desk.domain.training_certificate import Certificate
from csr_desk.domain.training_score import ACCURACY, CLOSE, COST, MISTAKE_WORDS, PASSED, SPEED


def training_certificate_pdf(done: Certificate) -> bytes:
    """A finished training day as PDF bytes; it certifies practice in a training office, no business of the city."""
    title = "Training certificate"
    sheet = office_paper(done.office, title, day(done.business_date), noun="receipt")
    passed = "passed" if done.score.passed else "not passed"
    sheet.gap(4)
    sheet.banner(f"{done.name}: {done.score.points} of 100 points, {passed}", Style(15, strong=True), dark=False)
    sheet.gap(6)
    facts(sheet, (
        ("Person", f"{done.name} ({done.user})"), ("Position", done.title),
        ("Training day", f"seed {done.seed}"), ("Finished", moment(done.finished_at, done.office)),
        ("Customers", f"{done.served} of {done.customers} served"), ("Certificate code", done.code),
    ))  # fmt: skip
    section(sheet, "Points")
    columns = (Column("Part", 5), Column("Earned", 3, figures=True), Column("Of", 3, figures=True))
    rows = [
        ("Accuracy", plain(done.score.accuracy), plain(ACCURACY)),
        ("Speed", plain(done.score.speed), plain(SPEED)),
        ("Close of the drawer", plain(done.score.close), plain(CLOSE)),
    ]
    table(sheet, columns, rows, total=("Total", plain(done.score.hundredths), "100.00"), room=NARROW)
    section(sheet, "Mistakes")
    if done.mistakes:
        kinds = (Column("Kind", 8), Column("Number", 2, figures=True), Column("Each costs of a visit", 3, figures=True))
        table(sheet, kinds, [(MISTAKE_WORDS[kind], f"{count}", f"{COST[kind]} %") for kind, count in done.mistakes])
    else:
        prose(sheet, "None.")
    section(sheet, "For the supervisor")
    until = f"{PASSED} points pass."
    if done.score.passed:
        key = f"user {done.user}, trained on {done.business_date.isoformat()}, score {done.score.points}"
        prose(sheet, f"{until} Record in the live office: {key}.")
    else:
        prose(sheet, f"{until} This day is not recorded; another one may be played with another seed.")
    prose(sheet, "The code is looked up in the training office: csr-desk train --no-window --check CODE.")
    signatures(sheet, (("Trained", done.name), ("Supervisor", "")))
    return sheet.pdf(f"{title} {done.code}", done.office.name)
