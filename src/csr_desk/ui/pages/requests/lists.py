"""The lists of the page, one class for each: what differs is which requests stand in it."""

from __future__ import annotations

from typing import ClassVar

from csr_desk.ui.pages.requests.list_panel import ListPanel


class Mine(ListPanel):
    """What I have to answer."""

    which: ClassVar[str] = "mine"


class All(ListPanel):
    """Everything, found by number, address, customer or words."""

    which: ClassVar[str] = "all"


class Overdue(ListPanel):
    """What should have been answered."""

    which: ClassVar[str] = "overdue"


class ByDepartment(ListPanel):
    """What each department has to answer."""

    which: ClassVar[str] = "department"


class Escalated(ListPanel):
    """What has to be escalated, and what is."""

    which: ClassVar[str] = "escalated"


class Restricted(ListPanel):
    """Complaints about employees."""

    which: ClassVar[str] = "restricted"
