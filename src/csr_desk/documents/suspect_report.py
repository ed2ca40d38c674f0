"""The report of a suspect note: the data of the counterfeit note report (SSF 1604), and what to do."""

from __future__ import annotations

from csr_desk.documents.columns import GREY
from csr_desk.documents.custody_slips import about
from csr_desk.documents.layout import facts, office_paper, prose, section, signatures
from csr_desk.documents.paper import Style
from csr_desk.documents.plain_text import clean
from csr_desk.documents.wording import day, dollars, drawer_words, moment
from csr_desk.domain.custody import SuspectReport

_ADVICE = (
    "Do not return the note to the person who passed it.",
    "Do not put yourself at risk. Delay them if that is safe; watch how they look, who is with them, what they drive.",
    "Write your initials and the date in the white border of the note, on its back.",
    "Handle it as little as possible. Put it into an envelope or a plastic cover of its own, with this report.",
    "Call the police, or the field office of the United States Secret Service.",
    "Hand the note to nobody but an officer or agent who shows who they are, and keep their receipt.",
    "No money is credited for the note: what it was meant to pay is still to be paid.",
)


def suspect_report_pdf(report: SuspectReport) -> bytes:
    """The report to lie with the note in its envelope, as PDF bytes."""
    title = f"Suspect note {report.number}"
    sheet = office_paper(report.office, title, about(report.batch), noun="report")
    facts(
        sheet,
        (
            ("Received at", report.office.name), ("Telephone", report.office.phone),
            ("Business date", day(report.batch.business_date)), ("Time", moment(report.recorded_at, report.office)),
            ("Received by", report.reported_by), ("Drawer", drawer_words(report.batch)),
            ("Batch", report.batch.batch_id), ("Witness", report.witness or "none"),
            ("Address", ", ".join(report.office.address)),
        ), whole={"Address"},
    )  # fmt: skip
    section(sheet, "The note")
    facts(
        sheet,
        (
            ("Denomination", dollars(report.denomination)), ("Serial", report.serial),
            ("Series", report.series_year or "not read"), ("Plate letters", report.letters or "not read"),
        ),
    )  # fmt: skip
    section(sheet, "Who passed it")
    facts(
        sheet,
        (
            ("Description", report.description or "not known"), ("Vehicle", report.vehicle or "not known"),
            ("Remarks", report.words or "none"),
        ), whole={"Description", "Vehicle", "Remarks"},
    )  # fmt: skip
    section(sheet, "What to do")
    for at, advice in enumerate(_ADVICE, start=1):
        prose(sheet, f"{at}.  {advice}", Style(9.5))
        sheet.gap(3)
    section(sheet, "Handed to")
    signatures(sheet, (("Officer or agent, badge number", ""), ("Received by", report.reported_by)))
    sheet.gap(4)
    sheet.text("Follows the data of the counterfeit note report, SSF 1604.", Style(8, shade=GREY))
    return sheet.pdf(f"{title} {clean(report.batch.batch_id)}", report.office.name)
