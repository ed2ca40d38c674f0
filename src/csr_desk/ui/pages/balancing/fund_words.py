"""What the place of the change funds says; knows no Qt beyond the words."""

from __future__ import annotations

from collections.abc import Sequence

from csr_desk.domain.custody import ChangeFund, FundRow
from csr_desk.domain.errors import Refusal
from csr_desk.domain.money import parse_till, plain, shown
from csr_desk.services.change_funds import SetFund
from csr_desk.ui.context import Field
from csr_desk.ui.dates import us_date
from csr_desk.ui.widgets.figures_table import Cell, Row
from csr_desk.ui.wording import tr


def fund_cells(row: FundRow) -> Row:
    """A fund as a row of the register."""
    fund, last = row.fund, row.last
    name = fund.name if fund.active else tr("{name} (closed)").format(name=fund.name)
    enough = "ok" if row.counted_enough else "warn"
    counts = tr("{done} of {wanted}").format(done=row.this_quarter, wanted=row.wanted) if fund.active else ""
    return [
        Cell(name, strong=True),
        fund.drawer or tr("none"),
        fund.custodian_name or (tr("its holder") if fund.drawer else "–"),
        Cell(shown(fund.amount), strong=True),
        us_date(last.business_date) if last else tr("never"),
        over_short(row),
        Cell(counts, enough),
    ]


def over_short(row: FundRow) -> Cell:
    """The difference of the last count, with its word."""
    if row.last is None:
        return Cell("")
    cents = row.last.difference
    if not cents:
        return Cell(tr("agrees"), "ok")
    words = tr("{amount} over") if cents > 0 else tr("{amount} short")
    return Cell(words.format(amount=shown(abs(cents))), "warn")


def fund_facts(row: FundRow) -> list[tuple[str, str]]:
    """What is known of the picked fund."""
    fund = row.fund
    facts = [
        (tr("Authority"), fund.authority),
        (tr("Since"), us_date(fund.since)),
    ]
    if row.last is not None:
        facts.append((tr("Last counted by"), row.last.counted_by))
        facts.append((tr("Signed by"), row.last.signed_by))
    return facts


def fund_fields(fund: ChangeFund | None) -> Sequence[Field]:
    """The fields of a fund: of a new one, or of one that changes."""
    known = [] if fund is not None else [Field("fund", tr("Short name of the fund"), hint="FIELD-1")]
    return [
        *known,
        Field("name", tr("What it is called"), fund.name if fund else ""),
        Field("drawer", tr("Drawer whose float it is"), (fund.drawer or "") if fund else "", tr("empty for the safe")),
        Field(
            "custodian", tr("User name of its custodian"), (fund.custodian or "") if fund else "", tr("may stay empty")
        ),
        Field("amount", tr("Amount"), plain(fund.amount) if fund else "", digits=True),
        Field("authority", tr("Authority"), fund.authority if fund else "", tr("memo, ordinance")),
        Field("active", tr("In use? y or n"), "y" if fund is None or fund.active else "n"),
    ]


def read_fund(key: str, fund: ChangeFund | None, values: dict[str, str]) -> SetFund | str:
    """Read the fields; returns the command, or what is wrong with an amount."""
    try:
        amount = parse_till(values["amount"])
    except Refusal as wrong:
        return wrong.message
    return SetFund(
        key,
        fund.fund if fund else values["fund"],
        values["name"],
        amount,
        values["authority"],
        values["drawer"],
        values["custodian"],
        fund.since if fund else None,
        active=not values["active"].lower().startswith("n"),
    )
