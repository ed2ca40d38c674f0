"""What is keyed into the form of a customer until it is saved: kept on Esc, taken back a step, judged. Knows no Qt."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from uuid import uuid4

from csr_desk.domain.customers import CustomerForm, CustomerKind

FIELDS = ("name", "address", "phone", "email", "language", "kind")
"""In the order in which Enter goes through them."""
_FIRM = re.compile(
    r"\b(?:llc|inc|incorporated|corp|corporation|co|company|ltd|lp|llp|pllc|pc|church|school|district|association)\b\.?",
    re.IGNORECASE,
)


def is_firm(name: str) -> bool:
    """Say whether a name has the legal form of a firm in it."""
    return _FIRM.search(name) is not None


def values_of(form: CustomerForm) -> dict[str, str]:
    """The fields of a form as they are keyed."""
    return {
        "name": form.name, "address": form.address, "phone": form.phone, "email": form.email,
        "language": form.language, "kind": form.kind.value,
    }  # fmt: skip


@dataclass(slots=True)
class Draft:
    """A form that is being keyed: for nobody yet (``number`` empty), or for a customer as they were."""

    number: str = ""
    was: CustomerForm = field(default_factory=lambda: CustomerForm(""))
    values: dict[str, str] = field(default_factory=dict)
    key: str = field(default_factory=lambda: uuid4().hex)
    """Makes saving twice one customer."""
    kind_chosen: bool = False
    """Somebody said whether it is a firm; the name no longer does."""
    confirmed: frozenset[str] = frozenset()
    """Those who may be the same, and were said to be others."""

    def __post_init__(self) -> None:
        """Start with what stands there."""
        self.values = {**values_of(self.was), **self.values}

    @property
    def touched(self) -> bool:
        """Something was keyed that is not kept yet."""
        return self.values != values_of(self.was)

    def set_value(self, name: str, text: str) -> None:
        """A field changed; a firm's name says that it is one, until somebody says otherwise."""
        if name == "kind" and text != self.values["kind"]:
            self.kind_chosen = True
        self.values[name] = text
        if name == "name" and not self.kind_chosen and not self.number:
            self.values["kind"] = (CustomerKind.FIRM if is_firm(text) else CustomerKind.PERSON).value

    def form(self) -> CustomerForm:
        """What would be saved; the further contacts stay as they are."""
        return replace(
            self.was,
            name=self.values["name"],
            address=self.values["address"],
            phone=self.values["phone"],
            email=self.values["email"],
            language=self.values["language"] or "en",
            kind=CustomerKind(self.values["kind"]),
        )

    def follow(self, now: CustomerForm) -> tuple[str, ...]:
        """Somebody else changed the customer: take their fields, keep those keyed here. Returns what both changed."""
        before, after = values_of(self.was), values_of(now)
        both = [
            name
            for name in FIELDS
            if self.values[name] != before[name] and after[name] not in (before[name], self.values[name])
        ]
        for name in FIELDS:
            if self.values[name] == before[name]:
                self.values[name] = after[name]
        self.was = now
        return tuple(both)

    def first_empty(self) -> str:
        """The field where keying goes on after a card was read."""
        return next((name for name in FIELDS if not self.values[name].strip()), "language")
