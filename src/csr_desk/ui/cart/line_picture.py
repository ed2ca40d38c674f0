"""What is shown of the line that is picked: its fields, and why it costs what it costs."""

from __future__ import annotations

from dataclasses import dataclass

from csr_desk.domain.catalogue import FieldKind


@dataclass(frozen=True, slots=True)
class FieldPicture:
    """One field of the line panel."""

    name: str
    label: str
    kind: FieldKind
    value: str
    required: bool
    fault: str = ""
    missing: bool = False
    choices: tuple[str, ...] = ()
    help: str = ""
    example: str = ""
    longest: int | None = None


@dataclass(frozen=True, slots=True)
class LinePanel:
    """The line that is picked: its fields, why it costs what it costs."""

    at: int
    number: int
    title: str
    fields: tuple[FieldPicture, ...]
    why: str
    """The price in one sentence."""
    explain: tuple[str, ...]
    """Every step, for F1 (with those of the lines added to it)."""
    facts: tuple[tuple[str, str], ...] = ()
    """What is owed and by whom, in the place of fields."""
