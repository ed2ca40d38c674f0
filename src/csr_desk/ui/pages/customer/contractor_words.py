"""What is said of contractors and their papers, and how people key it. Knows no Qt."""

from __future__ import annotations

from csr_desk.domain.contractor import NEEDED, PaperKind
from csr_desk.ui.wording import tr


def trade_words(trade: str) -> str:
    """Name a trade; one without a name here stands as it is kept."""
    return {
        "electrical": tr("Electrical"), "plumbing": tr("Plumbing"), "mechanical": tr("Mechanical"),
        "driveway": tr("Driveway"), "fire_alarm": tr("Fire alarm"), "": tr("every trade"),
    }.get(trade, trade.replace("_", " "))  # fmt: skip


def kind_words(kind: PaperKind) -> str:
    """Name a kind of paper."""
    return {
        PaperKind.LICENCE: tr("Licence"), PaperKind.INSURANCE: tr("Insurance"), PaperKind.BOND: tr("Bond"),
        PaperKind.REGISTRATION: tr("Registration"),
    }[kind]  # fmt: skip


def paper_state_words(state: str) -> str:
    """Say what became of a paper."""
    return {"valid": tr("on file"), "replaced": tr("replaced"), "withdrawn": tr("withdrawn")}[state]


def contractor_state_words(state: str) -> str:
    """Say how a contractor stands in the register."""
    return {"active": tr("Active"), "suspended": tr("Suspended"), "closed": tr("Closed")}[state]


def days_words(days: int) -> str:
    """Say how long something still holds."""
    if days < 0:
        return tr("over")
    return tr("last day today") if days == 0 else tr("1 day") if days == 1 else tr("{0} days").format(days)


def trades_hint() -> str:
    """The trades that can be keyed, by their first letters."""
    return ", ".join(trade_words(trade).casefold() for trade in sorted(NEEDED))


def read_trades(text: str) -> tuple[tuple[str, ...], str]:
    """Read trades keyed by their first letters with commas between them; give the word that is none or several."""
    read = []
    for word in (part.strip().casefold() for part in text.split(",")):
        if not word:
            continue
        meant = [
            trade
            for trade in sorted(NEEDED)
            if trade_words(trade).casefold().startswith(word) or trade.replace("_", " ").startswith(word)
        ]
        if len(meant) != 1:
            return (), word
        read.append(meant[0])
    return tuple(dict.fromkeys(read)), ""
