"""The demo city's shelf of forms: two languages, an obsolete revision, a form that ended, some handed out.

All of them are made up. What draws them comes from whoever sets the demo up: services draw no paper.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeAlias

from csr_desk.domain.demo_forms import EARLIER, ENDED, DemoForm, demo_forms
from csr_desk.domain.forms import How
from csr_desk.services import form_backs, forms, staff
from csr_desk.services.desk import Desk, open_desk

Draw: TypeAlias = Callable[[DemoForm], bytes]
"""Draws a form (``documents.demo_forms``)."""
_SINCE = timedelta(days=180)
HANDED: tuple[tuple[str, str, How, str, int, bool], ...] = (
    ("DW-110", "es", How.PRINT, "C-101", 1, True),
    ("DW-110", "en", How.PRINT, "C-103", 1, False),
    ("DW-121", "en", How.PRINT, "C-104", 1, False),
    ("DP-204", "en", How.BLANK, "", 2, False),
    ("DC-030", "es", How.BLANK, "", 5, False),
)
"""Form, language, how, to whom, copies, and whether it is back."""


def fill(url: str, draw: Draw) -> int:
    """Put the forms on the shelf of a demo city whose people were just made; return how many there are."""
    desk = open_desk(url)
    try:
        return settle(desk, draw)
    finally:
        desk.close()


def settle(desk: Desk, draw: Draw) -> int:
    """Put the forms on the shelf, end the old one, hand some out; return how many there are on it."""
    supervisor, clerk = staff.person(desk, "supervisor1"), staff.person(desk, "clerk1")
    count = 0
    for count, form in enumerate(demo_forms(), 1):
        command = forms.KeepForm(
            f"demo-form-{count}", form.form_no, form.revision, form.title, draw(form), _since(desk, form.revision),
            form.language, form.fields,
        )  # fmt: skip
        forms.keep_form(desk, supervisor, command)
    forms.end_form(desk, supervisor, forms.EndForm("demo-form-end", *ENDED))
    for n, (number, language, how, customer, copies, back) in enumerate(HANDED, 1):
        wish = forms.HandOut(f"demo-handout-{n}", number, how, language, copies, customer)
        given = forms.hand_out(desk, clerk, wish).value.handout
        if back:
            form_backs.take_back(desk, clerk, form_backs.TakeBack(f"demo-back-{n}", given.number))
    return count


def _since(desk: Desk, revision: str) -> date:
    return desk.today() - (_SINCE * 3 if revision == EARLIER else _SINCE)
