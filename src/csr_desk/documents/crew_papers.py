"""What the field crew carries (cut-off list, orders to restore), and the ageing of what is owed."""

from __future__ import annotations

from csr_desk.documents.chart import bar_chart
from csr_desk.documents.layout import Column, facts, office_paper, prose, section, signatures, table
from csr_desk.documents.paper import Style
from csr_desk.documents.plain_text import clean
from csr_desk.documents.wording import day, moment
from csr_desk.domain.money import shown
from csr_desk.domain.receivable.collection import CrewList, OfficeAgeing, RestoreOrder

AGES = ("Current", "31–60 days", "61–90 days", "Over 90 days")
"""The columns of the ageing; current is not due yet, or at most 30 days late."""


def crew_list_pdf(crew: CrewList) -> bytes:
    """A list for the crew, by service address, with room to tick; held accounts stand apart and are left alone."""
    sheet = office_paper(crew.office, crew.title, day(crew.on), noun="list")
    free, held = [row for row in crew.rows if not row.held], [row for row in crew.rows if row.held]
    columns = (
        Column("Done", 2), Column("Service address", 10), Column("Account", 5), Column("Name", 8),
        Column("Service", 4), Column("Meter", 4), Column("To pay", 4, figures=True),
    )  # fmt: skip
    rows = [("[   ]", row.site, row.account, row.name, row.service, row.meter, shown(row.to_settle)) for row in free]
    if rows:
        total = sum(row.to_settle for row in free)
        table(sheet, columns, rows, total=("", f"{len(rows):,} accounts", "", "", "", "", shown(total)))
    else:
        prose(sheet, "No account.", Style(10))
    if held:
        section(sheet, "Leave these on")
        reasons = (Column("Service address", 10), Column("Account", 5), Column("Name", 8), Column("Because", 10))
        table(sheet, reasons, [(row.site, row.account, row.name, row.held) for row in held])
    section(sheet, "Crew")
    prose(sheet, "Ask the office before the first stop: who paid since this list was printed is left on.", Style(9.5))
    signatures(sheet, (("Crew", ""), ("Given out by", "")))
    return sheet.pdf(f"{crew.title} {crew.on}", crew.office.name)


def restore_order_pdf(order: RestoreOrder) -> bytes:
    """The order to give one service back, as PDF bytes."""
    sheet = office_paper(order.office, "Order to restore", order.number, noun="order")
    sheet.banner(f"Restore service: {order.site}", Style(13, strong=True), dark=False)
    facts(
        sheet,
        (
            ("Account", order.account), ("Customer", order.name), ("Service", order.service or "utility"),
            ("Meter", order.meter or "see the account"), ("Ordered", moment(order.ordered_at, order.office)),
            ("Ordered by", order.ordered_by), ("Settled by", order.receipt or "none"),
            *((("Reason", order.reason),) if order.reason else ()),
        ), whole={"Reason"},
    )  # fmt: skip
    section(sheet, "Done by the crew")
    prose(sheet, "Time on: ______________     Meter reading: ______________     Seal: ______________", Style(10.5))
    signatures(sheet, (("Crew", ""), ("Customer present", "")))
    return sheet.pdf(f"Order to restore {clean(order.number)}", order.office.name)


def ageing_pdf(ageing: OfficeAgeing) -> bytes:
    """The ageing of everything that is owed on a day, by service, with its chart."""
    sheet = office_paper(ageing.office, "Ageing of what is owed", day(ageing.on), noun="report")
    total = ageing.total
    section(sheet, "All services")
    bar_chart(sheet, list(zip(AGES, total.columns, strict=True)), nothing="Nothing is owed.")
    section(sheet, "By service")
    columns = (
        Column("Service", 7),
        *(Column(name, 5, figures=True) for name in AGES),
        Column("Total", 5, figures=True),
    )
    rows = [(name, *map(shown, aged.columns), shown(aged.total)) for name, aged in ageing.services]
    table(sheet, columns, rows, total=("Total", *map(shown, total.columns), shown(total.total)))
    sheet.gap(6)
    prose(sheet, "Current is what is not due yet, or at most 30 days late. Days are counted from the due date.")
    return sheet.pdf(f"Ageing {ageing.on}", ageing.office.name)
